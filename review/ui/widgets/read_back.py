"""A rectification workbook that came back: shown cell by cell, then taken over by choice."""

from __future__ import annotations

from datetime import date

import streamlit as st

from review.i18n import _, chosen
from review.rectification.tables import ItemState
from review.reports.read_back import Change, ReadBack
from review.reports.rectification_columns import COLUMNS
from review.services.rectifying import rectification_workbook
from review.services.rectifying.rectification import ListView
from review.ui.format import ITEM_STATES, MISSING, day, word
from review.ui.page import Page
from review.ui.widgets.tables import Column, table


def draw_read_back(page: Page, view: ListView) -> None:
    """Choose a workbook, see every changed cell and every problem, take over what is ticked."""
    with st.expander(_("Take over a workbook that came back"), key=page.key("back_box")):
        upload = st.file_uploader(
            _("Workbook of this list"), type=["xlsx"], key=page.key("back_file")
        )
        if upload is None:
            st.caption(
                _(
                    "The exported workbook can be filled in elsewhere. Every changed cell is shown "
                    "here first; you choose what is taken over, all of it in one step."
                )
            )
            return
        raw, name = upload.getvalue(), upload.name
        found = page.call(rectification_workbook.read_back, view.card.id, raw, name=name)
        _problems(page, view, found)
        if not found.changes:
            if not found.problems:
                st.success(_("The workbook agrees with the list."), icon=":material/check_circle:")
            return
        accepted = _changes(page, view, found)
        if found.problems:
            st.caption(_("Correct the cells above in the workbook, then upload it again."))
        elif st.button(
            _("Take over {n} cells", n=len(accepted)),
            key=page.key("back_take"),
            type="primary",
            disabled=not accepted,
            icon=":material/download_done:",
        ):
            page.save(
                _("Taken over; every change is in the history of its item."),
                rectification_workbook.take_over,
                view.card.id,
                raw,
                name=name,
                accepted=[(each.item_id, each.field) for each in accepted],
            )


def _problems(page: Page, view: ListView, found: ReadBack) -> None:
    if found.problems:
        st.warning(_("Problems in the workbook"), icon=":material/error:")
        table(
            found.problems,
            (
                Column(_("Row"), lambda each: each.row, width="small"),
                Column(_("Column"), lambda each: each.column, width="small"),
                Column(
                    _("What is wrong and what to do"),
                    lambda each: chosen(each.zh, each.en),
                    width="large",
                ),
            ),
            key=page.key("back_problems"),
        )
    if found.missing:
        sequence = {item.id: item.sequence for item in view.items}
        rows = _(", ").join(str(sequence.get(each, each)) for each in found.missing)
        st.warning(_("Rows that were removed: {rows}", rows=rows), icon=":material/error:")


def _changes(page: Page, view: ListView, found: ReadBack) -> list[Change]:
    """The changed cells; what is ticked, or everything without a conflict, is to be taken."""
    sequence = {item.id: item.sequence for item in view.items}
    titles = {each.field: chosen(*each.headings).partition("\n")[0] for each in COLUMNS}
    columns: tuple[Column[Change], ...] = (
        Column(_("No."), lambda each: sequence.get(each.item_id), width=50),
        Column(_("Cell"), lambda each: f"{each.column}{each.row}", width=60),
        Column(_("Field"), lambda each: titles.get(each.field, each.field), width=110),
        Column(_("On the list"), lambda each: shown(each.old), width=260),
        Column(_("In the workbook"), lambda each: shown(each.new), width=260),
        Column(
            _("Conflict"),
            lambda each: _("changed here meanwhile") if each.is_conflict else "",
            width=170,
        ),
    )
    ticked = table(
        found.changes, columns, key=page.key("back_changes"), selects_many=True, longest=12
    ).rows
    if ticked:
        return list(ticked)
    conflicts = sum(each.is_conflict for each in found.changes)
    if conflicts:
        st.caption(_("{n} cells are in conflict and are taken only if you tick them.", n=conflicts))
    else:
        st.caption(_("Without a tick every change is taken over."))
    return [each for each in found.changes if not each.is_conflict]


def shown(value: str | date | ItemState) -> str:
    """A cell's value as the list writes it."""
    if isinstance(value, ItemState):
        return word(ITEM_STATES, value)
    if isinstance(value, date):
        return day(value)
    return value or MISSING
