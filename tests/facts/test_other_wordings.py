"""Wordings of other agencies: certificates shown, handlers named, corrections ordered, signatures."""

from __future__ import annotations

from datetime import date

import pytest

from review.facts.absence import absence
from tests.facts.papers import Sheet, case, facts, paper, value


@pytest.mark.parametrize(
    "said",
    [
        "问：我们是样例县交通运输局执法人员，这是执法证。你可申请回避吗？",
        "问：我们的证件你看一下，有权申请我们回避，你申请吗？",
        "问：我们是样例县交通运输局执法人员，请看执法证。",
        "问：我们是样例市交通运输局执法人员，这是证件。",
        "答：证件看过了，不申请回避。",
    ],
)
def test_certificates_are_shown_in_many_words(said: str) -> None:
    assert value(facts("询问笔录", Sheet().text(said)), "certificate_shown") is True


@pytest.mark.parametrize(
    "said", ["问：你有道路运输证件吗？", "答：听清楚了，不申请回避。", "问：请出示你的行驶证。"]
)
def test_other_words_show_no_certificate(said: str) -> None:
    assert value(facts("询问笔录", Sheet().text(said)), "certificate_shown") is None


@pytest.mark.parametrize(
    "row",
    [
        ["经办意见", "建议立案，承办人于样德、任样河。 于样德 任样河 2023-11-07"],
        ["承办人意见", "建议立案，于样德、任样河承办。于样德 任样河 2023年8月8日"],
        ["承办人建议", "建议立案。承办：于样德、任样河。 2024年4月25日"],
    ],
)
def test_handlers_that_the_proposal_names(row):
    form = Sheet().form(row, ["负责人意见", "同意立案。 孟样清 2023年8月9日"])
    assert value(facts("立案登记表", form), "handlers") == ("于样德", "任样河")


def test_two_hands_below_the_handlers_opinion_are_the_handlers() -> None:
    form = Sheet().form(
        ["承办人意见", "建议立案。 于样德 任样河 2023年8月8日"],
        ["负责人意见", "同意立案。 孟样清 2023年8月9日"],
    )
    assert value(facts("立案登记表", form), "handlers_listed") == ("于样德", "任样河")


def test_one_hand_below_an_opinion_names_no_handlers() -> None:
    form = Sheet().form(["承办人意见", "建议立案。 于样德 2023年8月8日"])
    assert value(facts("立案登记表", form), "handlers_listed") is None


@pytest.mark.parametrize("row", ["局领导", "负责人", "机关负责人"])
def test_a_row_of_the_head_that_begins_with_an_opinion_is_his_approval(row):
    form = Sheet().form(
        ["承办人", "建议结案 于样德 任样河 2024年7月22日"], [row, "同意结案 孟样清 2024年7月23日"]
    )
    found = facts("结案报告", form)
    assert value(found, "closed_on") == date(2024, 7, 23)
    assert value(found, "officer_signatures") == ("于样德", "任样河")


def test_a_row_that_only_names_the_head_is_no_approval() -> None:
    form = Sheet().form(["单位名称", "样例市顺达运输有限公司"], ["负责人", "孟样清"])
    assert value(facts("结案报告", form), "head_opinion") is None


@pytest.mark.parametrize("order", ["责令你立即清除", "责令当事人限期搬离", "责令清扫路面"])
def test_an_order_to_put_right_in_other_verbs(order: str) -> None:
    sheet = Sheet().text(f"依据《公路法》第七十七条，{order}，并给予罚款壹佰元的处罚。")
    assert value(facts("当场行政处罚决定书", sheet), "correction_ordered") is True


def test_an_order_to_close_down_is_a_penalty_and_no_correction() -> None:
    sheet = Sheet().text("决定责令停业，并处罚款壹万元。")
    assert value(facts("行政处罚决定书", sheet), "correction_ordered") is None


