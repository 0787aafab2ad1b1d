"""Results of the machine checks, by outcome, with evidence, law and the steps behind them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from review.i18n import _, chosen
from review.services.case_files.check_rows import CheckView
from review.ui.format import OUTCOMES, SEVERITIES, badge, plain, word
from review.ui.page import Page, empty
from review.ui.widgets.evidence import evidence_buttons
from review.ui.widgets.law import law_line
from review.ui.widgets.tables import Column, table

SEVERITY_ORDER = tuple(SEVERITIES)


def draw_checks(page: Page, checks: Sequence[CheckView]) -> None:
    """A filter by outcome; problems and what cannot be decided as cards, the rest as a table."""
    if not checks:
        empty(
            _("No machine check has run yet."),
            _("Checks run by themselves once files are imported."),
            "rule",
        )
        return
    groups = {
        outcome: [check for check in checks if str(check.outcome) == outcome]
        for outcome in OUTCOMES
    }
    outcome = st.segmented_control(
        _("Outcome"),
        list(groups),
        default=next((name for name, found in groups.items() if found), "fail"),
        required=True,
        format_func=lambda name: f"{word(OUTCOMES, name)} {len(groups[name])}",
        key=page.key("outcome"),
        label_visibility="collapsed",
    )
    found = sorted(
        groups[outcome or "fail"],
        key=lambda check: (SEVERITY_ORDER.index(str(check.severity)), check.check_id),
    )
    if not found:
        empty(_("Nothing here."), _("Choose another outcome above."), "done_all")
    elif outcome in ("fail", "unknown"):
        for check in found:
            draw_check(page, check)
    else:
        selected = table(
            found,
            (
                Column(_("Check"), lambda check: check.check_id, width="small"),
                Column(_("What is checked"), lambda check: chosen(check.title.zh, check.title.en)),
                Column(_("Result"), lambda check: chosen(check.message.zh, check.message.en)),
            ),
            key=page.key("checks", outcome),
            selects=True,
            longest=18,
        ).one
        if selected:
            draw_check(page, selected)


def draw_check(page: Page, check: CheckView) -> None:
    """One result: what, how grave, why, where, under which law."""
    with st.container(border=True, gap="xsmall", key=f"check_{check.check_id}"):
        grave = badge(SEVERITIES, check.severity) if str(check.outcome) == "fail" else ""
        title = plain(chosen(check.title.zh, check.title.en))
        st.markdown(f"{grave} **{title}** :gray[{check.check_id}]")
        st.markdown(plain(chosen(check.message.zh, check.message.en)))
        evidence_buttons(page, check.check_id, check.evidence)
        law_line(check.law)
        if check.trace:
            with st.expander(_("How this was decided"), type="compact"):
                for number, step in enumerate(check.trace, 1):
                    st.markdown(f"{number}\\. {plain(chosen(step.zh, step.en))}")
