"""Comparison and deliberation: items by scorers, disagreement first, and what the panel settles."""

import streamlit as st

from review.i18n import _
from review.services.access import may
from review.services.panel import comparison
from review.services.panel.comparison import ComparisonCard
from review.ui import state
from review.ui.format import COMMON_STATES, ROUND_STATES, word
from review.ui.page import Page, empty, heading, open_page
from review.ui.widgets.agreement import draw_agreement
from review.ui.widgets.comparison import draw_comparison
from review.ui.widgets.tables import Column, table


def columns() -> tuple[Column[ComparisonCard], ...]:
    """What the list says of a case."""
    return (
        Column(_("Case number"), lambda each: each.case_no, width=180),
        Column(_("Cause of action"), lambda each: each.cause, width=300),
        Column(_("Unit"), lambda each: each.unit_name, width=200),
        Column(_("Items in dispute"), lambda each: each.disputed, "number", 90),
        Column(_("Still open"), lambda each: each.open_items, "number", 80),
        Column(_("Panel"), lambda each: _("needed") if each.needs_panel else "", width=70),
        Column(_("Common result"), lambda each: each.state, "states", 100, COMMON_STATES),
    )


def draw_list(page: Page) -> None:
    """The cases that may be compared, of one round."""
    heading(
        _("Comparison"),
        caption=_("Scorers are blind to each other until all sheets are in. Then they meet here."),
    )
    cards = page.call(comparison.list_comparisons)
    titles = {each.round_id: each.round_title for each in cards}
    states = {each.round_id: each.round_state for each in cards}
    if not titles:
        empty(
            _("No case can be compared yet."),
            _(
                "A round comes here when its first review has ended and, for scorers, when their "
                "own sheet is in."
            ),
            "compare_arrows",
        )
        return
    asked = state.address_id("round")
    ids = list(titles)
    round_id = st.selectbox(
        _("Round"),
        ids,
        index=ids.index(asked) if asked in titles else 0,
        format_func=lambda each: f"{titles[each]} · {word(ROUND_STATES, states[each])}",
        key=page.key("round"),
        width=480,
    )
    shown = [each for each in cards if each.round_id == round_id]
    with_figures = may(page.actor, "agreement.view")
    names = [_("Cases"), _("Agreement")] if with_figures else [_("Cases")]
    tabs = st.tabs(names, key=page.key("list_tabs"))
    if with_figures:
        with tabs[1]:
            draw_agreement(page, round_id)
    with tabs[0]:
        opened = table(shown, columns(), key=page.key("cases"), opens=_("Open"), longest=20).opened
    if opened:
        state.set_address(drawn=opened.round_case_id)
        st.rerun()


page = open_page("rounds/comparison")
drawn_id = state.address_id("drawn")
if drawn_id is None:
    draw_list(page)
else:
    draw_comparison(page, page.call(comparison.comparison, drawn_id))
