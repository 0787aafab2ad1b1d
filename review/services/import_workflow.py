"""The durable workflow that takes one handed-in file into a case.

Every step may run again after a kill, so every effect is named by content: files go into the store
by hash, what was read of a source into a spool file that is renamed into place, and rows by keyed
writes in one transaction. Progress is told in the job's row.
"""

from __future__ import annotations

import json
import logging
import secrets
import shutil
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dbos import DBOS
from sqlalchemy import Engine
from sqlmodel import Session, select

from review.casefiles import media
from review.casefiles.case_key import case_key
from review.casefiles.intake import Refusal, unpack
from review.casefiles.intake import SourceFile as Source
from review.casefiles.names import free_name
from review.casefiles.tables import Case, ImportJob, ImportStage, ImportState, SourceFile
from review.common.clock import now
from review.common.store import Store
from review.db import audit
from review.db.rows import found
from review.db.session import engine_for, transaction
from review.documents.guard import shared_pool
from review.documents.model import FileReport, FileStatus, Page, Reason
from review.documents.read_case import Progress, read_source, render_page
from review.documents.tables import PageRow
from review.errors import (
    CaseNotKnown,
    ReviewError,
    Unexpected,
    UnreadableFile,
)
from review.services.case_reading import (
    analyse_case,
    read_facts,
    sources_of,
)
from review.services.page_rows import fill, page_from_json, page_json
from review.settings import settings

READER_VERSION = "1"
"""Counts up when the same bytes would be read differently, so that they may be taken in again."""

TELL_SECONDS = 0.3

_log = logging.getLogger(__name__)


def _database() -> Engine:
    return engine_for(settings().url)


def _store() -> Store:
    return Store(settings().store)


def _spool(job_id: str) -> Path:
    return settings().home.absolute() / "spool" / job_id


@dataclass(frozen=True, slots=True)
class Entry:
    """One source of a handed-in file, as the steps pass it on."""

    source: str
    sha256: str
    size: int
    kind: str
    reason: tuple[str, str, str] | None = None
    same_as: str | None = None


@DBOS.workflow(name="import_file")
def import_file(job_id: str) -> None:
    """Take one handed-in file in; the job's row says how it ended, whatever happens."""
    try:
        entries = take_in(job_id)
        for index in range(len(entries)):
            read_one(job_id, index, entries[index])
        case_id = write_rows(job_id, entries)
        if case_id is not None:
            check_case(job_id, case_id)
        finish(job_id, entries, case_id)
    except ReviewError as error:
        refuse(job_id, error.code, error.text("zh"), error.text("en"))
    except Exception as error:  # noqa: BLE001 - the outermost border of a job: logged by number
        unexpected = Unexpected(reference=secrets.token_hex(4))
        _log.error("import failed, %s", unexpected, exc_info=error)
        refuse(job_id, unexpected.code, unexpected.text("zh"), unexpected.text("en"))


def _job(session: Session, job_id: str) -> ImportJob:
    return found(session, ImportJob, job_id, "导入任务", "import job")


def _tell(job_id: str, **values: Any) -> None:
    with transaction(_database()) as session:
        job = _job(session, job_id)
        for name, value in values.items():
            setattr(job, name, value)
        session.add(job)


@DBOS.step()
def take_in(job_id: str) -> list[dict[str, Any]]:
    """Unpack the original and keep every source by its hash."""
    _tell(job_id, state=ImportState.RUNNING, stage=ImportStage.UNPACKING)
    with transaction(_database()) as session:
        job = _job(session, job_id)
        name, sha256 = job.name, job.sha256
    spool = _spool(job_id)
    shutil.rmtree(spool, ignore_errors=True)
    (spool / "original").mkdir(parents=True)
    (spool / "members").mkdir()
    original = spool / "original" / Path(name).name
    shutil.copyfile(_store().path(sha256), original)
    entries = []
    for found_source in unpack(original, spool / "members", shared_pool().limits):
        if isinstance(found_source, Refusal):
            error = found_source.error
            reason = (error.code, error.text("zh"), error.text("en"))
            entry = Entry(found_source.source, found_source.sha256, 0, found_source.kind, reason)
        else:
            _store().add_file(found_source.path)
            entry = Entry(
                found_source.source,
                found_source.sha256,
                found_source.size,
                found_source.kind,
                same_as=found_source.same_as,
            )
        entries.append(_plain(entry))
    shutil.rmtree(spool / "members", ignore_errors=True)
    shutil.rmtree(spool / "original", ignore_errors=True)
    _tell(job_id, stage=ImportStage.READING, pages_done=0, pages_total=0)
    return entries


def _plain(entry: Entry) -> dict[str, Any]:
    return {
        "source": entry.source,
        "sha256": entry.sha256,
        "size": entry.size,
        "kind": entry.kind,
        "reason": list(entry.reason) if entry.reason else None,
        "same_as": entry.same_as,
    }


def _entry(kept: dict[str, Any]) -> Entry:
    return Entry(**{**kept, "reason": tuple(kept["reason"]) if kept["reason"] else None})


