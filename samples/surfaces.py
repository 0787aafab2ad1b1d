"""Two surfaces to draw pages on: PDF with text, and paper that went through a scanner.

Both measure in points from the top-left corner of an A4 page; `y` of a text is its baseline.
"""

from __future__ import annotations

from io import BytesIO
from random import Random
from typing import Protocol

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

from samples.fonts import FACES, FaceMissingError

PAGE_WIDTH = 595.0
PAGE_HEIGHT = 842.0
Colour = tuple[int, int, int]
BLACK: Colour = (0, 0, 0)
INK: Colour = (24, 32, 92)
GREY: Colour = (150, 150, 150)


class Surface(Protocol):
    """What the layout needs of a page."""

    def new_page(self) -> None:
        """Finish the current page and begin another."""

    def width(self, text: str, face: str, size: float) -> float:
        """Return the width of `text` in points."""

    def text(
        self,
        x: float,
        y: float,
        text: str,
        face: str,
        size: float,
        *,
        colour: Colour = BLACK,
        lean: float = 0.0,
    ) -> None:
        """Write `text` from `x` on the baseline `y`; `lean` turns it by degrees."""

    def line(self, x0: float, y0: float, x1: float, y1: float, weight: float = 0.6) -> None:
        """Draw a line."""

    def picture(self, x: float, y: float, width: float, height: float, image: Image.Image) -> None:
        """Place an image; transparent ones are laid over what is there."""

    def finish(self) -> bytes:
        """Return the PDF."""


