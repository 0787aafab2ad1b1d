"""The year's plan: its reviews by quarter, who leads them, and the ledger of work targets."""

import streamlit as st

from review.common.clock import today
from review.i18n import _
from review.services import access
from review.services.rounds import rounds, year
from review.ui import state
from review.ui.page import Page, empty, heading, open_page
from review.ui.pages import go
from review.ui.widgets.year_plan import calendar, draw_year, target_detail, targets_table


def draw(page: Page) -> None:
    """One year."""
    heading(
        _("Year's plan"),
        caption=_("At least four reviews a year, and the work targets of the rule-of-law plan."),
    )
    known = {each.year for each in page.call(rounds.list_rounds)} | {today().year}
    years = sorted(known | {max(known) + 1}, reverse=True)
    may_edit = access.may(page.actor, "year.manage")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            _("Year"), years, index=years.index(today().year), key=page.key("year"), width=140
        )
        if may_edit and st.button(
            _("Plan a round"), key=page.key("plan"), icon=":material/event_repeat:"
        ):
            go("rounds/rounds")
        if may_edit:
            page.dialog_button(_("Add a target"), "target", icon=":material/flag:")
    view = page.call(year.year_page, chosen)
    draw_year(view.plan)
    st.subheader(_("Reviews of the year"), anchor=False)
    if view.rounds:
        calendar(page, view)
    else:
        empty(
            _("No round is planned for {year}.", year=chosen),
            _("The regulations section plans at least four a year with “Plan a round”."),
            "event_repeat",
        )
    st.subheader(_("Work targets"), anchor=False)
    targets_table(page, view, chosen, may_edit=may_edit)
    target_detail(page, view, may_edit=may_edit)


page = open_page("rounds/year")
state.set_address(round=None)
draw(page)
