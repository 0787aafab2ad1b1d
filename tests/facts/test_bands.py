"""Bands of discretion: which range belongs to which stage, and the stage that was found."""

from __future__ import annotations

import pytest

from tests.facts.papers import Sheet, facts, value


def decision(*text: str):
    return facts("行政处罚决定书", Sheet().text("行政处罚决定书", *text))


@pytest.mark.parametrize(
    ("text", "bands"),
    [
        (
            "该行为“较轻”档为罚款200元以上600元以下，“一般”档为600元以上900元以下。",
            ("较轻=200-600", "一般=600-900"),
        ),
        ("属于“一般”裁量阶次（2000元以上5000元以下）。", ("一般=2000-5000",)),
        ("违法程度为较重，对应罚款幅度为五千元至一万元。", ("较重=5000-10000",)),
        ("违法情节认定为较轻，裁量区间0元至1000元。", ("较轻=0-1000",)),
        (
            "200元以上600元以下为较轻，600元以上900元以下为一般。",
            ("较轻=200-600", "一般=600-900"),
        ),
        ("一般情形处1万元以上2万元以下罚款。", ("一般=10000-20000",)),
        ("情节一般，每超1000千克罚款300元以上500元以下。", None),
        ("一般情形：个人200元以上600元以下，单位600元以上900元以下。", None),
        ("情节一般，依据第六十九条处1000元以上5000元以下罚款。", None),
        ("依据“情节一般的，处1000元以上5000元以下的罚款”的规定。", None),
        ("处1000元以上5000元以下罚款。", None),
        ("较轻档200元以上600元以下；较轻档300元以上700元以下。", None),
    ],
)
def test_the_range_of_each_stage(text, bands):
    assert value(decision(text), "stage_bands") == bands


def test_the_bands_of_a_table():
    sheet = (
        Sheet()
        .text("案件调查报告")
        .form(
            ["档次", "适用情形", "幅度"],
            ["较轻", "首次发生", "200元以上600元以下"],
            ["一般", "配合调查", "600元以上900元以下"],
        )
    )
    found = facts("案件调查报告", sheet)
    assert value(found, "stage_bands") == ("较轻=200-600", "一般=600-900")


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("当事人配合调查，违法情节一般。", "一般"),
        ("违法程度认定为较重。", "较重"),
        ("该行为属于“较轻”情形。", "较轻"),
        ("综合认定为一般违法。", "一般"),
        ("违法情节严重。", "严重"),
        ("不属于严重情节。", None),
        ("情节严重的，处五千元罚款。", None),
        ("违法情节一般，但当事人属于较轻情形。", None),
        ("违法情节一般，予以从轻处罚。", None),
        ("违法情节一般，罚款上浮一档。", None),
        ("危害后果轻微。", None),
    ],
)
def test_the_stage_that_was_found(text, stage):
    assert value(decision(text), "stage_found") == stage
