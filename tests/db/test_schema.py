"""The migrations give the schema of the tables; a newer database is refused; nothing half done."""

import contextlib
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text

from review.db.session import engine_for
from review.errors import DatabaseNewer
from review.migrations import schema
from review.migrations.all_tables import metadata


def test_migrations_give_the_schema_of_the_tables(engine: Engine):
    assert schema.differences(engine) == []


def test_every_table_has_a_module_in_the_metadata(engine: Engine):
    assert set(inspect(engine).get_table_names()) - {"alembic_version"} >= set(metadata.tables)


def test_upgrading_again_changes_nothing(engine: Engine):
    before, after = schema.upgrade(engine)
    assert before == after == schema.head()


def test_a_database_of_a_later_version_is_refused_and_left_alone(engine: Engine):
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'from-the-future'"))
    try:
        with pytest.raises(DatabaseNewer) as caught:
            schema.upgrade(engine)
        assert "from-the-future" in caught.value.text("zh")
        with pytest.raises(DatabaseNewer):
            schema.require_current(engine)
    finally:
        with engine.begin() as connection:
            connection.execute(
                text("UPDATE alembic_version SET version_num = :head"), {"head": schema.head()}
            )


def test_a_failed_migration_leaves_the_database_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "half.db"
    engine = engine_for(f"sqlite:///{path}")
    real = schema.command.upgrade

    def breaks(config, revision):
        real(config, revision)
        raise RuntimeError("power cut")

    monkeypatch.setattr(schema.command, "upgrade", breaks)
    with pytest.raises(RuntimeError):
        schema.upgrade(engine)
    assert inspect(engine).get_table_names() == []
    monkeypatch.undo()
    schema.upgrade(engine)
    assert schema.differences(engine) == []
    engine.dispose()


def test_sqlite_is_set_up_for_durability(sqlite_engine: Engine):
    with sqlite_engine.connect() as connection:

        def pragma(name):
            return connection.exec_driver_sql(f"PRAGMA {name}").scalar()

        assert pragma("journal_mode") == "wal"
        assert pragma("synchronous") == 2  # FULL
        assert pragma("foreign_keys") == 1
        assert pragma("busy_timeout") >= 10_000


def test_foreign_keys_are_on_again_after_a_migration(tmp_path: Path):
    engine = engine_for(f"sqlite:///{tmp_path / 'keys.db'}")
    schema.upgrade(engine)
    with pytest.raises(Exception, match="FOREIGN KEY"), engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO usersession (token_sha256, user_id, created_at, seen_at, address)"
            " VALUES ('x', 99, '2026-01-01', '2026-01-01', '')"
        )
    engine.dispose()
    with contextlib.closing(sqlite3.connect(tmp_path / "keys.db")) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
