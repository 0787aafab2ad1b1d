"""Registers from a workbook: which column is what, typed values, every problem by its cell.

All or nothing: one problem keeps the whole workbook out. Columns that mean nothing to the register
are named, rows that are sums or notes are named as skipped; nothing goes missing silently.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from review.casefiles.ledger_values import NOTHING, NotReadableError, read_date, read_text
from review.common.tabular import (
    CellProblem,
    CellValue,
    Formula,
    Row,
    Sheet,
    Workbook,
    column_letter,
)
from review.common.text import plain
from review.registers.columns import VALID_FROM, VALID_UNTIL, RegisterColumn, RegisterSpec
from review.registers.entry import EntryValue, comparable

HEADER_ROWS = 15
"""The header stands within this many rows from the top; titles and notes may stand above it."""

YES = frozenset({"是", "有", "对", "已取得", "具有", "具备", "√", "✓", "y", "yes", "true", "1"})
NO = frozenset(
    {"否", "无", "没有", "未取得", "不具有", "不具备", "×", "✗", "n", "no", "false", "0"}
)

_MOMENT = re.compile(
    r"^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?[ T]*"
    r"(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2}))?"
)
_FOOTERS = ("合计", "总计", "填表人", "制表", "备注", "注:", "注：", "说明", "填报")


@dataclass(frozen=True, slots=True)
class RegisterSheetRow:
    """One row to be taken over; `key` tells it apart within the register."""

    sheet: str
    row: int
    key: str
    values: Mapping[str, EntryValue]
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class RegisterPreview:
    """What a workbook gives, with everything that would keep it out.

    `used` maps a sheet and column letter to the column it is; `unused` names headings that mean
    nothing to the register.
    """

    rows: tuple[RegisterSheetRow, ...]
    problems: tuple[CellProblem, ...]
    skipped: tuple[CellProblem, ...]
    used: tuple[tuple[str, str, str], ...]
    unused: tuple[tuple[str, str, str], ...]


@dataclass(slots=True)
class _Reading:
    spec: RegisterSpec
    valid_from: date
    rows: list[RegisterSheetRow] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    skipped: list[CellProblem] = field(default_factory=list)
    used: list[tuple[str, str, str]] = field(default_factory=list)
    unused: list[tuple[str, str, str]] = field(default_factory=list)


def read_register(workbook: Workbook, spec: RegisterSpec, *, valid_from: date) -> RegisterPreview:
    """The rows of a workbook for a register; never raises, the problems say what is wrong.

    `valid_from` is the first day of rows that give none.
    """
    reading = _Reading(spec, valid_from)
    for sheet in workbook.sheets:
        if all(row.is_blank for row in sheet.rows):
            continue
        header = _header(sheet, spec)
        if header is None:
            needed = "、".join(each.zh for each in spec.columns if each.is_required)
            needed_en = ", ".join(each.en for each in spec.columns if each.is_required)
            reading.problems.append(
                CellProblem(
                    sheet.name,
                    None,
                    None,
                    f"前 {HEADER_ROWS} 行中没有表头，必须有：{needed}",
                    f"no header in the first {HEADER_ROWS} rows; needed: {needed_en}",
                )
            )
            continue
        _read_sheet(sheet, header, reading)
    if not reading.rows and not reading.problems:
        reading.problems.append(
            CellProblem(workbook.name, None, None, "没有内容", "there is nothing in it")
        )
    reading.problems.extend(_doubles(reading.rows))
    return RegisterPreview(
        tuple(reading.rows),
        tuple(reading.problems),
        tuple(reading.skipped),
        tuple(reading.used),
        tuple(reading.unused),
    )


@dataclass(frozen=True, slots=True)
class _Header:
    """The columns by place and the index of the first row below."""

    columns: Mapping[int, RegisterColumn]
    row: Row
    below: int


def _header(sheet: Sheet, spec: RegisterSpec) -> _Header | None:
    """The row near the top that names most columns, all required ones among them."""
    best: _Header | None = None
    for index, row in enumerate(sheet.rows[:HEADER_ROWS]):
        columns: dict[int, RegisterColumn] = {}
        for place, value in enumerate(row.values):
            column = spec.by_heading(value) if isinstance(value, str) else None
            if column is not None and column not in columns.values():
                columns[place] = column
        required = {each.name for each in spec.columns if each.is_required}
        if not required <= {each.name for each in columns.values()}:
            continue
        if best is None or len(columns) > len(best.columns):
            best = _Header(columns, row, index + 1)
    return best


def _read_sheet(sheet: Sheet, header: _Header, reading: _Reading) -> None:
    for place, value in enumerate(header.row.values):
        if value is None:
            continue
        known = header.columns.get(place)
        target = reading.unused if known is None else reading.used
        target.append(
            (sheet.name, column_letter(place), str(value) if known is None else known.name)
        )
    for row in sheet.rows[header.below :]:
        if row.is_blank:
            continue
        if row.values == header.row.values:
            reading.skipped.append(_at(sheet, row, None, "重复的表头", "the header again"))
            continue
        first = next((value for value in row.values if value is not None), None)
        if isinstance(first, str) and first.replace(" ", "").startswith(_FOOTERS):
            reading.skipped.append(_at(sheet, row, None, "合计或者备注行", "a line of notes"))
            continue
        _read_row(sheet, row, header, reading)


def _read_row(sheet: Sheet, row: Row, header: _Header, reading: _Reading) -> None:
    spec = reading.spec
    values: dict[str, EntryValue] = {}
    problems: list[CellProblem] = []
    for place, column in header.columns.items():
        try:
            value = read_cell(row.value(place), column)
        except NotReadableError as problem:
            problems.append(_at(sheet, row, place, problem.zh, problem.en))
            continue
        if value is not None:
            values[column.name] = value
        elif column.is_required:
            problems.append(
                _at(sheet, row, place, f"“{column.zh}”不能为空", f"{column.en} must not be empty")
            )
    starts = values.pop(VALID_FROM, reading.valid_from)
    until = values.pop(VALID_UNTIL, None)
    assert isinstance(starts, date)
    assert until is None or isinstance(until, date)
    if until is not None and until < starts:
        problems.append(
            _at(
                sheet,
                row,
                None,
                f"终止日期{until}早于起始日期{starts}",
                f"ends {until}, before it begins {starts}",
            )
        )
    key = key_of(spec, values)
    if not key and not problems:
        wanted = [spec.column(name) for name in spec.key]
        zh = "、".join(each.zh for each in wanted if each)
        en = ", ".join(each.en for each in wanted if each)
        problems.append(_at(sheet, row, None, f"缺少{zh}", f"one of these is needed: {en}"))
    reading.problems.extend(problems)
    if not problems:
        reading.rows.append(RegisterSheetRow(sheet.name, row.number, key, values, starts, until))


def key_of(spec: RegisterSpec, values: Mapping[str, EntryValue]) -> str:
    """What tells a row apart: the first key column that it fills; empty where it fills none."""
    for name in spec.key:
        value = values.get(name)
        if isinstance(value, str) and comparable(value):
            return comparable(value)
    return ""


def read_cell(value: CellValue, column: RegisterColumn) -> EntryValue | None:
    """The value of one cell, None for nothing. Raises NotReadableError."""
    if isinstance(value, Formula):
        raise NotReadableError(
            f"公式 {value.text} 没有保存结果，请在 Excel 中重新计算并保存",
            f"the formula {value.text} holds no result; recalculate and save in Excel",
        )
    match column.kind:
        case "date":
            return read_date(value)
        case "truth":
            return _truth(value, column)
        case "choice":
            return _choice(value, column)
        case "moment":
            return _moment(value)
        case _:
            return read_text(value) or None


def _truth(value: CellValue, column: RegisterColumn) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    text = str(value).strip().lower()
    if text in YES:
        return True
    if text in NO:
        return False
    if text in NOTHING:
        return None
    raise NotReadableError(
        f"“{value}”无法识别，“{column.zh}”请填“是”或者“否”",
        f"{value} is not known; write 是 or 否 for {column.en}",
    )


def _choice(value: CellValue, column: RegisterColumn) -> str | None:
    if value is None:
        return None
    text = plain(str(value)).lower()
    words = {plain(word).lower(): stored for word, stored in column.choices.items()}
    if text in words:
        return words[text]
    if str(value).strip() in NOTHING:
        return None
    known = "、".join(word for word in column.choices if not word.isascii())
    raise NotReadableError(
        f"“{value}”无法识别，“{column.zh}”可用：{known}",
        f"{value} is not known; for {column.en} use one of {known}",
    )


def _moment(value: CellValue) -> datetime | None:
    if value is None or isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - local, as written
    text = str(value).strip()
    if text in NOTHING:
        return None
    match = _MOMENT.match(text)
    if match:
        year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
        try:
            return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - as written
        except ValueError:
            pass
    raise NotReadableError(
        f"“{value}”不是时间，请写成 2026-03-01 09:30", f"{value} is no time; write 2026-03-01 09:30"
    )


def _at(sheet: Sheet, row: Row, place: int | None, zh: str, en: str) -> CellProblem:
    letter = None if place is None else column_letter(place)
    return CellProblem(sheet.name, row.number, letter, zh, en)


def _doubles(rows: Sequence[RegisterSheetRow]) -> list[CellProblem]:
    """Rows of one thing whose days overlap; the later row is the one that is named."""
    problems: list[CellProblem] = []
    seen: dict[str, list[RegisterSheetRow]] = {}
    for row in rows:
        for other in seen.get(row.key, ()):
            ends_before = other.valid_until is not None and other.valid_until < row.valid_from
            begins_after = row.valid_until is not None and row.valid_until < other.valid_from
            if not ends_before and not begins_after:
                problems.append(
                    CellProblem(
                        row.sheet,
                        row.row,
                        None,
                        f"与第 {other.row} 行是同一条目，有效期重叠",
                        f"is the same as row {other.row}, and their days overlap",
                    )
                )
                break
        seen.setdefault(row.key, []).append(row)
    return problems
