"""The cells of an edition's workbook as the values of its file, with the place of each value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from review.common.datafile import Key
from review.common.tabular import CellProblem, CellValue, Formula, Row, Sheet, column_letter
from review.common.text import fold
from review.scoring.edition_columns import NO, YES, EditionColumn

HEADER_WITHIN = 6
_LIST = re.compile(r"[、,，;；\s]+")


@dataclass(frozen=True, slots=True)
class CellPlace:
    """Where a value stands; `column` None where the whole row is meant."""

    sheet: str
    row: int
    column: str | None


@dataclass
class EditionReading:
    """The content as it grows, where each key stands, and what is wrong."""

    content: dict[str, Any] = field(default_factory=dict)
    cells: dict[Key, CellPlace] = field(default_factory=dict)
    problems: list[CellProblem] = field(default_factory=list)

    def say(self, cell: CellPlace, zh: str, en: str) -> None:
        """Note what is wrong at a place."""
        self.problems.append(CellProblem(cell.sheet, cell.row, cell.column, zh, en))

    def cell_of(self, key: Key) -> CellPlace | None:
        """The cell of a key, else of its nearest parent."""
        while key:
            if key in self.cells:
                return self.cells[key]
            key = key[:-1]
        return None


def rows_of(
    reading: EditionReading,
    sheet: Sheet | None,
    columns: Sequence[EditionColumn],
    also: Sequence[str],
    *,
    key: Key,
) -> Iterator[tuple[dict[str, Any], Row]]:
    """The rows below the headings as content; `also` are headings whose words are kept as such."""
    if sheet is None:
        return
    header = _header(reading, sheet, columns, also)
    if header is None:
        return
    head, places = header
    number = 0
    for row in sheet.rows:
        if row.number <= head.number or row.is_blank:
            continue
        content: dict[str, Any] = {}
        own: Key = (*key, number)
        reading.cells[own] = CellPlace(sheet.name, row.number, "A")
        for heading in also:
            if heading in places:
                value = row.value(places[heading])
                content[heading] = None if value is None else _as_text(value)
        for column in columns:
            if column.heading in places:
                place = places[column.heading]
                cell = CellPlace(sheet.name, row.number, column_letter(place))
                put(reading, content, own, column=column, value=row.value(place), cell=cell)
        yield content, row
        number += 1


def _header(
    reading: EditionReading, sheet: Sheet, columns: Sequence[EditionColumn], also: Sequence[str]
) -> tuple[Row, dict[str, int]] | None:
    wanted = {*also, *(column.heading for column in columns)}
    for row in sheet.rows[:HEADER_WITHIN]:
        texts = [
            "" if value is None else fold(str(value)).replace("(", "（").replace(")", "）").strip()
            for value in row.values
        ]
        places = {text: place for place, text in enumerate(texts) if text in wanted}
        if len(places) < 2:
            continue
        for place, text in enumerate(texts):
            if text and text not in wanted:
                cell = CellPlace(sheet.name, row.number, column_letter(place))
                reading.say(cell, f"没有“{text}”这一列", f"there is no column {text}")
        return row, places
    if any(not row.is_blank for row in sheet.rows):
        zh = f"没有表头，应有：{'、'.join(column.heading for column in columns[:4])}…"
        reading.say(CellPlace(sheet.name, 1, None), zh, "there is no heading row")
    return None


def put(
    reading: EditionReading,
    content: dict[str, Any],
    key: Key,
    *,
    column: EditionColumn,
    value: CellValue,
    cell: CellPlace,
) -> None:
    """Put one value where its column says; empty cells leave the default."""
    if isinstance(value, Formula):
        reading.say(cell, f"公式 {value.text} 没有结果", "a formula without result")
        return
    if value is None or not str(value).strip():
        return
    made = _value(reading, column, value, cell)
    if made is None:
        return
    parts = tuple(column.field.split("."))
    target = content
    for part in parts[:-1]:
        target = target.setdefault(part, {})
    target[parts[-1]] = made
    for length in range(1, len(parts) + 1):
        reading.cells.setdefault((*key, *parts[:length]), cell)


def _value(
    reading: EditionReading, column: EditionColumn, value: CellValue, cell: CellPlace
) -> object | None:
    text = _as_text(value)
    match column.kind:
        case "number":
            try:
                number = Decimal(text)
            except InvalidOperation:
                number = None
            if number is None or not number.is_finite():
                reading.say(cell, f"“{text}”不是数字", f"{text} is no number")
                return None
            return number
        case "flag":
            if text not in (YES, NO):
                reading.say(cell, f"“{text}”应为“{YES}”或者“{NO}”", f"{text}: {YES} or {NO}")
                return None
            return text == YES
        case "choice":
            return _choice(reading, column, text, cell)
        case "list":
            parts = [part for part in _LIST.split(text) if part]
            if not column.choices:
                return parts
            made = [_choice(reading, column, part, cell) for part in parts]
            return None if None in made else made
        case _:
            return text


def _choice(
    reading: EditionReading, column: EditionColumn, text: str, cell: CellPlace
) -> object | None:
    known = dict(column.choices)
    if text in known:
        return known[text]
    choice = "、".join(known)
    reading.say(cell, f"“{text}”应为{choice}之一", f"{text} must be one of {choice}")
    return None


def _as_text(value: CellValue) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()
