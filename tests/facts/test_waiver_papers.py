"""The search for earlier violations, and the inspection of the correction."""

from __future__ import annotations

from datetime import date

import pytest

from tests.facts.papers import Sheet, facts, value

SEARCH = "首次违法查询记录"
INSPECTION = "整改复查记录"


def test_rows_of_the_search_are_told_with_their_day():
    sheet = (
        Sheet()
        .text(SEARCH, "查询范围：近三年")
        .form(
            ["序号", "处理日期", "案由", "处理"],
            ["1", "2023年4月5日", "样例遗洒污染路面", "罚款300元"],
            ["2", "2022年1月3日", "样例超限运输", "不予处罚"],
        )
        .text("查询结果：2条", "查询人：样例甲 2024年2月1日")
    )
    found = facts(SEARCH, sheet)
    told = [str(fact.value) for fact in found.all("earlier_record")]
    assert [each[:10] for each in told] == ["2023-04-05", "2022-01-03"]
    assert "样例遗洒污染路面" in told[0]
    assert "超限" not in told[0]
    assert value(found, "search_years") == 3
    assert value(found, "first_violation") is not True


@pytest.mark.parametrize(
    "line",
    [
        "查询结果：1起，2023年4月5日因样例遗洒污染路面被查处，警告。",
        "查得1件：2023-04-05 样例遗洒污染路面 免予处罚",
        "2023年4月5日样例遗洒污染路面，不予行政处罚，已归档。",
        "结果：共1条。样例遗洒污染路面，2023.4.5，罚款贰佰元。",
        "违法记录：2023年4月5日，样例遗洒污染路面，轻微不罚。",
    ],
)
def test_a_line_that_gives_an_earlier_case(line):
    found = facts(SEARCH, Sheet().text(SEARCH, line, "查询人：样例甲 2024年2月1日"))
    told = [str(fact.value) for fact in found.all("earlier_record")]
    assert len(told) == 1
    assert told[0].startswith("2023-04-05 ")
    assert value(found, "first_violation") is not True


@pytest.mark.parametrize(
    "line",
    [
        "查询结果：0条。",
        "近两年查得违法记录0条",
        "查询结果：零条，2024年2月1日查询。",
        "2022年2月1日至2024年2月1日期间无同类违法记录。",
        "检索到0起",
    ],
)
def test_a_result_of_none_is_a_first_violation(line):
    found = facts(SEARCH, Sheet().text(SEARCH, line, "查询人：样例甲 2024年2月1日"))
    assert value(found, "first_violation") is True
    assert found.all("earlier_record") == ()


@pytest.mark.parametrize(
    ("words", "years"),
    [("近一年", 1), ("最近两年", 2), ("过去二十四个月", 2), ("近12个月", 1), ("全部", None)],
)
def test_the_years_of_the_search(words, years):
    found = facts(SEARCH, Sheet().text(SEARCH, f"查询范围：{words}内的同类违法行为。"))
    assert value(found, "search_years") == years


@pytest.mark.parametrize(
    ("words", "claimed"),
    [
        ("鉴于当事人系首次违法，予以免罚。", True),
        ("本次属于初次实施同类违法行为。", True),
        ("拟按首次办理。", True),
        ("适用首违不罚的规定。", True),
        ("不属于首次违法，但情节轻微。", False),
        ("初次违法且危害后果轻微并及时改正的，可以不予处罚。", None),
        ("附首次违法查询记录一份。", None),
        ("是否属首次违法，另行查询。", None),
    ],
)
def test_whether_a_paper_treats_the_act_as_a_first(words, claimed):
    found = facts("不予行政处罚决定书", Sheet().text("不予行政处罚决定书", words))
    assert value(found, "first_claimed") is claimed


@pytest.mark.parametrize(
    "text",
    [
        "2024年3月8日，执法人员到场复查：场地已清理，符合整改要求。",
        "2024年3月8日执法人员对改正情况进行核查，路面清扫完毕。",
        "执法人员于2024年3月8日回访，篷布已加盖。",
        "经查看，当事人已于2024年3月8日改正。2024年3月10日执法人员复核属实。",
        "2024.3.8跟踪检查，违法堆放物已经清除。",
    ],
)
def test_the_day_of_correction_in_a_sentence(text):
    found = facts(INSPECTION, Sheet().text(INSPECTION, text, "复查人：样例甲 样例乙 2024年3月10日"))
    assert value(found, "corrected_on") == date(2024, 3, 8)


@pytest.mark.parametrize(
    "text",
    [
        "2024年3月8日，执法人员复查：尚未清理完毕。",
        "2024年3月8日复查，整改不到位，已责令继续改正。",
        "2024年3月1日责令改正，限2024年3月8日前改正，现已清理完毕。",
        "2024年3月8日执法人员复查。",
    ],
)
def test_no_day_where_nothing_was_put_right_or_only_a_term_is_told(text):
    found = facts(INSPECTION, Sheet().text(INSPECTION, text))
    assert value(found, "corrected_on") is None


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (("查询项目：行政处罚记录", "查询结果：2023年4月5日，样例遗洒，罚款300元。"), "2023-04-05"),
        (("查询项目：道路运输证", "2023年4月5日核发，经营许可，未处罚。"), None),
    ],
)
def test_a_screen_of_a_query_counts_where_violations_were_queried(lines, day):
    found = facts("系统查询截图", Sheet().text("系统查询截图", *lines))
    told = value(found, "earlier_record")
    assert (None if told is None else str(told)[:10]) == day
    assert value(found, "first_violation") is not True
