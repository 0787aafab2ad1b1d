"""Waiver lists: what is in force, the drafts, import of a new version and its publication."""

import streamlit as st

from review.i18n import _, chosen
from review.law.waiver_changes import provisions
from review.law.waiver_list import WaiverItem
from review.services import access
from review.services.rules import waiver_lists
from review.services.rules.waiver_lists import WaiverListCard, WaiverListView
from review.ui.format import MISSING, badge, day, plain
from review.ui.page import Page, empty, heading, open_page
from review.ui.widgets.list_words import LIMBS, LIST_KINDS, LIST_STATES, NEEDS
from review.ui.widgets.tables import Column, table
from review.ui.widgets.waiver_list_import import draw_changes, draw_import


def draw_lists(page: Page) -> None:
    """All lists; the selected one in full, at first the first."""
    cards = page.call(waiver_lists.list_lists)
    if not cards:
        empty(
            _("There is no waiver list."),
            _("Import the bureau's list from a workbook."),
            "volunteer_activism",
        )
        return
    selected = table(
        cards,
        (
            Column(_("Kind"), lambda card: card.kind, "states", 90, vocabulary=LIST_KINDS),
            Column(_("List"), lambda card: chosen(card.title.zh, card.title.en), width=330),
            Column(_("Version"), lambda card: card.version_name, width=80),
            Column(_("In force from"), lambda card: card.in_force_on, "day", 110),
            Column(_("Until"), lambda card: card.ended_on, "day", 110),
            Column(_("Listed items"), lambda card: card.items, "number", 84),
            Column(_("State"), lambda card: card.state, "states", 96, vocabulary=LIST_STATES),
        ),
        key=page.key("lists"),
        selects=True,
        longest=6,
    ).one
    draw_list(page, page.call(waiver_lists.list_view, (selected or cards[0]).key))


def draw_list(page: Page, view: WaiverListView) -> None:
    """Head, what can be done, items, changes."""
    card = view.card
    st.subheader(plain(chosen(card.title.zh, card.title.en)), anchor=False)
    facts = [
        card.issued_by and _("Issued by {who}", who=card.issued_by),
        _("In force from {day}", day=day(card.in_force_on)),
        card.source_name and _("from {file}", file=card.source_name),
        card.confirmed_by and _("compared by {who}", who=card.confirmed_by),
    ]
    st.caption(plain("  |  ".join(fact for fact in facts if fact)))
    if not card.confirmed_by:
        st.warning(
            _("Unconfirmed: nobody compared this list with the issued text yet."),
            icon=":material/help:",
        )
    if not card.is_whole:
        st.caption(_("Not all items of the issued list are held here."))
    with st.container(horizontal=True, vertical_alignment="center"):
        name, raw = page.call(waiver_lists.export_list, card.key)
        st.download_button(
            _("Export as workbook"),
            raw,
            file_name=name,
            key=page.key("export", card.key),
            icon=":material/download:",
        )
        if access.may(page.actor, "waivers.manage") and card.id is not None:
            if card.state == "draft":
                page.dialog_button(
                    _("Publish"), "publish", card.id, icon=":material/publish:", type="primary"
                )
                if st.button(
                    _("Discard the draft"), key=page.key("discard"), icon=":material/delete:"
                ):
                    page.save(_("The draft is gone."), waiver_lists.discard_list, card.id)
            elif card.ended_on is None:
                page.dialog_button(
                    _("Record the end of force"), "end", card.id, icon=":material/event_busy:"
                )
    page.dialog("publish", _("Publish the list"), lambda _about: publish(page, card))
    page.dialog("end", _("End of force"), lambda _about: end(page, card))
    items, changes = st.tabs([f"{_('Listed items')} {card.items}", _("Changes")])
    with items:
        draw_items(page, view)
    with changes:
        before = view.before_title
        draw_changes(page, view.changes, chosen(before.zh, before.en) if before else "")


def publish(page: Page, card: WaiverListCard) -> None:
    """The day of force and who compared it."""
    st.caption(_("A published list is frozen: corrections need a new version."))
    in_force = st.date_input(
        _("In force from"), value=card.in_force_on, key=page.key("publish_on", card.id)
    )
    confirmed_by = st.text_input(
        _("Compared with the issued text by"),
        key=page.key("confirmed_by", card.id),
        placeholder=_("left empty: the list stays unconfirmed"),
    )
    if st.button(_("Publish"), type="primary", key=page.key("publish_now", card.id)):
        page.save(
            _("The list is published. Cases are reviewed by it when their checks run again."),
            waiver_lists.publish_list,
            card.id or 0,
            in_force_on=in_force,
            confirmed_by=confirmed_by,
            seen_version=card.version,
        )


def end(page: Page, card: WaiverListCard) -> None:
    """The first day on which the list no longer holds."""
    ended = st.date_input(_("No longer in force from"), key=page.key("ended_on", card.id))
    if st.button(_("Save"), type="primary", key=page.key("end_now", card.id)):
        page.save(
            _("Saved."),
            waiver_lists.end_list,
            card.id or 0,
            ended_on=ended,
            seen_version=card.version,
        )


def draw_items(page: Page, view: WaiverListView) -> None:
    """The items as a table; the selected one with its conditions."""
    selected = table(
        view.held.items,
        (
            Column(_("No."), lambda item: item.number, "number", 56),
            Column(
                _("Listed item"), lambda item: chosen(item.name.zh, item.name.en), width="large"
            ),
            Column(_("Limb"), lambda item: item.limb, "states", 112, vocabulary=LIMBS),
            Column(
                _("Conditions"),
                lambda item: [each.needs for each in item.conditions],
                "states",
                270,
                vocabulary=NEEDS,
            ),
            Column(_("Look-back (months)"), lambda item: item.look_back_months, "number", 84),
            Column(_("Correction (days)"), lambda item: item.correction_days, "number", 84),
        ),
        key=page.key("items", view.card.key),
        selects=True,
        longest=12,
    ).one
    if selected:
        draw_item(selected)
    else:
        st.caption(_("Select an item to see its conditions, provisions and papers."))


def draw_item(item: WaiverItem) -> None:
    """One item in full."""
    with st.container(border=True, gap="xsmall"):
        st.markdown(
            f"**{item.number}. {plain(chosen(item.name.zh, item.name.en))}** "
            f"{badge(LIMBS, item.limb)}"
        )
        left, right = st.columns([3, 2], gap="medium")
        with left:
            for each in item.conditions:
                st.markdown(f"{badge(NEEDS, each.needs)} {plain(chosen(each.zh, each.en))}")
        with right:
            violated, basis = provisions(item)
            for label, value in (
                (_("Violated"), violated),
                (_("Penalty basis"), basis),
                (_("First within"), item.look_back_area),
                (_("Papers needed"), "、".join(item.papers)),
                (_("Other wordings"), "、".join(item.wordings)),
                (_("Note"), item.note or ""),
            ):
                st.markdown(f":gray[{plain(label)}] {plain(value or MISSING)}")


page = open_page("waivers/lists")
heading(
    _("Waiver lists"),
    caption=_(
        "Minor violations that go unpunished, and lists of mitigated and lighter fines. A list "
        "makes the Law concrete; it cannot narrow what must go unpunished."
    ),
)
if access.may(page.actor, "waivers.manage"):
    lists, new = st.tabs([_("Lists"), _("Import a version")], key=page.key("tabs"))
    with lists:
        draw_lists(page)
    with new:
        draw_import(page)
else:
    draw_lists(page)
