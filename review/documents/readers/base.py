"""What readers answer beside pages."""

from __future__ import annotations

from dataclasses import dataclass

from review.documents.model import Page, PageStatus
from review.errors import UnreadableFile


@dataclass(frozen=True, slots=True)
class PageCount:
    """How many pages a file has; comes before its pages."""

    count: int


@dataclass(frozen=True, slots=True)
class NeedsRecognition:
    """A page that has to be recognised; `number` counts from 1.

    `pictures_only`: its text layer is good, but a picture on it may hold the copy it is about.
    """

    number: int
    pictures_only: bool = False


@dataclass(frozen=True, slots=True)
class PastedPage:
    """A picture in a DOCX that is a page and has to be recognised; `part` is its name inside."""

    part: str


def unread_page(source: str, number: int, error: UnreadableFile) -> Page:
    """A page that could not be read at all; its size is unknown and taken as A4."""
    return Page(source, number, 595.28, 841.89, (), status=PageStatus.UNREAD, note=error.text("zh"))
