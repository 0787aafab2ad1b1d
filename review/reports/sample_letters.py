"""Invented letters of every kind, by which a template is tried; every name in them is a sample."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from review.checks.check import Severity
from review.findings.results import (
    CaseFigure,
    GradeCount,
    ItemFigure,
    PartFigure,
    ProblemLine,
    RoundFigures,
    UnitFigure,
)
from review.reports.letters import (
    AimPoint,
    Letter,
    circular_letter,
    notice_letter,
    opinion_letter,
    record_letter,
    unit_letter,
)

DAY = date(2026, 6, 1)


def sample_figures() -> RoundFigures:
    """Invented figures of a round, by which a template is tried; every name is a sample."""
    grades = (
        GradeCount("优秀", "Excellent", 0, 1),
        GradeCount("合格", "Qualified", 1, 0),
        GradeCount("不合格", "Unqualified", 2, 1),
    )
    problem = ProblemLine(
        1, 1, "样例交执罚〔2026〕1号", 1, "样例大队", "PRO-13", "送达及时、方式合法",
        "样例：超过七个工作日送达", "late", Severity.MAJOR, ("行政处罚法第六十一条",), "第3页",
        "书面说明原因", "样例甲", DAY, "to_do", False, "PRO-13", Decimal(2),
    )  # fmt: skip
    cases = tuple(
        CaseFigure(
            index, f"样例交执罚〔2026〕{index}号", 1, "样例大队", "一中队", "样例案由",
            "样例公司", "ordinary", ("样例甲", "样例乙"), score, grade, "", rank, rank == 2,
            Decimal(2), 1, Severity.MAJOR, (), 0, index,
        )
        for index, (score, grade, rank) in enumerate(
            ((Decimal(96), "优秀", 0), (Decimal(58), "不合格", 2)), 1
        )
    )  # fmt: skip
    unit = UnitFigure(1, "样例大队", 2, Decimal(77), Decimal(96), Decimal(58), grades, 1, 1, 1, 0,
                      0, 1)  # fmt: skip
    return RoundFigures(
        round_id=1, title="样例第一轮评查", kind="review", topic="", year=2026, number=1,
        scope_from=DAY, scope_to=DAY, starts_on=DAY, ends_on=DAY, is_published=True,
        published_on=DAY, drawn=3, reviewed=2, average=Decimal(77), grades=grades, vetoes=1,
        cases=cases, units=(unit,),
        items=(ItemFigure("PRO-13", "送达及时、方式合法", "service", "procedure", 3,
                          Decimal(60), Decimal(6), is_common=True),),
        parts=(PartFigure("procedure", "程序", "Procedure", Decimal(26), Decimal(20)),),
        problems=(problem,), severities={Severity.MAJOR: 1}, objections=1, upheld=1,
        editions=("样例标准",),
    )  # fmt: skip


def sample_letter(kind: str) -> Letter:
    """The fields of a kind of document, filled with invented values."""
    figures = sample_figures()
    unit, issuer = figures.units[0], "样例市交通运输局安监法规科"
    match kind:
        case "opinion":
            return opinion_letter(
                figures, figures.cases[0], issuer=issuer, day=DAY, edition="样例标准",
                strengths=("证据",), until=DAY, basis="、".join,
            )  # fmt: skip
        case "feedback" | "problems":
            return unit_letter(
                figures, unit, issuer=issuer, day=DAY, until=DAY, repeats=("样例项目",),
                basis="、".join,
            )  # fmt: skip
        case "circular":
            aims = (AimPoint("第一轮", Decimal(80), Decimal(3)),
                    AimPoint("第二轮", Decimal(90), Decimal(1)))  # fmt: skip
            return circular_letter(figures, issuer=issuer, day=DAY, aims=aims, taking_part="")
        case "notice":
            return notice_letter(figures, unit, issuer=issuer, day=DAY, list_number="样例1号")
        case _:
            return record_letter(
                action="约谈", unit="样例大队", round_title="样例第一轮评查", opened_on=DAY,
                recorded_on=DAY, figures=(("否决案卷数（件）", "1", "1"),), participants="样例甲",
                content="样例", demands="样例", issuer=issuer, day=DAY,
            )  # fmt: skip
