"""An edition from a workbook: seven sheets, every problem by sheet, row and column.

The workbook says the same as an edition's file, so it becomes one: what is read here is checked by
the same model and the same rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from review.common.datafile import Key, dotted_key, parse_data_file
from review.common.tabular import CellProblem, Row, Sheet, Workbook
from review.common.text import fold
from review.errors import BadDataFile, PointsDoNotAddUp
from review.scoring.edition import Edition
from review.scoring.edition_build import edition_from
from review.scoring.edition_cells import CellPlace, EditionReading, put, rows_of
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
    REASON_ITEM,
    REASONS,
    REASONS_SHEET,
    RESULTS,
    RESULTS_SHEET,
    SECTIONS,
    SECTIONS_SHEET,
)
from review.scoring.edition_file import EditionFile
from review.scoring.edition_text import edition_text


@dataclass(frozen=True, slots=True)
class ReadEdition:
    """What a workbook holds. `edition` and `text` None where any problem keeps it out."""

    edition: Edition | None
    text: str | None
    problems: tuple[CellProblem, ...]
    skipped: tuple[str, ...]


def read_edition(
    workbook: Workbook, *, kind: str, in_force: date, known_checks: Sequence[str] | None = None
) -> ReadEdition:
    """The edition that a workbook holds, with everything that keeps it out.

    `kind` and `in_force` are typed beside the workbook: they name the edition.
    """
    reading = EditionReading()
    sheets = {sheet.name.strip(): sheet for sheet in workbook.sheets}
    known = {
        *(HEAD_SHEET, GRADES_SHEET, RESULTS_SHEET, DIMENSIONS_SHEET),
        *(SECTIONS_SHEET, ITEMS_SHEET, REASONS_SHEET),
    }
    for needed in (HEAD_SHEET, ITEMS_SHEET):
        if needed not in sheets:
            zh = f"没有工作表“{needed}”；可先导出现行标准作为模板"
            en = f"there is no sheet {needed}; export an edition to have a template"
            reading.problems.append(CellProblem(needed, None, None, zh, en))
    skipped = tuple(name for name in sheets if name not in known)
    if reading.problems:
        return ReadEdition(None, None, tuple(reading.problems), skipped)
    reading.content.update({"kind": kind, "in_force": in_force})
    _head(reading, sheets[HEAD_SHEET])
    _grades(reading, sheets.get(GRADES_SHEET))
    _results(reading, sheets.get(RESULTS_SHEET))
    _dimensions(reading, sheets.get(DIMENSIONS_SHEET))
    _items(reading, sheets.get(SECTIONS_SHEET), sheets[ITEMS_SHEET], sheets.get(REASONS_SHEET))
    if reading.problems:
        return ReadEdition(None, None, tuple(reading.problems), skipped)
    path = Path(kind) / f"{in_force.isoformat()}.yaml"
    return _checked(reading, workbook, path, known_checks, skipped)


def _checked(
    reading: EditionReading,
    workbook: Workbook,
    path: Path,
    known_checks: Sequence[str] | None,
    skipped: tuple[str, ...],
) -> ReadEdition:
    """The content under the model and the rules of an edition's file."""
    try:
        model = EditionFile.model_validate(reading.content)
    except ValidationError as problem:
        found = tuple(_from_validation(reading, problem, workbook))
        return ReadEdition(None, None, found, skipped)
    text = edition_text(model)
    try:
        edition = edition_from(parse_data_file(path, text.encode()), known_checks)
    except BadDataFile as problem:
        key = _parsed(str(problem.details.get("key", "")))
        cell = reading.cell_of(key) or CellPlace(HEAD_SHEET, 1, None)
        zh, en = _said(problem)
        said = CellProblem(cell.sheet, cell.row, cell.column, zh, en)
        return ReadEdition(None, None, (said,), skipped)
    return ReadEdition(edition, text, (), skipped)


def _said(problem: BadDataFile) -> tuple[str, str]:
    """What is wrong, without file and line, which the workbook does not have."""
    details = problem.details
    if isinstance(problem, PointsDoNotAddUp):
        found, expected = details["found"], details["expected"]
        return (
            f"分值合计为 {found}，应为 {expected}",
            f"the points add up to {found}, not {expected}",
        )
    return str(details["reason"]), str(details["reason_en"])


def _parsed(dotted: str) -> Key:
    """`sections[0].items[2].points` as a key."""
    return tuple(
        int(part) if part.isdecimal() else part for part in re.findall(r"[^.\[\]]+", dotted)
    )


def _from_validation(
    reading: EditionReading, problem: ValidationError, workbook: Workbook
) -> Iterator[CellProblem]:
    for each in problem.errors():
        key: Key = tuple(part for part in each["loc"] if isinstance(part, int | str))
        cell = reading.cell_of(key) or CellPlace(
            workbook.sheets[0].name if workbook.sheets else HEAD_SHEET, 1, None
        )
        missing = each["type"] == "missing"
        what = dotted_key(key[-1:])
        zh = f"缺少必填内容（{what}）" if missing else f"值不符合要求：{each['msg']}"
        en = f"a required value is missing ({what})" if missing else str(each["msg"])
        yield CellProblem(cell.sheet, cell.row, cell.column, zh, en)


# --- sheets -------------------------------------------------------------------------------------


