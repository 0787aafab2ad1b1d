"""One round: its board, its cases with their scorers, the record of its draw, its plan."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from review.i18n import N_, _, chosen
from review.services import access
from review.services.desk import scoring
from review.services.rounds import rounds
from review.services.rounds.rounds import RoundCaseView, RoundView, SeatView
from review.ui.format import (
    COMMON_STATES,
    MISSING,
    PROCEDURES,
    ROUND_KINDS,
    ROUND_STATES,
    SHEET_STATES,
    Term,
    badge,
    day,
    number,
    plain,
    word,
)
from review.ui.page import Page, empty, heading
from review.ui.pages import go
from review.ui.widgets.draw_form import (
    assign_form,
    freeze_form,
    number_form,
    show_empty_seats,
    withdraw_form,
)
from review.ui.widgets.draw_record import show_record
from review.ui.widgets.round_board import (
    back_button,
    next_step,
    notice_form,
    reason_form,
    record_form,
    steps_strip,
    timetable,
)
from review.ui.widgets.seats import seat_title
from review.ui.widgets.tables import Column, table
from review.ui.widgets.tabs import tabs

REASONS = {
    "must": Term(N_("Required"), "violet"),
    "group": Term(N_("Every squad"), "blue"),
    "quota": Term(N_("Quota"), "green"),
    "rest": Term(N_("Random"), "gray"),
    "replacement": Term(N_("Replacement"), "orange"),
}


def draw_round(page: Page, view: RoundView) -> None:
    """Everything about one round."""
    card = view.round
    page.seen("round", card.id, card.version)
    heading(
        card.title,
        badge(ROUND_STATES, card.state),
        caption=" · ".join(
            (
                word(ROUND_KINDS, card.kind),
                *([card.topic] if card.topic else []),
                _("cases closed {first} ~ {last}", first=card.scope_from, last=card.scope_to),
                _("review {first} ~ {last}", first=card.starts_on, last=card.ends_on),
                _(", ").join(view.unit_names),
            )
        ),
    )
    back_button(page)
    steps_strip(view.steps)
    next_step(page, view)
    _dialogs(page, view)
    show_empty_seats(page)
    _figures(view)
    tabs(
        {
            _("Cases and scorers"): lambda: _scorers(page, view),
            _("Record of the draw"): lambda: show_record(page, view),
            _("Timetable"): lambda: timetable(page, view),
            _("Plan"): lambda: _plan(view),
        },
        key=page.key("detail"),
    )


def _scorers(page: Page, view: RoundView) -> None:
    _cases(page, view)
    _withdrawn(page, view)


def _dialogs(page: Page, view: RoundView) -> None:
    """Every dialog of the round's page; the one that is open is drawn."""
    page.dialog(
        "notice", _("Issue the notice"), lambda _about: notice_form(page, view), width="large"
    )
    page.dialog(
        "self_review",
        _("Record the self-review"),
        lambda _about: record_form(page, view, "self_review"),
    )
    page.dialog(
        "hand_over", _("Record the hand-over"), lambda _about: record_form(page, view, "hand_over")
    )
    page.dialog(
        "freeze", _("Freeze the list"), lambda _about: freeze_form(page, view), width="large"
    )
    page.dialog("thaw", _("Take the list back"), lambda _about: reason_form(page, view, "thaw"))
    page.dialog(
        "back_to_panel",
        _("Back to the panel"),
        lambda _about: reason_form(page, view, "back_to_panel"),
    )
    if view.frozen is not None:
        frozen = view.frozen
        page.dialog("number", _("Enter my number"), lambda _about: number_form(page, view, frozen))
    page.dialog("assign", _("Assign reviewers"), lambda _about: assign_form(page, view))
    page.dialog("withdraw", _("Withdrawal"), lambda _about: withdraw_form(page, view))


def _figures(view: RoundView) -> None:
    card = view.round
    seats = [seat for case in view.cases for seat in case.seats]
    figures: tuple[tuple[str, int | str], ...] = (
        (_("Cases in scope"), view.population),
        (_("Cases drawn"), card.drawn),
        (_("Sheets assigned"), len(seats)),
        (_("Sheets submitted"), f"{card.submitted} / {card.sheets}"),
        (_("For the panel"), sum(case.needs_panel for case in view.cases)),
        (_("Items in dispute"), sum(case.disputed for case in view.cases)),
    )
    for column, (label, figure) in zip(st.columns(len(figures)), figures, strict=True):
        column.metric(label, figure, border=True)


def _seat(case: RoundCaseView, name: str) -> SeatView | None:
    return next((seat for seat in case.seats if seat.seat == name), None)


