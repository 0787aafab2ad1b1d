"""Agreement measures against published figures, definitions by brute force, and the library."""

import math
from collections import Counter
from itertools import combinations, permutations

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from review.panels.agreement import (
    gwet_ac1,
    gwet_ac2,
    icc,
    kendall_w,
    krippendorff_alpha,
    percent_agreement,
    weighted_kappa,
)

N = float("nan")
# Krippendorff's example of four observers and twelve units with gaps
CANONICAL = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
    [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
]
# Shrout and Fleiss 1979, table 2: six targets, four judges
SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
).T
ALL = (
    percent_agreement,
    gwet_ac1,
    gwet_ac2,
    krippendorff_alpha,
    weighted_kappa,
    icc,
    kendall_w,
)


def test_published_alpha() -> None:
    for level, value in (
        ("nominal", 0.7434),
        ("ordinal", 0.8154),
        ("interval", 0.8491),
        ("ratio", 0.7974),
    ):
        assert krippendorff_alpha(CANONICAL, level) == pytest.approx(value, abs=5e-5)


def test_published_ac1_and_percent_agreement() -> None:
    assert gwet_ac1(CANONICAL) == pytest.approx(0.77544, abs=5e-6)
    assert percent_agreement(CANONICAL) == pytest.approx(0.8181818, abs=5e-8)


@pytest.mark.parametrize(
    ("form", "value"),
    [
        ("ICC1", 0.17),
        ("ICC2", 0.29),
        ("ICC3", 0.71),
        ("ICC1k", 0.44),
        ("ICC2k", 0.62),
        ("ICC3k", 0.91),
    ],
)
def test_published_icc(form: str, value: float) -> None:
    assert icc(SHROUT_FLEISS, form) == pytest.approx(value, abs=5e-3)


def test_published_kappa_of_two_by_two() -> None:
    first = [1] * 25 + [0] * 25
    second = [1] * 20 + [0] * 5 + [1] * 10 + [0] * 15
    assert weighted_kappa([first, second], "identity") == pytest.approx(0.4)
    assert weighted_kappa([first, second], "quadratic") == pytest.approx(0.4)


def test_concord_of_rankings() -> None:
    assert kendall_w([[1, 2, 3, 4], [10, 20, 30, 40]]) == pytest.approx(1)
    assert kendall_w([[1, 2, 3, 4], [4, 3, 2, 1]]) == pytest.approx(0)
    # ties: ranks 1.5 1.5 3 / 1 2.5 2.5; 12 * 4.5 / (4 * 24 - 2 * 12)
    assert kendall_w([[1, 1, 2], [1, 2, 2]]) == pytest.approx(12 * 4.5 / (96 - 24))


# --- definitions, written out ---------------------------------------------------------------------


def weight(kind: str, a: float, b: float, values: list[float]) -> float:
    span = max(values) - min(values)
    if a == b:
        return 1.0
    if kind == "identity":
        return 0.0
    if kind == "linear":
        return 1 - abs(a - b) / span
    if kind == "quadratic":
        return 1 - ((a - b) / span) ** 2
    steps = abs(values.index(a) - values.index(b)) + 1
    return 1 - math.comb(steps, 2) / math.comb(len(values), 2)


def given_scores(table: np.ndarray) -> list[list[float]]:
    return [[x for x in column if not math.isnan(x)] for column in table.T]


def brute_observed(table: np.ndarray, kind: str) -> float:
    items = given_scores(table)
    values = sorted({x for item in items for x in item})
    shares = [
        sum(weight(kind, a, b, values) for a, b in permutations(item, 2))
        / (len(item) * (len(item) - 1))
        for item in items
        if len(item) > 1
    ]
    return sum(shares) / len(shares) if shares else N


def brute_gwet(table: np.ndarray, kind: str) -> float:
    items = [item for item in given_scores(table) if item]
    values = sorted({x for item in items for x in item})
    observed = brute_observed(table, kind)
    if len(values) < 2 or math.isnan(observed):
        return observed
    shares = [sum(item.count(v) / len(item) for item in items) / len(items) for v in values]
    weights = sum(weight(kind, a, b, values) for a in values for b in values)
    q = len(values)
    chance = weights / (q * (q - 1)) * sum(p * (1 - p) for p in shares)
    return (observed - chance) / (1 - chance)


def brute_kappa(first: list[float], second: list[float], kind: str, values: list[float]) -> float:
    pairs = [
        (a, b)
        for a, b in zip(first, second, strict=True)
        if not math.isnan(a) and not math.isnan(b)
    ]
    if not pairs:
        return N
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    n = len(pairs)
    lost = sum(1 - weight(kind, a, b, values) for a, b in pairs) / n
    chance = sum(
        (1 - weight(kind, a, b, values)) * left[a] / n * right[b] / n for a in left for b in right
    )
    return 1 - lost / chance if chance > 0 else N


def brute_w(table: np.ndarray) -> float:
    m, n = table.shape
    ranks = [
        [sum(y < x for y in row) + (sum(y == x for y in row) + 1) / 2 for x in row] for row in table
    ]
    sums = [sum(column) for column in zip(*ranks, strict=True)]
    mean = sum(sums) / n
    ties = sum(t**3 - t for row in table for t in Counter(row).values())
    below = m * m * (n**3 - n) - m * ties
    return 12 * sum((r - mean) ** 2 for r in sums) / below if below else N


