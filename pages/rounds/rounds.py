"""Rounds of review: plan one, draw its cases, assign them, follow it to its end."""

from datetime import date, timedelta
from decimal import Decimal

import streamlit as st

from review.common.clock import today
from review.i18n import _, chosen
from review.planning.phases import STEPS, Step
from review.planning.plan import TOPICS
from review.services import access
from review.services.accounts import people
from review.services.rounds import rounds
from review.services.rounds.rounds import RoundCard
from review.ui import state
from review.ui.format import PROCEDURES, ROUND_KINDS, ROUND_STATES, word
from review.ui.page import Page, empty, heading, open_page
from review.ui.widgets.round_detail import draw_round
from review.ui.widgets.tables import Column, table
from review.ui.widgets.year_plan import draw_year

DAY = "YYYY-MM-DD"
REVIEW_TIME = timedelta(days=30)
"""How long a review is offered to take; the form changes it."""


def round_columns() -> tuple[Column[RoundCard], ...]:
    """What the list says of a round."""
    return (
        Column(_("Round"), lambda each: each.title, width=230),
        Column(_("Kind"), lambda each: word(ROUND_KINDS, each.kind), width=80),
        Column(_("State"), lambda each: each.state, "states", 90, ROUND_STATES),
        Column(
            _("Cases closed between"), lambda each: span(each.scope_from, each.scope_to), width=160
        ),
        Column(_("Review dates"), lambda each: span(each.starts_on, each.ends_on), width=160),
        Column(_("Cases drawn"), lambda each: each.drawn, "number", "small"),
        Column(
            _("Sheets submitted"),
            lambda each: 100 * each.submitted / each.sheets if each.sheets else 0,
            "share",
        ),
    )


def span(first: object, last: object) -> str:
    """Two days as a period."""
    return f"{first} ~ {last}"


def plan(page: Page) -> None:
    """The form of a new round."""
    units = {unit.id: unit.name for unit in page.call(people.list_units, reviewed_only=True)}
    this_day = today()
    with st.form(page.key("plan_form"), border=False):
        title = st.text_input(
            _("Title"),
            key=page.key("title"),
            placeholder=_("{year} review of penalty files, round 1", year=this_day.year),
        )
        left, middle, right = st.columns(3)
        kind = left.selectbox(
            _("Kind"),
            list(ROUND_KINDS),
            format_func=lambda each: word(ROUND_KINDS, each),
            key=page.key("kind"),
        )
        year = middle.number_input(
            _("Year"), 2000, 2100, this_day.year, key=page.key("year_of"), format="%d"
        )
        topics = {zh: chosen(zh, en) for _key, zh, en in TOPICS}
        topic = right.selectbox(
            _("Topic"),
            list(topics),
            index=None,
            format_func=lambda each: topics.get(each, each),
            key=page.key("topic"),
            placeholder=_("All-round; or choose or type a topic"),
            accept_new_options=True,
        )
        scope_from = left.date_input(
            _("Cases closed from"),
            this_day.replace(month=1, day=1),
            key=page.key("scope_from"),
            format=DAY,
        )
        scope_to = middle.date_input(
            _("Cases closed to"), this_day, key=page.key("scope_to"), format=DAY
        )
        starts_on = left.date_input(
            _("Review begins"), this_day, key=page.key("starts_on"), format=DAY
        )
        ends_on = middle.date_input(
            _("Review ends"), this_day + REVIEW_TIME, key=page.key("ends_on"), format=DAY
        )
        unit_ids = st.multiselect(
            _("Units under review"),
            list(units),
            default=list(units),
            format_func=units.__getitem__,
            key=page.key("units"),
            select_all=False,
            placeholder=_("Choose"),
        )
        lead = left.text_input(_("Who leads"), key=page.key("lead"))
        taking_part = middle.text_input(_("Who takes part"), key=page.key("taking_part"))
        target = right.number_input(_("Planned cases"), 0, value=20, key=page.key("target_cases"))
        quotas = _quotas(page)
        points = left.number_input(
            _("Spread that calls the panel (points)"),
            0.0,
            100.0,
            5.0,
            key=page.key("points"),
        )
        objection = middle.number_input(
            _("Days to object (working days)"), 1, 60, 5, key=page.key("objection_days")
        )
        double = left.checkbox(
            _("Two reviewers a case, blind to each other"), value=True, key=page.key("double")
        )
        hidden = middle.checkbox(
            _("Hide the machine's proposals from the reviewers"), key=page.key("hidden")
        )
        st.caption(
            _("The newest checklist in force at the beginning is taken and frozen for the round.")
        )
        pressed = st.form_submit_button(_("Plan round"), type="primary", key=page.key("plan_save"))
    if not pressed:
        return
    done, planned = page.attempt(
        rounds.plan_round,
        title=title,
        kind=kind,
        topic=topic or "",
        year=int(year),
        scope_from=scope_from,
        scope_to=scope_to,
        starts_on=starts_on,
        ends_on=ends_on,
        unit_ids=unit_ids,
        double_scoring=double,
        hide_proposals=hidden,
        lead=lead,
        taking_part=taking_part,
        target_cases=int(target),
        quotas=quotas,
        deliberation_points=Decimal(str(points)).quantize(Decimal("0.01")),
        objection_days=int(objection),
        timetable=_timetable(starts_on, ends_on),
    )
    if done:
        page.close_dialog()
        state.flash(_("The round is planned. Next: issue the notice."))
        state.set_address(round=planned)
        st.rerun()


def _quotas(page: Page) -> dict[str, int] | None:
    """Wanted cases of each procedure; 0 leaves it to the draw."""
    wanted: dict[str, int] = {}
    with st.expander(_("Quotas by procedure (may be left open)")):
        columns = st.columns(len(PROCEDURES))
        for column, slot in zip(columns, PROCEDURES, strict=True):
            count = column.number_input(
                word(PROCEDURES, slot), 0, value=0, key=page.key("plan_quota", slot)
            )
            wanted[slot] = int(count)
    return {slot: count for slot, count in wanted.items() if count} or None


def _timetable(starts_on: date, ends_on: date) -> dict[Step, date]:
    """A first timetable: the steps spread over the time of the review; the page changes it."""
    days = max((ends_on - starts_on).days, 1)
    return {
        step: starts_on + timedelta(days=round(days * number / len(STEPS)))
        for number, step in enumerate(STEPS, 1)
    }


def draw_list(page: Page) -> None:
    """The year and all rounds."""
    heading(
        _("Review rounds"),
        caption=_("Plan, draw, assign, score, confirm, rectify: one record from begin to end."),
    )
    found = page.call(rounds.list_rounds)
    years = sorted({each.year for each in found} | {today().year}, reverse=True)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        year = st.selectbox(_("Year"), years, key=page.key("year"), width=140)
        if access.may(page.actor, "round.manage"):
            page.dialog_button(_("Plan a round"), "plan", type="primary", icon=":material/add:")
    page.dialog("plan", _("Plan a round"), lambda _about: plan(page), width="large")
    draw_year(page.call(rounds.year_view, year))
    shown = [each for each in found if each.year == year]
    if not shown:
        empty(
            _("No round is planned for {year}.", year=year),
            _("The regulations section plans at least four a year with “Plan a round”."),
            "event_repeat",
        )
        return
    opened = table(shown, round_columns(), key=page.key("rounds"), opens=_("Open")).opened
    if opened:
        state.set_address(round=opened.id)
        st.rerun()


page = open_page("rounds/rounds")
round_id = state.address_id("round")
if round_id is None:
    draw_list(page)
else:
    view = page.call(rounds.round_view, round_id)
    draw_round(page, view)
