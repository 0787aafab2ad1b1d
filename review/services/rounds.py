"""Rounds of review: planning one, its list and view, and the moves of its state."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from review.casefiles.tables import Case
from review.common.clock import today
from review.db import audit
from review.db.accounts import Unit, User
from review.db.rows import at_version, found
from review.db.session import reading, transaction
from review.errors import BadValue, DuplicateRow, WrongState
from review.panels.tables import Assignment
from review.planning.plan import PlannedRound, YearPlan, year_plan
from review.planning.tables import Round, RoundCase, RoundKind, RoundState
from review.rectification.tables import ItemState, RectificationItem, RectificationList
from review.scoring.tables import ScoreSheet, SheetState
from review.services import access
from review.services.access import Actor
from review.services.assigning import assign, assign_one, scorer_choices
from review.services.drawing import (
    DrawView,
    draw,
    draw_view,
    population_of,
    replace_case,
    verify_draw,
)
from review.services.editions import Words, edition_by_key, newest_editions
from review.services.sheet_views import SheetCard
from review.services.sheets import sheet_cards

__all__ = [
    "assign",
    "assign_one",
    "draw",
    "list_rounds",
    "move_round",
    "plan_round",
    "replace_case",
    "round_view",
    "scorer_choices",
    "verify_draw",
    "year_view",
]

LARGE_DIFFERENCE = Decimal(5)
"""Points between two scorers from which the panel has to look at a case."""

MOVES: Mapping[RoundState, frozenset[RoundState]] = {
    RoundState.SCORING: frozenset({RoundState.CONFIRMING}),
    RoundState.CONFIRMING: frozenset({RoundState.SCORING, RoundState.RECTIFYING}),
    RoundState.RECTIFYING: frozenset({RoundState.CONFIRMING, RoundState.CLOSED}),
}
"""Moves that a person makes; drawing and assigning move a round by themselves."""


@dataclass(frozen=True, slots=True)
class RoundCard:
    """A round in a list."""

    id: int
    title: str
    kind: RoundKind
    topic: str
    year: int
    number: int
    state: RoundState
    scope_from: date
    scope_to: date
    starts_on: date
    ends_on: date
    drawn: int
    sheets: int
    submitted: int
    version: int


@dataclass(frozen=True, slots=True)
class SeatView:
    """One scorer of a drawn case, and how far the sheet is. Score and grade once submitted."""

    assignment_id: int
    seat: str
    user_id: int
    user_name: str
    version: int
    sheet_id: int | None
    state: SheetState | None
    done: int
    items: int
    score: Decimal | None
    grade: Words | None


@dataclass(frozen=True, slots=True)
class RoundCaseView:
    """One drawn case. `needs_panel`: both sheets are in, and they differ by much or in grade."""

    id: int
    sequence: int
    case_id: int
    case_no: str
    cause: str
    unit_id: int
    unit_name: str
    squad: str
    procedure: str
    stratum: str
    reason: str
    edition: str
    seats: tuple[SeatView, ...]
    needs_panel: bool


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round with everything its page shows."""

    round: RoundCard
    unit_ids: tuple[int, ...]
    unit_names: tuple[str, ...]
    editions: Mapping[str, Mapping[str, str]]
    double_scoring: bool
    hide_proposals: bool
    population: int
    population_by_procedure: Mapping[str, int]
    draw: DrawView | None
    cases: tuple[RoundCaseView, ...]
    year: YearPlan


def _refuse(zh: str, en: str, value: object, reason: str, reason_en: str) -> None:
    raise BadValue(field=zh, field_en=en, value=value, reason=reason, reason_en=reason_en)


