"""The draft result as its unit sees it: cases, items that lost points, and the form to object."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from review.i18n import _, chosen
from review.services.results import objections
from review.services.results.objection_views import DraftCase, DraftItem, DraftView
from review.ui.format import OBJECTION_STATES, day, number, plain
from review.ui.page import Page
from review.ui.widgets.evidence import evidence_buttons
from review.ui.widgets.tables import Column, table


def draw_draft(page: Page, titles: Mapping[int, str]) -> None:
    """The draft result of the chosen round: its cases, then the items of the chosen case."""
    round_id = st.selectbox(
        _("Round"),
        list(titles),
        format_func=titles.__getitem__,
        key=page.key("round"),
        width=420,
    )
    view = page.call(objections.drafts, round_id=round_id)[0]
    if view.may_object:
        st.info(_("You may object until {day}.", day=day(view.until_on)), icon=":material/event:")
    else:
        st.caption(_("The time to object is over; the results are settled."))
    columns: tuple[Column[DraftCase], ...] = (
        Column(_("Case number"), lambda each: each.case_no, width=200),
        Column(_("Cause of action"), lambda each: each.cause, width=280),
        Column(_("Score"), lambda each: each.score, "number", 70),
        Column(_("Grade"), lambda each: chosen(each.grade.zh, each.grade.en), width=90),
        Column(_("Deducted"), lambda each: each.deducted, "number", 80),
        Column(_("Items with a fault"), lambda each: len(each.items), "number", 120),
    )
    case = table(view.cases, columns, key=page.key("cases"), selects=True, longest=8).one
    if case is None:
        st.caption(_("Select a case to see why it lost points and to object."))
        return
    _items(page, view, case)


def _items(page: Page, view: DraftView, case: DraftCase) -> None:
    st.subheader(plain(case.case_no), anchor=False)
    if not case.items:
        st.success(_("This case lost no points."), icon=":material/check_circle:")
        return
    columns: tuple[Column[DraftItem], ...] = (
        Column(_("Item"), lambda each: each.item_id, width=80),
        Column(_("Title"), lambda each: chosen(each.title.zh, each.title.en), width=220),
        Column(
            _("Result"), lambda each: chosen(each.result_word.zh, each.result_word.en), width=80
        ),
        Column(_("Deducted"), lambda each: each.deduction, "number", 76),
        Column(_("Why"), lambda each: chosen(each.reason.zh, each.reason.en), width=360),
        Column(
            _("Objection"),
            lambda each: [each.objection] if each.objection else [],
            "states",
            100,
            OBJECTION_STATES,
        ),
    )
    item = table(case.items, columns, key=page.key("items"), selects=True, longest=10).one
    if item is None:
        st.caption(_("Select an item to see the place in your file and to object."))
        return
    with st.container(border=True):
        st.markdown(f"**{plain(item.item_id)}** {plain(chosen(item.title.zh, item.title.en))}")
        st.markdown(plain(chosen(item.reason.zh, item.reason.en)))
        st.caption(
            _("{points} points, {deducted} deducted", points=number(item.points),
              deducted=number(item.deduction))
        )  # fmt: skip
        evidence_buttons(page, f"{case.case_id}.{item.item_id}", item.evidence)
        if view.may_object and item.objection in (None, "withdrawn"):
            _form(page, view, case, item)


def _form(page: Page, view: DraftView, case: DraftCase, item: DraftItem) -> None:
    with st.form(page.key("object", case.case_id, item.item_id), border=False):
        text = st.text_area(
            _("Why the result should be another one"),
            key=page.key("text", case.case_id, item.item_id),
            height=90,
        )
        proof = st.file_uploader(
            _("Proof (photo, scan or document)"),
            key=page.key("proof", case.case_id, item.item_id),
        )
        if not st.form_submit_button(
            _("Object"), type="primary", key=page.key("raise", case.case_id, item.item_id)
        ):
            return
    with tempfile.TemporaryDirectory() as folder:
        kept = None
        if proof is not None:
            path = Path(folder) / "proof"
            path.write_bytes(proof.getvalue())
            kept = (path, proof.name)
        page.save(
            _("Your objection is recorded; somebody who did not score decides it."),
            objections.raise_objection,
            round_id=view.round_id,
            case_id=case.case_id,
            item_id=item.item_id,
            text=text,
            proof=kept,
        )
