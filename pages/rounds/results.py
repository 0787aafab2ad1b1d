"""Results of a round: computed, checked, fed back to the units, published, taken away as papers."""

import streamlit as st

from review.i18n import _, chosen
from review.services import access
from review.services.results import results
from review.services.results.results import FeedbackView, Lint, ResultsView
from review.services.rounds import rounds
from review.ui import state
from review.ui.format import ROUND_STATES, badge, day, number
from review.ui.page import Page, empty, heading, open_page
from review.ui.pages import go
from review.ui.widgets.repeats import draw_repeats
from review.ui.widgets.result_tables import (
    draw_cases,
    draw_items,
    draw_problems,
    draw_units,
)
from review.ui.widgets.tables import Column, table
from review.ui.widgets.tabs import tabs

WITH_RESULTS = ("confirming", "objecting", "published", "rectifying", "closed")


def choose_round(page: Page) -> int | None:
    """The round that is looked at; the latest with results first."""
    held = [each for each in page.call(rounds.list_rounds) if str(each.state) in WITH_RESULTS]
    if not held:
        return None
    titles = {each.id: each.title for each in held}
    wanted = state.address_id("round")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        return st.selectbox(
            _("Round"),
            list(titles),
            index=list(titles).index(wanted) if wanted in titles else 0,
            format_func=titles.__getitem__,
            key=page.key("round"),
            width=420,
        )


def draw_head(page: Page, view: ResultsView) -> None:
    """Figures on top, and the papers of the round."""
    figures = view.figures
    shown = (
        (_("Drawn"), number(figures.drawn)),
        (_("Reviewed"), number(figures.reviewed)),
        (_("Average score"), number(figures.average)),
        (_("Vetoes"), number(figures.vetoes)),
        (_("Confirmed findings"), number(len(figures.problems))),
        (_("Objections / upheld"), f"{figures.objections} / {figures.upheld}"),
    )
    for column, (label, value) in zip(st.columns(len(shown)), shown, strict=True):
        column.metric(label, value, border=True)
    with st.container(horizontal=True):
        if access.may(page.actor, "result.manage"):
            steps(page, view)
        for kind, label in (
            ("circular-docx", _("Circular")),
            ("results-xlsx", _("Workbook of results")),
            ("circular-masked-docx", _("Masked circular")),
        ):
            st.link_button(
                label,
                f"/export/{kind}/{figures.round_id}",
                key=page.key("export", kind),
                icon=":material/download:",
            )
        st.link_button(
            _("Ledger of the year {year}", year=figures.year),
            f"/export/year-xlsx/{figures.year}",
            key=page.key("year"),
            icon=":material/download:",
        )


def steps(page: Page, view: ResultsView) -> None:
    """What the section does next."""
    round_id = view.figures.round_id
    if str(view.state) in ("confirming", "objecting") and st.button(
        _("Compute results"),
        key=page.key("compute"),
        type="secondary" if view.figures.reviewed else "primary",
        icon=":material/calculate:",
    ):
        page.save(_("Results are computed."), results.compute, round_id)
    if str(view.state) == "objecting" and st.button(
        _("Publish results"),
        key=page.key("publish"),
        type="primary",
        icon=":material/campaign:",
        disabled=not view.may_publish,
        help=None if view.may_publish else _("Settle what is listed below first."),
    ):
        page.save(
            _("The results are published."),
            results.publish,
            round_id,
            seen_version=page.seen("round", round_id, view.version),
        )


def draw_lint(page: Page, view: ResultsView) -> None:
    """What stands in the way of publishing."""
    if str(view.state) not in ("confirming", "objecting"):
        return
    st.subheader(_("Check before publishing"), anchor=False)
    if not view.lint:
        st.success(_("Nothing stands in the way."), icon=":material/check_circle:")
        return
    columns: tuple[Column[Lint], ...] = (
        Column(_("What is missing"), lambda each: chosen(each.zh, each.en), width=640),
        Column(_("Item"), lambda each: each.item_id, width=90),
        Column(
            _("Weight"),
            lambda each: _("stops publishing") if each.is_blocking else _("look at it"),
            width=130,
        ),
    )
    opened = table(view.lint, columns, key=page.key("lint"), opens=_("Open"), longest=8).opened
    if opened and opened.case_id:
        go("cases/case", case=opened.case_id)
    if opened:
        go("rounds/rounds", round=view.figures.round_id)


def draw_feedback(page: Page, view: ResultsView) -> None:
    """Which unit was told what, and until when it may object."""
    st.subheader(_("Feedback to the units"), anchor=False)
    columns: tuple[Column[FeedbackView], ...] = (
        Column(_("Unit"), lambda each: each.unit, width=300),
        Column(_("Cases"), lambda each: each.cases, "number", 70),
        Column(_("Sent"), lambda each: each.sent_on, "day", 100),
        Column(_("Objections until"), lambda each: each.until_on, "day", 110),
        Column(_("Objections raised"), lambda each: each.objections, "number", 90),
        Column(_("To decide"), lambda each: each.open_objections, "number", 90),
    )
    selected = table(view.feedback, columns, key=page.key("feedback"), selects=True, longest=8).one
    if selected is None:
        st.caption(_("Select a unit to send its draft result or to take its papers."))
        return
    with st.container(horizontal=True):
        if selected.is_sent:
            for kind, label in (
                ("feedback-docx", _("Feedback")),
                ("problems-docx", _("Problem list (Word)")),
                ("problems-xlsx", _("Problem list (Excel)")),
            ):
                st.link_button(
                    label,
                    f"/export/{kind}/{selected.id}",
                    key=page.key("export", kind, selected.unit_id),
                    icon=":material/download:",
                )
        elif access.may(page.actor, "result.manage") and st.button(
            _("Send the draft result"),
            key=page.key("send", selected.unit_id),
            type="primary",
            icon=":material/send:",
            disabled=str(view.state) != "objecting",
            help=None
            if str(view.state) == "objecting"
            else _("Move the round on to objections first."),
        ):
            page.save(
                _("Sent; the unit sees its draft result and may object."),
                results.send_feedback,
                view.figures.round_id,
                selected.unit_id,
            )


page = open_page("rounds/results")
heading(
    _("Results"),
    caption=_("Computed from what the panel settled, checked, fed back, published."),
)
round_id = choose_round(page)
if round_id is None:
    empty(
        _("No round has come to results yet."),
        _("Results are computed once the panel has settled what was disputed."),
        "leaderboard",
    )
else:
    view = page.call(results.results_view, round_id)
    with st.container(horizontal=True):
        st.markdown(badge(ROUND_STATES, view.state), width="content")
        if view.figures.is_published:
            st.caption(_("published {day}", day=day(view.figures.published_on)))
    page.seen("round", round_id, view.version)
    draw_head(page, view)
    draw_lint(page, view)
    tabs(
        {
            _("Cases"): lambda: draw_cases(page, view.figures),
            _("Units"): lambda: draw_units(page, view.figures),
            _("Lost points"): lambda: draw_items(page, view.figures),
            _("Problems"): lambda: draw_problems(page, view.figures),
            _("Repeated problems"): lambda: draw_repeats(page, round_id),
            _("Feedback"): lambda: draw_feedback(page, view),
        },
        key=page.key("tabs"),
    )
