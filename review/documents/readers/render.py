"""Pages as JPEG pictures for people to look at: a small one and a readable one."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from review.casefiles.intake import Limits
from review.documents.readers.image import frame, size_in_points
from review.documents.readers.pdf import opened
from review.errors import DamagedFile

_MOST_PIXELS = 25_000_000
_QUALITY = 78


def render(
    path: Path,
    source: str,
    *,
    kind: str,
    number: int,
    turned: int,
    sizes: tuple[tuple[str, float], ...],
) -> Iterator[bytes]:
    """JPEG bytes of one page in each of `sizes`: ("width", pixels) or ("dpi", dots an inch).

    `turned` is the clockwise turn that sets the page upright, as `Page.turned` says.
    """
    if kind == "pdf":
        yield from _pdf(path, source, number, turned, sizes)
    elif kind == "image":
        image = frame(path, source, number, Limits())
        width, _ = size_in_points(image)
        image = image.rotate(-turned, expand=True) if turned else image
        points = width if turned in (0, 180) else size_in_points(image)[0]
        for size in sizes:
            yield _jpeg(_resized(image, points, size))
    else:
        raise DamagedFile(file=source, reason="没有页面图像", reason_en="it has no page pictures")


def _pdf(
    path: Path, source: str, number: int, turned: int, sizes: tuple[tuple[str, float], ...]
) -> Iterator[bytes]:
    with opened(path, source) as document:
        page = document[number - 1]
        width, height = page.get_size()
        if turned in (90, 270):
            width, height = height, width
        largest = max(_scale(size, width) for size in sizes)
        largest = min(largest, (_MOST_PIXELS / (width * height)) ** 0.5)
        image = page.render(scale=largest, rotation=turned, prefer_bgrx=True).to_pil()
        image = image.convert("RGB")
        page.close()
    for size in sizes:
        yield _jpeg(_resized(image, width, size))


def _scale(size: tuple[str, float], width: float) -> float:
    unit, value = size
    return value / width if unit == "width" else value / 72.0


def _resized(image: Image.Image, points: float, size: tuple[str, float]) -> Image.Image:
    width = max(1, round(points * _scale(size, points)))
    if width >= image.width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_QUALITY, optimize=False)
    return out.getvalue()
