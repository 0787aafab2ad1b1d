"""Pages between reading and the database: kept in a file, in order, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from review.documents.model import Block, Box, Line, Page, PageStatus
from review.services.reading.kept_pages import ReadingWriter, opened

REPORT = {"kind": "pdf", "pages": 3, "status": "read", "reason": None, "media": None}


def page(number: int) -> Page:
    line = Line(f"样例第{number}页\n换行", Box(1.0, 2.0, 30.0, 4.0), 0.95, "ocr")
    return Page("案卷.pdf", number, 595.0, 842.0, (Block((line,)),), status=PageStatus.READ)


def test_pages_come_back_in_order_however_they_were_written(tmp_path: Path) -> None:
    writer = ReadingWriter(tmp_path / "reading.jsonl")
    for place in (2, 3, 1):
        writer.take(place, page(place))
    so_far = writer.so_far()
    assert [each.number for each in so_far.pages()] == [1, 2, 3]
    writer.close(REPORT, [("a", "b"), ("c", "d"), ("", "")])
    read = opened(tmp_path / "reading.jsonl")
    assert list(read.pages()) == [page(1), page(2), page(3)]
    assert [read.page(position) for position in range(len(read))] == list(read.pages())
    assert (read.report, read.images[1]) == (REPORT, ("c", "d"))


def test_the_pages_of_a_refused_file_are_void(tmp_path: Path) -> None:
    writer = ReadingWriter(tmp_path / "spool" / "reading.jsonl")
    writer.take(1, page(1))
    writer.void()
    writer.close(REPORT, [])
    read = opened(tmp_path / "spool" / "reading.jsonl")
    assert (len(read), list(read.pages())) == (0, [])


def test_the_same_pages_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "other"):
        writer = ReadingWriter(tmp_path / name)
        writer.take(1, page(1))
        writer.close(REPORT, [("a", "b")])
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_a_file_that_was_not_made_whole_is_not_taken_for_a_reading(tmp_path: Path) -> None:
    writer = ReadingWriter(tmp_path / "reading.part")
    writer.take(1, page(1))
    writer.abandon()
    with pytest.raises(KeyError):
        opened(tmp_path / "reading.part")
