"""Pages as rows and back: the text blocks and marks of a page as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from review.documents.model import (
    Block,
    Box,
    CellPlace,
    Mark,
    MarkKind,
    Page,
    PageStatus,
)
from review.documents.tables import PageRow
from review.services.reading.kept_blocks import KeptBlocks, blocks_from


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of text on a page; `box` in points, None for DOCX."""

    text: str
    box: tuple[float, float, float, float] | None
    confidence: float


def _box(box: Box | None) -> list[float] | None:
    return None if box is None else [round(side, 2) for side in box]


def content_of(page: Page) -> dict[str, Any]:
    """What a page row keeps of a page beside its columns."""
    return {
        "heading": page.heading,
        "blocks": [
            {
                "cell": list(_place(block.cell)) if block.cell else None,
                "lines": [
                    [line.text, _box(line.box), round(line.confidence, 3), line.origin]
                    for line in block.lines
                ],
            }
            for block in page.blocks
        ],
        "marks": [
            [str(mark.kind), _box(mark.box), round(mark.confidence, 3)] for mark in page.marks
        ],
    }


def _place(cell: CellPlace) -> tuple[int, int, int, int, int]:
    return (cell.table, cell.row, cell.column, cell.row_span, cell.column_span)


def fill(row: PageRow, page: Page, *, position: int, view_sha256: str, thumb_sha256: str) -> None:
    """Set a row to what was read of a page."""
    row.position = position
    row.number = page.number
    row.printed_number = page.printed_number
    row.width = page.width
    row.height = page.height
    row.status = str(page.status)
    row.note = page.note or ""
    row.turned = page.turned
    row.content = content_of(page)
    row.view_sha256 = view_sha256
    row.thumb_sha256 = thumb_sha256


def page_json(page: Page) -> dict[str, Any]:
    """A whole page as JSON, for what a killed import keeps between its steps."""
    return {
        "source": page.source,
        "number": page.number,
        "width": page.width,
        "height": page.height,
        "status": str(page.status),
        "note": page.note,
        "turned": page.turned,
        "printed_number": page.printed_number,
        "content": content_of(page),
    }


def page_from_json(kept: dict[str, Any]) -> Page:
    """The page that `page_json` kept."""
    return Page(
        source=kept["source"],
        number=kept["number"],
        width=kept["width"],
        height=kept["height"],
        blocks=blocks_from(kept["content"]),
        marks=_marks(kept["content"]),
        status=PageStatus(kept["status"]),
        note=kept["note"],
        turned=kept["turned"],
        printed_number=kept["printed_number"],
        heading=kept["content"].get("heading"),
    )


def page_from(row: PageRow, source: str) -> Page:
    """The page that a row keeps, under the name of its source."""
    return _page(row, source, blocks_from(row.content))


def packed_page(row: PageRow, source: str) -> Page:
    """The same for one of many pages that are held at once: its blocks are packed."""
    return _page(row, source, KeptBlocks(row.content))


def _page(row: PageRow, source: str, blocks: Sequence[Block]) -> Page:
    return Page(
        source=source,
        number=row.number,
        width=row.width,
        height=row.height,
        blocks=blocks,
        marks=_marks(row.content),
        status=PageStatus(row.status),
        note=row.note or None,
        turned=row.turned,
        printed_number=row.printed_number,
        heading=(row.content or {}).get("heading"),
    )


def _marks(content: Any) -> tuple[Mark, ...]:
    return tuple(
        Mark(MarkKind(kind), Box(*box) if box else None, confidence)
        for kind, box, confidence in (content or {}).get("marks", ())
    )


def doubtful_places_of(row: PageRow) -> tuple[tuple[float, float, float, float], ...]:
    """Where a page has writing that was not read, or with doubt; in points."""
    return tuple((*box,) for box in packed_page(row, "").doubtful_places)


def lines_of(content: Any) -> tuple[LineView, ...]:
    """The lines of a page row for showing, in reading order."""
    return tuple(
        LineView(
            line.text,
            (line.box.left, line.box.top, line.box.right, line.box.bottom) if line.box else None,
            line.confidence,
        )
        for block in blocks_from(content)
        for line in block.lines
    )
