"""Changes of name, gains, contract prices and the like, in any paper."""

from __future__ import annotations

from datetime import date

import pytest

from tests.facts.papers import Sheet, facts, value


@pytest.mark.parametrize(
    "text",
    [
        "经核准，企业名称由“样例运输有限公司”变更为“样例物流有限公司”。",
        "名称由样例运输有限公司依法变更登记为样例物流有限公司。",
        "变更前名称：样例运输有限公司；变更后名称：样例物流有限公司。",
        "原企业名称：样例运输有限公司，现名称：样例物流有限公司",
    ],
)
def test_a_change_of_name(text):
    found = facts("证据材料", Sheet().text("准予变更登记通知书", text))
    assert value(found, "renamed_from") == "样例运输有限公司"
    assert value(found, "renamed_to") == "样例物流有限公司"


@pytest.mark.parametrize(
    ("text", "name", "yuan"),
    [
        ("经查，违法所得共计1200元。", "gains_yuan", 1200),
        ("工程合同价款为800万元。", "contract_price_yuan", 8000000),
        ("逾期缴纳，加处罚款人民币135元。", "surcharge_yuan", 135),
        ("没有违法所得或者违法所得不足2万元的，处3万元以上罚款。", "gains_yuan", None),
        ("处违法所得2倍以上10倍以下的罚款。", "gains_yuan", None),
        ("加处罚款的数额不超过罚款本数。", "surcharge_yuan", None),
    ],
)
def test_amounts_right_behind_their_words(text, name, yuan):
    assert value(facts("结案报告", Sheet().text("结案报告", text)), name) == yuan


@pytest.mark.parametrize(
    ("text", "single"),
    [("该车驱动轴为单轴。", True), ("该车为双联驱动。", False), ("三轴货车。", None)],
)
def test_drive_axles(text, single):
    assert value(facts("现场笔录", Sheet().text("现场笔录", text)), "single_drive_axle") is single


def test_a_revocation_and_its_withdrawal():
    revoked = facts(
        "撤销行政处罚决定书",
        Sheet().text(
            "撤销行政处罚决定书", "张样例：", "决定撤销。", "样例市交通运输局", "2024年6月3日"
        ),
    )
    assert value(revoked, "revoked_on") == date(2024, 6, 3)
    withdrawn = facts(
        "公示撤回记录", Sheet().form(["撤销日期", "2024年6月3日"], ["撤回日期", "2024年6月5日"])
    )
    assert value(withdrawn, "revoked_on") == date(2024, 6, 3)
    assert value(withdrawn, "withdrawn_on") == date(2024, 6, 5)
