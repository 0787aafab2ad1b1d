"""Words printed in red, which are taken away with the seals and read apart."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from review.documents.readers.line_reading import Read
from review.documents.readers.pixels import Pixels, Quad
from review.documents.readers.recognizer import cut_out, detect, recognize
from review.documents.readers.seals import red_mask

_LEAST_SURE = 0.6


def red_letters(rgb: Pixels, reads: Sequence[Read]) -> list[Read]:
    """Lines printed in red (letterheads, red titles), which the red channel does not show.

    Looked for where red ink forms wide and flat areas: a seal is neither.
    """
    mask = red_mask(rgb)
    height, width = mask.shape
    joined = cv2.morphologyEx(
        mask, cv2.MORPH_CLOSE, np.ones((max(3, height // 300), max(9, width // 25)), np.uint8)
    )
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    found: list[Read] = []
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
            if read.text.strip() and read.score > _LEAST_SURE and not _is_read(place, reads):
                found.append(Read(place, read.text.strip(), read.score))
    return found


def _is_read(quad: Quad, reads: Sequence[Read]) -> bool:
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
