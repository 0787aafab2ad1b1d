"""What was read of one source, as the steps of a job keep it between them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from review.casefiles import media
from review.casefiles.intake import SourceFile as Source
from review.documents.guard import shared_pool
from review.documents.key_frames import key_frames
from review.documents.model import FileReport, FileStatus, Reason
from review.documents.read_case import read_pages, render_page
from review.errors import UnreadableFile
from review.services.reading.import_progress import Teller, spool, store
from review.services.reading.kept_pages import KeptReading, ReadingWriter, opened
from review.settings import settings


@dataclass(frozen=True, slots=True)
class Entry:
    """One source of a handed-in file, as the steps pass it on."""

    source: str
    sha256: str
    size: int
    kind: str
    reason: tuple[str, str, str] | None = None
    same_as: str | None = None


def plain_entry(entry: Entry) -> dict[str, Any]:
    """An entry as JSON."""
    return {
        "source": entry.source,
        "sha256": entry.sha256,
        "size": entry.size,
        "kind": entry.kind,
        "reason": list(entry.reason) if entry.reason else None,
        "same_as": entry.same_as,
    }


def entry_from(kept: dict[str, Any]) -> Entry:
    """The entry that `plain_entry` kept."""
    return Entry(**{**kept, "reason": tuple(kept["reason"]) if kept["reason"] else None})


def read_entry(job_id: str, entry: Entry, path: Path) -> KeptReading:
    """Read one source and draw its pages; what was read is kept at `path`, whole or not at all.

    Raises JobCancelled.
    """
    teller = Teller(job_id)
    part = path.with_suffix(".part")
    writer = ReadingWriter(part)
    try:
        if entry.reason is not None:
            report = FileReport(
                entry.source,
                entry.sha256,
                entry.kind,
                None,
                FileStatus.REFUSED,
                Reason(*entry.reason),
            )
        else:
            report = read_pages(_source(entry), writer.take, progress=teller.read)
        if report.status is FileStatus.REFUSED:
            writer.void()
        read = writer.so_far()
        images = _draw(entry, read, teller.drawn)
        teller.end(len(read))
        writer.close(_plain_report(_with_key_frames(entry, report)), images)
    except BaseException:
        writer.abandon()
        raise
    part.replace(path)
    return opened(path)


def _plain_report(report: FileReport) -> dict[str, Any]:
    reason = report.reason
    return {
        "kind": report.kind,
        "pages": report.pages,
        "status": str(report.status),
        "reason": [reason.code, reason.zh, reason.en] if reason else None,
        "media": media.as_json(report.media) if report.media else None,
    }


def _source(entry: Entry) -> Source:
    path = store().path(entry.sha256)
    return Source(entry.source, path, entry.sha256, entry.size, entry.kind, entry.same_as)  # type: ignore[arg-type]  # the kinds come from Source itself


def _draw(entry: Entry, read: KeptReading, drawn: Callable[[], None]) -> list[tuple[str, str]]:
    """The images of pages, kept by hash; empty names where a page cannot be drawn."""
    if not read or read.page(0).number is None:
        return [("", "")] * len(read)
    pool = shared_pool()
    source = _source(entry)

    def one(position: int) -> tuple[str, str]:
        try:
            view, thumb = render_page(source, read.page(position), pool=pool)
        except UnreadableFile:
            return "", ""
        drawn()
        return store().add(view), store().add(thumb)

    with ThreadPoolExecutor(max_workers=pool.size) as threads:
        return list(threads.map(one, range(len(read))))


def _with_key_frames(entry: Entry, report: FileReport) -> FileReport:
    """The report with the key frames of a video, kept by hash, where the site wants them."""
    record = report.media
    if record is None or record.kind != "video" or not settings().key_frames:
        return report
    taken = key_frames(store().path(entry.sha256))
    frames = tuple(media.KeyFrame(second, store().add(jpeg)) for second, jpeg in taken)
    return replace(report, media=replace(record, frames=frames))


def reading_path(job_id: str, index: int) -> Path:
    """Where a job keeps the reading of the source with that index until it is written."""
    return spool(job_id) / f"reading-{index}.jsonl"


def kept(job_id: str, index: int, entry: Entry) -> KeptReading:
    """The reading of a source of a job; read again where it is not on this machine."""
    place = reading_path(job_id, index)
    return opened(place) if place.is_file() else read_entry(job_id, entry, place)


def report_from(entry: Entry, read: KeptReading) -> FileReport:
    """The intake report of a reading."""
    report = read.report
    return FileReport(
        entry.source,
        entry.sha256,
        report["kind"],
        report["pages"],
        FileStatus(report["status"]),
        Reason(*report["reason"]) if report["reason"] else None,
        media.from_json(report["media"]) if report.get("media") else None,
    )
