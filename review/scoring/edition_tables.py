"""Editions that a site imported: drafts, and published ones that never change again."""

from datetime import date, datetime

from sqlmodel import Field

from review.db.base import Table, instant


class EditionRow(Table, table=True):
    """One imported edition. `content` is its file's text, `sha256` the hash of those bytes.

    `state` is draft or published; a published edition is frozen: what it says is found by its hash
    wherever a sheet points at it.
    """

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(index=True)
    in_force_on: date
    title: str
    state: str = "draft"
    content: str
    sha256: str
    source_name: str = ""
    imported_by: int | None = Field(default=None, foreign_key="user.id")
    imported_at: datetime = instant()
    published_by: int | None = Field(default=None, foreign_key="user.id")
    published_at: datetime | None = None
    version: int = 1
