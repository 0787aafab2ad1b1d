"""One register: its rows as of a day, one row with its history, and the forms that change it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import streamlit as st

from review.common.clock import today
from review.i18n import N_, _, chosen
from review.registers.columns import RegisterColumn, RegisterSpec
from review.registers.entry import EntryValue
from review.services import access
from review.services.rules import register_edits, registers
from review.services.rules.registers import RowView
from review.ui import state
from review.ui.format import MISSING, Term, badge, day, moment, plain, word
from review.ui.page import Page, empty
from review.ui.widgets.days import day_input
from review.ui.widgets.tables import Column, table

PAGE_SIZE = 50
CHOICES = {
    "officer": Term(N_("Officer"), "blue"),
    "auxiliary": Term(N_("Auxiliary staff"), "orange"),
    "scale": Term(N_("Scale"), "blue"),
    "monitor": Term(N_("Monitoring device"), "violet"),
    "organ": Term(N_("Organ"), "blue"),
    "authorised": Term(N_("Authorised body"), "green"),
    "entrusted": Term(N_("Entrusted body"), "orange"),
    "section": Term(N_("Inner section"), "gray"),
    "cancelled": Term(N_("Cancelled"), "red"),
    "lowered": Term(N_("Lowered"), "orange"),
}
TRUTHS = {"yes": Term(N_("Yes"), "green"), "no": Term(N_("No"), "orange"), "": Term(MISSING)}
STANDING = {
    "standing": Term(N_("Standing"), "green"),
    "closed": Term(N_("Closed"), "gray"),
}


def title(thing: RegisterSpec | RegisterColumn) -> str:
    """The name of a register or column in the language in force."""
    return chosen(thing.zh, thing.en)


def shown(column: RegisterColumn, value: EntryValue | None) -> str:
    """A value as text."""
    if value is None:
        return MISSING
    if isinstance(value, bool):
        return word(TRUTHS, "yes" if value else "no")
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return day(value)
    return word(CHOICES, value) if column.kind == "choice" else value


def draw_rows(page: Page, spec: RegisterSpec, count: int) -> None:
    """The rows of a register on a day, a search, and the chosen one; `count` rows stand in all."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        on = day_input(_("As of"), today(), key=page.key("on", spec.name), width=160)
        text = st.text_input(
            _("Search"), key=page.key("text", spec.name), placeholder=_("Any column"), width=240
        )
        ever = st.toggle(_("All days"), key=page.key("ever", spec.name))
        if access.may(page.actor, "registers.manage"):
            page.dialog_button(_("Add row"), "add", type="primary", icon=":material/add:")
    number = int(state.get(page.key("page", spec.name), 1) or 1)
    found = page.call(
        registers.list_rows,
        spec.name,
        on=None if ever else on,
        text=text,
        offset=(number - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
    )
    if not found.rows:
        if count:
            empty(
                _("Nothing on the register for that day."),
                _("Change the day or the search, or look at all days."),
                "search_off",
            )
        else:
            empty(
                _("This register is not kept yet."),
                _("Add rows or take over a workbook. Until then no check concludes from it."),
                "table_rows",
            )
        return
    picked = table(
        found.rows, _columns(spec), key=page.key("rows", spec.name), selects=True, longest=12
    ).one
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(_("{count} rows", count=found.total), width="content")
        if found.total > PAGE_SIZE:
            st.pagination(-(-found.total // PAGE_SIZE), key=page.key("page", spec.name))
    if picked is None:
        st.caption(_("Choose a row to see its history or to change it."))
    else:
        draw_row(page, spec, picked)


def _columns(spec: RegisterSpec) -> tuple[Column[RowView], ...]:
    columns = [_column(spec, name) for name in spec.shown]
    columns.append(Column(_("Valid from"), lambda row: row.valid_from, "day", 92))
    columns.append(Column(_("Valid until"), lambda row: row.valid_until, "day", 92))
    return tuple(columns)


def _column(spec: RegisterSpec, name: str) -> Column[RowView]:
    column = spec.column(name)
    assert column is not None
    if column.kind == "choice":
        vocabulary = {"": Term(MISSING), **CHOICES}
        return Column(
            title(column), lambda row: row.values.get(name, ""), "states", 100, vocabulary
        )
    return Column(title(column), lambda row: shown(column, row.values.get(name)))


def draw_row(page: Page, spec: RegisterSpec, row: RowView) -> None:
    """One row in full, what may be done with it, and its history."""
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            name = next((str(row.values[key]) for key in spec.shown if key in row.values), row.key)
            st.markdown(f"**{plain(name)}**", width="content")
            st.caption(
                plain(
                    _(
                        "{first} to {last}",
                        first=day(row.valid_from),
                        last=day(row.valid_until) if row.valid_until else _("further notice"),
                    )
                ),
                width="content",
            )
        figures = [each for each in spec.columns if each.name in row.values]
        for start in range(0, len(figures), 4):
            for place, column in zip(st.columns(4), figures[start : start + 4], strict=False):
                place.caption(plain(title(column)))
                place.markdown(plain(shown(column, row.values.get(column.name))))
        if access.may(page.actor, "registers.manage"):
            with st.container(horizontal=True):
                page.dialog_button(
                    _("Changed on a day"), "change", row.id, icon=":material/event_repeat:"
                )
                page.dialog_button(_("Correct"), "correct", row.id, icon=":material/edit:")
                page.dialog_button(_("End"), "end", row.id, icon=":material/event_busy:")
                page.dialog_button(_("Strike out"), "strike", row.id, icon=":material/delete:")
        with st.expander(_("History"), type="compact"):
            _history(page, spec, row)


def _history(page: Page, spec: RegisterSpec, row: RowView) -> None:
    rows = page.call(registers.history, row.id)
    table(
        rows,
        (
            Column(_("State"), lambda each: "closed" if each.closed_at else "standing", "states",
                   80, STANDING),
            Column(_("Valid from"), lambda each: each.valid_from, "day", 92),
            Column(_("Valid until"), lambda each: each.valid_until, "day", 92),
            Column(_("Values"), lambda each: _summary(spec, each)),
            Column(_("Entered"), lambda each: f"{moment(each.entered_at)} {each.entered_by}"),
            Column(_("Closed, why"), _closed),
        ),
        key=page.key("history", row.id),
    )  # fmt: skip


def _summary(spec: RegisterSpec, row: RowView) -> str:
    return _("; ").join(
        f"{title(column)} {shown(column, row.values[column.name])}"
        for column in spec.columns
        if column.name in row.values
    )


def _closed(row: RowView) -> str:
    if row.closed_at is None:
        return ""
    return f"{moment(row.closed_at)} {row.closed_by} {row.closed_reason}"


def draw_dialogs(page: Page, spec: RegisterSpec) -> None:
    """The forms of a register; each is drawn only while it is open."""
    page.dialog("add", _("Add row"), lambda _about: _add(page, spec), width="large")
    page.dialog("change", _("Changed on a day"), lambda about: _change(page, spec, about),
                width="large")  # fmt: skip
    page.dialog("correct", _("Correct"), lambda about: _correct(page, spec, about), width="large")
    page.dialog("end", _("End"), lambda about: _end(page, about))
    page.dialog("strike", _("Strike out"), lambda about: _strike(page, about))


def _add(page: Page, spec: RegisterSpec) -> None:
    with st.form(page.key("add_form", spec.name), border=False):
        values = _fields(page, spec, "add", {})
        first, last = _days(page, "add", today(), None)
        source = st.text_input(_("Source (paper or list)"), key=page.key("add", "source"))
        if st.form_submit_button(_("Add row"), type="primary", key=page.key("add_save")):
            page.save(
                _("The row was added."),
                register_edits.add_row,
                spec.name,
                values=_typed(values),
                valid_from=first or today(),
                valid_until=last,
                source=source,
            )


def _change(page: Page, spec: RegisterSpec, row_id: int) -> None:
    row = _row(page, row_id)
    st.caption(_("What stood ends the day before; the new values hold from that day."))
    with st.form(page.key("change_form", row_id), border=False):
        since = day_input(_("Changed on"), today(), key=page.key("change_since", row_id))
        values = _fields(page, spec, f"change{row_id}", row.values)
        reason = st.text_input(_("Reason"), key=page.key("change_reason", row_id))
        if st.form_submit_button(_("Save"), type="primary", key=page.key("change_save")):
            page.save(
                _("Saved."),
                register_edits.change_row,
                row_id,
                values=_typed(values),
                since=since or today(),
                reason=reason,
                seen_version=page.seen("row", row_id, row.version),
            )


def _correct(page: Page, spec: RegisterSpec, row_id: int) -> None:
    row = _row(page, row_id)
    st.caption(_("For what was entered wrongly. The row as it stood stays in the history."))
    with st.form(page.key("correct_form", row_id), border=False):
        values = _fields(page, spec, f"correct{row_id}", row.values)
        first, last = _days(page, f"correct{row_id}", row.valid_from, row.valid_until)
        reason = st.text_input(_("Reason"), key=page.key("correct_reason", row_id))
        if st.form_submit_button(_("Save"), type="primary", key=page.key("correct_save")):
            page.save(
                _("Saved."),
                register_edits.correct_row,
                row_id,
                values=_typed(values),
                valid_from=first or row.valid_from,
                valid_until=last,
                reason=reason,
                seen_version=page.seen("row", row_id, row.version),
            )


def _end(page: Page, row_id: int) -> None:
    row = _row(page, row_id)
    with st.form(page.key("end_form", row_id), border=False):
        last = day_input(_("Last day"), today(), key=page.key("end_day", row_id))
        reason = st.text_input(_("Reason"), key=page.key("end_reason", row_id))
        if st.form_submit_button(_("End"), type="primary", key=page.key("end_save")):
            page.save(
                _("Saved."),
                register_edits.end_row,
                row_id,
                last_day=last or today(),
                reason=reason,
                seen_version=page.seen("row", row_id, row.version),
            )


def _strike(page: Page, row_id: int) -> None:
    row = _row(page, row_id)
    st.caption(_("For a row that should never have been entered. It stays in the history."))
    with st.form(page.key("strike_form", row_id), border=False):
        reason = st.text_input(_("Reason"), key=page.key("strike_reason", row_id))
        if st.form_submit_button(_("Strike out"), type="primary", key=page.key("strike_save")):
            page.save(
                _("Saved."),
                register_edits.strike_row,
                row_id,
                reason=reason,
                seen_version=page.seen("row", row_id, row.version),
            )


def _row(page: Page, row_id: int) -> RowView:
    return next(each for each in page.call(registers.history, row_id) if each.id == row_id)


def _days(page: Page, name: str, first: date, last: date | None) -> tuple[date | None, date | None]:
    left, right = st.columns(2)
    return (
        day_input(_("Valid from"), first, key=page.key(name, "from"), place=left),
        day_input(_("Valid until"), last, key=page.key(name, "until"), place=right),
    )


def _fields(
    page: Page, spec: RegisterSpec, name: str, before: Mapping[str, EntryValue]
) -> dict[str, Any]:
    """One field a column, filled from `before`."""
    places = st.columns(3)
    typed: dict[str, Any] = {}
    for index, column in enumerate(spec.columns):
        place, value = places[index % 3], before.get(column.name)
        key = page.key(name, column.name)
        label = plain(title(column)) + (" \\*" if column.is_required else "")
        match column.kind:
            case "date":
                at = value if isinstance(value, date) else None
                typed[column.name] = day_input(label, at, key=key, place=place)
            case "truth":
                typed[column.name] = place.selectbox(
                    label,
                    [True, False],
                    index=None if value is None else [True, False].index(bool(value)),
                    format_func=lambda each: word(TRUTHS, "yes" if each else "no"),
                    key=key,
                    placeholder=MISSING,
                )
            case "choice":
                stored = list(dict.fromkeys(column.choices.values()))
                typed[column.name] = place.selectbox(
                    label,
                    stored,
                    index=stored.index(str(value)) if value in stored else None,
                    format_func=lambda each: word(CHOICES, each),
                    key=key,
                    placeholder=MISSING,
                )
            case "moment":
                typed[column.name] = place.datetime_input(
                    label, value if isinstance(value, datetime) else None, key=key
                )
            case _:
                typed[column.name] = place.text_input(label, value or "", key=key)
    return typed


def _typed(values: Mapping[str, Any]) -> dict[str, EntryValue]:
    """What stands in the fields, blanks left out."""
    cleaned = {
        name: value.strip() if isinstance(value, str) else value for name, value in values.items()
    }
    return {name: value for name, value in cleaned.items() if value not in (None, "")}


def complete_badge(since: date, until: date | None) -> str:
    """The days of a declaration as a badge."""
    words = {"days": Term(N_("Complete"), "green")}
    return f"{badge(words, 'days')} {plain(day(since))} — {plain(day(until) if until else '…')}"
