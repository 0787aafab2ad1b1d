"""A few small pictures of a video, evenly spread over its length."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2

MOST = 5
WIDTH = 320
"""Pixels; a narrower video stays as it is."""

_QUALITY = 78
_OPTIONS = (
    "protocol_whitelist;file|format_whitelist;mov,matroska,avi,asf,flv,mpeg,mpegvideo,mpegts,h264"
)
"""Containers that hold their pictures themselves: a playlist under the name of a video could have
any other file of the machine decoded."""


def read_key_frames(path: Path) -> Iterator[tuple[float, bytes]]:
    """Up to five frames in order: the second at which each stands, and its JPEG.

    Each is the middle of one of as many equal parts. Nothing where the file cannot be decoded; only
    the first frame where the container does not tell how many there are.
    """
    os.environ["OPENCV_FFMPEG_CAPTURE_OPTIONS"] = _OPTIONS
    video = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG, [cv2.CAP_PROP_N_THREADS, 1])
    try:
        rate = video.get(cv2.CAP_PROP_FPS)
        for place in _places(video.get(cv2.CAP_PROP_FRAME_COUNT)):
            if place:
                video.set(cv2.CAP_PROP_POS_FRAMES, place)
            is_there, image = video.read()
            if is_there:
                yield _second(video.get(cv2.CAP_PROP_POS_MSEC), place, rate), _jpeg(image)
    finally:
        video.release()


def _places(count: float) -> list[int]:
    """The numbers from 0 of the frames that are taken of so many."""
    if not math.isfinite(count) or count < 1:
        return [0]
    whole = int(count)
    return sorted({whole * (2 * part + 1) // (2 * MOST) for part in range(MOST)})


def _second(milliseconds: float, place: int, rate: float) -> float:
    """Where a frame stands: as its own stamp says, else by its number."""
    if math.isfinite(milliseconds) and milliseconds > 0:
        return round(milliseconds / 1000, 1)
    return round(place / rate, 1) if math.isfinite(rate) and rate > 0 else 0.0


def _jpeg(image: Any) -> bytes:
    height, width = image.shape[:2]
    if width > WIDTH:
        size = (WIDTH, max(1, round(height * WIDTH / width)))
        image = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    _, packed = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return bytes(packed)
