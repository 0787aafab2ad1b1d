"""Pictures on pages with a text layer: copies of papers pasted on a page with a heading."""

from __future__ import annotations

from dataclasses import replace

from review.documents.kinds import match_title
from review.documents.model import Box, CellPlace, MarkKind, Page
from review.documents.readers.layout import in_reading_order

_LITTLE_TEXT = 160  # characters up to which the picture is what the page is about
_LARGE = 0.12  # share of the page from which a picture may be a copy of a paper
_PHOTOGRAPHS = frozenset({"现场照片", "送达照片", "整改复查记录"})


def holds_a_copy(page: Page) -> bool:
    """Whether a picture on a text page is likely the copy of a paper or a screen, not a photograph.

    Told by the little text around it and by the heading; pages headed as photographs are not read.
    """
    if len(page.text) > _LITTLE_TEXT or page.turned:
        return False
    area = page.width * page.height
    if not any(_area(box) > _LARGE * area for box in _pictures(page)):
        return False
    titles = (match_title(line.text) for line in page.lines[:6])
    return not any(title is not None and title.kind in _PHOTOGRAPHS for title in titles)


def with_pictures(page: Page, recognised: Page) -> Page:
    """A text page with the lines that recognition found inside its pictures.

    The text layer stays as it is; tables inside pictures are numbered after those of the page.
    """
    if recognised.turned:
        return page
    boxes = _pictures(page)
    offset = 1 + max((block.cell.table for block in page.blocks if block.cell), default=-1)
    added = [
        replace(block, cell=_shifted(block.cell, offset))
        for block in recognised.blocks
        if all(_lies_in(line.box, boxes) for line in block.lines)
    ]
    seals = tuple(
        mark
        for mark in recognised.marks
        if mark.kind is MarkKind.SEAL and _lies_in(mark.box, boxes)
    )
    return replace(
        page,
        blocks=in_reading_order((*page.blocks, *added)),
        marks=(*page.marks, *seals),
    )


def _pictures(page: Page) -> list[Box]:
    return [mark.box for mark in page.marks if mark.kind is MarkKind.IMAGE and mark.box is not None]


def _area(box: Box) -> float:
    return (box.right - box.left) * (box.bottom - box.top)


def _lies_in(inner: Box | None, boxes: list[Box]) -> bool:
    if inner is None:
        return False
    x, y = (inner.left + inner.right) / 2, (inner.top + inner.bottom) / 2
    return any(box.left <= x <= box.right and box.top <= y <= box.bottom for box in boxes)


def _shifted(cell: CellPlace | None, offset: int) -> CellPlace | None:
    return None if cell is None else replace(cell, table=cell.table + offset)
