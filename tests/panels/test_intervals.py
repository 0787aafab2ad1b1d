"""Bootstrap intervals: the point estimates are the definitions', and the intervals behave."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as rules
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from review.panels import agreement
from review.panels.intervals import LEAST_CASES, agreement_of

CODES = st.sampled_from([0.0, 1.0, 2.0, float("nan")])


@rules(max_examples=60, deadline=None)
@given(arrays(np.float64, st.tuples(st.integers(2, 5), st.integers(1, 12)), elements=CODES))
def test_point_estimates_are_those_of_the_definitions(scores):
    found = agreement_of(scores, scores, range(scores.shape[1]))
    for ours, theirs in (
        (found.percent, agreement.percent_agreement(scores)),
        (found.ac1, agreement.gwet_ac1(scores)),
        (found.ac2, agreement.gwet_ac2(scores)),
        (found.alpha, agreement.krippendorff_alpha(scores)),
    ):
        if np.isnan(theirs):
            assert ours.value is None
        else:
            assert ours.value == pytest.approx(theirs, abs=1e-12)


def sample(cases: int, *, flips: float, seed: int = 1) -> tuple[np.ndarray, list[int]]:
    chance = np.random.default_rng(seed)
    truth = chance.choice([0.0, 1.0, 2.0], p=[0.1, 0.2, 0.7], size=cases * 10)
    both = np.array([truth, truth])
    changed = chance.random(cases * 10) < flips
    both[1, changed] = chance.choice([0.0, 1.0, 2.0], size=changed.sum())
    return both, [column // 10 for column in range(cases * 10)]


def test_an_interval_holds_the_estimate_and_narrows_with_more_cases():
    few, many = (agreement_of(*twice(sample(count, flips=0.3))) for count in (8, 80))
    for found in (few, many):
        for each in (found.percent, found.ac1, found.ac2, found.alpha):
            assert each.low <= each.value <= each.high
    assert many.ac1.high - many.ac1.low < few.ac1.high - few.ac1.low
    assert many.alpha.high - many.alpha.low < few.alpha.high - few.alpha.low


def twice(made):
    scores, cases = made
    return scores, scores, cases


def test_the_same_scores_give_the_same_interval():
    scores, cases = sample(10, flips=0.3)
    assert agreement_of(scores, scores, cases) == agreement_of(scores, scores, cases)


def test_too_few_cases_give_no_interval():
    scores, cases = sample(LEAST_CASES - 1, flips=0.3)
    found = agreement_of(scores, scores, cases)
    assert found.ac1.value is not None
    assert (found.ac1.low, found.ac1.high) == (None, None)


def test_items_of_a_case_are_drawn_together():
    """Ten copies of every item in the same case are no news: the interval stays as wide."""
    scores, cases = sample(12, flips=0.3)
    copied = np.repeat(scores, 10, axis=1)
    once = agreement_of(scores, scores, cases)
    again = agreement_of(copied, copied, np.repeat(cases, 10))
    assert once.ac1.high - once.ac1.low == pytest.approx(again.ac1.high - again.ac1.low)


def test_nothing_scored_is_not_agreement():
    nothing = np.full((2, 3), np.nan)
    found = agreement_of(nothing, nothing, [1, 2, 3])
    assert (found.pairs, found.percent.value, found.alpha.value) == (0, None, None)
