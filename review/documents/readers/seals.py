"""Red seals: whether a picture is one, and where they stand on a scan.

Only that a seal is there is claimed, never whose: the ring's letters are not read.
"""

from __future__ import annotations

import cv2
import numpy as np
import pypdfium2 as pdfium

from review.documents.model import Box
from review.documents.readers.pixels import Pixels

_SMALLEST_MM, _LARGEST_MM = 18.0, 75.0
_INK_WINDOW = 61  # pixels around a pixel in which the level of the ink is taken
_STROKE_BELOW_INK, _INK_NOISE = 80.0, 22.0  # grey levels below the ink: a stroke, still the ink


def red_mask(rgb: Pixels) -> Pixels:
    """255 where a pixel is the red of seal ink, however pale; 0 elsewhere."""
    red = rgb[:, :, 0].astype(np.int16)
    other = np.maximum(rgb[:, :, 1], rgb[:, :, 2]).astype(np.int16)
    mask: Pixels = ((red > 110) & (red - other > 45)).astype(np.uint8) * 255
    return mask


def without_red(rgb: Pixels) -> Pixels:
    """The picture in grey with red ink taken away and what lies under it kept.

    The red channel shows red ink almost as paper. Under dense ink a stroke is only a little darker
    than the ink, so there the contrast is stretched around the ink's own level.
    """
    mask = red_mask(rgb)
    if not mask.any():
        return np.ascontiguousarray(rgb[:, :, 0])
    grey = _under_red(rgb)
    level = _local_mean(grey, mask > 0)
    level = _local_mean(grey, (mask > 0) & (grey >= level - _INK_NOISE))  # strokes left aside
    inked = cv2.dilate(mask, np.ones((5, 5), np.uint8)) > 0
    low, high = level - _STROKE_BELOW_INK, level - _INK_NOISE
    stretched = np.clip((grey - low) / np.maximum(high - low, 1.0) * 255.0, 0, 255)
    return np.where(inked, stretched, rgb[:, :, 0]).astype(np.uint8)


def _under_red(rgb: Pixels) -> Pixels:
    """The red channel, without the dark seams that compression leaves along red ink.

    JPEG keeps colour coarser than brightness, so the edge of red ink looks less red than it is;
    every pixel takes the reddest tint next to it.
    """
    bright, red_tint, _ = cv2.split(cv2.cvtColor(rgb, cv2.COLOR_RGB2YCrCb))
    tint = cv2.dilate(red_tint, np.ones((3, 3), np.uint8)).astype(np.float32) - 128.0
    under: Pixels = np.clip(bright + 1.402 * np.maximum(tint, 0.0), 0, 255).astype(np.uint8)
    return under


def _local_mean(grey: Pixels, where: Pixels) -> Pixels:
    """The mean around every pixel of those that count; 0 where none is near."""
    weight = where.astype(np.float32)
    window = (_INK_WINDOW, _INK_WINDOW)
    total = cv2.blur(grey.astype(np.float32) * weight, window)
    mean: Pixels = total / np.maximum(cv2.blur(weight, window), 1e-3)
    return mean


