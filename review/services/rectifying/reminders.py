"""Overdue rectification: reminders on the day, after three and seven days; the last one escalates.

Each reminder is kept once for an item, its deadline and its step, however often it is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine
from sqlmodel import col, select

from review.casefiles.tables import Case
from review.common.clock import today
from review.db import audit
from review.db.accounts import Role, Unit
from review.db.session import reading, transaction
from review.findings.tables import Finding
from review.rectification.deadlines import SERIOUS_DAYS, steps_reached
from review.rectification.tables import (
    Escalation,
    ItemState,
    RectificationItem,
    RectificationList,
)
from review.services import access
from review.services.access import Actor
from review.services.rectifying.rectification_views import visible_lists


@dataclass(frozen=True, slots=True)
class ReminderView:
    """One reminder: of which item, at which step (days after the deadline), who is told."""

    item_id: int
    list_id: int
    sequence: int
    case_no: str
    problem: str
    unit: str
    due_on: date
    step: int
    told: Role
    at: datetime
    days_over: int


def remind(engine: Engine, actor: Actor) -> int:
    """Record the reminders that are due today and were not given yet; returns how many.

    The unit is told on the day and after three days; after seven days the leader.
    """
    access.require(actor, "item.verify")
    day, made = today(), 0
    with transaction(engine) as session:
        known = set(
            session.exec(
                select(col(Escalation.item_id), col(Escalation.due_on), col(Escalation.step))
            )
        )
        for item in session.exec(
            select(RectificationItem).where(
                col(RectificationItem.due_on) <= day, RectificationItem.state != ItemState.CLOSED
            )
        ).all():
            for step in steps_reached(ItemState(item.state), item.due_on, day):
                if (item.id, item.due_on, step) in known:
                    continue
                told = Role.LEADER if step >= SERIOUS_DAYS else Role.UNIT
                session.add(
                    Escalation(item_id=item.id or 0, due_on=item.due_on, step=step, told=told)
                )
                made += 1
        if made:
            audit.record(session, actor.audit_name, "item.remind", "reminders", day, given=made)
    return made


def reminders(engine: Engine, actor: Actor) -> list[ReminderView]:
    """Reminders of items that are still open, the longest overdue first; a unit sees its own."""
    access.require(actor, "list.view")
    day = today()
    query = (
        select(Escalation, RectificationItem, RectificationList, Unit)
        .join(RectificationItem, col(RectificationItem.id) == col(Escalation.item_id))
        .join(RectificationList, col(RectificationList.id) == col(RectificationItem.list_id))
        .join(Unit, col(Unit.id) == col(RectificationList.unit_id))
        .where(
            visible_lists(actor),
            col(RectificationItem.state).not_in((ItemState.CLOSED, ItemState.SUBMITTED)),
            col(Escalation.due_on) == col(RectificationItem.due_on),
        )
        .order_by(col(RectificationItem.due_on), col(Escalation.step).desc())
    )
    with reading(engine) as session:
        latest: dict[int, ReminderView] = {}
        for row, item, held, unit in session.exec(query):
            if row.item_id in latest:
                continue
            finding = session.get(Finding, item.finding_id)
            case = session.get(Case, finding.case_id) if finding else None
            latest[row.item_id] = ReminderView(
                item_id=row.item_id,
                list_id=held.id or 0,
                sequence=item.sequence,
                case_no=case.case_no if case else "",
                problem=item.problem,
                unit=unit.name,
                due_on=item.due_on,
                step=row.step,
                told=Role(row.told),
                at=row.at,
                days_over=(day - item.due_on).days,
            )
        return list(latest.values())
