"""The conclusion of a deliberation: who sat, who chaired, what was concluded; or taken back."""

from __future__ import annotations

import streamlit as st

from review.common.clock import today
from review.i18n import _
from review.services import access
from review.services.panel import deliberation
from review.services.panel.comparison import ComparisonView
from review.ui.format import day, plain
from review.ui.page import Page


def conclusion(page: Page, view: ComparisonView) -> None:
    """What was concluded, or the form for it once every item is settled."""
    st.subheader(_("Conclusion"), anchor=False)
    names = {each.user_id: each.name for each in view.scorers}
    if view.conclusion:
        members = _(", ").join(names.get(each, "") for each in view.members)
        chair = names.get(view.chair_id, "") if view.chair_id else ""
        lines = [
            f"**{_('Conclusion')}** {plain(view.conclusion)}",
            f"**{_('Held on')}** {day(view.held_on)} {plain(view.place) if view.place else ''}",
        ]
        if members:
            lines.append(f"**{_('Members')}** {plain(members)}")
        if chair:
            lines.append(f"**{_('Chair')}** {plain(chair)}")
        st.markdown("  \n".join(lines))
    elif str(view.state) == "settled":
        st.caption(_("All scorers agreed; the result follows from their sheets."))
    if str(view.round_state) != "deliberating" or not access.may(page.actor, "panel.settle"):
        if str(view.state) == "open" and not view.conclusion:
            st.caption(_("Not concluded yet."))
        return
    if str(view.state) == "settled":
        if view.disputed:
            _reopen(page, view)
        return
    if view.open_items:
        st.caption(_("{n} items must be settled before the conclusion.", n=len(view.open_items)))
        return
    _form(page, view, names)


def _form(page: Page, view: ComparisonView, names: dict[int, str]) -> None:
    with st.form(page.key("conclusion_form"), border=True):
        left, middle, right = st.columns(3)
        held_on = left.date_input(
            _("Held on"), today(), key=page.key("held_on"), format="YYYY-MM-DD"
        )
        place = middle.text_input(_("Place"), key=page.key("place_of"))
        chair = right.selectbox(
            _("Chair"),
            list(names),
            index=None if not view.needs_panel else len(names) - 1,
            format_func=names.__getitem__,
            key=page.key("chair"),
            placeholder=_("None"),
        )
        members = st.multiselect(
            _("Members"),
            list(names),
            default=list(names),
            format_func=names.__getitem__,
            key=page.key("members"),
            select_all=False,
            placeholder=_("Choose"),
        )
        if view.needs_panel:
            st.caption(
                _(
                    "The panel needs three members who scored the case. If there are fewer, seat "
                    "an expert at the case on the page of the round; he scores first, blind."
                )
            )
        text = st.text_area(_("Conclusion"), key=page.key("conclusion"), height=100)
        pressed = st.form_submit_button(
            _("Conclude"), type="primary", key=page.key("conclude_save")
        )
    if pressed:
        page.save(
            _("Concluded. This is the result of the case."),
            deliberation.conclude,
            view.round_case_id,
            seen_version=page.seen("common", view.round_case_id, view.version),
            conclusion=text,
            held_on=held_on,
            place=place,
            chair_id=chair,
            members=members,
        )


def _reopen(page: Page, view: ComparisonView) -> None:
    with (
        st.form(page.key("reopen_form"), border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        reason = st.text_input(_("Reason to deliberate again"), key=page.key("reopen_reason"))
        pressed = st.form_submit_button(_("Deliberate again"), key=page.key("reopen_save"))
    if pressed:
        page.save(
            _("Open again; settle the items anew."),
            deliberation.reopen_conclusion,
            view.round_case_id,
            reason=reason,
            seen_version=page.seen("common", view.round_case_id, view.version),
        )
