"""Taking over a ledger workbook: choose the file, look at the mapping and the problems, confirm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from review.casefiles.ledger import LedgerPreview, LedgerProblem, LedgerRow
from review.casefiles.ledger_columns import COLUMNS
from review.i18n import _, chosen
from review.services.accounts.people import UnitView
from review.services.case_files import ledger
from review.services.case_files.ledger import LedgerForm
from review.ui import state
from review.ui.format import PROCEDURES
from review.ui.page import Page, empty
from review.ui.widgets.tables import Column, table

KINDS = ("xlsx", "xlsm", "csv", "txt", "xls", "et", "ods")


def draw_import(page: Page, units: Sequence[UnitView]) -> None:
    """From the file to the confirmed ledger; nothing is written before the button."""
    names = {unit.id: unit.name for unit in units}
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    upload = left.file_uploader(
        _("Ledger workbook (Excel or CSV)"),
        type=list(KINDS),
        key=page.key("workbook", state.get(page.key("taken"), 0)),
    )
    unit_id = right.selectbox(
        _("Unit of rows that name none"),
        list(names),
        index=None,
        format_func=names.__getitem__,
        key=page.key("default_unit"),
        placeholder=_("Every row names its unit"),
    )
    if upload is None:
        empty(
            _("No workbook is chosen."),
            _(
                "One row a case, with a header row. Needed: case number, unit and closing date; "
                "the usual headings are recognised, others can be matched by hand."
            ),
            "table_view",
        )
        return
    raw, name = upload.getvalue(), upload.name
    form = page.call(ledger.ledger_form, name=name, raw=raw)
    _begin(page, upload.file_id, form)
    mapping = {
        column.field: heading
        for column in COLUMNS
        if (heading := state.get(page.key("map", column.field)))
    }
    preview = page.call(ledger.preview_ledger, name=name, raw=raw, mapping=mapping, unit_id=unit_id)
    _confirm(page, preview, name=name, raw=raw, mapping=mapping, unit_id=unit_id)
    problems, rows, columns = st.tabs(
        [
            f"{_('Problems')} {len(preview.problems) + len(preview.doubts)}",
            f"{_('Cases')} {len(preview.rows)}",
            _("Columns"),
        ]
    )
    with problems:
        _problems(page, preview)
    with rows:
        _rows(page, preview.rows)
    with columns:
        _columns(page, preview, form)


def _begin(page: Page, file_id: str, form: LedgerForm) -> None:
    """A workbook that was just chosen begins with the matches made for headings like its own."""
    if state.get(page.key("matched")) == file_id:
        return
    state.put(page.key("matched"), file_id)
    for column in COLUMNS:
        kept = form.fields.get(column.field)
        state.put(page.key("map", column.field), kept if kept in form.headings else None)
    if form.fields:
        st.toast(_("The headings are matched as the last time."), icon=":material/check_circle:")


def _confirm(
    page: Page,
    preview: LedgerPreview,
    *,
    name: str,
    raw: bytes,
    mapping: Mapping[str, str],
    unit_id: int | None,
) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        pressed = st.button(
            _("Take over {n} cases", n=len(preview.rows)),
            type="primary",
            key=page.key("take"),
            disabled=bool(preview.problems) or not preview.rows,
            icon=":material/download_done:",
        )
        if preview.problems:
            st.markdown(
                f":red-badge[:material/error: "
                f"{_('{n} problems keep the workbook out', n=len(preview.problems))}]",
                width="content",
            )
        else:
            st.markdown(f":green-badge[{_('Nothing keeps it out')}]", width="content")
    if not pressed:
        return
    done, result = page.attempt(
        ledger.import_ledger, name=name, raw=raw, mapping=mapping, unit_id=unit_id
    )
    if done and result is not None:
        state.put(page.key("taken"), int(state.get(page.key("taken"), 0)) + 1)
        state.flash(
            _(
                "Ledger taken over: {added} new, {updated} changed, {unchanged} unchanged.",
                added=result.added,
                updated=result.updated,
                unchanged=result.unchanged,
            )
        )
        st.rerun()


def _problem_columns() -> tuple[Column[LedgerProblem], ...]:
    return (
        Column(_("Sheet"), lambda each: each.sheet),
        Column(_("Row"), lambda each: each.row, width="small"),
        Column(_("Column"), lambda each: each.column, width="small"),
        Column(
            _("What is wrong and what to do"),
            lambda each: chosen(each.zh, each.en),
            width="large",
        ),
    )


def _problems(page: Page, preview: LedgerPreview) -> None:
    if preview.problems:
        table(preview.problems, _problem_columns(), key=page.key("problems"))
    else:
        st.success(_("No problem was found."), icon=":material/check_circle:")
    if preview.doubts:
        st.caption(_("Unlikely values; they do not keep the workbook out:"))
        table(preview.doubts, _problem_columns(), key=page.key("doubts"))
    if preview.skipped:
        st.caption(_("Rows that are no cases and are left out:"))
        table(preview.skipped, _problem_columns(), key=page.key("skipped"))


def _rows(page: Page, rows: Sequence[LedgerRow]) -> None:
    table(
        rows,
        (
            Column(_("Sheet"), lambda row: row.sheet),
            Column(_("Row"), lambda row: row.row, width="small"),
            Column(_("Case number"), lambda row: row.case_no),
            Column(_("Unit"), lambda row: row.unit),
            Column(_("Procedure"), lambda row: row.procedure, "states", vocabulary=PROCEDURES),
            Column(_("Cause of action"), lambda row: row.cause),
            Column(_("Party"), lambda row: row.party_name),
            Column(_("Officers"), lambda row: row.officers, "list"),
            Column(_("Fine (yuan)"), lambda row: row.fine_yuan, "money"),
            Column(_("Closed on"), lambda row: row.closed_on, "day"),
        ),
        key=page.key("rows"),
    )


def _columns(page: Page, preview: LedgerPreview, form: LedgerForm) -> None:
    """How the headings are understood, and a choice for those that are not."""
    found = [
        (sheet.sheet, field, letter, heading)
        for sheet in preview.mappings
        for field, (letter, heading) in sheet.columns.items()
    ]
    titles = {column.field: chosen(column.zh, column.en) for column in COLUMNS}
    table(
        found,
        (
            Column(_("Sheet"), lambda row: row[0]),
            Column(_("Field of the ledger"), lambda row: titles.get(row[1], row[1])),
            Column(_("Column"), lambda row: row[2], width="small"),
            Column(_("Heading"), lambda row: row[3]),
        ),
        key=page.key("mapping"),
    )
    chosen_by_hand = {
        column.field for column in COLUMNS if state.get(page.key("map", column.field))
    }
    known = {field for _sheet, field, _letter, _heading in found} - chosen_by_hand
    used = {heading for _sheet, field, _letter, heading in found if field in known}
    unused = [heading for heading in form.headings if heading not in used]
    if not unused:
        return
    st.caption(
        _(
            "Headings that are not understood can be matched to a field; the matches are kept for "
            "the next workbook with these headings:"
        )
    )
    open_fields = [column.field for column in COLUMNS if column.field not in known]
    for column, field in zip(st.columns(4) * 4, open_fields, strict=False):
        column.selectbox(
            titles[field],
            unused,
            index=None,
            key=page.key("map", field),
            placeholder=_("Not in the workbook"),
        )
