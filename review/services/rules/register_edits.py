"""Rows of the registers as people change them: opened, put right, changed, ended, struck out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from review.common.clock import now
from review.db import audit
from review.db.rows import at_version
from review.db.session import transaction
from review.errors import BadValue, DuplicateRow, NotFound, ReasonMissing
from review.registers.columns import RegisterSpec
from review.registers.entry import EntryValue
from review.registers.sheet import key_of
from review.registers.tables import RegisterRow
from review.services import access
from review.services.access import Actor
from review.services.rules.registers import plain_values, spec_of
from review.services.rules.site import typed_values


@dataclass(frozen=True, slots=True)
class Draft:
    """A row that is to be opened: values by column name, first and last day."""

    values: Mapping[str, EntryValue]
    valid_from: date
    valid_until: date | None


def add_row(
    engine: Engine,
    actor: Actor,
    register: str,
    *,
    values: Mapping[str, EntryValue],
    valid_from: date,
    valid_until: date | None = None,
    source: str = "",
) -> int:
    """Open one row; returns its id. Raises BadValue, DuplicateRow where its days are taken."""
    access.require(actor, "registers.manage")
    spec = spec_of(register)
    with transaction(engine) as session:
        row = _opened(session, spec, Draft(values, valid_from, valid_until), source, actor)
        assert row.id is not None
        audit.record(
            session, actor.audit_name, "register.add", "register_row", row.id, register=register
        )
        return row.id


def correct_row(
    engine: Engine,
    actor: Actor,
    row_id: int,
    *,
    values: Mapping[str, EntryValue],
    valid_from: date,
    valid_until: date | None,
    reason: str,
    seen_version: int,
) -> int:
    """Put right what was entered wrongly: the row is closed and one with these values opened."""
    return _replace(
        engine,
        actor,
        row_id,
        lambda _row: [Draft(values, valid_from, valid_until)],
        reason=reason,
        seen_version=seen_version,
        action="register.correct",
    )[0]


def change_row(
    engine: Engine,
    actor: Actor,
    row_id: int,
    *,
    values: Mapping[str, EntryValue],
    since: date,
    reason: str,
    seen_version: int,
) -> int:
    """Things changed on a day: what stood ends the day before, these values hold from that day.

    Raises BadValue where the day is not after the first day of the row.
    """

    def successors(row: RegisterRow) -> list[Draft]:
        if since <= row.valid_from:
            raise _value(
                "变更日期", "day of change", since, f"应在{row.valid_from}之后",
                f"must be after {row.valid_from}",
            )  # fmt: skip
        kept = typed_values(row.kind, row.values)
        return [
            Draft(kept, row.valid_from, since - timedelta(days=1)),
            Draft(values, since, row.valid_until),
        ]

    return _replace(
        engine,
        actor,
        row_id,
        successors,
        reason=reason,
        seen_version=seen_version,
        action="register.change",
    )[-1]


def end_row(
    engine: Engine, actor: Actor, row_id: int, *, last_day: date, reason: str, seen_version: int
) -> int:
    """The row holds to that day and no longer. Raises BadValue before its first day."""

    def successors(row: RegisterRow) -> list[Draft]:
        return [Draft(typed_values(row.kind, row.values), row.valid_from, last_day)]

    return _replace(
        engine,
        actor,
        row_id,
        successors,
        reason=reason,
        seen_version=seen_version,
        action="register.end",
    )[0]


def strike_row(
    engine: Engine, actor: Actor, row_id: int, *, reason: str, seen_version: int
) -> None:
    """Take out a row that should never have been entered; it stays in the history."""
    _replace(
        engine,
        actor,
        row_id,
        lambda _row: [],
        reason=reason,
        seen_version=seen_version,
        action="register.strike",
    )


def _replace(
    engine: Engine,
    actor: Actor,
    row_id: int,
    successors: Callable[[RegisterRow], list[Draft]],
    *,
    reason: str,
    seen_version: int,
    action: str,
) -> list[int]:
    """Close a row and open its successors, in one transaction; returns their ids."""
    access.require(actor, "registers.manage")
    if not reason.strip():
        raise ReasonMissing(what="变更资源库条目", what_en="changing a row of a register")
    with transaction(engine) as session:
        row = at_version(session, RegisterRow, row_id, "条目", "row", seen_version=seen_version)
        if row.closed_at is not None:
            raise NotFound(what="现行条目", what_en="standing row", key=row_id)
        spec = spec_of(row.kind)
        wanted: list[Draft] = successors(row)
        row.closed_at, row.closed_by, row.closed_reason = now(), actor.row_id, reason.strip()
        session.add(row)
        session.flush()
        ids: list[int] = []
        for draft in wanted:
            new = _opened(session, spec, draft, row.source, actor)
            new.replaces = row_id
            session.add(new)
            assert new.id is not None
            ids.append(new.id)
        audit.record(
            session, actor.audit_name, action, "register_row", row_id, register=row.kind, opened=ids
        )
        return ids


def _opened(
    session: Session, spec: RegisterSpec, draft: Draft, source: str, actor: Actor
) -> RegisterRow:
    """A new standing row. Raises BadValue, DuplicateRow."""
    key = _checked(spec, draft)
    _require_free(session, spec, key, draft)
    row = RegisterRow(
        kind=spec.name,
        key=key,
        values=plain_values(draft.values),
        valid_from=draft.valid_from,
        valid_until=draft.valid_until,
        source=source.strip(),
        entered_by=actor.row_id,
    )
    session.add(row)
    session.flush()
    return row


def _checked(spec: RegisterSpec, draft: Draft) -> str:
    """The key of a row whose values are right. Raises BadValue."""
    for column in spec.columns:
        value = draft.values.get(column.name)
        if column.is_required and value in (None, ""):
            raise _value(column.zh, column.en, "", "不能为空", "must not be empty")
        if column.kind == "choice" and value and value not in column.choices.values():
            raise _value(column.zh, column.en, value, "没有此选项", "no such choice")
    strange = set(draft.values) - {column.name for column in spec.columns}
    if strange:
        raise _value("字段", "field", min(strange), "资源库没有此列", "the register has none such")
    if draft.valid_until is not None and draft.valid_until < draft.valid_from:
        raise _value(
            "终止日期", "last day", draft.valid_until, f"早于起始日期{draft.valid_from}",
            f"is before the first day {draft.valid_from}",
        )  # fmt: skip
    key = key_of(spec, draft.values)
    if not key:
        named = [each for name in spec.key if (each := spec.column(name)) is not None]
        raise _value(
            "、".join(each.zh for each in named), " or ".join(each.en for each in named), "",
            "不能为空", "must not be empty",
        )  # fmt: skip
    return key


def _require_free(session: Session, spec: RegisterSpec, key: str, draft: Draft) -> None:
    """Raise DuplicateRow where a standing row of the same thing covers any of the days."""
    rows = session.exec(
        select(RegisterRow).where(
            RegisterRow.kind == spec.name,
            RegisterRow.key == key,
            col(RegisterRow.closed_at).is_(None),
        )
    )
    for row in rows:
        ends_before = row.valid_until is not None and row.valid_until < draft.valid_from
        begins_after = draft.valid_until is not None and draft.valid_until < row.valid_from
        if not ends_before and not begins_after:
            shown = f"{key} {row.valid_from}—{row.valid_until or ''}"
            raise DuplicateRow(what=spec.zh, what_en=spec.en, key=shown)


def _value(zh: str, en: str, value: object, reason: str, reason_en: str) -> BadValue:
    return BadValue(field=zh, field_en=en, value=value, reason=reason, reason_en=reason_en)
