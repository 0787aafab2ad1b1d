"""Arrange the papers of a case: pages to other papers, kinds, splitting, joining, undoing."""

import streamlit as st

from review.i18n import _
from review.services import access
from review.services.case_files import cases, division
from review.ui import state
from review.ui.components.papers_board import papers_board
from review.ui.page import empty, heading, open_page
from review.ui.pages import go
from review.ui.widgets.case_arrange import Arranging, draw_actions, draw_history
from review.ui.widgets.evidence import Looking, draw_place

page = open_page("cases/arrange")
case_id = state.address_id("case")
if case_id is None:
    heading(_("Arrange papers"))
    empty(
        _("No case is chosen."), _("Open a case from the ledger or from your work."), "folder_open"
    )
    st.stop()
view = page.call(cases.case_view, case_id)
shown = page.call(division.division_view, case_id)
can_edit = access.may(page.actor, "case.correct")
arranging = Arranging(page, view, shown)
heading(
    _("Arrange papers"),
    caption=_(
        "{case}. Facts are read and checks are run again after every step.", case=view.case.case_no
    ),
)
if not view.pages:
    empty(
        _("No page has been read yet."),
        _("Import the files of this case; pages appear here while they are read."),
        "description",
    )
    st.stop()
board, side = st.columns([7, 4], gap="medium")
with board:
    chosen = papers_board(
        view.documents,
        view.pages,
        key=page.key("board", case_id),
        version=f"{case_id}-{shown.version}",
        can_edit=can_edit,
    )
with side, st.container(key="arrange_side"):
    with st.container(border=True):
        if can_edit:
            draw_actions(arranging, chosen)
        draw_history(arranging, shown, can_edit=can_edit)
        if st.button(_("Back to the case"), key=page.key("back"), icon=":material/arrow_back:"):
            go("cases/case", case=case_id)
    draw_place(page, Looking(chosen.look or view.pages[0].id))
if chosen.act is not None and can_edit:
    arranging.asked(chosen.act)
