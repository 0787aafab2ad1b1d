"""Handwriting on a scan: where it stands beside the words that ask for it.

Only that something is written by hand is said, and with low confidence; whose hand it is, is never
claimed. The words that recognition makes of it stay as doubtful lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import cv2
import numpy as np

from review.documents.model import Box, CellPlace, Line, Mark, MarkKind
from review.documents.readers.layout import height_of
from review.documents.readers.pixels import Pixels
from review.documents.readers.rulings import Cell, cells_at

_ASKS = re.compile(r"签\s*[名字章]|签\s*收\s*人|[押捺]印|(?:见证|承办|记录|审核|批准)人[:：]?\s*$")
_PRINTED = 0.93  # confidence from which a line is print
_LONGEST = 6  # characters of a signature
_HAND = 0.5  # confidence of the mark; a handwritten-like print type is not told apart
_UNREAD = 0.4
_REACH = 16.0  # heights of the label to its right


def signatures_of(lines: Sequence[Line], cells: Sequence[Cell]) -> list[Mark]:
    """Marks of short doubtful lines beside a label that asks for a signature, boxes in points."""
    placed = list(zip(lines, _places(lines, cells), strict=True))
    labels = [each for each in placed if _ASKS.search(each[0].text)]
    found: list[Mark] = []
    for line, cell in placed:
        if line.confidence >= _PRINTED or _ASKS.search(line.text):
            continue
        letters = "".join(character for character in line.text if character.isalnum())
        if not letters or len(letters) > _LONGEST or letters.isdigit():
            continue
        if any(_answers(line, cell, *label) for label in labels):
            found.append(Mark(MarkKind.SIGNATURE, line.box, _HAND))
    return found


def unread_hands_of(
    unread: Pixels, lines: Sequence[Line], cells: Sequence[Cell], unit: float
) -> list[Mark]:
    """Marks where a label wants a signature and ink stands that was not read as any line.

    `unread` is 255 at ink that is no ruling, no seal and no line; `unit` points a pixel.
    """
    placed = list(zip(lines, _places(lines, cells), strict=True))
    by_place = {cell.place: cell.box for cell in cells}
    found: list[Mark] = []
    for label, cell in placed:
        if label.box is None or not _ASKS.search(label.text):
            continue
        size = max(height_of(label), 1.0)
        room = Box(
            label.box.right + 0.2 * size,
            label.box.top - 0.9 * size,
            label.box.right + _REACH * size,
            label.box.bottom + 0.9 * size,
        )
        if cell is not None:
            room = _room_in_table(room, cell, by_place)
        mark = _hand_in(unread, room, size, unit)
        if mark is not None:
            found.append(mark)
    return found


def _room_in_table(room: Box, cell: CellPlace, by_place: dict[CellPlace, Box]) -> Box:
    """The room beside a label, up to the end of the cell after its own, inside its row."""
    own = by_place[cell]
    after = [
        box
        for place, box in by_place.items()
        if place.table == cell.table
        and place.column == cell.column + cell.column_span
        and place.row <= cell.row < place.row + place.row_span
    ]
    right = after[0].right if after else own.right
    return Box(room.left, own.top + 2, min(room.right, right - 2), own.bottom - 2)


def _hand_in(unread: Pixels, room: Box, size: float, unit: float) -> Mark | None:
    """The strokes in a room as one mark; None where there are only specks."""
    left, top, right, bottom = (max(0, round(value / unit)) for value in room)
    part = np.ascontiguousarray(unread[top:bottom, left:right])
    if not part.size:
        return None
    pixels = size / unit
    _, _, stats, _ = cv2.connectedComponentsWithStats(part)
    strokes = [
        (int(x), int(y), int(w), int(h))
        for x, y, w, h, area in stats[1:]
        if max(w, h) >= 0.4 * pixels and area >= 0.02 * pixels * pixels
    ]
    if not strokes:
        return None
    edges = (
        left + min(x for x, _, _, _ in strokes),
        top + min(y for _, y, _, _ in strokes),
        left + max(x + w for x, _, w, _ in strokes),
        top + max(y + h for _, y, _, h in strokes),
    )
    if edges[2] - edges[0] < 0.8 * pixels:
        return None
    return Mark(MarkKind.SIGNATURE, Box(*(value * unit for value in edges)), _UNREAD)


def _answers(line: Line, here: CellPlace | None, label: Line, there: CellPlace | None) -> bool:
    """Whether a line stands where a label wants its signature: beside it or in the next cell."""
    if line.box is None or label.box is None:
        return False
    if here is not None and there is not None:
        is_next = here.table == there.table and here.column == there.column + there.column_span
        return here == there or (is_next and here.row <= there.row < here.row + here.row_span)
    size = max(height_of(label), 1.0)
    middle = (line.box.top + line.box.bottom) / 2
    on_row = label.box.top - 0.6 * size <= middle <= label.box.bottom + 0.6 * size
    return on_row and -size <= line.box.left - label.box.right <= _REACH * size


def _places(lines: Sequence[Line], cells: Sequence[Cell]) -> list[CellPlace | None]:
    """The cell of each line, None outside of tables."""
    if not cells or not lines:
        return [None] * len(lines)
    boxes = np.array([line.box for line in lines], dtype=np.float64)
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    return [cells[at].place if at >= 0 else None for at in cells_at(cells, x, y).tolist()]
