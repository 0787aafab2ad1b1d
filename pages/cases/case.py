"""One case: what was checked, when things happened, what was read and where it stands."""

from collections.abc import Sequence

import streamlit as st

from review.i18n import _, chosen
from review.services import access, cases, corrections, ledger, people
from review.services.cases import CaseView, FactView
from review.services.sheet_views import DocumentCard
from review.ui import state
from review.ui.format import (
    CASE_KINDS,
    FILE_STATES,
    PROCEDURES,
    READING_STATES,
    badge,
    day,
    fact_value,
    plain,
    size,
)
from review.ui.page import Page, empty, heading, open_page
from review.ui.pages import go
from review.ui.widgets.case_form import case_fields, case_values
from review.ui.widgets.check_results import draw_checks
from review.ui.widgets.evidence import Looking, draw_viewer, look_at, where
from review.ui.widgets.tables import Column, table
from review.ui.widgets.timeline import draw_timeline


def draw_head(page: Page, view: CaseView) -> None:
    """Number, states, and what can be done with the case."""
    case = view.case
    heading(
        case.case_no,
        badge(PROCEDURES, case.procedure),
        badge(READING_STATES, case.reading_state),
        caption=" · ".join(
            part
            for part in (
                case.cause,
                case.party_name,
                case.unit_name,
                _("closed {day}", day=day(case.closed_on)),
                *(each.title for each in view.rounds),
            )
            if part
        ),
    )
    with st.container(horizontal=True, key="case_actions"):
        if access.may(page.actor, "ledger.edit"):
            page.dialog_button(_("Edit ledger row"), "edit", icon=":material/edit:")
        if access.may(page.actor, "import") and st.button(
            _("Import files"), key=page.key("import"), icon=":material/upload_file:"
        ):
            go("cases/import_files", case=case.id)
        if access.may(page.actor, "checks.rerun") and st.button(
            _("Run checks again"), key=page.key("rerun"), icon=":material/replay:"
        ):
            page.save(_("The checks have run again."), corrections.rerun_checks, case.id)
    page.dialog("edit", _("Edit ledger row"), lambda _about: edit_case(page, view), width="large")


def edit_case(page: Page, view: CaseView) -> None:
    """The ledger row as a form; saved only if nobody else changed it meanwhile."""
    units = page.call(people.list_units, reviewed_only=True)
    seen = page.seen("case", view.case.id, view.case.version)
    with st.form(page.key("edit_form"), border=False):
        fields = case_fields(page, units, CASE_KINDS, view.case)
        if st.form_submit_button(_("Save"), type="primary", key=page.key("edit_save")):
            page.save(
                _("Saved."),
                lambda engine, actor: ledger.edit_case(
                    engine, actor, view.case.id, **case_values(fields),
                    seen_version=seen,
                ),
            )  # fmt: skip


def draw_counts(view: CaseView) -> None:
    """Five figures that say how this file stands."""
    outcomes = [str(check.outcome) for check in view.checks]
    figures = (
        (_("Documents"), len(view.documents)),
        (_("Pages"), len(view.pages)),
        (_("Problems found"), outcomes.count("fail")),
        (_("Cannot be decided"), outcomes.count("unknown")),
        (_("Contradictions"), len(view.contradictions)),
    )
    for column, (label, figure) in zip(st.columns(len(figures)), figures, strict=True):
        column.metric(label, figure, border=True)


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


def correct_fact(page: Page, view: CaseView, fact: FactView) -> None:
    """A person's reading of a fact; it wins over the machine's and the checks run again on it."""
    with (
        st.expander(_("Correct this fact"), key=page.key("correct_box", fact.name)),
        st.form(page.key("correct", fact.id), border=False),
    ):
        value = st.text_input(
            chosen(fact.title.zh, fact.title.en),
            fact.value,
            key=page.key("correct_value", fact.id),
            help=_("Dates as 2026-01-31, money as digits, yes or no as true or false."),
        )
        reason = st.text_input(_("Reason"), key=page.key("correct_reason", fact.id))
        if st.form_submit_button(_("Save"), key=page.key("correct_save", fact.id)):
            page.save(
                _("Corrected; the checks have run again."),
                corrections.correct_fact,
                view.case.id,
                name=fact.name,
                value=value,
                reason=reason,
            )


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
    selected = table(view.facts, fact_columns(), key=page.key("facts"), selects=True).one
    show_fact(page, selected, "merged")
    if selected is not None and access.may(page.actor, "checks.rerun"):
        correct_fact(page, view, selected)
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
        else:
            st.caption(_("No fact was read in this document."))


