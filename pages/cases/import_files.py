"""Hand in case files and follow them until every page is read."""

import streamlit as st

from review.i18n import _, chosen
from review.services import cases, importing
from review.services.importing import JobView
from review.ui import state
from review.ui.components.upload_files import upload_files
from review.ui.format import IMPORT_STAGES, IMPORT_STATES, plain, size, word
from review.ui.page import Page, empty, heading, open_page
from review.ui.pages import go
from review.ui.widgets.tables import Column, table

UNDER_WAY = ("waiting", "running")


def choose_case(page: Page) -> str:
    """The number of the case that files are handed in for; empty where the file shall say it."""
    wanted = state.address_id("case")
    found = {case.id: case for case in page.call(cases.list_cases, limit=500).rows}
    picked = st.selectbox(
        _("Case"),
        list(found),
        index=list(found).index(wanted) if wanted in found else None,
        format_func=lambda each: f"{found[each].case_no}　{found[each].cause}",
        key=page.key("case"),
        placeholder=_("By the case number in the file itself"),
        help=_("Without a choice the case number is read from the file and looked up."),
    )
    return found[picked].case_no if picked is not None else ""


def progress(job: JobView) -> float:
    """Percent of the pages known so far."""
    if str(job.state) == "refused":
        return 0.0
    if str(job.state) not in UNDER_WAY:
        return 100.0
    return 100 * job.pages_done / job.pages_total if job.pages_total else 0.0


def job_columns() -> tuple[Column[JobView], ...]:
    """What the list says of an import."""
    return (
        Column(_("File"), lambda job: job.name, width=160),
        Column(_("Case number"), lambda job: job.case_no, width=150),
        Column(_("Size"), lambda job: size(job.size), width=60),
        Column(_("State"), lambda job: job.state, "states", 76, IMPORT_STATES),
        Column(
            _("Step"),
            lambda job: word(IMPORT_STAGES, job.stage) if str(job.state) in UNDER_WAY else "",
            width=90,
        ),
        Column(_("Pages read"), progress, "share", 100),
        Column(_("Result"), lambda job: chosen(job.reason.zh, job.reason.en), width=100),
        Column(_("Handed in"), lambda job: job.handed_in_at, "moment", 118),
    )


def draw_jobs(page: Page) -> None:
    """Imports, the newest first; redrawn by itself while something is under way."""
    jobs = page.call(importing.list_jobs)
    if not jobs:
        empty(
            _("Nothing has been imported yet."),
            _("Drop PDF, DOCX, pictures or ZIP above; scans are recognised page by page."),
            "upload_file",
        )
        return
    waiting = [job for job in jobs if str(job.state) in UNDER_WAY]
    done = table(
        jobs, job_columns(), key=page.key("jobs"), opens=_("Open"), selects=True, longest=14
    )
    if done.opened is not None:
        if done.opened.case_id is not None:
            go("cases/case", case=done.opened.case_id)
        st.info(
            _("This file belongs to no case yet. Choose its case below."), icon=":material/info:"
        )
    if done.one is not None:
        draw_job(page, done.one)
    if state.get(page.key("was_waiting")) and not waiting:
        state.put(page.key("was_waiting"), False)
        st.toast(_("All imports have ended."), icon=":material/check_circle:")
    elif waiting:
        state.put(page.key("was_waiting"), True)


def draw_job(page: Page, job: JobView) -> None:
    """Why an import ended as it did, and choosing its case where that was not known."""
    if job.reason.zh:
        st.warning(
            f"**{plain(job.name)}**  {plain(chosen(job.reason.zh, job.reason.en))}  "
            f"`{job.reason_code}`",
            icon=":material/error:",
        )
    if job.case_id is not None or str(job.state) in UNDER_WAY:
        return
    found = page.call(cases.list_cases, limit=500).rows
    with st.form(page.key("choose", job.id), border=False):
        left, right = st.columns([4, 1], vertical_alignment="bottom")
        case_no = left.selectbox(
            _("Case of this file"),
            [case.case_no for case in found],
            index=None,
            key=page.key("chosen", job.id),
            placeholder=_("Choose"),
        )
        if right.form_submit_button(_("Import into this case")) and case_no:
            page.save(_("Import started."), importing.choose_case, job.id, case_no=case_no)


page = open_page("cases/import_files")
heading(
    _("Import files"),
    caption=_(
        "Originals are kept unchanged by fingerprint. What cannot be read is refused with a reason."
    ),
)
upload_files(key=page.key("upload"), case_no=choose_case(page), on_finished=lambda: None)
busy = any(str(job.state) in UNDER_WAY for job in page.call(importing.list_jobs))
st.fragment(draw_jobs, run_every="2s" if busy else "8s")(page)
