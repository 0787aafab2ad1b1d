"""Correcting a fact on its page: value, place and reason; and what was corrected before."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from review.facts.names import NAMES
from review.i18n import _, chosen
from review.services import access
from review.services.case_files import cases, corrections
from review.services.case_files.cases import CaseView, FactView
from review.services.case_files.corrections import CorrectionView, Place
from review.services.reading.fact_values import TYPED
from review.ui import state
from review.ui.components.place_picker import place_picker, words_in
from review.ui.format import fact_value, moment, plain
from review.ui.page import Page
from review.ui.widgets.evidence import Looking, look_at, looking, short, where


def is_pointing(page: Page) -> bool:
    """Whether the viewer takes the place of a correction instead of turning pages."""
    return bool(state.get(page.key("pointing")))


def draw_pointing(page: Page) -> None:
    """The switch between turning pages and pointing at a place."""
    st.toggle(
        _("Point at the place on the page"),
        key=page.key("pointing"),
        help=_("For a correction: click the line that gives the value, or drag a box around it."),
    )


def draw_pointer(page: Page, page_id: int) -> None:
    """The page on which the place of a correction is pointed at."""
    view = page.call(cases.page_view, page_id)
    st.caption(_("Click the line that gives the value, or drag a box around it."))
    place = looking(page)
    marks = place.boxes if place is not None and place.page_id == page_id else ()
    box = place_picker(view, marks, key=page.key("place", page_id))
    if box is not None and tuple(box) not in marks:
        look_at(page, Looking(page_id, (box,), words_in(view, box)))
        state.put(page.key("pointed"), page_id)
        st.rerun()


def draw_correction(page: Page, view: CaseView, fact: FactView) -> None:
    """A person's reading of a fact; it wins over the machine's and the checks run again on it."""
    with st.expander(_("Correct this fact"), key=page.key("correct_box", fact.name)):
        place = _place(page)
        with st.form(page.key("correct", fact.id), border=False):
            value = st.text_input(
                chosen(fact.title.zh, fact.title.en),
                fact.value,
                key=page.key("correct_value", fact.id),
                help=_(
                    "Dates as 2026-01-31, money as digits, yes or no as true or false. Leave it "
                    "empty where the file says nothing of the kind."
                ),
            )
            scope = None
            if fact.document_id is not None:
                st.caption(_("Corrected in this paper; the facts of the file are merged anew."))
                scope = fact.id
            else:
                st.caption(_("Given for the whole file; what the papers say stays as it is."))
            reason = st.text_input(_("Reason"), key=page.key("correct_reason", fact.id))
            if st.form_submit_button(
                _("Save"), type="primary", key=page.key("correct_save", fact.id)
            ):
                _save(page, view, fact.name, value, reason, fact_id=scope, place=place)


def draw_addition(page: Page, view: CaseView) -> None:
    """A fact that the machine did not read at all."""
    read = {fact.name for fact in view.facts}
    titles = {
        each.name: chosen(each.zh, each.en)
        for each in NAMES
        if each.merged and each.type in TYPED and each.name not in read
    }
    with st.expander(_("Add a fact that was not read"), key=page.key("add_box")):
        place = _place(page)
        with st.form(page.key("add_fact"), border=False):
            name = st.selectbox(
                _("Fact"),
                list(titles),
                index=None,
                format_func=titles.__getitem__,
                key=page.key("add_name"),
                placeholder=_("Choose"),
            )
            value = st.text_input(_("Value"), key=page.key("add_value"))
            reason = st.text_input(_("Reason"), key=page.key("add_reason"))
            if st.form_submit_button(_("Save"), key=page.key("add_save")) and name:
                _save(page, view, name, value, reason, fact_id=None, place=place)


def _place(page: Page) -> Place | None:
    """The place that was pointed at, if one was."""
    seen = looking(page)
    if seen is None or state.get(page.key("pointed")) != seen.page_id:
        return None
    st.markdown(f":blue-badge[:material/ink_highlighter: {plain(short(seen.quote) or '□')}]")
    return Place(seen.page_id, seen.boxes, seen.quote)


def _save(
    page: Page,
    view: CaseView,
    name: str,
    value: str,
    reason: str,
    *,
    fact_id: int | None,
    place: Place | None,
) -> None:
    state.drop(page.key("pointing"), page.key("pointed"))
    page.save(
        _("Corrected; the checks have run again."),
        corrections.correct_fact,
        view.case.id,
        name=name,
        value=value,
        reason=reason,
        fact_id=fact_id,
        place=place,
    )


def draw_corrections(page: Page, view: CaseView) -> None:
    """Every correction of the case with its author, reason and time; each can be taken back."""
    rows = page.call(corrections.list_corrections, view.case.id)
    if not rows:
        return
    with st.expander(_("Corrections by people ({n})", n=len(rows)), key=page.key("corrections")):
        for row in rows:
            _correction(page, row)


def _correction(page: Page, row: CorrectionView) -> None:
    title = plain(chosen(row.title.zh, row.title.en))
    new = plain(fact_value(row.name, row.value)) if row.value else _("not in the file")
    old = plain(fact_value(row.name, row.old_value)) if row.old_value else _("not read")
    words = f"**{title}**　{old} → {new}"
    words = f"~~{words}~~" if row.withdrawn_at else words
    place = where(row.source, row.page) if row.is_of_paper else _("whole file")
    parts: Sequence[str] = (row.author, moment(row.at), place, row.reason)
    about = " · ".join(plain(each) for each in parts if each)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"{words}  \n:gray[{about}]", width="stretch")
        is_open = row.withdrawn_at is None and access.may(page.actor, "case.correct")
        if is_open and st.button(_("Take back"), key=page.key("withdraw", row.id), type="tertiary"):
            page.save(
                _("Taken back; the checks have run again."),
                corrections.withdraw_correction,
                row.id,
            )
