"""The facts of a case: where papers disagree, what was read and where, and correcting it."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from review.casefiles.case_key import case_key
from review.common.text import plain as folded
from review.i18n import _, chosen
from review.services import access
from review.services.case_files.cases import CaseView, FactView
from review.ui import state
from review.ui.format import fact_value, plain
from review.ui.page import Page, empty
from review.ui.widgets.evidence import Looking, look_at, where
from review.ui.widgets.fact_correction import (
    draw_addition,
    draw_correction,
    draw_corrections,
    draw_pointing,
)
from review.ui.widgets.tables import Column, table


def fact_columns() -> tuple[Column[FactView], ...]:
    """What a table says of a fact."""
    return (
        Column(_("Fact"), lambda fact: chosen(fact.title.zh, fact.title.en), width=110),
        Column(_("Value"), lambda fact: fact_value(fact.name, fact.value), width=160),
        Column(_("Place"), lambda fact: where(fact.source, fact.page), width=110),
        Column(_("Certainty"), lambda fact: 100 * fact.confidence, "share", 92),
    )


def show_fact(page: Page, fact: FactView | None, name: str) -> None:
    """Show the place of a fact that was newly selected, once."""
    seen = page.key("shown", name)
    if fact is None:
        state.drop(seen)
    elif state.get(seen) != fact.id:
        state.put(seen, fact.id)
        if fact.page_id is not None:
            look_at(page, Looking(fact.page_id, fact.boxes, fact.quote))


def show_event(page: Page, view: CaseView) -> None:
    """One press a date: the words that give it are shown on their page."""
    facts = {fact.id: fact for fact in view.facts if fact.page_id is not None}
    events = {
        event.fact_id: chosen(event.title.zh, event.title.en)
        for event in view.timeline
        if event.fact_id in facts
    }
    if not events:
        return
    fact_id = st.pills(
        _("Show on the page"),
        list(events),
        format_func=events.__getitem__,
        key=page.key("event"),
    )
    show_fact(page, facts[fact_id] if fact_id is not None else None, "event")


def draw_facts(page: Page, view: CaseView) -> None:
    """Contradictions first, then the facts of the case, then those of one document."""
    if not view.facts and not view.document_facts:
        empty(
            _("No fact has been read yet."),
            _("Import the files of this case; facts appear when they were read."),
            "search",
        )
        return
    for name, facts in view.contradictions.items():
        with st.container(border=True, gap="xsmall"):
            label = facts[0].title if facts else None
            title = chosen(label.zh, label.en) if label else name
            st.markdown(
                f":orange-badge[:material/warning: {_('Documents disagree')}] **{plain(title)}**"
            )
            for fact in facts:
                st.button(
                    f"{plain(fact_value(fact.name, fact.value))}　"
                    f":gray[{plain(where(fact.source, fact.page))}]",
                    key=page.key("contradiction", fact.id),
                    type="tertiary",
                    icon=":material/plagiarism:",
                    disabled=fact.page_id is None,
                    on_click=look_at,
                    args=(page, Looking(fact.page_id or 0, fact.boxes, fact.quote)),
                )
    st.caption(_("Select a row to see the words on the page."))
    can_correct = access.may(page.actor, "case.correct")
    if can_correct:
        draw_pointing(page)
    selected = table(view.facts, fact_columns(), key=page.key("facts"), selects=True).one
    show_fact(page, selected, "merged")
    if selected is not None and can_correct:
        draw_correction(page, view, selected)
    titles = {
        document.id: f"{document.sequence + 1}. {document.title}" for document in view.documents
    }
    document_id = st.selectbox(
        _("Facts of one document"),
        list(titles),
        index=None,
        format_func=titles.__getitem__,
        key=page.key("document"),
        placeholder=_("Choose a document"),
    )
    if document_id is not None:
        own = [fact for fact in view.document_facts if fact.document_id == document_id]
        if own:
            chosen_fact = table(
                own, fact_columns(), key=page.key("own", document_id), selects=True
            ).one
            show_fact(page, chosen_fact, "own")
            if chosen_fact is not None and can_correct:
                draw_correction(page, view, chosen_fact)
        else:
            st.caption(_("No fact was read in this document."))
    if can_correct:
        draw_addition(page, view)
    draw_corrections(page, view)


def show_differences(view: CaseView) -> None:
    """Where the ledger and the file say different things; nothing is corrected by itself."""
    different = ledger_differences(view)
    if not different:
        return
    lines = [
        _(
            "{what}: {ledger} in the ledger, {file} in the file",
            what=f"**{plain(what)}**",
            ledger=plain(ledger),
            file=plain(file),
        )
        for what, ledger, file in different
    ]
    st.warning("  \n".join(lines), icon=":material/difference:")


def ledger_differences(view: CaseView) -> list[tuple[str, str, str]]:
    """Name of the fact, the ledger's value and the file's, as people read them."""
    case = view.case
    ledger = {
        "case_no": case.case_no,
        "party_name": case.party_name,
        "fine_yuan": "" if case.fine_yuan is None else str(case.fine_yuan),
        "decided_on": case.decided_on.isoformat() if case.decided_on else "",
    }
    found = []
    for fact in view.facts:
        held = ledger.get(fact.name, "")
        if held and comparable(fact.name, held) != comparable(fact.name, fact.value):
            found.append(
                (
                    chosen(fact.title.zh, fact.title.en),
                    fact_value(fact.name, held),
                    fact_value(fact.name, fact.value),
                )
            )
    return found


def comparable(name: str, value: str) -> object:
    """A value in the form in which ledger and file can be compared."""
    if name == "case_no":
        return case_key(value)
    if name == "fine_yuan":
        return Decimal(value)
    return folded(value)
