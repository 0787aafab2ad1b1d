"""Dashboards: results by unit, cause, squad, officer, item, dimension and round, summed by SQL.

Every figure can be opened: `cases_of` lists the cases that it counts, with the page on which the
fault stands where a finding names one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Engine, func
from sqlalchemy import case as when
from sqlalchemy import select as several
from sqlmodel import Session, col, select

from review.casefiles.tables import Case
from review.common.clock import today
from review.db.accounts import Unit
from review.db.session import reading
from review.findings.result_tables import CaseResult, ResultItem, ResultOfficer, ResultPart
from review.findings.results import CENT, percent
from review.findings.tables import Finding, FindingState
from review.planning.tables import ROUND_HEAD, Round
from review.rectification.tables import ItemState, RectificationItem, RectificationList
from review.reports.letters import AimPoint
from review.scoring.checklist import Result
from review.services import access
from review.services.access import Actor
from review.services.case_files.check_rows import evidence_of
from review.services.results.aims import aims
from review.services.results.round_figures import editions_of, item_titles
from review.services.rules.editions import Words

FAULTS = (Result.PARTLY_MET, Result.NOT_MET)
WAITING = (ItemState.TO_DO, ItemState.IN_WORK, ItemState.SENT_BACK)


class By(StrEnum):
    """By what the results are grouped."""

    UNIT = "unit"
    ROUND = "round"
    DIMENSION = "dimension"
    ITEM = "item"
    CAUSE = "cause"
    SQUAD = "squad"
    OFFICER = "officer"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a dashboard counts; None leaves a limit out."""

    year: int | None = None
    round_id: int | None = None
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """One bar of a dashboard.

    `cases` counts the cases of the group (for an item or a dimension, those with a fault in it);
    `average` is their mean score, `share` the kept points in percent (dimensions) or the share of
    cases with the fault (items). What does not apply is None.
    """

    key: str
    title: Words
    cases: int
    average: Decimal | None
    share: Decimal | None
    vetoes: int
    deducted: Decimal


@dataclass(frozen=True, slots=True)
class Headline:
    """The figures on top of a dashboard."""

    rounds: int
    cases: int
    average: Decimal | None
    vetoes: int
    problems: int
    items: int
    closed: int
    overdue: int


@dataclass(frozen=True, slots=True)
class CountedCase:
    """A case behind a figure; `page_id` is the page on which the fault stands, None without one."""

    case_id: int
    case_no: str
    unit: str
    cause: str
    round_id: int
    round_title: str
    score: Decimal
    grade: Words
    is_vetoed: bool
    deducted: Decimal
    reason: Words
    page_id: int | None


def _scoped(query: Any, scope: Scope) -> Any:
    """Limit a query that reads from or joins `CaseResult`."""
    if scope.round_id is not None:
        query = query.where(col(CaseResult.round_id) == scope.round_id)
    elif scope.year is not None:
        rounds = several(col(Round.id)).where(col(Round.year) == scope.year)
        query = query.where(col(CaseResult.round_id).in_(rounds))
    if scope.unit_id is not None:
        query = query.where(col(CaseResult.unit_id) == scope.unit_id)
    return query


_VETOES = func.sum(when((col(CaseResult.is_vetoed), 1), else_=0))


def headline(engine: Engine, actor: Actor, scope: Scope) -> Headline:
    """The figures on top."""
    access.require(actor, "dashboard.view")
    with reading(engine) as session:
        rounds, cases, score, vetoes = session.execute(
            _scoped(
                several(
                    func.count(func.distinct(col(CaseResult.round_id))),
                    func.count(),
                    func.sum(col(CaseResult.score)),
                    _VETOES,
                ).select_from(CaseResult),
                scope,
            )
        ).one()
        items, closed, overdue = session.execute(_items_query(scope)).one()
        problems = session.execute(
            _scoped(
                several(func.count())
                .select_from(Finding)
                .join(CaseResult, _same_case())
                .where(col(Finding.state) == FindingState.CONFIRMED),
                scope,
            )
        ).scalar_one()
    return Headline(
        rounds=rounds,
        cases=cases,
        average=_mean(score, cases),
        vetoes=vetoes or 0,
        problems=problems,
        items=items,
        closed=closed or 0,
        overdue=overdue or 0,
    )


def _same_case() -> ColumnElement[bool]:
    return (col(CaseResult.round_id) == col(Finding.round_id)) & (
        col(CaseResult.case_id) == col(Finding.case_id)
    )


