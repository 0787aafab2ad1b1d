"""A rectification list that comes back as a workbook: what was changed, what cannot be taken."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from review.casefiles.ledger_values import NotReadableError, read_date
from review.common.tabular import (
    CellProblem,
    CellValue,
    Formula,
    Row,
    Sheet,
    column_letter,
    read_workbook,
)
from review.common.text import label
from review.rectification.lifecycle import STATE_WORDS
from review.rectification.tables import ItemState
from review.reports.content import RectificationRow
from review.reports.rectification_columns import COLUMNS, MAX_CELL
from review.reports.words import SEVERITY, clean

Value = str | date | ItemState

EDITABLE = frozenset({"responsible_person", "state", "progress"})
"""What a unit may change; for the regulations section the caller adds `measure` and `due_on`."""

_STATES = {word: state for state, words in STATE_WORDS.items() for word in words}


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that was changed: of which item, in which row and column, from what to what.

    `is_conflict`: the item was changed in the system since the workbook was exported, so that the
    cell may only say what stood there before.
    """

    item_id: int
    row: int
    column: str
    field: str
    old: Value
    new: Value
    is_conflict: bool = False


@dataclass(frozen=True, slots=True)
class ReadBack:
    """Changes in the order of rows and columns, and problems by row and column letter.

    Nothing is to be taken over while there are problems. `missing` are items whose row was removed.
    """

    changes: tuple[Change, ...]
    problems: tuple[CellProblem, ...]
    missing: tuple[int, ...]


def read_rectification_xlsx(
    raw: bytes,
    name: str,
    rows: Sequence[RectificationRow],
    *,
    editable: Collection[str] = EDITABLE,
) -> ReadBack:
    """Compare a workbook with the list as it stands.

    Args:
        raw: the workbook.
        name: its file name.
        rows: the list as it stands now.
        editable: fields whose change is taken; a change elsewhere is a problem.

    Raises:
        UnreadableFile: the file is no workbook that can be read.
    """
    workbook = read_workbook(raw, name)
    for sheet in workbook.sheets:
        found = _header(sheet)
        if found is not None:
            return _Comparison(sheet, *found, rows, editable).result()
    sheet_name = workbook.sheets[0].name if workbook.sheets else name
    return ReadBack(
        (),
        (
            CellProblem(
                sheet_name,
                None,
                None,
                "没有“编号（勿改）”表头，请使用系统导出的整改清单填写",
                "the heading Id (keep) is missing; use the list that the system exported",
            ),
        ),
        (),
    )


_HEADINGS = {label(heading): column.field for column in COLUMNS for heading in column.headings}


def _header(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    for index, row in enumerate(sheet.rows[:20]):
        columns = {
            _HEADINGS[label(value)]: place
            for place, value in enumerate(row.values)
            if isinstance(value, str) and label(value) in _HEADINGS
        }
        if "id" in columns and len(columns) > 1:
            return index, columns
    return None


class _Comparison:
    def __init__(
        self,
        sheet: Sheet,
        header: int,
        columns: Mapping[str, int],
        rows: Sequence[RectificationRow],
        editable: Collection[str],
    ) -> None:
        self.sheet = sheet
        self.header = header
        self.columns = columns
        self.known = {row.id: row for row in rows}
        self.editable = editable
        self.changes: list[Change] = []
        self.problems: list[CellProblem] = []

    def result(self) -> ReadBack:
        for column in COLUMNS:
            if column.field in self.editable and column.field not in self.columns:
                heading, english = column.headings
                self.problems.append(
                    CellProblem(
                        self.sheet.name,
                        self.sheet.rows[self.header].number,
                        None,
                        f"缺少“{heading}”列",
                        f"the column {english} is missing",
                    )
                )
        seen: set[int] = set()
        for row in self.sheet.rows[self.header + 1 :]:
            value = row.value(self.columns["id"])
            if value is None:
                continue  # signatures and notes below the table have no id
            item = self.known.get(value) if type(value) is int else None
            if item is None:
                zh, en = f"编号 {value} 不在本清单中", f"the id {value} is not of this list"
                self._problem(row, "id", zh, en)
            elif item.id in seen:
                self._problem(row, "id", f"编号 {value} 重复", f"the id {value} stands twice")
            else:
                seen.add(item.id)
                self._compare(row, item)
        return ReadBack(
            tuple(self.changes),
            tuple(self.problems),
            tuple(item_id for item_id in self.known if item_id not in seen),
        )

    def _compare(self, row: Row, item: RectificationRow) -> None:
        for column in COLUMNS:
            if column.field in {"id", "sequence", "version"} or column.field not in self.columns:
                continue
            cell = row.value(self.columns[column.field])
            old: Value = getattr(item, column.field)
            try:
                new = _typed(column.field, cell, old)
            except NotReadableError as problem:
                self._problem(row, column.field, problem.zh, problem.en)
                continue
            if new == old:
                continue
            if column.field not in self.editable:
                heading, english = column.headings
                self._problem(
                    row,
                    column.field,
                    f"“{heading}”不能在表格中修改",
                    f"{english} cannot be changed in the workbook",
                )
                continue
            letter = column_letter(self.columns[column.field])
            is_conflict = self._exported_version(row) != item.version
            self.changes.append(
                Change(item.id, row.number, letter, column.field, old, new, is_conflict)
            )

    def _exported_version(self, row: Row) -> CellValue:
        """The item's version when the workbook was exported; None where the column is gone."""
        place = self.columns.get("version")
        return row.value(place) if place is not None else None

    def _problem(self, row: Row, name: str, zh: str, en: str) -> None:
        letter = column_letter(self.columns[name])
        self.problems.append(CellProblem(self.sheet.name, row.number, letter, zh, en))


def _typed(name: str, cell: CellValue, old: Value) -> Value:
    """The value of a cell in the type of the field; unchanged text gives the old value itself."""
    if isinstance(cell, Formula):
        zh, en = f"不能填写公式 {cell.text}", f"the formula {cell.text} cannot be taken"
        raise NotReadableError(zh, en)
    if name == "due_on":
        day = read_date(cell)
        if day is None:
            raise NotReadableError("整改期限不能为空", "the deadline is empty")
        return day
    text = "" if cell is None else str(cell)
    if name == "state":
        state = _STATES.get(text.strip())
        if state is None:
            words = "、".join(zh for zh, _ in STATE_WORDS.values())
            english = ", ".join(en for _, en in STATE_WORDS.values())
            raise NotReadableError(
                f"没有状态“{text}”，请从列表中选择：{words}",
                f"there is no state {text}; choose one of {english}",
            )
        return state
    if name == "severity":
        return next((key for key, words in SEVERITY.items() if text in words), text)
    return old if _same(text, str(old)) else text


def _same(text: str, old: str) -> bool:
    """Whether a cell still says what was written: programs change line ends and cut blanks.

    Of a text that is too long for a cell only the beginning was written.
    """
    written = clean(old)
    if len(written) > MAX_CELL:
        return text[:MAX_CELL].split() == written[:MAX_CELL].split()
    return text.split() == written.split()
