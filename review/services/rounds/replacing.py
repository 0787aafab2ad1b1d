"""Replacing a drawn case: one person asks with a reason, a second one approves or refuses."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from review.casefiles.tables import Case
from review.common.clock import now
from review.db import audit
from review.db.accounts import User
from review.db.rows import at_version, found
from review.db.session import reading, transaction
from review.errors import DuplicateRow, NeedsSecondPerson, ReasonMissing, WrongState
from review.panels.tables import Assignment
from review.planning import sampling
from review.planning.tables import (
    ReplacementRequest,
    ReplacementState,
    Round,
    RoundCase,
    RoundState,
)
from review.services import access
from review.services.access import Actor
from review.services.rounds.assigning import free_untouched_seats
from review.services.rounds.drawing import record_of, round_case
from review.services.rounds.round_guards import refuse_state


@dataclass(frozen=True, slots=True)
class ReplacementView:
    """A request to take a drawn case out, and what became of it."""

    id: int
    case_id: int
    case_no: str
    reason: str
    state: ReplacementState
    asked_by: str
    asked_by_id: int | None
    asked_at: datetime
    decided_by: str
    decision: str
    in_case_no: str
    version: int


def replacements_waiting(engine: Engine, actor: Actor) -> list[str]:
    """Numbers of the actor's cases that somebody asked to take out and nobody has decided on.

    He is told that it was asked, not why; until it is decided his work may turn out to be lost.
    """
    access.require(actor, "sheet.score")
    query = (
        select(Case.case_no)
        .join(ReplacementRequest, col(ReplacementRequest.case_id) == col(Case.id))
        .join(
            RoundCase,
            (col(RoundCase.case_id) == col(Case.id))
            & (col(RoundCase.round_id) == col(ReplacementRequest.round_id)),
        )
        .join(Assignment, col(Assignment.round_case_id) == col(RoundCase.id))
        .where(
            ReplacementRequest.state == ReplacementState.ASKED,
            Assignment.user_id == actor.user_id,
            col(Assignment.ended_at).is_(None),
        )
        .order_by(Case.case_no)
    )
    with reading(engine) as session:
        return list(session.exec(query))


def ask_replacement(engine: Engine, actor: Actor, round_case_id: int, *, reason: str) -> int:
    """Ask to take a drawn case out; returns the request's id. Nothing changes before approval.

    Raises ReasonMissing, DuplicateRow (asked already), WrongState (work on the case has begun).
    """
    access.require(actor, "round.manage")
    if not reason.strip():
        raise ReasonMissing(what="更换案卷", what_en="replacing a case")
    with transaction(engine) as session:
        drawn = found(session, RoundCase, round_case_id, "抽取案卷", "drawn case")
        row = found(session, Round, drawn.round_id, "评查轮次", "round")
        _may_replace(session, row, drawn)
        waiting = session.exec(
            select(ReplacementRequest.id).where(
                ReplacementRequest.round_id == row.id,
                ReplacementRequest.case_id == drawn.case_id,
                ReplacementRequest.state == ReplacementState.ASKED,
            )
        ).first()
        case = found(session, Case, drawn.case_id, "案卷", "case")
        if waiting is not None:
            raise DuplicateRow(what="更换申请", what_en="request", key=case.case_no)
        made = ReplacementRequest(
            round_id=drawn.round_id,
            case_id=drawn.case_id,
            reason=reason.strip(),
            asked_by=actor.row_id,
        )
        session.add(made)
        session.flush()
        assert made.id is not None
        audit.record(
            session,
            actor.audit_name,
            "round.ask_replacement",
            "round",
            row.id,
            case=case.case_key,
            reason=reason,
        )
        return made.id


def _may_replace(session: Session, row: Round, drawn: RoundCase) -> None:
    if row.state not in (RoundState.DRAWN, RoundState.SCORING):
        refuse_state(row, "更换案卷", "replace a case")
    seats = session.exec(select(Assignment).where(Assignment.round_case_id == drawn.id)).all()
    if free_untouched_seats(session, seats, dry=True):
        raise WrongState(
            what="抽取案卷",
            what_en="the drawn case",
            state="已开始评分",
            state_en="being scored",
            action="更换",
            action_en="replace it",
        )


def decide_replacement(
    engine: Engine,
    actor: Actor,
    request_id: int,
    *,
    approve: bool,
    decision: str = "",
    seen_version: int,
) -> int | None:
    """Approve or refuse a request of somebody else; returns the id of the case that came in.

    Approved, the next ticket of the same draw and stratum comes in and the seats of the case that
    goes, on which nothing was done, are given back. Raises NeedsSecondPerson, ReasonMissing (a
    refusal without one), WrongState, DrawNotPossible, Stale.
    """
    access.require(actor, "replacement.decide")
    if not approve and not decision.strip():
        raise ReasonMissing(what="不同意更换", what_en="refusing the replacement")
    with transaction(engine) as session:
        request = at_version(
            session,
            ReplacementRequest,
            request_id,
            "更换申请",
            "the request",
            seen_version=seen_version,
        )
        if request.asked_by == actor.row_id:
            raise NeedsSecondPerson(what="更换案卷", what_en="the replacement")
        if request.state != ReplacementState.ASKED:
            raise WrongState(
                what="更换申请",
                what_en="the request",
                state="已决定",
                state_en="decided",
                action="再次决定",
                action_en="decide again",
            )
        row = found(session, Round, request.round_id, "评查轮次", "round")
        coming = _swap(session, row, request) if approve else None
        request.state = ReplacementState.APPROVED if approve else ReplacementState.REFUSED
        request.decision = decision.strip()
        request.decided_by, request.decided_at = actor.row_id, now()
        request.in_case_id = coming.id if coming else None
        session.add(request)
        audit.record(
            session,
            actor.audit_name,
            "round.replace",
            "round",
            row.id,
            request=request_id,
            approved=approve,
            came_in=coming.case_key if coming else None,
            decision=request.decision,
        )
        return request.in_case_id


def _swap(session: Session, row: Round, request: ReplacementRequest) -> Case:
    """Put the next ticket in the place of the case that goes."""
    drawn = session.exec(
        select(RoundCase).where(RoundCase.round_id == row.id, RoundCase.case_id == request.case_id)
    ).one()
    _may_replace(session, row, drawn)
    record = record_of(row)
    assert record is not None
    going = found(session, Case, request.case_id, "案卷", "case")
    after = sampling.replace_one(record, going.case_key, request.reason)
    coming_key = after.replacements[-1].in_key
    coming = session.exec(select(Case).where(Case.case_key == coming_key)).one()
    selected = next(each for each in after.selected if each.key == coming_key)
    row.draw_record = {**row.draw_record, "record": json.loads(after.to_json())}
    row.version += 1
    session.add(row)
    seats = session.exec(select(Assignment).where(Assignment.round_case_id == drawn.id)).all()
    free_untouched_seats(session, seats)
    session.delete(drawn)
    session.flush()
    session.add(round_case(row, coming, selected))
    return coming


def replacements_of(session: Session, round_id: int) -> tuple[ReplacementView, ...]:
    """The requests of a round, the newest first."""
    came_in = aliased(Case)
    rows = session.exec(
        select(ReplacementRequest, Case, came_in)
        .join(Case, col(Case.id) == col(ReplacementRequest.case_id))
        .outerjoin(came_in, came_in.id == col(ReplacementRequest.in_case_id))  # type: ignore[arg-type]  # a column of the alias
        .where(ReplacementRequest.round_id == round_id)
        .order_by(col(ReplacementRequest.id).desc())
    ).all()
    names = {user.id: user.name for user in session.exec(select(User))}
    return tuple(
        ReplacementView(
            id=row.id or 0,
            case_id=row.case_id,
            case_no=case.case_no,
            reason=row.reason,
            state=ReplacementState(row.state),
            asked_by=names.get(row.asked_by, ""),
            asked_by_id=row.asked_by,
            asked_at=row.asked_at,
            decided_by=names.get(row.decided_by, ""),
            decision=row.decision,
            in_case_no=coming.case_no if coming else "",
            version=row.version,
        )
        for row, case, coming in rows
    )
