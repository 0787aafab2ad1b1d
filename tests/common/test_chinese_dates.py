"""Dates, times and periods as papers print them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.common.chinese_dates import (
    chinese_date,
    find_dates,
    find_instants,
    find_periods,
    number,
    parse_date,
)
from review.common.text import squeeze

DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31))


@given(DAYS)
def test_spelled_dates_are_read_back(day):
    assert parse_date(chinese_date(day)) == day


@given(
    DAYS,
    st.sampled_from(
        [
            "{0.year}年{0.month}月{0.day}日",
            "{0.year}-{0.month:02}-{0.day:02}",
            "{0.year}.{0.month}.{0.day}",
            "{0.year}/{0.month:02}/{0.day:02}",
            "{0.year} 年 {0.month} 月 {0.day} 日",
        ]
    ),
)
def test_dates_in_digits_are_read_back(day, form):
    assert parse_date(squeeze(form.format(day)).text) == day


@given(DAYS, st.sampled_from("〇○零OoΟ"))
def test_every_form_of_zero_is_a_zero(day, zero):
    assert parse_date(chinese_date(day).replace("〇", zero)) == day


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二十九", 29),
        ("廿三", 23),
        ("卅一", 31),
        ("一百零八", 108),
        ("六十", 60),
        ("15", 15),
        ("壹佰", 100),
        ("甲", None),
        ("", None),
    ],
)
def test_numbers(text, value):
    assert number(text) == value


def test_a_date_without_year_takes_the_year_before_it():
    found = find_dates("2025年9月29日检查,10月3日立案,同月5日送达")
    assert [one.value for one in found] == [date(2025, 9, 29), date(2025, 10, 3), date(2025, 10, 5)]
    assert [one.has_year for one in found] == [True, False, False]


def test_a_date_without_any_year_is_left_out_unless_one_is_given():
    assert find_dates("9月29日") == []
    assert parse_date("9月29日", year=2025) == date(2025, 9, 29)


def test_an_impossible_date_is_found_and_has_no_value():
    assert [one.value for one in find_dates("2025年2月30日")] == [None]


@pytest.mark.parametrize(
    "text", ["20250929092705_ZFJL", "K18+460", "第2025号", "13800000560", "V2.10.11.3"]
)
def test_other_numbers_are_no_dates(text):
    assert [one for one in find_dates(text) if one.value] == []


@pytest.mark.parametrize(
    ("text", "started", "ended"),
    [
        ("2025年9月29日9时29分至10时24分", "2025-09-29 09:29", "2025-09-29 10:24"),
        ("2025-09-29 09:33—10:12", "2025-09-29 09:33", "2025-09-29 10:12"),
        ("2025年9月29日 9：05 至 9：50", "2025-09-29 09:05", "2025-09-29 09:50"),
        ("2025年9月29日上午9时29分至10时24分", "2025-09-29 09:29", "2025-09-29 10:24"),
        ("2025年9月29日下午2时10分至3时05分", "2025-09-29 14:10", "2025-09-29 15:05"),
        ("2025年9月29日14时整至14时半", "2025-09-29 14:00", "2025-09-29 14:30"),
        ("2025年9月29日9时29分至2025年9月29日10时24分", "2025-09-29 09:29", "2025-09-29 10:24"),
        ("2025年9月29日22时50分至次日0时20分", "2025-09-29 22:50", "2025-09-30 00:20"),
        ("2025年9月29日23时50分至0时20分", "2025-09-29 23:50", "2025-09-30 00:20"),
        ("二〇二五年九月二十九日九时五分起至九时四十分止", "2025-09-29 09:05", "2025-09-29 09:40"),
    ],
)
def test_periods(text, started, ended):
    period = next(find_periods(squeeze(text).text))
    assert period.started_at == datetime.fromisoformat(started)
    assert period.ended_at == datetime.fromisoformat(ended)
    assert not period.end_blank


def test_an_end_before_its_start_is_given_as_printed():
    period = next(find_periods("2023年5月4日9时05分至8时50分"))
    assert period.ended_at is not None
    assert period.ended_at < period.started_at


@pytest.mark.parametrize(
    "text",
    [
        "2025年9月29日9时29分至   时   分",
        "2025年9月29日9时29分至    年  月  日  时  分",
        "2025年9月29日9时29分至____时____分",
        "2025年9月29日9时29分至",
    ],
)
def test_a_blank_end_is_told(text):
    period = next(find_periods(squeeze(text).text))
    assert period.end_blank
    assert period.ended_at is None


@given(
    st.datetimes(
        min_value=datetime.fromisoformat("2015-01-01"),
        max_value=datetime.fromisoformat("2030-01-01"),
    ),
    st.integers(1, 500),
)
def test_periods_are_read_back(start, minutes):
    start = start.replace(second=0, microsecond=0)
    end = start + timedelta(minutes=minutes)
    text = f"{start:%Y年%-m月%-d日%-H时%M分}至{end:%Y年%-m月%-d日%-H时%M分}"
    period = next(find_periods(text))
    assert (period.started_at, period.ended_at) == (start, end)


def test_instants_stand_where_they_are_printed():
    text = "检测时间2025-09-29 09:33结束"
    start, end, value = find_instants(text)[0]
    assert text[start:end] == "2025-09-29 09:33"
    assert value == datetime.fromisoformat("2025-09-29 09:33")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二二五年二月六日", date(2025, 2, 6)),
        ("二二〇年十二月三十一日", date(2020, 12, 31)),
        ("二〇二五年二月六日", date(2025, 2, 6)),
    ],
)
def test_a_year_that_lost_its_zero_is_of_this_century(text: str, day: date) -> None:
    assert [found.value for found in find_dates(text)] == [day]


def test_a_year_whose_first_character_was_lost_is_of_this_century():
    assert parse_date("〇二四年七月一日") == date(2024, 7, 1)
    assert parse_date("○一九年十二月三日") == date(2019, 12, 3)
    assert parse_date("一〇二四年七月一日") is None


def test_a_day_of_which_a_figure_could_not_be_read_is_none():
    assert parse_date("2024-08-1?") is None
    assert parse_date("2024-08-1") == date(2024, 8, 1)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2025.3.1315:06", datetime(2025, 3, 13, 15, 6)),  # noqa: DTZ001 - papers give no zone
        ("2025-06-2009:05", datetime(2025, 6, 20, 9, 5)),  # noqa: DTZ001
        ("2025.3.115:06", datetime(2025, 3, 1, 15, 6)),  # noqa: DTZ001
    ],
)
def test_a_clock_that_a_wrapped_cell_runs_on_behind_its_day(text, at):
    assert [instant for _, _, instant in find_instants(text)] == [at]


def test_a_third_figure_behind_a_day_is_no_day():
    assert find_dates("2025-12-311") == []
