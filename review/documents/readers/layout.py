"""Lines into blocks: table cells, paragraphs of wrapped lines, and runs that stand alone."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from operator import itemgetter

import numpy as np

from review.documents.model import Block, Box, CellPlace, Line
from review.documents.readers.rulings import Cell, cells_at

_QUESTION_OR_ANSWER = re.compile(r"^\s*[【\[（(]?[问答][】\])）]?\s*[:：]|^\s*[【\[][问答][】\]]")
_NEW_ITEM = re.compile(
    r"^\s*(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、](?!\d)"
    r"|[☑□■☐√]|附[:：件])"
)
_UNBROKEN = re.compile(
    r"[（《〈【〔「『“‘￥¥$]*(?:[\x21-\x7e]+|.)[，。、；：！？）》〉】〕」』”’%]*"
)
_LABEL = re.compile(r"^\s*[^，。；：:]{2,12}[:：]")
_SENTENCE_ENDS = "。！？；：!?;:"
_first = itemgetter(0)


def height_of(line: Line) -> float:
    """The height of a line in points; 0 without a box."""
    return line.box.bottom - line.box.top if line.box else 0.0


def rows_of(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that stand on one row, rows from the top, each from the left."""
    if len(lines) == 1:
        return [list(lines)] if lines[0].box is not None else []
    rows: list[list[Line]] = []
    middles = smallest = 0.0  # of the last row: the sum of its middles, and its lowest line
    placed = [(_middle(line.box), line) for line in lines if line.box is not None]
    for middle, line in sorted(placed, key=_first):
        height = height_of(line)
        if rows:
            last = rows[-1]
            if abs(middle - middles / len(last)) <= 0.5 * min(height, smallest):
                last.append(line)
                middles += middle
                smallest = min(smallest, height)
                continue
        rows.append([line])
        middles, smallest = middle, height
    for row in rows:
        if len(row) > 1:
            row.sort(key=lambda line: line.box.left if line.box else 0.0)
    return rows


def blocks_of(lines: Sequence[Line], cells: Sequence[Cell], width: float) -> tuple[Block, ...]:
    """All lines of a page as blocks in reading order, every line in exactly one block.

    `width` is that of the page in points. A cell gives one block; outside tables wrapped lines are
    joined to paragraphs.
    """
    by_cell: dict[CellPlace, list[Line]] = {}
    loose: list[Line] = []
    boxes: dict[CellPlace, Box] = {cell.place: cell.box for cell in cells}
    for line, cell_place in zip(lines, _places(lines, cells), strict=True):
        if cell_place is None:
            loose.append(line)
        else:
            by_cell.setdefault(cell_place, []).append(line)
    placed: list[tuple[float, float, float, Block]] = []
    tops: dict[int, float] = {}
    for place, box in boxes.items():
        tops[place.table] = min(tops.get(place.table, box.top), box.top)
    for cell_place, inside in by_cell.items():
        row, column = float(cell_place.row), float(cell_place.column)
        block = Block(_reading_order(inside), cell_place)
        placed.append((tops[cell_place.table], row, column, block))
    placed.extend(
        (top, -1.0, float(count), block)
        for count, (top, block) in enumerate(_paragraphs(loose, width))
    )
    return tuple(block for *_, block in _in_order(placed))


def _places(lines: Sequence[Line], cells: Sequence[Cell]) -> list[CellPlace | None]:
    """The cell in which the middle of each line lies."""
    if not cells or not lines:
        return [None] * len(lines)
    boxes = np.array([line.box for line in lines], dtype=np.float64)
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    return [cells[at].place if at >= 0 else None for at in cells_at(cells, x, y).tolist()]


