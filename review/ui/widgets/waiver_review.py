"""The waiver review of a case (免罚审查): verdict, both limbs, the lists, papers, earlier cases."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from review.i18n import _, chosen
from review.services.rules.editions import Words
from review.services.waivers.waivers import CaseWaiverReview, ListReading, SearchView, ShownView
from review.ui.format import badge, day, plain
from review.ui.page import Page, empty
from review.ui.pages import go
from review.ui.widgets.evidence import evidence_buttons
from review.ui.widgets.list_words import LIMBS, LIST_KINDS, STANDINGS, VERDICTS
from review.ui.widgets.tables import Column, table


def say(text: Words) -> str:
    """A text of the data, literal."""
    return plain(chosen(text.zh, text.en))


def draw_waiver_review(page: Page, review: CaseWaiverReview) -> None:
    """Everything of the review; nothing here decides."""
    if not review.is_worked_out:
        empty(
            _("This case has no waiver review yet."),
            _("It is worked out with the machine checks: import files or run the checks again."),
            "volunteer_activism",
        )
        return
    with st.container(border=True, gap="xsmall", key="waiver_verdict"):
        st.markdown(f"{badge(VERDICTS, review.verdict)} **{say(review.reason)}**")
        st.caption(_("A proposal of the machine; the decision is a person's."))
    must, may = st.columns(2, gap="medium")
    with must:
        _limb(
            page,
            "must",
            _("Must be waived: art. 33(1), first sentence"),
            review.must_standing,
            review.must,
        )
    with may:
        _limb(
            page,
            "may",
            _("Can be waived: art. 33(1), second sentence"),
            review.may_standing,
            review.may,
        )
    for reading in review.lists:
        _list(page, reading)
    st.markdown(f"**{_('Education, commitment and other papers')}**")
    with st.container(border=True, gap="xsmall"):
        for paper in review.papers:
            _shown(page, "paper", paper)
    _search(page, review.search)


def _limb(
    page: Page, name: str, title: str, standing: str, conditions: Sequence[ShownView]
) -> None:
    with st.container(border=True, gap="xsmall", height="stretch", key=f"waiver_{name}"):
        st.markdown(f"**{plain(title)}** {badge(STANDINGS, standing)}")
        for each in conditions:
            _shown(page, name, each)


def _shown(page: Page, name: str, shown: ShownView) -> None:
    st.markdown(f"{badge(STANDINGS, shown.standing)} {say(shown.title)} :gray[{say(shown.reason)}]")
    if shown.evidence:
        evidence_buttons(page, f"{name}.{shown.key}", shown.evidence)


def _list(page: Page, reading: ListReading) -> None:
    """A list of one kind; one that does not concern the case takes a single line."""
    kind = badge(LIST_KINDS, reading.kind)
    if not reading.list_title:
        st.caption(f"{kind} {plain(_('No list of this kind was in force.'))}")
        return
    title = _(
        "{title} (in force from {day})", title=reading.list_title, day=day(reading.in_force_on)
    )
    if reading.item_number is None:
        with st.container(gap="xxsmall"):
            st.markdown(f"{kind} {plain(title)}")
            st.caption(_("The cause of the case is not on this list."))
        _unconfirmed(reading)
        return
    with st.container(border=True, gap="xsmall", key=f"waiver_list_{reading.kind}"):
        st.markdown(f"{kind} **{plain(title)}**")
        item = _("Item {number}: {name}", number=reading.item_number, name=say(reading.item_name))
        st.markdown(f"{item} {badge(LIMBS, reading.limb)} {badge(STANDINGS, reading.standing)}")
        if reading.flag:
            st.markdown(f":orange-badge[:material/flag: {say(reading.flag)}]")
        for each in reading.conditions:
            _shown(page, f"list.{reading.kind}", each)
        _unconfirmed(reading)


def _unconfirmed(reading: ListReading) -> None:
    if not reading.is_confirmed:
        st.caption(
            _("This list was not compared with the issued text: what rests on it is unconfirmed.")
        )


def _search(page: Page, search: SearchView | None) -> None:
    """Earlier cases of the party in the ledger."""
    st.markdown(f"**{_('Earlier violations in the ledger')}**")
    if search is None:
        st.caption(_("Without party, cause and day of decision the ledger cannot be searched."))
        return
    between = _("{since} to {until}", since=day(search.since), until=day(search.until))
    if not search.earlier:
        st.caption(plain(_("{between}: no case of this party for this cause.", between=between)))
        return
    st.caption(plain(between))
    opened = table(
        search.earlier,
        (
            Column(_("Case number"), lambda each: each.case_no),
            Column(_("Cause of action"), lambda each: each.cause),
            Column(_("Decided on"), lambda each: each.decided_on, "day", 100),
            Column(
                _("Same party"),
                lambda each: _("certain") if each.is_sure else _("to be compared"),
                width=110,
            ),
        ),
        key=page.key("earlier"),
        opens=_("Open"),
    ).opened
    if opened:
        go("cases/case", case=opened.case_id)
