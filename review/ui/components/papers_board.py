"""The papers of a case file as bands of small pages, to choose and to change them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from review.i18n import _
from review.services.desk.sheet_views import DocumentCard, PageCard
from review.ui.components.sources import module_of, text_of

DOUBTFUL = 0.6
"""Below this a kind is marked as doubtful, as it is for the checks."""

_board = st.components.v2.component(
    "case_review_papers",
    html=text_of("papers", "papers.html"),
    css=text_of("papers", "papers.css"),
    js=module_of("papers", ("papers.js",)),
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is chosen on the board: pages by id, or one paper by its place.

    `look` is the page to be shown, `act` what was just asked of a band or between two pages.
    """

    pages: tuple[int, ...]
    paper: int | None
    look: int | None
    act: dict[str, Any] | None


def papers_board(
    documents: Sequence[DocumentCard],
    pages: Sequence[PageCard],
    *,
    key: str,
    version: str,
    can_edit: bool,
) -> Chosen:
    """Draw the papers; `version` changes with the division, and with it the choice is forgotten."""
    result = _board(
        key=key,
        data={
            "version": version,
            "can_edit": can_edit,
            "texts": {
                "join": _("Join with the one above"),
                "up": _("Move this paper up"),
                "down": _("Move this paper down"),
                "cut": _("Begin a new paper here"),
            },
            "papers": [_paper(each, pages) for each in documents],
        },
        default={"chosen": {}},
        on_chosen_change=lambda: None,
        on_act_change=lambda: None,
    )
    chosen = dict(getattr(result, "chosen", None) or {})
    if chosen.get("version") != version:
        chosen = {}
    act = getattr(result, "act", None)
    known = {page.id for page in pages}
    return Chosen(
        tuple(int(each) for each in chosen.get("pages") or () if int(each) in known),
        chosen.get("paper"),
        chosen.get("look"),
        dict(act) if act else None,
    )


def _paper(document: DocumentCard, pages: Sequence[PageCard]) -> dict[str, Any]:
    own = [page for page in pages if page.document_id == document.id]
    return {
        "index": document.sequence,
        "kind": document.kind,
        "title": document.title,
        "sure": f"{100 * document.confidence:.0f}%",
        "is_doubtful": document.confidence < DOUBTFUL,
        "reason": document.reason,
        "pages": [_page(page, place) for place, page in enumerate(own, 1)],
    }


def _page(page: PageCard, place: int) -> dict[str, Any]:
    number = page.number if page.number is not None else place
    return {
        "id": page.id,
        "thumb": page.thumb_url,
        "label": str(number),
        "place": _("{source}, page {number}", source=page.source, number=number),
        "words": _("Word document, part {number}", number=number),
    }
