"""Entering a reconsideration or lawsuit, writing its outcome, correcting and striking it."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from review.findings.challenges import CHECK, ITEM, Instance, Outcome
from review.i18n import _, chosen
from review.services.results import challenge_views, challenges
from review.services.results.challenge_views import ChallengeView
from review.services.results.challenges import Entry
from review.services.rules.editions import Words
from review.ui.format import CHALLENGE_OUTCOMES, INSTANCES, plain, word
from review.ui.page import Page
from review.ui.widgets.case_chooser import choose_case
from review.ui.widgets.days import day_input


def concern_words(names: Mapping[str, Words], concern: str) -> str:
    """An item or check by number and title."""
    known = names.get(concern)
    key = concern.removeprefix(ITEM).removeprefix(CHECK)
    return f"{key} {chosen(known.zh, known.en)}" if known else key


def enter(page: Page) -> None:
    """Choose the case, then enter the proceeding."""
    case = choose_case(page, "challenge", _("Case"), placeholder=_("Choose"))
    if case is None:
        st.caption(_("Choose the case whose decision is challenged."))
        return
    with st.form(page.key("enter", case.id), border=False):
        fields = _fields(page, f"new{case.id}", case.id, None)
        proof = st.file_uploader(
            _("Decision or judgment (optional)"), key=page.key("enter_proof", case.id)
        )
        sent = st.form_submit_button(_("Enter"), type="primary", key=page.key("enter_save"))
    if not sent:
        return
    done = _("The proceeding stands in the ledger.")
    if proof is None:
        page.save(done, challenges.add_challenge, case.id, Entry(**fields))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "proof"
        path.write_bytes(proof.getvalue())
        page.save(
            done, challenges.add_challenge, case.id, Entry(**fields), proof=(path, proof.name)
        )


def change(page: Page, view: ChallengeView) -> None:
    """Write the outcome, or correct what was entered."""
    seen = page.seen("challenge", view.id, view.version)
    with st.form(page.key("change", view.id), border=False):
        fields = _fields(page, f"of{view.id}", view.case_id, view)
        reason = st.text_input(
            _("Why it is corrected"),
            key=page.key("change_reason", view.id),
            help=_("Needed where something that was entered becomes something else."),
        )
        sent = st.form_submit_button(_("Save"), type="primary", key=page.key("change_save"))
    if sent:
        page.save(
            _("The proceeding is changed; what stood there is kept."),
            challenges.change_challenge,
            view.id,
            Entry(**fields),
            reason=reason,
            seen_version=seen,
        )


def strike(page: Page, view: ChallengeView) -> None:
    """Strike a proceeding that was entered by mistake."""
    seen = page.seen("challenge", view.id, view.version)
    with st.form(page.key("strike", view.id), border=False):
        st.markdown(
            plain(
                _(
                    "{case}: for entries made by mistake. The record is kept with the reason and "
                    "counts no longer.",
                    case=view.case_no,
                )
            )
        )
        reason = st.text_input(_("Reason"), key=page.key("strike_reason", view.id))
        if st.form_submit_button(_("Strike"), type="primary", key=page.key("strike_save")):
            page.save(
                _("Struck; it stays on record."),
                challenges.strike_challenge,
                view.id,
                reason=reason,
                seen_version=seen,
            )


def add_proof(page: Page, view: ChallengeView) -> None:
    """Keep one more paper of the proceeding."""
    seen = page.seen("challenge", view.id, view.version)
    with st.form(page.key("proof_form", view.id), border=False):
        proof = st.file_uploader(_("Decision or judgment"), key=page.key("proof_file", view.id))
        sent = st.form_submit_button(_("Add"), type="primary", key=page.key("proof_save"))
    if sent and proof is not None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "proof"
            path.write_bytes(proof.getvalue())
            page.save(
                _("The paper is kept."),
                challenges.add_proof,
                view.id,
                (path, proof.name),
                seen_version=seen,
            )


def _fields(page: Page, name: str, case_id: int, now: ChallengeView | None) -> dict[str, Any]:
    """The fields of a proceeding, as `Entry` takes them."""
    left, right = st.columns(2)
    instance = left.selectbox(
        _("Proceeding"),
        list(Instance),
        index=list(Instance).index(now.instance) if now else 0,
        format_func=lambda each: word(INSTANCES, each),
        key=page.key("instance", name),
    )
    organ = right.text_input(
        _("Organ or court"), now.organ if now else "", key=page.key("organ", name)
    )
    docket = left.text_input(
        _("Docket number"), now.docket_no if now else "", key=page.key("docket", name)
    )
    filed_on = day_input(
        _("Date filed"),
        now.filed_on if now else None,
        key=page.key("filed", name),
        place=right,
    )
    outcomes = list(Outcome)
    outcome = left.selectbox(
        _("How it ended"),
        outcomes,
        index=outcomes.index(now.outcome) if now and now.outcome else None,
        format_func=lambda each: word(CHALLENGE_OUTCOMES, each),
        key=page.key("outcome", name),
        placeholder=_("Pending outcome"),
        help=_(
            "What became of the decision itself: where a second instance upholds a judgment that "
            "revoked the decision, choose “Revoked”."
        ),
    )
    decided_on = day_input(
        _("Outcome on"),
        now.decided_on if now else None,
        key=page.key("decided", name),
        place=right,
    )
    grounds = st.text_area(
        _("Grounds"),
        now.grounds if now else "",
        key=page.key("grounds", name),
        height=90,
        placeholder=_("What the organ or court held, in your own words"),
    )
    names = page.call(challenge_views.concern_choices, case_id)
    kept = [each for each in (now.concerns if now else ()) if each not in names]
    concerns = st.multiselect(
        _("Point in dispute"),
        [*names, *kept],
        default=list(now.concerns) if now else [],
        format_func=lambda each: concern_words(names, each),
        key=page.key("concerns", name),
        placeholder=_("Items of the checklist or machine checks"),
        select_all=False,
        help=_("Only with this can the ledger tell whether the review had found the point."),
    )
    return {
        "instance": instance,
        "organ": organ,
        "docket_no": docket,
        "filed_on": filed_on,
        "outcome": outcome or "",
        "decided_on": decided_on,
        "grounds": grounds,
        "concerns": tuple(concerns),
    }
