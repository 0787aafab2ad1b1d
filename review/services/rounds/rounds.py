"""Rounds of review: their list, and everything that the page of one shows.

What is done to a round lies in modules of its own (planning, freezing, drawing, replacing,
assigning, withdrawing, moving); their functions are named here too, so that pages and commands ask
one place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from review.casefiles.tables import Case
from review.common.clock import today
from review.db.accounts import Unit, User
from review.db.rows import found
from review.db.session import reading
from review.panels.tables import Assignment, CommonItem, CommonResult, CommonState
from review.planning.phases import BY_HAND
from review.planning.plan import PlannedRound, YearPlan, year_plan
from review.planning.tables import ROUND_HEAD, Round, RoundCase, RoundKind, RoundState
from review.scoring.tables import ScoreSheet, SheetState
from review.services import access
from review.services.access import Actor
from review.services.desk.sheet_views import SheetCard
from review.services.desk.sheets import sheet_cards
from review.services.rounds.assigning import Assigned, assign, assign_one, scorer_choices
from review.services.rounds.drawing import (
    DrawView,
    draw,
    draw_faults,
    draw_view,
    enter_number,
    verify_draw,
)
from review.services.rounds.freezing import (
    FrozenView,
    freeze_list,
    frozen_view,
    population_by_procedure,
    suggested,
    thaw_list,
)
from review.services.rounds.replacing import (
    ReplacementView,
    ask_replacement,
    decide_replacement,
    replacements_of,
)
from review.services.rounds.round_guards import Blocker, blockers
from review.services.rounds.round_moves import move_round
from review.services.rounds.round_plan import (
    StepView,
    issue_notice,
    plan_round,
    plan_step,
    record_step,
    step_views,
)
from review.services.rounds.withdrawing import withdraw, withdrawn_seats
from review.services.rules.editions import Words

__all__ = [
    "Assigned",
    "ask_replacement",
    "assign",
    "assign_one",
    "decide_replacement",
    "draw",
    "draw_faults",
    "enter_number",
    "freeze_list",
    "issue_notice",
    "list_rounds",
    "move_round",
    "plan_round",
    "plan_step",
    "record_step",
    "round_view",
    "scorer_choices",
    "suggested",
    "thaw_list",
    "verify_draw",
    "withdraw",
    "withdrawn_seats",
    "year_view",
]


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
    """One drawn case. `needs_panel`: the sheets are in, and they differ by much or in grade.

    `common` is the state of the common result, None before the panel begins; `disputed` counts
    the items that nobody has settled yet.
    """

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
    common: CommonState | None
    disputed: int


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round with everything its page shows.

    `next_state` is where a person can move it, None where it moves by itself or not at all;
    `blockers` stand in the way of that, or of the draw.
    """

    round: RoundCard
    unit_ids: tuple[int, ...]
    unit_names: tuple[str, ...]
    editions: Mapping[str, Mapping[str, str]]
    double_scoring: bool
    hide_proposals: bool
    population: int
    population_by_procedure: Mapping[str, int]
    lead: str
    taking_part: str
    target_cases: int
    quotas: Mapping[str, int] | None
    deliberation_points: Decimal
    objection_days: int
    notice_no: str
    notice_on: date | None
    notice_text: str
    frozen: FrozenView | None
    draw: DrawView | None
    replacements: tuple[ReplacementView, ...]
    steps: tuple[StepView, ...]
    next_state: RoundState | None
    blockers: tuple[Blocker, ...]
    cases: tuple[RoundCaseView, ...]
    year: YearPlan


def list_rounds(engine: Engine, actor: Actor, *, year: int | None = None) -> list[RoundCard]:
    """Rounds, the newest first."""
    access.require(actor, "round.view")
    query = select(Round).order_by(col(Round.year).desc(), col(Round.number).desc())
    if year is not None:
        query = query.where(Round.year == year)
    with reading(engine) as session:
        rows = session.exec(query.options(*ROUND_HEAD)).all()
        return _cards(session, rows)


def _cards(session: Session, rows: Sequence[Round]) -> list[RoundCard]:
    """The rounds with what was drawn and handed in, counted for all of them at once."""
    ids = [row.id for row in rows]
    drawn = dict(
        session.exec(
            select(RoundCase.round_id, func.count())
            .where(col(RoundCase.round_id).in_(ids))
            .group_by(col(RoundCase.round_id))
        ).all()
    )
    sheets: dict[int, dict[str, int]] = {}
    counted = (
        select(RoundCase.round_id, ScoreSheet.state, func.count())
        .join(Assignment, col(Assignment.round_case_id) == col(RoundCase.id))
        .join(ScoreSheet, col(ScoreSheet.assignment_id) == col(Assignment.id))
        .where(col(RoundCase.round_id).in_(ids), ScoreSheet.state != SheetState.WITHDRAWN)
        .group_by(col(RoundCase.round_id), col(ScoreSheet.state))
    )
    for round_id, state, number in session.exec(counted):
        sheets.setdefault(round_id, {})[state] = number
    return [_card(row, drawn.get(row.id or 0, 0), sheets.get(row.id or 0, {})) for row in rows]


