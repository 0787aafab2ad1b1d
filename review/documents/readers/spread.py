"""Two pages on one sheet: a sheet lying across whose halves are pages of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from review.documents.kinds import match_title
from review.documents.model import Block, Box, Line
from review.documents.readers.layout import blocks_of
from review.documents.readers.page_numbers import printed_number
from review.documents.readers.rulings import Cell, Stroke

_LYING = (1.25, 1.6)  # width by height of a sheet that two upright pages fill
_MIDDLE = 0.07  # of the width, on both sides of the middle, in which the gutter is looked for
_GUTTER = 0.03  # of the width that it has at least
_FULL = 0.55  # of its half that a line or ruling of a page takes
_HEAD, _CERTAIN = 0.3, 0.9  # of the height in which a title stands; how surely it is one
_LEAST = 2  # full lines or rulings that show a page


TWO_PAPERS = "一张纸上有两页，右页另起一份文书；请拆成两页后重新导入"
"""A page belongs to one paper, so the second one cannot be filed: nothing may be missed for it."""


class LaidOut(NamedTuple):
    """The blocks of a sheet, what stands printed as its page number, and why it is unclear."""

    blocks: tuple[Block, ...]
    printed_number: int | None
    note: str | None


def laid_out(
    lines: Sequence[Line],
    cells: Sequence[Cell],
    rulings: Sequence[Stroke],
    width: float,
    height: float,
) -> LaidOut:
    """A sheet in reading order: one page, or two of them side by side, left before right."""
    gutter = gutter_of(lines, rulings, width, height)
    if gutter is None:
        return LaidOut(blocks_of(lines, cells, width), printed_number(lines, height), None)
    note = TWO_PAPERS if begins_anew(lines, gutter, height) else None
    number = printed_number(left_of(lines, gutter), height)
    return LaidOut(blocks_of_spread(lines, cells, gutter, width), number, note)


def gutter_of(
    lines: Sequence[Line], rulings: Sequence[Stroke], width: float, height: float
) -> float | None:
    """Where two pages on one sheet part, in points from the left; None where there is one page.

    Nothing may run across the gutter, neither line nor level ruling, and both halves must have
    text or rulings over most of their width as pages have: the columns of a form across have not.
    """
    if height <= 0 or not _LYING[0] <= width / height <= _LYING[1]:
        return None
    spans = [(line.box.left, line.box.right) for line in lines if line.box is not None]
    spans += [(stroke.low, stroke.high) for stroke in rulings]
    middle = width / 2
    reach = _MIDDLE * width
    left = max((high for _, high in spans if high <= middle + reach), default=0.0)
    right = min((low for low, _ in spans if low >= middle - reach), default=width)
    if right - left < _GUTTER * width or any(low < right and high > left for low, high in spans):
        return None
    gutter = (left + right) / 2
    halves = ((0.0, gutter), (gutter, width))
    for start, end in halves:
        full = [
            1
            for low, high in spans
            if start <= low and high <= end and high - low >= _FULL * (end - start)
        ]
        if len(full) < _LEAST:
            return None
    return gutter


def blocks_of_spread(
    lines: Sequence[Line], cells: Sequence[Cell], gutter: float, width: float
) -> tuple[Block, ...]:
    """The blocks of the left page, then those of the right one; tables keep their numbers.

    Each page is laid out by itself, so that the margins are its own.
    """
    found: list[Block] = []
    for start, end in ((0.0, gutter), (gutter, width)):
        here = [line for line in lines if line.box is not None and _is_in(line.box, start, end)]
        own = [cell for cell in cells if _is_in(cell.box, start, end)]
        found.extend(
            _moved(block, start)
            for block in blocks_of(
                [_shifted(line, -start) for line in here],
                [replace(cell, box=_across(cell.box, -start)) for cell in own],
                end - start,
            )
        )
    return tuple(found)


def begins_anew(lines: Sequence[Line], gutter: float, height: float) -> bool:
    """Whether the right page begins a paper of its own: a title of one stands at its head."""
    return any(
        found is not None and found.certainty >= _CERTAIN
        for line in lines
        if line.box is not None and line.box.left >= gutter and line.box.top < _HEAD * height
        for found in (match_title(line.text),)
    )


def left_of(lines: Sequence[Line], gutter: float) -> list[Line]:
    """The lines of the left page."""
    return [line for line in lines if line.box is not None and _is_in(line.box, 0.0, gutter)]


def _is_in(box: Box, start: float, end: float) -> bool:
    return start <= (box.left + box.right) / 2 < end


def _across(box: Box, by: float) -> Box:
    return Box(box.left + by, box.top, box.right + by, box.bottom)


def _shifted(line: Line, by: float) -> Line:
    return line if line.box is None else replace(line, box=_across(line.box, by))


def _moved(block: Block, by: float) -> Block:
    return replace(block, lines=tuple(_shifted(line, by) for line in block.lines))
