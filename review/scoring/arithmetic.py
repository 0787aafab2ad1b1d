"""The arithmetic of a score sheet: deductions, the score, the grade and the dimension totals.

All figures are `Decimal`. Nothing here decides: a veto counts only where it was confirmed, and an
item that nobody decided takes nothing off and leaves the grade open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import NamedTuple

from review.checks.check import Procedure
from review.errors import BadScore
from review.scoring.checklist import Edition, Grade, Item, Result, Text, concerns
from review.scoring.dimensions import Dimension

ZERO = Decimal(0)

_ROUNDING = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "down": ROUND_DOWN}


@dataclass(frozen=True, slots=True)
class ItemResult:
    """What a person (or a proposal) says of one item.

    `chosen` maps ids of the item's reasons to the number of occurrences. `deduction`, where given,
    overrides what the rule would take. `veto_confirmed` says that a second person confirmed the
    failure of a veto item.
    """

    result: Result
    chosen: Mapping[str, int] = field(default_factory=dict)
    deduction: Decimal | None = None
    comment: str = ""
    veto_confirmed: bool = False


class VetoState(StrEnum):
    """Whether a veto stands over a sheet."""

    NONE = "none"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"


VETO_WAITING = Text(zh="待认定否决", en="Veto to be decided")
"""What is shown for a grade while a veto was proposed and nobody else has decided on it."""


@dataclass(frozen=True, slots=True)
class PartTotal:
    """Points of a section or a dimension: of the applicable items, how much was kept.

    `earned` is `applicable` less the deductions; `undecided` counts the items not decided yet.
    """

    applicable: Decimal
    deducted: Decimal
    undecided: int

    @property
    def earned(self) -> Decimal:
        """What was kept."""
        return self.applicable - self.deducted

    @property
    def share(self) -> Decimal | None:
        """Kept share 0..1; None where nothing was applicable."""
        return self.earned / self.applicable if self.applicable else None


@dataclass(frozen=True, slots=True)
class Total:
    """The score of a sheet.

    `score` is rounded and on the edition's scale; with a confirmed veto it is still shown (另计)
    unless the edition sets it to zero. `grade` is None while items are undecided, or where nothing
    was applicable, and no veto is confirmed. `raw` is what was kept of `applicable` points, before
    any rescaling.
    """

    score: Decimal
    raw: Decimal
    applicable: Decimal
    deducted: Decimal
    grade: Grade | None
    grade_without_veto: Grade
    veto: VetoState
    vetoes_proposed: tuple[str, ...]
    vetoes_confirmed: tuple[str, ...]
    undecided: tuple[str, ...]
    deductions: Mapping[str, Decimal]
    sections: Mapping[str, PartTotal]
    dimensions: Mapping[str, PartTotal]
    groups: Mapping[str, PartTotal]

    @property
    def is_complete(self) -> bool:
        """Whether every item was decided."""
        return not self.undecided

    @property
    def shown_grade(self) -> Text | None:
        """The grade's name as people see it; None as `grade` is. A waiting veto stands for it."""
        if self.grade is None:
            return None
        return VETO_WAITING if self.veto is VetoState.PROPOSED else self.grade.name


