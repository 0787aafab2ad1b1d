"""What a scanner, a copier and a compression do to a clean page, by a seed."""

from __future__ import annotations

import io
import json
import math
import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageFilter

from review.bench.scans.pages import CleanPage, Drawn
from review.documents.model import Box

MANNERS = ("plain", "noisy", "faint", "uneven")


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page as an engine gets it, and the truth.

    `degrees` is the turn against the clock around the middle; `place` undoes it on points.
    """

    pixels: Any
    lines: tuple[Drawn, ...]
    seals: tuple[Box, ...]
    degrees: float
    face: str
    dpi: int
    manner: str

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point of the scan as it lies on the clean page."""
        height, width = self.pixels.shape[:2]
        turn = math.radians(self.degrees)
        dx, dy = x - width / 2, y - height / 2
        return (
            width / 2 + dx * math.cos(turn) - dy * math.sin(turn),
            height / 2 + dx * math.sin(turn) + dy * math.cos(turn),
        )


def keep(pages: Iterable[CleanPage], seed: int, folder: Path) -> None:
    """Every page scanned and kept in a folder: the compressed picture and the truth beside it."""
    for number, page in enumerate(pages):
        manner, degrees, content = _scanned(page, number, seed)
        file = folder / f"{number:03d}.jpg"
        file.write_bytes(content)
        truth = {
            "lines": [(line.text, *line.box) for line in page.lines],
            "seals": [list(box) for box in page.seals],
            "degrees": degrees,
            "face": page.face,
            "dpi": page.dpi,
            "manner": manner,
        }
        file.with_suffix(".json").write_text(
            json.dumps(truth, ensure_ascii=False), encoding="utf-8"
        )


def kept(folder: Path) -> list[Path]:
    """The pictures that `keep` wrote, in order."""
    return sorted(folder.glob("*.jpg"))


def load(file: Path) -> ScannedPage:
    """One page that `keep` wrote."""
    truth = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    return ScannedPage(
        np.asarray(Image.open(file).convert("RGB")),
        tuple(Drawn(text, Box(*box)) for text, *box in truth["lines"]),
        tuple(Box(*box) for box in truth["seals"]),
        truth["degrees"],
        truth["face"],
        truth["dpi"],
        truth["manner"],
    )


def _scanned(page: CleanPage, number: int, seed: int) -> tuple[str, float, bytes]:
    """The page printed, laid on a scanner not quite straight, and compressed."""
    rng = random.Random(seed * 1000 + number)
    noise = np.random.default_rng(seed * 1000 + number)
    manner = MANNERS[(number // 2) % len(MANNERS)]
    degrees = rng.uniform(-2.0, 2.0)
    turned = page.picture.rotate(
        degrees, resample=Image.Resampling.BICUBIC, fillcolor=(255, 255, 255)
    ).filter(ImageFilter.GaussianBlur(rng.uniform(0.2, 0.6) * page.dpi / 200))
    pixels = np.asarray(turned).astype(np.float64)
    if manner == "faint":  # a weak copy: the ink is grey
        pixels = 255.0 - (255.0 - pixels) * rng.uniform(0.38, 0.5)
    if manner == "uneven":  # light falls off to one side
        height, width = pixels.shape[:2]
        across = np.linspace(rng.uniform(0.72, 0.85), 1.0, width)[None, :, None]
        pixels *= across * np.linspace(1.0, rng.uniform(0.85, 0.95), height)[:, None, None]
    strength = {"plain": 4, "noisy": 16, "faint": 5, "uneven": 7}[manner]
    pixels += noise.normal(0, strength, pixels.shape)
    image = Image.fromarray(np.clip(pixels * rng.uniform(0.93, 1.0), 0, 255).astype(np.uint8))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=rng.randint(55, 80))
    return manner, degrees, buffer.getvalue()
