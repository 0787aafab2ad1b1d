"""The case ledger: find a case, add one, take over a workbook of them."""

from collections.abc import Sequence

import streamlit as st

from review.i18n import _
from review.services import access
from review.services.accounts import people
from review.services.accounts.people import UnitView
from review.services.case_files import cases, ledger
from review.services.case_files.cases import CaseCard
from review.services.rounds import rounds
from review.ui import state
from review.ui.format import CASE_KINDS, PROCEDURES, READING_STATES, word
from review.ui.page import Page, empty, heading, open_page
from review.ui.pages import go
from review.ui.widgets.case_form import case_fields, case_values
from review.ui.widgets.ledger_import import draw_import
from review.ui.widgets.tables import Column, table

PAGE_SIZE = 50


def case_columns() -> tuple[Column[CaseCard], ...]:
    """What the ledger shows of a case."""
    return (
        Column(_("Case number"), lambda case: case.case_no, width=165),
        Column(_("Cause of action"), lambda case: case.cause, width=110),
        Column(_("Party"), lambda case: case.party_name, width=90),
        Column(_("Unit"), lambda case: case.unit_name, width=100),
        Column(_("Procedure"), lambda case: case.procedure or "", "states", 84, PROCEDURES),
        Column(_("Fine (yuan)"), lambda case: case.fine_yuan, "money", 76),
        Column(_("Decided on"), lambda case: case.decided_on, "day", 88),
        Column(_("Closed on"), lambda case: case.closed_on, "day", 88),
        Column(_("Files"), lambda case: case.reading_state, "states", 80, READING_STATES),
    )


def filters(page: Page, units: Sequence[UnitView]) -> dict[str, object]:
    """The filter row; what it leaves is asked of the service."""
    names = {unit.id: unit.name for unit in units}
    titles = {each.id: each.title for each in page.call(rounds.list_rounds)}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(
            _("Search"),
            key=page.key("text"),
            placeholder=_("Case number, cause, party or officer"),
            width=200,
        )
        unit_id = st.selectbox(
            _("Unit"),
            list(names),
            index=None,
            format_func=names.__getitem__,
            key=page.key("unit"),
            placeholder=_("All units"),
            width=170,
        )
        procedure = st.selectbox(
            _("Procedure"),
            [each for each in PROCEDURES if each],
            index=None,
            format_func=lambda each: word(PROCEDURES, each),
            key=page.key("procedure"),
            placeholder=_("All procedures"),
            width=120,
        )
        reading = st.selectbox(
            _("Files"),
            list(READING_STATES),
            index=None,
            format_func=lambda each: word(READING_STATES, each),
            key=page.key("state"),
            placeholder=_("Any"),
            width=110,
        )
        round_id = st.selectbox(
            _("Round"),
            list(titles),
            index=None,
            format_func=titles.__getitem__,
            key=page.key("round"),
            placeholder=_("Any"),
            width=150,
        )
        if access.may(page.actor, "ledger.edit"):
            page.dialog_button(_("Add case"), "add", type="primary", icon=":material/add:")
    return {
        "text": text.strip(),
        "unit_id": unit_id,
        "procedure": procedure,
        "state": reading,
        "round_id": round_id,
    }


def add_case(page: Page, units: Sequence[UnitView]) -> None:
    """The form of a new row."""
    with st.form(page.key("add_form"), border=False):
        fields = case_fields(page, units, CASE_KINDS)
        if st.form_submit_button(_("Add case"), type="primary", key=page.key("add_save")):
            page.save(
                _("The case was added to the ledger."),
                lambda engine, actor: ledger.add_case(engine, actor, **case_values(fields)),
            )


def draw_cases(page: Page, units: Sequence[UnitView]) -> None:
    """Filter row, table, pages of the table."""
    chosen = filters(page, units)
    number = int(state.get(page.key("page"), 1) or 1)
    found = page.call(cases.list_cases, **chosen, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    if not found.rows:
        if any(chosen.values()):
            empty(_("No case matches."), _("Change or clear the search conditions."), "search_off")
        else:
            empty(
                _("The ledger is empty."),
                _("Add a case, or take over the ledger from Excel or CSV."),
                "table_rows",
            )
        return
    opened = table(
        found.rows, case_columns(), key=page.key("cases"), opens=_("Open"), longest=17
    ).opened
    if opened:
        go("cases/case", case=opened.id)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(_("{count} cases", count=found.total), width="content")
        if found.total > PAGE_SIZE:
            st.pagination(-(-found.total // PAGE_SIZE), key=page.key("page"))


page = open_page("cases/ledger")
heading(
    _("Case ledger"),
    caption=_("Every closed case of the units. Rounds draw from it; files are attached later."),
)
organs = page.call(people.list_units, reviewed_only=True)
if access.may(page.actor, "ledger.edit"):
    listed, taken_over = st.tabs([_("Cases"), _("Take over a ledger")], key=page.key("tabs"))
    with listed:
        page.dialog("add", _("Add case"), lambda _about: add_case(page, organs), width="large")
        draw_cases(page, organs)
    with taken_over:
        draw_import(page, organs)
else:
    draw_cases(page, organs)
