"""What a scan shows beside letters: its rulings, its photographs, whether it is blank."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np

from review.documents.model import Box
from review.documents.readers.pixels import Pixels
from review.documents.readers.rulings import Stroke

_GAP = 0.19  # of the height of a line, from which a gap in it is a blank
_REACH = 6.0  # points by which a ruling may miss another that it meets
_CROSSING, _CROSSED = 40.0, 15.0  # length of a ruling that crosses another; its ends beyond
_INKED = 28  # how far a colour is from the paper's where it is inked
_OF_A_PHOTOGRAPH, _MOSTLY = 0.2, 0.6  # shares of a row: densely inked, inked at all
_BLUR = 4  # pixels of the small picture by which the edge of a photograph is uncertain
_GREYS, _FEW_GREYS = (90, 165), 0.3  # levels between black and white; share of them in grain
_INK = 0.0006  # share of dark pixels below which a page is blank


def ink_of(gray: Pixels) -> Pixels:
    """255 where something is written, against the paper around it."""
    size = max(31, (min(gray.shape[:2]) // 40) | 1)
    ink: Pixels = cv2.adaptiveThreshold(
        gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, size, 18
    )
    return ink


def is_blank(gray: Pixels) -> bool:
    """Whether nothing is written on the page, its edges left aside."""
    height, width = gray.shape[:2]
    inner = gray[height // 40 : height - height // 40, width // 40 : width - width // 40]
    small = cv2.resize(inner, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ink = ink_of(np.ascontiguousarray(small))
    ink = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    return float((ink > 0).mean()) < _INK


class Rulings(NamedTuple):
    """Level and upright rulings in points, and a picture that is 255 where they run."""

    horizontal: list[Stroke]
    vertical: list[Stroke]
    mask: Pixels


def rulings_of(ink: Pixels, points_per_pixel: float) -> Rulings:
    """The rulings of a straightened page, from its ink.

    A thin ruling wavers by a pixel where a fax or a turn has made steps of it, so the ink is
    thickened across its direction before straight runs are looked for.
    """
    height = ink.shape[0]
    along = max(20, int(22 / points_per_pixel))
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    across = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, along), np.uint8))
    across = cv2.morphologyEx(across, cv2.MORPH_CLOSE, np.ones((3, along), np.uint8))
    down_length = max(16, int(15 / points_per_pixel))
    thick = cv2.dilate(ink, np.ones((1, 3), np.uint8))
    down = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((down_length, 1), np.uint8))
    down = cv2.morphologyEx(down, cv2.MORPH_CLOSE, np.ones((down_length, 3), np.uint8))
    horizontal = [
        Stroke((y + h / 2) * points_per_pixel, x * points_per_pixel, (x + w) * points_per_pixel)
        for x, y, w, h in _parts(across)
        if h <= max(14, 5 / points_per_pixel) and w >= along
    ]
    vertical = [
        Stroke((x + w / 2) * points_per_pixel, y * points_per_pixel, (y + h) * points_per_pixel)
        for x, y, w, h in _parts(down)
        if w <= max(14, 5 / points_per_pixel) and h >= down_length
    ]
    tall = 0.12 * height * points_per_pixel
    vertical = [
        stroke
        for stroke in vertical
        if _is_ruling(stroke, horizontal) or stroke.high - stroke.low > tall
    ]
    return Rulings(horizontal, vertical, cv2.bitwise_or(across, down))


def _is_ruling(stroke: Stroke, horizontal: Sequence[Stroke]) -> bool:
    """Whether an upright stroke is no letter's: it meets level ones at both ends, or crosses one.

    The upper part of a ruling that wavers may be lost, and then one end hangs in the air.
    """
    met = [line.at for line in horizontal if line.low - _REACH <= stroke.at <= line.high + _REACH]
    if all(any(abs(at - end) <= _REACH for at in met) for end in (stroke.low, stroke.high)):
        return True
    return stroke.high - stroke.low >= _CROSSING and any(
        stroke.low + _CROSSED <= at <= stroke.high - _CROSSED for at in met
    )


def _parts(mask: Pixels) -> list[tuple[int, int, int, int]]:
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    return [(int(x), int(y), int(w), int(h)) for x, y, w, h, _ in stats[1:count]]


class Gap(NamedTuple):
    """A gap in the ink of a line: its middle and width in pixels."""

    middle: float
    width: float


def gaps_of(crop: Pixels) -> list[Gap]:
    """Gaps in the ink that are clearly wider than the usual ones of the line."""
    height, width = crop.shape[:2]
    if width < 2 * height:
        return []
    grey = np.ascontiguousarray(crop[:, :, 0])
    ink = ink_of(grey)[int(0.12 * height) : int(0.88 * height)]
    empty = np.concatenate(([False], (ink > 0).sum(axis=0) == 0, [False]))
    edges = np.flatnonzero(empty[1:] != empty[:-1])
    runs = [
        (int(start), int(end))
        for start, end in zip(edges[::2], edges[1::2], strict=True)
        if start > 0 and end < width
    ]
    widths = [end - start for start, end in runs if end - start > 0.03 * height]
    usual = float(np.median(widths)) if widths else 0.0
    least = max(_GAP * height, 1.7 * usual if len(widths) > 3 else 0.0)
    return [Gap((a + b) / 2, b - a) for a, b in runs if b - a >= least]


def is_grain(rgb: Pixels, box: Box, points_per_pixel: float) -> bool:
    """Whether a photograph has hardly any greys, as on a fax: there it is black and white grain."""
    left, top, right, bottom = (max(0, round(edge / points_per_pixel)) for edge in box)
    part = rgb[top:bottom, left:right].mean(axis=2)
    return bool(((part > _GREYS[0]) & (part < _GREYS[1])).mean() < _FEW_GREYS)


def photographs_of(rgb: Pixels, points_per_pixel: float) -> list[Box]:
    """Densely inked areas larger than a hand's breadth: photographs and screens, in points."""
    scale = 300.0 / max(rgb.shape[:2])
    small = cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    paper = np.median(small.reshape(-1, 3), axis=0)
    apart = np.abs(small.astype(np.int16) - paper.astype(np.int16)).max(axis=2)
    mask = (apart > _INKED).astype(np.uint8) * 255
    dense = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    mask = cv2.morphologyEx(dense, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    found = []
    for x, y, width, height in _parts(mask):
        inside = mask[y : y + height, x : x + width]
        if width * height < 0.03 * mask.size or float((inside > 0).mean()) < 0.7:
            continue
        left, right = round(x / scale), round((x + width) / scale)
        for top, bottom in _between_captions(dense[y : y + height, x : x + width]):
            low, high = (
                _edge(rgb[:, left:right], paper, (y + row) / scale, round(_BLUR / scale))
                for row in (top, bottom)
            )
            found.append(Box(*(edge * points_per_pixel for edge in (left, low, right, high))))
    return found


def _edge(columns: Pixels, paper: Pixels, row: float, blur: int) -> float:
    """The row nearby where a photograph that fills these columns begins or ends.

    Words may stand close to it: of their rows less is inked than of the photograph's. `row` itself
    where no such row is found.
    """
    first = max(0, round(row) - blur)
    near = columns[first : round(row) + blur].astype(np.int16) - paper.astype(np.int16)
    is_photograph = (np.abs(near).max(axis=2) > _INKED).mean(axis=1) > _MOSTLY
    turns = np.flatnonzero(np.diff(is_photograph.astype(np.int8)))
    return float(first + turns[0] + 1) if len(turns) == 1 else row


def _between_captions(dense: Pixels) -> list[tuple[int, int]]:
    """Tops and bottoms of the photographs in a dense area; the bands of paper are captions."""
    is_photograph = np.concatenate(([0], (dense > 0).mean(axis=1) >= _OF_A_PHOTOGRAPH, [0]))
    edges = np.flatnonzero(np.diff(is_photograph.astype(np.int8)))
    return [(int(top), int(bottom)) for top, bottom in edges.reshape(-1, 2)]
