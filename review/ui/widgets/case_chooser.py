"""Choosing one of many cases: type a part of its number, cause or party, then take it."""

from __future__ import annotations

import streamlit as st

from review.i18n import _
from review.services.case_files import cases
from review.services.case_files.cases import CaseCard
from review.ui.page import Page

SHOWN = 50


def choose_case(
    page: Page, name: str, label: str, *, placeholder: str, wanted: int | None = None
) -> CaseCard | None:
    """A field to search and the list of what it finds; the case that was taken.

    `wanted` is chosen at first, as where the address names a case.
    """
    left, right = st.columns([2, 5], vertical_alignment="bottom")
    text = left.text_input(
        _("Find a case"),
        key=page.key("find", name),
        placeholder=_("Case number, cause or party"),
        icon=":material/search:",
    )
    found = page.call(cases.list_cases, text=text, limit=SHOWN)
    cards = {case.id: case for case in found.rows}
    if wanted is not None and wanted not in cards and not text:
        cards[wanted] = page.call(cases.case_view, wanted).case
    picked = right.selectbox(
        label,
        list(cards),
        index=list(cards).index(wanted) if wanted in cards else None,
        format_func=lambda each: "　".join(
            part
            for part in (cards[each].case_no, cards[each].party_name, cards[each].cause)
            if part
        ),
        key=page.key("case", name, text),
        placeholder=placeholder,
        help=_("{n} cases found; {shown} are listed.", n=found.total, shown=len(cards)),
    )
    return cards[picked] if picked is not None else None
