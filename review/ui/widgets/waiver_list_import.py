"""Taking over a waiver list: what it is, the workbook, its problems or changes, and the draft."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from review.common.clock import today
from review.common.tabular import CellProblem
from review.i18n import _, chosen
from review.law.waiver_changes import ItemChange
from review.law.waiver_list import ListKind
from review.law.waiver_workbook import TITLES, ListHead
from review.services.rules import waiver_lists
from review.services.rules.waiver_lists import ListPreview
from review.ui import state
from review.ui.format import plain, word
from review.ui.page import Page, empty
from review.ui.widgets.list_words import CHANGE_KINDS, LIST_KINDS
from review.ui.widgets.tables import Column, table


def draw_import(page: Page) -> None:
    """From the file to the draft; nothing is written before the button."""
    kind_column, title_column, version_column, day_column = st.columns(
        [2, 5, 2, 2], vertical_alignment="bottom"
    )
    kind = kind_column.selectbox(
        _("Kind of list"),
        list(ListKind),
        index=0,
        format_func=lambda each: word(LIST_KINDS, each),
        key=page.key("kind"),
    )
    title = title_column.text_input(_("Title of the list"), key=page.key("title"))
    version = version_column.text_input(
        _("Version"), key=page.key("version"), placeholder=_("as the issuer names it")
    )
    in_force = day_column.date_input(_("In force from"), value=today(), key=page.key("in_force"))
    issuer_column, whole_column = st.columns([7, 4], vertical_alignment="bottom")
    issued_by = issuer_column.text_input(_("Issued by"), key=page.key("issued_by"))
    is_whole = whole_column.toggle(
        _("The workbook holds the whole list"), value=True, key=page.key("is_whole")
    )
    upload = st.file_uploader(
        _("Workbook of the list (Excel or CSV)"),
        type=["xlsx", "xlsm", "csv", "xls", "et"],
        key=page.key("workbook", state.get(page.key("taken"), 0)),
    )
    if upload is None:
        empty(
            _("No workbook is chosen."),
            _(
                "One row an item under a heading row. Needed: {name} and {conditions}. "
                "Further columns: {others}.",
                name=TITLES["name"],
                conditions=TITLES["conditions"],
                others="、".join(
                    text for key, text in TITLES.items() if key not in ("name", "conditions")
                ),
            ),
            "table_view",
        )
        return
    if not title.strip():
        st.info(_("Enter the title of the list first."), icon=":material/edit:")
        return
    head = ListHead(
        kind=ListKind(kind or ListKind.WAIVE),
        title=title,
        in_force=in_force,
        version=version,
        issued_by=issued_by,
        is_whole=is_whole,
    )
    raw, name = upload.getvalue(), upload.name
    preview = page.call(waiver_lists.preview_list, name=name, raw=raw, head=head)
    if preview.held is None:
        draw_problems(page, preview.problems)
        return
    _offer(page, preview, name=name, raw=raw, head=head)
    draw_changes(page, preview.changes, chosen_title(preview))


def chosen_title(preview: ListPreview) -> str:
    """The list that the new one is compared with; empty where it is the first."""
    before = preview.before_title
    return chosen(before.zh, before.en) if before else ""


def _offer(page: Page, preview: ListPreview, *, name: str, raw: bytes, head: ListHead) -> None:
    held = preview.held
    assert held is not None
    with st.container(horizontal=True, vertical_alignment="center"):
        pressed = st.button(
            _("Keep {n} items as a draft", n=len(held.items)),
            type="primary",
            key=page.key("take"),
            icon=":material/download_done:",
        )
        st.markdown(f":green-badge[{_('Nothing keeps it out')}]", width="content")
    if preview.guessed:
        st.caption(
            _(
                "For {n} conditions the kind of proof was told from their words: look at them "
                "in the draft before it is published.",
                n=preview.guessed,
            )
        )
    if preview.skipped:
        st.caption(
            plain(_("Sheets without a list: {sheets}", sheets=_(", ").join(preview.skipped)))
        )
    if not pressed:
        return
    done, _id = page.attempt(waiver_lists.import_list, name=name, raw=raw, head=head)
    if done:
        state.put(page.key("taken"), int(state.get(page.key("taken"), 0)) + 1)
        state.flash(_("The list is kept as a draft; publish it under Lists."))
        st.rerun()


def draw_problems(page: Page, problems: Sequence[CellProblem]) -> None:
    """Everything that keeps a workbook out, by sheet, row and column."""
    st.markdown(
        f":red-badge[:material/error: {_('{n} problems keep the workbook out', n=len(problems))}]"
    )
    table(
        problems,
        (
            Column(_("Sheet"), lambda each: each.sheet, width=140),
            Column(_("Row"), lambda each: each.row, width=70),
            Column(_("Column"), lambda each: each.column, width=70),
            Column(
                _("What is wrong and what to do"),
                lambda each: chosen(each.zh, each.en),
                width="large",
            ),
        ),
        key=page.key("problems"),
    )


def draw_changes(page: Page, changes: Sequence[ItemChange], before: str) -> None:
    """What a version changes against the one before: a line an item and particular."""
    if not before:
        st.caption(_("There is no earlier list of this kind: every item is new."))
        return
    st.markdown(f"**{plain(_('Changes against {title}', title=before))}**")
    if not changes:
        st.caption(_("No item differs."))
        return
    table(
        [(change, particular) for change in changes for particular in (change.fields or (None,))],
        (
            Column(
                _("Change"),
                lambda row: row[0].kind,
                "states",
                90,
                vocabulary=CHANGE_KINDS,
            ),
            Column(_("Listed item"), lambda row: row[0].name, width="medium"),
            Column(
                _("Particular"),
                lambda row: chosen(row[1].title.zh, row[1].title.en) if row[1] else "",
                width=130,
            ),
            Column(_("Before"), lambda row: row[1].before if row[1] else ""),
            Column(_("After"), lambda row: row[1].after if row[1] else ""),
        ),
        key=page.key("changes"),
        longest=12,
    )
