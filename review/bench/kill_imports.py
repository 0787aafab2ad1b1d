"""Imports with the worker killed at ten points: the same rows and hashes as without.

Fifty small files are handed in, each for a case of its own, and a worker process reads them. It is
killed without warning at ten points spread over the batch, each in another stage of an import, and
started again. What the database holds in the end is compared with an undisturbed run.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import col, select

from review.casefiles.tables import Case, ImportJob, ImportStage, ImportState, SourceFile
from review.checks.tables import CheckRow
from review.db.accounts import Role
from review.db.session import engine_for, reading
from review.documents.tables import DocumentRow, PageRow, PageText
from review.facts.tables import FactRow
from review.services import integrity
from review.services.access import console
from review.services.accounts import people
from review.services.case_files import ledger
from review.services.migrate import migrate
from review.services.reading import importing
from review.settings import settings

SAMPLE = Path(__file__).parents[2] / "samples" / "data" / "c08" / "案卷.pdf"
PAGES_A_FILE = 2
POINTS = 10
STAGES = (
    ImportStage.UNPACKING,
    ImportStage.READING,
    ImportStage.WRITING,
    ImportStage.CHECKING,
    None,  # whatever is going on
)
PATIENCE_S, STAGE_PATIENCE_S, POLL_S = 1800.0, 5.0, 0.004
WORKER = """
import time
from review.services.reading import importing
importing.start_jobs()
time.sleep(1e6)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One batch: seconds, kills, at which stages, jobs that ended well, and what was kept."""

    seconds: float
    kills: int
    stages: tuple[str, ...]
    done: int
    jobs: int
    digest: str
    violations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The undisturbed batch and the disturbed ones."""

    undisturbed: Run
    disturbed: tuple[Run, ...]

    @property
    def is_sound(self) -> bool:
        """Whether every batch ended in the same rows and hashes, and nothing is broken."""
        runs = (self.undisturbed, *self.disturbed)
        return len({run.digest for run in runs}) == 1 and all(
            run.done == run.jobs and not run.violations for run in runs
        )


def files(folder: Path, count: int) -> list[Path]:
    """So many different PDFs of two pages each, the same every time."""
    import pikepdf

    made = []
    with pikepdf.open(SAMPLE) as sample:
        for number in range(count):
            path = folder / f"材料{number:03}.pdf"
            with pikepdf.new() as piece:
                for step in range(PAGES_A_FILE):
                    piece.pages.append(sample.pages[(number + step) % len(sample.pages)])
                piece.docinfo["/Subject"] = f"{number}"
                piece.save(path, deterministic_id=True)
            made.append(path)
    return made


def begin(home: Path, paths: list[Path]) -> Engine:
    """A new home with a case for every file, and all files handed in."""
    os.environ["CASE_REVIEW_HOME"] = str(home)
    settings.cache_clear()
    migrate(settings().url)
    engine = engine_for(settings().url)
    unit = people.create_unit(engine, console(Role.ADMINISTRATOR), name="样例执法大队")
    section = console(Role.REGULATIONS)
    for number, path in enumerate(paths, 1):
        case_no = f"样例罚〔2023〕{number}号"
        ledger.add_case(engine, section, case_no=case_no, unit_id=unit, closed_on=date(2023, 6, 1))
        importing.hand_in(engine, section, case_no=case_no, path=path, name=path.name)
    return engine


def start_worker() -> subprocess.Popen[bytes]:
    """A process that runs the jobs of the home that is set."""
    return subprocess.Popen([sys.executable, "-c", WORKER], env=os.environ.copy())


def _states(engine: Engine) -> tuple[int, set[str]]:
    """How many jobs have ended, and the stages of those under way."""
    with reading(engine) as session:
        rows = session.exec(select(ImportJob.state, ImportJob.stage)).all()
    ended = sum(1 for state, _ in rows if state in importing.FINISHED)
    return ended, {stage for state, stage in rows if state == ImportState.RUNNING}


def batch(paths: list[Path], *, kills: int) -> Run:
    """Import all files, killing the worker so many times."""
    with tempfile.TemporaryDirectory() as place:
        started = time.monotonic()
        engine = begin(Path(place), paths)
        process = start_worker()
        stages = []
        try:
            for point in range(kills):
                share = len(paths) * point // max(kills, 1)
                stages.append(_wait_for(engine, share, STAGES[point % len(STAGES)]))
                process.kill()
                process.wait()
                process = start_worker()
            _wait_for(engine, len(paths), None)
        finally:
            process.kill()
            process.wait()
        seconds = time.monotonic() - started
        try:
            return _counted(engine, seconds, stages)
        finally:
            engine.dispose()


