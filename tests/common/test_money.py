"""Amounts in digits and in words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.common.money import find_amounts, first_amount, in_words, plain_yuan, words_value
from review.common.text import squeeze

YUAN = st.decimals(min_value=0, max_value=99999999999, places=2, allow_nan=False)


@given(YUAN)
def test_capital_numerals_are_read_back(yuan):
    amount = first_amount(in_words(yuan))
    assert amount is not None
    assert amount.yuan == yuan
    assert amount.style == "words"


@given(st.decimals(min_value=1, max_value=10**9, places=2, allow_nan=False))
def test_digits_with_separators_are_read_back(yuan):
    amount = first_amount(f"罚款￥{yuan:,.2f}元".replace("￥", "¥"))
    assert amount is not None
    assert amount.yuan == yuan


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("4500元", ["4500"]),
        ("4,500.00元", ["4500"]),
        ("4 500 元", ["4500"]),
        ("人民币肆仟伍佰元整（￥4500.00）", ["4500", "4500"]),
        ("33500元（大写：叁万叁仟伍佰元整）", ["33500", "33500"]),
        ("3万元", ["30000"]),
        ("1.5万元", ["15000"]),
        ("3万5千元", ["35000"]),
        ("二百元", ["200"]),
        ("伍仟圆", ["5000"]),
        ("壹仟零伍拾元叁角整", ["1050.3"]),
        ("拾伍元整", ["15"]),
        ("一千千克", []),
        ("4500", []),
        ("第4500号", []),
        ("编号A4500元素", []),
    ],
)
def test_amounts(text, yuan):
    assert [amount.yuan for amount in find_amounts(squeeze(text).text)] == [
        Decimal(each) for each in yuan
    ]


def test_a_bare_number_counts_only_where_it_is_asked_for():
    assert first_amount("4500.00") is None
    amount = first_amount("4500.00", bare=True)
    assert amount is not None
    assert amount.yuan == 4500


@pytest.mark.parametrize("words", ["肆仟伍仟", "佰仟", "万", "叁叁", "甲"])
def test_numerals_that_are_no_number_are_refused(words):
    assert words_value(words) is None


@pytest.mark.parametrize("yuan", [Decimal(-1), Decimal("0.001"), Decimal(10**12)])
def test_what_cannot_be_spelled_is_refused(yuan):
    with pytest.raises(ValueError, match="not an amount"):
        in_words(yuan)


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        ("4500", "肆仟伍佰元整"),
        ("100000000", "壹亿元整"),
        ("10010000", "壹仟零壹万元整"),
        ("105", "壹佰零伍元整"),
        ("0.5", "零元伍角整"),
        ("10.05", "壹拾元零伍分"),
    ],
)
def test_words_are_those_of_receipts(yuan, words):
    assert in_words(Decimal(yuan)) == words


@pytest.mark.parametrize(
    ("yuan", "shown"), [("4500.00", "4500"), ("0.5", "0.50"), ("1E+4", "10000")]
)
def test_the_published_form(yuan, shown):
    assert plain_yuan(Decimal(yuan)) == shown
