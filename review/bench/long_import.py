"""Memory of an import of a very long PDF, in every process that takes part, from file to checks.

The worker hands pages on from the reading processes to the database; the process that analyses
needs all pages of a case at once, as a case file is judged as a whole. What each holds at most is
told at each stage, beside the same import of a tenth of the pages.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sqlmodel import select

from review.bench.kill_imports import begin, start_worker
from review.bench.robust import long_pdf
from review.casefiles.tables import ImportJob
from review.db.session import reading
from review.services.reading import importing

PATIENCE_S, POLL_S = 7200.0, 0.2
_READER, _ANALYSER = "review.documents.child", "analysis_child"


class Resident(NamedTuple):
    """Resident megabytes of a worker, its largest reading process, and its analysis."""

    worker: float
    reader: float
    analysis: float


@dataclass(frozen=True, slots=True)
class LongImport:
    """The most that was resident at each stage; `seconds` by the clock, `state` of the job."""

    pages: int
    state: str
    seconds: float
    most: dict[str, Resident]


def measure(folder: Path, pages: int) -> tuple[LongImport, LongImport]:
    """The import of a PDF of a tenth of the pages, and of all, made from the samples below."""
    return _import(folder, max(1, pages // 10)), _import(folder, pages)


def _import(folder: Path, pages: int) -> LongImport:
    sources = sorted(folder.rglob("*.pdf"), key=lambda path: path.stat().st_size)[:6]
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "长案卷.pdf"
        long_pdf(sources, pages, path)
        engine = begin(Path(place) / "home", [path])
        began = time.monotonic()
        worker = start_worker()
        most: dict[str, Resident] = {}
        state = ""
        try:
            while time.monotonic() - began < PATIENCE_S:
                with reading(engine) as session:
                    job = session.exec(select(ImportJob)).one()
                    state, stage = f"{job.state} {job.reason_en}".strip(), job.stage
                if job.state in importing.FINISHED:
                    break
                if stage:
                    before = most.get(stage, Resident(0.0, 0.0, 0.0))
                    now = _resident(worker.pid)
                    most[stage] = Resident(*map(max, before, now))
                time.sleep(POLL_S)
        finally:
            worker.kill()
            worker.wait()
            engine.dispose()
        return LongImport(pages, state, time.monotonic() - began, most)


def _resident(pid: int) -> Resident:
    """What a worker and the processes that it started hold now."""
    children = list(_children(pid))
    readers = [_megabytes(child) for child in children if _READER in _command(child)]
    analysers = [_megabytes(child) for child in children if _ANALYSER in _command(child)]
    return Resident(_megabytes(pid), max(readers, default=0.0), max(analysers, default=0.0))


def _children(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            yield from map(int, task.read_text(encoding="ascii").split())
        except OSError:
            continue  # the thread has ended


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8")
    except OSError:
        return ""


def _megabytes(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return pages * 4096 / (1 << 20)


def report(found: tuple[LongImport, LongImport]) -> str:
    """Megabytes by stage of both imports, as plain text."""
    lines = [f"{'whole import, most MB':<24}{'pages':>7}{'worker':>9}{'reader':>9}{'analysis':>10}"]
    for each in found:
        lines.extend(
            f"{stage:<24}{each.pages:>7}{worker:>9.0f}{reader:>9.0f}{analyser:>10.0f}"
            for stage, (worker, reader, analyser) in each.most.items()
        )
        lines.append(f"{each.pages} pages: {each.state} after {each.seconds:.0f} s")
    return "\n".join(lines)
