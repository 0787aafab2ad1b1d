"""Taking over an edition: its kind and day, the workbook, its problems or changes, the draft."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from review.common.clock import today
from review.i18n import _, chosen
from review.scoring.edition_changes import EditionChange
from review.services.rules import edition_imports
from review.services.rules.edition_imports import EditionPreview
from review.ui import state
from review.ui.format import plain
from review.ui.page import Page, empty
from review.ui.widgets.list_words import CHANGE_KINDS
from review.ui.widgets.tables import Column, table
from review.ui.widgets.waiver_list_import import draw_problems


def draw_import(page: Page) -> None:
    """From the file to the draft; nothing is written before the button."""
    kinds = page.call(edition_imports.edition_kinds)
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    kind = left.selectbox(
        _("Kind of standard"),
        kinds,
        index=None,
        key=page.key("import_kind"),
        accept_new_options=True,
        placeholder=_("Choose, or type a new one in small letters, digits and hyphens"),
    )
    in_force = right.date_input(_("In force from"), value=today(), key=page.key("import_on"))
    upload = st.file_uploader(
        _("Workbook of the edition (Excel)"),
        type=["xlsx", "xlsm"],
        key=page.key("workbook", state.get(page.key("taken"), 0)),
    )
    if upload is None or not kind:
        empty(
            _("No workbook is chosen."),
            _(
                "Export an edition as a workbook, change it, and import it here as the next "
                "version."
            ),
            "table_view",
        )
        return
    raw, name = upload.getvalue(), upload.name
    preview = page.call(
        edition_imports.preview_edition, name=name, raw=raw, kind=kind, in_force_on=in_force
    )
    if preview.edition is None:
        draw_problems(page, preview.problems)
        return
    _offer(page, preview)
    if state.take(page.key("confirmed"), default=False):
        done, _id = page.attempt(
            edition_imports.import_edition, name=name, raw=raw, kind=kind, in_force_on=in_force
        )
        if done:
            state.put(page.key("taken"), int(state.get(page.key("taken"), 0)) + 1)
            state.flash(_("The edition is kept as a draft; publish it under Editions."))
            st.rerun()
    before = preview.before_title
    draw_changes(page, preview.changes, chosen(before.zh, before.en) if before else "")


def _offer(page: Page, preview: EditionPreview) -> None:
    edition = preview.edition
    assert edition is not None
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(
            _("Keep {n} items as a draft", n=len(edition.items)),
            type="primary",
            key=page.key("take"),
            icon=":material/download_done:",
        ):
            state.put(page.key("confirmed"), True)
        st.markdown(f":green-badge[{_('Nothing keeps it out')}]", width="content")
    if preview.skipped:
        sheets = _(", ").join(preview.skipped)
        st.caption(plain(_("Sheets that are no part of an edition: {sheets}", sheets=sheets)))


def draw_changes(page: Page, changes: Sequence[EditionChange], before: str) -> None:
    """What an edition changes against the one before: a line an item and particular."""
    if not before:
        st.caption(_("There is no earlier edition of this kind: every item is new."))
        return
    st.markdown(f"**{plain(_('Changes against {title}', title=before))}**")
    if not changes:
        st.caption(_("No item differs."))
        return
    table(
        changes,
        (
            Column(_("Change"), lambda each: str(each.kind), "states", 90, vocabulary=CHANGE_KINDS),
            Column(_("No."), lambda each: each.item_id, width=80),
            Column(_("Item"), lambda each: chosen(each.title.zh, each.title.en), width="medium"),
            Column(
                _("Particular"),
                lambda each: (
                    chosen(each.particular.zh, each.particular.en) if each.particular else ""
                ),
                width=110,
            ),
            Column(_("Before"), lambda each: each.before),
            Column(_("After"), lambda each: each.after),
        ),
        key=page.key("changes"),
        longest=14,
    )
