"""The objects of a PDF page as PDFium keeps them: handles, kinds and where their forms place them.

PDFium is asked directly: a page with tables has hundreds of objects, most of them text that the
text page gives already.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from review.documents.readers.rulings import Numbers

# By their addresses: the declared functions make a Python object for every handle and every side.
_BOUNDS_OF = ctypes.PYFUNCTYPE(ctypes.c_int, *(5 * [ctypes.c_void_p]))(
    ctypes.cast(raw.FPDFPageObj_GetBounds, ctypes.c_void_p).value or 0
)
_KIND_OF = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p)(
    ctypes.cast(raw.FPDFPageObj_GetType, ctypes.c_void_p).value or 0
)
_OBJECT_AT = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_ON_PAGE = _OBJECT_AT(ctypes.cast(raw.FPDFPage_GetObject, ctypes.c_void_p).value or 0)
_IN_FORM = _OBJECT_AT(ctypes.cast(raw.FPDFFormObj_GetObject, ctypes.c_void_p).value or 0)
_DEEPEST = 3  # forms within forms that are looked into


class Matrix(NamedTuple):
    """An affine map: x' = a x + c y + e, y' = b x + d y + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point goes."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def then(self, after: Matrix) -> Matrix:
        """This map and then another one."""
        return Matrix(
            self.a * after.a + self.b * after.c,
            self.a * after.b + self.b * after.d,
            self.c * after.a + self.d * after.c,
            self.c * after.b + self.d * after.d,
            self.e * after.a + self.f * after.c + after.e,
            self.e * after.b + self.f * after.d + after.f,
        )


class PageObject(NamedTuple):
    """One object: PDFium's handle, its kind, and the map of the forms around it (None: no form)."""

    handle: Any
    kind: int
    placed: Matrix | None

    def image(self, page: pdfium.PdfPage) -> pdfium.PdfImage:
        """The image object for taking its pixels."""
        return pdfium.PdfObject(self.handle, page=page, pdf=page.pdf)


class _Placed(NamedTuple):
    """The map of all forms around an object, and how many they are."""

    matrix: Matrix
    depth: int


def matrix_of(handle: Any) -> Matrix:
    """The map from an object's own space; the identity where PDFium cannot tell."""
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(handle, found):
        return Matrix(1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return Matrix(found.a, found.b, found.c, found.d, found.e, found.f)


def bounds_of(objects: Sequence[PageObject]) -> Numbers:
    """left, bottom, right, top of each in points of the file; NaN where PDFium cannot tell."""
    sides = np.full((len(objects), 4), np.nan, dtype=np.float32)
    begin, (row, step) = sides.ctypes.data, sides.strides
    for place, item in enumerate(objects):
        at = begin + place * row
        if not _BOUNDS_OF(item.handle, at, at + step, at + 2 * step, at + 3 * step):
            sides[place] = np.nan
    bounds = sides.astype(np.float64)
    for place, item in enumerate(objects):
        if item.placed is not None:
            left, bottom, right, top = bounds[place].tolist()
            x0, y0 = item.placed.point(left, bottom)
            x1, y1 = item.placed.point(right, top)
            bounds[place] = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
    return bounds


def objects_of(page: pdfium.PdfPage, kinds: frozenset[int]) -> Iterator[PageObject]:
    """The objects of some kinds in the order of drawing, those within forms included."""
    count = raw.FPDFPage_CountObjects(page.raw)
    parent = ctypes.cast(page.raw, ctypes.c_void_p).value
    yield from _objects(_ON_PAGE, parent, count, kinds, None)


def _objects(
    object_at: Any, parent: Any, count: int, kinds: frozenset[int], placed: _Placed | None
) -> Iterator[PageObject]:
    """The objects of a page or a form; most are text, so they are asked for all at once."""
    handles = [each for each in map(object_at, repeat(parent), range(count)) if each]
    for handle, kind in zip(handles, map(_KIND_OF, handles), strict=True):
        if kind in kinds:
            item = ctypes.cast(handle, raw.FPDF_PAGEOBJECT)
            yield PageObject(item, kind, placed.matrix if placed is not None else None)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            form = ctypes.cast(handle, raw.FPDF_PAGEOBJECT)
            own, depth = matrix_of(form), 1
            if placed is not None:
                own, depth = own.then(placed.matrix), placed.depth + 1
            if depth < _DEEPEST:
                inside = raw.FPDFFormObj_CountObjects(form)
                yield from _objects(_IN_FORM, handle, inside, kinds, _Placed(own, depth))
