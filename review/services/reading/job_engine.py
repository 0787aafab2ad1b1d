"""The engine of durable jobs.

Handing a file in only writes an `ImportJob` row; an engine sees the row, enqueues the workflow
under the row's id and runs it. So nothing is lost between the two, and a second enqueue, also by
another engine, is harmless.

On SQLite there is one engine a home folder, in whichever process has its lock; a process without
it (a command beside the server) needs none. A killed engine's work goes on at the next start,
because the executor id is the home folder's own. On PostgreSQL every process runs an engine, under
an id of its own that it keeps alive in the table of workers; what a dead one left is taken over by
another, here or on another machine. The application version is pinned on both.
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

from review.casefiles.tables import ImportJob, ImportState, JobKind
from review.db.session import engine_for, reading
from review.errors import ReviewError
from review.services.reading import job_workers
from review.services.reading.import_workflow import import_file
from review.services.reading.reread_workflow import reread_case
from review.settings import settings

APPLICATION = "case-review"
# Unfinished work of an older release must be taken up by a newer one: the version is that of the
# workflow's steps and changes only when they do.
# It is part of the workflow's id, so that what an older release left is begun anew after a change.
WORKFLOW_VERSION = "import-2"
QUEUE = "import"
WORKFLOWS = {JobKind.IMPORT: import_file, JobKind.REREAD: reread_case}
POLL_SECONDS = 0.5
BEATS_A_LEASE = 6
STALE_SECONDS = 3600
RETRY_SECONDS = 5

_log = structlog.get_logger(__name__)


class JobEngine:
    """Runs jobs: those of a home folder while it holds the lock, or those of a shared database."""

    def __init__(self) -> None:
        """Nothing starts before `start`."""
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._lock: IO[str] | None = None
        self._worker_id = ""
        self._is_launched = False
        self._beaten_at = 0.0
        self._enqueued: set[str] = set()

    def start(self) -> None:
        """Start in the background: take up unfinished work, run what comes."""
        self._thread = threading.Thread(target=self._run, name="job-engine", daemon=True)
        self._thread.start()

    def stop(self, *, seconds: int = 30) -> None:
        """Let running jobs finish for so long, then leave the rest to others or the next start."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        if self._is_launched:
            DBOS.destroy(workflow_completion_timeout_sec=seconds, destroy_registry=False)
            self._is_launched = False
            if self._worker_id:
                job_workers.leave(engine_for(settings().url), self._worker_id)
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _run(self) -> None:
        is_shared = settings().is_shared
        while not self._stopping.is_set() and not is_shared:
            self._lock = self._lock or take_lock()
            if self._lock is not None:
                break
            self._stopping.wait(POLL_SECONDS)
        database = engine_for(settings().url)
        if self._stopping.is_set() or not self._launched(database):
            return
        while not self._stopping.is_set():
            try:
                if is_shared:
                    self._stay_alive(database)
                self._enqueue_waiting(database)
            except ReviewError as error:
                _log.warning("jobs.poll", code=error.code)
            self._stopping.wait(POLL_SECONDS)

    def _launched(self, database: Engine) -> bool:
        """Launch, and try again while the database is away; False once it is time to stop."""
        while not self._stopping.is_set():
            try:
                sweep_spool(database)
                self._launch(database)
            except Exception as error:  # noqa: BLE001 - imports wait, the server goes on
                _log.error("jobs.launch", error=type(error).__name__, exc_info=error)
                DBOS.destroy(destroy_registry=False)
                self._stopping.wait(RETRY_SECONDS)
            else:
                self._is_launched = True
                return True
        return False

    def _launch(self, database: Engine) -> None:
        home = settings().home.absolute()
        executor = executor_id(home)
        if settings().is_shared:
            executor = self._worker_id = f"{executor}-{secrets.token_hex(4)}"
            job_workers.register(database, executor)
            self._beaten_at = time.monotonic()
        launch(executor)

    def _stay_alive(self, database: Engine) -> None:
        """Say that this worker lives, a few times a lease, and take over what dead ones left."""
        lease = settings().job_lease_seconds
        if time.monotonic() - self._beaten_at < lease / BEATS_A_LEASE:
            return
        if not job_workers.beat(database, self._worker_id):
            self._begin_anew(database)
            return
        self._beaten_at = time.monotonic()
        taken = job_workers.take_over(
            database, self._worker_id, lease_seconds=lease, resume=_resume_orphans
        )
        if taken:
            _log.info("jobs.taken_over", jobs=taken)

    def _begin_anew(self, database: Engine) -> None:
        """This worker was held up so long that another took its work: go on under a new id."""
        _log.warning("jobs.lost_lease", worker=self._worker_id)
        DBOS.destroy(destroy_registry=False)
        self._is_launched = False
        self._enqueued.clear()
        self._launched(database)

    def _enqueue_waiting(self, database: Engine) -> None:
        waiting = unfinished(database)
        for job_id, kind in waiting.items():
            if job_id not in self._enqueued:
                with SetWorkflowID(f"{job_id}:{WORKFLOW_VERSION}"):
                    DBOS.enqueue_workflow(QUEUE, WORKFLOWS[kind], job_id)
        self._enqueued = set(waiting)


def _resume_orphans(living: frozenset[str]) -> int:
    """Queue again what is under way under an executor that lives no more; how many."""
    left = DBOS.list_workflows(status="PENDING", load_input=False, load_output=False)
    orphans = [each.workflow_id for each in left if each.executor_id not in living]
    if orphans:
        DBOS.resume_workflows(orphans, queue_name=QUEUE)
    return len(orphans)


UNFINISHED = (ImportState.WAITING, ImportState.RUNNING, ImportState.CANCELLING)


def unfinished(database: Engine) -> dict[str, JobKind]:
    """The jobs that are waiting or running with what each does, oldest first."""
    query = (
        select(ImportJob.id, ImportJob.kind)
        .where(col(ImportJob.state).in_(UNFINISHED))
        .order_by(col(ImportJob.handed_in_at), col(ImportJob.id))
    )
    with reading(database) as session:
        return {job_id: JobKind(kind) for job_id, kind in session.exec(query)}


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
    home.mkdir(parents=True, exist_ok=True)
    place = home / "executor-id"
    if not place.is_file():
        place.write_text(secrets.token_hex(8), encoding="ascii")
    return place.read_text(encoding="ascii").strip()


def launch(executor: str) -> None:
    """Launch the engine in this process; unfinished workflows of that executor go on at once."""
    rules = settings()
    config: DBOSConfig = {
        "name": APPLICATION,
        "system_database_url": rules.jobs_url,
        "application_version": WORKFLOW_VERSION,
        "executor_id": executor,
        "log_level": "WARNING",
        "run_migrations": True,
        "notification_listener_polling_interval_sec": 0.2,
        "max_executor_threads": max(4, rules.readers * 2),
    }
    DBOS(config=config)
    DBOS.launch()
    DBOS.register_queue(QUEUE, worker_concurrency=rules.readers, polling_interval_sec=0.2)
