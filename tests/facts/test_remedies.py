"""The terms of reconsideration and suit: each belongs to the remedy that its clause names."""

from __future__ import annotations

import pytest

from tests.facts.papers import Sheet, facts, value

BOTH = (60, 6, None)


@pytest.mark.parametrize(
    "text",
    [
        "当事人不服的,申请行政复议的期限为收到之日起60日,复议机关为样例县人民政府;提起行政诉讼的期限为收到之日起6个月。",
        "提起行政诉讼的期限为自送达之日起六个月；申请行政复议的期限为自送达之日起六十日。",
        "行政复议期限为自收到本决定书之日起六十日，行政诉讼期限为自收到本决定书之日起六个月。",
        "你可以向样例县人民政府申请行政复议（期限为60日），或者向样例县人民法院提起行政诉讼（期限为6个月）。",
        "行政复议：自收到之日起六十日内向样例县人民政府提出。行政诉讼：自收到之日起六个月内向样例县人民法院提出。",
        "申请复议的期限：六十日；起诉的期限：六个月。",
        "你可以在六个月内提起行政诉讼，也可以在六十日内申请行政复议。",
        "可以在六十日内申请行政复议；也可以在六个月内依法向样例县人民法院提起诉讼。",
        "向样例县人民法院提起行政诉讼的，期限为六个月；向样例县人民政府申请行政复议的，期限为六十日。",
    ],
)
def test_each_term_belongs_to_the_remedy_of_its_clause(text):
    found = facts("行政处罚决定书", Sheet().text("行政处罚决定书", text))
    assert (
        value(found, "reconsideration_days"),
        value(found, "litigation_months"),
        value(found, "litigation_days"),
    ) == BOTH


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "申请行政复议的期限为六十日，复议机关为样例县人民政府；也可以依法提起行政诉讼。",
            (60, None, None),
        ),
        (
            "申请行政复议的期限为九十日；提起行政诉讼的期限为三个月。",
            (90, 3, None),
        ),
        (
            "申请行政复议的期限为六十日；提起行政诉讼的期限为六十日。",
            (60, None, 60),
        ),
    ],
)
def test_a_term_that_is_missing_or_wrong_is_not_borrowed(text, expected):
    found = facts("行政处罚决定书", Sheet().text("行政处罚决定书", text))
    assert (
        value(found, "reconsideration_days"),
        value(found, "litigation_months"),
        value(found, "litigation_days"),
    ) == expected
