"""The papers of a case in the order of its file, and the intake report of every file."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from review.casefiles.media import MediaRecord
from review.i18n import _, chosen
from review.services.case_files.cases import CaseView, FileView
from review.services.case_files.key_frames import frame_urls
from review.services.desk.sheet_views import DocumentCard
from review.ui import state
from review.ui.format import FILE_STATES, plain, size
from review.ui.page import Page, empty
from review.ui.pages import go
from review.ui.widgets.evidence import Looking, look_at
from review.ui.widgets.tables import Column, table


def pages_of(document: DocumentCard) -> str:
    """First and last page, or nothing where the source has no pages."""
    if document.first_page is None:
        return ""
    if document.last_page in (None, document.first_page):
        return str(document.first_page)
    return f"{document.first_page}–{document.last_page}"


def draw_documents(page: Page, case_id: int, documents: Sequence[DocumentCard]) -> None:
    """The papers in the order of the file; a selected one is shown."""
    if not documents:
        empty(
            _("No document has been recognised yet."),
            _("Import the files of this case."),
            "description",
        )
        return
    if st.button(_("Arrange papers and pages"), key=page.key("arrange"), icon=":material/stacks:"):
        go("cases/arrange", case=case_id)
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


def draw_recordings(page: Page, recordings: Sequence[MediaRecord]) -> None:
    """The recordings of the file: what they are, how long, when, with which recorder, by whom."""
    if not recordings:
        return
    st.subheader(_("Recordings"), anchor=False)
    table(
        recordings,
        (
            Column(_("File"), lambda each: each.source, width="medium"),
            Column(_("Format"), lambda each: f"{each.container} · {each.codec}".strip(" ·")),
            Column(_("Length"), lambda each: length(each.duration_s), width="small"),
            Column(_("Begins"), lambda each: each.starts_at, "moment"),
            Column(_("Ends"), lambda each: each.ends_at, "moment"),
            Column(_("Recorder"), lambda each: each.recorder_no, width="small"),
            Column(_("Officer"), lambda each: each.officer, width="small"),
        ),
        key=page.key("recordings"),
    )


def draw_key_frames(files: Sequence[FileView]) -> None:
    """The key frames of the videos whose frames the import was told to take, with their times."""
    strips = [
        _strip(each.id, each.media)
        for each in files
        if each.media is not None and each.media.frames is not None
    ]
    if strips:
        st.subheader(_("Key frames"), anchor=False)
        st.html("".join(strips))


def _strip(file_id: int, record: MediaRecord) -> str:
    """One video: its name, and its frames or why there are none."""
    drawn = "".join(
        _figure(url, length(frame.second))
        for frame, url in zip(record.frames or (), frame_urls(file_id, record), strict=True)
    )
    if not drawn:
        drawn = escape(_("There are no key frames: this video could not be decoded."))
    return f'<p>{escape(record.source)}</p><div class="cr-frames">{drawn}</div>'


def _figure(url: str, time: str) -> str:
    words = escape(_("Frame at {time}", time=time))
    return (
        f'<figure><img src="{escape(url)}" loading="lazy" alt="{words}">'
        f"<figcaption>{time}</figcaption></figure>"
    )


def length(seconds: float | None) -> str:
    """Hours, minutes and seconds as players show them; nothing where the header has no length."""
    if seconds is None:
        return ""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


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
            Column(_("Size"), lambda each: size(each.size), "figure", "small"),
            Column(_("Pages"), lambda each: each.pages, "number", "small"),
            Column(_("Why"), lambda each: chosen(each.reason.zh, each.reason.en), width="large"),
            Column(_("Fingerprint"), lambda each: each.sha256[:12]),
            Column(_("Imported"), lambda each: each.added_at, "moment"),
        ),
        key=page.key("files"),
    )
    draw_recordings(page, [each.media for each in view.files if each.media is not None])
    draw_key_frames(view.files)
    for each in view.files:
        if each.status != "read" and each.reason.zh:
            st.warning(
                f"**{plain(each.source)}**  {plain(chosen(each.reason.zh, each.reason.en))}"
                f"  `{each.reason_code}`",
                icon=":material/error:",
            )
