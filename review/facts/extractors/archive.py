"""Cover, file index, remarks sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.common.chinese_dates import find_dates, parse_date
from review.common.text import label
from review.facts import labels
from review.facts.extractors import index_rows
from review.facts.extractors.filing import labelled_day
from review.facts.fields import Form
from review.facts.model import Fact, IndexEntry
from review.facts.paper import Paper, Passage

_PAGES = re.compile(r"(?P<low>\d{1,4})(?:[-~至](?P<high>\d{1,4}))?")
_LETTER = re.compile(r"[A-OQ-Za-oq-z]")  # P.11 is a page
_ROW = re.compile(
    r"^(?P<number>\d{1,3})[.、 ]?(?P<title>[\u4e00-\u9fff(][\u4e00-\u9fff()、"
    r"《》\[\]\w]{1,50}?)(?:(?P<day>\d{4}[年.-]\d{1,2}[月.-]\d{1,2}日?))?[.·… "
    r"-]*(?P<pages>\d{1,4}(?:[-~]\d{1,4})?)?$"
)


def cover(paper: Paper, form: Form) -> Iterator[Fact]:
    """卷宗封面: what it repeats, and the day of archiving."""
    yield from labelled_day(paper, form, "archived_on", labels.ARCHIVED)
    yield from labelled_day(paper, form, "filed_on_quoted", labels.FILED)
    yield from labelled_day(paper, form, "closed_on_quoted", labels.CLOSED)


def remarks(paper: Paper, form: Form) -> Iterator[Fact]:
    """备考表: the day on which the file was made up."""
    found = list(labelled_day(paper, form, "archived_on", labels.ARCHIVED))
    yield from found
    if not found:
        days = [day for day in find_dates(paper.text) if day.value is not None]
        if days and days[-1].value is not None:
            yield paper.fact("archived_on", days[-1].value, days[-1].start, days[-1].end, 0.8)


def index(paper: Paper, form: Form) -> Iterator[Fact]:
    """卷内目录: every row with title, pages and date."""
    del form
    rows = _from_tables(paper) or _from_lines(paper) or _from_places(paper)
    if rows:
        yield paper.stated("index_entries", tuple(rows), 0.95)


def _from_tables(paper: Paper) -> list[IndexEntry]:
    tables: dict[tuple[int, int], dict[int, dict[int, Passage]]] = {}
    for passage in paper.passages:
        cell = passage.block.cell
        if cell is not None:
            rows = tables.setdefault((id(passage.page), cell.table), {})
            rows.setdefault(cell.row, {})[cell.column] = passage
    columns: dict[str, int] = {}
    found: list[IndexEntry] = []
    for rows in tables.values():
        for row in (rows[number] for number in sorted(rows)):
            heads = {
                column: label(paper.text[passage.start : passage.end])
                for column, passage in row.items()
            }
            titles = [column for column, head in heads.items() if head in labels.INDEX_TITLE]
            if titles:
                columns = {"title": titles[0]}
                for column, head in heads.items():
                    if head in labels.INDEX_PAGE:
                        columns["pages"] = column
                    elif head in labels.INDEX_DATE:
                        columns["day"] = column
                continue
            if "title" not in columns or columns["title"] not in row:
                continue
            title = _cell(paper, row, columns["title"])
            if len(title) < 2:
                continue
            pages = _pages(_cell(paper, row, columns.get("pages")))
            found.append(
                IndexEntry(title, *pages, parse_date(_cell(paper, row, columns.get("day"))))
            )
    return found


def _cell(paper: Paper, row: dict[int, Passage], column: int | None) -> str:
    passage = row.get(column) if column is not None else None
    return paper.text[passage.start : passage.end] if passage is not None else ""


def _pages(text: str) -> tuple[int | None, int | None]:
    match = _PAGES.search(text)
    if match is None or _LETTER.search(text):  # n1 is a misread 11, no page 1
        return None, None
    return int(match["low"]), int(match["high"]) if match["high"] else None


def _from_places(paper: Paper) -> list[IndexEntry]:
    """Rows of an index without rulings, whose cells stand apart."""
    return [
        IndexEntry(entry.title, *_pages(pages), entry.dated_on)
        for entry, pages in index_rows.entries(paper)
    ]


def _from_lines(paper: Paper) -> list[IndexEntry]:
    found: list[IndexEntry] = []
    for line in paper.text.split("\n"):
        match = _ROW.match(line)
        if match is None:
            continue
        pages = _pages(match["pages"] or "")
        found.append(IndexEntry(match["title"], *pages, parse_date(match["day"] or "")))
    return found
