"""Credit-repair reminders (信用修复提醒): which parties can be told, and what is missing."""

import streamlit as st

from review.findings.credit import CreditClass, CreditState
from review.i18n import _, chosen
from review.services import access
from review.services.accounts import people
from review.services.results import credit
from review.services.results.credit import CreditCard, CreditPage, UnclassedCase, credit_page
from review.ui import state
from review.ui.format import CREDIT_CLASSES, CREDIT_STATES, PROCEDURES, number, word
from review.ui.page import Page, empty, heading, open_page
from review.ui.widgets.credit_record import draw_record
from review.ui.widgets.tables import Column, table

PAGE_SIZE = 50
UNCLASSED = "unclassed"


def pages_of(page: Page, shown: str, total: int) -> None:
    """How many there are, and the pages of the table."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(_("{count} cases", count=total), width="content")
        if total > PAGE_SIZE:
            st.pagination(-(-total // PAGE_SIZE), key=page.key("page", shown))


def draw_cards(page: Page, found: CreditPage, shown: CreditState) -> None:
    """Cases in one state; the chosen one below."""
    columns: tuple[Column[CreditCard], ...] = (
        Column(_("Case number"), lambda each: each.case_no, width=180),
        Column(_("Party"), lambda each: each.party_name, width=120),
        Column(_("Unit"), lambda each: each.unit_name, width=150),
        Column(_("Credit class"), lambda each: each.credit_class, "states", 84, CREDIT_CLASSES),
        Column(_("Decided on"), lambda each: each.decided_on, "day", 92),
        Column(_("Performed on"), lambda each: each.performed_on, "day", 92),
        Column(_("Least time ends"), lambda each: each.standing.due_from, "day", 100),
        Column(_("Display ends"), lambda each: each.standing.displayed_until, "day", 100),
    )
    picked = table(found.rows, columns, key=page.key("cards", shown), selects=True, longest=12).one
    pages_of(page, shown, found.counts.get(shown, 0))
    if picked is None:
        st.caption(_("Select a case to see what is known, and to note that the party was told."))
    else:
        draw_record(page, picked)


def draw_unclassed(page: Page, total: int, unit_id: int | None) -> None:
    """Cases without a class; several get theirs together."""
    first = (int(state.get(page.key("page", UNCLASSED), 1) or 1) - 1) * PAGE_SIZE
    rows = page.call(credit.unclassed_cases, unit_id=unit_id, offset=first, limit=PAGE_SIZE)
    columns: tuple[Column[UnclassedCase], ...] = (
        Column(_("Case number"), lambda each: each.case_no, width=180),
        Column(_("Party"), lambda each: each.party_name, width=120),
        Column(_("Unit"), lambda each: each.unit_name, width=150),
        Column(_("Procedure"), lambda each: each.procedure, "states", 84, PROCEDURES),
        Column(_("Decided on"), lambda each: each.decided_on, "day", 92),
        Column(_("Fine (yuan)"), lambda each: each.fine_yuan, "money", 90),
        Column(
            _("Usually"),
            lambda each: chosen(each.why.zh, each.why.en) if each.why else "",
            width=200,
        ),
    )
    is_manager = access.may(page.actor, "credit.manage")
    picked = table(
        rows, columns, key=page.key("unclassed", first), selects_many=is_manager, longest=12
    ).rows
    pages_of(page, UNCLASSED, total)
    if not is_manager:
        return
    if not picked:
        st.caption(_("Select cases to give them a credit class."))
        return
    proposed = {each.proposed for each in picked}
    usual = proposed.pop() if len(proposed) == 1 else None
    with st.form(page.key("classify", first), border=True):
        chosen_class = st.segmented_control(
            _("Credit class of {n} cases", n=len(picked)),
            list(CreditClass),
            default=usual,
            format_func=lambda each: word(CREDIT_CLASSES, each),
            key=page.key("classify_as", first, usual or ""),
        )
        sent = st.form_submit_button(_("Save"), type="primary", key=page.key("classify_save"))
    if sent:
        page.save(
            _("The class is kept."),
            credit.classify,
            [each.case_id for each in picked],
            credit_class=chosen_class or "",
        )


page = open_page("findings/credit")
heading(
    _("Credit repair"),
    caption=_(
        "Due: the least time of display is over and the obligation performed. What is not known "
        "is never due."
    ),
)
units = {each.id: each.name for each in page.call(people.list_units, reviewed_only=True)}
states = [*(str(each) for each in CreditState), UNCLASSED]
with st.container(horizontal=True, vertical_alignment="bottom"):
    chosen_state = st.selectbox(
        _("Where it stands"),
        states,
        format_func=lambda each: (
            _("No credit class yet") if each == UNCLASSED else word(CREDIT_STATES, each)
        ),
        key=page.key("state"),
        width=230,
    )
    unit_id = st.selectbox(
        _("Unit"),
        list(units),
        index=None,
        format_func=units.__getitem__,
        key=page.key("unit"),
        placeholder=_("All units"),
        width=300,
    )
    st.link_button(
        _("Excel workbook"),
        "/export/challenges-xlsx/0",
        key=page.key("export"),
        icon=":material/download:",
    )
shown = None if chosen_state == UNCLASSED else CreditState(chosen_state)
at = (int(state.get(page.key("page", chosen_state), 1) or 1) - 1) * PAGE_SIZE
found = page.call(credit_page, state=shown, unit_id=unit_id, offset=at, limit=PAGE_SIZE)
for column, (label, value) in zip(
    st.columns(4),
    (
        (_("Reminders due"), found.counts.get(CreditState.DUE, 0)),
        (_("Least time not over"), found.counts.get(CreditState.WAITING, 0)),
        (_("Something is missing"), found.counts.get(CreditState.MISSING, 0)),
        (_("No credit class yet"), found.unclassed),
    ),
    strict=True,
):
    column.metric(label, number(value), border=True)
if shown is None and found.unclassed:
    draw_unclassed(page, found.unclassed, unit_id)
elif shown is not None and found.rows:
    draw_cards(page, found, shown)
else:
    empty(
        _("No case stands here."),
        _("Give cases a credit class under “No credit class yet”; the rest follows by itself."),
        "credit_score",
    )
