"""The waiver lists that a site imported: drafts, and published ones that never change again."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Field

from review.db.base import Table, document, instant


class WaiverListRow(Table, table=True):
    """One version of a list. `content` is the whole list as data; `sha256` that of the content.

    `state` is draft or published; a published list is frozen, and only the day on which it ends is
    added when it is repealed. `kind` is waive, mitigate or lighten.
    """

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(index=True)
    title: str
    version_name: str = ""
    in_force_on: date
    ended_on: date | None = None
    state: str = "draft"
    content: Any = document()
    sha256: str
    source_name: str = ""
    imported_by: int | None = Field(default=None, foreign_key="user.id")
    imported_at: datetime = instant()
    published_by: int | None = Field(default=None, foreign_key="user.id")
    published_at: datetime | None = None
    version: int = 1
