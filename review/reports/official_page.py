"""The page of official documents (GB/T 9704-2012) and the pieces that documents are made of.

A4; margins 37 mm above, 35 mm below, 28 mm left, 26 mm right; body 仿宋_GB2312 三号 (16 pt),
title 方正小标宋简体 二号 (22 pt), headings 黑体, fixed line spacing, page numbers 四号 (14 pt) as
— 1 — on the outer side. Fonts are named for every script, so that Word and WPS take them; where a
font is not installed the program substitutes it and keeps the name.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from enum import Enum
from typing import Any

from docx import Document
from docx.document import Document as Doc
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from review.reports.words import clean

TITLE_FONT = "方正小标宋简体"
BODY_FONT = "仿宋_GB2312"
HEADING_FONT = "黑体"
NUMBER_FONT = "宋体"
LATIN_FONT = "Times New Roman"

SIZE_TWO, SIZE_THREE, SIZE_FOUR, SIZE_FIVE, SIZE_SMALL_FIVE = (
    Pt(22),
    Pt(16),
    Pt(14),
    Pt(10.5),
    Pt(9),
)
"""二号, 三号, 四号, 五号, 小五."""

LINE = Pt(28.5)
"""Line spacing of the body: 22 lines on the page."""

RED = RGBColor(0xE6, 0x00, 0x12)

LEFT = WD_ALIGN_PARAGRAPH.LEFT
CENTRE = WD_ALIGN_PARAGRAPH.CENTER
RIGHT = WD_ALIGN_PARAGRAPH.RIGHT
BOTH = WD_ALIGN_PARAGRAPH.JUSTIFY


class Page(Enum):
    """The pages in use, with their margins in millimetres: above, below, left, right."""

    UPRIGHT = (37, 35, 28, 26)
    ON_ITS_SIDE = (28, 26, 37, 35)
    FORM = (18, 20, 20, 20)


_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def new_document(*, title: str, author: str, dated: date | None, page: Page = Page.UPRIGHT) -> Doc:
    """An empty document with the page set up; `dated` stands in its properties, nothing else."""
    document = Document()
    instant = datetime.combine(dated or date(1980, 1, 1), time(), UTC)
    properties = document.core_properties
    properties.title, properties.author = clean(title), clean(author)
    properties.created = properties.modified = instant
    properties.last_modified_by, properties.comments = "", ""
    normal = document.styles["Normal"]
    normal.font.size = SIZE_THREE
    _set_fonts(normal.element.get_or_add_rPr(), BODY_FONT)
    _set_chinese(document)
    document.settings.odd_and_even_pages_header_footer = True
    _set_page(document.sections[0], page)
    return document


def landscape_section(document: Doc) -> None:
    """Go on, on a new page, lying on its side."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    _set_page(section, Page.ON_ITS_SIDE)


def paragraph(
    document: Doc | _Cell,
    text: str,
    *,
    font: str = BODY_FONT,
    size: Pt = SIZE_THREE,
    line: Pt = LINE,
    align: WD_ALIGN_PARAGRAPH = BOTH,
    indent: bool = False,
    keep_next: bool = False,
    space_before: Pt | None = None,
    colour: RGBColor | None = None,
    right_indent: Pt | None = None,
) -> Paragraph:
    """A paragraph in one font; `indent` moves its first line in by two characters."""
    made = document.add_paragraph()
    fill(made, text, font=font, size=size, line=line, align=align, colour=colour)
    layout = made.paragraph_format
    if indent:
        layout.first_line_indent = size * 2
        made._p.get_or_add_pPr().get_or_add_ind().set(  # noqa: SLF001  (no public way to count characters)
            qn("w:firstLineChars"), "200"
        )
    if keep_next:
        layout.keep_with_next = True
    if space_before is not None:
        layout.space_before = space_before
    if right_indent is not None:
        layout.right_indent = right_indent
    return made


def fill(
    made: Paragraph,
    text: str,
    *,
    font: str = BODY_FONT,
    size: Pt = SIZE_THREE,
    line: Pt = LINE,
    align: WD_ALIGN_PARAGRAPH = LEFT,
    colour: RGBColor | None = None,
) -> None:
    """Put text into an empty paragraph."""
    layout = made.paragraph_format
    layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    layout.line_spacing = line
    layout.space_before = layout.space_after = Pt(0)
    layout.alignment = align
    add_text(made, text, font=font, size=size, colour=colour)


