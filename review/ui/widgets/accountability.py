"""Units that reached a threshold, and the records of talks and suspensions."""

from __future__ import annotations

import streamlit as st

from review.i18n import _, chosen
from review.rectification.thresholds import ACTION_WORDS, MEASURE_WORDS, Reached
from review.services import access
from review.services.rectifying import accountability
from review.services.rectifying.accountability import RecordView, UnitReached
from review.ui.format import moment, number, plain
from review.ui.page import Page
from review.ui.widgets.tables import Column, table


def draw_accountability(page: Page) -> None:
    """What was reached in the rounds under way, and what came of it."""
    over = page.call(accountability.reached_of_late)
    kept = page.call(accountability.records)
    if not over and not kept:
        return
    st.subheader(_("Talks and suspensions"), anchor=False)
    if over:
        _over(page, over)
    if kept:
        _records(page, kept)


def said(reached: Reached) -> str:
    """A reached threshold in words: Overdue items 4 (limit 1)."""
    return _(
        "{measure} {figure} (limit {limit})",
        measure=chosen(*MEASURE_WORDS[reached.measure]),
        figure=number(reached.figure),
        limit=number(reached.limit),
    )


def _over(page: Page, over: list[UnitReached]) -> None:
    columns: tuple[Column[UnitReached], ...] = (
        Column(_("Unit"), lambda each: each.unit, width=220),
        Column(_("Round"), lambda each: each.round_title, width=220),
        Column(
            _("Reached"), lambda each: _(", ").join(said(one) for one in each.reached), width=420
        ),
        Column(
            _("Opened"),
            lambda each: _(", ").join(chosen(*ACTION_WORDS[one]) for one in each.opened),
            width=120,
        ),
    )
    selected = table(over, columns, key=page.key("over"), selects=True, longest=6).one
    if selected is None or not access.may(page.actor, "threshold.manage"):
        return
    with st.container(horizontal=True):
        for action in dict.fromkeys(each.action for each in selected.reached):
            if action in selected.opened:
                continue
            if st.button(
                _("Open the record: {what}", what=chosen(*ACTION_WORDS[action])),
                key=page.key("open_record", action, selected.unit_id, selected.round_id),
            ):
                page.save(
                    _("The record is open."),
                    accountability.open_record,
                    round_id=selected.round_id,
                    unit_id=selected.unit_id,
                    action=action,
                )


def _records(page: Page, kept: list[RecordView]) -> None:
    columns: tuple[Column[RecordView], ...] = (
        Column(_("Record"), lambda each: chosen(*ACTION_WORDS[each.action]), width=140),
        Column(_("Unit"), lambda each: each.unit, width=240),
        Column(_("Round"), lambda each: each.round_title, width=260),
        Column(_("Opened"), lambda each: each.opened_at, "moment", 140),
        Column(_("Written"), lambda each: each.recorded_at, "moment", 140),
    )
    view = table(kept, columns, key=page.key("records"), selects=True, longest=6).one
    if view is None:
        return
    page.seen("record", view.id, view.version)
    with st.container(border=True):
        st.link_button(
            _("Word document"),
            f"/export/accountability-docx/{view.id}",
            key=page.key("record_docx", view.id),
            icon=":material/download:",
        )
        if view.recorded_at is not None or not access.may(page.actor, "threshold.manage"):
            st.markdown(_("Took part: {text}", text=plain(view.participants)))
            st.markdown(plain(view.content))
            st.markdown(_("Demanded: {text}", text=plain(view.demands)))
            st.caption(moment(view.recorded_at))
            return
        with st.form(page.key("write", view.id), border=False):
            participants = st.text_input(_("Who took part"), key=page.key("who", view.id))
            content = st.text_area(_("What was said"), key=page.key("said", view.id), height=90)
            demands = st.text_area(
                _("What is demanded"), key=page.key("demands", view.id), height=90
            )
            if st.form_submit_button(_("Save"), type="primary", key=page.key("keep", view.id)):
                page.save(
                    _("Written down with today's date."),
                    accountability.write_record,
                    view.id,
                    participants=participants,
                    content=content,
                    demands=demands,
                    seen_version=page.seen("record", view.id, view.version),
                )
