"""Pages and documents as they were read."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, UniqueConstraint

from review.db.base import Table, document, instant


class PageRow(Table, table=True):
    """One page: its size in points, its text blocks (JSON of documents.model), its images by hash.

    `view_sha256` and `thumb_sha256` name JPEGs in the store; empty for DOCX.
    """

    __table_args__ = (
        UniqueConstraint("source_file_id", "position"),
        {"extend_existing": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    source_file_id: int = Field(foreign_key="sourcefile.id", index=True)
    document_id: int | None = Field(default=None, foreign_key="documentrow.id", index=True)
    position: int
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
