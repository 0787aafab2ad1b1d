"""A PDF page by its text layer: lines, table cells, marks."""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict

import pypdfium2 as pdfium
from pypdfium2 import raw

from review.documents.model import Box, Mark, MarkKind, Page, PageStatus
from review.documents.readers.glyphs import lines_of
from review.documents.readers.grids import grid_of
from review.documents.readers.pdf_page import Drawing, Picture, drawing_of, frame_of, glyphs_of
from review.documents.readers.rulings import cells_of
from review.documents.readers.seals import is_seal_picture
from review.documents.readers.spread import laid_out

_FEW_CHARACTERS = 30
_PAGE_NUMBER_ALONE = 8
_DRAWN_LETTERS = 12  # shapes from which a page without text shows drawn letters
_GARBAGE = re.compile(r"[\x00-\x1f\x80-\x9f\ue000-\uf8ff\ufffd]")
_GARBAGE_SHARE = 0.3
_WHOLE_PAGE = 0.7  # share of the page from which a picture is taken for a scan
_INVISIBLE = raw.FPDF_TEXTRENDERMODE_INVISIBLE
_SEAL_SIDE = (50.0, 220.0)  # points
_SEALS_KEPT = 500


def read_text_page(page: pdfium.PdfPage, source: str, number: int) -> Page | None:
    """The page by its text layer; None where it has to be recognised from its picture instead.

    That is so when there is a picture but (nearly) no text, when letters are drawn as shapes, when
    the text is unmapped, and when it is invisible: an earlier recognition of unknown quality under
    a scan.
    """
    textpage = page.get_textpage()
    try:
        frame = frame_of(page, textpage)
        glyphs = glyphs_of(textpage, frame)
        drawing = drawing_of(page, frame)
        width, height = frame.size
        if _needs_recognition(page, glyphs.text, drawing, width * height):
            return None
        cells = cells_of(drawing.horizontal, drawing.vertical)
        lines = lines_of(glyphs, cells)
        if not cells and (cells := grid_of(lines, width)):
            lines = lines_of(glyphs, cells)
        marks = _marks(drawing)
        sheet = laid_out(lines, cells, drawing.horizontal, width, height)
        status = PageStatus.UNCLEAR if sheet.note else PageStatus.READ
        if not lines and not drawing.pictures:
            status = PageStatus.BLANK
        return Page(
            source=source,
            number=number,
            width=width,
            height=height,
            blocks=sheet.blocks,
            marks=marks,
            status=status,
            note=sheet.note,
            turned=frame.turned,
            printed_number=sheet.printed_number,
        )
    finally:
        textpage.close()


def _needs_recognition(page: pdfium.PdfPage, text: str, drawing: Drawing, area: float) -> bool:
    if text and len(_GARBAGE.findall(text)) > _GARBAGE_SHARE * len(text):
        return True
    share = sum(_area(picture.box) for picture in drawing.pictures) / area if area else 0.0
    if len(text) < _PAGE_NUMBER_ALONE:
        return share > 0.2 or drawing.shapes >= _DRAWN_LETTERS
    is_scan = share > _WHOLE_PAGE
    return is_scan and (len(text) < _FEW_CHARACTERS or _is_mostly_invisible(page))


def _is_mostly_invisible(page: pdfium.PdfPage) -> bool:
    """Whether most of the first text objects are drawn in the invisible mode."""
    modes: list[int] = []
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=3):
        modes.append(raw.FPDFTextObj_GetTextRenderMode(item.raw))
        if len(modes) == 60:
            break
    return bool(modes) and modes.count(_INVISIBLE) > len(modes) / 2


def _area(box: Box) -> float:
    return max(0.0, box.right - box.left) * max(0.0, box.bottom - box.top)


def _marks(drawing: Drawing) -> tuple[Mark, ...]:
    marks = [Mark(MarkKind.SEAL, box, 0.8) for box in _outermost(drawing.rings)]
    for picture in drawing.pictures:
        if _could_be_seal(picture) and _shows_seal(picture.image):
            marks.append(Mark(MarkKind.SEAL, picture.box, 0.95))
        else:
            marks.append(Mark(MarkKind.IMAGE, picture.box, 1.0))
    return tuple(marks)


_seals_known: OrderedDict[tuple[tuple[int, int], bytes], bool] = OrderedDict()


def _shows_seal(image: pdfium.PdfImage) -> bool:
    """Whether a picture is a seal; a stamp that comes again and again is looked at once."""
    data = bytes(image.get_data(decode_simple=False))
    key = image.get_px_size(), hashlib.sha256(data).digest()
    if key not in _seals_known:
        _seals_known[key] = is_seal_picture(image)
        if len(_seals_known) > _SEALS_KEPT:
            _seals_known.popitem(last=False)
    return _seals_known[key]


def _could_be_seal(picture: Picture) -> bool:
    width = picture.box.right - picture.box.left
    height = picture.box.bottom - picture.box.top
    low, high = _SEAL_SIDE
    return low <= width <= high and low <= height <= high and 0.5 <= width / height <= 2.0


def _outermost(boxes: tuple[Box, ...]) -> list[Box]:
    """Rings without those that lie within another: a seal has an inner and an outer one."""
    kept: list[Box] = []
    for box in sorted(boxes, key=_area, reverse=True):
        x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        if not any(b.left < x < b.right and b.top < y < b.bottom for b in kept):
            kept.append(box)
    return kept
