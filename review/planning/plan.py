"""The year of reviews: how many rounds there are and what is missing.

The bureau's plan asks for four rounds or more in a calendar year, one a quarter as a rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

ROUNDS_A_YEAR = 4
"""Least number of rounds in a calendar year (the bureau's yearly plan)."""

TOPICS: tuple[tuple[str, str, str], ...] = (
    ("legal_review", "重大执法决定法制审核", "legal review of major decisions"),
    ("waivers", "轻微违法免罚执行", "waivers in practice"),
    ("safety", "安全生产执法", "safety production"),
    ("ecology", "生态环境保护执法", "ecology"),
    ("off_site", "非现场执法", "off-site enforcement"),
)
"""Topics of a review: key, Chinese, English; the bureau may put its own words instead."""

NOTICE_DAYS = 30
"""Calendar days before the end of a quarter from which its missing round is announced."""


@dataclass(frozen=True, slots=True)
class PlannedRound:
    """What counts of a round: when it starts."""

    title: str
    starts_on: date


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning, in both languages; `is_late` where the quarter or the year is over."""

    zh: str
    en: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class YearPlan:
    """The rounds of a year: how many in each quarter (1 to 4), and what to warn of."""

    year: int
    rounds: int
    required: int
    by_quarter: tuple[int, int, int, int]
    warnings: tuple[Warned, ...]

    @property
    def is_enough(self) -> bool:
        """Whether the year has the required number of rounds."""
        return self.rounds >= self.required


def quarter_of(day: date) -> int:
    """1 to 4."""
    return (day.month + 2) // 3


def quarter_end(year: int, quarter: int) -> date:
    """The last day of a quarter."""
    return date(year + quarter // 4, quarter % 4 * 3 + 1, 1) - timedelta(days=1)


def year_plan(
    rounds: Iterable[PlannedRound], *, year: int, today: date, required: int = ROUNDS_A_YEAR
) -> YearPlan:
    """Count the rounds of a year and warn of empty quarters and of a year that falls short.

    A quarter is announced in its last thirty days and reported as missed once it is over. The year
    is warned of when the quarters that are left cannot fill the gap with one round each.
    """
    starts = [each.starts_on for each in rounds if each.starts_on.year == year]
    counts = [0, 0, 0, 0]
    for day in starts:
        counts[quarter_of(day) - 1] += 1
    warnings = [
        warning
        for quarter, count in enumerate(counts, 1)
        if not count and (warning := _quarter_warning(year, quarter, today)) is not None
    ]
    short = required - len(starts)
    open_quarters = sum(today <= quarter_end(year, quarter) for quarter in range(1, 5))
    if short > open_quarters:
        is_late = open_quarters == 0
        warnings.append(
            Warned(
                f"{year} 年已安排 {len(starts)} 次评查，还差 {short} 次才满 {required} 次",
                f"{year} has {len(starts)} rounds, {short} short of {required}",
                is_late,
            )
        )
    first, second, third, fourth = counts
    return YearPlan(year, len(starts), required, (first, second, third, fourth), tuple(warnings))


def _quarter_warning(year: int, quarter: int, today: date) -> Warned | None:
    end = quarter_end(year, quarter)
    left = (end - today).days
    if left < 0:
        return Warned(
            f"{year} 年第 {quarter} 季度没有开展评查",
            f"no round in quarter {quarter} of {year}",
            is_late=True,
        )
    if left < NOTICE_DAYS:
        return Warned(
            f"{year} 年第 {quarter} 季度还没有评查，距季末 {left} 天",
            f"no round yet in quarter {quarter} of {year}; {left} days left",
            is_late=False,
        )
    return None
