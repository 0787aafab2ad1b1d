"""The rectification list as a workbook: typed cells, lists to choose from, and no live formula.

Text is written as text, whatever it begins with. The id column matches the rows when the workbook
comes back: see `read_back`.
"""

from __future__ import annotations

import io
import math
from datetime import UTC, date, datetime, time
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from review.rectification.lifecycle import STATE_WORDS
from review.rectification.tables import ItemState
from review.reports.content import RectificationListContent, RectificationRow
from review.reports.rectification_columns import COLUMNS, MAX_CELL, ListColumn
from review.reports.words import SEVERITY, clean, long_date, pick

HEADER_ROW = 2
"""Row of the headings, counted from 0: title and particulars stand above."""

BODY_FONT = "宋体"

LINE_HEIGHT, MAX_HEIGHT = 15.0, 405.0
"""In points; a row can be 409 points high at most."""


def rectification_xlsx(content: RectificationListContent, *, protect: bool = True) -> bytes:
    """The list as a workbook.

    Args:
        content: the list.
        protect: lock everything but the columns that the unit fills in. There is no password: the
            lock keeps from slips, `read_back` checks what comes in.

    The same content gives the same bytes.
    """
    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(target, options) as book:
        _set_properties(book, content)
        sheet = book.add_worksheet("整改清单" if content.language == "zh" else "Rectification")
        formats = _Formats(book)
        _set_page(sheet, content)
        _write_head(sheet, content, formats)
        for number, row in enumerate(content.rows, HEADER_ROW + 1):
            _write_row(sheet, number, row, content, formats)
        _validate(sheet, content)
        _write_signatures(sheet, content, formats)
        if protect:
            sheet.protect(
                "",
                {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True},
            )
    return target.getvalue()


class _Formats:
    """The formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        base = {"font_name": BODY_FONT, "font_size": 11, "valign": "vcenter"}
        cell = base | {"border": 1, "text_wrap": True}
        filled_in = {"locked": False, "bg_color": "#FFFBE6"}
        self.title: Format = book.add_format(
            base | {"font_name": "黑体", "font_size": 16, "align": "center"}
        )
        self.about: Format = book.add_format(base)
        self.heading: Format = book.add_format(
            cell | {"font_name": "黑体", "align": "center", "bg_color": "#F2F2F2"}
        )
        self.text: Format = book.add_format(cell)
        self.centred: Format = book.add_format(cell | {"align": "center"})
        self.day: Format = book.add_format(cell | {"align": "center", "num_format": "yyyy-mm-dd"})
        self.open_text: Format = book.add_format(cell | filled_in)
        self.open_centred: Format = book.add_format(cell | filled_in | {"align": "center"})
        self.overdue: Format = book.add_format(
            cell | filled_in | {"align": "center", "font_color": "#C00000", "bold": True}
        )

    def of(self, column: ListColumn, row: RectificationRow) -> Format:
        if column.field == "state" and row.is_overdue:
            return self.overdue
        if column.kind == "date":
            return self.day
        if column.is_filled_in:
            return self.open_centred if column.is_centred else self.open_text
        return self.centred if column.is_centred else self.text


def _set_properties(book: Workbook, content: RectificationListContent) -> None:
    day = content.issued_on or date(1980, 1, 1)
    book.set_properties(
        {
            "title": f"{content.round_title} {content.unit}",
            "author": content.issuer,
            "created": datetime.combine(day, time(), UTC),
        }
    )


def _set_page(sheet: Worksheet, content: RectificationListContent) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW)
    sheet.freeze_panes(HEADER_ROW + 1, 3)
    sheet.set_footer("&C— &P —")
    sheet.set_row(0, 28)
    sheet.set_row(1, 20)
    sheet.set_row(HEADER_ROW, 30)
    for index, column in enumerate(COLUMNS):
        hidden = {"hidden": True} if column.is_hidden else {}
        sheet.set_column(index, index, column.width, None, hidden)
    last = max(HEADER_ROW + len(content.rows), HEADER_ROW + 1)
    sheet.autofilter(HEADER_ROW, 0, last, len(COLUMNS) - 1)


def _write_head(sheet: Worksheet, content: RectificationListContent, formats: _Formats) -> None:
    zh = content.language == "zh"
    last = sum(not each.is_hidden for each in COLUMNS) - 1
    title = f"{content.round_title}{'整改清单' if zh else ': rectification list'}"
    sheet.merge_range(0, 0, 0, last, "", formats.title)
    sheet.write_string(0, 0, clean(title), formats.title)
    issued = long_date(content.issued_on, content.language)
    number = content.number or "—"
    if zh:
        parts = (f"责任单位：{content.unit}", f"编号：{number}", f"印发日期：{issued or '—'}")
    else:
        parts = (f"Unit: {content.unit}", f"No.: {number}", f"Issued: {issued or '—'}")
    sheet.merge_range(1, 0, 1, last, "", formats.about)
    sheet.write_string(1, 0, clean("    ".join(parts)), formats.about)
    for index, column in enumerate(COLUMNS):
        sheet.write_string(HEADER_ROW, index, column.heading(content.language), formats.heading)


def _write_row(
    sheet: Worksheet,
    number: int,
    row: RectificationRow,
    content: RectificationListContent,
    formats: _Formats,
) -> None:
    lines = 1
    for index, column in enumerate(COLUMNS):
        style = formats.of(column, row)
        if column.kind == "number":
            sheet.write_number(number, index, int(getattr(row, column.field)), style)
        elif column.kind == "date":
            sheet.write_datetime(number, index, datetime.combine(row.due_on, time()), style)
        else:
            text = _text(column, row, content)
            lines = max(lines, _lines(text, column.width))
            if text:
                sheet.write_string(number, index, text, style)
            else:
                sheet.write_blank(number, index, None, style)
    sheet.set_row(number, min(lines * LINE_HEIGHT + 8, MAX_HEIGHT))


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column: programs differ in fitting heights by themselves."""
    room = width - 1.5
    return sum(
        max(1, math.ceil(sum(2.1 if ord(ch) > 0x2E7F else 1.05 for ch in line) / room))
        for line in text.split("\n")
    )


