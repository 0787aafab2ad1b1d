"""A page on which a person points at the words that he means."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from review.i18n import _
from review.services.case_files.cases import PageView
from review.ui.components.sources import module_of, text_of
from review.ui.widgets.viewer import Box

_place = st.components.v2.component(
    "case_review_place",
    html=text_of("place", "place.html"),
    css=text_of("place", "place.css"),
    js=module_of("place", ("place.js",)),
)


def place_picker(view: PageView, marks: Sequence[Box], *, key: str) -> Box | None:
    """Draw a page with marks; returns the box that was just pointed at, in points."""
    result = _place(
        key=key,
        data={
            "url": view.view_url,
            "label": _("Page {number}", number=view.number),
            "width": view.width,
            "height": view.height,
            "lines": [list(line.box) for line in view.lines if line.box is not None],
            "marks": [list(mark) for mark in marks],
        },
        on_picked_change=lambda: None,
    )
    picked = getattr(result, "picked", None)
    if not picked:
        return None
    left, top, right, bottom = (float(side) for side in picked["box"])
    return left, top, right, bottom


def words_in(view: PageView, box: Box) -> str:
    """The words of the lines whose middle lies in a box."""
    left, top, right, bottom = box
    found = []
    for line in view.lines:
        if line.box is None:
            continue
        height = (line.box[1] + line.box[3]) / 2
        if top <= height <= bottom and line.box[0] < right and line.box[2] > left:
            found.append(line.text)
    return "".join(found).strip()
