"""The title of a page: a line of its own near the top, told by place, size and words together."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from review.documents.file_index import is_index_row
from review.documents.kinds import (
    TitleMatch,
    match_content,
    match_title,
    names_an_agency,
    plain_title,
)
from review.documents.model import Line, Page
from review.documents.readers.layout import height_of, rows_of

_TOP = 0.45  # share of the page within which a title stands
_ROWS = 9  # rows in which it is looked for
_CENTRED = 0.09  # share of the width by which a centred line may be off
_LARGER = 1.15
_PROMINENT = 1.3
_SURE, _WELL_SET = 0.8, 0.85  # a guess at a title must at least be set like one
_BROKEN = 0.9  # two rows taken together count less than a title on one row
_MOST_TITLES_REPEAT = 3

_PAGE_OF_PAPER = re.compile(r"第\s*(\d{1,3})\s*[页頁]\s*[,，/(（]?\s*共\s*(\d{1,3})\s*[页頁]")
_CARRIED_ON = re.compile(
    r"(?:[（(]\s*续\s*(?:页|表|\d+)?\s*[)）]|续\s*(?:页|表)\s*$|^\s*接上页|^\s*[（(]接上)"
)
_NO_TITLE = re.compile(r"[，。；：！？,;:!?]|年\d|^[\d\s\-—.]+$|号$|^[（(].*[)）]$")


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands at the head of a page.

    `match` is None for a prominent line that is no title we know; `weight` (0..1) says how much
    place and size speak for a title.
    """

    text: str
    match: TitleMatch | None
    weight: float


@dataclass(frozen=True, slots=True)
class PageSigns:
    """Everything on a page that tells whether a paper begins or goes on there.

    `numbered` is "第 n 页 共 m 页" as (n, m); `goes_on` says that the page carries on another.
    """

    heading: Heading | None
    content: TitleMatch | None
    numbered: tuple[int, int] | None
    goes_on: bool


def running_lines(pages: Sequence[Page]) -> frozenset[str]:
    """Lines that stand at the head or foot of many pages and so are no title of any of them."""
    seen: Counter[str] = Counter()
    for page in pages:
        edge = {
            plain_title(line.text)
            for line in page.lines
            if line.box is not None
            and (line.box.bottom < 0.075 * page.height or line.box.top > 0.925 * page.height)
        }
        seen.update(edge)
    least = max(_MOST_TITLES_REPEAT, len(pages) * 0.3)
    return frozenset(text for text, count in seen.items() if count >= least)


def signs_of(page: Page, running: frozenset[str]) -> PageSigns:
    """The signs of one page."""
    heading = _heading(page, running)
    text = page.text
    content = None
    if heading is None or heading.match is None or heading.match.is_generic:
        content = _inner_title(page, heading) or match_content(text)
    match = _PAGE_OF_PAPER.search(text)
    numbered = (int(match.group(1)), int(match.group(2))) if match else None
    first_rows = " ".join(line.text for line in page.lines[:4])
    carried_on = _CARRIED_ON.search(first_rows) is not None
    goes_on = carried_on or (numbered is not None and 1 < numbered[0] <= numbered[1])
    return PageSigns(heading, content, numbered, goes_on)


def without_numbers_of_the_file(signs: Sequence[PageSigns]) -> list[PageSigns]:
    """The signs, where "第 n 页 共 m 页" that counts through the whole file ends nothing.

    It does where pages of one total carry the titles of several papers.
    """
    titles: dict[int, set[str]] = {}
    for sign in signs:
        if (
            sign.numbered is not None
            and sign.heading is not None
            and sign.heading.match is not None
        ):
            titles.setdefault(sign.numbered[1], set()).add(sign.heading.match.kind)
    of_file = {total for total, kinds in titles.items() if len(kinds) > 1}
    return [
        replace(sign, goes_on=False)
        if sign.numbered is not None and sign.numbered[1] in of_file
        else sign
        for sign in signs
    ]


