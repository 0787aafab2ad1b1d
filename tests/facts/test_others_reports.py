"""What other organs and the press write about a penalty: quoted, and never sure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from review.facts.paper import DOUBTFUL
from tests.facts.papers import Sheet, case, facts, paper, value

REVIEWED = (
    "行政复议决定书",
    "样政复决〔2024〕15号",
    "申请人：样例运输有限公司，住所地样例市样例路1号。",
    "被申请人：样例市交通运输局，法定代表人：陈样，局长。",
    "申请人对被申请人2024年3月1日作出的样交罚〔2024〕12号行政处罚决定书不服，申请行政复议。",
)


def report(*paragraphs: str):
    return facts("其他", Sheet().text(*paragraphs), "其他")


def values(found, name):
    return [fact.value for fact in found.all(name)]


def test_a_reconsideration_decision_names_party_organ_and_the_contested_penalty():
    found = report(*REVIEWED, "经查，被申请人以超限运输为由对其罚款3000元。本机关决定维持。")
    assert value(found, "party_name") == "样例运输有限公司"
    assert value(found, "agency") == "样例市交通运输局"
    assert value(found, "decision_no") == "样交罚〔2024〕12号"
    assert value(found, "decided_on_quoted") == date(2024, 3, 1)
    assert value(found, "fine_yuan") == Decimal(3000)
    assert value(found, "legal_representative") is None  # the respondent's, not the party's


def test_a_contested_measure_is_no_penalty():
    measure = REVIEWED[4].replace("行政处罚决定书", "行政强制措施决定书")
    found = report(*REVIEWED[:4], measure)
    for name in ("decision_no", "decided_on_quoted", "fine_yuan", "basis"):
        assert value(found, name) is None


def test_a_fine_changed_on_reconsideration_is_not_guessed():
    found = report(*REVIEWED, "原决定罚款3000元。现变更为罚款1000元。")
    assert value(found, "fine_yuan") is None


def test_the_reviewing_organs_number_is_not_the_case_number():
    found = case(paper("其他", Sheet().text(*REVIEWED), "行政复议决定书"))
    number = found.get("case_no")
    assert number is not None
    assert number.value == "样交罚〔2024〕12号"


@pytest.mark.parametrize(
    ("words", "parties", "organ", "fines"),
    [
        (
            (
                "样例市样例区交通运输局公示王某、李某2名司机擅自从事网约车经营的决定，"
                "合计罚款9000元，其中李某罚款6000元，王某罚款3000元。"
            ),
            ["王某", "李某"],
            "样例市样例区交通运输局",
            [9000, 6000, 3000],
        ),
        (
            "样例物流有限公司未按规定维护车辆，被样例县交通运输局罚款3千元。",
            ["样例物流有限公司"],
            None,
            [3000],
        ),
        (
            "市交通运输综合行政执法支队查获一车，驾驶员陈某无资质，罚款1万元。",
            ["陈某"],
            None,  # of which town is not said
            [10000],
        ),
        (
            "样例县交通运输局近日对样例汽修厂作出处罚，罚款5000元。处五千元以上二万元以下罚款。",
            ["样例汽修厂"],
            "样例县交通运输局",
            [5000],
        ),
    ],
)
def test_news_tell_parties_organ_and_fines(words, parties, organ, fines):
    found = report(words)
    assert values(found, "party_name") == parties
    assert value(found, "agency") == organ
    assert values(found, "fine_yuan") == fines
    assert all(fact.confidence < DOUBTFUL for fact in found.facts)


def test_each_case_of_a_report_keeps_its_basis_and_a_rule_of_procedure_is_none():
    found = report(
        "案例一：依据《样例条例》第六十三条第三项，驾驶员袁某罚款3万元。",
        "案例二：依据《样例规定》第五十五条，样例运输公司罚款2万元。",
        "根据《样例行政处罚程序规定》第七条公布，罚款已入库。",
    )
    assert values(found, "basis") == ["《样例条例》第六十三条第三项", "《样例规定》第五十五条"]


@pytest.mark.parametrize(
    "words",
    [
        "我队于2024年3月5日对张样例罚款200元。",
        "你单位2024年3月5日被罚款200元，请及时缴纳。",
        "罚款5000元已由样例物流有限公司缴纳。",
        "样例物流有限公司可处三千元以上一万元以下罚款。",
    ],
)
def test_letters_and_statutes_are_no_news(words):
    found = report(words)
    assert found.all("party_name") == ()
    assert found.all("fine_yuan") == ()


def test_a_paper_with_a_title_of_the_file_is_not_about_it():
    words = "样例物流有限公司因擅自经营被罚款3000元。"
    assert value(facts("其他", Sheet().text("整改报告", words), "整改报告"), "fine_yuan") is None


def test_the_decision_outweighs_what_is_told_of_it():
    news = paper("其他", Sheet().text("驾驶员陈某被罚款3000元。"), "其他")
    own = paper(
        "行政处罚决定书",
        Sheet(number=2).text("行政处罚决定书", "当事人：陈样例", "决定罚款2000元。"),
    )
    merged = case(news, own).merged
    assert (merged["fine_yuan"].value, merged["party_name"].value) == (2000, "陈样例")


def test_a_disguised_credit_code_is_told_last_and_a_persons_not_at_all():
    disguised = "当事人：样例有限公司，统一社会信用代码：91320402**********。"
    found = case(
        paper("行政处罚决定书", Sheet().text("行政处罚决定书", disguised, "决定罚款2000元。"))
    )
    number = found.get("party_id")
    assert number is not None
    assert number.value == "91320402**********"
    assert number.confidence < DOUBTFUL
    assert found.merged["party_type"].value == "organization"
    whole = paper(
        "立案登记表",
        Sheet().form(("当事人", "样例有限公司"), ("统一社会信用代码", "91320402MA1MABCD5X")),
    )
    both = case(
        paper("行政处罚决定书", Sheet().text("行政处罚决定书", disguised, "决定罚款2000元。")),
        whole,
    )
    assert both.merged["party_id"].value == "91320402MA1MABCD5X"
    person = facts(
        "行政处罚决定书", Sheet().text("行政处罚决定书", "陈样例，身份证号320402********801X。")
    )
    assert person.first("party_id") is None
