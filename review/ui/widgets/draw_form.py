"""The forms of a draw: freezing the list, a person's number, and the scorers' assignment."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from review.db.accounts import Role
from review.i18n import _, chosen
from review.services.case_files import cases
from review.services.case_files.cases import CaseCard
from review.services.rounds import rounds
from review.services.rounds.freezing import FrozenView
from review.services.rounds.rounds import RoundView
from review.ui import state
from review.ui.format import PROCEDURES, plain, word
from review.ui.page import Page


def _in_scope(page: Page, view: RoundView) -> dict[int, CaseCard]:
    """Cases that the round may draw, for choosing required and excluded ones (500 at most)."""
    found = page.call(cases.list_cases, limit=500).rows
    card = view.round
    return {
        case.id: case
        for case in found
        if case.unit_id in view.unit_ids
        and case.closed_on is not None
        and card.scope_from <= case.closed_on <= card.scope_to
    }


def freeze_form(page: Page, view: RoundView) -> None:
    """The list of closed files and the rules of the draw, fixed before anybody enters a number."""
    scope = _in_scope(page, view)
    proposed = {each.case_id: each.why for each in page.call(rounds.suggested, view.round.id)}
    left, right = st.columns(2, vertical_alignment="bottom")
    size = left.number_input(
        _("Number of cases"),
        1,
        max(1, view.population),
        max(1, min(view.target_cases or 20, view.population)),
        key=page.key("size"),
        help=_("{n} cases are in scope.", n=view.population),
    )
    every_squad = right.checkbox(
        _("Every squad at least once"), value=True, key=page.key("every_squad")
    )
    quotas = _quotas(page, view)

    def words(case_id: int) -> str:
        why = proposed.get(case_id)
        mark = f" ({chosen(why.zh, why.en)})" if why else ""
        return f"{scope[case_id].case_no} {scope[case_id].cause}{mark}"

    must = st.multiselect(
        _("Required cases"),
        list(scope),
        default=[each for each in proposed if each in scope],
        format_func=words,
        key=page.key("must"),
        select_all=False,
        placeholder=_("None"),
        help=_("Proposed: a hearing, a measure, the highest fine and a waived case."),
    )
    out = st.multiselect(
        _("Excluded cases"),
        [each for each in scope if each not in must],
        format_func=words,
        key=page.key("out"),
        select_all=False,
        placeholder=_("None"),
    )
    reasons = {
        each: st.text_input(
            _("Why {case_no} is excluded", case_no=scope[each].case_no),
            key=page.key("out_reason", each),
        )
        for each in out
    }
    st.caption(
        _(
            "List and rules are fixed with a fingerprint. Then two people each enter a number "
            "without seeing the other's; the seed follows from both."
        )
    )
    if st.button(
        _("Freeze the list"), type="primary", key=page.key("freeze_save"), icon=":material/ac_unit:"
    ):
        page.save(
            _("The list is frozen. Next: two people enter their numbers."),
            rounds.freeze_list,
            view.round.id,
            size=int(size),
            seen_version=page.seen("round", view.round.id, view.round.version),
            quotas=quotas,
            must_include=must,
            exclude=reasons,
            every_group=every_squad,
        )


def _quotas(page: Page, view: RoundView) -> dict[str, int] | None:
    """Cases of each procedure, as planned; None for shares in proportion."""
    planned: Mapping[str, int] = view.quotas or {}
    if not st.checkbox(
        _("Quota for each procedure"), value=bool(planned), key=page.key("by_quota")
    ):
        return None
    slots = {slot: count for slot, count in view.population_by_procedure.items() if slot}
    columns = st.columns(max(1, len(slots)))
    return {
        slot: int(
            column.number_input(
                f"{word(PROCEDURES, slot)} ({count})",
                0,
                count,
                min(planned.get(slot, 0), count),
                key=page.key("quota", slot),
            )
        )
        for column, (slot, count) in zip(columns, slots.items(), strict=False)
    }


def number_form(page: Page, view: RoundView, frozen: FrozenView) -> None:
    """One person's number for the frozen list; it is shown when both are in."""
    st.markdown(_("Fingerprint of list and rules"))
    st.code(frozen.sha256, language=None)
    with st.form(page.key("number_form"), border=False):
        number = st.text_input(
            _("Your number"),
            key=page.key("number"),
            type="password",
            max_chars=18,
            help=_("6 to 18 digits that you make up yourself. Nobody sees it before both are in."),
        )
        st.caption(_("A number cannot be changed. Another person must enter the second one."))
        pressed = st.form_submit_button(
            _("Enter the number"), type="primary", key=page.key("number_save")
        )
    if pressed:
        page.save(
            _("Your number is kept; its commitment is in the record."),
            rounds.enter_number,
            view.round.id,
            number=number,
            frozen_sha256=frozen.sha256,
        )


