"""On-site records and interviews in the words of different provinces."""

from __future__ import annotations

from datetime import datetime

import pytest

from review.facts.model import Officer
from tests.facts.papers import Sheet, facts, value

TWO = (Officer("于样德", "0320839174"), Officer("任样河", "0320695976"))


@pytest.mark.parametrize(
    "sheet",
    [
        Sheet().text("执法人员：于样德 执法证件号0320839174 任样河 执法证件号0320695976"),
        Sheet().text("执法人员：于样德（0320839174）、任样河（0320695976）"),
        Sheet().text("检查人员：于样德（证号：0320839174）、任样河（证号：0320695976）"),
        Sheet().text("执法人员：于样德、任样河    执法证号：0320839174、0320695976"),
        Sheet().form(
            ["执法人员", "于样德", "执法证件号", "0320839174"],
            ["执法人员", "任样河", "执法证件号", "0320695976"],
        ),
        Sheet().form(
            ["询问人", "于样德", "执法证件号", "0320839174"],
            ["记录人", "任样河", "执法证件号", "0320695976"],
        ),
        Sheet().form(["执法人员及证号", "于样德（0320839174）、任样河（0320695976）"]),
        Sheet().text(
            "我们是样例市交通运输局的执法人员于样德、任样河，证件号码分别为0320839174、0320695976，现依法检查。"
        ),
        Sheet().text(
            "我们是样例市交通运输局执法人员于样德（证号0320839174）、任样河（证号0320695976），请过目。"
        ),
        Sheet().form(
            ["执法人员", "于样德 0320839174", "任样河 0320695976"],
            ["现场负责人", "何样华", "车号", "苏A1样例"],
        ),
        Sheet().form(
            ["勘验人", "于样德", "证件编号", "0320839174"],
            ["勘验人", "任样河", "证件编号", "0320695976"],
        ),
    ],
)
def test_two_officers_with_their_certificates(sheet):
    assert value(facts("现场笔录", sheet), "officers") == TWO


@pytest.mark.parametrize("label", ["检查人员", "执法人员", "勘验人"])
@pytest.mark.parametrize("row", [["记录人", "任样河"], ["记录人", "任样河", "参加人", "何样华"]])
@pytest.mark.parametrize(
    "cell",
    [
        "于样德 执法证件号 0320839174　任样河 执法证件号 0320695976",
        "于样德，证件号：0320839174；任样河，证件号：0320695976",
        "于样德 执法证号：0320839174 任样河 执法证号：0320695976",
        "于样德（执法证号0320839174）、任样河（执法证号0320695976）",
        "于样德 0320839174；任样河 0320695976",
        "1.于样德，执法证编号0320839174；2.任样河，执法证编号0320695976",
        "于样德、任样河，证件号：0320839174、0320695976",
    ],
)
def test_officers_with_their_numbers_in_one_cell_above_the_recorder(label, row, cell):
    sheet = Sheet().form(["检查地点", "样例路口"], [label, cell], row, ["检查情况", "属实。"])
    assert value(facts("现场笔录", sheet), "officers") == TWO


def test_three_officers_with_their_numbers_in_one_cell_above_the_recorder():
    cell = "于样德，证件号：0320839174；任样河，证件号：0320695976；何样华，证件号：0320111222"
    sheet = Sheet().form(["检查人员", cell], ["记录人", "任样河"])
    found = value(facts("现场笔录", sheet), "officers")
    assert found == (*TWO, Officer("何样华", "0320111222"))


@pytest.mark.parametrize(
    "text",
    [
        "执法人员对现场拍照取证，随后引导车辆上秤称重。",
        "经查，执法人员向乘客了解了上车地点和约定的车费。",
        "执法人员：您好，请出示证件。",
    ],
)
def test_a_narrative_names_no_officers(text):
    assert value(facts("现场笔录", Sheet().text("现场笔录", text)), "officers") is None


def test_a_number_goes_to_nobody_where_the_counts_do_not_fit():
    sheet = Sheet().text("执法人员：于样德、任样河、何样华    执法证号：0320839174、0320695976")
    found = value(facts("现场笔录", sheet), "officers")
    assert found == (Officer("于样德"), Officer("任样河"), Officer("何样华"))