def pages_of(document: DocumentCard) -> str:
    """First and last page, or nothing where the source has no pages."""
    if document.first_page is None:
        return ""
    if document.last_page in (None, document.first_page):
        return str(document.first_page)
    return f"{document.first_page}–{document.last_page}"


def draw_documents(page: Page, documents: Sequence[DocumentCard]) -> None:
    """The papers in the order of the file; a selected one is shown."""
    if not documents:
        empty(
            _("No document has been recognised yet."),
            _("Import the files of this case."),
            "description",
        )
        return
    selected = table(
        documents,
        (
            Column(_("No."), lambda each: each.sequence + 1, width=40),
            Column(_("Kind"), lambda each: each.kind, width=120),
            Column(_("Title on the paper"), lambda each: each.title, width=140),
            Column(_("Pages"), pages_of, width=56),
            Column(_("Certainty"), lambda each: 100 * each.confidence, "share", 92),
            Column(_("File"), lambda each: each.source, width=90),
        ),
        key=page.key("documents"),
        selects=True,
        longest=20,
    ).one
    seen = page.key("shown", "document")
    if selected is None:
        state.drop(seen)
    elif state.get(seen) != selected.id:
        state.put(seen, selected.id)
        if selected.first_page_id is not None:
            look_at(page, Looking(selected.first_page_id))


def draw_files(page: Page, view: CaseView) -> None:
    """The intake report: every file that was handed in, read, partly read or refused, and why."""
    if not view.files:
        empty(
            _("No file has been imported for this case."),
            _("Open “Import files” and hand in the scanned or electronic file."),
            "upload_file",
        )
        return
    table(
        view.files,
        (
            Column(_("File"), lambda each: each.source, width="medium"),
            Column(_("State"), lambda each: each.status, "states", vocabulary=FILE_STATES),
            Column(_("Kind"), lambda each: each.kind.upper(), width="small"),
            Column(_("Size"), lambda each: size(each.size), width="small"),
            Column(_("Pages"), lambda each: each.pages, width="small"),
            Column(_("Why"), lambda each: chosen(each.reason.zh, each.reason.en), width="large"),
            Column(_("Fingerprint"), lambda each: each.sha256[:12]),
            Column(_("Imported"), lambda each: each.added_at, "moment"),
        ),
        key=page.key("files"),
    )
    for each in view.files:
        if each.status != "read" and each.reason.zh:
            st.warning(
                f"**{plain(each.source)}**  {plain(chosen(each.reason.zh, each.reason.en))}"
                f"  `{each.reason_code}`",
                icon=":material/error:",
            )


def open_at_first(page: Page, view: CaseView) -> None:
    """Begin with the page of the address, else with the evidence of the first problem."""
    if state.get(page.key("looking")) is not None:
        return
    wanted = state.address_id("page")
    if wanted is not None:
        look_at(page, Looking(wanted))
        return
    for check in view.checks:
        for place in check.evidence:
            if str(check.outcome) == "fail" and place.page_id is not None:
                look_at(page, Looking(place.page_id, place.boxes, place.quote))
                return


page = open_page("cases/case")
case_id = state.address_id("case")
if case_id is None:
    heading(_("Case file"))
    empty(
        _("No case is chosen."), _("Open a case from the ledger or from your work."), "folder_open"
    )
    st.stop()
view = page.call(cases.case_view, case_id)
if state.get(page.key("case")) != case_id:
    state.put(page.key("case"), case_id)
    state.drop(page.key("looking"))
open_at_first(page, view)
draw_head(page, view)
draw_counts(view)
reading, paper = st.columns([11, 9], gap="medium")
with reading:
    checks, course, facts, documents, files = st.tabs(
        [
            _("Machine checks"),
            _("Timeline"),
            _("Facts"),
            _("Documents"),
            _("Intake report"),
        ],
        key=page.key("tabs"),
    )
    with checks:
        draw_checks(page, view.checks)
    with course:
        show_event(page, view)
        draw_timeline(view.timeline)
    with facts:
        draw_facts(page, view)
    with documents:
        draw_documents(page, view.documents)
    with files:
        draw_files(page, view)
with paper, st.container(border=True, key="case_viewer"):
    draw_viewer(page, view.pages)
