"""The engine of durable jobs: one a home folder, started by whichever process has its lock.

Handing a file in only writes an `ImportJob` row; the process that holds the lock sees the row,
enqueues the workflow under the row's id and runs it. So nothing is lost between the two databases,
a second enqueue is harmless, and a process without the lock (a command beside the server) needs
no engine. A killed engine's work goes on at the next start, because the executor id is the home
folder's own and the application version is pinned.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import threading
import time
from pathlib import Path
from typing import IO

import structlog
from dbos import DBOS, DBOSConfig, SetWorkflowID
from sqlalchemy import Engine
from sqlmodel import col, select

from review.casefiles.tables import ImportJob, ImportState
from review.db.session import engine_for, reading
from review.errors import ReviewError
from review.services.import_workflow import import_file
from review.settings import settings

APPLICATION = "case-review"
# Unfinished work of an older release must be taken up by a newer one: the version is that of the
# workflow's steps and changes only when they do.
WORKFLOW_VERSION = "import-1"
QUEUE = "import"
POLL_SECONDS = 0.5
STALE_SECONDS = 3600
RETRY_SECONDS = 5

_log = structlog.get_logger(__name__)


class JobEngine:
    """Runs the imports of one home folder while it holds the folder's lock."""

    def __init__(self) -> None:
        """Nothing starts before `start`."""
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._lock: IO[str] | None = None
        self._enqueued: set[str] = set()

    def start(self) -> None:
        """Start in the background: wait for the lock, take up unfinished work, run what comes."""
        self._thread = threading.Thread(target=self._run, name="job-engine", daemon=True)
        self._thread.start()

    def stop(self, *, seconds: int = 30) -> None:
        """Let running imports finish for so long, then give the lock back."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        if self._lock is not None:
            DBOS.destroy(workflow_completion_timeout_sec=seconds, destroy_registry=False)
            self._lock.close()
            self._lock = None

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._lock = self._lock or take_lock()
            if self._lock is not None:
                break
            self._stopping.wait(POLL_SECONDS)
        if self._stopping.is_set():
            return
        database = engine_for(settings().url)
        if not self._launched(database):
            return
        while not self._stopping.is_set():
            try:
                self._enqueue_waiting(database)
            except ReviewError as error:
                _log.warning("jobs.poll", code=error.code)
            self._stopping.wait(POLL_SECONDS)

    def _launched(self, database: Engine) -> bool:
        """Launch, and try again while the database is away; False once it is time to stop."""
        while not self._stopping.is_set():
            try:
                sweep_spool(database)
                launch()
            except Exception as error:  # noqa: BLE001 - imports wait, the server goes on
                _log.error("jobs.launch", error=type(error).__name__, exc_info=error)
                DBOS.destroy(destroy_registry=False)
                self._stopping.wait(RETRY_SECONDS)
            else:
                return True
        return False

    def _enqueue_waiting(self, database: Engine) -> None:
        for job_id in unfinished(database):
            if job_id not in self._enqueued:
                with SetWorkflowID(job_id):
                    DBOS.enqueue_workflow(QUEUE, import_file, job_id)
                self._enqueued.add(job_id)


def unfinished(database: Engine) -> list[str]:
    """The ids of the jobs that are waiting or running, oldest first."""
    with reading(database) as session:
        return list(
            session.exec(
                select(ImportJob.id)
                .where(col(ImportJob.state).in_((ImportState.WAITING, ImportState.RUNNING)))
                .order_by(col(ImportJob.handed_in_at), col(ImportJob.id))
            )
        )


def sweep_spool(database: Engine) -> None:
    """Remove what killed imports and uploads left behind; only before the engine is launched."""
    left = set(unfinished(database))
    for place in (settings().home.absolute() / "spool").glob("*"):
        if place.is_dir() and place.name not in left and _is_old(place, job=True):
            shutil.rmtree(place, ignore_errors=True)
        elif place.is_file() and _is_old(place, job=False):
            place.unlink(missing_ok=True)


def _is_old(place: Path, *, job: bool) -> bool:
    """Whether nobody can be writing it: a finished job's folder, or an hour without a change."""
    is_job = job and place.name.count("-") == 2
    return is_job or time.time() - place.stat().st_mtime > STALE_SECONDS


def take_lock() -> IO[str] | None:
    """The lock of the home folder, or None where another living process holds it.

    The operating system gives it back when its process ends, however it ends.
    """
    home = settings().home.absolute()
    home.mkdir(parents=True, exist_ok=True)
    stream = (home / "jobs.lock").open("a+", encoding="utf-8")
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        stream.close()
        return None
    stream.truncate(0)
    stream.write(str(os.getpid()))
    stream.flush()
    return stream


def executor_id(home: Path) -> str:
    """The home folder's own id: the same after a restart, another on every machine."""
    place = home / "executor-id"
    if not place.is_file():
        place.write_text(secrets.token_hex(8), encoding="ascii")
    return place.read_text(encoding="ascii").strip()


def launch() -> None:
    """Launch the engine in this process; its own unfinished workflows go on at once."""
    rules = settings()
    config: DBOSConfig = {
        "name": APPLICATION,
        "system_database_url": rules.jobs_url,
        "application_version": WORKFLOW_VERSION,
        "executor_id": executor_id(rules.home.absolute()),
        "log_level": "WARNING",
        "run_migrations": True,
        "notification_listener_polling_interval_sec": 0.2,
        "max_executor_threads": max(4, rules.readers * 2),
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue(QUEUE, worker_concurrency=rules.readers, polling_interval_sec=0.2)