def seat_words(case: RoundCaseView, name: str) -> str:
    """Who scores in a seat and how far: name, then score and grade or items done."""
    seat = _seat(case, name)
    if seat is None:
        return MISSING
    if seat.score is not None:
        grade = chosen(seat.grade.zh, seat.grade.en) if seat.grade else ""
        return f"{seat.user_name}  {number(seat.score)} {grade}".strip()
    if not seat.items:  # an open sheet that this person may not look into
        return seat.user_name
    return f"{seat.user_name}  {seat.done}/{seat.items}"


def sheet_state(case: RoundCaseView) -> tuple[str, ...]:
    """States of the case's sheets, each once."""
    states = [str(seat.state) if seat.state else "none" for seat in case.seats]
    return tuple(dict.fromkeys(states)) or ("none",)


def _common(case: RoundCaseView) -> list[str]:
    """State of the common result, nothing before the panel begins."""
    return [str(case.common)] if case.common else []


def _columns(seats: Sequence[str]) -> tuple[Column[RoundCaseView], ...]:
    return (
        Column(_("No."), lambda case: case.sequence, width=40),
        Column(_("Case number"), lambda case: case.case_no, width=165),
        Column(_("Unit"), lambda case: case.unit_name, width=110),
        Column(_("Procedure"), lambda case: case.procedure or "", "states", 84, PROCEDURES),
        Column(_("Why drawn"), lambda case: case.reason, "states", 80, REASONS),
        *(
            Column(
                seat_title(name),
                lambda case, name=name: seat_words(case, name),  # type: ignore[misc]  # bound now
                width=116,
            )
            for name in seats
        ),
        Column(_("Sheets"), sheet_state, "states", 110, SHEET_STATES),
        Column(_("Panel"), lambda case: _("needed") if case.needs_panel else "", width=56),
        Column(_("Common result"), _common, "states", 96, COMMON_STATES),
    )


def _cases(page: Page, view: RoundView) -> None:
    if not view.cases:
        empty(
            _("No case has been drawn."),
            _(
                "{n} cases are in scope. Freeze the list, then two people enter numbers.",
                n=view.population,
            ),
            "casino",
        )
        return
    seats = sorted({seat.seat for case in view.cases for seat in case.seats}) or ["A"]
    done = table(view.cases, _columns(seats), key=page.key("cases"), selects=True, longest=20)
    if done.one is None:
        st.caption(_("Select a case to open it, to change a reviewer or to reopen a sheet."))
        return
    _case_actions(page, view, done.one)


def _withdrawn(page: Page, view: RoundView) -> None:
    """Who gave a seat up after he had begun; his sheet is kept and counts no more."""
    if not view.cases:
        return
    given_up = page.call(rounds.withdrawn_seats, view.round.id)
    if not given_up:
        return
    st.markdown(f"**{_('Seats given up')}**")
    table(
        given_up,
        (
            Column(_("Case number"), lambda each: each.case_no, width=165),
            Column(_("Seat"), lambda each: seat_title(each.seat), width=80),
            Column(_("Who"), lambda each: each.user_name, width=110),
            Column(_("When"), lambda each: each.ended_at, "moment", 130),
            Column(_("Reason"), lambda each: each.reason, width=260),
            Column(_("Items scored"), lambda each: each.scored, "number", 80),
        ),
        key=page.key("given_up"),
        longest=6,
    )


def _case_actions(page: Page, view: RoundView, case: RoundCaseView) -> None:
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(case.case_no)}** {plain(case.cause)}", width="content")
            if st.button(
                _("Open case file"), key=page.key("open_case"), icon=":material/folder_open:"
            ):
                go("cases/case", case=case.case_id)
            for seat in case.seats:
                if seat.sheet_id is not None and st.button(
                    _("Score sheet of {name}", name=plain(seat.user_name)),
                    key=page.key("sheet", seat.sheet_id),
                    icon=":material/fact_check:",
                ):
                    go("review/scoring", sheet=seat.sheet_id)
                if seat.sheet_id is not None and seat.score is not None:
                    st.link_button(
                        _("Word document"),
                        f"/export/score-sheet-docx/{seat.sheet_id}",
                        key=page.key("export_sheet", seat.sheet_id),
                        icon=":material/download:",
                    )
        if access.may(page.actor, "round.manage"):
            _change_seat(page, view, case)
            _reopen(page, case)
            _replace(page, case)


