"""Provisions as people write them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from review.i18n import _, chosen
from review.law.citation import Citation
from review.law.in_force import law_in_force
from review.services.case_files.check_rows import LawView
from review.ui.format import plain


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


def law_line(law: Sequence[LawView]) -> None:
    """The provisions of a result in one line, with a mark at what the bureau has not confirmed."""
    parts = [
        plain(provision(each.citation))
        + ("" if each.confirmed else f" :orange-badge[{_('not confirmed')}]")
        for each in law
    ]
    if parts:
        st.caption(":material/gavel: " + plain(_("; ")).join(parts))
