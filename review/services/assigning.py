"""Who scores which drawn case: by lot with recusal, or one seat by hand."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from review.casefiles.case_key import case_key
from review.casefiles.tables import Case
from review.common.clock import now
from review.db import audit
from review.db.accounts import DeclaredConflict, Role, Unit, User
from review.db.rows import at_version, found
from review.db.session import reading, transaction
from review.errors import BadValue, NotFound, Recused, Stale, WrongState
from review.facts.tables import FactRow
from review.panels.tables import Assignment
from review.planning import assignment as lots
from review.planning.assignment import DrawnCase, Recusal, Scorer, Seat
from review.planning.tables import Round, RoundCase, RoundState
from review.scoring.tables import ItemScore, Pin, ScoreEvent, ScoreSheet, SheetState
from review.services import access
from review.services.access import Actor
from review.services.editions import Words

PARTY_FACTS = frozenset({"party_name", "legal_representative", "trade_name"})
"""Facts that name the party and its representatives."""

PEOPLE_FACTS = frozenset(
    {
        "officers",
        "officer_signatures",
        "handlers",
        "handlers_listed",
        "servers",
        "reviewer",
        "host",
        "discussants",
    }
)
"""Facts that name those who acted in the case: handlers, legal reviewer, host, discussants."""


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
    recusal: Words | None


def _people_and_parties(
    session: Session, case: Case
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Names of those who acted, certificate numbers of theirs, and names of the parties."""
    people = set(case.officers or ())
    certificates: set[str] = set()
    parties = {case.party_name} - {""}
    rows = session.exec(
        select(FactRow.name, FactRow.value).where(
            FactRow.case_id == case.id, col(FactRow.name).in_(PEOPLE_FACTS | PARTY_FACTS)
        )
    )
    for name, value in rows:
        if name in PARTY_FACTS:
            parties.add(value)
            continue
        listed = json.loads(value) if value.startswith("[") else [value]
        for each in listed:
            if isinstance(each, dict):
                people.add(each["name"])
                certificates.add(each.get("cert_no") or "")
            else:
                people.add(str(each))
    return frozenset(people), frozenset(certificates - {""}), frozenset(parties)


def _drawn_case(session: Session, case: Case, users: Iterable[User]) -> DrawnCase:
    people, certificates, parties = _people_and_parties(session, case)
    known = {user.name for user in users if user.cert_no and user.cert_no in certificates}
    return DrawnCase(
        key=case.case_key,
        unit_id=case.unit_id,
        squad=case.squad,
        people=people | known,
        parties=parties,
    )


def _scorers(
    session: Session, users: Collection[User], cases: Collection[Case]
) -> dict[int, Scorer]:
    """The people with their declared conflicts; a conflict with a unit bars its cases."""
    of_unit: dict[int, set[str]] = {}
    for case in cases:
        of_unit.setdefault(case.unit_id, set()).add(case.case_key)
    conflicts: dict[int, set[str]] = {}
    for row in session.exec(select(DeclaredConflict)):
        declared = conflicts.setdefault(row.user_id, set())
        if row.case_no:
            declared.add(case_key(row.case_no))
        if row.unit_id is not None:
            declared |= of_unit.get(row.unit_id, set())
    return {
        user.id: Scorer(
            id=user.id,
            name=user.name,
            unit_id=user.unit_id,
            squad=user.squad,
            conflicts=frozenset(conflicts.get(user.id, set())),
        )
        for user in users
        if user.id is not None
    }


def _scoring_users(session: Session, user_ids: Collection[int]) -> list[User]:
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


def _drawn(session: Session, round_id: int) -> list[tuple[RoundCase, Case]]:
    rows = session.exec(
        select(RoundCase, Case)
        .join(Case, col(Case.id) == col(RoundCase.case_id))
        .where(RoundCase.round_id == round_id)
        .order_by(col(RoundCase.sequence))
    )
    return [(drawn, case) for drawn, case in rows]


