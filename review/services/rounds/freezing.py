"""The frozen list of a round: the closed files that may be drawn and the rules of the draw."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, func
from sqlalchemy import select as several
from sqlmodel import Session, col, select

from review.casefiles.tables import Case
from review.common.clock import now
from review.db import audit
from review.db.accounts import Unit, User
from review.db.rows import at_version, found
from review.db.session import reading, transaction
from review.documents.tables import DocumentRow
from review.errors import DrawNotPossible, ReasonMissing
from review.planning.phases import WITHOUT_NOTICE, may_move
from review.planning.sampling import Candidate
from review.planning.tables import DrawNumber, Round, RoundState
from review.planning.two_numbers import FrozenList, frozen, frozen_from_json
from review.services import access
from review.services.access import Actor
from review.services.rounds.round_guards import blockers, refuse_state
from review.services.rules.editions import Words, slot_for, slot_of

MEASURE_PAPERS = frozenset(
    {"行政强制措施审批表", "暂扣物品清单", "行政强制措施决定书", "解除行政强制措施决定书"}
)
"""Papers by which a case is known to have had a compulsory measure."""


@dataclass(frozen=True, slots=True)
class MustInclude:
    """A case that the rules of the draw ask for, and why (hearing, measure, highest fine …)."""

    case_id: int
    case_no: str
    cause: str
    why: Words


@dataclass(frozen=True, slots=True)
class NumberView:
    """One person's number: its commitment at once, the number itself once both are in."""

    place: int
    person: str
    user_id: int
    commitment: str
    number: str
    entered_at: datetime


@dataclass(frozen=True, slots=True)
class FrozenView:
    """The frozen list for showing."""

    sha256: str
    population_sha256: str
    population: int
    size: int
    quotas: Mapping[str, int] | None
    must_include: tuple[str, ...]
    excluded: Mapping[str, str]
    every_group: bool
    frozen_at: str
    frozen_by: str
    numbers: tuple[NumberView, ...]


def population_of(session: Session, row: Round) -> list[Case]:
    """The cases that a round may draw: closed in its scope, of its units, with an edition."""
    cases = session.exec(
        select(Case)
        .where(
            col(Case.closed_on).between(row.scope_from, row.scope_to),
            col(Case.unit_id).in_(row.unit_ids or []),
        )
        .order_by(col(Case.case_key))
    )
    return [case for case in cases if slot_of(case) in (row.editions or {})]


def population_by_procedure(session: Session, row: Round) -> dict[str, int]:
    """How many cases a round may draw of each procedure that the ledger names."""
    counted = session.exec(
        select(Case.kind, Case.procedure, func.count())
        .where(
            col(Case.closed_on).between(row.scope_from, row.scope_to),
            col(Case.unit_id).in_(row.unit_ids or []),
        )
        .group_by(col(Case.kind), col(Case.procedure))
        .order_by(col(Case.procedure))
    )
    found: dict[str, int] = {}
    for kind, procedure, count in counted:
        if slot_for(kind, procedure) in (row.editions or {}):
            found[procedure] = found.get(procedure, 0) + count
    return found


def _candidate(case: Case, units: Mapping[int, str]) -> Candidate:
    return Candidate(case.case_key, slot_of(case), case.squad or units.get(case.unit_id, ""))


def suggested(engine: Engine, actor: Actor, round_id: int) -> list[MustInclude]:
    """The cases that should be in whatever the lot: one of each kind that the scope has.

    A hearing, a compulsory measure, the highest fine and a waived case; of several the latest
    closed. Every squad is asked of the draw itself.
    """
    access.require(actor, "round.manage")
    with reading(engine) as session:
        row = found(session, Round, round_id, "评查轮次", "round")
        cases = population_of(session, row)
        measured = set(
            session.exec(
                select(DocumentRow.case_id).where(col(DocumentRow.kind).in_(MEASURE_PAPERS))
            )
        )
    return _suggested(cases, measured)


def _suggested(cases: Iterable[Case], measured: Collection[int]) -> list[MustInclude]:
    newest = sorted(cases, key=lambda case: (case.closed_on or now().date(), case.case_key))[::-1]
    fined = [case for case in newest if case.fine_yuan]
    kinds: tuple[tuple[Words, list[Case]], ...] = (
        (
            Words("听证案件", "hearing held"),
            [each for each in newest if each.procedure == "hearing"],
        ),
        (
            Words("采取强制措施", "compulsory measure"),
            [each for each in newest if each.id in measured],
        ),
        (
            Words("罚款数额最高", "highest fine"),
            [max(fined, key=lambda case: (case.fine_yuan or 0, case.case_key))] if fined else [],
        ),
        (Words("免罚案件", "waived"), [each for each in newest if each.procedure == "waived"]),
    )
    wanted: dict[int, MustInclude] = {}
    for why, suitable in kinds:
        if not suitable:
            continue
        case = suitable[0]
        known = wanted.get(case.id or 0)
        words = Words(f"{known.why.zh}、{why.zh}", f"{known.why.en}, {why.en}") if known else why
        wanted[case.id or 0] = MustInclude(case.id or 0, case.case_no, case.cause, words)
    return list(wanted.values())


