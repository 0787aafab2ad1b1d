"""Pictures as source files: JPEG, PNG, TIFF of several pages, BMP, WEBP, GIF."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from review.casefiles.intake import Limits
from review.documents.model import Page
from review.errors import DamagedFile, TooLarge, TooManyPages

_A4_WIDTH, _A4_HEIGHT = 595.28, 841.89
_LEAST_DPI, _MOST_DPI = 72.0, 600.0
_WORKING_SIDE = 2400  # pixels: 200 dpi on A4; more does not read better


@contextmanager
def _opened(path: Path, source: str, limits: Limits) -> Iterator[Image.Image]:
    """The picture. Raises TooLarge for too many pixels and DamagedFile for what does not open."""
    Image.MAX_IMAGE_PIXELS = limits.page_pixels
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path) as image:
                yield image
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        limit = f"{limits.page_pixels // 1_000_000}"
        raise TooLarge(
            file=source,
            found="像素过多",
            found_en="too many pixels",
            limit=f"{limit} 百万像素",
            limit_en=f"{limit} megapixels",
        ) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise DamagedFile(
            file=source, reason="图片数据不完整", reason_en="the picture data is incomplete"
        ) from error


def count_frames(path: Path, source: str, limits: Limits) -> int:
    """How many pages a picture file has; only a TIFF has more than one."""
    with _opened(path, source, limits) as image:
        count = int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1
    if count > limits.pages:
        raise TooManyPages(file=source, pages=count, limit=limits.pages)
    return count


def frame(path: Path, source: str, number: int, limits: Limits) -> Image.Image:
    """One page of a picture file in RGB, turned as the camera says."""
    with _opened(path, source, limits) as image:
        image.seek(number - 1)
        upright = ImageOps.exif_transpose(image)
        if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
            upright = upright.convert("RGBA")
            paper = Image.new("RGBA", upright.size, "white")
            upright = Image.alpha_composite(paper, upright)
        return upright.convert("RGB")


def size_in_points(image: Image.Image) -> tuple[float, float]:
    """Width and height on paper: by the resolution it states, or as if it filled an A4 page."""
    dpi = image.info.get("dpi")
    if dpi and _LEAST_DPI < float(dpi[0]) <= _MOST_DPI:
        width = image.width / float(dpi[0]) * 72.0
        height = image.height / float(dpi[0]) * 72.0
        if 200 <= max(width, height) <= 3400:
            return width, height
    scale = min(
        max(_A4_WIDTH, _A4_HEIGHT) / max(image.size), min(_A4_WIDTH, _A4_HEIGHT) / min(image.size)
    )
    return image.width * scale, image.height * scale


def read_frame(path: Path, source: str, number: int, limits: Limits) -> Page:
    """One page of a picture file by recognition."""
    from review.documents.readers.ocr import read_picture  # noqa: PLC0415 - loads the models

    image = frame(path, source, number, limits)
    width, height = size_in_points(image)
    scale = _WORKING_SIDE / max(image.size)
    if scale < 0.95:
        image = image.resize(
            (round(image.width * scale), round(image.height * scale)), Image.Resampling.LANCZOS
        )
    return read_picture(np.asarray(image), source, number, width=width, height=height)
