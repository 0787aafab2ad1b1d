"""The schema of a database: bring it up to date, say where it stands, refuse a newer one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from review.db.session import WRITE_LOCK, translated
from review.errors import DatabaseNewer, DatabaseUnavailable
from review.migrations.all_tables import metadata

HERE = Path(__file__).parent


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration without any file; `connection` is what it will work on."""
    made = Config()
    made.set_main_option("script_location", str(HERE))
    made.set_main_option("path_separator", "os")
    made.set_main_option("file_template", "%%(year)d%%(month).2d%%(day).2d_%%(slug)s")
    made.attributes["connection"] = connection
    return made


def head() -> str:
    """The newest revision that this version of the product knows."""
    newest = ScriptDirectory.from_config(config()).get_current_head()
    assert newest is not None
    return newest


def current(connection: Connection) -> str | None:
    """The revision a database stands at; None where it has no schema yet."""
    return MigrationContext.configure(connection).get_current_revision()


def refuse_newer(found: str | None) -> None:
    """Raise DatabaseNewer for a revision that this version of the product does not know."""
    known = {each.revision for each in ScriptDirectory.from_config(config()).walk_revisions()}
    if found is not None and found not in known:
        raise DatabaseNewer(found=found)


def upgrade(engine: Engine) -> tuple[str | None, str]:
    """Bring the schema up to date in one transaction; returns the revisions before and after.

    A killed or failed upgrade leaves the database as it was. Two processes at once wait for each
    other. Raises DatabaseNewer for a database of a later version.
    """
    writing = engine.execution_options(sqlite_begin="IMMEDIATE")
    is_sqlite = engine.dialect.name == "sqlite"
    with translated(), writing.connect() as connection:
        if is_sqlite:
            # Batch migrations copy tables and drop the old ones; with foreign keys on, the drop
            # would delete what refers to them. The keys are checked before the commit instead.
            _pragma(connection, "foreign_keys=OFF")
        try:
            with connection.begin():
                if not is_sqlite:
                    connection.execute(
                        text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITE_LOCK}
                    )
                before = current(connection)
                refuse_newer(before)
                command.upgrade(config(connection), "head")
                if is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise DatabaseUnavailable(reason="foreign_key_check")
        finally:
            if is_sqlite:
                _pragma(connection, "foreign_keys=ON")
    return before, head()


def _pragma(connection: Connection, pragma: str) -> None:
    """Set a pragma outside any transaction, on the driver's own connection."""
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(f"PRAGMA {pragma}")


def require_current(engine: Engine) -> None:
    """Raise DatabaseNewer where the database is of a later version of the product."""
    with translated(), engine.connect() as connection:
        refuse_newer(current(connection))


def differences(engine: Engine) -> list[Any]:
    """What Alembic would still change: empty where the migrations give the metadata's schema."""
    with engine.connect() as connection:
        return list(
            compare_metadata(
                MigrationContext.configure(
                    connection, opts={"compare_type": True, "include_object": is_compared}
                ),
                metadata,
            )
        )


def is_compared(_thing: Any, name: str | None, kind: str, _reflected: Any, _other: Any) -> bool:
    """Whether Alembic compares it: all but the index of words, which each engine has its way."""
    return not (
        (kind == "table" and str(name).startswith("pagesearch"))
        or (kind == "index" and name == "ix_pagetext_grams")
    )


def new_revision(engine: Engine, message: str) -> Path:
    """Write a migration from the difference between a database at head and the tables."""
    with engine.connect() as connection:
        made = command.revision(config(connection), message=message, autogenerate=True)
    assert made is not None
    assert not isinstance(made, list)
    return Path(made.path)