def freeze_list(
    engine: Engine,
    actor: Actor,
    round_id: int,
    *,
    size: int,
    seen_version: int,
    quotas: Mapping[str, int] | None = None,
    must_include: Collection[int] = (),
    exclude: Mapping[int, str] | None = None,
    every_group: bool = False,
) -> str:
    """Fix the list of closed files and the rules of the draw; returns the hash of both.

    `must_include` and the keys of `exclude` are case ids. Raises DrawNotPossible where no seed
    could draw so, WrongState, Stale.
    """
    access.require(actor, "round.manage")
    with transaction(engine) as session:
        row = at_version(
            session, Round, round_id, "评查轮次", "the round", seen_version=seen_version
        )
        if not may_move(row.kind, row.state, RoundState.FROZEN):
            refuse_state(row, "冻结案卷清单", "freeze the list")
        missing = blockers(session, row, RoundState.FROZEN)
        if missing:
            refuse_state(row, f"冻结案卷清单（{missing[0].zh}）", f"freeze ({missing[0].en})")
        units = {unit.id or 0: unit.name for unit in session.exec(select(Unit))}
        cases = population_of(session, row)
        keys = {case.id: case.case_key for case in cases}
        made = frozen(
            [_candidate(case, units) for case in cases],
            size=size,
            quotas=quotas,
            must_include=[_key(session, keys, each) for each in must_include],
            exclude={_key(session, keys, each): why for each, why in (exclude or {}).items()},
            every_group=every_group,
        )
        row.frozen_list = {
            **made.as_json(),
            "frozen_at": now().isoformat(),
            "frozen_by": actor.name,
        }
        row.state = RoundState.FROZEN
        session.add(row)
        audit.record(
            session,
            actor.audit_name,
            "round.freeze",
            "round",
            round_id,
            sha256=made.sha256,
            population_sha256=made.population_sha256,
            cases=len(made.population),
            size=size,
        )
        return made.sha256


def _key(session: Session, keys: Mapping[int | None, str], case_id: int) -> str:
    if case_id not in keys:
        case = found(session, Case, case_id, "案卷", "case")
        raise DrawNotPossible(
            reason=f"案卷 {case.case_no} 不在抽取范围内",
            reason_en=f"case {case.case_no} is not in the scope",
        )
    return keys[case_id]


def thaw_list(
    engine: Engine, actor: Actor, round_id: int, *, reason: str, seen_version: int
) -> None:
    """Take the frozen list back, with a reason, as long as nobody has entered a number."""
    access.require(actor, "round.manage")
    if not reason.strip():
        raise ReasonMissing(what="解除冻结", what_en="taking the frozen list back")
    with transaction(engine) as session:
        row = at_version(
            session, Round, round_id, "评查轮次", "the round", seen_version=seen_version
        )
        entered = session.exec(select(DrawNumber.id).where(DrawNumber.round_id == round_id)).first()
        if row.state != RoundState.FROZEN or entered is not None:
            refuse_state(row, "解除冻结（已有人填写数字）", "take the list back (a number is in)")
        audit.record(
            session,
            actor.audit_name,
            "round.thaw",
            "round",
            round_id,
            sha256=row.frozen_list["sha256"],
            reason=reason,
        )
        row.frozen_list = None
        is_silent = row.kind in WITHOUT_NOTICE
        row.state = RoundState.PLANNED if is_silent else RoundState.NOTIFIED
        session.add(row)


def frozen_list_of(row: Round) -> FrozenList | None:
    """The frozen list of a round; None before it was frozen."""
    return frozen_from_json(row.frozen_list) if row.frozen_list else None


def frozen_view(session: Session, row: Round) -> FrozenView | None:
    """The frozen list for showing; numbers only once both are in."""
    kept = frozen_list_of(row)
    if kept is None:
        return None
    raw: Mapping[str, Any] = row.frozen_list
    return FrozenView(
        sha256=kept.sha256,
        population_sha256=kept.population_sha256,
        population=len(kept.population),
        size=kept.size,
        quotas=None if kept.quotas is None else dict(kept.quotas),
        must_include=kept.must_include,
        excluded=dict(kept.excluded),
        every_group=kept.every_group,
        frozen_at=str(raw.get("frozen_at", "")),
        frozen_by=str(raw.get("frozen_by", "")),
        numbers=number_views(session, row.id or 0),
    )


def number_views(session: Session, round_id: int) -> tuple[NumberView, ...]:
    """The numbers entered for a draw; each is shown only when both are in."""
    query: Any = (
        several(
            col(DrawNumber.place),
            col(User.name),
            col(DrawNumber.user_id),
            col(DrawNumber.commitment),
            col(DrawNumber.entered_at),
        )
        .join(User, col(User.id) == col(DrawNumber.user_id))
        .where(col(DrawNumber.round_id) == round_id)
        .order_by(col(DrawNumber.place))
    )
    rows = session.exec(query).all()
    shown: dict[int, str] = {}
    if len(rows) == 2:  # the numbers themselves are read only then
        numbers = select(DrawNumber.place, DrawNumber.number).where(DrawNumber.round_id == round_id)
        shown = dict(session.exec(numbers).all())
    return tuple(
        NumberView(place, name, user_id, commitment, shown.get(place, ""), entered_at)
        for place, name, user_id, commitment, entered_at in rows
    )
