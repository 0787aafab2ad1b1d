"""Forms without rulings: columns of labels and values that only their places tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from review.documents.model import Box, CellPlace, Line
from review.documents.readers.layout import rows_of
from review.documents.readers.rulings import Cell

_ALIGNED = 1.5
"""Points by which the beginnings of one column may differ."""
_ROWS = 3
"""So many rows must have a label and a value at the same two places before columns are believed."""
_WITHIN = 0.75
"""Times the height of the letters: a smaller distance carries on the row above."""
_RUN_ON = 6.0
"""Points by which the place of a word within a line is uncertain."""


class _Row(NamedTuple):
    top: float
    bottom: float
    lines: list[Line]


def grid_of(lines: Sequence[Line], width: float) -> list[Cell]:
    """The cells of a form without rulings; none where no cell of it runs over several lines.

    Columns are told by three rows or more that begin at the same two places, rows by their
    distance. Without a wrapped cell every row stands by itself already, and nothing has to be put
    together.
    """
    rows = [
        _Row(
            min(line.box.top for line in row if line.box),
            max(line.box.bottom for line in row if line.box),
            row,
        )
        for row in rows_of(lines)
    ]
    columns = _columns(rows)
    if len(columns) < 2:
        return []
    region = _region(rows, columns)
    bands = _bands(region)
    if len(bands) < _ROWS or all(len(band) == 1 for band in bands):
        return []
    return [
        cell
        for number, band in enumerate(bands)
        for cell in _cells(number, band, _of_band(band, columns), columns, width)
    ]


def _cells(
    number: int,
    band: Sequence[_Row],
    own: Sequence[float],
    columns: Sequence[float],
    width: float,
) -> list[Cell]:
    """The cells of one row of the form: each reaches to the next that the row itself has."""
    top, bottom = band[0].top - 1, band[-1].bottom + 1
    edges = [*(start - _ALIGNED for start in own), width]
    return [
        Cell(
            CellPlace(0, number, columns.index(start)),
            Box(edges[at], top, edges[at + 1], bottom),
        )
        for at, start in enumerate(own)
    ]


def _of_band(band: Sequence[_Row], columns: Sequence[float]) -> list[float]:
    """The columns at which a line of the row begins, or a word behind a gap within a line."""
    lines = [line for row in band for line in row.lines]
    return [
        start
        for start in columns
        if any(line.box and abs(line.box.left - start) <= _ALIGNED for line in lines)
        or any(_has_word_at(line, start) for line in lines)
    ]


def _has_word_at(line: Line, start: float) -> bool:
    return any(
        letter == " "
        and (place := line.part(at + 1, at + 2)) is not None
        and abs(place.left - start) <= _RUN_ON
        for at, letter in enumerate(line.text[:-1])
    )


def _columns(rows: Sequence[_Row]) -> list[float]:
    """Where columns begin, from the left; empty where too few rows share the first two."""
    starts = Counter[int]()
    for row in rows:
        if len(row.lines) > 1:
            starts.update({round(line.box.left) for line in row.lines if line.box})
    found: list[float] = []
    for start in sorted(starts):
        count = sum(starts[each] for each in (start - 1, start, start + 1))
        if found and start - found[-1] <= 2 * _ALIGNED:
            continue
        if count >= _ROWS or len(found) > 1:
            found.append(float(start))
    return found


def _region(rows: Sequence[_Row], columns: Sequence[float]) -> list[_Row]:
    """The longest run of rows whose lines all begin at a column and end before the next label."""
    best: list[_Row] = []
    run: list[_Row] = []
    for row in rows:
        if all(_fits(line, columns) for line in row.lines):
            run.append(row)
        else:
            run = []
        if len(run) > len(best):
            best = list(run)
    return best


def _fits(line: Line, columns: Sequence[float]) -> bool:
    box = line.box
    if box is None or not any(abs(box.left - start) <= _ALIGNED for start in columns):
        return False
    # a label ends before its value; a value may have run into the label beside it
    return box.left > columns[0] + _ALIGNED or box.right < columns[1]


def _bands(region: Sequence[_Row]) -> list[list[_Row]]:
    """The rows of the form, each with its lines of text."""
    bands: list[list[_Row]] = []
    for row in region:
        if bands:
            before = bands[-1][-1]
            height = row.bottom - row.top
            if row.top - before.bottom <= _WITHIN * height:
                bands[-1].append(row)
                continue
        bands.append([row])
    return bands
