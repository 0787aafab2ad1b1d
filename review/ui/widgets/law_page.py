"""The law page: laws by day with their articles and what cites them, and fine ranges."""

from __future__ import annotations

import streamlit as st

from review.i18n import _, chosen
from review.services import access
from review.services.rules import law, statute_texts
from review.services.rules.law import ArticleCard, CauseCard, LawPage
from review.services.rules.law import StatuteCard as Card
from review.ui.format import badge, day, plain
from review.ui.page import Page, empty
from review.ui.widgets.law import provision
from review.ui.widgets.law_words import CHANGES, CONFIRMED, STATES, check_names, fine_words, text
from review.ui.widgets.tables import Column, table


def draw_figures(page: LawPage) -> None:
    """How much is held, and how much of it nobody confirmed."""
    numbers = [each for each in page.parameters if each.current is not None]
    figures = (
        (_("Laws in force"), sum(each.state == "in_force" for each in page.statutes)),
        (_("Numbers and periods"), len(numbers)),
        (
            _("Numbers not confirmed"),
            sum(not each.current.confirmed for each in numbers if each.current),
        ),
        (_("Causes with fines"), sum(each.version is not None for each in page.causes)),
    )
    for column, (label, figure) in zip(st.columns(len(figures)), figures, strict=True):
        column.metric(label, figure, border=True)


def draw_statutes(page: Page, found: LawPage) -> None:
    """The laws as of the day; the chosen one with its articles."""
    words = st.text_input(
        _("Search"), key=page.key("law_words"), placeholder=_("Title of a law"), width=260
    )
    rows = [each for each in found.statutes if words.strip() in f"{each.title.zh}{each.title.en}"]
    if not rows:
        empty(_("No law is held under that name."), _("Change the search."), "search_off")
        return
    picked = table(
        rows,
        (
            Column(_("Law"), lambda each: text(each.title), width=330),
            Column(_("State"), lambda each: each.state, "states", 130, STATES),
            Column(_("Promulgated"), lambda each: each.promulgated, "day", 96),
            Column(_("In force from"), lambda each: each.in_force, "day", 96),
            Column(_("Articles"), lambda each: each.articles or None, "number", 70),
            Column(_("Index"), _held, "states", 110, CONFIRMED),
            Column(_("Checks"), lambda each: each.checks, "number", 70),
        ),
        key=page.key("statutes"),
        selects=True,
        longest=10,
    ).one
    if picked is None:
        st.caption(_("Choose a law to see its articles, and the checks and items that cite them."))
    else:
        draw_statute(page, picked)


def _held(card: Card) -> str:
    if card.text_id is not None:
        return "text"
    if not card.articles:
        return "none"
    return "yes" if card.confirmed else "no"


def draw_statute(page: Page, card: Card) -> None:
    """One version: who confirmed its index, its articles, and one article in full."""
    with st.container(border=True):
        st.markdown(
            f"**{plain(text(card.title))}** {badge(STATES, card.state)} "
            f"{badge(CONFIRMED, _held(card))}"
        )
        st.caption(
            plain(
                _(" · ").join(
                    part
                    for part in (
                        _("in force {day}", day=day(card.in_force)),
                        _("until {day}", day=day(card.ended)) if card.ended else "",
                        _("{count} versions held", count=card.versions),
                        card.confirmed_by,
                        card.note,
                    )
                    if part
                )
            )
        )
        if not card.is_whole:
            st.info(
                _(
                    "The text of this version is not held in full. A cited article that is not "
                    "held is never called wrong. Hand in the text to complete the index."
                ),
                icon=":material/info:",
            )
        if card.text_id is not None and access.may(page.actor, "law.manage"):
            with st.container(horizontal=True):
                if st.button(_("Withdraw the text"), key=page.key("withdraw_text", card.text_id)):
                    page.save(
                        _("The text was withdrawn."),
                        statute_texts.withdraw_text,
                        card.text_id,
                        seen_version=page.seen("text", card.text_id, card.text_version),
                    )
        articles = page.call(law.articles, card.law, in_force=card.in_force)
        if articles:
            _articles(page, articles)


