"""One round: how far it is, its draw, its cases with their scorers, and the next step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape

import streamlit as st

from review.i18n import N_, _, chosen
from review.services import access, rounds, scoring
from review.services.rounds import RoundCaseView, RoundView, SeatView
from review.ui import state
from review.ui.format import (
    MISSING,
    PROCEDURES,
    ROUND_KINDS,
    ROUND_STATES,
    SHEET_STATES,
    Term,
    badge,
    moment,
    number,
    plain,
    word,
)
from review.ui.page import Page, empty, heading
from review.ui.pages import go
from review.ui.widgets.draw_form import assign_form, draw_form, show_empty_seats
from review.ui.widgets.tables import Column, table

REASONS = {
    "must": Term(N_("Required"), "violet"),
    "group": Term(N_("Every squad"), "blue"),
    "quota": Term(N_("Quota"), "green"),
    "rest": Term(N_("Random"), "gray"),
    "replacement": Term(N_("Replacement"), "orange"),
}
STEPS = ("planned", "drawn", "scoring", "confirming", "rectifying", "closed")
NEXT = {
    "scoring": ("confirming", N_("End scoring")),
    "confirming": ("rectifying", N_("Begin rectification")),
    "rectifying": ("closed", N_("Close round")),
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
    _steps(str(card.state))
    _actions(page, view)
    show_empty_seats(page)
    _figures(view)
    cases, record, plan = st.tabs(
        [_("Cases and scorers"), _("Record of the draw"), _("Plan")], key=page.key("detail")
    )
    with cases:
        _cases(page, view)
    with record:
        _record(page, view)
    with plan:
        _plan(view)


def _steps(current: str) -> None:
    """The six steps of a round, the present one marked."""
    at = STEPS.index(current)
    items = "".join(
        f'<li class="{"cr-done" if index < at else "cr-now" if index == at else ""}"'
        f"{' aria-current=step' if index == at else ''}>{escape(word(ROUND_STATES, step))}</li>"
        for index, step in enumerate(STEPS)
    )
    st.html(f'<ol class="cr-steps">{items}</ol>')


def _actions(page: Page, view: RoundView) -> None:
    card = view.round
    with st.container(horizontal=True):
        if st.button(_("All rounds"), key=page.key("back"), icon=":material/arrow_back:"):
            state.set_address(round=None)
            st.rerun()
        if access.may(page.actor, "round.manage"):
            _manage(page, view)
        if view.draw is not None and st.button(
            _("Verify the draw"), key=page.key("verify"), icon=":material/verified:"
        ):
            if page.call(lambda engine, _actor: rounds.verify_draw(engine, card.id)):
                st.toast(
                    _("Repeated with the same seed: the result is the same."),
                    icon=":material/verified:",
                )
            else:
                st.error(
                    _("The record does not give this result. Stop the round and tell the leader."),
                    icon=":material/gpp_bad:",
                )
    page.dialog("draw", _("Draw cases"), lambda _about: draw_form(page, view), width="large")
    page.dialog("assign", _("Assign reviewers"), lambda _about: assign_form(page, view))


def _manage(page: Page, view: RoundView) -> None:
    card = view.round
    match str(card.state):
        case "planned":
            page.dialog_button(_("Draw cases"), "draw", type="primary", icon=":material/casino:")
        case "drawn":
            page.dialog_button(
                _("Assign reviewers"), "assign", type="primary", icon=":material/group_add:"
            )
        case "scoring":
            page.dialog_button(_("Assign again"), "assign", icon=":material/group_add:")
    step = NEXT.get(str(card.state))
    if step and st.button(
        _(step[1]), key=page.key("move"), type="primary", icon=":material/arrow_forward:"
    ):
        page.save(
            _("The round moved on."),
            rounds.move_round,
            card.id,
            to=step[0],
            seen_version=page.seen("round", card.id, card.version),
        )


def _figures(view: RoundView) -> None:
    card = view.round
    seats = [seat for case in view.cases for seat in case.seats]
    figures: tuple[tuple[str, int | str], ...] = (
        (_("Cases in scope"), view.population),
        (_("Cases drawn"), card.drawn),
        (_("Sheets assigned"), len(seats)),
        (_("Sheets submitted"), f"{card.submitted} / {card.sheets}"),
        (_("For the panel"), sum(case.needs_panel for case in view.cases)),
    )
    for column, (label, figure) in zip(st.columns(len(figures)), figures, strict=True):
        column.metric(label, figure, border=True)


def _seat(case: RoundCaseView, name: str) -> SeatView | None:
    return next((seat for seat in case.seats if seat.seat == name), None)


def seat_title(name: str) -> str:
    """What a seat is called: reviewers have letters, experts P and a number."""
    if name.startswith("P"):
        return _("Expert {n}", n=name[1:])
    return _("Reviewer {seat}", seat=name)


def seat_words(case: RoundCaseView, name: str) -> str:
    """Who scores in a seat and how far: name, then score and grade or items done."""
    seat = _seat(case, name)
    if seat is None:
        return MISSING
    if seat.score is not None:
        grade = chosen(seat.grade.zh, seat.grade.en) if seat.grade else ""
        return f"{seat.user_name}  {number(seat.score)} {grade}".strip()
    return f"{seat.user_name}  {seat.done}/{seat.items}"


def sheet_state(case: RoundCaseView) -> tuple[str, ...]:
    """States of the case's sheets, each once."""
    states = [str(seat.state) if seat.state else "none" for seat in case.seats]
    return tuple(dict.fromkeys(states)) or ("none",)


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
    )


