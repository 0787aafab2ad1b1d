"""Proofs of service: what, to whom, when, by whom; each tied to the paper that it serves."""

from __future__ import annotations

from datetime import date

import pytest

from tests.facts.papers import Sheet, case, facts, paper, value

SHEETS = [
    Sheet().form(
        ["送达文书名称|及文号", "《行政处罚决定书》样交罚〔2024〕5号"],
        ["受送达人", "样例运输有限公司", "送达地点", "样例市工业园"],
        ["送达方式", "直接送达", "收件人签名（|盖章）及收件|日期", "汪样富 二〇二四年五月三日"],
        ["代收人及代收|理由", "", "送达人", "李样四、王样五"],
    ),
    Sheet().form(
        ["受送达人", "样例运输有限公司"],
        ["送达文书名称", "件数", "送达时间", "送达方式", "受送达人签名或盖章", "送达人"],
        ["行政处罚决定书", "1", "2024.5.3 10时", "直接送达", "汪样富", "李样四、王样五"],
    ),
    Sheet().text(
        "送达回证",
        "受送达人：样例运输有限公司",
        "送达文书名称、文号：《行政处罚决定书》样交罚〔2024〕5号",
        "送达方式：☑直接送达 □邮寄送达",
        "受送达人签收：汪样富 2024年5月3日",
        "送达人签名：李样四、王样五",
    ),
    Sheet().form(
        ["受送达单位（人）", "样例运输有限公司"],
        ["送达文书及编号", "行政处罚决定书　样交罚字〔2024〕第5号"],
        ["送达方式", "直接送达"],
        ["受送达人或代收人签收", "汪样富　2024年5月3日"],
        ["送达人员", "李样四 王样五"],
    ),
    Sheet().form(
        ["送达文书", "名称", "行政处罚决定书"],
        ["", "文号", "样交罚〔2024〕5号"],
        ["受送达人", "", "样例运输有限公司"],
        ["送达方式", "直接送达", ""],
        ["收件人（签名）", "汪样富  2024年5月3日", ""],
        ["送达人", "李样四 王样五", ""],
    ),
]


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_proof_of_service(sheet):
    found = facts("送达回证", sheet)
    assert value(found, "serves") == "行政处罚决定书"
    assert value(found, "received_on") == date(2024, 5, 3)
    assert value(found, "receiver") == "汪样富"
    assert value(found, "service_method") == "直接送达"
    assert value(found, "servers") == ("李样四", "王样五")


@pytest.mark.parametrize(
    ("printed", "method"),
    [
        ("直接送达", "直接送达"),
        ("□直接 ☑留置 □邮寄", "留置送达"),
        ("邮寄（EMS 1234567890123）", "邮寄送达"),
        ("公告送达", "公告送达"),
        ("电子邮件（已签署同意电子送达）", "电子送达"),
        ("当面送交", "直接送达"),
    ],
)
def test_methods(printed, method):
    found = facts(
        "送达回证", Sheet().form(["送达文书名称", "行政处罚决定书"], ["送达方式", printed])
    )
    assert value(found, "service_method") == method


@pytest.mark.parametrize("cell", ["", "        年   月   日", "汪样富     年  月  日"])
def test_a_blank_day_of_receipt_is_no_day(cell):
    found = facts(
        "送达回证",
        Sheet().form(["送达文书名称", "行政处罚决定书"], ["受送达人签收", cell], ["备注", ""]),
    )
    assert value(found, "received_on") is None


def test_a_waiver_in_the_remarks_is_a_waiver():
    sheet = Sheet().form(["送达文书名称", "违法行为通知书"], ["备注", "当事人表示放弃陈述、申辩"])
    assert value(facts("送达回证", sheet), "defence_waived") is True


def proof(title: str, day: str):
    return paper(
        "送达回证",
        Sheet().form(
            ["送达文书名称", f"《{title}》样交罚〔2024〕5号"], ["受送达人签收", f"汪样富 {day}"]
        ),
    )


