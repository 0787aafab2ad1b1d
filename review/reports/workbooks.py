"""Workbooks of figures: sheets with typed columns, sums that are written, and native charts.

Text is written as text whatever it begins with; nothing in a workbook is computed when it is
opened, so that it says what every other paper says.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, Literal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from review.reports.charts import Chart
from review.reports.words import clean

Kind = Literal["text", "number", "percent", "date", "centred"]
Cell = str | int | Decimal | date | None

BODY_FONT = "宋体"
HEADER_ROW = 2
MAX_CELL = 32_000
LINE_HEIGHT, MAX_HEIGHT = 15.0, 405.0

MOST_WIDE, LEAST_WIDE = 170, 9.0
"""Characters across: with so many, type of 11 points is printed at about 9 on A4 laid across."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its heading, width in characters, and kind of cells."""

    heading: str
    width: float
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class SheetContent:
    """A sheet: name, title, a line about it, columns, rows and charts below them."""

    name: str
    title: str
    about: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    charts: tuple[Chart, ...] = ()


def workbook(sheets: Sequence[SheetContent], *, author: str, dated: date | None) -> bytes:
    """The workbook; the same content gives the same bytes."""
    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(target, options) as book:
        book.set_properties(
            {
                "title": clean(sheets[0].title),
                "author": clean(author),
                "created": datetime.combine(dated or date(1980, 1, 1), time(), UTC),
            }
        )
        formats = _Formats(book)
        for content in sheets:
            _write(book, book.add_worksheet(content.name[:31]), content, formats)
    return target.getvalue()


class _Formats:
    """The formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        base = {"font_name": BODY_FONT, "font_size": 11, "valign": "vcenter"}
        cell = base | {"border": 1, "text_wrap": True}
        self.title: Format = book.add_format(
            base | {"font_name": "黑体", "font_size": 16, "align": "center"}
        )
        self.about: Format = book.add_format(base | {"align": "left"})
        self.heading: Format = book.add_format(
            cell | {"font_name": "黑体", "align": "center", "bg_color": "#F2F2F2"}
        )
        self.of: dict[str, Format] = {
            "text": book.add_format(cell),
            "centred": book.add_format(cell | {"align": "center"}),
            "number": book.add_format(cell | {"align": "center", "num_format": "0.##"}),
            "whole": book.add_format(cell | {"align": "center", "num_format": "0"}),
            "percent": book.add_format(cell | {"align": "center", "num_format": '0.0"%"'}),
            "date": book.add_format(cell | {"align": "center", "num_format": "yyyy-mm-dd"}),
        }


def _write(book: Workbook, sheet: Worksheet, content: SheetContent, formats: _Formats) -> None:
    last = len(content.columns) - 1
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.center_horizontally()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW)
    sheet.freeze_panes(HEADER_ROW + 1, 0)
    sheet.set_footer("&C— &P —")
    sheet.set_row(0, 28)
    sheet.set_row(HEADER_ROW, 28)
    for row, text, look in ((0, content.title, formats.title), (1, content.about, formats.about)):
        if last:
            sheet.merge_range(row, 0, row, last, "", look)
        sheet.write_string(row, 0, clean(text), look)
    fitted = fitted_widths(content.columns)
    for index, column in enumerate(content.columns):
        sheet.set_column(index, index, fitted[index])
        sheet.write_string(HEADER_ROW, index, clean(column.heading), formats.heading)
    for number, cells in enumerate(content.rows, HEADER_ROW + 1):
        lines = 1
        for index, (column, value) in enumerate(zip(content.columns, cells, strict=True)):
            _cell(sheet, (number, index), column, value, formats)
            if isinstance(value, str):
                lines = max(lines, _lines(value, fitted[index]))
        sheet.set_row(number, min(lines * LINE_HEIGHT + 6, MAX_HEIGHT))
    if content.rows:
        sheet.autofilter(HEADER_ROW, 0, HEADER_ROW + len(content.rows), last)
    below = HEADER_ROW + len(content.rows) + 3
    for place, chart in enumerate(each for each in content.charts if not each.is_empty):
        _chart(book, sheet, chart, below + place * 18)


def fitted_widths(columns: Sequence[SheetColumn]) -> list[float]:
    """The widths with which a sheet prints legibly on one page across.

    Columns of text give what is too much, in proportion, since they wrap; figures and days do not.
    """
    wide = sum(column.width for column in columns)
    text = sum(column.width for column in columns if column.kind == "text")
    if wide <= MOST_WIDE or not text:
        return [column.width for column in columns]
    share = max(text - (wide - MOST_WIDE), 0) / text
    return [
        max(round(column.width * share, 1), LEAST_WIDE) if column.kind == "text" else column.width
        for column in columns
    ]


def _cell(
    sheet: Worksheet, place: tuple[int, int], column: SheetColumn, value: Cell, formats: _Formats
) -> None:
    row, index = place
    look = formats.of[column.kind]
    if value is None or value == "":
        sheet.write_blank(row, index, None, look)
    elif isinstance(value, date):
        sheet.write_datetime(row, index, datetime.combine(value, time()), look)
    elif isinstance(value, str):
        text = clean(value)
        sheet.write_string(row, index, text if len(text) <= MAX_CELL else text[:MAX_CELL], look)
    else:
        whole = isinstance(value, int) or value == value.to_integral_value()
        is_number = column.kind == "number"
        sheet.write_number(
            row, index, float(value), formats.of["whole"] if whole and is_number else look
        )


def _lines(text: str, width: float) -> int:
    room = max(width - 1.5, 2)
    return sum(
        max(1, math.ceil(sum(2.1 if ord(ch) > 0x2E7F else 1.05 for ch in line) / room))
        for line in text.split("\n")
    )


def _chart(book: Workbook, sheet: Worksheet, chart: Chart, row: int) -> None:
    """A chart of the values, which stand in hidden cells far to the right of the table."""
    kinds = {"columns": "column", "bars": "bar", "lines": "line"}
    made: Any = book.add_chart({"type": kinds[chart.kind]})
    first = 40
    sheet.set_column(first, first + len(chart.series), None, None, {"hidden": True})
    for offset, name in enumerate(chart.categories):
        sheet.write_string(row + offset, first, clean(name))
        for place, series in enumerate(chart.series, 1):
            value = series.values[offset]
            if value is not None:
                sheet.write_number(row + offset, first + place, float(value))
    end = row + len(chart.categories) - 1
    for place, series in enumerate(chart.series, 1):
        made.add_series(
            {
                "name": series.name,
                "categories": [sheet.get_name(), row, first, end, first],
                "values": [sheet.get_name(), row, first + place, end, first + place],
                "data_labels": {"value": True},
            }
        )
    made.set_title({"name": chart.title, "name_font": {"size": 12, "bold": False}})
    made.show_hidden_data()
    # a bar tells by its length, so it begins at nothing; a line may begin where its values are
    if chart.kind == "bars":
        made.set_y_axis({"reverse": True})
        made.set_x_axis({"min": 0, "label_position": "high"})
    elif chart.kind == "columns":
        made.set_y_axis({"min": 0})
    if len(chart.series) == 1:
        made.set_legend({"none": True})
    made.set_size({"width": 720, "height": 330})
    sheet.insert_chart(row, 0, made)
