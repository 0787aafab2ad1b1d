"""One reconsideration or lawsuit: its outcome and grounds beside what the review had said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from review.i18n import _, chosen
from review.services import access
from review.services.results.challenge_views import ChallengeView, Correction, PublishedReview
from review.services.rules.editions import Words
from review.ui.format import (
    CHALLENGE_OUTCOMES,
    INSTANCES,
    REVIEW_STANDINGS,
    SEVERITIES,
    badge,
    day,
    moment,
    number,
    plain,
    word,
)
from review.ui.page import Page
from review.ui.pages import go
from review.ui.widgets.challenge_form import concern_words

LONGEST = 160
"""Characters of a finding here; in full it stands with the case."""


def draw_challenge(page: Page, view: ChallengeView, names: Mapping[str, Words]) -> None:
    """The proceeding on the left, the review on the right, what can be done below."""
    with st.container(border=True):
        st.markdown(
            f"{badge(INSTANCES, view.instance)} {badge(CHALLENGE_OUTCOMES, view.outcome)} "
            f"**{plain(view.case_no)}**"
        )
        left, right = st.columns(2, gap="large")
        with left:
            _proceeding(page, view, names)
        with right:
            _reviews(view)
        _actions(page, view)
        if view.corrections:
            _corrections(view.corrections)


def _proceeding(page: Page, view: ChallengeView, names: Mapping[str, Words]) -> None:
    st.markdown(f"**{_('What the organ or court held')}**")
    st.caption(
        plain(
            "　".join(
                part
                for part in (
                    view.organ,
                    view.docket_no,
                    _("filed {day}", day=day(view.filed_on)),
                    _("decided {day}", day=day(view.decided_on)) if view.decided_on else "",
                )
                if part
            )
        )
    )
    st.markdown(plain(view.grounds or _("No grounds were entered.")))
    for each in view.concerns:
        st.markdown(f"- {plain(concern_words(names, each))}")
    for proof in view.proofs:
        st.link_button(
            plain(proof.name),
            f"/export/challenge-proof/{proof.id}",
            key=page.key("proof", proof.id),
            icon=":material/attach_file:",
        )


def _reviews(view: ChallengeView) -> None:
    st.markdown(f"**{_('What the review had said')}** {badge(REVIEW_STANDINGS, view.standing)}")
    if not view.reviews:
        st.caption(_("No published review covers this case."))
    for each in view.reviews:
        _review(each)


def _review(review: PublishedReview) -> None:
    result = _(
        "{score} of {scale} points, {grade}, published {day}",
        score=number(review.score),
        scale=number(review.scale),
        grade=chosen(review.grade.zh, review.grade.en),
        day=day(review.published_on),
    )
    after = "" if review.is_before else f" :gray-badge[{_('after the outcome')}]"
    said = _("{name}: {value}", name=review.round_title, value=result)
    st.markdown(f"{plain(said)}{after}")
    if not review.faults:
        st.caption(_("No finding was confirmed in this review."))
    for fault in review.faults:
        touching = f" :green-badge[{_('point in dispute')}]" if fault.is_touching else ""
        text = chosen(fault.text.zh, fault.text.en)
        text = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
        st.markdown(f"- {badge(SEVERITIES, fault.severity)} {plain(text)}{touching}")


def _actions(page: Page, view: ChallengeView) -> None:
    with st.container(horizontal=True):
        if access.may(page.actor, "challenge.manage"):
            page.dialog_button(
                _("Outcome or correction"), "change", view.id, icon=":material/edit:"
            )
            page.dialog_button(_("Add paper"), "proof", view.id, icon=":material/attach_file:")
            page.dialog_button(_("Strike"), "strike", view.id, icon=":material/block:")
        if access.may(page.actor, "case.view") and st.button(
            _("Open the case"), key=page.key("case", view.id), icon=":material/folder_open:"
        ):
            go("cases/case", case=view.case_id)


def _corrections(corrections: Sequence[Correction]) -> None:
    with st.expander(_("Corrections: {n}", n=len(corrections))):
        for each in corrections:
            before = _(
                "before: {instance}, {organ} {docket}, filed {filed}, {outcome}, {grounds}",
                instance=word(INSTANCES, each.values["instance"]),
                organ=each.values["organ"],
                docket=each.values["docket_no"],
                filed=each.values["filed_on"],
                outcome=word(CHALLENGE_OUTCOMES, each.values["outcome"]),
                grounds=each.values["grounds"] or _("no grounds"),
            )
            reason = each.reason or _("outcome written")
            st.markdown(f"- {plain(f'{moment(each.at)} {each.by}: {reason}')}")
            st.caption(plain(before))