@pytest.mark.parametrize(
    ("sheet", "started", "ended"),
    [
        (
            Sheet().text("执法时间：2025年9月29日9时29分至10时24分"),
            "2025-09-29 09:29",
            "2025-09-29 10:24",
        ),
        (
            Sheet().form(["询问时间", "2025年10月10日14时19分至|15时07分"]),
            "2025-10-10 14:19",
            "2025-10-10 15:07",
        ),
        (
            Sheet().form(
                ["开始时间", "2025年10月10日14时19分"], ["结束时间", "2025年10月10日15时07分"]
            ),
            "2025-10-10 14:19",
            "2025-10-10 15:07",
        ),
        (
            Sheet().text("询问笔录", "（2025年10月10日 14:19—15:07）"),
            "2025-10-10 14:19",
            "2025-10-10 15:07",
        ),
        (
            Sheet().text("检查时间：2024年6月3日 22时50分至 2024年6月4日 0时20分"),
            "2024-06-03 22:50",
            "2024-06-04 00:20",
        ),
    ],
)
def test_times_of_a_record(sheet, started, ended):
    found = facts("询问笔录", sheet)
    assert value(found, "started_at") == datetime.fromisoformat(started)
    assert value(found, "ended_at") == datetime.fromisoformat(ended)
    assert value(found, "end_time_blank") is None


@pytest.mark.parametrize(
    "sheet",
    [
        Sheet().form(["执法时间", "2023年5月1日8时10分至   时   分"]),
        Sheet().text("询问时间：2023年5月1日8时10分至    年   月   日   时   分"),
        Sheet().form(["开始时间", "2023年5月1日8时10分"], ["结束时间", ""]),
        Sheet().form(["开始时间", "2023年5月1日8时10分"], ["结束时间", "   年  月  日  时  分"]),
    ],
)
def test_a_blank_end_is_told(sheet):
    found = facts("询问笔录", sheet)
    assert value(found, "end_time_blank") is True
    assert value(found, "end_time_unread") is None
    assert value(found, "ended_at") is None


def test_an_end_that_was_not_made_out_is_not_blank():
    sheet = Sheet().form(["开始时间", "2023年5月1日8时10分"], ["结束时间", "2023年5月1曰8吋4O分"])
    found = facts("询问笔录", sheet)
    assert value(found, "end_time_unread") is True
    assert value(found, "end_time_blank") is None
    assert value(found, "ended_at") is None


SHOWN = [
    "现向你出示执法证件，请过目。",
    "执法人员出示执法证后，要求驾驶员出示道路运输证。",
    "我们是执法人员张样例、李样例（亮证），",
    "两名执法人员亮明身份并出示证件。",
    "问：我们的执法证件你看清楚了吗？（出示执法证）",
    "首先表明身份，出示了行政执法证件，随后检查。",
    "检查人员向当事人出示执法证（证号：1234567）并说明来意。",
    "这是我们的执法证件，请看。",
    "我们依法出示证件进行检查。",
    "执法证件号01234567，请你查验。",
    "执法证号分别为1234567和1234568，现向你出示，你看清楚了吗？",
    "出示证件情况：☑是 □否",
    "我们是样例市港航局的，我叫于样德，他叫任样河，请看我们的执法证（9940001、9940002）。",
]
NOT_SHOWN = [
    "执法人员未出示执法证件即开始检查。",
    "没有向当事人出示执法证。",
    "出示证件情况：□是 ☑否",
]
SAYS_NOTHING = [
    "要求驾驶员张样例出示道路运输证，其不能出示。",
    "请你出示身份证件。",
    "驾驶员当场出示了身份证。",
    "当事人出示了从业资格证件。",
    "当事人未能出示有效证明。",
]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        *((text, True) for text in SHOWN),
        *((text, False) for text in NOT_SHOWN),
        *((text, None) for text in SAYS_NOTHING),
    ],
)
def test_who_shows_which_card(text, shown):
    assert value(facts("现场笔录", Sheet().text("现场笔录", text)), "certificate_shown") is shown


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("如你认为我们与本案有利害关系，可以申请我们回避，你是否申请回避？", True),
        ("依法告知其有权申请执法人员回避，对方表示不申请回避。", True),
        ("当事人称不需要回避。", True),
        ("你享有申请回避的权利，是否申请？", True),
        ("要是觉得我们两个人跟你有什么利害关系，可以要求换人，要不要换？答：不用换。", True),
        ("如果认为检查人员同本案有利害关系，可以要求更换。", True),
        ("执法人员未告知当事人申请回避的权利。", False),
        ("请如实回答。", None),
    ],
)
def test_recusal(text, told):
    assert value(facts("询问笔录", Sheet().text("询问笔录", text)), "recusal_told") is told


