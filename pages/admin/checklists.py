"""The editions by which people score: items, points, law, and the checks that propose a result."""

import streamlit as st

from review.i18n import _, chosen
from review.scoring.edition import Edition, Item
from review.services import access
from review.services.rules import edition_imports, editions
from review.services.rules.editions import EditionCard
from review.ui.format import MISSING, PROCEDURES, number, plain, word
from review.ui.page import Page, empty, heading, open_page
from review.ui.widgets.edition_compare import draw_comparison
from review.ui.widgets.edition_import import draw_changes, draw_import
from review.ui.widgets.law import provision
from review.ui.widgets.list_words import LIST_STATES
from review.ui.widgets.tables import Column, table


def text(value: object) -> str:
    """A text of the edition in the language of the run."""
    return chosen(getattr(value, "zh", ""), getattr(value, "en", "")) if value else MISSING


def choose(page: Page, cards: list[EditionCard]) -> EditionCard:
    """All editions; the selected one, at first the first."""
    chosen_card = table(
        cards,
        (
            Column(_("Edition"), lambda card: text(card.title), width="large"),
            Column(_("In force from"), lambda card: card.in_force_on, "day"),
            Column(_("Procedures"), lambda card: card.procedures, "states", vocabulary=PROCEDURES),
            Column(_("Items"), lambda card: card.items, "number"),
            Column(_("Veto items"), lambda card: card.vetoes, "number"),
            Column(_("Fingerprint"), lambda card: card.sha256[:12]),
            Column(_("State"), lambda card: card.state, "states", vocabulary=LIST_STATES),
        ),
        key=page.key("editions"),
        selects=True,
        longest=7,
    ).one
    return chosen_card or cards[0]


def draw_actions(page: Page, card: EditionCard) -> None:
    """Export; publish or discard a draft."""
    with st.container(horizontal=True, vertical_alignment="center"):
        name, raw = page.call(edition_imports.export_edition, card.key)
        st.download_button(
            _("Export as workbook"),
            raw,
            file_name=name,
            key=page.key("export", card.key),
            icon=":material/download:",
        )
        if card.state == "draft" and access.may(page.actor, "checklists.manage"):
            page.dialog_button(
                _("Publish"), "publish", card.id or 0, icon=":material/publish:", type="primary"
            )
            if st.button(_("Discard the draft"), key=page.key("discard"), icon=":material/delete:"):
                page.save(_("The draft is gone."), edition_imports.discard_edition, card.id or 0)
    page.dialog("publish", _("Publish the edition"), lambda _about: publish(page, card))


def publish(page: Page, card: EditionCard) -> None:
    """The day of force; then it never changes."""
    st.caption(
        _(
            "A published edition is frozen: corrections need a new version. New rounds take it "
            "from its day on; scores stay with the edition under which they were given."
        )
    )
    in_force = st.date_input(
        _("In force from"), value=card.in_force_on or "today", key=page.key("publish_on", card.id)
    )
    if st.button(_("Publish"), type="primary", key=page.key("publish_now", card.id)):
        page.save(
            _("The edition is published."),
            edition_imports.publish_edition,
            card.id or 0,
            in_force_on=in_force,
            seen_version=card.version,
        )


