"""Reading again by a newer reader: the offer, what would change, and the decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from review.i18n import _, ngettext
from review.services import access
from review.services.case_files.cases import CaseView
from review.services.reading import rereading
from review.services.reading.rereading import RereadingView
from review.ui.format import OUTCOMES, fact_label, fact_value, word
from review.ui.page import Page
from review.ui.widgets.tables import Column, table


def draw_rereading(page: Page, view: CaseView) -> None:
    """The comparison where one waits for a decision, else the offer where files are outdated."""
    if not access.may(page.actor, "import"):
        return
    waiting = page.call(rereading.pending, view.case.id)
    if waiting is not None:
        _decide(page, waiting)
        return
    outdated = page.call(rereading.outdated_cases, case_id=view.case.id)
    if not outdated:
        return
    offered = outdated[0]
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        count = ngettext(
            "{n} file was read by an older reader.",
            "{n} files were read by an older reader.",
            offered.files,
        )
        st.markdown(f":material/update: {count}", width="stretch")
        if offered.is_under_way:
            st.markdown(f":blue-badge[{_('Being read again')}]", width="content")
        elif st.button(_("Read again"), key=page.key("reread")):
            page.save(
                _("Reading again; the comparison appears here when it is done."),
                rereading.reread,
                view.case.id,
            )


def _decide(page: Page, waiting: RereadingView) -> None:
    found = waiting.comparison
    counts = (
        ngettext("{n} fact", "{n} facts", len(found["facts"])),
        ngettext("{n} paper", "{n} papers", len(found["papers"]["new"])),
        ngettext("{n} check", "{n} checks", len(found["checks"])),
    )
    with st.container(border=True):
        left, right = st.columns([3, 2], vertical_alignment="center")
        left.markdown(
            f":material/compare: **{_('Read again by a newer reader')}**  \n"
            f"{_('Would change:')} {_(', ').join(counts)}"
        )
        with right, st.container(horizontal=True, horizontal_alignment="right"):
            if st.button(_("Take over"), type="primary", key=page.key("reread_accept")):
                page.save(_("The new reading is in force."), rereading.accept, waiting.job_id)
            if st.button(_("Leave as it is"), key=page.key("reread_keep")):
                page.save(_("The old reading stays in force."), rereading.keep, waiting.job_id)
        _notes(found)
        _tables(page, found)


def _notes(found: dict[str, Any]) -> None:
    for each in found["files"]:
        if not each["is_taken"]:
            st.warning(
                _(
                    "{file}: {new} pages instead of {old}; its old reading stays.",
                    file=each["source"],
                    new=each["new_pages"],
                    old=each["old_pages"],
                ),
                icon=":material/error:",
            )
    division = found["division"]
    if any(division.values()):
        st.warning(
            _(
                "The papers were arranged by hand, and stay so. The new reader would divide "
                "{differs} papers otherwise; {gone} pages are gone, {new} are new.",
                **division,
            ),
            icon=":material/difference:",
        )


def _tables(page: Page, found: dict[str, Any]) -> None:
    if found["facts"]:
        table(found["facts"], _fact_columns(), key=page.key("reread_facts"), longest=8)
    if found["checks"]:
        table(
            found["checks"],
            (
                Column(_("Check"), lambda each: each["check_id"], width=110),
                Column(_("Before"), lambda each: word(OUTCOMES, each["old"]), width=120),
                Column(_("After"), lambda each: word(OUTCOMES, each["new"]), width=120),
            ),
            key=page.key("reread_checks"),
            longest=6,
        )
    old, new = found["papers"]["old"], found["papers"]["new"]
    if old or new:
        rows = [(paper, _("Before")) for paper in old] + [(paper, _("After")) for paper in new]
        table(
            rows,
            (
                Column(_("Reading"), lambda row: row[1], width=70),
                Column(_("Kind"), lambda row: row[0][0], width=140),
                Column(_("Title on the paper"), lambda row: row[0][1], width=160),
                Column(_("Pages"), lambda row: _span(row[0][2:]), width=70),
            ),
            key=page.key("reread_papers"),
            longest=6,
        )


def _span(pages: Sequence[int | None]) -> str:
    numbers = [str(each) for each in dict.fromkeys(pages) if each is not None]
    return "–".join(numbers)


def _fact_columns() -> tuple[Column[dict[str, Any]], ...]:
    return (
        Column(_("Paper"), lambda each: each["kind"] or _("whole file"), width=130),
        Column(_("Fact"), lambda each: fact_label(each["name"]), width=110),
        Column(_("Before"), lambda each: _values(each, "old"), width=150),
        Column(_("After"), lambda each: _values(each, "new"), width=150),
        Column(_("Page"), lambda each: each["new_page"] or each["old_page"], "number", 54),
    )


def _values(change: dict[str, Any], side: str) -> str:
    return _(", ").join(fact_value(change["name"], value) for value in change[side])
