"""Boxes before options, which the model leaves out: filled ones above all.

A box is no writing: whether it is filled is seen in its ink, and where it stands in the line by the
places of the characters around it.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from review.documents.readers.pixels import Pixels
from review.documents.readers.recognizer import Recognized

FILLED, EMPTY, TICKED = "■", "□", "☑"
_BOXES = frozenset("■□☐☑☒▣◼◻口")
_FRAMES = frozenset("□☐◻")
_DARK, _THIN_DARK = 150, 185  # grey levels: a filled box, the thin frame of an empty one
_SIDE = (0.3, 0.9)  # of the height of the line's picture
_SQUARE = (0.8, 1.25)
_SOLID = 0.88  # share of a filled box that is inked
_SIDE_INKED = 0.9  # share of each side of a frame
_TICK = 0.06  # share of the inside of a frame from which something is in it
_NEAR = 0.35  # heights from the middle of a box within which a character is the box itself


def with_boxes(found: Recognized, crop: Pixels) -> Recognized:
    """The line with its boxes: those that were left out, and filled ones that were read as empty.

    A frame is put in only where no character was read, as 口 and 国 look like one.
    """
    boxes = boxes_of(crop)
    if not boxes or not found.places:
        return found
    height, width = crop.shape[:2]
    letters = list(zip(found.text, found.places, found.sure, strict=True))
    for middle, sign in boxes:
        nearest = min(range(len(letters)), key=lambda at: abs(letters[at][1] * width - middle))
        text, place, sure = letters[nearest]
        is_it = abs(place * width - middle) <= _NEAR * height
        if is_it and sign == FILLED and text in _BOXES:
            letters[nearest] = (FILLED, place, sure)
        elif is_it and sign == TICKED and text in _FRAMES:
            letters[nearest] = (TICKED, place, sure)
        elif not is_it or (sign == FILLED and text not in _BOXES):
            at = nearest + (place * width < middle)
            letters.insert(at, (sign, middle / width, found.score))
    return Recognized(
        "".join(letter for letter, _, _ in letters),
        found.score,
        tuple(place for _, place, _ in letters),
        tuple(sure for _, _, sure in letters),
    )


def boxes_of(crop: Pixels) -> list[tuple[float, str]]:
    """Squares in the picture of a line: the middle of each in pixels, filled, empty or ticked."""
    found = []
    for (x, y, w, h), ink in _squares(crop, _DARK):
        if float(ink[y : y + h, x : x + w].mean()) >= _SOLID:
            found.append((x + w / 2, FILLED))
    for (x, y, w, h), ink in _squares(crop, _THIN_DARK):
        middle = x + w / 2
        if any(abs(other - middle) < w / 2 for other, _ in found):
            continue
        sign = _framed(ink[y : y + h, x : x + w])
        if sign is not None:
            found.append((middle, sign))
    return sorted(found)


def _squares(crop: Pixels, dark: int) -> Iterator[tuple[tuple[int, int, int, int], Pixels]]:
    """Connected ink as wide as it is high, with a picture that is True where that ink is."""
    height = crop.shape[0]
    written = (crop[:, :, 0] < dark).astype(np.uint8)
    ink = cv2.morphologyEx(written, cv2.MORPH_CLOSE, np.ones((2, 2), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    low, high = _SIDE[0] * height, _SIDE[1] * height
    for label, (x, y, w, h, _) in enumerate(stats[1:count].tolist(), start=1):
        if low <= w <= high and low <= h <= high and _SQUARE[0] <= w / h <= _SQUARE[1]:
            yield (x, y, w, h), labels == label


def _framed(ink: Pixels) -> str | None:
    """Whether the ink runs along all four sides, and whether there is some inside."""
    if float(ink.mean()) > _SOLID:
        return None
    rim = max(2, round(0.18 * ink.shape[0]))
    sides = (ink[:rim].any(0), ink[-rim:].any(0), ink[:, :rim].any(1), ink[:, -rim:].any(1))
    if any(float(side.mean()) < _SIDE_INKED for side in sides):
        return None
    inside = float(ink[rim:-rim, rim:-rim].mean())
    return EMPTY if inside == 0 else TICKED if inside >= _TICK else None
