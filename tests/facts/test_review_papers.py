"""Legal review, collective discussion, defence, hearing."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.facts.papers import Sheet, facts, value


@pytest.mark.parametrize(
    "sheet",
    [
        Sheet().form(
            ["送审时间", "2024年4月2日"],
            ["审核意见", "经审核，程序合法，同意。|审核人：吴样法   二〇二四年四月三日"],
            ["审核人资格", "已取得法律职业资格"],
        ),
        Sheet().form(
            ["法制审核意见", "经审核，事实清楚，同意处罚意见。|审核人员：吴样法|2024年4月3日"],
            ["机关负责人意见", "同意。郑样平 2024年4月4日"],
        ),
        Sheet().text(
            "送审时间：2024年4月2日",
            "审核意见：",
            "审核意见如下：（一）主体合法；同意承办机构的处理意见。",
            "审核人：吴样法    2024年04月03日",
            "审核人资格：已取得国家统一法律职业资格",
        ),
        Sheet().form(["审核结论", "同意"], ["审核人", "吴样法"], ["审核日期", "2024-04-03"]),
    ],
)
def test_the_day_and_the_person_of_a_legal_review(sheet):
    found = facts("法制审核意见书", sheet)
    assert value(found, "legal_review_on") == date(2024, 4, 3)
    assert value(found, "reviewer") == "吴样法"


def test_a_bare_consent_is_an_opinion():
    sheet = Sheet().form(["法制审核意见", "同意。审核人：吴样法 审核日期：2024年4月3日"])
    assert str(value(facts("法制审核意见书", sheet), "review_conclusion")).startswith("同意")


def test_an_opinion_of_the_review_told_in_a_letter():
    sheet = Sheet().text(
        "法制审核意见书",
        "执法支队：你单位报送的案件收悉，经审核：",
        "一、管辖没有问题；二、程序合法。同意所提意见。",
        "审核人员：吴样法",
        "2024年4月3日",
    )
    found = facts("法制审核意见书", sheet)
    assert str(value(found, "review_conclusion")).endswith("同意所提意见。")
    assert value(found, "legal_review_on") == date(2024, 4, 3)


@pytest.mark.parametrize(
    "sheet",
    [
        Sheet().form(
            ["讨论时间", "2024年4月10日15时00分至|15时40分", "讨论地点", "会议室"],
            ["主持人", "郑样平", "记录人", "徐样亮"],
            ["出席人员", "郑样平、范样风、汪样杰"],
            ["结论", "集体研究决定：处以罚款人民币肆万元整。"],
        ),
        Sheet().text(
            "讨论时间：2024年4月10日15时00分至15时40分",
            "主持人：郑样平（局长）",
            "参加人员：郑样平、范样风、汪样杰",
            "结论性意见：一致同意罚款40000元。",
            "参加人员签名：郑样平 范样风 汪样杰",
        ),
    ],
)
def test_a_collective_discussion(sheet):
    found = facts("重大案件集体讨论记录", sheet)
    assert value(found, "discussion_on") == date(2024, 4, 10)
    assert value(found, "host") == "郑样平"
    assert value(found, "discussants") == ("郑样平", "范样风", "汪样杰")
    assert value(found, "fine_proposed_yuan") == 40000
    assert "签名" not in str(value(found, "review_conclusion"))


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("我单位认为罚款过重，请求减轻处罚。", True),
        ("现申辩如下：车辆系借用，没有异议的部分是事实。", True),
        ("我没有什么要陈述申辩的。", False),
        ("对处罚无异议。", False),
        ("我方对事实没有意见，但是经营困难，请求从轻处罚。", True),
    ],
)
def test_a_paper_of_defence(text, made):
    found = facts("陈述申辩书", Sheet().text("陈述申辩书", text, "申辩人：张样例", "2024年5月13日"))
    assert value(found, "defence_made") is made
    assert value(found, "dated_on") == date(2024, 5, 13)
    assert value(found, "mitigation_stated") is None


@pytest.mark.parametrize(
    "text",
    [
        "我（公司）收到违法行为通知书后，明确表示放弃陈述、申辩权以及听证权，自愿接受处罚。",
        "本人自愿放弃陈述申辩的权利。",
        "我单位不需要进行陈述、申辩，自愿接受处罚。",
    ],
)
def test_a_clear_waiver(text):
    found = facts(
        "放弃陈述申辩声明",
        Sheet().text("声明", "样例市交通运输局：", text, "声明人：张样例   2024年5月13日"),
    )
    assert value(found, "defence_waived") is True
    assert value(found, "defence_made") is False


@pytest.mark.parametrize(
    "text", ["逾期未提出的，视为放弃该权利。", "你是否放弃陈述申辩？", "如放弃陈述申辩，请注明。"]
)
def test_a_warning_or_a_question_is_no_waiver(text):
    assert value(facts("询问笔录", Sheet().text("询问笔录", text)), "defence_waived") is None


def test_a_waiver_in_an_interview():
    assert (
        value(
            facts("询问笔录", Sheet().text("询问笔录", "答：我放弃陈述、申辩。")), "defence_waived"
        )
        is True
    )


def test_a_hearing():
    notice = facts(
        "听证通知书",
        Sheet().text(
            "听证通知书",
            "张样例：",
            "根据你的申请，定于2024年5月20日9时30分公开举行听证会。",
            "样例市交通运输局",
            "2024年5月8日",
        ),
    )
    assert value(notice, "hearing_notified_on") == date(2024, 5, 8)
    assert value(notice, "hearing_set_on") == date(2024, 5, 20)
    record = facts(
        "听证笔录",
        Sheet().form(
            ["听证时间", "2024年5月20日9时30分至11时10分"],
            ["听证主持人", "郑样平", "书记员", "李样小"],
        ),
    )
    assert value(record, "hearing_on") == date(2024, 5, 20)
    assert value(record, "ended_at") == datetime.fromisoformat("2024-05-20 11:10")
    assert value(record, "host") == "郑样平"
    assert value(record, "hearing_requested") is True


def test_a_name_that_the_end_of_the_line_cuts_is_one():
    sheet = Sheet().text("审核意见：事实清楚，程序合法。审核人：费样|澜", "2023年5月16日")
    assert value(facts("法制审核意见书", sheet), "reviewer") == "费样澜"


def test_the_day_of_a_signature_is_not_that_of_the_act():
    sheet = Sheet().text(
        "承办人意见：当事人收到告知书后没有陈述申辩，建议按告知内容处罚。费样澜、古样年　2023年5月30日",
        "领导审批：同意处罚。司样青　2023年6月1日",
    )
    assert value(facts("案件处理审批表", sheet), "act_on") is None


@pytest.mark.parametrize(
    "lines",
    [
        "送审单位：样例大队   送审时间：2025年6月3日|经审核，同意该意见。|审核人：葛样丰（已取得法律职业资格）  2025.6.6",
        "提请审核日期：2025年6月3日|审核意见：同意。审核人：葛样丰 2025年6月6日",
        "样例大队于2025年6月3日报送本股审核。|审核意见：事实清楚，程序合法。葛样丰 2025年6月6日",
        "审核意见：同意拟处理意见。葛样丰 2025年6月6日（收到材料日期：2025年6月3日）",
        "收件时间：2025年6月3日|审核完成日期：2025年6月6日|经审核：程序合法，同意。",
        "受理日期：2025-06-03|经审核，同意处罚。|审核人员：葛样丰（2019年3月1日取得法律职业资格） 2025-06-06",
    ],
)
def test_the_review_is_of_the_reviewers_day_not_of_the_submission(lines):
    sheet = Sheet().text("重大执法决定法制审核意见", *lines.split("|"))
    found = facts("法制审核意见书", sheet, "重大执法决定法制审核意见")
    assert value(found, "legal_review_on") == date(2025, 6, 6)


def test_a_day_of_submission_alone_is_no_day_of_review():
    sheet = Sheet().text(
        "法制审核意见书", "送审单位：样例大队   送审时间：2025年6月3日", "经审核，同意该意见。"
    )
    assert value(facts("法制审核意见书", sheet), "legal_review_on") is None


@pytest.mark.parametrize(
    ("lines", "points"),
    [
        (
            ("审核意见：1.执法主体适格；2.违法事实清楚；3.证据充分；4.程序正当。审核结论：同意。",),
            4,
        ),
        (("审核意见：程序合法，裁量适当。审核结论：同意。",), 2),
        (("审核意见：主体合法；是否超越权限：否；裁量适当。审核结论：同意。",), 3),
        (("承办机构意见：主体合法，事实清楚，程序合法。", "审核结论：同意。"), None),
        (("主体是否合法、事实是否清楚、程序是否正当", "审核结论：同意。"), None),
        (("审核结论：同意。",), None),
    ],
)
def test_the_findings_before_the_conclusion_of_a_review(lines, points):
    sheet = Sheet().text("法制审核意见书", *lines)
    assert value(facts("法制审核意见书", sheet), "review_findings") == points
