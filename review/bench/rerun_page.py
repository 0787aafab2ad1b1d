"""The comparison of `bench ui`: the same sheet as plain widgets, each change a whole-page rerun.

It lives in the benchmark only. Started with a session token and the sheet's id as arguments; it
saves through the same service as the workbench.
"""

from __future__ import annotations

import sys
from uuid import uuid4

import streamlit as st

from review.db.session import engine_for
from review.errors import NotSignedIn
from review.services.access import Actor
from review.services.accounts.sign_in import actor_of
from review.services.desk import scoring
from review.settings import settings


def _actor() -> Actor:
    actor = actor_of(engine_for(settings().url), sys.argv[1], address="127.0.0.1")
    if actor is None:
        raise NotSignedIn
    return actor


def _save(item_id: str, version: int) -> None:
    chosen = st.session_state[f"result.{item_id}"]
    if chosen is None:
        return
    scoring.save_score(
        engine_for(settings().url),
        _actor(),
        sheet_id=int(sys.argv[2]),
        item_id=item_id,
        result=chosen,
        base_version=version,
        client_id=uuid4().hex,
    )
    st.session_state["saved"] = st.session_state.get("saved", 0) + 1


def draw() -> None:
    """Draw all items with native widgets; the marker at the end counts what was saved."""
    st.set_page_config(layout="wide")
    sheet = scoring.open_sheet(engine_for(settings().url), _actor(), int(sys.argv[2]))
    for section in sheet.edition.sections:
        st.subheader(section.title.zh)
        for item in section.items:
            label, result, comment = st.columns([3, 4, 3])
            label.write(item.title.zh)
            score = sheet.scores.get(item.id)
            result.segmented_control(
                item.id,
                [choice.id for choice in sheet.edition.results],
                key=f"result.{item.id}",
                label_visibility="collapsed",
                on_change=_save,
                args=(item.id, score.version if score else 0),
            )
            comment.text_input(item.id, key=f"comment.{item.id}", label_visibility="collapsed")
    st.caption(f"saved {st.session_state.get('saved', 0)}")


draw()
