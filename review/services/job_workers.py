"""The processes that run jobs on one database: each says that it lives, the dead are taken over.

Needed where several share a PostgreSQL. The database's own clock is asked, so that machines need
not agree on the time.
"""

from __future__ import annotations

import os
import socket
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from review.casefiles.tables import JobWorker
from review.db.session import transaction

LONG_AGO = timedelta(days=1)


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


def claim_dead(engine: Engine, worker_id: str, *, lease_seconds: float) -> list[str]:
    """The workers not seen for so long whose work this one takes over from now on.

    Each is taken by one worker alone, and again by another where its taker died before `forget`.
    """
    with transaction(engine) as session:
        limit = _now(session) - timedelta(seconds=lease_seconds)
        living = set(session.exec(select(JobWorker.id).where(col(JobWorker.seen_at) >= limit)))
        dead = session.exec(
            select(JobWorker).where(col(JobWorker.seen_at) < limit, col(JobWorker.id) != worker_id)
        ).all()
        mine = [row for row in dead if row.taken_by not in living - {worker_id}]
        for row in mine:
            row.taken_by = worker_id
            session.add(row)
        return [row.id for row in mine]


def forget(engine: Engine, worker_id: str) -> None:
    """Remove a dead worker whose work was taken over."""
    with transaction(engine) as session:
        row = session.get(JobWorker, worker_id)
        if row is not None:
            session.delete(row)
