"""The site of the route tests, and a snapshot that shows whether anything changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from sqlalchemy import Engine, select

from review.migrations.all_tables import metadata
from review.settings import settings
from tests.web.conftest import Site, built_home, site

__all__ = ["Site", "built_home", "site"]

Snapshot = dict[str, object]
VOLATILE = {"usersession"}  # a request may move the idle end of its own session


def snapshot(engine: Engine) -> Snapshot:
    """Every row of every table as a digest, and the names of all stored and waiting files."""
    taken: Snapshot = {}
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            if table.name not in VOLATILE:
                rows = sorted(map(repr, connection.execute(select(table))))
                digest = hashlib.sha256("\n".join(rows).encode("utf-8", "replace")).hexdigest()
                taken[table.name] = (len(rows), digest)
    for folder in (settings().store, settings().home / "spool", settings().checklists):
        taken[str(folder)] = sorted(str(path) for path in folder.rglob("*") if path.is_file())
    return taken


@pytest.fixture
def unchanged(site: Site) -> Callable[[], AbstractContextManager[None]]:
    """A context in which nothing may change: no row, no stored file, nothing left waiting."""

    @contextmanager
    def held() -> Iterator[None]:
        before = snapshot(site.engine)
        yield
        assert snapshot(site.engine) == before

    return held
