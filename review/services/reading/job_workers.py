"""The processes that run jobs on one database: each says that it lives, the dead are taken over.

Needed where several share a PostgreSQL. The database's own clock is asked, so that machines need
not agree on the time.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from review.casefiles.tables import JobWorker
from review.db.session import transaction

LONG_AGO = timedelta(days=1)
KEPT = timedelta(days=7)
"""So long it can be seen which worker took over from which."""


def _now(session: Session) -> datetime:
    """The database's time."""
    at: datetime = session.exec(select(func.now())).one()
    return at if at.tzinfo else at.replace(tzinfo=UTC)  # SQLite's is UTC without saying so


def register(engine: Engine, worker_id: str) -> None:
    """Say that this process works under that id from now on."""
    with transaction(engine) as session:
        at = _now(session)
        session.add(
            JobWorker(
                id=worker_id, host=socket.gethostname(), pid=os.getpid(), started_at=at, seen_at=at
            )
        )


def beat(engine: Engine, worker_id: str) -> bool:
    """Say that this process still lives; False where another has taken its work over meanwhile."""
    with transaction(engine) as session:
        row = session.get(JobWorker, worker_id)
        if row is None or row.taken_by:
            return False
        row.seen_at = _now(session)
        session.add(row)
        return True


def leave(engine: Engine, worker_id: str) -> None:
    """Say that this process stops: whatever it leaves may be taken over at once."""
    with transaction(engine) as session:
        row = session.get(JobWorker, worker_id)
        if row is not None:
            row.seen_at = _now(session) - LONG_AGO
            session.add(row)


def take_over(
    engine: Engine,
    worker_id: str,
    *,
    lease_seconds: float,
    resume: Callable[[frozenset[str]], int],
) -> int:
    """Let `resume` take up what no living worker has in hand; returns how much it took up.

    `resume` gets the ids of the living and runs under the write lock, so that no two workers take
    the same up, and one that dies before it is done leaves it to the next.
    """
    with transaction(engine) as session:
        now = _now(session)
        limit = now - timedelta(seconds=lease_seconds)
        rows = session.exec(select(JobWorker).where(col(JobWorker.taken_by) == "")).all()
        dead = [row for row in rows if row.seen_at < limit and row.id != worker_id]
        taken = resume(frozenset(row.id for row in rows) - {row.id for row in dead})
        for row in dead:
            row.taken_by = worker_id
            session.add(row)
        for row in session.exec(select(JobWorker).where(col(JobWorker.seen_at) < now - KEPT)):
            session.delete(row)
        return taken