def total(
    edition: Edition,
    results: Mapping[str, ItemResult | Result | str],
    *,
    procedure: Procedure | None = None,
) -> Total:
    """The score, grade and dimension totals of a sheet.

    Args:
        edition: the edition the sheet is scored by.
        results: item id to result; a bare result (`符合`) stands for one without a reason chosen.
            An item that is not there is undecided, and a conditional section of which nothing is
            there does not apply.
        procedure: the procedure of the case; items for other procedures do not apply.

    Raises:
        BadScore: an unknown item, or a result that the item does not allow.
    """
    given = {item_id: _item_result(item_id, each) for item_id, each in results.items()}
    for item_id in given:
        if item_id not in edition.by_id:
            raise BadScore(item=item_id, reason="评查标准中没有此项", reason_en="no such item")
    in_use = {edition.by_id[item_id].section_id for item_id in given}
    lines = [
        _line(edition, item, given.get(item.id))
        for item in edition.items
        if item.id in given
        or concerns(item, procedure)
        or (procedure is None and item.section_id in in_use)
    ]
    sections, dimensions = _parts(edition, lines)
    part = _together(sections[each.id] for each in edition.sections if each.is_scored)
    exact = _exact_score(edition, sections)
    rounded = round_score(edition, exact)
    proposed = tuple(line.item.id for line in lines if line.is_veto)
    confirmed = tuple(line.item.id for line in lines if line.is_veto and line.is_confirmed)
    undecided = tuple(line.item.id for line in lines if line.is_undecided)
    own_grade = grade_of(edition, rounded)
    is_open = bool(undecided) or not any(line.counts for line in lines)
    return Total(
        score=ZERO if confirmed and edition.veto_sets_zero else rounded,
        raw=part.earned,
        applicable=part.applicable,
        deducted=sum((line.deducted for line in lines), ZERO),
        grade=edition.veto_grade if confirmed else None if is_open else own_grade,
        grade_without_veto=own_grade,
        veto=VetoState.CONFIRMED
        if confirmed
        else VetoState.PROPOSED
        if proposed
        else VetoState.NONE,
        vetoes_proposed=proposed,
        vetoes_confirmed=confirmed,
        undecided=undecided,
        deductions={line.item.id: line.deducted for line in lines if line.counts},
        sections=sections,
        dimensions=dimensions,
        groups={
            name: _together(dimensions[each] for each in members)
            for name, members in _groups(edition.dimensions).items()
        },
    )


def deduction_of(edition: Edition, item: Item, given: ItemResult) -> Decimal:
    """What a result takes off an item, never more than its points.

    符合, 不适用 and 待核 take nothing. Otherwise: the override where there is one; else the chosen
    reasons by their counts; else for 不符合 all points, and for 部分符合 the first reason once or,
    where the item has none, what the edition's fraction leaves.

    Raises:
        BadScore: a result, reason, count or override that the item does not allow.
    """
    if given.result not in edition.results:
        words = "、".join(edition.result_word(each, "zh") for each in edition.results)
        raise _bad(item, f"本标准只用 {words}", f"this edition only knows {words}")
    if given.result not in {Result.PARTLY_MET, Result.NOT_MET}:
        if given.deduction or any(given.chosen.values()):
            raise _bad(item, "此结果不能扣分", "this result takes no deduction")
        return ZERO
    if given.deduction is not None:
        return _checked_override(item, given.deduction)
    chosen = {key: count for key, count in given.chosen.items() if count}
    if chosen:
        return min(item.points, sum((_amount(item, *each) for each in chosen.items()), ZERO))
    if given.result is Result.NOT_MET:
        return item.points
    if item.deductions:
        return min(item.points, (item.counted or item.deductions[0]).amount(1))
    lost = item.points * (1 - item.partial)
    return min(item.points, (lost / item.step).to_integral_value(ROUND_HALF_UP) * item.step)


def round_score(edition: Edition, score: Decimal) -> Decimal:
    """Round as the edition says and hold it between 0 and the scale."""
    held = min(max(score, ZERO), edition.scale)
    steps = (held / edition.rounding_step).to_integral_value(_ROUNDING[edition.rounding_mode])
    return min(steps * edition.rounding_step, edition.scale)


def grade_of(edition: Edition, score: Decimal) -> Grade:
    """The best grade whose bound the score reaches."""
    return next((each for each in edition.grades if score >= each.bound), edition.grades[-1])


# --- inside -------------------------------------------------------------------------------------


class _Line(NamedTuple):
    """One item of a sheet as it counts. `counts` is False where the item does not apply."""

    item: Item
    counts: bool
    deducted: Decimal
    is_undecided: bool
    is_veto: bool
    is_confirmed: bool


def _item_result(item_id: str, given: ItemResult | Result | str) -> ItemResult:
    if isinstance(given, ItemResult):
        return given
    try:
        return ItemResult(Result(given))
    except ValueError as problem:
        raise BadScore(
            item=item_id, reason=f"没有结果“{given}”", reason_en=f"there is no result {given}"
        ) from problem


