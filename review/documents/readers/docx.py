"""DOCX files: body order with tables, text boxes and pictures; cut where papers begin.

A DOCX has no pages: the blocks come as pieces with number None, cut at page and section breaks and
at titles that are set like titles. A picture that fills the sheet is a page of its own and is to be
recognised. Headers and footers are noted on the first piece and give no facts, but a line that is a
document number stands below each piece, where it does not hide the paper's own. External relations
are never followed; a document type declaration refuses the file.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from review.casefiles.intake import Limits
from review.documents.kinds import match_title, names_an_agency, plain_title
from review.documents.model import (
    Block,
    CellPlace,
    Line,
    Mark,
    MarkKind,
    Page,
    PageStatus,
)
from review.documents.readers.base import PastedPage
from review.documents.readers.docx_parts import Relations, furniture, sheet_of
from review.errors import DamagedFile, TooLarge

_BROKEN_ARCHIVE = (zipfile.BadZipFile, zlib.error, EOFError)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARTS_READ = {"word/document.xml", "word/numbering.xml", "word/styles.xml"}
_LARGEST_PART = 200 << 20
_TITLE_HALF_POINTS = 28  # 14 pt: running text of official papers is 16 pt at most, forms 10.5-12
_LINES_ABOVE_A_TITLE = 3  # the agency, a remark on the form, a number
_NAMES_A_PAPER = re.compile(
    r"(?:书|表|单|证|函|笔录|记录|报告|通知|证明|说明|清单|票|收据|回执|凭证|公告|决定|申请|协议|合同)$"
)


_FURNITURE = re.compile(r"word/(?:header|footer)\d*\.xml")
_RELATIONS = "word/_rels/document.xml.rels"
_PAPER_NUMBER = re.compile(
    r"(?:(?:案号|案件编号|文号|编号)\s*[:：]\s*)?"
    r"[\u4e00-\u9fff]{2,14}[〔\[［(（]\s*\d{4}\s*[〕\]］)）]\s*第?\s*\d{1,6}(?:-\d+)?\s*号"
)


class _DocumentType(Exception):
    """A document type declaration in a part of a DOCX."""


@dataclass(slots=True)
class _Piece:
    """What lies between two cuts."""

    blocks: list[Block] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    tables: int = 0
    heading: str | None = None
    pasted: str | None = None
    """The part of the picture that this piece is, and nothing else."""

    @property
    def has_text(self) -> bool:
        return any(block.text.strip() for block in self.blocks)


def read_docx(path: Path, source: str, limits: Limits) -> Iterator[Page | PastedPage]:
    """The pieces of a document in order. Raises DamagedFile or TooLarge."""
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_large(archive, source, limits)
            body = _xml(archive, "word/document.xml")
            numbering = _Numbering(archive)
            names = _names(archive)
            related = _xml(archive, _RELATIONS) if _RELATIONS in names else None
            edges = furniture(_xml(archive, name) for name in sorted(names) if _is_edge(name))
    except _DocumentType as error:
        raise DamagedFile(
            file=source,
            reason="含有文档类型声明 (DOCTYPE)，可能被篡改",
            reason_en="it holds a document type declaration, which no office program writes",
        ) from error
    except (*_BROKEN_ARCHIVE, KeyError, OSError, ValueError, etree.LxmlError) as error:
        raise _damaged(source) from error
    content = body.find(qn("w:body"))
    if content is None:
        raise _damaged(source)
    pieces = _Cutter(numbering, Relations(related, names), sheet_of(content)).pieces(content)
    numbers = [Block((Line(text, None, 1.0, "docx"),)) for text in edges if _is_number(text)]
    note = f"页眉页脚：{'；'.join(edges)}" if edges else None
    for piece in pieces:
        if piece.pasted is not None:
            yield PastedPage(piece.pasted)
            continue
        yield Page(
            source=source,
            number=None,
            width=0.0,
            height=0.0,
            blocks=(*piece.blocks, *numbers),
            marks=tuple(piece.marks),
            status=PageStatus.READ if piece.has_text or piece.marks else PageStatus.BLANK,
            note=note,
            heading=piece.heading,
        )
        note = None


def _is_edge(name: str) -> bool:
    return _FURNITURE.fullmatch(name) is not None


def _is_number(text: str) -> bool:
    return _PAPER_NUMBER.fullmatch(text) is not None


def _damaged(source: str) -> DamagedFile:
    return DamagedFile(
        file=source, reason="DOCX 内容无法解析", reason_en="the content of the DOCX is broken"
    )


def _refuse_large(archive: zipfile.ZipFile, source: str, limits: Limits) -> None:
    total = sum(info.file_size for info in archive.infolist())
    largest = max(
        (archive.getinfo(name).file_size for name in _PARTS_READ & _names(archive)), default=0
    )
    for found, limit in ((total, limits.archive_bytes), (largest, _LARGEST_PART)):
        if found > limit:
            raise TooLarge(file=source, found=f"{found >> 20} MB", limit=f"{limit >> 20} MB")


def _names(archive: zipfile.ZipFile) -> set[str]:
    return set(archive.namelist())


def _xml(archive: zipfile.ZipFile, name: str) -> Any:
    """The root of a part. No entity is resolved; a document type declaration is an error."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    root = etree.fromstring(archive.read(name), parser)
    if root.getroottree().docinfo.doctype:
        raise _DocumentType
    return root


