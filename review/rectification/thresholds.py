"""Thresholds of a unit's figures that lead to a talk (约谈) or a suspension (考核熔断).

The measures are fixed, the limits are the bureau's: the proposals below stand without a basis and
do nothing until somebody sets them in force.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from review.rectification.tables import ThresholdAction


class Measure(StrEnum):
    """What is compared with a limit; all but the average are reached from the limit upwards."""

    VETOES = "vetoes"
    UNQUALIFIED_SHARE = "unqualified_share"
    AVERAGE_BELOW = "average_below"
    OVERDUE_ITEMS = "overdue_items"
    LONGEST_OVERDUE_DAYS = "longest_overdue_days"
    REPEATED_PROBLEMS = "repeated_problems"
    REOPENED_ITEMS = "reopened_items"


MEASURE_WORDS: Mapping[Measure, tuple[str, str]] = {
    Measure.VETOES: ("否决案卷数（件）", "Case files with a veto"),
    Measure.UNQUALIFIED_SHARE: ("不合格案卷占比（%）", "Unqualified case files (%)"),
    Measure.AVERAGE_BELOW: ("平均得分低于（分）", "Average score below"),
    Measure.OVERDUE_ITEMS: ("逾期整改事项（项）", "Overdue items"),
    Measure.LONGEST_OVERDUE_DAYS: ("最长逾期（天）", "Longest overdue (days)"),
    Measure.REPEATED_PROBLEMS: ("重复发生的问题（个）", "Repeated problems"),
    Measure.REOPENED_ITEMS: ("销号后重开事项（项）", "Items reopened after closing"),
}
ACTION_WORDS: Mapping[ThresholdAction, tuple[str, str]] = {
    ThresholdAction.TALK: ("约谈", "Talk"),
    ThresholdAction.SUSPENSION: ("考核熔断", "Suspension of the assessment"),
}

PROPOSED: tuple[tuple[ThresholdAction, Measure, Decimal], ...] = (
    (ThresholdAction.TALK, Measure.VETOES, Decimal(1)),
    (ThresholdAction.TALK, Measure.LONGEST_OVERDUE_DAYS, Decimal(7)),
    (ThresholdAction.TALK, Measure.REPEATED_PROBLEMS, Decimal(3)),
    (ThresholdAction.SUSPENSION, Measure.UNQUALIFIED_SHARE, Decimal(20)),
    (ThresholdAction.SUSPENSION, Measure.LONGEST_OVERDUE_DAYS, Decimal(15)),
)
"""What the product proposes (design, no rule of law says so): not in force until it is set."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A threshold in force."""

    action: ThresholdAction
    measure: Measure
    limit: Decimal


@dataclass(frozen=True, slots=True)
class Reached:
    """A threshold that a unit's figure reached."""

    action: ThresholdAction
    measure: Measure
    limit: Decimal
    figure: Decimal


def is_reached(measure: Measure, figure: Decimal, limit: Decimal) -> bool:
    """Whether a figure reaches a limit; an average does by lying below it."""
    return figure < limit if measure is Measure.AVERAGE_BELOW else figure >= limit


def reached(figures: Mapping[Measure, Decimal | None], limits: Iterable[Limit]) -> list[Reached]:
    """The thresholds that are reached; a figure that is not known reaches nothing."""
    found = []
    for each in limits:
        figure = figures.get(each.measure)
        if figure is not None and is_reached(each.measure, figure, each.limit):
            found.append(Reached(each.action, each.measure, each.limit, figure))
    return found
