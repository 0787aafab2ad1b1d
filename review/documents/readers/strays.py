"""Ink that detection passed over: page numbers, single characters, marks at the edge of a cell.

Detection works on a smaller picture, on which a lone digit is a few pixels wide.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from review.documents.readers.pixels import Pixels, Quad

_MOST = 40  # of them on a page; more are the grain of a photograph
_SMALLEST, _TALLEST = 0.22, 1.6  # of the usual height of a quad, which is twice that of a letter
_WIDEST = 14.0  # heights
_STROKE = 0.3  # heights, from which something unread may be writing and no dot or dash
_FOOT = 0.94  # of the page's height, below which stand page numbers
_BOX = 1.0  # heights of the largest box for a tick
_HOLLOW = 0.1  # share of ink in the middle of an empty box that noise makes
_PICTURE, _UPRIGHT = 2.4, (0.75, 1.33)  # heights and proportion of a code
_DENSE = 0.19  # share of ink in a code


def strays_of(
    ink: Pixels, quads: Sequence[Quad], taken: Sequence[tuple[int, int, int, int]]
) -> list[Quad]:
    """Places of the height of a line, with ink, that no quad of `quads` covers.

    `ink` is 255 where something is written and no ruling runs; `taken` are left, top, right and
    bottom of what is no writing (photographs, seals). Empty where there are too many to be writing.
    """
    if not quads:
        return []
    height = _height(quads)
    found: list[Quad] = []
    for x, y, w, h in _pieces(uncovered(ink, quads, taken), height):
        if not _SMALLEST * height <= h <= _TALLEST * height or w > _WIDEST * height:
            continue
        if w < 0.05 * height or w * h < 0.015 * height * height:
            continue
        pad = 0.22 * height
        left, right = max(0.0, x - 2 * pad), min(ink.shape[1] - 1.0, x + w + 2 * pad)
        top, bottom = max(0.0, y - pad), min(ink.shape[0] - 1.0, y + h + pad)
        found.append(
            np.array([[left, top], [right, top], [right, bottom], [left, bottom]], dtype=np.float32)
        )
    return found if len(found) <= _MOST else []


def unread_places(unread: Pixels, quads: Sequence[Quad]) -> list[tuple[int, int, int, int]]:
    """Where writing may stand that was read as nothing: left, top, right, bottom in pixels.

    `unread` is the ink that `uncovered` leaves. Dots, dashes, empty boxes for ticks, the foot with
    its page number, and dense pieces as high as wide of several lines (codes) are left out.
    """
    if not quads:
        return []
    height = _height(quads)
    return [
        (x, y, x + w, y + h)
        for x, y, w, h in _pieces(unread, height)
        if min(w, h) >= _STROKE * height
        and y < _FOOT * unread.shape[0]
        and not _is_code(unread[y : y + h, x : x + w], height)
        and not (max(w, h) <= _BOX * height and _is_empty_box(unread[y : y + h, x : x + w]))
    ]


def _height(quads: Sequence[Quad]) -> float:
    return float(np.median([np.linalg.norm(quad[0] - quad[3]) for quad in quads]))


def _pieces(rest: Pixels, height: float) -> list[tuple[int, int, int, int]]:
    """Ink in pieces, what stands close together joined: left, top, width, height in pixels."""
    rest = rest.copy()
    edge = max(2, round(0.012 * min(rest.shape)))
    rest[:edge], rest[-edge:], rest[:, :edge], rest[:, -edge:] = 0, 0, 0, 0
    rest = _without_specks(rest, height)
    reach = max(3, round(0.9 * height))
    joined = cv2.morphologyEx(rest, cv2.MORPH_CLOSE, np.ones((max(3, reach // 4), reach), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    return [(x, y, w, h) for x, y, w, h, _ in stats[1:count].tolist()]


def _is_code(part: Pixels, height: float) -> bool:
    """Whether a piece is as high as wide, several lines high and dense: a seal's ring is not."""
    high, wide = part.shape
    is_square = min(part.shape) >= _PICTURE * height and _UPRIGHT[0] <= wide / high <= _UPRIGHT[1]
    return is_square and float((part > 0).mean()) >= _DENSE


def _is_empty_box(part: Pixels) -> bool:
    """Whether a piece is a frame, about as high as wide, with nothing in it."""
    high, wide = part.shape
    if not _UPRIGHT[0] <= wide / high <= _UPRIGHT[1]:
        return False
    inside = part[round(0.25 * high) : round(0.75 * high), round(0.25 * wide) : round(0.75 * wide)]
    return bool((inside > 0).mean() < _HOLLOW)


def uncovered(
    ink: Pixels, quads: Sequence[Quad], taken: Sequence[tuple[int, int, int, int]]
) -> Pixels:
    """The ink that no quad of a line and none of the taken rectangles covers."""
    rest = ink.copy()
    for quad in quads:
        cv2.fillPoly(rest, [_grown(quad, 0.15 * float(np.linalg.norm(quad[0] - quad[3])))], 0)
    for left, top, right, bottom in taken:
        rest[max(0, top) : bottom, max(0, left) : right] = 0
    return rest


def _grown(quad: Quad, by: float) -> Pixels:
    middle = quad.mean(axis=0)
    away = quad - middle
    grown: Pixels = np.round(quad + by * np.sign(away)).astype(np.int32)
    return grown


def _without_specks(ink: Pixels, height: float) -> Pixels:
    """Ink in pieces large enough to be a stroke."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    side = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    is_stroke = (side >= 0.22 * height) & (stats[:, cv2.CC_STAT_AREA] >= 0.012 * height * height)
    is_stroke[0] = False
    kept: Pixels = (is_stroke[labels] * np.uint8(255)).astype(np.uint8)
    return kept if count > 1 else ink
