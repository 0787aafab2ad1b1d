"""Working days of the mainland calendar, make-up days included.

Days written in the Penalty Law as two, three, five or seven days are working days (art. 85); the
sample timelines are planned with these functions and not with those of the reviewed program.
"""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar


def is_working_day(day: date) -> bool:
    """Say whether offices are open on `day` (weekends worked in exchange count)."""
    return bool(chinese_calendar.is_workday(day))


def working_day_after(day: date, count: int) -> date:
    """Return the `count`-th working day after `day`; the next working day counts as the first."""
    if count < 0:
        raise ValueError(f"a number of working days cannot be negative: {count}")
    current = day
    left = count
    while left:
        current += timedelta(days=1)
        if is_working_day(current):
            left -= 1
    return current


def working_days_between(start: date, end: date) -> int:
    """Count the working days after `start` up to and including `end`."""
    if end < start:
        raise ValueError(f"{end} lies before {start}")
    current = start
    count = 0
    while current < end:
        current += timedelta(days=1)
        count += is_working_day(current)
    return count
