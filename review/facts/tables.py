"""Facts as they were read or corrected."""

from datetime import datetime
from typing import Any

from sqlmodel import Field

from review.db.base import Table, document, instant


class FactRow(Table, table=True):
    """One fact; `document_id` None is the merged value. `value` in the published normal form.

    `boxes` are lists left, top, right, bottom in points; a correction by a person has `author_id`.
    """

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case.id", index=True)
    document_id: int | None = Field(default=None, foreign_key="documentrow.id", index=True)
    sequence: int = 0
    name: str = Field(index=True)
    value: str
    source: str = ""
    page: int | None = None
    quote: str = ""
    boxes: Any = document()
    confidence: float = 1.0
    is_contradicted: bool = False
    origin: str = "machine"
    author_id: int | None = Field(default=None, foreign_key="user.id")
    read_at: datetime = instant()


class FactCorrection(Table, table=True):
    """What a person reads where the machine read something else or nothing; append-only.

    `sha256` and `position` name the page it stands on, by the content of its source: empty where
    the value is given for the whole file. `old_value` is what the machine had read then, in normal
    form; empty where it had read nothing. A later correction of the same place replaces an earlier
    one; `withdrawn_at` takes one back.
    """

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case.id", index=True)
    name: str
    value: str
    old_value: str = ""
    sha256: str = ""
    position: int | None = None
    source: str = ""
    page: int | None = None
    quote: str = ""
    boxes: Any = document()
    reason: str = ""
    author_id: int | None = Field(default=None, foreign_key="user.id")
    at: datetime = instant()
    withdrawn_by: int | None = Field(default=None, foreign_key="user.id")
    withdrawn_at: datetime | None = None
