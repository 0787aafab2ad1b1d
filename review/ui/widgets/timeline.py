"""The course of a case: what happened when, by when it had to, and what the law says of it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from review.i18n import _, chosen, ngettext
from review.services.case_files.timelines import Event
from review.ui.format import LIMIT_STATES, day, word
from review.ui.page import empty
from review.ui.widgets.law import provision


def draw_timeline(events: Sequence[Event]) -> None:
    """Events from top to bottom with date, limit and state; all data in the markup is escaped."""
    if not events:
        empty(
            _("No date has been read yet."),
            _("Dates appear here once the documents of this case were read."),
            "timeline",
        )
        return
    st.html(f'<ol class="cr-timeline">{"".join(_event(event) for event in events)}</ol>')


def _event(event: Event) -> str:
    state = escape(event.state or "none")
    notes = []
    if event.due_on is not None:
        notes.append(_("due by {day}", day=day(event.due_on)))
    if event.days_over > 0:
        notes.append(ngettext("{n} day late", "{n} days late", event.days_over))
    if event.limit is not None:
        notes.append(chosen(event.limit.zh, event.limit.en))
    law = provision(event.law) if event.law else ""
    if law and not event.confirmed:
        law += _(" (limit not confirmed by the bureau)")
    chip = (
        f'<b class="cr-chip cr-{state}">{escape(word(LIMIT_STATES, event.state))}</b>'
        if event.state
        else ""
    )
    return (
        f'<li class="cr-{state}"><time>{escape(day(event.on))}</time>'
        f"<div><strong>{escape(chosen(event.title.zh, event.title.en))}</strong>{chip}"
        f"<span>{escape(' · '.join(notes))}</span><small>{escape(law)}</small></div></li>"
    )
