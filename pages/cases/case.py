"""One case: what was checked, when things happened, what was read and where it stands."""

import streamlit as st

from review.i18n import _
from review.services import access
from review.services.accounts import people
from review.services.case_files import across_cases, cases, corrections, ledger
from review.services.case_files.cases import CaseView
from review.services.waivers import waivers
from review.ui import state
from review.ui.format import CASE_KINDS, PROCEDURES, READING_STATES, badge, day
from review.ui.page import Page, empty, heading, open_page
from review.ui.pages import go
from review.ui.widgets.case_facts import draw_facts, show_differences, show_event
from review.ui.widgets.case_form import case_fields, case_values
from review.ui.widgets.case_links import draw_links
from review.ui.widgets.case_papers import draw_documents, draw_files
from review.ui.widgets.check_results import draw_checks
from review.ui.widgets.evidence import Looking, draw_viewer, look_at, looking
from review.ui.widgets.fact_correction import draw_pointer, is_pointing
from review.ui.widgets.rereading import draw_rereading
from review.ui.widgets.timeline import draw_timeline
from review.ui.widgets.waiver_review import draw_waiver_review


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
# a figure may open the case that was looked at before, but at another page
address = (case_id, state.address_id("page"))
if state.get(page.key("address")) != address:
    state.put(page.key("address"), address)
    state.drop(page.key("looking"))
open_at_first(page, view)
draw_head(page, view)
show_differences(view)
draw_rereading(page, view)
draw_counts(view)
reading, paper = st.columns([11, 9], gap="medium")
with reading:
    checks, waiver, course, facts, touching, documents, files = st.tabs(
        [
            _("Machine checks"),
            _("Waiver review"),
            _("Timeline"),
            _("Facts"),
            _("Other cases"),
            _("Documents"),
            _("Intake report"),
        ],
        key=page.key("tabs"),
    )
    with checks:
        st.link_button(
            _("Report as Word document"),
            f"/export/case-report-docx/{view.case.id}",
            icon=":material/description:",
        )
        draw_checks(page, view.checks)
    with waiver:
        draw_waiver_review(page, page.call(waivers.case_waiver_review, view.case.id))
    with course:
        show_event(page, view)
        draw_timeline(view.timeline)
    with facts:
        draw_facts(page, view)
    with touching:
        draw_links(page, page.call(across_cases.links, case_id))
    with documents:
        draw_documents(page, view.case.id, view.documents)
    with files:
        draw_files(page, view)
with paper, st.container(border=True, key="case_viewer"):
    place = looking(page)
    if is_pointing(page) and place is not None and view.pages:
        draw_pointer(page, place.page_id)
    else:
        draw_viewer(page, view.pages)
