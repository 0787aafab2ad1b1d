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
