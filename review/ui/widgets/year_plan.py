"""The year on a page: quarters with warnings, the reviews in a calendar, targets with evidence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from html import escape

import streamlit as st

from review.common.clock import today
from review.i18n import _, chosen
from review.planning.plan import NOTICE_DAYS, YearPlan, quarter_end
from review.services.rounds import year
from review.services.rounds.year import EvidenceView, TargetView, YearView
from review.ui import state
from review.ui.format import MEASURES, ROUND_KINDS, ROUND_STATES, STANDINGS, number, plain, word
from review.ui.page import Page, empty
from review.ui.pages import go
from review.ui.widgets.tables import Column, table

DAYS = 366


def draw_year(figures: YearPlan) -> None:
    """How the year stands against the reviews that it asks for, quarter by quarter."""
    this_day = today()
    quarters = "".join(
        f'<li class="{_quarter_look(figures.year, quarter, count, this_day)}">'
        f"{escape(_('Quarter {n}', n=quarter))}<b>{count}</b></li>"
        for quarter, count in enumerate(figures.by_quarter, 1)
    )
    words = _(
        "{year}: {planned} of at least {wanted} reviews planned",
        year=figures.year,
        planned=figures.rounds,
        wanted=figures.required,
    )
    st.html(f'<div class="cr-year"><span>{escape(words)}</span><ol>{quarters}</ol></div>')
    warned = [
        f":{'red' if each.is_late else 'orange'}-badge[:material/warning: "
        f"{plain(chosen(each.zh, each.en))}]"
        for each in figures.warnings
    ]
    if warned:
        st.markdown(" ".join(warned))


def _quarter_look(of_year: int, quarter: int, count: int, this_day: date) -> str:
    """Red is for a quarter that ends, or has ended, without a review; a later one only waits."""
    if count:
        return "cr-done"
    left = (quarter_end(of_year, quarter) - this_day).days
    return "cr-none" if left < NOTICE_DAYS else "cr-later"


def calendar(page: Page, view: YearView) -> None:
    """Each review as a bar over the months; opening one goes to its page."""
    year_begins = date(view.plan.year, 1, 1)
    months = "".join(f"<i>{month}</i>" for month in range(1, 13))
    rows = []
    for card in view.rounds:
        left = max((card.starts_on - year_begins).days, 0) / DAYS * 100
        width = max((card.ends_on - card.starts_on).days + 1, 4) / DAYS * 100
        lead, taking_part = view.leads.get(card.id, ("", ""))
        people = " · ".join(each for each in (lead, taking_part) if each)
        rows.append(
            f'<li><div class="cr-what"><b>{escape(card.title)}</b>'
            f"<span>{escape(word(ROUND_KINDS, card.kind))} · "
            f"{escape(word(ROUND_STATES, card.state))}{escape(' · ' + people if people else '')}"
            f'</span></div><div class="cr-bar"><u class="cr-{escape(str(card.state))}" '
            f'style="left:{min(left, 99):.1f}%;width:{min(width, 100 - left):.1f}%"></u></div></li>'
        )
    st.html(
        f'<ol class="cr-calendar"><li class="cr-months"><div></div><div>{months}</div></li>'
        f"{''.join(rows)}</ol>"
    )
    titles = {card.id: card.title for card in view.rounds}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        opened = st.selectbox(
            _("Round"),
            list(titles),
            index=None,
            format_func=titles.__getitem__,
            key=page.key("open_round"),
            placeholder=_("Choose a round to open it"),
            label_visibility="collapsed",
            width=420,
        )
    if opened is not None:
        go("rounds/rounds", round=opened)


def targets_table(page: Page, view: YearView, of_year: int, *, may_edit: bool) -> None:
    """The ledger of targets; a selected one shows its evidence."""
    page.dialog("target", _("Add a target"), lambda _about: _target_form(page, of_year))
    if not view.targets:
        empty(
            _("No target is entered for {year}.", year=of_year),
            _("Enter those of the rule-of-law plan, or begin with the usual four.")
            if may_edit
            else _("The regulations section enters them."),
            "flag",
        )
        if may_edit and st.button(
            _("Add the usual targets"), key=page.key("usual"), icon=":material/playlist_add:"
        ):
            page.save(
                _("Added. Set the figures of your own plan."), year.add_usual_targets, of_year
            )
        return
    done = table(
        view.targets,
        (
            Column(_("Target"), lambda each: each.title, width=260),
            Column(_("Kind"), lambda each: word(MEASURES, each.measure), width=110),
            Column(_("Goal"), lambda each: f"{number(each.goal)} {each.unit}", "figure", 90),
            Column(_("Done so far"), lambda each: f"{number(each.done)} {each.unit}", "figure", 90),
            Column(_("Progress"), lambda each: 100 * each.share, "share", 120),
            Column(_("Due by"), lambda each: each.due_on, "day", 100),
            Column(_("Lead section"), lambda each: each.lead_section, width=120),
            Column(_("State"), lambda each: each.standing, "states", 90, STANDINGS),
        ),
        key=page.key("targets", of_year),
        selects=True,
    )
    if done.one is not None:
        state.put(page.key("target_id"), done.one.id)
    else:
        state.drop(page.key("target_id"))
        st.caption(_("Select a target to see its evidence, to add to it or to change it."))


def target_detail(page: Page, view: YearView, *, may_edit: bool) -> None:
    """The evidence of the selected target, with the forms."""
    wanted = state.get(page.key("target_id"))
    target = next((each for each in view.targets if each.id == wanted), None)
    if target is None:
        return
    with st.container(border=True):
        st.markdown(f"**{plain(target.title)}**")
        if target.given_up:
            st.caption(plain(_("Given up: {why}", why=target.given_up)))
        if target.is_counted:
            st.caption(_("Counted from the rounds whose review has begun; nobody enters it."))
        else:
            _evidence(page, target)
            if may_edit:
                _evidence_form(page, target)
        if may_edit:
            with st.expander(_("Change this target")):
                _edit_form(page, target)


def _evidence(page: Page, target: TargetView) -> None:
    if not target.evidence:
        st.caption(_("No evidence yet."))
        return
    done = table(
        target.evidence,
        (
            Column(_("Day"), lambda each: each.done_on, "day", 100),
            Column(_("Amount"), lambda each: f"{number(each.amount)} {target.unit}", width=90),
            Column(_("What was done"), lambda each: each.note, width=360),
            Column(_("Paper"), lambda each: each.file_name, width=200),
            Column(_("Entered by"), lambda each: each.added_by, width=90),
        ),
        key=page.key("evidence", target.id),
        selects=True,
    )
    if done.one is not None:
        _one_evidence(page, done.one)


def _one_evidence(page: Page, evidence: EvidenceView) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if evidence.file_name:
            st.link_button(
                _("Open the paper"),
                f"/export/target-evidence/{evidence.id}",
                icon=":material/download:",
            )
        reason = st.text_input(_("Why it is removed"), key=page.key("remove_reason", evidence.id))
        if st.button(_("Remove"), key=page.key("remove", evidence.id)):
            page.save(
                _("Removed; it stays on record."),
                year.remove_evidence,
                evidence.id,
                reason=reason,
            )


def _evidence_form(page: Page, target: TargetView) -> None:
    with st.form(page.key("evidence_form", target.id), border=False, clear_on_submit=True):
        left, middle, right = st.columns([1, 1, 3])
        done_on = left.date_input(
            _("Day"), today(), key=page.key("evidence_day", target.id), format="YYYY-MM-DD"
        )
        amount = middle.number_input(
            _("Amount ({unit})", unit=target.unit),
            0.0,
            value=1.0,
            key=page.key("evidence_amount", target.id),
        )
        note = right.text_input(_("What was done"), key=page.key("evidence_note", target.id))
        paper = st.file_uploader(
            _("Paper that shows it (may be left out)"), key=page.key("evidence_paper", target.id)
        )
        pressed = st.form_submit_button(
            _("Add evidence"), type="primary", key=page.key("evidence_save", target.id)
        )
    if pressed:
        page.save(
            _("Added."),
            year.add_evidence,
            target.id,
            done_on=done_on,
            amount=_decimal(amount),
            note=note,
            paper=(paper.name, paper.getvalue()) if paper is not None else None,
        )


def _decimal(value: float) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.01"))


def _target_form(page: Page, of_year: int) -> None:
    with st.form(page.key("target_form"), border=False):
        title = st.text_input(_("Target"), key=page.key("new_title"))
        left, middle, right = st.columns(3)
        measure = left.selectbox(
            _("Kind"),
            list(MEASURES),
            format_func=lambda each: word(MEASURES, each),
            key=page.key("new_measure"),
        )
        goal = middle.number_input(_("Goal"), 0.0, value=1.0, key=page.key("new_goal"))
        unit = right.text_input(_("Unit of measure"), key=page.key("new_unit"))
        due_on = left.date_input(
            _("Due by"), date(of_year, 12, 31), key=page.key("new_due"), format="YYYY-MM-DD"
        )
        section = middle.text_input(_("Lead section"), key=page.key("new_section"))
        pressed = st.form_submit_button(_("Add"), type="primary", key=page.key("new_save"))
    if pressed:
        page.save(
            _("Added."),
            year.add_target,
            year=of_year,
            measure=measure,
            title=title,
            unit=unit,
            goal=_decimal(goal),
            due_on=due_on,
            lead_section=section,
        )


def _edit_form(page: Page, target: TargetView) -> None:
    seen = page.seen("target", target.id, target.version)
    with st.form(page.key("edit_form", target.id), border=False):
        title = st.text_input(_("Target"), target.title, key=page.key("title", target.id))
        left, middle, right = st.columns(3)
        goal = left.number_input(
            _("Goal"), 0.0, value=float(target.goal), key=page.key("goal", target.id)
        )
        unit = middle.text_input(_("Unit of measure"), target.unit, key=page.key("unit", target.id))
        due_on = right.date_input(
            _("Due by"), target.due_on, key=page.key("due", target.id), format="YYYY-MM-DD"
        )
        section = st.text_input(
            _("Lead section"), target.lead_section, key=page.key("section", target.id)
        )
        pressed = st.form_submit_button(_("Save"), key=page.key("edit_save", target.id))
    if pressed:
        page.save(
            _("Saved."),
            year.edit_target,
            target.id,
            title=title,
            unit=unit,
            goal=_decimal(goal),
            due_on=due_on,
            lead_section=section,
            seen_version=seen,
        )
    with (
        st.form(page.key("give_up_form", target.id), border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        reason = st.text_input(_("Why it is given up"), key=page.key("give_up", target.id))
        gives_up = st.form_submit_button(_("Give up"), key=page.key("give_up_save", target.id))
    if gives_up:
        page.save(
            _("The target is given up; it stays on record."),
            year.give_up_target,
            target.id,
            reason=reason,
            seen_version=seen,
        )
