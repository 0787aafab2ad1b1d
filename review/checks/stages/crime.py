"""Suspected crime (涉嫌犯罪): a hint where a forged paper is told of and nothing transferred."""

from __future__ import annotations

from review.checks.check import (
    CheckResult,
    Severity,
    check,
    defect,
    failed,
    not_applicable,
    passed,
    unknown,
)
from review.checks.values import missing_paper, says
from review.facts.model import CaseFacts
from review.law.in_force import LawInForce


@check(
    "POW004",
    title=("涉嫌犯罪的应当移送", "Suspected crime is to be transferred"),
    defects=("D-100",),
    severity=Severity.HINT,
    sources=("administrative-penalty-law#art-27",),
    inputs=(),
    cannot_see=(
        "使用伪造证件是否构成犯罪由人判断，只作提示",
        "whether the use of a forged paper is a crime is for a person: a hint only",
    ),
)
def transferred_if_crime(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether a file that tells of a forged paper tells of a transfer, too.

    A hint only: the use of a forged paper alone need not be a crime. Not applicable where no paper
    tells of one. Unknown when not read in full.
    """
    forged = next((fact for _, fact in case.every("forgery_stated") if says(fact)), None)
    if forged is None:
        gap = missing_paper(case, of=())
        if not gap.may_be_claimed:
            return unknown("未读到是否涉及伪造证件", "not read in full", because=gap)
        return not_applicable("没有伪造、变造证件的记载", "no forged paper is told of")
    moved = next((fact for _, fact in case.every("transfer_stated") if says(fact)), None)
    papers = case.of_kind("案件移送函")
    if moved is not None:
        return passed("已经移送或者说明", "transferred or explained", moved)
    if papers:
        return passed("案卷中有移送函", "the file holds the transfer", *papers)
    gap = missing_paper(case, of=("案件移送函", "移送"))
    if not gap.may_be_claimed:
        return unknown("未读到移送", "no transfer was read", because=gap)
    return failed(
        defect(
            "D-100",
            "文书载明伪造、变造证件，案卷中没有移送公安机关的记载，请判断是否涉嫌犯罪",
            "a forged paper is told of and no transfer: judge whether a crime is suspected",
            forged,
        )
    )