def _wait_for(engine: Engine, ended: int, stage: ImportStage | None) -> str:
    """Wait until so many jobs have ended and then for a stage; returns what was going on."""
    until = time.monotonic() + PATIENCE_S
    reached_at: float | None = None
    while time.monotonic() < until:
        now_ended, stages = _states(engine)
        if now_ended >= ended and reached_at is None:
            reached_at = time.monotonic()
        if reached_at is not None:
            is_late = time.monotonic() - reached_at > STAGE_PATIENCE_S
            if stage is None or stage in stages or is_late:
                return "+".join(sorted(stages)) or "between"
        time.sleep(POLL_S)
    raise RuntimeError("the batch does not end")


def _counted(engine: Engine, seconds: float, stages: list[str]) -> Run:
    with reading(engine) as session:
        jobs = session.exec(select(ImportJob.state)).all()
    return Run(
        seconds=seconds,
        kills=len(stages),
        stages=tuple(stages),
        done=sum(1 for state in jobs if state == ImportState.DONE),
        jobs=len(jobs),
        digest=digest(engine),
        violations=tuple(each.text("en") for each in integrity.verify(engine).violations),
    )


def digest(engine: Engine) -> str:
    """SHA-256 over everything that was read of all cases, without ids and times."""
    content: list[Any] = []
    with reading(engine) as session:
        for case in session.exec(select(Case).order_by(col(Case.case_key))):
            sources = session.exec(
                select(SourceFile)
                .where(SourceFile.case_id == case.id)
                .order_by(col(SourceFile.source))
            ).all()
            pages = session.exec(
                select(PageRow, PageText)
                .join(PageText, col(PageText.page_id) == col(PageRow.id))
                .where(PageText.case_id == case.id)
                .order_by(col(PageRow.sequence))
            )
            papers = session.exec(
                select(DocumentRow)
                .where(DocumentRow.case_id == case.id)
                .order_by(col(DocumentRow.sequence))
            )
            facts = session.exec(
                select(FactRow).where(FactRow.case_id == case.id).order_by(col(FactRow.sequence))
            )
            checks = session.exec(
                select(CheckRow).where(CheckRow.case_id == case.id).order_by(col(CheckRow.check_id))
            )
            content.append(
                [
                    case.case_key,
                    case.reading_state,
                    [(row.source, row.sha256, row.status, row.pages) for row in sources],
                    [
                        (row.position, row.view_sha256, row.thumb_sha256, row.content, words.plain)
                        for row, words in pages
                    ],
                    [(row.kind, row.title, row.first_page, row.last_page) for row in papers],
                    [(row.name, row.value, row.page, row.boxes, row.quote) for row in facts],
                    [(row.check_id, row.outcome, row.message_zh) for row in checks],
                ]
            )
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def run(*, count: int = 50, rounds: int = 5, kills: int = POINTS) -> Outcome:
    """An undisturbed batch, and `rounds` batches with `kills` kills each."""
    with tempfile.TemporaryDirectory() as place:
        paths = files(Path(place), count)
        undisturbed = batch(paths, kills=0)
        return Outcome(undisturbed, tuple(batch(paths, kills=kills) for _ in range(rounds)))


def report(outcome: Outcome) -> str:
    """The outcome as text."""
    lines = [
        f"{'run':>12}  {'seconds':>8}  {'kills':>5}  {'done':>7}  digest        violations",
    ]
    named = [("undisturbed", outcome.undisturbed)]
    named += [(f"killed {number}", each) for number, each in enumerate(outcome.disturbed, 1)]
    for name, each in named:
        lines.append(
            f"{name:>12}  {each.seconds:8.1f}  {each.kills:5}  {each.done:3}/{each.jobs:<3}  "
            f"{each.digest[:12]}  {len(each.violations)}"
        )
        if each.stages:
            lines.append(f"{'':>14}killed while {', '.join(each.stages)}")
    lines.append("same rows and hashes" if outcome.is_sound else "NOT THE SAME")
    return "\n".join(lines)
