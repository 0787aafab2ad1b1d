"""Characters of a text layer into lines: by place alone, whatever order the file keeps them in."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from review.documents.model import Box, Line
from review.documents.readers.rulings import Cell, Numbers, cells_at

Signs = npt.NDArray[np.uint32]

_BLANK = ord(" ")
_SAME_RUN = 0.35  # gap in sizes up to which characters stand together without a space
_SAME_LINE = 2.0  # gap in sizes from which two runs of a row are lines of their own
_LETTER_SPACED = 5.0  # the same for runs of one character each, as in letter-spaced titles


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The characters of a page, in the order of the file, column by column.

    Character i, the code point `signs[i]`, has the box left[i], top[i], right[i], bottom[i] in
    points from the top-left of the upright page. A blank of whatever width is a space.
    """

    signs: Signs
    left: Numbers
    top: Numbers
    right: Numbers
    bottom: Numbers

    @classmethod
    def none(cls) -> Glyphs:
        """No character at all."""
        return cls(np.empty(0, np.uint32), *(np.empty(0) for _ in range(4)))

    @property
    def text(self) -> str:
        """All characters, in the order of the file."""
        return _text_of(self.signs)

    def at(self, places: npt.NDArray[np.intp]) -> Glyphs:
        """The characters at these places."""
        return Glyphs(
            self.signs[places],
            self.left[places],
            self.top[places],
            self.right[places],
            self.bottom[places],
        )


class _Run(NamedTuple):
    """Neighbouring characters of one row and one cell."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def size(self) -> float:
        return self.bottom - self.top


def lines_of(glyphs: Glyphs, cells: Sequence[Cell]) -> list[Line]:
    """The lines of a page. A row is cut at table borders and at wide gaps."""
    groups: dict[int, list[_Run]] = {}
    for cell, run in _runs(glyphs, cells):
        groups.setdefault(cell, []).append(run)
    lines: list[Line] = []
    for runs in groups.values():
        for row in _rows(runs):
            lines.extend(_lines_of_row(row))
    return lines


def _runs(glyphs: Glyphs, cells: Sequence[Cell]) -> list[tuple[int, _Run]]:
    """Characters that follow each other in the file and on the page, with the cell they stand in.

    A run that crosses from one cell into another is cut; -1 is outside all cells.
    """
    signs = np.flatnonzero(glyphs.signs != _BLANK)
    signs = signs[_drawn_once(glyphs, signs)]
    if not len(signs):
        return []
    follows, has_blank = _follow(glyphs, signs)
    own = glyphs.at(signs)
    starts = np.flatnonzero(~follows)
    places = np.full(len(signs), -1)
    if cells:
        places = cells_at(cells, (own.left + own.right) / 2, (own.top + own.bottom) / 2)
        run_of = np.cumsum(~follows) - 1
        ends = np.append(starts[1:], len(signs)) - 1
        crosses = (places[starts] != places[ends])[run_of]
        changes = np.append(True, places[1:] != places[:-1])
        starts = np.flatnonzero(~follows | (crosses & changes))
    written, bounds = own.signs, np.append(starts, len(signs))
    blanks = np.flatnonzero(has_blank)
    if len(blanks):
        written = np.insert(written, blanks, _BLANK)
        bounds = bounds + np.searchsorted(blanks, bounds)
    text = _text_of(written)
    sides = zip(
        np.minimum.reduceat(own.left, starts).tolist(),
        np.minimum.reduceat(own.top, starts).tolist(),
        np.maximum.reduceat(own.right, starts).tolist(),
        np.maximum.reduceat(own.bottom, starts).tolist(),
        strict=True,
    )
    return [
        (place, _Run(text[low:high].lstrip(), *box))
        for place, (low, high), box in zip(
            places[starts].tolist(), pairwise(bounds.tolist()), sides, strict=True
        )
    ]


def _drawn_once(glyphs: Glyphs, signs: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
    """False for a character drawn again, slightly aside, to look bold."""
    kept = np.ones(len(signs), dtype=bool)
    size = glyphs.bottom[signs] - glyphs.top[signs]
    middle = (glyphs.top[signs] + glyphs.bottom[signs]) / 2
    left = glyphs.left[signs]
    close = np.abs(np.diff(middle)) < 0.3 * size[:-1]
    close &= np.abs(np.diff(left)) < 0.4 * size[:-1]
    before = 0
    for place in (np.flatnonzero(close) + 1).tolist():
        before = place - 1
        while not kept[before]:
            before -= 1
        sign = glyphs.signs[signs[place]]
        kept[place] = not (
            sign == glyphs.signs[signs[before]]
            and abs(middle[place] - middle[before]) < 0.3 * size[before]
            and abs(left[place] - left[before]) < 0.4 * size[before] * _wide(chr(sign))
        )
    return kept


def _follow(
    glyphs: Glyphs, signs: npt.NDArray[np.intp]
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Which characters carry on the run of the one before, and which of them after a blank.

    A blank counts where it takes the room between the two; some programs write it elsewhere.
    """
    before, after = signs[:-1], signs[1:]
    size = glyphs.bottom[before] - glyphs.top[before]
    gap = glyphs.left[after] - glyphs.right[before]
    middle = glyphs.top[signs] + glyphs.bottom[signs]
    drop = np.abs(np.diff(middle)) / 2
    first, last = np.minimum(before + 1, after), after - 1
    slack = 0.3 * size
    blank = after - before > 1
    blank &= glyphs.left[first] >= glyphs.right[before] - slack
    blank &= glyphs.right[last] <= glyphs.left[after] + slack
    reach = np.where(blank, _SAME_LINE, _SAME_RUN) * size
    follows = (-0.5 * size < gap) & (gap < reach) & (drop < 0.3 * size)
    return np.append(False, follows), np.append(False, follows & blank)


