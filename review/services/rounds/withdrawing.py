"""A scorer who withdraws from a round: what he began is kept, his seats go to others by lot."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from review.casefiles.tables import Case
from review.common.clock import now
from review.db import audit
from review.db.accounts import User
from review.db.rows import at_version, found
from review.db.session import reading, transaction
from review.errors import NotFound, ReasonMissing
from review.panels.tables import Assignment
from review.planning import assignment as lots
from review.planning.tables import Round, RoundCase, RoundState
from review.scoring.tables import ItemScore, ScoreSheet, SheetState
from review.services import access
from review.services.access import Actor
from review.services.rounds.assigning import (
    Assigned,
    assigned_view,
    drawn_cases,
    free_untouched_seats,
    kept_seats,
    scoring_users,
    seat_person,
)
from review.services.rounds.recusals import drawn_case, scorers_of
from review.services.rounds.round_guards import refuse_state


@dataclass(frozen=True, slots=True)
class WithdrawnSeat:
    """A seat that somebody gave up: whose it was, when and why, and how many items he had scored.

    `seat` is the seat as it was called; another person has it now, or it stands empty.
    """

    round_case_id: int
    case_no: str
    seat: str
    user_name: str
    ended_at: datetime
    reason: str
    scored: int


def withdrawn_seats(engine: Engine, actor: Actor, round_id: int) -> list[WithdrawnSeat]:
    """The seats of a round that were given up after scoring had begun, by time."""
    access.require(actor, "round.view")
    scored = (
        select(func.count())
        .where(ItemScore.sheet_id == ScoreSheet.id)
        .correlate(ScoreSheet)
        .scalar_subquery()
    )
    query = (
        select(Assignment, Case.case_no, User.name, scored)
        .join(RoundCase, col(RoundCase.id) == col(Assignment.round_case_id))
        .join(Case, col(Case.id) == col(RoundCase.case_id))
        .join(User, col(User.id) == col(Assignment.user_id))
        .join(ScoreSheet, col(ScoreSheet.assignment_id) == col(Assignment.id))
        .where(RoundCase.round_id == round_id, ScoreSheet.state == SheetState.WITHDRAWN)
        .order_by(col(Assignment.ended_at), col(Assignment.id))
    )
    with reading(engine) as session:
        return [
            WithdrawnSeat(
                round_case_id=row.round_case_id,
                case_no=case_no,
                seat=row.seat.partition("~")[0],
                user_name=name,
                ended_at=row.ended_at,
                reason=row.ended_reason,
                scored=items,
            )
            for row, case_no, name, items in session.exec(query)
            if row.ended_at is not None
        ]


def withdraw(
    engine: Engine,
    actor: Actor,
    round_id: int,
    *,
    user_id: int,
    reason: str,
    successors: Collection[int],
    seen_version: int,
) -> Assigned:
    """Take a scorer out of a round and give his unfinished seats to `successors` by lot.

    Submitted sheets stay and count. An open sheet on which he had begun is kept for the record and
    counts no more; its seat is filled anew. Raises ReasonMissing, NotFound (no unfinished seat),
    WrongState, DrawNotPossible, Stale.
    """
    access.require(actor, "round.manage")
    if not reason.strip():
        raise ReasonMissing(what="退出评查", what_en="withdrawing from the round")
    with transaction(engine) as session:
        row = at_version(
            session, Round, round_id, "评查轮次", "the round", seen_version=seen_version
        )
        if row.state not in (RoundState.SCORING, RoundState.DELIBERATING):
            refuse_state(row, "办理退出", "withdraw a scorer")
        person = found(session, User, user_id, "评查人员", "reviewer")
        leaving = _unfinished(session, round_id, user_id)
        if not leaving:
            raise NotFound(what="未完成的席位", what_en="unfinished seat", key=person.name)
        drawn = drawn_cases(session, round_id)
        keys = {each.id: case.case_key for each, case in drawn}
        places = [(keys[each.round_case_id], each.seat) for each in leaving]
        for each in free_untouched_seats(session, leaving):
            _end(session, each, reason)
        session.flush()
        users = [each for each in scoring_users(session, successors) if each.id != user_id]
        cases = [case for _, case in drawn]
        result = lots.assign(
            [drawn_case(session, case, users, round_id=round_id) for case in cases],
            scorers_of(session, users, cases, round_id=round_id).values(),
            seed=row.draw_record["record"]["seed"],
            kept=kept_seats(session, drawn),
            places=places,
        )
        by_key = {case.case_key: (each, case) for each, case in drawn}
        for seat in result.seats:
            if (seat.case_key, seat.seat) in places:
                seat_person(session, actor, by_key[seat.case_key][0], seat.seat, seat.scorer_id)
        audit.record(
            session,
            actor.audit_name,
            "round.withdraw",
            "round",
            round_id,
            user=user_id,
            reason=reason.strip(),
            seats=[[*each] for each in places],
        )
        return assigned_view(result, by_key, users)


def _unfinished(session: Session, round_id: int, user_id: int) -> list[Assignment]:
    rows = session.exec(
        select(Assignment)
        .join(RoundCase, col(RoundCase.id) == col(Assignment.round_case_id))
        .join(ScoreSheet, col(ScoreSheet.assignment_id) == col(Assignment.id))
        .where(
            RoundCase.round_id == round_id,
            Assignment.user_id == user_id,
            ScoreSheet.state == SheetState.OPEN,
        )
    )
    return list(rows)


def _end(session: Session, assignment: Assignment, reason: str) -> None:
    """Keep what was begun under a seat of its own (A~1), so that the seat can be filled."""
    taken = session.exec(
        select(Assignment.seat).where(Assignment.round_case_id == assignment.round_case_id)
    ).all()
    number = sum(seat.startswith(f"{assignment.seat}~") for seat in taken) + 1
    assignment.seat = f"{assignment.seat}~{number}"
    assignment.ended_at = now()
    assignment.ended_reason = reason.strip()
    assignment.version += 1
    sheet = session.exec(select(ScoreSheet).where(ScoreSheet.assignment_id == assignment.id)).one()
    sheet.state = SheetState.WITHDRAWN
    sheet.version += 1
    session.add(assignment)
    session.add(sheet)
