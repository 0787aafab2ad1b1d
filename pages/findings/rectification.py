"""Rectification lists: what a unit has to put right, by when, and how far it is."""

import tempfile
from pathlib import Path

import streamlit as st

from review.db.accounts import Role
from review.i18n import _
from review.rectification.deadlines import SERIOUS_DAYS
from review.services import access
from review.services.accounts import people
from review.services.rectifying import rectification, reminders
from review.services.rectifying.rectification import ItemView, ListCard, ListView
from review.services.rectifying.reminders import ReminderView
from review.services.rounds import rounds
from review.ui import state
from review.ui.format import ITEM_STATES, SEVERITIES, day
from review.ui.page import Page, empty, heading, open_page
from review.ui.widgets.accountability import draw_accountability
from review.ui.widgets.read_back import draw_read_back
from review.ui.widgets.rectification_item import URGENCIES, draw_item
from review.ui.widgets.tables import Column, table


def list_columns() -> tuple[Column[ListCard], ...]:
    """What the overview says of a list."""
    return (
        Column(_("Number"), lambda each: each.number, width=140),
        Column(_("Round"), lambda each: each.round_title, width=170),
        Column(_("Unit"), lambda each: each.unit_name, width=160),
        Column(_("Issued"), lambda each: each.issued_on, "day", 92),
        Column(_("Rectification items"), lambda each: each.items, "number", "small"),
        Column(_("To check"), lambda each: each.submitted, "number", "small"),
        Column(_("Overdue"), lambda each: each.overdue, "number", "small"),
        Column(
            _("Closed off"),
            lambda each: 100 * each.closed / each.items if each.items else 0,
            "share",
        ),
    )


def item_columns() -> tuple[Column[ItemView], ...]:
    """What a list says of an item."""
    return (
        Column(_("No."), lambda each: each.sequence, width=40),
        Column(_("Case number"), lambda each: each.case_no, width=165),
        Column(_("Severity"), lambda each: each.severity, "states", 60, SEVERITIES),
        Column(_("Problem"), lambda each: each.problem, width=180),
        Column(_("Measure"), lambda each: each.measure, width=120),
        Column(_("Responsible"), lambda each: each.responsible_person, width=78),
        Column(_("Deadline"), lambda each: each.due_on, "day", 92),
        Column(_("Time left"), lambda each: each.deadline.urgency, "states", 84, URGENCIES),
        Column(_("State"), lambda each: each.state, "states", 90, ITEM_STATES),
    )


def issue(page: Page) -> None:
    """Issue a unit's list of a round from what was confirmed."""
    titles = {each.id: each.title for each in page.call(rounds.list_rounds)}
    units = {each.id: each.name for each in page.call(people.list_units, reviewed_only=True)}
    with st.form(page.key("issue_form"), border=False):
        round_id = st.selectbox(
            _("Round"),
            list(titles),
            format_func=titles.__getitem__,
            key=page.key("issue_round"),
            placeholder=_("Choose"),
        )
        unit_id = st.selectbox(
            _("Unit"),
            list(units),
            index=None,
            format_func=units.__getitem__,
            key=page.key("issue_unit"),
            placeholder=_("Choose"),
        )
        st.caption(
            _("Every confirmed finding of the unit that is on no list yet; days run from today.")
        )
        if st.form_submit_button(_("Issue list"), type="primary", key=page.key("issue_save")):
            page.save(
                _("The list is issued; the unit sees it now."),
                rectification.issue_list,
                round_id or 0,
                unit_id or 0,
            )


def draw_lists(page: Page) -> None:
    """All lists that the person may see."""
    heading(
        _("Rectification"),
        caption=_("Problem, unit, measure, deadline, state; closed only after a check."),
    )
    if access.may(page.actor, "list.issue"):
        with st.container(horizontal=True):
            page.dialog_button(_("Issue a list"), "issue", type="primary", icon=":material/send:")
            if st.button(
                _("Give due reminders"),
                key=page.key("remind"),
                icon=":material/notifications:",
                help=_("On the day, after three days, and after seven days to the leader."),
            ):
                done, given = page.attempt(reminders.remind)
                if done:
                    st.toast(
                        _("{n} reminders given.", n=given or 0), icon=":material/check_circle:"
                    )
        page.dialog("issue", _("Issue a list"), lambda _about: issue(page))
    found = page.call(rectification.list_lists)
    if not found:
        remedy = (
            _("A list appears here once the regulations section has issued it.")
            if page.actor.role is Role.UNIT
            else _("Confirm findings first, then issue the list of a round and a unit.")
        )
        empty(_("No list has been issued yet."), remedy, "assignment_turned_in")
        return
    opened = table(found, list_columns(), key=page.key("lists"), opens=_("Open")).opened
    if opened:
        state.set_address(list=opened.id)
        st.rerun()
    draw_reminders(page)
    if access.may(page.actor, "result.view"):
        draw_accountability(page)


