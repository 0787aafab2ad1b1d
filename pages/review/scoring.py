"""Score one case: the page viewer beside the checklist."""

import streamlit as st

from review.i18n import _, language
from review.services.desk import scoring
from review.ui import state
from review.ui.components.desk import DESK_STYLE, review_desk
from review.ui.components.desk_data import desk_data
from review.ui.page import empty, heading, open_page
from review.ui.widgets.sheet_list import sheet_list

page = open_page("review/scoring")
sheet_id = state.address_id("sheet")

if sheet_id is None:
    heading(_("Score a case"), caption=_("Open one of your score sheets."))
    titles = page.call(scoring.sheet_rounds)
    if titles:
        round_id = st.selectbox(
            _("Round"),
            list(titles),
            format_func=titles.__getitem__,
            key=page.key("round"),
            width=420,
        )
        cards = page.call(scoring.sheet_cards, round_id=round_id)
        sheet_list(cards, key=page.key("sheets", round_id))
    else:
        empty(_("No score sheet is assigned to you."), _("The regulations section assigns cases."))
    st.stop()

view = page.call(scoring.open_sheet, sheet_id)
st.set_page_config(page_title=view.sheet.case_no, initial_sidebar_state="collapsed")
st.html(DESK_STYLE)
review_desk(
    desk_data(view, page.actor),
    key=page.key("desk", sheet_id, language()),
    on_submitted=lambda: state.flash(_("The score sheet was submitted.")),
)
