"""PDF files: opened, repaired once where they are broken, and refused with the reason."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
from pypdfium2 import raw

from review.casefiles.intake import Limits
from review.documents.model import Page
from review.documents.readers.base import NeedsRecognition, PageCount, unread_page
from review.documents.readers.pdf_contents import Contents
from review.documents.readers.pdf_text import read_text_page
from review.documents.readers.pictures import holds_a_copy, with_pictures
from review.errors import DamagedFile, EncryptedFile, TooLarge, TooManyPages, UnreadableFile

_SCAN_DPI = 200.0
_PAGES_AN_OPENING = 200  # PDFium keeps what it parsed until the document is closed


@contextmanager
def opened(path: Path, source: str) -> Iterator[pdfium.PdfDocument]:
    """The document, repaired where pdfium refuses it. Raises EncryptedFile or DamagedFile."""
    document = _open(path, source)
    try:
        yield document
    finally:
        document.close()


def _open(path: Path, source: str) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(path)
        if len(document) > 0:
            return document
        document.close()
    except pdfium.PdfiumError:
        pass  # its reason may be that of the file before: pikepdf tells
    try:
        return pdfium.PdfDocument(_repaired(path, source))
    except pdfium.PdfiumError as error:
        raise _damaged(source) from error


def _repaired(path: Path, source: str) -> io.BytesIO:
    """The file as pikepdf can rescue it."""
    out = io.BytesIO()
    try:
        with pikepdf.open(path) as document:
            if len(document.pages) == 0:
                raise _damaged(source)
            document.save(out)
    except pikepdf.PasswordError as error:
        raise EncryptedFile(file=source) from error
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise _damaged(source) from error
    out.seek(0)
    return out


def _damaged(source: str) -> UnreadableFile:
    return DamagedFile(
        file=source, reason="无法解析 PDF 结构", reason_en="the structure of the PDF is broken"
    )


def read_text_pages(
    path: Path, source: str, limits: Limits, first: int
) -> Iterator[PageCount | Page | NeedsRecognition]:
    """The number of pages, then each from `first` on by its text, or that it must be recognised.

    Raises EncryptedFile, DamagedFile, TooManyPages, or TooLarge for a page of absurd size.
    """
    with opened(path, source) as document:
        count = len(document)
        if count > limits.pages:
            raise TooManyPages(file=source, pages=count, limit=limits.pages)
        for number in range(1, count + 1):
            _refuse_huge(document, source, number, limits)
    yield PageCount(count)
    with closing(Contents(path, count)) as contents:
        for start in range(first, count + 1, _PAGES_AN_OPENING):
            with opened(path, source) as document:
                for number in range(start, min(start + _PAGES_AN_OPENING, count + 1)):
                    yield _read_page(document, source, number, contents)


def _read_page(
    document: pdfium.PdfDocument, source: str, number: int, contents: Contents
) -> Page | NeedsRecognition:
    """One page by its text. Raises DamagedFile where it is the only one and is broken."""
    try:
        page = _page(document, source, number)
        try:
            read = read_text_page(page, source, number)
            is_empty = raw.FPDFPage_CountObjects(page.raw) == 0
        finally:
            page.close()
        if is_empty and contents.are_broken(number):
            raise _broken_content(source, number)
    except DamagedFile as error:
        if len(document) == 1:
            raise  # there is no other page that could be read
        return unread_page(source, number, error)
    if read is None:
        return NeedsRecognition(number)
    return NeedsRecognition(number, pictures_only=True) if holds_a_copy(read) else read


def _page(document: pdfium.PdfDocument, source: str, number: int) -> pdfium.PdfPage:
    try:
        return document[number - 1]
    except pdfium.PdfiumError as error:
        raise DamagedFile(
            file=source, reason=f"第 {number} 页无法打开", reason_en=f"page {number} does not open"
        ) from error


def _broken_content(source: str, number: int) -> DamagedFile:
    return DamagedFile(
        file=source,
        reason=f"第 {number} 页的内容数据已损坏",
        reason_en=f"the content of page {number} is broken",
    )


def _refuse_huge(document: pdfium.PdfDocument, source: str, number: int, limits: Limits) -> None:
    """Raise TooLarge for a page of absurd size; a page that does not open has none."""
    try:
        size = document.get_page_size(number - 1)
    except pdfium.PdfiumError:
        return
    if max(size) > limits.page_points:
        raise TooLarge(
            file=source,
            found=f"第 {number} 页 {size[0]:.0f}×{size[1]:.0f} 磅",
            found_en=f"page {number} is {size[0]:.0f} by {size[1]:.0f} pt",
            limit=f"{limits.page_points:.0f} 磅",
            limit_en=f"{limits.page_points:.0f} pt",
        )


def read_scanned_page(
    path: Path, source: str, number: int, limits: Limits, *, pictures_only: bool
) -> Page:
    """One page by recognition of its picture, or by its text layer with its pictures recognised."""
    from review.documents.readers.ocr import read_picture  # noqa: PLC0415 - loads the models

    with opened(path, source) as document:
        page = _page(document, source, number)
        try:
            by_text = read_text_page(page, source, number) if pictures_only else None
            width, height = page.get_size()
            scale = min(_SCAN_DPI / 72.0, (limits.page_pixels / 4 / (width * height)) ** 0.5)
            bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
            rgb = bitmap.to_numpy()[:, :, :3].copy()
        finally:
            page.close()
    recognised = read_picture(rgb, source, number, width=width, height=height)
    return with_pictures(by_text, recognised) if by_text is not None else recognised
