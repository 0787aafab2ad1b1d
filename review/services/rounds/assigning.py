"""Who scores which drawn case: by lot with recusal, or one seat by hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from review.casefiles.tables import Case
from review.common.clock import now
from review.db import audit
from review.db.accounts import Role, Unit, User
from review.db.rows import at_version, found
from review.db.session import reading, transaction
from review.errors import BadValue, NotFound, Recused, Stale, WrongState
from review.panels.tables import Assignment
from review.planning import assignment as lots
from review.planning.assignment import Seat
from review.planning.tables import Round, RoundCase, RoundState
from review.scoring.tables import ItemScore, Pin, ScoreEvent, ScoreSheet, SheetState
from review.services import access
from review.services.access import Actor
from review.services.rounds.recusals import drawn_case, recusal_of, scorers_of
from review.services.rounds.round_guards import refuse_state
from review.services.rules.editions import Words


@dataclass(frozen=True, slots=True)
class EmptySeat:
    """A seat that nobody could take, and why each of those asked could not."""

    case_id: int
    case_no: str
    seat: str
    reasons: tuple[tuple[str, Words], ...]


@dataclass(frozen=True, slots=True)
class Assigned:
    """The result of an assignment: seats a person, and the seats that stayed empty."""

    loads: Mapping[int, int]
    empty: tuple[EmptySeat, ...]


@dataclass(frozen=True, slots=True)
class ScorerChoice:
    """A person who may be asked to score, and what bars him from a certain case, if anything."""

    user_id: int
    name: str
    role: Role
    unit_name: str
    load: int
    speciality: str
    has_certificate: bool
    recusal: Words | None


def scoring_users(session: Session, user_ids: Collection[int]) -> list[User]:
    """Reviewers and experts in service by id. Raises NotFound for anybody else."""
    users = session.exec(
        select(User).where(
            col(User.id).in_(user_ids),
            col(User.role).in_((Role.REVIEWER, Role.EXPERT)),
            col(User.is_disabled).is_(False),
        )
    ).all()
    missing = set(user_ids) - {user.id for user in users}
    if missing:
        raise NotFound(what="可用的评查人员", what_en="reviewer in service", key=min(missing))
    return list(users)


def drawn_cases(session: Session, round_id: int) -> list[tuple[RoundCase, Case]]:
    """The drawn cases of a round in the order of the draw."""
    rows = session.exec(
        select(RoundCase, Case)
        .join(Case, col(Case.id) == col(RoundCase.case_id))
        .where(RoundCase.round_id == round_id)
        .order_by(col(RoundCase.sequence))
    )
    return [(drawn, case) for drawn, case in rows]


def _may_assign(row: Round, seat: str = "") -> None:
    """First reviewers are seated until the scoring ends, experts also while the panel sits."""
    allowed = {RoundState.DRAWN, RoundState.SCORING}
    if seat.startswith(lots.PANEL_SEAT):
        allowed.add(RoundState.DELIBERATING)
    if row.state not in allowed:
        refuse_state(row, "分派", "assign")


def has_begun(session: Session, sheet: ScoreSheet) -> bool:
    """Whether anything was ever written on a sheet, or it is submitted."""
    if sheet.state != SheetState.OPEN:
        return True
    written = session.exec(select(ScoreEvent.id).where(ScoreEvent.sheet_id == sheet.id)).first()
    pinned = session.exec(select(Pin.id).where(Pin.sheet_id == sheet.id)).first()
    return written is not None or pinned is not None


def assign(
    engine: Engine,
    actor: Actor,
    round_id: int,
    *,
    reviewers: Collection[int],
    seen_version: int,
    needs_certificate: bool = False,
) -> Assigned:
    """Give the drawn cases to these people by lot, evenly and with recusal.

    Two seats a case where the round scores double, otherwise one. Sheets on which work has begun
    and seats of experts stay where they are; the others are given anew. The lot's seed is that of
    the draw. `needs_certificate` bars reviewers without a registered certificate. Raises
    DrawNotPossible, WrongState, NotFound, Stale.
    """
    access.require(actor, "round.manage")
    with transaction(engine) as session:
        row = at_version(
            session, Round, round_id, "评查轮次", "the round", seen_version=seen_version
        )
        _may_assign(row)
        users = scoring_users(session, reviewers)
        drawn = drawn_cases(session, round_id)
        scorers = scorers_of(
            session,
            users,
            [case for _, case in drawn],
            round_id=round_id,
            needs_certificate=needs_certificate,
        )
        kept = kept_seats(session, drawn, frees=True)
        result = lots.assign(
            [drawn_case(session, case, users, round_id=round_id) for _, case in drawn],
            scorers.values(),
            seed=row.draw_record["record"]["seed"],
            seats=lots.SEATS if row.double_scoring else lots.SEATS[:1],
            kept=kept,
        )
        by_key = {case.case_key: (each, case) for each, case in drawn}
        for seat in result.seats:
            if seat not in kept:
                round_case, _ = by_key[seat.case_key]
                seat_person(session, actor, round_case, seat.seat, seat.scorer_id)
        row.state = RoundState.SCORING
        session.add(row)
        audit.record(
            session,
            actor.audit_name,
            "round.assign",
            "round",
            round_id,
            seats=[[seat.case_key, seat.seat, seat.scorer_id] for seat in result.seats],
            empty=[[each.case_key, each.seat] for each in result.unseated],
        )
        return assigned_view(result, by_key, users)


def assigned_view(
    result: lots.Assignment,
    by_key: Mapping[str, tuple[RoundCase, Case]],
    users: Collection[User],
) -> Assigned:
    """The result of a lot with names, for showing."""
    names = {user.id: user.name for user in users}
    return Assigned(
        loads=dict(result.loads),
        empty=tuple(
            EmptySeat(
                case_id=by_key[each.case_key][1].id or 0,
                case_no=by_key[each.case_key][1].case_no,
                seat=each.seat,
                reasons=tuple(
                    (names.get(scorer_id, ""), Words(why.zh, why.en))
                    for scorer_id, why in each.recusals
                ),
            )
            for each in result.unseated
        ),
    )


def kept_seats(
    session: Session, drawn: Collection[tuple[RoundCase, Case]], *, frees: bool = False
) -> frozenset[Seat]:
    """The seats that stay; with `frees` untouched ones of first reviewers are taken away."""
    kept: set[Seat] = set()
    for round_case, case in drawn:
        rows = session.exec(
            select(Assignment).where(Assignment.round_case_id == round_case.id)
        ).all()
        free = [each for each in rows if each.seat in lots.SEATS] if frees else []
        stay = free_untouched_seats(session, free)
        stay.extend(each for each in rows if each not in free)
        kept.update(Seat(case.case_key, each.seat, each.user_id) for each in stay)
    return frozenset(kept)


def free_untouched_seats(
    session: Session, seats: Collection[Assignment], *, dry: bool = False
) -> list[Assignment]:
    """Take away the seats on which nothing was done (`dry`: only look); returns those that stay."""
    begun = [each for each in seats if _is_begun(session, each)]
    for each in seats:
        if each not in begun and not dry:
            _unseat(session, each)
    session.flush()
    return begun


def _sheet_of(session: Session, assignment: Assignment) -> ScoreSheet | None:
    return session.exec(select(ScoreSheet).where(ScoreSheet.assignment_id == assignment.id)).first()


def _is_begun(session: Session, assignment: Assignment) -> bool:
    sheet = _sheet_of(session, assignment)
    return sheet is not None and has_begun(session, sheet)


def _unseat(session: Session, assignment: Assignment) -> None:
    """Remove an assignment with its empty sheet."""
    sheet = _sheet_of(session, assignment)
    if sheet is not None:
        for score in session.exec(select(ItemScore).where(ItemScore.sheet_id == sheet.id)):
            session.delete(score)
        session.delete(sheet)
        session.flush()
    session.delete(assignment)


def seat_person(session: Session, actor: Actor, drawn: RoundCase, seat: str, user_id: int) -> int:
    """Give a free seat to a person, with an empty sheet; returns the assignment's id."""
    assert drawn.id is not None
    assignment = Assignment(
        round_case_id=drawn.id, user_id=user_id, seat=seat, assigned_by=actor.row_id
    )
    session.add(assignment)
    session.flush()
    assert assignment.id is not None
    session.add(
        ScoreSheet(
            assignment_id=assignment.id,
            case_id=drawn.case_id,
            scorer_id=user_id,
            edition=drawn.edition,
            edition_sha256=drawn.edition_sha256,
        )
    )
    session.flush()
    return assignment.id


