"""Rows of the registers with their days of validity and their history."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Field

from review.db.base import Table, document, instant


class RegisterRow(Table, table=True):
    """One row of a register (`kind`) as it was entered; never written over.

    It stands while `closed_at` is empty. A correction, a change or an end closes it, with the
    reason, and opens the rows that `replaces` it. `values` by column name, days in ISO form.
    `valid_from` and `valid_until` are the days of validity, both included.
    """

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(index=True)
    key: str = Field(index=True)
    values: Any = document()
    valid_from: date
    valid_until: date | None = None
    source: str = ""
    replaces: int | None = Field(default=None, foreign_key="registerrow.id")
    entered_by: int | None = Field(default=None, foreign_key="user.id")
    entered_at: datetime = instant()
    closed_by: int | None = Field(default=None, foreign_key="user.id")
    closed_at: datetime | None = Field(default=None, index=True)
    closed_reason: str = ""
    version: int = 1


class RegisterPeriod(Table, table=True):
    """Days for which a person declared a register (`kind`) complete; withdrawn, never changed."""

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(index=True)
    since: date
    until: date | None = None
    note: str = ""
    declared_by: int | None = Field(default=None, foreign_key="user.id")
    declared_at: datetime = instant()
    withdrawn_by: int | None = Field(default=None, foreign_key="user.id")
    withdrawn_at: datetime | None = None
    version: int = 1
