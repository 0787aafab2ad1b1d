"""Execution (执行): payment after the decision, the order of the dates, collection."""

from __future__ import annotations

from review.checks.check import (
    CheckResult,
    Severity,
    check,
    defect,
    failed,
    passed,
    unknown,
)
from review.checks.values import absent, day, missing_text
from review.facts.model import CaseFacts
from review.law.in_force import LawInForce


@check(
    "EXE001",
    title=("缴款不早于处罚决定", "Payment not before the decision"),
    defects=("D-79",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-67",),
    inputs=("decided_on", "paid_on"),
    cannot_see=("看不到分期各次的缴款", "does not see the single instalments"),
)
def paid_after_decision(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the fine was paid on or after the day of the decision.

    Fails when it was paid before. Payment between decision and service is lawful. Unknown when a
    date was not read.
    """
    wanted = absent(case, "decided_on", "paid_on")
    decided, paid = case.get("decided_on"), case.get("paid_on")
    decided_on, paid_on = day(decided), day(paid)
    if decided is None or paid is None or decided_on is None or paid_on is None:
        return unknown(*missing_text(wanted), missing=wanted)
    zh, en = f"决定日{decided_on}，缴款日{paid_on}", f"decided {decided_on}, paid {paid_on}"
    if paid_on < decided_on:
        return failed(
            defect("D-79", f"{zh}，缴款早于决定", f"{en}: before the decision", decided, paid)
        )
    return passed(zh, en, decided, paid)
