"""Provisions (引用条款): the basis cited existed on the day and belongs to the cause."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from review.checks.check import (
    CheckResult,
    Found,
    LawUsed,
    Severity,
    check,
    defect,
    failed,
    passed,
    unknown,
)
from review.checks.circumstances import FINED, cause_of
from review.checks.values import day, missing_text, words
from review.facts.model import CaseFacts, Fact
from review.law.citation import Citation, Place, cited_places
from review.law.fines import Cause
from review.law.in_force import LawInForce


@check(
    "DEC008",
    title=("引用条款在行为日有效且与案由相配", "Provisions cited existed and belong to the cause"),
    defects=("D-33", "D-30"),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-59", "administrative-penalty-law#art-37"),
    inputs=("basis", "act_on", "decided_on", "cause"),
    procedures=FINED,
    cannot_see=(
        "只核对已收录文本的法律、法规；未收录的一律不作认定",
        "compares with held texts only; nothing is said about others",
    ),
)
def provisions_in_force(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the penalty basis cited exists in the version of the day and punishes the cause.

    Fails when the article, paragraph or item does not exist in the version that applies, or when
    the article cited is the one that punished this cause only before an amendment, or punishes
    something else, also in a statute that does not punish this cause; as a minor matter when the
    article is right and its paragraph or item is another's; as a hint when nothing is held of the
    article cited. Unknown when
    no text is held for the law and the day, or the cause is not held.
    """
    basis, act = case.get("basis"), case.get("act_on")
    text, on = words(basis), day(act)
    if basis is None or act is None or text is None or on is None:
        wanted = tuple(name for name in ("basis", "act_on") if case.get(name) is None)
        return unknown(*missing_text(wanted), missing=wanted)
    decided_on = day(case.get("decided_on")) or on
    places = [
        (key, place)
        for title, place in cited_places(text)
        if (key := law.library.by_title(title)) is not None
    ]
    if not places:
        return unknown("未收录所引法规的文本", "no text of the law cited is held")
    found = list(_not_there(law, places, basis, act, (on, decided_on)))
    cause = cause_of(case, law)
    if not found and cause is not None and cause.versions:
        own = _laws_of(cause)
        if not any(key in own for key, _ in places):
            if any(key in _beside(law, own) for key, _ in places):
                return unknown(
                    f"收录的依据中，该案由由其他法规处罚，{text}是否相配未作核对",
                    f"held law punishes the cause under another statute; {text} was not compared",
                )
            other = _punished_there(law, cause, places, (on, decided_on))
            return failed(_foreign_law(cause, text, (basis, act), other))
        found = list(_other_article(law, cause, places, (basis, act), (on, decided_on)))
        if not found:
            return passed(
                f"处罚依据{text}在行为日有效，与案由相配",
                f"the basis cited was in force on {on} and belongs to the cause",
                basis,
                act,
            )
    if found:
        return failed(*found)
    known = [law.has_place(key, place, on=on) for key, place in places]
    if all(known) and None not in known:
        return passed(
            f"处罚依据{text}在行为日有效；该案由未收录，未核对是否相配",
            f"the basis cited was in force on {on}; the cause is not held and was not compared",
            basis,
            act,
        )
    return unknown("未收录行为日的文本，不能核对", "no text is held for that day")


def _not_there(
    law: LawInForce,
    places: Iterable[tuple[str, Place]],
    basis: Fact,
    act: Fact,
    days: tuple[date, date],
) -> Iterable[Found]:
    for key, place in places:
        answers = [law.has_place(key, place, on=on) for on in days]
        if any(answer is not False for answer in answers):
            continue
        statute = law.statute(key, on=days[0])
        if statute is None:
            continue
        source = LawUsed(str(statute.cite(None)), statute.confirmed)
        yield defect(
            "D-33",
            f"《{statute.title.zh}》（{statute.in_force}起施行）没有{place.zh}",
            f"{statute.title.en}, in force from {statute.in_force}, has no {place.en}",
            basis,
            act,
            law=(source,),
        )


def _other_article(
    law: LawInForce,
    cause: Cause,
    places: list[tuple[str, Place]],
    facts: tuple[Fact, Fact],
    days: tuple[date, date],
) -> Iterable[Found]:
    """The basis of another version, or of another cause, where a law of the cause is cited."""
    valid = [
        place
        for on in days
        if (version := cause.on(on)) is not None
        for place in _places_of(version.basis)
    ]
    laws = {key for key, _ in valid}
    mine = [(key, place) for key, place in places if key in laws]
    if not mine:
        return
    if any(
        key == other and place.article == wanted.article
        for key, place in mine
        for other, wanted in valid
    ):
        yield from _other_item(law, cause, mine, facts, days)
        return
    version = cause.on(days[0])
    if version is None:
        return
    older = [
        each
        for each in cause.versions
        if any(
            key == other and place.article == wanted.article
            for key, place in mine
            for other, wanted in _places_of(each.basis)
        )
    ]
    right, right_en = _named(law, _places_of(version.basis))
    used = tuple(
        LawUsed(law.cite(source, on=days[0]), version.confirmed) for source in version.basis
    )
    cited_zh, cited_en = _named(law, mine)
    if older:
        yield defect(
            "D-33",
            f"引用的{cited_zh}是其他版本的条号，行为日{days[0]}该案由的处罚依据为{right}",
            f"{cited_en} is the number of another version; on {days[0]} the cause is punished "
            f"by {right_en}",
            *facts,
            law=used,
        )
        return
    yield defect(
        "D-30",
        f"引用的{cited_zh}不处罚案由“{cause.name.zh}”，其处罚依据为{right}",
        f"{cited_en} does not punish this cause; its basis is {right_en}",
        *facts,
        law=used,
        severity=Severity.MINOR,
    )


