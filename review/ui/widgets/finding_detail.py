"""One finding with its evidence, and the decision of a person on it."""

from __future__ import annotations

import streamlit as st

from review.checks.catalogue import by_id
from review.db.accounts import Role
from review.i18n import _, chosen
from review.services.results import findings
from review.services.results.findings import FindingView
from review.ui.format import FINDING_STATES, SEVERITIES, badge, moment, number, plain, word
from review.ui.page import Page
from review.ui.pages import go
from review.ui.widgets.evidence import Looking, draw_place, evidence_buttons, look_at, looking
from review.ui.widgets.law import law_line


def draw_finding(page: Page, finding: FindingView, *, may_decide: bool) -> None:
    """Words and law on the left with the decision, the page with the evidence on the right."""
    shown = looking(page)
    own_pages = {each.page_id for each in finding.evidence}
    if shown is None or shown.page_id not in own_pages:
        first = next((each for each in finding.evidence if each.page_id is not None), None)
        shown = Looking(first.page_id or 0, first.boxes, first.quote) if first else None
        if shown is not None:
            look_at(page, shown)
    left, right = st.columns([1, 1], gap="medium")
    with left, st.container(border=True):
        _head(page, finding)
        if may_decide and str(finding.state) == "proposed":
            _decide(page, finding)
        elif may_decide and not finding.is_listed:
            _reconsider(page, finding)
    with right, st.container(border=True):
        if shown is None:
            st.caption(_("No page is noted for this finding."))
        else:
            draw_place(page, shown)


def _head(page: Page, finding: FindingView) -> None:
    badges = [badge(SEVERITIES, finding.severity), badge(FINDING_STATES, finding.state)]
    if finding.is_common:
        badges.append(f":violet-badge[{_('in several cases')}]")
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.markdown(" ".join(badges), width="content")
        if page.actor.role is not Role.UNIT and st.button(
            _("Open case file"),
            key=page.key("open_case", finding.id),
            type="tertiary",
            icon=":material/folder_open:",
        ):
            go("cases/case", case=finding.case_id)
    st.markdown(plain(chosen(finding.text.zh, finding.text.en)))
    title = chosen(finding.item_title.zh, finding.item_title.en)
    facts = [
        finding.case_no,
        finding.unit_name,
        f"{finding.item_id} {title}".strip(),
        _("{points} points deducted", points=number(finding.deduction)),
        _("found by {who}", who=origin_words(finding)),
    ]
    st.caption(plain(" · ".join(part for part in facts if part)))
    evidence_buttons(page, str(finding.id), finding.evidence)
    law_line(finding.law)
    if finding.decided_at is not None:
        st.caption(
            plain(
                _(
                    "{state} by {who} on {when}",
                    state=word(FINDING_STATES, finding.state),
                    who=finding.decided_by,
                    when=moment(finding.decided_at),
                )
                + (f": {finding.reason}" if finding.reason else "")
            )
        )


def origin_words(finding: FindingView) -> str:
    """Machine check with its title, or the people who proposed it."""
    kind, _colon, key = finding.origin.partition(":")
    if kind == "check":
        check = by_id(key)
        return f"{key} {chosen(check.title.zh, check.title.en)}" if check else key
    return _(", ").join(finding.proposed_by)


def _decide(page: Page, finding: FindingView) -> None:
    """Confirm with wording, weight, measure and days, or dismiss with a reason."""
    if str(finding.severity) == "veto":
        st.info(
            _("A severe finding is confirmed by somebody who did not propose it."),
            icon=":material/group:",
        )
    seen = page.seen("finding", finding.id, finding.version)
    with st.form(page.key("decide", finding.id), border=False):
        text = st.text_area(
            _("Wording for the unit"), finding.text.zh, key=page.key("text", finding.id), height=70
        )
        measure = st.text_area(
            _("Measure"), finding.measure, key=page.key("measure", finding.id), height=70
        )
        left, right = st.columns(2)
        severity = left.selectbox(
            _("Severity"),
            list(SEVERITIES),
            index=list(SEVERITIES).index(str(finding.severity)),
            format_func=lambda each: word(SEVERITIES, each),
            key=page.key("severity", finding.id),
        )
        due_days = right.number_input(
            _("Days to rectify"), 1, 365, finding.due_days, key=page.key("days", finding.id)
        )
        reason = st.text_input(
            _("Reason (needed for another severity and for dismissing)"),
            key=page.key("reason", finding.id),
        )
        with st.container(horizontal=True):
            confirmed = st.form_submit_button(
                _("Confirm finding"),
                type="primary",
                key=page.key("confirm", finding.id),
                icon=":material/check:",
            )
            dismissed = st.form_submit_button(
                _("Dismiss"), key=page.key("dismiss", finding.id), icon=":material/close:"
            )
    if confirmed:
        page.save(
            _("The finding is confirmed."),
            findings.confirm,
            finding.id,
            text=text,
            severity=severity,
            measure=measure,
            due_days=int(due_days),
            reason=reason,
            seen_version=seen,
        )
    if dismissed:
        page.save(
            _("The finding is dismissed and stays on record."),
            findings.dismiss,
            finding.id,
            reason=reason,
            seen_version=seen,
        )


def _reconsider(page: Page, finding: FindingView) -> None:
    seen = page.seen("finding", finding.id, finding.version)
    with st.form(page.key("again", finding.id), border=False):
        left, right = st.columns([3, 1], vertical_alignment="bottom")
        reason = left.text_input(_("Reason"), key=page.key("again_reason", finding.id))
        if right.form_submit_button(
            _("Take decision back"), key=page.key("again_save", finding.id)
        ):
            page.save(
                _("The finding is open again."),
                findings.reconsider,
                finding.id,
                reason=reason,
                seen_version=seen,
            )
