"""Taking over a register from a workbook, and declaring it complete."""

from __future__ import annotations

from datetime import date

import streamlit as st

from review.common.clock import today
from review.common.tabular import CellProblem
from review.i18n import _, chosen
from review.registers.columns import RegisterSpec
from review.registers.sheet import RegisterPreview, RegisterSheetRow
from review.services.rules import register_import, registers
from review.services.rules.registers import RegisterCard
from review.ui import state
from review.ui.format import day, moment, plain
from review.ui.page import Page, empty
from review.ui.widgets.days import day_input
from review.ui.widgets.registers import complete_badge, shown, title
from review.ui.widgets.tables import Column, table

KINDS = ("xlsx", "xlsm", "csv", "txt", "xls", "et", "ods")


def draw_import(page: Page, spec: RegisterSpec) -> None:
    """From the file to the confirmed rows; nothing is written before the button."""
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    taken = state.get(page.key("taken", spec.name), 0)
    upload = left.file_uploader(
        _("Workbook (Excel or CSV)"),
        type=list(KINDS),
        key=page.key("workbook", spec.name, taken),
    )
    first = (
        day_input(
            _("First day of rows that give none"),
            today(),
            key=page.key("first", spec.name),
            place=right,
        )
        or today()
    )
    if upload is None:
        needed = _(", ").join(title(column) for column in spec.columns if column.is_required)
        empty(
            _("No workbook is chosen."),
            _(
                "One row a thing, with a header row. Needed: {columns}. Rows that stand already "
                "stay; a row that differs closes the old one, which stays in the history.",
                columns=needed,
            ),
            "table_view",
        )
        return
    raw, name = upload.getvalue(), upload.name
    preview = page.call(
        register_import.preview_import, spec.name, raw=raw, name=name, valid_from=first
    )
    _confirm(page, spec, preview, raw, name, first)
    problems, rows, columns = st.tabs(
        [
            f"{_('Problems')} {len(preview.sheet.problems)}",
            f"{_('Rows')} {len(preview.sheet.rows)}",
            _("Columns"),
        ]
    )
    with problems:
        _problems(page, preview.sheet)
    with rows:
        _rows(page, spec, preview.sheet.rows)
    with columns:
        _columns(page, spec, preview.sheet)


def _confirm(  # noqa: PLR0917 - one button with all that it takes over
    page: Page,
    spec: RegisterSpec,
    preview: register_import.RegisterImportPreview,
    raw: bytes,
    name: str,
    first: date,
) -> None:
    would = preview.would
    with st.container(horizontal=True, vertical_alignment="center"):
        pressed = st.button(
            _("Take over {n} rows", n=len(preview.sheet.rows)),
            type="primary",
            key=page.key("take", spec.name),
            disabled=bool(preview.sheet.problems) or not preview.sheet.rows,
            icon=":material/download_done:",
        )
        st.caption(
            _(
                "{new} new, {changed} replace a standing row, {same} stand already",
                new=would.added,
                changed=would.replaced,
                same=would.unchanged,
            )
        )
    if pressed:
        done, _result = page.attempt(
            register_import.import_register, spec.name, raw=raw, name=name, valid_from=first
        )
        if done:
            key = page.key("taken", spec.name)
            state.put(key, state.get(key, 0) + 1)
            state.flash(_("The register was taken over."))
            st.rerun()


def _problems(page: Page, sheet: RegisterPreview) -> None:
    found = [*sheet.problems, *sheet.skipped]
    if not found:
        st.success(_("Nothing keeps this workbook out."), icon=":material/check_circle:")
        return
    if sheet.problems:
        st.error(
            _("Correct these in the workbook, then choose it again. Nothing was taken over."),
            icon=":material/error:",
        )
    table(
        found,
        (
            Column(_("Sheet"), lambda each: each.sheet),
            Column(_("Row"), lambda each: each.row, width=70),
            Column(_("Column"), lambda each: each.column, width=70),
            Column(_("What"), _said),
        ),
        key=page.key("problems"),
    )


def _said(problem: CellProblem) -> str:
    return chosen(problem.zh, problem.en)


def _rows(page: Page, spec: RegisterSpec, rows: tuple[RegisterSheetRow, ...]) -> None:
    columns: list[Column[RegisterSheetRow]] = [Column(_("Row"), lambda row: row.row, width=60)]
    columns += [_column(spec, name) for name in spec.shown[:6]]
    columns.append(Column(_("Valid from"), lambda row: row.valid_from, "day", 92))
    table(rows, columns, key=page.key("import_rows"))


def _column(spec: RegisterSpec, name: str) -> Column[RegisterSheetRow]:
    column = spec.column(name)
    assert column is not None
    return Column(title(column), lambda row: shown(column, row.values.get(name)))


def _columns(page: Page, spec: RegisterSpec, sheet: RegisterPreview) -> None:
    used = [(place, letter, spec.column(name)) for place, letter, name in sheet.used]
    table(
        [(place, letter, title(column) if column else "") for place, letter, column in used]
        + [(place, letter, _("{heading}: not used", heading=name))
           for place, letter, name in sheet.unused],
        (
            Column(_("Sheet"), lambda each: each[0]),
            Column(_("Column"), lambda each: each[1], width=70),
            Column(_("Meaning"), lambda each: each[2]),
        ),
        key=page.key("import_columns"),
    )  # fmt: skip


def draw_completeness(page: Page, spec: RegisterSpec, card: RegisterCard, *, may: bool) -> None:
    """The days for which the register has everything, and declaring more."""
    st.markdown(
        plain(
            _(
                "Only for declared days does a check say that something is missing from the "
                "register; on all other days that is a hint at most."
            )
        )
    )
    if not card.complete:
        empty(
            _("No days are declared complete."),
            _("Declare the days for which every row has been entered."),
            "rule",
        )
    for period in card.complete:
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            st.markdown(complete_badge(period.since, period.until), width="content")
            parts = (period.note, period.declared_by, moment(period.declared_at))
            said = " · ".join(part for part in parts if part)
            st.caption(plain(said))
            if may and st.button(
                _("Withdraw"), key=page.key("withdraw", period.id), type="tertiary"
            ):
                page.save(
                    _("Saved."),
                    registers.withdraw_declaration,
                    period.id,
                    seen_version=page.seen("period", period.id, period.version),
                )
    if not may:
        return
    with st.form(page.key("declare_form", spec.name)):
        left, right = st.columns(2)
        since = day_input(_("From"), today(), key=page.key("declare_since", spec.name), place=left)
        until = day_input(
            _("To (empty: up to now)"), None, key=page.key("declare_until", spec.name), place=right
        )
        note = st.text_input(_("How this is known"), key=page.key("declare_note", spec.name))
        if st.form_submit_button(
            _("Declare complete"), type="primary", key=page.key("declare", spec.name)
        ):
            page.save(
                _("Declared complete from {day}.", day=day(since or today())),
                registers.declare_complete,
                spec.name,
                since=since or today(),
                until=until,
                note=note,
            )
