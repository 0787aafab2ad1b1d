"""Table cells from ruling lines, for text layers and scans alike.

Input are straight horizontal and vertical strokes in points from the top-left of the upright page.
Strokes that touch form one table; an elementary cell is joined with its neighbour where the border
between them is missing, which gives merged cells their spans.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from review.documents.model import Box, CellPlace

Numbers = npt.NDArray[np.float64]

_TOUCH = 3.5  # points by which strokes may miss each other and still touch
_SAME = 4.0  # strokes closer than this are one ruling (double borders, thick lines)
_COVERED = 0.6  # share of an edge that strokes must cover to count as a border
_MAX_STROKES = 6000


class Stroke(NamedTuple):
    """A straight ruling. `at` is y of a horizontal or x of a vertical one; it runs low..high."""

    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell and the area it takes."""

    place: CellPlace
    box: Box


def cells_of(horizontal: Sequence[Stroke], vertical: Sequence[Stroke]) -> list[Cell]:
    """The cells of all tables that the strokes form, table by table from the top, row by row.

    A frame without an inner ruling is no table. Open-sided areas are no cells.
    """
    if len(horizontal) + len(vertical) > _MAX_STROKES:
        return []
    tables = []
    for rows, columns in _components(_merged(horizontal), _merged(vertical)):
        ys, xs = _positions(rows), _positions(columns)
        if len(ys) < 2 or len(xs) < 2 or (len(ys) == 2 and len(xs) == 2):
            continue
        tables.append((ys, xs, rows, columns))
    tables.sort(key=lambda table: (table[0][0], table[1][0]))
    found: list[Cell] = []
    number = 0
    for ys, xs, rows, columns in tables:
        cells = _cells(number, ys, xs, rows, columns)
        if len(cells) > 1:
            found.extend(cells)
            number += 1
    return found


def cells_at(cells: Sequence[Cell], x: Numbers, y: Numbers) -> npt.NDArray[np.intp]:
    """For every point the place in `cells` of the smallest cell that holds it; -1 outside all."""
    boxes = np.array([cell.box for cell in cells])
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    by_area = np.argsort(areas, kind="stable")
    left, top, right, bottom = boxes[by_area].T[:, :, np.newaxis]
    holds = (left <= x) & (x <= right) & (top <= y) & (y <= bottom)
    first: npt.NDArray[np.intp] = np.where(holds.any(axis=0), by_area[holds.argmax(axis=0)], -1)
    return first


