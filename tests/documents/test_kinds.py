"""Titles as they are met, whatever stands around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.documents.kinds import (
    all_kinds,
    match_content,
    match_file_name,
    match_title,
    plain_title,
)

TITLES = {
    "撤回听证申请书": "其他",
    "关于撤回听证申请的声明": "其他",
    "立 案 登 记 表": "立案登记表",
    "行政处罚立案审批表": "立案登记表",
    "立案/不予立案审批表": "立案登记表",
    "案件立案呈批表": "立案登记表",
    "调查询问笔录": "询问笔录",
    "询问（调查）笔录": "询问笔录",
    "询问笔录（第2次）": "询问笔录",
    "现场检查笔录": "现场笔录",
    "现场检查（勘察）笔录": "现场笔录",
    "现场勘验笔录": "勘验笔录",
    "行政处罚事先告知书": "违法行为通知书",
    "行政处罚事先（听证）告知书": "违法行为通知书",
    "交通运输违法行为通知书": "违法行为通知书",
    "责令(限期)改正通知书": "责令改正违法行为通知书",
    "责令停止违法行为通知书": "责令改正违法行为通知书",
    "行政处罚(当场)决定书": "当场行政处罚决定书",
    "当场行政处罚决定书": "当场行政处罚决定书",
    "行政处罚决定书（简易程序）": "当场行政处罚决定书",
    "样例市样例区交通运输局行政处罚决定书": "行政处罚决定书",
    "交通运输行政处罚决定书（副本）": "行政处罚决定书",
    "不予行政处罚决定书": "不予行政处罚决定书",
    "撤销行政处罚决定书": "撤销行政处罚决定书",
    "行政强制措施决定书": "行政强制措施决定书",
    "解除行政强制措施决定书": "解除行政强制措施决定书",
    "延长行政强制措施期限通知书": "延长行政强制措施期限通知书",
    "解除扣押通知书": "解除行政强制措施决定书",
    "暂扣车辆审批表": "行政强制措施审批表",
    "案件调查终结报告": "案件调查报告",
    "行政处罚案件法制审核表": "法制审核意见书",
    "重大行政执法决定法制审核意见书": "法制审核意见书",
    "行政处罚案件法核表": "法制审核意见书",
    "法核表": "法制审核意见书",
    "当场收缴罚款上交登记": "罚款上交记录",
    "当场收缴的罚款缴存银行登记簿": "罚款上交记录",
    "当场收缴罚款申请书": "当场收缴罚款申请",
    "关于公布公路不停车超限检测点位的公告": "其他",
    "关于设置电子技术监控设备的通告": "其他",
    "电子技术监控记录审核表": "电子技术监控记录审核表",
    "终止听证通知书": "其他",
    "延期听证通知书": "听证通知书",
    "案件集体讨论笔录": "重大案件集体讨论记录",
    "重大案件集体讨论记录": "重大案件集体讨论记录",
    "行政处罚决定审批表": "案件处理审批表",
    "案件处理意见书": "案件处理审批表",
    "陈述申辩意见复核表": "陈述申辩复核意见书",
    "陈述、申辩意见书": "陈述申辩书",
    "放弃陈述申辩(听证)权利声明": "放弃陈述申辩声明",
    "延期/分期缴纳罚款申请书": "延期(分期)缴纳罚款申请书",
    "分期（延期）缴纳罚款通知书": "分期(延期)缴纳罚款通知书",
    "送达回证（存根）": "送达回证",
    "公告送达": "送达公告",
    "行政处罚案件结案审批表": "结案报告",
    "罚款缴纳凭证": "罚款票据",
    "江苏省政府非税收入电子票据（样例）": "罚款票据",
    "行政处罚决定公示页": "公示截图",
    "简易程序案件备案登记表": "当场处罚备案表",
    "执法音像资料目录": "视音频资料清单",
    "车辆称重检测记录": "称重检测单",
    "车辆卸载复检单": "卸载复磅单",
    "检定证书": "计量检定证书复印件",
    "中华人民共和国居民身份证": "身份证复印件",
    "法定代表人身份证复印件": "身份证复印件",
    "机动车行驶证复印件": "行驶证复印件",
    "执法人员证件复印件": "执法证件复印件",
    "运政系统查询结果打印件": "系统查询截图",
    "照片证据": "现场照片",
    "证据照片粘贴页": "现场照片",
    "复查笔录": "整改复查记录",
    "交通运输轻微违法行为免予处罚告知承诺书": "免予处罚告知承诺书",
    "行政执法教育记录": "教育记录",
    "交通运输行政执法案卷": "卷宗封面",
    "卷内文件目录": "卷内目录",
    "卷 内 备 考 表": "备考表",
    "情况说明": "其他",
}


@pytest.mark.parametrize(("title", "kind"), TITLES.items())
def test_a_title_is_mapped_to_its_kind(title: str, kind: str) -> None:
    found = match_title(title)
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize("kind", [name for name in all_kinds() if name != "其他"])
def test_every_kind_is_found_by_its_own_name(kind: str) -> None:
    found = match_title(kind)
    assert found is not None
    assert found.kind == kind


def test_the_24_official_forms_are_numbered() -> None:
    forms = [kind.form for kind in all_kinds().values() if kind.form is not None]
    assert sorted(forms) == list(range(1, 25))


@pytest.mark.parametrize(
    "text",
    [
        "本机关于2026年3月9日向你送达《违法行为通知书》",
        "主要证据：现场笔录、询问笔录",
        "样例市样例区交通运输局",
        "案号：样交罚〔2026〕12号",
        "2026年3月9日",
        "如不服本决定，可以申请行政复议",
        "",
        "表",
    ],
)
def test_running_text_is_no_title(text: str) -> None:
    assert match_title(text) is None


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("车辆超限检测称重单", "称重检测单"),
        ("消除超限状态复称单", "卸载复磅单"),
        ("关于样例公司一案的集体讨论记录", "重大案件集体讨论记录"),
        ("样例处罚决定法制审核登记", "法制审核意见书"),
    ],
)
def test_an_unknown_title_is_guessed_by_its_words_with_less_certainty(
    title: str, kind: str
) -> None:
    found = match_title(title)
    assert found is not None
    assert (found.kind, found.certainty) == (kind, 0.75)


def test_a_misread_letter_costs_certainty_and_not_the_kind() -> None:
    found = match_title("延长行政强制措旋期限通知书")
    assert found is not None
    assert found.kind == "延长行政强制措施期限通知书"
    assert found.certainty < 1


@pytest.mark.parametrize("heading", ["证据（书证）提取页", "证据材料粘贴页", "证件粘贴页"])
def test_headings_of_evidence_pages_are_generic(heading: str) -> None:
    found = match_title(heading)
    assert found is not None
    assert found.is_generic


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("姓名 张三样 公民身份号码 110101199001010000", "身份证复印件"),
        ("营业执照 统一社会信用代码 91320000MA00000X0A 法定代表人 王五样", "营业执照复印件"),
        ("中华人民共和国机动车行驶证 号牌号码 样A00012 所有人 张三样", "行驶证复印件"),
        ("今天天气很好", None),
    ],
)
def test_a_copy_is_told_by_what_it_says(text: str, kind: str | None) -> None:
    found = match_content(text)
    assert (found.kind if found else None) == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("案卷材料/03、行政处罚(当场)决定书.pdf", "当场行政处罚决定书"),
        ("08.行驶证复印件.docx", "行驶证复印件"),
        ("10_行政处罚决定公示页.pdf", "公示截图"),
        ("证据照片1.jpg", "现场照片"),
        ("12送达回证（行政处罚决定书）.pdf", "送达回证"),
        ("扫描件0001.pdf", None),
        ("IMG_20260309.jpg", None),
    ],
)
def test_file_names_name_kinds(name: str, kind: str | None) -> None:
    found = match_file_name(name)
    assert (found.kind if found else None) == kind


@given(st.text(max_size=60))
def test_any_line_is_answered(text: str) -> None:
    found = match_title(text)
    assert found is None or found.kind in all_kinds()


@given(st.sampled_from(sorted(TITLES)), st.sampled_from([" ", "　", "  "]))
def test_letter_spacing_changes_nothing(title: str, blank: str) -> None:
    assert plain_title(blank.join(title)) == plain_title(title)
