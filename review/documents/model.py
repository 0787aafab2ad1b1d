"""What reading a case file gives: files, pages, lines, table cells, marks, documents.

Coordinates everywhere: PDF points (1/72 inch), origin at the top-left of the upright page. DOCX has
no pages: it comes as pieces, cut where papers begin, with number None and lines without a box.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple

from review.casefiles.media import MediaRecord


class Box(NamedTuple):
    """left, top, right, bottom in points from the top-left of the upright page."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: Box) -> bool:
        """Whether the two boxes have a part in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def union(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


Origin = Literal["text-layer", "ocr", "docx"]


class _Advances(dict[str, float]):
    """The advance width of every character met so far, in widths of a Chinese one."""

    def __missing__(self, character: str) -> float:
        """Look a new character up and keep it."""
        width = 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.52
        self[character] = width
        return width


_ADVANCES = _Advances()
_DOUBTFUL_LINE = 0.6  # confidence below which a line may say something else, or more


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text as it stands on the page, left to right.

    `confidence` is 0..1 and 1.0 for a text layer and DOCX; `box` is None for DOCX only.
    """

    text: str
    box: Box | None
    confidence: float
    origin: Origin

    def part(self, start: int, end: int) -> Box | None:
        """The box of the characters [start, end), by the advance widths of the characters."""
        if self.box is None:
            return None
        advances = _ADVANCES.__getitem__
        total = sum(map(advances, self.text)) or 1.0
        scale = (self.box.right - self.box.left) / total
        left = self.box.left + scale * sum(map(advances, self.text[:start]))
        right = self.box.left + scale * sum(map(advances, self.text[:end]))
        return Box(left, self.box.top, max(right, left), self.box.bottom)