def _heading(page: Page, running: frozenset[str]) -> Heading | None:
    rows = _rows_at_the_top(page, running)
    if not rows:
        return None
    sizes = [height_of(line) for line in page.lines if line.box is not None]
    usual = statistics.median(sizes) if sizes else 0.0
    best: Heading | None = None
    prominent: Heading | None = None
    for place, row in enumerate(rows):
        if is_index_row("  ".join(line.text for line in row)):
            continue
        for text, lines in _readings(rows, place, row):
            weight = _weight(lines, page, usual, place) * (1.0 if lines == row else _BROKEN)
            match = match_title(text) if weight > 0 else None
            if match is not None and match.certainty < _SURE and weight < _WELL_SET:
                match = None
            if match is not None:
                found = Heading(text, match, weight)
                if best is None or _rank(found) > _rank(best) + 0.05:
                    best = found
            elif prominent is None and _is_prominent(text, lines, page, usual):
                prominent = Heading(text, None, weight)
    return best or prominent


def _rank(heading: Heading) -> float:
    assert heading.match is not None
    generic = 0.3 if heading.match.is_generic else 0.0
    return heading.weight * heading.match.certainty - generic


def _rows_at_the_top(page: Page, running: frozenset[str]) -> list[list[Line]]:
    """The rows that may hold the title, table cells left out unless they span their table."""
    lines: list[Line] = []
    for block in page.blocks:
        if block.cell is not None and (block.cell.row > 0 or block.cell.column > 0):
            continue
        if block.cell is not None and block.cell.column_span < 2:
            continue
        if len(block.lines) <= 2:
            lines.extend(block.lines)
    lines = [line for line in lines if plain_title(line.text) not in running]
    if any(line.box is None for line in lines):
        return [[line] for line in lines[:_ROWS]]
    top = [line for line in lines if line.box and line.box.top < _TOP * page.height]
    return rows_of(top)[:_ROWS]


def _readings(
    rows: list[list[Line]], place: int, row: list[Line]
) -> Iterable[tuple[str, list[Line]]]:
    """A row as a title, and together with the next one where a title may have been broken."""
    text = " ".join(line.text for line in row)
    yield text, row
    if place + 1 < len(rows) and len(row) == 1 and len(rows[place + 1]) == 1:
        after = rows[place + 1][0]
        if abs(height_of(row[0]) - height_of(after)) <= 0.2 * max(height_of(after), 0.1):
            yield text + after.text, [row[0], after]


def _weight(lines: Sequence[Line], page: Page, usual: float, place: int) -> float:
    """How much place and size speak for a title; 0 for a line in running text."""
    boxes = [line.box for line in lines if line.box is not None]
    if not boxes:
        return 0.95 if place <= 3 else 0.5
    left, right = min(box.left for box in boxes), max(box.right for box in boxes)
    is_centred = abs((left + right) / 2 - page.width / 2) <= _CENTRED * page.width
    is_larger = max(height_of(line) for line in lines) >= _LARGER * usual
    if is_centred and is_larger:
        return 1.0
    if is_larger:
        return 0.9
    if is_centred:
        return 0.85 if place <= 5 else 0.6
    return 0.7 if place <= 2 else 0.0


def _is_prominent(text: str, lines: Sequence[Line], page: Page, usual: float) -> bool:
    """Whether an unknown line is set like a title and is neither sentence nor agency."""
    plain = plain_title(text)
    if not 2 <= len(plain) <= 26 or _NO_TITLE.search(text.strip()) or names_an_agency(text):
        return False
    boxes = [line.box for line in lines if line.box is not None]
    if not boxes:
        return page.heading is not None and plain == plain_title(page.heading)
    left, right = min(box.left for box in boxes), max(box.right for box in boxes)
    is_centred = abs((left + right) / 2 - page.width / 2) <= _CENTRED * page.width
    return is_centred and min(height_of(line) for line in lines) >= _PROMINENT * usual


def _inner_title(page: Page, heading: Heading | None) -> TitleMatch | None:
    """The title of the copy on an evidence page: a line below the heading that names a kind."""
    outer = heading.text if heading is not None else None
    for line in page.lines[:14]:
        if line.text == outer or not 3 <= len(plain_title(line.text)) <= 24:
            continue
        match = match_title(line.text)
        if (
            match is not None
            and match.certainty >= 0.9
            and not match.is_generic
            and match.kind.endswith(("复印件", "截图", "票据", "单", "照片"))
        ):
            return TitleMatch(match.kind, 0.8, match.length)
    return None
