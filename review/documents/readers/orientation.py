"""Which way up a scanned page lies, and what was read on it that way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np

from review.documents.readers import scan
from review.documents.readers.line_reading import Read, cut_at_rulings, recognize_all
from review.documents.readers.pixels import Pixels, Quad
from review.documents.readers.plane import Upright, plane_of, straightened
from review.documents.readers.recognizer import cut_out, detect, recognize
from review.documents.readers.seals import without_red

_DOUBTFUL_PAGE = 0.8  # mean score below which another orientation is tried
_SAMPLE = 8  # lines that are read to judge an orientation


class Sheet(NamedTuple):
    """A picture made straight, the same without red ink, and where lines were seen on it."""

    upright: Upright
    writing: Pixels
    quads: list[Quad]


class Look(NamedTuple):
    """A picture as it was turned, and what was read on it that way.

    `turned` is the clockwise turn in degrees; `unit` points a pixel; `letters` is 255 where there
    is ink that is no ruling.
    """

    sheet: Sheet
    turned: int
    unit: float
    rulings: scan.Rulings
    letters: Pixels
    reads: list[Read]


def writing_of(rgb: Pixels) -> Pixels:
    """The picture without seals, three equal channels."""
    return cv2.cvtColor(without_red(rgb), cv2.COLOR_GRAY2RGB)


def set_upright(rgb: Pixels, width: float) -> Look:
    """The picture read in the orientation in which it reads well; `width` is its own in points.

    Lying lines turn it by 90 degrees before reading; a poor score turns it over.
    """
    unit = width / rgb.shape[1]
    turned = 0
    sheet = _straightened(rgb)
    if _is_sideways(sheet.quads):
        turned = 90
        sheet = _straightened(turn(rgb, turned))
    look = _look(sheet, turned, unit)
    if _mean_score(look.reads) >= _DOUBTFUL_PAGE:
        return look
    if _sample_score(look, over=True) <= _sample_score(look, over=False) + 0.05:
        return look
    turned = (turned + 180) % 360
    return _look(_straightened(turn(rgb, turned)), turned, unit)


def _look(sheet: Sheet, turned: int, unit: float) -> Look:
    ink = scan.ink_of(np.ascontiguousarray(sheet.writing[:, :, 0]))
    rulings = scan.rulings_of(ink, unit)
    letters = cv2.subtract(ink, cv2.dilate(rulings.mask, np.ones((5, 5), np.uint8)))
    reads = recognize_all(sheet.writing, cut_at_rulings(sheet.quads, rulings.vertical, unit))
    return Look(sheet, turned, unit, rulings, letters, reads)


def _straightened(rgb: Pixels) -> Sheet:
    upright = straightened(rgb, plane_of(np.ascontiguousarray(rgb[:, :, 0])))
    writing = writing_of(upright.pixels)
    return Sheet(upright, writing, detect(writing))


def turn(rgb: Pixels, degrees: int) -> Pixels:
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


def _mean_score(reads: Sequence[Read]) -> float:
    """Mean score by characters; 1 where nothing was read."""
    count = sum(len(read.text) for read in reads)
    return sum(read.score * len(read.text) for read in reads) / count if count else 1.0


def _sample_score(look: Look, *, over: bool) -> float:
    """Mean score of some of the longest lines, read as they are or turned over."""
    writing = look.sheet.writing
    quads = [read.quad for read in look.reads]
    longest = sorted(quads, key=lambda quad: -float(np.linalg.norm(quad[0] - quad[1])))
    scores = []
    for quad in longest[:_SAMPLE]:
        crop = cut_out(writing, quad)
        if over:
            crop = np.ascontiguousarray(crop[::-1, ::-1])
        scores.append(recognize(crop).score)
    return float(np.mean(scores)) if scores else 1.0
