"""What people did with the machine's proposals, check by check; checks on trial."""

import pandas as pd
import streamlit as st

from review.common.clock import today
from review.i18n import _, chosen
from review.scoring.adoption import ENOUGH, REASONS
from review.services import access
from review.services.desk import adoption
from review.services.desk.adoption import CheckAdoption
from review.ui.format import day, moment, plain
from review.ui.page import Page, empty, heading, open_page
from review.ui.pages import go
from review.ui.widgets.list_words import CHECK_STATES
from review.ui.widgets.tables import Column, table

MONTH_PX, MARGIN_PX = 60, 70
"""Room of a month's bar and of the axis: one month is not drawn as a wall."""


def state_of(check: CheckAdoption) -> str:
    """In use, on trial, or suggested for trial."""
    if check.trial is not None:
        return "trial"
    return "suggested" if check.is_suggested else "used"


def reason_word(key: str) -> str:
    """A listed reason in words; rejections without one say so."""
    if key not in REASONS:
        return _("no reason given")
    return chosen(REASONS[key].zh, REASONS[key].en)


def draw_figures(found: tuple[CheckAdoption, ...]) -> None:
    """Four figures over all checks."""
    accepted = sum(each.rate.accepted for each in found)
    edited = sum(each.rate.edited for each in found)
    rejected = sum(each.rate.rejected for each in found)
    whole = accepted + edited + rejected
    figures = (
        (_("Proposals decided"), str(whole)),
        (_("Adopted"), f"{round(100 * (accepted + edited) / whole)}%" if whole else "—"),
        (_("Rejected"), str(rejected)),
        (_("Suggested for trial"), str(sum(each.is_suggested for each in found))),
    )
    for column, (label, figure) in zip(st.columns(4), figures, strict=True):
        column.metric(label, figure, border=True)


def draw_table(page: Page, found: tuple[CheckAdoption, ...]) -> CheckAdoption:
    """One row a check; the selected one, at first the first."""
    return (
        table(
            found,
            (
                Column(_("Check"), lambda each: each.check_id, width=80),
                Column(_("What is checked"), lambda each: chosen(each.title.zh, each.title.en)),
                Column(_("Accepted"), lambda each: each.rate.accepted, "number", 76),
                Column(_("Edited"), lambda each: each.rate.edited, "number", 76),
                Column(_("Rejected"), lambda each: each.rate.rejected, "number", 76),
                Column(
                    _("Adopted"),
                    lambda each: 100 * each.rate.adopted if each.rate.adopted is not None else 0,
                    "share",
                    120,
                ),
                Column(_("State"), state_of, "states", 110, vocabulary=CHECK_STATES),
            ),
            key=page.key("checks"),
            selects=True,
            longest=10,
        ).one
        or found[0]
    )


def draw_check(page: Page, check: CheckAdoption) -> None:
    """One check: state and what to do, trend, reasons, rejected cases."""
    st.subheader(plain(f"{check.check_id}  {chosen(check.title.zh, check.title.en)}"), anchor=False)
    if check.trial is not None:
        st.info(
            plain(
                _(
                    "On trial since {day}: shown, not proposed. Reason: {reason}",
                    day=day(check.trial.started_at.date()),
                    reason=check.trial.reason,
                )
            ),
            icon=":material/science:",
        )
    elif check.is_suggested:
        st.warning(
            _(
                "More than half of {n} proposals were rejected: put this check on trial?",
                n=check.rate.decided,
            ),
            icon=":material/flag:",
        )
    if access.may(page.actor, "proposals.trial"):
        if check.trial is not None:
            page.dialog_button(_("End the trial"), "end", icon=":material/replay:")
        else:
            page.dialog_button(_("Put on trial"), "trial", icon=":material/science:")
        page.dialog("trial", _("Put on trial"), lambda _about: start(page, check))
        page.dialog("end", _("End the trial"), lambda _about: end(page, check))
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown(f"**{_('Adopted by month')}**")
        draw_trend(check)
    with right:
        st.markdown(f"**{_('Reasons of rejection')}**")
        if check.reasons:
            table(
                check.reasons,
                (
                    Column(_("Reason"), lambda each: reason_word(each[0])),
                    Column(_("Times"), lambda each: each[1], "number", 80),
                ),
                key=page.key("reasons", check.check_id),
            )
        else:
            st.caption(_("Nothing was rejected."))
    draw_rejections(page, check)


def draw_trend(check: CheckAdoption) -> None:
    """The share adopted in each month with a decision."""
    months = [(month, rate) for month, rate in check.months if rate.adopted is not None]
    if not months:
        st.caption(_("No proposal of this check was decided yet."))
        return
    frame = pd.DataFrame(
        {
            _("Month"): [month for month, _rate in months],
            _("Adopted (%)"): [round(100 * (rate.adopted or 0)) for _month, rate in months],
        }
    )
    room = MARGIN_PX + min(len(months), 12) * MONTH_PX
    st.bar_chart(frame, x=_("Month"), y=_("Adopted (%)"), height=270, width=room)


def draw_rejections(page: Page, check: CheckAdoption) -> None:
    """The cases in which the proposal was rejected."""
    rows = page.call(adoption.rejections, check.check_id)
    if not rows:
        return
    st.markdown(f"**{_('Rejected in')}**")
    opened = table(
        rows,
        (
            Column(_("Case number"), lambda row: row.case_no, width=220),
            Column(_("Item"), lambda row: row.item_id, width=80),
            Column(_("Reason"), lambda row: reason_word(row.reason_key), width=220),
            Column(_("In words"), lambda row: row.reason),
            Column(_("When"), lambda row: moment(row.decided_at), width=140),
        ),
        key=page.key("rejections", check.check_id),
        opens=_("Open"),
        longest=8,
    ).opened
    if opened:
        go("cases/case", case=opened.case_id)


def start(page: Page, check: CheckAdoption) -> None:
    """Why the check is put on trial."""
    st.caption(_("Its results stay visible; they no longer propose a deduction or a finding."))
    reason = st.text_area(_("Reason"), key=page.key("trial_reason", check.check_id))
    if st.button(_("Put on trial"), type="primary", key=page.key("trial_now")):
        page.save(_("The check is on trial."), adoption.start_trial, check.check_id, reason=reason)


def end(page: Page, check: CheckAdoption) -> None:
    """Why the check may propose again."""
    reason = st.text_area(_("Reason"), key=page.key("end_reason", check.check_id))
    if check.trial and st.button(_("End the trial"), type="primary", key=page.key("end_now")):
        page.save(
            _("The check proposes again."),
            adoption.end_trial,
            check.trial.id,
            reason=reason,
            seen_version=check.trial.version,
        )


page = open_page("review/adoption")
heading(
    _("Adoption of proposals"),
    caption=_(
        "What reviewers did with the machine's proposals of faults, counted when a sheet is handed "
        "in. From {n} decisions on, a check rejected by more than half is suggested for trial; a "
        "person decides.",
        n=ENOUGH,
    ),
)
years = page.call(adoption.years, today=today())
with st.container(horizontal=True):
    year = st.selectbox(
        _("Year"),
        years,
        index=None,
        placeholder=_("All years"),
        key=page.key("year"),
        width=160,
    )
found = page.call(adoption.check_adoption, year=year)
if not found:
    empty(
        _("No proposal was decided yet."),
        _("Figures appear when reviewers hand in score sheets of rounds that show proposals."),
        "thumbs_up_down",
    )
else:
    draw_figures(found)
    draw_check(page, draw_table(page, found))
