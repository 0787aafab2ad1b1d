"""How far a round is: the twelve steps, what stands in the way, and the one next thing to do."""

from __future__ import annotations

from html import escape

import streamlit as st

from review.common.clock import today
from review.i18n import N_, _, chosen
from review.services import access
from review.services.rounds import rounds
from review.services.rounds.round_plan import StepView
from review.services.rounds.rounds import RoundView
from review.ui import state
from review.ui.format import ROUND_STEPS, STEP_STATES, day, moment, plain, word
from review.ui.page import Page
from review.ui.pages import go
from review.ui.widgets.tables import Column, table

NEXT = {
    "scoring": N_("End the first review"),
    "deliberating": N_("End the deliberation"),
    "confirming": N_("Send out the draft result"),
    "published": N_("Begin rectification"),
    "rectifying": N_("Archive the round"),
}
"""What the button says that moves a round on from a state."""

WHAT = {
    "planned": N_("Issue the notice; the units then review themselves."),
    "planned_silent": N_("No notice for this kind of review: freeze the list of closed files."),
    "notified": N_("Record the self-review, then freeze the list of closed files."),
    "frozen": N_("Two people each enter a number; then the cases are drawn."),
    "drawn": N_("Assign reviewers; the files are handed over."),
    "scoring": N_("Reviewers score, blind to each other."),
    "deliberating": N_("Settle what the scorers dispute; a veto needs the panel."),
    "confirming": N_("Decide on the findings, then send the draft result to the units."),
    "objecting": N_("Units may object; somebody else decides."),
    "published": N_("The result is out; issue the rectification lists."),
    "rectifying": N_("Units rectify; the section verifies each item."),
    "closed": N_("The round is archived."),
}
SILENT = ("spot_check", "unannounced", "on_site")


def steps_strip(steps: tuple[StepView, ...]) -> None:
    """The twelve steps in a row, the present ones marked, late ones warned of."""
    marks = {"done": "cr-done", "now": "cr-now", "open": ""}
    items = "".join(
        f'<li class="{marks[step.state]}{" cr-late" if step.is_late else ""}"'
        f"{' aria-current=step' if step.state == 'now' else ''}>"
        f"{escape(word(ROUND_STEPS, step.key))}"
        f"<small>{escape(day(step.due_on)[5:] if step.due_on else '')}</small></li>"
        for step in steps
    )
    st.html(f'<ol class="cr-steps cr-twelve">{items}</ol>')


def next_step(page: Page, view: RoundView) -> None:
    """What is to be done now, what stands in the way, and the button for it."""
    card = view.round
    name = str(card.state)
    if name == "planned" and str(card.kind) in SILENT:
        name = "planned_silent"
    with st.container(border=True, key=page.key("next")):
        left, right = st.columns([3, 2], vertical_alignment="center")
        with left:
            st.markdown(f"**{_('Next')}** {plain(_(WHAT[name]))}")
            for each in view.blockers:
                st.markdown(f":orange[:material/hourglass_top: {plain(chosen(each.zh, each.en))}]")
            for step in view.steps:
                if step.is_late:
                    late = _(
                        "{step}: planned until {day}",
                        step=word(ROUND_STEPS, step.key),
                        day=day(step.due_on),
                    )
                    st.markdown(f":red[:material/event_busy: {plain(late)}]")
        with right, st.container(horizontal=True, horizontal_alignment="right"):
            if access.may(page.actor, "draw.number"):
                _number_button(page, view)
            if access.may(page.actor, "round.manage"):
                _buttons(page, view)


def _number_button(page: Page, view: RoundView) -> None:
    if str(view.round.state) != "frozen" or view.frozen is None:
        return
    mine = any(each.user_id == page.actor.user_id for each in view.frozen.numbers)
    if not mine and len(view.frozen.numbers) < 2:
        page.dialog_button(
            _("Enter my number"), "number", type="primary", icon=":material/password:"
        )


def _buttons(page: Page, view: RoundView) -> None:
    name = str(view.round.state)
    silent = str(view.round.kind) in SILENT
    if name == "planned" and not silent:
        page.dialog_button(
            _("Issue the notice"), "notice", type="primary", icon=":material/campaign:"
        )
    if name == "notified" and any(each.key == "self_review" for each in _open_records(view)):
        page.dialog_button(_("Record the self-review"), "self_review", icon=":material/fact_check:")
    if name == "notified" or (name == "planned" and silent):
        page.dialog_button(
            _("Freeze the list"), "freeze", type="primary", icon=":material/ac_unit:"
        )
    if name == "frozen":
        _frozen_buttons(page, view)
    if name == "drawn":
        page.dialog_button(
            _("Assign reviewers"), "assign", type="primary", icon=":material/group_add:"
        )
    if name in ("drawn", "scoring") and any(
        each.key == "hand_over" for each in _open_records(view)
    ):
        page.dialog_button(_("Record the hand-over"), "hand_over", icon=":material/inventory_2:")
    if name == "scoring":
        page.dialog_button(_("Assign again"), "assign", icon=":material/group_add:")
    if name in ("scoring", "deliberating"):
        page.dialog_button(_("Withdrawal"), "withdraw", icon=":material/person_remove:")
    if name == "deliberating" and st.button(
        _("Comparison"), key=page.key("compare"), icon=":material/compare_arrows:"
    ):
        go("rounds/comparison", round=view.round.id)
    if name in ("objecting", "published") and st.button(
        _("Results"), key=page.key("results"), icon=":material/leaderboard:"
    ):
        go("rounds/results", round=view.round.id)
    if name == "confirming":
        page.dialog_button(_("Back to the panel"), "back_to_panel", icon=":material/undo:")
    _move_button(page, view)


def _open_records(view: RoundView) -> list[StepView]:
    return [step for step in view.steps if step.is_recorded and step.done_at is None]


