"""A page comes back from the database, and from the spool of an import, as it was read."""

from dataclasses import fields

from review.documents.model import Block, Box, CellPlace, Line, Mark, MarkKind, Page, PageStatus
from review.documents.tables import PageRow
from review.services.reading.page_rows import fill, lines_of, page_from, page_from_json, page_json

PAGE = Page(
    source="案卷.pdf",
    number=7,
    width=595.25,
    height=842.5,
    blocks=(
        Block((Line("当事人：样例公司", Box(72.0, 100.5, 300.25, 112.0), 0.987, "ocr"),)),
        Block((Line("单元格", None, 1.0, "docx"),), CellPlace(1, 2, 3, 1, 2)),
    ),
    marks=(Mark(MarkKind.SEAL, Box(1.0, 2.0, 3.0, 4.0), 0.8), Mark(MarkKind.IMAGE, None, 1.0)),
    status=PageStatus.UNCLEAR,
    note="下半页模糊",
    turned=90,
    printed_number=12,
    heading="现场笔录",
)


def test_the_example_sets_every_field_away_from_its_default():
    for each in fields(Page):
        assert getattr(PAGE, each.name) != each.default, each.name


def test_a_page_comes_back_from_its_row():
    row = PageRow(source_file_id=1, position=3)
    fill(row, PAGE, position=3, view_sha256="a", thumb_sha256="b")
    assert page_from(row, "案卷.pdf") == PAGE
    assert (row.position, row.view_sha256, row.thumb_sha256) == (3, "a", "b")
    assert [line.text for line in lines_of(row.content)] == ["当事人：样例公司", "单元格"]


def test_a_page_comes_back_from_the_spool():
    assert page_from_json(page_json(PAGE)) == PAGE
