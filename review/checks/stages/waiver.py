"""Waiver (不予处罚): a first violation, corrected, and the party educated."""

from __future__ import annotations

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
from review.checks.values import page_of, page_of_en, says
from review.facts.absence import absence
from review.facts.model import CaseFacts, DocumentFacts, Fact
from review.law.in_force import LawInForce

WAIVED = frozenset({Procedure.WAIVED})
CORRECTED = ("整改复查记录", "卸载复磅单", "免予处罚告知承诺书")
EDUCATED = ("教育记录", "免予处罚告知承诺书")


@check(
    "WAI001",
    title=("不予处罚有改正和教育的证明", "Correction and education are proven"),
    defects=("D-43",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-33",),
    inputs=(),
    procedures=WAIVED,
    cannot_see=("不评价改正是否彻底", "does not judge how thorough the correction was"),
)
def waiver_is_proven(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether a waived case holds proof that the act was corrected and the party educated.

    Correction: a record of the check afterwards, a day of correction, or a signed commitment.
    Education: its record or a signed commitment. Fails when the file, read in full, holds neither
    for one of them. Unknown when it was not read in full.
    """
    day_of_correction = next((fact for _, fact in case.every("corrected_on")), None)
    corrected: list[DocumentFacts | Fact] = list(case.of_kind(*CORRECTED))
    if day_of_correction is not None:
        corrected.append(day_of_correction)
    educated = list(case.of_kind(*EDUCATED))
    if corrected and educated:
        return passed(
            "有改正和教育的证明", "correction and education are proven", *corrected, *educated
        )
    gap = absence(case, of=(*CORRECTED, *EDUCATED, "整改", "复查"))
    if not gap.may_be_claimed:
        return unknown("未读到改正或者教育的证明", "no proof of one of them read", because=gap)
    decision = next(iter(case.of_kind("不予行政处罚决定书")), None)
    if decision is None:
        return unknown("未读到不予行政处罚决定书", "the decision of waiver was not found")
    found: list[Found] = []
    if not corrected:
        found.append(
            defect(
                "D-43",
                "案卷中没有违法行为已经改正的证明",
                "the file holds no proof that the act was corrected",
                decision,
            )
        )
    if not educated:
        found.append(
            defect(
                "D-43",
                "案卷中没有教育当事人的记录",
                "the file holds no record that the party was educated",
                decision,
            )
        )
    return failed(*found)


@check(
    "WAI002",
    title=("首违不罚的确属首次", "A first violation is the first"),
    defects=("D-42",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-33",),
    inputs=(),
    procedures=WAIVED,
    cannot_see=(
        "轻微且无危害后果的不予处罚不以首次为条件，须由人判断",
        "a minor act without harm may be waived although it is not the first: for a person",
    ),
)
def waiver_is_first(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the search for earlier violations says that there is none.

    Fails, as a minor matter because a minor act without harm may be waived again, when the search
    shows an earlier one. Unknown when no result of a search was read.
    """
    for document, fact in case.every("first_violation"):
        if says(fact) is False:
            return failed(
                defect(
                    "D-42",
                    f"{page_of(document)}显示有前次违法记录，仍按首次违法不予处罚",
                    f"{page_of_en(document)} shows an earlier violation",
                    fact,
                )
            )
        if says(fact):
            return passed("查询结果为首次违法", "the search says first violation", fact)
    return unknown("未读到首次违法查询结果", "no result of a search was read")
