"""From a path to a `CaseReading`: unpack, read every source in guarded children, split.

Needs no database. The import job calls the same steps one by one: `unpack` (casefiles.intake),
`read_pages`, `render_page`, `split`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from review.casefiles.intake import Limits, Refusal, SourceFile, unpack
from review.casefiles.media import from_json
from review.casefiles.names import readable_name
from review.documents.guard import ChildDied, ReadingPool, shared_pool
from review.documents.model import (
    CaseReading,
    FileReport,
    FileStatus,
    Page,
    PageStatus,
    Reason,
)
from review.documents.readers.base import (
    NeedsRecognition,
    PageCount,
    PastedPage,
    unread_page,
)
from review.documents.readers.office import as_docx
from review.documents.split import split
from review.errors import (
    NotReadForFacts,
    PagesNotRead,
    RecordingUnclear,
    SameContent,
    UnreadableFile,
)

_DEATHS_A_FILE = 3
VIEW_DPI = 110.0
THUMB_PIXELS = 110.0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far reading has come: pages read of those known so far, and the source in work."""

    source: str
    pages_read: int
    pages: int


ProgressCall = Callable[[Progress], None]
TakePage = Callable[[int, Page], None]
"""Takes a page with its place in its source, from 1; a place comes once, in any order."""


def read_case(
    path: Path,
    *,
    limits: Limits | None = None,
    progress: ProgressCall | None = None,
    pool: ReadingPool | None = None,
) -> CaseReading:
    """Everything that can be read of a case file: a PDF, DOCX, picture, archive or folder.

    Raises MissingFile (DOC-013) if there is nothing at `path`. Any other trouble with a file is in
    its report.
    """
    pool = pool or shared_pool(limits)
    with tempfile.TemporaryDirectory(prefix="case-review-") as spool:
        sources = unpack(path, Path(spool), pool.limits)
        reports: list[FileReport] = []
        pages: list[Page] = []
        for source in sources:
            report, own = read_source(source, pool=pool, progress=progress)
            reports.append(report)
            pages.extend(own)
    return CaseReading(
        path=readable_name(str(path)), files=tuple(reports), documents=tuple(split(pages))
    )


def read_source(
    source: SourceFile | Refusal,
    *,
    pool: ReadingPool | None = None,
    progress: ProgressCall | None = None,
) -> tuple[FileReport, list[Page]]:
    """The intake report of one source and its pages in order; no pages where it was refused."""
    pages: dict[int, Page] = {}
    report = read_pages(source, pages.__setitem__, pool=pool, progress=progress)
    if report.status is FileStatus.REFUSED:
        return report, []
    return report, [pages[place] for place in sorted(pages)]


def read_pages(
    source: SourceFile | Refusal,
    take: TakePage,
    *,
    pool: ReadingPool | None = None,
    progress: ProgressCall | None = None,
) -> FileReport:
    """The intake report of one source, whose pages are handed on as they come; none is kept.

    Pages that were handed on are void where the report says in the end that it was refused.
    """
    if isinstance(source, Refusal):
        return _refused(source.source, source.sha256, source.kind, source.error)
    if source.same_as is not None:
        return _read_already(source, source.same_as)
    at_work = pool or shared_pool()
    if source.kind == "media":
        return _recording(source, at_work)
    if source.kind in ("workbook", "other", "archive"):
        return _recorded(source)
    taken: dict[int, tuple[int | None, PageStatus]] = {}
    try:
        for place, page in _Reading(source, at_work, progress).pages():
            taken[place] = (page.number, page.status)
            take(place, page)
    except ChildDied as death:
        error = death.as_error(source.source, at_work.limits.file_seconds)
        return _refused(source.source, source.sha256, source.kind, error)
    except UnreadableFile as error:
        return _refused(source.source, source.sha256, source.kind, error)
    return _report(source, [taken[place] for place in sorted(taken)])