def assign_form(page: Page, view: RoundView) -> None:
    """Who takes part; the service balances by chance and refuses whoever is recused."""
    people = {
        each.user_id: each for each in page.call(rounds.scorer_choices, round_id=view.round.id)
    }

    def words(user_id: int) -> str:
        person = people[user_id]
        parts = [person.name, person.unit_name, person.speciality]
        if not person.has_certificate and person.role is Role.REVIEWER:
            parts.append(_("no certificate"))
        return " · ".join(part for part in parts if part)

    reviewers = st.multiselect(
        _("Reviewers"),
        list(people),
        default=[key for key, each in people.items() if each.role is Role.REVIEWER],
        format_func=words,
        key=page.key("reviewers"),
        select_all=False,
        placeholder=_("Choose"),
    )
    certificate = st.checkbox(
        _("Only reviewers with a registered enforcement certificate"), key=page.key("certificate")
    )
    st.caption(
        _(
            "Cases are spread evenly by chance, to those who know the subject where loads are "
            "equal. Nobody gets a case of the own unit, one he handled or reviewed before, or one "
            "he declared a conflict for. Sheets already begun stay where they are."
        )
    )
    if not st.button(_("Assign"), type="primary", key=page.key("assign_save")):
        return
    done, result = page.attempt(
        rounds.assign,
        view.round.id,
        reviewers=reviewers,
        needs_certificate=certificate,
        seen_version=page.seen("round", view.round.id, view.round.version),
    )
    if done and result is not None:
        _keep_empty_seats(page, result)
        state.flash(_("Assigned."))
        st.rerun()


def withdraw_form(page: Page, view: RoundView) -> None:
    """Who leaves the round, why, and who takes over what he has not handed in."""
    people = {
        each.user_id: each for each in page.call(rounds.scorer_choices, round_id=view.round.id)
    }
    unfinished = {
        seat.user_id: seat.user_name
        for case in view.cases
        for seat in case.seats
        if str(seat.state) == "open"
    }
    if not unfinished:
        st.info(_("All sheets are in: nobody has anything to hand over."))
        return
    leaver = st.selectbox(
        _("Who withdraws"),
        list(unfinished),
        format_func=unfinished.__getitem__,
        key=page.key("leaver"),
    )
    with st.form(page.key("withdraw_form"), border=False):
        successors = st.multiselect(
            _("Who may take over"),
            [key for key in people if key != leaver],
            default=[
                key
                for key, each in people.items()
                if key != leaver and leaver in people and each.role is people[leaver].role
            ],
            format_func=lambda key: people[key].name,
            key=page.key("successors", leaver),  # each leaver has other equals
            select_all=False,
            placeholder=_("Choose"),
        )
        reason = st.text_input(_("Reason"), key=page.key("withdraw_reason"))
        st.caption(
            _("Sheets handed in stay and count. What was begun is kept for the record only.")
        )
        pressed = st.form_submit_button(
            _("Withdraw and reassign"), type="primary", key=page.key("withdraw_save")
        )
    if not pressed:
        return
    done, result = page.attempt(
        rounds.withdraw,
        view.round.id,
        user_id=leaver,
        reason=reason,
        successors=successors,
        seen_version=page.seen("round", view.round.id, view.round.version),
    )
    if done and result is not None:
        _keep_empty_seats(page, result)
        state.flash(_("The seats were given to others by lot."))
        st.rerun()


def _keep_empty_seats(page: Page, result: rounds.Assigned) -> None:
    page.close_dialog()
    state.put(
        page.key("empty_seats"),
        [
            (
                f"{seat.case_no} {seat.seat}",
                [(name, why.zh, why.en) for name, why in seat.reasons],
            )
            for seat in result.empty
        ],
    )


def show_empty_seats(page: Page) -> None:
    """Seats that nobody could take in the assignment just made, and why."""
    for seat, reasons in state.get(page.key("empty_seats"), []):
        whys = _("; ").join(f"{name}: {chosen(zh, en)}" for name, zh, en in reasons)
        st.warning(
            _(
                "Seat {seat} stayed empty ({why}). Assign somebody else to it.",
                seat=plain(seat),
                why=plain(whys),
            ),
            icon=":material/person_off:",
        )
