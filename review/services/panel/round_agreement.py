"""Agreement over a round: overall, by item, by scorer, with severity and consistency."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isnan
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Engine
from sqlalchemy import select as several
from sqlmodel import Session, col, select

from review.db.accounts import User
from review.db.session import reading
from review.panels import agreement
from review.panels.intervals import Agreement, agreement_of
from review.panels.tables import Assignment
from review.planning.tables import RoundCase
from review.scoring.checklist import Edition, Result
from review.scoring.tables import ItemScore, ScoreSheet, SheetState
from review.services.access import Actor
from review.services.desk.sheet_views import words
from review.services.rounds.visibility import require_agreement
from review.services.rules.editions import Words, kept_edition

Array = NDArray[np.float64]

ORDER: Mapping[str, float] = {
    Result.NOT_MET: 0.0,
    Result.PARTLY_MET: 1.0,
    Result.MET: 2.0,
}
"""The ordered results; 不适用 has no place among them."""

NOMINAL: Mapping[str, float] = {**ORDER, Result.NOT_APPLICABLE: 3.0}
"""The same with 不适用 as a code of its own, for measures that know no order."""


@dataclass(frozen=True, slots=True)
class ItemAgreement:
    """How far the scorers agree on one item over the cases of the round."""

    item_id: str
    title: Words
    cases: int
    percent: float | None
    ac1: float | None
    alpha: float | None


@dataclass(frozen=True, slots=True)
class ScorerAgreement:
    """One scorer beside those who scored the same items.

    `severity` is how many points more than the others he takes off a case on average; `scatter`
    the standard deviation of that over cases, None with fewer than two; `percent` the share of
    items on which he says what the other says.
    """

    user_id: int
    name: str
    cases: int
    items: int
    percent: float | None
    severity: float | None
    scatter: float | None


@dataclass(frozen=True, slots=True)
class RoundAgreement:
    """The figures of a round; the last three are for those who ask, None where not defined."""

    overall: Agreement
    items: tuple[ItemAgreement, ...]
    scorers: tuple[ScorerAgreement, ...]
    kappa: float | None
    icc: float | None
    kendall_w: float | None


@dataclass(frozen=True, slots=True)
class _Scores:
    """All scores of a round: rows are scorers, columns are items of cases."""

    scorers: tuple[int, ...]
    columns: tuple[tuple[int, str], ...]
    nominal: Array
    ordinal: Array
    deductions: Array


def round_agreement(engine: Engine, actor: Actor, round_id: int) -> RoundAgreement:
    """The figures of agreement of a round. Raises NotFound, NotAllowed, BlindPhase."""
    with reading(engine) as session:
        require_agreement(session, actor, round_id)
        scores = _scores(session, round_id)
        names = {user.id: user.name for user in session.exec(select(User))}
        titles = _titles(session, round_id)
    cases = [case for case, _ in scores.columns]
    return RoundAgreement(
        overall=agreement_of(scores.nominal, scores.ordinal, cases),
        items=_by_item(scores, titles),
        scorers=_by_scorer(scores, names),
        kappa=_defined(agreement.weighted_kappa, scores.ordinal),
        icc=_defined(agreement.icc, _case_totals(scores)),
        kendall_w=_defined(agreement.kendall_w, _case_totals(scores)),
    )


def _scores(session: Session, round_id: int) -> _Scores:
    query: Any = (
        several(
            col(RoundCase.id),
            col(ScoreSheet.scorer_id),
            col(ItemScore.item_id),
            col(ItemScore.result),
            col(ItemScore.deduction),
        )
        .join(ScoreSheet, col(ScoreSheet.id) == col(ItemScore.sheet_id))
        .join(Assignment, col(Assignment.id) == col(ScoreSheet.assignment_id))
        .join(RoundCase, col(RoundCase.id) == col(Assignment.round_case_id))
        .where(col(RoundCase.round_id) == round_id, col(ScoreSheet.state) == SheetState.SUBMITTED)
    )
    rows = session.exec(query).all()
    scorers = tuple(sorted({row[1] for row in rows}))
    columns = tuple(sorted({(row[0], row[2]) for row in rows}))
    row_of = {key: number for number, key in enumerate(scorers)}
    column_of = {key: number for number, key in enumerate(columns)}
    nominal, ordinal, deductions = (np.full((len(scorers), len(columns)), np.nan) for _ in range(3))
    for case_id, scorer_id, item_id, result, deduction in rows:
        place = row_of[scorer_id], column_of[case_id, item_id]
        nominal[place] = NOMINAL.get(result, np.nan)
        ordinal[place] = ORDER.get(result, np.nan)
        deductions[place] = float(deduction or Decimal(0))
    return _Scores(scorers, columns, nominal, ordinal, deductions)


def _titles(session: Session, round_id: int) -> dict[str, tuple[int, Words]]:
    """Titles of the items of the round's editions, with their place in the edition."""
    rows = session.exec(
        select(RoundCase.edition, RoundCase.edition_sha256)
        .where(RoundCase.round_id == round_id)
        .distinct()
    ).all()
    titles: dict[str, tuple[int, Words]] = {}
    for key, sha256 in rows:
        edition: Edition = kept_edition(key, sha256)
        for place, item in enumerate(edition.items):
            titles.setdefault(item.id, (place, words(item.title)))
    return titles