def add_text(
    made: Paragraph,
    text: str,
    *,
    font: str = BODY_FONT,
    size: Pt = SIZE_THREE,
    colour: RGBColor | None = None,
) -> None:
    """Go on in a paragraph, in another font."""
    run = made.add_run(clean(text))
    run.font.size = size
    if colour is not None:
        run.font.color.rgb = colour
    _set_fonts(run._r.get_or_add_rPr(), font)  # noqa: SLF001  (East Asian fonts have no public way)


def red_rule(made: Paragraph) -> None:
    """The red line below the head of a document."""
    borders = OxmlElement("w:pBdr")
    rule = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "6"), ("color", "E60012")):
        rule.set(qn(f"w:{name}"), value)
    borders.append(rule)
    made._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001  (no public way to rule)
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def table(document: Doc, widths_mm: Sequence[float], headings: Sequence[str] = ()) -> Table:
    """A ruled table of fixed widths; the heading row is repeated on every page."""
    made: Table = document.add_table(rows=1 if headings else 0, cols=len(widths_mm))
    made.style = "Table Grid"
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    for column, width in zip(made.columns, widths_mm, strict=True):
        column.width = Mm(width)
    _set_cell_margins(made)
    if headings:
        row = made.rows[0]
        _repeat(row)
        for cell, heading, width in zip(row.cells, headings, widths_mm, strict=True):
            cell.width = Mm(width)
            write_cell(cell, heading, font=HEADING_FONT, align=CENTRE)
            _shade(cell, "F2F2F2")
    return made


def add_row(
    made: Table,
    texts: Sequence[str],
    widths_mm: Sequence[float],
    aligns: Sequence[WD_ALIGN_PARAGRAPH],
    *,
    font: str = BODY_FONT,
    size: Pt = SIZE_FIVE,
) -> None:
    """A row that is never split over two pages."""
    row = _new_row(made)
    _mark(row._tr.get_or_add_trPr(), "w:cantSplit")  # noqa: SLF001
    for cell, text, width, align in zip(row.cells, texts, widths_mm, aligns, strict=True):
        cell.width = Mm(width)
        write_cell(cell, text, align=align, font=font, size=size)


def add_band(made: Table, text: str, *, after: str = "", is_heading: bool = False) -> None:
    """A shaded row across the table that heads a group and stays with its first row.

    As the heading of the table, in its first row, it is repeated on every page.
    """
    cell = add_wide(made, text + (f"　{after}" if after else ""), font=HEADING_FONT)
    cell.paragraphs[0].paragraph_format.keep_with_next = True
    _shade(cell, "F7F7F7")
    if is_heading:
        _mark(made.rows[-1]._tr.get_or_add_trPr(), "w:tblHeader")  # noqa: SLF001


def add_wide(made: Table, text: str, *, font: str = BODY_FONT, size: Pt = SIZE_FIVE) -> _Cell:
    """A row of one cell across the table, never split over two pages."""
    row = _new_row(made)
    _mark(row._tr.get_or_add_trPr(), "w:cantSplit")  # noqa: SLF001
    cell: _Cell = row.cells[0].merge(row.cells[-1])
    write_cell(cell, text, font=font, size=size)
    return cell


def write_cell(
    cell: _Cell,
    text: str,
    *,
    font: str = BODY_FONT,
    size: Pt = SIZE_FIVE,
    line: Pt | None = None,
    align: WD_ALIGN_PARAGRAPH = LEFT,
) -> None:
    """Text in an empty cell, one paragraph a line, centred upright."""
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    line = line or Pt(round(size.pt * 1.4, 1))
    lines = text.split("\n")
    fill(cell.paragraphs[0], lines[0], font=font, size=size, line=line, align=align)
    for more in lines[1:]:
        fill(cell.add_paragraph(), more, font=font, size=size, line=line, align=align)


