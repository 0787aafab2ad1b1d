"""Characters of a text layer into lines: by place alone, whatever order the file keeps them in."""

from __future__ import annotations

import statistics
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from review.documents.model import Box, Line
from review.documents.readers.rulings import Cell, cell_at

_SAME_RUN = 0.35  # gap in sizes up to which characters stand together without a space
_SAME_LINE = 2.0  # gap in sizes from which two runs of a row are lines of their own
_LETTER_SPACED = 5.0  # the same for runs of one character each, as in letter-spaced titles


class Glyph(NamedTuple):
    """A character and its box in points from the top-left of the upright page.

    A blank of whatever width is the text " "; in a run it stands before the character it precedes.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float


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


def lines_of(glyphs: Sequence[Glyph], cells: Sequence[Cell]) -> list[Line]:
    """The lines of a page. A row is cut at table borders and at wide gaps."""
    groups: dict[Cell | None, list[_Run]] = {}
    for run in _runs(glyphs):
        for cell, part in _by_cell(run, cells):
            groups.setdefault(cell, []).append(_run_of(part))
    lines: list[Line] = []
    for runs in groups.values():
        for row in _rows(runs):
            lines.extend(_lines_of_row(row))
    return lines


def _runs(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Characters that follow each other in the file and on the page."""
    runs: list[list[Glyph]] = []
    before: Glyph | None = None
    blanks: Glyph | None = None
    for glyph in glyphs:
        if glyph.text == " ":
            blanks = glyph if blanks is None else blanks._replace(right=glyph.right)
            continue
        blank = blanks is not None and before is not None and _lies_between(before, blanks, glyph)
        blanks = None
        if before is not None:
            size = before.bottom - before.top
            gap = glyph.left - before.right
            drop = abs((glyph.top + glyph.bottom) - (before.top + before.bottom)) / 2
            shift = abs(glyph.left - before.left)
            if (
                drop < 0.3 * size
                and glyph.text == before.text
                and shift < 0.4 * size * _wide(glyph)
            ):
                continue  # the same character drawn again, slightly aside, to look bold
            reach = _SAME_LINE if blank else _SAME_RUN
            if -0.5 * size < gap < reach * size and drop < 0.3 * size:
                runs[-1].append(glyph._replace(text=f" {glyph.text}") if blank else glyph)
                before = glyph
                continue
        runs.append([glyph])
        before = glyph
    return runs


def _lies_between(before: Glyph, blank: Glyph, after: Glyph) -> bool:
    """Whether a blank takes the room between two characters; some programs write it elsewhere."""
    slack = 0.3 * (before.bottom - before.top)
    return blank.left >= before.right - slack and blank.right <= after.left + slack


def _wide(glyph: Glyph) -> float:
    return 1.0 if unicodedata.east_asian_width(glyph.text) in "WFA" else 0.5


def _run_of(glyphs: Sequence[Glyph]) -> _Run:
    return _Run(
        "".join(glyph.text for glyph in glyphs).lstrip(),
        min(glyph.left for glyph in glyphs),
        min(glyph.top for glyph in glyphs),
        max(glyph.right for glyph in glyphs),
        max(glyph.bottom for glyph in glyphs),
    )


def _by_cell(run: list[Glyph], cells: Sequence[Cell]) -> list[tuple[Cell | None, list[Glyph]]]:
    """A run cut where it crosses from one cell into another."""
    if not cells:
        return [(None, run)]
    first, last = _cell_of(run[0], cells), _cell_of(run[-1], cells)
    if first == last:
        return [(first, run)]
    parts: list[tuple[Cell | None, list[Glyph]]] = []
    for glyph in run:
        cell = _cell_of(glyph, cells)
        if parts and parts[-1][0] == cell:
            parts[-1][1].append(glyph)
        else:
            parts.append((cell, [glyph]))
    return parts


def _cell_of(glyph: Glyph, cells: Sequence[Cell]) -> Cell | None:
    return cell_at(cells, (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2)


def _rows(runs: list[_Run]) -> list[list[_Run]]:
    rows: list[list[_Run]] = []
    for run in sorted(runs, key=lambda run: run.top + run.bottom):
        if rows:
            last = rows[-1]
            middle = statistics.fmean((other.top + other.bottom) / 2 for other in last)
            reach = 0.45 * min(run.size, *(other.size for other in last))
            if abs((run.top + run.bottom) / 2 - middle) <= reach:
                last.append(run)
                continue
        rows.append([run])
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
