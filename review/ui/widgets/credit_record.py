"""The credit class of a case: why it stands where it stands, and changing what was entered."""

from __future__ import annotations

import streamlit as st

from review.findings.credit import LACK_WORDS, CreditClass, CreditState
from review.i18n import N_, _, chosen
from review.services import access
from review.services.results import credit
from review.services.results.credit import CreditCard
from review.ui.format import CREDIT_CLASSES, CREDIT_STATES, Term, badge, day, plain, word
from review.ui.page import Page
from review.ui.pages import go
from review.ui.widgets.days import day_input

PERFORMED_BY = {
    "paid": Term(N_("fine paid")),
    "closed": Term(N_("case closed")),
    "stated": Term(N_("as stated by a person")),
}


def draw_record(page: Page, card: CreditCard) -> None:
    """One case with what is known, what is missing, and the form."""
    with st.container(border=True):
        st.markdown(
            f"{badge(CREDIT_STATES, card.standing.state)} "
            f"{badge(CREDIT_CLASSES, card.credit_class)} **{plain(card.case_no)}** "
            f"{plain(card.party_name)}"
        )
        left, right = st.columns(2, gap="large")
        with left:
            _known(card)
            if access.may(page.actor, "case.view") and st.button(
                _("Open the case"),
                key=page.key("case", card.case_id),
                icon=":material/folder_open:",
            ):
                go("cases/case", case=card.case_id)
        with right:
            if access.may(page.actor, "credit.manage"):
                _form(page, card)


def _known(card: CreditCard) -> None:
    standing = card.standing
    performed = day(card.performed_on)
    if card.performed_by:
        performed = _("{day} ({how})", day=performed, how=word(PERFORMED_BY, card.performed_by))
    lines = [
        (_("Decided on"), day(card.decided_on)),
        (_("Publication day"), day(card.published_on)),
        (_("Obligation performed"), performed),
        (_("Least time of display ends"), day(standing.due_from)),
        (_("Longest time of display ends"), day(standing.displayed_until)),
    ]
    st.markdown(
        "  \n".join(plain(_("{name}: {value}", name=label, value=value)) for label, value in lines)
    )
    for lack in standing.lacks:
        st.markdown(f":orange[:material/help: {plain(chosen(*LACK_WORDS[lack]))}]")
    if standing.state is CreditState.NOT_DISPLAYED and card.credit_class is CreditClass.MINOR:
        st.caption(_("Minor ones are in principle not displayed; the file shows no publication."))
    if not standing.is_confirmed:
        st.markdown(f":orange-badge[{_('not confirmed')}]", width="content")
        st.caption(_("The bureau has not confirmed these times of display: see Legal basis."))
    if card.note:
        st.caption(plain(card.note))


def _form(page: Page, card: CreditCard) -> None:
    seen = page.seen("credit", card.case_id, card.version)
    classes = list(CreditClass)
    with st.form(page.key("record", card.case_id), border=False):
        credit_class = st.segmented_control(
            _("Credit class"),
            classes,
            default=card.credit_class,
            format_func=lambda each: word(CREDIT_CLASSES, each),
            key=page.key("class", card.case_id),
        )
        is_eligible = st.checkbox(
            _("Repair is open"), card.is_eligible, key=page.key("eligible", card.case_id)
        )
        one, two = st.columns(2)
        stated = day_input(
            _("Performed on, as stated"),
            card.stated_on,
            key=page.key("stated", card.case_id),
            place=one,
            help=_("Only where neither the ledger nor the file tells it."),
        )
        reminded = day_input(
            _("Party reminded on"),
            card.reminded_on,
            key=page.key("reminded", card.case_id),
            place=two,
        )
        note = st.text_input(_("Note"), card.note, key=page.key("note", card.case_id))
        sent = st.form_submit_button(_("Save"), type="primary", key=page.key("save", card.case_id))
    if sent:
        page.save(
            _("Saved."),
            credit.change_record,
            card.case_id,
            credit_class=credit_class or "",
            is_eligible=is_eligible,
            performed_on=stated,
            reminded_on=reminded,
            note=note,
            seen_version=seen,
        )