def _by_item(scores: _Scores, titles: Mapping[str, tuple[int, Words]]) -> tuple[ItemAgreement, ...]:
    """Items that two scored somewhere, the least agreed first."""
    at: dict[str, list[int]] = {}
    for number, (_, item_id) in enumerate(scores.columns):
        at.setdefault(item_id, []).append(number)
    found = []
    for item_id, numbers in at.items():
        own = scores.nominal[:, numbers]
        both = int(((~np.isnan(own)).sum(axis=0) >= 2).sum())
        if not both:
            continue
        found.append(
            ItemAgreement(
                item_id=item_id,
                title=titles.get(item_id, (0, Words(item_id, item_id)))[1],
                cases=both,
                percent=_defined(agreement.percent_agreement, own),
                ac1=_defined(agreement.gwet_ac1, own),
                alpha=_defined(agreement.krippendorff_alpha, scores.ordinal[:, numbers]),
            )
        )
    place = {item_id: number for item_id, (number, _) in titles.items()}
    return tuple(sorted(found, key=lambda each: (each.percent or 0, place.get(each.item_id, 0))))


def _by_scorer(scores: _Scores, names: Mapping[int | None, str]) -> tuple[ScorerAgreement, ...]:
    """The scorers, the most severe first."""
    case_of = np.array([case for case, _ in scores.columns])
    found = []
    for row, user_id in enumerate(scores.scorers):
        others = np.delete(scores.deductions, row, axis=0)
        shared = ~np.isnan(scores.deductions[row]) & (~np.isnan(others)).any(axis=0)
        gap = scores.deductions[row][shared] - _mean(others[:, shared])
        cases = case_of[shared]
        by_case = np.array([gap[cases == case].sum() for case in np.unique(cases)])
        found.append(
            ScorerAgreement(
                user_id=user_id,
                name=names.get(user_id, ""),
                cases=len(np.unique(case_of[~np.isnan(scores.nominal[row])])),
                items=int(shared.sum()),
                percent=_own_share(scores.nominal, row),
                severity=float(by_case.mean()) if len(by_case) else None,
                scatter=float(by_case.std(ddof=1)) if len(by_case) > 1 else None,
            )
        )
    return tuple(sorted(found, key=lambda each: (-(each.severity or 0), each.name)))


def _mean(others: Array) -> Array:
    """The mean of those who scored a column; every column has one at least."""
    count = (~np.isnan(others)).sum(axis=0)
    return np.asarray(np.nansum(others, axis=0) / np.maximum(count, 1))


def _own_share(nominal: Array, row: int) -> float | None:
    """Share of pairs with another scorer on which both say the same."""
    own = nominal[row][None, :]
    others = np.delete(nominal, row, axis=0)
    is_pair = ~np.isnan(own) & ~np.isnan(others)
    if not is_pair.any():
        return None
    return float((is_pair & (own == others)).sum() / is_pair.sum())


def _case_totals(scores: _Scores) -> Array:
    """Points taken off each case by each scorer; NaN where he did not score it."""
    cases = sorted({case for case, _ in scores.columns})
    totals = np.full((len(scores.scorers), len(cases)), np.nan)
    case_of = np.array([case for case, _ in scores.columns])
    for number, case in enumerate(cases):
        own = scores.deductions[:, case_of == case]
        has = ~np.isnan(own).all(axis=1)
        totals[has, number] = np.nansum(own[has], axis=1)
    return totals


def _defined(measure: Callable[[Any], float], scores: Array | Sequence[Any]) -> float | None:
    value = measure(scores)
    return None if isnan(value) else value
