"""What stands on a PDF page: characters, rulings, pictures, with places on the upright page."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

from review.documents.model import Box
from review.documents.readers.glyphs import Glyph
from review.documents.readers.rulings import Stroke

_MAX_OBJECTS = 20_000
_MAX_SEGMENTS = 400
_THIN = 2.5  # points up to which a filled shape is a ruling
_STRAIGHT = 0.6  # points by which a stroke may lean
_SHORTEST = 4.0  # points below which a stroke rules nothing
_BLANKS = frozenset(" \t\u3000\u00a0")
_NOTHING = frozenset("\r\n\u200b\ufeff\x00\x02")


@dataclass(frozen=True, slots=True)
class Frame:
    """How points of the file become points of the upright page.

    `turned` is the clockwise turn, beyond the page's own rotation, that sets the text upright.
    """

    left: float
    bottom: float
    right: float
    top: float
    rotation: int
    turned: int

    @property
    def turn(self) -> int:
        """The whole clockwise turn in degrees."""
        return (self.rotation + self.turned) % 360

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the upright page in points."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turn in (90, 270) else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the file as it lies on the upright page."""
        if self.turn == 90:
            return y - self.bottom, x - self.left
        if self.turn == 180:
            return self.right - x, y - self.bottom
        if self.turn == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A rectangle of the file as it lies on the upright page."""
        x0, y0 = self.point(left, bottom)
        x1, y1 = self.point(right, top)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


@dataclass(frozen=True, slots=True)
class Picture:
    """An image on the page: where, and the object to take its pixels from."""

    box: Box
    image: pdfium.PdfImage


@dataclass(frozen=True, slots=True)
class Drawing:
    """The rulings, pictures and red rings of a page."""

    horizontal: tuple[Stroke, ...]
    vertical: tuple[Stroke, ...]
    pictures: tuple[Picture, ...]
    rings: tuple[Box, ...]


def frame_of(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> Frame:
    """The frame of a page, with the turn that its text asks for."""
    rotation = page.get_rotation()
    left, bottom, right, top = page.get_cropbox()
    return Frame(left, bottom, right, top, rotation, _turn_of_text(textpage, rotation))


def _turn_of_text(textpage: pdfium.PdfTextPage, rotation: int) -> int:
    """The clockwise turn that sets most characters upright, judged by a sample of them."""
    count = textpage.count_chars()
    if count == 0:
        return 0
    step = max(1, count // 40)
    turns: Counter[int] = Counter()
    for index in range(0, count, step):
        angle = raw.FPDFText_GetCharAngle(textpage.raw, index)
        if angle >= 0:
            turns[round(math.degrees(angle) / 90) * 90 % 360] += 1
    if not turns:
        return 0
    lean = turns.most_common(1)[0][0]
    return (360 - lean - rotation) % 360


def glyphs_of(textpage: pdfium.PdfTextPage, frame: Frame) -> list[Glyph]:
    """The characters in the order of the file; every blank that takes room is a space."""
    handle = textpage.raw
    rect = raw.FS_RECTF()
    pointer = ctypes.byref(rect)
    unicode_of, box_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    found: list[Glyph] = []
    is_plain = frame.turn == 0
    left, top = frame.left, frame.top
    index, count = 0, textpage.count_chars()
    while index < count:
        code = unicode_of(handle, index)
        text = _character(code)
        if 0xD800 <= code < 0xDC00 and index + 1 < count:  # a pair of surrogates
            index += 1
            low = unicode_of(handle, index)
            text = chr(0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00))
        if text not in _NOTHING and box_of(handle, index, pointer):
            if text in _BLANKS:
                text = " "
            if text == " " and rect.right - rect.left < 0.1:
                pass  # a blank that pdfium made up
            elif is_plain:
                found.append(
                    Glyph(
                        text, rect.left - left, top - rect.top, rect.right - left, top - rect.bottom
                    )
                )
            else:
                box = frame.box(rect.left, rect.bottom, rect.right, rect.top)
                found.append(Glyph(text, *box))
        index += 1
    return found


def _character(code: int) -> str:
    """A code as text; what no font maps to a character becomes U+FFFD."""
    if code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return "\ufffd" if code else "\x00"
    return chr(code)


def drawing_of(page: pdfium.PdfPage, frame: Frame) -> Drawing:
    """Rulings, pictures and red rings; at most `_MAX_OBJECTS` objects are looked at."""
    horizontal: list[Stroke] = []
    vertical: list[Stroke] = []
    pictures: list[Picture] = []
    rings: list[Box] = []
    wanted = [raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE]
    for count, item in enumerate(page.get_objects(filter=wanted, max_depth=3)):
        if count > _MAX_OBJECTS:
            break
        container = _container_matrix(item)
        bounds = _bounds(item, container)
        if bounds is None:
            continue
        box = frame.box(*bounds)
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            pictures.append(Picture(box, item))
            continue
        across, down = _strokes(item, container, box, frame)
        horizontal += across
        vertical += down
        if _is_ring(item, box):
            rings.append(box)
    return Drawing(tuple(horizontal), tuple(vertical), tuple(pictures), tuple(rings))


def _container_matrix(item: pdfium.PdfObject) -> pdfium.PdfMatrix | None:
    """The matrix that places the form which holds an object; None on the page itself."""
    container = getattr(item, "container", None)
    return container.get_matrix() if container is not None else None


def _bounds(
    item: pdfium.PdfObject, container: pdfium.PdfMatrix | None
) -> tuple[float, float, float, float] | None:
    try:
        left, bottom, right, top = item.get_bounds()
    except pdfium.PdfiumError:
        return None
    if container is None:
        return left, bottom, right, top
    x0, y0 = container.on_point(left, bottom)
    x1, y1 = container.on_point(right, top)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _strokes(
    item: pdfium.PdfObject, container: pdfium.PdfMatrix | None, box: Box, frame: Frame
) -> tuple[list[Stroke], list[Stroke]]:
    """The level and the upright strokes of a path: thin shapes whole, larger ones side by side."""
    width, height = box.right - box.left, box.bottom - box.top
    if height <= _THIN < _SHORTEST <= width:
        return [Stroke((box.top + box.bottom) / 2, box.left, box.right)], []
    if width <= _THIN < _SHORTEST <= height:
        return [], [Stroke((box.left + box.right) / 2, box.top, box.bottom)]
    if (width < _SHORTEST and height < _SHORTEST) or not _is_stroked(item):
        return [], []
    horizontal: list[Stroke] = []
    vertical: list[Stroke] = []
    for (x0, y0), (x1, y1) in _sides(item, container, frame):
        if abs(y0 - y1) <= _STRAIGHT and abs(x0 - x1) >= _SHORTEST:
            horizontal.append(Stroke((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x0 - x1) <= _STRAIGHT and abs(y0 - y1) >= _SHORTEST:
            vertical.append(Stroke((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return horizontal, vertical


def _is_stroked(item: pdfium.PdfObject) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item.raw, ctypes.byref(fill), ctypes.byref(stroke))
    return bool(stroke.value)


_Point = tuple[float, float]


def _sides(
    item: pdfium.PdfObject, container: pdfium.PdfMatrix | None, frame: Frame
) -> list[tuple[_Point, _Point]]:
    """The straight segments of a path on the upright page; closed figures are closed."""
    count = raw.FPDFPath_CountSegments(item.raw)
    if not 0 < count <= _MAX_SEGMENTS:
        return []
    matrix = item.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    sides: list[tuple[_Point, _Point]] = []
    start: _Point | None = None
    before: _Point | None = None
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(item.raw, index)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = matrix.on_point(x.value, y.value)
        if container is not None:
            point = container.on_point(*point)
        here = frame.point(*point)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = here
        elif kind == raw.FPDF_SEGMENT_LINETO and before is not None:
            sides.append((before, here))
        if raw.FPDFPathSegment_GetClose(segment) and start is not None:
            sides.append((here, start))
        before = here
    return sides


def _is_ring(item: pdfium.PdfObject, box: Box) -> bool:
    """Whether a path is a red ring of the size of a seal (20 to 70 mm)."""
    width, height = box.right - box.left, box.bottom - box.top
    if not (56 <= width <= 200 and 56 <= height <= 200 and 0.6 <= width / height <= 1.7):
        return False
    if not _is_stroked(item) or raw.FPDFPath_CountSegments(item.raw) < 4:
        return False
    channels = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetStrokeColor(item.raw, *(ctypes.byref(c) for c in channels)):
        return False
    red, green, blue, _ = (channel.value for channel in channels)
    if red < 130 or green > 110 or blue > 110:
        return False
    kinds = {
        raw.FPDFPathSegment_GetType(raw.FPDFPath_GetPathSegment(item.raw, index))
        for index in range(min(8, raw.FPDFPath_CountSegments(item.raw)))
    }
    return raw.FPDF_SEGMENT_BEZIERTO in kinds
