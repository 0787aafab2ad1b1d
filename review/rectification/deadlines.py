"""Deadlines of rectification: when an item is due, whether it is overdue, and who is to be told.

Days are calendar days from the day after the list is issued; a last day that is no working day
rolls over to the next one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from review.common.dates import WorkingCalendar, next_working_day
from review.errors import BadValue, CalendarEnds
from review.rectification.tables import ItemState

SOON_DAYS = 5
"""An open item is announced so many calendar days before it is due."""

REMINDER_DAYS = (0, 3, 7)
"""Steps of an open item, in calendar days after its deadline: due today, overdue, escalated."""

SERIOUS_DAYS = REMINDER_DAYS[-1]
"""An item that is overdue for so many calendar days is reported to the leader."""


class Urgency(StrEnum):
    """How an item stands to its deadline; steps up from `in_time` to `seriously_overdue`."""

    CLOSED = "closed"
    WAITING = "waiting"
    IN_TIME = "in_time"
    SOON = "soon"
    TODAY = "today"
    OVERDUE = "overdue"
    SERIOUSLY_OVERDUE = "seriously_overdue"


WORDS = {
    Urgency.CLOSED: ("已销号", "Closed"),
    Urgency.WAITING: ("待复查", "To be verified"),
    Urgency.IN_TIME: ("期限内", "In time"),
    Urgency.SOON: ("即将到期", "Due soon"),
    Urgency.TODAY: ("今日到期", "Due today"),
    Urgency.OVERDUE: ("逾期", "Overdue"),
    Urgency.SERIOUSLY_OVERDUE: ("严重逾期", "Seriously overdue"),
}
"""What people read, Chinese and English."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """How an item stands on a day: `days_left` is negative by the days it is overdue."""

    due_on: date
    urgency: Urgency
    days_left: int


def due_on(issued_on: date, due_days: int, calendar: WorkingCalendar | None = None) -> date:
    """The last day for an item.

    Beyond the known calendar the day stays as counted: a deadline of our own making needs no year
    that nobody has published yet.

    Raises:
        BadValue: fewer than one day.
    """
    if due_days < 1:
        raise BadValue(
            field="整改期限（天）",
            field_en="days to rectify",
            value=due_days,
            reason="至少 1 天",
            reason_en="at least 1",
        )
    last = issued_on + timedelta(days=due_days)
    try:
        return next_working_day(last, calendar)
    except CalendarEnds:
        return last


def deadline(state: ItemState, due: date, today: date) -> Deadline:
    """How an item stands. What was submitted waits for the verifier and is not the unit's delay."""
    left = (due - today).days
    if state is ItemState.CLOSED:
        urgency = Urgency.CLOSED
    elif state is ItemState.SUBMITTED:
        urgency = Urgency.WAITING
    elif left <= -SERIOUS_DAYS:
        urgency = Urgency.SERIOUSLY_OVERDUE
    elif left < 0:
        urgency = Urgency.OVERDUE
    elif left == 0:
        urgency = Urgency.TODAY
    elif left <= SOON_DAYS:
        urgency = Urgency.SOON
    else:
        urgency = Urgency.IN_TIME
    return Deadline(due, urgency, left)


def is_overdue(state: ItemState, due: date, today: date) -> bool:
    """Whether the unit is late."""
    return deadline(state, due, today).urgency in {Urgency.OVERDUE, Urgency.SERIOUSLY_OVERDUE}


def steps_reached(state: ItemState, due: date, today: date) -> tuple[int, ...]:
    """The steps of reminding that an item has reached; none where it does not wait for the unit."""
    if state in {ItemState.CLOSED, ItemState.SUBMITTED}:
        return ()
    return tuple(step for step in REMINDER_DAYS if (today - due).days >= step)


def urgency_word(urgency: Urgency, language: str) -> str:
    """The word for an urgency in `zh` or `en`."""
    zh, en = WORDS[urgency]
    return en if language.startswith("en") else zh


def refuse_past_deadline(due: date, today: date) -> None:
    """A new deadline lies today or later; raises BadValue."""
    if due < today:
        raise BadValue(
            field="整改期限",
            field_en="deadline",
            value=due,
            reason="不能早于今天",
            reason_en="it must not lie before today",
        )
