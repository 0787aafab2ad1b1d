"""An edition as a workbook of seven sheets: what is written here is read back the same."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from review.scoring.edition_columns import (
    DIMENSIONS,
    DIMENSIONS_SHEET,
    GRADES,
    GRADES_SHEET,
    HEAD,
    HEAD_SHEET,
    ITEM_SECTION,
    ITEMS,
    ITEMS_SHEET,
    NO,
    REASON_ITEM,
    REASONS,
    REASONS_SHEET,
    RESULTS,
    RESULTS_SHEET,
    SECTIONS,
    SECTIONS_SHEET,
    YES,
    EditionColumn,
)
from review.scoring.edition_file import EditionFile

EXACT_DIGITS = 15
"""A cell's number holds no more digits; longer ones are written as text."""


def edition_xlsx(model: EditionFile) -> bytes:
    """The workbook of an edition's file; the same file gives the same bytes."""
    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    content = model.model_dump(by_alias=True, exclude_defaults=True)
    with Workbook(target, options) as book:
        # the library writes the present time where none is given, and two exports would differ
        book.set_properties({"title": model.title.zh, "created": datetime(1980, 1, 1, tzinfo=UTC)})
        looks = _Looks(book)
        _write_head(book.add_worksheet(HEAD_SHEET), model.model_dump(by_alias=True), looks)
        _write(book.add_worksheet(GRADES_SHEET), GRADES, content.get("grades") or (), looks)
        results = [
            {"result": str(name.value), **words}
            for name, words in (content.get("results") or {}).items()
        ]
        _write(book.add_worksheet(RESULTS_SHEET), RESULTS, results, looks)
        dimensions = [
            {"id": name, **words} for name, words in (content.get("dimensions") or {}).items()
        ]
        _write(book.add_worksheet(DIMENSIONS_SHEET), DIMENSIONS, dimensions, looks)
        sections = content.get("sections") or ()
        _write(book.add_worksheet(SECTIONS_SHEET), SECTIONS, sections, looks)
        items = [
            {ITEM_SECTION: section.get("id", ""), **item}
            for section in (sections or ({"items": content.get("items") or ()},))
            for item in section["items"]
        ]
        first = EditionColumn(ITEM_SECTION, ITEM_SECTION, width=10)
        _write(book.add_worksheet(ITEMS_SHEET), (first, *ITEMS), items, looks)
        reasons = [
            {REASON_ITEM: item["id"], **reason}
            for item in items
            for reason in item.get("deduct", ())
        ]
        first = EditionColumn(REASON_ITEM, REASON_ITEM, width=12)
        _write(book.add_worksheet(REASONS_SHEET), (first, *REASONS), reasons, looks)
    return target.getvalue()


class _Looks:
    def __init__(self, book: Workbook) -> None:
        base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "border": 1}
        self.heading: Format = book.add_format(
            base | {"font_name": "黑体", "align": "center", "bg_color": "#F2F2F2"}
        )
        self.cell: Format = book.add_format(base | {"text_wrap": True})


def _write_head(sheet: Worksheet, content: Mapping[str, Any], looks: _Looks) -> None:
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, "项目", looks.heading)
    sheet.write_string(0, 1, "内容", looks.heading)
    for row, column in enumerate(HEAD, 1):
        sheet.write_string(row, 0, column.heading, looks.cell)
        _cell(sheet, row, 1, _value(content, column), looks.cell)


def _write(
    sheet: Worksheet,
    columns: Sequence[EditionColumn],
    rows: Iterable[Mapping[str, Any]],
    looks: _Looks,
) -> None:
    sheet.freeze_panes(1, 2)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.heading, looks.heading)
    for number, row in enumerate(rows, 1):
        for place, column in enumerate(columns):
            _cell(sheet, number, place, _value(row, column), looks.cell)


def _value(content: Mapping[str, Any], column: EditionColumn) -> object:
    value: Any = content
    for part in column.field.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    if value is None:
        return None
    written = {stored: shown for shown, stored in column.choices}
    if column.kind == "flag":
        return YES if value else NO
    if column.kind == "list":
        return "、".join(written.get(str(each), str(each)) for each in value)
    if column.kind == "choice":
        return written[value]
    return value


def _cell(sheet: Worksheet, row: int, place: int, value: object, looks: Format) -> None:
    if value is None:
        sheet.write_blank(row, place, None, looks)
    elif isinstance(value, int | Decimal) and len(str(value)) <= EXACT_DIGITS:
        sheet.write_number(row, place, float(value), looks)
    else:
        sheet.write_string(row, place, f"{value}", looks)