@dataclass(frozen=True, slots=True)
class CellPlace:
    """Where a cell stands: table on the page, row and column (from 0), and how far it spans."""

    table: int
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together: one paragraph (wrapped lines joined) or one table cell."""

    lines: tuple[Line, ...]
    cell: CellPlace | None = None

    @property
    def text(self) -> str:
        """The lines joined without a separator, as Chinese text wraps."""
        if len(self.lines) == 1:
            return self.lines[0].text
        return "".join(line.text for line in self.lines)

    def spans(self, start: int, end: int) -> list[tuple[Line, int, int]]:
        """The lines that hold the characters [start, end) of `text`, each with its own range."""
        if len(self.lines) == 1:
            line = self.lines[0]
            low, high = max(start, 0), min(end, len(line.text))
            return [(line, low, high)] if low < high else []
        found: list[tuple[Line, int, int]] = []
        offset = 0
        for line in self.lines:
            low, high = max(start - offset, 0), min(end - offset, len(line.text))
            if low < high:
                found.append((line, low, high))
            offset += len(line.text)
        return found


class MarkKind(StrEnum):
    """What is on a page beside text."""

    SEAL = "seal"
    SIGNATURE = "signature"
    IMAGE = "image"
    UNREAD = "unread"  # ink that may be writing and was read as nothing


@dataclass(frozen=True, slots=True)
class Mark:
    """Something beside text and where it is; whose seal or hand it is, is not claimed here."""

    kind: MarkKind
    box: Box | None
    confidence: float

    def covers(self, box: Box | None) -> bool:
        """Whether the middle of a box lies in it; never where one of the two has no place."""
        if self.box is None or box is None:
            return False
        x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        return self.box.left <= x <= self.box.right and self.box.top <= y <= self.box.bottom


class PageStatus(StrEnum):
    """How far a page was read."""

    READ = "read"
    BLANK = "blank"
    UNCLEAR = "unclear"  # read, but with low confidence in a part of it that has text
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a source, upright. `number` counts from 1 within the source; None for DOCX.

    `blocks` are in reading order; their lines are all lines of the page, each once.
    `width` and `height` in points; `turned` is the clockwise turn in degrees that made it upright,
    beyond what the file's own page rotation says.
    `printed_number` is the page number printed on the paper, if one was recognised.
    `heading` is a line near the top of a DOCX piece that is set like a title, which its lines,
    having no boxes, cannot show; None elsewhere.
    """

    source: str
    number: int | None
    width: float
    height: float
    blocks: Sequence[Block]
    marks: tuple[Mark, ...] = ()
    status: PageStatus = PageStatus.READ
    note: str | None = None
    turned: int = 0
    printed_number: int | None = None
    heading: str | None = None

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines in reading order."""
        return tuple(line for block in self.blocks for line in block.lines)

    @property
    def is_recognized(self) -> bool:
        """Whether words of it came from recognition."""
        return any(line.origin == "ocr" for line in self.lines)

    @property
    def doubtful_places(self) -> tuple[Box, ...]:
        """Where something is written that was read as nothing or with doubt, in points.

        Hands beside the words that ask for a signature are left aside, and single characters within
        a photograph, which are its texture. None on a text layer.
        """
        hands = [mark for mark in self.marks if mark.kind is MarkKind.SIGNATURE]
        pictures = [mark for mark in self.marks if mark.kind is MarkKind.IMAGE]
        marked = [mark.box for mark in self.marks if mark.kind is MarkKind.UNREAD]
        doubted = [
            line.box
            for line in self.lines
            if line.origin == "ocr"
            and line.confidence < _DOUBTFUL_LINE
            and not any(hand.covers(line.box) for hand in hands)
            and not (len(line.text.strip()) < 2 and any(one.covers(line.box) for one in pictures))
        ]
        return tuple(box for box in (*marked, *doubted) if box is not None)

    @property
    def is_legible(self) -> bool:
        """Whether no writing on it stayed unread or doubtful: its lines are all there is."""
        return not self.doubtful_places

    @property
    def text(self) -> str:
        """All blocks, one a line."""
        return "\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Document:
    """One paper of the case file.

    `kind` is a name of `documents.kinds`; `title` the paper's own title. `source` is the path
    within what was loaded. `pages` holds the pages in order, never shared with another document;
    pictures of single pages may bring pages of further sources (`Page.source` tells).
    `confidence` (0..1) and `reason` say how sure the splitting is and why.
    """

    kind: str
    title: str
    source: str
    pages: tuple[Page, ...]
    confidence: float
    reason: str

    @property
    def page_range(self) -> tuple[int, int] | None:
        """First and last page within `source`; None for DOCX."""
        own = [page for page in self.pages if page.source == self.source]
        numbers = [page.number for page in own if page.number is not None]
        return (numbers[0], numbers[-1]) if numbers else None

    @property
    def is_recognized(self) -> bool:
        """Whether words of it came from recognition."""
        return any(page.is_recognized for page in self.pages)

    @property
    def is_legible(self) -> bool:
        """Whether on none of its pages writing stayed unread or doubtful."""
        return all(page.is_legible for page in self.pages)

    @property
    def is_clear(self) -> bool:
        """Whether every page was read with confidence and the kind is sure (0.6 and above)."""
        return self.confidence >= 0.6 and all(
            page.status in (PageStatus.READ, PageStatus.BLANK) for page in self.pages
        )


class FileStatus(StrEnum):
    """Outcome of reading one source file, in the words of the published interface."""

    READ = "read"
    PARTLY_READ = "partly read"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a file was not read in full: an error code with the sentence in both languages."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class FileReport:
    """The intake report of one source file.

    `kind` is pdf, docx, image, archive, media, workbook or other; `pages` None where there are
    none. `sha256` is of the bytes as they came. `media` is what a recording says of itself; None
    for everything else and for a recording that could not be looked into.
    """

    source: str
    sha256: str
    kind: str
    pages: int | None
    status: FileStatus
    reason: Reason | None = None
    media: MediaRecord | None = None


@dataclass(frozen=True, slots=True)
class CaseReading:
    """Everything that was read of one case file: the files' reports and the documents in order."""

    path: str
    files: tuple[FileReport, ...]
    documents: tuple[Document, ...]

    @property
    def media(self) -> tuple[MediaRecord, ...]:
        """The recordings that came with the case file, in the order of the files."""
        return tuple(file.media for file in self.files if file.media is not None)
