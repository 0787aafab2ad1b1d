"""Sheets print on one page across in a size that can be read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from review.reports.rectification_columns import COLUMNS
from review.reports.workbooks import LEAST_WIDE, MOST_WIDE, SheetColumn, fitted_widths

KINDS = some.sampled_from(["text", "number", "date"])


@given(some.lists(some.builds(SheetColumn, some.just("栏"), some.integers(5, 60), KINDS)))
def test_text_gives_way_and_figures_keep_their_width(columns: list[SheetColumn]) -> None:
    fitted = fitted_widths(columns)
    narrow = [new for new, old in zip(fitted, columns, strict=True) if old.kind == "text"]
    kept = [old.width for old in columns if old.kind != "text"]
    assert [new for new, old in zip(fitted, columns, strict=True) if old.kind != "text"] == kept
    if sum(old.width for old in columns) <= MOST_WIDE:
        assert fitted == [old.width for old in columns]
    else:
        assert sum(fitted) <= MOST_WIDE + 1 + sum(kept) + LEAST_WIDE * len(narrow)
        assert all(width >= LEAST_WIDE for width in narrow)


def test_a_wide_list_is_as_wide_as_a_page_takes() -> None:
    columns = [SheetColumn("问题", 120), SheetColumn("措施", 80), SheetColumn("期限", 12, "date")]
    assert fitted_widths(columns) == [94.8, 63.2, 12]


def test_the_rectification_list_is_no_wider_than_that() -> None:
    assert sum(each.width for each in COLUMNS if not each.is_hidden) <= MOST_WIDE + 6
