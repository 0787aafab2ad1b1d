"""Filing forms, approval sheets, extensions: who approved what on which day."""

from __future__ import annotations

from datetime import date

import pytest

from tests.facts.papers import Sheet, facts, value

FILED = date(2023, 5, 4)


@pytest.mark.parametrize(
    "sheet",
    [
        Sheet().form(
            ["受案时间", "2023年5月1日"],
            ["经办机构负责人意见", "建议立案。|签名：阎样榕    二〇二三年五月二日"],
            [
                "负责人审批意见",
                "同意立案调查，指定于样德、任样河为办案人员。|签字：孟样清    二〇二三年五月四日",
            ],
        ),
        Sheet().form(
            ["受理时间", "2023.5.1"],
            ["承办机构意见", "建议立案。  李样长 2023.5.2"],
            ["局领导审批意见", "同意立案，由于样德、任样河承办。|签名：孟样清  2023年 5月 4日"],
        ),
        Sheet().text(
            "线索登记时间：2023年5月1日",
            "中队意见：建议立案。    李样长   2023年5月2日",
            "样例市交通运输局负责人意见：",
            "准予立案。承办人：于样德、任样河",
            "负责人签名：孟样清    2023年5月4日",
        ),
        Sheet().text(
            "线索登记时间：2023年5月1日",
            "大队意见：情况属实，报请批准。李样长  2023年5月2日",
            "局领导批示：准予立案。本案由于样德、任样河办理。孟样清　2023年5月4日",
        ),
        Sheet().form(
            ["受案日期", "2023-05-01"],
            ["办案机构负责人意见", "拟同意立案。 签名：阎样榕 2023-05-02"],
            [
                "机关负责人批准意见",
                "同意立案。请于样德、任样河两名同志负责办理。 孟样清 2023-05-04",
            ],
        ),
    ],
)
def test_the_heads_approval_is_the_filing(sheet):
    found = facts("立案登记表", sheet)
    assert value(found, "registered_on") == date(2023, 5, 1)
    assert value(found, "filed_on") == FILED
    assert value(found, "head_approved_on") == FILED
    assert value(found, "head_signature") == "孟样清"
    assert value(found, "unit_opinion_on") == date(2023, 5, 2)
    assert value(found, "head_opinion_blank") is None


@pytest.mark.parametrize(
    "opinion",
    [
        "同意立案调查，指定于样德、任样河为办案人员。",
        "同意立案，由于样德、任样河承办。",
        "准予立案。承办人：于样德、任样河",
        "同意立案，指派于样德、任样河两名执法人员负责调查。",
        "同意。办案人员为于样德、任样河",
        "同意，请于样德、任样河依法查处。",
        "同意立案，请于样德、任样河两名执法人员抓紧调查处理。",
        "准予立案，责成于样德、任样河按程序办理。",
        "同意立案，交于样德、任样河两位同志跟进。",
        "同意立案，由二中队执法人员于样德、任样河依法办理。",
        "可以立案，由于样德同志和任样河同志对该案进行调查。",
        "同意立案。于样德、任样河依法办理。",
        "同意立案，于样德、任样河，尽快把情况弄清。",
    ],
)
def test_handlers_named_by_the_head(opinion):
    sheet = Sheet().form(["负责人审批意见", f"{opinion}|签名：孟样清 2023年5月4日"])
    assert value(facts("立案登记表", sheet), "handlers") == ("于样德", "任样河")


@pytest.mark.parametrize(
    "opinion",
    [
        "同意立案，请严格依法调查处理。",
        "同意立案，请从速办理。",
        "同意，请严格、公正处理。",
        "同意立案，请孟科长安排办理。",
        "同意立案，请承办机构依法查处。",
    ],
)
def test_an_opinion_that_names_nobody_has_no_handlers(opinion):
    sheet = Sheet().form(["负责人审批意见", f"{opinion}|签名：孟样清 2023年5月4日"])
    assert value(facts("立案登记表", sheet), "handlers") is None


