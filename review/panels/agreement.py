"""How far scorers agree: the measures that a calibration of reviewers needs.

`scores` has the shape (scorers, items); NaN where a scorer gave no score. A scorer without any
score is left out. Every function returns a float, or NaN where the measure is not defined: fewer
than two scorers, no item that two of them scored, or no variation where it divides by it.

Sources: Gwet, Handbook of Inter-Rater Reliability (percent agreement, AC1, AC2); Krippendorff,
Content Analysis (alpha); Cohen 1968 (weighted kappa) and Light 1971 (its mean over pairs); Shrout
and Fleiss 1979 (ICC); Kendall and Babington Smith 1939 (W, with the correction for ties).
"""

from __future__ import annotations

from itertools import combinations
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Weights = Literal["identity", "linear", "quadratic", "ordinal"]
Level = Literal["nominal", "ordinal", "interval", "ratio"]
Form = Literal["ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k"]

Array = NDArray[np.float64]

NAN = float("nan")


def percent_agreement(scores: ArrayLike) -> float:
    """Share of agreeing pairs of scores of an item, averaged over the items that two scored."""
    counts, values = _counts(scores)
    return _observed(counts, _weight_matrix(values, "identity"))


def gwet_ac1(scores: ArrayLike) -> float:
    """Gwet's AC1: agreement beyond chance, stable where nearly all scores are the same."""
    return gwet_ac2(scores, weights="identity")


def gwet_ac2(scores: ArrayLike, weights: Weights = "quadratic") -> float:
    """Gwet's AC2: AC1 with partial credit for near scores.

    Weights are taken on the scores themselves, not on their ranks. Where every score is the same
    the result is 1: so it is for every scale of two or more grades that contains it.
    """
    counts, values = _counts(scores)
    matrix = _weight_matrix(values, weights)
    observed = _observed(counts, matrix)
    if np.isnan(observed) or len(values) < 2:
        return observed
    scored = counts.sum(axis=1)
    shares = (counts[scored > 0] / scored[scored > 0, None]).mean(axis=0)
    grades = len(values)
    chance = float(matrix.sum() * (shares * (1 - shares)).sum() / (grades * (grades - 1)))
    return _beyond_chance(observed, chance)


def krippendorff_alpha(scores: ArrayLike, level: Level = "ordinal") -> float:
    """Krippendorff's alpha: 1 less observed over expected disagreement; gaps are allowed."""
    counts, values = _counts(scores)
    per_item = counts.sum(axis=1)
    counts = counts[per_item >= 2]
    if not len(counts):
        return NAN
    per_item = counts.sum(axis=1)
    pairs = np.einsum("ik,il->ikl", counts, counts) - np.einsum(
        "ik,kl->ikl", counts, np.eye(counts.shape[1])
    )
    coincidences = (pairs / (per_item - 1)[:, None, None]).sum(axis=0)
    totals = coincidences.sum(axis=0)
    distance = _distances(values, totals, level)
    whole = totals.sum()
    expected = (np.outer(totals, totals) * distance).sum() / (whole - 1)
    if not expected > 0:
        return NAN
    return float(1 - (coincidences * distance).sum() / expected)


def weighted_kappa(scores: ArrayLike, weights: Weights = "quadratic") -> float:
    """Cohen's weighted kappa; with more than two scorers its mean over the pairs.

    A pair is compared on the items that both scored; a pair for which it is not defined is left
    out. Weights are taken on the scores themselves.
    """
    table = _table(scores)
    values = np.unique(table[~np.isnan(table)])
    matrix = _weight_matrix(values, weights)
    found = [
        _pair_kappa(table[first], table[second], values, matrix)
        for first, second in combinations(range(len(table)), 2)
    ]
    defined = [each for each in found if not np.isnan(each)]
    return float(np.mean(defined)) if defined else NAN


def icc(scores: ArrayLike, form: Form = "ICC2") -> float:
    """The intraclass correlation of Shrout and Fleiss.

    ICC1 one-way, ICC2 two-way random (absolute agreement), ICC3 two-way mixed (consistency); `k`
    for the mean of the scorers. Items that somebody left out are left out for all.
    """
    if form not in {"ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k"}:
        raise ValueError(form)
    table = _complete(scores)
    scorers, items = table.shape
    if scorers < 2 or items < 2:
        return NAN
    mean = table.mean()
    between_items = scorers * ((table.mean(axis=0) - mean) ** 2).sum() / (items - 1)
    within = ((table - table.mean(axis=0)) ** 2).sum()
    between_scorers = items * ((table.mean(axis=1) - mean) ** 2).sum()
    ms_within = within / (items * (scorers - 1))
    ms_scorers = between_scorers / (scorers - 1)
    ms_error = max(within - between_scorers, 0.0) / ((items - 1) * (scorers - 1))
    is_mean = form.endswith("k")
    if form.startswith("ICC1"):
        error, extra = ms_within, 0.0
    elif form.startswith("ICC2"):
        error, extra = ms_error, (ms_scorers - ms_error) / items
    else:
        error, extra = ms_error, 0.0
    if is_mean:
        below = between_items + extra
    else:
        below = between_items + (scorers - 1) * error + scorers * extra
    top = between_items - error
    rounding = 1e-14 * scorers * items * float((table**2).max())
    return float(top / below) if abs(below) > rounding else NAN


