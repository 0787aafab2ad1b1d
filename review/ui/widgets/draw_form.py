"""The forms of a round: drawing its cases and assigning its scorers."""

from __future__ import annotations

import streamlit as st

from review.common.clock import today
from review.db.accounts import Role
from review.i18n import _, chosen
from review.services import cases, rounds
from review.services.cases import CaseCard
from review.services.rounds import RoundView
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


def draw_form(page: Page, view: RoundView) -> None:
    """How many, by which quotas, who must or may not be in, and the seed."""
    scope = _in_scope(page, view)
    left, right = st.columns(2)
    size = left.number_input(
        _("Number of cases"),
        1,
        max(1, view.population),
        max(1, min(20, view.population)),
        key=page.key("size"),
        help=_("{n} cases are in scope.", n=view.population),
    )
    seed = right.text_input(
        _("Seed"),
        f"{today():%Y%m%d}-{view.round.year}-{view.round.number}",
        key=page.key("seed"),
        help=_("Announce it before drawing. The same seed on the same scope gives the same cases."),
    )
    every_squad = left.checkbox(_("Every squad at least once"), key=page.key("every_squad"))
    quotas: dict[str, int] | None = None
    if right.checkbox(_("Quota for each procedure"), key=page.key("by_quota")):
        slots = {slot: count for slot, count in view.population_by_procedure.items() if slot}
        columns = st.columns(max(1, len(slots)))
        quotas = {
            slot: int(
                column.number_input(
                    f"{word(PROCEDURES, slot)} ({count})",
                    0,
                    count,
                    0,
                    key=page.key("quota", slot),
                )
            )
            for column, (slot, count) in zip(columns, slots.items(), strict=False)
        }
    must = st.multiselect(
        _("Required cases"),
        list(scope),
        format_func=lambda each: f"{scope[each].case_no} {scope[each].cause}",
        key=page.key("must"),
        placeholder=_("None"),
    )
    out = st.multiselect(
        _("Excluded cases"),
        [each for each in scope if each not in must],
        format_func=lambda each: f"{scope[each].case_no} {scope[each].cause}",
        key=page.key("out"),
        placeholder=_("None"),
    )
    reasons = {
        each: st.text_input(
            _("Why {case_no} is excluded", case_no=scope[each].case_no),
            key=page.key("out_reason", each),
        )
        for each in out
    }
    st.caption(_("A draw is made once. Single cases can be replaced afterwards with a reason."))
    if st.button(
        _("Draw now"), type="primary", key=page.key("draw_save"), icon=":material/casino:"
    ):
        page.save(
            _("Drawn and recorded. Next: assign the reviewers."),
            rounds.draw,
            view.round.id,
            size=int(size),
            seed=seed,
            seen_version=page.seen("round", view.round.id, view.round.version),
            quotas=quotas,
            must_include=must,
            exclude=reasons,
            every_group=every_squad,
        )


def assign_form(page: Page, view: RoundView) -> None:
    """Who takes part; the service balances by chance and refuses whoever is recused."""
    people = {
        each.user_id: each for each in page.call(rounds.scorer_choices, round_id=view.round.id)
    }
    reviewers = st.multiselect(
        _("Reviewers"),
        list(people),
        default=[key for key, each in people.items() if each.role is Role.REVIEWER],
        format_func=lambda key: f"{people[key].name} {people[key].unit_name}",
        key=page.key("reviewers"),
        placeholder=_("Choose"),
    )
    st.caption(
        _(
            "Cases are spread evenly by chance. Nobody gets a case of the own unit, one he "
            "handled, or one he declared a conflict for. Sheets already begun stay where they are."
        )
    )
    if not st.button(_("Assign"), type="primary", key=page.key("assign_save")):
        return
    done, result = page.attempt(
        rounds.assign,
        view.round.id,
        reviewers=reviewers,
        seen_version=page.seen("round", view.round.id, view.round.version),
    )
    if done and result is not None:
        page.close_dialog()
        state.flash(_("Assigned."))
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
        st.rerun()


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
