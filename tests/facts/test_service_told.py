"""What papers tell of service: consent to electronic service, witnesses, earlier attempts."""

from __future__ import annotations

import pytest

from tests.facts.papers import Sheet, facts, value

FORM = "送达地址确认书"


@pytest.mark.parametrize(
    ("rows", "agreed"),
    [
        ([["是否接受电子送达", "☑是 □否"]], True),
        ([["是否接受电子送达", "□是 ☑否"]], False),
        ([["电子送达", "□同意　■不同意，请邮寄"]], False),
        ([["电子送达", "☑同意，邮箱：a@example.org □不同意"]], True),
        ([["电子送达", "□同意 □不同意"]], None),
        ([["是否同意以电子方式送达", "不同意"]], False),
        ([["是否同意以电子方式送达", "同意"]], True),
        ([["送达方式", "☑直接送达 □邮寄送达 □电子送达"]], False),
        ([["送达方式", "□直接送达 □邮寄送达 ☑电子送达"]], True),
        ([["送达方式", "□直接送达 □邮寄送达 □电子送达"]], None),
        ([["送达方式", "直接送达"]], None),
    ],
)
def test_the_answer_of_the_form(rows, agreed):
    found = facts(FORM, Sheet().text(FORM).form(*rows))
    assert value(found, "electronic_consent") is agreed


@pytest.mark.parametrize(
    ("text", "agreed"),
    [
        ("本人同意采用电子方式送达执法文书。", True),
        ("本人愿意接受微信送达。", True),
        ("本人不同意电子送达。", False),
        ("本人拒绝接受电子送达，请邮寄。", False),
        ("经受送达人同意，可以采用电子方式送达。", None),
        ("受送达人同意采用电子送达的，应当提供邮箱。", None),
        ("以上地址真实有效。", None),
    ],
)
def test_the_answer_in_words(text, agreed):
    assert value(facts(FORM, Sheet().text(FORM, text)), "electronic_consent") is agreed


@pytest.mark.parametrize(
    ("text", "witnessed"),
    [
        ("备注：邀请样例社区居委会工作人员到场。", True),
        ("备注：拒收，送达过程已录像。", True),
        ("备注：当事人称不服拒绝签收，已拍照留存。", True),
        ("备注：文书放门口，见现场照片。", True),
        ("备注：由村民委员会主任样例甲见证。", True),
        ("备注：没有见证人，文书留在门卫处。", False),
        ("备注：将文书照片发到微信。", None),
        ("备注：当事人拒收，理由是不认可。", None),
        ("见证人签名：", None),
    ],
)
def test_whether_the_proof_tells_of_a_witness_or_a_recording(text, witnessed):
    found = facts("送达回证", Sheet().text("送达回证", text))
    assert value(found, "service_witnessed") is witnessed


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        (FORM, "因提供的地址不准确导致文书无法送达的，退回之日视为送达。", None),
        (FORM, "邮件被退回的，退回之日即视为送达之日。", None),
        ("送达回证", "不能送达或者拒收理由：", None),
        ("送达回证", "电话未接，公告送达。", None),
        ("送达回证", "经查电话无法接通，公告送达。", None),
        ("送达回证", "邮件于5月6日被退回，公告送达。", True),
        ("送达回证", "上门两次，家中无人应门。", True),
        ("送达回证", "直接送达未果，改为公告。", True),
        ("送达公告", "因你下落不明，现公告送达。", True),
        ("送达公告", "经其他方式无法送达，现公告送达。", True),
    ],
)
def test_attempts_are_told_apart_from_printed_conditions(kind, text, told):
    found = facts(kind, Sheet().text(kind, text))
    assert value(found, "attempts_told") is told
