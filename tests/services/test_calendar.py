"""The override table of the calendar."""

from datetime import date, timedelta

import pytest

from review.common.dates import add_working_days
from review.errors import BadValue, CalendarEnds, NotAllowed, NotFound
from review.services.rules import calendar

DAYS_OFF = [
    *((date(2027, 1, 1) + timedelta(days=n), False) for n in range(3)),
    *((date(2027, 2, 5) + timedelta(days=n), False) for n in range(8)),
    *((date(2027, 5, 1) + timedelta(days=n), False) for n in range(5)),
    *((date(2027, 10, 1) + timedelta(days=n), False) for n in range(7)),
    (date(2027, 2, 14), True),
]


def enter(bureau, **more):
    values = {"year": 2027, "days": DAYS_OFF, "source": "国办发明电〔2026〕样例号"} | more
    return calendar.enter_year(bureau.engine, bureau.administrator, **values)


def test_an_entered_year_can_be_computed_with(bureau):
    with pytest.raises(CalendarEnds):
        add_working_days(date(2026, 12, 31), 1, calendar.working_calendar(bureau.engine))
    assert enter(bureau) == len(DAYS_OFF)
    assert add_working_days(
        date(2026, 12, 31), 1, calendar.working_calendar(bureau.engine)
    ) == date(2027, 1, 4)
    assert [year.is_complete for year in calendar.list_years(bureau.engine, bureau.leader)] == [
        True
    ]


def test_entering_again_replaces(bureau):
    enter(bureau)
    enter(bureau, days=[(date(2027, 1, 1), True)], source="更正")
    days = {day.day: day for day in calendar.list_days(bureau.engine, bureau.leader, year=2027)}
    assert len(days) == len(DAYS_OFF)
    assert days[date(2027, 1, 1)].is_working
    assert days[date(2027, 1, 1)].source == "更正"


def test_half_a_year_is_not_computed_with(bureau):
    enter(bureau, days=DAYS_OFF[:3])
    assert not calendar.list_years(bureau.engine, bureau.leader)[0].is_complete
    with pytest.raises(CalendarEnds):
        add_working_days(date(2026, 12, 31), 9, calendar.working_calendar(bureau.engine))


@pytest.mark.parametrize(
    "wrong",
    [
        {"source": " "},
        {"days": []},
        {"days": [(date(2026, 1, 1), False)]},
        {"days": [(date(2027, 1, 1), False), (date(2027, 1, 1), True)]},
    ],
)
def test_a_wrong_notice_is_refused_and_changes_nothing(bureau, wrong):
    with pytest.raises(BadValue):
        enter(bureau, **wrong)
    assert calendar.list_days(bureau.engine, bureau.administrator) == []


def test_a_day_is_removed_and_the_year_with_its_last_day(bureau):
    enter(bureau, days=DAYS_OFF[:1])
    calendar.remove(bureau.engine, bureau.administrator, DAYS_OFF[0][0])
    assert calendar.list_years(bureau.engine, bureau.administrator) == []
    with pytest.raises(NotFound):
        calendar.remove(bureau.engine, bureau.administrator, DAYS_OFF[0][0])


def test_only_the_administrator_edits(bureau):
    with pytest.raises(NotAllowed):
        calendar.enter_year(bureau.engine, bureau.regulations, year=2027, days=DAYS_OFF, source="x")
    with pytest.raises(NotAllowed):
        calendar.list_days(bureau.engine, bureau.reviewer)