def _text_of(signs: Signs) -> str:
    return signs.tobytes().decode("utf-32-le")


def _wide(sign: str) -> float:
    return 1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.5


def _rows(runs: list[_Run]) -> list[list[_Run]]:
    if len(runs) == 1:
        return [runs]
    rows: list[list[_Run]] = []
    middles = smallest = 0.0  # of the last row: the sum of its middles, and its smallest run
    for run in sorted(runs, key=lambda run: run.top + run.bottom):
        middle = (run.top + run.bottom) / 2
        if rows:
            last = rows[-1]
            reach = 0.45 * min(run.size, smallest)
            if abs(middle - middles / len(last)) <= reach:
                last.append(run)
                middles += middle
                smallest = min(smallest, run.size)
                continue
        rows.append([run])
        middles, smallest = middle, run.size
    for row in rows:
        row.sort(key=lambda run: run.left)
    return rows


def _lines_of_row(row: list[_Run]) -> list[Line]:
    is_letter_spaced = len(row) > 1 and all(len(run.text) == 1 for run in row)
    limit = _LETTER_SPACED if is_letter_spaced else _SAME_LINE
    groups: list[list[_Run]] = []
    for run in row:
        if groups:
            before = groups[-1][-1]
            if run.left - before.right < limit * max(before.size, run.size):
                groups[-1].append(run)
                continue
        groups.append([run])
    return [_line_of(group) for group in groups]


def _line_of(runs: list[_Run]) -> Line:
    if len(runs) == 1:
        text, *sides = runs[0]
        return Line(text, Box(*sides), 1.0, "text-layer")
    pieces = [runs[0].text]
    for before, run in pairwise(runs):
        gap = run.left - before.right
        touches = gap < _SAME_RUN * max(before.size, run.size)
        pieces.append(run.text if touches else f" {run.text}")
    box = Box(
        min(run.left for run in runs),
        min(run.top for run in runs),
        max(run.right for run in runs),
        max(run.bottom for run in runs),
    )
    return Line("".join(pieces), box, 1.0, "text-layer")
