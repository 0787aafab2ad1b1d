"""A rectification workbook that came back: what it changes against the list as it stands."""

from __future__ import annotations

from datetime import date

import streamlit as st

from review.i18n import _, chosen
from review.rectification.tables import ItemState
from review.reports.rectification_columns import COLUMNS
from review.services import exports
from review.services.rectification import ListView
from review.ui.format import ITEM_STATES, MISSING, day, word
from review.ui.page import Page
from review.ui.widgets.tables import Column, table


def draw_read_back(page: Page, view: ListView) -> None:
    """Choose a workbook, see every changed cell and every problem; nothing is written."""
    with st.expander(_("Compare a workbook that came back"), key=page.key("back_box")):
        upload = st.file_uploader(
            _("Workbook of this list"), type=["xlsx"], key=page.key("back_file")
        )
        if upload is None:
            st.caption(
                _(
                    "The exported workbook can be filled in elsewhere. Here every changed cell is "
                    "shown; the changes are then entered at the items, so that each has its author."
                )
            )
            return
        found = page.call(exports.read_back_xlsx, view.card.id, upload.getvalue(), name=upload.name)
        sequence = {item.id: item.sequence for item in view.items}
        titles = {each.field: chosen(*each.headings).partition("\n")[0] for each in COLUMNS}
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
            rows = _(", ").join(str(sequence.get(each, each)) for each in found.missing)
            st.warning(_("Rows that were removed: {rows}", rows=rows), icon=":material/error:")
        if found.changes:
            table(
                found.changes,
                (
                    Column(_("No."), lambda each: sequence.get(each.item_id), width="small"),
                    Column(_("Field"), lambda each: titles.get(each.field, each.field)),
                    Column(_("On the list"), lambda each: shown(each.old), width="medium"),
                    Column(_("In the workbook"), lambda each: shown(each.new), width="medium"),
                ),
                key=page.key("back_changes"),
            )
        elif not found.problems:
            st.success(_("The workbook agrees with the list."), icon=":material/check_circle:")


def shown(value: str | date | ItemState) -> str:
    """A cell's value as the list writes it."""
    if isinstance(value, ItemState):
        return word(ITEM_STATES, value)
    if isinstance(value, date):
        return day(value)
    return value or MISSING
