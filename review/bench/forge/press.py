"""From papers to a file: text PDF, Word, and scanned PDF with skew, noise and seals."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from review.bench.forge.paper import (
    Block,
    Code,
    Form,
    Gap,
    Look,
    Paper,
    Para,
    Picture,
    Seal,
    Title,
)

_FONTS = {
    "song": ("STSong-Light", ""),
    "ming": ("ForgeMing", "/usr/share/fonts/truetype/arphic/uming.ttc"),
    "kai": ("ForgeKai", "/usr/share/fonts/truetype/arphic/ukai.ttc"),
    "hei": ("ForgeHei", "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"),
}
_SEAL_FONT = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"
Index = Callable[[list[tuple[str, date | None, str]]], Paper]


@cache
def _font(role: str, *, embedded: bool) -> str:
    """The registered name of a font; `embedded` replaces the reader's own Song by a file's."""
    name, path = _FONTS["ming" if role == "song" and embedded else role]
    if path:
        pdfmetrics.registerFont(TTFont(name, path, subfontIndex=0))
    else:
        pdfmetrics.registerFont(UnicodeCIDFont(name))
    return name


class _Mark(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """Nothing to see; notes on which page a paper begins."""

    def __init__(self, note: Callable[[int], None]) -> None:
        super().__init__()
        self.note = note
        self.width = self.height = 0.0

    def draw(self) -> None:
        self.note(self.canv.getPageNumber())


class _Over(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """A picture over what was drawn before it, without taking room."""

    def __init__(self, picture: Image.Image, size: float, *, right: float, up: float) -> None:
        super().__init__()
        self.picture, self.size, self.right, self.up = picture, size, right, up
        self.width = self.height = 0.0

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width = width
        return width, 0

    def draw(self) -> None:
        x = self.width - self.right - self.size
        self.canv.drawImage(
            ImageReader(self.picture), x, self.up - self.size / 2, self.size, self.size, mask="auto"
        )


@cache
def seal_picture(name: str) -> Image.Image:
    """A round red seal: ring, star, the name along the upper arc."""
    side = 360
    picture = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    red = (205, 30, 35, 190)
    draw.ellipse((8, 8, side - 8, side - 8), outline=red, width=9)
    font = ImageFont.truetype(_SEAL_FONT, 42)
    for i, character in enumerate(name):
        turn = -110 + 220 * i / max(len(name) - 1, 1)
        glyph = Image.new("RGBA", (side, side), (0, 0, 0, 0))
        ImageDraw.Draw(glyph).text((side / 2, 46), character, font=font, fill=red, anchor="mm")
        picture.alpha_composite(glyph.rotate(-turn, resample=Image.Resampling.BICUBIC))
    draw.regular_polygon((side / 2, side / 2, 44), 3, fill=red)
    return picture


@cache
def _grey(seed: int) -> Image.Image:
    """A grey photograph of nothing."""
    noise = np.random.default_rng(seed).integers(90, 190, (30, 45), dtype=np.uint8)
    return Image.fromarray(noise, "L").resize((450, 300), Image.Resampling.BICUBIC)


def _code(seed: int) -> Image.Image:
    noise = np.random.default_rng(seed).integers(0, 2, (25, 25), dtype=np.uint8) * 255
    return Image.fromarray(noise, "L").resize((150, 150), Image.Resampling.NEAREST)


def _escape(text: str) -> str:
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return safe.replace("\n", "<br/>")


class _Setter:
    """Turns blocks into flowables in the look of a house."""

    def __init__(self, look: Look, *, embedded: bool) -> None:
        self.look = look
        roles = (look.body, look.head, look.hand)
        self.body, self.head, self.hand = (_font(each, embedded=embedded) for each in roles)
        left, right = look.margins[2], look.margins[3]
        self.width = A4[0] - left - right - 12

    def style(self, font: str, size: float, *, align: int = TA_LEFT, indent: float = 0) -> Any:
        return ParagraphStyle(
            "p",
            fontName=font,
            fontSize=size,
            leading=size * self.look.leading / self.look.size,
            alignment=align,
            firstLineIndent=indent,
            wordWrap="CJK",
        )

    def set(self, block: Block, number: int) -> list[Any]:
        look = self.look
        match block:
            case Title():
                found = []
                if block.over:
                    found.append(
                        Paragraph(
                            _escape(block.over),
                            self.style(self.head, look.size + 4, align=TA_CENTER),
                        )
                    )
                words = " ".join(block.text) if block.spread else block.text
                title = self.style(self.head, look.size + 7, align=TA_CENTER)
                return [*found, Paragraph(_escape(words), title), Spacer(1, look.size * 0.7)]
            case Para():
                align = {"left": TA_JUSTIFY, "right": TA_RIGHT, "center": TA_CENTER}[block.align]
                size = look.size - 1.5 if block.small else look.size
                indent = size * 2 if block.indent and block.align == "left" else 0
                font = self.hand if block.hand else self.body
                return [
                    Paragraph(
                        _escape(block.text), self.style(font, size, align=align, indent=indent)
                    )
                ]
            case Form():
                return [self._table(block), Spacer(1, 4)]
            case Picture():
                picture = _over_page(_grey(number), self.width * 0.72, block.height)
                style = self.style(self.body, look.size - 1, align=TA_CENTER)
                return [picture, *(Paragraph(_escape(each), style) for each in block.words)]
            case Seal():
                return [_Over(seal_picture(block.name), 108, right=30, up=6)]
            case Code():
                return [_Over(_code(number), 52, right=0, up=8)]
            case Gap():
                return [Spacer(1, block.points)]

    def _table(self, form: Form) -> Any:
        count = len(form.widths)
        style = self.style(self.body, self.look.size)
        middle = self.style(self.body, self.look.size, align=TA_CENTER)
        data, spans = [], []
        for y, row in enumerate(form.rows):
            cells = [
                Paragraph(_escape(text), middle if form.head and y == 0 else style) for text in row
            ]
            if len(row) < count:
                spans.append(("SPAN", (len(row) - 1, y), (count - 1, y)))
            data.append([*cells, *[""] * (count - len(row))])
        table = Table(data, colWidths=[self.width * share for share in form.widths], splitInRow=1)
        rules = [("GRID", (0, 0), (-1, -1), self.look.grid, colors.black)] if form.ruled else []
        table.setStyle([*rules, *spans, ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
        return table


def _over_page(picture: Image.Image, width: float, height: float) -> Any:
    from reportlab.platypus import Image as Flow

    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=60)
    buffer.seek(0)
    return Flow(buffer, width, height, hAlign="CENTER")


def _build(papers: Sequence[Paper], look: Look, *, embedded: bool) -> tuple[bytes, list[int]]:
    """The PDF and on which page each paper begins."""
    setter = _Setter(look, embedded=embedded)
    starts: list[int] = []
    flow: list[Any] = []
    for number, paper in enumerate(papers):
        if number:
            flow.append(PageBreak())
        flow.append(_Mark(starts.append))
        for block in paper.blocks:
            flow += setter.set(block, number)
    buffer = io.BytesIO()
    top, bottom, left, right = look.margins

    def furniture(canvas: Any, _doc: Any) -> None:
        canvas.setFont(setter.body, 8.5)
        if look.running:
            canvas.drawString(left + 6, A4[1] - top * 0.55, look.running)
        if look.foot:
            text = look.foot.format(page=canvas.getPageNumber())
            canvas.drawCentredString(A4[0] / 2, bottom * 0.5, text)

    doc = BaseDocTemplate(buffer, pagesize=A4, title="案卷 样例", invariant=1)
    frame = Frame(left, bottom, A4[0] - left - right, A4[1] - top - bottom)
    doc.addPageTemplates([PageTemplate("page", [frame], onPage=furniture)])
    doc.build(flow)
    return buffer.getvalue(), starts


def _pages(starts: Sequence[int], total: int) -> list[tuple[int, int]]:
    ends = [*(start - 1 for start in starts[1:]), total]
    return list(zip(starts, ends, strict=True))


def bind(
    papers: list[Paper], look: Look, index: Index, *, embedded: bool
) -> tuple[bytes, list[Paper], list[tuple[int, int]]]:
    """The PDF with its file index after the cover; the papers in order and their pages."""
    rows: list[tuple[str, date | None, str]] = [
        (paper.title, paper.dated_on, "00") for paper in papers if paper.on_index
    ]
    bound = [papers[0], index(rows), *papers[1:]]
    for _ in range(2):
        content, starts = _build(bound, look, embedded=embedded)
        total = len(pdfium.PdfDocument(content))
        places = _pages(starts, total)
        rows = [
            (paper.title, paper.dated_on, f"{a}-{b}" if b > a else str(a))
            for paper, (a, b) in zip(bound, places, strict=True)
            if paper.on_index
        ]
        bound[1] = index(rows)
    content, starts = _build(bound, look, embedded=embedded)
    return content, bound, _pages(starts, len(pdfium.PdfDocument(content)))


def scan(content: bytes, rng: random.Random, manner: str = "") -> bytes:
    """The PDF printed and scanned again without a text layer.

    Three manners: an office scanner (small turn, little noise), a telephone's camera (uneven light,
    perspective, stronger turn), a fax (black and white, coarse, specks). Without `manner` one is
    drawn by lot.
    """
    manner = manner or rng.choice(("office", "office", "camera", "fax"))
    dpi = {"office": 170, "camera": 160, "fax": 150}[manner]
    noise = np.random.default_rng(rng.randrange(2**32))
    sheets = []
    for page in pdfium.PdfDocument(content):
        picture = page.render(scale=dpi / 72).to_pil().convert("RGB")
        sheets.append(_MANNERS[manner](picture, rng, noise))
    buffer = io.BytesIO()
    sheets[0].save(
        buffer, "PDF", save_all=True, append_images=sheets[1:], resolution=dpi, quality=68
    )
    return buffer.getvalue()


def _office(picture: Image.Image, rng: random.Random, noise: np.random.Generator) -> Image.Image:
    turned = picture.rotate(
        rng.uniform(-1.3, 1.3), resample=Image.Resampling.BICUBIC, fillcolor=(250, 249, 246)
    ).filter(ImageFilter.GaussianBlur(rng.uniform(0.2, 0.6)))
    pixels = np.asarray(turned).astype(np.float64) * rng.uniform(0.9, 1.0)
    return _image(pixels + noise.normal(0, 6, pixels.shape))


def _camera(picture: Image.Image, rng: random.Random, noise: np.random.Generator) -> Image.Image:
    width, height = picture.size
    lean = [rng.uniform(0, 0.025) for _ in range(4)]
    corners = (
        *(-lean[0] * width, -lean[1] * height),
        *(-lean[2] * width, height * (1 + lean[3])),
        *(width * (1 + lean[0]), height * (1 + lean[1])),
        *(width * (1 + lean[2]), -lean[3] * height),
    )
    seen = picture.transform(
        picture.size,
        Image.Transform.QUAD,
        corners,
        resample=Image.Resampling.BICUBIC,
        fillcolor=(120, 112, 104),
    ).rotate(rng.uniform(-2.2, 2.2), resample=Image.Resampling.BICUBIC, fillcolor=(120, 112, 104))
    pixels = np.asarray(seen.filter(ImageFilter.GaussianBlur(0.6))).astype(np.float64)
    down = np.linspace(rng.uniform(0.7, 0.85), 1.0, height)[:, None, None]
    across = np.linspace(1.0, rng.uniform(0.8, 0.95), width)[None, :, None]
    return _image(pixels * down * across + noise.normal(0, 7, pixels.shape))


def _fax(picture: Image.Image, rng: random.Random, noise: np.random.Generator) -> Image.Image:
    grey = np.asarray(picture.convert("L").rotate(rng.uniform(-0.8, 0.8), fillcolor=255))
    black = grey + noise.normal(0, 22, grey.shape) < 150
    specks = noise.random(grey.shape) < 0.0008
    return Image.fromarray(np.where(black | specks, 0, 255).astype(np.uint8)).convert("RGB")


def _image(pixels: Any) -> Image.Image:
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


_MANNERS: dict[str, Callable[[Image.Image, random.Random, np.random.Generator], Image.Image]] = {
    "office": _office,
    "camera": _camera,
    "fax": _fax,
}


def word(papers: list[Paper], index: Index, path: Path) -> list[Paper]:
    """The papers as a Word file; the papers in order, the index after the cover."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    rows = [(each.title, each.dated_on, "") for each in papers if each.on_index]
    bound = [papers[0], index(rows), *papers[1:]]
    doc: Any = Document()
    sides = {
        "left": WD_ALIGN_PARAGRAPH.LEFT,
        "right": WD_ALIGN_PARAGRAPH.RIGHT,
        "center": WD_ALIGN_PARAGRAPH.CENTER,
    }
    for number, paper in enumerate(bound):
        if number:
            doc.add_page_break()
        for block in paper.blocks:
            match block:
                case Title():
                    if block.over:
                        doc.add_paragraph(block.over).alignment = WD_ALIGN_PARAGRAPH.CENTER
                    line = doc.add_paragraph()
                    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
                    run = line.add_run(" ".join(block.text) if block.spread else block.text)
                    run.bold, run.font.size = True, Pt(18)
                case Para():
                    line = doc.add_paragraph(("　　" if block.indent else "") + block.text)
                    line.alignment = sides[block.align]
                case Form():
                    _word_table(doc, block)
                case Picture():
                    buffer = io.BytesIO()
                    _grey(number).save(buffer, "JPEG")
                    buffer.seek(0)
                    doc.add_picture(buffer, width=Pt(300))
                    for each in block.words:
                        doc.add_paragraph(each)
                case Seal():
                    buffer = io.BytesIO()
                    seal_picture(block.name).save(buffer, "PNG")
                    buffer.seek(0)
                    doc.add_picture(buffer, width=Pt(90))
                case Gap() | Code():
                    doc.add_paragraph("")
    doc.save(str(path))
    return bound


def _word_table(doc: Any, form: Form) -> None:
    count = len(form.widths)
    table = doc.add_table(rows=len(form.rows), cols=count)
    if form.ruled:
        table.style = "Table Grid"
    for y, row in enumerate(form.rows):
        for x, text in enumerate(row):
            table.cell(y, x).text = text
        if len(row) < count:
            table.cell(y, len(row) - 1).merge(table.cell(y, count - 1))
    doc.add_paragraph("")
