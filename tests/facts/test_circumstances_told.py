"""What the text tells besides its fields: whose conduct, what was taken, what is attached."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.facts.papers import Sheet, facts, value


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("鉴于样例市金穗工程有限公司积极配合调查，决定罚款六千元。", "样例市金穗工程有限公司"),
        ("考虑到样例市金穗工程有限公司系初次违法，从轻处罚。", "样例市金穗工程有限公司"),
        ("决定对样例市金穗工程有限公司处以罚款六千元。", "样例市金穗工程有限公司"),
        ("鉴于该有限公司积极配合调查，决定罚款六千元。", None),
        ("鉴于你公司积极配合调查，决定罚款六千元。", None),
        ("鉴于货主样例市金穗工程有限公司主动卸载，超限消除。", None),
        ("样例市金穗工程有限公司委托其运输，当事人积极配合调查。", None),
    ],
)
def test_the_company_whose_conduct_a_decision_tells(text: str, unit: str | None) -> None:
    found = facts("行政处罚决定书", Sheet().text("行政处罚决定书", "当事人：张样例", text))
    assert value(found, "conduct_of") == unit


def test_other_papers_tell_of_no_conduct() -> None:
    found = facts("询问笔录", Sheet().text("询问笔录", "鉴于样例市金穗工程有限公司积极配合调查。"))
    assert value(found, "conduct_of") is None


@pytest.mark.parametrize(
    ("answer", "amount"),
    [
        ("前后一共收了车费2400元，钱都在我这里。", Decimal(2400)),
        ("总共收取运费大约1,500元。", Decimal(1500)),
        ("谈好一共60元，还没有收。", None),
        ("一共收了车费240元，后来都退给乘客了。", None),
        ("每人收60元。", None),
        ("一共收了四个人。", None),
    ],
)
def test_takings_that_an_interview_admits(answer: str, amount: Decimal | None) -> None:
    found = facts("询问笔录", Sheet().text("询问笔录", "问：收了多少钱？", f"答：{answer}"))
    assert value(found, "gains_admitted_yuan") == amount


@pytest.mark.parametrize(
    ("text", "attached", "inside"),
    [
        ("附：查封（扣押）物品清单", True, None),
        ("扣押物品详见《扣押物品清单》。", True, None),
        ("决定对样A12345车辆予以扣押。", None, None),
        ("物品名称：货车，数量：1辆。", None, True),
    ],
)
def test_a_seizure_names_its_list(text: str, attached: bool | None, inside: bool | None) -> None:
    found = facts("行政强制措施决定书", Sheet().text("行政强制措施决定书", "当事人：张样例", text))
    assert value(found, "list_attached") is attached
    assert value(found, "list_inside") is inside


@pytest.mark.parametrize(
    ("text", "told"),
    [("同意。", None), ("主体合法，程序正当，同意。", True), ("裁量适当。", True)],
)
def test_the_points_of_a_legal_review(text: str, told: bool | None) -> None:
    found = facts("法制审核意见书", Sheet().text("法制审核意见书", f"法制审核意见：{text}"))
    assert value(found, "review_points") is told