class TextSurface:
    """A PDF with embedded font subsets and a text layer; equal input gives equal bytes."""

    def __init__(self, title: str) -> None:
        rl_config.useA85 = 0
        self._raw = BytesIO()
        self._canvas = Canvas(
            self._raw, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1, pageCompression=1
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor("样例（虚构）")
        self._fonts: dict[str, str] = {}
        self._readers: dict[int, ImageReader] = {}
        self._kept: list[Image.Image] = []
        self._dirty = False

    def _font(self, face: str) -> str:
        if face not in self._fonts:
            path, index = FACES[face]
            try:
                pdfmetrics.registerFont(TTFont(f"sample-{face}", path, subfontIndex=index))
            except TTFError as error:
                raise FaceMissingError(face) from error
            self._fonts[face] = f"sample-{face}"
        return self._fonts[face]

    def new_page(self) -> None:
        if self._dirty:
            self._canvas.showPage()
        self._dirty = True

    def width(self, text: str, face: str, size: float) -> float:
        return float(pdfmetrics.stringWidth(text, self._font(face), size))

    def text(
        self,
        x: float,
        y: float,
        text: str,
        face: str,
        size: float,
        *,
        colour: Colour = BLACK,
        lean: float = 0.0,
    ) -> None:
        self._canvas.saveState()
        self._canvas.setFillColorRGB(*(part / 255 for part in colour))
        self._canvas.setFont(self._font(face), size)
        self._canvas.translate(x, PAGE_HEIGHT - y)
        if lean:
            self._canvas.rotate(lean)
        self._canvas.drawString(0, 0, text)
        self._canvas.restoreState()

    def line(self, x0: float, y0: float, x1: float, y1: float, weight: float = 0.6) -> None:
        self._canvas.setLineWidth(weight)
        self._canvas.line(x0, PAGE_HEIGHT - y0, x1, PAGE_HEIGHT - y1)

    def picture(self, x: float, y: float, width: float, height: float, image: Image.Image) -> None:
        key = id(image)
        if key not in self._readers:
            self._kept.append(image)
            if image.mode == "RGBA":
                self._readers[key] = ImageReader(image.resize((240, 240)))
            else:
                raw = BytesIO()
                image.save(raw, "JPEG", quality=72)
                raw.seek(0)
                self._readers[key] = ImageReader(raw)
        self._canvas.drawImage(
            self._readers[key], x, PAGE_HEIGHT - y - height, width, height, mask="auto"
        )

    def finish(self) -> bytes:
        self._canvas.showPage()
        self._canvas.save()
        return self._raw.getvalue()


class ScanSurface:
    """Pages drawn as pixels, then greyed, turned a little, speckled and packed as JPEG."""

    def __init__(self, title: str, *, dpi: int = 150, seed: str = "") -> None:
        self._title = title
        self._dpi = dpi
        self._scale = dpi / 72
        self._rng = Random(f"scan/{seed}")
        self._noise = np.random.default_rng(self._rng.randrange(2**32))
        self._pages: list[Image.Image] = []

    def new_page(self) -> None:
        size = (round(PAGE_WIDTH * self._scale), round(PAGE_HEIGHT * self._scale))
        self._pages.append(Image.new("RGB", size, "white"))

    def _face(self, face: str, size: float) -> ImageFont.FreeTypeFont:
        path, index = FACES[face]
        try:
            return ImageFont.truetype(path, round(size * self._scale), index=index)
        except OSError as error:
            raise FaceMissingError(face) from error

    def width(self, text: str, face: str, size: float) -> float:
        return self._face(face, size).getlength(text) / self._scale

    def text(
        self,
        x: float,
        y: float,
        text: str,
        face: str,
        size: float,
        *,
        colour: Colour = BLACK,
        lean: float = 0.0,
    ) -> None:
        page = self._pages[-1]
        at = (round(x * self._scale), round(y * self._scale))
        font = self._face(face, size)
        if not lean:
            ImageDraw.Draw(page).text(at, text, font=font, fill=colour, anchor="ls")
            return
        length = round(font.getlength(text)) + 12
        height = round(size * self._scale * 2.4)
        strip = Image.new("RGBA", (length, height), (0, 0, 0, 0))
        ImageDraw.Draw(strip).text(
            (4, height * 0.66), text, font=font, fill=(*colour, 235), anchor="ls"
        )
        strip = strip.transform(
            strip.size,
            Image.Transform.AFFINE,
            (1, 0.16, -height * 0.1, 0, 1, 0),
            Image.Resampling.BICUBIC,
        ).rotate(lean, resample=Image.Resampling.BICUBIC)
        page.paste(strip, (at[0] - 4, round(at[1] - height * 0.66)), strip)

    def line(self, x0: float, y0: float, x1: float, y1: float, weight: float = 0.6) -> None:
        points = [round(value * self._scale) for value in (x0, y0, x1, y1)]
        width = max(1, round(weight * self._scale))
        ImageDraw.Draw(self._pages[-1]).line(points, fill=(20, 20, 20), width=width)

    def picture(self, x: float, y: float, width: float, height: float, image: Image.Image) -> None:
        size = (round(width * self._scale), round(height * self._scale))
        scaled = image.resize(size, Image.Resampling.LANCZOS)
        at = (round(x * self._scale), round(y * self._scale))
        self._pages[-1].paste(scaled, at, scaled if scaled.mode == "RGBA" else None)

    def scanned_pages(self) -> list[bytes]:
        """Return the pages as JPEG files, as the scanner gives them."""
        return [self._scan(page) for page in self._pages]

    def _scan(self, page: Image.Image) -> bytes:
        paper = self._rng.choice(((247, 246, 241), (243, 244, 244), (248, 244, 236)))
        turned = page.filter(ImageFilter.GaussianBlur(0.45)).rotate(
            self._rng.uniform(-0.7, 0.7), resample=Image.Resampling.BICUBIC, fillcolor="white"
        )
        pixels = np.asarray(turned, dtype=np.float32)
        pixels *= np.array(paper, dtype=np.float32) / 255.0
        rows = np.linspace(-3.0, 3.0, pixels.shape[0], dtype=np.float32)[:, None, None]
        grain = self._noise.normal(0.0, 2.6, pixels.shape[:2]).astype(np.float32)[:, :, None]
        pixels = np.clip(pixels + rows + grain, 0, 255)
        speckled = Image.fromarray(pixels.astype(np.uint8))
        draw = ImageDraw.Draw(speckled)
        for _ in range(22):
            x, y = self._rng.randrange(speckled.width), self._rng.randrange(speckled.height)
            draw.point((x, y), fill=(90, 90, 90))
        raw = BytesIO()
        speckled.save(raw, "JPEG", quality=68, dpi=(self._dpi, self._dpi))
        return raw.getvalue()

    def finish(self) -> bytes:
        rl_config.useA85 = 0
        raw = BytesIO()
        canvas = Canvas(raw, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1)
        canvas.setTitle(self._title)
        for page in self.scanned_pages():
            canvas.drawImage(ImageReader(BytesIO(page)), 0, 0, PAGE_WIDTH, PAGE_HEIGHT)
            canvas.showPage()
        canvas.save()
        return raw.getvalue()