def test_the_signatures_of_a_short_record_without_colons() -> None:
    sheet = Sheet().text(
        "时间：2023年11月7日10时05分至10时30分 地点：样例超限检测站办公室",
        "询问人：于样德 4306115021  记录人：任样河 4306115038",
        "被询问人：柳样安 男 与案件关系：驾驶员",
        "问：我们是样例县交通运输局执法人员，请看证件。你有如实回答的义务，有权申请我们回避。",
        "答：证件看过，不要求。",
        "问：这车货过磅多少？答：检测31.86吨，我认可。",
        "笔录看过，属实。柳样安 2023年11月7日",
        "询问人 于样德  记录人 任样河",
    )
    found = facts("询问笔录", sheet)
    assert value(found, "officer_signatures") == ("于样德", "任样河")
    assert value(found, "party_signature") == "柳样安"


def test_a_name_in_an_answer_is_no_signature() -> None:
    sheet = Sheet().text(
        "被询问人：柳样安",
        "问：你叫什么？",
        "答：我叫柳样安",
    )
    assert value(facts("询问笔录", sheet), "party_signature") is None


def test_the_note_behind_a_certificate_does_not_prolong_it() -> None:
    sheet = Sheet().text(
        "检定日期：2022年10月20日 有效期至：2023年10月19日",
        "（复印件与原件一致 罗样明 2023年11月7日）",
    )
    assert value(facts("计量检定证书复印件", sheet), "valid_until") == date(2023, 10, 19)


def test_a_term_lasts_to_its_second_day() -> None:
    sheet = Sheet().text("有效期：2022年10月20日至2023年10月19日")
    assert value(facts("计量检定证书复印件", sheet), "valid_until") == date(2023, 10, 19)


def test_the_name_of_the_cause_is_no_harm() -> None:
    form = Sheet().form(["案由", "车辆装载物掉落造成路面损坏"], ["处理结果", "不予行政处罚"])
    assert value(facts("结案报告", form), "harm_stated") is None


@pytest.mark.parametrize(
    ("result", "first"),
    [
        ("查询结果：2023年2月17日，柳样安，车辆装载物遗洒，免予处罚1次。", False),
        ("查询结果：两年内无行政处罚记录、无免罚记录。", True),
        ("查询结果：共查询到1条", False),
        ("查询结果：共查询到0条", None),
    ],
)
def test_what_a_search_for_earlier_cases_found(result, first):
    assert value(facts("首次违法查询记录", Sheet().text(result)), "first_violation") is first


def test_a_legal_opinion_in_a_paragraph_of_its_own() -> None:
    sheet = Sheet().text(
        "送审时间：2023年10月11日", "同意。", "审核人：解样青（法制股）　2023年10月12日"
    )
    found = facts("法制审核意见书", sheet, "法制审核意见")
    assert str(value(found, "review_conclusion")).startswith("同意")


def test_mail_names_what_was_sent() -> None:
    sheet = Sheet().text(
        "中国邮政特快专递 寄件日期：2024年5月29日 内件：行政处罚决定书 收件人：柳样安",
        "查询结果：2024年5月31日 已签收，签收人：柳样安（本人）",
    )
    found = facts("邮寄回执", sheet)
    assert value(found, "serves") == "行政处罚决定书"
    assert value(found, "received_on") == date(2024, 5, 31)


def test_a_publication_in_running_text() -> None:
    sheet = Sheet().text("罚款10000元 处罚决定日期2024-07-30 公示日期2024-08-15")
    assert value(facts("公示截图", sheet), "published_on") == date(2024, 8, 15)


def test_an_identity_number_anywhere_in_a_publication() -> None:
    sheet = Sheet().form(["当事人", "柳样安（350199199001010037）"])
    assert value(facts("公示截图", sheet), "holder_id") == "350199199001010037"


def test_a_vehicle_of_a_stranger_in_the_decision() -> None:
    sheet = Sheet().text("宏样汽修厂所属浙C3D77F号车在场维修。")
    assert value(facts("行政处罚决定书", sheet), "conduct_of") == "宏样汽修厂"


@pytest.mark.parametrize("note", ["（印章）", "（盖章）", "(公章)"])
def test_a_typed_note_of_the_seal(note: str) -> None:
    sheet = Sheet().text("柳样安：", "拟处罚款3000元。", f"样例县交通运输局{note}", "2024年3月20日")
    assert value(facts("违法行为通知书", sheet), "seal_noted") is True