def _items_query(scope: Scope) -> Any:
    is_late = col(RectificationItem.state).in_(WAITING) & (col(RectificationItem.due_on) < today())
    query = (
        several(
            func.count(),
            func.sum(when((col(RectificationItem.state) == ItemState.CLOSED, 1), else_=0)),
            func.sum(when((is_late, 1), else_=0)),
        )
        .select_from(RectificationItem)
        .join(RectificationList, col(RectificationList.id) == col(RectificationItem.list_id))
    )
    if scope.round_id is not None:
        query = query.where(col(RectificationList.round_id) == scope.round_id)
    elif scope.year is not None:
        rounds = several(col(Round.id)).where(col(Round.year) == scope.year)
        query = query.where(col(RectificationList.round_id).in_(rounds))
    if scope.unit_id is not None:
        query = query.where(col(RectificationList.unit_id) == scope.unit_id)
    return query


def _mean(total: Decimal | None, count: int) -> Decimal | None:
    return (Decimal(total or 0) / count).quantize(CENT, ROUND_HALF_UP) if count else None


def groups(engine: Engine, actor: Actor, by: By | str, scope: Scope) -> list[Group]:
    """The bars of a dashboard; those by item with the most cases first, others by average."""
    access.require(actor, "dashboard.view")
    with reading(engine) as session:
        if by == By.DIMENSION:
            return _dimensions(session, scope)
        if by == By.ITEM:
            return _items(session, scope)
        return _by_case(session, By(by), scope)


def _by_case(session: Session, by: By, scope: Scope) -> list[Group]:
    key, join = _grouping(by)
    query = several(
        key, func.count(), func.sum(col(CaseResult.score)), _VETOES,
        func.sum(col(CaseResult.deducted)),
    ).select_from(CaseResult)  # fmt: skip
    rows = session.execute(_scoped(join(query), scope).group_by(key)).all()
    titles = _titles(session, by)
    found = [
        Group(
            key=str(value),
            title=titles.get(str(value)) or Words(str(value) or "—", str(value) or "—"),
            cases=count,
            average=_mean(score, count),
            share=None,
            vetoes=vetoes or 0,
            deducted=deducted or Decimal(0),
        )
        for value, count, score, vetoes, deducted in rows
    ]
    if by is By.ROUND:
        return sorted(found, key=lambda each: int(each.key))
    return sorted(found, key=lambda each: (-(each.average or 0), each.key))


def _grouping(by: By) -> tuple[Any, Any]:
    """The column to group by, and what has to be joined for it."""
    if by is By.UNIT:
        return col(CaseResult.unit_id), lambda query: query
    if by is By.ROUND:
        return col(CaseResult.round_id), lambda query: query
    if by is By.OFFICER:
        return col(ResultOfficer.name), lambda query: query.join(
            ResultOfficer, col(ResultOfficer.result_id) == col(CaseResult.id)
        )
    column = col(Case.cause) if by is By.CAUSE else col(Case.squad)
    return column, lambda query: query.join(Case, col(Case.id) == col(CaseResult.case_id))


def _titles(session: Session, by: By) -> Mapping[str, Words]:
    if by is By.UNIT:
        return {str(each.id): Words(each.name, each.name) for each in session.exec(select(Unit))}
    if by is By.ROUND:
        rows = session.exec(select(Round).options(*ROUND_HEAD))
        return {str(each.id): Words(each.title, each.title) for each in rows}
    return {}


def _dimensions(session: Session, scope: Scope) -> list[Group]:
    is_lost = col(ResultPart.earned) < col(ResultPart.applicable)
    query = several(
        col(ResultPart.dimension),
        func.sum(when((is_lost, 1), else_=0)),
        func.sum(col(ResultPart.applicable)),
        func.sum(col(ResultPart.earned)),
    ).select_from(ResultPart)
    rows = session.execute(
        _of_results(query, ResultPart, scope).group_by(col(ResultPart.dimension))
    ).all()
    titles = {
        each.id: Words(each.title.get("zh"), each.title.get("en"))
        for edition in editions_of(session, scope.round_id)
        for each in edition.dimensions
    }
    order = list(titles)
    found = [
        Group(
            key,
            titles.get(key, Words(key, key)),
            cases,
            None,
            percent(earned, whole),
            0,
            whole - earned,
        )
        for key, cases, whole, earned in rows
    ]
    return sorted(found, key=lambda each: order.index(each.key) if each.key in titles else 99)


def _of_results(query: Any, table: type[ResultItem | ResultPart], scope: Scope) -> Any:
    """Limit a query over items or parts; results are joined only where the unit matters."""
    if scope.unit_id is not None:
        query = query.join(CaseResult, col(CaseResult.id) == col(table.result_id))
        return _scoped(query, scope)
    if scope.round_id is not None:
        return query.where(col(table.round_id) == scope.round_id)
    if scope.year is not None:
        rounds = several(col(Round.id)).where(col(Round.year) == scope.year)
        return query.where(col(table.round_id).in_(rounds))
    return query


