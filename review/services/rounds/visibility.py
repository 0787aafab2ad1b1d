"""The table of `planning.blindness` as conditions of queries: what is not seen is not fetched."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, false, or_, true
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from review.casefiles.tables import Case
from review.db.accounts import Role
from review.db.rows import found
from review.errors import BlindPhase, NotFound
from review.panels.tables import Assignment
from review.planning.blindness import Thing, Viewer, sees, states
from review.planning.phases import STATE_WORDS
from review.planning.tables import Round, RoundCase, RoundState
from review.scoring.tables import ScoreSheet, SheetState
from review.services import access
from review.services.access import Actor

SCORERS = frozenset({Role.REVIEWER, Role.EXPERT})

OF_ROLE = {
    Role.REGULATIONS: Viewer.REGULATIONS,
    Role.LEADER: Viewer.LEADER,
    Role.UNIT: Viewer.UNIT,
    Role.ADMINISTRATOR: Viewer.ADMINISTRATOR,
}
"""Roles that stand to every case alike; scorers stand to a case by their own sheet of it."""


def seen_in(thing: Thing, viewer: Viewer) -> ColumnElement[bool]:
    """The condition on `Round`: its state shows the thing to this viewer."""
    return col(Round.state).in_([str(each) for each in states(thing, viewer)])


def _own_sheet(actor: Actor, *, is_in: bool) -> ColumnElement[bool]:
    """The condition on `RoundCase`: the actor has a standing sheet of it, handed in or open."""
    own, seat = aliased(ScoreSheet), aliased(Assignment)
    wanted = SheetState.SUBMITTED if is_in else SheetState.OPEN
    return exists(
        select(own.id)
        .join(seat, seat.id == own.assignment_id)  # type: ignore[arg-type]  # a column of the alias
        .where(
            seat.round_case_id == col(RoundCase.id),
            own.scorer_id == actor.user_id,
            own.state == wanted,
        )
        .correlate(RoundCase)
    )


def visible_sheets(actor: Actor) -> ColumnElement[bool]:
    """The condition on `ScoreSheet`, joined to its `RoundCase` and `Round`, that the actor sees it.

    One's own sheet always, unless one has withdrawn; others' as the table says, and never one that
    is still open.
    """
    mine = and_(
        col(ScoreSheet.scorer_id) == actor.user_id,
        col(ScoreSheet.state) != SheetState.WITHDRAWN,
    )
    is_in = col(ScoreSheet.state) == SheetState.SUBMITTED
    if actor.role in SCORERS:
        shown = and_(
            is_in,
            _own_sheet(actor, is_in=True),
            seen_in(Thing.OTHERS_SHEETS, Viewer.SCORED),
        )
        return or_(mine, shown)
    if actor.role is Role.REGULATIONS:
        return seen_in(Thing.OTHERS_SHEETS, Viewer.REGULATIONS)
    if actor.role is Role.LEADER:
        return and_(is_in, seen_in(Thing.OTHERS_SHEETS, Viewer.LEADER))
    return false()


def visible_comparisons(actor: Actor) -> ColumnElement[bool]:
    """The condition on `RoundCase`, joined to its `Round`, that its comparison may be seen."""
    if actor.role in SCORERS:
        return and_(_own_sheet(actor, is_in=True), seen_in(Thing.COMPARISON, Viewer.SCORED))
    return seen_in(Thing.COMPARISON, OF_ROLE[actor.role])


def require_comparison(
    session: Session, actor: Actor, round_case_id: int
) -> tuple[RoundCase, Round, Case]:
    """The drawn case whose comparison the actor may see now.

    Raises NotFound, NotAllowed (never for this person), BlindPhase (not yet).
    """
    access.require(actor, "comparison.view")
    query = (
        select(RoundCase, Round, Case)
        .join(Round, col(Round.id) == col(RoundCase.round_id))
        .join(Case, col(Case.id) == col(RoundCase.case_id))
        .where(RoundCase.id == round_case_id)
    )
    seen = session.exec(query.where(visible_comparisons(actor))).first()
    if seen is not None:
        return seen
    row = session.exec(query).first()
    if row is None:
        raise NotFound(what="抽取案卷", what_en="drawn case", key=round_case_id)
    if actor.role in SCORERS and not access.case_visible(session, actor, row[2].id or 0):
        access.refuse("comparison.view")
    raise _blind(row[1])


def _blind(row: Round) -> BlindPhase:
    zh, en = STATE_WORDS[RoundState(row.state)]
    return BlindPhase(phase=zh, phase_en=en)


def require_agreement(session: Session, actor: Actor, round_id: int) -> Round:
    """The round whose figures of agreement the actor may see now.

    Raises NotFound, NotAllowed (never for this person), BlindPhase (not yet).
    """
    access.require(actor, "agreement.view")
    row = found(session, Round, round_id, "评查轮次", "round")
    if not sees(Thing.AGREEMENT, OF_ROLE[actor.role], row.state):
        raise _blind(row)
    return row


def checks_shown(actor: Actor) -> ColumnElement[bool]:
    """The condition on `Case` that the actor may see what the machine found in it.

    False for a scorer while any round that hides the proposals has him score this case, and until
    its panel begins.
    """
    if actor.role not in SCORERS:
        return true()
    own, seat, drawn, held = (
        aliased(ScoreSheet),
        aliased(Assignment),
        aliased(RoundCase),
        aliased(Round),
    )
    shown = [str(each) for each in states(Thing.HIDDEN_PROPOSALS, Viewer.SCORED)]
    hiding = (  # no EXISTS: the person's few sheets are looked up once for a whole list of cases
        select(drawn.case_id)
        .join(seat, seat.round_case_id == drawn.id)  # type: ignore[arg-type]  # columns of aliases
        .join(own, own.assignment_id == seat.id)  # type: ignore[arg-type]
        .join(held, held.id == drawn.round_id)  # type: ignore[arg-type]
        .where(
            own.scorer_id == actor.user_id,
            held.hide_proposals == true(),
            or_(
                col(own.state) == SheetState.OPEN,
                col(held.state).not_in(shown),
            ),
        )
    )
    return col(Case.id).not_in(hiding)


def sees_checks(session: Session, actor: Actor, case_id: int) -> bool:
    """Whether the actor may see what the machine found in this case."""
    query = select(Case.id).where(col(Case.id) == case_id, checks_shown(actor))
    return session.exec(query).first() is not None