def test_rows_for_papers_that_are_there_list_no_further_one() -> None:
    index = Sheet().form(["序号", "题名", "页码"], ["1", "违法行为通知书、邮寄回执", "3"])
    held = case(
        paper("卷内目录", index, "卷内目录"),
        paper("邮寄回执", Sheet(number=2).text("内件：违法行为通知书"), "邮寄回执"),
    )
    assert absence(held, of=("邮寄回执",)).may_be_claimed


def test_the_organs_approval_is_not_the_partys_request() -> None:
    approval = paper("其他", Sheet().text("同意"), "分期（延期）缴纳罚款审批表")
    assert absence(case(approval), of=("延期(分期)缴纳罚款申请书",)).may_be_claimed
    unclear = paper("其他", Sheet().text("同意"), "分期缴纳罚款申请审批表")
    assert not absence(case(unclear), of=("延期(分期)缴纳罚款申请书",)).may_be_claimed


def test_an_interview_called_a_talk_has_both_its_officers() -> None:
    sheet = Sheet().text(
        "谈话时间：2024年8月14日10时00分至10时41分　谈话地点：支队三科",
        "谈话人：于样德（65310201）　记录人：任样河（65310209）",
        "谈话对象：项样龙，男，样例客运站有限公司站务经理",
        "问：我们两人是样例市交通运输局的执法人员，证件请过目。可以申请我们回避，要不要申请？",
        "答：证件没有问题，不申请。",
        "我已看过笔录，记录属实。项样龙 2024年8月14日",
        "谈话人：于样德　记录人：任样河",
    )
    found = facts("询问笔录", sheet)
    assert value(found, "officer_signatures") == ("于样德", "任样河")
    assert value(found, "interviewees") == ("项样龙",)
    assert value(found, "started_at") is not None


def test_a_recorder_alone_leaves_open_who_asked() -> None:
    sheet = Sheet().text(
        "样例人：于样德　记录人：任样河",
        "被询问人：项样龙",
        "问：有权申请回避，申请吗？",
        "答：不申请。" + "另外补充的话。" * 30,
        "样例人：于样德　记录人：任样河",
    )
    found = facts("询问笔录", sheet)
    assert value(found, "officer_signatures") is None
    assert value(found, "officers") is None
    assert value(found, "signature_unread") is True


def test_a_rare_surname_beside_a_sure_one_is_a_handler() -> None:
    form = Sheet().form(
        ["大队负责人意见", "同意上报，建议由金样戈、铁木兰承办。施样琅　2024年10月15日"],
        ["区局负责人审批", "同意立案。顾样风　2024年10月15日"],
    )
    assert value(facts("立案登记表", form), "handlers") == ("金样戈", "铁木兰")


def test_an_organ_asked_for_reconsideration_without_a_preposition() -> None:
    sheet = Sheet().text(
        "你单位如对本决定有异议，可在六十日内申请样例市人民政府复议，也可在六个月内向人民法院提起诉讼。"
    )
    found = facts("行政处罚决定书", sheet)
    assert value(found, "reconsideration_organs") == ("样例市人民政府",)
    assert value(found, "reconsideration_days") == 60


@pytest.mark.parametrize("kind", ["行驶证复印件", "身份证复印件"])
def test_the_total_mass_of_a_licence_in_one_line(kind: str) -> None:
    sheet = Sheet().text("行驶证：浙D8T55H 所有人柳样安 总质量4200kg")
    assert value(facts(kind, sheet), "total_mass_kg") == 4200


def test_the_number_of_a_paper_is_no_point_of_a_review() -> None:
    form = Sheet().form(["文书编号", "样交罚字[2022]第0522号"], ["审核意见", "同意。"])
    assert value(facts("法制审核意见书", form), "review_points") is None


def test_a_label_of_reasons_is_no_person() -> None:
    sheet = Sheet().form(["代收人", "代收原因"], ["送达方式", "邮寄送达"])
    assert value(facts("送达回证", sheet), "receiver") is None
