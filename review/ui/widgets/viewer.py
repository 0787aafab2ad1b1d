"""A page of a case file with the words that matter marked on it.

The image comes from the checked route, so what may not be seen is not shown. Marks are drawn over
it in percent of the page; their numbers are the only data in the markup beside escaped text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Protocol

import streamlit as st

from review.i18n import _

Box = tuple[float, float, float, float]
MARGIN = 4.0
CLOSE_UP_HEIGHT = 132
"""Height of the enlarged excerpt, in CSS pixels."""


class PageImage(Protocol):
    """What the viewer needs of a page: size in points and the address of its image."""

    @property
    def width(self) -> float:
        """Width in points."""

    @property
    def height(self) -> float:
        """Height in points."""

    @property
    def number(self) -> int | None:
        """Number within its source; None for DOCX."""

    @property
    def view_url(self) -> str:
        """Address of the image; empty where there is none."""


def page_with_marks(
    page: PageImage, boxes: Sequence[Box], *, doubtful: Sequence[Box] = (), width: int = 100
) -> None:
    """The page, its marks, and above it an enlarged excerpt around the first mark.

    `boxes` in points from the top-left of the page, `doubtful` those that were not read or only
    with doubt; `width` in percent of the column.
    """
    if boxes:
        st.html(_close_up(page, boxes))
    drawn = _image(page) + _marks(page, doubtful, "cr-doubtful") + _marks(page, boxes)
    st.html(f'<div class="cr-paper" style="width:{int(width)}%">{drawn}</div>')


def text_with_marks(lines: Iterable[str], quotes: Iterable[str]) -> None:
    """The text of a paper without page images (DOCX), with the quoted words marked."""
    wanted = [quote for quote in quotes if quote]
    paragraphs = "".join(f"<p>{_marked(line, wanted)}</p>" for line in lines)
    st.html(f'<div class="cr-text" tabindex="0">{paragraphs}</div>')


def _image(page: PageImage) -> str:
    words = escape(_("Page {number}", number=page.number))
    return (
        f'<img src="{escape(page.view_url)}" alt="{words}" '
        f'style="aspect-ratio:{page.width:.1f}/{page.height:.1f}">'
    )


def _marks(page: PageImage, boxes: Sequence[Box], look: str = "cr-mark") -> str:
    if not page.width or not page.height:
        return ""
    marks = []
    for left, top, right, bottom in boxes:
        marks.append(
            f'<div class="{look}" style="'
            f"left:{100 * (left - 1) / page.width:.3f}%;top:{100 * (top - 1) / page.height:.3f}%;"
            f"width:{100 * (right - left + 2) / page.width:.3f}%;"
            f'height:{100 * (bottom - top + 2) / page.height:.3f}%"></div>'
        )
    return "".join(marks)


def _close_up(page: PageImage, boxes: Sequence[Box]) -> str:
    """A strip of the page at about twice its size, with the first mark in its middle."""
    left, top, right, bottom = boxes[0]
    if not page.width or not page.height:
        return ""
    zoom = min(2.2, max(1.1, 0.9 * page.width / max(right - left, 1.0)))
    middle_x = min(max((left + right) / 2 / page.width, 0.5 / zoom), 1 - 0.5 / zoom)
    middle_y = (top + bottom) / 2 / page.height
    shift_x = 50 - 100 * zoom * middle_x
    return (
        f'<div class="cr-close-up" style="height:{CLOSE_UP_HEIGHT}px" aria-hidden="true">'
        f'<div style="position:absolute;width:{100 * zoom:.1f}%;left:{shift_x:.2f}%;top:50%;'
        f'line-height:0;transform:translateY(-{100 * middle_y:.3f}%)">'
        f"{_image(page)}{_marks(page, boxes)}</div></div>"
    )


def _marked(line: str, quotes: Sequence[str]) -> str:
    for quote in quotes:
        if quote in line:
            before, after = line.split(quote, 1)
            return f"{escape(before)}<mark>{escape(quote)}</mark>{escape(after)}"
    return escape(line)