def kendall_w(scores: ArrayLike) -> float:
    """Kendall's W, corrected for ties: 1 where all scorers rank the items alike, 0 for no concord.

    Items that somebody left out are left out for all.
    """
    table = _complete(scores)
    scorers, items = table.shape
    if scorers < 2 or items < 2:
        return NAN
    ranks = np.array([_ranks(row) for row in table])
    sums = ranks.sum(axis=0)
    spread = ((sums - sums.mean()) ** 2).sum()
    ties = sum(
        float((count**3 - count).sum())
        for count in (np.unique(row, return_counts=True)[1].astype(float) for row in table)
    )
    below = scorers**2 * (items**3 - items) - scorers * ties
    return float(12 * spread / below) if below > 0 else NAN


# --- inside -------------------------------------------------------------------------------------


def _table(scores: ArrayLike) -> Array:
    """The scores as floats, without scorers who gave none."""
    table = np.asarray(scores, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError(f"scores must have the shape (scorers, items), not {table.shape}")
    if np.isinf(table).any():
        raise ValueError("a score is infinite")
    kept: Array = table[~np.isnan(table).all(axis=1)] if table.size else table[:0]
    return kept


def _complete(scores: ArrayLike) -> Array:
    table = _table(scores)
    kept: Array = table[:, ~np.isnan(table).any(axis=0)]
    return kept


def _counts(scores: ArrayLike) -> tuple[Array, Array]:
    """How often each item got each score, shape (items, scores); and the scores, rising."""
    table = _table(scores)
    values = np.unique(table[~np.isnan(table)])
    counts = (table[:, :, None] == values[None, None, :]).sum(axis=0).astype(np.float64)
    return counts, values


def _weight_matrix(values: Array, weights: Weights) -> Array:
    """Credit 0..1 for each pair of scores; 1 on the diagonal."""
    number = len(values)
    if weights == "identity" or number < 2:
        return np.eye(number)
    gap: Array = np.abs(values[:, None] - values[None, :])
    span = values[-1] - values[0]
    if weights == "linear":
        return np.asarray(1 - gap / span)
    if weights == "quadratic":
        return np.asarray(1 - (gap / span) ** 2)
    if weights == "ordinal":
        rank = np.arange(number)
        steps = np.abs(rank[:, None] - rank[None, :]) + 1
        return np.asarray(1 - steps * (steps - 1) / (number * (number - 1)))
    raise ValueError(weights)


def _observed(counts: Array, matrix: Array) -> float:
    """Weighted share of agreeing pairs, averaged over the items that two scored."""
    scored = counts.sum(axis=1)
    both = counts[scored >= 2]
    if not len(both):
        return NAN
    scored = scored[scored >= 2]
    agreeing = (both * (both @ matrix - 1)).sum(axis=1)
    return float((agreeing / (scored * (scored - 1))).mean())


def _beyond_chance(observed: float, chance: float) -> float:
    return (observed - chance) / (1 - chance) if chance < 1 else NAN


def _distances(values: Array, totals: Array, level: Level) -> Array:
    """Squared distance of each pair of scores at a level of measurement."""
    if level == "nominal":
        return np.asarray(1 - np.eye(len(values)))
    if level == "ordinal":
        below = np.cumsum(totals) - totals / 2
        return np.asarray((below[:, None] - below[None, :]) ** 2)
    gap: Array = (values[:, None] - values[None, :]) ** 2
    if level == "interval":
        return gap
    if level == "ratio":
        whole = (values[:, None] + values[None, :]) ** 2
        return np.divide(gap, whole, out=np.zeros_like(gap), where=whole > 0)
    raise ValueError(level)


def _pair_kappa(first: Array, second: Array, values: Array, matrix: Array) -> float:
    both = ~np.isnan(first) & ~np.isnan(second)
    if not both.any():
        return NAN
    rows: Array = (first[both, None] == values[None, :]).astype(np.float64)
    columns: Array = (second[both, None] == values[None, :]).astype(np.float64)
    joint: NDArray[Any] = rows.T @ columns / both.sum()
    chance = np.outer(joint.sum(axis=1), joint.sum(axis=0))
    lost = 1 - matrix
    expected = (lost * chance).sum()
    return float(1 - (lost * joint).sum() / expected) if expected > 0 else NAN


def _ranks(row: Array) -> Array:
    """Ranks from 1, ties share the mean of theirs."""
    _, place, count = np.unique(row, return_inverse=True, return_counts=True)
    mean: Array = np.cumsum(count) - (count - 1) / 2
    return mean[place]