def brute_icc(table: np.ndarray, form: str) -> float:
    """By the mean squares of the two-way analysis of variance, residuals written out."""
    k, n = table.shape
    grand = table.mean()
    judge, item = table.mean(axis=1), table.mean(axis=0)
    bms = k * sum((x - grand) ** 2 for x in item) / (n - 1)
    jms = n * sum((x - grand) ** 2 for x in judge) / (k - 1)
    ems = sum(
        (table[j, i] - judge[j] - item[i] + grand) ** 2 for j in range(k) for i in range(n)
    ) / ((k - 1) * (n - 1))
    wms = sum((table[j, i] - item[i]) ** 2 for j in range(k) for i in range(n)) / (n * (k - 1))
    top, below = {
        "ICC1": (bms - wms, bms + (k - 1) * wms),
        "ICC2": (bms - ems, bms + (k - 1) * ems + k * (jms - ems) / n),
        "ICC3": (bms - ems, bms + (k - 1) * ems),
        "ICC1k": (bms - wms, bms),
        "ICC2k": (bms - ems, bms + (jms - ems) / n),
        "ICC3k": (bms - ems, bms),
    }[form]
    return top / below


def same(found: float, expected: float) -> bool:
    return (math.isnan(found) and math.isnan(expected)) or found == pytest.approx(
        expected, abs=1e-9
    )


GRADES = st.sampled_from([0.0, 0.5, 1.0, 2.0, 3.0])
SHAPES = st.tuples(st.integers(2, 5), st.integers(2, 9))
WITH_GAPS = arrays(float, SHAPES, elements=st.one_of(GRADES, st.just(N)))
WHOLE = arrays(float, SHAPES, elements=GRADES)


@given(WITH_GAPS, st.sampled_from(["identity", "linear", "quadratic", "ordinal"]))
def test_gwet_by_definition(table: np.ndarray, kind: str) -> None:
    assert same(gwet_ac2(table, kind), brute_gwet(table, kind))
    assert same(percent_agreement(table), brute_observed(table, "identity"))


@given(WITH_GAPS, st.sampled_from(["identity", "linear", "quadratic", "ordinal"]))
def test_kappa_by_definition(table: np.ndarray, kind: str) -> None:
    values = sorted({x for x in table.ravel() if not math.isnan(x)})
    pairs = [brute_kappa(list(a), list(b), kind, values) for a, b in combinations(table, 2)]
    defined = [each for each in pairs if not math.isnan(each)]
    assert same(weighted_kappa(table, kind), sum(defined) / len(defined) if defined else N)


@given(WITH_GAPS, st.sampled_from(["nominal", "ordinal", "interval", "ratio"]))
def test_alpha_as_the_library(table: np.ndarray, level: str) -> None:
    found = krippendorff_alpha(table, level)
    paired = [item for item in given_scores(table) if len(item) > 1]
    if len({x for item in paired for x in item}) < 2:
        assert math.isnan(found)
    else:
        expected = krippendorff.alpha(reliability_data=table, level_of_measurement=level)
        assert found == pytest.approx(expected, abs=1e-9)


@given(WHOLE)
def test_kendall_by_definition(table: np.ndarray) -> None:
    assert same(kendall_w(table), brute_w(table))


@given(
    arrays(float, SHAPES, elements=st.integers(0, 100).map(float)),
    st.sampled_from(["ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k"]),
)
def test_icc_by_definition(table: np.ndarray, form: str) -> None:
    found = icc(table, form)
    if len(set(table.ravel())) == 1:
        assert math.isnan(found)
    elif not math.isnan(found):
        assert found == pytest.approx(brute_icc(table, form), rel=1e-6, abs=1e-9)


def test_all_equal() -> None:
    same_score = np.full((3, 6), 2.5)
    assert percent_agreement(same_score) == 1
    assert gwet_ac1(same_score) == 1
    assert gwet_ac2(same_score) == 1
    for undefined in (krippendorff_alpha, weighted_kappa, icc, kendall_w):
        assert math.isnan(undefined(same_score))


def test_a_scorer_without_scores_changes_nothing() -> None:
    table = np.array([[1, 2, 3, 2, 1], [1, 2, 3, 3, 1], [2, 2, 3, 2, 1]], dtype=float)
    with_absent = np.vstack([table, np.full(5, N)])
    for measure in ALL:
        assert measure(with_absent) == measure(table)


def test_one_scorer_or_none_is_not_defined() -> None:
    for table in ([[1, 2, 3]], [[1, 2, 3], [N, N, N]], [[N, N], [N, N]], np.empty((0, 3))):
        for measure in ALL:
            assert math.isnan(measure(table))


def test_no_item_in_common_is_not_defined() -> None:
    for measure in ALL:
        assert math.isnan(measure([[1, 2, N, N], [N, N, 3, 4]]))


def test_items_with_gaps_are_left_out_where_all_scorers_are_needed() -> None:
    whole = np.array([[1, 2, 3, 4], [2, 2, 3, 5]], dtype=float)
    gap = np.hstack([whole, [[5], [N]]])
    assert icc(gap) == icc(whole)
    assert kendall_w(gap) == kendall_w(whole)


def test_wrong_use_is_refused() -> None:
    with pytest.raises(ValueError, match="shape"):
        gwet_ac1([1, 2, 3])
    with pytest.raises(ValueError, match="infinite"):
        icc([[1, float("inf")], [1, 2]])
    with pytest.raises(ValueError, match="cubic"):
        gwet_ac2(CANONICAL, "cubic")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="nothing"):
        krippendorff_alpha(CANONICAL, "nothing")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="ICC9"):
        icc(SHROUT_FLEISS, "ICC9")  # type: ignore[arg-type]