def _text(column: ListColumn, row: RectificationRow, content: RectificationListContent) -> str:
    if column.field == "severity":
        return pick(SEVERITY[row.severity], content.language)
    if column.field == "state":
        return pick(STATE_WORDS[row.state], content.language)
    text = clean(str(getattr(row, column.field)))
    if len(text) <= MAX_CELL:
        return text
    more = "…（全文见系统）" if content.language == "zh" else "… (in full in the system)"
    return text[:MAX_CELL] + more


def _validate(sheet: Worksheet, content: RectificationListContent) -> None:
    """States from a list; a deadline is a day not before the list was issued."""
    zh = content.language == "zh"
    if not content.rows:
        return
    first, last = HEADER_ROW + 1, HEADER_ROW + len(content.rows)
    for index, column in enumerate(COLUMNS):
        rule: dict[str, Any]
        if column.field == "state":
            words = [pick(STATE_WORDS[state], content.language) for state in ItemState]
            rule = {
                "validate": "list",
                "source": words,
                "error_title": "状态" if zh else "State",
                "error_message": "请从列表中选择状态。" if zh else "Choose a state from the list.",
            }
        elif column.kind == "date":
            rule = {
                "validate": "date",
                "criteria": ">=",
                "value": content.issued_on or date(2000, 1, 1),
                "error_title": "整改期限" if zh else "Due",
                "error_message": "请填写日期，且不早于印发日期。"
                if zh
                else "Enter a date, not before the list was issued.",
            }
        else:
            continue
        sheet.data_validation(first, index, last, index, rule)


def _write_signatures(
    sheet: Worksheet, content: RectificationListContent, formats: _Formats
) -> None:
    zh = content.language == "zh"
    row = HEADER_ROW + len(content.rows) + 2
    lines = (
        (
            "责任单位负责人（签字）：",
            "责任单位（盖章）：",
            "评查单位（盖章）：",
            "日期：　　　年　　月　　日",
        )
        if zh
        else ("Head of the unit (signature):", "Unit (seal):", "Reviewing organ (seal):", "Date:")
    )
    sheet.set_row(row, 40)
    for column, line in zip((1, 4, 7, 11), lines, strict=True):
        sheet.write_string(row, column, line, formats.about)