def _merged(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Strokes that lie on one another or continue each other become one."""
    merged: list[Stroke] = []
    by_place = sorted(strokes)
    lines: list[list[Stroke]] = []
    for stroke in by_place:
        if lines and stroke.at - lines[-1][0].at <= _SAME / 2:
            lines[-1].append(stroke)
        else:
            lines.append([stroke])
    for line in lines:
        at = sum(stroke.at for stroke in line) / len(line)
        line.sort(key=lambda stroke: stroke.low)
        low, high = line[0].low, line[0].high
        for stroke in line[1:]:
            if stroke.low <= high + _TOUCH:
                high = max(high, stroke.high)
            else:
                merged.append(Stroke(at, low, high))
                low, high = stroke.low, stroke.high
        merged.append(Stroke(at, low, high))
    return merged


def _components(
    horizontal: list[Stroke], vertical: list[Stroke]
) -> list[tuple[list[Stroke], list[Stroke]]]:
    """Groups of horizontal and vertical strokes that touch, directly or through others."""
    parents = list(range(len(horizontal) + len(vertical)))

    def root(item: int) -> int:
        while parents[item] != item:
            parents[item] = parents[parents[item]]
            item = parents[item]
        return item

    for row, across in enumerate(horizontal):
        for column, down in enumerate(vertical, start=len(horizontal)):
            if (
                across.low - _TOUCH <= down.at <= across.high + _TOUCH
                and down.low - _TOUCH <= across.at <= down.high + _TOUCH
            ):
                parents[root(row)] = root(column)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for item in range(len(parents)):
        rows, columns = groups.setdefault(root(item), ([], []))
        if item < len(horizontal):
            rows.append(horizontal[item])
        else:
            columns.append(vertical[item - len(horizontal)])
    return [group for group in groups.values() if group[0] and group[1]]


def _positions(strokes: list[Stroke]) -> list[float]:
    """Distinct places of rulings in order; those closer than `_SAME` are one."""
    groups: list[list[float]] = []
    for at in sorted(stroke.at for stroke in strokes):
        if groups and at - groups[-1][-1] <= _SAME:
            groups[-1].append(at)
        else:
            groups.append([at])
    return [sum(group) / len(group) for group in groups]


def _covered(strokes: list[Stroke], at: list[float], steps: list[float]) -> list[list[bool]]:
    """For every ruling place and every step between `steps`: whether strokes cover it there."""
    places, lows, highs = np.array(strokes).T
    near = np.abs(places - np.array(at)[:, np.newaxis]) <= _SAME
    low, high = np.array(steps[:-1])[:, np.newaxis], np.array(steps[1:])[:, np.newaxis]
    shared = np.maximum(np.minimum(highs, high) - np.maximum(lows, low), 0.0)
    covered: list[list[bool]] = (near @ shared.T >= _COVERED * (high - low).T).tolist()
    return covered


def _cells(
    table: int,
    ys: list[float],
    xs: list[float],
    rows: list[Stroke],
    columns: list[Stroke],
) -> list[Cell]:
    height, width = len(ys) - 1, len(xs) - 1
    above = _covered(rows, ys, xs)
    left = [list(sides) for sides in zip(*_covered(columns, xs, ys), strict=True)]
    regions = _regions(height, width, above, left)
    found: list[Cell] = []
    for region in regions:
        is_open = any(
            (row == 0 and not above[0][column])
            or (row == height - 1 and not above[height][column])
            or (column == 0 and not left[row][0])
            or (column == width - 1 and not left[row][width])
            for row, column in region
        )
        if is_open:
            continue
        for top, bottom, first, last in _rectangles(region):
            place = CellPlace(table, top, first, bottom - top + 1, last - first + 1)
            box = Box(xs[first], ys[top], xs[last + 1], ys[bottom + 1])
            found.append(Cell(place, box))
    return sorted(found, key=lambda cell: (cell.place.row, cell.place.column))


def _regions(
    height: int, width: int, above: list[list[bool]], left: list[list[bool]]
) -> list[set[tuple[int, int]]]:
    """Elementary cells, joined where no border lies between them."""
    seen: set[tuple[int, int]] = set()
    regions: list[set[tuple[int, int]]] = []
    for start in ((row, column) for row in range(height) for column in range(width)):
        if start in seen:
            continue
        region, todo = set(), [start]
        while todo:
            row, column = todo.pop()
            if (row, column) in region:
                continue
            region.add((row, column))
            if column + 1 < width and not left[row][column + 1]:
                todo.append((row, column + 1))
            if column > 0 and not left[row][column]:
                todo.append((row, column - 1))
            if row + 1 < height and not above[row + 1][column]:
                todo.append((row + 1, column))
            if row > 0 and not above[row][column]:
                todo.append((row - 1, column))
        seen |= region
        regions.append(region)
    return regions


def _rectangles(region: set[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """A region as one rectangle (top, bottom, first, last), or as its rows where it is none."""
    rows = [row for row, _ in region]
    columns = [column for _, column in region]
    top, bottom, first, last = min(rows), max(rows), min(columns), max(columns)
    if len(region) == (bottom - top + 1) * (last - first + 1):
        return [(top, bottom, first, last)]
    found = []
    for row in sorted(set(rows)):
        own = sorted(column for at, column in region if at == row)
        start = own[0]
        for before, column in zip(own, [*own[1:], -2], strict=True):
            if column != before + 1:
                found.append((row, row, start, before))
                start = column
    return found