def _head(reading: EditionReading, sheet: Sheet) -> None:
    by_heading = {column.heading: column for column in HEAD}
    for row in sheet.rows:
        label = str(row.value(0) or "").strip()
        column = by_heading.get(fold(label).replace("(", "（").replace(")", "）"))
        value = row.value(1)
        cell = CellPlace(sheet.name, row.number, "B")
        if column is None:
            if row.number > 1 and not row.is_blank:
                reading.say(
                    CellPlace(sheet.name, row.number, "A"), f"没有“{label}”这一项", "unknown"
                )
            continue
        put(reading, reading.content, (), column=column, value=value, cell=cell)


def _grades(reading: EditionReading, sheet: Sheet | None) -> None:
    rows = list(rows_of(reading, sheet, GRADES, (), key=("grades",)))
    if rows:
        reading.content["grades"] = [content for content, _ in rows]


def _results(reading: EditionReading, sheet: Sheet | None) -> None:
    found = {}
    for content, row in rows_of(reading, sheet, RESULTS, (), key=("results",)):
        name = content.pop("result", "")
        if name in found:
            reading.say(CellPlace(RESULTS_SHEET, row.number, "A"), f"“{name}”重复", "stands twice")
        found[name] = content
        reading.cells["results", str(name)] = CellPlace(RESULTS_SHEET, row.number, "A")
    if found:
        reading.content["results"] = found


def _dimensions(reading: EditionReading, sheet: Sheet | None) -> None:
    found = {}
    for content, row in rows_of(reading, sheet, DIMENSIONS, (), key=("dimensions",)):
        name = str(content.pop("id", ""))
        if not name or name in found:
            cell = CellPlace(DIMENSIONS_SHEET, row.number, "A")
            reading.say(cell, "编号为空或者重复", "the id is empty or stands twice")
        found[name] = content
        reading.cells["dimensions", name] = CellPlace(DIMENSIONS_SHEET, row.number, "A")
    if found:
        reading.content["dimensions"] = found


def _items(
    reading: EditionReading, sections: Sheet | None, items: Sheet, reasons: Sheet | None
) -> None:
    """Sections with their items, items with their reasons; by the ids that the rows name."""
    section_rows = list(rows_of(reading, sections, SECTIONS, (), key=("sections",)))
    places: dict[str, int] = {}
    for place, (content, row) in enumerate(section_rows):
        name = str(content.get("id", ""))
        if name in places:
            cell = CellPlace(SECTIONS_SHEET, row.number, "A")
            reading.say(cell, f"分区编号 {name} 重复", f"the section {name} stands twice")
        places[name] = place
        content["items"] = []
    placed: dict[str, Key] = {}
    loose: list[dict[str, Any]] = []
    found = rows_of(reading, items, ITEMS, (ITEM_SECTION,), key=("items",))
    for number, (content, row) in enumerate(found):
        own = str(content.pop(ITEM_SECTION, "") or "")
        cell = CellPlace(items.name, row.number, "A")
        if own in places:
            listed = section_rows[places[own]][0]["items"]
            key: Key = ("sections", places[own], "items", len(listed))
        elif own or places:
            reading.say(cell, f"所属分区“{own}”不在“{SECTIONS_SHEET}”表中", f"no section {own}")
            continue
        else:
            listed = loose
            key = ("items", len(loose))
        name = str(content.get("id", ""))
        if name in placed:
            reading.say(cell, f"评查项编号 {name} 重复", f"the item {name} stands twice")
        placed[name] = key
        _move(reading, ("items", number, None), key)
        listed.append(content)
    if not places and not loose:
        reading.say(CellPlace(items.name, 1, None), "没有评查项", "there is no item")
    for place, (content, row) in enumerate(section_rows):
        if not content["items"]:
            cell = CellPlace(SECTIONS_SHEET, row.number, "A")
            reading.say(cell, "分区没有评查项", "the section has no item")
        reading.cells["sections", place] = CellPlace(SECTIONS_SHEET, row.number, "A")
    _reasons(reading, reasons, placed, section_rows, loose)
    if places:
        reading.content["sections"] = [content for content, _ in section_rows]
    elif loose:
        reading.content["items"] = loose


def _reasons(
    reading: EditionReading,
    sheet: Sheet | None,
    placed: dict[str, Key],
    sections: Sequence[tuple[dict[str, Any], Row]],
    loose: Sequence[dict[str, Any]],
) -> None:
    found = rows_of(reading, sheet, REASONS, (REASON_ITEM,), key=("reasons",))
    for number, (content, row) in enumerate(found):
        name = str(content.pop(REASON_ITEM, "") or "")
        key = placed.get(name)
        if key is None:
            zh = f"评查项编号“{name}”不在“{ITEMS_SHEET}”表中"
            reading.say(CellPlace(REASONS_SHEET, row.number, "A"), zh, f"no item {name}")
            continue
        item = (
            sections[int(key[1])][0]["items"][int(key[3])]
            if key[0] == "sections"
            else loose[int(key[1])]
        )
        listed = item.setdefault("deduct", [])
        _move(reading, ("reasons", number, None), (*key, "deduct", len(listed)))
        listed.append(content)


def _move(reading: EditionReading, old: tuple[str, int, None], new: Key) -> None:
    """Put the cells of a row under the key where its content came to stand."""
    start: Key = old[:2]
    for key in [each for each in reading.cells if each[:2] == start]:
        reading.cells[(*new, *key[2:])] = reading.cells.pop(key)
