"""Text layers: lines, cells, paragraphs, marks, page numbers, turned pages."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pytest
from reportlab.pdfgen.canvas import Canvas

from review.documents.model import Block, MarkKind, Page, PageStatus
from review.documents.readers.pdf_text import read_text_page
from tests.documents import papers
from tests.documents.papers import Draw, Style


def read(path: Path) -> list[Page]:
    document = pdfium.PdfDocument(path)
    try:
        pages = [read_text_page(document[at], path.name, at + 1) for at in range(len(document))]
    finally:
        document.close()
    assert all(page is not None for page in pages)
    return [page for page in pages if page is not None]


def page_of(tmp_path: Path, draw: Draw, *, rotate: int = 0) -> Page:
    return read(papers.bound(tmp_path / "样例.pdf", [draw], rotate=rotate))[0]


def cells(page: Page) -> dict[tuple[int, int], str]:
    return {(b.cell.row, b.cell.column): b.text for b in page.blocks if b.cell is not None}


def paragraphs(page: Page) -> list[str]:
    return [block.text for block in page.blocks if block.cell is None]


@pytest.mark.parametrize("rulings", ["rects", "lines", "fills"])
def test_cells_are_found_however_they_are_ruled(tmp_path: Path, rulings: str) -> None:
    page = page_of(tmp_path, papers.paper("立案登记表", Style(rulings=rulings)))
    assert cells(page) == {
        (0, 0): "案由",
        (0, 1): "样例运输有限公司未按规定维护车辆案",
        (1, 0): "当事人",
        (1, 1): "样例运输有限公司",
        (1, 2): "电话",
        (1, 3): "13900000000",
    }
    merged = next(block for block in page.blocks if block.text.startswith("样例运输有限公司未"))
    assert merged.cell is not None
    assert (merged.cell.row_span, merged.cell.column_span) == (1, 3)


def test_without_rulings_a_row_gives_its_runs_left_to_right(tmp_path: Path) -> None:
    page = page_of(tmp_path, papers.paper("立案登记表", Style(rulings="none")))
    texts = paragraphs(page)
    at = texts.index("当事人")
    assert texts[at : at + 4] == ["当事人", "样例运输有限公司", "电话", "13900000000"]


def test_wrapped_lines_are_one_paragraph_and_an_indent_begins_another(tmp_path: Path) -> None:
    first = (
        "经查明，样例运输有限公司的车辆未按规定周期进行维护和检测，仍从事道路货物运输经营活动，" * 2
    )
    second = (
        "上述行为违反了样例条例第三十条的规定，本机关决定给予罚款贰仟元的行政处罚，限期缴纳。" * 2
    )
    page = page_of(tmp_path, papers.paper("行政处罚决定书", Style(), body=(first, second)))
    assert first in paragraphs(page)
    assert second in paragraphs(page)


def test_two_signatures_on_one_row_are_two_lines(tmp_path: Path) -> None:
    page = page_of(tmp_path, papers.paper("询问笔录", Style()))
    texts = [line.text for line in page.lines]
    assert "当事人签名：张三样" in texts
    assert "2026年3月9日" in texts


def test_every_line_is_in_one_block_and_lies_on_the_page(tmp_path: Path) -> None:
    page = page_of(tmp_path, papers.paper("询问笔录", Style(), number=3))
    lines = [line for block in page.blocks for line in block.lines]
    assert len({id(line) for line in lines}) == len(lines)
    for line in lines:
        assert line.box is not None
        assert 0 <= line.box.left < line.box.right <= page.width
        assert 0 <= line.box.top < line.box.bottom <= page.height


def test_blanks_of_the_text_are_kept_and_none_is_made_up(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        papers.line(canvas, 72, 100, "执法人员：张三样 李四样 证号 A-01")
        papers.line(canvas, 72, 130, "案    由：样例")

    page = page_of(tmp_path, draw)
    assert [line.text for line in page.lines] == [
        "执法人员：张三样 李四样 证号 A-01",
        "案 由：样例",
    ]


def test_letters_drawn_twice_to_look_bold_are_read_once_and_doubled_words_twice(
    tmp_path: Path,
) -> None:
    def draw(canvas: Canvas) -> None:
        for letter, x in zip("送达回证", range(200, 280, 20), strict=True):
            papers.line(canvas, x, 100, letter, 20)
            papers.line(canvas, x + 0.4, 100, letter, 20)
        papers.line(canvas, 72, 140, "人人知法，案案清楚")
        papers.line(canvas, 300, 170, "一案")
        papers.line(canvas, 72, 170, "案由")

    page = page_of(tmp_path, draw)
    assert [line.text for line in page.lines] == ["送达回证", "人人知法，案案清楚", "案由", "一案"]


@pytest.mark.parametrize(
    ("pattern", "number"),
    [("{}", 7), ("- {} -", 12), ("第{}页", 3), ("—{}—", 128), ("{}/30", 4)],
)
def test_the_printed_page_number_is_read(tmp_path: Path, pattern: str, number: int) -> None:
    page = page_of(tmp_path, papers.paper("询问笔录", Style(number=pattern), number=number))
    assert page.printed_number == number


def test_the_page_of_one_paper_is_no_page_of_the_file(tmp_path: Path) -> None:
    style = Style(number="第{}页 共2页")
    assert page_of(tmp_path, papers.paper("询问笔录", style, number=1)).printed_number is None


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_turned_page_is_read_upright(tmp_path: Path, rotate: int) -> None:
    page = page_of(tmp_path, papers.paper("立案登记表", Style(), number=5), rotate=rotate)
    upright = page_of(tmp_path, papers.paper("立案登记表", Style(), number=5))
    assert page.text == upright.text
    assert cells(page) == cells(upright)
    assert (round(page.width), round(page.height)) == (round(papers.WIDTH), round(papers.HEIGHT))
    assert page.printed_number == 5


def test_a_red_ring_is_a_seal_and_a_black_one_is_not(tmp_path: Path) -> None:
    sealed = page_of(tmp_path, papers.paper("违法行为通知书", Style(), seal=True))
    (mark,) = sealed.marks
    assert mark.kind is MarkKind.SEAL
    assert mark.box is not None
    assert mark.box.right - mark.box.left == pytest.approx(117, abs=6)

    def black(canvas: Canvas) -> None:
        canvas.circle(300, 400, 57)
        papers.line(canvas, 72, 100, "样例")

    assert page_of(tmp_path, black).marks == ()


def test_an_empty_page_is_blank(tmp_path: Path) -> None:
    assert page_of(tmp_path, papers.blank).status is PageStatus.BLANK


def test_the_box_of_words_lies_where_they_stand(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        papers.line(canvas, 100, 200, "罚款人民币贰仟元整", 20)

    (line,) = page_of(tmp_path, draw).lines
    start = line.text.index("贰仟元")
    part = line.part(start, start + 3)
    assert part is not None
    assert part.left == pytest.approx(100 + 5 * 20, abs=3)
    assert part.right == pytest.approx(100 + 8 * 20, abs=3)
    assert part.top < 200 - 5 < part.bottom


def test_question_and_answer_stay_apart_and_their_wrapped_lines_stay_with_them(
    tmp_path: Path,
) -> None:
    rows = [
        "问：当天你在什么地方，做什么，车上装的是什么货物，从哪里运到哪里，由谁安排运输的？",
        "答：当天我驾驶车辆从样例码头装载水泥送到样例工地，途经样例路段时被执法人员拦下检查",
        "并要求出示证件，情况属实。",
        "问：还有什么要补充的吗？",
        "答：没有。",
    ]

    def draw(canvas: Canvas) -> None:
        for count, row in enumerate(rows):
            papers.line(canvas, 72, 100 + 20 * count, row)

    assert paragraphs(page_of(tmp_path, draw)) == [rows[0], rows[1] + rows[2], rows[3], rows[4]]


def test_spans_lead_back_to_the_lines(tmp_path: Path) -> None:
    text = (
        "经查明，样例运输有限公司的车辆未按规定周期进行维护和检测，仍从事道路货物运输经营活动，" * 2
    )
    page = page_of(tmp_path, papers.paper("行政处罚决定书", Style(), body=(text,)))
    block: Block = next(b for b in page.blocks if b.text == text)
    spans = block.spans(0, len(text))
    assert "".join(line.text[low:high] for line, low, high in spans) == text


def test_two_pages_printed_on_one_sheet_are_read_one_after_the_other(tmp_path: Path) -> None:
    path = tmp_path / "样例.pdf"
    canvas = Canvas(str(path), pagesize=(1190, 842))
    for left, name, title in ((0, "A", "Sample one"), (595, "B", "Sample two")):
        canvas.drawString(left + 240, 760, title)
        for row in range(6):
            canvas.drawString(left + 60, 700 - 18 * row, f"{name}{row} " + "sample words " * 6)
        canvas.drawString(left + 290, 40, "1" if name == "A" else "2")
    canvas.save()
    (page,) = read(path)
    text = page.text
    assert text.index("A5") < text.index("Sample two") < text.index("B0")
    assert (page.status, page.printed_number) == (PageStatus.READ, 1)
    lines = {line.text[:2]: line.box for line in page.lines}
    box = lines["B0"]
    assert box is not None
    assert box.left == pytest.approx(655, abs=2)