def assign_one(
    engine: Engine,
    actor: Actor,
    round_case_id: int,
    *,
    seat: str,
    user_id: int,
    seen_version: int | None = None,
) -> int:
    """Give one seat of a drawn case to one person; returns the assignment's id.

    Seats are A, B, and P1, P2 … for the panel. A seat on which work has begun is not moved.
    `seen_version` is that of the assignment that is replaced, where there is one. Raises Recused,
    WrongState, BadValue, Stale.
    """
    access.require(actor, "round.manage")
    if seat not in lots.SEATS and not (seat[:1] == lots.PANEL_SEAT and seat[1:].isdigit()):
        raise BadValue(
            field="席位",
            field_en="seat",
            value=seat,
            reason="应为 A、B 或 P1、P2 …",
            reason_en="A, B or P1, P2 …",
        )
    with transaction(engine) as session:
        drawn = found(session, RoundCase, round_case_id, "抽取案卷", "drawn case")
        row = found(session, Round, drawn.round_id, "评查轮次", "round")
        _may_assign(row, seat)
        case = found(session, Case, drawn.case_id, "案卷", "case")
        (user,) = scoring_users(session, [user_id])
        _refuse_recused(session, user, case, row.id)
        _vacate(session, round_case_id, seat, user_id, seen_version)
        made = seat_person(session, actor, drawn, seat, user_id)
        if row.state == RoundState.DRAWN:
            row.state = RoundState.SCORING
            row.version += 1
            session.add(row)
        audit.record(
            session,
            actor.audit_name,
            "round.assign_one",
            "round",
            row.id,
            case=case.case_key,
            seat=seat,
            user=user_id,
            at=now().isoformat(),
        )
        return made


