"""Bringing the database of a URL up to date: at the server's start and by `case-review migrate`."""

from __future__ import annotations

from review.db.session import engine_for
from review.migrations import schema
from review.services.case_files.searching import index_missing


def migrate(url: str) -> tuple[str | None, str]:
    """Upgrade the schema in one transaction; returns the revisions before and after.

    Pages that an earlier release read are made known to full-text search then.

    Raises DatabaseNewer for a database of a later version, DatabaseUnavailable, DatabaseBusy.
    """
    engine = engine_for(url)
    revisions = schema.upgrade(engine)
    index_missing(engine)
    return revisions