@pytest.mark.parametrize(
    "lines",
    [
        ("执法人员签名：于样德、任样河      2025年9月29日",),
        ("检查人员（签名）：于样德  任样河  2025年9月29日",),
        ("询问人签名：于样德   2025年9月29日", "记录人签名：任样河   2025年9月29日"),
        ("执法人员：于样德 任样河", "2025年9月29日"),
        ("询问人（签字或盖章）：于样德    记录人（签字或盖章）：任样河",),
    ],
)
def test_officers_signatures(lines):
    sheet = Sheet().text("询问笔录", "问：样例。" * 60, *lines)
    assert value(facts("询问笔录", sheet), "officer_signatures") == ("于样德", "任样河")


@pytest.mark.parametrize(
    ("row", "signed"),
    [
        (["执法人员签名及时间", "于样德　　2025年9月29日"], ("于样德",)),
        (["执法人员签名及时间", "于样德  任样河  2025年9月29日"], ("于样德", "任样河")),
        (["检查人", "于样德  二〇二五年九月二十九日"], ("于样德",)),
    ],
)
def test_a_row_of_signatures_counts_those_who_signed(row, signed):
    sheet = Sheet().form(
        ["执法人员", "于样德", "执法证号", "0320839174"],
        ["执法人员", "任样河", "执法证号", "0320695976"],
        ["主要内容", "样例。" * 80],
        row,
    )
    assert value(facts("现场笔录", sheet), "officer_signatures") == signed


def test_one_signature_is_one_signature():
    sheet = Sheet().text(
        "现场笔录",
        "执法人员：于样德、任样河",
        "样例。" * 80,
        "执法人员签名：于样德    2025年9月29日",
    )
    assert value(facts("现场笔录", sheet), "officer_signatures") == ("于样德",)


def test_a_blank_signature_is_no_fact():
    sheet = Sheet().text(
        "现场笔录", "样例。" * 60, "当事人签名：          年   月   日", "执法人员签名："
    )
    found = facts("现场笔录", sheet)
    assert value(found, "party_signature") is None
    assert value(found, "officer_signatures") is None


def test_every_person_interviewed_is_named():
    sheet = Sheet().form(["被询问人", "周样大、吴样二"], ["身份证件号", "320102197803041239"])
    assert value(facts("询问笔录", sheet), "interviewees") == ("周样大", "吴样二")


def test_a_second_officer_on_a_line_of_his_own_keeps_his_number():
    sheet = Sheet().text(
        "检查人员   于样德   执法证号   32040012", "　　　　   任样河   执法证号   32040013"
    )
    found = value(facts("现场笔录", sheet), "officers")
    assert found == (Officer("于样德", "32040012"), Officer("任样河", "32040013"))


def test_vehicles_of_others_in_an_answer_are_none_of_the_case():
    sheet = Sheet().text(
        "询问笔录",
        "问：当天还有别的车吗？",
        "答：有的，前面一辆是浙A77213，后面一辆是苏A90F21，那两辆跟我没有关系。",
    )
    found = facts("询问笔录", sheet)
    assert {str(fact.value) for fact in found.all("other_plate")} == {"浙A77213", "苏A90F21"}
    assert not found.all("plate")


def test_a_certificate_of_letters_and_four_digits():
    sheet = Sheet().text("检查人员：于样德（执法证号：YLZ0071）、任样河（执法证号：YLZ0085）")
    assert value(facts("现场笔录", sheet), "officers") == (
        Officer("于样德", "YLZ0071"),
        Officer("任样河", "YLZ0085"),
    )


def test_someone_present_is_not_interviewed():
    sheet = Sheet().text("被询问人：何样华　　同案关系人：无　　在场代理人：钱样安（安全员）")
    assert value(facts("询问笔录", sheet), "interviewees") == ("何样华",)