def plan_round(
    engine: Engine,
    actor: Actor,
    *,
    title: str,
    kind: RoundKind | str = RoundKind.REVIEW,
    topic: str = "",
    year: int,
    number: int | None = None,
    scope_from: date,
    scope_to: date,
    starts_on: date,
    ends_on: date,
    unit_ids: Collection[int],
    editions: Mapping[str, str] | None = None,
    double_scoring: bool = True,
    hide_proposals: bool = False,
) -> int:
    """Plan a round and freeze its editions; returns its id.

    `scope_from` to `scope_to` are the closing days of the cases that may be drawn. `editions` maps
    slots (procedures) to edition keys; None takes the newest in force at the start for each.
    `number` None takes the next of the year. Raises BadValue, DuplicateRow, NotFound.
    """
    access.require(actor, "round.manage")
    title = title.strip()
    if not title:
        _refuse("名称", "title", "", "不能为空", "must not be empty")
    if kind not in tuple(RoundKind):
        _refuse("类型", "kind", kind, "没有此类型", "no such kind")
    if scope_from > scope_to:
        _refuse("结案日期范围", "scope", f"{scope_from}–{scope_to}", "起止颠倒", "ends first")
    if starts_on > ends_on:
        _refuse("评查日期", "dates", f"{starts_on}–{ends_on}", "起止颠倒", "ends first")
    if not unit_ids:
        _refuse("被评查单位", "units", "", "至少选择一个", "choose one at least")
    frozen = (
        newest_editions(starts_on)
        if editions is None
        else {slot: edition_by_key(key) for slot, key in editions.items()}
    )
    if not frozen:
        _refuse("评查标准", "editions", "", "没有生效的标准", "none is in force")
    with transaction(engine) as session:
        if session.exec(select(Round.id).where(Round.title == title)).first() is not None:
            raise DuplicateRow(what="评查轮次", what_en="round", key=title)
        for unit_id in unit_ids:
            found(session, Unit, unit_id, "单位", "unit")
        if number is None:
            last = session.exec(select(func.max(Round.number)).where(Round.year == year)).one()
            number = (last or 0) + 1
        made = Round(
            title=title,
            kind=str(kind),
            topic=topic.strip(),
            year=year,
            number=number,
            scope_from=scope_from,
            scope_to=scope_to,
            starts_on=starts_on,
            ends_on=ends_on,
            unit_ids=sorted(unit_ids),
            editions=frozen,
            double_scoring=double_scoring,
            hide_proposals=hide_proposals,
            created_by=actor.row_id,
        )
        session.add(made)
        session.flush()
        assert made.id is not None
        audit.record(
            session,
            actor.audit_name,
            "round.plan",
            "round",
            made.id,
            title=title,
            editions=frozen,
            scope=[scope_from.isoformat(), scope_to.isoformat()],
            units=sorted(unit_ids),
        )
        return made.id


def list_rounds(engine: Engine, actor: Actor, *, year: int | None = None) -> list[RoundCard]:
    """Rounds, the newest first."""
    access.require(actor, "round.view")
    query = select(Round).order_by(col(Round.year).desc(), col(Round.number).desc())
    if year is not None:
        query = query.where(Round.year == year)
    with reading(engine) as session:
        return [_card(session, row) for row in session.exec(query).all()]


def _card(session: Session, row: Round) -> RoundCard:
    drawn = session.exec(
        select(func.count()).select_from(RoundCase).where(RoundCase.round_id == row.id)
    ).one()
    states = session.exec(
        select(ScoreSheet.state)
        .join(Assignment, col(Assignment.id) == col(ScoreSheet.assignment_id))
        .join(RoundCase, col(RoundCase.id) == col(Assignment.round_case_id))
        .where(RoundCase.round_id == row.id)
    ).all()
    return RoundCard(
        id=row.id or 0,
        title=row.title,
        kind=RoundKind(row.kind),
        topic=row.topic,
        year=row.year,
        number=row.number,
        state=RoundState(row.state),
        scope_from=row.scope_from,
        scope_to=row.scope_to,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        drawn=drawn,
        sheets=len(states),
        submitted=sum(state == SheetState.SUBMITTED for state in states),
        version=row.version,
    )


def round_view(engine: Engine, actor: Actor, round_id: int) -> RoundView:
    """Everything the round page shows. Raises NotFound."""
    access.require(actor, "round.view")
    cards = {
        (card.case_id, card.seat): card for card in sheet_cards(engine, actor, round_id=round_id)
    }
    with reading(engine) as session:
        row = found(session, Round, round_id, "评查轮次", "round")
        units = {unit.id or 0: unit.name for unit in session.exec(select(Unit))}
        population = population_of(session, row)
        by_procedure: dict[str, int] = {}
        for case in population:
            by_procedure[case.procedure] = by_procedure.get(case.procedure, 0) + 1
        drawn = session.exec(
            select(RoundCase, Case)
            .join(Case, col(Case.id) == col(RoundCase.case_id))
            .where(RoundCase.round_id == round_id)
            .order_by(col(RoundCase.sequence))
        ).all()
        seats = _seats(session, round_id, cards)
        return RoundView(
            round=_card(session, row),
            unit_ids=tuple(row.unit_ids),
            unit_names=tuple(units.get(each, "") for each in row.unit_ids),
            editions=dict(row.editions or {}),
            double_scoring=row.double_scoring,
            hide_proposals=row.hide_proposals,
            population=len(population),
            population_by_procedure=by_procedure,
            draw=draw_view(row),
            cases=tuple(
                _case_view(each, case, units, seats.get(each.id or 0, ())) for each, case in drawn
            ),
            year=_year(session, row.year),
        )


