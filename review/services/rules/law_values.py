"""Values of the law that a bureau confirms: who, when, by which paper; withdrawn, not changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import Engine
from sqlmodel import col, select

from review.common.clock import now
from review.db import audit
from review.db.rows import at_version
from review.db.session import reading, transaction
from review.errors import BadValue, NotFound
from review.law.parameter import Parameter, Scale, Value
from review.law.tables import SiteValue
from review.services import access
from review.services.access import Actor
from review.services.rules.site import site_law, value_from


def confirm_value(
    engine: Engine,
    actor: Actor,
    *,
    parameter: str,
    since: date,
    value: Mapping[str, str] | str,
    document: str,
) -> int:
    """The bureau confirms what a value is from a day on; returns the entry's id.

    `value` as typed: one text, or one a name for a scale. `document` is the paper that says so. An
    earlier confirmation for that day is withdrawn by it. From then on checks use the value, and a
    finding that rests on it may be a veto. Raises BadValue, NotFound.
    """
    access.require(actor, "law.manage")
    if not document.strip():
        raise _bad("依据", "source", "", "请写明文件名称和文号", "name the paper and its number")
    with transaction(engine) as session:
        known = site_law(session).parameters.get(parameter)
        if known is None:
            raise NotFound(what="法规数值", what_en="value of the law", key=parameter)
        kept = _parsed(known, value)
        for row in session.exec(
            select(SiteValue).where(
                SiteValue.parameter == parameter,
                SiteValue.since == since,
                col(SiteValue.withdrawn_at).is_(None),
            )
        ):
            row.withdrawn_at, row.withdrawn_by = now(), actor.row_id
            row.version += 1
            session.add(row)
        entry = SiteValue(
            parameter=parameter,
            since=since,
            value=kept,
            document=document.strip(),
            confirmed_by=actor.row_id,
            confirmed_name=actor.name,
        )
        session.add(entry)
        session.flush()
        assert entry.id is not None
        audit.record(
            session,
            actor.audit_name,
            "law.confirm",
            "site_value",
            entry.id,
            parameter=parameter,
            since=since.isoformat(),
            value=kept,
            document=entry.document,
        )
        return entry.id


def withdraw_value(engine: Engine, actor: Actor, entry_id: int, *, seen_version: int) -> None:
    """The confirmation holds no longer; the released value counts again."""
    access.require(actor, "law.manage")
    with transaction(engine) as session:
        row = at_version(
            session, SiteValue, entry_id, "确认的数值", "confirmed value", seen_version=seen_version
        )
        row.withdrawn_at, row.withdrawn_by = now(), actor.row_id
        audit.record(session, actor.audit_name, "law.withdraw", "site_value", entry_id)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A value that the bureau confirmed at some time, withdrawn or not."""

    id: int
    parameter: str
    since: date
    value: Value | Scale
    document: str
    confirmed_by: str
    confirmed_at: datetime
    withdrawn_at: datetime | None
    version: int


def confirmations(engine: Engine, actor: Actor, parameter: str) -> list[Confirmation]:
    """Every confirmation of a value, newest first, withdrawn ones included."""
    access.require(actor, "law.view")
    with reading(engine) as session:
        rows = session.exec(
            select(SiteValue)
            .where(SiteValue.parameter == parameter)
            .order_by(col(SiteValue.id).desc())
        )
        return [
            Confirmation(
                row.id or 0,
                row.parameter,
                row.since,
                value_from(row.value),
                row.document,
                row.confirmed_name,
                row.confirmed_at,
                row.withdrawn_at,
                row.version,
            )
            for row in rows
        ]


def _parsed(parameter: Parameter, typed: Mapping[str, str] | str) -> Any:
    """The value as a row keeps it, of the kind of the newest one. Raises BadValue."""
    newest = parameter.history[0].value
    if isinstance(newest, tuple):
        if isinstance(typed, str):
            raise _bad(parameter.title.zh, parameter.title.en, typed, "应逐项填写", "give each one")
        return {name: _one(parameter, typed.get(name, ""), before) for name, before in newest}
    if not isinstance(typed, str):
        raise _bad(parameter.title.zh, parameter.title.en, "", "应为单个值", "must be one value")
    return _one(parameter, typed, newest)


def _one(parameter: Parameter, typed: str, before: Value) -> Any:
    text = typed.replace(",", "").replace("，", "").strip()
    title, title_en = parameter.title.zh, parameter.title.en
    if isinstance(before, bool):
        if text not in ("true", "false"):
            raise _bad(title, title_en, typed, "应为是或者否", "must be yes or no")
        return text == "true"
    if isinstance(before, str):
        if not text:
            raise _bad(title, title_en, typed, "不能为空", "must not be empty")
        return text
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise _bad(title, title_en, typed, "应为数字", "must be a number") from None
    if not number.is_finite() or number < 0:
        raise _bad(title, title_en, typed, "应为不小于 0 的数字", "must be a number from 0")
    if number == number.to_integral_value():
        return int(number)
    if parameter.unit in ("days", "working days", "months", "years", "persons"):
        raise _bad(title, title_en, typed, "应为整数", "must be a whole number")
    return {"decimal": str(number)}


def _bad(zh: str, en: str, value: object, reason: str, reason_en: str) -> BadValue:
    return BadValue(field=zh, field_en=en, value=value, reason=reason, reason_en=reason_en)