def _cases(page: Page, view: RoundView) -> None:
    if not view.cases:
        empty(
            _("No case has been drawn."),
            _("{n} cases are in scope. Draw with a seed announced beforehand.", n=view.population),
            "casino",
        )
        return
    seats = sorted({seat.seat for case in view.cases for seat in case.seats}) or ["A"]
    done = table(view.cases, _columns(seats), key=page.key("cases"), selects=True, longest=20)
    if done.one is None:
        st.caption(_("Select a case to open it, to change a reviewer or to reopen a sheet."))
        return
    _case_actions(page, view, done.one)


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
            _replace(page, view, case)


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
            _("Seat"), [*names, *extra, f"P{len(extra) + 1}"], key=page.key("seat", case.id)
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


def _replace(page: Page, view: RoundView, case: RoundCaseView) -> None:
    if case.seats:
        return
    with st.form(page.key("replace_form", case.id), border=False):
        left, right = st.columns([3, 1], vertical_alignment="bottom")
        reason = left.text_input(
            _("Take this case out, because"), key=page.key("replace_reason", case.id)
        )
        if right.form_submit_button(_("Replace"), key=page.key("replace_save", case.id)):
            page.save(
                _("Replaced by the next ticket of the same draw."),
                rounds.replace_case,
                case.id,
                reason=reason,
                seen_version=page.seen("round", view.round.id, view.round.version),
            )


def _record(page: Page, view: RoundView) -> None:
    draw = view.draw
    if draw is None:
        empty(
            _("Nothing has been drawn."),
            _("The record appears here with seed and fingerprint, so that anyone can repeat it."),
            "casino",
        )
        return
    rows = [
        (_("Seed"), draw.seed),
        (_("Cases drawn"), str(draw.size)),
        (_("Cases in scope"), str(draw.population)),
        (_("Fingerprint of the scope"), draw.population_sha256),
        (
            _("Quotas"),
            _(", ").join(f"{word(PROCEDURES, key)} {n}" for key, n in (draw.quotas or {}).items())
            or _("In proportion to the procedures"),
        ),
        (_("Required cases"), _(", ").join(draw.must_include)),
        (_("Excluded"), _("; ").join(f"{key} ({why})" for key, why in draw.excluded.items())),
        (_("Every squad at least once"), _("Yes") if draw.every_group else _("No")),
        (
            _("Replacements"),
            _("; ").join(f"{out} → {came} ({why})" for out, why, came in draw.replacements),
        ),
        (_("Method"), draw.method),
        (_("Drawn at"), moment(datetime.fromisoformat(draw.drawn_at))),
        (_("Drawn by"), draw.drawn_by),
    ]
    table(
        rows,
        (
            Column(_("Entry"), lambda row: row[0], width=140),
            Column(_("Value"), lambda row: row[1], width=760),
        ),
        key=page.key("record"),
    )


def _plan(view: RoundView) -> None:
    names = {slot: each.get("title", each["key"]) for slot, each in view.editions.items()}
    for slot, title in names.items():
        st.markdown(
            f"- {plain(word(PROCEDURES, slot))}: {plain(title)} "
            f":gray[{plain(view.editions[slot]['sha256'][:12])}]"
        )
    yes, no = _("Yes"), _("No")
    st.markdown(
        f"- {_('Two reviewers a case, blind to each other')}: "
        f"{yes if view.double_scoring else no}\n"
        f"- {_('Machine proposals hidden from the reviewers')}: "
        f"{yes if view.hide_proposals else no}"
    )
    for slot, count in view.population_by_procedure.items():
        st.markdown(f"- {plain(word(PROCEDURES, slot))}: {_('{n} cases in scope', n=count)}")
