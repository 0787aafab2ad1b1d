from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from samples.blocks import Footing, Paper, Para, Rows, Sign, Title
from samples.families import SHEETS
from samples.layout import Layout
from samples.sheets import NO_LINE_END, NO_LINE_START, wrap


class Tape:
    """A surface that notes what is drawn; every character is as wide as the type is high."""

    def __init__(self) -> None:
        self.pages: list[list[str]] = []

    def new_page(self) -> None:
        self.pages.append([])

    def width(self, text: str, face: str, size: float) -> float:
        return sum(size if ord(char) > 255 else size / 2 for char in text)

    def text(self, x, y, text, face, size, *, colour=(0, 0, 0), lean=0.0) -> None:
        assert 0 <= x <= 595
        assert 0 <= y <= 842
        self.pages[-1].append(text)

    def line(self, x0, y0, x1, y1, weight=0.6) -> None:
        assert max(y0, y1) <= 842

    def picture(self, x, y, width, height, image: Image.Image) -> None:
        assert y + height <= 842

    def finish(self) -> bytes:
        return b""


TEXT = st.text("当事人违法行为（）《》，。：12345AB", min_size=1, max_size=300)


@given(TEXT, st.floats(0, 40))
def test_wrapping_loses_nothing_and_keeps_marks_with_their_words(text: str, indent: float) -> None:
    lines = wrap(Tape(), text, "song", 12, 300, indent=indent)
    assert "".join(lines) == text
    assert all(line[0] not in NO_LINE_START for line in lines[1:] if line)
    assert all(line[-1] not in NO_LINE_END for line in lines[:-1] if line)


def test_a_number_is_not_broken_at_the_end_of_a_line() -> None:
    lines = wrap(Tape(), "统一社会信用代码91329902MA0000000X结束", "song", 12, 260)
    assert any("91329902MA0000000X" in line for line in lines)


def test_long_papers_go_on_to_the_next_page_with_signatures_and_numbers_on_each() -> None:
    tape = Tape()
    layout = Layout(tape, SHEETS["ruled-song"], "t", mark="样例")
    paper = Paper(
        "询问笔录",
        "询问笔录",
        [
            Title("询问笔录", number="案号：1"),
            Rows(((("时间", "上午"), ("地点", "大队")),)),
            *(Para("问：情况如何？" * 12) for _ in range(40)),
            Sign("签名：", "某甲"),
            Footing((("被询问人：", "某甲"),)),
        ],
    )
    first, last = layout.draw(paper, 7)
    assert (first, last) == (1, len(tape.pages))
    assert last > 2
    for number, page in enumerate(tape.pages, 7):
        assert "被询问人：" in page
        assert str(number) in page


def test_covers_bear_no_number() -> None:
    tape = Tape()
    layout = Layout(tape, SHEETS["prose-kai"], "t", mark="样例")
    layout.draw(Paper("卷宗封面", "封面", [Title("封面")], numbered=False), 1)
    assert "第1页" not in tape.pages[0]
