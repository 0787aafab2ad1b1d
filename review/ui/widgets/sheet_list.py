"""Score sheets as a list from which one is opened."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from review.i18n import _, chosen
from review.services.desk.sheet_views import SheetCard
from review.ui import state
from review.ui.format import PROCEDURES, word
from review.ui.widgets.tables import Column, table


def sheet_list(cards: Sequence[SheetCard], *, key: str) -> None:
    """The sheets with their progress; opening one puts it into the address."""
    columns: list[Column[SheetCard]] = [
        Column(_("Case number"), lambda card: card.case_no, width=165),
        Column(_("Cause"), lambda card: card.cause, width=160),
        Column(_("Unit"), lambda card: card.unit_name, width=120),
        Column(_("Procedure"), lambda card: word(PROCEDURES, card.procedure), width=80),
        Column(_("Scorer"), lambda card: card.scorer_name, width=70),
        Column(
            _("Decided"),
            lambda card: 100 * card.done / card.items if card.items else 0,
            kind="share",
            width=110,
        ),
        Column(_("Score"), lambda card: card.score if card.grade else None, "number", 56),
        Column(
            _("Grade"),
            lambda card: chosen(card.grade.zh, card.grade.en) if card.grade else None,
            width=70,
        ),
        Column(_("Due"), lambda card: card.due_on, kind="day", width=92),
    ]
    opened = table(cards, columns, key=key, opens=_("Open")).opened
    if opened is not None:
        state.set_address(sheet=opened.sheet_id)
        st.rerun()
