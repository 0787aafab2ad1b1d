"""Figures of a round: averages, grades, ranking, common and repeated problems. Pure arithmetic.

All papers, workbooks and pages of a round take their figures from `RoundFigures`, so that the same
number stands everywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

from review.checks.check import Severity

CENT = Decimal("0.01")
MODEL_SCORE = Decimal(95)
"""From this score on a file without a major problem is proposed as a model case."""


@dataclass(frozen=True, slots=True)
class GradeCount:
    """How many cases have a grade; `rank` 0 is the best."""

    zh: str
    en: str
    rank: int
    count: int


@dataclass(frozen=True, slots=True)
class CaseFigure:
    """The result of one case. `rank` counts from 1, equal scores share it."""

    case_id: int
    case_no: str
    unit_id: int
    unit: str
    squad: str
    cause: str
    party_name: str
    procedure: str
    officers: tuple[str, ...]
    score: Decimal
    grade_zh: str
    grade_en: str
    grade_rank: int
    is_vetoed: bool
    deducted: Decimal
    problems: int
    worst: Severity | None
    disputed: tuple[str, ...]
    undecided: int
    rank: int = 0
    result_id: int = 0
    is_model: bool = False
    version: int = 1

    @property
    def may_be_model(self) -> bool:
        """Whether it may be proposed as a model case (优秀案卷)."""
        return (
            self.grade_rank == 0
            and not self.is_vetoed
            and self.score >= MODEL_SCORE
            and self.worst not in (Severity.VETO, Severity.MAJOR)
        )


@dataclass(frozen=True, slots=True)
class UnitFigure:
    """What the cases of one unit come to. `average` is None without a case."""

    unit_id: int
    unit: str
    reviewed: int
    average: Decimal | None
    best: Decimal | None
    lowest: Decimal | None
    grades: tuple[GradeCount, ...]
    vetoes: int
    problems: int
    items: int
    closed: int
    overdue: int
    rank: int = 0

    @property
    def closed_share(self) -> Decimal | None:
        """Closed items of all, in percent; None without items."""
        return percent(self.closed, self.items)


@dataclass(frozen=True, slots=True)
class ItemFigure:
    """How often an item was found faulty, in how many cases, and what it took altogether."""

    item_id: str
    title_zh: str
    title_en: str
    dimension: str
    cases: int
    share: Decimal
    deducted: Decimal
    is_common: bool


@dataclass(frozen=True, slots=True)
class PartFigure:
    """A dimension over all cases; `share` is the kept part in percent, None without points."""

    dimension: str
    title_zh: str
    title_en: str
    applicable: Decimal
    earned: Decimal

    @property
    def share(self) -> Decimal | None:
        """Kept points of the applicable ones in percent."""
        return percent(self.earned, self.applicable)


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One confirmed problem, with where it stands in rectification; `due_on` None unlisted."""

    finding_id: int
    case_id: int
    case_no: str
    unit_id: int
    unit: str
    item_id: str
    item_title: str
    text_zh: str
    text_en: str
    severity: Severity
    basis: tuple[str, ...]
    places: str
    measure: str
    responsible: str
    due_on: date | None
    item_state: str
    is_overdue: bool
    key: str
    deduction: Decimal


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """Everything that is said of a round in numbers.

    `drawn` counts the cases that were drawn, `reviewed` those with a result: only these are in
    averages and shares. `average` is None without a result.
    """

    round_id: int
    title: str
    kind: str
    topic: str
    year: int
    number: int
    scope_from: date
    scope_to: date
    starts_on: date
    ends_on: date
    is_published: bool
    published_on: date | None
    drawn: int
    reviewed: int
    average: Decimal | None
    grades: tuple[GradeCount, ...]
    vetoes: int
    cases: tuple[CaseFigure, ...]
    units: tuple[UnitFigure, ...]
    items: tuple[ItemFigure, ...]
    parts: tuple[PartFigure, ...]
    problems: tuple[ProblemLine, ...]
    severities: Mapping[Severity, int]
    objections: int
    upheld: int
    editions: tuple[str, ...] = ()

    @property
    def common(self) -> tuple[ItemFigure, ...]:
        """The common problems (共性问题), the most frequent first."""
        return tuple(each for each in self.items if each.is_common)

    def of_unit(self, unit_id: int) -> UnitFigure | None:
        """The figures of one unit; None where none of its cases was drawn."""
        return next((each for each in self.units if each.unit_id == unit_id), None)

    def grade_share(self, rank: int) -> Decimal | None:
        """Cases of a grade in percent of the reviewed ones."""
        return percent(sum(each.count for each in self.grades if each.rank == rank), self.reviewed)


def percent(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    """A share in percent with one place; None of nothing."""
    if not whole:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def average(values: Iterable[Decimal]) -> Decimal | None:
    """The mean with two places; None of nothing."""
    held = tuple(values)
    if not held:
        return None
    return (sum(held, Decimal(0)) / len(held)).quantize(CENT, ROUND_HALF_UP)


Key = TypeVar("Key", bound=Hashable)


def ranks(values: Mapping[Key, Decimal | None]) -> dict[Key, int]:
    """Places from 1 by value, the highest first; equal values share a place, None comes last."""
    known = sorted((value for value in values.values() if value is not None), reverse=True)
    return {
        key: known.index(value) + 1 if value is not None else len(known) + 1
        for key, value in values.items()
    }


def grade_counts(
    cases: Iterable[CaseFigure], known: Sequence[GradeCount]
) -> tuple[GradeCount, ...]:
    """How many cases have each grade; grades that nobody has stand with 0."""
    counted = Counter((each.grade_rank, each.grade_zh, each.grade_en) for each in cases)
    names = {(each.rank, each.zh, each.en): 0 for each in known} | dict(counted)
    return tuple(
        GradeCount(zh, en, rank, count) for (rank, zh, en), count in sorted(names.items()) if zh
    )