def _articles(page: Page, articles: list[ArticleCard]) -> None:
    only = st.toggle(_("Only articles that something rests on"), key=page.key("cited"))
    rows = [each for each in articles if not only or each.checks or each.checklist_items]
    if not rows:
        empty(_("No check and no item cites an article of it."), _("Look at all."), "rule")
        return
    picked = table(
        rows,
        (
            Column(_("Article"), lambda each: text(each.name), width=110),
            Column(_("Paragraphs"), lambda each: each.paragraphs, "number", 84),
            Column(_("Items"), lambda each: each.items, "number", 70),
            Column(_("In short"), lambda each: text(each.summary), width=330),
            Column(
                _("Confirmed"), lambda each: "yes" if each.confirmed else "no", "states", 110,
                CONFIRMED,
            ),
            Column(_("Checks"), lambda each: each.checks, "list"),
        ),
        key=page.key("articles"),
        selects=True,
        longest=10,
    ).one  # fmt: skip
    if picked is None:
        return
    st.markdown(f"**{plain(text(picked.name))}** {plain(text(picked.summary))}")
    if picked.wording:
        with st.container(border=True):
            st.markdown(plain(picked.wording).replace("\n", "  \n"))
    else:
        st.caption(_("The words of the article are not held: summaries are in own words."))
    if picked.checks:
        st.markdown(f"{_('Checks')}: {plain(check_names(picked.checks))}")
    if picked.checklist_items:
        st.markdown(f"{_('Checklist items')}: {plain(_('; ').join(picked.checklist_items))}")


def draw_fines(page: Page, found: LawPage) -> None:
    """The fine for every cause on the day."""
    words = st.text_input(
        _("Search"), key=page.key("cause_words"), placeholder=_("Words of a cause"), width=260
    )
    only = st.toggle(_("Only fines cancelled or lowered"), key=page.key("changed"))
    rows = [
        each
        for each in found.causes
        if words.strip() in f"{each.name.zh}{each.name.en}" and (each.change or not only)
    ]
    if not rows:
        empty(_("No cause of that name is held."), _("Change the search."), "search_off")
        return
    table(
        rows,
        (
            Column(_("Cause of action"), lambda each: text(each.name), width=220),
            Column(_("Fine on the day"), _fine, width=220),
            Column(_("Change"), _changes, "states", 84, CHANGES),
            Column(_("Basis"), _basis, width=200),
            Column(
                _("From"), lambda each: each.version.since if each.version else None, "day", 92
            ),
            Column(
                _("Confirmed"),
                lambda each: "none" if each.version is None
                else "yes" if each.version.confirmed else "no",
                "states",
                110,
                CONFIRMED,
            ),
        ),
        key=page.key("fines"),
        longest=16,
    )  # fmt: skip


def _fine(card: CauseCard) -> str:
    return _("not held for that day") if card.version is None else fine_words(card.version.fine)


def _changes(card: CauseCard) -> list[str]:
    return [card.change] if card.change else []


def _basis(card: CauseCard) -> str:
    return "" if card.version is None else _("; ").join(map(provision, card.version.basis))


def draw_stale_texts(page: Page, found: LawPage) -> None:
    """Words of old templates that are stale on the day, and what holds instead."""
    if not found.stale_texts:
        empty(_("No wording is known as stale on that day."), _("Choose a later day."), "history")
        return
    table(
        found.stale_texts,
        (
            Column(
                _("Stale wording"), lambda each: chosen(each.words.zh, each.words.en), width=300
            ),
            Column(
                _("Holds instead"), lambda each: chosen(each.instead.zh, each.instead.en), width=260
            ),
            Column(_("From"), lambda each: each.since, "day", 92),
            Column(
                _("Confirmed"),
                lambda each: "yes" if each.confirmed else "no",
                "states",
                110,
                CONFIRMED,
            ),
            Column(_("Checks"), lambda each: each.checks, "list", 100),
        ),
        key=page.key("stale"),
    )
