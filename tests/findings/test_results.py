"""Figures of a round: averages, shares, places, grades, problems that come back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.findings.results import GradeCount, average, grade_counts, percent, ranks
from review.reports.sample_letters import sample_figures


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(1, 3, "33.3"), (2, 3, "66.7"), (1, 8, "12.5"), (5, 5, "100.0"), (0, 4, "0.0")],
)
def test_shares_have_one_place(part, whole, shown):
    assert str(percent(part, whole)) == shown


def test_a_share_of_nothing_is_not_known():
    assert percent(0, 0) is None
    assert average([]) is None


def test_an_average_is_rounded_half_up():
    assert average([Decimal("90.005"), Decimal("90.005")]) == Decimal("90.01")


def test_equal_values_share_a_place_and_the_unknown_comes_last():
    values = {"a": Decimal(90), "b": Decimal(95), "c": Decimal(90), "d": None}
    assert ranks(values) == {"b": 1, "a": 2, "c": 2, "d": 4}


@given(st.dictionaries(st.integers(), st.none() | st.decimals(0, 100, places=2), max_size=12))
def test_places_follow_the_values(values):
    places = ranks(values)
    for left, right in zip(
        sorted(places, key=places.get), sorted(places, key=places.get)[1:], strict=False
    ):
        if values[left] is not None and values[right] is not None:
            assert values[left] >= values[right]
            assert (places[left] == places[right]) == (values[left] == values[right])
        else:
            assert values[right] is None


def test_grades_that_nobody_has_stand_with_zero():
    cases = sample_figures().cases
    known = [
        GradeCount("优秀", "", 0, 0),
        GradeCount("良好", "", 1, 0),
        GradeCount("不合格", "", 2, 0),
    ]
    assert [(each.zh, each.count) for each in grade_counts(cases, known)] == [
        ("优秀", 1), ("良好", 0), ("不合格", 1)
    ]  # fmt: skip


def test_a_model_case_is_excellent_without_a_major_problem():
    good, bad = sample_figures().cases
    assert not good.may_be_model  # a major problem stands in it
    assert not bad.may_be_model
