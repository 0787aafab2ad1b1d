"""An import that is killed without warning goes on at the next start and doubles nothing."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, func
from sqlmodel import col, select

from review.casefiles.tables import Case, ImportJob, ImportStage, ImportState, SourceFile
from review.checks.tables import CheckRow
from review.db.accounts import Unit
from review.db.session import engine_for, reading, transaction
from review.documents.tables import DocumentRow, PageRow
from review.facts.tables import FactRow
from review.services import integrity
from review.services.access import Role, console
from review.services.migrate import migrate
from review.services.reading import importing
from review.services.reading.job_engine import sweep_spool
from review.settings import settings

CASE_FILE = Path(__file__).parents[2] / "samples" / "data" / "c08" / "案卷.pdf"
CASE_NO = "云清交执罚〔2024〕0073号"
PATIENCE = 900

WORKER = """
import time
from review.services.reading import importing
importing.start_jobs()
time.sleep(600)
"""


def set_up(home: Path, monkeypatch) -> Engine:
    monkeypatch.setenv("CASE_REVIEW_HOME", str(home))
    settings.cache_clear()
    migrate(settings().url)
    engine = engine_for(settings().url)
    with transaction(engine) as session:
        unit = Unit(name="样例大队")
        session.add(unit)
        session.flush()
        session.add(
            Case(
                case_key="云清交执罚[2024]73",
                case_no=CASE_NO,
                unit_id=unit.id,
                closed_on=date(2024, 5, 13),
            )
        )
    return engine


def worker() -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-c", WORKER], env=os.environ.copy())


def wait_for(engine: Engine, job_id: str, reached: Callable[[ImportJob], bool]) -> ImportJob:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with reading(engine) as session:
            job = session.get(ImportJob, job_id)
        assert job is not None
        if reached(job) or job.state in importing.FINISHED:
            return job
        time.sleep(0.01)
    raise AssertionError(f"{job_id} stands at {job.state} {job.stage} {job.pages_done}")


def finished(job: ImportJob) -> bool:
    return job.state in importing.FINISHED


def content(engine: Engine) -> dict[str, object]:
    """What the database holds of the case, without ids and times."""
    with reading(engine) as session:
        sources = session.exec(select(SourceFile).order_by(col(SourceFile.source))).all()
        pages = session.exec(
            select(PageRow).order_by(col(PageRow.source_file_id), col(PageRow.position))
        ).all()
        names = {row.id: row.source for row in sources}
        return {
            "sources": [(row.source, row.sha256, row.status, row.pages) for row in sources],
            "pages": sorted(
                (names[row.source_file_id], row.position, row.view_sha256, str(row.content))
                for row in pages
            ),
            "documents": [
                (row.sequence, row.kind, row.title, row.first_page)
                for row in session.exec(select(DocumentRow).order_by(col(DocumentRow.sequence)))
            ],
            "facts": sorted(
                (row.name, row.value, row.sequence) for row in session.exec(select(FactRow))
            ),
            "checks": sorted(
                (row.check_id, row.outcome, row.message_zh)
                for row in session.exec(select(CheckRow))
            ),
        }


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory) -> dict[str, object]:
    """What the import gives when nobody disturbs it."""
    patch = pytest.MonkeyPatch()
    engine = set_up(tmp_path_factory.mktemp("undisturbed"), patch)
    job = importing.hand_in(
        engine, console(Role.REGULATIONS), case_no=CASE_NO, path=CASE_FILE, name=CASE_FILE.name
    )
    process = worker()
    try:
        assert wait_for(engine, job.id, finished).state == ImportState.DONE
    finally:
        process.kill()
        process.wait()
    found = content(engine)
    engine.dispose()
    patch.undo()
    settings.cache_clear()
    return found


POINTS: dict[str, Callable[[ImportJob], bool]] = {
    "before it began": lambda job: True,
    "while unpacking": lambda job: job.stage == ImportStage.UNPACKING,
    "while reading": lambda job: job.stage == ImportStage.READING and job.pages_done > 3,
    "while writing": lambda job: job.stage == ImportStage.WRITING,
    "while checking": lambda job: job.stage == ImportStage.CHECKING,
}


@pytest.mark.parametrize("point", POINTS)
def test_a_killed_import_goes_on_and_doubles_nothing(point, undisturbed, tmp_path, monkeypatch):
    engine = set_up(tmp_path / "home", monkeypatch)
    actor = console(Role.REGULATIONS)
    job = importing.hand_in(engine, actor, case_no=CASE_NO, path=CASE_FILE, name=CASE_FILE.name)
    process = worker()
    seen = wait_for(engine, job.id, POINTS[point])
    assert point == "while unpacking" or not finished(seen)
    process.send_signal(signal.SIGKILL)
    process.wait()
    again = worker()
    try:
        assert wait_for(engine, job.id, finished).state == ImportState.DONE
    finally:
        again.kill()
        again.wait()
    assert content(engine) == undisturbed
    assert integrity.verify(engine).violations == ()
    repeated = importing.hand_in(
        engine, actor, case_no=CASE_NO, path=CASE_FILE, name=CASE_FILE.name
    )
    assert repeated.id == job.id
    with reading(engine) as session:
        assert session.exec(select(func.count()).select_from(ImportJob)).one() == 1
    sweep_spool(engine)
    assert not list((tmp_path / "home" / "spool").glob("*"))
    engine.dispose()
