"""Invented contents that the reports are made of; every name is a sample (样例)."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from review.checks.check import Procedure, Severity
from review.law.in_force import law_in_force
from review.rectification.tables import ItemState
from review.reports.content import (
    RectificationListContent,
    RectificationRow,
    ScoreSheetContent,
    SheetCase,
    Signer,
    score_sheet_content,
)
from review.scoring.arithmetic import ItemResult, total
from review.scoring.checklist import Result, load_edition

ROOT = Path(__file__).parents[2]

PROBLEMS = (
    (
        "样例交执罚〔2026〕0012号",
        "送达及时、方式合法：超过七个工作日；决定书于3月27日作出，4月11日送达",
        Severity.MAJOR,
    ),
    ("样例交执罚〔2026〕0015号", "处罚决定七个工作日内公开：逾期公开", Severity.MINOR),
    (
        "样例交执罚〔2026〕0015号",
        "逐页编号，与目录页码一致：每处不一致或者漏编（3 处）；第18页至第21页漏编页号",
        Severity.MINOR,
    ),
    (
        "样例交执罚〔2026〕0021号",
        "作出决定前依法告知并听取陈述申辩：卷内没有违法行为通知书，决定书也未载明告知情况",
        Severity.VETO,
    ),
    ("样例交执罚〔2026〕0030号", '=HYPERLINK("http://example.invalid","点这里")', Severity.HINT),
)


def list_content(
    language: str = "zh", *, rows: int = 5, red_head: bool = False
) -> RectificationListContent:
    made = []
    for number in range(rows):
        case_no, problem, severity = PROBLEMS[number % len(PROBLEMS)]
        made.append(
            RectificationRow(
                id=101 + number,
                sequence=number + 1,
                case_no=case_no,
                problem=problem,
                severity=severity,
                basis="《行政处罚法》第六十一条",
                measure="书面说明原因，组织办案人员学习有关规定，后续案件落实。",
                unit="样例市交通运输综合行政执法大队",
                responsible_person="样例甲" if number % 2 else "",
                due_on=date(2026, 6, 16) if number % 2 else date(2026, 7, 1),
                state=ItemState.TO_DO if number != 1 else ItemState.SUBMITTED,
                is_overdue=number == 3,
            )
        )
    return RectificationListContent(
        number="样例交评〔2026〕3号",
        issuer="样例区交通运输局",
        unit="样例市交通运输综合行政执法大队",
        round_title="2026年第二次行政处罚案卷评查",
        scope_from=date(2026, 1, 1),
        scope_to=date(2026, 3, 31),
        issued_on=date(2026, 6, 1),
        reviewed_cases=12,
        rows=tuple(made),
        language=language,
        red_head=red_head,
    )


@cache
def sheet_content(language: str = "zh") -> ScoreSheetContent:
    edition = load_edition(ROOT / "checklists/penalty-ordinary/2026-01-01.yaml")
    results = {item.id: ItemResult(Result.MET) for item in edition.items_for(None)}
    results |= {
        "EVI-05": ItemResult(
            Result.PARTLY_MET, {"each": 2}, comment="缺结束时间，当事人未逐页签名"
        ),
        "PRO-13": ItemResult(Result.PARTLY_MET, {"late": 1}, comment="第10个工作日才送达"),
        "PRO-16": ItemResult(Result.NOT_APPLICABLE),
        "PRO-14": ItemResult(Result.NOT_APPLICABLE),
        "BAS-07": ItemResult(Result.NOT_MET, comment="卷内没有违法行为通知书"),
    }
    return score_sheet_content(
        edition,
        results,
        total(edition, results, procedure=Procedure.ORDINARY),
        case=SheetCase(
            unit="样例市交通运输综合行政执法大队",
            case_no="样例交执罚〔2026〕0012号",
            cause="车辆超限运输",
            party_name="样例运输有限公司",
            handlers=("样例甲", "样例乙"),
            procedure="ordinary",
            fine_yuan=Decimal("4500.00"),
            closed_on=date(2026, 4, 20),
        ),
        round_title="2026年第二次行政处罚案卷评查",
        signers=(
            Signer("样例评查一", "A", date(2026, 5, 20)),
            Signer("样例评查二", "B", None),
        ),
        overall="案卷总体规范，告知环节须补充说明。",
        places={"PRO-13": "第21、23页", "EVI-05": "第6页“现场笔录”"},
        law=law_in_force(),
        language=language,
    )
