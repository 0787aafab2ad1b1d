"""The objects of a PDF page as PDFium keeps them: handles, kinds and where their forms place them.

PDFium is asked directly: a page with tables has hundreds of objects, most of them text that the
text page gives already.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

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

    def bounds(self) -> tuple[float, float, float, float] | None:
        """left, bottom, right, top in points of the file; None where PDFium cannot tell."""
        sides = tuple(ctypes.c_float() for _ in range(4))
        if not raw.FPDFPageObj_GetBounds(self.handle, *sides):
            return None
        left, bottom, right, top = (side.value for side in sides)
        if self.placed is None:
            return left, bottom, right, top
        x0, y0 = self.placed.point(left, bottom)
        x1, y1 = self.placed.point(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def image(self, page: pdfium.PdfPage) -> pdfium.PdfImage:
        """The image object for taking its pixels."""
        return pdfium.PdfObject(self.handle, page=page, pdf=page.pdf)


def matrix_of(handle: Any) -> Matrix:
    """The map from an object's own space; the identity where PDFium cannot tell."""
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(handle, found):
        return Matrix(1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return Matrix(found.a, found.b, found.c, found.d, found.e, found.f)


def objects_of(page: pdfium.PdfPage, kinds: frozenset[int]) -> Iterator[PageObject]:
    """The objects of some kinds in the order of drawing, those within forms included."""
    count, object_at = raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject
    handles = (object_at(page.raw, index) for index in range(count(page.raw)))
    yield from _objects(handles, kinds, None, _DEEPEST)


def _objects(
    handles: Iterable[Any], kinds: frozenset[int], placed: Matrix | None, depth: int
) -> Iterator[PageObject]:
    kind_of = raw.FPDFPageObj_GetType
    for handle in handles:
        kind = kind_of(handle) if handle else raw.FPDF_PAGEOBJ_UNKNOWN
        if kind in kinds:
            yield PageObject(handle, kind, placed)
        if kind == raw.FPDF_PAGEOBJ_FORM and depth > 1:
            count, object_at = raw.FPDFFormObj_CountObjects(handle), raw.FPDFFormObj_GetObject
            own = matrix_of(handle)
            inner = own if placed is None else own.then(placed)
            parts = (object_at(handle, index) for index in range(count))
            yield from _objects(parts, kinds, inner, depth - 1)
