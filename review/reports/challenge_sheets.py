"""Sheets of the ledger of proceedings and of credit-repair reminders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from review.reports.workbooks import Cell, SheetContent
from review.reports.workbooks import SheetColumn as C


@dataclass(frozen=True, slots=True)
class ChallengeLine:
    """A proceeding as the workbook says it, in Chinese; `reviews` one review a line."""

    unit: str
    case_no: str
    cause: str
    case_decided_on: date | None
    instance: str
    organ: str
    docket_no: str
    filed_on: date
    decided_on: date | None
    outcome: str
    grounds: str
    concerns: str
    is_overturned: bool
    standing: str
    reviews: str


def challenge_sheet(lines: Sequence[ChallengeLine], *, named: str, about: str) -> SheetContent:
    """The ledger, one proceeding a row."""
    return SheetContent(
        "复议诉讼结果",
        f"{named}复议诉讼结果台账",
        about,
        (
            C("序号", 7, "number"), C("单位", 22), C("案号", 24), C("案由", 24),
            C("处罚决定日", 12, "date"), C("类型", 10, "centred"), C("复议机关、法院", 22),
            C("文号", 20), C("受理日期", 12, "date"), C("结果日期", 12, "date"),
            C("结果", 10, "centred"), C("理由", 30), C("对应评查项", 24),
            C("纠错", 7, "centred"), C("评查情况", 22), C("已公布的评查结论", 40),
        ),
        tuple(
            (
                index, each.unit, each.case_no, each.cause, each.case_decided_on, each.instance,
                each.organ, each.docket_no, each.filed_on, each.decided_on, each.outcome,
                each.grounds, each.concerns, "是" if each.is_overturned else "", each.standing,
                each.reviews,
            )
            for index, each in enumerate(lines, 1)
        ),
    )  # fmt: skip


def challenge_figures_sheet(
    rows: Sequence[tuple[Cell, ...]], *, named: str, about: str
) -> SheetContent:
    """Counts by year and unit; `rows` in the order of the headings."""
    return SheetContent(
        "按年度和单位",
        f"{named}复议诉讼情况统计",
        about,
        (
            C("年度", 8, "number"), C("单位", 34), C("受理", 9, "number"),
            C("已有结果", 10, "number"), C("被纠错", 9, "number"),
            C("评查已发现争议点", 18, "number"), C("评查未发现", 12, "number"),
            C("未对应评查项", 14, "number"), C("事前未评查", 12, "number"),
        ),
        tuple(rows),
    )  # fmt: skip


def credit_sheet(rows: Sequence[tuple[Cell, ...]], *, about: str) -> SheetContent:
    """Credit-repair reminders; `rows` in the order of the headings, without the number."""
    return SheetContent(
        "信用修复提醒",
        "信用修复提醒台账",
        about,
        (
            C("序号", 7, "number"), C("单位", 24), C("案号", 26), C("当事人", 18),
            C("信用类别", 10, "centred"), C("决定日", 12, "date"), C("公示日", 12, "date"),
            C("履行日", 12, "date"), C("最短公示期满", 13, "date"), C("最长公示期满", 13, "date"),
            C("状态", 16, "centred"), C("说明", 34),
        ),
        tuple((index, *each) for index, each in enumerate(rows, 1)),
    )  # fmt: skip
