"""Hand in case files and follow them until every page is read."""

import streamlit as st

from review.i18n import _, chosen
from review.services.reading import importing
from review.services.reading.importing import JobView
from review.ui import state
from review.ui.components.upload_files import upload_files
from review.ui.format import IMPORT_STAGES, IMPORT_STATES, size, word
from review.ui.page import Page, empty, heading, open_page
from review.ui.pages import go
from review.ui.widgets.case_chooser import choose_case
from review.ui.widgets.import_job import UNDER_WAY, draw_job, draw_outdated
from review.ui.widgets.tables import Column, table


def progress(job: JobView) -> float:
    """Percent of the pages known so far."""
    if str(job.state) in ("refused", "cancelled"):
        return 0.0
    if str(job.state) not in UNDER_WAY:
        return 100.0
    return 100 * job.pages_done / job.pages_total if job.pages_total else 0.0


def job_name(job: JobView) -> str:
    """The file, or the case that is read again."""
    return _("{case} (read again)", case=job.name) if str(job.kind) == "reread" else job.name


def job_columns() -> tuple[Column[JobView], ...]:
    """What the list says of an import."""
    return (
        Column(_("File"), job_name, width=160),
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


page = open_page("cases/import_files")
heading(
    _("Import files"),
    caption=_(
        "Originals are kept unchanged by fingerprint. What cannot be read is refused with a reason."
    ),
)
case = choose_case(
    page,
    "upload",
    _("Case"),
    placeholder=_("By the case number in the file itself"),
    wanted=state.address_id("case"),
)
upload_files(
    key=page.key("upload"),
    case_no=case.case_no if case is not None else "",
    on_finished=lambda: None,
)
draw_outdated(page)
busy = any(str(job.state) in UNDER_WAY for job in page.call(importing.list_jobs))
st.fragment(draw_jobs, run_every="2s" if busy else "8s")(page)
