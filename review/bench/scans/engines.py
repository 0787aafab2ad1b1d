"""The engines side by side, each in a process of its own: pieces, processor seconds, memory."""

from __future__ import annotations

import csv
import io
import resource
import shutil
import subprocess
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from review.bench.scans.damage import kept, load
from review.bench.scans.score import PageScore, Piece, scored

Read = Callable[[Any, int], list[Piece]]
"""From pixels and dots an inch to what was read."""


@dataclass(frozen=True, slots=True)
class EngineRun:
    """What one engine did: a score a page, processor seconds a page, MB at most of its process."""

    name: str
    scores: tuple[PageScore, ...]
    seconds: tuple[float, ...]
    peak_mb: float
    pages: tuple[tuple[str, int, str], ...]

    @property
    def letters(self) -> int:
        """Characters drawn."""
        return sum(score.letters for score in self.scores)

    @property
    def errors(self) -> int:
        """Wrong characters."""
        return sum(score.errors for score in self.scores)

    @property
    def rate(self) -> float:
        """Character error rate, 0..1 and above where more is put in than stands there."""
        return self.errors / self.letters

    @property
    def lost(self) -> list[str]:
        """The lines that were lost."""
        return [line for score in self.scores for line in score.lost]


def _ours() -> Read:
    from review.documents.readers.ocr import read_picture

    def read(pixels: Any, dpi: int) -> list[Piece]:
        height, width = pixels.shape[:2]
        unit = 72.0 / dpi
        page = read_picture(pixels, "样例", 1, width=width * unit, height=height * unit)
        return [
            Piece(line.text, *(value / unit for value in line.box))
            for line in page.lines
            if line.box is not None
        ]

    return read


def _rapidocr() -> Read:
    from rapidocr import RapidOCR

    engine: Any = RapidOCR(params={"Global.log_level": "critical"})

    def read(pixels: Any, _dpi: int) -> list[Piece]:
        found = engine(np.ascontiguousarray(pixels[:, :, ::-1]))
        if found.boxes is None or found.txts is None:
            return []
        return [
            Piece(text, *quad.min(axis=0).tolist(), *quad.max(axis=0).tolist())
            for text, quad in zip(found.txts, found.boxes, strict=True)
        ]

    return read


def _tesseract() -> Read:
    def read(pixels: Any, dpi: int) -> list[Piece]:
        buffer = io.BytesIO()
        Image.fromarray(pixels).save(buffer, "PNG", compress_level=1)
        done = subprocess.run(
            ["tesseract", "-", "-", "-l", "chi_sim", "--dpi", str(dpi), "tsv"],
            input=buffer.getvalue(),
            capture_output=True,
            check=True,
        )
        rows = csv.DictReader(
            io.StringIO(done.stdout.decode("utf-8")), delimiter="\t", quoting=csv.QUOTE_NONE
        )
        found = []
        for row in rows:
            if row["text"] and row["text"].strip():
                x, y = float(row["left"]), float(row["top"])
                box = (x, y, x + float(row["width"]), y + float(row["height"]))
                found.append(Piece(row["text"], *box))
        return found

    return read


_WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
ENGINES: dict[str, Callable[[], Read]] = {
    "case-review": _ours,
    "rapidocr": _rapidocr,
    "tesseract": _tesseract,
}


def _has_tesseract() -> bool:
    if shutil.which("tesseract") is None:
        return False
    done = subprocess.run(["tesseract", "--list-langs"], capture_output=True, check=False)
    return b"chi_sim" in done.stdout


def absent(name: str) -> str | None:
    """Why an engine cannot be measured here; None where it can."""
    if name == "tesseract" and not _has_tesseract():
        return "not installed (Debian packages tesseract-ocr and tesseract-ocr-chi-sim)"
    return None


def _spent() -> float:
    own, children = (resource.getrusage(who) for who in _WHO)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _run(name: str, folder: Path) -> EngineRun:
    read = ENGINES[name]()
    files = kept(folder)
    first = load(files[0])
    read(first.pixels, first.dpi)  # loading and the first run are not counted
    scores, seconds, kinds = [], [], []
    for file in files:
        page = load(file)
        began = _spent()
        pieces = read(page.pixels, page.dpi)
        seconds.append(_spent() - began)
        scores.append(scored(page, pieces))
        kinds.append((page.face, page.dpi, page.manner))
    return EngineRun(name, tuple(scores), tuple(seconds), _peak(), tuple(kinds))


def _peak() -> float:
    """Megabytes that this process or one that it started held at most.

    The system's own figure for a process counts in what its parent held when it was forked, so
    this process asks for its own memory alone; an engine run as a program outweighs its parent.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    own = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))
    started = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return max(int(own), started) / 1024


def run(name: str, folder: Path) -> EngineRun:
    """One engine over all pages kept in a folder, in a fresh process, one page at a time."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(_run, name, folder).result()
