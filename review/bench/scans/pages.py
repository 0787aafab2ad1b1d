"""Invented case papers drawn as pictures, with every line that stands on them and where.

The words come from the forged case files; five faces, ruled tables, red letterheads and seals. What
is drawn is the truth: no text layer and no reader of ours is asked.
"""

from __future__ import annotations

import importlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from review.bench.forge.paper import Block, Form, Gap, Look, Paper, Para, Picture, Seal, Title
from review.bench.forge.press import seal_picture
from review.bench.forge.write import Order, tell
from review.documents.model import Box

_NOTO, _ARPHIC = "/usr/share/fonts/opentype/noto", "/usr/share/fonts/truetype/arphic"
FACES: Final[dict[str, tuple[str, int]]] = {
    "serif": (f"{_NOTO}/NotoSerifCJK-Regular.ttc", 2),
    "sans": (f"{_NOTO}/NotoSansCJK-Regular.ttc", 2),
    "ming": (f"{_ARPHIC}/uming.ttc", 0),
    "kai": (f"{_ARPHIC}/ukai.ttc", 0),
    "hei": ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0),
}
PACKAGES: Final = "fonts-noto-cjk fonts-arphic-uming fonts-arphic-ukai fonts-wqy-microhei"
_A4: Final = (595.28, 841.89)
_NOT_FIRST = frozenset("，。、；：！？）》〉】〕」』”’%")
_RED, _BLACK = (203, 28, 34), (28, 26, 26)
_LEAST_LETTERS = 200  # on a page that is worth measuring