def _frozen_buttons(page: Page, view: RoundView) -> None:
    numbers = view.frozen.numbers if view.frozen else ()
    if not numbers:
        page.dialog_button(_("Take the list back"), "thaw", icon=":material/undo:")
    if len(numbers) == 2 and st.button(
        _("Draw now"), key=page.key("draw_save"), type="primary", icon=":material/casino:"
    ):
        page.save(
            _("Drawn and recorded. Next: assign the reviewers."),
            rounds.draw,
            view.round.id,
            seen_version=page.seen("round", view.round.id, view.round.version),
        )


def _move_button(page: Page, view: RoundView) -> None:
    label = NEXT.get(str(view.round.state))
    if label is None or view.next_state is None:
        return
    if st.button(
        _(label),
        key=page.key("move"),
        type="primary",
        icon=":material/arrow_forward:",
        disabled=bool(view.blockers),
    ):
        page.save(
            _("The round moved on."),
            rounds.move_round,
            view.round.id,
            to=view.next_state,
            seen_version=page.seen("round", view.round.id, view.round.version),
        )


def notice_form(page: Page, view: RoundView) -> None:
    """Number, date and text of the notice."""
    card = view.round
    with st.form(page.key("notice_form"), border=False):
        left, right = st.columns(2)
        number = left.text_input(_("Document number"), key=page.key("notice_no"))
        issued_on = right.date_input(
            _("Issued on"), today(), key=page.key("notice_on"), format="YYYY-MM-DD"
        )
        text = st.text_area(
            _("Text"),
            _notice_draft(view),
            key=page.key("notice_text"),
            height=220,
        )
        pressed = st.form_submit_button(
            _("Issue the notice"), type="primary", key=page.key("notice_save")
        )
    if pressed:
        page.save(
            _("The notice is issued. Next: the units review themselves."),
            rounds.issue_notice,
            card.id,
            number=number,
            issued_on=issued_on,
            text=text,
            seen_version=page.seen("round", card.id, card.version),
        )


def _notice_draft(view: RoundView) -> str:
    """A first text of the notice from the plan; always Chinese, as the paper is."""
    card = view.round
    units = "、".join(view.unit_names)
    editions = "、".join(dict.fromkeys(each["key"] for each in view.editions.values()))
    return "\n".join(
        (
            f"一、评查范围：{card.scope_from} 至 {card.scope_to} 办结的行政执法案卷。",
            f"二、被评查单位：{units}。",
            f"三、评查标准：{editions}。",
            f"四、时间安排：{card.starts_on} 至 {card.ends_on}。",
            "五、方式：各单位先行自查；案卷由两人填写数字后随机抽取；两人分别评查，专家合议。",
            "六、纪律：评查人员应当回避、保密；各单位不得事后补签文书或者倒签日期。",
        )
    )


def record_form(page: Page, view: RoundView, step: str) -> None:
    """What was done in a step that no state shows."""
    with st.form(page.key("record_form", step), border=False):
        note = st.text_area(
            _("What was done, and what was found"), key=page.key("record_note", step), height=110
        )
        pressed = st.form_submit_button(
            _("Record as done"), type="primary", key=page.key("record_save", step)
        )
    if pressed:
        page.save(
            _("The step is recorded."),
            rounds.record_step,
            view.round.id,
            step,
            note=note,
            seen_version=page.seen("round", view.round.id, view.round.version),
        )


def reason_form(page: Page, view: RoundView, what: str) -> None:
    """A move back, which needs a reason: the frozen list, or to the panel."""
    with st.form(page.key("reason_form", what), border=False):
        reason = st.text_input(_("Reason"), key=page.key("reason", what))
        pressed = st.form_submit_button(_("Go back"), key=page.key("reason_save", what))
    if not pressed:
        return
    seen = page.seen("round", view.round.id, view.round.version)
    if what == "thaw":
        page.save(
            _("The list is open again."),
            rounds.thaw_list,
            view.round.id,
            reason=reason,
            seen_version=seen,
        )
    else:
        page.save(
            _("Back to the panel."),
            rounds.move_round,
            view.round.id,
            to="deliberating",
            reason=reason,
            seen_version=seen,
        )


def timetable(page: Page, view: RoundView) -> None:
    """The steps with their planned and real days; a selected one can be planned."""
    done = table(
        view.steps,
        (
            Column(_("Step"), lambda step: word(ROUND_STEPS, step.key), width=110),
            Column(_("State"), lambda step: step.state, "states", 80, STEP_STATES),
            Column(_("Planned until"), lambda step: step.due_on, "day", 100),
            Column(_("Done at"), lambda step: moment(step.done_at), width=130),
            Column(_("By"), lambda step: step.done_by, width=90),
            Column(_("Note"), lambda step: step.note, width=360),
        ),
        key=page.key("timetable"),
        selects=access.may(page.actor, "round.manage"),
    )
    if done.one is None:
        if access.may(page.actor, "round.manage"):
            st.caption(_("Select a step to plan until when it is to be done."))
        return
    step = done.one
    with (
        st.form(page.key("step_form", step.key), border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        due_on = st.date_input(
            _("{step}: planned until", step=word(ROUND_STEPS, step.key)),
            step.due_on,
            key=page.key("step_due", step.key),
            format="YYYY-MM-DD",
        )
        pressed = st.form_submit_button(_("Save"), key=page.key("step_save", step.key))
    if pressed:
        page.save(_("Planned."), rounds.plan_step, view.round.id, step.key, due_on=due_on)


def back_button(page: Page) -> None:
    """Back to the list of rounds."""
    if st.button(_("All rounds"), key=page.key("back"), icon=":material/arrow_back:"):
        state.set_address(round=None)
        st.rerun()