def draw_reminders(page: Page) -> None:
    """Open items whose day has come, the longest overdue first."""
    given = page.call(reminders.reminders)
    if not given:
        return
    st.subheader(_("Reminders"), anchor=False)
    columns: tuple[Column[ReminderView], ...] = (
        Column(_("Step"), lambda each: step_words(each.step), width=170),
        Column(_("Unit"), lambda each: each.unit, width=190),
        Column(_("Case number"), lambda each: each.case_no, width=180),
        Column(_("Problem"), lambda each: each.problem, width=300),
        Column(_("Deadline"), lambda each: each.due_on, "day", 92),
        Column(_("Days overdue"), lambda each: each.days_over, "number", 90),
    )
    opened = table(given, columns, key=page.key("reminders"), opens=_("Open"), longest=8).opened
    if opened:
        state.set_address(list=opened.list_id)
        st.rerun()


def step_words(step: int) -> str:
    """A step of reminding in words."""
    if step == 0:
        return _("Due today")
    if step < SERIOUS_DAYS:
        return _("Overdue {n} days", n=step)
    return _("Reported to the leader")


def draw_proofs(page: Page, view: ListView) -> None:
    """One proof for several items, before they are submitted together by the workbook."""
    waiting = {
        each.id: f"{each.sequence} · {each.case_no} · {each.problem[:30]}"
        for each in view.items
        if str(each.state) not in ("submitted", "closed")
    }
    if not waiting:
        return
    with st.expander(_("Add one proof to several items"), key=page.key("proofs_box")):
        with st.form(page.key("proofs"), border=False, clear_on_submit=True):
            chosen_items = st.multiselect(
                _("Rectification items"),
                list(waiting),
                format_func=waiting.__getitem__,
                key=page.key("proof_items"),
                select_all=False,
                placeholder=_("Choose"),
            )
            takes_all = st.checkbox(
                _("All items that are not submitted yet"), key=page.key("proof_all")
            )
            proof = st.file_uploader(
                _("Proof (photo, scan or document)"), key=page.key("proof_file")
            )
            sent = st.form_submit_button(_("Add"), key=page.key("proof_add"))
        if takes_all:
            chosen_items = list(waiting)
        if sent and proof is not None and chosen_items:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "proof"
                path.write_bytes(proof.getvalue())
                page.save(
                    _("The proof is kept with {n} items.", n=len(chosen_items)),
                    rectification.attach_proof,
                    view.card.id,
                    chosen_items,
                    (path, proof.name),
                )
        elif sent:
            st.warning(_("Choose items and a file."), icon=":material/error:")


def draw_list(page: Page, view: ListView) -> None:
    """One list: figures, exports, items, the chosen item."""
    card = view.card
    heading(
        card.number,
        caption=f"{card.unit_name} · {card.round_title} · "
        f"{_('issued {day}', day=day(card.issued_on))}",
    )
    with st.container(horizontal=True):
        if st.button(_("All lists"), key=page.key("back"), icon=":material/arrow_back:"):
            state.set_address(list=None)
            st.rerun()
        if access.may(page.actor, "export.list"):
            for kind, label in (
                ("rectification-docx", _("Word document")),
                ("rectification-xlsx", _("Excel workbook")),
                ("notice-docx", _("Rectification notice")),
            ):
                st.link_button(
                    label,
                    f"/export/{kind}/{card.id}",
                    key=page.key("export", kind),
                    icon=":material/download:",
                )
    figures = (
        (_("Rectification items"), card.items),
        (_("Closed off"), card.closed),
        (_("Submitted for check"), card.submitted),
        (_("Overdue"), card.overdue),
    )
    for column, (label, figure) in zip(st.columns(len(figures)), figures, strict=True):
        column.metric(label, figure, border=True)
    only = st.segmented_control(
        _("Time left"),
        list(URGENCIES),
        format_func=lambda each: _(URGENCIES[each].text),
        key=page.key("urgency"),
        label_visibility="collapsed",
    )
    items = [each for each in view.items if not only or str(each.deadline.urgency) == only]
    if not items:
        empty(_("No item is in this state."), _("Choose another state above."), "done_all")
        return
    selected = table(items, item_columns(), key=page.key("items"), selects=True, longest=12).one
    if selected:
        draw_item(page, selected)
    else:
        st.caption(_("Select an item to see its evidence and history and to take the next step."))
    if access.may(page.actor, "item.work"):
        draw_proofs(page, view)
    if access.may(page.actor, "item.edit"):
        draw_read_back(page, view)


page = open_page("findings/rectification")
list_id = state.address_id("list")
if list_id is None:
    draw_lists(page)
else:
    draw_list(page, page.call(rectification.list_view, list_id))
