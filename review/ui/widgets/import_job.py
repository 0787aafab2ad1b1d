"""One import: why it ended as it did, cancelling it, and the case it may belong to."""

from __future__ import annotations

import streamlit as st

from review.i18n import _, chosen
from review.services.reading import importing, ledger_matching, rereading
from review.services.reading.importing import CANCELLABLE, JobView
from review.services.reading.ledger_matching import Proposal
from review.ui.format import day, plain
from review.ui.page import Page
from review.ui.widgets.case_chooser import choose_case

UNDER_WAY = ("waiting", "running", "cancelling")


def draw_job(page: Page, job: JobView) -> None:
    """What can be done with a selected import."""
    if job.reason.zh:
        st.warning(
            f"**{plain(job.name)}**  {plain(chosen(job.reason.zh, job.reason.en))}  "
            f"`{job.reason_code}`",
            icon=":material/error:",
        )
    state = str(job.state)
    if state == "waiting" or (state == "running" and job.stage in CANCELLABLE):
        if st.button(_("Cancel this import"), key=page.key("cancel"), icon=":material/cancel:"):
            page.save(_("The import was cancelled."), importing.cancel_job, job.id)
        return
    if job.case_id is None and state == "partly":
        _case_of(page, job)


def _case_of(page: Page, job: JobView) -> None:
    """Cases proposed by what was read, each with its reasons; any other can be looked for."""
    likely = page.call(ledger_matching.proposals, job.id)
    if likely:
        st.markdown(f"**{_('Cases that this file may belong to')}**")
    for each in likely:
        _proposal(page, job, each)
    case = choose_case(page, f"job.{job.id}", _("Case of this file"), placeholder=_("Choose"))
    if case is not None and st.button(
        _("Import into this case"), key=page.key("choose", job.id), type="primary"
    ):
        page.save(_("Import started."), importing.choose_case, job.id, case_no=case.case_no)


def _proposal(page: Page, job: JobView, each: Proposal) -> None:
    reasons = _("; ").join(chosen(words.zh, words.en) for words in each.reasons)
    about = " · ".join(
        part
        for part in (each.party_name, each.unit_name, each.decided_on and day(each.decided_on))
        if part
    )
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"**{plain(each.case_no)}**　{plain(about)}  \n:gray[{plain(reasons)}]",
            width="stretch",
        )
        if st.button(_("Import into this case"), key=page.key("propose", job.id, each.case_id)):
            page.save(_("Import started."), importing.choose_case, job.id, case_no=each.case_no)


def draw_outdated(page: Page) -> None:
    """The cases that an older reader read, and reading all of them again."""
    outdated = [each for each in page.call(rereading.outdated_cases) if not each.is_under_way]
    if not outdated:
        return
    files = sum(each.files for each in outdated)
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(
            ":material/update: "
            + _(
                "{files} files of {cases} cases were read by an older reader. Each case is "
                "compared before anything changes.",
                files=files,
                cases=len(outdated),
            ),
            width="stretch",
        )
        if st.button(_("Read all of them again"), key=page.key("reread_all")):
            for each in outdated:
                page.attempt(rereading.reread, each.case_id)
            st.rerun()
