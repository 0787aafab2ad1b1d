"""What waits for the person, by role: figures, sheets, rounds, lists."""

from collections.abc import Sequence

import streamlit as st

from review.db.accounts import Role
from review.i18n import _, chosen
from review.scoring.tables import SheetState
from review.services import work
from review.services.accounts import people
from review.services.desk.sheet_views import SheetCard
from review.services.rectifying.rectification import ListCard
from review.services.rounds import replacing
from review.services.rounds.rounds import RoundCard
from review.services.work import MyWork
from review.ui.format import PROCEDURES, ROLES, ROUND_STATES, SHEET_STATES, day, plain, word
from review.ui.page import Page, empty, heading, open_page
from review.ui.pages import go
from review.ui.widgets.tables import Column, table

SCORERS = (Role.REVIEWER, Role.EXPERT)


def draw_counts(work_now: MyWork) -> None:
    """The figures on top; a pressing one is marked in words, not by colour alone."""
    for column, count in zip(
        st.columns(max(4, len(work_now.counts))), work_now.counts, strict=False
    ):
        column.metric(
            chosen(count.title.zh, count.title.en),
            count.value,
            delta=_("please attend") if count.is_pressing else None,
            delta_color="inverse",
            delta_arrow="off",
            border=True,
            height="stretch",
        )


def sheet_state(sheet: SheetCard) -> str:
    """The state of a sheet; an open one on which nothing is decided has not begun."""
    return "none" if sheet.state == SheetState.OPEN and not sheet.done else str(sheet.state)


def draw_sheets(page: Page, sheets: Sequence[SheetCard]) -> None:
    """Own score sheets, open ones first."""
    st.subheader(_("My score sheets"), anchor=False)
    if not sheets:
        empty(
            _("No case is assigned to you."),
            _("Cases appear here once the regulations section has assigned them."),
        )
        return
    waiting = page.call(replacing.replacements_waiting)
    if waiting:
        st.info(
            plain(
                _(
                    "Another case may take the place of {cases}; wait for the decision before you "
                    "score.",
                    cases=_(", ").join(waiting),
                )
            ),
            icon=":material/swap_horiz:",
        )
    opened = table(
        sheets,
        (
            Column(_("Case number"), lambda each: each.case_no, width=165),
            Column(_("Cause of action"), lambda each: each.cause, width=160),
            Column(_("Unit"), lambda each: each.unit_name, width=140),
            Column(_("Procedure"), lambda each: word(PROCEDURES, each.procedure), width=80),
            Column(_("State"), sheet_state, "states", 84, SHEET_STATES),
            Column(
                _("Progress"),
                lambda each: 100 * each.done / each.items if each.items else 0,
                "share",
                110,
            ),
            Column(_("Score"), lambda each: each.score if each.grade else None, "number", 56),
            Column(_("Due"), lambda each: each.due_on, "day", 92),
        ),
        key=page.key("sheets"),
        opens=_("Open"),
    ).opened
    if opened:
        go("review/scoring", sheet=opened.sheet_id)


def draw_rounds(page: Page, rounds: Sequence[RoundCard]) -> None:
    """Rounds that are under way."""
    st.subheader(_("Rounds"), anchor=False)
    if not rounds:
        empty(
            _("No round is under way."),
            _("The regulations section plans at least four a year under “Review rounds”."),
            "event_repeat",
        )
        return
    opened = table(
        rounds,
        (
            Column(_("Round"), lambda each: each.title, width="large"),
            Column(_("State"), lambda each: each.state, "states", vocabulary=ROUND_STATES),
            Column(_("Cases drawn"), lambda each: each.drawn, "number", "small"),
            Column(
                _("Sheets submitted"),
                lambda each: 100 * each.submitted / each.sheets if each.sheets else 0,
                "share",
            ),
            Column(_("Review ends"), lambda each: each.ends_on, "day"),
        ),
        key=page.key("rounds"),
        opens=_("Open"),
    ).opened
    if opened:
        go("rounds/rounds", round=opened.id)


def draw_lists(page: Page, lists: Sequence[ListCard]) -> None:
    """Rectification lists with how far they are."""
    st.subheader(_("Rectification lists"), anchor=False)
    if not lists:
        empty(
            _("No list has been issued yet."),
            _("A list appears here once the regulations section has issued it."),
            "assignment_turned_in",
        )
        return
    opened = table(
        lists,
        (
            Column(_("Number"), lambda each: each.number, width=140),
            Column(_("Round"), lambda each: each.round_title, width=180),
            Column(_("Unit"), lambda each: each.unit_name, width=170),
            Column(_("Rectification items"), lambda each: each.items, "number", "small"),
            Column(_("To check"), lambda each: each.submitted, "number", "small"),
            Column(_("Overdue"), lambda each: each.overdue, "number", "small"),
            Column(
                _("Closed off"),
                lambda each: 100 * each.closed / each.items if each.items else 0,
                "share",
            ),
        ),
        key=page.key("lists"),
        opens=_("Open"),
    ).opened
    if opened:
        go("findings/rectification", list=opened.id)


def draw_conflicts(page: Page) -> None:
    """Declared conflicts of interest, and declaring one."""
    declared = page.call(people.list_conflicts)
    with st.expander(
        _("Conflicts of interest that I declared ({n})", n=len(declared)), key=page.key("conflicts")
    ):
        if declared:
            table(
                declared,
                (
                    Column(_("Case number"), lambda each: each.case_no),
                    Column(_("Unit"), lambda each: each.unit_name),
                    Column(_("Reason"), lambda each: each.reason, width="large"),
                    Column(_("Declared"), lambda each: each.declared_at, "moment"),
                ),
                key=page.key("declared"),
            )
        units = {each.id: each.name for each in page.call(people.list_units)}
        with st.form(page.key("declare"), border=False):
            left, middle, right, end = st.columns([2, 2, 3, 1], vertical_alignment="bottom")
            case_no = left.text_input(_("Case number"), key=page.key("conflict_case"))
            unit_id = middle.selectbox(
                _("or a whole unit"),
                list(units),
                index=None,
                format_func=units.__getitem__,
                key=page.key("conflict_unit"),
                placeholder=_("None"),
            )
            reason = right.text_input(_("Reason"), key=page.key("conflict_reason"))
            if end.form_submit_button(_("Declare"), key=page.key("conflict_save")):
                page.save(
                    _("Declared; you will not be assigned these cases."),
                    people.declare_conflict,
                    reason=reason,
                    case_no=case_no,
                    unit_id=unit_id,
                )


def draw_administration(page: Page) -> None:
    """Where the administrator's work is."""
    with st.container(horizontal=True):
        for script, label, icon in (
            ("admin/users", _("Users and roles"), "manage_accounts"),
            ("admin/calendar", _("Working calendar"), "calendar_month"),
            ("admin/audit", _("Audit trail"), "policy"),
        ):
            if st.button(label, key=page.key("go", script), icon=f":material/{icon}:"):
                go(script)


page = open_page("work/my_work")
now = page.call(work.my_work)
heading(
    _("My work"),
    caption=f"{page.actor.name} · {word(ROLES, page.actor.role)} · {day(now.day)}",
)
draw_counts(now)
if now.role in SCORERS:
    draw_sheets(page, now.sheets)
    draw_conflicts(page)
elif now.role is Role.UNIT:
    draw_lists(page, now.lists)
elif now.role is Role.ADMINISTRATOR:
    draw_administration(page)
else:
    draw_rounds(page, now.rounds)
    draw_lists(page, now.lists)
