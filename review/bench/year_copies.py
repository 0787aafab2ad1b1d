"""Copies of the first year of a bench database: the same rows with other ids and earlier days."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, Engine, Table, func, insert, select, text
from sqlmodel import Session

from review.casefiles.tables import Case
from review.checks.tables import CheckRow
from review.db.session import transaction
from review.findings.result_tables import (
    CaseResult,
    Feedback,
    Objection,
    Publication,
    ResultItem,
    ResultOfficer,
    ResultPart,
)
from review.findings.tables import Finding
from review.panels.tables import Assignment, CommonItem, CommonResult
from review.planning.tables import Round, RoundCase
from review.rectification.tables import RectificationItem, RectificationList
from review.scoring.tables import ItemScore, ScoreSheet

COPIED = (
    *(Case, Round, CheckRow, RoundCase, Assignment, ScoreSheet, ItemScore, CommonResult),
    *(CommonItem, CaseResult, ResultItem, ResultPart, ResultOfficer, Finding, Feedback),
    *(Publication, Objection, RectificationList, RectificationItem),
)
"""The tables of a year, each after those that it refers to."""

SHIFTED_DAYS = ("scope_from", "scope_to", "starts_on", "ends_on")
CASE_DAYS = ("filed_on", "decided_on", "closed_on")


def table_of(model: type) -> Table:
    """The table of a model."""
    made: Table = model.__table__  # type: ignore[attr-defined]  # SQLModel sets it, untyped
    return made


def _earlier(day: date, years: int) -> date:
    """The same day some years ago; the last of February for a leap day."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def strides_of(session: Session) -> dict[str, int]:
    """How far apart the ids of a copy lie, for each table."""
    return {
        table.name: session.execute(select(func.max(table.c.id))).scalar_one() or 0
        for table in map(table_of, COPIED)
    }


def _shifted(table: Table, strides: dict[str, int], times: int) -> list[ColumnElement[object]]:
    """The columns of a copy: ids and references moved, everything else as it is."""
    columns: list[ColumnElement[object]] = []
    for column in table.columns:
        refers = [key.column.table.name for key in column.foreign_keys]
        named = table.name if column.primary_key else refers[0] if refers else ""
        moved = strides.get(named, 0) * times
        columns.append((column + moved).label(column.name) if moved else column)
    return columns


def copy_year(session: Session, strides: dict[str, int], times: int) -> None:
    """Write the year once more, `times` years earlier."""
    for table in map(table_of, COPIED):
        own = table.select().where(table.c.id <= strides[table.name])
        if table.name in {"case", "round"}:
            rows = [dict(row._mapping) for row in session.execute(own)]  # noqa: SLF001 - its public name
            for row in rows:
                row["id"] += strides[table.name] * times
                _backdate(row, times)
            session.execute(insert(table), rows)
            continue
        query = select(*_shifted(table, strides, times)).where(table.c.id <= strides[table.name])
        session.execute(insert(table).from_select([each.name for each in table.columns], query))


def _backdate(row: dict[str, object], years: int) -> None:
    """A case or a round as it would have been some years before."""
    for name in (*SHIFTED_DAYS, *CASE_DAYS):
        day = row.get(name)
        if isinstance(day, date):
            row[name] = _earlier(day, years)
    for name in ("case_key", "case_no", "title"):
        if name in row:
            row[name] = f"{row[name]}（前{years}年）"
    if isinstance(row.get("year"), int):
        row["year"] = int(str(row["year"])) - years


def go_on_counting(engine: Engine) -> None:
    """Tell PostgreSQL which ids were written by hand."""
    if engine.dialect.name != "postgresql":
        return
    with transaction(engine) as session:
        for table in map(table_of, COPIED):
            name = table.name
            session.execute(
                text(
                    f"select setval(pg_get_serial_sequence('\"{name}\"', 'id'), "
                    f'(select max(id) from "{name}"))'
                )
            )
