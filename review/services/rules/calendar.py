"""The calendar of working days: what the release knows and what an administrator entered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine, extract
from sqlmodel import Session, col, select

from review.common.dates import DayOverride, WorkingCalendar, calendar_of
from review.db import audit
from review.db.rows import found
from review.db.session import reading, transaction
from review.errors import BadValue, CalendarEnds
from review.law.tables import CalendarDay, CalendarYear
from review.services import access
from review.services.access import Actor


@dataclass(frozen=True, slots=True)
class DayView:
    """One entered day."""

    day: date
    is_working: bool
    source: str
    entered_at: datetime


@dataclass(frozen=True, slots=True)
class YearView:
    """One entered year and whether it can be computed with (all statutory days off are there)."""

    year: int
    source: str
    days: int
    is_complete: bool


def calendar_in(session: Session) -> WorkingCalendar:
    """The calendar in force, within a session that is open already."""
    rows = session.exec(select(CalendarDay).order_by(col(CalendarDay.day)))
    return calendar_of(DayOverride(row.day, row.is_working, row.source) for row in rows)


def working_calendar(engine: Engine) -> WorkingCalendar:
    """The calendar in force: entered days before those that the release knows."""
    with reading(engine) as session:
        return calendar_in(session)


def list_days(engine: Engine, actor: Actor, *, year: int | None = None) -> list[DayView]:
    """Entered days by date, of one year or all."""
    access.require(actor, "calendar.view")
    query = select(CalendarDay).order_by(col(CalendarDay.day))
    if year is not None:
        query = query.where(extract("year", col(CalendarDay.day)) == year)
    with reading(engine) as session:
        return [
            DayView(row.day, row.is_working, row.source, row.entered_at)
            for row in session.exec(query)
        ]


def list_years(engine: Engine, actor: Actor) -> list[YearView]:
    """Entered years; a year that lacks statutory days off is not yet computed with."""
    access.require(actor, "calendar.view")
    with reading(engine) as session:
        calendar = calendar_in(session)
        days = [row.day for row in session.exec(select(CalendarDay))]
        years = session.exec(select(CalendarYear).order_by(col(CalendarYear.year)))
        return [
            YearView(
                row.year,
                row.source,
                sum(day.year == row.year for day in days),
                _is_complete(calendar, row.year),
            )
            for row in years
        ]


def _is_complete(calendar: WorkingCalendar, year: int) -> bool:
    try:
        for ordinal in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()):
            calendar.is_working_day(date.fromordinal(ordinal))
    except CalendarEnds:
        return False
    return True


def enter_year(
    engine: Engine, actor: Actor, *, year: int, days: Iterable[tuple[date, bool]], source: str
) -> int:
    """Enter the days of one year's notice, replacing what stands for those days.

    `days` pairs a day with whether it is worked. Returns the number of days. Raises BadValue where
    the source is missing, a day lies in another year, or a day is given twice.
    """
    access.require(actor, "calendar.manage")
    entered = list(days)
    if not source.strip():
        raise BadValue(
            field="依据",
            field_en="source",
            value="",
            reason="请填写放假通知的文号",
            reason_en="give the number of the holiday notice",
        )
    seen: set[date] = set()
    for day, _ in entered:
        if day.year != year or day in seen:
            raise BadValue(
                field="日期",
                field_en="day",
                value=day.isoformat(),
                reason="不在该年度内或重复",
                reason_en="is not in that year, or is given twice",
            )
        seen.add(day)
    if not entered:
        raise BadValue(
            field="日期", field_en="days", value="", reason="没有任何日期", reason_en="none given"
        )
    with transaction(engine) as session:
        for day, is_working in entered:
            row = session.get(CalendarDay, day)
            if row is None:
                row = CalendarDay(day=day, is_working=is_working, source=source)
            else:
                row.is_working, row.source, row.version = is_working, source, row.version + 1
            row.entered_by = actor.row_id
            session.add(row)
        head = session.get(CalendarYear, year) or CalendarYear(year=year, source=source)
        head.source, head.entered_by = source, actor.row_id
        session.add(head)
        audit.record(
            session,
            actor.audit_name,
            "calendar.enter",
            "calendar_year",
            year,
            days={day.isoformat(): is_working for day, is_working in entered},
            source=source,
        )
    return len(entered)


def remove(engine: Engine, actor: Actor, day: date) -> None:
    """Remove one entered day; the year's head goes with its last day. Raises NotFound."""
    access.require(actor, "calendar.manage")
    with transaction(engine) as session:
        session.delete(found(session, CalendarDay, day, "日历日", "calendar day"))
        session.flush()
        left = session.exec(
            select(CalendarDay).where(extract("year", col(CalendarDay.day)) == day.year)
        ).first()
        head = session.get(CalendarYear, day.year)
        if left is None and head is not None:
            session.delete(head)
        audit.record(session, actor.audit_name, "calendar.remove", "calendar_day", day.isoformat())
