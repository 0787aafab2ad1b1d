"""A page by recognition of its picture: lines, table cells, letterheads, seals, photographs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from review.documents.model import Block, Box, Line, Mark, MarkKind, Page, PageStatus
from review.documents.readers import scan
from review.documents.readers.levels import levelled
from review.documents.readers.line_reading import Read, recognize_all
from review.documents.readers.orientation import Look, set_upright, turn, writing_of
from review.documents.readers.pixels import Pixels
from review.documents.readers.plane import Upright, straightened
from review.documents.readers.red_letters import red_letters
from review.documents.readers.rulings import cells_of
from review.documents.readers.seals import black_seals_of, red_mask, seals_of
from review.documents.readers.signatures import signatures_of, unread_hands_of
from review.documents.readers.spread import laid_out
from review.documents.readers.strays import strays_of, uncovered, unread_places

_CLEAR_PAGE = 0.75
_LOW_LINE = 0.6
_IN_RED = 0.75  # share of a line's ink under red ink from which it is a seal's own
_CLEAR_STRAY = 0.8
_PERHAPS_WRITING = 0.5  # confidence of a mark of ink that was read as nothing
_DARK = 150  # grey level of what is written


def read_picture(rgb: Pixels, source: str, number: int, *, width: float, height: float) -> Page:
    """The page that a picture shows. `width` and `height` are those of the picture in points."""
    even = levelled(rgb)
    if scan.is_blank(writing_of(even)[:, :, 0]):
        page = Page(source, number, width, height, (), status=PageStatus.BLANK)
        return replace(page, marks=_seal_marks(even, width / rgb.shape[1]))
    look = set_upright(even, width)
    if look.turned in (90, 270):
        width, height = height, width
    upright, unit = look.sheet.upright, look.unit
    as_scanned = straightened(turn(rgb, look.turned), upright.plane).pixels
    black = black_seals_of(cv2.bitwise_or(look.letters, look.rulings.mask), unit)
    marks = (
        *_seal_marks(upright.pixels, unit),
        *(Mark(MarkKind.SEAL, box, score) for box, score in black),
        *(Mark(MarkKind.IMAGE, box, 0.9) for box in scan.photographs_of(as_scanned, unit)),
    )
    reads = look.reads + red_letters(upright.pixels, look.reads)
    reads = _of_no_seal(reads, look, marks)
    reads = _off_the_ring(reads, [box for box, _ in black], unit)
    reads += _overlooked(look, reads, marks)
    lines = [_line(read, unit) for read in reads]
    cells = cells_of(look.rulings.horizontal, look.rulings.vertical)
    quads = [read.quad for read in reads]
    unread = uncovered(look.letters, quads, _taken(marks, unit))
    hands = [*signatures_of(lines, cells), *unread_hands_of(unread, lines, cells, unit)]
    places = [Box(*(edge * unit for edge in place)) for place in unread_places(unread, quads)]
    places += [  # words at the edge of a photograph are lost in its grain
        mark.box
        for mark in marks
        if mark.kind is MarkKind.IMAGE and mark.box and scan.is_grain(as_scanned, mark.box, unit)
    ]
    marks = (
        *marks,
        *hands,
        *(
            Mark(MarkKind.UNREAD, place, _PERHAPS_WRITING)
            for place in places
            if not any(hand.covers(place) for hand in hands)
        ),
    )
    sheet = laid_out(lines, cells, look.rulings.horizontal, width, height)
    return Page(
        source=source,
        number=number,
        width=width,
        height=height,
        blocks=tuple(_moved(block, upright, unit) for block in sheet.blocks),
        marks=tuple(replace(mark, box=_back(mark.box, upright, unit)) for mark in marks),
        status=PageStatus.UNCLEAR if sheet.note else _status(lines, marks),
        note=sheet.note,
        turned=look.turned,
        printed_number=sheet.printed_number,
    )


def _of_no_seal(reads: Sequence[Read], look: Look, marks: Sequence[Mark]) -> list[Read]:
    """The lines without those that are what is left of a seal's own letters.

    Such a line is short, lies on a seal, and its ink lies under red ink or is doubtful.
    """
    seals = [mark for mark in marks if mark.kind is MarkKind.SEAL]
    if not seals:
        return list(reads)
    red = cv2.dilate(red_mask(look.sheet.upright.pixels), np.ones((5, 5), np.uint8))
    kept = []
    for read in reads:
        box = _place(read, look.unit)
        if len(read.text) <= 5 and any(mark.covers(box) for mark in seals):
            left, top = np.maximum(np.floor(read.quad.min(axis=0)).astype(int), 0)
            right, bottom = np.ceil(read.quad.max(axis=0)).astype(int)
            dark = look.sheet.writing[top:bottom, left:right, 0] < _DARK
            inside = red[top:bottom, left:right][dark] > 0
            if read.score < _LOW_LINE or (inside.size and float(inside.mean()) > _IN_RED):
                continue
        kept.append(read)
    return kept


def _taken(marks: Sequence[Mark], unit: float) -> list[tuple[int, int, int, int]]:
    """The marks as rectangles of pixels: left, top, right, bottom."""
    return [
        (round(box.left / unit), round(box.top / unit), round(box.right / unit),
         round(box.bottom / unit))
        for box in (mark.box for mark in marks)
        if box is not None
    ]  # fmt: skip


def _off_the_ring(reads: list[Read], rings: Sequence[Box], unit: float) -> list[Read]:
    """The lines without single letters that stand alone between the ring and the middle of a seal.

    On a copy in black nothing but their place tells a seal's letters from the paper's.
    """
    boxes = [_place(read, unit) for read in reads]
    longer = [box for read, box in zip(reads, boxes, strict=True) if len(read.text) > 2]
    return [
        read
        for read, box in zip(reads, boxes, strict=True)
        if len(read.text.replace(" ", "")) > 2
        or not any(_is_on_ring(box, ring) for ring in rings)
        or any(_is_beside(box, other) for other in longer)
    ]


def _is_on_ring(box: Box, ring: Box) -> bool:
    """Whether the middle of a line lies where a round seal has its letters."""
    across = (box.left + box.right - ring.left - ring.right) / 2
    down = (box.top + box.bottom - ring.top - ring.bottom) / 2
    return 0.5 < float(np.hypot(across, down)) / ((ring.right - ring.left) / 2) < 1.05


def _is_beside(box: Box, other: Box) -> bool:
    """Whether a line stands on the same row, less than a letter away."""
    height = box.bottom - box.top
    off = abs(other.top + other.bottom - box.top - box.bottom) / 2
    return off < 0.4 * height and max(other.left - box.right, box.left - other.right) < 0.6 * height


def _overlooked(look: Look, reads: Sequence[Read], marks: Sequence[Mark]) -> list[Read]:
    """Lines that detection passed over and that read well."""
    places = strays_of(
        look.letters, [read.quad for read in reads] + look.sheet.quads, _taken(marks, look.unit)
    )
    found = recognize_all(look.sheet.writing, places)
    return [
        read
        for read in found
        if read.score >= _CLEAR_STRAY and any(letter.isalnum() for letter in read.text)
    ]


def _line(read: Read, unit: float) -> Line:
    return Line(read.text, _place(read, unit), round(read.score, 4), "ocr")


def _place(read: Read, unit: float) -> Box:
    """Where a line stands on the straightened page, in points."""
    left, top = read.quad.min(axis=0) * unit
    right, bottom = read.quad.max(axis=0) * unit
    return Box(float(left), float(top), float(right), float(bottom))


def _moved(block: Block, upright: Upright, unit: float) -> Block:
    lines = tuple(replace(line, box=_back(line.box, upright, unit)) for line in block.lines)
    return replace(block, lines=lines)


def _back(box: Box | None, upright: Upright, unit: float) -> Box | None:
    """A box in points on the straightened page as it lies on the page that was scanned."""
    if box is None:
        return None
    pixels = upright.back(Box(*(value / unit for value in box)))
    return Box(*(value * unit for value in pixels))


def _seal_marks(rgb: Pixels, unit: float) -> tuple[Mark, ...]:
    return tuple(Mark(MarkKind.SEAL, box, score) for box, score in seals_of(rgb, unit))


# --- how clear it is --------------------------------------------------------------------------


def _status(lines: Sequence[Line], marks: Sequence[Mark]) -> PageStatus:
    """READ unless a part with text is doubtful.

    Photographs, seals and single short lines (signatures) are left aside: they say nothing about
    the text around them.
    """
    judged = [line for line in lines if not any(mark.covers(line.box) for mark in marks)]
    if not judged:
        return PageStatus.READ if lines or marks else PageStatus.BLANK
    weights = [len(line.text) for line in judged]
    mean = sum(line.confidence * len(line.text) for line in judged) / sum(weights)
    low = [line for line in judged if line.confidence < _LOW_LINE and len(line.text) >= 5]
    share = sum(len(line.text) for line in low) / sum(weights)
    if mean < _CLEAR_PAGE or len(low) >= 3 or (low and share > 0.25):
        return PageStatus.UNCLEAR
    return PageStatus.READ
