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
    not_applicable,
    passed,
    unknown,
)
from review.checks.circumstances import FINED, cause_of
from review.checks.values import day, missing_paper, page_of, page_of_en, says
from review.facts.model import CaseFacts, DocumentFacts, Fact
from review.law.in_force import LawInForce

WAIVED = frozenset({Procedure.WAIVED})
PROMISE = ("免予处罚告知承诺书",)
CORRECTED = ("整改复查记录", "卸载复磅单")
EDUCATED = ("教育记录", *PROMISE)


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

    Correction: a record of the check afterwards or a day of correction. Education: its record or a
    signed commitment. Fails when the file, read in full, holds neither for one of them; as a
    minor matter where the party's own commitment is all that speaks of correction, because
    photographs may prove it. Unknown when it was not read in full.
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
    wanted = (*(() if corrected else (*CORRECTED, "整改", "复查")), *(() if educated else EDUCATED))
    gap = missing_paper(case, of=wanted)
    if not gap.may_be_claimed:
        return unknown("未读到改正或者教育的证明", "no proof of one of them read", because=gap)
    decision = next(iter(case.of_kind("不予行政处罚决定书")), None)
    if decision is None:
        return unknown("未读到不予行政处罚决定书", "the decision of waiver was not found")
    found: list[Found] = []
    promises = case.of_kind(*PROMISE)
    if not corrected:
        found.append(
            defect(
                "D-43",
                "除承诺书外，案卷中没有违法行为已经改正的证明"
                if promises
                else "案卷中没有违法行为已经改正的证明",
                "the file holds no proof that the act was corrected",
                decision,
                *promises,
                severity=Severity.MINOR if promises else None,
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


@check(
    "WAI003",
    title=("可以免罚的未予处罚", "What may go unpunished was not fined"),
    defects=("D-41",),
    severity=Severity.HINT,
    sources=("administrative-penalty-law#art-33",),
    inputs=("cause", "decided_on", "fine_yuan"),
    procedures=FINED,
    cannot_see=(
        "清单全文未收录；是否轻微、有无危害后果由人判断",
        "the list is not held in full; whether the act was minor and harmless is for a person",
    ),
)
def fined_though_on_the_list(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether a fined act stands on the list, was the first, and had been corrected.

    A hint, never a fault: a person has to see whether it was minor and without harm. Passes when
    the search shows an earlier violation. Not applicable to causes outside the list; unknown when
    cause, search or correction were not read.
    """
    on, cause = day(case.get("decided_on")), cause_of(case, law)
    fine = case.get("fine_yuan")
    held = None if on is None else law.waiver_list(on=on)
    if on is None or cause is None or fine is None:
        return unknown("未读到案由、决定日或者罚款", "cause, day or fine were not read")
    item = None if held is None else held.item(cause.key)
    if held is None or item is None:
        return not_applicable("案由不在收录的免罚清单内", "the cause is not on a list held")
    first = next((fact for _, fact in case.every("first_violation")), None)
    corrected = next((fact for _, fact in case.every("corrected_on")), None)
    if first is not None and says(first) is False:
        return passed("查询结果不是首次违法", "the search shows an earlier violation", first)
    if first is None or corrected is None:
        return unknown("未读到首次违法查询结果或者改正日", "search or correction were not read")
    return failed(
        defect(
            "D-41",
            f"案由属于清单第{item.number}项“{item.name.zh}”，首次违法且{day(corrected)}已改正，"
            "请核对是否应当免罚",
            f"item {item.number} of the list ({item.name.en}), a first violation, corrected on "
            f"{day(corrected)}: should it have gone unpunished?",
            first,
            corrected,
            fine,
        )
    )
