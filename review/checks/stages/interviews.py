"""Interviews (询问): one person a record, one at a time, after the filing or on the spot."""

from __future__ import annotations

from itertools import combinations

from review.checks.check import (
    CheckResult,
    Found,
    Procedure,
    Severity,
    check,
    defect,
    failed,
    passed,
    unknown,
)
from review.checks.values import (
    INTERVIEW,
    ON_SITE,
    day,
    instant,
    names,
    officer_names,
    page_of,
    page_of_en,
    without_papers,
)
from review.common.text import plain
from review.facts.model import CaseFacts, DocumentFacts
from review.law.in_force import LawInForce


@check(
    "INQ005",
    title=("询问个别进行", "One person a record, one interview at a time"),
    defects=("D-10", "D-11"),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-55", "administrative-penalty-law#art-42"),
    inputs=(),
    procedures=(Procedure.ORDINARY, Procedure.HEARING, Procedure.WAIVED),
    cannot_see=(
        "只比较本案的询问笔录，不与其他案件比较",
        "compares the interviews of this file only, not those of other cases",
    ),
)
def interviewed_singly(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether each interview record has one person, and no officer sits in two at the same time.

    Fails, as a minor matter, when one record questions two persons; and when two records of
    different persons overlap in time and share an officer. Not applicable without an interview;
    unknown when persons or times were not read.
    """
    records = case.of_kind(*INTERVIEW)
    if not records:
        return without_papers(case, INTERVIEW, "询问笔录", "record of an interview")
    found: list[Found] = []
    for record in records:
        persons = record.first("interviewees")
        distinct = dict.fromkeys(plain(name) for name in names(persons))
        if persons is not None and len(distinct) > 1:
            found.append(
                defect(
                    "D-10",
                    f"{page_of(record)}同时询问{'、'.join(names(persons))}",
                    f"{page_of_en(record)} questions {len(distinct)} persons",
                    persons,
                    severity=Severity.MINOR,
                )
            )
    for one, other in combinations(records, 2):
        found += _overlap(one, other)
    if found:
        return failed(*found)
    read = [
        record
        for record in records
        if record.first("interviewees") and record.first("started_at") and record.first("ended_at")
    ]
    if len(read) < len(records):
        return unknown("未完整读到被询问人或者起止时间", "persons or times were not read in full")
    return passed("询问个别进行", "each person was questioned singly", *read)


def _overlap(one: DocumentFacts, other: DocumentFacts) -> list[Found]:
    times = [(record.first("started_at"), record.first("ended_at")) for record in (one, other)]
    (start, end), (later, last) = times
    a, b, c, d = instant(start), instant(end), instant(later), instant(last)
    if a is None or b is None or c is None or d is None or not (a < d and c < b):
        return []
    if a >= b or c >= d:
        return []
    first, second = ({plain(n) for n in names(r.first("interviewees"))} for r in (one, other))
    shared = set(officer_names(one)) & set(officer_names(other))
    if not shared or not first or not second or first & second:
        return []
    who = min(shared)
    facts = [
        fact
        for fact in (start, end, later, last, one.first("officers"), other.first("officers"))
        if fact is not None
    ]
    return [
        defect(
            "D-11",
            f"{who}在{a:%m-%d %H:%M}至{b:%H:%M}与{c:%H:%M}至{d:%H:%M}的两份询问笔录中时间重叠",
            f"{who} sits in two interviews that overlap: {a:%m-%d %H:%M}-{b:%H:%M} and "
            f"{c:%H:%M}-{d:%H:%M}",
            *facts,
        )
    ]


@check(
    "INQ006",
    title=("询问在立案之后或者现场", "Interviews after the filing or on the spot"),
    defects=("D-09",),
    severity=Severity.HINT,
    sources=("administrative-penalty-law#art-54",),
    inputs=("filed_on",),
    procedures=(Procedure.ORDINARY, Procedure.HEARING),
    cannot_see=(
        "没有条文禁止立案前取证，只作提示",
        "no article forbids evidence before the filing: a hint only",
    ),
)
def interviewed_after_filing(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether interviews came on or after the filing, or with a record of the site before it.

    A hint, never a fault, when an interview came before the filing and no record of the site up to
    that day explains it. Unknown when days were not read. Not applicable without an interview.
    """
    records = case.of_kind(*INTERVIEW)
    if not records:
        return without_papers(case, INTERVIEW, "询问笔录", "record of an interview")
    filed = case.get("filed_on")
    filed_on = day(filed)
    days = [
        (record, fact)
        for record in records
        if (fact := record.first("started_at") or record.first("dated_on"))
    ]
    if filed is None or filed_on is None or len(days) < len(records):
        return unknown("未读到立案日或者询问日", "a day of filing or interview was not read")
    on_site = [
        held
        for record in case.of_kind(*ON_SITE)
        if (held := day(record.first("started_at") or record.first("dated_on")))
    ]
    early = [
        (record, fact)
        for record, fact in days
        if (held := day(fact)) is not None
        and held < filed_on
        and not any(site <= held for site in on_site)
    ]
    if early:
        record, fact = early[0]
        return failed(
            defect(
                "D-09",
                f"{page_of(record)}（{day(fact)}）早于立案（{filed_on}），且无现场检查记录",
                f"{page_of_en(record)} of {day(fact)} came before the filing of {filed_on}",
                fact,
                filed,
            )
        )
    return passed(
        "询问在立案之后或者现场检查时",
        "interviews after the filing or on the spot",
        *(fact for _, fact in days),
        filed,
    )