class _Teller:
    """Tells the pages that were done, a few times a second at most; safe in several threads."""

    def __init__(self, job_id: str) -> None:
        self._job_id = job_id
        self._lock = threading.Lock()
        self._told_at = 0.0
        with transaction(_database()) as session:
            job = _job(session, job_id)
            self._done, self._total = job.pages_done, job.pages_total
        self._read = 0
        self._drawn = 0
        self._pages = 0

    def read(self, progress: Progress) -> None:
        """The reader's own progress; a page counts half when it was read."""
        with self._lock:
            self._read, self._pages = progress.pages_read, max(progress.pages, self._pages)
        self._tell()

    def drawn(self) -> None:
        """One more page was drawn, which is its second half."""
        with self._lock:
            self._drawn += 1
        self._tell()

    def end(self, pages: int) -> None:
        """The source is done with so many pages."""
        _tell(self._job_id, pages_done=self._done + pages, pages_total=self._total + pages)

    def _tell(self) -> None:
        with self._lock:
            if time.monotonic() - self._told_at < TELL_SECONDS:
                return
            self._told_at = time.monotonic()
            done = self._done + (self._read + self._drawn) // 2
            total = self._total + self._pages
        _tell(self._job_id, pages_done=done, pages_total=total)


@DBOS.step()
def read_one(job_id: str, index: int, kept: dict[str, Any]) -> int:
    """Read one source and draw its pages; returns the number of pages. Keeps them in the spool."""
    return _read_one(job_id, index, kept)


def _read_one(job_id: str, index: int, kept: dict[str, Any]) -> int:
    entry = _entry(kept)
    teller = _Teller(job_id)
    if entry.reason is not None:
        report = FileReport(
            entry.source, entry.sha256, entry.kind, None, FileStatus.REFUSED, Reason(*entry.reason)
        )
        pages: list[Page] = []
    else:
        report, pages = read_source(_source(entry), progress=teller.read)
    images = _draw(entry, pages, teller.drawn)
    _keep_reading(job_id, index, report, pages, images)
    teller.end(len(pages))
    return len(pages)


def _source(entry: Entry) -> Source:
    path = _store().path(entry.sha256)
    return Source(entry.source, path, entry.sha256, entry.size, entry.kind, entry.same_as)  # type: ignore[arg-type]  # the kinds come from Source itself


def _draw(entry: Entry, pages: list[Page], drawn: Callable[[], None]) -> list[tuple[str, str]]:
    """The images of pages, kept by hash; empty names where a page cannot be drawn."""
    if not pages or pages[0].number is None:
        return [("", "")] * len(pages)
    pool = shared_pool()
    source = _source(entry)

    def one(page: Page) -> tuple[str, str]:
        try:
            view, thumb = render_page(source, page, pool=pool)
        except UnreadableFile:
            return "", ""
        drawn()
        return _store().add(view), _store().add(thumb)

    with ThreadPoolExecutor(max_workers=pool.size) as threads:
        return list(threads.map(one, pages))


def _keep_reading(
    job_id: str,
    index: int,
    report: FileReport,
    pages: list[Page],
    images: list[tuple[str, str]],
) -> None:
    content = {
        "report": {
            "kind": report.kind,
            "pages": report.pages,
            "status": str(report.status),
            "reason": [report.reason.code, report.reason.zh, report.reason.en]
            if report.reason
            else None,
            "media": media.as_json(report.media) if report.media else None,
        },
        "pages": [page_json(page) for page in pages],
        "images": [list(each) for each in images],
    }
    place = _spool(job_id) / f"reading-{index}.json"
    place.parent.mkdir(parents=True, exist_ok=True)
    written = place.with_suffix(".part")
    written.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    written.replace(place)


def _kept_reading(job_id: str, index: int, kept: dict[str, Any]) -> dict[str, Any]:
    """What `read_one` kept; read again where the spool was cleared since."""
    place = _spool(job_id) / f"reading-{index}.json"
    if not place.is_file():
        _read_one(job_id, index, kept)
    content: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
    return content


@DBOS.step()
def write_rows(job_id: str, entries: list[dict[str, Any]]) -> int | None:
    """Write the rows of files and pages in one transaction; returns the case's id.

    None where the case is not known: nothing is written then.
    """
    _tell(job_id, stage=ImportStage.WRITING)
    readings = [_kept_reading(job_id, index, kept) for index, kept in enumerate(entries)]
    with transaction(_database()) as session:
        job = _job(session, job_id)
        name, case_id = job.name, job.case_id
    number = "" if case_id is not None else _case_no_of(entries, readings, name)
    with transaction(_database()) as session:
        job = _job(session, job_id)
        if job.case_id is None:
            job.case_id = _case_of(session, number)
            job.case_no = number
        if job.case_id is None:
            session.add(job)
            return None
        session.add(job)
        for kept, content in zip(entries, readings, strict=True):
            _write_source(session, job, _entry(kept), content)
        session.flush()
        for sequence, row in enumerate(sources_of(session, job.case_id)):
            row.sequence = sequence
            session.add(row)
        audit.record(
            session,
            f"user:{job.handed_in_by}" if job.handed_in_by else "console:regulations",
            "import.write",
            "case",
            job.case_id,
            job=job_id,
            upload=job.sha256,
            files=[[kept["source"], kept["sha256"]] for kept in entries],
        )
        return job.case_id


