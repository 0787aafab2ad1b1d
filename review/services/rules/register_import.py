"""Taking a register over from a workbook: preview, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from review.common.clock import now
from review.common.tabular import CellProblem, read_workbook
from review.db import audit
from review.db.session import reading, transaction
from review.errors import BadWorkbook
from review.registers.sheet import RegisterPreview, RegisterSheetRow, read_register
from review.registers.tables import RegisterRow
from review.services import access
from review.services.access import Actor
from review.services.rules.registers import plain_values, spec_of

SHOWN = 12
"""So many problems are spelled out in the message; all are in the error's `items`."""

REASON = "导入更新"


@dataclass(frozen=True, slots=True)
class RegisterImported:
    """How many rows were opened anew, replaced a standing one, or stood already."""

    added: int
    replaced: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class RegisterImportPreview:
    """What taking a workbook over would do; nothing is written."""

    sheet: RegisterPreview
    would: RegisterImported


def preview_import(
    engine: Engine, actor: Actor, register: str, *, raw: bytes, name: str, valid_from: date
) -> RegisterImportPreview:
    """What a workbook gives, every problem by its cell, and what would change.

    `valid_from` is the first day of rows that give none. Raises the errors of unreadable files.
    """
    access.require(actor, "registers.manage")
    with reading(engine) as session:
        sheet, plans = _planned(session, register, raw, name, valid_from)
    return RegisterImportPreview(sheet, _counted(plans))


def import_register(
    engine: Engine, actor: Actor, register: str, *, raw: bytes, name: str, valid_from: date
) -> RegisterImported:
    """Take a workbook over: new rows are opened; one that differs closes what stood for its days.

    A row that begins later than what stands ends it the day before. Rows that the workbook does not
    have stay as they are. Raises BadWorkbook with `items`, every problem by sheet, row and column.
    """
    access.require(actor, "registers.manage")
    with transaction(engine) as session:
        sheet, plans = _planned(session, register, raw, name, valid_from)
        if sheet.problems:
            raise _bad(name, sheet.problems)
        for plan in plans:
            _carry_out(session, register, plan, name, actor)
        counted = _counted(plans)
        audit.record(
            session,
            actor.audit_name,
            "register.import",
            "register",
            register,
            added=counted.added,
            replaced=counted.replaced,
            rows=len(plans),
        )
    return counted


@dataclass(frozen=True, slots=True)
class _Plan:
    """What one row of the workbook does: nothing, or it opens and closes."""

    row: RegisterSheetRow
    closes: tuple[RegisterRow, ...] = ()
    is_there: bool = False


def _planned(
    session: Session, register: str, raw: bytes, name: str, valid_from: date
) -> tuple[RegisterPreview, list[_Plan]]:
    spec = spec_of(register)
    sheet = read_register(read_workbook(raw, name), spec, valid_from=valid_from)
    standing: dict[str, list[RegisterRow]] = {}
    for row in session.exec(
        select(RegisterRow)
        .where(RegisterRow.kind == register, col(RegisterRow.closed_at).is_(None))
        .order_by(col(RegisterRow.valid_from))
    ):
        standing.setdefault(row.key, []).append(row)
    plans: list[_Plan] = []
    problems: list[CellProblem] = []
    for each in sheet.rows:
        touched = [row for row in standing.get(each.key, []) if _touch(row, each)]
        values = plain_values(each.values)
        if any(_is_same(row, each, values) for row in touched):
            plans.append(_Plan(each, is_there=True))
        elif len(touched) > 1:
            problems.append(_too_many(each, touched))
        else:
            plans.append(_Plan(each, tuple(touched)))
    return replace(sheet, problems=(*sheet.problems, *problems)), plans


def _touch(row: RegisterRow, new: RegisterSheetRow) -> bool:
    ends_before = row.valid_until is not None and row.valid_until < new.valid_from
    begins_after = new.valid_until is not None and new.valid_until < row.valid_from
    return not ends_before and not begins_after


def _is_same(row: RegisterRow, new: RegisterSheetRow, values: dict[str, Any]) -> bool:
    """The same values with no other days; a workbook without days repeats what stands."""
    if (row.values or {}) != values:
        return False
    return row.valid_from <= new.valid_from and row.valid_until == new.valid_until


def _too_many(new: RegisterSheetRow, touched: Sequence[RegisterRow]) -> CellProblem:
    days = "、".join(f"{row.valid_from}—{row.valid_until or ''}" for row in touched)
    return CellProblem(
        new.sheet,
        new.row,
        None,
        f"与多条现行记录的有效期重叠（{days}），请在库中先处理",
        f"its days overlap with several standing rows ({days}): settle them in the register first",
    )


def _carry_out(session: Session, register: str, plan: _Plan, name: str, actor: Actor) -> None:
    if plan.is_there:
        return
    new = plan.row
    replaces = None
    for old in plan.closes:
        old.closed_at, old.closed_by, old.closed_reason = now(), actor.row_id, f"{REASON}：{name}"
        old.version += 1
        session.add(old)
        replaces = old.id
        if old.valid_from < new.valid_from:
            # what stood was true until the new row begins
            session.add(
                RegisterRow(
                    kind=register,
                    key=old.key,
                    values=old.values,
                    valid_from=old.valid_from,
                    valid_until=new.valid_from - timedelta(days=1),
                    source=old.source,
                    replaces=old.id,
                    entered_by=actor.row_id,
                )
            )
    session.add(
        RegisterRow(
            kind=register,
            key=new.key,
            values=plain_values(new.values),
            valid_from=new.valid_from,
            valid_until=new.valid_until,
            source=f"{name} · {new.sheet} · {new.row}",
            replaces=replaces,
            entered_by=actor.row_id,
        )
    )


def _counted(plans: Sequence[_Plan]) -> RegisterImported:
    there = sum(plan.is_there for plan in plans)
    replaced = sum(bool(plan.closes) for plan in plans)
    return RegisterImported(len(plans) - there - replaced, replaced, there)


def _bad(name: str, problems: Sequence[CellProblem]) -> BadWorkbook:
    more = len(problems) - SHOWN
    return BadWorkbook(
        file=name,
        count=len(problems),
        problems="；".join(each.text("zh") for each in problems[:SHOWN])
        + (f"；另有 {more} 处" if more > 0 else ""),
        problems_en="; ".join(each.text("en") for each in problems[:SHOWN])
        + (f"; {more} more" if more > 0 else ""),
        items=tuple(problems),
    )