def draw_edition(page: Page, card: EditionCard, edition: Edition) -> None:
    """Head of the edition, then its items with filter."""
    st.subheader(plain(text(edition.title)), anchor=False)
    grades = " · ".join(f"{text(grade.name)} ≥ {number(grade.bound)}" for grade in edition.grades)
    facts = [
        _("Issued by {who}", who=text(edition.issued_by)),
        _("Total {points}", points=number(edition.total)),
        _("Step {points}", points=number(edition.step)),
        grades,
    ]
    st.caption(plain("  |  ".join(facts)))
    draw_actions(page, card)
    if card.id is not None and st.toggle(
        _("What it changes"), value=card.state == "draft", key=page.key("diff", card.id)
    ):
        before, changes = page.call(edition_imports.draft_changes, card.id)
        draw_changes(page, changes, text(before) if before else "")
    sections = {section.id: text(section.title) for section in edition.sections}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wanted = st.selectbox(
            _("Section"),
            list(sections),
            index=None,
            format_func=sections.__getitem__,
            placeholder=_("All sections"),
            key=page.key("section", edition.key),
            width=320,
        )
        words = st.text_input(
            _("Search"),
            key=page.key("words"),
            placeholder=_("Item, law or check number"),
            width=280,
        )
        only_veto = st.toggle(_("Veto items only"), key=page.key("veto"))
    items = [
        item
        for item in edition.items
        if (not wanted or item.section_id == wanted)
        and (not only_veto or item.is_veto)
        and words.strip().lower()
        in " ".join(
            (item.id, item.title.zh, item.title.en, *item.checks, *map(provision, item.sources))
        ).lower()
    ]
    if not items:
        empty(_("No item matches."), _("Change section or search words."), "search_off")
        return
    selected = table(
        items,
        (
            Column(_("No."), lambda item: item.id, width=70),
            Column(_("Item"), lambda item: text(item.title), width=300),
            Column(_("Section"), lambda item: sections[item.section_id], width=140),
            Column(
                _("Points"),
                lambda item: _("veto") if item.is_veto else number(item.points),
                width=56,
            ),
            Column(_("Dimension"), lambda item: text(item.dimension.title), width=80),
            Column(_("Law"), lambda item: _("; ").join(map(provision, item.sources)), width=200),
            Column(_("Checks"), lambda item: item.checks, "list", 100),
        ),
        key=page.key("items", edition.key),
        selects=True,
    ).one
    if selected:
        draw_item(selected)
    else:
        st.caption(_("Select an item to see its deductions, guidance and law."))


def draw_item(item: Item) -> None:
    """One item in full."""
    with st.container(border=True):
        st.markdown(f"**{plain(item.id)}  {plain(text(item.title))}**")
        left, right = st.columns([3, 2], gap="medium")
        with left:
            for each in item.deductions:
                amount = _("each {points}", points=number(each.points))
                if not each.is_counted:
                    amount = number(each.points)
                limit = "" if each.maximum is None else _(", at most {n}", n=number(each.maximum))
                st.markdown(f"- {plain(text(each.text))} :gray[−{plain(amount)}{plain(limit)}]")
            if item.guidance:
                st.caption(plain(text(item.guidance)))
            if item.rectify:
                st.markdown(
                    _(
                        "Measure: {what} (within {days} days)",
                        what=plain(text(item.rectify.text)),
                        days=item.rectify.due_days,
                    )
                )
        with right:
            for source in item.sources:
                st.markdown(f":material/gavel: {plain(provision(source))}")
            st.caption(
                plain(
                    _("Checks: {checks}", checks=_(", ").join(item.checks) or MISSING)
                    + "   "
                    + _(
                        "Procedures: {which}",
                        which=_(", ").join(word(PROCEDURES, each) for each in item.procedures),
                    )
                )
            )


page = open_page("admin/checklists")
heading(
    _("Checklists"),
    caption=_("An edition is never changed once used: a round keeps its edition by fingerprint."),
)
cards = page.call(editions.list_cards)
names = [_("Editions")]
if access.may(page.actor, "case.view"):
    names.append(_("Compare two editions"))
if access.may(page.actor, "checklists.manage"):
    names.append(_("Import a version"))
tabs = dict(zip(names, st.tabs(names, key=page.key("tabs")), strict=True))
with tabs[_("Editions")]:
    if cards:
        card = choose(page, cards)
        draw_edition(page, card, page.call(editions.edition_view, card.key))
    else:
        empty(
            _("There is no checklist edition."),
            _("Put an edition below checklists/<kind>/<date>.yaml."),
            "checklist",
        )
if _("Compare two editions") in tabs and cards:
    with tabs[_("Compare two editions")]:
        draw_comparison(page, cards)
if _("Import a version") in tabs:
    with tabs[_("Import a version")]:
        draw_import(page)
