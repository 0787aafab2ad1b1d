"""Agreement of the scorers of a round: a figure, its interval, and what it says and hides."""

from __future__ import annotations

import streamlit as st

from review.i18n import N_, _, chosen
from review.panels.intervals import Estimate
from review.services.panel.round_agreement import RoundAgreement, round_agreement
from review.ui.format import MISSING, plain
from review.ui.page import Page, empty
from review.ui.widgets.tables import Column, table

SAYS = {
    "percent": (
        N_("Percentage"),
        N_("Share of pairs of scorers who say the same."),
        N_("Misleads where nearly every item is met: chance alone then agrees often."),
    ),
    "ac1": (
        N_("Gwet's AC1"),
        N_("Agreement beyond chance; steady where most items are met."),
        N_("Treats partly met and not met as equally far from met."),
    ),
    "ac2": (
        N_("Gwet's AC2"),
        N_("The same, with part credit for neighbouring results."),
        N_(
            "Looks kind where scorers always take the middle result; "
            "leaves out what does not apply."
        ),
    ),
    "alpha": (
        N_("Krippendorff's alpha"),
        N_("Agreement beyond chance in the order of the results, gaps allowed."),
        N_("Falls to 0 or below where hardly any fault was found, however well all agree."),
    ),
}
"""Each measure: its name, what it says, and when it misleads."""


def words_of(value: float | None, *, as_percent: bool = False) -> str:
    """A figure with two decimals or as a percentage; a dash where it is not defined."""
    if value is None:
        return MISSING
    return f"{value:.0%}" if as_percent else f"{value:.2f}"


def _interval(estimate: Estimate, *, as_percent: bool) -> str:
    if estimate.low is None or estimate.high is None:
        return _("too few cases for an interval")
    low = words_of(estimate.low, as_percent=as_percent)
    high = words_of(estimate.high, as_percent=as_percent)
    return _("95 % of repetitions: {low} to {high}", low=low, high=high)


def draw_agreement(page: Page, round_id: int) -> None:
    """The figures of a round, what they mean, then items and scorers."""
    figures = page.call(round_agreement, round_id)
    if not figures.overall.pairs:
        empty(
            _("No item was scored by two people."),
            _("Agreement needs a round with two reviewers a case."),
            "compare_arrows",
        )
        return
    for column, (key, (name, says, misleads)) in zip(st.columns(4), SAYS.items(), strict=True):
        estimate: Estimate = getattr(figures.overall, key)
        as_percent = key == "percent"
        with column.container(border=True, height="stretch"):
            st.metric(_(name), words_of(estimate.value, as_percent=as_percent))
            st.caption(_interval(estimate, as_percent=as_percent))
            st.markdown(f"{_(says)}  \n:gray[{_(misleads)}]")
    st.caption(
        _(
            "{pairs} items of {cases} cases that two or more scored. Intervals by drawing whole "
            "cases anew a thousand times.",
            pairs=figures.overall.pairs,
            cases=figures.overall.cases,
        )
    )
    _scorers(page, figures)
    _items(page, figures)
    _for_those_who_ask(figures)


def _scorers(page: Page, figures: RoundAgreement) -> None:
    st.markdown(f"**{_('Scorers: severity and consistency')}**")
    table(
        figures.scorers,
        (
            Column(_("Scorer"), lambda each: each.name, width=120),
            Column(_("Cases"), lambda each: each.cases, "number", 70),
            Column(_("Items shared"), lambda each: each.items, "number", 90),
            Column(
                _("Agrees with others"),
                lambda each: words_of(each.percent, as_percent=True),
                "figure",
                130,
            ),
            Column(
                _("Severity (points a case)"),
                lambda each: MISSING if each.severity is None else f"{each.severity:+.2f}",
                "figure",
                150,
                help=_("How many points more than the others he takes off a case on average."),
            ),
            Column(
                _("Scatter (points)"),
                lambda each: words_of(each.scatter),
                "figure",
                120,
                help=_("How far that varies from case to case: a small scatter can be trained."),
            ),
        ),
        key=page.key("scorers"),
    )


def _items(page: Page, figures: RoundAgreement) -> None:
    st.markdown(f"**{_('Items, the least agreed first')}**")
    table(
        figures.items,
        (
            Column(_("Item"), lambda each: each.item_id, width=90),
            Column(_("Title"), lambda each: chosen(each.title.zh, each.title.en), width=380),
            Column(_("Cases"), lambda each: each.cases, "number", 70),
            Column(
                _("Percentage"), lambda each: words_of(each.percent, as_percent=True), "figure", 100
            ),
            Column("AC1", lambda each: words_of(each.ac1), "figure", 80),
            Column("α", lambda each: words_of(each.alpha), "figure", 80),
        ),
        key=page.key("items"),
        longest=12,
    )


def _for_those_who_ask(figures: RoundAgreement) -> None:
    rows = (
        (
            _("Weighted kappa"),
            figures.kappa,
            _("Mean over pairs of scorers. Low where one result dominates, even if all agree."),
        ),
        (
            _("ICC of the points taken off a case"),
            figures.icc,
            _("Only cases that every scorer scored; a dash where there are none."),
        ),
        (
            _("Kendall's W of the ranking of cases"),
            figures.kendall_w,
            _("Whether all rank the cases alike, not whether their scores agree."),
        ),
    )
    with st.expander(_("Weighted kappa, ICC and Kendall's W")):
        st.markdown(
            "\n".join(
                f"- {plain(name)} **{words_of(value)}**  \n  :gray[{plain(says)}]"
                for name, value, says in rows
            )
        )
