"""A page comes back from the database, and from the spool of an import, as it was read."""

import pickle
from dataclasses import fields, replace

from review.documents.model import Block, Box, CellPlace, Line, Mark, MarkKind, Page, PageStatus
from review.documents.tables import PageRow
from review.services.reading.kept_blocks import UNPACKED
from review.services.reading.page_rows import (
    fill,
    lines_of,
    packed_page,
    page_from,
    page_from_json,
    page_json,
)

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


def packed(source: str) -> Page:
    row = PageRow(source_file_id=1, position=3)
    page = replace(PAGE, blocks=(*PAGE.blocks, Block((Line(source, None, 1.0, "docx"),))))
    fill(row, page, position=3, view_sha256="a", thumb_sha256="b")
    return packed_page(row, "案卷.pdf")


def test_a_packed_page_is_the_page_also_when_others_were_looked_at_since():
    row = PageRow(source_file_id=1, position=3)
    fill(row, PAGE, position=3, view_sha256="a", thumb_sha256="b")
    page = packed_page(row, "案卷.pdf")
    assert page == PAGE
    assert page == PAGE
    assert hash(page) == hash(PAGE)
    many = [packed(f"样例{number}") for number in range(UNPACKED + 1)]
    assert [each.text.split("\n")[-1] for each in many] == [
        f"样例{number}" for number in range(UNPACKED + 1)
    ]
    assert page == PAGE
    assert (len(page.blocks), page.blocks[1], page.blocks[:1]) == (
        2, PAGE.blocks[1], PAGE.blocks[:1],
    )  # fmt: skip


def test_a_packed_page_without_text_has_no_blocks():
    row = PageRow(source_file_id=1, position=3)
    fill(row, replace(PAGE, blocks=()), position=3, view_sha256="a", thumb_sha256="b")
    assert list(packed_page(row, "案卷.pdf").blocks) == []
    assert packed_page(row, "案卷.pdf") != PAGE


def test_a_packed_page_travels_to_another_process():
    page = packed("样例")
    assert pickle.loads(pickle.dumps(page)) == page


def test_a_page_comes_back_from_the_spool():
    assert page_from_json(page_json(PAGE)) == PAGE
