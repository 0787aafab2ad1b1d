"""Working days, calendar periods and months, as the procedural law of the PRC counts them.

The day on which a period is set off is never counted (the day after it is the first). Working days
are Monday to Friday without the days off of the State Council's yearly notice, plus its make-up
days. The years that `chinesecalendar` knows are used as they are; `WorkingCalendar` puts the rows
of the administrator's override table before them. Past the known years nothing is guessed:
`CalendarEnds` says which year has to be entered.
"""

from __future__ import annotations

import calendar as month_lengths
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar

from review.errors import CalendarEnds

ONE_DAY = timedelta(days=1)

# A notice is taken as entered in full once it gives every statutory day off (13 a year since 2025)
# and the three fixed feasts are among them: a year that is half entered must not be computed with.
STATUTORY_DAYS_OFF = 13
FIXED_FEASTS = ((1, 1), (5, 1), (10, 1))


@dataclass(frozen=True, slots=True)
class DayOverride:
    """One row of the override table: whether `day` is worked, and the notice that says so."""

    day: date
    is_working: bool
    source: str


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The known calendar with an administrator's rows before it.

    A year past the known ones counts as known once its rows hold all statutory days off; until
    then every computation that reaches into it raises `CalendarEnds`.
    """

    rows: tuple[DayOverride, ...] = ()
    _by_day: dict[date, bool] = field(init=False, repr=False, compare=False, hash=False)
    _entered_years: frozenset[int] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        """Index the rows; a later row of the same day wins."""
        by_day = {row.day: row.is_working for row in self.rows}
        object.__setattr__(self, "_by_day", by_day)
        object.__setattr__(self, "_entered_years", _years_in_full(by_day))

    def is_working_day(self, day: date) -> bool:
        """Whether `day` is worked; raises CalendarEnds where its year is not known."""
        entered = self._by_day.get(day)
        if entered is not None:
            return entered
        if day.year in self._entered_years:
            return day.weekday() < 5
        return _published(day)


def _years_in_full(by_day: dict[date, bool]) -> frozenset[int]:
    days_off: dict[int, set[date]] = {}
    for day, is_working in by_day.items():
        if not is_working:
            days_off.setdefault(day.year, set()).add(day)
    return frozenset(
        year
        for year, days in days_off.items()
        if len(days) >= STATUTORY_DAYS_OFF
        and all(date(year, month, number) in days for month, number in FIXED_FEASTS)
    )


@lru_cache(maxsize=8192)
def _published(day: date) -> bool:
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        raise CalendarEnds(year=day.year) from None


@lru_cache(maxsize=8192)
def is_festival(day: date) -> bool:
    """Whether a day off stands in a yearly notice under a festival's name; weekends do not.

    Raises CalendarEnds past the known years.
    """
    try:
        is_off, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        raise CalendarEnds(year=day.year) from None
    return bool(is_off) and name is not None


PUBLISHED = WorkingCalendar()
"""The calendar without any override: the years that the installed release knows."""


def calendar_of(rows: Iterable[DayOverride]) -> WorkingCalendar:
    """A calendar from the rows of the override table, in the order in which they were entered."""
    return WorkingCalendar(tuple(rows))


def is_working_day(day: date, calendar: WorkingCalendar | None = None) -> bool:
    """Whether `day` is worked, make-up days included; raises CalendarEnds past the known years."""
    return (calendar or PUBLISHED).is_working_day(day)


def add_working_days(day: date, n: int, calendar: WorkingCalendar | None = None) -> date:
    """The n-th working day after `day`; the day after `day` is the first that can count.

    `n` 0 gives `day` itself. Raises ValueError for a negative `n` and CalendarEnds past the known
    years.
    """
    if n < 0:
        raise ValueError(f"a period of {n} working days does not exist")
    while n:
        day += ONE_DAY
        n -= is_working_day(day, calendar)
    return day


def working_days_between(start: date, end: date, calendar: WorkingCalendar | None = None) -> int:
    """Working days after `start` up to and including `end`; negative where `end` comes first.

    Raises CalendarEnds past the known years.
    """
    if end < start:
        return -working_days_between(end, start, calendar)
    count = 0
    while start < end:
        start += ONE_DAY
        count += is_working_day(start, calendar)
    return count


def next_working_day(day: date, calendar: WorkingCalendar | None = None) -> date:
    """`day` itself where it is worked, otherwise the first working day after it."""
    while not is_working_day(day, calendar):
        day += ONE_DAY
    return day


def add_calendar_days(day: date, n: int, calendar: WorkingCalendar | None = None) -> date:
    """The last day of a period of `n` calendar days after `day`.

    Where it falls on a day off, the first working day after it (Civil Procedure Law, the rule on
    periods). Raises CalendarEnds past the known years.
    """
    return next_working_day(day + timedelta(days=n), calendar)


def add_months(day: date, n: int) -> date:
    """The same day of the month `n` months later, or the last day of a shorter month."""
    months = day.year * 12 + day.month - 1 + n
    year, month = divmod(months, 12)
    length = month_lengths.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, length))


def add_years(day: date, n: int) -> date:
    """The same day `n` years later; 29 February becomes the 28th in a common year."""
    return add_months(day, 12 * n)
