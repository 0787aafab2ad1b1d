"""What a paper consists of, independent of whether it becomes a PDF page, a scan or Word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Title:
    """Heading of a paper, with the organ above and the case number below where the form has them."""

    text: str
    organ: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; `indent` sets the first line in by two characters."""

    text: str
    indent: bool = True
    align: Literal["left", "center", "right"] = "left"
    size: float = 0.0
    space_after: float = 0.0


@dataclass(frozen=True, slots=True)
class Rows:
    """Fields of a form: each row holds one or more (label, value) pairs."""

    rows: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class Opinion:
    """A field in which somebody gives an opinion and signs; every part may be left blank."""

    label: str
    text: str
    signer_label: str
    signer: str
    signed_on: str
    height: float = 62.0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a header row. Widths are shares of the text width."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """A signature line: label in print, names by hand, date."""

    label: str
    names: str
    signed_on: str = ""


@dataclass(frozen=True, slots=True)
class Footing:
    """Signatures at the foot of every page of a record."""

    signs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SealLine:
    """Name of an organ or company and date, on the right, under a red seal."""

    name: str
    dated_on: str
    seal: str = ""
    sub: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A licence or slip that was copied: a box with a heading and lines."""

    title: str
    lines: tuple[str, ...]
    seal: str = ""
    width: float = 0.72


@dataclass(frozen=True, slots=True)
class Photo:
    """A drawn picture that stands for a photograph."""

    scene: str
    plate: str
    caption: tuple[str, ...]
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """Empty space, in points."""

    height: float


Block = Title | Para | Rows | Opinion | Grid | Sign | Footing | SealLine | Card | Photo | Gap


@dataclass(slots=True)
class Paper:
    """One paper of a file.

    Attributes:
        kind: Kind in the fixed vocabulary of the project (truth).
        title: What the paper calls itself.
        blocks: Its content.
        dated_on: Date for the index, if the index gives one.
        numbered: False for cover, index and remarks sheet, which bear no page number.
    """

    kind: str
    title: str
    blocks: Sequence[Block]
    dated_on: date | None = None
    numbered: bool = True
    index_title: str = ""
    pages: tuple[int, int] | None = field(default=None, compare=False)

    def plain_text(self) -> str:
        """Return all printed and written words in reading order, a line a block."""
        return "\n".join(text for block in self.blocks for text in block_text(block))


def block_text(block: Block) -> list[str]:
    """Return the words of one block, in the order in which they are drawn."""
    match block:
        case Title(text, organ, number):
            return [part for part in (organ, text, number) if part]
        case Para(text=text):
            return [text]
        case Rows(rows):
            return [part for row in rows for pair in row for part in pair if part]
        case Opinion(label, text, signer_label, signer, signed_on):
            return [part for part in (label, text, signer_label, signer, signed_on) if part]
        case Grid(header, rows):
            return [*header, *(cell for row in rows for cell in row if cell)]
        case Sign(label, names, signed_on):
            return [part for part in (label, names, signed_on) if part]
        case Footing(signs):
            return [part for pair in signs for part in pair if part]
        case SealLine(name, dated_on, sub=sub):
            return [part for part in (name, sub, dated_on) if part]
        case Card(title, lines):
            return [title, *lines]
        case Photo(caption=caption):
            return list(caption)
        case Gap():
            return []
