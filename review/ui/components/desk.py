"""The review desk: page viewer beside the checklist, drawn in the browser.

Scores go from the browser to `/api/score` and are acknowledged there; a script run is needed only
when the sheet was submitted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from review.ui.components.sources import HERE, module_of, text_of

DESK_STYLE = HERE / "desk" / "page.css"
"""Style of the page around the desk: no margins, and the corner buttons beside the first line."""

_SCRIPTS = (
    "dom.js",
    "outbox.js",
    "viewer.js",
    "strip.js",
    "checklist.js",
    "inspector.js",
    "dialogs.js",
    "keys.js",
    "desk.js",
)

_desk = st.components.v2.component(
    "case_review_desk",
    html=text_of("desk", "desk.html"),
    css=text_of("desk", "desk.css"),
    js=module_of("desk", _SCRIPTS),
)


def review_desk(data: dict[str, Any], *, key: str, on_submitted: Callable[[], None]) -> None:
    """Draw the desk with `data` (see `desk_data`); `on_submitted` runs after a sheet went in."""
    _desk(key=key, data=data, on_submitted_change=on_submitted)
