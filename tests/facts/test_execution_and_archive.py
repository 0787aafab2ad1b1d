"""Payment, publication, reports, closing, the index and the cover."""

from __future__ import annotations

from datetime import date

import pytest

from review.facts.model import IndexEntry
from tests.facts.papers import Sheet, facts, value


@pytest.mark.parametrize(
    "sheet",
    [
        Sheet().text(
            "江苏省政府非税收入电子票据（样例）|票据号码 7709699874|交款人 样例运输有限公司|开票日期 2024-05-20|金额合计（大写）肆仟伍佰元整 （小写）4500.00|收款单位 样例局"
        ),
        Sheet().text(
            "票据号码7709699874|交款人样例运输有限公司|开票日期2024-05-20|金额合计（大写）肆仟伍佰元整（小写）4500.00"
        ),
        Sheet().form(
            ["票据号码", "7709699874"],
            ["缴款单位", "样例运输有限公司"],
            ["缴款日期", "2024年5月20日"],
            ["金额（大写）", "人民币肆仟伍佰元整"],
            ["金额（小写）", "￥4,500.00"],
        ),
        Sheet().text(
            "银行电子回单",
            "流水号：7709699874",
            "付款人户名：样例运输有限公司",
            "交易日期：2024-05-20",
            "金额小写：4,500.00  金额大写：肆仟伍佰元整",
            "用途：罚款 样交罚〔2024〕12号",
            "打印日期：2024-05-22",
        ),
    ],
)
def test_a_receipt(sheet):
    found = facts("罚款票据", sheet)
    assert value(found, "paid_on") == date(2024, 5, 20)
    assert value(found, "amount_yuan") == 4500
    assert [fact.value for fact in found.all("fine_digits_yuan")] == [4500]
    assert value(found, "fine_words_yuan") == 4500
    assert value(found, "receipt_no") == "7709699874"
    assert value(found, "payer") == "样例运输有限公司"


@pytest.mark.parametrize(
    "sheet",
    [
        Sheet().text(
            "决定书文号 样交罚〔2024〕12号|当事人 样例运输有限公司|决定日期 2024-05-10|公示日期 2024-05-16|处罚机关 样例市交通运输局"
        ),
        Sheet().text(
            "行政处罚信息公示",
            "行政相对人名称：样例运输有限公司",
            "处罚决定书文号：样交罚〔2024〕12号",
            "处罚决定日期：2024/05/10",
            "发布时间：2024/05/16",
        ),
        Sheet().form(
            ["行政处罚决定书文号", "样交罚〔2024〕12号"],
            ["当事人名称", "样例运输有限公司"],
            ["作出处罚决定日期", "2024年5月10日"],
            ["公开日期", "2024年5月16日"],
        ),
        Sheet().form(
            ["处罚决定书文号", "样交罚〔2024〕12号"],
            ["行政相对人名称", "样例运输有限公司"],
            ["处罚决定日期", "2024.5.10"],
            ["上网公示日期", "2024.5.16"],
        ),
    ],
)
def test_a_publication(sheet):
    found = facts("公示截图", sheet)
    assert value(found, "published_on") == date(2024, 5, 16)
    assert value(found, "decided_on_quoted") == date(2024, 5, 10)
    assert value(found, "decision_no") == "样交罚〔2024〕12号"
    assert value(found, "party_name") == "样例运输有限公司"


@pytest.mark.parametrize(
    "opinion",
    [
        "同意结案。|签名：郑样平   2024年5月24日",
        "同意结案。 郑样平 2024年5月24日",
        "准予结案|负责人（签字）：郑样平|2024年5月24日",
    ],
)
def test_a_closing_report(opinion):
    sheet = Sheet().form(
        ["案由", "样例运输有限公司涉嫌超限运输案"],
        ["立案日期", "2024年4月1日", "决定日期", "2024年5月10日"],
        ["执行情况", "当事人已于2024年5月20日缴纳罚款4500元，已履行完毕。"],
        ["承办机构意见", "建议结案。李样四 2024年5月22日"],
        ["负责人审批意见", opinion],
    )
    found = facts("结案报告", sheet)
    assert value(found, "closed_on") == date(2024, 5, 24)
    assert value(found, "head_signature") == "郑样平"
    assert value(found, "paid_on_quoted") == date(2024, 5, 20)
    assert value(found, "filed_on_quoted") == date(2024, 4, 1)
    assert value(found, "decided_on_quoted") == date(2024, 5, 10)
    assert value(found, "cause") == "超限运输"


def test_an_unpaid_fine_has_no_day_of_payment():
    found = facts("结案报告", Sheet().form(["执行情况", "截至2024年5月20日当事人尚未缴纳罚款。"]))
    assert value(found, "paid_on_quoted") is None