def render_page(
    source: SourceFile, page: Page, *, pool: ReadingPool | None = None
) -> tuple[bytes, bytes]:
    """JPEG bytes of a page, upright: the view at 110 dpi and the thumbnail of 110 pixels.

    Raises UnreadableFile where the page cannot be drawn, as for DOCX, which has no pages.
    """
    at_work = pool or shared_pool()
    sizes = (("dpi", VIEW_DPI), ("width", THUMB_PIXELS))
    seconds = at_work.limits.page_seconds
    try:
        view, thumb = at_work.run(
            "render",
            seconds=seconds,
            path=source.path,
            source=source.source,
            kind=source.kind,
            number=page.number or 1,
            turned=page.turned,
            sizes=sizes,
        )
    except ChildDied as death:
        raise death.as_error(source.source, seconds) from death
    return view, thumb


class _Reading:
    """One source being read."""

    def __init__(
        self, source: SourceFile, pool: ReadingPool, progress: ProgressCall | None
    ) -> None:
        self._source = source
        self._pool = pool
        self._progress = progress
        self._arguments: dict[str, Any] = {
            "path": source.path,
            "source": source.source,
            "limits": pool.limits,
        }
        self._count = 0
        self._done = 0

    def pages(self) -> Iterator[tuple[int, Page]]:
        """All pages by their places; those that a child died on are UNREAD.

        Raises UnreadableFile or ChildDied.
        """
        if self._source.kind == "docx":
            yield from self._docx()
        elif self._source.kind == "doc":
            with as_docx(self._source.path, self._source.source, self._pool.limits) as made:
                self._arguments["path"] = made
                yield from self._docx()
        elif self._source.kind == "image":
            yield from enumerate(self._image(), 1)
        else:
            yield from self._pdf()

    def _docx(self) -> Iterator[tuple[int, Page]]:
        seconds = self._pool.limits.file_seconds
        found = list(self._pool.run("docx", seconds=seconds, **self._arguments))
        wanted = [
            {"number": place, "part": each.part}
            for place, each in enumerate(found, 1)
            if isinstance(each, PastedPage)
        ]
        self._tell(len(found) - len(wanted), len(found))
        pasted = self._recognized("docx_picture", wanted)
        for place, each in enumerate(found, 1):
            yield (
                place,
                replace(next(pasted), number=None) if isinstance(each, PastedPage) else each,
            )

    def _image(self) -> Iterator[Page]:
        seconds = self._pool.limits.page_seconds
        (count,) = self._pool.run("image_frames", seconds=seconds, **self._arguments)
        self._tell(0, count)
        return self._recognized("image_page", [{"number": at} for at in range(1, count + 1)])

    def _pdf(self) -> Iterator[tuple[int, Page]]:
        waiting: list[NeedsRecognition] = []
        for answer in self._text_pages():
            if isinstance(answer, NeedsRecognition):
                waiting.append(answer)
            else:
                assert answer.number is not None
                self._tell(1)
                yield answer.number, answer
        wanted = [{"number": one.number, "pictures_only": one.pictures_only} for one in waiting]
        for page in self._recognized("pdf_scan", wanted):
            assert page.number is not None
            yield page.number, page

    def _text_pages(self) -> Iterator[Page | NeedsRecognition]:
        """Every page in order. A page that a child dies on is UNREAD and the next is tried.

        Raises ChildDied when that happens before the first page or too often.
        """
        seconds = self._pool.limits.page_seconds
        first, deaths = 1, 0
        while True:
            try:
                for answer in self._pool.run(
                    "pdf_text", seconds=seconds, first=first, **self._arguments
                ):
                    if isinstance(answer, PageCount):
                        self._tell(0, answer.count)
                    else:
                        first += 1
                        yield answer
            except ChildDied as death:
                deaths += 1
                if self._count == 0 or deaths > _DEATHS_A_FILE:
                    raise
                yield unread_page(
                    self._source.source, first, death.as_error(self._source.source, seconds)
                )
                first += 1
            else:
                return
            if first > self._count:
                return

    def _recognized(self, job: str, wanted: Sequence[dict[str, Any]]) -> Iterator[Page]:
        """Pages by recognition, side by side in the children of the pool, in order.

        `wanted` gives the number of each page, and what else its job takes.
        """
        if wanted:
            with ThreadPoolExecutor(max_workers=min(self._pool.size, len(wanted))) as threads:
                yield from threads.map(lambda one: self._recognize(job, one), wanted)

    def _recognize(self, job: str, wanted: dict[str, Any]) -> Page:
        seconds = self._pool.limits.page_seconds
        try:
            (page,) = self._pool.run(job, seconds=seconds, **wanted, **self._arguments)
        except ChildDied as death:
            error = death.as_error(self._source.source, seconds)
            page = unread_page(self._source.source, wanted["number"], error)
        except UnreadableFile as error:
            if self._count == 1:
                raise  # there is no other page that could be read
            page = unread_page(self._source.source, wanted["number"], error)
        self._tell(1)
        assert isinstance(page, Page)
        return page

    def _tell(self, read: int, count: int | None = None) -> None:
        self._done += read
        self._count = count if count is not None else self._count
        if self._progress is not None:
            self._progress(Progress(self._source.source, self._done, self._count))


