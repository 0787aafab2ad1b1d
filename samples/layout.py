"""Laying papers out on A4 pages: wrapping, tables, signatures, seals, page numbers."""

from __future__ import annotations

import re
from random import Random

from samples import pictures
from samples.blocks import (
    Block,
    Card,
    Footing,
    Gap,
    Grid,
    Opinion,
    Paper,
    Para,
    Photo,
    Rows,
    SealLine,
    Sign,
    Title,
)
from samples.sheets import Sheet, wrap
from samples.surfaces import GREY, INK, PAGE_HEIGHT, PAGE_WIDTH, Surface


class Layout:
    """Draws papers one after another and counts their pages."""

    def __init__(self, surface: Surface, sheet: Sheet, seed: str, *, mark: str) -> None:
        self._surface = surface
        self._sheet = sheet
        self._rng = Random(f"layout/{seed}")
        self._mark = mark
        self._page = 0
        self._number = 0
        self._y = 0.0
        self._footing: Footing | None = None
        self._numbered = True
        self._left = sheet.margin
        self._width = PAGE_WIDTH - 2 * sheet.margin

    @property
    def page(self) -> int:
        """Pages drawn so far."""
        return self._page

    def draw(self, paper: Paper, first_number: int) -> tuple[int, int]:
        """Draw a paper on pages of its own and return its first and last page (1-based)."""
        self._numbered = paper.numbered
        self._number = first_number
        self._footing = next((block for block in paper.blocks if isinstance(block, Footing)), None)
        self._open_page()
        first = self._page
        for block in paper.blocks:
            self._draw_block(block)
        return first, self._page

    def _open_page(self) -> None:
        sheet = self._sheet
        self._surface.new_page()
        self._page += 1
        self._y = 64.0
        self._surface.text(self._left, PAGE_HEIGHT - 24, self._mark, sheet.face, 6.5, colour=GREY)
        if self._numbered:
            text = sheet.page_mark.format(n=self._number)
            width = self._surface.width(text, sheet.face, 10)
            right = PAGE_WIDTH - self._left - width
            x, y = {
                "right": (right, PAGE_HEIGHT - 36),
                "centre": ((PAGE_WIDTH - width) / 2, PAGE_HEIGHT - 36),
                "top": (right, 36.0),
            }[sheet.mark_at]
            self._surface.text(x, y, text, sheet.face, 10)
            self._number += 1
        if self._footing:
            share = self._width / len(self._footing.signs)
            for place, (label, names) in enumerate(self._footing.signs):
                x = self._left + place * share
                self._surface.text(x, PAGE_HEIGHT - 56, label, sheet.face, 10)
                self._hand(
                    x + self._surface.width(label, sheet.face, 10) + 4, PAGE_HEIGHT - 56, names, 14
                )

    def _bottom(self) -> float:
        return PAGE_HEIGHT - (84 if self._footing else 62)

    def _need(self, height: float) -> None:
        if self._y + height > self._bottom():
            self._open_page()

    def _hand(self, x: float, y: float, names: str, size: float = 16) -> float:
        """Write names by hand; return where the ink ends."""
        for name in re.split("[、 ]", names):
            if not name:
                continue
            self._surface.text(
                x,
                y + self._rng.uniform(-1.5, 1.5),
                name,
                self._sheet.hand,
                size,
                colour=INK,
                lean=self._rng.uniform(-2.5, 4),
            )
            x += self._surface.width(name, self._sheet.hand, size) + 12
        return x

    def _draw_block(self, block: Block) -> None:
        match block:
            case Title():
                self._title(block)
            case Para():
                self._para(block)
            case Rows():
                self._rows(block)
            case Opinion():
                self._opinion(block)
            case Grid():
                self._grid(block)
            case Sign():
                self._sign(block)
            case SealLine():
                self._seal_line(block)
            case Card():
                self._card(block)
            case Photo():
                self._photo(block)
            case Gap(height):
                self._y += height
            case Footing():
                pass

    def _title(self, block: Title) -> None:
        sheet = self._sheet
        for text, face, size in (
            (block.organ, sheet.title_face, sheet.title_size - 3),
            (block.text, sheet.title_face, sheet.title_size),
        ):
            if text:
                width = self._surface.width(text, face, size)
                self._surface.text((PAGE_WIDTH - width) / 2, self._y + size, text, face, size)
                self._y += size * 1.6
        if block.number:
            width = self._surface.width(block.number, sheet.face, sheet.size)
            self._surface.text(
                PAGE_WIDTH - self._left - width,
                self._y + sheet.size,
                block.number,
                sheet.face,
                sheet.size,
            )
            self._y += sheet.size * 1.7
        self._y += 6

    def _para(self, block: Para) -> None:
        size = block.size or self._sheet.size
        face = self._sheet.face
        indent = 2 * size if block.indent and block.align == "left" else 0.0
        step = size * self._sheet.leading
        for place, line in enumerate(
            wrap(self._surface, block.text, face, size, self._width, indent=indent)
        ):
            self._need(step)
            x = self._left + (indent if place == 0 else 0.0)
            free = self._width - self._surface.width(line, face, size)
            if block.align == "center":
                x = self._left + free / 2
            elif block.align == "right":
                x = self._left + free
            self._surface.text(x, self._y + size, line, face, size)
            self._y += step
        self._y += block.space_after

    def _rows(self, block: Rows) -> None:
        if self._sheet.form == "ruled":
            for row in block.rows:
                cells: list[tuple[str, float, bool]] = []
                if len(row) == 1:
                    label, value = row[0]
                    cells = [(label, 0.19, True), (value, 0.81, False)]
                else:
                    for label, value in row:
                        cells += [(label, 0.19, True), (value, 1.0 / len(row) - 0.19, False)]
                self._ruled_row(cells)
            self._y += 4
            return
        if self._sheet.form == "lines":
            for row in block.rows:
                self._label_line(row)
            self._y += 4
            return
        for row in block.rows:
            self._para(Para("　　".join(f"{label}：{value}" for label, value in row), indent=False))

    def _label_line(self, row: tuple[tuple[str, str], ...]) -> None:
        sheet = self._sheet
        share = self._width / len(row)
        step = sheet.size * 1.62
        columns = []
        for label, value in row:
            head = f"{label}："
            start = self._surface.width(head, sheet.face, sheet.size)
            columns.append(
                (head, start, wrap(self._surface, value, sheet.face, sheet.size, share - start - 8))
            )
        height = max(len(lines) for _, _, lines in columns) * step
        self._need(height)
        for place, (head, start, lines) in enumerate(columns):
            x = self._left + place * share
            self._surface.text(x, self._y + sheet.size, head, sheet.face, sheet.size)
            for number, line in enumerate(lines):
                y = self._y + sheet.size + number * step
                self._surface.text(x + start + 2, y, line, sheet.face, sheet.size)
                self._surface.line(x + start, y + 3, x + share - 6, y + 3, 0.4)
        self._y += height

    def _ruled_row(
        self, cells: list[tuple[str, float, bool]], size: float = 0.0, minimum: float = 22.0
    ) -> None:
        sheet = self._sheet
        size = size or sheet.size - 0.5
        step = size * 1.42
        wrapped = [
            (wrap(self._surface, text, sheet.face, size, share * self._width - 9), share, middle)
            for text, share, middle in cells
        ]
        height = max(minimum, max(len(lines) for lines, _, _ in wrapped) * step + 7)
        self._need(height)
        x = self._left
        for lines, share, middle in wrapped:
            width = share * self._width
            self._box(x, self._y, width, height)
            top = self._y + (height - len(lines) * step) / 2 + size
            for number, line in enumerate(lines):
                free = width - self._surface.width(line, sheet.face, size)
                self._surface.text(
                    x + (free / 2 if middle else 4.5), top + number * step, line, sheet.face, size
                )
            x += width
        self._y += height

    def _box(self, x: float, y: float, width: float, height: float, weight: float = 0.6) -> None:
        self._surface.line(x, y, x + width, y, weight)
        self._surface.line(x, y + height, x + width, y + height, weight)
        self._surface.line(x, y, x, y + height, weight)
        self._surface.line(x + width, y, x + width, y + height, weight)

    def _opinion(self, block: Opinion) -> None:
        sheet = self._sheet
        size = sheet.size - 0.5
        step = size * 1.5
        ruled = sheet.form == "ruled"
        label_width = 0.19 * self._width if ruled else 0.0
        if not ruled:
            self._need(step * 2)
            self._surface.text(self._left, self._y + size, f"{block.label}：", sheet.face, size)
            self._y += step
        lines = wrap(
            self._surface,
            block.text,
            sheet.face,
            size,
            self._width - label_width - 14,
            indent=2 * size,
        )
        height = max(block.height, len(lines) * step + 40)
        self._need(height)
        if ruled:
            self._box(self._left, self._y, label_width, height)
            self._box(self._left + label_width, self._y, self._width - label_width, height)
            label = wrap(self._surface, block.label, sheet.face, size, label_width - 8)
            top = self._y + (height - len(label) * step) / 2 + size
            for number, line in enumerate(label):
                free = label_width - self._surface.width(line, sheet.face, size)
                self._surface.text(
                    self._left + free / 2, top + number * step, line, sheet.face, size
                )
        x = self._left + label_width + 7
        for number, line in enumerate(lines):
            self._surface.text(
                x + (2 * size if number == 0 else 0),
                self._y + 6 + size + number * step,
                line,
                sheet.face,
                size,
            )
        y = self._y + height - 12
        x = self._left + self._width * 0.42
        self._surface.text(x, y, block.signer_label, sheet.face, size)
        self._hand(
            x + self._surface.width(block.signer_label, sheet.face, size) + 6, y, block.signer
        )
        right = (
            self._left + self._width - self._surface.width(block.signed_on, sheet.face, size) - 8
        )
        self._surface.text(right, y, block.signed_on, sheet.face, size)
        self._y += height

    def _grid(self, block: Grid) -> None:
        size = self._sheet.size - 1.5
        self._ruled_row(
            [(text, share, True) for text, share in zip(block.header, block.widths, strict=True)],
            size,
        )
        for row in block.rows:
            self._ruled_row(
                [(text, share, share < 0.3) for text, share in zip(row, block.widths, strict=True)],
                size,
                20,
            )
        self._y += 6

    def _sign(self, block: Sign) -> None:
        sheet = self._sheet
        self._need(26)
        y = self._y + 18
        self._surface.text(self._left, y, block.label, sheet.face, sheet.size)
        self._hand(
            self._left + self._surface.width(block.label, sheet.face, sheet.size) + 8,
            y,
            block.names,
        )
        if block.signed_on:
            width = self._surface.width(block.signed_on, sheet.face, sheet.size)
            self._surface.text(
                PAGE_WIDTH - self._left - width, y, block.signed_on, sheet.face, sheet.size
            )
        self._y += 27

    def _seal_line(self, block: SealLine) -> None:
        sheet = self._sheet
        self._need(104)
        self._y += 34
        lines = [line for line in (block.name, block.sub, block.dated_on) if line]
        middle = PAGE_WIDTH - self._left - 100
        for number, line in enumerate(lines):
            width = self._surface.width(line, sheet.face, sheet.size)
            x = min(middle - width / 2, PAGE_WIDTH - self._left - width)
            self._surface.text(
                x, self._y + number * sheet.size * 1.7 + sheet.size, line, sheet.face, sheet.size
            )
        if block.seal:
            image = pictures.seal(
                block.name, block.seal if block.seal != "公章" else "", block.dated_on[:4]
            )
            self._surface.picture(
                middle - 50 + self._rng.uniform(-8, 8), self._y - 38, 106, 106, image
            )
        self._y += max(44.0, len(lines) * sheet.size * 1.7) + 12

    def _card(self, block: Card) -> None:
        sheet = self._sheet
        size = sheet.size - 1
        width = self._width * block.width
        lines = [
            line
            for text in block.lines
            for line in wrap(self._surface, text, sheet.face, size, width - 28)
        ]
        height = 44 + len(lines) * size * 1.65
        self._need(height + 10)
        x = (PAGE_WIDTH - width) / 2
        self._box(x, self._y, width, height)
        self._box(x + 3, self._y + 3, width - 6, height - 6, 0.25)
        heading = self._surface.width(block.title, sheet.title_face, size + 2)
        self._surface.text(
            (PAGE_WIDTH - heading) / 2, self._y + 22, block.title, sheet.title_face, size + 2
        )
        for number, line in enumerate(lines):
            self._surface.text(x + 14, self._y + 44 + number * size * 1.65, line, sheet.face, size)
        if block.seal:
            self._surface.picture(
                x + width - 96, self._y + height - 92, 84, 84, pictures.seal(block.seal, "", "card")
            )
        self._y += height + 12

    def _photo(self, block: Photo) -> None:
        sheet = self._sheet
        width, height = 340.0, 222.0
        self._need(height + 20 + len(block.caption) * 17)
        image = pictures.scene(block.scene, block.plate, block.stamp)
        self._surface.picture((PAGE_WIDTH - width) / 2, self._y, width, height, image)
        self._y += height + 6
        for text in block.caption:
            for line in wrap(self._surface, text, sheet.face, sheet.size - 1, self._width - 40):
                self._surface.text(
                    self._left + 20, self._y + sheet.size, line, sheet.face, sheet.size - 1
                )
                self._y += (sheet.size - 1) * 1.5
        self._y += 12
