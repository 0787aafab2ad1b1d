"""The sheets of workbooks about rounds: results, units, items, problems, and the year's ledger."""

from __future__ import annotations

from collections.abc import Sequence

from review.findings.results import ProblemLine, RoundFigures, percent
from review.rectification.lifecycle import STATE_WORDS
from review.rectification.tables import ItemState
from review.reports.letters import Basis, grades_chart, items_chart, units_chart
from review.reports.words import PROCEDURE, SEVERITY
from review.reports.workbooks import Cell, SheetContent
from review.reports.workbooks import SheetColumn as C


def round_sheets(figures: RoundFigures, *, issuer: str, basis: Basis) -> list[SheetContent]:
    """A round as a workbook: cases, units, items, dimensions, problems."""
    about = (
        f"{issuer}　抽取{figures.drawn}件，评查{figures.reviewed}件，"
        f"平均{figures.average if figures.average is not None else '—'}分"
        + ("" if figures.is_published else "　（未发布，仅供内部核对）")
    )
    return [
        _cases(figures, about),
        _units(figures, about),
        _items(figures, about),
        _parts(figures, about),
        problem_sheet(figures.problems, title=f"{figures.title}问题清单", about=about, basis=basis),
    ]


def _cases(figures: RoundFigures, about: str) -> SheetContent:
    return SheetContent(
        "案卷结果",
        f"{figures.title}结果一览表",
        about,
        (
            C("名次", 7, "number"), C("单位", 24), C("案号", 26), C("案由", 26), C("中队", 12),
            C("承办人", 16), C("程序", 14), C("得分", 9, "number"), C("等次", 10, "centred"),
            C("否决", 7, "centred"), C("扣分", 9, "number"), C("问题数", 9, "number"),
        ),
        tuple(
            (
                each.rank, each.unit, each.case_no, each.cause, each.squad,
                "、".join(each.officers), PROCEDURE.get(each.procedure, PROCEDURE[""])[0],
                each.score, each.grade_zh, "是" if each.is_vetoed else "", each.deducted,
                each.problems,
            )
            for each in figures.cases
        ),
        (grades_chart(figures),),
    )  # fmt: skip


def _units(figures: RoundFigures, about: str) -> SheetContent:
    names = [each.zh for each in figures.grades]
    return SheetContent(
        "单位排名",
        f"{figures.title}单位排名",
        about,
        (
            C("名次", 7, "number"), C("单位", 30), C("评查件数", 10, "number"),
            C("平均分", 10, "number"), C("最高分", 10, "number"), C("最低分", 10, "number"),
            *(C(name, 9, "number") for name in names),
            C("否决", 8, "number"), C("问题数", 9, "number"), C("整改事项", 10, "number"),
            C("已销号", 9, "number"), C("逾期", 8, "number"),
        ),
        tuple(
            (
                each.rank if each.reviewed else None, each.unit, each.reviewed, each.average,
                each.best, each.lowest,
                *(
                    next((grade.count for grade in each.grades if grade.zh == name), 0)
                    for name in names
                ),
                each.vetoes, each.problems, each.items, each.closed, each.overdue,
            )
            for each in figures.units
        ),
        (units_chart(figures),),
    )  # fmt: skip


def _items(figures: RoundFigures, about: str) -> SheetContent:
    return SheetContent(
        "失分项目",
        f"{figures.title}失分项目",
        about,
        (
            C("项目", 12, "centred"), C("名称", 44), C("涉及案卷", 11, "number"),
            C("占比", 10, "percent"), C("扣分合计", 11, "number"), C("共性问题", 11, "centred"),
        ),
        tuple(
            (
                each.item_id, each.title_zh, each.cases, each.share, each.deducted,
                "是" if each.is_common else "",
            )
            for each in figures.items
        ),
        (items_chart(figures.items[:10]),),
    )  # fmt: skip


def _parts(figures: RoundFigures, about: str) -> SheetContent:
    return SheetContent(
        "分项得分率",
        f"{figures.title}分项得分率",
        about,
        (
            C("方面", 20), C("应得分", 12, "number"), C("实得分", 12, "number"),
            C("得分率", 12, "percent"),
        ),
        tuple((each.title_zh, each.applicable, each.earned, each.share) for each in figures.parts),
    )  # fmt: skip


def problem_sheet(
    problems: Sequence[ProblemLine], *, title: str, about: str, basis: Basis
) -> SheetContent:
    """问题清单 as a sheet."""
    return SheetContent(
        "问题清单",
        title,
        about,
        (
            C("序号", 7, "number"), C("单位", 22), C("案号", 24), C("评查项目", 24),
            C("存在问题", 40), C("程度", 8, "centred"), C("扣分", 8, "number"), C("依据", 24),
            C("位置", 12), C("整改措施", 30), C("责任人", 10, "centred"),
            C("整改期限", 12, "date"), C("整改状态", 14, "centred"),
        ),
        tuple(
            (
                index, each.unit, each.case_no, each.item_title or each.item_id, each.text_zh,
                SEVERITY[each.severity][0], each.deduction, basis(each.basis), each.places,
                each.measure, each.responsible, each.due_on, state_text(each),
            )
            for index, each in enumerate(problems, 1)
        ),
    )  # fmt: skip


def state_text(each: ProblemLine) -> str:
    """Where a problem stands in rectification; empty while it is on no list."""
    if not each.item_state:
        return "未下发"
    word = STATE_WORDS[ItemState(each.item_state)][0]
    return f"{word}（逾期）" if each.is_overdue else word


KINDS = {
    "review": "评查",
    "spot_check": "抽查",
    "topic": "专项",
    "unannounced": "飞行检查",
    "on_site": "进驻评查",
}


def year_sheet(year: int, rounds: Sequence[RoundFigures], *, issuer: str) -> SheetContent:
    """年度台账: one row a round."""
    return SheetContent(
        "年度台账",
        f"{year}年度案卷评查台账",
        issuer,
        (
            C("序号", 7, "number"), C("评查名称", 34), C("类型", 10, "centred"),
            C("开始", 12, "date"), C("结束", 12, "date"), C("抽取", 8, "number"),
            C("评查", 8, "number"), C("平均分", 10, "number"), C("优秀", 8, "number"),
            C("最低等次", 9, "number"), C("否决", 8, "number"), C("问题数", 9, "number"),
            C("整改事项", 10, "number"), C("已销号", 9, "number"), C("销号率", 9, "percent"),
            C("异议/采纳", 11, "centred"), C("发布日期", 12, "date"),
        ),
        tuple(_year_row(index, each) for index, each in enumerate(rounds, 1)),
    )  # fmt: skip


def _year_row(index: int, figures: RoundFigures) -> tuple[Cell, ...]:
    items = sum(each.items for each in figures.units)
    closed = sum(each.closed for each in figures.units)
    lowest = max((each.rank for each in figures.grades), default=0)
    return (
        index, figures.title, KINDS.get(figures.kind, figures.kind), figures.starts_on,
        figures.ends_on, figures.drawn, figures.reviewed, figures.average,
        sum(each.count for each in figures.grades if each.rank == 0),
        sum(each.count for each in figures.grades if each.rank == lowest and lowest),
        figures.vetoes, len(figures.problems), items, closed, percent(closed, items),
        f"{figures.objections}/{figures.upheld}", figures.published_on,
    )  # fmt: skip