class _Numbering:
    """Numbers that Word writes in front of paragraphs: decimal and Chinese lists."""

    _CHINESE = "〇一二三四五六七八九"

    def __init__(self, archive: zipfile.ZipFile) -> None:
        """Read the list definitions, if there are any."""
        self._levels: dict[tuple[str, str], tuple[str, str, int]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[tuple[str, str], int] = {}
        self._by_style: dict[str, tuple[str, str]] = {}
        if "word/numbering.xml" not in archive.namelist():
            return
        self._read_styles(archive)
        root = _xml(archive, "word/numbering.xml")
        for abstract in root.findall(qn("w:abstractNum")):
            identity = abstract.get(qn("w:abstractNumId"), "")
            for level in abstract.findall(qn("w:lvl")):
                self._levels[identity, level.get(qn("w:ilvl"), "0")] = (
                    _value(level, "w:numFmt"),
                    _value(level, "w:lvlText"),
                    int(_value(level, "w:start") or 1),
                )
        for number in root.findall(qn("w:num")):
            self._abstract[number.get(qn("w:numId"), "")] = _value(number, "w:abstractNumId")

    def _read_styles(self, archive: zipfile.ZipFile) -> None:
        """Which paragraph styles are numbered, with list and level."""
        if "word/styles.xml" not in archive.namelist():
            return
        for style in _xml(archive, "word/styles.xml").findall(qn("w:style")):
            place = style.find(f"{_W}pPr/{_W}numPr")
            if place is not None:
                number = (_value(place, "w:numId"), _value(place, "w:ilvl") or "0")
                self._by_style[style.get(qn("w:styleId"), "")] = number

    def label(self, paragraph: Any) -> str:
        """The number in front of a paragraph, or nothing."""
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return ""
        place = properties.find(qn("w:numPr"))
        if place is not None:
            number, level = _value(place, "w:numId"), _value(place, "w:ilvl") or "0"
        else:
            number, level = self._by_style.get(_value(properties, "w:pStyle"), ("", "0"))
        identity = self._abstract.get(number)
        if identity is None or (identity, level) not in self._levels:
            return ""
        form, text, start = self._levels[identity, level]
        count = self._counts.get((identity, level), start - 1) + 1
        self._counts[identity, level] = count
        for deeper in [key for key in self._counts if key[0] == identity and key[1] > level]:
            del self._counts[deeper]
        if form in ("bullet", "none"):
            return ""
        shown = (
            self._chinese(count) if "hinese" in form or "ideograph" in form.lower() else str(count)
        )
        return re.sub(r"%\d", shown, text) if text.count("%") == 1 else ""

    def _chinese(self, count: int) -> str:
        tens, ones = divmod(count, 10)
        if tens == 0:
            return self._CHINESE[ones]
        front = "" if tens == 1 else self._CHINESE[min(tens, 9)]
        return f"{front}十{self._CHINESE[ones] if ones else ''}"


def _value(element: Any, tag: str) -> str:
    child = element.find(qn(tag))
    return "" if child is None else str(child.get(qn("w:val"), ""))


class _Cutter:
    """Walks the body and cuts it into pieces."""

    def __init__(
        self, numbering: _Numbering, relations: Relations, sheet: tuple[float, float]
    ) -> None:
        self._numbering = numbering
        self._relations = relations
        self._sheet = sheet
        self._done: list[_Piece] = []
        self._piece = _Piece()

    def pieces(self, body: Any) -> list[_Piece]:
        """All pieces in order; at least one."""
        self._walk(body)
        self._cut()
        return self._done or [_Piece()]

    def _cut(self) -> None:
        if self._piece.has_text or self._piece.marks:
            self._done.append(self._piece)
            self._piece = _Piece()

    def _walk(self, container: Any) -> None:
        for child in container:
            if child.tag == qn("w:p"):
                self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                self._table(child)
            elif child.tag == qn("w:sdt"):
                content = child.find(qn("w:sdtContent"))
                if content is not None:
                    self._walk(content)

    def _paragraph(self, paragraph: Any) -> None:
        properties = paragraph.find(qn("w:pPr"))
        if properties is not None and _is_on(properties.find(qn("w:pageBreakBefore"))):
            self._cut()
        parts = _parts(paragraph)
        label = self._numbering.label(paragraph)
        if label and parts[0].strip():
            parts[0] = f"{label}{parts[0]}"
        if len(parts) == 1 and self._is_title(paragraph, parts[0]):
            self._cut()
        for count, part in enumerate(parts):
            if count:
                self._cut()
            self._note_heading(paragraph, part)
            self._text(part)
        for inner in paragraph.iter(qn("w:txbxContent")):
            if not _is_fallback(inner):
                self._walk(inner)
        self._pages_and_pictures(paragraph)
        section = properties.find(qn("w:sectPr")) if properties is not None else None
        if section is not None and _value(section, "w:type") != "continuous":
            self._cut()

    def _text(self, text: str) -> None:
        """Every line of a paragraph, runs apart by tabs or wide blanks as lines of their own."""
        for row in text.split("\n"):
            self._piece.blocks.extend(Block((line,)) for line in _lines(row))

    def _note_heading(self, paragraph: Any, text: str) -> None:
        """Remember the first line near the top of the piece that is set like a title.

        The name of the agency above a title gives way to the title.
        """
        line = text.strip()
        above = sum(1 for block in self._piece.blocks if block.text.strip())
        if not line or above > _LINES_ABOVE_A_TITLE or self._piece.tables:
            return
        if (
            self._piece.heading is None or names_an_agency(self._piece.heading)
        ) and _is_set_as_title(paragraph):
            self._piece.heading = line

    def _is_title(self, paragraph: Any, text: str) -> bool:
        """Whether a paragraph opens a paper: a title we know, or what looks like one all round."""
        if not self._piece.has_text or not 2 <= len(text.strip()) <= 40:
            return False
        match = match_title(text)
        if match is None or match.certainty < 0.9:
            plain = plain_title(text)
            if not (_NAMES_A_PAPER.search(plain) and plain == "".join(text.split())):
                return False
            if not _is_set_as_title(paragraph):
                return False
        before = [block for block in self._piece.blocks if block.text.strip()]
        if len(before) <= 2 and all(len(block.text) <= 25 for block in before):
            return False  # the agency or a number above it: the piece has just begun
        return _is_set_apart(paragraph)

    def _table(self, table: Any) -> None:
        number = self._piece.tables
        self._piece.tables += 1
        piece = self._piece
        for place, cell in _cells(table, number):
            lines: list[Line] = []
            for paragraph in cell.iter(qn("w:p")):
                if _is_fallback(paragraph):
                    continue
                text = "".join(_parts(paragraph)).strip(" \u3000\t\n")
                label = self._numbering.label(paragraph)
                if not text:
                    continue
                for row in f"{label}{text}".split("\n"):
                    lines.extend(_lines(row))
            if lines:
                piece.blocks.append(Block(tuple(lines), place))
            self._pictures(cell)

    def _pages_and_pictures(self, paragraph: Any) -> None:
        """The pictures of a paragraph: those that fill the sheet are pieces of their own."""
        pictures = (*paragraph.iter(qn("w:drawing")), *paragraph.iter(qn("w:pict")))
        pages = [
            part
            for picture in pictures
            if not _is_fallback(picture)
            and (part := self._relations.whole_page(picture, self._sheet)) is not None
        ]
        if not pages:
            self._pictures(paragraph)
            return
        self._cut()
        self._done.extend(_Piece(pasted=part) for part in pages)

    def _pictures(self, element: Any) -> None:
        for picture in (*element.iter(qn("w:drawing")), *element.iter(qn("w:pict"))):
            if picture.find(f".//{qn('a:blip')}") is not None or _has_image_data(picture):
                self._piece.marks.append(Mark(MarkKind.IMAGE, None, 1.0))


def _lines(row: str) -> list[Line]:
    """A row of text, cut where tabs or wide blanks set runs apart."""
    runs = (run.strip(" \u3000") for run in re.split(r"\t+|[ \u3000]{4,}", row))
    return [Line(run, None, 1.0, "docx") for run in runs if run]


def _has_image_data(picture: Any) -> bool:
    return picture.find(".//{urn:schemas-microsoft-com:vml}imagedata") is not None


def _is_on(element: Any) -> bool:
    return element is not None and element.get(qn("w:val"), "1") not in ("0", "false", "off")


def _is_fallback(element: Any) -> bool:
    """Whether an element repeats another one for old programs (mc:Fallback)."""
    return any(etree.QName(parent).localname == "Fallback" for parent in element.iterancestors())


def _parts(paragraph: Any) -> list[str]:
    """The text of a paragraph, cut at page breaks; deleted text and text boxes are left out."""
    parts = [""]
    for node in paragraph.iter():
        tag = node.tag
        if tag == qn("w:t"):
            if _owner(node) is paragraph:
                parts[-1] += node.text or ""
        elif tag == qn("w:tab") and node.getparent().tag == qn("w:r"):
            if _owner(node) is paragraph:
                parts[-1] += "\t"
        elif tag in (qn("w:br"), qn("w:cr")):
            if _owner(node) is not paragraph:
                continue
            if node.get(qn("w:type")) == "page":
                parts.append("")
            else:
                parts[-1] += "\n"
        elif tag == qn("w:sym") and _owner(node) is paragraph:
            parts[-1] += _symbol(node)
        elif tag == qn("w:noBreakHyphen") and _owner(node) is paragraph:
            parts[-1] += "-"
    return parts


_SYMBOLS = {
    "F052": "☑",
    "F0FE": "☑",
    "F0A8": "□",
    "F0A3": "□",
    "F06F": "□",
    "F0FD": "☒",
    "2612": "☒",
}


def _symbol(node: Any) -> str:
    """Ticked and empty boxes of the symbol fonts; anything else as it is or as a square."""
    code = str(node.get(qn("w:char"), "")).upper()
    if code in _SYMBOLS:
        return _SYMBOLS[code]
    try:
        character = chr(int(code, 16))
    except ValueError:
        return ""
    return character if not 0xE000 <= ord(character) <= 0xF8FF else "□"


def _owner(node: Any) -> Any:
    """The paragraph that a run belongs to."""
    parent = node.getparent()
    while parent is not None and parent.tag != qn("w:p"):
        if parent.tag in (qn("w:del"), qn("w:moveFrom")):
            return None
        parent = parent.getparent()
    return parent


def _is_set_apart(paragraph: Any) -> bool:
    """Whether a paragraph is centred, a heading, large or bold."""
    properties = paragraph.find(qn("w:pPr"))
    if properties is not None:
        if _value(properties, "w:jc") == "center":
            return True
        if re.search(r"(?i)heading|title|标题|^[1-9]$", _value(properties, "w:pStyle")):
            return True
    for run in paragraph.iter(qn("w:rPr")):
        size = _value(run, "w:sz")
        if size.isdigit() and int(size) >= _TITLE_HALF_POINTS:
            return True
    return False


def _is_set_as_title(paragraph: Any) -> bool:
    """Whether a paragraph is a heading, or centred and large or bold: more than set apart."""
    properties = paragraph.find(qn("w:pPr"))
    if properties is None:
        return False
    if re.search(r"(?i)heading|title|标题|^[1-9]$", _value(properties, "w:pStyle")):
        return True
    if _value(properties, "w:jc") != "center":
        return False
    for run in paragraph.iter(qn("w:rPr")):
        size = _value(run, "w:sz")
        if (size.isdigit() and int(size) >= _TITLE_HALF_POINTS) or _is_on(run.find(qn("w:b"))):
            return True
    return False


def _cells(table: Any, number: int) -> Iterator[tuple[CellPlace, Any]]:
    """Every cell once with its place and spans; the lower parts of merged cells are skipped."""
    rows = table.findall(qn("w:tr"))
    grid: list[list[tuple[int, int, str, Any]]] = []
    for row in rows:
        column, line = 0, []
        properties = row.find(qn("w:trPr"))
        if properties is not None:
            column = int(_value(properties, "w:gridBefore") or 0)
        for cell in _row_cells(row):
            own = cell.find(qn("w:tcPr"))
            span = int(_value(own, "w:gridSpan") or 1) if own is not None else 1
            merge = own.find(qn("w:vMerge")) if own is not None else None
            state = "" if merge is None else (merge.get(qn("w:val")) or "continue")
            line.append((column, span, state, cell))
            column += span
        grid.append(line)
    for index, line in enumerate(grid):
        for column, span, state, cell in line:
            if state == "continue":
                continue
            height = 1
            if state == "restart":
                while index + height < len(grid) and any(
                    other == column and merged == "continue"
                    for other, _, merged, _ in grid[index + height]
                ):
                    height += 1
            yield CellPlace(number, index, column, height, span), cell


def _row_cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == qn("w:tc"):
            yield child
        elif child.tag == qn("w:sdt"):
            content = child.find(qn("w:sdtContent"))
            if content is not None:
                yield from content.findall(qn("w:tc"))
