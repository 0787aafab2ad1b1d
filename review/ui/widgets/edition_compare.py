"""The findings of one case under two editions, side by side."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from review.i18n import _, chosen
from review.services.case_files import cases
from review.services.rules import edition_compare
from review.services.rules.edition_compare import ScoredEdition
from review.services.rules.editions import EditionCard
from review.ui.format import day, number, plain
from review.ui.page import Page, empty
from review.ui.widgets.tables import Column, table

MOST_CASES = 200
"""So many cases are offered, the latest closed; those with problems first."""


def draw_comparison(page: Page, cards: Sequence[EditionCard]) -> None:
    """Choose a case and two editions; totals above, what loses points below."""
    titles = {
        card.key: f"{chosen(card.title.zh, card.title.en)}（{day(card.in_force_on)}）"
        for card in cards
        if card.state != "draft"
    }
    choice, left, right = st.columns(3, vertical_alignment="bottom")
    found = page.call(cases.list_cases, limit=MOST_CASES).rows
    if not found:
        empty(
            _("There is no case to compare on."),
            _("Cases appear here once they stand in the ledger."),
            "folder_open",
        )
        return
    by_id = {case.id: case for case in sorted(found, key=lambda case: -case.failed)}
    case_id = choice.selectbox(
        _("Case"),
        list(by_id),
        format_func=lambda key: f"{by_id[key].case_no}　{by_id[key].cause}",
        key=page.key("compare_case"),
    )
    keys = list(titles)
    first = left.selectbox(
        _("First edition"), keys, format_func=titles.__getitem__, key=page.key("first")
    )
    second = right.selectbox(
        _("Second edition"),
        keys,
        index=min(1, len(keys) - 1),
        format_func=titles.__getitem__,
        key=page.key("second"),
    )
    case = by_id[int(case_id or next(iter(by_id)))]
    compared = page.call(edition_compare.score_under, case.id, keys=(str(first), str(second)))
    st.caption(
        plain(
            _(
                "{case}, {cause}: {n} problems found by machine. Items of which no check speaks "
                "count as met; this compares standards and is no score of the case.",
                case=compared.case_no,
                cause=case.cause,
                n=len(compared.findings),
            )
        )
    )
    if compared.left_out:
        checks = _(", ").join(compared.left_out)
        st.caption(plain(_("Left out because reviewers rejected them: {checks}", checks=checks)))
    for place, (column, each) in enumerate(
        zip(st.columns(2, gap="medium"), compared.editions, strict=True)
    ):
        with column:
            _edition(page, place, each)


def _edition(page: Page, place: int, scored: ScoredEdition) -> None:
    totals = scored.totals
    st.markdown(f"**{plain(chosen(scored.title.zh, scored.title.en))}**")
    score, grade, vetoes = st.columns(3)
    score.metric(_("Score"), f"{number(totals.score)} / {number(totals.scale)}", border=True)
    shown = totals.grade or totals.grade_without_veto
    grade.metric(_("Grade"), chosen(shown.zh, shown.en), border=True)
    vetoes.metric(_("Vetoes proposed"), len(totals.vetoes_proposed), border=True)
    if not scored.items:
        st.caption(_("Nothing loses points under this edition."))
        return
    table(
        scored.items,
        (
            Column(_("No."), lambda item: item.item_id, width=76),
            Column(_("Item"), lambda item: chosen(item.title.zh, item.title.en)),
            Column(_("Proposed"), lambda item: str(item.result), width=84),
            Column(_("Deducted"), lambda item: item.deduction, "number", 72),
            Column(_("Checks"), lambda item: item.check_ids, "list", 100),
        ),
        key=page.key("scored", place),
        longest=16,
    )
