"""The file's own index (卷内目录): what it lists, and on which pages of the source that lies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from review.documents.kinds import match_title, plain_title
from review.documents.model import Block, Page
from review.documents.readers.layout import rows_of

_TITLE_COLUMN = re.compile(
    r"(?:材料|文书|文件|证据|题)?(?:名称|题名|标题|文件名|文书名|材料名|目录|内容|题目|文件材料)"
)
_PAGE_COLUMN = re.compile(r"页(?:号|码|次|数)|所在页|起止页")
_PAGES = re.compile(r"^\s*(\d{1,4})\s*(?:[-—–~～至到－]+\s*(\d{1,4}))?\s*$")
_WHOLE_ROWS = 5
_LOOSE_ROW = re.compile(
    r"^\s*(?:\d{1,3}|[一二三四五六七八九十百]{1,4})[.、\s]+(?P<title>[^\d\s][^\s]{1,30}?)[\s.…·]+(?:.*?[\s.…·])?"
    r"(?P<first>\d{1,4})(?:\s*[-—–~～至]\s*(?P<last>\d{1,4}))?\s*$"
)


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One listed paper; pages as printed, None where none is given."""

    title: str
    page_from: int | None
    page_to: int | None


def rows_of_index(pages: Sequence[Page]) -> list[IndexRow]:
    """The rows of an index, over all its pages, in order."""
    rows: list[IndexRow] = []
    columns: tuple[int, int] | None = None
    for page in pages:
        by_table: dict[int, dict[int, dict[int, Block]]] = {}
        for block in page.blocks:
            if block.cell is not None:
                table = by_table.setdefault(block.cell.table, {})
                table.setdefault(block.cell.row, {})[block.cell.column] = block
        if not by_table:
            rows.extend(_loose_rows(page))
            continue
        for table in by_table.values():
            for number in sorted(table):
                row = table[number]
                header = _columns(row)
                if header is not None:
                    columns = header
                elif columns is not None:
                    read = _row(row, columns)
                    if read is not None:
                        rows.append(read)
    return rows


def _columns(row: dict[int, Block]) -> tuple[int, int] | None:
    """The columns of title and page, if a row is the head of the table."""
    texts = {column: plain_title(block.text) for column, block in row.items()}
    page = [column for column, text in texts.items() if _PAGE_COLUMN.search(text)]
    title = [column for column, text in texts.items() if _TITLE_COLUMN.search(text)]
    return (title[-1], page[0]) if title and page else None


def _row(row: dict[int, Block], columns: tuple[int, int]) -> IndexRow | None:
    title = row.get(columns[0])
    if title is None or not plain_title(title.text):
        return None
    pages = row.get(columns[1])
    match = _PAGES.match(pages.text) if pages is not None else None
    first = int(match.group(1)) if match else None
    last = int(match.group(2)) if match and match.group(2) else first
    return IndexRow(title.text.strip(), first, last)


def is_index_row(text: str) -> bool:
    """Whether a row of a page reads like one of an index: number, title, page."""
    return _LOOSE_ROW.match(text) is not None


def carries_on_index(page: Page) -> bool:
    """Whether a page without rulings holds rows of an index and nothing else but its number.

    On a photograph a row may fall apart or lose its number: one of five that are whole may.
    """
    rows = ["  ".join(line.text for line in row) for row in rows_of(page.lines)]
    listed = [text for text in rows if is_index_row(text)]
    others = [text for text in rows if not is_index_row(text) and len(plain_title(text)) > 4]
    return bool(listed) and _WHOLE_ROWS * len(others) <= len(listed)


def _loose_rows(page: Page) -> list[IndexRow]:
    """Rows of an index without rulings: number, title, and the page at the end."""
    if any(line.box is None for line in page.lines):
        texts = [block.text for block in page.blocks]
    else:
        texts = ["  ".join(line.text for line in row) for row in rows_of(page.lines)]
    rows = []
    for text in texts:
        match = _LOOSE_ROW.match(text)
        if match:
            first = int(match.group("first"))
            last = int(match.group("last")) if match.group("last") else first
            rows.append(IndexRow(match.group("title"), first, last))
    return rows


def real_pages(
    rows: Sequence[IndexRow], pages: Sequence[Page], known: dict[str, list[int]]
) -> dict[int, IndexRow]:
    """Which page of the source (its number) every listed paper begins on.

    The printed numbers of the pages decide; where they are missing, the offset between listed page
    and source page on which most titles that were found elsewhere agree. `known` maps plain titles,
    and the kinds they stand for, to the pages on which they were found.
    """
    by_printed: dict[int, int] = {}
    for page in pages:
        if page.printed_number is not None and page.number is not None:
            by_printed.setdefault(page.printed_number, page.number)
    offsets: Counter[int] = Counter(number - printed for printed, number in by_printed.items())
    for row in rows:
        if row.page_from is not None:
            offsets.update(
                number - row.page_from for number in known.get(plain_title(row.title), ())
            )
    if not offsets:
        return {}
    offset, votes = offsets.most_common(1)[0]
    if votes < 2:
        return {}
    numbers = {page.number for page in pages}
    listed = {
        row.page_from + offset: row
        for row in rows
        if row.page_from is not None and row.page_from + offset in numbers
    }
    return {number: row for number, row in listed.items() if not _misprinted(number, listed, known)}


def _misprinted(number: int, listed: dict[int, IndexRow], known: dict[str, list[int]]) -> bool:
    """Whether a row gives a wrong page: its paper has its title on a page that no row lists.

    The title on the page itself is worth more than one number of the index; a row that was
    misprinted would cut a paper of several pages in two.
    """
    title = listed[number].title
    match = match_title(title)
    titled = known.get(plain_title(title), ())
    if not titled and match is not None and not match.is_generic:
        titled = known.get(match.kind, ())
    return number not in titled and any(each not in listed for each in titled)
