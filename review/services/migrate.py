"""Bringing the database of a URL up to date: at the server's start and by `case-review migrate`."""

from __future__ import annotations

from review.db.session import engine_for
from review.migrations import schema


def migrate(url: str) -> tuple[str | None, str]:
    """Upgrade the schema in one transaction; returns the revisions before and after.

    Raises DatabaseNewer for a database of a later version, DatabaseUnavailable, DatabaseBusy.
    """
    return schema.upgrade(engine_for(url))
