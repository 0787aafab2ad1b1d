"""Several sheets of one case become one result: what all say alike is merged, the rest disputed.

The bureau's rule (a design choice of the standard, 4.3): two reviewers score separately; a spread
of more than the round's points, or different grades, goes to the panel, and so does every veto that
anybody flagged, even where all scorers flagged it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from review.checks.check import Procedure
from review.scoring.arithmetic import ItemResult, deduction_of, total
from review.scoring.checklist import Edition, Item, Result

LEAST_MEMBERS = 3
"""How many people a panel has at least: an uneven number that can outvote one."""

VETO_VOTES = 2
"""How many votes a veto needs at least, and they must be the majority."""


@dataclass(frozen=True, slots=True)
class ScorersSheet:
    """A sheet that was handed in: who scored it, and the results by item."""

    scorer_id: int
    results: Mapping[str, ItemResult]


@dataclass(frozen=True, slots=True)
class MergedItem:
    """One item of all sheets. `result` is None where it is disputed.

    `is_flagged` says that somebody failed a veto item: the panel decides it whatever the sheets
    say. `spread` is the largest less the smallest deduction, in points.
    """

    item_id: str
    is_disputed: bool
    is_flagged: bool
    spread: Decimal
    result: ItemResult | None
    deduction: Decimal


@dataclass(frozen=True, slots=True)
class Merged:
    """All items of a case, and whether the panel must deliberate.

    `scores` maps scorers to the score of their sheet; `spread` is the largest less the smallest.
    """

    items: tuple[MergedItem, ...]
    scores: Mapping[int, Decimal]
    spread: Decimal
    grades_differ: bool
    needs_panel: bool

    @property
    def disputed(self) -> tuple[str, ...]:
        """Ids of the items that somebody has to settle."""
        return tuple(each.item_id for each in self.items if each.is_disputed)


def merge(
    edition: Edition,
    sheets: Sequence[ScorersSheet],
    *,
    procedure: Procedure | None,
    points: Decimal,
) -> Merged:
    """Merge the sheets of one case; one sheet alone is merged into itself, flagged vetoes apart.

    Args:
        edition: what all sheets were scored by.
        sheets: handed in, so that every item that concerns the procedure has a result.
        procedure: of the case.
        points: the spread of scores beyond which the panel must deliberate.
    """
    totals = {
        sheet.scorer_id: total(edition, sheet.results, procedure=procedure) for sheet in sheets
    }
    items = tuple(
        _merged(edition, item, given)
        for item in edition.items
        if (given := [sheet.results[item.id] for sheet in sheets if item.id in sheet.results])
    )
    scores = {key: each.score for key, each in totals.items()}
    spread = max(scores.values()) - min(scores.values()) if scores else Decimal(0)
    grades = {each.grade.name.zh if each.grade else "" for each in totals.values()}
    is_flagged = any(each.is_flagged for each in items)
    grades_differ = len(grades) > 1
    return Merged(
        items=items,
        scores=scores,
        spread=spread,
        grades_differ=grades_differ,
        needs_panel=is_flagged or spread > points or grades_differ,
    )


def _merged(edition: Edition, item: Item, given: Sequence[ItemResult]) -> MergedItem:
    deductions = [deduction_of(edition, item, each) for each in given]
    is_flagged = item.is_veto and any(each.result is Result.NOT_MET for each in given)
    is_agreed = len({_said(each) for each in given}) == 1 and len(set(deductions)) == 1
    is_disputed = is_flagged or not is_agreed
    result = None
    if not is_disputed:
        comments = dict.fromkeys(each.comment.strip() for each in given if each.comment.strip())
        result = ItemResult(given[0].result, dict(given[0].chosen), comment="；".join(comments))
    return MergedItem(
        item_id=item.id,
        is_disputed=is_disputed,
        is_flagged=is_flagged,
        spread=max(deductions) - min(deductions),
        result=result,
        deduction=deductions[0] if not is_disputed else Decimal(0),
    )


def _said(given: ItemResult) -> tuple[Result, tuple[tuple[str, int], ...]]:
    """What two scorers must say alike: the result and the reasons; comments may differ."""
    return given.result, tuple(sorted((key, n) for key, n in given.chosen.items() if n))


def leading(votes: Iterable[str]) -> tuple[str, ...]:
    """The results with the most votes; several where there is a tie, none without votes."""
    counts = Counter(votes)
    most = max(counts.values(), default=0)
    return tuple(sorted(result for result, count in counts.items() if count == most))


def carries_veto(votes: Sequence[str]) -> bool:
    """Whether the votes are enough to fail a veto item: two people or more, and the majority."""
    against = sum(vote == Result.NOT_MET for vote in votes)
    return against >= VETO_VOTES and 2 * against > len(votes)
