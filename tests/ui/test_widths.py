"""Columns fit a page of 1280 pixels, and what is short by nature is never cut."""

from hypothesis import given
from hypothesis import strategies as some

from review.ui.widgets.widths import ROOM, Need, pixels, widths


def test_short_columns_get_what_they_need_and_long_ones_the_rest():
    unit = Need("单位", ["云州市清河区交通运输综合行政执法大队"], 100)
    cause = Need("案由", ["未取得道路运输经营许可擅自从事道路运输经营活动的样例"], 600)
    day = Need("决定日期", ["2025-12-04"], 400, is_flexible=False)
    first, second, third = widths([unit, cause, day])
    assert third == round(day.natural) < 400
    assert first + second + third <= ROOM
    assert second >= pixels(cause.texts[0])


def test_space_that_one_text_leaves_goes_to_the_other():
    short, long = Need("案由", ["短"], 300), Need("问题", ["很长的问题" * 20], 300)
    first, second = widths([short, long])
    assert first == round(short.natural)
    assert first + second == 600


def test_a_bar_is_as_wide_as_wished_and_a_chip_wider_than_its_words():
    bar = Need("进度", (), 120, is_flexible=False)
    chip = Need("状态", ["待复查"], 60, is_flexible=False, chips=1)
    assert widths([bar, chip]) == [120, round(chip.natural)]
    assert chip.natural > pixels("待复查") + 30


@given(
    some.lists(
        some.builds(
            Need,
            heading=some.text("案Ab", max_size=6),
            texts=some.lists(some.text("案Ab", max_size=60), max_size=3),
            wish=some.none() | some.sampled_from(["small", "large"]) | some.integers(30, 600),
            is_flexible=some.booleans(),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_no_column_is_narrower_than_its_heading_and_the_table_fits(needs):
    found = widths(needs)
    assert all(width >= int(need.least) for width, need in zip(found, needs, strict=True))
    fixed = sum(need.natural for need in needs if not need.is_flexible)
    floor = fixed + sum(need.least for need in needs if need.is_flexible)
    assert sum(found) <= max(ROOM, floor) + len(needs)