def is_seal_picture(image: pdfium.PdfImage) -> bool:
    """Whether an image object of a PDF is a stamp: red ink on nothing else."""
    bitmap = image.get_bitmap(render=True, scale_to_original=False)
    step = max(1, min(bitmap.width, bitmap.height) // 120)
    pixels = bitmap.to_numpy()[::step, ::step].copy()  # the buffer ends with the bitmap
    if pixels.ndim != 3 or pixels.shape[2] < 3:
        return False
    rgb = pixels[:, :, 2::-1] if bitmap.mode.startswith("BGR") else pixels[:, :, :3]
    visible = np.ones(rgb.shape[:2], dtype=bool)
    if pixels.shape[2] == 4:
        visible = pixels[:, :, 3] > 40
    inked = visible & (rgb.min(axis=2) < 225)
    red = (red_mask(np.ascontiguousarray(rgb)) > 0) & visible
    count, total = int(red.sum()), int(inked.sum())
    return count > 0.01 * red.size and count > 0.6 * max(total, 1)


def seals_of(rgb: Pixels, points_per_pixel: float) -> list[tuple[Box, float]]:
    """Seals on a scan: boxes in points and a confidence for each.

    Red parts that lie close together are one blob; a blob of the size and shape of a seal whose
    ink is spread like a ring is one. Red letterheads and red forms are wider or flatter.
    """
    mm = 72.0 / 25.4 / points_per_pixel  # pixels
    mask = red_mask(rgb)
    if not mask.any():
        return []
    span = max(3, int(1.6 * mm))
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((span, span), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    found: list[tuple[Box, float]] = []
    for x, y, width, height, _area in stats[1:count].tolist():
        low, high = _SMALLEST_MM * mm, _LARGEST_MM * mm
        if not (low <= width <= high and low <= height <= high and 0.55 <= width / height <= 1.8):
            continue
        inside = mask[y : y + height, x : x + width]
        share = float((inside > 0).mean())
        if not 0.03 <= share <= 0.75:
            continue
        box = Box(*(value * points_per_pixel for value in (x, y, x + width, y + height)))
        found.append((box, _roundness(inside)))
    return [(box, score) for box, score in found if score >= 0.5]


def _roundness(inside: Pixels) -> float:
    """0..1: how far the ink lies along the edge of the ellipse (or square) that fits the blob."""
    height, width = inside.shape
    ys, xs = np.nonzero(inside)
    if len(xs) == 0:
        return 0.0
    x = (xs - width / 2) / (width / 2)
    y = (ys - height / 2) / (height / 2)
    radius = np.hypot(x, y)
    angles = np.floor((np.arctan2(y, x) + np.pi) / (2 * np.pi) * 36).astype(int) % 36
    round_sectors = len(set(angles[(radius > 0.78) & (radius < 1.12)].tolist())) / 36
    square = np.maximum(np.abs(x), np.abs(y))
    square_sectors = len(set(angles[square > 0.85].tolist())) / 36
    corners = float((radius > 1.15).mean())
    if round_sectors >= square_sectors - 0.1 and corners < 0.12:
        return round(0.5 + 0.5 * round_sectors, 2) if round_sectors >= 0.6 else 0.3
    return round(0.4 + 0.5 * square_sectors, 2) if square_sectors > 0.85 else 0.3


_BLACK_MM = (15.0, 25.0)  # radius of a round seal, as a copy or a fax shows it in black
_FINE = 3.0  # pixels a millimetre on which rings are looked for
_CLOSED, _AIR = 0.72, 0.45  # share of a ring that is inked, and at most of the rings beside it


def black_seals_of(ink: Pixels, points_per_pixel: float) -> list[tuple[Box, float]]:
    """Round seals that a copy shows in black: closed rings with air on both sides.

    `ink` is 255 where something is written. Boxes in points with a confidence for each.
    """
    scale = _FINE * points_per_pixel * 25.4 / 72.0
    small = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (3, 3), 0)
    low, high = (round(mm * _FINE) for mm in _BLACK_MM)
    circles = cv2.HoughCircles(
        small, cv2.HOUGH_GRADIENT, dp=1, minDist=40, param1=150, param2=28,
        minRadius=low, maxRadius=high,
    )  # fmt: skip
    found: list[tuple[Box, float]] = []
    unit = points_per_pixel / scale
    for x, y, radius in [] if circles is None else circles[0][:6].tolist():
        closed, best, middle = max(
            (_inked(small, x + dx, y + dy, radius + dr), dr, (x + dx, y + dy))
            for dr in (-2.0, -1.0, 0.0, 1.0, 2.0)
            for dx in (-1.5, 0.0, 1.5)
            for dy in (-1.5, 0.0, 1.5)
        )
        inside = _inked(small, *middle, radius + best - 3.5)
        outside = _inked(small, *middle, radius + best + 4.5)
        if closed >= _CLOSED and inside <= _AIR and outside <= _AIR:
            reach = radius + best + 2.0
            edges = (middle[0] - reach, middle[1] - reach, middle[0] + reach, middle[1] + reach)
            found.append((Box(*(value * unit for value in edges)), round(0.6 * closed, 2)))
    return found


def _inked(small: Pixels, x: float, y: float, radius: float) -> float:
    """The share of a circle that is inked."""
    turn = np.linspace(0.0, 2.0 * np.pi, 180, endpoint=False)
    columns = np.clip(np.round(x + radius * np.cos(turn)), 0, small.shape[1] - 1).astype(int)
    rows = np.clip(np.round(y + radius * np.sin(turn)), 0, small.shape[0] - 1).astype(int)
    return float((small[rows, columns] > 90).mean())