class FontMissingError(RuntimeError):
    """A face that the pages are drawn with is not installed."""

    def __init__(self, face: str) -> None:
        super().__init__(f"{FACES[face][0]} is missing; install the Debian packages {PACKAGES}")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line as it was drawn; `box` in pixels of the clean page."""

    text: str
    box: Box


@dataclass(slots=True)
class CleanPage:
    """A page before it is scanned, and its lines from the top, left to right."""

    picture: Image.Image
    lines: list[Drawn]
    face: str
    dpi: int
    seals: list[Box]


@cache
def _font(face: str, pixels: int) -> ImageFont.FreeTypeFont:
    path, index = FACES[face]
    if not Path(path).is_file():
        raise FontMissingError(face)
    return ImageFont.truetype(path, pixels, index=index)


class _Sheet:
    """Puts blocks on pages from the top; a new page begins where one is full."""

    def __init__(self, look: Look, face: str, dpi: int) -> None:
        self.look, self.face, self.dpi = look, face, dpi
        self.unit = dpi / 72.0
        top, bottom, left, right = (value * self.unit for value in look.margins)
        self.left, self.right = left, _A4[0] * self.unit - right
        self.top, self.foot = top, _A4[1] * self.unit - bottom
        self.pages: list[CleanPage] = []
        self._begin()

    def _begin(self) -> None:
        size = (round(_A4[0] * self.unit), round(_A4[1] * self.unit))
        self.page = CleanPage(Image.new("RGB", size, "white"), [], self.face, self.dpi, [])
        self.pages.append(self.page)
        self.pen = ImageDraw.Draw(self.page.picture)
        self.y = self.top
        if self.look.running:
            self._write(self.look.running, self.left, self.top * 0.5, self._type(8.5))
        if self.look.foot:
            text = self.look.foot.format(page=len(self.pages))
            font = self._type(8.5)
            x = (self.left + self.right - font.getlength(text)) / 2
            self._write(text, x, self.foot + 0.4 * (self.page.picture.height - self.foot), font)

    def _type(self, points: float) -> ImageFont.FreeTypeFont:
        return _font(self.face, max(8, round(points * self.unit)))

    def _write(
        self,
        text: str,
        x: float,
        y: float,
        font: ImageFont.FreeTypeFont,
        ink: tuple[int, int, int] = _BLACK,
    ) -> None:
        if not text.strip():
            return
        left, top, right, bottom = self.pen.textbbox((x, y), text, font=font)
        self.pen.text((x, y), text, font=font, fill=ink)
        self.page.lines.append(Drawn(text, Box(left, top, right, bottom)))

    def _wrapped(
        self, text: str, font: ImageFont.FreeTypeFont, width: float, indent: float
    ) -> list[tuple[str, float]]:
        """Lines that fit `width`, each with its own indent in pixels."""
        found: list[tuple[str, float]] = []
        for part in text.split("\n"):
            line, own = "", indent
            for letter in part:
                if own + font.getlength(line + letter) > width and letter not in _NOT_FIRST:
                    found.append((line, own))
                    line, own = "", 0.0
                line += letter
            found.append((line, own))
        return found

    def letterhead(self, name: str) -> None:
        """A red heading with a red rule, as on the papers of an organ."""
        font = self._type(21)
        x = (self.left + self.right - font.getlength(name)) / 2
        self._write(name, x, self.y, font, _RED)
        self.y += font.size * 1.6
        self.pen.line(
            (self.left, self.y, self.right, self.y), fill=_RED, width=round(1.6 * self.unit)
        )
        self.y += 10 * self.unit

    def add(self, block: Block) -> None:
        """Draw a block below what stands already."""
        look = self.look
        match block:
            case Title():
                for text, points in ((block.over, look.size + 4), (block.text, look.size + 7)):
                    words = " ".join(text) if block.spread and text == block.text else text
                    self._paragraph(words, points, "center", 0)
                self.y += look.size * 0.5 * self.unit
            case Para():
                points = look.size - 1.5 if block.small else look.size
                indent = points * 2 * self.unit if block.indent and block.align == "left" else 0
                self._paragraph(block.text, points, block.align, indent)
            case Form():
                self._form(block)
            case Picture():
                self._photograph(block)
            case Seal():
                self.stamp(block.name, self.right - 84 * self.unit, self.y - 20 * self.unit)
            case Gap():
                self.y += block.points * self.unit

    def stamp(self, name: str, x: float, y: float) -> None:
        """A translucent red seal with its middle at x, y."""
        size = round(112 * self.unit)
        seal = seal_picture(name).resize((size, size), Image.Resampling.LANCZOS)
        corner = (round(x - size / 2), round(y - size / 2))
        self.page.picture.paste(seal, corner, seal)
        self.page.seals.append(Box(corner[0], corner[1], corner[0] + size, corner[1] + size))

    def _room(self, pixels: float) -> None:
        if self.y + pixels > self.foot and self.page.lines:
            self._begin()

    def _paragraph(self, text: str, points: float, align: str, indent: float) -> None:
        if not text:
            return
        font = self._type(points)
        step = points * self.unit * self.look.leading / self.look.size
        for line, own in self._wrapped(text, font, self.right - self.left, indent):
            self._room(step)
            free = self.right - self.left - font.getlength(line)
            x = self.left + {"left": own, "right": free, "center": free / 2}[align]
            self._write(line, x, self.y, font)
            self.y += step

    def _form(self, form: Form) -> None:
        font = self._type(self.look.size)
        step = font.size * self.look.leading / self.look.size
        pad = 3.5 * self.unit
        width = self.right - self.left
        for row in form.rows:
            shares = list(form.widths[: len(row)])
            shares[-1] += sum(form.widths[len(row) :])
            cells = [
                self._wrapped(text, font, share * width - 2 * pad, 0)
                for text, share in zip(row, shares, strict=True)
            ]
            height = max(len(cell) for cell in cells) * step + 2 * pad
            self._room(height)
            x = self.left
            for cell, share in zip(cells, shares, strict=True):
                if form.ruled:
                    frame = (x, self.y, x + share * width, self.y + height)
                    self.pen.rectangle(frame, outline=_BLACK, width=max(1, round(0.6 * self.unit)))
                for number, (line, _) in enumerate(cell):
                    self._write(line, x + pad, self.y + pad + number * step, font)
                x += share * width
            self.y += height
        self.y += 4 * self.unit

    def _photograph(self, block: Picture) -> None:
        height, width = block.height * self.unit, (self.right - self.left) * 0.7
        self._room(height + 30 * self.unit)
        noise = np.random.default_rng(len(self.pages)).integers(90, 190, (30, 45), dtype=np.uint8)
        grey = Image.fromarray(noise).resize(
            (round(width), round(height)), Image.Resampling.BICUBIC
        )
        self.page.picture.paste(
            grey.convert("RGB"), (round(self.left + 0.15 * width), round(self.y))
        )
        self.y += height + 6 * self.unit
        for words in block.words:
            self._paragraph(words, self.look.size - 1, "center", 0)


def _papers(seed: int, houses: tuple[str, ...]) -> Iterator[tuple[Look, str, list[Paper]]]:
    """Case files of invented stories without end: look, name of the organ, papers."""
    rng = random.Random(seed)
    while True:
        house = rng.choice(houses)
        story = tell(Order("样例", house, "scan", rng.randrange(10**9)))
        module = importlib.import_module(f"review.bench.forge.houses.{house}")
        yield module.LOOK, story.agency.name, module.papers(story)


def clean_pages(seed: int, count: int, houses: tuple[str, ...]) -> list[CleanPage]:
    """Pages of invented papers: every face and 150 and 200 dpi in turn; the same for a seed.

    Every third page with text has a second seal over its text, every fourth a red letterhead.
    """
    rng = random.Random(seed)
    found: list[CleanPage] = []
    for look, organ, papers in _papers(seed, houses):
        for paper in rng.sample(papers, min(4, len(papers))):
            number = len(found)
            face = list(FACES)[number % len(FACES)]
            sheet = _Sheet(look, face, (150, 200)[number // len(FACES) % 2])
            if number % 4 == 1:
                sheet.letterhead(f"{organ}文件")
            for block in paper.blocks:
                sheet.add(block)
            page = sheet.pages[0]
            if sum(len(line.text) for line in page.lines) < _LEAST_LETTERS:
                continue
            if number % 3 == 2:
                sheet.page = page
                width, height = page.picture.size
                sheet.stamp(organ, width * rng.uniform(0.3, 0.7), height * rng.uniform(0.25, 0.5))
            found.append(page)
            if len(found) == count:
                return found
    raise AssertionError  # the stories do not end