def test_each_proof_counts_for_the_paper_that_it_names():
    found = case(
        paper(
            "违法行为通知书",
            Sheet().text("违法行为通知书", "张样例：", "样例市交通运输局", "2024年4月1日"),
        ),
        proof("行政处罚事先告知书", "2024年4月2日"),
        paper(
            "行政处罚决定书",
            Sheet().text("行政处罚决定书", "张样例：", "样例市交通运输局", "2024年5月1日"),
        ),
        proof("行政处罚决定书", "2024年5月3日"),
        proof("责令改正违法行为通知书", "2024年6月1日"),
    )
    assert found.merged["notice_served_on"].value == date(2024, 4, 2)
    assert found.merged["served_on"].value == date(2024, 5, 3)


def test_an_announcement_serves_after_the_days_it_names():
    found = case(
        paper(
            "行政处罚决定书",
            Sheet().text("行政处罚决定书", "张样例：", "样例市交通运输局", "2024年5月1日"),
        ),
        paper(
            "送达公告",
            Sheet().text(
                "送达公告",
                "张样例：本机关作出《行政处罚决定书》（样交罚〔2024〕5号），无法送达，现公告送达。自公告之日起经过三十日即视为送达。",
                "样例市交通运输局",
                "2024年6月1日",
            ),
        ),
    )
    assert found.merged["served_on"].value == date(2024, 7, 1)


def test_an_ordinary_decision_without_proof_has_no_day_of_service():
    found = case(
        paper(
            "行政处罚决定书",
            Sheet().text("行政处罚决定书", "张样例：", "样例市交通运输局", "2024年5月1日"),
        )
    )
    assert found.get("served_on") is None


@pytest.mark.parametrize(
    ("signed", "rest"),
    [
        ("/", [["送达方式", "留置送达"]]),
        ("", [["送达方式", "□直接送达 ☑留置送达"]]),
        ("拒绝签收", [["送达方式", "留置"]]),
        ("", [["送达方式", "直接送达"], ["备注", "当事人拒绝签字，文书放在其门口并拍照。"]]),
        ("——", [["送达方式", ""], ["备注", "家中无人签收，已张贴。"]]),
    ],
)
def test_what_nobody_received_was_served_on_the_day_of_the_servers(signed, rest):
    sheet = Sheet().form(
        ["送达文书", "《行政处罚决定书》"],
        *rest,
        ["受送达人签名或盖章", signed],
        ["送达人", "李样四、王样五　2024年5月3日"],
    )
    found = facts("送达回证", sheet)
    assert value(found, "received_on") == date(2024, 5, 3)
    assert value(found, "servers") == ("李样四", "王样五")


@pytest.mark.parametrize(
    ("signed", "remark"),
    [("汪样富", ""), ("", ""), ("", "受送达人拒绝签收的，应当邀请见证人到场。")],
)
def test_the_day_of_the_servers_is_no_receipt_otherwise(signed, remark):
    sheet = Sheet().form(
        ["送达文书", "《行政处罚决定书》"],
        ["送达方式", "直接送达"],
        ["受送达人签名或盖章", signed],
        ["送达人", "李样四、王样五　2024年5月3日"],
        ["备注", remark],
    )
    assert value(facts("送达回证", sheet), "received_on") is None


@pytest.mark.parametrize(
    "cell",
    [
        "李样四、王样五2024年5月3日",
        "李样四，王样五2024.5.3",
        "李样四、王样五二〇二四年五月三日",
        "李样四和王样五　2024-05-03",
        "李样四　王样五2024年5月3日",
    ],
)
def test_a_day_run_on_behind_a_server_hides_nobody(cell):
    sheet = Sheet(confidence=0.95).form(
        ["送达文书", "《行政处罚决定书》"], ["送达方式", "直接送达"], ["送达人", cell]
    )
    assert value(facts("送达回证", sheet), "servers") == ("李样四", "王样五")


@pytest.mark.parametrize(
    ("cell", "is_doubtful"),
    [
        ("李样四", False),
        ("李样四2024年5月3日", False),
        ("李样四 执法证号 12345678", False),
        ("韦样■民，李样四", True),
        ("李样四、■", True),
        ("李样四、王样五某样例字", True),
    ],
)
def test_one_server_beside_unread_writing_is_doubtful(cell, is_doubtful):
    sheet = Sheet(confidence=0.95).form(
        ["送达文书", "《行政处罚决定书》"], ["送达方式", "直接送达"], ["送达人", cell]
    )
    fact = facts("送达回证", sheet).first("servers")
    assert fact is not None
    assert fact.value == ("李样四",)
    assert (fact.confidence < 0.8) is is_doubtful
