"""What an administrator adds to the law data: days off and make-up days beyond the known years."""

from datetime import date, datetime

from sqlmodel import Field

from review.db.base import Table, instant


class CalendarDay(Table, table=True):
    """One day that differs from Monday to Friday, with the document that says so."""

    day: date = Field(primary_key=True)
    is_working: bool
    source: str
    entered_by: int | None = Field(default=None, foreign_key="user.id")
    entered_at: datetime = instant()
    version: int = 1


class CalendarYear(Table, table=True):
    """A year whose holiday notice was entered in full, so that it may be computed with."""

    year: int = Field(primary_key=True)
    source: str
    entered_by: int | None = Field(default=None, foreign_key="user.id")
    entered_at: datetime = instant()
