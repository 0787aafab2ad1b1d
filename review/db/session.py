"""Engines and transactions: the only place where a write transaction begins and ends."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from review.errors import DatabaseBusy, DatabaseFull, DatabaseUnavailable

WAIT_SECONDS = 20
"""How long a write waits for the lock before DatabaseBusy."""

WRITE_LOCK = 0x0CA5E
"""Key of the PostgreSQL advisory lock that puts audited writes in one order."""

BUSY = ("locked", "busy", "lock timeout")
FULL = ("is full", "no space left", "disk quota")
UNREACHABLE = (
    "unable to open",
    "not a database",
    "malformed",
    "disk i/o error",
    "readonly database",
    "connection refused",
    "connection failed",
    "could not connect",
    "server closed the connection",
    "does not exist",
    "authentication failed",
)


@lru_cache(maxsize=8)
def engine_for(url: str) -> Engine:
    """The engine of a database URL, one a process.

    SQLite: WAL, synchronous FULL, foreign keys, 20 s of waiting; the driver's own transaction
    handling is off, because it opens none for a SELECT and so loses read-modify-write updates.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(
            url,
            json_deserializer=_from_json,
            pool_pre_ping=True,
            pool_size=10,
            max_overflow=20,
            connect_args={"options": f"-c lock_timeout={WAIT_SECONDS * 1000} -c timezone=UTC"},
        )
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url, json_deserializer=_from_json, connect_args={"check_same_thread": False}
    )

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout={WAIT_SECONDS * 1000}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")

    return engine


def _from_json(text: str | bytes) -> Any:
    """What a JSON column holds. Most hold nothing: ten thousand of those are read for one page."""
    if text in {"{}", b"{}"}:
        return {}
    return json.loads(text)


@contextmanager
def translated() -> Iterator[None]:
    """Turn what the drivers say about locks, space and reachability into errors with a remedy."""
    try:
        yield
    except DatabaseError as error:
        cause = str(error.orig).lower()
        if any(word in cause for word in BUSY):
            raise DatabaseBusy from error
        if any(word in cause for word in FULL):
            raise DatabaseFull from error
        if any(word in cause for word in UNREACHABLE):
            raise DatabaseUnavailable(reason=_short(error)) from error
        raise


def _short(error: DatabaseError) -> str:
    return str(error.orig).splitlines()[0][:200]


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """One write transaction: commits on success, rolls back on any error.

    The write lock is taken at once, so that what is read in it cannot change before it is written.
    Raises DatabaseBusy where the lock was not had in time, DatabaseFull where no space is left,
    DatabaseUnavailable where the database cannot be opened or reached.
    """
    writing = engine.execution_options(sqlite_begin="IMMEDIATE")
    with translated(), Session(writing, expire_on_commit=False) as session, session.begin():
        if engine.dialect.name == "postgresql":
            session.connection().execute(
                text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITE_LOCK}
            )
        yield session


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A read-only session on one consistent snapshot; nothing in it is ever committed."""
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with translated(), Session(engine, expire_on_commit=False, autoflush=False) as session:
        yield session
