"""The fields of the case ledger and the headings under which ledgers carry them."""

from __future__ import annotations

from dataclasses import dataclass

from review.common.text import label


@dataclass(frozen=True, slots=True)
class Column:
    """One field with its names for people and the headings that mean it, best first."""

    field: str
    zh: str
    en: str
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recognised:
    """A field that a heading means; a lower `rank` is the better heading for it."""

    field: str
    rank: int


COLUMNS: tuple[Column, ...] = (
    Column(
        "case_no",
        "案号",
        "Case number",
        (
            "案号", "案件编号", "案件号", "案卷编号", "案卷号", "立案编号", "立案号", "立案文号",
            "处罚决定书文号", "行政处罚决定书文号", "决定书文号", "决定文号", "行政处罚决定文书号",
            "处罚决定书编号", "决定书编号", "决定书号", "处罚文号", "文书号", "文书编号", "文号",
            "case number", "case no",
        ),
    ),
    Column(
        "kind",
        "案卷类别",
        "Kind",
        ("案卷类别", "案卷类型", "案件类型", "案件类别", "执法类别", "执法类型", "kind"),
    ),
    Column(
        "unit",
        "责任单位",
        "Unit",
        (
            "责任单位", "办案单位", "承办单位", "承办机构", "办案机构", "执法单位", "执法机构",
            "实施机关", "处罚机关", "单位", "部门", "承办部门", "unit",
        ),
    ),
    Column(
        "squad",
        "承办中队",
        "Squad",
        ("承办中队", "办案中队", "中队", "执法中队", "中队名称", "班组", "squad"),
    ),
    Column(
        "procedure",
        "程序",
        "Procedure",
        ("程序", "适用程序", "处罚程序", "办案程序", "程序类型", "程序类别", "procedure"),
    ),
    Column(
        "cause",
        "案由",
        "Cause",
        (
            "案由", "案件名称", "案件案由", "违法行为", "违法事由", "违法事实", "违法行为类型",
            "案名", "主要违法事实", "事由", "cause",
        ),
    ),
    Column(
        "party_name",
        "当事人",
        "Party",
        (
            "当事人", "当事人名称", "当事人姓名", "当事人姓名名称", "当事人名称姓名", "被处罚人",
            "被处罚单位", "被处罚人姓名", "被处罚对象", "行政相对人", "行政相对人名称", "相对人",
            "相对人名称", "处罚对象", "违法当事人", "违法主体", "party",
        ),
    ),
    Column(
        "officers",
        "承办人",
        "Officers",
        (
            "承办人", "承办人员", "执法人员", "办案人员", "办案人", "主办人员", "主办人", "经办人",
            "执法人员1", "执法人员一", "承办人1", "承办人一", "officers",
        ),
    ),
    Column(
        "officer_two",
        "第二承办人",
        "Second officer",
        (
            "第二承办人", "协办人", "协办人员", "执法人员2", "执法人员二", "承办人2", "承办人二",
        ),
    ),
    Column(
        "fine_yuan",
        "罚款金额",
        "Fine (yuan)",
        (
            "罚款金额", "罚款数额", "处罚金额", "罚款", "罚款额", "罚没金额", "罚没款", "实际罚款",
            "处罚结果", "处罚内容", "处罚决定", "处理结果", "处罚情况", "fine",
        ),
    ),
    Column(
        "filed_on",
        "立案日期",
        "Filed on",
        ("立案日期", "立案时间", "立案日", "立案审批日期", "批准立案日期", "filed on"),
    ),
    Column(
        "decided_on",
        "决定日期",
        "Decided on",
        (
            "决定日期", "处罚决定日期", "处罚日期", "作出决定日期", "决定书日期", "处罚时间",
            "决定时间", "处罚决定时间", "作出处罚决定日期", "处罚决定书日期", "decided on",
        ),
    ),
    Column(
        "closed_on",
        "结案日期",
        "Closed on",
        ("结案日期", "结案时间", "结案日", "办结日期", "办结时间", "closed on"),
    ),
)  # fmt: skip

_BY_HEADING = {
    label(heading): Recognised(column.field, rank)
    for column in COLUMNS
    for rank, heading in enumerate(column.headings)
}


def column_of(heading: str) -> Recognised | None:
    """The field that a heading means, remarks in brackets and units aside; None for another."""
    return _BY_HEADING.get(label(heading))
