"""The ledger of reconsiderations and lawsuits (复议诉讼结果台账), with what the review had said."""

from collections.abc import Sequence

import streamlit as st

from review.db.accounts import Role
from review.i18n import _
from review.services import access
from review.services.accounts import people
from review.services.results.challenge_views import (
    ChallengeLedger,
    ChallengeView,
    Figure,
    challenge_ledger,
)
from review.ui.format import CHALLENGE_OUTCOMES, INSTANCES, REVIEW_STANDINGS, number
from review.ui.page import Page, empty, heading, open_page
from review.ui.widgets import challenge_form
from review.ui.widgets.challenge_detail import draw_challenge
from review.ui.widgets.tables import Column, table


def asked(page: Page, years: Sequence[int]) -> tuple[int | None, int | None, str | None]:
    """Year, unit and which of the rows; the export and the button that enters one."""
    units = {each.id: each.name for each in page.call(people.list_units, reviewed_only=True)}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        year = st.selectbox(
            _("Year filed"),
            years,
            index=None,
            key=page.key("year"),
            placeholder=_("All years"),
            width=130,
        )
        unit_id = None
        if page.actor.role is not Role.UNIT:
            unit_id = st.selectbox(
                _("Unit"),
                list(units),
                index=None,
                format_func=units.__getitem__,
                key=page.key("unit"),
                placeholder=_("All units"),
                width=260,
            )
        which = {"overturned": _("Overturned"), "open": _("Pending outcome")}
        only = st.segmented_control(
            _("Which proceedings"), list(which), format_func=which.__getitem__, key=page.key("only")
        )
        st.link_button(
            _("Excel workbook"),
            f"/export/challenges-xlsx/{year or 0}",
            key=page.key("export"),
            icon=":material/download:",
        )
        if access.may(page.actor, "challenge.manage"):
            page.dialog_button(
                _("Enter a proceeding"), "enter", type="primary", icon=":material/add:"
            )
    return year, unit_id, only


def rows_of(only: str | None, ledger: ChallengeLedger) -> list[ChallengeView]:
    """The rows that the switch leaves."""
    return [
        each
        for each in ledger.rows
        if (only != "overturned" or each.is_overturned)
        and (only != "open" or each.decided_on is None)
    ]


def draw_figures(figures: Sequence[Figure]) -> None:
    """The sums on top."""
    sums = (
        (_("Proceedings"), sum(each.filed for each in figures)),
        (_("Outcome known"), sum(each.decided for each in figures)),
        (_("Overturned"), sum(each.overturned for each in figures)),
        (_("Found by review"), sum(each.seen for each in figures)),
        (_("Missed by review"), sum(each.missed for each in figures)),
    )
    for column, (label, value) in zip(st.columns(len(sums)), sums, strict=True):
        column.metric(label, number(value), border=True)


def draw_rows(page: Page, ledger: ChallengeLedger, rows: Sequence[ChallengeView]) -> None:
    """The ledger; the chosen proceeding in full below."""
    is_unit = page.actor.role is Role.UNIT
    columns: tuple[Column[ChallengeView], ...] = (
        Column(_("Case number"), lambda each: each.case_no, width=240),
        *(() if is_unit else (Column(_("Unit"), lambda each: each.unit_name, width=90),)),
        Column(_("Proceeding"), lambda each: each.instance, "states", 90, INSTANCES),
        Column(_("Date filed"), lambda each: each.filed_on, "day", 92),
        Column(_("Outcome on"), lambda each: each.decided_on, "day", 92),
        Column(
            _("How it ended"), lambda each: each.outcome or "", "states", 100, CHALLENGE_OUTCOMES
        ),
        Column(_("Review before"), lambda each: each.standing, "states", 130, REVIEW_STANDINGS),
    )
    picked = table(rows, columns, key=page.key("rows"), selects=True, longest=10).one
    if picked is None:
        st.caption(_("Select a proceeding to see what the review had said of the case."))
    else:
        draw_challenge(page, picked, ledger.names)


def draw_groups(page: Page, figures: Sequence[Figure]) -> None:
    """Counts by year and unit."""
    st.subheader(_("By year and unit"), anchor=False)
    columns: tuple[Column[Figure], ...] = (
        Column(_("Year"), lambda each: str(each.year), width=60),
        Column(_("Unit"), lambda each: each.unit_name, width=240),
        Column(_("Proceedings"), lambda each: each.filed, "number", 84),
        Column(_("Outcome known"), lambda each: each.decided, "number", 84),
        Column(_("Overturned"), lambda each: each.overturned, "number", 84),
        Column(_("Found by review"), lambda each: each.seen, "number", 100),
        Column(_("Missed by review"), lambda each: each.missed, "number", 100),
        Column(_("Not linked"), lambda each: each.not_linked, "number", 100),
        Column(_("Not reviewed"), lambda each: each.not_reviewed, "number", 100),
    )
    table(figures, columns, key=page.key("figures"), longest=12)
    st.caption(
        _(
            "Only reviews published before the outcome count. A proceeding counts as overturned "
            "where it had the last word on its case."
        )
    )


def dialogs(page: Page, rows: Sequence[ChallengeView]) -> None:
    """The dialog that is open, if one is."""
    known = {each.id: each for each in rows}
    page.dialog(
        "enter", _("Enter a proceeding"), lambda _about: challenge_form.enter(page), width="large"
    )
    for name, title, body in (
        ("change", _("Outcome or correction"), challenge_form.change),
        ("proof", _("Add paper"), challenge_form.add_proof),
        ("strike", _("Strike"), challenge_form.strike),
    ):
        page.dialog(
            name,
            title,
            lambda about, body=body: body(page, known[about]) if about in known else None,
            width="large",
        )


page = open_page("findings/challenges")
heading(
    _("Challenged decisions"),
    caption=_("What became of decisions that were challenged, and what the review had said."),
)
every = page.call(challenge_ledger)
year, unit_id, only = asked(page, every.years)
ledger = page.call(challenge_ledger, year=year, unit_id=unit_id) if year or unit_id else every
dialogs(page, ledger.rows)
shown = rows_of(only, ledger)
if not every.rows:
    empty(
        _("No reconsideration or lawsuit is in the ledger."),
        _("The regulations section enters them here, also those that are still open.")
        if page.actor.role is Role.UNIT
        else _("Enter one as soon as it is filed; its outcome follows later."),
        "balance",
    )
elif not shown:
    empty(_("No proceeding matches."), _("Change or clear the filters above."), "search_off")
else:
    draw_figures(ledger.figures)
    draw_rows(page, ledger, shown)
    draw_groups(page, ledger.figures)
