"""Forms without rulings: columns told by places, wrapped cells put together."""

from __future__ import annotations

import pytest

from review.documents.model import Box, Line
from review.documents.readers.grids import grid_of
from review.documents.readers.layout import blocks_of

WIDTH = 595.0
SIZE = 10.0
LABEL, VALUE, SECOND, SECOND_VALUE = 68.0, 145.0, 304.0, 380.0


def line(text: str, left: float, top: float) -> Line:
    right = left + sum(SIZE if letter > "\u2000" else SIZE / 2 for letter in text)
    return Line(text, Box(left, top, right, top + SIZE), 1.0, "text-layer")


HEAD = [line("询问笔录", 264, 73)]
FORM = [
    *(line("案号", LABEL, 107), line("样交罚〔2025〕第3号", VALUE, 107)),
    *(line("次数", SECOND, 107), line("第一次", SECOND_VALUE, 107)),
    *(line("询问时间", LABEL, 129), line("2025年3月14日 14:13至", VALUE, 129)),
    *(line("询问地点", SECOND, 129), line("样例市样例区交通委员会", SECOND_VALUE, 129)),
    *(line("15:07", VALUE, 144), line("询问室", SECOND_VALUE, 144)),
    *(line("询问人", LABEL, 166), line("于样德", VALUE, 166)),
    *(line("记录人", SECOND, 166), line("任样河", SECOND_VALUE, 166)),
]
BODY = [line("问：请讲一下当时的情况，越详细越好，有什么说什么。", 63, 200)]


def texts(lines: list[Line]) -> dict[tuple[int, int], str]:
    blocks = blocks_of(lines, grid_of(lines, WIDTH), WIDTH)
    return {(each.cell.row, each.cell.column): each.text for each in blocks if each.cell}


def test_wrapped_cells_are_put_together_in_their_own_column():
    found = texts([*HEAD, *FORM, *BODY])
    assert found[1, 0] == "询问时间"
    assert found[1, 1] == "2025年3月14日 14:13至15:07"
    assert found[1, 3] == "样例市样例区交通委员会询问室"
    assert found[2, 1] == "于样德"
    assert len(found) == 12


def test_words_above_and_below_the_form_stay_outside():
    lines = [*HEAD, *FORM, *BODY]
    outside = [
        each.text for each in blocks_of(lines, grid_of(lines, WIDTH), WIDTH) if not each.cell
    ]
    assert outside == [HEAD[0].text, BODY[0].text]


def test_a_wrapped_label_is_one():
    lines = [
        *(line("当事人", LABEL, 107), line("样例有限公司", VALUE, 107)),
        *(line("统一社会信用", LABEL, 129), line("样例代码", VALUE, 129), line("代码", LABEL, 144)),
        *(line("住所", LABEL, 166), line("样例路1号", VALUE, 166)),
    ]
    assert texts(lines)[1, 0] == "统一社会信用代码"


def test_a_label_that_runs_on_behind_a_full_value_begins_its_column():
    lines = [each for each in FORM if each.text not in ("2025年3月14日 14:13至", "询问地点")]
    lines.append(line("二〇二五年三月十四日 14:13至二 询问地点", VALUE, 129))
    columns = {cell.place.column for cell in grid_of(lines, WIDTH) if cell.place.row == 1}
    assert columns == {0, 1, 2, 3}


@pytest.mark.parametrize(
    "lines",
    [
        [each for each in FORM if each.box and each.box.top != 144],  # nothing is wrapped
        [*FORM[:4], *BODY],  # one row only
        [*HEAD, *BODY, line("答：我说完了，没有别的要讲，也没有补充。", 63, 222)],
        [],
    ],
)
def test_without_wrapped_cells_and_columns_there_is_no_form(lines: list[Line]):
    assert grid_of(lines, WIDTH) == []
