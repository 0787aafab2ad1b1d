"""The day of the act: not that of a step of the procedure, of a piece of evidence or a signature."""

from __future__ import annotations

from datetime import date

import pytest

from tests.facts.papers import Sheet, facts, value

ACT = date(2025, 6, 10)


@pytest.mark.parametrize(
    "later",
    [
        "2025年6月30日，本机关向你送达了《告知书》，告知拟处罚的内容。",
        "2025年6月30日，我局依法告知你享有陈述申辩的权利。",
        "认定上述事实的证据有：1.2025年6月12日的询问笔录；2.照片2张。",
        "上述事实，有2025年6月11日制作的勘验笔录证实。",
        "本支队于2025年6月11日立案。2025年6月20日，本支队组织听证。",
        "2025年6月18日，本机关作出《责令改正通知书》。",
    ],
)
def test_what_follows_the_story_is_not_the_act(later):
    sheet = Sheet().text(
        "行政处罚决定书",
        "经查明，2025年6月10日9时05分许，在样例大道查获苏X样123号货车，未取得许可从事运输。",
        later,
        "违反了《某条例》第十条的规定。",
    )
    found = facts("行政处罚决定书", sheet)
    assert value(found, "act_on") == ACT
    assert value(found, "found_on") == ACT


def test_an_act_before_its_discovery_stays_the_act():
    sheet = Sheet().text(
        "行政处罚决定书",
        "经查明，2025年6月20日，执法人员检查时发现，你单位于2025年6月10日擅自占用公路堆放砂石。",
    )
    found = facts("行政处罚决定书", sheet)
    assert value(found, "act_on") == ACT
    assert value(found, "found_on") == date(2025, 6, 20)


@pytest.mark.parametrize(
    "signed",
    [
        "承办人：于样德、任样河 2025年6月25日",
        "（签字）于样德、任样河 2025年6月25日",
        "经办人员（签名）：于样德（证号12345） 2025年6月25日",
        "执法人员于样德、任样河 2025年6月25日",
    ],
)
def test_a_day_of_signing_is_no_day_of_the_act(signed):
    sheet = Sheet().form(
        ["案由", "样例运输有限公司未取得许可从事运输案"],
        [
            "拟处理意见",
            f"拟对当事人处以罚款捌仟元整（¥8,000.00），并责令立即改正违法行为。{signed}",
        ],
        ["承办机构意见", "同意。签名：阎样榕 2025年6月26日"],
    )
    assert value(facts("案件处理审批表", sheet), "act_on") is None


def test_officers_who_acted_on_a_day_are_no_signature():
    sheet = Sheet().text(
        "案件调查报告",
        "经查明，样例公司所属货车由执法人员于2025年6月10日在样例大道巡查时拦停，该车未取得许可从事运输。",
    )
    assert value(facts("案件调查报告", sheet), "act_on") == ACT