def _change_seat(page: Page, view: RoundView, case: RoundCaseView) -> None:
    people = {
        each.user_id: each
        for each in page.call(rounds.scorer_choices, round_id=view.round.id, case_id=case.case_id)
    }

    def words(user_id: int) -> str:
        person = people[user_id]
        if person.recusal is None:
            return f"{person.name} ({_('{n} cases', n=person.load)})"
        why = chosen(person.recusal.zh, person.recusal.en)
        return f"{person.name} ({_('recused: {why}', why=why)})"

    with st.form(page.key("seat_form", case.id), border=False):
        left, middle, right = st.columns([1, 2, 1], vertical_alignment="bottom")
        names = ["A", "B"] if view.double_scoring else ["A"]
        extra = [seat.seat for seat in case.seats if seat.seat not in names]
        seat = left.selectbox(
            _("Seat"),
            [*names, *extra, f"P{len(extra) + 1}"],
            format_func=seat_title,
            key=page.key("seat", case.id),
        )
        user_id = middle.selectbox(
            _("Reviewer"),
            list(people),
            index=None,
            format_func=words,
            key=page.key("seat_user", case.id),
            placeholder=_("Choose"),
        )
        if right.form_submit_button(_("Assign"), key=page.key("seat_save", case.id)) and user_id:
            held = _seat(case, seat)
            page.save(
                _("Assigned."),
                rounds.assign_one,
                case.id,
                seat=seat,
                user_id=user_id,
                seen_version=held.version if held else None,
            )


def _reopen(page: Page, case: RoundCaseView) -> None:
    submitted = {
        seat.sheet_id: seat.user_name
        for seat in case.seats
        if seat.sheet_id is not None and seat.score is not None
    }
    if not submitted:
        return
    with st.form(page.key("reopen_form", case.id), border=False):
        left, middle, right = st.columns([1, 2, 1], vertical_alignment="bottom")
        sheet_id = left.selectbox(
            _("Submitted sheet"),
            list(submitted),
            format_func=submitted.__getitem__,
            key=page.key("reopen", case.id),
        )
        reason = middle.text_input(_("Reason"), key=page.key("reopen_reason", case.id))
        if right.form_submit_button(_("Reopen sheet"), key=page.key("reopen_save", case.id)):
            page.save(_("The sheet is open again."), scoring.reopen, sheet_id, reason=reason)


def _replace(page: Page, case: RoundCaseView) -> None:
    if any(seat.done or str(seat.state) == "submitted" for seat in case.seats):
        return
    with st.form(page.key("replace_form", case.id), border=False):
        left, right = st.columns([3, 1], vertical_alignment="bottom")
        reason = left.text_input(
            _("Take this case out, because"), key=page.key("replace_reason", case.id)
        )
        if right.form_submit_button(_("Ask to replace"), key=page.key("replace_save", case.id)):
            page.save(
                _("Asked. Another person approves it under “Record of the draw”."),
                rounds.ask_replacement,
                case.id,
                reason=reason,
            )


def _plan(view: RoundView) -> None:
    """What was planned: leadership, notice, editions, rules."""
    yes, no = _("Yes"), _("No")
    quotas = _(", ").join(f"{word(PROCEDURES, key)} {n}" for key, n in (view.quotas or {}).items())
    rows = (
        (_("Lead"), view.lead),
        (_("Taking part"), view.taking_part),
        (_("Planned cases"), str(view.target_cases or MISSING)),
        (_("Quotas"), quotas or _("In proportion to the procedures")),
        (
            _("Cases in scope"),
            _(", ").join(
                f"{word(PROCEDURES, slot)} {n}" for slot, n in view.population_by_procedure.items()
            ),
        ),
        (
            _("Notice"),
            f"{view.notice_no} {day(view.notice_on)}" if view.notice_no else MISSING,
        ),
        (_("Two reviewers a case, blind to each other"), yes if view.double_scoring else no),
        (
            _("Machine proposals hidden from the reviewers"),
            yes if view.hide_proposals else no,
        ),
        (_("Spread that calls the panel (points)"), number(view.deliberation_points)),
        (_("Days to object (working days)"), str(view.objection_days)),
        *(
            (
                _("Checklist for {procedure}", procedure=word(PROCEDURES, slot)),
                f"{each.get('title', each['key'])} · {each['key']} · {each['sha256'][:12]}",
            )
            for slot, each in view.editions.items()
        ),
    )
    table(
        rows,
        (
            Column(_("Entry"), lambda row: row[0], width=230),
            Column(_("Value"), lambda row: row[1], width=680),
        ),
        key="round_plan",
        longest=20,
    )
    if view.notice_text:
        with st.expander(_("Text of the notice")):
            st.markdown(plain(view.notice_text))