def _refuse_recused(session: Session, user: User, case: Case, round_id: int | None) -> None:
    why = recusal_of(session, user, case, round_id=round_id)
    if why is not None:
        raise Recused(person=user.name, case_no=case.case_no, reason=why.zh, reason_en=why.en)


def _vacate(
    session: Session, round_case_id: int, seat: str, user_id: int, seen_version: int | None
) -> None:
    """Make room on a seat, and refuse a second seat at the same case."""
    rows = session.exec(select(Assignment).where(Assignment.round_case_id == round_case_id)).all()
    for each in rows:
        if each.user_id == user_id and each.seat != seat:
            raise BadValue(
                field="评查人员",
                field_en="reviewer",
                value=user_id,
                reason="已在本案的另一席位",
                reason_en="has another seat at this case",
            )
        if each.seat == seat:
            if seen_version is not None and each.version != seen_version:
                raise Stale(
                    what="分派", what_en="the assignment", current=each.version, seen=seen_version
                )
            if _is_begun(session, each):
                raise WrongState(
                    what="评分表",
                    what_en="the sheet",
                    state="已开始评分",
                    state_en="being scored",
                    action="改派",
                    action_en="reassign it",
                )
            _unseat(session, each)
    session.flush()


def scorer_choices(
    engine: Engine, actor: Actor, *, round_id: int, case_id: int | None = None
) -> list[ScorerChoice]:
    """Reviewers and experts in service with their load in the round.

    With `case_id`, each one's recusal from that case stands beside the name.
    """
    access.require(actor, "round.manage")
    with reading(engine) as session:
        case = None if case_id is None else found(session, Case, case_id, "案卷", "case")
        users = session.exec(
            select(User)
            .where(
                col(User.role).in_((Role.REVIEWER, Role.EXPERT)), col(User.is_disabled).is_(False)
            )
            .order_by(col(User.login))
        ).all()
        units = {unit.id: unit.name for unit in session.exec(select(Unit))}
        seats = session.exec(
            select(Assignment.user_id)
            .join(RoundCase, col(RoundCase.id) == col(Assignment.round_case_id))
            .where(RoundCase.round_id == round_id, col(Assignment.ended_at).is_(None))
        ).all()
        choices = []
        for user in users:
            why = recusal_of(session, user, case, round_id=round_id) if case is not None else None
            choices.append(
                ScorerChoice(
                    user_id=user.id or 0,
                    name=user.name,
                    role=Role(user.role),
                    unit_name=units.get(user.unit_id, ""),
                    load=seats.count(user.id or 0),
                    speciality=user.speciality,
                    has_certificate=bool(user.cert_no.strip()),
                    recusal=Words(why.zh, why.en) if why else None,
                )
            )
        return choices
