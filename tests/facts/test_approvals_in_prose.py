"""Approvals of running text: the head's consent without a field of its own, and the day of it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.facts.papers import Sheet, case, facts, paper, value

CLOSED = date(2024, 5, 24)


@pytest.mark.parametrize(
    "words",
    [
        "罚款已缴清，建议结案。承办人：于样德  任样河   2024年5月22日|同意。负责人：孟样清  2024年5月24日",
        "本案已执行，提请结案。承办人：于样德、任样河 2024年5月22日 准予结案。负责人：孟样清 2024年5月24日",
        "同意结案归档。|局长（签字）：孟样清　二〇二四年五月二十四日",
        "承办人：于样德、任样河 2024年5月22日|批准结案。审批人：孟样清 2024.5.24",
        "可以结案。分管领导签名：孟样清 2024-05-24",
        "同意结案。孟样清 2024年5月24日",
        "经负责人批准，本案于2024年5月24日结案。",
        "2024年5月24日经局负责人批准予以结案。",
    ],
)
def test_a_closing_report_in_running_text(words):
    sheet = Sheet().text("结案报告", "立案日期：2024年4月1日", *words.split("|"))
    assert value(facts("结案报告", sheet), "closed_on") == CLOSED


@pytest.mark.parametrize(
    "words",
    [
        "罚款已缴清，建议结案。承办人：于样德 任样河 2024年5月24日",
        "罚款已缴清，建议于2024年5月24日结案。",
        "同意结案。承办机构负责人：阎样榕 2024年5月24日",
        "同意结案。负责人：      年  月  日",
    ],
)
def test_a_proposal_is_no_closing(words):
    sheet = Sheet().text("结案报告", "立案日期：2024年4月1日", words)
    assert value(facts("结案报告", sheet), "closed_on") is None


def test_the_units_consent_beside_its_label_is_not_the_heads():
    sheet = Sheet().text("结案报告", "承办机构意见：同意结案。阎样榕 2024年5月24日")
    assert value(facts("结案报告", sheet), "closed_on") is None


def test_a_filing_form_in_running_text_is_approved():
    sheet = Sheet().text(
        "立案审批表",
        "建议立案。承办人：于样德 2023年5月2日",
        "同意立案，请于样德、任样河依法查处。负责人：孟样清 2023年5月4日",
    )
    found = facts("立案登记表", sheet)
    assert value(found, "filed_on") == date(2023, 5, 4)
    assert value(found, "head_signature") == "孟样清"
    assert value(found, "handlers") == ("于样德", "任样河")


COVER = Sheet().text("行政执法案卷", "案由：样例案", "结案日期：2024年5月24日")


def test_the_cover_tells_the_closing_where_the_report_does_not():
    report = Sheet().text("结案报告", "罚款已缴清，建议结案。")
    merged = case(paper("卷宗封面", COVER), paper("结案报告", report)).merged
    assert merged["closed_on"].value == CLOSED


def test_the_cover_replaces_no_approval_that_was_left_blank():
    report = Sheet().form(
        ["负责人审批意见", "同意结案。|签名：孟样清     年  月  日"], ["备注", ""]
    )
    merged = case(paper("卷宗封面", COVER), paper("结案报告", report)).merged
    assert "closed_on" not in merged
