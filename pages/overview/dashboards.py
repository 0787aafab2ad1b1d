"""Dashboards: results by dimension, unit, item, cause, squad, officer and round."""

import pandas as pd
import streamlit as st

from review.i18n import N_, _, chosen
from review.services.accounts import people
from review.services.results import dashboards
from review.services.results.dashboards import By, CountedCase, Group, Scope
from review.services.rounds import rounds
from review.ui import state
from review.ui.format import number, plain
from review.ui.page import Page, empty, heading, open_page
from review.ui.pages import go
from review.ui.widgets.tables import Column, table

TITLES = {
    By.UNIT: N_("By unit"),
    By.DIMENSION: N_("By dimension"),
    By.ITEM: N_("By item"),
    By.CAUSE: N_("By cause"),
    By.SQUAD: N_("By squad"),
    By.OFFICER: N_("By officer"),
    By.ROUND: N_("Over the rounds"),
}
BARS = 20


def choose(page: Page) -> tuple[By, Scope]:
    """What is counted, and by what."""
    held = page.call(rounds.list_rounds)
    titles = {each.id: each.title for each in held}
    units = {each.id: each.name for each in page.call(people.list_units, reviewed_only=True)}
    wanted, by = state.address_id("round"), st.query_params.get("by", "")
    years = sorted({each.year for each in held}, reverse=True)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        year = st.selectbox(
            _("Year"),
            years,
            index=None,
            key=page.key("year"),
            placeholder=_("All years"),
            width=130,
        )
        round_id = st.selectbox(
            _("Round"),
            list(titles),
            index=list(titles).index(wanted) if wanted in titles else None,
            format_func=titles.__getitem__,
            key=page.key("round"),
            placeholder=_("All rounds"),
            width=330,
        )
        unit_id = st.selectbox(
            _("Unit"),
            list(units),
            index=None,
            format_func=units.__getitem__,
            key=page.key("unit"),
            placeholder=_("All units"),
            width=300,
        )
    chosen_by = st.segmented_control(
        _("Group"),
        list(TITLES),
        format_func=lambda each: _(TITLES[each]),
        default=By(by) if by in tuple(By) else By.UNIT,
        required=True,
        key=page.key("by"),
        label_visibility="collapsed",
    )
    return chosen_by or By.UNIT, Scope(year=year, round_id=round_id, unit_id=unit_id)


def draw_headline(page: Page, scope: Scope) -> int:
    """The figures on top; returns the number of cases."""
    head = page.call(dashboards.headline, scope)
    shown = (
        (_("Rounds"), number(head.rounds)),
        (_("Cases reviewed"), number(head.cases)),
        (_("Average score"), number(head.average)),
        (_("Vetoes"), number(head.vetoes)),
        (_("Findings"), number(head.problems)),
        (_("Closed off"), f"{head.closed} / {head.items}"),
        (_("Overdue"), number(head.overdue)),
    )
    for column, (label, value) in zip(st.columns(len(shown)), shown, strict=True):
        column.metric(label, value, border=True)
    return head.cases


def draw_aims(page: Page) -> None:
    """The plan's two aims over the rounds."""
    points = page.call(dashboards.aim_points)
    if len(points) < 2:
        return
    left, right = st.columns(2)
    for column, title, values in (
        (left, _("Whole-process recording kept (%)"), [each.recording for each in points]),
        (right, _("Procedural faults a case"), [each.procedural for each in points]),
    ):
        with column, st.container(border=True):
            st.markdown(f"**{title}**")
            st.line_chart(
                pd.DataFrame(
                    {
                        _("Round"): [each.title for each in points],
                        title: [None if each is None else float(each) for each in values],
                    }
                ),
                x=_("Round"),
                y=title,
                y_label="",
                x_label="",
                height=200,
            )
            st.caption(" → ".join(number(each) for each in values))


def value_of(by: By, group: Group) -> float:
    """What a bar shows: cases for items, kept share for dimensions, else the average score."""
    if by is By.ITEM:
        return float(group.cases)
    return float((group.share if by is By.DIMENSION else group.average) or 0)


