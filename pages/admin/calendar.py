"""The working calendar: known years, entered days, and entering a year's holiday notice."""

from datetime import date, timedelta

import streamlit as st

from review.common.clock import today
from review.errors import CalendarEnds
from review.i18n import N_, _
from review.services import access
from review.services.rules import calendar
from review.ui.format import Term
from review.ui.page import Page, empty, heading, open_page
from review.ui.widgets.tables import Column, table

DAYS = {
    "off": Term(N_("Day off"), "red"),
    "working": Term(N_("Make-up working day"), "blue"),
}
YEARS = {
    "known": Term(N_("Known to this release"), "green"),
    "complete": Term(N_("Entered, in use"), "green"),
    "partial": Term(N_("Entered in part, not in use"), "orange"),
    "missing": Term(N_("Not entered"), "red"),
}


def years_around(page: Page) -> list[tuple[int, str, str]]:
    """This year, the five before and the two after: year, state, source."""
    entered = {year.year: year for year in page.call(calendar.list_years)}
    known = calendar.working_calendar(page.engine)
    found = []
    for year in range(today().year - 5, max([today().year + 2, *entered]) + 1):
        if year in entered:
            state = "complete" if entered[year].is_complete else "partial"
            found.append((year, state, entered[year].source))
            continue
        try:
            known.is_working_day(date(year, 6, 1))
        except CalendarEnds:
            found.append((year, "missing", ""))
        else:
            found.append((year, "known", _("Notice of the General Office of the State Council")))
    return found


def draw_years(page: Page) -> None:
    """Which years can be computed with, and what to enter for the next."""
    years = years_around(page)
    missing = [year for year, state, _source in years if state in ("missing", "partial")]
    if missing:
        st.warning(
            _(
                "Limits that reach into {year} cannot be computed yet. When the State Council has "
                "published the holiday notice for {year}, enter every statutory day off (with the "
                "weekdays given in exchange) and every make-up working day, with the number of "
                "the notice.",
                year=missing[0],
            ),
            icon=":material/event_busy:",
        )
    table(
        years,
        (
            Column(_("Year"), lambda row: row[0], width="small"),
            Column(_("State"), lambda row: row[1], "states", vocabulary=YEARS),
            Column(_("Source"), lambda row: row[2]),
        ),
        key=page.key("years"),
    )


def draw_days(page: Page) -> None:
    """Entered days, and removing one."""
    days = page.call(calendar.list_days)
    if not days:
        empty(
            _("No day has been entered by hand."),
            _("Years known to this release need no entry."),
            "event_available",
        )
        return
    chosen = table(
        days,
        (
            Column(_("Day"), lambda each: each.day, "day"),
            Column(
                _("Kind"),
                lambda each: "working" if each.is_working else "off",
                "states",
                vocabulary=DAYS,
            ),
            Column(_("Source"), lambda each: each.source),
            Column(_("Entered at"), lambda each: each.entered_at, "moment"),
        ),
        key=page.key("days"),
        selects=access.may(page.actor, "calendar.manage"),
    ).one
    if chosen is not None and st.button(
        _("Remove {day}", day=chosen.day.isoformat()),
        key=page.key("remove"),
        icon=":material/delete:",
    ):
        page.save(_("Removed."), calendar.remove, chosen.day)


def draw_entry(page: Page) -> None:
    """A period of days off or single make-up days, with the notice that says so."""
    with st.form(page.key("form")):
        st.markdown(f"**{_('Enter days of a holiday notice')}**")
        year = int(
            st.number_input(
                _("Year"), 2000, 2100, today().year + 1, key=page.key("year"), format="%d"
            )
        )
        off = st.text_area(
            _("Days off, one a line or a period: 2027-01-01..2027-01-03"),
            key=page.key("off"),
            height=110,
        )
        working = st.text_area(
            _("Make-up working days, one a line"), key=page.key("working"), height=80
        )
        source = st.text_input(_("Number of the notice"), key=page.key("source"), max_chars=80)
        if st.form_submit_button(_("Enter"), type="primary", key=page.key("enter")):
            days, wrong = parsed(off, working)
            if wrong:
                st.error(
                    _("Not a date: {text}. Write YYYY-MM-DD, a period with two dots.", text=wrong),
                    icon=":material/error:",
                )
            else:
                page.save(
                    _("{count} days entered.", count=len(days)),
                    calendar.enter_year,
                    year=year,
                    days=days,
                    source=source,
                )


def parsed(off: str, working: str) -> tuple[list[tuple[date, bool]], str]:
    """Days with whether they are worked, and the first text that is no date."""
    days: list[tuple[date, bool]] = []
    for text, is_working in ((off, False), (working, True)):
        for entry in text.replace(",", "\n").replace("，", "\n").split():
            first, _dots, last = entry.partition("..")
            try:
                start, end = date.fromisoformat(first), date.fromisoformat(last or first)
            except ValueError:
                return [], entry
            if not 0 <= (end - start).days < 366:
                return [], entry
            days.extend(
                (start + timedelta(days=each), is_working) for each in range((end - start).days + 1)
            )
    return days, ""


page = open_page("admin/calendar")
heading(
    _("Working calendar"),
    caption=_("Limits in working days are computed with these days and nothing is guessed."),
)
may_enter = access.may(page.actor, "calendar.manage")
left, right = st.columns([3, 2], gap="medium") if may_enter else (st.container(), None)
with left:
    if right is None:
        st.caption(_("Days are entered by the administrator."))
    st.subheader(_("Years"), anchor=False)
    draw_years(page)
    st.subheader(_("Entered days"), anchor=False)
    draw_days(page)
if right is not None:
    with right:
        draw_entry(page)
