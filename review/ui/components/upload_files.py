"""Handing in case files of any size: straight from the browser to the streaming route."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from review.i18n import _, language
from review.settings import settings
from review.ui.components.sources import module_of, text_of
from review.ui.format import IMPORT_STAGES, IMPORT_STATES

_upload = st.components.v2.component(
    "case_review_upload",
    html=text_of("upload", "upload.html"),
    css=text_of("upload", "upload.css"),
    js=module_of("upload", ("upload.js",)),
)


def upload_files(*, key: str, case_no: str = "", on_finished: Callable[[], None]) -> None:
    """A place to drop files, and how far each import is.

    Files go to the case `case_no`; with an empty one the case is known by the number that is read.
    `on_finished` runs whenever one import has ended.
    """
    _upload(
        key=key,
        data={
            "language": language(),
            "url": "/api/upload",
            "jobs_url": "/api/jobs",
            "case_no": case_no,
            "texts": {
                "title": _("Drop case files here"),
                "hint": _(
                    "PDF, DOCX, images or ZIP, up to {limit} MB each",
                    limit=settings().max_upload_mb,
                ),
                "choose": _("Choose files"),
                "queued": _("Waiting"),
                "sending": _("Uploading {percent} %"),
                "broken": _("The upload broke off. Choose the file again."),
                "states": {name: _(term.text) for name, term in IMPORT_STATES.items()},
                "stages": {name: _(term.text) for name, term in IMPORT_STAGES.items()},
            },
        },
        on_finished_change=on_finished,
    )
