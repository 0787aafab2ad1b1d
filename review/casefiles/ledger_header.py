"""Where the header of a ledger stands and which column carries which field."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from review.casefiles.ledger_columns import column_of
from review.common.tabular import CellValue, Formula, Row, Sheet, Workbook, column_number

HEADER_ROWS = 15
"""The header stands within this many rows from the top; titles and notes may stand above it."""


@dataclass(frozen=True, slots=True)
class Header:
    """Columns by field (0 is A), the headings, and the index of the first row below."""

    columns: Mapping[str, int]
    headings: tuple[str, ...]
    row_number: int
    below: int


def find_header(sheet: Sheet, mapping: Mapping[str, str]) -> Header | None:
    """The row, or pair of rows, near the top that names most fields, the case number among them."""
    best: Header | None = None
    top = sheet.rows[:HEADER_ROWS]
    for index, row in enumerate(top):
        single = [heading_text(value) for value in row.values]
        candidates = [(single, index + 1)]
        if index + 1 < len(top) and any(column_of(heading) for heading in single):
            candidates.append((_joined(single, top[index + 1]), index + 2))
        for headings, below in candidates:
            columns = _recognised(headings, mapping)
            enough = "case_no" in columns and (len(columns) > 1 or len(headings) == 1 or mapping)
            if enough and (best is None or len(columns) > len(best.columns)):
                best = Header(columns, tuple(headings), row.number, below)
    return best


def likely_headings(sheet: Sheet) -> tuple[str, ...]:
    """The headings of a sheet whether or not they are understood: the row with most words on top.

    Empty where no row near the top has two words.
    """
    best: tuple[str, ...] = ()
    for row in sheet.rows[:HEADER_ROWS]:
        words = tuple(dict.fromkeys(text for value in row.values if (text := _word(value))))
        if len(words) > max(len(best), 1):
            best = words
    return best


def _word(value: CellValue) -> str:
    """A cell that may be a heading: text with a letter that is no date and no number."""
    if not isinstance(value, str) or isinstance(value, Formula):
        return ""
    return value if any(each.isalpha() for each in value) and len(value) <= 30 else ""


def fingerprint(workbook: Workbook) -> str:
    """Names the form of a ledger by the headings of its sheets; the same next month."""
    forms = sorted(
        {"\n".join(found) for sheet in workbook.sheets if (found := likely_headings(sheet))}
    )
    return hashlib.sha256("\f".join(forms).encode()).hexdigest() if forms else ""


def heading_text(value: CellValue) -> str:
    """A cell as a heading; empty for nothing and for a formula."""
    return "" if value is None or isinstance(value, Formula) else str(value)


def _joined(upper: Sequence[str], row: Row) -> list[str]:
    """Headings of two rows: a merged upper heading runs on to the right.

    Both together are the heading; the lower alone where only that means a field (立案日期 below
    日期), but not a bare 单位, which below 当事人 is the party.
    """
    joined = []
    running = ""
    for column in range(max(len(upper), len(row.values))):
        above = upper[column] if column < len(upper) else ""
        below = heading_text(row.value(column))
        running = above or (running if below else "")
        both = running + below
        alone = column_of(both) is None and column_of(below) is not None
        joined.append(below if alone and not (running and len(below) <= 2) else both)
    return joined


def _recognised(headings: Sequence[str], mapping: Mapping[str, str]) -> dict[str, int]:
    """Field to column: the caller's mapping first, then the best synonym of each field."""
    columns: dict[str, int] = {}
    for name, wanted in mapping.items():
        letters = column_number(wanted.strip())
        if wanted in headings:
            columns[name] = headings.index(wanted)
        elif letters is not None and letters < len(headings):
            columns[name] = letters
    ranks: dict[str, int] = {}
    for index, heading in enumerate(headings):
        found = column_of(heading)
        if found is None or index in columns.values() or found.field in mapping:
            continue
        if found.field not in ranks or found.rank < ranks[found.field]:
            ranks[found.field] = found.rank
            columns[found.field] = index
    return columns
