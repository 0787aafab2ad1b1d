"""The marks of a case: what another case would have to share with it to be looked at together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from review.checks.circumstances import cause_of
from review.checks.values import (
    INTERVIEW,
    ON_SITE,
    day,
    instant,
    money,
    officers,
    plate_key,
    the_decision,
    words,
    written,
    yuan,
)
from review.facts.identity import is_masked
from review.facts.model import CaseFacts
from review.facts.surroundings import Mark
from review.law.in_force import LawInForce
from review.registers.entry import comparable

HANDS_ON = (*ON_SITE, *INTERVIEW)
"""Papers whose hours an officer spends at one place."""

SHORTEST_OVERLAP = timedelta(minutes=1)
"""Records that touch at one minute follow one another."""

UNKNOWN_PLATE = frozenset({"", "无牌", "无", "未悬挂号牌"})


def marks_of(case: CaseFacts, law: LawInForce, pictures: Iterable[str] = ()) -> tuple[Mark, ...]:
    """Every mark of a case; `pictures` are the digests of the photographs in its files."""
    found = [*hours(case), *acts(case, law), *amounts(case, law)]
    found += [Mark("photo", digest) for digest in pictures]
    return tuple(dict.fromkeys(found))


def overlap(mine: Mark, other: Mark) -> timedelta:
    """How long two records run at the same time; zero or less where they do not."""
    if not (mine.starts_at and mine.ends_at and other.starts_at and other.ends_at):
        return timedelta(0)
    return min(mine.ends_at, other.ends_at) - max(mine.starts_at, other.starts_at)


def is_same_act(mine: Mark, other: Mark) -> bool:
    """Whether the other case fined an act of that day and cause by a decision of its own."""
    if mine.day is None or mine.day != other.day or not mine.of("cause"):
        return False
    if mine.of("cause") != other.of("cause") or other.of("fine") in ("", "0"):
        return False
    return not mine.of("decision_no") or mine.of("decision_no") != other.of("decision_no")


def is_earlier(mine: Mark, other: Mark) -> bool:
    """Whether the other case was decided before the act of this one."""
    decided = other.of("decided_on")
    return bool(decided) and mine.day is not None and decided < mine.day.isoformat()


def hours(case: CaseFacts) -> Iterator[Mark]:
    """Marks "officer": who signed for the hours of a record."""
    for document in case.of_kind(*HANDS_ON):
        starts, ends = instant(document.first("started_at")), instant(document.first("ended_at"))
        if starts is None or ends is None or ends <= starts:
            continue
        detail = (
            ("title", document.title or document.kind),
            ("place", written(document.first("place"))),
            ("source", document.source),
            ("page", str(document.pages[0]) if document.pages else ""),
            ("recognized", "yes" if document.is_recognized else ""),
        )
        for fact in document.all("officers"):
            for officer in officers(fact):
                key = comparable(officer.cert_no or officer.name)
                if key:
                    more = (*detail, ("officer", officer.name))
                    yield Mark("officer", key, starts.date(), starts, ends, more)


def acts(case: CaseFacts, law: LawInForce) -> Iterator[Mark]:
    """Marks "plate" and "party": what was fined, whose and when."""
    on = day(case.get("act_on")) or day(case.get("found_on"))
    cause = cause_of(case, law)
    fine = yuan(case.get("fine_yuan"))
    decision = the_decision(case)
    started = next(
        (
            instant(fact)
            for document in case.of_kind(*ON_SITE)
            if (fact := document.first("started_at")) is not None
        ),
        None,
    )
    detail = (
        ("cause", "" if cause is None else cause.key),
        ("fine", "" if fine is None else money(fine)),
        ("decided_on", str(day(case.get("decided_on")) or "")),
        ("decision_no", written(decision.first("document_no")) if decision else ""),
        ("procedure", written(case.get("procedure"))),
        ("party_type", written(case.get("party_type"))),
    )
    plate = plate_key(written(case.get("plate")))
    if plate not in UNKNOWN_PLATE:
        yield Mark("plate", plate, on, started, None, detail)
    number, name = words(case.get("party_id")), words(case.get("party_name"))
    if number and len(comparable(number)) >= 8 and not is_masked(number):
        yield Mark("party", comparable(number), on, started, None, (*detail, ("by", "number")))
    if name and len(comparable(name)) >= 2 and not is_masked(name):
        yield Mark("party", comparable(name), on, started, None, (*detail, ("by", "name")))


def amounts(case: CaseFacts, law: LawInForce) -> Iterator[Mark]:
    """The mark "amount": fine, cause, kind of party and stage, where all are known."""
    cause, fine = cause_of(case, law), yuan(case.get("fine_yuan"))
    kind = words(case.get("party_type"))
    decision = the_decision(case)
    stage = words(decision.first("discretion_stage")) if decision is not None else None
    if cause is None or not fine or kind is None or not stage:
        return
    key = "|".join((cause.key, kind, comparable(stage)))
    yield Mark("amount", key, day(case.get("act_on")), None, None, (("fine", money(fine)),))
