"""What stands on a PDF page: characters, rulings, pictures, with places on the upright page."""

from __future__ import annotations

import ctypes
import math
import re
import sys
from collections import Counter
from dataclasses import dataclass
from itertools import islice, repeat
from typing import TypeVar

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from review.documents.model import Box
from review.documents.readers.glyphs import Glyphs
from review.documents.readers.pdf_objects import PageObject, bounds_of, matrix_of, objects_of
from review.documents.readers.rulings import Numbers, Stroke

_MAX_OBJECTS = 20_000
_MAX_SEGMENTS = 400
_THIN = 2.5  # points up to which a filled shape is a ruling
_STRAIGHT = 0.6  # points by which a stroke may lean
_SHORTEST = 4.0  # points below which a stroke rules nothing
_NARROWEST = 0.1  # points below which a blank was made up by PDFium
_BLANK, _NOTHING = ord(" "), 0
_PLAIN = {
    **dict.fromkeys((0xFFFF, *range(0xD800, 0xE000)), 0xFFFD),  # no characters at all
    **dict.fromkeys((0x02, 0xFFFE), ord("-")),  # PDFium's marks for a hyphen at the end of a line
    **{ord(blank): _BLANK for blank in "\t\u3000\u00a0"},
    **{ord(mark): _NOTHING for mark in "\r\n\u200b\ufeff"},
}
_PAIR_OR_SIGN = re.compile(r"[\ud800-\udbff][\udc00-\udfff]|.", re.DOTALL)
# By its address: the declared function makes an object for every argument, and it is called for
# every character. It fills a FS_RECTF: left, top, right, bottom.
_BOX_OF = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(
    ctypes.cast(raw.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0
)
_ANGLE_OF = ctypes.PYFUNCTYPE(ctypes.c_float, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(raw.FPDFText_GetCharAngle, ctypes.c_void_p).value or 0
)
_Place = TypeVar("_Place", float, Numbers)
_DRAWN = frozenset({raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE})


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

    def point(self, x: _Place, y: _Place) -> tuple[_Place, _Place]:
        """A point of the file, or many at once, as it lies on the upright page."""
        if self.turn == 90:
            return y - self.bottom, x - self.left
        if self.turn == 180:
            return self.right - x, y - self.bottom
        if self.turn == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def boxes(self, sides: Numbers) -> Numbers:
        """Rectangles of the file (left, bottom, right, top) as left, top, right, bottom upright."""
        x0, y0 = self.point(sides[:, 0], sides[:, 1])
        x1, y1 = self.point(sides[:, 2], sides[:, 3])
        corners = np.minimum(x0, x1), np.minimum(y0, y1), np.maximum(x0, x1), np.maximum(y0, y1)
        return np.column_stack(corners)


@dataclass(frozen=True, slots=True)
class Picture:
    """An image on the page: where, and the object to take its pixels from."""

    box: Box
    image: pdfium.PdfImage


@dataclass(frozen=True, slots=True)
class Drawing:
    """The rulings, pictures and red rings of a page, and how many other shapes are drawn on it."""

    horizontal: tuple[Stroke, ...]
    vertical: tuple[Stroke, ...]
    pictures: tuple[Picture, ...]
    rings: tuple[Box, ...]
    shapes: int


def frame_of(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> Frame:
    """The frame of a page, with the turn that its text asks for."""
    rotation = page.get_rotation()
    left, bottom, right, top = page.get_cropbox()
    return Frame(left, bottom, right, top, rotation, _turn_of_text(textpage, rotation))


def _turn_of_text(textpage: pdfium.PdfTextPage, rotation: int) -> int:
    """The clockwise turn that sets most characters upright, judged by a sample of them."""
    count = textpage.count_chars()
    sample = range(0, count, max(1, count // 40))
    handle = ctypes.cast(textpage.raw, ctypes.c_void_p).value
    angles = list(map(_ANGLE_OF, repeat(handle), sample))
    if not any(angles):
        return -rotation % 360 if angles else 0
    turns = Counter(round(math.degrees(angle) / 90) * 90 % 360 for angle in angles if angle >= 0)
    if not turns:
        return 0
    lean = turns.most_common(1)[0][0]
    return (360 - lean - rotation) % 360


def glyphs_of(textpage: pdfium.PdfTextPage, frame: Frame) -> Glyphs:
    """The characters in the order of the file; every blank that takes room is a space."""
    count = textpage.count_chars()
    if count <= 0:
        return Glyphs.none()
    text, places = _text_of(textpage, count)
    sides = np.zeros((count, 4), dtype=np.float32)
    handle = ctypes.cast(textpage.raw, ctypes.c_void_p).value
    begin, step = sides.ctypes.data, sides.strides[0]
    rects = range(begin, begin + count * step, step)
    keeps = np.fromiter(map(_BOX_OF, repeat(handle), range(count), rects), dtype=bool, count=count)
    sides = sides.astype(np.float64)
    if places is not None:
        sides, keeps = sides[places], keeps[places]
    signs = np.frombuffer(text.translate(_PLAIN).encode("utf-32-le"), dtype=np.uint32)
    keeps &= signs != _NOTHING
    keeps &= (signs != _BLANK) | (sides[:, 2] - sides[:, 0] >= _NARROWEST)
    sides = sides[keeps]
    left, top, right, bottom = frame.boxes(sides[:, (0, 3, 2, 1)]).T.copy()
    return Glyphs(signs[keeps], left, top, right, bottom)


def _text_of(textpage: pdfium.PdfTextPage, count: int) -> tuple[str, list[int] | None]:
    """All characters, and the place of each where that is not simply its place in the text.

    PDFium gives the text at once; where it leaves characters out, it is asked for each.
    """
    units = (ctypes.c_ushort * (2 * count + 2))()
    written = raw.FPDFText_GetText(textpage.raw, 0, count, units)
    text = bytes(units)[: 2 * max(written - 1, 0)].decode("utf-16-le", "surrogatepass")
    if len(text) == count:
        return text, None
    codes = map(raw.FPDFText_GetUnicode, repeat(textpage.raw), range(count))
    halves = "".join(chr(code) if code <= sys.maxunicode else "\ufffd" for code in codes)
    found = list(_PAIR_OR_SIGN.finditer(halves))
    return "".join(map(_joined, found)), [match.end() - 1 for match in found]


def _joined(match: re.Match[str]) -> str:
    """One character, or a pair of surrogates as the one that it stands for."""
    halves = match.group()
    if len(halves) == 1:
        return halves
    return halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def drawing_of(page: pdfium.PdfPage, frame: Frame) -> Drawing:
    """Rulings, pictures and red rings; at most `_MAX_OBJECTS` objects are looked at."""
    horizontal: list[Stroke] = []
    vertical: list[Stroke] = []
    pictures: list[Picture] = []
    rings: list[Box] = []
    shapes = 0
    items = list(islice(objects_of(page, _DRAWN), _MAX_OBJECTS))
    if not items:
        return Drawing((), (), (), (), 0)
    for item, sides in zip(items, frame.boxes(bounds_of(items)).tolist(), strict=True):
        box = Box(*sides)
        if math.isnan(box.left):
            continue
        if item.kind == raw.FPDF_PAGEOBJ_IMAGE:
            pictures.append(Picture(box, item.image(page)))
            continue
        across, down = _strokes(item, box, frame)
        shapes += not (across or down)
        horizontal += across
        vertical += down
        if _is_ring(item, box):
            rings.append(box)
    return Drawing(tuple(horizontal), tuple(vertical), tuple(pictures), tuple(rings), shapes)


def _strokes(item: PageObject, box: Box, frame: Frame) -> tuple[list[Stroke], list[Stroke]]:
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
    for (x0, y0), (x1, y1) in _sides(item, frame):
        if abs(y0 - y1) <= _STRAIGHT and abs(x0 - x1) >= _SHORTEST:
            horizontal.append(Stroke((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x0 - x1) <= _STRAIGHT and abs(y0 - y1) >= _SHORTEST:
            vertical.append(Stroke((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return horizontal, vertical


def _is_stroked(item: PageObject) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item.handle, ctypes.byref(fill), ctypes.byref(stroke))
    return bool(stroke.value)


_Point = tuple[float, float]


def _sides(item: PageObject, frame: Frame) -> list[tuple[_Point, _Point]]:
    """The straight segments of a path on the upright page; closed figures are closed."""
    count = raw.FPDFPath_CountSegments(item.handle)
    if not 0 < count <= _MAX_SEGMENTS:
        return []
    matrix = matrix_of(item.handle)
    if item.placed is not None:
        matrix = matrix.then(item.placed)
    x, y = ctypes.c_float(), ctypes.c_float()
    sides: list[tuple[_Point, _Point]] = []
    start: _Point | None = None
    before: _Point | None = None
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(item.handle, index)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        here = frame.point(*matrix.point(x.value, y.value))
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = here
        elif kind == raw.FPDF_SEGMENT_LINETO and before is not None:
            sides.append((before, here))
        if raw.FPDFPathSegment_GetClose(segment) and start is not None:
            sides.append((here, start))
        before = here
    return sides


def _is_ring(item: PageObject, box: Box) -> bool:
    """Whether a path is a red ring of the size of a seal (20 to 70 mm)."""
    width, height = box.right - box.left, box.bottom - box.top
    if not (56 <= width <= 200 and 56 <= height <= 200 and 0.6 <= width / height <= 1.7):
        return False
    if not _is_stroked(item) or raw.FPDFPath_CountSegments(item.handle) < 4:
        return False
    channels = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetStrokeColor(item.handle, *(ctypes.byref(c) for c in channels)):
        return False
    red, green, blue, _ = (channel.value for channel in channels)
    if red < 130 or green > 110 or blue > 110:
        return False
    kinds = {
        raw.FPDFPathSegment_GetType(raw.FPDFPath_GetPathSegment(item.handle, index))
        for index in range(min(8, raw.FPDFPath_CountSegments(item.handle)))
    }
    return raw.FPDF_SEGMENT_BEZIERTO in kinds
