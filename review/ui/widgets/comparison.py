"""One case compared: scorers side by side, disputed items first, views, votes and conclusion."""

from __future__ import annotations

import streamlit as st

from review.i18n import _, chosen
from review.scoring.checklist import Result
from review.services import access
from review.services.panel import deliberation
from review.services.panel.comparison import ComparedItem, ComparisonView, GivenView, PlaceView
from review.ui import state
from review.ui.format import COMMON_STATES, MISSING, badge, number, plain
from review.ui.page import Page, heading
from review.ui.pages import go
from review.ui.widgets.conclusion import conclusion
from review.ui.widgets.evidence import Looking, draw_place, short
from review.ui.widgets.seats import seat_title
from review.ui.widgets.tables import Column, table

SHOWN = 5
"""So many places of one item are offered."""

COLOURS = {
    Result.MET: "green",
    Result.PARTLY_MET: "orange",
    Result.NOT_MET: "red",
    Result.NOT_APPLICABLE: "gray",
    Result.UNDECIDED: "gray",
}


def draw_comparison(page: Page, view: ComparisonView) -> None:
    """Everything about one case."""
    heading(
        view.case_no,
        badge(COMMON_STATES, view.state),
        caption=f"{view.cause} · {view.unit_name} · {view.round_title}",
    )
    with st.container(horizontal=True):
        if st.button(_("All cases"), key=page.key("back"), icon=":material/arrow_back:"):
            state.set_address(drawn=None, round=view.round_id)
            st.rerun()
        if st.button(_("Open case file"), key=page.key("open_case"), icon=":material/folder_open:"):
            go("cases/case", case=view.case_id)
        if access.may(page.actor, "export.deliberation"):
            st.link_button(
                _("Deliberation record (Word)"),
                f"/export/deliberation-docx/{view.round_case_id}",
                icon=":material/download:",
            )
    _scorers(page, view)
    _why_panel(view)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _items(page, view)
    with right:
        _evidence(page, view)
    conclusion(page, view)


def _scorers(page: Page, view: ComparisonView) -> None:
    table(
        view.scorers,
        (
            Column(_("Seat"), lambda each: seat_title(each.seat), width=110),
            Column(_("Scorer"), lambda each: each.name, width=120),
            Column(_("Score"), lambda each: each.score, "number", 80),
            Column(
                _("Grade"),
                lambda each: chosen(each.grade.zh, each.grade.en) if each.grade else MISSING,
                width=90,
            ),
            Column(_("Overall view"), lambda each: each.overall, width=460),
        ),
        key=page.key("scorers"),
    )


def _why_panel(view: ComparisonView) -> None:
    """The spread against the round's threshold, and whether that calls the panel."""
    spread = _(
        "Spread {spread} points, threshold {threshold}",
        spread=number(view.spread),
        threshold=number(view.threshold),
    )
    parts = [f":{'red' if view.spread > view.threshold else 'green'}-badge[{plain(spread)}]"]
    if view.grades_differ:
        parts.append(f":red-badge[{plain(_('Grades differ'))}]")
    if any(item.is_veto for item in view.disputed):
        parts.append(f":red-badge[{plain(_('A veto item is flagged'))}]")
    parts.append(
        f":orange-badge[{plain(_('The panel must deliberate'))}]"
        if view.needs_panel
        else f":green-badge[{plain(_('No panel needed'))}]"
    )
    open_items = len(view.open_items)
    parts.append(
        f":{'orange' if open_items else 'green'}-badge["
        f"{plain(_('{n} items still open', n=open_items))}]"
    )
    st.markdown(" ".join(parts))


def _items(page: Page, view: ComparisonView) -> None:
    if not view.disputed:
        st.success(_("The scorers agree on every item."), icon=":material/check_circle:")
    for item in view.disputed:
        _disputed(page, view, item)
    agreed = [item for item in view.items if not item.is_disputed]
    if agreed:
        with st.expander(_("{n} items on which all agree", n=len(agreed))):
            table(
                agreed,
                (
                    Column(_("Item"), lambda each: each.item_id, width=80),
                    Column(
                        _("Title"), lambda each: chosen(each.title.zh, each.title.en), width=330
                    ),
                    Column(_("Result"), lambda each: str(each.result), width=90),
                    Column(_("Points off"), lambda each: each.deduction, "number", 70),
                ),
                key=page.key("agreed"),
                longest=12,
            )


