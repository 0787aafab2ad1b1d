"""How far recognised text is from what was drawn: the same rule for every engine.

Both sides are folded before they are compared: full to half width by Unicode NFKC, blanks taken
away, the kinds of dashes, of quotes and of round zeros made one. What differs after that is an
error, each character put in, left out or replaced by another. Recognised pieces are put into the
rows that were drawn by where they stand, so the order in which an engine gives them does not
matter; what stands in no row (letters of a seal's ring, specks) counts as put in.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import LCSseq, Levenshtein

from review.bench.scans.damage import ScannedPage
from review.bench.scans.pages import Drawn

_ONE = str.maketrans(
    {
        "○": "〇",
        "◯": "〇",
        **dict.fromkeys("—–−―─-", "-"),
        **dict.fromkeys("“”„‟", '"'),
        "’": "'",
        "‘": "'",
    }
)
_LOST = 0.5  # share of a line's characters below which it is lost


class Piece(NamedTuple):
    """What an engine read in one place; left, top, right, bottom in pixels of the scan."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PageScore:
    """Characters drawn, errors, and lines that were lost; `wrong` shows (drawn, read) rows."""

    letters: int
    errors: int
    lines: int
    lost: tuple[str, ...]
    wrong: tuple[tuple[str, str], ...]


def folded(text: str) -> str:
    """The text as it is compared."""
    plain = unicodedata.normalize("NFKC", text).translate(_ONE)
    return "".join(plain.split())


def _rows(lines: Iterable[Drawn]) -> list[list[Drawn]]:
    """Lines that stand side by side, rows from the top."""
    rows: list[list[Drawn]] = []
    for line in sorted(lines, key=lambda each: each.box.top + each.box.bottom):
        middle = (line.box.top + line.box.bottom) / 2
        if rows:
            last = rows[-1][0].box
            if abs(middle - (last.top + last.bottom) / 2) < 0.4 * (last.bottom - last.top):
                rows[-1].append(line)
                continue
        rows.append([line])
    return [sorted(row, key=lambda each: each.box.left) for row in rows]


def scored(page: ScannedPage, pieces: Iterable[Piece]) -> PageScore:
    """One engine's pieces of a page against its lines."""
    rows = _rows(page.lines)
    spans = [(min(e.box.top for e in row), max(e.box.bottom for e in row)) for row in rows]
    read: list[list[tuple[float, str]]] = [[] for _ in rows]
    strays: list[str] = []
    for piece in pieces:
        x, y = page.place((piece.left + piece.right) / 2, (piece.top + piece.bottom) / 2)
        distance, nearest = min(
            (abs(y - (low + high) / 2) / (high - low), index)
            for index, (low, high) in enumerate(spans)
        )
        if distance <= 0.75:
            read[nearest].append((x, piece.text))
        else:
            strays.append(piece.text)
    letters = errors = 0
    lost: list[str] = []
    wrong: list[tuple[str, str]] = []
    for row, found in zip(rows, read, strict=True):
        drawn = folded("".join(each.text for each in row))
        text = folded("".join(each for _, each in sorted(found)))
        distance = Levenshtein.distance(drawn, text)
        letters += len(drawn)
        errors += distance
        if distance:
            wrong.append((drawn, text))
        for each in row:
            line = folded(each.text)
            if LCSseq.similarity(line, text) < _LOST * len(line):
                lost.append(each.text)
    added = folded("".join(strays))
    if added:
        wrong.append(("", added))
    return PageScore(letters, errors + len(added), len(page.lines), tuple(lost), tuple(wrong))
