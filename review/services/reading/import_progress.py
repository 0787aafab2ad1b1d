"""What the steps of an import share: where things lie, the job's row, progress and cancelling."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from review.casefiles.tables import ImportJob, ImportState
from review.common.store import Store
from review.db.rows import found
from review.db.session import engine_for, transaction
from review.documents.read_case import Progress
from review.settings import settings

TELL_SECONDS = 0.3

STOPPED = (ImportState.CANCELLING, ImportState.CANCELLED)


class JobCancelled(Exception):
    """A person cancelled the job while it ran; nothing of it is written."""


def database() -> Engine:
    """The database of this installation."""
    return engine_for(settings().url)


def store() -> Store:
    """Originals and page images."""
    return Store(settings().store)


def spool(job_id: str) -> Path:
    """Where a job keeps what it read until it is written."""
    return settings().home.absolute() / "spool" / job_id


def job_row(session: Session, job_id: str) -> ImportJob:
    """The row of a job. Raises NotFound."""
    return found(session, ImportJob, job_id, "导入任务", "import job")


def tell(job_id: str, **values: Any) -> None:
    """Set values of a job's row. Raises JobCancelled where a person has cancelled it."""
    with transaction(database()) as session:
        job = job_row(session, job_id)
        if job.state in STOPPED:
            raise JobCancelled
        for name, value in values.items():
            setattr(job, name, value)
        session.add(job)


class Teller:
    """Tells the pages that were done, a few times a second at most; safe in several threads."""

    def __init__(self, job_id: str) -> None:
        """Begin where the job's row stands."""
        self._job_id = job_id
        self._lock = threading.Lock()
        self._told_at = 0.0
        with transaction(database()) as session:
            job = job_row(session, job_id)
            self._done, self._total = job.pages_done, job.pages_total
        self._read = 0
        self._drawn = 0
        self._pages = 0

    def read(self, progress: Progress) -> None:
        """The reader's own progress; a page counts half when it was read."""
        with self._lock:
            self._read, self._pages = progress.pages_read, max(progress.pages, self._pages)
        self._tell()

    def drawn(self) -> None:
        """One more page was drawn, which is its second half."""
        with self._lock:
            self._drawn += 1
        self._tell()

    def end(self, pages: int) -> None:
        """The source is done with so many pages."""
        tell(self._job_id, pages_done=self._done + pages, pages_total=self._total + pages)

    def _tell(self) -> None:
        with self._lock:
            if time.monotonic() - self._told_at < TELL_SECONDS:
                return
            self._told_at = time.monotonic()
            done = self._done + (self._read + self._drawn) // 2
            total = self._total + self._pages
        tell(self._job_id, pages_done=done, pages_total=total)
