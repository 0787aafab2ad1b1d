"""What the page benchmark says of its figures."""

from __future__ import annotations

from review.bench.rounds import PageTime, Size, report
from review.db.accounts import Role

ROWS = {"case": 10_000, "itemscore": 300_000}


def size(*milliseconds: float, rows: dict[str, int] | None = None, failed: str = "") -> Size:
    page = PageTime("rounds/rounds", Role.LEADER, 900, milliseconds, milliseconds, failed)
    return Size("sqlite", rows or ROWS, (page,), (0.5, 1.5), 60)


def test_the_first_visit_is_told_apart_and_does_not_count() -> None:
    text = report([size(*[100.0] * 20)])
    assert "10000 cases, 300000 item scores" in text
    assert "load 0.5 before, 1.5 after" in text
    assert text.splitlines()[2].split()[2:] == ["900", "100", "100", "100", "100"]
    assert text.endswith("1 pages and roles, 0 over 300 ms")


def test_a_page_is_over_by_its_95th_percentile_not_by_one_visit() -> None:
    assert report([size(*[100.0] * 20, 900)]).endswith("0 over 300 ms")
    assert "  over 300" in report([size(*[100.0] * 18, 900, 900)])


def test_the_second_size_is_told_as_times_the_first() -> None:
    text = report([size(100, 100), size(250, 250, rows={"case": 1, "itemscore": 2}, failed="no")])
    assert text.splitlines()[-2].split()[-3:] == ["2.5", "said:", "no"]
