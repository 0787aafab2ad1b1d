"""What the letters of a round say: fields for their templates, all out of one set of figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from review.findings.results import (
    CaseFigure,
    GradeCount,
    ItemFigure,
    ProblemLine,
    RoundFigures,
    UnitFigure,
    percent,
)
from review.reports.charts import Chart, Series, bars, columns
from review.reports.words import PROCEDURE, SEVERITY, long_date, number

Basis = Callable[[Sequence[str]], str]
"""Writes citations out as people write them."""

CHINESE = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class AimPoint:
    """One round on the way of the plan's two aims.

    `recording` is the kept share of the dimension 全过程记录 in percent, `procedural` the number of
    procedural faults a case; None where the round has no such points.
    """

    title: str
    recording: Decimal | None
    procedural: Decimal | None


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter's fields and charts."""

    context: Mapping[str, Any]
    charts: Mapping[str, Chart]


def points(value: Decimal | None) -> str:
    """A score or an average as it stands on paper; a dash without one."""
    return "—" if value is None else number(value)


def share(value: Decimal | None) -> str:
    """A percentage as it stands on paper."""
    return "—" if value is None else f"{number(value)}%"


def grade_text(grades: Sequence[GradeCount], reviewed: int) -> str:
    """优秀8件（66.7%）、合格3件（25%）…: grades that somebody has."""
    return "、".join(
        f"{each.zh}{each.count}件（{share(percent(each.count, reviewed))}）"
        for each in grades
        if each.count
    )


def severity_text(problems: Iterable[ProblemLine]) -> str:
    """重大1项、较大3项…; empty without a problem."""
    held = list(problems)
    return "、".join(
        f"{SEVERITY[severity][0]}{count}项"
        for severity in SEVERITY
        if (count := sum(each.severity is severity for each in held))
    )


TITLE_LINE = 19
"""Characters of the title's size that stand on a line of the page."""