def _card(row: Round, drawn: int, sheets: Mapping[str, int]) -> RoundCard:
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
        sheets=sum(sheets.values()),
        submitted=sheets.get(SheetState.SUBMITTED, 0),
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
        by_procedure = population_by_procedure(session, row)
        drawn = session.exec(
            select(RoundCase, Case)
            .join(Case, col(Case.id) == col(RoundCase.case_id))
            .where(RoundCase.round_id == round_id)
            .order_by(col(RoundCase.sequence))
        ).all()
        seats = _seats(session, round_id, cards)
        common = _common(session, round_id)
        next_state = BY_HAND.get(RoundState(row.state))
        towards = RoundState.DRAWN if row.state == RoundState.FROZEN else next_state
        return RoundView(
            round=_cards(session, [row])[0],
            unit_ids=tuple(row.unit_ids),
            unit_names=tuple(units.get(each, "") for each in row.unit_ids),
            editions=dict(row.editions or {}),
            double_scoring=row.double_scoring,
            hide_proposals=row.hide_proposals,
            population=sum(by_procedure.values()),
            population_by_procedure=by_procedure,
            lead=row.lead,
            taking_part=row.taking_part,
            target_cases=row.target_cases,
            quotas=row.quotas,
            deliberation_points=row.deliberation_points,
            objection_days=row.objection_days,
            notice_no=row.notice_no,
            notice_on=row.notice_on,
            notice_text=row.notice_text,
            frozen=frozen_view(session, row),
            draw=draw_view(row),
            replacements=replacements_of(session, round_id),
            steps=step_views(session, row),
            next_state=next_state,
            blockers=tuple(blockers(session, row, towards)) if towards else (),
            cases=tuple(
                _case_view(
                    each,
                    case,
                    units,
                    seats.get(each.id or 0, ()),
                    common.get(each.id or 0) or (None, False, 0),
                    points=row.deliberation_points,
                )
                for each, case in drawn
            ),
            year=_year(session, row.year),
        )


def _common(session: Session, round_id: int) -> dict[int, tuple[CommonState, bool, int]]:
    """State of the common result, whether the panel must deliberate, and items open, by case."""
    rows = session.exec(
        select(CommonResult)
        .join(RoundCase, col(RoundCase.id) == col(CommonResult.round_case_id))
        .where(RoundCase.round_id == round_id)
    ).all()
    open_items = dict(
        session.exec(
            select(CommonItem.common_result_id, func.count())
            .where(
                col(CommonItem.common_result_id).in_([row.id for row in rows]),
                CommonItem.result == "",
            )
            .group_by(col(CommonItem.common_result_id))
        ).all()
    )
    return {
        row.round_case_id: (CommonState(row.state), row.needs_panel, open_items.get(row.id or 0, 0))
        for row in rows
    }


def _seats(
    session: Session, round_id: int, cards: Mapping[tuple[int, str], SheetCard]
) -> dict[int, tuple[SeatView, ...]]:
    rows = session.exec(
        select(Assignment, RoundCase, User)
        .join(RoundCase, col(RoundCase.id) == col(Assignment.round_case_id))
        .join(User, col(User.id) == col(Assignment.user_id))
        .where(RoundCase.round_id == round_id, col(Assignment.ended_at).is_(None))
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
    drawn: RoundCase,
    case: Case,
    units: Mapping[int, str],
    seats: tuple[SeatView, ...],
    common: tuple[CommonState | None, bool, int],
    *,
    points: Decimal,
) -> RoundCaseView:
    state, needs_panel, disputed = common
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
        needs_panel=needs_panel
        or _differ([seat for seat in seats if seat.seat in ("A", "B")], points),
        common=state,
        disputed=disputed,
    )


def _differ(seats: Sequence[SeatView], points: Decimal) -> bool:
    scores = [seat.score for seat in seats if seat.score is not None]
    if len(scores) < 2:
        return False
    grades = {seat.grade.zh if seat.grade else "" for seat in seats}
    return max(scores) - min(scores) > points or len(grades) > 1


def year_view(engine: Engine, actor: Actor, year: int) -> YearPlan:
    """The rounds of a year against what it asks for, with warnings."""
    access.require(actor, "round.view")
    with reading(engine) as session:
        return _year(session, year)


def _year(session: Session, year: int) -> YearPlan:
    planned = [
        PlannedRound(*row) for row in session.exec(select(col(Round.title), col(Round.starts_on)))
    ]
    return year_plan(planned, year=year, today=today())
