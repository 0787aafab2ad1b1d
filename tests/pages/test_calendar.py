"""The calendar page: what is known, what has to be entered, entering it."""

from datetime import date

from pages_words import words

from review.db.accounts import Role
from review.services.rules import calendar

SCRIPT = "admin/calendar"


def entered(bureau):
    return calendar.list_days(bureau.engine, bureau[Role.ADMINISTRATOR])


def test_the_page_names_the_year_that_has_to_be_entered(workbench):
    app = workbench(Role.ADMINISTRATOR, SCRIPT, language="en")
    assert "2027" in app.warning[0].value
    assert "make-up working day" in app.warning[0].value


def test_a_period_and_a_make_up_day_are_entered(workbench, bureau):
    app = workbench(Role.ADMINISTRATOR, SCRIPT)
    app.number_input(key="calendar.year").set_value(2027)
    app.text_area(key="calendar.off").set_value("2027-01-01..2027-01-03")
    app.text_area(key="calendar.working").set_value("2027-02-07")
    app.text_input(key="calendar.source").set_value("样例通知〔2026〕1号")
    app.button(key="calendar.enter").click().run()
    assert [error.value for error in app.error] == []
    assert [(day.day, day.is_working) for day in entered(bureau)] == [
        (date(2027, 1, 1), False),
        (date(2027, 1, 2), False),
        (date(2027, 1, 3), False),
        (date(2027, 2, 7), True),
    ]


def test_what_is_no_date_is_named_and_nothing_is_entered(workbench, bureau):
    app = workbench(Role.ADMINISTRATOR, SCRIPT)
    app.number_input(key="calendar.year").set_value(2027)
    app.text_area(key="calendar.off").set_value("2027-02-30")
    app.text_input(key="calendar.source").set_value("样例通知")
    app.button(key="calendar.enter").click().run()
    assert "2027-02-30" in app.error[0].value
    assert entered(bureau) == []


def test_without_the_number_of_the_notice_nothing_is_entered(workbench, bureau):
    app = workbench(Role.ADMINISTRATOR, SCRIPT)
    app.number_input(key="calendar.year").set_value(2027)
    app.text_area(key="calendar.off").set_value("2027-01-01")
    app.button(key="calendar.enter").click().run()
    assert "RND-004" in app.error[0].value
    assert entered(bureau) == []


def test_the_regulations_section_reads_and_does_not_enter(workbench):
    app = workbench(Role.REGULATIONS, SCRIPT)
    assert not app.text_area
    assert words(app)
