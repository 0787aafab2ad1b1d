from __future__ import annotations

from datetime import date

import pytest

from samples.workdays import is_working_day, working_day_after, working_days_between


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        (date(2023, 3, 17), 5, date(2023, 3, 24)),
        (date(2023, 3, 27), 7, date(2023, 4, 6)),
        (date(2023, 4, 28), 7, date(2023, 5, 11)),
        (date(2023, 6, 20), 5, date(2023, 6, 28)),
        (date(2023, 6, 20), 2, date(2023, 6, 25)),
        (date(2023, 9, 25), 7, date(2023, 10, 10)),
        (date(2023, 9, 20), 5, date(2023, 9, 27)),
        (date(2023, 9, 20), 0, date(2023, 9, 20)),
    ],
)
def test_working_days_are_counted_from_the_next_day(
    start: date, count: int, expected: date
) -> None:
    assert working_day_after(start, count) == expected
    assert working_days_between(start, expected) == count


def test_weekends_worked_in_exchange_are_working_days() -> None:
    assert is_working_day(date(2025, 4, 27))
    assert not is_working_day(date(2025, 4, 26))
    assert not is_working_day(date(2023, 10, 6))


def test_counting_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be negative"):
        working_day_after(date(2023, 3, 1), -1)
    with pytest.raises(ValueError, match="lies before"):
        working_days_between(date(2023, 3, 2), date(2023, 3, 1))
