"""Findings of the rounds: looked at with their evidence, confirmed or dismissed by a person."""

import zlib

import streamlit as st

from review.i18n import _, chosen
from review.planning.tables import RoundState
from review.services import access
from review.services.accounts import people
from review.services.case_files import cases
from review.services.results import findings
from review.services.results.findings import FindingView
from review.services.rounds import rounds
from review.services.rounds.rounds import RoundCard
from review.ui import state
from review.ui.format import FINDING_STATES, SEVERITIES, number, word
from review.ui.page import Page, empty, heading, open_page
from review.ui.widgets.finding_detail import draw_finding, origin_words
from review.ui.widgets.findings_together import draw_left, draw_together, table_key
from review.ui.widgets.tables import Column, table

DECIDED = tuple(RoundState)[tuple(RoundState).index(RoundState.CONFIRMING) :]
"""The states of a round from the one on in which its findings are decided."""

PAGE_SIZE = 50


def finding_columns() -> tuple[Column[FindingView], ...]:
    """What the list says of a finding."""
    return (
        Column(_("Severity"), lambda each: each.severity, "states", 60, SEVERITIES),
        Column(_("Case number"), lambda each: each.case_no, width=165),
        Column(_("Unit"), lambda each: each.unit_name, width=100),
        Column(_("Finding"), lambda each: chosen(each.text.zh, each.text.en), width=190),
        Column(_("Item"), lambda each: each.item_id, width=66),
        Column(_("Deducted"), lambda each: each.deduction, "number", 64),
        Column(_("Found by"), origin_words, width=100),
        Column(_("State"), lambda each: each.state, "states", 92, FINDING_STATES),
        Column(_("On a list"), lambda each: _("Yes") if each.is_listed else "", width=60),
    )


def _nearness(card: RoundCard) -> int:
    """0 for a round whose findings are being decided or were, 1 for one in review, else 2."""
    if card.state in DECIDED:
        return 0
    return 1 if card.sheets else 2


def filters(page: Page) -> tuple[int | None, dict[str, object]]:
    """The filter row: the round, and what the service is asked for."""
    held = page.call(rounds.list_rounds)
    titles = {each.id: each.title for each in held}
    begun = min(range(len(held)), key=lambda index: _nearness(held[index]), default=0)
    units = {each.id: each.name for each in page.call(people.list_units, reviewed_only=True)}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        round_id = st.selectbox(
            _("Round"),
            list(titles),
            index=begun if titles else None,
            format_func=titles.__getitem__,
            key=page.key("round"),
            placeholder=_("All rounds"),
            width=250,
        )
        unit_id = st.selectbox(
            _("Unit"),
            list(units),
            index=None,
            format_func=units.__getitem__,
            key=page.key("unit"),
            placeholder=_("All units"),
            width=170,
        )
        standing = st.segmented_control(
            _("State"),
            list(FINDING_STATES),
            format_func=lambda each: word(FINDING_STATES, each),
            key=page.key("state"),
        )
        severity = st.segmented_control(
            _("Severity"),
            list(SEVERITIES),
            format_func=lambda each: word(SEVERITIES, each),
            key=page.key("severity"),
        )
        if access.may(page.actor, "finding.decide") and round_id is not None:
            if st.button(
                _("Collect findings"),
                key=page.key("derive"),
                type="primary",
                icon=":material/sync:",
                help=_("From submitted sheets and machine checks. What was decided stays."),
            ):
                collect(page, round_id)
            page.dialog_button(_("Add finding"), "add", icon=":material/add:")
    return round_id, {"unit_id": unit_id, "state": standing, "severity": severity}


def collect(page: Page, round_id: int) -> None:
    """Derive the findings of a round and say what came of it."""
    done, result = page.attempt(findings.derive, round_id)
    if not done or result is None:
        return
    st.toast(
        _(
            "{added} new, {updated} changed, {removed} gone, {kept} kept.",
            added=result.added,
            updated=result.updated,
            removed=result.removed,
            kept=result.kept,
        ),
        icon=":material/check_circle:",
    )
    if result.waiting:
        st.info(
            _("{n} cases wait for their sheets to be submitted.", n=len(result.waiting)),
            icon=":material/hourglass_empty:",
        )


def add(page: Page, round_id: int) -> None:
    """A finding that neither a check nor a sheet gave."""
    drawn = {
        each.id: each.case_no
        for each in page.call(cases.list_cases, round_id=round_id, limit=500).rows
    }
    with st.form(page.key("add_form"), border=False):
        case_id = st.selectbox(
            _("Case"),
            list(drawn),
            index=None,
            format_func=drawn.__getitem__,
            key=page.key("add_case"),
            placeholder=_("Choose"),
        )
        text = st.text_area(_("Wording for the unit"), key=page.key("add_text"), height=80)
        measure = st.text_area(_("Measure"), key=page.key("add_measure"), height=80)
        left, right = st.columns(2)
        severity = left.selectbox(
            _("Severity"),
            list(SEVERITIES),
            index=2,
            format_func=lambda each: word(SEVERITIES, each),
            key=page.key("add_severity"),
        )
        days = right.number_input(_("Days to rectify"), 1, 365, 15, key=page.key("add_days"))
        if st.form_submit_button(_("Add"), type="primary", key=page.key("add_save")):
            page.save(
                _("Added; somebody has to confirm it."),
                findings.add_finding,
                round_id=round_id,
                case_id=case_id or 0,
                text=text,
                severity=severity,
                measure=measure,
                due_days=int(days),
            )


page = open_page("findings/findings")
heading(
    _("Findings"),
    caption=_("Machine checks and reviewers propose; a person confirms or dismisses with reasons."),
)
round_id, wanted = filters(page)
if round_id is not None:
    page.dialog("add", _("Add finding"), lambda _about: add(page, round_id))
pages_key = page.key("page", zlib.crc32(repr((round_id, sorted(wanted.items()))).encode()))
number_of_page = int(state.get(pages_key, 1) or 1)
found = page.call(
    findings.findings_page,
    round_id=round_id,
    **wanted,
    offset=(number_of_page - 1) * PAGE_SIZE,
    limit=PAGE_SIZE,
)
draw_left(page)
if found.rows:
    st.caption(
        _("{n} findings, {m} to be confirmed", n=number(found.total), m=number(found.proposed))
    )
    may_decide = access.may(page.actor, "finding.decide")
    ticked = table(
        found.rows,
        finding_columns(),
        key=table_key(page),
        selects=not may_decide,
        selects_many=may_decide,
        longest=14,
    )
    if found.total > PAGE_SIZE:
        st.pagination(-(-found.total // PAGE_SIZE), key=pages_key)
    if len(ticked.rows) > 1:
        draw_together(page, ticked.rows)
    elif ticked.one:
        draw_finding(page, ticked.one, may_decide=may_decide)
    elif may_decide:
        st.caption(
            _("Tick a finding to see its evidence and to decide, or several to confirm at once.")
        )
    else:
        st.caption(_("Select a finding to see its evidence and to decide."))
elif any(wanted.values()):
    empty(_("No finding matches."), _("Change the filter above."), "search_off")
else:
    empty(
        _("There are no findings yet."),
        _("Once score sheets are submitted, collect the findings of the round."),
        "rule",
    )
