"""Two pages on one sheet are read one after the other; forms and tables across stay whole."""

from __future__ import annotations

import pytest

from review.documents.model import Box, CellPlace, Line
from review.documents.readers.rulings import Cell, Stroke
from review.documents.readers.spread import begins_anew, blocks_of_spread, gutter_of, left_of

WIDTH, HEIGHT = 1190.0, 842.0


def line(text: str, left: float, right: float, top: float) -> Line:
    return Line(text, Box(left, top, right, top + 16), 0.95, "ocr")


def page(name: str, left: float) -> list[Line]:
    """A title, three full lines and a foot, as a page of 595 points has them."""
    body = [line(f"{name}文{row}", left + 70, left + 520, 150 + 24 * row) for row in range(3)]
    return [
        line(f"{name}题", left + 220, left + 370, 80),
        *body,
        line(name, left + 290, left + 305, 790),
    ]


TWO = [*page("甲", 0.0), *page("乙", 595.0)]


def test_the_left_page_comes_before_the_right_one_and_boxes_stay_where_they_are() -> None:
    gutter = gutter_of(TWO, [], WIDTH, HEIGHT)
    assert gutter == pytest.approx(WIDTH / 2, abs=30)
    blocks = blocks_of_spread(TWO, [], gutter, WIDTH)
    lines = [each for block in blocks for each in block.lines]
    assert [each.text for each in lines] == [each.text for each in TWO]
    assert [each.box for each in lines] == [pytest.approx(each.box) for each in TWO]
    assert [each.text for each in left_of(TWO, gutter)] == [each.text for each in TWO[:5]]


def test_cells_go_with_their_page() -> None:
    left = Cell(CellPlace(0, 0, 0), Box(60, 60, 530, 120))
    right = Cell(CellPlace(1, 0, 0), Box(655, 60, 1125, 120))
    blocks = blocks_of_spread(TWO, [right, left], 595.0, WIDTH)
    assert [block.cell.table for block in blocks if block.cell is not None] == [0, 1]
    assert [block.text for block in blocks][:2] == ["甲题", "甲文0甲文1甲文2"]


@pytest.mark.parametrize(
    ("lines", "rulings"),
    [
        (page("甲", 0.0), []),  # the right half is empty
        ([*TWO, line("标题横跨两页", 450, 740, 40)], []),
        (TWO, [Stroke(300.0, 60.0, 1130.0)]),  # a table across
        ([*page("甲", 0.0), *[line("值", 660, 720, 150 + 24 * row) for row in range(9)]], []),
        ([line(f"签{row}", x, x + 90, 80 * row) for row in range(8) for x in (80, 700)], []),
    ],
)
def test_a_form_or_table_across_is_one_page(lines: list[Line], rulings: list[Stroke]) -> None:
    assert gutter_of(lines, rulings, WIDTH, HEIGHT) is None


def test_only_a_sheet_lying_across_holds_two_pages() -> None:
    assert gutter_of(TWO, [], WIDTH, WIDTH) is None
    assert gutter_of(TWO, [], HEIGHT, WIDTH) is None
    assert gutter_of(TWO, [], WIDTH, 600.0) is None
    assert gutter_of(TWO, [], WIDTH, 0.0) is None  # as a broken file may say


def test_rulings_show_a_page_as_well_as_lines() -> None:
    titles = [line("甲表", 200, 400, 60), line("乙表", 800, 1000, 60)]
    rulings = [Stroke(100.0 + 30 * row, x, x + 470) for row in range(4) for x in (60, 655)]
    assert gutter_of(titles, rulings, WIDTH, HEIGHT) is not None


def test_a_title_at_the_head_of_the_right_page_begins_a_paper_of_its_own() -> None:
    assert not begins_anew(TWO, 595.0, HEIGHT)
    assert begins_anew([*TWO, line("询问笔录", 815, 965, 60)], 595.0, HEIGHT)
    assert not begins_anew([*TWO, line("询问笔录", 220, 370, 60)], 595.0, HEIGHT)
    assert not begins_anew([*TWO, line("询问笔录", 815, 965, 600)], 595.0, HEIGHT)