def _other_item(
    law: LawInForce,
    cause: Cause,
    mine: list[tuple[str, Place]],
    facts: tuple[Fact, Fact],
    days: tuple[date, date],
) -> Iterable[Found]:
    """The right article with the paragraph or item of another act, or of another version.

    Only where every version that may apply is confirmed and none of the places cited agrees with
    it; an article cited without its items is no other item.
    """
    applying = [version for on in days if (version := cause.on(on)) is not None]
    if not all(version.confirmed for version in applying):
        return
    valid = [place for version in applying for place in _places_of(version.basis)]
    there = [
        (key, place)
        for key, place in mine
        if any(key == other and place.article == wanted.article for other, wanted in valid)
    ]
    if any(
        key == other and place.agrees(wanted) for key, place in there for other, wanted in valid
    ):
        return
    earlier = any(
        key == other and place.agrees(wanted)
        for version in cause.versions
        for key, place in there
        for other, wanted in _places_of(version.basis)
    )
    laws = {key for key, _ in there}
    right, right_en = _named(law, [(key, place) for key, place in valid if key in laws])
    cited_zh, cited_en = _named(law, there)
    used = tuple(LawUsed(law.cite(each, on=days[0]), confirmed=True) for each in applying[0].basis)
    another = _punished_there(law, cause, there, days, exactly=True)
    if earlier:
        yield defect(
            "D-33",
            f"引用的{cited_zh}是修改前的款项，行为日{days[0]}该案由的处罚依据为{right}",
            f"{cited_en} is the number before an amendment; on {days[0]} this cause is punished "
            f"by {right_en}",
            *facts,
            law=used,
            severity=Severity.MINOR,
        )
    if another is not None or not earlier:
        punishes = "" if another is None else f"（处罚“{another.name.zh}”）"
        yield defect(
            "D-30",
            f"引用的{cited_zh}{punishes}不处罚案由“{cause.name.zh}”，其处罚依据为{right}",
            f"{cited_en} punishes another act; this cause is punished by {right_en}",
            *facts,
            law=used,
            severity=Severity.MINOR,
        )


def _named(law: LawInForce, places: Iterable[tuple[str, Place]]) -> tuple[str, str]:
    """The places in both languages, each once and behind the title of its law."""
    by_law: dict[str, list[Place]] = {}
    for key, place in dict.fromkeys(places):
        by_law.setdefault(key, []).append(place)
    titles = {key: law.library.versions(key)[0].title for key in by_law}
    return (
        "、".join(
            f"《{titles[key].zh}》{'、'.join(place.zh for place in there)}"
            for key, there in by_law.items()
        ),
        ", ".join(
            f"{titles[key].en} {', '.join(place.en for place in there)}"
            for key, there in by_law.items()
        ),
    )


def _laws_of(cause: Cause) -> frozenset[str]:
    """The laws that punish a cause in any of its versions."""
    return frozenset(key for version in cause.versions for key, _ in _places_of(version.basis))


def _beside(law: LawInForce, own: frozenset[str]) -> frozenset[str]:
    """The laws that punish one cause together with these, and so may punish this one, too."""
    return frozenset(key for each in law.causes if own & _laws_of(each) for key in _laws_of(each))


def _punished_there(
    law: LawInForce,
    cause: Cause,
    places: Iterable[tuple[str, Place]],
    days: tuple[date, date],
    *,
    exactly: bool = False,
) -> Cause | None:
    """Another held cause that the article cited punishes; `exactly`: by paragraph and item, too."""
    cited = tuple(places)
    return next(
        (
            each
            for each in law.causes
            if each is not cause
            for on in days
            if (version := each.on(on)) is not None
            and any(
                key == other and (place.agrees(held) if exactly else place.article == held.article)
                for key, place in cited
                for other, held in _places_of(version.basis)
            )
        ),
        None,
    )


def _foreign_law(cause: Cause, text: str, facts: tuple[Fact, Fact], other: Cause | None) -> Found:
    """Minor where the article cited is held as punishing another act; a hint where it is not held.

    Which statutes may punish a cause is not held in full, so no more than minor.
    """
    there = (
        ("", "")
        if other is None
        else (f"，该条处罚的是“{other.name.zh}”", f"; that article punishes: {other.name.en}")
    )
    return defect(
        "D-30",
        f"所引{text}不是收录的案由“{cause.name.zh}”的处罚依据所在法规{there[0]}，请核对",
        f"{text} is of no statute held as punishing this cause{there[1]}: have a look",
        *facts,
        severity=Severity.HINT if other is None else Severity.MINOR,
    )


def _places_of(sources: Iterable[str]) -> list[tuple[str, Place]]:
    parsed = [Citation.parse(source) for source in sources]
    return [(each.law, each.place) for each in parsed if each.place is not None]
