"""Evidence on a page: what a person chose to look at, the buttons that choose it, and the viewer.

Only ids, boxes and the quoted words are remembered; page and permission are asked anew each run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from review.i18n import _, ngettext
from review.services.case_files import cases
from review.services.case_files.check_rows import EvidenceView
from review.services.desk.sheet_views import PageCard
from review.ui import state
from review.ui.format import plain
from review.ui.page import Page, empty
from review.ui.widgets.viewer import Box, page_with_marks, text_with_marks

ZOOMS = (100, 140, 200)
SHOWN = 6
"""So many places of one result are shown at once; the others wait in a fold."""


@dataclass(frozen=True, slots=True)
class Looking:
    """The page that is shown, the boxes marked on it (points), and the words quoted."""

    page_id: int
    boxes: tuple[Box, ...] = ()
    quote: str = ""


def look_at(page: Page, place: Looking) -> None:
    """Show that place from the next run on."""
    state.put(page.key("looking"), (place.page_id, place.boxes, place.quote))


def looking(page: Page) -> Looking | None:
    """The place that was chosen last on this page."""
    kept = state.get(page.key("looking"))
    return Looking(*kept) if kept else None


def short(text: str, length: int = 34) -> str:
    """Words cut to a length, with an ellipsis."""
    text = " ".join(text.split())
    return text if len(text) <= length else f"{text[: length - 1]}…"


def where(source: str, page_number: int | None) -> str:
    """File and page, in words."""
    if page_number is None:
        return source
    return _("{source}, page {number}", source=source, number=page_number)


def evidence_buttons(page: Page, name: str, evidence: Sequence[EvidenceView]) -> None:
    """One quiet button a place; places whose page is not kept are named only."""
    with st.container(gap="xxsmall"):
        _buttons(page, name, 0, evidence[:SHOWN])
    if len(evidence) > SHOWN:
        more = len(evidence) - SHOWN
        with st.expander(ngettext("{n} more place", "{n} more places", more), type="compact"):
            _buttons(page, name, SHOWN, evidence[SHOWN:])


def _buttons(page: Page, name: str, first: int, evidence: Sequence[EvidenceView]) -> None:
    for index, each in enumerate(evidence, first):
        words = f"{where(each.source, each.page)}　{short(each.quote)}".strip("　")
        if each.page_id is None:
            st.caption(plain(words))
            continue
        st.button(
            f":material/plagiarism: {plain(words)}",
            key=page.key("evidence", name, index),
            type="tertiary",
            on_click=look_at,
            args=(page, Looking(each.page_id, each.boxes, each.quote)),
        )


def draw_viewer(page: Page, pages: Sequence[PageCard]) -> None:
    """The viewer: paging, zoom, the page with its marks."""
    if not pages:
        empty(
            _("No page has been read yet."),
            _("Import the files of this case; pages appear here while they are read."),
            "description",
        )
        return
    ids = [each.id for each in pages]
    place = looking(page)
    if place is None or place.page_id not in ids:
        place = Looking(ids[0])
    position = ids.index(place.page_id)
    zoom = _viewer_bar(page, pages, position)
    view = page.call(cases.page_view, place.page_id)
    card = pages[position]
    st.caption(
        plain(f"{card.document_title or card.document_kind or _('Not recognised')} · {card.source}")
    )
    if view.view_url:
        if view.doubtful:
            n = len(view.doubtful)
            words = ngettext(
                "{n} place of this page could not be read with certainty: look at the dashed frame",
                "{n} places of this page could not be read with certainty: "
                "look at the dashed frames",
                n,
            )
            st.caption(f":material/ink_eraser: {words}")
        page_with_marks(view, place.boxes, doubtful=view.doubtful, width=zoom)
    else:
        text_with_marks([line.text for line in view.lines], [place.quote])


def _viewer_bar(page: Page, pages: Sequence[PageCard], position: int) -> int:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for label, step, name in (
            (_("Previous page"), -1, "chevron_left"),
            (_("Next page"), 1, "chevron_right"),
        ):
            target = position + step
            st.button(
                "",
                icon=f":material/{name}:",
                help=label,
                key=page.key("viewer", name),
                disabled=not 0 <= target < len(pages),
                on_click=look_at,
                args=(page, Looking(pages[max(0, min(target, len(pages) - 1))].id)),
            )
        st.markdown(
            _("Page {number} of {count}", number=position + 1, count=len(pages)), width="content"
        )
        return (
            st.segmented_control(
                _("Zoom"),
                ZOOMS,
                default=ZOOMS[0],
                required=True,
                format_func=lambda each: f"{each}%",
                key=page.key("viewer", "zoom"),
                label_visibility="collapsed",
            )
            or ZOOMS[0]
        )


def draw_place(page: Page, place: Looking) -> None:
    """One page with its marks, without paging: the evidence of a finding."""
    view = page.call(cases.page_view, place.page_id)
    st.caption(plain(where(view.source, view.number)))
    if view.view_url:
        page_with_marks(view, place.boxes)
    else:
        text_with_marks([line.text for line in view.lines], [place.quote])