def _report(source: SourceFile, pages: Sequence[tuple[int | None, PageStatus]]) -> FileReport:
    """The report from number and status of each page in order."""
    unread = [
        number or place
        for place, (number, status) in enumerate(pages, 1)
        if status is PageStatus.UNREAD
    ]
    numbered = [number for number, _ in pages if number is not None]
    report = FileReport(
        source.source,
        source.sha256,
        source.kind,
        len(numbered) if numbered else None,
        FileStatus.READ,
    )
    if not unread:
        return report
    numbers = [str(number) for number in unread]
    error = PagesNotRead(file=source.source, pages="、".join(numbers), pages_en=", ".join(numbers))
    return replace(report, status=FileStatus.PARTLY_READ, reason=_reason(error))


def _recording(source: SourceFile, pool: ReadingPool) -> FileReport:
    """A recording with what it says of itself; partly read where its header tells no length."""
    report = FileReport(source.source, source.sha256, source.kind, None, FileStatus.READ)
    seconds = pool.limits.page_seconds
    try:
        (kept,) = pool.run(
            "media", seconds=seconds, path=source.path, source=source.source, sha256=source.sha256
        )
    except ChildDied as death:
        error: UnreadableFile = death.as_error(source.source, seconds)
        return replace(report, status=FileStatus.PARTLY_READ, reason=_reason(error))
    media = from_json(kept)
    if media.codec and media.duration_s is not None:
        return replace(report, media=media)
    error = RecordingUnclear(file=source.source)
    return replace(report, media=media, status=FileStatus.PARTLY_READ, reason=_reason(error))


def _recorded(source: SourceFile) -> FileReport:
    """A workbook: kept and listed but not read, with the reason."""
    report = FileReport(source.source, source.sha256, source.kind, None, FileStatus.READ)
    error = NotReadForFacts(file=source.source)
    return replace(report, status=FileStatus.PARTLY_READ, reason=_reason(error))


def _read_already(source: SourceFile, first: str) -> FileReport:
    """A file whose bytes were read under another name; reading them twice would double papers."""
    report = FileReport(source.source, source.sha256, source.kind, None, FileStatus.READ)
    return replace(report, reason=_reason(SameContent(file=source.source, other=first)))


def _refused(source: str, sha256: str, kind: str, error: UnreadableFile) -> FileReport:
    return FileReport(source, sha256, kind, None, FileStatus.REFUSED, _reason(error))


def _reason(error: UnreadableFile) -> Reason:
    return Reason(error.code, error.text("zh"), error.text("en"))
