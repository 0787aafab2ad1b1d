"""The record of a draw on the page: the frozen list, both numbers, the result, its check."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from review.i18n import _, chosen
from review.services import access
from review.services.rounds import rounds
from review.services.rounds.freezing import NumberView
from review.services.rounds.replacing import ReplacementView
from review.services.rounds.rounds import RoundView
from review.ui.format import PROCEDURES, REPLACEMENT_STATES, moment, word
from review.ui.page import Page, empty
from review.ui.widgets.tables import Column, table


def show_record(page: Page, view: RoundView) -> None:
    """What is frozen, who entered numbers, and what was drawn."""
    if view.frozen is None and view.draw is None:
        empty(
            _("Nothing has been drawn."),
            _("The record appears here with seed and fingerprint, so that anyone can repeat it."),
            "casino",
        )
        return
    with st.container(horizontal=True):
        _verify(page, view)
        if view.draw is not None and access.may(page.actor, "export.draw"):
            st.link_button(
                _("Record as Word document"),
                f"/export/draw-record-docx/{view.round.id}",
                icon=":material/download:",
            )
            st.link_button(
                _("Record for checking (JSON)"),
                f"/export/draw-record-json/{view.round.id}",
                icon=":material/data_object:",
            )
    if view.frozen is not None:
        _numbers(page, view.frozen.numbers)
    table(
        _rows(view),
        (
            Column(_("Entry"), lambda row: row[0], width=190),
            Column(_("Value"), lambda row: row[1], width=720),
        ),
        key=page.key("record"),
        longest=20,
    )
    replacements(page, view)


def _verify(page: Page, view: RoundView) -> None:
    if view.draw is None or not st.button(
        _("Verify the draw"), key=page.key("verify"), icon=":material/verified:"
    ):
        return
    faults = page.call(lambda engine, _actor: rounds.draw_faults(engine, view.round.id))
    if not faults:
        st.toast(
            _("Repeated from list and numbers: the result is the same."), icon=":material/verified:"
        )
    for each in faults:
        st.error(chosen(each.zh, each.en), icon=":material/gpp_bad:")


def _numbers(page: Page, numbers: tuple[NumberView, ...]) -> None:
    """Both places, whether entered; the numbers once both are in."""
    by_place = {each.place: each for each in numbers}
    table(
        (1, 2),
        (
            Column(_("Number"), lambda place: place, width=60),
            Column(
                _("Person"),
                lambda place: by_place[place].person if place in by_place else _("waiting"),
                width=120,
            ),
            Column(
                _("Entered at"),
                lambda place: moment(by_place[place].entered_at) if place in by_place else "",
                width=130,
            ),
            Column(
                _("What was entered"),
                lambda place: _entered(by_place.get(place)),
                width=160,
            ),
            Column(
                _("Commitment"),
                lambda place: by_place[place].commitment if place in by_place else "",
                width=440,
            ),
        ),
        key=page.key("numbers"),
    )


def _entered(entry: NumberView | None) -> str:
    if entry is None:
        return ""
    return entry.number or _("hidden until both are in")


def _rows(view: RoundView) -> list[tuple[str, str]]:
    frozen, draw = view.frozen, view.draw
    rules = draw or frozen
    assert rules is not None
    rows = [
        (_("Cases to draw"), str(rules.size)),
        (_("Cases on the list"), str(rules.population)),
        (_("Fingerprint of the list"), rules.population_sha256),
    ]
    if frozen is not None:
        rows += [
            (_("Fingerprint of list and rules"), frozen.sha256),
            (_("Frozen"), f"{_moment(frozen.frozen_at)} {frozen.frozen_by}"),
        ]
    quotas = (rules.quotas or {}).items()
    rows += [
        (
            _("Quotas"),
            _(", ").join(f"{word(PROCEDURES, key)} {n}" for key, n in quotas)
            or _("In proportion to the procedures"),
        ),
        (_("Required cases"), _(", ").join(rules.must_include)),
        (_("Excluded"), _("; ").join(f"{key} ({why})" for key, why in rules.excluded.items())),
        (_("Every squad at least once"), _("Yes") if rules.every_group else _("No")),
    ]
    if draw is not None:
        rows += [
            (_("Seed"), draw.seed),
            (_("Method"), draw.method),
            (_("Drawn"), f"{_moment(draw.drawn_at)} {draw.drawn_by}"),
        ]
    return rows


def _moment(text: str) -> str:
    return moment(datetime.fromisoformat(text)) if text else ""


def replacements(page: Page, view: RoundView) -> None:
    """Requests to take a case out; somebody else than who asked decides them."""
    if not view.replacements:
        return
    st.markdown(f"**{_('Replacements')}**")
    may_decide = access.may(page.actor, "replacement.decide")
    done = table(
        view.replacements,
        (
            Column(_("Case out"), lambda each: each.case_no, width=170),
            Column(_("Reason"), lambda each: each.reason, width=230),
            Column(_("Asked by"), lambda each: each.asked_by, width=90),
            Column(_("State"), lambda each: each.state, "states", 110, REPLACEMENT_STATES),
            Column(_("Decided by"), lambda each: each.decided_by, width=90),
            Column(_("Case in"), lambda each: each.in_case_no, width=170),
        ),
        key=page.key("replacements"),
        selects=may_decide,
    )
    if may_decide and done.one is not None and str(done.one.state) == "asked":
        _decide(page, done.one)


def _decide(page: Page, asked: ReplacementView) -> None:
    with (
        st.form(page.key("decide_form", asked.id), border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        decision = st.text_input(_("Reason or remark"), key=page.key("decision", asked.id))
        yes = st.form_submit_button(_("Approve"), type="primary", key=page.key("approve", asked.id))
        no = st.form_submit_button(_("Refuse"), key=page.key("refuse", asked.id))
    if yes or no:
        page.save(
            _("Replaced by the next ticket of the same draw.") if yes else _("Refused."),
            rounds.decide_replacement,
            asked.id,
            approve=yes,
            decision=decision,
            seen_version=asked.version,
        )
