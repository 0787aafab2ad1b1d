"""A page by recognition of its picture: orientation, skew, table cells, letterheads, seals."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np

from review.documents.model import Block, Box, Line, Mark, MarkKind, Page, PageStatus
from review.documents.readers import scan
from review.documents.readers.layout import blocks_of
from review.documents.readers.page_numbers import printed_number
from review.documents.readers.pixels import Pixels, Quad
from review.documents.readers.recognizer import (
    Recognized,
    cut_out,
    detect,
    recognize,
)
from review.documents.readers.rulings import Stroke, cells_of
from review.documents.readers.seals import red_mask, seals_of, without_red

_DOUBTFUL_PAGE = 0.8  # mean score below which another orientation is tried
_CLEAR_PAGE = 0.75
_LOW_LINE = 0.6
_APART = 1.7  # gap in heights of the line from which its parts are lines of their own
_AIRY = frozenset("，。、；：！？（）《》“”〔〕【】,.;:!?()[]-—·…□☐☑√■●○ ")
_SAMPLE = 8  # lines that are read to judge an orientation


class _Read(NamedTuple):
    """One recognised line; `quad` in pixels of the straightened picture."""

    quad: Quad
    text: str
    score: float


def read_picture(rgb: Pixels, source: str, number: int, *, width: float, height: float) -> Page:
    """The page that a picture shows. `width` and `height` are those of the picture in points."""
    if scan.is_blank(_writing(rgb)[:, :, 0]):
        page = Page(source, number, width, height, (), status=PageStatus.BLANK)
        return replace(page, marks=_seal_marks(rgb, width / rgb.shape[1]))
    look = _set_upright(rgb, width)
    if look.turned in (90, 270):
        width, height = height, width
    upright, unit = look.upright, look.unit
    reads = look.reads + _red_letters(upright.pixels, look.reads)
    marks = (
        *_seal_marks(upright.pixels, unit),
        *(Mark(MarkKind.IMAGE, box, 0.9) for box in scan.photographs_of(upright.pixels, unit)),
    )
    lines = [_line(read, unit) for read in reads]
    lines = [line for line in lines if not _is_ring_text(line, marks)]
    cells = cells_of(look.horizontal, look.vertical)
    return Page(
        source=source,
        number=number,
        width=width,
        height=height,
        blocks=tuple(_moved(block, upright, unit) for block in blocks_of(lines, cells, width)),
        marks=tuple(replace(mark, box=_back(mark.box, upright, unit)) for mark in marks),
        status=_status(lines, marks),
        turned=look.turned,
        printed_number=printed_number(lines, height),
    )


def _writing(rgb: Pixels) -> Pixels:
    """The picture without seals, three equal channels."""
    return np.ascontiguousarray(np.repeat(without_red(rgb)[:, :, None], 3, axis=2))


# --- orientation ------------------------------------------------------------------------------


class _Look(NamedTuple):
    """A picture as it was turned, and what was read on it that way.

    `turned` is the clockwise turn in degrees; `unit` points a pixel; strokes are in points.
    """

    upright: scan.Upright
    turned: int
    unit: float
    horizontal: list[Stroke]
    vertical: list[Stroke]
    reads: list[_Read]


def _set_upright(rgb: Pixels, width: float) -> _Look:
    """The picture read in the orientation in which it reads well.

    Lying lines turn it by 90 degrees before reading; a poor score turns it over.
    """
    unit = width / rgb.shape[1]
    turned = 0
    upright, quads = _straightened(rgb)
    if _is_sideways(quads):
        turned = 90
        upright, quads = _straightened(_turn(rgb, turned))
    look = _look(upright, quads, turned, unit)
    if _mean_score(look.reads) >= _DOUBTFUL_PAGE:
        return look
    if _sample_score(look, over=True) <= _sample_score(look, over=False) + 0.05:
        return look
    turned = (turned + 180) % 360
    upright, quads = _straightened(_turn(rgb, turned))
    return _look(upright, quads, turned, unit)


def _look(upright: scan.Upright, quads: Sequence[Quad], turned: int, unit: float) -> _Look:
    writing = _writing(upright.pixels)
    horizontal, vertical = scan.rulings_of(np.ascontiguousarray(writing[:, :, 0]), unit)
    reads = _recognize_all(writing, _cut_at_rulings(quads, vertical, unit))
    return _Look(upright, turned, unit, horizontal, vertical, reads)


def _straightened(rgb: Pixels) -> tuple[scan.Upright, list[Quad]]:
    upright = scan.straightened(rgb, scan.skew_of(np.ascontiguousarray(rgb[:, :, 0])))
    return upright, detect(_writing(upright.pixels))


def _turn(rgb: Pixels, degrees: int) -> Pixels:
    """The picture turned clockwise by a multiple of 90 degrees."""
    return np.ascontiguousarray(np.rot90(rgb, k=-(degrees // 90) % 4))


def _is_sideways(quads: Sequence[Quad]) -> bool:
    """Whether most of the longer lines stand upright on their short side."""
    tall = wide = 0.0
    for quad in quads:
        across = float(np.linalg.norm(quad[0] - quad[1]))
        down = float(np.linalg.norm(quad[0] - quad[3]))
        if down > 1.8 * across:
            tall += down
        elif across > 1.8 * down:
            wide += across
    return tall > 1.5 * wide and tall > 0


def _mean_score(reads: Sequence[_Read]) -> float:
    """Mean score by characters; 1 where nothing was read."""
    count = sum(len(read.text) for read in reads)
    return sum(read.score * len(read.text) for read in reads) / count if count else 1.0


def _sample_score(look: _Look, *, over: bool) -> float:
    """Mean score of some of the longest lines, read as they are or turned over."""
    writing = _writing(look.upright.pixels)
    quads = [read.quad for read in look.reads]
    longest = sorted(quads, key=lambda quad: -float(np.linalg.norm(quad[0] - quad[1])))
    scores = []
    for quad in longest[:_SAMPLE]:
        crop = cut_out(writing, quad)
        if over:
            crop = np.ascontiguousarray(crop[::-1, ::-1])
        scores.append(recognize(crop).score)
    return float(np.mean(scores)) if scores else 1.0


# --- lines ------------------------------------------------------------------------------------


def _cut_at_rulings(quads: Sequence[Quad], vertical: Sequence[Stroke], unit: float) -> list[Quad]:
    """Lines that run across a vertical ruling are cut at it: they belong to different cells."""
    parts: list[Quad] = []
    for quad in quads:
        left, right = float(quad[[0, 3], 0].mean()), float(quad[[1, 2], 0].mean())
        middle = float(quad[:, 1].mean()) * unit
        size = float(np.linalg.norm(quad[0] - quad[3]))
        cuts = sorted(
            stroke.at / unit
            for stroke in vertical
            if stroke.low <= middle <= stroke.high
            and left + 0.4 * size < stroke.at / unit < right - 0.4 * size
        )
        if not cuts or right <= left:
            parts.append(quad)
            continue
        edges = [left, *cuts, right]
        for low, high in pairwise(edges):
            parts.append(
                _slice(quad, (low - left) / (right - left), (high - left) / (right - left))
            )
    return parts


def _slice(quad: Quad, low: float, high: float) -> Quad:
    top, bottom = quad[1] - quad[0], quad[2] - quad[3]
    return np.array(
        [
            quad[0] + low * top,
            quad[0] + high * top,
            quad[3] + high * bottom,
            quad[3] + low * bottom,
        ],
        dtype=np.float32,
    )


def _recognize_all(writing: Pixels, quads: Sequence[Quad]) -> list[_Read]:
    reads: list[_Read] = []
    for quad in quads:
        crop = cut_out(writing, quad)
        if crop.shape[0] >= 1.8 * crop.shape[1]:
            crop = np.ascontiguousarray(np.rot90(crop))
        reads.extend(_Read(part, text, score) for part, text, score in _parted(quad, crop))
    return reads


def _parted(quad: Quad, crop: Pixels) -> list[tuple[Quad, str, float]]:
    """What a picture of a line says: a blank at every gap, and lines of their own at wide ones.

    The model leaves out blanks between two names or two fields; the gaps in the ink show them.
    """
    found: Recognized = recognize(crop)
    text = found.text
    if not text.strip():
        return []
    pieces: list[str] = [""]
    edges = [0.0]
    gaps = scan.gaps_of(crop) if found.places else []
    for index, letter in enumerate(text):
        gap = _gap_before(index, found, gaps, crop.shape) if gaps else None
        if gap is not None and gap.width > _APART * crop.shape[0] and pieces[-1].strip():
            edges.append(gap.middle / crop.shape[1])
            pieces.append("")
        elif gap is not None and letter != " " and not pieces[-1].endswith(" "):
            pieces[-1] += " "
        pieces[-1] += letter
    edges.append(1.0)
    return [
        (_slice(quad, low, high), piece.strip(), found.score)
        for piece, (low, high) in zip(pieces, pairwise(edges), strict=True)
        if piece.strip()
    ]


def _gap_before(
    index: int, found: Recognized, gaps: Sequence[scan.Gap], shape: tuple[int, ...]
) -> scan.Gap | None:
    """The gap between a character and the one before it, None where they stand at the usual pitch.

    Narrow letters and punctuation leave gaps in the ink too, but stand no further apart.
    """
    if index == 0:
        return None
    height, width = shape[:2]
    low, high = found.places[index - 1] * width, found.places[index] * width
    gap = next((gap for gap in gaps if low < gap.middle < high), None)
    if gap is None:
        return None
    before, here = found.text[index - 1], found.text[index]
    if before in _AIRY or here in _AIRY:
        return gap if gap.width > 1.2 * height else None
    usual = _pitch(found, width, height) * (_advance(before) + _advance(here)) / 2
    return gap if high - low > 1.17 * usual or gap.width > 0.7 * height else None


def _pitch(found: Recognized, width: int, height: int) -> float:
    """The usual distance in pixels between the middles of two Chinese letters of a line."""
    steps = [
        (there - here) * width
        for (a, here), (b, there) in pairwise(zip(found.text, found.places, strict=True))
        if _advance(a) == _advance(b) == 1.0 and a not in _AIRY and b not in _AIRY
    ]
    return float(np.median(steps)) if len(steps) >= 3 else 0.72 * height


def _advance(letter: str) -> float:
    return 1.0 if unicodedata.east_asian_width(letter) in "WF" else 0.55


def _red_letters(rgb: Pixels, reads: Sequence[_Read]) -> list[_Read]:
    """Lines printed in red (letterheads, red titles), which the red channel does not show.

    Looked for where red ink forms wide and flat areas: a seal is neither.
    """
    mask = red_mask(rgb)
    height, width = mask.shape
    joined = cv2.morphologyEx(
        mask, cv2.MORPH_CLOSE, np.ones((max(3, height // 300), max(9, width // 25)), np.uint8)
    )
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    found: list[_Read] = []
    for x, y, w, h, _ in stats[1:count].tolist():
        is_band = w > 3.2 * h and w > width * 0.12 and height * 0.008 < h < height * 0.12
        if not is_band:
            continue
        margin = max(6, h // 4)
        top, left = max(0, y - margin), max(0, x - margin)
        band = np.ascontiguousarray(rgb[top : y + h + margin, left : x + w + margin])
        ink = cv2.cvtColor(band, cv2.COLOR_RGB2BGR)
        for quad in detect(ink):
            read = recognize(cut_out(ink, quad))
            place = quad + np.array([left, top], dtype=np.float32)
            if read.text.strip() and read.score > _LOW_LINE and not _is_read(place, reads):
                found.append(_Read(place, read.text.strip(), read.score))
    return found


def _is_read(quad: Quad, reads: Sequence[_Read]) -> bool:
    """Whether a line that was read lies on the same place."""
    left, top = quad.min(axis=0)
    right, bottom = quad.max(axis=0)
    for read in reads:
        low, high = read.quad.min(axis=0), read.quad.max(axis=0)
        across = min(right, high[0]) - max(left, low[0])
        down = min(bottom, high[1]) - max(top, low[1])
        if across > 0.4 * (right - left) and down > 0.4 * (bottom - top):
            return True
    return False


def _line(read: _Read, unit: float) -> Line:
    left, top = read.quad.min(axis=0) * unit
    right, bottom = read.quad.max(axis=0) * unit
    box = Box(float(left), float(top), float(right), float(bottom))
    return Line(read.text, box, round(read.score, 4), "ocr")


def _is_ring_text(line: Line, marks: Sequence[Mark]) -> bool:
    """Whether a line is what is left of a seal's own letters: short, doubtful, inside the seal."""
    if line.confidence >= _LOW_LINE or len(line.text) > 4:
        return False
    return any(mark.kind is MarkKind.SEAL and _covers(mark.box, line.box) for mark in marks)


def _moved(block: Block, upright: scan.Upright, unit: float) -> Block:
    lines = tuple(replace(line, box=_back(line.box, upright, unit)) for line in block.lines)
    return replace(block, lines=lines)


def _back(box: Box | None, upright: scan.Upright, unit: float) -> Box | None:
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
    judged = [line for line in lines if not any(_covers(mark.box, line.box) for mark in marks)]
    if not judged:
        return PageStatus.READ if lines or marks else PageStatus.BLANK
    weights = [len(line.text) for line in judged]
    mean = sum(line.confidence * len(line.text) for line in judged) / sum(weights)
    low = [line for line in judged if line.confidence < _LOW_LINE and len(line.text) >= 5]
    share = sum(len(line.text) for line in low) / sum(weights)
    if mean < _CLEAR_PAGE or len(low) >= 3 or (low and share > 0.25):
        return PageStatus.UNCLEAR
    return PageStatus.READ


def _covers(outer: Box | None, inner: Box | None) -> bool:
    if outer is None or inner is None:
        return False
    x, y = (inner.left + inner.right) / 2, (inner.top + inner.bottom) / 2
    return outer.left <= x <= outer.right and outer.top <= y <= outer.bottom
