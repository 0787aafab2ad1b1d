"""What the organ finds of the act and its harm; what others say of it is no finding."""

from __future__ import annotations

import pytest

from tests.facts.papers import Sheet, facts, value


def told(text: str, kind: str = "案件调查报告"):
    return facts(kind, Sheet().text(kind, "当事人：张样例", text))


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("经查，当事人违法行为轻微，并已及时改正。", True),
        ("该行为情节轻微。", True),
        ("当事人的行为属于轻微违法行为。", True),
        ("该行为不属于轻微违法，应予处罚。", False),
        ("当事人辩称其违法行为轻微，请求免罚。", None),
        ("《行政处罚法》第三十三条规定，违法行为轻微并及时改正的，不予行政处罚。", None),
        ("如违法行为轻微，可以不予处罚。", None),
        ("当事人积极配合调查。", None),
    ],
)
def test_whether_the_act_was_minor(text: str, minor: bool | None) -> None:
    assert value(told(text), "minor_stated") == minor


@pytest.mark.parametrize(
    ("text", "harm"),
    [
        ("该行为没有造成危害后果。", "无"),
        ("未造成交通事故和路面损坏。", "无"),
        ("社会危害性较小。", "轻微"),
        ("危害后果轻微。", "轻微"),
        ("当事人超限行驶，造成路面损坏。", "有"),
        ("已造成一起交通事故。", "有"),
        ("为避免造成交通事故，责令其立即改正。", None),
        ("超限运输容易造成路面损坏。", None),
        ("当事人称没有造成危害后果。", None),
        ("当事人积极配合调查。", None),
    ],
)
def test_what_harm_was_found(text: str, harm: str | None) -> None:
    assert value(told(text), "harm_stated") == harm


def test_an_interview_finds_nothing() -> None:
    said = told("答：没有造成危害后果，违法行为轻微。", "询问笔录")
    assert value(said, "harm_stated") is None
    assert value(said, "minor_stated") is None
