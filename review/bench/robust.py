"""Memory on a very long PDF, and broken files: no reading process may be lost for good.

Everything is made from the sample case files by a seed, and read as an import reads it.
"""

from __future__ import annotations

import io
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from review.bench.mutate import mutated, mutated_members
from review.casefiles.intake import Limits
from review.documents.guard import ReadingPool
from review.documents.model import Page
from review.documents.read_case import read_case
from review.documents.readers.pdf import read_text_pages

_PAGES_OF_A_VICTIM = 3
_PATIENCE = Limits(page_seconds=60.0, file_seconds=120.0)


@dataclass(frozen=True, slots=True)
class Memory:
    """Resident megabytes of the reading process after so many pages."""

    after: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """What became of broken files: how many of each kind ended in which state, with which code."""

    ended: Counter[tuple[str, str, str]]
    without_reason: int
    children_ended: int


def resident() -> float:
    """Resident megabytes of this process."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / (1 << 20)


def long_pdf(sources: list[Path], pages: int, target: Path) -> None:
    """A PDF of so many pages, those of the sources over and over."""
    with pikepdf.new() as made:
        taken = 0
        for source in _over_and_over(sources):
            with pikepdf.open(source) as given:
                wanted = min(len(given.pages), pages - taken)
                made.pages.extend(given.pages[:wanted])
                taken += wanted
            if taken == pages:
                break
        made.save(target)


def _over_and_over(sources: list[Path]) -> Iterator[Path]:
    while True:
        yield from sources


def memory(folder: Path, pages: int = 5000) -> Memory:
    """The reading process' memory along a PDF of `pages` pages; the pages are handed on."""
    sources = sorted(folder.rglob("*.pdf"), key=lambda path: path.stat().st_size)[:6]
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "long.pdf"
        long_pdf(sources, pages, path)
        after: list[tuple[int, float]] = []
        done = 0
        for answer in read_text_pages(path, path.name, Limits(pages=pages), 1):
            if isinstance(answer, Page):
                done += 1
                if done % max(1, pages // 5) == 0:
                    after.append((done, resident()))
    return Memory(tuple(after))


def victims(folder: Path) -> tuple[list[bytes], list[bytes]]:
    """The first pages of some PDF files, and the DOCX files, below a folder."""
    pdfs: list[bytes] = []
    for path in sorted(folder.rglob("*.pdf"))[:12]:
        out = io.BytesIO()
        with pikepdf.open(path) as given, pikepdf.new() as made:
            made.pages.extend(given.pages[:_PAGES_OF_A_VICTIM])
            made.save(out)
        pdfs.append(out.getvalue())
    return pdfs, [path.read_bytes() for path in sorted(folder.rglob("*.docx"))]


def broken(folder: Path, *, pdfs: int = 1000, docxs: int = 200, seed: int = 1) -> Broken:
    """Read so many broken files, one after another, in one pool of reading processes."""
    rng = random.Random(seed)
    whole_pdfs, whole_docxs = victims(folder)
    ended: Counter[tuple[str, str, str]] = Counter()
    without_reason = 0
    pool = ReadingPool(_PATIENCE, 1)
    try:
        with tempfile.TemporaryDirectory() as scratch:
            for place in range(pdfs + docxs):
                kind = "pdf" if place < pdfs else "docx"
                path = Path(scratch) / f"{place:04}.{kind}"
                path.write_bytes(_victim(kind, whole_pdfs, whole_docxs, rng))
                for report in read_case(path, pool=pool).files:
                    code = report.reason.code if report.reason else ""
                    ended[kind, str(report.status), code] += 1
                    without_reason += str(report.status) != "read" and report.reason is None
                path.unlink()
        return Broken(ended, without_reason, pool.lost)
    finally:
        pool.close()


def _victim(kind: str, pdfs: list[bytes], docxs: list[bytes], rng: random.Random) -> bytes:
    if kind == "pdf":
        return mutated(rng.choice(pdfs), rng)
    whole = rng.choice(docxs)
    return mutated_members(whole, rng) if rng.random() < 0.6 else mutated(whole, rng)


def report_memory(found: Memory) -> str:
    """Resident memory along the file, as plain text."""
    figures = " · ".join(f"{pages} pages {megabytes:.0f} MB" for pages, megabytes in found.after)
    growth = found.after[-1][1] - found.after[0][1] if found.after else 0.0
    return f"reading process, resident: {figures}\ngrowth {growth:+.1f} MB"


def report_broken(found: Broken) -> str:
    """States and reasons, as plain text."""
    lines = [
        f"{kind:<5}{status:<12}{code:<8}{count:>6}"
        for (kind, status, code), count in sorted(found.ended.items())
    ]
    lines.append(
        f"{found.ended.total()} files, each with a state; {found.without_reason} without a reason; "
        f"reading processes ended and replaced: {found.children_ended}"
    )
    return "\n".join(lines)
