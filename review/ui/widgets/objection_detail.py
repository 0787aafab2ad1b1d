"""Objections in a table, and deciding one: what was said, the proofs, the result that follows."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from review.db.accounts import Role
from review.findings.objections import Decision
from review.i18n import _, chosen
from review.scoring.checklist import RESULT_WORDS, Result
from review.services import access
from review.services.results import objections
from review.services.results.objection_views import ObjectionView
from review.ui.format import OBJECTION_STATES, badge, day, moment, plain
from review.ui.page import Page
from review.ui.pages import go
from review.ui.widgets.tables import Column, table


def draw_objections(page: Page, raised: Sequence[ObjectionView]) -> None:
    """All objections, open ones first; the chosen one below."""
    st.subheader(_("Objections raised"), anchor=False)
    is_unit = page.actor.role is Role.UNIT
    columns: tuple[Column[ObjectionView], ...] = (
        Column(_("State"), lambda each: each.state, "states", 96, OBJECTION_STATES),
        Column(_("Case number"), lambda each: each.case_no, width=180),
        *(() if is_unit else (Column(_("Unit"), lambda each: each.unit, width=190),)),
        Column(
            _("Item"),
            lambda each: f"{each.item_id} {chosen(each.item_title.zh, each.item_title.en)}",
            width=240,
        ),
        Column(_("What the unit says"), lambda each: each.text, width=260),
        Column(_("Raised"), lambda each: each.raised_at, "moment", 130),
        Column(_("Decide by"), lambda each: each.decide_until, "day", 96),
    )
    selected = table(raised, columns, key=page.key("objections"), selects=True, longest=10).one
    if selected is None:
        st.caption(_("Select an objection to see it in full."))
        return
    _detail(page, selected)


def _detail(page: Page, view: ObjectionView) -> None:
    page.seen("objection", view.id, view.version)
    with st.container(border=True):
        st.markdown(
            f"{badge(OBJECTION_STATES, view.state)} **{plain(view.case_no)}** · "
            f"{plain(view.item_id)} {plain(chosen(view.item_title.zh, view.item_title.en))}"
        )
        st.markdown(plain(view.text))
        st.caption(
            plain(
                _("Result objected to: {text}", text=chosen(view.before.zh, view.before.en))
                + f" · {moment(view.raised_at)}"
            )
        )
        with st.container(horizontal=True):
            for proof in view.proofs:
                st.link_button(
                    plain(proof.name),
                    f"/export/objection-proof/{proof.id}",
                    key=page.key("proof", proof.id),
                    icon=":material/attach_file:",
                )
            if access.may(page.actor, "case.view") and st.button(
                _("Open the case"),
                key=page.key("open", view.id),
                icon=":material/folder_open:",
            ):
                go("cases/case", case=view.case_id)
        if view.decided_at is not None:
            _outcome(view)
        elif access.may(page.actor, "objection.decide"):
            _decide(page, view)
        elif page.actor.role is Role.UNIT and st.button(
            _("Withdraw the objection"), key=page.key("withdraw", view.id)
        ):
            page.save(
                _("Withdrawn; it stays on record."),
                objections.withdraw,
                view.id,
                seen_version=page.seen("objection", view.id, view.version),
            )


def _outcome(view: ObjectionView) -> None:
    if view.after is not None:
        st.markdown(_("Now: {text}", text=plain(chosen(view.after.zh, view.after.en))))
    if view.reason:
        st.markdown(_("Reason: {text}", text=plain(view.reason)))
    if view.decided_by:
        st.caption(f"{plain(view.decided_by)} · {moment(view.decided_at)}")


def _decide(page: Page, view: ObjectionView) -> None:
    if view.decide_until is not None:
        st.caption(_("To be decided by {day}.", day=day(view.decide_until)))
    words = {each: chosen(*_words(each)) for each in view.choices}
    with st.form(page.key("decide", view.id), border=False):
        result = st.segmented_control(
            _("Result if it is upheld"),
            list(words),
            format_func=words.__getitem__,
            key=page.key("result", view.id),
        )
        kept: list[str] = []
        if view.deductions:
            titles = {key: chosen(text.zh, text.en) for key, text in view.deductions}
            kept = st.multiselect(
                _("Reasons to deduct that remain"),
                list(titles),
                format_func=titles.__getitem__,
                key=page.key("kept", view.id),
                select_all=False,
                placeholder=_("None"),
            )
        reason = st.text_area(_("Reason"), key=page.key("reason", view.id), height=80)
        veto = ""
        if view.is_veto_item:
            veto = st.text_input(
                _("A veto found while re-examining (another person confirms it)"),
                key=page.key("veto", view.id),
            )
        with st.container(horizontal=True):
            upheld = st.form_submit_button(
                _("Uphold"), type="primary", key=page.key("uphold", view.id)
            )
            rejected = st.form_submit_button(_("Reject"), key=page.key("reject", view.id))
    if upheld or rejected:
        page.save(
            _("Decided; the result is computed again."),
            objections.decide,
            view.id,
            decision=Decision.UPHOLD if upheld else Decision.REJECT,
            reason=reason,
            seen_version=page.seen("objection", view.id, view.version),
            result=result if upheld else None,
            chosen=dict.fromkeys(kept, 1),
            new_veto=veto,
        )


def _words(result: Result) -> tuple[str, str]:
    text = RESULT_WORDS[result]
    return text.get("zh"), text.get("en")
