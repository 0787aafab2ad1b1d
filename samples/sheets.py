"""The look of a file on paper, and breaking text into lines as Chinese type does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from samples.surfaces import Surface

NO_LINE_START = "，。；：！？、）》」』”’〕]%"
NO_LINE_END = "（《「『“‘〔["
TOKEN = re.compile(r"[A-Za-z0-9.:/_+%-]+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a file looks on paper.

    Attributes:
        face: Font of the text.
        title_face: Font of headings.
        form: Whether fields stand in ruled tables, on label lines or in running text.
        page_mark: Pattern of the printed page number.
        mark_at: Where the page number stands.
    """

    face: str
    title_face: str
    form: Literal["ruled", "lines", "prose"]
    size: float = 11.5
    title_size: float = 20.0
    margin: float = 68.0
    leading: float = 1.65
    page_mark: str = "{n}"
    mark_at: Literal["right", "centre", "top"] = "right"
    hand: str = "kai"


def wrap(
    surface: Surface, text: str, face: str, size: float, width: float, *, indent: float = 0.0
) -> list[str]:
    """Break `text` into lines of at most `width` points; the first is set in by `indent`.

    Numbers and Latin words stay whole where they fit; no line begins with a closing mark or ends
    with an opening one.
    """
    lines: list[str] = []
    for piece in text.split("\n"):
        line = ""
        room = width - indent
        for found in TOKEN.findall(piece):
            tokens = [found] if surface.width(found, face, size) <= width * 0.5 else list(found)
            for token in tokens:
                if not line or surface.width(line + token, face, size) <= room:
                    line += token
                    continue
                if token in NO_LINE_START:
                    line += token
                    continue
                carry = ""
                while line and line[-1] in NO_LINE_END:
                    carry = line[-1] + carry
                    line = line[:-1]
                lines.append(line)
                line = carry + token
                room = width
        lines.append(line)
        indent = 0.0
    return lines
