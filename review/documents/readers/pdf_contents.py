"""Whether a page on which nothing was found is blank, or drawn by a content that is broken.

PDFium draws what it understands and says nothing of the rest, so a page with a destroyed content
stream or scan looks like a blank back. Only pages without any object are looked at here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf

_SHOWS_TEXT = frozenset({"Tj", "TJ", "'", '"'})
_PAINTS = frozenset({"sh", "INLINE IMAGE"})


class Contents:
    """The page contents of one PDF file of `count` pages, opened at the first question."""

    def __init__(self, path: Path, count: int) -> None:
        self._path = path
        self._count = count
        self._document: pikepdf.Pdf | None = None

    def close(self) -> None:
        """Let go of the file."""
        if self._document is not None:
            self._document.close()
            self._document = None

    def are_broken(self, number: int) -> bool:
        """Whether page `number` (from 1), of which PDFium found nothing, should show something.

        True where its content cannot be decoded, is no content, or draws words or pictures. An
        entry that is no page has a number with PDFium and none with pikepdf; where their counts
        differ nobody can say which page is which, and one broken page speaks for all.
        """
        try:
            if self._document is None:
                self._document = pikepdf.open(self._path)
            pages = self._document.pages
            asked = [pages[number - 1]] if len(pages) == self._count else list(pages)
        except (pikepdf.PdfError, ValueError, RuntimeError):
            return True
        return any(_is_broken(page) for page in asked)


def _is_broken(page: pikepdf.Page) -> bool:
    try:
        if not _bytes_of(page).strip():
            return False
        drawn = [
            (str(each.operator), list(each.operands)) for each in pikepdf.parse_content_stream(page)
        ]
        return not drawn or any(_shows(page, *each) for each in drawn)
    except (pikepdf.PdfError, ValueError, RuntimeError, AttributeError, TypeError):
        return True  # a stream that is none, a dictionary that is a number


def _bytes_of(page: pikepdf.Page) -> bytes:
    """The decoded content. Raises PdfError where it cannot be decoded."""
    content = page.obj.get("/Contents")
    if content is None:
        return b""
    streams = list(content) if isinstance(content, pikepdf.Array) else [content]
    return b"\n".join(stream.read_bytes() for stream in streams)


def _shows(page: pikepdf.Page, operator: str, operands: list[Any]) -> bool:
    """Whether an instruction shows words or a picture."""
    if operator in _SHOWS_TEXT:
        strings = list(operands[-1]) if operator == "TJ" and operands else operands[-1:]
        return any(bytes(each) for each in strings if isinstance(each, pikepdf.String))
    if operator == "Do":
        return _is_picture_or_missing(page, operands)
    return operator in _PAINTS


def _is_picture_or_missing(page: pikepdf.Page, operands: list[Any]) -> bool:
    """Whether an object that is drawn by name is an image, or not there; empty forms are blank."""
    resources = page.obj.get("/Resources")
    named = resources.get("/XObject") if resources is not None else None
    target = named.get(str(operands[0])) if named is not None and operands else None
    return target is None or target.get("/Subtype") == pikepdf.Name.Image
