"""The waiver ledger (免罚台账): waived and flagged cases, by cause, unit and month."""

import pandas as pd
import streamlit as st

from review.common.clock import today
from review.i18n import N_, _, chosen
from review.services.accounts import people
from review.services.waivers.waiver_ledger import LedgerGroup, waiver_ledger
from review.services.waivers.waivers import WaiverReviewCard
from review.ui.format import Term, number
from review.ui.page import Page, empty, heading, open_page
from review.ui.pages import go
from review.ui.widgets.tables import Column, table

STANDINGS = {
    "proved": Term(N_("Shown by the file"), "green"),
    "not_proved": Term(N_("Not shown"), "red"),
    "unknown": Term(N_("Unknown"), "orange"),
}


def rows_of(only: str | None, rows: tuple[WaiverReviewCard, ...]) -> list[WaiverReviewCard]:
    """The rows that the switch leaves."""
    if only == "waived":
        return [each for each in rows if each.is_waived]
    if only == "flagged":
        return [each for each in rows if each.is_flag]
    return list(rows)


def draw_rows(page: Page, rows: list[WaiverReviewCard]) -> None:
    """The ledger itself."""
    columns: tuple[Column[WaiverReviewCard], ...] = (
        Column(_("Case number"), lambda each: each.case_no, width=180),
        Column(_("Unit"), lambda each: each.unit_name, width=150),
        Column(_("Cause of action"), lambda each: each.cause, width=190),
        Column(_("Decided"), lambda each: each.decided_on, "day", 92),
        Column(_("List item"), lambda each: each.item_name, width=150),
        Column(_("First violation"), lambda each: each.first, "states", 106, STANDINGS),
        Column(_("Corrected"), lambda each: each.corrected, "states", 106, STANDINGS),
        Column(
            _("Verdict"),
            lambda each: chosen(each.verdict_words.zh, each.verdict_words.en),
            width=190,
        ),
    )
    opened = table(rows, columns, key=page.key("rows"), opens=_("Open"), longest=14).opened
    if opened:
        go("cases/case", case=opened.case_id)


def short(text: str) -> str:
    """A label for an axis."""
    return text if len(text) <= 18 else f"{text[:17]}…"


def draw_groups(page: Page, name: str, groups: tuple[LedgerGroup, ...]) -> None:
    """One grouping as chart and table."""
    left, right = st.columns([1, 1], gap="medium")
    with left:
        st.bar_chart(
            pd.DataFrame(
                {
                    name: [
                        each.key if len(each.key) < 18 else f"{each.key[:17]}…" for each in groups
                    ],
                    _("Waived"): [each.waived for each in groups],
                    _("To look at"): [each.flagged for each in groups],
                }
            ),
            x=name,
            y=[_("Waived"), _("To look at")],
            x_label="",
            y_label=_("Cases"),
            horizontal=True,
            stack=False,
            sort=False,
            height=max(180, 46 * len(groups) + 60),
        )
    columns: tuple[Column[LedgerGroup], ...] = (
        Column(name, lambda each: each.key, width=240),
        Column(_("Cases"), lambda each: each.cases, "number", 70),
        Column(_("Waived"), lambda each: each.waived, "number", 70),
        Column(_("To look at"), lambda each: each.flagged, "number", 80),
    )
    with right:
        table(groups, columns, key=page.key("groups", name), longest=12)


page = open_page("waivers/waiver_ledger")
heading(
    _("Waiver ledger"),
    caption=_("Cases that went unpunished, and cases in which the conditions ask for a look."),
)
units = {each.id: each.name for each in page.call(people.list_units, reviewed_only=True)}
with st.container(horizontal=True, vertical_alignment="bottom"):
    year = st.selectbox(
        _("Year"),
        list(range(today().year, today().year - 6, -1)),
        index=None,
        key=page.key("year"),
        placeholder=_("All years"),
        width=130,
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
    only = st.segmented_control(
        _("Which cases"),
        ["waived", "flagged"],
        format_func=lambda each: {"waived": _("Waived"), "flagged": _("To look at")}[each],
        key=page.key("only"),
    )
    st.link_button(
        _("Excel workbook"),
        f"/export/waivers-xlsx/{year or 0}",
        key=page.key("export"),
        icon=":material/download:",
    )
ledger = page.call(waiver_ledger, year=year, unit_id=unit_id)
if not ledger.rows:
    empty(
        _("No case is waived or flagged."),
        _("Cases appear here once they were imported and checked; change the filter above."),
        "receipt_long",
    )
else:
    for column, (label, value) in zip(
        st.columns(3),
        (
            (_("Cases"), len(ledger.rows)),
            (_("Waived"), ledger.waived),
            (_("To look at"), ledger.flagged),
        ),
        strict=True,
    ):
        column.metric(label, number(value), border=True)
    listed, by_unit, by_cause, by_month = st.tabs(
        [_("Ledger"), _("By unit"), _("By cause"), _("Over time")]
    )
    with listed:
        draw_rows(page, rows_of(only, ledger.rows))
    with by_unit:
        draw_groups(page, _("Unit"), ledger.by_unit)
    with by_cause:
        draw_groups(page, _("Cause of action"), ledger.by_cause)
    with by_month:
        draw_groups(page, _("Month"), ledger.by_month)
