"""The plane of the paper: how it was turned and leant under the glass or the camera, undone.

A page that a camera saw from aside has rulings that lean differently above and below, and no
table is found in them. Rows of ink tell the turn; long rulings tell the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from review.documents.model import Box
from review.documents.readers.pixels import Pixels
from review.documents.readers.scan import ink_of

Matrix = npt.NDArray[np.float64]
"""3 × 3, of a map of the plane in homogeneous pixels."""

_LARGEST_SKEW = 5.0
_SMALLEST_SKEW = 0.12
_SIDE = 1100.0  # pixels of the longer side of the picture on which rulings are looked at
_PIECE = 40  # pixels of it that run straight in a ruling
_LONG = 0.12  # of the shorter side, from which a ruling tells its direction
_LEAST = 3  # rulings each way, from which the lean can be told
_SPREAD = 0.25  # of the side over which they are spread at least
_LEAN = 0.004  # difference of slopes over the page from which it is undone: a quarter of a degree
_MOST_LEAN = 0.12


@dataclass(frozen=True, slots=True)
class Upright:
    """A picture made straight; `plane` maps points of the picture before to it."""

    pixels: Pixels
    plane: Matrix

    def back(self, box: Box) -> Box:
        """A box on the straightened picture as it lies on the picture before (pixels)."""
        x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        before = np.linalg.solve(self.plane, np.array([x, y, 1.0]))
        dx, dy = float(before[0] / before[2] - x), float(before[1] / before[2] - y)
        return Box(box.left + dx, box.top + dy, box.right + dx, box.bottom + dy)


def straightened(pixels: Pixels, plane: Matrix) -> Upright:
    """The picture mapped by `plane`; what was outside of it is white."""
    if np.array_equal(plane, np.eye(3)):
        return Upright(pixels, plane)
    height, width = pixels.shape[:2]
    mapped = cv2.warpPerspective(
        pixels,
        plane,
        (width, height),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(255, 255, 255),
    )
    return Upright(mapped, plane)


def plane_of(gray: Pixels) -> Matrix:
    """The map that makes the rows of a page level and its rulings square; the unit where all is.

    The turn comes from the rows of ink, the lean from long rulings where there are enough.
    """
    turned = _turn(gray.shape, _skew_of(gray))
    return _unleant(gray, turned) @ turned


def _turn(shape: tuple[int, ...], degrees: float) -> Matrix:
    plane = np.eye(3)
    if degrees:
        plane[:2] = cv2.getRotationMatrix2D((shape[1] / 2, shape[0] / 2), degrees, 1.0)
    return plane


def _skew_of(gray: Pixels) -> float:
    """The angle in degrees by which the rows of the page lean; 0 where it cannot be told.

    The right angle makes the rows of ink most uneven: lines of text and rulings fall together.
    """
    scale = 900.0 / max(gray.shape[:2])
    small = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = ink_of(small)
    if not ink.any():
        return 0.0
    best = _best_angle(ink, np.arange(-_LARGEST_SKEW, _LARGEST_SKEW + 0.1, 0.5))
    best = _best_angle(ink, np.arange(best - 0.4, best + 0.41, 0.1))
    return 0.0 if abs(best) < _SMALLEST_SKEW else best


def _best_angle(ink: Pixels, angles: npt.NDArray[np.float64]) -> float:
    height, width = ink.shape
    best, best_score = 0.0, -1.0
    for angle in angles:
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), float(angle), 1.0)
        turned = cv2.warpAffine(ink, matrix, (width, height), flags=cv2.INTER_NEAREST)
        rows = turned.sum(axis=1, dtype=np.float64)
        score = float(np.square(np.diff(rows)).sum())
        if score > best_score * 1.0001:
            best, best_score = float(angle), score
    return best


class _Slopes(NamedTuple):
    """How rulings of one direction lean: `middle` in the middle of the page, `change` over it."""

    middle: float
    change: float

    def at(self, share: float) -> float:
        """The slope at a share of the page, 0 at its beginning and 1 at its end."""
        return self.middle + self.change * (share - 0.5)


def _unleant(gray: Pixels, turned: Matrix) -> Matrix:
    """The map that squares the rulings of a turned page; the unit where they are square."""
    height, width = gray.shape[:2]
    scale = _SIDE / max(height, width)
    shrink = np.diag([scale, scale, 1.0])
    size = (round(width * scale), round(height * scale))
    small = cv2.warpPerspective(
        gray, shrink @ turned, size, flags=cv2.INTER_AREA, borderValue=(255, 255, 255)
    )
    ink = ink_of(small)
    across = _slopes(ink)
    down = _slopes(np.ascontiguousarray(ink.T))
    if across is None or down is None:
        return np.eye(3)
    least = max(abs(across.change), abs(down.change), abs(across.middle + down.middle))
    most = max(abs(each.middle) + abs(each.change) for each in (across, down))
    if least < _LEAN or most > _MOST_LEAN:
        return np.eye(3)
    wide, high = size
    leant = [
        _crossing(across.at(y), y * high, down.at(x), x * wide, size)
        for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))
    ]
    square = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32)
    squared = cv2.getPerspectiveTransform(np.array(leant, np.float32), square)
    plane: Matrix = np.linalg.inv(shrink) @ squared @ shrink
    return plane


def _crossing(
    slope: float, y: float, lean: float, x: float, size: tuple[int, int]
) -> tuple[float, float]:
    """Where a row that passes `y` in the middle meets an upright that passes `x` there."""
    middle_x, middle_y = size[0] / 2, size[1] / 2
    v = (y + slope * (x - lean * middle_y - middle_x)) / (1 - slope * lean)
    return x + lean * (v - middle_y), v


def _slopes(ink: Pixels) -> _Slopes | None:
    """The slopes of long level rulings by where they stand; None where there are too few.

    The middle one of the slopes between every two rulings holds against text taken for a ruling.
    """
    height, width = ink.shape
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    runs = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, _PIECE), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(runs)
    places, slopes = [], []
    for number in range(1, count):
        left, top, wide, high, _area = (int(value) for value in stats[number])
        if wide < _LONG * min(height, width) or high > 6 + _MOST_LEAN * wide:
            continue
        part = labels[top : top + high, left : left + wide] == number
        columns = np.flatnonzero(part.any(axis=0))
        middles = np.array([np.flatnonzero(part[:, column]).mean() for column in columns[::8]])
        if len(middles) < 4:
            continue
        slope, start = np.polyfit(columns[::8], middles, 1)
        at_middle = top + start + slope * (width / 2 - left)
        slopes.append(float(slope))
        places.append(float(at_middle) / height)
    if len(places) < _LEAST or max(places) - min(places) < _SPREAD:
        return None
    x, y = np.array(places), np.array(slopes)
    first, second = np.triu_indices(len(x), 1)
    apart = np.abs(x[second] - x[first]) > _SPREAD / 2
    if not apart.any():
        return None
    steps = (y[second] - y[first])[apart] / (x[second] - x[first])[apart]
    change = float(np.median(steps))
    return _Slopes(float(np.median(y - change * (x - 0.5))), change)
