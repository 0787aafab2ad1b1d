"""Invented papers (样例) drawn as PDF, in several layouts. Fonts: a CID font that needs no file."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))

Draw = Callable[[Canvas], None]


@dataclass(frozen=True)
class Style:
    """How a paper is set."""

    agency: bool = True
    spaced: bool = False
    title_size: float = 20.0
    number: str = "{}"
    rulings: str = "rects"
    centred: bool = True
    running_head: str = ""


def centred(canvas: Canvas, y: float, text: str, size: float) -> None:
    canvas.setFont(FONT, size)
    canvas.drawCentredString(WIDTH / 2, HEIGHT - y, text)


def line(canvas: Canvas, x: float, y: float, text: str, size: float = 11.0) -> None:
    canvas.setFont(FONT, size)
    canvas.drawString(x, HEIGHT - y, text)


def running_text(
    canvas: Canvas, y: float, text: str, *, x: float = 72.0, size: float = 11.0
) -> float:
    """A paragraph with a first-line indent of two letters; returns the y below it."""
    per_line = int((WIDTH - 2 * x) / size)
    text = "　　" + text
    for start in range(0, len(text), per_line):
        part = text[start : start + per_line]
        shift = 2 * size if part.startswith("　　") else 0.0
        line(canvas, x + shift, y, part.strip("　"), size)
        y += size * 1.7
    return y


def table(
    canvas: Canvas, y: float, rows: Sequence[Sequence[str]], widths: Sequence[float], rulings: str
) -> float:
    """A ruled table; a row with fewer cells than widths merges its last cell over the rest."""
    height, left = 26.0, 72.0
    for row in rows:
        x = left
        for column, text in enumerate(row):
            is_last = column == len(row) - 1
            width = sum(widths[column:]) if is_last else widths[column]
            rule(canvas, x, y, width=width, height=height, rulings=rulings)
            line(canvas, x + 5, y + 17, text, 10)
            x += width
        y += height
    return y


def rule(canvas: Canvas, x: float, y: float, *, width: float, height: float, rulings: str) -> None:
    top, bottom = HEIGHT - y, HEIGHT - y - height
    if rulings == "rects":
        canvas.rect(x, bottom, width, height)
    elif rulings == "lines":
        for x0, y0, x1, y1 in (
            (x, top, x + width, top),
            (x, bottom, x + width, bottom),
            (x, top, x, bottom),
            (x + width, top, x + width, bottom),
        ):
            canvas.line(x0, y0, x1, y1)
    elif rulings == "fills":
        for x0, y0, w, h in (
            (x, top - 0.5, width, 0.5),
            (x, bottom, width, 0.5),
            (x, bottom, 0.5, height),
            (x + width, bottom, 0.5, height),
        ):
            canvas.rect(x0, y0, w, h, stroke=0, fill=1)


def ring(canvas: Canvas, x: float, y: float, radius: float = 57.0) -> None:
    """A red seal as a vector: a ring and a star, no letters."""
    canvas.saveState()
    canvas.setStrokeColorRGB(0.85, 0.1, 0.1)
    canvas.setFillColorRGB(0.85, 0.1, 0.1)
    canvas.setLineWidth(3)
    canvas.circle(x, HEIGHT - y, radius)
    path = canvas.beginPath()
    for corner in range(10):
        reach = 16.0 if corner % 2 == 0 else 6.0
        angle = math.pi / 2 + corner * math.pi / 5
        point = (x + reach * math.cos(angle), HEIGHT - y + reach * math.sin(angle))
        (path.moveTo if corner == 0 else path.lineTo)(*point)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


def head(canvas: Canvas, title: str, style: Style) -> float:
    """Agency and title; returns the y below them."""
    if style.running_head:
        centred(canvas, 36, style.running_head, 9)
    y = 80.0
    if style.agency:
        centred(canvas, y, "样例市样例区交通运输局", 16)
        y += 30
    text = " ".join(title) if style.spaced else title
    if style.centred:
        centred(canvas, y, text, style.title_size)
    else:
        line(canvas, 72, y, text, style.title_size)
    return y + 30


def paper(
    title: str,
    style: Style,
    *,
    number: int | None = None,
    body: Sequence[str] = (),
    seal: bool = False,
) -> Draw:
    """A paper of one page with a heading, a table and some text."""

    def draw(canvas: Canvas) -> None:
        y = head(canvas, title, style)
        line(canvas, 360, y, "样交罚〔2026〕12号")
        y = table(
            canvas,
            y + 14,
            [
                ["案由", "样例运输有限公司未按规定维护车辆案"],
                ["当事人", "样例运输有限公司", "电话", "13900000000"],
            ],
            [90, 180, 70, 110],
            style.rulings,
        )
        y += 24
        for text in body or (
            "本机关依法对样例运输有限公司未按规定维护和检测运输车辆一案进行了调查，" * 3,
        ):
            y = running_text(canvas, y, text)
        line(canvas, 72, y + 20, "当事人签名：张三样")
        line(canvas, 360, y + 20, "2026年3月9日")
        if seal:
            ring(canvas, 430, y + 60)
        if number is not None:
            centred(canvas, 810, style.number.format(number), 10)

    return draw


def going_on(style: Style, number: int | None = None) -> Draw:
    """A page without a title: the text goes on and ends."""

    def draw(canvas: Canvas) -> None:
        if style.running_head:
            centred(canvas, 36, style.running_head, 9)
        y = running_text(
            canvas, 90, "以上事实有现场笔录、询问笔录和照片为证，当事人没有提出异议。" * 3
        )
        line(canvas, 360, y + 30, "2026年3月9日")
        if number is not None:
            centred(canvas, 810, style.number.format(number), 10)

    return draw


def index(entries: Sequence[tuple[str, str]], style: Style) -> Draw:
    """A file index: number, title, page."""

    def draw(canvas: Canvas) -> None:
        y = head(canvas, "卷内目录", style)
        rows = [["序号", "材料名称", "页号"]]
        rows += [[str(count), title, page] for count, (title, page) in enumerate(entries, 1)]
        table(canvas, y, rows, [50, 300, 100], style.rulings)

    return draw


def copy_of(heading: str, lines: Sequence[str], style: Style, number: int | None = None) -> Draw:
    """An evidence page: a heading and a framed copy."""

    def draw(canvas: Canvas) -> None:
        if heading:
            centred(canvas, 80, heading, style.title_size)
        canvas.roundRect(130, HEIGHT - 330, 330, 210, 8)
        for row, text in enumerate(lines):
            line(canvas, 150, 150 + row * 22, text, 12)
        line(canvas, 72, 380, "与原件一致。张三样")
        if number is not None:
            centred(canvas, 810, style.number.format(number), 10)

    return draw


def blank(canvas: Canvas) -> None:
    """An empty page."""
    canvas.setFont(FONT, 10)


def bound(path: Path, pages: Sequence[Draw], *, rotate: int = 0) -> Path:
    """A PDF of these pages."""
    canvas = Canvas(str(path), pagesize=A4)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    if rotate:
        with pikepdf.open(path, allow_overwriting_input=True) as document:
            for page in document.pages:
                page.rotate(rotate, relative=False)
            document.save(path)
    return path
