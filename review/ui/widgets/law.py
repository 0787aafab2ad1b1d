"""Provisions as people write them."""

from __future__ import annotations

from review.i18n import _, chosen
from review.law.citation import Citation
from review.law.in_force import law_in_force


def provision(text: str) -> str:
    """A citation in the machine's form, written out: title, version and place in the language.

    What is no citation (a note of an edition, say) is returned as it is.
    """
    try:
        citation = Citation.parse(text)
    except ValueError:
        return text
    versions = law_in_force().library.versions(citation.law)
    if not versions:
        return text
    statute = next((each for each in versions if each.in_force == citation.in_force), versions[0])
    title = chosen(f"《{statute.title.zh.removeprefix('中华人民共和国')}》", statute.title.en)
    place = chosen(citation.place.zh, citation.place.en) if citation.place else ""
    if citation.in_force is None:
        return chosen(f"{title}{place}", f"{title} {place}".strip())
    since = _("in force {day}", day=citation.in_force.isoformat())
    return chosen(f"{title}{place}（{since}）", f"{title} {place} ({since})".replace("  ", " "))
