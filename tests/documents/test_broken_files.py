"""Broken and very long files: every file has a state, and a long one is read page by page."""

from __future__ import annotations

import io
import random
import zlib
from pathlib import Path

import docx
import pikepdf
import pypdfium2 as pdfium
import pytest

from review.bench.mutate import mutated, mutated_members
from review.bench.robust import long_pdf
from review.casefiles.intake import Limits
from review.documents.guard import ReadingPool
from review.documents.model import FileStatus, Page, PageStatus
from review.documents.read_case import read_case
from review.documents.readers.base import NeedsRecognition, PageCount
from review.documents.readers.pdf import read_text_pages
from review.errors import DamagedFile

WORDS = b"BT /F1 12 Tf 72 700 Td (Sample decision 2024-03-01) Tj 0 -20 Td (Second line here) Tj ET"


def text_pdf(pages: int) -> bytes:
    """A PDF of pages that each say the same two lines, with a ruled box."""
    out = io.BytesIO()
    with pikepdf.new() as made:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        for _ in range(pages):
            page = made.add_blank_page(page_size=(595, 842))
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            page.Contents = made.make_stream(b"60 640 m 400 640 l S\n" + WORDS)
        made.save(out)
    return out.getvalue()


def paper() -> bytes:
    out = io.BytesIO()
    document = docx.Document()
    document.add_heading("行政处罚决定书", 0)
    document.add_paragraph("样例：当事人样例甲。")
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "案号"
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("seed", range(12))
def test_the_same_seed_breaks_the_same_bytes(seed: int) -> None:
    whole = text_pdf(2)
    assert mutated(whole, random.Random(seed)) == mutated(whole, random.Random(seed))


def test_every_broken_file_has_a_state_and_where_it_was_not_read_a_reason(tmp_path: Path) -> None:
    rng = random.Random(20240301)
    pdf, word = text_pdf(3), paper()
    pool = ReadingPool(Limits(page_seconds=60.0, file_seconds=60.0), 1)
    try:
        for place in range(60):
            kind = "pdf" if place % 3 else "docx"
            path = tmp_path / f"{place}.{kind}"
            if kind == "pdf":
                path.write_bytes(mutated(pdf, rng))
            else:
                broken = mutated_members(word, rng) if place % 2 else mutated(word, rng)
                path.write_bytes(broken)
            (report,) = read_case(path, pool=pool).files
            assert report.source == path.name
            assert (report.status is FileStatus.READ) or report.reason is not None
            assert report.status is FileStatus.REFUSED or (kind == "docx") or report.pages
        whole = tmp_path / "好.pdf"
        whole.write_bytes(pdf)
        (report,) = read_case(whole, pool=pool).files
        assert report.status is FileStatus.READ
    finally:
        pool.close()


def test_of_a_long_file_one_page_at_a_time_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = tmp_path / "short.pdf"
    short.write_bytes(text_pdf(3))
    path = tmp_path / "long.pdf"
    long_pdf([short], 450, path)
    is_open = {"pages": 0, "most": 0}
    opened, closed = pdfium.PdfDocument.get_page, pdfium.PdfPage.close

    def get_page(self: pdfium.PdfDocument, index: int) -> pdfium.PdfPage:
        is_open["pages"] += 1
        is_open["most"] = max(is_open["most"], is_open["pages"])
        return opened(self, index)

    def close(self: pdfium.PdfPage) -> None:
        is_open["pages"] -= 1
        closed(self)

    monkeypatch.setattr(pdfium.PdfDocument, "get_page", get_page)
    monkeypatch.setattr(pdfium.PdfPage, "close", close)
    answers = read_text_pages(path, path.name, Limits(), 1)
    assert next(answers) == PageCount(450)
    numbers = []
    for page in answers:
        assert isinstance(page, Page)
        assert is_open["pages"] == 0
        assert page.lines[0].text == "Sample decision 2024-03-01"
        numbers.append(page.number)
    assert numbers == list(range(1, 451))
    assert is_open["most"] == 1


def test_a_page_whose_letters_are_drawn_as_shapes_is_not_blank(tmp_path: Path) -> None:
    path = tmp_path / "outlines.pdf"
    with pikepdf.new() as made:
        page = made.add_blank_page(page_size=(595, 842))
        letters = b"".join(
            b"%d 700 m %d 712 l %d 700 l f\n" % (x, x + 5, x + 9) for x in range(72, 400, 12)
        )
        page.Contents = made.make_stream(letters)
        made.add_blank_page(page_size=(595, 842))
        made.save(path)
    _, drawn, empty = read_text_pages(path, path.name, Limits(), 1)
    assert drawn == NeedsRecognition(1)
    assert isinstance(empty, Page)
    assert empty.status is PageStatus.BLANK


def pages_drawn_by(contents: list[bytes], path: Path, *, compressed: bool) -> None:
    """A sound PDF whose pages have these contents, byte for byte."""
    with pikepdf.new() as made:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        for content in contents:
            page = made.add_blank_page(page_size=(595, 842))
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            stream = made.make_stream(content)
            if compressed:
                stream.write(content, filter=pikepdf.Name.FlateDecode)
            page.Contents = stream
        made.save(path, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def statuses(path: Path) -> list[PageStatus]:
    return [
        each.status
        for each in read_text_pages(path, path.name, Limits(), 1)
        if isinstance(each, Page)
    ]


def test_a_page_whose_content_is_broken_is_unread_and_no_blank(tmp_path: Path) -> None:
    path = tmp_path / "样例.pdf"
    pages_drawn_by([zlib.compress(WORDS), b"\x00\x01 no zlib data"], path, compressed=True)
    assert statuses(path) == [PageStatus.READ, PageStatus.UNREAD]


@pytest.mark.parametrize(
    "content", [b"", b" \n", b"q Q", b"1 0 0 1 0 0 cm BT /F1 12 Tf () Tj ET", b"/Artifact BMC EMC"]
)
def test_a_page_that_draws_nothing_is_blank(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "样例.pdf"
    pages_drawn_by([WORDS, content], path, compressed=False)
    assert statuses(path) == [PageStatus.READ, PageStatus.BLANK]


def test_a_page_whose_scan_is_missing_is_unread(tmp_path: Path) -> None:
    path = tmp_path / "样例.pdf"
    pages_drawn_by([WORDS, b"q 595 0 0 842 0 0 cm /Im1 Do Q"], path, compressed=False)
    assert statuses(path) == [PageStatus.READ, PageStatus.UNREAD]
    (unread,) = [
        each for each in read_text_pages(path, path.name, Limits(), 2) if isinstance(each, Page)
    ]
    assert "第 2 页" in str(unread.note)


def test_a_file_of_one_page_with_a_broken_content_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "样例.pdf"
    pages_drawn_by([b"\x00\x01 no zlib data"], path, compressed=True)
    with pytest.raises(DamagedFile):
        statuses(path)
