"""The values of an edition that the product works with: items with all defaults filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal

from review.checks.check import Procedure
from review.errors import NotFound
from review.scoring.dimensions import Dimension
from review.scoring.edition_file import Result, Text

RESULT_WORDS: Mapping[Result, Text] = {
    Result.MET: Text(zh="符合", en="Met"),
    Result.PARTLY_MET: Text(zh="部分符合", en="Partly met"),
    Result.NOT_MET: Text(zh="不符合", en="Not met"),
    Result.NOT_APPLICABLE: Text(zh="不适用", en="Not applicable"),
    Result.UNDECIDED: Text(zh="待核", en="Undecided"),
}


@dataclass(frozen=True, slots=True)
class Deduction:
    """One reason to deduct; `maximum` is the most it takes, None: the item's points limit it."""

    id: str
    text: Text
    points: Decimal
    is_counted: bool
    maximum: Decimal | None
    defects: tuple[str, ...] = ()

    def amount(self, count: int) -> Decimal:
        """Points for that many occurrences; a reason that is not counted takes its points once."""
        taken = self.points * (count if self.is_counted else min(count, 1))
        return taken if self.maximum is None else min(taken, self.maximum)


@dataclass(frozen=True, slots=True)
class Rectify:
    """What the unit is asked to do; `due_days` in calendar days from the issue of the list."""

    text: Text
    due_days: int


@dataclass(frozen=True, slots=True)
class Item:
    """One item with all defaults filled in; see `edition_file.ItemEntry` for the meaning."""

    id: str
    ref: str
    title: Text
    points: Decimal
    step: Decimal
    is_veto: bool
    deductions: tuple[Deduction, ...]
    partial: Decimal
    guidance: Text | None
    dimension: Dimension
    procedures: frozenset[Procedure]
    not_applicable: Text | None
    sources: tuple[str, ...]
    checks: tuple[str, ...]
    defects: tuple[str, ...]
    look_only: tuple[str, ...]
    checks_cover_all: bool
    needs_time_code: bool
    rectify: Rectify | None
    section_id: str
    is_conditional: bool

    def deduction(self, deduction_id: str) -> Deduction | None:
        """The reason of that id."""
        return next((each for each in self.deductions if each.id == deduction_id), None)

    @property
    def counted(self) -> Deduction | None:
        """The reason that a bare count refers to: the first that is counted."""
        return next((each for each in self.deductions if each.is_counted), None)


@dataclass(frozen=True, slots=True)
class Section:
    """A group of items. `weight` is the share of the total it counts for, None where points do."""

    id: str
    title: Text
    items: tuple[Item, ...]
    is_scored: bool
    is_conditional: bool
    when: Text | None
    weight: Decimal | None
    cap: Decimal | None

    @property
    def points(self) -> Decimal:
        """Sum of the points of the items."""
        return sum((item.points for item in self.items), Decimal(0))


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade and its lower bound, which is included."""

    name: Text
    bound: Decimal


@dataclass(frozen=True, slots=True)
class Supersedes:
    """The edition that was replaced, and why."""

    edition: str
    reason: Text | None


@dataclass(frozen=True)
class Edition:
    """One edition. `sha256` is that of the file's bytes: a sheet points at it, never at "latest".

    `in_force_on` is None only for a file whose name and content give no date. `scale` is the best
    final score; `grades` stand from the best to the lowest.
    """

    kind: str
    in_force_on: date | None
    sha256: str
    title: Text
    issued_by: Text | None
    supersedes: Supersedes | None
    note: Text | None
    procedures: frozenset[Procedure]
    total: Decimal
    base: Decimal
    scale: Decimal
    step: Decimal
    grades: tuple[Grade, ...]
    results: Mapping[Result, Text]
    is_rescaled: bool
    rounding_step: Decimal
    rounding_mode: Literal["half_up", "half_even", "down"]
    veto_grade: Grade
    veto_sets_zero: bool
    dimensions: tuple[Dimension, ...]
    sections: tuple[Section, ...]

    @property
    def key(self) -> str:
        """`<kind>/<date>`: names the edition in lists and on sheets."""
        return f"{self.kind}/{self.in_force_on.isoformat() if self.in_force_on else '-'}"

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All items in the order of the file."""
        return tuple(item for section in self.sections for item in section.items)

    @cached_property
    def by_id(self) -> Mapping[str, Item]:
        """The items by id."""
        return {item.id: item for item in self.items}

    def item(self, item_id: str) -> Item:
        """The item of that id; raises NotFound."""
        if item_id not in self.by_id:
            raise NotFound(what="评查项", what_en="item", key=f"{item_id} ({self.key})")
        return self.by_id[item_id]

    def items_for(self, procedure: Procedure | None) -> tuple[Item, ...]:
        """The items that concern a case of that procedure; None: every unconditional item."""
        return tuple(item for item in self.items if concerns(item, procedure))

    def result_word(self, result: Result, language: str) -> str:
        """The edition's own word for a result."""
        return (self.results.get(result) or RESULT_WORDS[result]).get(language)


def concerns(item: Item, procedure: Procedure | None) -> bool:
    """Whether an item concerns a case of that procedure; without one, conditional items do not."""
    if procedure is None:
        return not item.is_conditional
    return procedure in item.procedures
