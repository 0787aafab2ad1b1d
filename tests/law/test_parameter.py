"""A value of the law is read as what it is, and by its day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from review.errors import LawNotInForce
from review.law.in_force import law_in_force
from review.law.parameter import DatedValue, Scale, Value, with_site_values

LAW = law_in_force()


def value(held: Value | Scale, since: date = date(2020, 1, 1)) -> DatedValue:
    return DatedValue("service_limit", since, held, "sample-law#art-1", confirmed=True)


def test_numbers_amounts_words_and_scales_are_told_apart() -> None:
    assert value(7).number == 7
    assert (value(7).amount, value(Decimal("0.5")).amount) == (7, Decimal("0.5"))
    assert value("floor").text == "floor"
    scale = value((("citizen", 200), ("organization", Decimal(3000))))
    assert scale.amounts() == (200, 3000)
    assert (scale.of("citizen"), scale.of("other")) == (200, None)
    assert value((("citizen", "样例"),)).of("citizen") is None
    assert scale.amount_for("organization") == 3000
    with pytest.raises(TypeError, match="service_limit gives nothing for other"):
        scale.amount_for("other")


@pytest.mark.parametrize(
    ("held", "asked"),
    [
        (True, "number"), ("7", "number"), (Decimal(7), "number"), (True, "amount"),
        ("7", "amount"), (7, "text"),
    ],
)  # fmt: skip
def test_a_value_of_another_kind_is_a_mistake_of_the_data(held: Value, asked: str) -> None:
    with pytest.raises(TypeError, match="service_limit"):
        getattr(value(held), asked)


def test_what_is_no_scale_has_none() -> None:
    for ask in (lambda: value(7).amounts(), lambda: value(7).of("citizen")):
        with pytest.raises(TypeError, match="no scale"):
            ask()


def test_a_site_value_replaces_that_of_its_day_and_stands_before_the_older() -> None:
    shipped = LAW.parameters["service_limit"]
    since = shipped.history[0].since
    later = value(5, date(2025, 1, 1))
    added = with_site_values(LAW.parameters, [later])["service_limit"]
    assert added.history == (later, *shipped.history)
    assert added.on(date(2024, 12, 31)) == shipped.history[0]
    assert added.on(date(2025, 1, 1)) is later
    own = value(6, since)
    assert with_site_values(LAW.parameters, [own])["service_limit"].history[0] is own
    with pytest.raises(LawNotInForce):
        with_site_values({}, [later])