def _disputed(page: Page, view: ComparisonView, item: ComparedItem) -> None:
    with st.container(border=True, key=page.key("item", item.id), gap="small"):
        title = f"**{plain(item.item_id)} {plain(chosen(item.title.zh, item.title.en))}**"
        marks = [f":red-badge[{_('Veto item')}]"] if item.is_veto else []
        marks.append(
            f":green-badge[:material/check: {_('Settled')} · {plain(str(item.result))}]"
            if item.result
            else f":orange-badge[{_('To be settled')}]"
        )
        st.markdown(f"{title} {' '.join(marks)}")
        names = {each.user_id: each.name for each in view.scorers}
        for column, given in zip(st.columns(max(len(item.given), 1)), item.given, strict=False):
            with column:
                _given(names.get(given.user_id, ""), given)
        _places(page, item, names)
        for vote in item.votes:
            st.markdown(
                f":material/how_to_vote: **{plain(vote.name)}** "
                f":{COLOURS[vote.result]}-badge[{plain(str(vote.result))}] {plain(vote.view)}"
            )
        if item.result is not None:
            off = _("{points} points off", points=number(item.deduction))
            st.caption(f"{plain(item.reason)} · {off}")
        elif str(view.round_state) == "deliberating":
            _forms(page, view, item)


def _given(name: str, given: GivenView) -> None:
    st.markdown(
        f"{plain(name)}  \n:{COLOURS[given.result]}-badge[{plain(str(given.result))}] "
        f"{_('−{points}', points=number(given.deduction)) if given.deduction else ''}"
    )
    said = [chosen(each.zh, each.en) for each in given.reasons]
    if given.comment:
        said.append(given.comment)
    if said:
        st.caption(plain("；".join(said)))


def _places(page: Page, item: ComparedItem, names: dict[int, str]) -> None:
    """One quiet button a place; it shows the page beside."""
    for index, place in enumerate(item.places[:SHOWN]):
        who = names.get(place.user_id, "") if place.user_id else _("Machine check")
        words = _("{name}: page {number}", name=who, number=place.number or MISSING)
        st.button(
            f":material/plagiarism: {plain(words)}　{plain(short(place.quote))}".strip("　"),
            key=page.key("evidence", item.id, index),
            type="tertiary",
            on_click=state.put,
            args=(page.key("place"), (item.id, index)),
        )


def _forms(page: Page, view: ComparisonView, item: ComparedItem) -> None:
    results = [each.id for each in item.choices]
    words = {each.id: chosen(each.word.zh, each.word.en) for each in item.choices}
    is_member = any(each.user_id == page.actor.user_id for each in view.scorers)
    if is_member and access.may(page.actor, "panel.vote"):
        mine = next((each for each in item.votes if each.user_id == page.actor.user_id), None)
        with st.form(page.key("vote_form", item.id), border=False):
            result = st.segmented_control(
                _("My vote"),
                results,
                default=mine.result if mine else None,
                format_func=words.__getitem__,
                key=page.key("vote", item.id),
            )
            said = st.text_input(
                _("My view, with the reason"),
                mine.view if mine else "",
                key=page.key("view", item.id),
            )
            voted = st.form_submit_button(_("Vote"), key=page.key("vote_save", item.id))
        if voted:
            page.save(
                _("Your vote is recorded."),
                deliberation.vote,
                item.id,
                result=result or "",
                view=said,
            )
    if access.may(page.actor, "panel.settle"):
        _settle_form(page, item, words)


def _settle_form(page: Page, item: ComparedItem, words: dict[Result, str]) -> None:
    titles = {key: chosen(each.zh, each.en) for key, each in item.deductions}
    with st.form(page.key("settle_form", item.id), border=False):
        result = st.segmented_control(
            _("Conclusion on this item"),
            list(words),
            format_func=words.__getitem__,
            key=page.key("settle", item.id),
        )
        reasons = (
            st.multiselect(
                _("Reasons to deduct"),
                list(titles),
                format_func=titles.__getitem__,
                key=page.key("settle_reasons", item.id),
                select_all=False,
                placeholder=_("None"),
            )
            if titles
            else []
        )
        reason = st.text_input(_("Reason of the conclusion"), key=page.key("settle_why", item.id))
        settled = st.form_submit_button(
            _("Settle"), type="primary", key=page.key("settle_save", item.id)
        )
    if settled:
        page.save(
            _("Settled."),
            deliberation.settle_item,
            item.id,
            result=result or "",
            reason=reason,
            chosen=dict.fromkeys(reasons, 1),
            seen_version=item.version,
        )


def _evidence(page: Page, view: ComparisonView) -> None:
    """The page that was pinned, beside the items."""
    kept = state.get(page.key("place"))
    place: PlaceView | None = None
    for item in view.items:
        if kept and item.id == kept[0] and kept[1] < len(item.places):
            place = item.places[kept[1]]
    if place is None:
        first = next((each.places[0] for each in view.disputed if each.places), None)
        place = first
    if place is None:
        st.info(_("No scorer pinned evidence to a disputed item."), icon=":material/plagiarism:")
        return
    draw_place(page, Looking(place.page_id, place.boxes, place.quote))
