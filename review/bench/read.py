"""Reading speed on text layers, against plain pdfplumber text extraction, in one warm process.

Processor seconds of the same process, the two in turn on the same files, the median of the rounds.
What is compared is unequal on purpose: we read lines with boxes and cells, split into papers and
extract facts; the other side only extracts text.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pdfplumber

from review.casefiles.intake import Limits
from review.documents.model import CaseReading, Page
from review.documents.read_case import THUMB_PIXELS, VIEW_DPI
from review.documents.readers.pdf import read_text_pages
from review.documents.readers.render import render
from review.documents.split import split
from review.facts.extract import extract


@dataclass(frozen=True, slots=True)
class Speed:
    """Processor milliseconds a page, one figure a round, and how many pages a round has.

    `images` are the milliseconds of drawing a page and its thumbnail; `cold_start` the processor
    seconds of a new process that loads everything and reads one file.
    """

    pages: int
    ours: tuple[float, ...]
    reading: tuple[float, ...]
    pdfplumber: tuple[float, ...]
    images: float
    cold_start: float

    @property
    def ratio(self) -> float:
        """How many times the pages a processor second of pdfplumber we read, by medians."""
        return statistics.median(self.pdfplumber) / statistics.median(self.ours)


def text_files(folder: Path) -> list[Path]:
    """PDF files below `folder` that have a text layer on every page, in order of their paths."""
    return [path for path in sorted(folder.rglob("*.pdf")) if _pages(path) is not None]


def _pages(path: Path) -> tuple[Page, ...] | None:
    found = [
        each for each in read_text_pages(path, path.name, Limits(), 1) if isinstance(each, Page)
    ]
    return tuple(found) if found and all(page.lines for page in found) else None


def _read(path: Path) -> tuple[Page, ...]:
    return _pages(path) or ()


def _all(path: Path) -> None:
    pages = _read(path)
    extract(CaseReading(str(path), (), tuple(split(pages))))


def _plain(path: Path) -> None:
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_text()
            page.close()


def _spent(work: Callable[[Path], object], files: list[Path], pages: int) -> float:
    began = time.process_time()
    for path in files:
        work(path)
    return (time.process_time() - began) * 1000 / pages


def _draw(path: Path) -> None:
    for page in _read(path):
        sizes = (("dpi", VIEW_DPI), ("width", THUMB_PIXELS))
        number = page.number or 1
        list(render(path, page.source, kind="pdf", number=number, turned=page.turned, sizes=sizes))


def _cold_start(path: Path) -> float:
    """Processor seconds of a process that does nothing but read one file."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = f"from review.bench.read import _all, Path; _all(Path({str(path)!r}))"
    subprocess.run([sys.executable, "-c", command], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(folder: Path, rounds: int = 5) -> Speed:
    """Both sides in turn, `rounds` times, after one round that is not counted."""
    files = text_files(folder)
    pages = sum(len(_read(path)) for path in files)
    for path in files:
        _all(path)
        _plain(path)
    ours, reading, plain = [], [], []
    for _round in range(rounds):
        ours.append(_spent(_all, files, pages))
        reading.append(_spent(_read, files, pages))
        plain.append(_spent(_plain, files, pages))
    drawn = files[:3]
    images = _spent(_draw, drawn, sum(len(_read(path)) for path in drawn))
    cold = _cold_start(files[0])
    return Speed(pages, tuple(ours), tuple(reading), tuple(plain), images, cold)


def report(speed: Speed) -> str:
    """Medians with their range, and the ratio, as plain text."""
    lines = [f"{speed.pages} pages; processor ms a page      median       min       max"]
    for name, values in (
        ("reading, splitting and facts", speed.ours),
        ("  of it reading", speed.reading),
        ("pdfplumber, text alone", speed.pdfplumber),
    ):
        lines.append(
            f"{name:<34}{statistics.median(values):>10.2f}{min(values):>10.2f}{max(values):>10.2f}"
        )
    lines.append(f"page image and thumbnail, beside it{speed.images:>9.2f}")
    lines.append(f"cold start with one file, processor seconds{speed.cold_start:>8.2f}")
    lines.append(f"{speed.ratio:.1f} times the pages a processor second (medians)")
    return "\n".join(lines)