def balanced(text: str) -> str:
    """A title in lines of about the same length, as official documents set it."""
    lines = -(-len(text) // TITLE_LINE)
    length = -(-len(text) // max(lines, 1))
    return "\n".join(text[start : start + length] for start in range(0, len(text), max(length, 1)))


def opinion_letter(
    figures: RoundFigures,
    case: CaseFigure,
    *,
    issuer: str,
    day: date,
    edition: str,
    strengths: Sequence[str],
    until: date | None,
    basis: Basis,
) -> Letter:
    """评查意见书 on one case. `strengths` are dimensions in which nothing was lost."""
    own = [each for each in figures.problems if each.case_id == case.case_id]
    measures = list(dict.fromkeys(each.measure for each in own if each.measure))
    veto = "，其中存在否决情形，等次定为不合格，得分另计" if case.is_vetoed else ""
    summary = (
        f"该卷得分{points(case.score)}分，等次为{case.grade_zh}{veto}。"
        f"共扣{points(case.deducted)}分，经认定的问题{len(own)}项"
        + (f"（{severity_text(own)}）。" if own else "。")
    )
    place = next(
        (index for index, each in enumerate(figures.cases, 1) if each.case_id == case.case_id), 0
    )
    return Letter(
        {
            "number": f"评查〔{figures.year}〕{figures.number}—{place:03d}号",
            "unit": case.unit,
            "round": figures.title,
            "case_no": case.case_no,
            "cause": case.cause or "—",
            "party": case.party_name or "—",
            "handlers": "、".join(case.officers) or "—",
            "procedure": PROCEDURE.get(case.procedure, PROCEDURE[""])[0],
            "edition": edition,
            "score": points(case.score),
            "grade": case.grade_zh,
            "summary": summary,
            "strengths": f"在{'、'.join(strengths)}方面未发现扣分情形。" if strengths else "",
            "problems": [_problem_row(index, each, basis) for index, each in enumerate(own, 1)],
            "measures": [{"no": index, "text": text} for index, text in enumerate(measures, 1)],
            "until": long_date(until, "zh"),
            "issuer": issuer,
            "date": long_date(day, "zh"),
        },
        {},
    )


def _problem_row(index: int, each: ProblemLine, basis: Basis) -> dict[str, str]:
    cited = basis(each.basis)
    return {
        "no": str(index),
        "case_no": each.case_no,
        "unit": each.unit,
        "item": each.item_title or each.item_id or "—",
        "text": each.text_zh + (f"（依据：{cited}）" if cited else ""),
        "problem": each.text_zh,
        "severity": SEVERITY[each.severity][0],
        "deduction": points(each.deduction) if each.deduction else "—",
        "places": each.places or "—",
        "basis": cited or "—",
        "measure": each.measure or "—",
    }


def unit_letter(
    figures: RoundFigures,
    unit: UnitFigure,
    *,
    issuer: str,
    day: date,
    until: date | None,
    repeats: Sequence[str],
    basis: Basis,
) -> Letter:
    """反馈意见 and 问题清单 for one unit; the fields of both."""
    cases = [each for each in figures.cases if each.unit_id == unit.unit_id]
    own = [each for each in figures.problems if each.unit_id == unit.unit_id]
    faults = _faults(own)
    scope = f"{long_date(figures.scope_from, 'zh')}至{long_date(figures.scope_to, 'zh')}"
    summary = (
        f"本次评查你单位案卷{unit.reviewed}件，平均{points(unit.average)}分"
        f"（最高{points(unit.best)}分，最低{points(unit.lowest)}分），"
        f"在{len(figures.units)}个被评查单位中居第{unit.rank}位。其中"
        f"{grade_text(unit.grades, unit.reviewed)}；存在否决情形的{unit.vetoes}件。逐案结果如下："
        if unit.reviewed
        else "本次评查没有你单位的案卷。"
    )
    split = severity_text(own)
    rows = [_problem_row(index, each, basis) for index, each in enumerate(own, 1)]
    for row in rows:
        row["text"] = row["problem"]
    return Letter(
        {
            "title": balanced(f"关于{figures.title}情况的反馈意见"),
            "list_title": balanced(f"{figures.title}问题清单"),
            "round": figures.title,
            "unit": unit.unit,
            "scope": scope,
            "summary": summary,
            "cases": [
                {
                    "no": index,
                    "case_no": each.case_no,
                    "cause": each.cause or "—",
                    "score": points(each.score),
                    "grade": each.grade_zh,
                    "problems": each.problems,
                }
                for index, each in enumerate(cases, 1)
            ],
            "problems_summary": f"经认定的问题共{len(own)}项（{split}）。"
            if own
            else "本次评查没有经认定的问题。",
            "items": [
                {
                    "no": index,
                    "item": title,
                    "cases": f"{count}件",
                    "share": share(percent(count, unit.reviewed)),
                }
                for index, (title, count) in enumerate(faults[:10], 1)
            ],
            "repeats": "、".join(repeats),
            "demands": (
                "请对照问题清单逐项分析原因，明确责任人、措施和期限，如实整改并报送证明材料；"
                "补正材料注明实际形成日期，不得补签、倒签。"
            ),
            "until": long_date(until, "zh"),
            "problems": rows,
            "issuer": issuer,
            "date": long_date(day, "zh"),
        },
        {},
    )


def _faults(problems: Sequence[ProblemLine]) -> list[tuple[str, int]]:
    """Titles of faulty items with the number of cases, the most frequent first."""
    cases: dict[str, set[int]] = {}
    for each in problems:
        cases.setdefault(each.item_title or each.text_zh[:40], set()).add(each.case_id)
    pairs = [(title, len(own)) for title, own in cases.items()]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


def circular_letter(
    figures: RoundFigures,
    *,
    issuer: str,
    day: date,
    aims: Sequence[AimPoint],
    taking_part: str,
) -> Letter:
    """通报 of a round, with its tables and charts."""
    known = [each for each in aims if each.recording is not None or each.procedural is not None]
    has_aims = len(known) > 1
    return Letter(
        {
            "title": balanced(f"关于{figures.title}情况的通报"),
            "round": figures.title,
            "organisation": _organisation(figures, taking_part),
            "summary": _result_summary(figures),
            "units": [
                {
                    "rank": each.rank if each.reviewed else "—",
                    "unit": each.unit,
                    "reviewed": each.reviewed,
                    "average": points(each.average),
                    "best": points(each.best),
                    "lowest": points(each.lowest),
                    "problems": each.problems,
                }
                for each in figures.units
            ],
            "good": _good(figures),
            "problems_summary": _problems_summary(figures),
            "items": [
                {
                    "no": index,
                    "item": each.title_zh,
                    "cases": each.cases,
                    "share": share(each.share),
                    "deducted": points(each.deducted),
                }
                for index, each in enumerate(figures.common[:12], 1)
            ],
            "aims": _aims_text(known) if has_aims else "",
            "last_number": CHINESE[5 if has_aims else 4],
            "demands_list": [
                {"no": CHINESE[index], "text": text} for index, text in enumerate(_demands(figures))
            ],
            "cases": [
                {
                    "rank": each.rank,
                    "unit": each.unit,
                    "case_no": each.case_no,
                    "cause": each.cause or "—",
                    "score": points(each.score),
                    "grade": each.grade_zh,
                    "problems": each.problems,
                }
                for each in figures.cases
            ],
            "issuer": issuer,
            "date": long_date(day, "zh"),
        },
        {
            "grades": grades_chart(figures),
            "units": units_chart(figures),
            "items": items_chart(figures.common[:8]),
            "aims": aims_chart(known if has_aims else ()),
            "faults": faults_chart(known if has_aims else ()),
        },
    )


def _organisation(figures: RoundFigures, taking_part: str) -> str:
    scope = f"{long_date(figures.scope_from, 'zh')}至{long_date(figures.scope_to, 'zh')}"
    time = f"{long_date(figures.starts_on, 'zh')}至{long_date(figures.ends_on, 'zh')}"
    with_whom = f"，由{taking_part}共同参加" if taking_part else ""
    return (
        f"本次评查于{time}进行{with_whom}，范围为{scope}办结的案卷，从{len(figures.units)}个单位"
        f"随机抽取{figures.drawn}件，实际评查{figures.reviewed}件，采用"
        f"{'、'.join(f'《{each}》' for each in figures.editions) or '统一评查标准'}，"
        "实行两人分别评分、争议合议、单位异议复核。"
    )


def _result_summary(figures: RoundFigures) -> str:
    if not figures.reviewed:
        return "本次评查尚无案卷形成评查结果。"
    objections = (
        f"评查期间收到异议{figures.objections}条，经复核采纳{figures.upheld}条。"
        if figures.objections
        else "评查期间未收到异议。"
    )
    return (
        f"共评查案卷{figures.reviewed}件，平均{points(figures.average)}分。"
        f"其中{grade_text(figures.grades, figures.reviewed)}；存在否决情形的{figures.vetoes}件。"
        f"{objections}"
    )


def _good(figures: RoundFigures) -> str:
    full = [each for each in figures.parts if each.share is not None and each.share >= 95]
    decided = [each for each in figures.cases if each.is_model]
    models = decided or [each for each in figures.cases if each.may_be_model]
    parts = []
    if full:
        names = "、".join(
            f"{each.title_zh}（{share(each.share)}）"
            for each in sorted(full, key=lambda each: -(each.share or 0))[:5]
        )
        parts.append(f"从得分率看，{names}完成较好。")
    if models:
        named = "、".join(f"{each.unit}{each.case_no}" for each in models[:5])
        said = "经认定为优秀案卷" if decided else "拟推荐为优秀案卷"
        parts.append(f"{named}等案卷程序规范、证据扎实、文书完整，{said}。")
    return "".join(parts) or "各单位总体能够按照法定程序办理案件，文书制作逐步规范。"


def _problems_summary(figures: RoundFigures) -> str:
    if not figures.problems:
        return "本次评查没有经认定的问题。"
    weak = [each for each in figures.parts if each.share is not None and each.share < 90]
    low = "、".join(
        f"{each.title_zh}（{share(each.share)}）"
        for each in sorted(weak, key=lambda each: each.share or 0)[:3]
    )
    text = f"经认定的问题共{len(figures.problems)}项，{severity_text(figures.problems)}。"
    return text + (f"得分率较低的是{low}。" if low else "")


def _demands(figures: RoundFigures) -> list[str]:
    common = figures.common[:3]
    named = "、".join(f"“{each.title_zh}”" for each in common)
    demands = [
        "逐项整改。各单位对照整改清单明确责任人、措施和期限，按期报送整改情况和证明材料。",
        "如实补正。补正材料注明实际形成日期并附说明，严禁涂改、替换原文书和补签、倒签。",
    ]
    if named:
        demands.insert(1, f"举一反三。针对{named}等共性问题组织自查和培训，防止重复发生。")
    if figures.vetoes:
        demands.append("严肃纠错。存在否决情形的案件，由作出决定的机关依法处理并书面报告。")
    return demands


def _aims_text(known: Sequence[AimPoint]) -> str:
    first, last = known[0], known[-1]
    parts = []
    if first.recording is not None and last.recording is not None:
        change = last.recording - first.recording
        way = "上升" if change > 0 else "下降" if change < 0 else "持平"
        amount = f"{points(abs(change))}个百分点" if change else ""
        parts.append(
            f"全过程记录得分率由{share(first.recording)}变为{share(last.recording)}，{way}{amount}"
        )
    if first.procedural is not None and last.procedural is not None:
        change = last.procedural - first.procedural
        way = "增加" if change > 0 else "减少" if change < 0 else "持平"
        amount = f"{points(abs(change))}处" if change else ""
        parts.append(
            f"每卷程序问题由{points(first.procedural)}处变为{points(last.procedural)}处，{way}{amount}"
        )
    return f"与{first.title}相比，{'；'.join(parts)}。"


def notice_letter(
    figures: RoundFigures,
    unit: UnitFigure,
    *,
    issuer: str,
    day: date,
    list_number: str,
) -> Letter:
    """整改通知书 for the list of one unit."""
    own = [each for each in figures.problems if each.unit_id == unit.unit_id and each.item_state]
    last = max((each.due_on for each in own if each.due_on), default=None)
    return Letter(
        {
            "number": list_number,
            "unit": unit.unit,
            "round": figures.title,
            "reviewed": unit.reviewed,
            "count": len(own),
            "split": severity_text(own) or "无",
            "last_day": long_date(last, "zh") or "规定期限",
            "issuer": issuer,
            "date": long_date(day, "zh"),
        },
        {},
    )


def record_letter(
    *,
    action: str,
    unit: str,
    round_title: str,
    opened_on: date,
    recorded_on: date | None,
    figures: tuple[tuple[str, str, str], ...],
    participants: str,
    content: str,
    demands: str,
    issuer: str,
    day: date,
) -> Letter:
    """The record of a talk or a suspension."""
    return Letter(
        {
            "action": action,
            "unit": unit,
            "round": round_title,
            "opened_on": long_date(opened_on, "zh"),
            "recorded_on": long_date(recorded_on, "zh") or "—",
            "figures": [
                {"no": index, "measure": measure, "figure": figure, "limit": limit}
                for index, (measure, figure, limit) in enumerate(figures, 1)
            ],
            "participants": participants or "（待填写）",
            "content": content or "（待填写）",
            "demands": demands or "（待填写）",
            "issuer": issuer,
            "date": long_date(day, "zh"),
        },
        {},
    )


def grades_chart(figures: RoundFigures) -> Chart:
    """Grades by number of cases."""
    return columns("等次分布（件）", [(each.zh, each.count) for each in figures.grades])


def units_chart(figures: RoundFigures) -> Chart:
    """Averages by unit."""
    return bars(
        "各单位平均分",
        [(each.unit, each.average) for each in figures.units if each.average is not None],
    )


def items_chart(items: Sequence[ItemFigure]) -> Chart:
    """Common problems by number of cases."""
    return bars("共性问题涉及案卷（件）", [(_short(each.title_zh), each.cases) for each in items])


def _short(text: str) -> str:
    return text if len(text) <= 16 else f"{text[:15]}…"


def aims_chart(known: Sequence[AimPoint]) -> Chart:
    """The first aim over the rounds: whole-process recording."""
    return Chart(
        "全过程记录得分率（%）",
        "lines",
        tuple(each.title for each in known),
        (Series("全过程记录得分率（%）", tuple(each.recording for each in known)),),
    )


def faults_chart(known: Sequence[AimPoint]) -> Chart:
    """The second aim over the rounds: procedural faults a case."""
    return Chart(
        "每卷程序问题（处）",
        "lines",
        tuple(each.title for each in known),
        (Series("每卷程序问题（处）", tuple(each.procedural for each in known)),),
    )
