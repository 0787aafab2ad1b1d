"""One value a name for the whole file, and what is kept where papers disagree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from review.documents.model import PageStatus
from review.facts.extract import bare_cause, extract, series
from review.facts.merge import merge
from review.facts.model import Evidence, Fact, Officer
from review.facts.names import BY_NAME, NAMES
from tests.facts.papers import Sheet, case, paper


def decision(*lines: str, kind: str = "行政处罚决定书"):
    return paper(kind, Sheet().text(kind, *lines))


def merged(*documents, name: str):
    fact = case(*documents).get(name)
    return fact.value if fact is not None else None


def record(kind: str, *rows):
    return paper(kind, Sheet().form(*rows))


def test_officers_are_the_union_of_the_records_without_doubles():
    found = merged(
        record("现场笔录", ["执法人员", "于样德（0320839174）、任样河（0320695976）"]),
        record(
            "询问笔录",
            ["询问人", "于样德", "执法证件号", "0320839174"],
            ["记录人", "何样华", "执法证件号", "0320999999"],
        ),
        record("立案登记表", ["承办人", "王样五"]),
        name="officers",
    )
    assert found == (
        Officer("于样德", "0320839174"),
        Officer("任样河", "0320695976"),
        Officer("何样华", "0320999999"),
    )


@pytest.mark.parametrize(
    ("approval", "filed"),
    [
        ("同意立案。签名：孟样清　2023年5月4日", date(2023, 5, 4)),
        ("签名：　　　　年　月　日", None),
        ("同意立案。签名：孟样清　　年　月　日", None),
    ],
)
def test_a_later_paper_does_not_date_an_approval_that_was_left_blank(approval, filed):
    form = record(
        "立案登记表",
        ["经办机构负责人意见", "建议立案。签名：阎样榕 2023年5月2日"],
        ["负责人审批意见", approval],
    )
    closing = paper("结案报告", Sheet().text("结案报告", "本案于2023年5月4日立案。"))
    assert merged(form, closing, name="filed_on") == filed


def test_a_correction_keeps_its_words():
    found = paper("补正说明", Sheet().text("补正说明", "误写为样A12346，现更正为样A12345。"))
    fact = case(found).documents[0].first("amendment")
    assert fact is not None
    assert fact.value == "误写为样A12346，现更正为样A12345。"


def test_a_name_with_a_character_lost_under_a_seal_is_no_further_officer():
    found = merged(
        record("现场笔录", ["执法人员", "于样德（0320839174）、任样河（0320695976）"]),
        record("询问笔录", ["询问人", "样德"]),
        name="officers",
    )
    assert [officer.name for officer in found] == ["于样德", "任样河"]


def test_an_organs_name_cut_or_misread_under_a_seal_is_that_of_the_other_papers():
    def papers(decided: str, *others: str):
        scanned = Sheet(confidence=0.9).text("行政处罚决定书", decided, "2024年3月20日")
        return [
            paper("行政处罚决定书", scanned),
            *(
                paper("违法行为通知书", Sheet().text("违法行为通知书", other, "2024年3月1日"))
                for other in others
            ),
        ]

    cut = papers("交通运输局（公章）", "样例市交通运输局", "样例市交通运输局")
    assert merged(*cut, name="agency") == "样例市交通运输局"
    alone = papers("样例市交通运输局（公章）", "样例市城中区交通运输局")
    assert merged(*alone, name="agency") == "样例市交通运输局"


def test_a_doubtful_scan_yields_to_what_the_other_papers_agree_on():
    def papers(decided: str, *others: str, confidence: float = 0.95):
        kinds = ("行政处罚决定书", "立案登记表", "案件调查报告")
        sheets = [
            Sheet(confidence=confidence).form(["车牌号", plate]) for plate in (decided, *others)
        ]
        return [paper(kind, sheet) for kind, sheet in zip(kinds, sheets, strict=False)]

    assert merged(*papers("苏X17405", "苏XH7405", "苏XH7405"), name="plate") == "苏XH7405"
    # people err so, too; a text layer is never in doubt; one other paper proves nothing
    assert merged(*papers("苏XH7450", "苏XH7405", "苏XH7405"), name="plate") == "苏XH7450"
    typed = papers("苏X17405", "苏XH7405", "苏XH7405", confidence=1.0)
    assert merged(*typed, name="plate") == "苏X17405"
    assert merged(*papers("苏X17405", "苏XH7405"), name="plate") == "苏X17405"


def test_an_organs_name_that_seals_blur_is_that_of_the_page_without_one():
    def papers(*names: tuple[str, float]):
        kinds = ("行政处罚决定书", "违法行为通知书", "卷宗封面")
        return [
            paper(kind, Sheet(confidence=confidence).text(kind, name, "2024年3月20日"))
            for kind, (name, confidence) in zip(kinds, names, strict=False)
        ]

    clear = ("样例市青湾区交通运输局", 0.98)
    blurred = (("样例市武湾区交通运输局", 0.8), ("样例市武湾区交通运输局", 0.8))
    assert merged(*papers(*blurred, clear), name="agency") == clear[0]
    cut = (("市武湾区交通运输局", 0.8), clear, clear)
    assert merged(*papers(*cut), name="agency") == clear[0]


def test_a_scanned_number_has_the_brackets_that_most_papers_show():
    def numbers(*written: str):
        kinds = ("行政处罚决定书", "立案登记表", "案件调查报告")
        sheets = [Sheet(confidence=0.95).form(["案号", number]) for number in written]
        return [paper(kind, sheet) for kind, sheet in zip(kinds, sheets, strict=True)]

    mixed = numbers("样交罚[2022]00876号", "样交罚〔2022〕00876号", "样交罚〔2022〕00876号")
    assert merged(*mixed, name="case_no") == "样交罚〔2022〕00876号"
    other = numbers("样交罚[2022]00876号", "样交罚〔2022〕00877号", "样交罚〔2022〕00877号")
    assert merged(*other, name="case_no") == "样交罚[2022]00876号"


@pytest.mark.parametrize(
    ("kinds", "procedure"),
    [
        (("立案登记表", "违法行为通知书", "行政处罚决定书"), "ordinary"),
        (("违法行为通知书", "听证笔录", "行政处罚决定书"), "hearing"),
        (("违法行为通知书", "听证通知书", "行政处罚决定书"), "hearing"),
        (("当场行政处罚决定书", "现场笔录"), "summary"),
        (("立案登记表", "不予行政处罚决定书"), "waived"),
        (("现场笔录",), None),
    ],
)
def test_the_procedure_by_its_papers(kinds, procedure):
    documents = [paper(kind, Sheet().text(kind)) for kind in kinds]
    assert merged(*documents, name="procedure") == procedure


@pytest.mark.parametrize(
    ("lines", "kind", "name"),
    [
        (("当事人：张样例，身份证号：320102199003071233",), "citizen", "张样例"),
        (
            ("当事人：样例运输有限公司", "统一社会信用代码：91411399MA4CEWKD2W"),
            "organization",
            "样例运输有限公司",
        ),
        (
            (
                "当事人：样例镇老王货运部（个体工商户）",
                "经营者：王样五",
                "统一社会信用代码：92411399MA4CEWKD20",
            ),
            "individual_business",
            "王样五",
        ),
    ],
)
def test_the_kind_of_party(lines, kind, name):
    document = decision(*lines, "2024年1月2日违法。")
    assert merged(document, name="party_type") == kind
    assert merged(document, name="party_name") == name


def test_the_case_number_is_the_decisions():
    documents = (
        record("立案登记表", ["案号", "样交立〔2024〕7号"]),
        paper("违法行为通知书", Sheet().text("违法行为通知书", "样交罚告〔2024〕9号", "张样例：")),
        decision("样交罚〔2024〕12号", "张样例："),
    )
    assert merged(*documents, name="case_no") == "样交罚〔2024〕12号"
    numbers = {
        document.kind: [fact.value for fact in document.all("case_no")]
        for document in case(*documents).documents
    }
    assert numbers == {
        "立案登记表": ["样交立〔2024〕7号"],
        "违法行为通知书": [],
        "行政处罚决定书": [],
    }


def test_an_unlabelled_number_of_the_same_series_is_the_case_number():
    found = case(
        record("立案登记表", ["案号", "样交罚〔2024〕12号"]),
        paper("违法行为通知书", Sheet().text("违法行为通知书", "样交罚[2024]21号", "张样例：")),
    )
    assert [fact.value for _, fact in found.every("case_no")] == [
        "样交罚〔2024〕12号",
        "样交罚[2024]21号",
    ]
    assert "case_no" in found.contradictions


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("样交罚〔2024〕12号", "样交罚字[2024]第012号"),
        ("〔2024〕样交罚字第33号", "样交罚〔2023〕1号"),
    ],
)
def test_series(left, right):
    assert series(left) == series(right)


@pytest.mark.parametrize(
    ("cause", "bare"),
    [
        ("样例运输有限公司涉嫌超限行驶公路案", "超限行驶公路"),
        ("样例运输有限公司车货总质量超过限定标准行驶公路案", "车货总质量超过限定标准行驶公路"),
        ("张样例涉嫌未取得许可擅自从事道路客运经营案", "未取得许可擅自从事道路客运经营"),
        ("涉嫌不按规定维护和检测运输车辆", "不按规定维护和检测运输车辆"),
        ("不按规定维护和检测运输车辆", "不按规定维护和检测运输车辆"),
        ("某某集团有限公司擅自占用公路一案", "擅自占用公路"),
        ("道路运输经营者未按规定检测车辆案", "道路运输经营者未按规定检测车辆"),
        ("张样例、许样河涉嫌在公路用地范围内堆放物品案", "在公路用地范围内堆放物品"),
        ("张样例、许样河在公路用地范围内堆放物品案", "在公路用地范围内堆放物品"),
        ("张样例和许样未经许可挖掘公路案", "未经许可挖掘公路"),
        ("张样例、许样河、任样清等三人擅自占用公路案", "擅自占用公路"),
        ("张样例等2人擅自占用公路案", "擅自占用公路"),
        ("样例运输有限公司、样河物流有限公司擅自超限行驶公路案", "擅自超限行驶公路"),
        ("样例运输有限公司与许样河使用失效证件经营案", "使用失效证件经营"),
    ],
)
def test_the_cause_without_party_and_suspicion(cause, bare):
    assert bare_cause(cause, ["样例运输有限公司", "张样例"]) == bare


def test_the_last_review_before_the_decision_counts():
    def review(day: str):
        return record("法制审核意见书", ["审核意见", f"同意。|审核人：吴样法 {day}"])

    documents = (
        review("2024年4月3日"),
        review("2024年4月20日"),
        decision("张样例：", "样例市交通运输局", "2024年5月1日"),
        review("2024年5月9日"),
    )
    assert merged(*documents, name="legal_review_on") == date(2024, 4, 20)
    assert merged(*documents[2:], name="legal_review_on") == date(2024, 5, 9)


def test_the_last_notice_and_the_last_instalment_count():
    def notice(amount: str, day: str):
        return paper(
            "违法行为通知书",
            Sheet().text("违法行为通知书", "张样例：", f"拟处以罚款{amount}元。", "样例局", day),
        )

    def receipt(day: str):
        return paper("罚款票据", Sheet().text(f"开票日期 {day}|金额合计（小写）500.00"))

    documents = (
        notice("3000", "2024年4月1日"),
        notice("2000", "2024年4月20日"),
        receipt("2024-06-01"),
        receipt("2024-07-01"),
    )
    assert merged(*documents, name="notice_on") == date(2024, 4, 20)
    assert merged(*documents, name="fine_notified_yuan") == Decimal(2000)
    assert merged(*documents, name="paid_on") == date(2024, 7, 1)


def test_discovery_is_the_on_site_record_unless_told_otherwise():
    site = record("现场笔录", ["执法时间", "2024年1月3日9时29分至10时24分"])
    assert merged(site, decision("2024年1月2日你违法经营。"), name="found_on") == date(2024, 1, 3)
    told = decision("经查明：2024年1月5日，执法人员核查时发现，2024年1月2日你违法经营。")
    assert merged(told, name="found_on") == date(2024, 1, 5)
    assert merged(decision("2024年1月2日你违法经营。"), name="found_on") is None


def test_a_decision_without_a_fine_has_none():
    assert merged(decision("2024年1月2日你违法。", "决定给予警告。"), name="fine_yuan") is None


def test_a_defence_on_paper_outweighs_a_general_denial():
    found = merged(
        paper("陈述申辩书", Sheet().text("陈述申辩书", "我认为罚款过重。", "张样例 2024年5月2日")),
        decision("你在规定期限内未提出陈述、申辩。"),
        name="defence_made",
    )
    assert found is True


def test_contradicting_plates_are_kept():
    found = case(
        record("现场笔录", ["车牌号", "苏XF1883"]),
        decision("2024年1月2日，你驾驶苏XF1838号货车。"),
    )
    assert found.merged["plate"].value == "苏XF1838"
    assert {fact.value for fact in found.contradictions["plate"]} == {"苏XF1883", "苏XF1838"}


def test_a_disguised_name_contradicts_nobody():
    found = case(
        decision("当事人：卢样敏，身份证号：320102199003071233"),
        paper("公示截图", Sheet().text("当事人 卢某|公示日期 2024-05-16")),
    )
    assert "party_name" not in found.contradictions


def test_a_persons_correction_wins():
    found = case(
        record("立案登记表", ["负责人审批意见", "同意立案。签名：孟样清 2023年5月4日"]),
    )
    typed = Fact("filed_on", date(2023, 5, 6), Evidence("样例.pdf", 1, "更正"), 1.0, 0, "person")
    corrected = found.documents[0]
    documents = (replace(corrected, facts=(*corrected.facts, typed)),)
    assert merge(documents)[0]["filed_on"].value == date(2023, 5, 6)


def test_pages_that_were_not_read_clearly_are_named():
    from review.documents.model import CaseReading, Document

    clear = Sheet(number=1).text("行政处罚决定书").page()
    unclear = Sheet(number=2).text("模糊").page(PageStatus.UNCLEAR)
    doubted = Sheet(number=3).text("无题").page()
    other = Sheet(number=4).text("无题").page()
    found = extract(
        CaseReading(
            "样例",
            (),
            (
                Document("行政处罚决定书", "决定书", "样例.pdf", (clear, unclear), 0.98, ""),
                Document("送达回证", "无题", "样例.pdf", (doubted,), 0.4, ""),
                Document("其他", "无题", "样例.pdf", (other,), 0.4, ""),
            ),
        )
    )
    assert found.unclear_pages == (("样例.pdf", 2), ("样例.pdf", 3))


def test_every_merged_name_is_one_of_the_vocabulary():
    found = case(
        record("现场笔录", ["执法人员", "于样德（0320839174）"], ["车牌号", "苏XF1883"]),
        decision(
            "当事人：张样例", "2024年1月2日违法。", "决定罚款200元。", "样例局", "2024年5月1日"
        ),
    )
    assert all(BY_NAME[name].merged for name in found.merged)
    assert len(BY_NAME) == len(NAMES)


FILING_FORM = Sheet().form(
    ["受案时间", "2025年3月17日"], ["案由", "样例运输有限公司超限行驶公路案"]
)


def test_a_clue_of_off_site_weighing_was_found_when_it_was_registered():
    merged = case(paper("立案登记表", FILING_FORM)).merged
    assert merged["found_on"].value == date(2025, 3, 17)
    assert merged["found_on"].confidence < 0.8


def test_the_registration_gives_way_to_a_record_of_the_site():
    record = Sheet().text("现场笔录", "执法时间：2025年3月14日9时10分至2025年3月14日9时40分")
    merged = case(paper("立案登记表", FILING_FORM), paper("现场笔录", record)).merged
    assert merged["found_on"].value == date(2025, 3, 14)


@pytest.mark.parametrize(
    ("correction", "plate"),
    [
        ("决定书中车辆号牌“苏XH7450”有误，现依法补正为“苏XH7405”。", "苏XH7405"),
        ("“苏XH7450”系笔误，应为苏XH7405。", "苏XH7405"),
        ("原文“苏XH7450”更正为“苏XH9999”，特此说明。", "苏XH7450"),  # no other paper has it
        ("罚款数额补正为5000元。", "苏XH7450"),
    ],
)
def test_a_correction_puts_a_plate_right(correction: str, plate: str) -> None:
    papers = [
        paper("行政处罚决定书", Sheet().form(["车牌号", "苏XH7450"])),
        paper("立案登记表", Sheet().form(["车牌号", "苏XH7405"])),
        paper("补正说明", Sheet().text("补正说明", correction)),
    ]
    assert merged(*papers, name="plate") == plate
