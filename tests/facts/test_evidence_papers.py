"""Slips, certificates and licences: exact values of the right thing."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from tests.facts.papers import Sheet, facts, value


@pytest.mark.parametrize(
    "sheet",
    [
        Sheet().form(
            ["车牌号", "苏XF1883"],
            ["轴数", "6轴"],
            ["车货总质量", "58300 kg"],
            ["限定标准", "49000 kg"],
            ["超限量", "9300 kg"],
            ["设备编号", "SCS-100-2566"],
            ["检测时间", "2024-03-05 08:10"],
        ),
        Sheet().text(
            "超限检测单|编号：2024001|车号：苏X·F1883 轴数：6|总重：58.30t  限重：49t  超重：9.30t|检测时间：2024/03/05 08:10|设备编号：SCS-100-2566"
        ),
        Sheet().form(
            ["车牌号码", "轴数", "总重(kg)", "限重(kg)", "超限(kg)", "检测时间", "设备编号"],
            ["苏XF1883", "6轴", "58300", "49000", "9300", "2024-03-05 08:10:22", "SCS-100-2566"],
        ),
        Sheet().text(
            "车牌号 苏XF1883|轴数 六轴|车货总质量 58300 千克|限定标准 49,000 千克|超限量 9300 千克|设备编号 SCS-100-2566|检测时间 2024年3月5日8时10分"
        ),
    ],
)
def test_a_scale_slip(sheet):
    found = facts("称重检测单", sheet)
    assert value(found, "plate") == "苏XF1883"
    assert value(found, "weighed_kg") == 58300
    assert value(found, "limit_kg") == 49000
    assert value(found, "over_kg") == 9300
    assert value(found, "axles") == 6
    assert value(found, "device_no") == "SCS-100-2566"
    assert value(found, "measured_at") == datetime.fromisoformat("2024-03-05 08:10")


def test_sizes_in_metres():
    sheet = Sheet().form(["车货总高度", "4.35米"], ["车货总宽度", "3200mm"], ["车货总长度", "25.1"])
    found = facts("称重检测单", sheet)
    assert value(found, "height_m") == Decimal("4.35")
    assert value(found, "width_m") == Decimal("3.2")
    assert value(found, "length_m") == Decimal("25.1")


def test_the_weight_after_unloading_is_not_the_weight_at_the_check():
    found = facts(
        "卸载复磅单",
        Sheet().text("复检时间 2024-03-05|车牌号 苏XF1883|卸载后总质量 24620 kg|限定标准 25000 kg"),
    )
    assert value(found, "reweighed_kg") == 24620
    assert value(found, "weighed_kg") is None
    assert value(found, "corrected_on") == date(2024, 3, 5)


@pytest.mark.parametrize(
    "line",
    [
        "有效期至 2025年12月14日",
        "检定日期：2024年12月15日|有效期至：2025年12月14日",
        "有效期：2024年12月15日至2025年12月14日",
    ],
)
def test_a_verification_certificate(line):
    found = facts(
        "计量检定证书复印件",
        Sheet().text(f"检定证书|证书编号 JL32089629|型号/编号 SCS-100-2566|{line}"),
    )
    assert value(found, "valid_until") == date(2025, 12, 14)
    assert value(found, "device_no") == "SCS-100-2566"


def test_an_identity_card():
    found = facts(
        "身份证复印件",
        Sheet().text(
            "姓名 余样远|性别 男 民族 汉|出生 1978年10月27日|住址 样例市建新路40号|公民身份号码 370799197810276355",
            "经核对与原件一致。",
        ),
    )
    assert value(found, "holder_name") == "余样远"
    assert value(found, "holder_id") == "370799197810276355"
    assert value(found, "copy_verified") is True
    assert value(found, "party_name") is None


@pytest.mark.parametrize(
    "mark", ["与原件核对无异。", "经核对，与原件相符", "本件核对属实", "与原件吻合"]
)
def test_marks_of_a_checked_copy(mark):
    sheet = Sheet().text("居民身份证复印件", "姓名 余样远", f"{mark}提供人：余样远")
    assert value(facts("身份证复印件", sheet), "copy_verified") is True


def test_a_business_licence():
    found = facts(
        "营业执照复印件",
        Sheet().text(
            "统一社会信用代码 91411399MA4CEWKD2W|名称 样例（集团）运输有限公司|类型 有限责任公司|法定代表人 徐样伟|住所 样例市工业园13号"
        ),
    )
    assert value(found, "holder_name") == "样例（集团）运输有限公司"
    assert value(found, "holder_id") == "91411399MA4CEWKD2W"
    assert value(found, "legal_representative") == "徐样伟"
    assert value(found, "party_type") is None


def test_the_licence_of_an_individual_business():
    found = facts(
        "营业执照复印件",
        Sheet().text("名称 样例镇老王货运部|类型 个体工商户|经营者 王样五|组成形式 个人经营"),
    )
    assert value(found, "operator") == "王样五"
    assert value(found, "party_type") == "individual_business"


def test_a_vehicle_licence():
    found = facts(
        "行驶证复印件",
        Sheet().text(
            "号牌号码 苏XF1883 车辆类型 重型半挂牵引车|所有人 样例运输有限公司|住址 样例市|使用性质 货运|准牵引总质量 38000kg|总质量 25000kg"
        ),
    )
    assert value(found, "plate") == "苏XF1883"
    assert value(found, "owner_name") == "样例运输有限公司"
    assert value(found, "total_mass_kg") == 25000
    assert value(found, "vehicle_type") == "重型半挂牵引车"


def test_a_trailers_licence_gives_no_main_plate():
    assert (
        value(facts("行驶证复印件", Sheet().text("号牌号码 苏XY240挂|所有人 样例公司")), "plate")
        is None
    )


@pytest.mark.parametrize(
    ("printed", "plate"),
    [
        ("苏X·F1883", "苏XF1883"),
        ("苏 X F1883", "苏XF1883"),
        ("苏XD12345", "苏XD12345"),
        ("苏X1O8I3", "苏X10813"),
        ("苏X88学", None),
        ("苏XABCDE", None),
    ],
)
def test_plates(printed, plate):
    assert value(facts("现场笔录", Sheet().form(["车牌号", printed])), "plate") == plate


def test_a_ship_is_named_where_the_label_asks_for_one():
    assert value(facts("现场笔录", Sheet().form(["船名", "苏样货1234"])), "plate") == "苏样货1234"
    assert value(facts("现场笔录", Sheet().form(["车牌号", "苏样货1234"])), "plate") is None


def test_officers_cards():
    sheet = Sheet().text(
        "行政执法证|姓名：李样四|执法证号：10050120001|有效期：2022年1月1日至2027年1月1日",
        "行政执法证|姓名：王样五|执法证号：10050120002|有效期：2022年1月1日至2023年1月1日",
    )
    found = facts("执法证件复印件", sheet)
    assert [fact.value for fact in found.all("holder_name")] == ["李样四", "王样五"]
    assert [fact.value for fact in found.all("holder_id")] == ["10050120001", "10050120002"]
    assert [fact.value for fact in found.all("valid_until")] == [date(2027, 1, 1), date(2023, 1, 1)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("经查询，未查询到该当事人违法记录。", True),
        ("查询结果：首次违法：是", True),
        ("无行政处罚记录，系首次违法。", True),
        ("查询到违法记录2条。", False),
        ("不属于首次违法。", False),
        ("该车曾因超限运输被处罚。", False),
    ],
)
def test_what_a_query_of_earlier_violations_found(text, first):
    assert (
        value(facts("首次违法查询记录", Sheet().text("首次违法查询记录", text)), "first_violation")
        is first
    )


def test_the_day_by_which_correction_is_due():
    sheet = Sheet().text(
        "责令改正通知书",
        "责令立即停止违法行为，并于2023年2月3日前改正完毕。",
        "样例市交通运输局",
        "2023年1月30日",
    )
    found = facts("责令改正违法行为通知书", sheet)
    assert value(found, "correction_due_on") == date(2023, 2, 3)
    assert value(found, "dated_on") == date(2023, 1, 30)
    assert value(found, "correction_ordered") is True


def test_a_credit_code_that_recognition_parted_proves_itself():
    found = facts(
        "营业执照复印件",
        Sheet(confidence=0.97).text("统一社会信用代码 9141 1399MA4CEWKD2W|名称 样例运输有限公司"),
    )
    number = found.first("holder_id")
    assert number is not None
    assert number.value == "91411399MA4CEWKD2W"
    assert number.confidence >= 0.9
    other = facts(
        "营业执照复印件",
        Sheet(confidence=0.97).text("统一社会信用代码 9141 1399MA4CEWKD2X|名称 样例运输有限公司"),
    )
    assert value(other, "holder_id") is None


def test_letters_among_the_digits_of_a_scan():
    sheet = Sheet(confidence=0.97).form(
        ["执法时间", "2024年3月5日9时29分至1O时24分"], ["执法人员", "于样德（032O839174）"]
    )
    found = facts("现场笔录", sheet)
    assert value(found, "ended_at") == datetime.fromisoformat("2024-03-05 10:24")
    assert [officer.cert_no for officer in value(found, "officers")] == ["0320839174"]
