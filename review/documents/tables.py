"""Pages and documents as they were read."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, UniqueConstraint

from review.db.base import Table, document, instant


class PageRow(Table, table=True):
    """One page: its size in points, its text blocks (JSON of documents.model), its images by hash.

    `view_sha256` and `thumb_sha256` name JPEGs in the store; empty for DOCX. `position` is the
    page's place in its source, `sequence` its place in the papers of the case, which a person may
    have put in another order.
    """

    __table_args__ = (
        UniqueConstraint("source_file_id", "position"),
        {"extend_existing": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    source_file_id: int = Field(foreign_key="sourcefile.id", index=True)
    document_id: int | None = Field(default=None, foreign_key="documentrow.id", index=True)
    position: int
    sequence: int = 0
    number: int | None = None
    printed_number: int | None = None
    width: float = 0
    height: float = 0
    status: str = "read"
    note: str = ""
    turned: int = 0
    content: Any = document()
    view_sha256: str = ""
    thumb_sha256: str = ""


class DocumentRow(Table, table=True):
    """One paper of a case file, in the order of the file."""

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case.id", index=True)
    source_file_id: int = Field(foreign_key="sourcefile.id", index=True)
    sequence: int
    kind: str
    title: str
    first_page: int | None = None
    last_page: int | None = None
    confidence: float = 1.0
    reason: str = ""
    read_at: datetime = instant()


class DivisionRow(Table, table=True):
    """One step of a person's division of a case file into papers; append-only.

    `papers` is the whole division after the step (JSON of documents.division); the last step that
    was not undone is in force. Pages are named by content hash of their source and position, so
    that a division survives the reading of the same bytes by a newer reader.
    """

    __table_args__ = (UniqueConstraint("case_id", "number"), {"extend_existing": True})

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case.id", index=True)
    number: int
    action: str
    detail: Any = document()
    papers: Any = document()
    author_id: int | None = Field(default=None, foreign_key="user.id")
    at: datetime = instant()
    undone_by: int | None = Field(default=None, foreign_key="user.id")
    undone_at: datetime | None = None


class PageText(Table, table=True):
    """The letters and figures of a page for full-text search, written with its lines.

    `plain` holds them folded and without anything between; `grams` all single ones and pairs that
    occur, separated by blanks, which the index of either database engine takes.
    """

    page_id: int = Field(
        primary_key=True, foreign_key="pagerow.id", sa_column_kwargs={"autoincrement": False}
    )
    case_id: int = Field(foreign_key="case.id", index=True)
    plain: str = ""
    grams: str = ""