def _line(edition: Edition, item: Item, given: ItemResult | None) -> _Line:
    if given is None:
        given = ItemResult(Result.UNDECIDED)
    deducted = deduction_of(edition, item, given)
    applies = given.result is not Result.NOT_APPLICABLE
    is_veto = item.is_veto and given.result is Result.NOT_MET
    return _Line(
        item=item,
        counts=applies or not edition.is_rescaled,
        deducted=deducted,
        is_undecided=given.result is Result.UNDECIDED,
        is_veto=is_veto,
        is_confirmed=is_veto and given.veto_confirmed,
    )


def _parts(
    edition: Edition, lines: Iterable[_Line]
) -> tuple[dict[str, PartTotal], dict[str, PartTotal]]:
    """The points of every section and of every dimension of the edition."""
    sections = {section.id: _Sum() for section in edition.sections}
    dimensions = {each.id: _Sum() for each in edition.dimensions}
    for line in lines:
        if line.counts:
            item = line.item
            for own in (sections[item.section_id], dimensions[item.dimension.id]):
                own.applicable += item.points
                own.deducted += line.deducted
                own.undecided += line.is_undecided
    return (
        {name: each.part() for name, each in sections.items()},
        {name: each.part() for name, each in dimensions.items()},
    )


class _Sum:
    """Points while they are added up: a list is read for hundreds of sheets at once."""

    __slots__ = ("applicable", "deducted", "undecided")

    def __init__(self) -> None:
        self.applicable, self.deducted, self.undecided = ZERO, ZERO, 0

    def part(self) -> PartTotal:
        return PartTotal(self.applicable, self.deducted, self.undecided)


def _together(parts: Iterable[PartTotal]) -> PartTotal:
    """Several parts as one."""
    whole = _Sum()
    for each in parts:
        whole.applicable += each.applicable
        whole.deducted += each.deducted
        whole.undecided += each.undecided
    return whole.part()


def _exact_score(edition: Edition, parts: Mapping[str, PartTotal]) -> Decimal:
    """Base, kept share of the rest, less what the deducting sections take; on the scale."""
    scored = [each for each in edition.sections if each.is_scored]
    weighted = [
        (each.weight, parts[each.id])
        for each in scored
        if each.weight is not None and parts[each.id].applicable
    ]
    if weighted:
        whole = sum((weight for weight, _ in weighted), ZERO)
        kept = sum((weight * part.earned / part.applicable for weight, part in weighted), ZERO)
        share = kept / whole
    else:
        applicable = sum((parts[each.id].applicable for each in scored), ZERO)
        earned = sum((parts[each.id].earned for each in scored), ZERO)
        has_points = any(each.points for each in scored)
        share = earned / applicable if applicable else Decimal(0 if has_points else 1)
    taken = ZERO
    for section in edition.sections:
        if not section.is_scored:
            deducted = parts[section.id].deducted
            taken += deducted if section.cap is None else min(deducted, section.cap)
    points = edition.base + (edition.total - edition.base) * share - taken
    return points * edition.scale / edition.total


def _groups(dimensions: Iterable[Dimension]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, tuple[str, ...]] = {}
    for dimension in dimensions:
        if dimension.group is not None:
            groups[dimension.group] = (*groups.get(dimension.group, ()), dimension.id)
    return groups


def _amount(item: Item, reason_id: str, count: int) -> Decimal:
    reason = item.deduction(reason_id)
    if reason is None:
        raise _bad(item, f"没有扣分情形 {reason_id}", f"no reason {reason_id}")
    if count < 0:
        raise _bad(item, f"次数 {count} 不能为负", f"the count {count} is negative")
    return reason.amount(count)


def _checked_override(item: Item, deduction: Decimal) -> Decimal:
    if not deduction.is_finite() or not ZERO <= deduction <= item.points:
        zh, en = f"扣分应在 0 至 {item.points} 之间", f"deduct between 0 and {item.points}"
        raise _bad(item, zh, en)
    if deduction % item.step:
        zh, en = f"扣分应为 {item.step} 的倍数", f"deduct in steps of {item.step}"
        raise _bad(item, zh, en)
    return deduction


def _bad(item: Item, zh: str, en: str) -> BadScore:
    return BadScore(item=item.id, reason=zh, reason_en=en)
