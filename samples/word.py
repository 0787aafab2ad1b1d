"""Case files written in Word, as offices keep them before printing."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from samples import pictures
from samples.assemble import Volume
from samples.blocks import (
    Block,
    Card,
    Footing,
    Gap,
    Grid,
    Opinion,
    Para,
    Photo,
    Rows,
    SealLine,
    Sign,
    Title,
)
from samples.families import FAMILIES
from samples.ledger import steady_archive

BODY_FONT = "仿宋"
TITLE_FONT = "黑体"
HAND_FONT = "楷体"


class _Writer:
    """Appends blocks to a Word document."""

    def __init__(self, form: str) -> None:
        self.document = Document()
        self._form = form
        style = self.document.styles["Normal"]
        style.font.name = BODY_FONT
        style.font.size = Pt(12)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), BODY_FONT)
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(26)

    def foot(self, mark: str) -> None:
        """Put the mark into the footer of every page."""
        paragraph = self.document.sections[0].footer.paragraphs[0]
        run = paragraph.add_run(mark)
        run.font.size = Pt(7)
        run.font.color.rgb = RGBColor(150, 150, 150)

    def _run(
        self, paragraph: object, text: str, *, font: str = "", size: float = 0, ink: bool = False
    ) -> None:
        run = paragraph.add_run(text)  # type: ignore[attr-defined]  # the library has no types
        if font:
            run.font.name = font
            run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001
        if size:
            run.font.size = Pt(size)
        if ink:
            run.font.color.rgb = RGBColor(24, 32, 92)

    def _image(self, image: object, width: float, *, centre: bool = True) -> None:
        raw = BytesIO()
        transparent = image.mode == "RGBA"  # type: ignore[attr-defined]  # an image of either mode
        if transparent:
            image.resize((240, 240)).save(raw, "PNG")  # type: ignore[attr-defined]  # as above
        else:
            image.save(raw, "JPEG", quality=72)  # type: ignore[attr-defined]  # as above
        raw.seek(0)
        self.document.add_picture(raw, width=Mm(width))
        last = self.document.paragraphs[-1]
        last.alignment = WD_ALIGN_PARAGRAPH.CENTER if centre else WD_ALIGN_PARAGRAPH.RIGHT

    def add(self, block: Block) -> None:
        """Append one block."""
        match block:
            case Title(text, organ, number):
                for line, size in ((organ, 16), (text, 20)):
                    if line:
                        paragraph = self.document.add_paragraph()
                        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                        self._run(paragraph, line, font=TITLE_FONT, size=size)
                if number:
                    self.document.add_paragraph(number).alignment = WD_ALIGN_PARAGRAPH.RIGHT
            case Para(text=text, indent=indent, align=align):
                paragraph = self.document.add_paragraph(text)
                if align == "center":
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                elif indent:
                    paragraph.paragraph_format.first_line_indent = Pt(24)
            case Rows(rows):
                self._rows(rows)
            case Opinion():
                self._opinion(block)
            case Grid(header, rows, widths):
                table = self.document.add_table(rows=1, cols=len(header))
                table.style = "Table Grid"
                table.autofit = False
                for column, share in zip(table.columns, widths, strict=True):
                    column.width = Mm(158 * share)
                for cell, text in zip(table.rows[0].cells, header, strict=True):
                    cell.text = text
                for row in rows:
                    for cell, text in zip(table.add_row().cells, row, strict=True):
                        cell.text = text
                self.document.add_paragraph()
            case Sign(label, names, signed_on):
                paragraph = self.document.add_paragraph()
                self._run(paragraph, label)
                self._run(paragraph, names.replace("、", "　"), font=HAND_FONT, size=15, ink=True)
                self._run(paragraph, f"　　　　{signed_on}" if signed_on else "")
            case SealLine(name, dated_on, seal, sub):
                if seal:
                    self._image(
                        pictures.seal(name, "" if seal == "公章" else seal, dated_on[:4]),
                        34,
                        centre=False,
                    )
                for line in (name, sub, dated_on):
                    if line:
                        self.document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.RIGHT
            case Card(title, lines):
                table = self.document.add_table(rows=1, cols=1)
                table.style = "Table Grid"
                table.alignment = WD_TABLE_ALIGNMENT.CENTER
                cell = table.rows[0].cells[0]
                cell.text = title
                for line in lines:
                    cell.add_paragraph(line)
                self.document.add_paragraph()
            case Photo(scene, plate, caption, stamp):
                self._image(pictures.scene(scene, plate, stamp), 118)
                for line in caption:
                    self.document.add_paragraph(line)
            case Gap() | Footing():
                self.document.add_paragraph()

    def _rows(self, rows: tuple[tuple[tuple[str, str], ...], ...]) -> None:
        if self._form == "ruled":
            table = self.document.add_table(rows=0, cols=4)
            table.style = "Table Grid"
            for row in rows:
                cells = table.add_row().cells
                if len(row) == 1:
                    cells[0].text = row[0][0]
                    cells[1].merge(cells[3]).text = row[0][1]
                else:
                    for place, (label, value) in enumerate(row):
                        cells[place * 2].text = label
                        cells[place * 2 + 1].text = value
            self.document.add_paragraph()
            return
        for row in rows:
            self.document.add_paragraph("　　".join(f"{label}：{value}" for label, value in row))

    def _opinion(self, block: Opinion) -> None:
        if self._form == "ruled":
            table = self.document.add_table(rows=1, cols=2)
            table.style = "Table Grid"
            cells = table.rows[0].cells
            cells[0].text = block.label
            cells[1].text = block.text
            paragraph = cells[1].add_paragraph()
        else:
            self.document.add_paragraph(f"{block.label}：{block.text}")
            paragraph = self.document.add_paragraph()
        self._run(paragraph, block.signer_label)
        self._run(paragraph, block.signer.replace("、", "　"), font=HAND_FONT, size=15, ink=True)
        self._run(paragraph, f"　　{block.signed_on}")


def write(volume: Volume, mark: str) -> bytes:
    """Write the papers of a volume into one Word document, each on a new page."""
    writer = _Writer(FAMILIES[volume.case.family].form)
    writer.foot(mark)
    for place, paper in enumerate(volume.papers):
        if place:
            writer.document.add_section(WD_SECTION.NEW_PAGE)
        for block in paper.blocks:
            writer.add(block)
    core = writer.document.core_properties
    core.title = f"{volume.case.number}（样例）"
    core.author = "样例（虚构）"
    core.created = core.modified = datetime(2026, 1, 5, 8, tzinfo=UTC)
    raw = BytesIO()
    writer.document.save(raw)
    return steady_archive(raw.getvalue())