def _items(session: Session, scope: Scope) -> list[Group]:
    query = (
        several(col(ResultItem.item_id), func.count(), func.sum(col(ResultItem.deduction)))
        .select_from(ResultItem)
        .where(col(ResultItem.result).in_(FAULTS))
    )
    rows = session.execute(
        _of_results(query, ResultItem, scope).group_by(col(ResultItem.item_id))
    ).all()
    whole = session.execute(
        _scoped(several(func.count()).select_from(CaseResult), scope)
    ).scalar_one()
    titles = item_titles(editions_of(session, scope.round_id))
    found = [
        Group(
            key,
            Words(*titles.get(key, (key, key))),
            count,
            None,
            percent(count, whole),
            0,
            deducted or Decimal(0),
        )
        for key, count, deducted in rows
    ]
    return sorted(found, key=lambda each: (-each.cases, -each.deducted, each.key))


def cases_of(
    engine: Engine,
    actor: Actor,
    by: By | str,
    key: str,
    scope: Scope,
    *,
    limit: int = 200,
) -> list[CountedCase]:
    """The cases behind a figure, the lowest score first."""
    access.require(actor, "dashboard.view")
    query = (
        several(CaseResult, Case, Round, Unit)
        .select_from(CaseResult)
        .join(Case, col(Case.id) == col(CaseResult.case_id))
        .join(Round, col(Round.id) == col(CaseResult.round_id))
        .join(Unit, col(Unit.id) == col(CaseResult.unit_id))
    )
    query = _scoped(query, scope).where(_belongs(By(by), key))
    query = query.order_by(col(CaseResult.score), col(CaseResult.id)).limit(limit)
    query = query.options(*ROUND_HEAD)
    with reading(engine) as session:
        rows = session.execute(query).all()
        ids = [result.id or 0 for result, _, _, _ in rows]
        said = _reasons(session, ids, key) if by == By.ITEM else {}
        pages = _pages(session, ids, key if by == By.ITEM else None)
        return [
            CountedCase(
                case_id=result.case_id,
                case_no=case.case_no,
                unit=unit.name,
                cause=case.cause,
                round_id=row.id or 0,
                round_title=row.title,
                score=result.score,
                grade=Words(result.grade_zh, result.grade_en),
                is_vetoed=result.is_vetoed,
                deducted=said[result.id][1] if result.id in said else result.deducted,
                reason=said[result.id][0] if result.id in said else Words("", ""),
                page_id=pages.get(result.id or 0),
            )
            for result, case, row, unit in rows
        ]


def _belongs(by: By, key: str) -> ColumnElement[bool]:
    match by:
        case By.UNIT:
            return col(CaseResult.unit_id) == _number(key)
        case By.ROUND:
            return col(CaseResult.round_id) == _number(key)
        case By.CAUSE:
            return col(Case.cause) == key
        case By.SQUAD:
            return col(Case.squad) == key
        case By.OFFICER:
            held = several(col(ResultOfficer.result_id)).where(col(ResultOfficer.name) == key)
        case By.ITEM:
            held = several(col(ResultItem.result_id)).where(
                col(ResultItem.item_id) == key, col(ResultItem.result).in_(FAULTS)
            )
        case By.DIMENSION:
            held = several(col(ResultPart.result_id)).where(
                col(ResultPart.dimension) == key,
                col(ResultPart.earned) < col(ResultPart.applicable),
            )
    return col(CaseResult.id).in_(held)


def _number(key: str) -> int:
    return int(key) if key.isascii() and key.isdigit() else 0


def _reasons(
    session: Session, ids: list[int], item_id: str
) -> dict[int | None, tuple[Words, Decimal]]:
    rows = session.exec(
        select(ResultItem).where(
            col(ResultItem.result_id).in_(ids), col(ResultItem.item_id) == item_id
        )
    )
    return {row.result_id: (Words(row.reason_zh, row.reason_en), row.deduction) for row in rows}


def _pages(session: Session, ids: list[int], item_id: str | None) -> dict[int, int]:
    """The first page that a finding of each result names."""
    query = (
        several(col(CaseResult.id), col(Finding.evidence))
        .join(Finding, _same_case())
        .where(col(CaseResult.id).in_(ids), col(Finding.state) != FindingState.DISMISSED)
        .order_by(col(Finding.id))
    )
    if item_id is not None:
        query = query.where(col(Finding.item_id) == item_id)
    found: dict[int, int] = {}
    for result_id, kept in session.execute(query):
        page = next((each["page_id"] for each in kept or () if each.get("page_id")), None)
        if page is not None and evidence_of(kept):
            found.setdefault(result_id, page)
    return found


def aim_points(engine: Engine, actor: Actor) -> list[AimPoint]:
    """The plan's two aims, one point for each round with results."""
    access.require(actor, "dashboard.view")
    with reading(engine) as session:
        return aims(session)