def draw_groups(page: Page, by: By, found: list[Group]) -> Group | None:
    """The chart and the same figures as a table; returns the chosen row."""
    label = {
        By.ITEM: _("Cases with the fault"),
        By.DIMENSION: _("Points kept (%)"),
    }.get(by, _("Average score"))
    name = _("Group")
    left, right = st.columns([11, 10], gap="medium")
    with left, st.container(border=True):
        shown = found[:BARS]
        st.bar_chart(
            pd.DataFrame(
                {
                    name: [short(chosen(each.title.zh, each.title.en)) for each in shown],
                    label: [value_of(by, each) for each in shown],
                }
            ),
            x=name,
            y=label,
            x_label="",
            y_label=label,
            horizontal=True,
            sort=False,
            height=max(160, 30 * len(shown) + 60),
        )
        if len(found) > BARS:
            st.caption(_("The first {n} of {m}.", n=BARS, m=number(len(found))))
    columns: list[Column[Group]] = [
        Column(_(TITLES[by]), lambda each: chosen(each.title.zh, each.title.en), width=200),
        Column(_("Cases"), lambda each: each.cases, "number", 58),
    ]
    if by in (By.ITEM, By.DIMENSION):
        columns.append(
            Column(
                _("Share of the cases") if by is By.ITEM else _("Points kept (%)"),
                lambda each: each.share,
                "number",
                110,
            )
        )
    else:
        columns.append(Column(_("Average score"), lambda each: each.average, "number", 80))
        columns.append(Column(_("Vetoes"), lambda each: each.vetoes, "number", 60))
    columns.append(Column(_("Points lost"), lambda each: each.deducted, "number", 76))
    with right:
        selected = table(found, columns, key=page.key("groups", by), selects=True, longest=14).one
        st.caption(_("Select a row to see the cases that it counts."))
    return selected


def short(text: str) -> str:
    """A label for an axis."""
    return text if len(text) <= 18 else f"{text[:17]}…"


def draw_cases(page: Page, by: By, group_key: str, title: str, scope: Scope) -> None:
    """The cases behind a figure."""
    held = page.call(dashboards.cases_of, by, group_key, scope)
    st.subheader(_("Cases: {title}", title=plain(title)), anchor=False)
    columns: tuple[Column[CountedCase], ...] = (
        Column(_("Case number"), lambda each: each.case_no, width=190),
        Column(_("Unit"), lambda each: each.unit, width=180),
        Column(_("Round"), lambda each: each.round_title, width=190),
        Column(_("Score"), lambda each: each.score, "number", 60),
        Column(_("Grade"), lambda each: chosen(each.grade.zh, each.grade.en), width=80),
        Column(_("Deducted"), lambda each: each.deducted, "number", 76),
        *(
            (Column(_("Why"), lambda each: chosen(each.reason.zh, each.reason.en), width=260),)
            if by is By.ITEM
            else (Column(_("Cause of action"), lambda each: each.cause, width=220),)
        ),
    )
    opened = table(held, columns, key=page.key("counted"), opens=_("Open"), longest=12).opened
    if opened and opened.page_id is not None:
        go("cases/case", case=opened.case_id, page=opened.page_id)
    if opened:
        go("cases/case", case=opened.case_id)


page = open_page("overview/dashboards")
heading(_("Dashboards"), caption=_("Every figure opens the cases that it counts."))
by, scope = choose(page)
if not draw_headline(page, scope):
    empty(
        _("There are no results to count yet."),
        _("Compute the results of a round on the page Results."),
        "insights",
    )
else:
    found = page.call(dashboards.groups, by, scope)
    if by is By.ROUND:
        draw_aims(page)
    selected = draw_groups(page, by, found)
    asked = st.query_params.get("key", "")
    if selected:
        draw_cases(page, by, selected.key, chosen(selected.title.zh, selected.title.en), scope)
    elif asked and asked in {each.key for each in found}:
        title = next(each.title for each in found if each.key == asked)
        draw_cases(page, by, asked, chosen(title.zh, title.en), scope)
