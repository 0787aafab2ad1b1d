"""Other cases that touch this one, for those who may see them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from review.i18n import N_, _, chosen
from review.services.case_files.across_cases import CaseLink
from review.ui.format import Term, badge, plain
from review.ui.page import Page, empty
from review.ui.pages import go

KINDS = {
    "two_places": Term(N_("Officer at two places"), "red"),
    "fined_twice": Term(N_("Perhaps fined twice"), "red"),
    "photo": Term(N_("Same picture"), "orange"),
    "earlier": Term(N_("Earlier case"), "blue"),
}


def draw_links(page: Page, links: Sequence[CaseLink]) -> None:
    """One card a link, with a button that opens the other case."""
    if not links:
        empty(
            _("No other case touches this one."),
            _(
                "Officers' hours, vehicles, parties and pictures are compared with all cases read; "
                "cases that you may not see are not shown."
            ),
            "hub",
        )
        return
    for link in links:
        with (
            st.container(border=True, key=f"link_{link.kind}_{link.case_id}"),
            st.container(horizontal=True, vertical_alignment="center"),
        ):
            st.markdown(
                f"{badge(KINDS, link.kind)} **{plain(link.case_no)}**  \n"
                f"{plain(chosen(link.words.zh, link.words.en))}"
            )
            if st.button(_("Open"), key=page.key("link", link.kind, link.case_id), type="tertiary"):
                go("cases/case", case=link.case_id)
