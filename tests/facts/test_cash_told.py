"""Money that officers took themselves, and what excuses it."""

from __future__ import annotations

import pytest

from tests.facts.papers import Sheet, facts, value


@pytest.mark.parametrize(
    ("kind", "text", "collected"),
    [
        ("结案报告", "当事人将罚款现金交给执法人员样例甲，次日上缴财政。", True),
        ("结案报告", "当事人向执法人员缴纳罚款300元。", True),
        ("结案报告", "执法人员样例甲代收罚款300元后存入专户。", True),
        ("结案报告", "当事人把300元现金付给承办人。", True),
        ("结案报告", "罚款300元通过微信转给执法人员。", True),
        ("罚款票据", "缴款方式：现金（样例甲代收）", True),
        ("罚款票据", "缴款方式：现金，样例甲经手", True),
        ("罚款票据", "缴款方式：现金（样例银行代收）", None),
        ("罚款票据", "缴款方式：现金（政务大厅窗口代收）", None),
        ("罚款票据", "缴款方式：现金", None),
        ("罚款票据", "当事人自行到银行缴款，执法人员未收取现金。", False),
        ("行政处罚决定书", "执法人员不得自行收缴罚款。", False),
        ("结案报告", "当事人已将罚款缴至指定银行，票据交执法人员附卷。", None),
        ("结案报告", "执法人员收到罚款收据并附卷。", None),
        ("结案报告", "当事人将罚款票据复印件交给执法人员。", None),
        ("结案报告", "当事人到代收银行以现金缴纳罚款，已缴清。", None),
    ],
)
def test_whether_an_officer_took_the_fine(kind, text, collected):
    assert value(facts(kind, Sheet().text(kind, text)), "cash_collected") is collected


@pytest.mark.parametrize(
    ("text", "asked", "ground"),
    [
        ("当事人提出当场缴纳罚款。", True, None),
        ("当事人因不便前往，要求以现金交纳。", True, None),
        ("该处地处偏远，到银行缴款确有困难。", None, True),
        ("执法地点在水上。", None, True),
        ("当事人没有提出当场缴纳。", False, None),
        ("当事人已缴清罚款。", None, None),
    ],
)
def test_what_excuses_it(text, asked, ground):
    found = facts("结案报告", Sheet().text("结案报告", text))
    assert value(found, "cash_requested") is asked
    assert value(found, "cash_ground") is ground
