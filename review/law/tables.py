"""What a bureau adds to the law data: days off, values that it confirmed, texts that it holds."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Field

from review.db.base import Table, document, instant


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


class SiteValue(Table, table=True):
    """A value of the law that the bureau confirmed, from a day on; withdrawn, never changed.

    `value` is a number, a word, a truth value or, for a scale, an object by name; decimals as text.
    `document` names the paper that says so.
    """

    id: int | None = Field(default=None, primary_key=True)
    parameter: str = Field(index=True)
    since: date
    value: Any = document()
    document: str
    confirmed_by: int | None = Field(default=None, foreign_key="user.id")
    confirmed_name: str
    confirmed_at: datetime = instant()
    withdrawn_by: int | None = Field(default=None, foreign_key="user.id")
    withdrawn_at: datetime | None = None
    version: int = 1


class SiteStatute(Table, table=True):
    """One version of a law whose text the bureau handed in; withdrawn, never changed.

    `structure` gives for every article the number of items of each paragraph, `wording` its text.
    `sha256` is of the file that was handed in.
    """

    id: int | None = Field(default=None, primary_key=True)
    law: str = Field(index=True)
    title: str
    in_force: date
    promulgated: date | None = None
    ended: date | None = None
    structure: Any = document()
    wording: Any = document()
    file_name: str
    sha256: str
    entered_by: int | None = Field(default=None, foreign_key="user.id")
    entered_name: str
    entered_at: datetime = instant()
    withdrawn_by: int | None = Field(default=None, foreign_key="user.id")
    withdrawn_at: datetime | None = None
    version: int = 1
