"""What a paper of a forged case file is made of, before any surface is chosen."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Title:
    """The heading; `over` stands above it, `spread` puts gaps between the characters."""

    text: str
    over: str = ""
    spread: bool = False


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph. `hand` is written in the hand font, `small` one size smaller."""

    text: str
    indent: bool = True
    align: Literal["left", "right", "center"] = "left"
    hand: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A table; a short row's last cell goes to the right edge. `widths` are shares of the page."""

    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    ruled: bool = True
    head: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph or a copy pasted in: a grey picture with these words below it."""

    words: tuple[str, ...] = ()
    height: float = 150


@dataclass(frozen=True, slots=True)
class Seal:
    """A round red seal with that name, over what stands before it."""

    name: str


@dataclass(frozen=True, slots=True)
class Code:
    """A square code in the corner."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Empty space in points."""

    points: float


Block = Title | Para | Form | Picture | Seal | Code | Gap


@dataclass(slots=True)
class Paper:
    """One paper: its official kind, the title it bears, its blocks, its date for the index.

    `on_index` tells whether the file index lists it; the cover and the index are not listed.
    """

    kind: str
    title: str
    blocks: list[Block] = field(default_factory=list)
    dated_on: date | None = None
    on_index: bool = True


@dataclass(frozen=True, slots=True)
class Look:
    """How a house's papers look: fonts by role, sizes in points, page margins, the foot of a page.

    `foot` has `{page}`; empty prints none. `running` stands at the top of every page.
    """

    body: str
    head: str
    hand: str
    size: float
    leading: float
    margins: tuple[float, float, float, float]
    foot: str = ""
    running: str = ""
    grid: float = 0.5


def letter(kind: str, title: str, day: date | None, *lines: str) -> Paper:
    """A plain paper of paragraphs; a line that begins with ">" stands at the right."""
    blocks: list[Block] = [Title(title)]
    for line in lines:
        right = line.startswith(">")
        text = line.removeprefix(">")
        blocks.append(Para(text, indent=not right, align="right" if right else "left"))
    return Paper(kind, title, blocks, day)
