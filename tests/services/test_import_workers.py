"""Two processes on one PostgreSQL: no job is done twice, and a dead one's jobs are taken over."""

import os
import signal
import subprocess
import sys
import time

import pytest
from sqlalchemy import text
from sqlmodel import select

from review.casefiles.tables import ImportJob, ImportState, JobWorker
from review.db.audit import AuditRecord
from review.db.session import engine_for, reading, transaction
from review.migrations.all_tables import metadata
from review.services import integrity
from review.services.access import Role, console
from review.services.reading import importing
from review.settings import settings
from tests.services.conftest import add_case
from tests.services.test_import_kill import CASE_FILE, WORKER, finished, wait_for

pytestmark = pytest.mark.postgres


@pytest.fixture
def shared(postgres_url, home, monkeypatch):
    """An empty PostgreSQL with three cases, and a lease shorter than usual."""
    engine = engine_for(postgres_url)
    tables = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
        connection.execute(text("DROP SCHEMA IF EXISTS dbos CASCADE"))
    monkeypatch.setenv("CASE_REVIEW_DATABASE_URL", postgres_url)
    monkeypatch.setenv("CASE_REVIEW_JOB_LEASE_SECONDS", "15")
    settings.cache_clear()
    from review.db.accounts import Unit

    with transaction(engine) as session:
        session.add(Unit(name="样例大队"))
        session.flush()
        for number in range(1, 5):
            add_case(session, 1, number)
    yield engine
    engine.dispose()


def worker(home, name):
    """A process with a home of its own on a common store, as on another machine."""
    own = os.environ | {
        "CASE_REVIEW_HOME": str(home / name),
        "CASE_REVIEW_SHARED_STORE": str(home / "store"),
    }
    return subprocess.Popen([sys.executable, "-c", WORKER], env=own)


def hand_in_all(engine, count):
    paths = [CASE_FILE] * count
    return [
        importing.hand_in(
            engine,
            console(Role.REGULATIONS),
            case_no=f"样例罚〔2023〕{number}号",
            path=path,
            name=path.name,
        )
        for number, path in enumerate(paths, 1)
    ]


def test_two_workers_share_the_work_and_take_over_from_a_dead_one(shared, home):
    jobs = hand_in_all(shared, 3)
    first, second = worker(home, "a"), worker(home, "b")
    try:
        wait_for(shared, jobs[0].id, lambda job: job.state == ImportState.RUNNING)
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with reading(shared) as session:
                if len(session.exec(select(JobWorker)).all()) == 2:
                    break
            time.sleep(0.1)
        first.send_signal(signal.SIGKILL)
        first.wait()
        for job in jobs:
            assert wait_for(shared, job.id, finished).state == ImportState.DONE
    finally:
        for process in (first, second):
            process.kill()
            process.wait()
    with reading(shared) as session:
        written = session.exec(
            select(AuditRecord.subject_id).where(AuditRecord.action == "import.write")
        ).all()
        ended = session.exec(select(ImportJob.state)).all()
    assert set(ended) == {ImportState.DONE}
    assert len(set(written)) == 3
    assert len(written) <= 4  # what the dead one had in hand may have been written again
    assert integrity.verify(shared).violations == ()
