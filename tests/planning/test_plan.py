"""The year: four rounds, one a quarter, and when to warn."""

from datetime import date

import pytest

from review.planning.plan import PlannedRound, quarter_end, quarter_of, year_plan


def rounds(*days: str) -> list[PlannedRound]:
    return [PlannedRound(day, date.fromisoformat(day)) for day in days]


def texts(found) -> list[str]:
    return [warning.en for warning in found.warnings]


def test_quarters() -> None:
    assert [quarter_of(date(2026, month, 1)) for month in (1, 3, 4, 6, 7, 9, 10, 12)] == [
        1, 1, 2, 2, 3, 3, 4, 4,
    ]  # fmt: skip
    assert [quarter_end(2024, n) for n in (1, 2, 3, 4)] == [
        date(2024, 3, 31),
        date(2024, 6, 30),
        date(2024, 9, 30),
        date(2024, 12, 31),
    ]


def test_a_full_year_is_enough_and_silent() -> None:
    found = year_plan(
        rounds("2026-02-01", "2026-05-01", "2026-08-01", "2026-11-01", "2025-12-31"),
        year=2026,
        today=date(2027, 1, 1),
    )
    assert (found.rounds, found.by_quarter, found.is_enough) == (4, (1, 1, 1, 1), True)
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 3, 1), []),
        (date(2026, 3, 2), ["no round yet in quarter 1 of 2026; 29 days left"]),
        (date(2026, 3, 31), ["no round yet in quarter 1 of 2026; 0 days left"]),
        (date(2026, 4, 1), ["no round in quarter 1 of 2026", "2026 has 0 rounds, 4 short of 4"]),
    ],
)
def test_a_quarter_is_announced_in_its_last_thirty_days(today: date, words: list[str]) -> None:
    assert texts(year_plan([], year=2026, today=today)) == words


def test_the_year_is_warned_of_when_one_round_a_quarter_no_longer_fills_it() -> None:
    one = rounds("2026-02-01")
    assert not any(
        "short" in text for text in texts(year_plan(one, year=2026, today=date(2026, 2, 2)))
    )
    second = year_plan(one, year=2026, today=date(2026, 7, 1))
    assert "2026 has 1 rounds, 3 short of 4" in texts(second)
    assert not second.warnings[-1].is_late
    over = year_plan(one, year=2026, today=date(2027, 1, 1))
    assert over.warnings[-1].is_late
    assert not over.is_enough


def test_a_year_to_come_is_not_warned_of() -> None:
    assert texts(year_plan([], year=2027, today=date(2026, 11, 22))) == []


def test_rounds_of_one_quarter_count_for_the_year_only() -> None:
    found = year_plan(
        rounds("2026-01-05", "2026-01-06", "2026-02-01", "2026-03-01"),
        year=2026,
        today=date(2026, 7, 1),
    )
    assert found.is_enough
    assert texts(found) == ["no round in quarter 2 of 2026"]
