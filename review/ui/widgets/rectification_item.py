"""One item of a rectification list: the problem with its evidence, its history, the next step."""

from __future__ import annotations

import tempfile
from pathlib import Path

import streamlit as st

from review.db.accounts import Role
from review.i18n import N_, _, chosen
from review.rectification.lifecycle import MOVES
from review.services.rectifying import rechecks, rectification
from review.services.rectifying.rectification import EventView, ItemView
from review.ui.format import (
    ITEM_STATES,
    OUTCOMES,
    SEVERITIES,
    Term,
    badge,
    day,
    moment,
    plain,
    word,
)
from review.ui.page import Page
from review.ui.widgets.evidence import Looking, draw_place, evidence_buttons, look_at, looking
from review.ui.widgets.law import law_line
from review.ui.widgets.tables import Column, table

SHOWN_RECHECKS = 3

URGENCIES = {
    "closed": Term(N_("Closed off"), "green"),
    "waiting": Term(N_("To check"), "violet"),
    "in_time": Term(N_("In time"), "green"),
    "soon": Term(N_("Due soon"), "yellow"),
    "today": Term(N_("Due today"), "orange"),
    "overdue": Term(N_("Overdue"), "red"),
    "seriously_overdue": Term(N_("Seriously overdue"), "red"),
}
ACTIONS = {
    "start": Term(N_("Begin")),
    "submit": Term(N_("Submit for check")),
    "close": Term(N_("Checked, close off")),
    "send_back": Term(N_("Send back")),
    "reopen": Term(N_("Reopen")),
    "edit": Term(N_("Changed")),
    "proof": Term(N_("Proof added")),
}


def draw_item(page: Page, item: ItemView) -> None:
    """Problem, law, evidence and the possible steps; history below."""
    shown = looking(page)
    if shown is None or shown.page_id not in {each.page_id for each in item.evidence}:
        first = next((each for each in item.evidence if each.page_id is not None), None)
        shown = Looking(first.page_id or 0, first.boxes, first.quote) if first else None
        if shown is not None:
            look_at(page, shown)
    left, right = st.columns([1, 1], gap="medium")
    page.seen("item", item.id, item.version)
    with left, st.container(border=True):
        badges = (
            badge(SEVERITIES, item.severity),
            badge(ITEM_STATES, item.state),
            badge(URGENCIES, item.deadline.urgency),
        )
        st.markdown(" ".join(dict.fromkeys(badges)))  # a closed item says so once
        st.markdown(f"**{item.sequence}\\.** {plain(item.problem)}")
        st.caption(plain(f"{item.case_no} · {_('due by {day}', day=day(item.due_on))}"))
        evidence_buttons(page, str(item.id), item.evidence)
        law_line(item.law)
        st.markdown(_("Measure: {text}", text=plain(item.measure)))
        if item.progress:
            st.markdown(_("What was done: {text}", text=plain(item.progress)))
        _rechecks(page, item)
        _steps(page, item)
        _edit(page, item)
    with right, st.container(border=True):
        if shown is None:
            st.caption(_("No page is noted for this item."))
        else:
            draw_place(page, shown)
    st.markdown(f"**{_('History')}**")
    _history(page, item)


def _steps(page: Page, item: ItemView) -> None:
    """A note, a file where it helps, and one button a possible step."""
    if not item.actions:
        return
    is_unit = page.actor.role is Role.UNIT
    with st.form(page.key("step", item.id), border=False):
        note = st.text_area(
            _("What was done") if is_unit else _("Result of the check"),
            key=page.key("note", item.id, item.version),
            height=80,
        )
        proof = None
        if is_unit:
            proof = st.file_uploader(
                _("Proof (photo, scan or document)"), key=page.key("proof", item.id, item.version)
            )
        with st.container(horizontal=True):
            pressed = [
                action
                for action in item.actions
                if st.form_submit_button(
                    word(ACTIONS, action),
                    key=page.key("do", action, item.id),
                    type="primary" if str(action) in ("submit", "close") else "secondary",
                    help=_("Needs a note") if MOVES[action].needs_note else None,
                )
            ]
    if not pressed:
        return
    if proof is None:
        _move(page, item, str(pressed[0]), note, None)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "proof"
        path.write_bytes(proof.getvalue())
        _move(page, item, str(pressed[0]), note, (path, proof.name))


def _move(
    page: Page, item: ItemView, action: str, note: str, proof: tuple[Path, str] | None
) -> None:
    page.save(
        _("Recorded: {what}", what=word(ACTIONS, action)),
        rectification.move_item,
        item.id,
        action=action,
        note=note,
        proof=proof,
        seen_version=page.seen("item", item.id, item.version),
    )


def _edit(page: Page, item: ItemView) -> None:
    """The section sets measure and deadline, the unit names who is responsible."""
    role = page.actor.role
    if str(item.state) == "closed" or role not in (Role.UNIT, Role.REGULATIONS):
        return
    with (
        st.expander(_("Change this item"), key=page.key("edit_box", item.id)),
        st.form(page.key("edit", item.id), border=False),
    ):
        measure, due_on, person = None, None, None
        if role is Role.REGULATIONS:
            measure = st.text_area(
                _("Measure"), item.measure, key=page.key("measure", item.id), height=80
            )
            due_on = st.date_input(
                _("Deadline"), item.due_on, key=page.key("due", item.id), format="YYYY-MM-DD"
            )
        else:
            person = st.text_input(
                _("Responsible person"),
                item.responsible_person,
                key=page.key("person", item.id),
                max_chars=40,
            )
        if st.form_submit_button(_("Save"), key=page.key("edit_save", item.id)):
            page.save(
                _("Saved."),
                rectification.edit_item,
                item.id,
                seen_version=page.seen("item", item.id, item.version),
                measure=measure,
                due_on=due_on,
                responsible_person=person,
            )


def _rechecks(page: Page, item: ItemView) -> None:
    """The checks that raised the problem, run again on the papers as they are now."""
    if page.actor.role is not Role.REGULATIONS:
        return
    for each in page.call(rechecks.rechecks, item.id)[:SHOWN_RECHECKS]:
        st.caption(
            f"{badge(OUTCOMES, each.outcome)} {plain(each.check_id)} "
            f"{plain(chosen(each.message.zh, each.message.en))} · {moment(each.at)}"
        )
    if str(item.state) == "submitted" and st.button(
        _("Run the check again on the new papers"),
        key=page.key("recheck", item.id),
        icon=":material/refresh:",
    ):
        page.save(_("The check was run again; see its result above."), rechecks.recheck, item.id)


def _history(page: Page, item: ItemView) -> None:
    columns: tuple[Column[EventView], ...] = (
        Column(_("When"), lambda event: event.at, "moment"),
        Column(_("Who"), lambda event: event.actor_name),
        Column(_("Step"), lambda event: word(ACTIONS, event.action)),
        Column(_("State"), lambda event: event.to_state, "states", vocabulary=ITEM_STATES),
        Column(_("Note"), lambda event: event.note, width="large"),
        Column(_("Proof"), lambda event: event.proof_name),
    )
    if item.events:
        table(item.events, columns, key=page.key("history", item.id))
    else:
        st.caption(_("Nothing has been done with this item yet."))
    proofs = [event for event in item.events if event.proof_name]
    if proofs:
        with st.container(horizontal=True):
            for event in proofs:
                st.link_button(
                    plain(event.proof_name),
                    f"/export/proof/{event.id}",
                    key=page.key("kept_proof", event.id),
                    icon=":material/attach_file:",
                )
