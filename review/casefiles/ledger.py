"""The case ledger (案件台账) from a workbook: which column is what, typed values, every problem.

All or nothing: a ledger with a problem is refused with the list of its problems, each by sheet, row
and column letter. Rows that are no cases (sums, signatures) are named as skipped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TypeVar

from review.casefiles.case_key import case_key
from review.casefiles.ledger_columns import COLUMNS, Column
from review.casefiles.ledger_header import HEADER_ROWS, Header, find_header, heading_text
from review.casefiles.ledger_values import (
    NotReadableError,
    read_date,
    read_kind,
    read_money,
    read_names,
    read_procedure,
    read_text,
)
from review.common.tabular import (
    CellProblem,
    CellValue,
    Formula,
    Row,
    Sheet,
    Workbook,
    column_letter,
)
from review.errors import BadLedger

T = TypeVar("T")

SHOWN = 12
"""So many problems are spelled out in the message; all are in the error's `items`."""


LedgerProblem = CellProblem


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One case as the ledger gives it; what the ledger has no column for stays empty.

    `case_key` is the normal form of the number; `officers` are names; `procedure` is ordinary,
    summary, hearing, waived or empty; `kind` penalty, permit, compulsory or inspection.
    """

    sheet: str
    row: int
    case_no: str
    case_key: str
    kind: str = "penalty"
    unit: str = ""
    squad: str = ""
    procedure: str = ""
    cause: str = ""
    party_name: str = ""
    officers: tuple[str, ...] = ()
    fine_yuan: Decimal | None = None
    filed_on: date | None = None
    decided_on: date | None = None
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """How one sheet is understood: its header row and the column of each field.

    `columns` maps a field to column letter and heading; `unused` lists headings that mean nothing
    to the ledger.
    """

    sheet: str
    header_row: int
    columns: Mapping[str, tuple[str, str]]
    unused: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LedgerPreview:
    """What a workbook gives, with everything that would keep it out.

    `doubts` do not keep it out: values that are unlikely, not wrong. `skipped` rows are no cases.
    """

    rows: tuple[LedgerRow, ...]
    mappings: tuple[SheetMapping, ...]
    problems: tuple[LedgerProblem, ...]
    doubts: tuple[LedgerProblem, ...]
    skipped: tuple[LedgerProblem, ...]


@dataclass(slots=True)
class _Reading:
    rows: list[LedgerRow] = field(default_factory=list)
    mappings: list[SheetMapping] = field(default_factory=list)
    problems: list[LedgerProblem] = field(default_factory=list)
    doubts: list[LedgerProblem] = field(default_factory=list)
    skipped: list[LedgerProblem] = field(default_factory=list)


def read_ledger(workbook: Workbook, mapping: Mapping[str, str] | None = None) -> LedgerPreview:
    """The cases of a workbook; raises BadLedger where anything keeps it out.

    Args:
        workbook: what `common.tabular.read_workbook` gave.
        mapping: field name to heading or column letter, for headings that are not recognised; it
            goes before what is recognised.

    Raises:
        BadLedger: with `items`, the tuple of all problems.
    """
    preview = preview_ledger(workbook, mapping)
    if preview.problems:
        shown = preview.problems[:SHOWN]
        more = len(preview.problems) - len(shown)
        zh = "；".join(problem.text("zh") for problem in shown)
        en = "; ".join(problem.text("en") for problem in shown)
        raise BadLedger(
            count=len(preview.problems),
            problems=zh + (f"；另有 {more} 处" if more else ""),
            problems_en=en + (f"; {more} more" if more else ""),
            items=preview.problems,
        )
    return preview


def preview_ledger(workbook: Workbook, mapping: Mapping[str, str] | None = None) -> LedgerPreview:
    """The same without raising: what would be taken over and what keeps it out."""
    reading = _Reading()
    unknown = sorted(set(mapping or ()) - {column.field for column in COLUMNS})
    for name in unknown:
        reading.problems.append(
            LedgerProblem(
                workbook.name, None, None, f"列对应中没有字段 {name}", f"no field {name} to map"
            )
        )
    without_header = []
    for sheet in workbook.sheets:
        if all(row.is_blank for row in sheet.rows):
            continue
        header = find_header(sheet, mapping or {})
        if header is None:
            without_header.append(sheet)
            continue
        _read_sheet(sheet, header, reading)
    for sheet in without_header:
        target = reading.skipped if reading.mappings else reading.problems
        target.append(
            LedgerProblem(
                sheet.name,
                None,
                None,
                f"前 {HEADER_ROWS} 行中没有“案号”列，请补上表头或指定列对应",
                f"no column 案号 in the first {HEADER_ROWS} rows; add the header or map it",
            )
        )
    if not workbook.sheets or (not reading.mappings and not without_header):
        reading.problems.append(
            LedgerProblem(workbook.name, None, None, "没有内容", "there is nothing in it")
        )
    elif reading.mappings and not reading.rows and not reading.problems:
        reading.problems.append(
            LedgerProblem(
                reading.mappings[0].sheet, None, None, "表头下没有案件", "no case below the header"
            )
        )
    reading.problems.extend(_doubles(reading.rows))
    return LedgerPreview(
        rows=tuple(reading.rows),
        mappings=tuple(reading.mappings),
        problems=tuple(reading.problems),
        doubts=tuple(reading.doubts),
        skipped=tuple(reading.skipped),
    )


# --- the rows -----------------------------------------------------------------------------------


def _read_sheet(sheet: Sheet, header: Header, reading: _Reading) -> None:
    used = set(header.columns.values())
    reading.mappings.append(
        SheetMapping(
            sheet=sheet.name,
            header_row=header.row_number,
            columns={
                name: (column_letter(column), header.headings[column])
                for name, column in header.columns.items()
            },
            unused=tuple(
                (column_letter(column), heading)
                for column, heading in enumerate(header.headings)
                if heading and column not in used
            ),
        )
    )
    for row in sheet.rows[header.below :]:
        if row.is_blank:
            continue
        reason = _no_case(row, header)
        if reason is not None:
            reading.skipped.append(LedgerProblem(sheet.name, row.number, None, *reason))
            continue
        found = _Cells(row, header)
        case = found.case()
        reading.problems.extend(found.problems)
        reading.doubts.extend(found.doubts)
        if case is not None:
            reading.rows.append(case)


_FOOTERS = (
    "合计",
    "总计",
    "小计",
    "填表人",
    "制表",
    "审核人",
    "填报",
    "备注:",
    "备注：",
    "注:",
    "注：",
    "说明",
)


def _no_case(row: Row, header: Header) -> tuple[str, str] | None:
    """Why a row is no case: a sum, a note or a repeated header without a case number of its own."""
    number = row.value(header.columns["case_no"])
    texts = [str(value).replace(" ", "") for value in row.values if isinstance(value, str)]
    if number is not None and heading_text(number) == header.headings[header.columns["case_no"]]:
        return "重复的表头", "the header again"
    first = texts[0] if texts else ""
    is_footer = first.startswith(_FOOTERS) and (
        number is None or str(number).replace(" ", "").startswith(_FOOTERS)
    )
    return ("合计或者备注行", "a line of sums or notes") if is_footer else None


class _Cells:
    """The cells of one row, read field by field; collects what is wrong."""

    def __init__(self, row: Row, header: Header) -> None:
        self.row = row
        self.header = header
        self.problems: list[LedgerProblem] = []
        self.doubts: list[LedgerProblem] = []

    def case(self) -> LedgerRow | None:
        """The case, or None where a cell could not be read."""
        number = self.text("case_no")
        if not number and not self.problems:
            self._note(self.problems, "case_no", ("案号为空", "the case number is empty"))
        case = LedgerRow(
            sheet=self.row.sheet,
            row=self.row.number,
            case_no=number,
            case_key=case_key(number),
            kind=self._read("kind", read_kind) or "penalty",
            unit=self.text("unit"),
            squad=self.text("squad"),
            procedure=self._read("procedure", read_procedure) or "",
            cause=self.text("cause"),
            party_name=self.text("party_name"),
            officers=self._officers(),
            fine_yuan=self._fine(),
            filed_on=self._read("filed_on", read_date),
            decided_on=self._read("decided_on", read_date),
            closed_on=self._read("closed_on", read_date),
        )
        self._doubt_order(case)
        return None if self.problems else case

    def text(self, name: str) -> str:
        return self._read(name, read_text) or ""

    def _officers(self) -> tuple[str, ...]:
        names = [
            *(self._read("officers", read_names) or ()),
            *(self._read("officer_two", read_names) or ()),
        ]
        return tuple(dict.fromkeys(names))

    def _fine(self) -> Decimal | None:
        column = self.header.columns.get("fine_yuan")
        heading = self.header.headings[column] if column is not None else ""
        amount = self._read("fine_yuan", read_money)
        return amount * 10000 if amount is not None and "万元" in heading else amount

    def _read(self, name: str, reader: Callable[[CellValue], T]) -> T | None:
        column = self.header.columns.get(name)
        value = self.row.value(column) if column is not None else None
        if isinstance(value, Formula):
            zh = f"公式 {value.text} 没有保存结果，请在 Excel 中重新计算并保存"
            self._note(
                self.problems,
                name,
                (zh, f"the formula {value.text} holds no result; recalculate and save in Excel"),
            )
            return None
        try:
            return reader(value)
        except NotReadableError as problem:
            self._note(self.problems, name, (problem.zh, problem.en))
            return None

    def _doubt_order(self, case: LedgerRow) -> None:
        steps = (
            ("filed_on", case.filed_on, "立案日期", "filing"),
            ("decided_on", case.decided_on, "决定日期", "decision"),
            ("closed_on", case.closed_on, "结案日期", "closing"),
        )
        known = [step for step in steps if step[1] is not None]
        for (_, before, zh, en), (name, after, later_zh, later_en) in pairwise(known):
            if before is not None and after is not None and after < before:
                said = f"{later_zh} {after} 早于{zh} {before}"
                self._note(self.doubts, name, (said, f"{later_en} {after} is before {en} {before}"))

    def _note(self, target: list[LedgerProblem], name: str, said: tuple[str, str]) -> None:
        column = self.header.columns.get(name)
        letter = column_letter(column) if column is not None else None
        target.append(LedgerProblem(self.row.sheet, self.row.number, letter, *said))


def _doubles(rows: Sequence[LedgerRow]) -> Iterator[LedgerProblem]:
    """Case numbers that stand twice; the later row is the one that is named."""
    seen: dict[str, LedgerRow] = {}
    for row in rows:
        first = seen.setdefault(row.case_key, row)
        if first is not row:
            where = f"第 {first.row} 行", f"row {first.row}"
            if first.sheet != row.sheet:
                where = f"工作表“{first.sheet}”{where[0]}", f"sheet {first.sheet}, {where[1]}"
            yield LedgerProblem(
                row.sheet,
                row.row,
                None,
                f"案号 {row.case_no} 与{where[0]}重复",
                f"the case number {row.case_no} stands already in {where[1]}",
            )


__all__ = [
    "COLUMNS",
    "Column",
    "LedgerPreview",
    "LedgerProblem",
    "LedgerRow",
    "SheetMapping",
    "preview_ledger",
    "read_ledger",
]