def _case_no_of(entries: list[dict[str, Any]], readings: list[dict[str, Any]], name: str) -> str:
    reports = [
        _report_from(_entry(kept), content) for kept, content in zip(entries, readings, strict=True)
    ]
    pages = [page_from_json(page) for content in readings for page in content["pages"]]
    _, facts = read_facts(reports, pages, name)
    number = facts.get("case_no")
    return str(number.value) if number is not None else ""


def _report_from(entry: Entry, content: dict[str, Any]) -> FileReport:
    report = content["report"]
    return FileReport(
        entry.source,
        entry.sha256,
        report["kind"],
        report["pages"],
        FileStatus(report["status"]),
        Reason(*report["reason"]) if report["reason"] else None,
        media.from_json(report["media"]) if report.get("media") else None,
    )


def _case_of(session: Session, number: str) -> int | None:
    key = case_key(number)
    return session.exec(select(Case.id).where(Case.case_key == key)).first() if key else None


def _write_source(session: Session, job: ImportJob, entry: Entry, content: dict[str, Any]) -> None:
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
    report = content["report"]
    reason = report["reason"] or ("", "", "")
    row.upload_sha256 = job.sha256
    row.size = entry.size
    row.kind = report["kind"]
    row.pages = report["pages"]
    row.status = report["status"]
    row.reason_code, row.reason_zh, row.reason_en = reason
    row.reader_version = READER_VERSION
    row.media = report.get("media")
    session.add(row)
    session.flush()
    _write_pages(session, row, content)


def _is_named(kept: str, given: str) -> bool:
    """Whether a file's row was made for that name, or for it with a number behind."""
    stem = Path(given).with_suffix("")
    return kept == given or kept.startswith(f"{stem} (")


def _write_pages(session: Session, source: SourceFile, content: dict[str, Any]) -> None:
    rows = {
        row.position: row
        for row in session.exec(select(PageRow).where(PageRow.source_file_id == source.id))
    }
    for position, (page, (view, thumb)) in enumerate(
        zip(content["pages"], content["images"], strict=True)
    ):
        assert source.id is not None
        row = rows.get(position) or PageRow(source_file_id=source.id, position=position)
        fill(
            row,
            page_from_json(page),
            position=position,
            view_sha256=view,
            thumb_sha256=thumb,
        )
        session.add(row)


@DBOS.step()
def check_case(job_id: str, case_id: int) -> None:
    """Split, extract and check the whole case anew."""
    _tell(job_id, stage=ImportStage.CHECKING)
    analyse_case(_database(), case_id)


@DBOS.step()
def finish(job_id: str, entries: list[dict[str, Any]], case_id: int | None) -> None:
    """Say how the job ended: done, partly with the first reason, or refused."""
    reports = [
        _report_from(_entry(kept), _kept_reading(job_id, index, kept))
        for index, kept in enumerate(entries)
    ]
    with transaction(_database()) as session:
        job = _job(session, job_id)
        open_ones = [report for report in reports if report.status != FileStatus.READ]
        refused = [report for report in reports if report.status == FileStatus.REFUSED]
        if case_id is None and len(refused) < len(reports):
            error = CaseNotKnown(
                file=job.name, case_no=job.case_no or "无", case_no_en=job.case_no or "none"
            )
            _settle(job, ImportState.PARTLY, error.code, error.text("zh"), error.text("en"))
        elif reports and len(refused) == len(reports):
            _settle(job, ImportState.REFUSED, *_words(refused))
        elif open_ones:
            _settle(job, ImportState.PARTLY, *_words(open_ones))
        else:
            _settle(job, ImportState.DONE, "", "", "")
        session.add(job)
    shutil.rmtree(_spool(job_id), ignore_errors=True)


def _words(reports: list[FileReport]) -> tuple[str, str, str]:
    """The reasons of up to five files, and how many more there are."""
    reasons = [report.reason for report in reports if report.reason is not None]
    more = len(reasons) - 5
    zh = "；".join(reason.zh for reason in reasons[:5]) + (f"；另有 {more} 件" if more > 0 else "")
    en = "; ".join(reason.en for reason in reasons[:5]) + (f"; {more} more" if more > 0 else "")
    return (reasons[0].code if reasons else "", zh, en)


def _settle(job: ImportJob, state: ImportState, code: str, zh: str, en: str) -> None:
    job.state = state
    job.stage = ""
    job.reason_code, job.reason_zh, job.reason_en = code, zh, en
    job.finished_at = now()


@DBOS.step()
def refuse(job_id: str, code: str, zh: str, en: str) -> None:
    """End the job with an error; what was taken in before stays as it was."""
    with transaction(_database()) as session:
        job = _job(session, job_id)
        _settle(job, ImportState.REFUSED, code, zh, en)
        session.add(job)
    shutil.rmtree(_spool(job_id), ignore_errors=True)
