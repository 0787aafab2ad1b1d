"""Credit repair (信用修复): when a party may be told that it can apply for it.

The workbench keeps a class and whether repair is open, nothing else of the credit side. What it
works out is a reminder for a person, never a decision; what is not known is never due.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from review.checks.check import Procedure
from review.common.dates import add_months
from review.errors import LawNotInForce
from review.law.in_force import LawInForce

MINIMUM, MAXIMUM = "credit_display_minimum", "credit_display_maximum"


class CreditClass(StrEnum):
    """How grave a penalty is as credit data: 严重, 一般, 轻微; or it is none (不公示)."""

    SERIOUS = "serious"
    GENERAL = "general"
    MINOR = "minor"
    NONE = "none"


CLASS_WORDS = {
    CreditClass.SERIOUS: ("严重", "Serious"),
    CreditClass.GENERAL: ("一般", "General"),
    CreditClass.MINOR: ("轻微", "Minor"),
    CreditClass.NONE: ("不公示", "Not displayed"),
}


class CreditState(StrEnum):
    """Where a case stands on its way to a reminder."""

    DUE = "due"
    WAITING = "waiting"
    MISSING = "missing"
    OVER = "over"
    NOT_DISPLAYED = "not_displayed"
    EXCLUDED = "excluded"
    REMINDED = "reminded"


STATE_WORDS = {
    CreditState.DUE: ("可提醒修复", "Reminder due"),
    CreditState.WAITING: ("未满最短公示期", "Least time not over"),
    CreditState.MISSING: ("情况不明", "Something is missing"),
    CreditState.OVER: ("公示期已满", "Display is over"),
    CreditState.NOT_DISPLAYED: ("不公示", "Not displayed"),
    CreditState.EXCLUDED: ("不得修复", "Repair excluded"),
    CreditState.REMINDED: ("已提醒", "Reminded"),
}


class Lack(StrEnum):
    """What is missing for a reminder."""

    DECISION_DAY = "decision_day"
    PERFORMANCE = "performance"
    LAW = "law"


LACK_WORDS = {
    Lack.DECISION_DAY: ("不知决定日", "the day of the decision is not known"),
    Lack.PERFORMANCE: (
        "不知义务是否履行（无缴款日、结案日）",
        "it is not known whether the obligation was performed (no day of payment or closing)",
    ),
    Lack.LAW: (
        "决定日早于所录最早的公示期限规定",
        "no rule on the time of display is held for the day of the decision",
    ),
}


@dataclass(frozen=True, slots=True)
class CreditFacts:
    """What is known of a case. `is_performed`: paid, closed, or a person says so."""

    credit_class: CreditClass
    is_eligible: bool
    decided_on: date | None
    is_published: bool
    is_performed: bool
    is_reminded: bool


@dataclass(frozen=True, slots=True)
class CreditStanding:
    """Where a case stands: from when a reminder is due, until when data is displayed, what lacks.

    `is_confirmed` tells whether the bureau confirmed the times of display that were used.
    """

    state: CreditState
    due_from: date | None = None
    displayed_until: date | None = None
    lacks: tuple[Lack, ...] = ()
    is_confirmed: bool = True


def credit_standing(facts: CreditFacts, law: LawInForce, *, on: date) -> CreditStanding:
    """Whether a reminder is due on a day, by the times of display in force when it was decided.

    The time runs from the day of the decision. A minor one that nobody displayed is not displayed.
    """
    settled = _settled(facts)
    if settled is not None:
        return CreditStanding(settled)
    lacks = [] if facts.is_performed else [Lack.PERFORMANCE]
    if facts.decided_on is None:
        return CreditStanding(CreditState.MISSING, lacks=(Lack.DECISION_DAY, *lacks))
    try:
        least = law.parameter(MINIMUM, on=facts.decided_on)
        longest = law.parameter(MAXIMUM, on=facts.decided_on)
    except LawNotInForce:
        return CreditStanding(CreditState.MISSING, lacks=(Lack.LAW, *lacks))
    months, most = least.of(facts.credit_class), longest.of(facts.credit_class)
    if months is None or most is None:
        return CreditStanding(CreditState.MISSING, lacks=(Lack.LAW, *lacks))
    due_from = add_months(facts.decided_on, int(months))
    until = add_months(facts.decided_on, int(most))
    if on < due_from:
        state = CreditState.WAITING
    elif lacks:
        state = CreditState.MISSING
    else:
        state = CreditState.OVER if on >= until else CreditState.DUE
    return CreditStanding(
        state, due_from, until, tuple(lacks), least.confirmed and longest.confirmed
    )


def _settled(facts: CreditFacts) -> CreditState | None:
    """The state that does not depend on any day."""
    if facts.is_reminded:
        return CreditState.REMINDED
    if facts.credit_class is CreditClass.NONE:
        return CreditState.NOT_DISPLAYED
    if facts.credit_class is CreditClass.MINOR and not facts.is_published:
        return CreditState.NOT_DISPLAYED
    if not facts.is_eligible:
        return CreditState.EXCLUDED
    return None


def usual_class(procedure: str) -> tuple[CreditClass, tuple[str, str]] | None:
    """The class that a procedure usually means, with why; None where a person has to judge."""
    if procedure == Procedure.SUMMARY:
        return CreditClass.NONE, (
            "简易程序作出的处罚一般不作为信用信息公示",
            "a penalty by the summary procedure is usually not displayed as credit data",
        )
    if procedure == Procedure.WAIVED:
        return CreditClass.NONE, (
            "不予处罚，无处罚信息可公示",
            "nothing was punished, so there is nothing to display",
        )
    return None
