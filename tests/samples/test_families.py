from __future__ import annotations

from datetime import date

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samples.families import DIGITS, FAMILIES, SHEETS, money_in_words, write_date


@given(st.integers(1, 99_999_999))
def test_money_in_words_reads_back_as_the_same_amount(yuan: int) -> None:
    assert cn2an.cn2an(money_in_words(yuan).removesuffix("元整"), "smart") == yuan


@pytest.mark.parametrize(
    ("yuan", "words"),
    [(200, "贰佰元整"), (4500, "肆仟伍佰元整"), (10000, "壹万元整"), (30050, "叁万零伍拾元整")],
)
def test_money_in_words_is_written_as_on_a_cheque(yuan: int, words: str) -> None:
    assert money_in_words(yuan) == words


@pytest.mark.parametrize("yuan", [0, -1, 100_000_000])
def test_money_out_of_range_is_refused(yuan: int) -> None:
    with pytest.raises(ValueError, match="cannot write"):
        money_in_words(yuan)


def test_dates_are_written_in_three_ways() -> None:
    day = date(2023, 10, 20)
    assert write_date(day, "plain") == "2023年10月20日"
    assert write_date(day, "chinese") == "二〇二三年十月二十日"
    assert write_date(date(2023, 3, 7), "padded") == "2023年03月07日"


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_chinese_dates_hold_every_digit_of_the_year(day: date) -> None:
    year = write_date(day, "chinese").split("年")[0]
    assert [DIGITS.index(char) for char in year] == [int(char) for char in str(day.year)]


def test_every_sheet_fits_a_family_of_wording() -> None:
    assert {sheet.form for sheet in SHEETS.values()} == {
        family.form for family in FAMILIES.values()
    }
    titles = [frozenset(family.titles.items()) for family in FAMILIES.values()]
    assert len(set(titles)) == 3
