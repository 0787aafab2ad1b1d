"""What a DOCX keeps beside its body: pictures that are whole pages, and its headers and footers.

A scan pasted into a paper fills the page; it is recognised as a page. External relations are never
followed.
"""

from __future__ import annotations

import posixpath
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from docx.oxml.ns import qn

from review.casefiles.intake import Limits
from review.documents.model import Page
from review.documents.readers.image import read_frame
from review.errors import DamagedFile

_POINTS_OF_AN_EMU = 1 / 12700
_A4 = (595.28, 841.89)
_WHOLE_PAGE = 0.45
"""Share of the sheet from which a picture is a page: a scan set between usual margins has 0.49."""
_PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp")
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_VML = "{urn:schemas-microsoft-com:vml}"
_LENGTH = re.compile(r"(?P<side>width|height):(?P<points>[\d.]+)pt")


class Relations:
    """The parts that a body refers to by identity; those outside the file are left out."""

    def __init__(self, root: Any | None, names: set[str]) -> None:
        """From the root of word/_rels/document.xml.rels; None where there is no such part."""
        self._parts: dict[str, str] = {}
        for each in root.iter(_RELATION) if root is not None else ():
            target = str(each.get("Target", ""))
            name = posixpath.normpath(posixpath.join("/word", target)).lstrip("/")
            if each.get("TargetMode") != "External" and name in names:
                self._parts[str(each.get("Id", ""))] = name

    def part(self, identity: str) -> str | None:
        """The name of a part in the archive."""
        return self._parts.get(identity)

    def whole_page(self, picture: Any, sheet: tuple[float, float]) -> str | None:
        """The part of a picture that fills the sheet (width, height in points); None for others."""
        blip = picture.find(f".//{qn('a:blip')}")
        data = picture.find(f".//{_VML}imagedata")
        if blip is not None:
            name = self.part(str(blip.get(qn("r:embed"), "")))
        else:
            name = self.part(str(data.get(qn("r:id"), ""))) if data is not None else None
        if name is None or not name.lower().endswith(_PICTURES):
            return None
        width, height = _size(picture)
        fills = width * height >= _WHOLE_PAGE * sheet[0] * sheet[1]
        return name if fills and height > width else None


def sheet_of(body: Any) -> tuple[float, float]:
    """Width and height of the body's last section in points; A4 where it says nothing usable."""
    size = body.find(f"{qn('w:sectPr')}/{qn('w:pgSz')}")
    sides = (size.get(qn("w:w"), ""), size.get(qn("w:h"), "")) if size is not None else ("", "")
    if all(side.isdigit() and int(side) > 0 for side in sides):
        return int(sides[0]) / 20, int(sides[1]) / 20
    return _A4


def _size(picture: Any) -> tuple[float, float]:
    """Width and height of a picture in points; 0 where it says none."""
    extent = picture.find(f".//{qn('wp:extent')}")
    if extent is not None:
        sides = (str(extent.get("cx", "")), str(extent.get("cy", "")))
        if all(side.isdigit() for side in sides):
            return int(sides[0]) * _POINTS_OF_AN_EMU, int(sides[1]) * _POINTS_OF_AN_EMU
    shape = picture.find(f".//{_VML}shape")
    style = str(shape.get("style", "")) if shape is not None else ""
    said = {match["side"]: float(match["points"]) for match in _LENGTH.finditer(style)}
    return said.get("width", 0.0), said.get("height", 0.0)


def read_pasted_page(path: Path, source: str, part: str, limits: Limits) -> Page:
    """A picture of a DOCX that is a page, recognised. Raises DamagedFile or TooLarge."""
    with tempfile.TemporaryDirectory(prefix="case-review-picture-") as folder:
        picture = Path(folder) / f"picture{Path(part).suffix}"
        try:
            with zipfile.ZipFile(path) as archive:
                picture.write_bytes(archive.read(part))
        except (zipfile.BadZipFile, zlib.error, KeyError, OSError, ValueError) as error:
            raise DamagedFile(
                file=source,
                reason="嵌入的整页图片无法取出",
                reason_en="a picture of a whole page cannot be taken out",
            ) from error
        return replace(read_frame(picture, source, 1, limits), number=None)


def furniture(roots: Iterator[Any]) -> tuple[str, ...]:
    """The lines of headers and footers, each once, without those that only count pages."""
    found: dict[str, None] = {}
    for root in roots:
        for paragraph in root.iter(qn("w:p")):
            if _counts_pages(paragraph):
                continue
            text = "".join(node.text or "" for node in paragraph.iter(qn("w:t"))).strip()
            if text:
                found[text] = None
    return tuple(found)


def _counts_pages(paragraph: Any) -> bool:
    fields = [str(each.get(qn("w:instr"), "")) for each in paragraph.iter(qn("w:fldSimple"))]
    fields += [str(each.text or "") for each in paragraph.iter(qn("w:instrText"))]
    return any("PAGE" in each for each in fields)
