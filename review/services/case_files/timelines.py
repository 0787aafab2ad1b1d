"""The dates of a case in their order, each with the limit of the law that it had to keep.

Only what can be computed is: an event without its starting day, or past the known calendar, has
the state unknown. The judgement is that of the checks; this is the picture beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from review.common.dates import WorkingCalendar, add_calendar_days, add_working_days
from review.errors import CalendarEnds, LawNotInForce
from review.facts.names import NAMES
from review.facts.tables import FactRow
from review.law.in_force import LawInForce, law_in_force
from review.services.rules.calendar import calendar_in
from review.services.rules.editions import Words

LIMITS: Mapping[str, tuple[str, str]] = {
    "filed_on": ("registered_on", "filing_limit"),
    "decided_on": ("filed_on", "case_closing_limit"),
    "served_on": ("decided_on", "service_limit"),
    "paid_on": ("served_on", "payment_limit"),
    "published_on": ("decided_on", "publication_limit"),
}
"""Event to the day from which its limit runs and the parameter that gives the limit."""

MOVED_BY = {"decided_on": "extension_days"}
"""Events whose limit an approved extension (a fact in days) moves."""


@dataclass(frozen=True, slots=True)
class Event:
    """One date of the case. `due_on` None where no limit runs or none can be computed.

    `state` is ok, late, unknown, or empty where the law sets no limit that is held. `confirmed`
    says whether the bureau confirmed the limit.
    """

    name: str
    title: Words
    on: date
    fact_id: int
    due_on: date | None
    days_over: int
    state: str
    law: str
    limit: Words | None
    confirmed: bool


def timeline(session: Session, case_id: int) -> tuple[Event, ...]:
    """The dated merged facts of a case in the order of their days."""
    rows = session.exec(
        select(FactRow).where(FactRow.case_id == case_id, col(FactRow.document_id).is_(None))
    ).all()
    values = {row.name: row for row in rows}
    calendar = calendar_in(session)
    found = []
    for order, name in enumerate(NAMES):
        row = values.get(name.name)
        if name.type == "date" and name.merged and row is not None:
            event = _event(row, Words(name.zh, name.en), values, calendar)
            found.append((event.on, order, event))
    return tuple(event for _, _, event in sorted(found, key=lambda each: each[:2]))


def _event(
    row: FactRow, title: Words, values: Mapping[str, FactRow], calendar: WorkingCalendar
) -> Event:
    on = date.fromisoformat(row.value)
    if row.name not in LIMITS:
        return Event(row.name, title, on, row.id or 0, None, 0, "", "", None, confirmed=True)
    start_name, parameter_name = LIMITS[row.name]
    law = law_in_force()
    start = values.get(start_name)
    due: date | None = None
    limit: Words | None = None
    source, confirmed = "", True
    if start is not None:
        started_on = date.fromisoformat(start.value)
        try:
            value = law.parameter(parameter_name, on=started_on)
            source, confirmed = value.source, value.confirmed
            moved = values.get(MOVED_BY.get(row.name, ""))
            days = value.number + (int(moved.value) if moved else 0)
            limit = _limit(law, parameter_name, days)
            due = _due(law, parameter_name, started_on, days, calendar)
        except (CalendarEnds, LawNotInForce):
            due = None
    state = "unknown" if due is None else "late" if on > due else "ok"
    over = max((on - due) // timedelta(days=1), 0) if due else 0
    return Event(
        row.name, title, on, row.id or 0, due, over, state, source, limit, confirmed=confirmed
    )


def _limit(law: LawInForce, name: str, days: int) -> Words:
    parameter = law.parameters[name]
    working = parameter.unit == "working days"
    return Words(
        f"{parameter.title.zh}：{days} {'个工作日' if working else '日'}",
        f"{parameter.title.en}: {days} {'working days' if working else 'days'}",
    )


def _due(
    law: LawInForce, name: str, started_on: date, days: int, calendar: WorkingCalendar
) -> date:
    if law.parameters[name].unit == "working days":
        return add_working_days(started_on, days, calendar)
    return add_calendar_days(started_on, days, calendar)
