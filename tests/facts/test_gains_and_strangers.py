"""Takings that are totalled behind their verb, the basis that takes them, and companies of other cases."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.facts.papers import Sheet, facts, value


@pytest.mark.parametrize(
    ("answer", "yuan"),
    [
        ("我收了租金，每季200元，收了三个季度，一共600元。", 600),
        ("从五月开始挣了些钱，加起来600元。", 600),
        ("他按月付了我钱，共计600元。", 600),
        ("获利600元。", 600),
        ("租金收入一共600元。", 600),
        ("收到的钱总计大概600元。", 600),
        ("没有收到钱，说好一共600元。", None),
        ("收了定金，后来退给他了，一共600元。", None),
        ("我每月工资收入600元。", None),
        ("车上一共拉了6吨货。", None),
    ],
)
def test_a_total_behind_its_verb(answer, yuan):
    found = facts("询问笔录", Sheet().text("询问笔录", "问：收了多少？", f"答：{answer}"))
    expected = None if yuan is None else Decimal(yuan)
    assert value(found, "gains_admitted_yuan") == expected


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("依据第六十六条“出租证件的，处罚款；有违法所得的，没收违法所得”的规定处罚。", True),
        ("依据该条，有违法所得的，没收，处二千元罚款。", True),
        ("依据第六十六条“出租证件的，处二千元以上罚款”的规定处罚。", None),
        ("当事人没有违法所得。", None),
    ],
)
def test_a_basis_that_takes_the_gains(text, asked):
    found = facts("行政处罚决定书", Sheet().text("行政处罚决定书", text))
    assert value(found, "basis_confiscates") is asked


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("综上，样甲汽运有限公司的违法行为事实清楚，证据充分。", "样甲汽运有限公司"),
        ("样甲汽运有限公司违法事实清楚。", "样甲汽运有限公司"),
        ("认定样甲汽运有限公司的上述行为违反了该条规定。", "样甲汽运有限公司"),
        ("当事人样甲汽运有限公司违反了《某条例》。", "样甲汽运有限公司"),
        ("样甲汽运有限公司的行为已构成违法。", "样甲汽运有限公司"),
        ("样甲汽运有限公司涉嫌未按规定使用道路运输证案", "样甲汽运有限公司"),
        ("关于样甲汽运有限公司擅自从事货运经营一案的调查报告", "样甲汽运有限公司"),
        ("涉嫌未按规定使用道路运输证案", None),
        ("样甲汽运有限公司涉嫌其他违法行为，另案处理。", None),
        ("样甲汽运有限公司的违法行为成立，另案处理。", None),
        ("当事人辩称，样甲汽运有限公司的行为违反了合同。", None),
        ("样甲汽运有限公司举报，乙公司违法事实清楚。", None),
        ("车辆登记在样甲汽运有限公司名下。", None),
        ("货主样甲汽运有限公司的行为违反了该条规定。", None),
        ("由样甲检测有限公司出具称重单，事实清楚。", None),
        ("样甲保险有限公司已赔付。", None),
    ],
)
def test_the_company_whose_violation_a_paper_concludes_on(text, company):
    found = facts("案件调查报告", Sheet().text("案件调查报告", text))
    assert value(found, "conduct_of") == company
