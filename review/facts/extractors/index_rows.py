"""卷内目录 without rulings: rows and columns told by where the words stand on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.common.chinese_dates import parse_date
from review.common.text import fold, label
from review.documents.model import Box, Line, Page
from review.facts import labels
from review.facts.model import IndexEntry
from review.facts.paper import Paper

_NUMBERS = frozenset({"序号", "顺序", "顺序号", "编号", "序"})
_ORDER = re.compile(r"[(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[).、]?")
_PAGES = re.compile(r"\d{1,4}(?:[-~—至]+\d{1,4})?")
_TITLE = re.compile(r"[\u4e00-\u9fff]{2}")
_DOCUMENT_NO = re.compile(r"[\[(〔]\d{4}[\])〕]")


def rows(paper: Paper) -> list[tuple[str, str, str]]:
    """(title, pages, date) of every row below the heads, in order; told by what a cell looks like.

    The heads of such an index stand in the middle of their columns and the cells at the left, so
    that places alone would mix them up.
    """
    found: list[tuple[str, str, str]] = []
    headed = False
    for page in paper.document.pages:
        for row in _rows(page):
            words = [fold("".join(text.split())) for text, _ in row]
            if any(label(each) in labels.INDEX_TITLE for each in words) and any(
                label(each) in labels.INDEX_PAGE | _NUMBERS for each in words
            ):
                headed = True
            elif headed and len(words) > 1:
                cells = _cells(words)
                if cells is not None:
                    found.append(cells)
    return found


def _cells(words: list[str]) -> tuple[str, str, str] | None:
    """Title, pages and date of a row; None for a row without a title or without a number."""
    rest = list(words)
    numbered = _ORDER.fullmatch(rest[0]) is not None
    if numbered:
        rest = rest[1:]
    paged = bool(rest) and _PAGES.fullmatch(rest[-1]) is not None
    pages = rest.pop() if paged else ""
    day = next((each for each in rest if parse_date(each) is not None), "")
    titles = [
        each
        for each in rest
        if each != day and _TITLE.search(each) and not _DOCUMENT_NO.search(each)
    ]
    if not titles or not (numbered or paged):
        return None
    return titles[0], pages, day


def entries(paper: Paper) -> Iterator[tuple[IndexEntry, str]]:
    """The rows as entries without pages, each with the words of its page column."""
    for title, pages, day in rows(paper):
        yield IndexEntry(title, None, None, parse_date(day)), pages


def _rows(page: Page) -> list[list[tuple[str, Box]]]:
    """The lines of a page that stand side by side, from top to bottom and left to right."""
    lines = sorted(
        (
            (line, line.box)
            for line in page.lines
            if isinstance(line, Line) and line.box is not None and line.text.strip()
        ),
        key=lambda each: each[1].top,
    )
    found: list[list[tuple[str, Box]]] = []
    for line, box in lines:
        if found and _beside(found[-1][0][1], box):
            found[-1].append((line.text.strip(), box))
        else:
            found.append([(line.text.strip(), box)])
    return [sorted(row, key=lambda each: each[1].left) for row in found]


def _beside(one: Box, other: Box) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > 0.5 * min(one.bottom - one.top, other.bottom - other.top)