def in_reading_order(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks that were found apart, merged: a table as one, everything else by its top."""
    tops: dict[int, float] = {}
    for block in blocks:
        if block.cell is not None:
            top = min(line.box.top for line in block.lines if line.box is not None)
            tops[block.cell.table] = min(tops.get(block.cell.table, top), top)
    placed = [
        (tops[block.cell.table], float(block.cell.row), float(block.cell.column), block)
        if block.cell is not None
        else (block.lines[0].box.top if block.lines[0].box else 0.0, -1.0, float(count), block)
        for count, block in enumerate(blocks)
    ]
    return tuple(block for *_, block in _in_order(placed))


def _in_order(
    placed: list[tuple[float, float, float, Block]],
) -> list[tuple[float, float, float, Block]]:
    return sorted(placed, key=lambda item: item[:3])


def _middle(box: Box | None) -> float:
    return (box.top + box.bottom) / 2 if box else 0.0


def _reading_order(lines: Sequence[Line]) -> tuple[Line, ...]:
    return tuple(line for row in rows_of(lines) for line in row)


def _paragraphs(lines: list[Line], width: float) -> list[tuple[float, Block]]:
    """Wrapped lines joined, each paragraph with the top of its first row.

    A run beside another on its row stays alone.
    """
    rows = rows_of(lines)
    margins = _margins(rows, width)
    blocks: list[list[Line]] = []
    tops: list[float] = []
    open_paragraph: list[Line] | None = None
    for row in rows:
        if len(row) == 1 and open_paragraph and _continues(open_paragraph, row[0], margins):
            open_paragraph.append(row[0])
            continue
        blocks.extend([line] for line in row)
        top = min(line.box.top for line in row if line.box is not None)
        tops.extend([top] * len(row))
        open_paragraph = blocks[-1] if len(row) == 1 else None
    return [(top, Block(tuple(block))) for top, block in zip(tops, blocks, strict=True)]


def _margins(rows: list[list[Line]], width: float) -> tuple[float, float, bool] | None:
    """Left and right margin of the running text, and whether the right one is where papers end.

    None where no line is long enough to tell.
    """
    alone = [row[0].box for row in rows if len(row) == 1 and row[0].box is not None]
    long = [box for box in alone if box.right - box.left > 0.55 * width]
    if not long:
        return None
    right = max(box.right for box in long)
    size = statistics.median(box.bottom - box.top for box in long)
    full = [box for box in long if box.right > right - 1.5 * size]
    if len(full) < 2 and right < 0.85 * width:
        return None
    left = min(box.left for box in alone if box.right - box.left > 0.2 * width)
    return left, right, right > 0.84 * width


def _first_word(line: Line) -> float:
    """Width in points of what may not be broken at the start of a line, with its punctuation."""
    match = _UNBROKEN.match(line.text)
    box = line.part(0, match.end()) if match else None
    return box.right - box.left if box else 0.0


def _continues(
    paragraph: list[Line], line: Line, margins: tuple[float, float, bool] | None
) -> bool:
    """Whether a line carries on the paragraph above it."""
    before = paragraph[-1]
    if margins is None or before.box is None or line.box is None:
        return False
    left, right, is_known = margins
    size = (height_of(before) + height_of(line)) / 2
    if abs(height_of(before) - height_of(line)) > 0.35 * size:
        return False
    if line.box.top - before.box.bottom > 1.5 * size:
        return False
    if before.box.left > left + 6 * size or before.box.right + _first_word(line) < right - size:
        return False
    is_indented = line.box.left > left + 0.8 * size
    first = paragraph[0].box
    has_indents = first is not None and first.left > left + 0.8 * size
    if _QUESTION_OR_ANSWER.match(line.text):
        return False
    if _NEW_ITEM.match(line.text) and (is_indented or not has_indents):
        return False
    ended = before.text.rstrip()[-1:] in _SENTENCE_ENDS
    if _LABEL.match(line.text) and _LABEL.match(paragraph[0].text):
        is_flush = before.box.right > right - 0.6 * size
        return is_flush and is_known and not ended and not is_indented
    if not is_indented:
        return True
    hangs = _QUESTION_OR_ANSWER.match(paragraph[0].text) is not None
    indent = line.box.left - left
    return hangs and not ended and indent < 6 * size
