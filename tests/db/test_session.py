"""Transactions: one writer, nothing half, and what a locked, full or missing database says."""

import threading

import pytest
from sqlalchemy import Engine, text
from sqlmodel import col, func, select

from review.casefiles.tables import Case
from review.db import session as sessions
from review.db.accounts import Unit
from review.db.audit import AuditRecord, record, verify_chain
from review.db.rows import at_version, found
from review.db.session import engine_for, reading, transaction
from review.errors import (
    AuditBroken,
    DatabaseBusy,
    DatabaseFull,
    DatabaseUnavailable,
    NotFound,
    Stale,
)
from review.migrations import schema


@pytest.fixture
def hasty(engine: Engine, monkeypatch):
    """Another engine on the same database that waits for a lock only a moment."""
    monkeypatch.setattr(sessions, "WAIT_SECONDS", 0.2)
    url = engine.url.render_as_string(hide_password=False)
    if engine.dialect.name == "postgresql":
        monkeypatch.setattr(sessions, "WAIT_SECONDS", 1)
    made = sessions.engine_for.__wrapped__(url)
    yield made
    made.dispose()


def units(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return [unit.name for unit in session.exec(select(Unit).order_by(col(Unit.id)))]


def test_an_error_rolls_everything_back(engine):
    def fail():
        with transaction(engine) as session:
            session.add(Unit(name="甲"))
            record(session, "user:1", "unit.create", "unit", 1)
            session.flush()
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        fail()
    assert units(engine) == []
    with reading(engine) as session:
        assert verify_chain(session) == (0, "0" * 64)


def test_a_locked_database_says_so_and_saves_nothing(engine, hasty):
    def write():
        with transaction(hasty) as session:
            session.add(Unit(name="乙"))

    with transaction(engine) as session:
        session.add(Unit(name="甲"))
        session.flush()
        with pytest.raises(DatabaseBusy) as caught:
            write()
        assert units(hasty) == []  # readers go on, and see nothing that is not committed
    assert "重试" in caught.value.text("zh")
    assert units(engine) == ["甲"]
    write()
    assert units(engine) == ["甲", "乙"]


def test_a_full_database_says_so_and_works_again_afterwards(sqlite_engine):
    def write(size):
        with transaction(sqlite_engine) as session:
            session.connection().exec_driver_sql(f"PRAGMA max_page_count={size}")
            session.add(Unit(name="大" * 2_000_000))

    with pytest.raises(DatabaseFull):
        write(1)
    assert units(sqlite_engine) == []
    write(1 << 30)
    assert len(units(sqlite_engine)) == 1


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////proc/no/such/place.db",
        "postgresql+psycopg://nobody@127.0.0.1:1/nothing?connect_timeout=2",
    ],
)
def test_a_database_that_cannot_be_opened_is_named(url):
    with pytest.raises((DatabaseUnavailable, OSError)):
        schema.upgrade(engine_for(url))


def test_a_damaged_file_is_named(tmp_path):
    path = tmp_path / "damaged.db"
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(DatabaseUnavailable) as caught:
        schema.upgrade(engine_for(f"sqlite:///{path}"))
    assert "备份" in caught.value.text("zh")


def test_read_modify_write_loses_nothing(engine):
    with transaction(engine) as session:
        unit = Unit(name="甲")
        session.add(unit)
        session.flush()
        session.add(Case(case_key="x", case_no="x", unit_id=unit.id))

    def count_up():
        for _ in range(10):
            with transaction(engine) as session:
                row = session.exec(select(Case)).one()
                row.version += 1
                session.add(row)
                record(session, "user:1", "count", "case", row.id, version=row.version)

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading(engine) as session:
        assert session.exec(select(Case)).one().version == 41
        assert verify_chain(session)[0] == 40


def test_a_reading_is_one_snapshot(engine):
    with reading(engine) as session:
        before = session.exec(select(func.count()).select_from(Unit)).one()
        with transaction(engine) as other:
            other.add(Unit(name="甲"))
        assert session.exec(select(func.count()).select_from(Unit)).one() == before
    assert units(engine) == ["甲"]


def test_a_row_is_taken_at_the_version_that_was_seen(engine):
    with transaction(engine) as session:
        unit = Unit(name="甲")
        session.add(unit)
        session.flush()
        session.add(Case(case_key="x", case_no="x", unit_id=unit.id))
    with transaction(engine) as session:
        assert at_version(session, Case, 1, "案件", "the case", seen_version=1).version == 2
    with transaction(engine) as session, pytest.raises(Stale) as caught:
        at_version(session, Case, 1, "案件", "the case", seen_version=1)
    assert (caught.value.details["current"], caught.value.details["seen"]) == (2, 1)
    with reading(engine) as session:
        for key in (99, None):
            with pytest.raises(NotFound):
                found(session, Case, key, "案件", "the case")


BREAKS = {
    "changed": "UPDATE auditrecord SET actor = 'user:9' WHERE sequence = 3",
    "changed detail": "UPDATE auditrecord SET detail = '{\"n\": 99}' WHERE sequence = 3",
    "removed": "DELETE FROM auditrecord WHERE sequence = 3",
    "reordered": "UPDATE auditrecord SET sequence = -sequence WHERE sequence IN (3, 4)",
    "rewritten": "UPDATE auditrecord SET sha256 = 'ab' WHERE sequence = 3",
}


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_chain_is_found_at_its_place(engine, name):
    for number in range(1, 7):
        with transaction(engine) as session:
            record(session, "user:1", "test", "thing", number, n=number, text="中文")
    with reading(engine) as session:
        assert verify_chain(session)[0] == 6
    with engine.begin() as connection:
        connection.execute(text(BREAKS[name]))
    with reading(engine) as session, pytest.raises(AuditBroken) as caught:
        verify_chain(session)
    if name != "reordered":
        assert caught.value.details["sequence"] == 3


def test_the_chain_keeps_its_digest_whatever_the_engine_returns(engine):
    """Aware instants and JSON come back the same, so the digest can be computed again."""
    with transaction(engine) as session:
        kept = record(
            session, "user:1", "test", "thing", 1, 中文="值", none=None, n=1.5, l=[1, "a"]
        )
    with reading(engine) as session:
        assert session.get(AuditRecord, 1).sha256 == kept.sha256
        assert verify_chain(session) == (1, kept.sha256)
