"""What was read of one source, as the steps of a job keep it between them."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from review.casefiles import media
from review.casefiles.intake import SourceFile as Source
from review.documents.guard import shared_pool
from review.documents.model import FileReport, FileStatus, Page, Reason
from review.documents.read_case import read_source, render_page
from review.errors import UnreadableFile
from review.services.reading.import_progress import Teller, spool, store
from review.services.reading.page_rows import page_from_json, page_json

Content = dict[str, Any]
"""A reading as JSON: `report`, `pages`, and `images` (view and thumbnail hash of each page)."""


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


def read_entry(job_id: str, entry: Entry) -> Content:
    """Read one source and draw its pages. Raises JobCancelled."""
    teller = Teller(job_id)
    if entry.reason is not None:
        report = FileReport(
            entry.source, entry.sha256, entry.kind, None, FileStatus.REFUSED, Reason(*entry.reason)
        )
        pages: list[Page] = []
    else:
        report, pages = read_source(_source(entry), progress=teller.read)
    images = _draw(entry, pages, teller.drawn)
    teller.end(len(pages))
    return {
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


def _source(entry: Entry) -> Source:
    path = store().path(entry.sha256)
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
        return store().add(view), store().add(thumb)

    with ThreadPoolExecutor(max_workers=pool.size) as threads:
        return list(threads.map(one, pages))


def keep(job_id: str, index: int, content: Content) -> None:
    """Keep the reading of the source with that index in the job's spool, whole or not at all."""
    place = spool(job_id) / f"reading-{index}.json"
    place.parent.mkdir(parents=True, exist_ok=True)
    written = place.with_suffix(".part")
    written.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    written.replace(place)


def kept(job_id: str, index: int, entry: Entry) -> Content:
    """What `keep` kept; read again where it is not on this machine."""
    place = spool(job_id) / f"reading-{index}.json"
    if not place.is_file():
        keep(job_id, index, read_entry(job_id, entry))
    content: Content = json.loads(place.read_text(encoding="utf-8"))
    return content


def report_from(entry: Entry, content: Content) -> FileReport:
    """The intake report of a reading."""
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


def pages_from(content: Content) -> list[Page]:
    """The pages of a reading."""
    return [page_from_json(page) for page in content["pages"]]