def _may_assign(row: Round) -> None:
    if row.state not in (RoundState.DRAWN, RoundState.SCORING):
        raise WrongState(
            what="评查轮次",
            what_en="the round",
            state=row.state,
            action="分派",
            action_en="assign",
        )


def has_begun(session: Session, sheet: ScoreSheet) -> bool:
    """Whether anything was ever written on a sheet, or it is submitted."""
    if sheet.state != SheetState.OPEN:
        return True
    written = session.exec(select(ScoreEvent.id).where(ScoreEvent.sheet_id == sheet.id)).first()
    pinned = session.exec(select(Pin.id).where(Pin.sheet_id == sheet.id)).first()
    return written is not None or pinned is not None


def assign(
    engine: Engine, actor: Actor, round_id: int, *, reviewers: Collection[int], seen_version: int
) -> Assigned:
    """Give the drawn cases to these people by lot, evenly and with recusal.

    Two seats a case where the round scores double, otherwise one. Sheets on which work has begun
    stay where they are; the others are given anew. The lot's seed is that of the draw. Raises
    DrawNotPossible, WrongState, NotFound, Stale.
    """
    access.require(actor, "round.manage")
    with transaction(engine) as session:
        row = at_version(
            session, Round, round_id, "评查轮次", "the round", seen_version=seen_version
        )
        _may_assign(row)
        users = _scoring_users(session, reviewers)
        drawn = _drawn(session, round_id)
        scorers = _scorers(session, users, [case for _, case in drawn])
        kept = _free_seats(session, drawn)
        result = lots.assign(
            [_drawn_case(session, case, users) for _, case in drawn],
            scorers.values(),
            seed=row.draw_record["record"]["seed"],
            seats=lots.SEATS if row.double_scoring else lots.SEATS[:1],
            kept=kept,
        )
        by_key = {case.case_key: (each, case) for each, case in drawn}
        for seat in result.seats:
            if seat not in kept:
                round_case, _ = by_key[seat.case_key]
                _seat(session, actor, round_case, seat.seat, seat.scorer_id)
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


def _free_seats(session: Session, drawn: Collection[tuple[RoundCase, Case]]) -> frozenset[Seat]:
    """Take away the seats on which nothing was done; returns those that stay."""
    kept: set[Seat] = set()
    for round_case, case in drawn:
        rows = session.exec(
            select(Assignment).where(Assignment.round_case_id == round_case.id)
        ).all()
        for assignment in rows:
            if _is_begun(session, assignment):
                kept.add(Seat(case.case_key, assignment.seat, assignment.user_id))
            else:
                _unseat(session, assignment)
    session.flush()
    return frozenset(kept)


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


def _seat(session: Session, actor: Actor, drawn: RoundCase, seat: str, user_id: int) -> int:
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
    if seat not in lots.SEATS and not (seat[:1] == "P" and seat[1:].isdigit()):
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
        _may_assign(row)
        case = found(session, Case, drawn.case_id, "案卷", "case")
        (user,) = _scoring_users(session, [user_id])
        _refuse_recused(session, user, case)
        _vacate(session, round_case_id, seat, user_id, seen_version)
        made = _seat(session, actor, drawn, seat, user_id)
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


def _recusal(session: Session, user: User, case: Case) -> Recusal | None:
    assert user.id is not None
    scorer = _scorers(session, [user], [case])[user.id]
    return lots.recusal(scorer, _drawn_case(session, case, [user]))


def _refuse_recused(session: Session, user: User, case: Case) -> None:
    why = _recusal(session, user, case)
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
                    state="open",
                    action="改派（已开始评分）",
                    action_en="reassign it (work has begun)",
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
            .where(RoundCase.round_id == round_id)
        ).all()
        choices = []
        for user in users:
            why = _recusal(session, user, case) if case is not None else None
            choices.append(
                ScorerChoice(
                    user_id=user.id or 0,
                    name=user.name,
                    role=Role(user.role),
                    unit_name=units.get(user.unit_id, ""),
                    load=seats.count(user.id or 0),
                    recusal=Words(why.zh, why.en) if why else None,
                )
            )
        return choices
