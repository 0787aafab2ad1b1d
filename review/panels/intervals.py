"""Agreement with its uncertainty: the measures of `agreement` with bootstrap intervals, fast.

Items of one case file hang together (one late notice shows in several items), so whole cases are
drawn anew, not single items. All three measures are sums over cases of counts that are taken once;
a thousand repetitions cost a few matrix products. `agreement` stays the definition: the point
estimates here are equal to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

REPETITIONS = 1000
LEVEL = 0.95
LEAST_CASES = 5
"""With fewer cases than this an interval says nothing and is not given."""

SEED = 20260101
"""Fixed, so that the same scores give the same interval on every machine."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure with its 95 % interval; `low` and `high` are None where there are too few cases.

    `value` is None where the measure is not defined.
    """

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of all scorers on all items: what it rests on, and the measures.

    `pairs` counts the items that two or more scored; AC2 and alpha leave out 不适用.
    """

    cases: int
    pairs: int
    percent: Estimate
    ac1: Estimate
    ac2: Estimate
    alpha: Estimate


def agreement_of(
    nominal: ArrayLike, ordinal: ArrayLike, cases: Sequence[int], *, seed: int = SEED
) -> Agreement:
    """The measures with their intervals.

    Args:
        nominal: shape (scorers, columns), NaN where missing: any codes; for percentage and AC1.
        ordinal: the same with ordered codes, NaN also where 不适用; for AC2 and alpha.
        cases: the case that each column belongs to.
        seed: of the bootstrap.
    """
    groups, place = np.unique(np.asarray(cases, dtype=np.int64), return_inverse=True)
    plain, _ = _columns(nominal)
    ordered, values = _columns(ordinal)
    weights = _drawn(len(groups), seed)
    quadratic = _quadratic(values)
    same = np.eye(plain.shape[1])
    return Agreement(
        cases=len(groups),
        pairs=int((plain.sum(axis=1) >= 2).sum()),
        percent=_estimate(_observed_of(_gwet_sums(plain, same, place, len(groups)), weights)),
        ac1=_estimate(_gwet_of(_gwet_sums(plain, same, place, len(groups)), same, weights)),
        ac2=_estimate(
            _gwet_of(_gwet_sums(ordered, quadratic, place, len(groups)), quadratic, weights)
        ),
        alpha=_estimate(_alpha_of(_coincidences(ordered, place, len(groups)), weights)),
    )


def _columns(scores: ArrayLike) -> tuple[Array, Array]:
    """How often each column got each value, and the values, rising."""
    table = np.asarray(scores, dtype=np.float64)
    values = np.unique(table[~np.isnan(table)])
    counts = (
        np.stack([(table == value).sum(axis=0) for value in values], axis=1)
        if len(values)
        else np.zeros((table.shape[1], 0))
    )
    return counts.astype(np.float64), values


def _drawn(groups: int, seed: int) -> Array:
    """How often each case is drawn: the first row is all cases once, the rest repetitions."""
    once = np.ones((1, groups))
    if groups < LEAST_CASES:
        return once
    chance = np.random.default_rng(seed)
    drawn = chance.multinomial(groups, np.full(groups, 1 / groups), size=REPETITIONS)
    return np.vstack([once, drawn.astype(np.float64)])


def _quadratic(values: Array) -> Array:
    if len(values) < 2:
        return np.eye(len(values))
    gap: Array = np.abs(values[:, None] - values[None, :])
    return np.asarray(1 - (gap / (values[-1] - values[0])) ** 2)


def _by_case(rows: Array, place: NDArray[np.int64], groups: int) -> Array:
    """Sums of rows over the columns of each case."""
    summed = np.zeros((groups, *rows.shape[1:]))
    np.add.at(summed, place, rows)
    return summed


def _gwet_sums(counts: Array, matrix: Array, place: NDArray[np.int64], groups: int) -> Array:
    """For each case: agreement summed, columns of two, columns scored, and the shares of values."""
    scored = counts.sum(axis=1)
    is_pair = scored >= 2
    agreeing = np.zeros(len(counts))
    pairs = counts[is_pair]
    size = scored[is_pair]
    agreeing[is_pair] = (pairs * (pairs @ matrix - 1)).sum(axis=1) / (size * (size - 1))
    shares = np.divide(
        counts, scored[:, None], out=np.zeros_like(counts), where=scored[:, None] > 0
    )
    rows = np.column_stack([agreeing, is_pair, scored > 0, shares])
    return _by_case(rows, place, groups)


def _observed_of(sums: Array, weights: Array) -> Array:
    whole = weights @ sums
    return _divided(whole[:, 0], whole[:, 1])


def _gwet_of(sums: Array, matrix: Array, weights: Array) -> Array:
    whole = weights @ sums
    observed = _divided(whole[:, 0], whole[:, 1])
    grades = matrix.shape[0]
    if grades < 2:
        return observed
    shares = whole[:, 3:] / np.maximum(whole[:, 2:3], 1)
    chance = matrix.sum() * (shares * (1 - shares)).sum(axis=1) / (grades * (grades - 1))
    return _divided(observed - chance, 1 - chance)


def _coincidences(counts: Array, place: NDArray[np.int64], groups: int) -> Array:
    """The coincidence matrix of each case, shape (cases, values, values)."""
    kept = np.where(counts.sum(axis=1)[:, None] >= 2, counts, 0)
    size = np.maximum(kept.sum(axis=1) - 1, 1)
    pairs = kept[:, :, None] * kept[:, None, :]
    index = np.arange(counts.shape[1])
    pairs[:, index, index] -= kept
    return _by_case(pairs / size[:, None, None], place, groups)


def _alpha_of(cases: Array, weights: Array) -> Array:
    """Krippendorff's alpha at the ordinal level, for every row of weights."""
    whole = np.tensordot(weights, cases, axes=1)
    totals = whole.sum(axis=1)
    below = np.cumsum(totals, axis=1) - totals / 2
    distance = (below[:, :, None] - below[:, None, :]) ** 2
    number = totals.sum(axis=1)
    expected = (totals[:, :, None] * totals[:, None, :] * distance).sum(axis=(1, 2))
    observed = (whole * distance).sum(axis=(1, 2))
    return np.asarray(1 - _divided(observed * (number - 1), expected))


def _divided(above: Array, below: Array) -> Array:
    """Division with NaN where it is not defined."""
    return np.divide(above, below, out=np.full_like(above, np.nan), where=below > 1e-12)


def _estimate(values: Array) -> Estimate:
    value = None if np.isnan(values[0]) else float(values[0])
    again = values[1:][~np.isnan(values[1:])]
    if value is None or len(again) < REPETITIONS // 2:
        return Estimate(value, None, None)
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(again, [tail, 1 - tail])
    return Estimate(value, float(low), float(high))
