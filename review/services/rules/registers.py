"""The registers of the bureau: list, add, correct, change, end, history, declared completeness.

Nothing is written over: a row that changes is closed with the reason and its successors opened, so
that the register of any past day, and who entered what, can be told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from review.common.clock import now, today
from review.db import audit
from review.db.accounts import User
from review.db.rows import at_version, found
from review.db.session import reading, transaction
from review.errors import BadValue, NotFound, ReasonMissing
from review.registers.columns import REGISTERS, RegisterSpec
from review.registers.entry import EntryValue
from review.registers.tables import RegisterPeriod, RegisterRow
from review.services import access
from review.services.access import Actor
from review.services.rules.site import typed_values


@dataclass(frozen=True, slots=True)
class RegisterCard:
    """A register in the overview: how many rows stand, and the days it is complete for."""

    name: str
    rows: int
    complete: tuple[PeriodView, ...]


@dataclass(frozen=True, slots=True)
class PeriodView:
    """Days for which the register was declared complete, who did, and why."""

    id: int
    since: date
    until: date | None
    note: str
    declared_by: str
    declared_at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class RowView:
    """One row. `closed_at` None while it stands; `replaces` the row that it came out of."""

    id: int
    key: str
    values: Mapping[str, EntryValue]
    valid_from: date
    valid_until: date | None
    source: str
    entered_by: str
    entered_at: datetime
    closed_by: str
    closed_at: datetime | None
    closed_reason: str
    replaces: int | None
    version: int


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """One page of a register's rows, and how many there are in all."""

    rows: tuple[RowView, ...]
    total: int


def spec_of(register: str) -> RegisterSpec:
    """The description of a register. Raises NotFound."""
    if register not in REGISTERS:
        raise NotFound(what="资源库", what_en="register", key=register)
    return REGISTERS[register]


def list_registers(engine: Engine, actor: Actor) -> list[RegisterCard]:
    """Every register in the order of the catalogue."""
    access.require(actor, "registers.view")
    with reading(engine) as session:
        counted = session.exec(
            select(RegisterRow.kind, func.count())
            .where(col(RegisterRow.closed_at).is_(None))
            .group_by(RegisterRow.kind)
        )
        counts = dict(counted.all())
        people = _people(session)
        periods = session.exec(
            select(RegisterPeriod)
            .where(col(RegisterPeriod.withdrawn_at).is_(None))
            .order_by(col(RegisterPeriod.since))
        ).all()
        return [
            RegisterCard(
                name,
                counts.get(name, 0),
                tuple(_period_view(each, people) for each in periods if each.kind == name),
            )
            for name in REGISTERS
        ]


def list_rows(
    engine: Engine,
    actor: Actor,
    register: str,
    *,
    on: date | None = None,
    text: str = "",
    offset: int = 0,
    limit: int = 50,
) -> RegisterPage:
    """The standing rows of a register, by key; `on` leaves those valid on that day.

    `text` is looked for in all values. Raises NotFound for no such register.
    """
    access.require(actor, "registers.view")
    spec_of(register)
    query = select(RegisterRow).where(
        RegisterRow.kind == register, col(RegisterRow.closed_at).is_(None)
    )
    if on is not None:
        query = query.where(
            col(RegisterRow.valid_from) <= on,
            col(RegisterRow.valid_until).is_(None) | (col(RegisterRow.valid_until) >= on),
        )
    with reading(engine) as session:
        rows = session.exec(query.order_by(col(RegisterRow.key), col(RegisterRow.valid_from))).all()
        wanted = text.casefold().split()
        # values lie in JSON, which the two databases search differently; registers are small
        rows = [row for row in rows if all(word in _text_of(row) for word in wanted)]
        people = _people(session)
        shown = rows[max(offset, 0) : max(offset, 0) + limit]
        return RegisterPage(tuple(_row_view(row, people) for row in shown), len(rows))


def history(engine: Engine, actor: Actor, row_id: int) -> list[RowView]:
    """Everything that was ever entered about the thing of a row, newest first. Raises NotFound."""
    access.require(actor, "registers.view")
    with reading(engine) as session:
        row = found(session, RegisterRow, row_id, "条目", "row")
        rows = session.exec(
            select(RegisterRow)
            .where(RegisterRow.kind == row.kind, RegisterRow.key == row.key)
            .order_by(col(RegisterRow.entered_at).desc(), col(RegisterRow.id).desc())
        ).all()
        people = _people(session)
        return [_row_view(each, people) for each in rows]


def declare_complete(
    engine: Engine, actor: Actor, register: str, *, since: date, until: date | None, note: str
) -> int:
    """Declare that the register has everybody and everything of those days.

    `until` None: up to the present day. Only then does a check say that something is not on it.
    Raises BadValue, ReasonMissing.
    """
    access.require(actor, "registers.manage")
    spec_of(register)
    if not note.strip():
        raise ReasonMissing(what="声明完整", what_en="declaring the register complete")
    if until is not None and until < since:
        raise _value("日期", "days", until, f"早于{since}", f"is before {since}")
    if since > today() or (until or since) > today():
        raise _value("日期", "days", until or since, "不能晚于今天", "must not be after today")
    with transaction(engine) as session:
        row = RegisterPeriod(
            kind=register, since=since, until=until, note=note.strip(), declared_by=actor.row_id
        )
        session.add(row)
        session.flush()
        assert row.id is not None
        audit.record(
            session,
            actor.audit_name,
            "register.declare",
            "register_period",
            row.id,
            register=register,
            since=since.isoformat(),
            until=until.isoformat() if until else None,
        )
        return row.id


def withdraw_declaration(
    engine: Engine, actor: Actor, period_id: int, *, seen_version: int
) -> None:
    """The declaration holds no longer. Raises NotFound, Stale."""
    access.require(actor, "registers.manage")
    with transaction(engine) as session:
        row = at_version(
            session, RegisterPeriod, period_id, "声明", "declaration", seen_version=seen_version
        )
        row.withdrawn_at, row.withdrawn_by = now(), actor.row_id
        audit.record(session, actor.audit_name, "register.withdraw", "register_period", period_id)


def plain_values(values: Mapping[str, EntryValue]) -> dict[str, Any]:
    """Values as a row keeps them: days and moments in ISO form, empty ones left out."""
    return {
        name: value.isoformat() if isinstance(value, date | datetime) else value
        for name, value in values.items()
        if value not in (None, "")
    }


def _text_of(row: RegisterRow) -> str:
    return " ".join(str(each) for each in (row.values or {}).values()).casefold()


def _people(session: Session) -> dict[int, str]:
    return {user.id or 0: user.name for user in session.exec(select(User))}


def _row_view(row: RegisterRow, people: Mapping[int, str]) -> RowView:
    assert row.id is not None
    return RowView(
        id=row.id,
        key=row.key,
        values=typed_values(row.kind, row.values),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        source=row.source,
        entered_by=people.get(row.entered_by or 0, ""),
        entered_at=row.entered_at,
        closed_by=people.get(row.closed_by or 0, ""),
        closed_at=row.closed_at,
        closed_reason=row.closed_reason,
        replaces=row.replaces,
        version=row.version,
    )


def _period_view(row: RegisterPeriod, people: Mapping[int, str]) -> PeriodView:
    assert row.id is not None
    return PeriodView(
        row.id,
        row.since,
        row.until,
        row.note,
        people.get(row.declared_by or 0, ""),
        row.declared_at,
        row.version,
    )


def _value(zh: str, en: str, value: object, reason: str, reason_en: str) -> BadValue:
    return BadValue(field=zh, field_en=en, value=value, reason=reason, reason_en=reason_en)