@pytest.mark.parametrize(
    "sheet",
    [
        Sheet().form(
            ["决定书编号", "0032145"], ["处罚日期", "2023年3月2日"], ["备案日期", "2023年3月6日"]
        ),
        Sheet().text("决定书文号：0032145", "处罚时间：2023年3月2日", "登记备案日期：2023年3月6日"),
        Sheet().form(
            ["决定书编号", "0032145"],
            ["处罚日期", "2023年3月2日"],
            ["负责人意见", "准予备案。签名：郑样平 2023年3月6日"],
        ),
    ],
)
def test_the_record_of_an_on_the_spot_decision(sheet):
    found = facts("当场处罚备案表", sheet)
    assert value(found, "reported_on") == date(2023, 3, 6)
    assert value(found, "decided_on_quoted") == date(2023, 3, 2)


ROWS = (
    IndexEntry("立案登记表", 1, 2, date(2024, 3, 1)),
    IndexEntry("行政处罚决定书", 3, None, date(2024, 4, 1)),
)


@pytest.mark.parametrize(
    "sheet",
    [
        Sheet().form(
            ["序号", "文件题名", "文号", "日期", "页码"],
            ["1", "立案登记表", "", "2024.3.1", "1-2"],
            ["2", "行政处罚决定书", "样交罚〔2024〕3号", "2024年4月1日", "3"],
        ),
        Sheet().form(
            ["序号", "材料名称", "日期", "页号", "备注"],
            ["1", "立案登记表", "2024年3月1|日", "1-2", ""],
            ["2", "行政处罚决定书", "2024年4月|1日", "3", ""],
        ),
        Sheet().text(
            "卷内目录", "1 立案登记表 2024年3月1日 1-2", "2 行政处罚决定书 2024年4月1日 3"
        ),
    ],
)
def test_the_file_index(sheet):
    found = facts("卷内目录", sheet)
    assert value(found, "index_entries") == ROWS
    assert value(found, "case_no") is None


def test_the_cover_and_the_remarks():
    cover = facts(
        "卷宗封面",
        Sheet().text(
            "案号     样交罚〔2024〕3号", "立案日期   2024年3月1日", "归档日期   2024年5月30日"
        ),
    )
    assert value(cover, "case_no") == "样交罚〔2024〕3号"
    assert value(cover, "archived_on") == date(2024, 5, 30)
    remarks = facts(
        "备考表", Sheet().text("备考表", "卷内文件29页。", "立卷人：于样德   二〇二四年五月三十日")
    )
    assert value(remarks, "archived_on") == date(2024, 5, 30)


def test_a_withdrawal_told_in_a_sentence():
    sheet = Sheet().text(
        "公示信息撤回记录",
        "样交罚〔2024〕12号行政处罚决定于2024年9月27日被撤销，原公示信息于2024年10月15日从公示平台撤回。",
    )
    assert value(facts("公示撤回记录", sheet), "withdrawn_on") == date(2024, 10, 15)


def test_the_time_of_an_execution():
    sheet = Sheet().text(
        "强制执行记录", "执行时间：2024年9月5日23时10分至2024年9月5日23时55分", "执行地点：样例路"
    )
    started = value(facts("强制执行记录", sheet), "started_at")
    assert str(started) == "2024-09-05 23:10:00"


def test_the_day_that_a_preservation_names():
    sheet = Sheet().text(
        "证据登记保存清单",
        "对下列物品先行登记保存，登记保存时间为2024年10月31日。",
        "当事人签名：张样丰　执法人员签名：于样德、任样河2024年11月1日",
    )
    assert value(facts("证据登记保存清单", sheet), "preserved_on") == date(2024, 10, 31)


@pytest.mark.parametrize(
    ("text", "collected"),
    [
        ("罚款由执法人员当场收缴，已出具票据。", True),
        ("执法人员当场收缴罚款5500元。", True),
        ("本案罚款不得当场收缴。", False),
        ("罚款缴至样例银行。", None),
    ],
)
def test_cash_that_officers_collected(text, collected):
    found = facts("结案报告", Sheet().text("结案报告", text))
    assert value(found, "cash_collected") is collected


@pytest.mark.parametrize(
    ("text", "recorded"),
    [
        ("检查过程有执法记录仪记录。", True),
        ("对现场进行拍照、摄像，执法记录仪编号JLY-33107。", True),
        ("检查时未开启执法记录仪。", False),
        ("经检查，当事人无异议。", None),
    ],
)
def test_whether_a_record_says_that_it_was_recorded(text, recorded):
    found = facts("现场笔录", Sheet().text("现场笔录", text))
    assert value(found, "recording_stated") is recorded


@pytest.mark.parametrize(("cell", "page"), [("11", 11), ("P11", 11), ("第11页", 11), ("n1", None)])
def test_a_page_of_the_index_that_was_read_as_a_letter_is_none(cell, page):
    sheet = Sheet().form(
        ["序号", "文书名称", "日期", "页号"], ["1", "营业执照（副本）", "2024.12.25", cell]
    )
    rows = value(facts("卷内目录", sheet), "index_entries")
    assert rows == (IndexEntry("营业执照(副本)", page, None, date(2024, 12, 25)),)