def _seats(
    session: Session, round_id: int, cards: Mapping[tuple[int, str], SheetCard]
) -> dict[int, tuple[SeatView, ...]]:
    rows = session.exec(
        select(Assignment, RoundCase, User)
        .join(RoundCase, col(RoundCase.id) == col(Assignment.round_case_id))
        .join(User, col(User.id) == col(Assignment.user_id))
        .where(RoundCase.round_id == round_id)
        .order_by(col(Assignment.seat))
    )
    found_seats: dict[int, tuple[SeatView, ...]] = {}
    for assignment, drawn, user in rows:
        sheet = cards.get((drawn.case_id, assignment.seat))
        is_in = sheet is not None and sheet.state == SheetState.SUBMITTED
        seat = SeatView(
            assignment_id=assignment.id or 0,
            seat=assignment.seat,
            user_id=assignment.user_id,
            user_name=user.name,
            version=assignment.version,
            sheet_id=sheet.sheet_id if sheet else None,
            state=sheet.state if sheet else None,
            done=sheet.done if sheet else 0,
            items=sheet.items if sheet else 0,
            score=sheet.score if sheet and is_in else None,
            grade=sheet.grade if sheet and is_in else None,
        )
        found_seats[drawn.id or 0] = (*found_seats.get(drawn.id or 0, ()), seat)
    return found_seats


def _case_view(
    drawn: RoundCase, case: Case, units: Mapping[int, str], seats: tuple[SeatView, ...]
) -> RoundCaseView:
    return RoundCaseView(
        id=drawn.id or 0,
        sequence=drawn.sequence,
        case_id=drawn.case_id,
        case_no=case.case_no,
        cause=case.cause,
        unit_id=case.unit_id,
        unit_name=units.get(case.unit_id, ""),
        squad=case.squad,
        procedure=case.procedure,
        stratum=drawn.stratum,
        reason=drawn.reason,
        edition=drawn.edition,
        seats=seats,
        needs_panel=_differ([seat for seat in seats if seat.seat in ("A", "B")]),
    )


def _differ(seats: Sequence[SeatView]) -> bool:
    scores = [seat.score for seat in seats if seat.score is not None]
    if len(scores) < 2:
        return False
    grades = {seat.grade.zh if seat.grade else "" for seat in seats}
    return max(scores) - min(scores) > LARGE_DIFFERENCE or len(grades) > 1


def year_view(engine: Engine, actor: Actor, year: int) -> YearPlan:
    """The rounds of a year against what it asks for, with warnings."""
    access.require(actor, "round.view")
    with reading(engine) as session:
        return _year(session, year)


def _year(session: Session, year: int) -> YearPlan:
    planned = [PlannedRound(row.title, row.starts_on) for row in session.exec(select(Round))]
    return year_plan(planned, year=year, today=today())


def move_round(
    engine: Engine, actor: Actor, round_id: int, *, to: RoundState | str, seen_version: int
) -> None:
    """Move a round on: end the scoring, begin to rectify, close; or one step back.

    Scoring ends when every sheet is in; a round closes when every issued item is closed. Raises
    WrongState, Stale.
    """
    access.require(actor, "round.manage")
    with transaction(engine) as session:
        row = at_version(
            session, Round, round_id, "评查轮次", "the round", seen_version=seen_version
        )
        allowed = MOVES.get(RoundState(row.state), frozenset())
        if to not in allowed:
            _wrong_state(row, to)
        if to == RoundState.CONFIRMING and row.state == RoundState.SCORING:
            _all_submitted(session, row)
        if to == RoundState.CLOSED:
            _all_closed(session, row)
        before, row.state = row.state, str(to)
        session.add(row)
        audit.record(
            session, actor.audit_name, "round.move", "round", round_id, before=before, after=str(to)
        )


def _wrong_state(row: Round, to: object) -> None:
    raise WrongState(
        what="评查轮次",
        what_en="the round",
        state=row.state,
        action=f"转为 {to}",
        action_en=f"move to {to}",
    )


def _all_submitted(session: Session, row: Round) -> None:
    card = _card(session, row)
    if card.submitted < card.sheets or not card.sheets:
        raise WrongState(
            what=f"评查轮次（评分表 {card.submitted}/{card.sheets} 已提交）",
            what_en=f"the round ({card.submitted} of {card.sheets} sheets submitted)",
            state=row.state,
            action="结束评分",
            action_en="end the scoring",
        )


def _all_closed(session: Session, row: Round) -> None:
    left = session.exec(
        select(func.count())
        .select_from(RectificationItem)
        .join(RectificationList, col(RectificationList.id) == col(RectificationItem.list_id))
        .where(RectificationList.round_id == row.id, RectificationItem.state != ItemState.CLOSED)
    ).one()
    if left:
        raise WrongState(
            what=f"评查轮次（{left} 项整改未销号）",
            what_en=f"the round ({left} items not closed)",
            state=row.state,
            action="结束",
            action_en="close it",
        )
