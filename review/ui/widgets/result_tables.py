"""Tables and charts of a round's results; every row opens what it counts."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from review.findings.results import (
    CaseFigure,
    ItemFigure,
    ProblemLine,
    RoundFigures,
    UnitFigure,
)
from review.i18n import _, chosen
from review.services import access
from review.services.results import model_cases
from review.ui.format import ITEM_STATES, SEVERITIES, number, plain
from review.ui.page import Page, empty
from review.ui.pages import go
from review.ui.widgets.tables import Column, table


def draw_cases(page: Page, figures: RoundFigures) -> None:
    """Every case with its score, ranked."""
    if not figures.cases:
        empty(
            _("No case has a result yet."),
            _("Compute the results above once all disputes are settled."),
            "leaderboard",
        )
        return
    columns: tuple[Column[CaseFigure], ...] = (
        Column(_("Rank"), lambda each: each.rank, "number", 50),
        Column(_("Case number"), lambda each: each.case_no, width=190),
        Column(_("Unit"), lambda each: each.unit, width=190),
        Column(_("Cause of action"), lambda each: each.cause, width=210),
        Column(_("Score"), lambda each: each.score, "number", 60),
        Column(_("Grade"), lambda each: chosen(each.grade_zh, each.grade_en), width=80),
        Column(_("Deducted"), lambda each: each.deducted, "number", 76),
        Column(_("Confirmed findings"), lambda each: each.problems, "number", 76),
        Column(_("Model case"), _model_word, width=90),
    )
    selected = table(figures.cases, columns, key=page.key("cases"), selects=True, longest=12).one
    if selected is None:
        st.caption(_("Select a case to open it or to take its opinion."))
        return
    with st.container(horizontal=True):
        if st.button(_("Open the case"), key=page.key("open_case"), icon=":material/folder_open:"):
            go("cases/case", case=selected.case_id)
        for kind, label in (
            ("opinion-docx", _("Review opinion")),
            ("opinion-masked-docx", _("Masked opinion")),
        ):
            st.link_button(
                label,
                f"/export/{kind}/{selected.result_id}",
                key=page.key("opinion", kind, selected.result_id),
                icon=":material/download:",
            )
    if access.may(page.actor, "result.manage") and (selected.may_be_model or selected.is_model):
        _decide_model(page, selected)


def _model_word(case: CaseFigure) -> str:
    if case.is_model:
        return _("Yes")
    return _("proposed") if case.may_be_model else ""


def _decide_model(page: Page, case: CaseFigure) -> None:
    """A proposed model case is decided by a person, with a reason."""
    seen = page.seen("result", case.result_id, case.version)
    with st.form(page.key("model", case.result_id), border=True):
        st.markdown(
            _("This file is a model case.")
            if case.is_model
            else _("Its score and findings propose this file as a model case.")
        )
        reason = st.text_input(_("Reason"), key=page.key("model_reason", case.result_id))
        label = _("No longer a model case") if case.is_model else _("Make it a model case")
        if st.form_submit_button(label, key=page.key("model_save", case.result_id)):
            page.save(
                _("Saved."),
                model_cases.decide_model,
                case.result_id,
                is_model=not case.is_model,
                reason=reason,
                seen_version=seen,
            )


def draw_units(page: Page, figures: RoundFigures) -> None:
    """Units by their average, and how the grades are spread."""
    columns: tuple[Column[UnitFigure], ...] = (
        Column(_("Rank"), lambda each: each.rank if each.reviewed else None, "number", 50),
        Column(_("Unit"), lambda each: each.unit, width=270),
        Column(_("Reviewed"), lambda each: each.reviewed, "number", 70),
        Column(_("Average score"), lambda each: each.average, "number", 90),
        Column(_("Best"), lambda each: each.best, "number", 60),
        Column(_("Lowest"), lambda each: each.lowest, "number", 66),
        Column(_("Vetoes"), lambda each: each.vetoes, "number", 64),
        Column(_("Confirmed findings"), lambda each: each.problems, "number", 76),
        Column(_("Closed off"), lambda each: each.closed_share or 0, "share", 110),
    )
    table(figures.units, columns, key=page.key("units"), longest=10)
    if figures.reviewed:
        _draw_grades(figures)


def _draw_grades(figures: RoundFigures) -> None:
    """Grades as a chart, with the same counts in words."""
    names = [chosen(each.zh, each.en) for each in figures.grades]
    st.bar_chart(
        pd.DataFrame({_("Grade"): names, _("Cases"): [each.count for each in figures.grades]}),
        x=_("Grade"),
        y=_("Cases"),
        x_label="",
        y_label=_("Cases"),
        horizontal=True,
        sort=False,
        height=200,
    )
    counts = zip(names, figures.grades, strict=True)
    st.caption(
        plain(_(", ").join(f"{name} {number(each.count)}" for name, each in counts if each.count))
    )


def draw_items(page: Page, figures: RoundFigures) -> None:
    """Items by how many cases lost points on them."""
    if not figures.items:
        empty(_("No item lost points."), _("There is nothing to look at here."), "done_all")
        return
    columns: tuple[Column[ItemFigure], ...] = (
        Column(_("Item"), lambda each: each.item_id, width=80),
        Column(_("Title"), lambda each: chosen(each.title_zh, each.title_en), width=360),
        Column(_("Cases"), lambda each: each.cases, "number", 70),
        Column(_("Share of the cases"), lambda each: each.share, "share", 130),
        Column(_("Points lost"), lambda each: each.deducted, "number", 90),
        Column(_("Common problem"), lambda each: _("Yes") if each.is_common else "", width=120),
    )
    opened = table(
        figures.items, columns, key=page.key("items"), opens=_("Open"), longest=14
    ).opened
    if opened:
        go("overview/dashboards", by="item", key=opened.item_id, round=figures.round_id)


def draw_problems(page: Page, figures: RoundFigures) -> None:
    """Confirmed findings with where they stand in rectification."""
    if not figures.problems:
        empty(
            _("No finding is confirmed."),
            _("Confirm or dismiss findings on the page Findings."),
            "rule",
        )
        return
    columns: tuple[Column[ProblemLine], ...] = (
        Column(_("Severity"), lambda each: each.severity, "states", 66, SEVERITIES),
        Column(_("Case number"), lambda each: each.case_no, width=180),
        Column(_("Unit"), lambda each: each.unit, width=160),
        Column(_("Finding"), lambda each: chosen(each.text_zh, each.text_en), width=330),
        Column(_("Place"), lambda each: each.places, width=80),
        Column(_("Deadline"), lambda each: each.due_on, "day", 92),
        Column(_("State"), lambda each: each.item_state or None, "states", 96, ITEM_STATES),
    )
    opened = table(
        figures.problems, columns, key=page.key("problems"), opens=_("Open"), longest=12
    ).opened
    if opened:
        go("cases/case", case=opened.case_id)