def test_please_look_at_the_certificate():
    sheet = Sheet().text(
        "问：我们是样例局执法人员于样德（GX10021）、任样河（GX10034），请看证件。答：看过了。"
    )
    assert value(facts("询问笔录", sheet), "certificate_shown") is True


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("经勘查，路面掉落少量砂石，驾驶员9时45分清扫完毕，路面无损坏。", True),
        ("检查时当事人已当场改正，恢复使用计价器。", True),
        ("现责令当事人立即清扫路面。", None),
        ("至检查结束时当事人仍未清理完毕。", False),
    ],
)
def test_what_was_put_right_on_the_scene(text, told):
    sheet = Sheet().text("现场笔录", text)
    assert value(facts("现场笔录", sheet), "correction_done") is told


@pytest.mark.parametrize(
    "text",
    [
        "被检查人（签字）：拒签",
        "当事人拒签，邀请见证人到场。",
        "现场人员核对意见|签名：拒签",
        "当事人核对无误后不愿签字。",
        "被检查人签名：（拒绝）",
        "当事人不肯在笔录上签名。",
        "现场人员签字：拒绝签字",
    ],
)
def test_a_refusal_in_one_word_is_no_signature(text):
    found = facts("现场笔录", Sheet().text("现场笔录", text))
    assert value(found, "refusal_noted") is True
    assert value(found, "party_signature") is None


def test_a_label_that_a_scan_runs_together_with_the_name_before_it():
    sheet = Sheet(confidence=0.95).text(
        "被询问人签字：何样华 2024.12.19 询问人签字：于样德记录人签字：任样河"
    )
    assert value(facts("询问笔录", sheet), "officer_signatures") == ("于样德", "任样河")


@pytest.mark.parametrize(
    "text",
    ["当事人如拒绝签名的，应当注明情况。", "拒绝签字的，由两名执法人员注明。", "签名：张样三"],
)
def test_a_printed_rule_for_refusals_is_none(text):
    found = facts("现场笔录", Sheet().text("现场笔录", text))
    assert value(found, "refusal_noted") is None


@pytest.mark.parametrize(
    "day",
    ["二十八日", "七日", "十二日", "廿八日", "九时四十分", "二三年六月七日", "三十号", "两页"],
)
def test_the_rest_of_a_day_is_nobody_who_was_heard(day):
    sheet = Sheet(confidence=0.95).text(
        "调查询问笔录",
        "询问人：于样德　记录人：任样河",
        "被询问人：韦样雪　性别：男",
        "问：说说经过。",
        "答：货是我拉的。",
        f"被询问人：韦样雪 二〇二三年十一月 {day}",
    )
    assert value(facts("询问笔录", sheet), "interviewees") == ("韦样雪",)


@pytest.mark.parametrize("link", ["、", "会同", "协同", "和", "，"])
def test_officers_with_their_numbers_in_brackets_however_they_are_joined(link):
    text = f"执法人员于样德（证号0320839174）{link}任样河（证号0320695976）向何样华出示执法证件。"
    assert value(facts("现场笔录", Sheet().text("现场笔录", text)), "officers") == TWO


@pytest.mark.parametrize(
    "line",
    [
        "被询问人：何样华；法定代理人（父亲）：何样山　2025年9月10日",
        "被询问人：何样华　监护人：何样山",
        "被询问人：何样华 翻译人员：何样山",
    ],
)
def test_who_is_present_beside_a_minor_is_not_heard(line):
    found = facts("询问笔录", Sheet().text("询问笔录", "问：你叫什么？", "答：何样华。", line))
    assert value(found, "interviewees") == ("何样华",)


@pytest.mark.parametrize(
    ("field", "unread"),
    [
        ("2023年5月1日 14时寸24分至14时49分", True),
        ("2023年5月1日14时", None),
    ],
)
def test_an_end_behind_a_start_that_was_not_made_out_whole(field, unread):
    found = facts("询问笔录", Sheet(confidence=0.97).form(["询问时间", field]))
    assert value(found, "end_time_unread") is unread
    assert value(found, "end_time_blank") is None


def test_a_name_of_which_a_character_is_unknown_is_somebodys():
    sheet = Sheet(confidence=0.97).form(["检查人员签字", "于样德、任■河", "签字日期", "2024-05-01"])
    found = facts("现场笔录", sheet)
    assert value(found, "signature_unread") is True


def test_a_tick_of_a_typed_paper_is_no_name():
    sheet = Sheet().form(["检查人员签字", "于样德、任样河 ☑已签", "签字日期", "2024-05-01"])
    assert value(facts("现场笔录", sheet), "signature_unread") is None
