"""Numbers and periods of the law: value on a day, history, what rests on it, and confirming it."""

from __future__ import annotations

from datetime import date

import streamlit as st

from review.facts.names import BY_NAME
from review.i18n import _, chosen
from review.services import access
from review.services.rules import law_values
from review.services.rules.law import EntryCard, LawPage, ParameterCard
from review.ui.format import MISSING, day, moment, plain, word
from review.ui.page import Page
from review.ui.widgets.days import day_input
from review.ui.widgets.law import provision
from review.ui.widgets.law_words import (
    CHOICES,
    CONFIRMED,
    NAMES,
    check_names,
    one,
    text,
    value_words,
)
from review.ui.widgets.tables import Column, table


def draw_numbers(page: Page, found: LawPage) -> None:
    """Periods, amounts and limits on the day; the chosen one with its history and its form."""
    only = st.toggle(_("Only values not confirmed"), key=page.key("unconfirmed"))
    rows = [
        each
        for each in found.parameters
        if not only or (each.current is not None and not each.current.confirmed)
    ]
    picked = table(
        rows,
        (
            Column(_("What"), lambda each: text(each.title), width=290),
            Column(_("Value on the day"), _current, width=270),
            Column(_("From"), lambda each: each.current.since if each.current else None, "day", 92),
            Column(_("Confirmed"), _confirmed, "states", 110, CONFIRMED),
            Column(_("Checks"), lambda each: each.checks, "list", 150),
        ),
        key=page.key("numbers"),
        selects=True,
        longest=12,
    ).one
    if picked is None:
        st.caption(
            _(
                "A value that nobody confirmed never makes a problem more than minor. Choose one "
                "to see its history, or to confirm what holds here."
            )
        )
    else:
        draw_number(page, picked, found.on)


def _current(card: ParameterCard) -> str:
    if card.current is None:
        return _("none in force")
    return value_words(card.current.value, card.unit)


def _confirmed(card: ParameterCard) -> str:
    if card.current is None:
        return "none"
    return "yes" if card.current.confirmed else "no"


def draw_number(page: Page, card: ParameterCard, on: date) -> None:
    """One number: every dated value, what rests on it, and confirming another."""
    with st.container(border=True):
        st.markdown(f"**{plain(text(card.title))}**")
        decides = BY_NAME[card.dated_by]
        st.caption(
            plain(
                _(
                    "Decided by the day of: {fact}. Checks: {checks}",
                    fact=chosen(decides.zh, decides.en),
                    checks=check_names(card.checks) or MISSING,
                )
            )
        )
        table(
            card.history,
            (
                Column(_("From"), lambda each: each.since, "day", 92),
                Column(_("Value"), lambda each: value_words(each.value, card.unit)),
                Column(_("Source"), lambda each: provision(each.source)),
                Column(
                    _("Confirmed"), lambda each: "yes" if each.confirmed else "no", "states", 110,
                    CONFIRMED,
                ),
                Column(_("By"), lambda each: each.confirmed_by),
            ),
            key=page.key("history", card.name),
        )  # fmt: skip
        _confirmations(page, card)
        if access.may(page.actor, "law.manage"):
            _confirm_form(page, card, on)


def _confirmations(page: Page, card: ParameterCard) -> None:
    kept = page.call(law_values.confirmations, card.name)
    for each in kept:
        with st.container(horizontal=True, vertical_alignment="center"):
            said = _(
                "{value} from {day}, confirmed by {who} on {when}: {document}",
                value=value_words(each.value, card.unit),
                day=day(each.since),
                who=each.confirmed_by,
                when=moment(each.confirmed_at),
                document=each.document,
            )
            if each.withdrawn_at is not None:
                said = f"{said} {_('(withdrawn)')}"
            st.caption(plain(said))
            if (
                each.withdrawn_at is None
                and access.may(page.actor, "law.manage")
                and st.button(_("Withdraw"), key=page.key("withdraw", each.id), type="tertiary")
            ):
                page.save(
                    _("Withdrawn; the released value counts again."),
                    law_values.withdraw_value,
                    each.id,
                    seen_version=page.seen("value", each.id, each.version),
                )


def _confirm_form(page: Page, card: ParameterCard, on: date) -> None:
    shown = card.current or card.history[-1]
    with (
        st.expander(_("Confirm what holds here"), icon=":material/verified:"),
        st.form(page.key("confirm_form", card.name), border=False),
    ):
        typed = _value_fields(page, card, shown)
        left, right = st.columns([1, 2])
        since = day_input(
            _("Holds from"),
            shown.since,
            key=page.key("confirm_since", card.name),
            help=_("A later entry leaves everything before its day as it was."),
            place=left,
        )
        document = right.text_input(
            _("Paper and number"), key=page.key("confirm_document", card.name)
        )
        if st.form_submit_button(_("Confirm"), type="primary", key=page.key("confirm", card.name)):
            page.save(
                _("Confirmed. Checks that run from now on use it."),
                law_values.confirm_value,
                parameter=card.name,
                since=since or on,
                value=typed,
                document=document,
            )


def _value_fields(page: Page, card: ParameterCard, shown: EntryCard) -> dict[str, str] | str:
    value, key = shown.value, page.key("confirm_value", card.name)
    if isinstance(value, tuple):
        places = st.columns(min(len(value), 4))
        return {
            name: places[index % len(places)].text_input(
                word(NAMES, name), str(each), key=f"{key}.{name}"
            )
            for index, (name, each) in enumerate(value)
        }
    if isinstance(value, bool):
        picked = st.selectbox(
            _("Value"),
            [True, False],
            index=[True, False].index(value),
            format_func=lambda each: _("Yes") if each else _("No"),
            key=key,
        )
        return "true" if picked else "false"
    if isinstance(value, str):
        options = list(CHOICES)
        return (
            st.selectbox(
                _("Value"),
                options,
                index=options.index(value) if value in options else None,
                format_func=lambda each: one(each, card.unit),
                key=key,
            )
            or ""
        )
    return st.text_input(_("Value"), str(value), key=key)
