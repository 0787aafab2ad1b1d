"""Working-day arithmetic against the State Council's notices and an independent package."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.common.dates import (
    DayOverride,
    add_calendar_days,
    add_months,
    add_working_days,
    add_years,
    calendar_of,
    is_festival,
    is_working_day,
    next_working_day,
    working_days_between,
)
from review.errors import CalendarEnds

KNOWN_DAYS = st.dates(date(2018, 1, 1), date(2026, 6, 30))


def d(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        ("2023-03-17", 5, "2023-03-24"),
        ("2023-03-27", 7, "2023-04-06"),
        ("2023-04-28", 7, "2023-05-11"),
        ("2023-06-20", 5, "2023-06-28"),
        ("2023-06-20", 2, "2023-06-25"),
        ("2023-09-25", 7, "2023-10-10"),
        ("2023-09-20", 5, "2023-09-27"),
        ("2023-11-10", 7, "2023-11-21"),
        ("2023-03-07", 7, "2023-03-16"),
    ],
)
def test_working_day_periods_of_known_cases(start: str, n: int, expected: str) -> None:
    assert add_working_days(d(start), n) == d(expected)
    assert working_days_between(d(start), d(expected)) == n


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        ("2023-03-27", 15, "2023-04-11"),
        ("2023-03-08", 90, "2023-06-06"),
        ("2023-11-10", 15, "2023-11-27"),
        ("2023-03-27", 60, "2023-05-26"),
        ("2023-09-06", 30, "2023-10-07"),
    ],
)
def test_calendar_periods_roll_off_a_day_off(start: str, n: int, expected: str) -> None:
    assert add_calendar_days(d(start), n) == d(expected)


def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month() -> None:
    assert add_months(d("2023-03-27"), 6) == d("2023-09-27")
    assert add_months(d("2023-09-27"), 3) == d("2023-12-27")
    assert add_months(d("2023-08-31"), 6) == d("2024-02-29")
    assert add_months(d("2023-01-31"), -2) == d("2022-11-30")
    assert add_years(d("2024-02-29"), 2) == d("2026-02-28")


NOTICES = {
    2021: (
        "01-01..01-03 02-11..02-17 04-03..04-05 05-01..05-05 06-12..06-14 09-19..09-21 10-01..10-07",
        "02-07 02-20 04-25 05-08 09-18 09-26 10-09",
    ),
    2022: (
        "01-01..01-03 01-31..02-06 04-03..04-05 04-30..05-04 06-03..06-05 09-10..09-12 10-01..10-07",
        "01-29 01-30 04-02 04-24 05-07 10-08 10-09",
    ),
    2023: (
        "01-01..01-02 01-21..01-27 04-05 04-29..05-03 06-22..06-24 09-29..10-06",
        "01-28 01-29 04-23 05-06 06-25 10-07 10-08",
    ),
    2024: (
        "01-01 02-10..02-17 04-04..04-06 05-01..05-05 06-10 09-15..09-17 10-01..10-07",
        "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    ),
    2025: (
        "01-01 01-28..02-04 04-04..04-06 05-01..05-05 05-31..06-02 10-01..10-08",
        "01-26 02-08 04-27 09-28 10-11",
    ),
    2026: (
        "01-01..01-03 02-15..02-23 04-04..04-06 05-01..05-05 06-19..06-21 09-25..09-27 10-01..10-07",
        "01-04 02-14 02-28 05-09 09-20 10-10",
    ),
}


def days_of(year: int, text: str) -> set[date]:
    found: set[date] = set()
    for part in text.split():
        first, _, last = part.partition("..")
        day = d(f"{year}-{first}")
        while day <= d(f"{year}-{last or first}"):
            found.add(day)
            day += timedelta(days=1)
    return found


@pytest.mark.parametrize("year", sorted(NOTICES))
def test_every_day_of_a_year_follows_the_notice(year: int) -> None:
    off, worked = (days_of(year, text) for text in NOTICES[year])
    day = date(year, 1, 1)
    while day.year == year:
        expected = day in worked or (day.weekday() < 5 and day not in off)
        assert is_working_day(day) is expected, day
        day += timedelta(days=1)


@pytest.mark.parametrize("year", range(2018, 2027))
def test_an_independent_calendar_agrees_on_every_day(year: int) -> None:
    other = holidays.country_holidays("CN", years=year)
    day = date(year, 1, 1)
    while day.year == year:
        assert is_working_day(day) is other.is_working_day(day), day
        day += timedelta(days=1)


def test_past_the_known_years_nothing_is_guessed() -> None:
    with pytest.raises(CalendarEnds) as caught:
        add_working_days(d("2026-12-30"), 5)
    assert "2027" in caught.value.text("zh")
    assert "2027" in caught.value.text("en")
    with pytest.raises(CalendarEnds):
        working_days_between(d("2026-12-30"), d("2027-01-04"))
    assert working_days_between(d("2026-12-30"), d("2026-12-31")) == 1


def full_year(year: int) -> list[DayOverride]:
    off = ["01-01", *(f"02-{n:02d}" for n in range(5, 10)), "04-05", "05-01", "05-02", "06-09"]
    off += ["09-15", "10-01", "10-02", "10-03"]
    return [DayOverride(d(f"{year}-{day}"), False, "样例通知") for day in off]


def test_an_entered_year_is_computed_and_a_half_entered_one_is_not() -> None:
    whole = calendar_of(full_year(2027))
    assert not is_working_day(d("2027-01-01"), whole)
    assert is_working_day(d("2027-01-04"), whole)
    assert add_working_days(d("2026-12-31"), 1, whole) == d("2027-01-04")
    half = calendar_of([DayOverride(d("2027-01-01"), False, "样例通知")])
    assert not is_working_day(d("2027-01-01"), half)
    with pytest.raises(CalendarEnds):
        is_working_day(d("2027-01-04"), half)


def test_a_row_wins_over_the_published_calendar_and_the_last_row_of_a_day_wins() -> None:
    rows = [
        DayOverride(d("2026-12-31"), True, "一号"),
        DayOverride(d("2026-12-31"), False, "二号"),
    ]
    assert not is_working_day(d("2026-12-31"), calendar_of(rows))
    assert is_working_day(d("2026-12-31"))


def test_a_festival_is_no_mere_weekend() -> None:
    assert is_festival(d("2023-10-01"))
    assert is_festival(d("2023-10-06"))
    assert not is_festival(d("2023-10-07"))
    assert not is_festival(d("2023-10-14"))
    with pytest.raises(CalendarEnds):
        is_festival(d("2027-10-01"))


def test_a_negative_period_is_refused() -> None:
    with pytest.raises(ValueError, match="working days"):
        add_working_days(d("2023-01-03"), -1)


@given(KNOWN_DAYS, st.integers(0, 60))
def test_adding_and_counting_are_inverse(day: date, n: int) -> None:
    end = add_working_days(day, n)
    assert working_days_between(day, end) == n
    assert n == 0 or is_working_day(end)


@given(KNOWN_DAYS, st.integers(0, 40), st.integers(0, 40))
def test_periods_add_up(day: date, first: int, second: int) -> None:
    whole = add_working_days(day, first + second)
    assert add_working_days(add_working_days(day, first), second) == whole


@given(KNOWN_DAYS, KNOWN_DAYS)
def test_counting_backwards_is_the_negative(a: date, b: date) -> None:
    assert working_days_between(a, b) == -working_days_between(b, a)


@given(KNOWN_DAYS, st.integers(0, 120))
def test_a_period_never_ends_early_nor_on_a_day_off(day: date, n: int) -> None:
    end = add_calendar_days(day, n)
    assert end >= day + timedelta(days=n)
    assert is_working_day(end)
    assert next_working_day(end) == end