def add_signatures(
    made: Table,
    parties: Sequence[Sequence[str]],
    widths_mm: Sequence[float],
    *,
    size: Pt = SIZE_FOUR,
    room_mm: float = 15,
) -> None:
    """A last row of the table with room to sign and seal, one part of its width for each party.

    It belongs to the table and stays with the two rows before it: nobody signs a page that holds
    no item.
    """
    for before in made.rows[-2:]:
        for each in before.cells:
            each.paragraphs[0].paragraph_format.keep_with_next = True
    row = _new_row(made)
    _mark(row._tr.get_or_add_trPr(), "w:cantSplit")  # noqa: SLF001
    whole, last = sum(widths_mm), len(widths_mm) - 1
    begin = 0
    for number, party in enumerate(parties, 1):
        end, reached = begin, sum(widths_mm[: begin + 1])
        while end < last - (len(parties) - number) and reached < whole * number / len(parties):
            end += 1
            reached += widths_mm[end]
        if number == len(parties):
            end = last
        cell = row.cells[begin].merge(row.cells[end])
        for index, text in enumerate(party):
            each = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
            fill(each, text, size=size, line=Pt(size.pt * 1.4))
            each.paragraph_format.space_before = Pt(6)
            if index < len(party) - 1:
                each.paragraph_format.space_after = Mm(room_mm) - Pt(size.pt * 1.4)
        begin = end + 1


def to_bytes(document: Doc, *, latin: str | None = None) -> bytes:
    """The file; the same content gives the same bytes, whatever the hour.

    `latin` names another font for Latin letters, for a document in English.
    """
    if latin is not None:
        parts = [document.element, *(each.footer._element for each in document.sections)]  # noqa: SLF001
        parts += [each.even_page_footer._element for each in document.sections]  # noqa: SLF001
        for fonts in (each for part in parts for each in part.iter(qn("w:rFonts"))):
            fonts.set(qn("w:ascii"), latin)
            fonts.set(qn("w:hAnsi"), latin)
    first = io.BytesIO()
    document.save(first)
    target = io.BytesIO()
    with (
        zipfile.ZipFile(first) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for entry in source.infolist():
            fixed = zipfile.ZipInfo(entry.filename, _ZIP_TIME)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(fixed, source.read(entry))
    return target.getvalue()


# --- inside -------------------------------------------------------------------------------------


def _set_page(section: Section, page: Page) -> None:
    """Upright as the standard says; on its side the binding edge is above."""
    above, below, left, right = page.value
    if page is Page.UPRIGHT:
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(210), Mm(297)
    else:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin, section.bottom_margin = Mm(above), Mm(below)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.footer_distance = Mm(below - 11)  # the number stands 7 mm below the type area
    section.header_distance = Mm(15)
    for footer, align in ((section.footer, RIGHT), (section.even_page_footer, LEFT)):
        footer.is_linked_to_previous = False
        _page_number(footer.paragraphs[0], align)


def _page_number(made: Paragraph, align: WD_ALIGN_PARAGRAPH) -> None:
    """— 1 —, one character in from the outer edge."""
    made.style = "Normal"
    fill(made, "— ", font=NUMBER_FONT, size=SIZE_FOUR, align=align)
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("", "1"), ("end", "")):
        run = made.add_run()
        run.font.size = SIZE_FOUR
        _set_fonts(run._r.get_or_add_rPr(), NUMBER_FONT)  # noqa: SLF001
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText" if text == "PAGE" else "w:t")
            mark.text = text
        run._r.append(mark)  # noqa: SLF001
    last = made.add_run(" —")
    last.font.size = SIZE_FOUR
    _set_fonts(last._r.get_or_add_rPr(), NUMBER_FONT)  # noqa: SLF001
    if align is RIGHT:
        made.paragraph_format.right_indent = SIZE_FOUR
    else:
        made.paragraph_format.left_indent = SIZE_FOUR


def _set_chinese(document: Doc) -> None:
    """Lines break by the rules of Chinese: none begins with 〕 or ends with 〔."""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def _set_fonts(properties: Any, name: str) -> None:
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), name)


def _new_row(made: Table) -> _Row:
    row: _Row = made.add_row()  # type: ignore[no-untyped-call]  # the library leaves it untyped
    return row


def _repeat(row: _Row) -> None:
    """Show the row on top of every page that the table runs over."""
    _mark(row._tr.get_or_add_trPr(), "w:cantSplit")  # noqa: SLF001
    _mark(row._tr.get_or_add_trPr(), "w:tblHeader")  # noqa: SLF001


def _mark(properties: Any, name: str) -> None:
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    properties.append(mark)


def _shade(cell: _Cell, colour: str) -> None:
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:color"), "auto")
    shading.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().insert_element_before(  # noqa: SLF001  (no public way to shade)
        shading, "w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark"
    )


def _set_cell_margins(made: Table) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", 40), ("left", 60), ("bottom", 40), ("right", 60)):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(width))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    made._tbl.tblPr.insert_element_before(margins, "w:tblLook")  # noqa: SLF001  (no public way)
