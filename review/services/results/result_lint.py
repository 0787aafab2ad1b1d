"""What stands in the way of publishing the results of a round, asked of what is kept now.

The page asks at every visit; what a case adds up to is therefore looked up by what it follows from
(`result_rows.outcomes`), and what was kept is read as sums.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func
from sqlalchemy import select as several
from sqlmodel import Session, col, select

from review.casefiles.tables import Case
from review.common.clock import today
from review.db.accounts import Unit
from review.findings.result_tables import (
    CaseResult,
    Feedback,
    Objection,
    ObjectionState,
    ResultItem,
    ResultPart,
)
from review.findings.tables import Finding, FindingState
from review.planning.tables import Round, RoundCase
from review.scoring.arithmetic import VetoState
from review.scoring.checklist import Result
from review.services.results.result_rows import DrawnCase, Outcome, drawn_cases, outcomes

FAULTS = (Result.PARTLY_MET, Result.NOT_MET)


@dataclass(frozen=True, slots=True)
class Lint:
    """One thing that stands in the way of publishing, or that should be looked at first."""

    zh: str
    en: str
    case_id: int | None = None
    item_id: str = ""
    is_blocking: bool = True


def lint(session: Session, row: Round) -> list[Lint]:
    """What stands in the way of publishing: reasons, sums, disputes, findings, objections."""
    problems: list[Lint] = []
    cases = drawn_cases(session, row)
    kept = _kept_results(session, row)
    for held, made in zip(cases, outcomes(session, cases), strict=True):
        if made is None:
            number = held.case.case_no
            problems.append(
                Lint(
                    f"{number}：评分未完成或者争议项未合议",
                    f"{number}: not scored, or a disputed item is not settled",
                    held.drawn.case_id,
                )
            )
        else:
            problems.extend(_case_lint(held, made, kept.get(held.drawn.case_id)))
    problems.extend(_finding_lint(session, row))
    problems.extend(_objection_lint(session, row))
    return problems


@dataclass(frozen=True, slots=True)
class _KeptResult:
    """A result as it was computed last: its items, what was taken off, and what was earned.

    `deducted` holds the items that lost points, `earned` the dimensions that applied.
    """

    row: CaseResult
    items: frozenset[str]
    deducted: dict[str, Decimal]
    earned: dict[str, Decimal]


def _kept_results(session: Session, row: Round) -> dict[int, _KeptResult]:
    """The kept results of a round by case."""
    listed = session.execute(
        several(col(ResultItem.result_id), func.aggregate_strings(col(ResultItem.item_id), ","))
        .where(col(ResultItem.round_id) == row.id)
        .group_by(col(ResultItem.result_id))
    )
    items = {result_id: frozenset(str(ids).split(",")) for result_id, ids in listed}
    results = session.exec(select(CaseResult).where(CaseResult.round_id == row.id)).all()
    kept = {
        each.id or 0: _KeptResult(each, items.get(each.id or 0, frozenset()), {}, {})
        for each in results
    }
    lost = session.exec(
        select(col(ResultItem.result_id), col(ResultItem.item_id), col(ResultItem.deduction)).where(
            ResultItem.round_id == row.id, ResultItem.deduction != Decimal(0)
        )
    )
    for result_id, item_id, deduction in lost:
        kept[result_id].deducted[item_id] = deduction
    parts = session.exec(
        select(col(ResultPart.result_id), col(ResultPart.dimension), col(ResultPart.earned)).where(
            ResultPart.round_id == row.id
        )
    )
    for result_id, dimension, earned in parts:
        kept[result_id].earned[dimension] = earned
    return {each.row.case_id: each for each in kept.values()}


def _case_lint(held: DrawnCase, made: Outcome, kept: _KeptResult | None) -> Iterator[Lint]:
    number, case_id = held.case.case_no, held.drawn.case_id
    if made.total.undecided:
        items = "、".join(made.total.undecided)
        yield Lint(
            f"{number}：{len(made.total.undecided)} 项待核（{items}）",
            f"{number}: {len(made.total.undecided)} items undecided ({items})",
            case_id,
            made.total.undecided[0],
        )
    for item_id, given in made.results.items():
        if given.result in FAULTS and not given.comment.strip() and not any(given.chosen.values()):
            yield Lint(
                f"{number} {item_id}：扣分没有理由",
                f"{number} {item_id}: points are taken without a reason",
                case_id,
                item_id,
            )
    if made.total.veto is VetoState.PROPOSED:
        items = "、".join(made.total.vetoes_proposed)
        yield Lint(
            f"{number}：否决项 {items} 未经第二人确认，也未排除",
            f"{number}: the veto {items} is neither confirmed by a second person nor dismissed",
            case_id,
            made.total.vetoes_proposed[0],
        )
    if kept is None or not _agrees(kept, made):
        yield Lint(
            f"{number}：得分与评查项合计不符，请重新计算结果",
            f"{number}: the score is not the sum of the items; compute the results again",
            case_id,
        )


def _agrees(kept: _KeptResult, made: Outcome) -> bool:
    """Whether score, grade, items and dimensions are what the sheets add up to now."""
    grade = made.total.grade or made.total.grade_without_veto
    return (
        kept.row.score == made.total.score
        and kept.row.deducted == made.total.deducted
        and kept.row.grade_zh == grade.name.get("zh")
        and kept.row.undecided == len(made.total.undecided)
        and kept.items == made.results.keys()
        and kept.deducted
        == {
            key: points
            for key, points in made.total.deductions.items()
            if points and key in made.results
        }
        and all(made.total.dimensions[key].earned == earned for key, earned in kept.earned.items())
    )


def _finding_lint(session: Session, row: Round) -> Iterator[Lint]:
    proposed = session.exec(
        select(Finding).where(Finding.round_id == row.id, Finding.state == FindingState.PROPOSED)
    ).all()
    if proposed:
        yield Lint(
            f"{len(proposed)} 个问题尚未认定",
            f"{len(proposed)} findings are not decided",
            proposed[0].case_id,
            proposed[0].item_id,
        )


def _objection_lint(session: Session, row: Round) -> Iterator[Lint]:
    objections = session.exec(
        select(Objection).where(
            Objection.round_id == row.id, Objection.state == ObjectionState.RAISED
        )
    ).all()
    if objections:
        yield Lint(
            f"{len(objections)} 条异议待复核",
            f"{len(objections)} objections are not decided",
            objections[0].case_id,
            objections[0].item_id,
        )
    sent = {each.unit_id: each for each in feedbacks(session, row)}
    for unit_id, name, _cases in units_drawn(session, row):
        feedback = sent.get(unit_id)
        if feedback is None:
            yield Lint(f"{name}：尚未反馈评查结果", f"{name}: not told its draft result")
        elif feedback.until_on >= today():
            yield Lint(
                f"{name}：异议期限至 {feedback.until_on}，尚未届满",
                f"{name}: the time to object runs until {feedback.until_on}",
            )


def feedbacks(session: Session, row: Round) -> list[Feedback]:
    """What the units were sent in a round."""
    return list(session.exec(select(Feedback).where(Feedback.round_id == row.id)))


def units_drawn(session: Session, row: Round) -> list[tuple[int, str, int]]:
    """Units of the drawn cases in the order of the draw: id, name and how many cases."""
    query = (
        select(Case.unit_id, Unit.name, func.count())
        .join(RoundCase, col(RoundCase.case_id) == col(Case.id))
        .join(Unit, col(Unit.id) == col(Case.unit_id))
        .where(RoundCase.round_id == row.id)
        .group_by(col(Case.unit_id), col(Unit.name))
        .order_by(func.min(col(RoundCase.sequence)))
    )
    return [(unit_id, name, cases) for unit_id, name, cases in session.exec(query)]
