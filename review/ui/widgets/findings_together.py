"""Several findings confirmed at once as they were proposed, and what was left with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from review.i18n import _, chosen, language, ngettext
from review.services.results import findings
from review.services.results.findings import FindingView
from review.ui import state
from review.ui.format import SEVERITIES
from review.ui.page import Page
from review.ui.widgets.tables import Column, table


@dataclass(frozen=True, slots=True)
class _Left:
    """A finding that was not confirmed, in words."""

    case_no: str
    text: str
    why: str


def table_key(page: Page) -> str:
    """The key of the list of findings.

    Another one after findings were confirmed together: what was ticked by its row would otherwise
    stay ticked, with other findings in these rows.
    """
    turn = int(state.get(page.key("turn"), 0) or 0)
    return page.key("findings", turn) if turn else page.key("findings")


def draw_together(page: Page, ticked: Sequence[FindingView]) -> None:
    """The ticked findings that wait, with their proposed wording, and the button for all."""
    waiting = [each for each in ticked if str(each.state) == "proposed"]
    with st.container(border=True):
        if not waiting:
            st.caption(_("None of the ticked findings waits for a decision."))
            return
        st.caption(
            _(
                "Each keeps its proposed wording, severity, measure and days. To change one or to "
                "dismiss it, tick it alone."
            )
        )
        table(
            waiting,
            (
                Column(_("Severity"), lambda each: each.severity, "states", 60, SEVERITIES),
                Column(_("Case number"), lambda each: each.case_no, width=165),
                Column(_("Wording for the unit"), lambda each: each.text.zh, width=320),
                Column(_("Measure"), lambda each: each.measure, width=280),
                Column(_("Days to rectify"), lambda each: each.due_days, "number", 70),
            ),
            key=page.key("together"),
            longest=8,
        )
        seen = {
            each.id: page.seen(f"together.{each.id}", each.id, each.version) for each in waiting
        }
        label = ngettext(
            "Confirm {n} finding as proposed", "Confirm {n} findings as proposed", len(waiting)
        )
        if st.button(
            label, type="primary", key=page.key("confirm_many"), icon=":material/done_all:"
        ):
            _confirm(page, waiting, seen)


def _confirm(page: Page, waiting: Sequence[FindingView], seen: dict[int, int]) -> None:
    done, result = page.attempt(findings.confirm_many, seen)
    if not done or result is None:
        return
    by_id = {each.id: each for each in waiting}
    left = [
        (
            by_id[each.finding_id].case_no,
            chosen(by_id[each.finding_id].text.zh, by_id[each.finding_id].text.en),
            f"{each.why.text(language())} {each.why.code}",
        )
        for each in result.left
    ]
    state.put(page.key("left"), left)
    state.put(page.key("turn"), int(state.get(page.key("turn"), 0) or 0) + 1)
    if result.confirmed:
        state.flash(
            ngettext("{n} finding confirmed.", "{n} findings confirmed.", len(result.confirmed))
        )
    st.rerun()


def draw_left(page: Page) -> None:
    """What the last confirmation of several left, until the person has read it."""
    left = [_Left(*each) for each in state.get(page.key("left"), [])]
    if not left:
        return
    with st.container(border=True):
        st.warning(
            ngettext(
                "{n} finding was not confirmed.", "{n} findings were not confirmed.", len(left)
            ),
            icon=":material/error:",
        )
        table(
            left,
            (
                Column(_("Case number"), lambda each: each.case_no, width=165),
                Column(_("Finding"), lambda each: each.text, width=320),
                Column(_("Why"), lambda each: each.why, width=420),
            ),
            key=page.key("left_rows"),
            longest=8,
        )
        st.button(
            _("Understood"),
            key=page.key("left_read"),
            icon=":material/check:",
            on_click=state.drop,
            args=(page.key("left"),),
        )
