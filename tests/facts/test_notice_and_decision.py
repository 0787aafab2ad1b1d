"""Notices and decisions: the act, the law, the amount, the rights, the way to object."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from review.checks.check import SURE
from review.documents.model import Mark, MarkKind
from tests.facts.papers import Sheet, facts, value

ACT = "2024年1月2日9时许，你驾驶苏XF1883号货车运输。"


def decision(*paragraphs: str, kind: str = "行政处罚决定书"):
    return facts(kind, Sheet().text(kind, *paragraphs))


@pytest.mark.parametrize(
    ("words", "yuan", "in_words", "in_digits"),
    [
        ("决定对你处人民币5000元罚款。", 5000, None, 5000),
        ("决定：处罚款伍仟元。", 5000, 5000, None),
        ("决定给予罚款￥5000的行政处罚。", 5000, None, 5000),
        ("决定给予你罚款（大写）伍仟元整（小写）5000元的处罚。", 5000, 5000, 5000),
        ("决定处以5000.00元（伍仟元整）的罚款。", 5000, 5000, 5000),
        ("决定：没收违法所得300元，并处罚款30000元。", 30000, None, 30000),
        ("决定没收违法所得人民币叁佰元整，处违法所得二倍罚款计600元。", 600, None, 600),
        ("现决定：1.给予警告；2.罚款200元。", 200, None, 200),
        ("每超1000千克罚款500元，决定处以罚款4500元。", 4500, None, 4500),
        ("依据第六十四条处三千元以上三万元以下罚款，决定处以伍仟元罚款。", 5000, 5000, None),
        ("决定对当事人罚款1.5万元。", 15000, None, 15000),
        ("决定给予你单位以下行政处罚：|罚款人民币 叁 万 元整（￥30000 元）。", 30000, 30000, 30000),
        ("决定处以罚款人民币（大写）：贰仟元整，（小写）：2000元。", 2000, 2000, 2000),
        ("决定罚款人民币壹仟元整（￥1,000.00），逾期每日加处30元罚款。", 1000, 1000, 1000),
        ("决定给予警告的行政处罚。", None, None, None),
    ],
)
def test_the_fine_and_nothing_else(words, yuan, in_words, in_digits):
    found = decision(ACT, words)
    assert value(found, "fine_yuan") == (None if yuan is None else Decimal(yuan))
    assert value(found, "fine_words_yuan") == (None if in_words is None else Decimal(in_words))
    assert value(found, "fine_digits_yuan") == (None if in_digits is None else Decimal(in_digits))


def test_words_and_digits_that_differ_are_both_given_and_the_fine_is_doubtful():
    found = decision(ACT, "决定处罚款叁仟元整（￥3500元）。")
    assert value(found, "fine_words_yuan") == 3000
    assert value(found, "fine_digits_yuan") == 3500
    fine = found.first("fine_yuan")
    assert fine is not None
    assert fine.confidence < 0.8


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("决定给予警告，并处罚款200元。", ("警告", "罚款")),
        ("决定：没收违法所得300元，罚款3000元。", ("罚款", "没收违法所得")),
        ("决定吊销道路运输经营许可证。", ("吊销许可证件",)),
    ],
)
def test_kinds_of_penalty(text, kinds):
    assert value(decision(ACT, text), "kind_of_penalty") == kinds


def test_confiscated_gains():
    found = decision(ACT, "决定没收违法所得人民币叁佰元整，并处罚款3000元。")
    assert value(found, "confiscated_yuan") == 300
    assert value(found, "gains_yuan") == 300


@pytest.mark.parametrize(
    ("text", "violated", "basis"),
    [
        (
            (
                "上述行为违反了《公路安全保护条例》第三十三条第一款、《超限规定》第三条第一款第五项的规定。"
                "依据《公路安全保护条例》第六十四条、《超限规定》第四十三条第一款第二项“每超一千千克罚款五百元”的规定，"
                "对照《样例省裁量基准》（2023年版），决定罚款。"
            ),
            "《公路安全保护条例》第三十三条第一款、《超限规定》第三条第一款第五项",
            "《公路安全保护条例》第六十四条、《超限规定》第四十三条第一款第二项",
        ),
        (
            "你的行为已构成违法，违反《道路运输条例》第十条第（一）项之规定，根据《道路运输条例》第六十三条（处三万元以上十万元以下的罚款）决定罚款。",
            "《道路运输条例》第十条第（一）项",
            "《道路运输条例》第六十三条",
        ),
        (
            "违反《暂行办法》第十四条，依据该办法第三十四条第一款第（一）项，决定罚款。",
            "《暂行办法》第十四条",
            "《暂行办法》第三十四条第一款第（一）项",
        ),
        (
            (
                "违反《公路安全保护条例》第四十三条第一款，依据《中华人民共和国行政处罚法》第二十八条责令改正；"
                "依照《公路安全保护条例》第六十九条，决定罚款。"
            ),
            "《公路安全保护条例》第四十三条第一款",
            "《公路安全保护条例》第六十九条",
        ),
        (
            "违反《条例》第一条，鉴于行为轻微并及时改正，根据《中华人民共和国行政处罚法》第三十三条第一款，决定不予行政处罚。",
            "《条例》第一条",
            "《中华人民共和国行政处罚法》第三十三条第一款",
        ),
    ],
)
def test_provisions_as_the_paper_writes_them(text, violated, basis):
    found = decision(ACT, text)
    assert value(found, "violated") == violated
    assert value(found, "basis") == basis


@pytest.mark.parametrize(
    ("text", "act", "found_on"),
    [
        ("经查明：2024年1月2日9时许，你驾驶货车经营，未取得许可。", date(2024, 1, 2), None),
        ("违法事实：自2024年1月2日至2024年3月5日，你单位擅自占用公路。", date(2024, 3, 5), None),
        (
            "经查，2024年5月30日，执法人员核查时发现，苏XF1883号货车检测有效期已于2024年3月11日届满，2024年5月24日仍从事运输。",
            date(2024, 5, 24),
            date(2024, 5, 30),
        ),
        (
            "现查明：2024年1月2日，执法人员在某处检查时发现你未取得许可从事经营。",
            date(2024, 1, 2),
            date(2024, 1, 2),
        ),
        (
            "经查实，2024年6月1日你未按规定维护车辆。你于2024年6月8日提出陈述申辩。",
            date(2024, 6, 1),
            None,
        ),
        (
            "现查明：2024年1月2日检查，厂区内两堆物料露天堆放，未覆盖。",
            date(2024, 1, 2),
            date(2024, 1, 2),
        ),
    ],
)
def test_day_of_the_act_and_of_discovery(text, act, found_on):
    found = decision(text, "违反《条例》第一条。")
    assert value(found, "act_on") == act
    assert value(found, "found_on") == found_on


def test_a_decision_printed_from_the_web_tells_when_it_was_published():
    found = decision("信息来源：样例县交通运输局 发布时间：2024-04-26 16:00", ACT)
    assert value(found, "published_on") == date(2024, 4, 26)
    assert value(decision(ACT, "请于指定时间内公示。"), "published_on") is None


@pytest.mark.parametrize(
    "foot",
    [
        ("样例市交通运输局", "二〇二四年三月二十日"),
        ("样例市交通运输局（印章）", "2024年3月20日"),
        ("样例市交通运输综合行政执法支队（公章）|二O二四年三月二十日",),
        ("样例市交通运输局   2024.03.20",),
        ("处罚机关（印章）：样例市交通运输局 日期：2024年3月20日",),
        ("2024 年 3 月 20 日（印章）",),
    ],
)
def test_the_decisions_own_date(foot):
    found = decision(ACT, "本案于2024年1月9日立案。决定罚款200元。", *foot)
    assert value(found, "decided_on") == date(2024, 3, 20)


def test_dates_beside_signatures_and_in_the_text_are_not_the_decisions():
    found = decision(
        ACT,
        "2024年3月1日以《行政处罚事先告知书》告知。决定罚款200元。",
        "样例市交通运输局",
        "2024年3月20日",
        "当事人签收：张样例  2024年3月22日",
    )
    assert value(found, "decided_on") == date(2024, 3, 20)
    assert value(found, "signed_on") is None
    assert value(found, "notice_served_on_quoted") == date(2024, 3, 1)


def test_a_decision_without_a_date_has_none():
    found = decision(ACT, "决定罚款200元。", "样例市交通运输局", "    年   月   日")
    assert value(found, "decided_on") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "如不服本决定，可在接到本决定书之日起60日内向云州市人民政府申请行政复议，或者6个月内向云州铁路运输法院提起行政诉讼。",
            (60, ("云州市人民政府",), False, 6, None, "云州铁路运输法院"),
        ),
        (
            "可依法在六十日内向上一级机关或者本级人民政府申请复议；也可以在三个月内直接向人民法院起诉。",
            (60, ("上一级机关", "本级人民政府"), False, 3, None, None),
        ),
        (
            "应当先自收到本决定书之日起六十日内向清河区人民政府申请行政复议；对复议决定不服的，可在十五日内向清河区人民法院提起行政诉讼。",
            (60, ("清河区人民政府",), True, None, 15, "清河区人民法院"),
        ),
        (
            "可以自收到之日起六十日内依法向云州市清河区人民政府或者云州市交通运输局申请行政复议，或者在六个月内依法向云州市清河区人民法院提起行政诉讼，但本决定不停止执行。",
            (
                60,
                ("云州市清河区人民政府", "云州市交通运输局"),
                False,
                6,
                None,
                "云州市清河区人民法院",
            ),
        ),
        (
            "逾期不申请行政复议、不提起行政诉讼又不履行的，申请人民法院强制执行。",
            (None, None, None, None, None, None),
        ),
    ],
)
def test_remedies(text, expected):
    found = decision(ACT, text)
    assert (
        value(found, "reconsideration_days"),
        value(found, "reconsideration_organs"),
        value(found, "reconsideration_first"),
        value(found, "litigation_months"),
        value(found, "litigation_days"),
        value(found, "litigation_court"),
    ) == expected


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("罚款自收到本决定书之日起十五日内缴至样例银行。", 15),
        ("请于收到本决定书之日起15日内持缴款码到样例银行缴纳罚款。", 15),
        ("限你单位在接到本决定书之日起十五日内，将罚款缴至样例银行。", 15),
    ],
)
def test_payment(text, days):
    found = decision(ACT, text)
    assert value(found, "payment_days") == days
    assert value(found, "payment_stated") is True


@pytest.mark.parametrize(
    "text",
    [
        "上述事实有现场笔录、照片为证。",
        "以上事实，由下列证据予以证实：1.现场笔录；2.照片。",
        "主要证据：现场笔录、询问笔录。",
        "认定上述违法事实的证据有：（1）检测单；",
        "上述违法事实，有当事人陈述、车辆行驶证复印件等证据在案佐证。",
        "本局收集了现场笔录1份、照片3张，证明上述事实。",
        "本机关调取了行驶轨迹，制作了询问笔录，足以证明违法事实。",
        "检查笔录载明了查获经过，现场拍摄的照片与之相符。以上证据经查证属实，足以认定。",
        "相关证据包括现场笔录、现场照片。",
    ],
)
def test_evidence_is_listed_or_narrated(text):
    assert value(decision(ACT, text), "evidence_listed") is True


@pytest.mark.parametrize(
    "text", ["违法事实清楚，证据确凿。", "上述事实清楚，足以认定。", "以上事实，证据充分。"]
)
def test_a_mere_assertion_lists_no_evidence(text):
    assert value(decision(ACT, text), "evidence_listed") is None


@pytest.mark.parametrize("label", ["违法事实及证据：", "违法事实和主要证据："])
def test_a_label_of_evidence_without_any_lists_none(label):
    found = decision(f"{label}2024年3月4日8时许，当事人驾驶车辆送一名乘客下车，没有运输证。")
    assert value(found, "evidence_listed") is None


@pytest.mark.parametrize(
    ("text", "made", "waived", "hearing"),
    [
        ("你（单位）在规定的期限内未提出陈述、申辩意见，也未申请听证。", False, None, False),
        ("当事人于2024年3月3日提出了书面陈述申辩，本局经复核予以采纳。", True, None, None),
        ("当事人放弃了陈述申辩的权利。", False, True, None),
        ("当事人未陈述申辩，视为放弃。", False, None, None),
        ("你单位逾期未提出陈述申辩，视为放弃陈述申辩权利。", False, None, None),
        ("你向本机关提出申辩，称不知情，本机关不予采纳。", True, None, None),
        ("经告知，当事人明确表示不陈述申辩、不要求听证。", False, None, False),
        ("2024年3月3日你提交了放弃陈述申辩声明。", False, True, None),
        ("你单位未要求听证，但提出了陈述申辩意见，经复核，理由不成立。", True, None, False),
        ("本机关告知你享有陈述、申辩的权利，你未行使。", False, None, None),
        ("你（单位）书面声明放弃陈述、申辩和听证权利。", False, True, False),
        ("你依法申请了听证，本局于2024年4月1日举行听证会。", None, None, True),
        ("告知你依法享有陈述、申辩的权利。", None, None, None),
    ],
)
def test_defence_waiver_and_hearing(text, made, waived, hearing):
    found = decision(ACT, text)
    assert value(found, "defence_made") is made
    assert value(found, "defence_waived") is waived
    assert value(found, "hearing_requested") is hearing


@pytest.mark.parametrize(
    ("text", "mitigated"),
    [
        ("当事人主动消除危害后果，依法予以减轻处罚。", True),
        ("符合减轻处罚情形，决定减轻处罚。", True),
        ("依照《中华人民共和国行政处罚法》第三十二条第一项的规定减轻处罚，决定罚款。", True),
        ("有第三十二条规定的情形，对当事人减轻行政处罚。", True),
        ("主动供述，减轻处罚，处二千元罚款。", True),
        ("当事人不具有减轻处罚情节。", False),
        ("当事人请求减轻处罚，理由不成立。", None),
        ("依据第三十二条“应当从轻或者减轻行政处罚”的规定。", None),
    ],
)
def test_mitigation_as_applied(text, mitigated):
    assert value(decision(ACT, text), "mitigation_stated") is mitigated


@pytest.mark.parametrize(
    ("text", "serious"),
    [
        ("属于情节严重，决定罚款。", True),
        ("认定为严重违法程度。", True),
        ("不属于情节严重的情形。", False),
        ("属于一般情节。", None),
        ("依据“情节严重的，处一万元以上五万元以下的罚款”的规定。", None),
    ],
)
def test_serious_circumstances_as_found(text, serious):
    assert value(decision(ACT, text), "serious_stated") is serious


PARTIES = [
    (("当事人：张三丰，男，身份证号码：320102199003071233，住址：样例市河东街道3号。",), "张三丰"),
    (("被处罚人：样例（集团）有限公司", "地址：样例市工业园1号"), "样例（集团）有限公司"),
    (
        (
            "违法行为人：样例运输有限公司，统一社会信用代码：91411399MA4CEWKD2W，地址：样例市工业园1号。",
        ),
        "样例运输有限公司",
    ),
    (("样例运输有限公司：",), "样例运输有限公司"),
    (("样例建材有限公司 统一社会信用代码：91411399MA4CEWKD2W",), "样例建材有限公司"),
]


@pytest.mark.parametrize(
    "told",
    [
        "当事人：样例运输有限公司，法定代表人张样，住所地样例县东环路8号。",
        "当事人：张样丰，女，公民身份号码320102199003071233，住样例县东环路8号，电话12345。",
        "当事人：张样丰，女，公民身份号码320102199003071233 住样例县东环路8号，电话12345。",
        "当事人：张样丰（男，现住样例县东环路8号）",
    ],
)
def test_an_address_told_in_a_sentence(told):
    assert value(decision(told, ACT), "party_address") == "样例县东环路8号"


def test_a_bank_or_court_is_no_address():
    found = decision("当事人：张样丰", "住建部门会商后，住样例县人民法院门前停放。", ACT)
    assert value(found, "party_address") is None


@pytest.mark.parametrize(("lines", "name"), PARTIES)
def test_the_party(lines, name):
    assert value(decision(*lines, ACT), "party_name") == name


def test_identity_numbers_prove_themselves():
    found = decision("当事人：样例运输有限公司", "统一社会信用代码：91411399MA4CEWKD2W", ACT)
    number = found.first("party_id")
    assert number is not None
    assert (number.value, number.confidence) == ("91411399MA4CEWKD2W", 1.0)
    wrong = decision("当事人：样例运输有限公司", "统一社会信用代码：91411399MA4CEWKD2X", ACT).first(
        "party_id"
    )
    assert wrong is not None
    assert wrong.confidence < 1.0


def test_the_organs_own_address_is_not_the_partys():
    found = facts(
        "违法行为通知书",
        Sheet().text(
            "违法行为通知书",
            "张样例：",
            ACT,
            "联系地址：样例市交通大厦 联系人：李四样 联系电话：0519-80000000",
        ),
    )
    assert value(found, "party_address") is None


def test_plates_of_the_tractor_and_not_of_the_trailer():
    found = decision("2024年3月5日，你驾驶苏X·F1883重型半挂牵引车（挂车苏XY240挂）运输砂石。")
    assert [fact.value for fact in found.all("plate")] == ["苏XF1883"]


def test_a_second_plate_in_the_text_is_doubtful():
    found = decision(
        "2024年3月5日，你驾驶苏XF1883号货车，与苏XK0001号货车同行。苏XF1883号货车超限。"
    )
    plates = {fact.value: fact.confidence for fact in found.all("plate")}
    assert plates["苏XF1883"] >= 0.8
    assert plates["苏XK0001"] < 0.8


@pytest.mark.parametrize(
    ("text", "weighed", "limit", "over"),
    [
        ("车货总质量34268千克，限定标准25000千克，超限9268千克。", 34268, 25000, 9268),
        ("称重结果为34268kg，超过三轴车限值25000kg共计9268kg。", 34268, None, 9268),
        ("车货总重34268千克，超出限定标准（25000千克）9268千克。", 34268, 25000, 9268),
        ("车货总质量为58.3吨，超过限定标准49吨，超限9.3吨。", 58300, 49000, 9300),
        ("卸载后车货总质量24620千克。", None, None, None),
        ("行驶证核定总质量18000千克。", None, None, None),
    ],
)
def test_masses(text, weighed, limit, over):
    found = decision("2024年3月5日经检测，" + text)
    assert value(found, "weighed_kg") == weighed
    assert value(found, "limit_kg") == limit
    assert value(found, "over_kg") == over


def test_an_ambiguous_excess_is_doubtful():
    over = decision("2024年3月5日车货总质量超过限定标准9268千克。").first("over_kg")
    assert over is not None
    assert over.confidence < 0.8


NOTICES = [
    "根据《中华人民共和国行政处罚法》第六十三条、第六十四条的规定，你（单位）有权在收到本通知之日起五日内要求举行听证。",
    "☑你（单位）可以在收到本通知书之日起五日内依据《中华人民共和国行政处罚法》第六十三条的规定要求听证。",
    "如要求听证，可在收到本告知书之日起5个工作日内提出听证申请，你享有听证的权利。",
]


@pytest.mark.parametrize("text", NOTICES)
def test_the_right_of_a_hearing_is_told(text):
    found = facts("违法行为通知书", Sheet().text("违法行为通知书", "张样例：", ACT, text))
    assert value(found, "hearing_told") is True
    assert value(found, "hearing_request_days") == 5


def test_an_unticked_hearing_is_not_told():
    found = facts("违法行为通知书", Sheet().text("违法行为通知书", ACT, "□" + NOTICES[0]))
    assert value(found, "hearing_told") is None


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("本机关拟对你（单位）作出处以罚款人民币肆仟伍佰元整的行政处罚决定。", 4500),
        ("我局拟对你单位作出如下行政处罚：罚款叁万元整（30000元）。", 30000),
        ("拟给予警告，并处200元罚款。", 200),
        ("建议给予罚款1000元。", 1000),
    ],
)
def test_the_fine_proposed(text, yuan):
    found = facts(
        "违法行为通知书",
        Sheet().text("行政处罚事先告知书", "张样例：", ACT, text, "样例局", "2024年4月1日"),
    )
    assert value(found, "fine_notified_yuan") == yuan
    assert value(found, "penalty_stated") is True
    assert value(found, "notice_on") == date(2024, 4, 1)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("可以自收到本通知之日起五日内向本机关进行陈述和申辩。", 5),
        ("你单位有权进行陈述和申辩，自收到本告知书之日起3个工作日内提出。", 3),
    ],
)
def test_days_for_the_defence(text, days):
    found = facts("违法行为通知书", Sheet().text("违法行为通知书", ACT, text))
    assert value(found, "defence_days") == days
    assert value(found, "rights_told") is True


def test_the_range_that_is_quoted():
    found = decision(
        ACT, "依据《条例》第六十三条“处3万元以上10万元以下的罚款”的规定，决定罚款3万元。"
    )
    assert value(found, "range_min_quoted_yuan") == 30000
    assert value(found, "range_max_quoted_yuan") == 100000


def test_an_on_the_spot_decision_is_served_where_it_is_signed():
    found = facts(
        "当场行政处罚决定书",
        Sheet().text(
            "当场行政处罚决定书",
            "编号：No.0032145",
            "当事人：张三样  性别：男",
            "违法时间：2023年3月2日10时20分",
            "违反了《规定》第六十条，依据该规定第六十条决定给予罚款20元。☑当场缴纳 □银行缴纳",
            "☑放弃陈述申辩",
            "执法人员（签名）：李样四（苏X1000001）、王样五（苏X1000002）",
            "当事人签名：张三样   2023年3月2日",
            "样例市交通运输局  2023年3月2日",
        ),
    )
    assert value(found, "signed_on") == date(2023, 3, 2)
    assert value(found, "decided_on") == date(2023, 3, 2)
    assert value(found, "fine_yuan") == 20
    assert value(found, "defence_waived") is True
    assert [officer.cert_no for officer in value(found, "officers")] == ["苏X1000001", "苏X1000002"]
    assert value(found, "document_no") == "No.0032145"


@pytest.mark.parametrize(
    ("day", "confidence", "sealed", "is_sure"),
    [
        ("2024年2月30日", 1.0, True, True),  # typed: a seal hides nothing
        ("二〇二四年二月三十日", 1.0, False, True),
        ("2024年2月30日", 0.98, False, True),
        ("2024年2月30日", 0.98, True, False),  # 12月 loses its 1 under a seal
        ("2024年2月30日", 0.85, False, False),
        ("二〇二四年二月三十日", 0.98, False, False),  # 三 loses a stroke
    ],
)
def test_an_impossible_date_is_doubtful_where_a_scan_misreads(day, confidence, sealed, is_sure):
    sheet = Sheet(confidence=confidence).text("行政处罚决定书", f"{day}你违法。")
    if sealed:
        sheet.marks.append(Mark(MarkKind.SEAL, sheet.blocks[-1].lines[0].box, 0.9))
    read = facts("行政处罚决定书", sheet).first("impossible_date")
    assert (read.value, read.confidence >= SURE) == (day, is_sure)


def test_a_seal_elsewhere_on_the_page_does_not_make_an_impossible_date_doubtful():
    sheet = Sheet(confidence=0.98).text("行政处罚决定书", "2024年2月30日你违法。")
    box = sheet.blocks[-1].lines[0].box
    sheet.marks.append(Mark(MarkKind.SEAL, box._replace(top=box.bottom, bottom=box.bottom + 90), 1))
    assert facts("行政处罚决定书", sheet).first("impossible_date").confidence >= SURE


def test_a_decision_in_numbered_parts():
    found = decision(
        "一、违法事实和证据",
        "2024年8月9日10时许，你单位所属“样航货688”轮停靠样港，经检查，发现该轮配员不足。",
        "证明上述事实的证据有：证据一，现场笔录；证据二，询问笔录。",
        "二、行政处罚的依据和种类",
        "上述行为违反《某条例》第六条第（三）项，依据同条例第六十四条之规定，决定作出如下处罚：",
        "（一）警告；",
        "（二）罚款人民币贰万元整（¥20000.00元）。",
        "三、行政处罚的履行方式和期限",
        "自收到本决定书之日起15日内到样例银行缴纳。",
        "四、申请行政复议或者提起行政诉讼的途径和期限",
        "不服本决定的，可在收到本决定书之日起60日内向样市人民政府申请行政复议，也可在6个月内直接向样区人民法院提起诉讼。",
        "样市交通运输综合行政执法支队（印）",
        "二〇二四年九月二日",
    )
    assert value(found, "plate") == "样航货688"
    assert value(found, "basis") == "《某条例》第六十四条"
    assert value(found, "kind_of_penalty") == ("警告", "罚款")
    assert value(found, "fine_yuan") == 20000
    assert value(found, "evidence_listed") is True
    assert value(found, "reconsideration_days") == 60
    assert value(found, "litigation_months") == 6
    assert value(found, "decided_on") == date(2024, 9, 2)


@pytest.mark.parametrize(
    ("confidence", "number", "basis"),
    [
        (0.97, "样交罚〔2024〕12号", "《样例条例》第六十三条第（二）项"),
        (1.0, "样交罚〔2024]12号", "《样例条例》第六十三条第(二)项"),
    ],
)
def test_only_scans_have_their_brackets_mended(confidence, number, basis):
    sheet = Sheet(confidence=confidence).text(
        "行政处罚决定书",
        "案号：样交罚〔2024]12号",
        "你的行为违反了《样例条例》第十条，依据《样例条例》第六十三条第(二)项的规定，决定罚款。",
    )
    found = facts("行政处罚决定书", sheet)
    assert value(found, "case_no") == number
    assert value(found, "basis") == basis


@pytest.mark.parametrize(
    ("text", "considered"),
    [
        ("当事人提出陈述申辩，经复核，理由不成立，不予采纳。", True),
        ("对你的申辩意见，本机关已作考虑。", True),
        ("你（单位）提出陈述申辩，本机关已经知悉。", None),
        ("当事人的申辩未经复核。", False),
    ],
)
def test_whether_a_defence_was_considered(text, considered):
    assert value(decision(ACT, text), "defence_considered") is considered


def test_a_notice_that_promises_to_look_at_a_defence_has_not_done_so():
    sheet = Sheet().text("违法行为通知书", "逾期未陈述申辩的，视为放弃；提出的，本机关将依法核实。")
    assert value(facts("违法行为通知书", sheet), "defence_considered") is None


def test_an_on_the_spot_decision_whose_foot_is_sealed_over_is_dated_by_when_it_was_made():
    form = Sheet(confidence=0.98).form(
        ["处罚时间地点", "2022-09-26 10:47 样例路12号"], ["当事人签收", "张三样"]
    )
    assert value(facts("当场行政处罚决定书", form), "decided_on") == date(2022, 9, 26)
    assert value(facts("行政处罚决定书", form), "decided_on") is None


@pytest.mark.parametrize(
    ("row", "basis"),
    [
        ("违反《某条例》第二十二条第三项，依据《某条例》第六十四条", "《某条例》第六十四条"),
        ("违反了《某条例》第二十二条的规定，根据该条例第六十四条", "《某条例》第六十四条"),
        ("违反《甲办法》第五条；按照《乙条例》第六十四条第二项处罚", "《乙条例》第六十四条第二项"),
        ("依据《某条例》第六十四条、《甲办法》第五条", "《某条例》第六十四条、《甲办法》第五条"),
        ("《某条例》第六十四条", "《某条例》第六十四条"),
    ],
)
def test_what_a_row_of_the_basis_says_was_violated_is_not_the_basis(row, basis):
    sheet = Sheet().form(
        ["案由", "样例运输有限公司未按规定检测车辆"], ["处罚依据", row], ["处罚内容", "警告"]
    )
    assert value(facts("当场行政处罚决定书", sheet), "basis") == basis


@pytest.mark.parametrize(
    ("confidence", "pieces", "organ"),
    [
        (0.97, ("样例市道", "运输管理处"), "样例市道运输管理处"),
        (0.97, ("样例市交通运输", "综合执法大队"), "样例市交通运输综合执法大队"),
        (1.0, ("样例市道", "运输管理处"), None),  # typed: nothing tears a line apart
        (0.97, ("请到银行缴纳。", "运输管理处"), None),
    ],
)
def test_an_organ_whose_name_the_seal_tears_apart_on_a_scan(confidence, pieces, organ):
    sheet = Sheet(confidence=confidence).text("行政处罚决定书", ACT, "决定处以5000元罚款。")
    sheet.torn(*pieces).text("(公章)")
    assert value(facts("行政处罚决定书", sheet), "acting_organ") == organ


def test_lines_below_one_another_are_not_pieces_of_an_organs_name():
    sheet = Sheet(confidence=0.97).text("行政处罚决定书", ACT, "样例市道", "运输管理处")
    assert value(facts("行政处罚决定书", sheet), "acting_organ") is None


@pytest.mark.parametrize("head", ["文号：样交罚决〔2024〕第9号", "文书编号：样9号", "案由：超限"])
def test_a_label_at_the_head_of_a_letter_is_not_whom_it_addresses(head):
    found = facts(
        "违法行为通知书",
        Sheet().text("违法行为通知书", head, "样例物流运输有限公司：", ACT),
    )
    assert value(found, "party_name") == "样例物流运输有限公司"
