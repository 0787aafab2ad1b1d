"""Targets of the rule-of-law plan for a year: what is asked, what is done, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Measure(StrEnum):
    """What a target counts. Reviews are counted from the rounds; the others from evidence."""

    REVIEWS = "reviews"
    RANDOM_CHECKS = "random_checks"
    TRAINING = "training"
    EXAMINATIONS = "examinations"
    OTHER = "other"


class Standing(StrEnum):
    """How a target stands: reached, on the way, behind the calendar, missed, or given up."""

    REACHED = "reached"
    ON_THE_WAY = "on_the_way"
    BEHIND = "behind"
    MISSED = "missed"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class UsualTarget:
    """A target that the plans of such bureaus have; the bureau sets its own figures."""

    measure: Measure
    zh: str
    unit: str
    goal: Decimal


USUAL: tuple[UsualTarget, ...] = (
    UsualTarget(Measure.REVIEWS, "执法案卷评查次数", "次", Decimal(4)),
    UsualTarget(Measure.RANDOM_CHECKS, "“双随机、一公开”检查任务完成率", "%", Decimal(100)),
    UsualTarget(Measure.TRAINING, "执法人员人均培训学时", "学时", Decimal(60)),
    UsualTarget(Measure.EXAMINATIONS, "执法人员法律知识考试", "次", Decimal(1)),
)
"""Proposals for the first year. Four reviews is the bureau's own plan; change the rest freely."""


def standing(
    *, goal: Decimal, done: Decimal, begins_on: date, due_on: date, today: date, given_up: bool
) -> Standing:
    """How a target stands on a day: behind where less is done than the share of time that is over.

    A period that has not begun asks for nothing yet; the day it is due still counts.
    """
    if done >= goal:
        return Standing.REACHED
    if given_up:
        return Standing.GIVEN_UP
    if today > due_on:
        return Standing.MISSED
    days = max((due_on - begins_on).days, 1)
    gone = Decimal(min(max((today - begins_on).days, 0), days))
    return Standing.ON_THE_WAY if done * days >= goal * gone else Standing.BEHIND
