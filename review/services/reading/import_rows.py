"""The rows of a file and its pages, with the words that search finds, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from sqlmodel import Session, col, select

from review.casefiles.names import free_name
from review.casefiles.tables import ImportJob, SourceFile
from review.documents.model import Page
from review.documents.reader_version import READER_VERSION
from review.documents.search_text import grams, stream
from review.documents.tables import PageRow, PageText
from review.services.reading.import_readings import Entry
from review.services.reading.kept_pages import KeptReading
from review.services.reading.page_rows import fill, page_from

PAGES_AT_ONCE = 200
"""So many rows of pages are held while a file is written."""


def write_source(session: Session, job: ImportJob, entry: Entry, read: KeptReading) -> None:
    """The file's row and its pages; what the case holds already is left as it is."""
    assert job.case_id is not None
    own = session.exec(select(SourceFile).where(SourceFile.case_id == job.case_id)).all()
    same = [row for row in own if row.sha256 == entry.sha256 and entry.sha256]
    if any(
        row.upload_sha256 != job.sha256 and row.reader_version == READER_VERSION for row in same
    ):
        return
    is_alone = entry.sha256 == job.sha256  # no member of an archive: its bytes are all that counts
    row = next((each for each in same if is_alone or _is_named(each.source, entry.source)), None)
    if row is None and not entry.sha256:
        row = next((each for each in own if each.source == entry.source), None)
    if row is None:
        name = free_name(entry.source, {each.source for each in own})
        row = SourceFile(case_id=job.case_id, source=name, sha256=entry.sha256)
    row.upload_sha256 = job.sha256
    row.size = entry.size
    write_reading(session, row, read)


def _is_named(kept: str, given: str) -> bool:
    """Whether a file's row was made for that name, or for it with a number behind."""
    stem = Path(given).with_suffix("")
    return kept == given or kept.startswith(f"{stem} (")


def write_reading(session: Session, row: SourceFile, read: KeptReading) -> None:
    """Set a file's row, its pages and their words to what the reader of this version read."""
    report = read.report
    reason = report["reason"] or ("", "", "")
    row.kind = report["kind"]
    row.pages = report["pages"]
    row.status = report["status"]
    row.reason_code, row.reason_zh, row.reason_en = reason
    row.reader_version = READER_VERSION
    row.media = report.get("media")
    session.add(row)
    session.flush()
    for first, pages in enumerate(_by_lots(read)):
        _write_pages(session, row, first * PAGES_AT_ONCE, pages, read.images)


def _by_lots(read: KeptReading) -> Iterator[list[Page]]:
    """The pages of a reading, so many at a time."""
    pages = read.pages()
    while lot := list(islice(pages, PAGES_AT_ONCE)):
        yield lot


def _write_pages(
    session: Session,
    source: SourceFile,
    first: int,
    pages: list[Page],
    images: Sequence[tuple[str, str]],
) -> None:
    """Set the rows of pages that begin at position `first`; once flushed, nothing holds them."""
    assert source.id is not None
    rows = {
        row.position: row
        for row in session.exec(
            select(PageRow).where(
                PageRow.source_file_id == source.id,
                col(PageRow.position).between(first, first + len(pages) - 1),
            )
        )
    }
    written: list[PageRow] = []
    for position, page in enumerate(pages, first):
        view, thumb = images[position]
        row = rows.get(position) or PageRow(source_file_id=source.id, position=position)
        fill(row, page, position=position, view_sha256=view, thumb_sha256=thumb)
        session.add(row)
        written.append(row)
    session.flush()
    write_words(session, source, written)


def write_words(session: Session, source: SourceFile, pages: list[PageRow]) -> None:
    """The words of pages for search, in the transaction that writes the pages."""
    ids = [row.id for row in pages]
    kept = {
        each.page_id: each
        for each in session.exec(select(PageText).where(col(PageText.page_id).in_(ids)))
    }
    for row in pages:
        assert row.id is not None
        text = kept.get(row.id) or PageText(page_id=row.id, case_id=source.case_id)
        text.plain = stream(page_from(row, source.source).lines)
        text.grams = " ".join(sorted(grams(text.plain)))
        session.add(text)
    session.flush()
