"""Paper to white and ink to black: uneven light, grey paper and faint copies made alike."""

from __future__ import annotations

import cv2
import numpy as np

from review.documents.readers.pixels import Pixels

_SHRINK = 8  # the paper is judged on a picture smaller by this
_REACH = 21  # of that picture, over which some paper is expected beside any ink
_DARKEST_PAPER = 0.5  # of the brightest part of the page; below it lies a photograph or the desk
_INK_DEPTH = 215.0  # grey levels between white paper and black ink
_MOST_STRETCH = 2.6


def levelled(rgb: Pixels) -> Pixels:
    """The picture as if it lay on white paper in even light, its darkest ink black.

    Colours keep their proportions, so that red ink stays red.
    """
    paper = _paper(rgb)
    factors = 255.0 / paper
    fine = cv2.resize(
        factors.astype(np.float32), (rgb.shape[1], rgb.shape[0]), interpolation=cv2.INTER_LINEAR
    )
    even = cv2.multiply(rgb, fine, dtype=cv2.CV_8U)
    stretch = _stretch(even)
    if stretch <= 1.05:
        return np.ascontiguousarray(even)
    table = np.clip(255.0 - (255.0 - np.arange(256)) * stretch, 0, 255).astype(np.uint8)
    return np.ascontiguousarray(cv2.LUT(even, table))


def _paper(rgb: Pixels) -> Pixels:
    """The colour of the paper everywhere, on a small picture."""
    height, width = rgb.shape[:2]
    size = (max(1, width // _SHRINK), max(1, height // _SHRINK))
    small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)
    bright = cv2.dilate(small, np.ones((3, 3), np.uint8))
    paper = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((_REACH, _REACH), np.uint8))
    paper = cv2.GaussianBlur(cv2.medianBlur(paper, 5), (0, 0), _REACH / 7)
    brightest = np.percentile(paper.reshape(-1, paper.shape[-1]), 98, axis=0)
    floor = np.maximum(_DARKEST_PAPER * brightest, 40.0)
    colour: Pixels = np.maximum(paper.astype(np.float32), floor.astype(np.float32))
    return colour


def _stretch(even: Pixels) -> float:
    """By how much the ink is to be darkened: 1 where it is black already.

    Judged by the brightest channel, which shows no coloured ink.
    """
    step = max(1, min(even.shape[:2]) // 900)
    brightest = even[::step, ::step].max(axis=2)
    dark = (brightest < 205).astype(np.uint8)
    areas = cv2.erode(dark, np.ones((9, 9), np.uint8))  # photographs, not letters
    dark[cv2.dilate(areas, np.ones((25, 25), np.uint8)) > 0] = 0
    inked = brightest[dark > 0]
    if inked.size < 0.0005 * brightest.size:
        return 1.0
    depth = 255.0 - float(np.percentile(inked, 12))
    return float(np.clip(_INK_DEPTH / max(depth, 1.0), 1.0, _MOST_STRETCH))