def test_one_handler_is_one_handler():
    sheet = Sheet().form(["负责人审批意见", "同意立案，由于样德承办。|签名：孟样清 2023年5月4日"])
    assert value(facts("立案登记表", sheet), "handlers") == ("于样德",)


@pytest.mark.parametrize("cell", ["", "签名：        年  月  日", "|负责人签名：|年   月   日"])
def test_a_blank_opinion_is_told(cell):
    sheet = Sheet().form(
        ["经办机构负责人意见", "同意。签名：阎样榕 2023年5月2日"],
        ["负责人审批意见", cell],
        ["备注", ""],
    )
    found = facts("立案登记表", sheet)
    assert value(found, "head_opinion_blank") is True
    assert value(found, "filed_on") is None
    assert value(found, "unit_opinion_on") == date(2023, 5, 2)


def test_an_opinion_without_a_date_has_no_day():
    sheet = Sheet().form(["负责人审批意见", "同意立案。|签名：孟样清     年  月  日"], ["备注", ""])
    found = facts("立案登记表", sheet)
    assert value(found, "head_opinion") == "同意立案"
    assert value(found, "head_date_blank") is True
    assert value(found, "filed_on") is None


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("延长办案期限三十日", 30),
        ("同意延期30日", 30),
        ("延长期限1个月", 30),
        ("同意延长办理期限十五日", 15),
    ],
)
def test_extensions(words, days):
    sheet = Sheet().form(
        ["申请事项", words], ["负责人审批意见", "同意。签名：孟样清 2024年5月30日"]
    )
    found = facts("办案期限延长审批表", sheet)
    assert value(found, "extension_days") == days
    assert value(found, "extension_approved_on") == date(2024, 5, 30)


def test_an_investigation_report_gives_the_proposal_and_its_day():
    sheet = Sheet().form(
        ["违法事实", "2023年5月1日8时10分许，周样大驾驶苏XF188样号货车经营，未取得许可。"],
        ["案件性质", "违反《某条例》第十条第一款的规定。"],
        ["处理意见", "依据《某条例》第六十三条，建议处以罚款人民币叁万元整。"],
        ["承办人意见", "建议按上述意见处理。|承办人：于样德、任样河   2023年5月10日"],
    )
    found = facts("案件调查报告", sheet)
    assert value(found, "act_on") == date(2023, 5, 1)
    assert value(found, "fine_proposed_yuan") == 30000
    assert value(found, "basis") == "《某条例》第六十三条"
    assert value(found, "dated_on") == date(2023, 5, 10)


@pytest.mark.parametrize(
    "sheet",
    [
        Sheet().form(
            ["经办机构意见", "建议立案，由于样德、任样河承办。|阎样榕　2023年5月2日"],
            ["负责人审批意见", "同意立案。|签名：孟样清　2023年5月4日"],
        ),
        Sheet().text(
            "承办人意见：涉嫌违法，拟请立案调查，由于样德、任样河办理。于样德、任样河　2023年5月2日",
            "机构负责人意见：请领导审批。  阎样榕  2023年5月3日",
            "大队领导审批意见：准予立案。  孟样清  2023年5月4日",
        ),
    ],
)
def test_the_heads_consent_names_those_whom_the_unit_proposes(sheet):
    found = facts("立案登记表", sheet)
    assert value(found, "filed_on") == FILED
    assert value(found, "handlers") == ("于样德", "任样河")


def test_a_field_without_a_cell_for_its_value_is_blank():
    sheet = Sheet().form(
        ["案由", "涉嫌超限", "来源", "检查发现"],
        ["经办机构意见", "建议立案。阎样榕　2023年5月2日"],
        ["负责人审批意见"],
    )
    found = facts("立案登记表", sheet)
    assert value(found, "head_opinion_blank") is True
    assert value(found, "filed_on") is None
