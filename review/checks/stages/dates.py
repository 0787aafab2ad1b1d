"""Dates (时间逻辑): dates that do not exist, and events in an impossible order."""

from __future__ import annotations

from review.checks.check import (
    CheckResult,
    Found,
    Severity,
    check,
    defect,
    failed,
    passed,
    unknown,
)
from review.checks.values import day, label, page_of, page_of_en
from review.facts.model import CaseFacts, Fact
from review.law.in_force import LawInForce

ORDER = (
    ("act_on", "found_on"),
    ("found_on", "filed_on"),
    ("filed_on", "decided_on"),
    ("notice_on", "notice_served_on"),
    ("decided_on", "served_on"),
    ("decided_on", "published_on"),
    ("decided_on", "closed_on"),
    ("closed_on", "archived_on"),
)
"""Pairs of which the first can only come first or on the same day.

Payment, notice and service of the notice have checks of their own.
"""

INPUTS = tuple(dict.fromkeys(name for pair in ORDER for name in pair))


@check(
    "DAT001",
    title=("日期存在且先后合理", "Dates exist and come in order"),
    defects=("D-76",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-47",),
    inputs=INPUTS,
    cannot_see=(
        "节假日执法合法，不作认定；不与当前日期比较",
        "enforcement on a holiday is lawful; nothing is compared with today",
    ),
)
def dates_in_order(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether dates exist in the calendar and the events of the case come in a possible order.

    Fails on a date such as 30 February, and when an event is dated before the one that it needs:
    service or publication before the decision, filing before discovery and the like. Unknown when
    fewer than two dates were read. Enforcement on a holiday is lawful.
    """
    found: list[Found] = [
        defect(
            "D-76",
            f"{page_of(document)}有不存在的日期：{fact.value}",
            f"{page_of_en(document)} has a date that does not exist: {fact.value}",
            fact,
        )
        for document, fact in case.every("impossible_date")
    ]
    compared: list[Fact] = []
    for first, second in ORDER:
        before, after = case.get(first), case.get(second)
        one, other = day(before), day(after)
        if before is None or after is None or one is None or other is None:
            continue
        compared.append(after)
        if other >= one:
            continue
        early, late = label(second), label(first)
        found.append(
            defect(
                "D-76",
                f"{early.zh}{other}早于{late.zh}{one}",
                f"{early.en} {other} comes before {late.en} {one}",
                before,
                after,
            )
        )
    if found:
        return failed(*found)
    if not compared:
        return unknown("读到的日期不足以比较", "too few dates were read to compare")
    return passed("日期先后合理", "the dates come in order", *compared)
