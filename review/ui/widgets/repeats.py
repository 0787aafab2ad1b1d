"""Problems that came back: the same item with the same unit or officer in earlier rounds."""

from __future__ import annotations

import streamlit as st

from review.i18n import _, chosen
from review.services.results import repeats
from review.services.results.dashboards import By
from review.services.results.repeats import Repeat
from review.ui.page import Page, empty
from review.ui.pages import go
from review.ui.widgets.tables import Column, table


def draw_repeats(page: Page, round_id: int) -> None:
    """What came back in a round, by unit and by officer; a row opens the cases of its item."""
    by_unit, by_officer = page.call(repeats.repeats, round_id)
    if not by_unit and not by_officer:
        empty(
            _("No problem came back from an earlier round."),
            _("Problems are compared with those of the rounds before, by unit and by officer."),
            "task_alt",
        )
        return
    st.caption(_("The same item was faulty in an earlier round as well. Open a row to see it."))
    for title, name, held in (
        (_("By unit"), "unit", by_unit),
        (_("By officer"), "officer", by_officer),
    ):
        st.subheader(title, anchor=False)
        if not held:
            st.caption(_("None."))
            continue
        opened = table(
            held, _columns(name), key=page.key("repeats", name), opens=_("Open"), longest=8
        ).opened
        if opened:
            go("overview/dashboards", round=round_id, by=str(By.ITEM), key=opened.item_id)


def _columns(name: str) -> tuple[Column[Repeat], ...]:
    officer: tuple[Column[Repeat], ...] = (
        Column(_("Officer"), lambda each: each.officer, width=110),
    )
    return (
        *(officer if name == "officer" else ()),
        Column(_("Unit"), lambda each: each.unit, width=220),
        Column(_("Item"), lambda each: each.item_id, width=80),
        Column(_("Title"), lambda each: chosen(each.title_zh, each.title_en), width=240),
        Column(_("Times before"), lambda each: len(each.earlier), "number", 90),
        Column(_("Last time"), lambda each: each.earlier[-1], width=230),
    )
