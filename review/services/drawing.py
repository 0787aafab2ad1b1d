"""The draw of a round: the frozen population, the record, and its check."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from review.casefiles.tables import Case
from review.common.clock import now
from review.db import audit
from review.db.accounts import Unit
from review.db.rows import at_version, found
from review.db.session import reading, transaction
from review.errors import DrawNotPossible, ReasonMissing, WrongState
from review.panels.tables import Assignment
from review.planning import sampling
from review.planning.sampling import Candidate, DrawRecord
from review.planning.tables import Round, RoundCase, RoundState
from review.services import access
from review.services.access import Actor
from review.services.editions import edition_in, slot_of


@dataclass(frozen=True, slots=True)
class DrawView:
    """What a draw's record says, for showing and for the printed record."""

    seed: str
    size: int
    population: int
    population_sha256: str
    quotas: Mapping[str, int] | None
    must_include: tuple[str, ...]
    excluded: Mapping[str, str]
    every_group: bool
    replacements: tuple[tuple[str, str, str], ...]
    method: str
    drawn_at: str
    drawn_by: str


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


def _candidate(case: Case, units: Mapping[int, str]) -> Candidate:
    return Candidate(case.case_key, slot_of(case), case.squad or units.get(case.unit_id, ""))


def record_of(row: Round) -> DrawRecord | None:
    """The record of a round's draw; None before the draw."""
    kept = row.draw_record
    return DrawRecord.from_json(json.dumps(kept["record"])) if kept else None


def draw_view(row: Round) -> DrawView | None:
    """The record for showing; None before the draw."""
    record = record_of(row)
    if record is None:
        return None
    return DrawView(
        seed=record.seed,
        size=record.size,
        population=len(record.population),
        population_sha256=record.population_sha256,
        quotas=None if record.quotas is None else dict(record.quotas),
        must_include=record.must_include,
        excluded=dict(record.excluded),
        every_group=record.every_group,
        replacements=tuple(
            (each.out_key, each.reason, each.in_key) for each in record.replacements
        ),
        method=record.method,
        drawn_at=row.draw_record["drawn_at"],
        drawn_by=row.draw_record["drawn_by"],
    )


def draw(
    engine: Engine,
    actor: Actor,
    round_id: int,
    *,
    size: int,
    seed: str,
    seen_version: int,
    quotas: Mapping[str, int] | None = None,
    must_include: Collection[int] = (),
    exclude: Mapping[int, str] | None = None,
    every_group: bool = False,
) -> tuple[int, ...]:
    """Draw the cases of a planned round; returns the ids of the drawn cases in their order.

    `must_include` and the keys of `exclude` are case ids; the population is frozen in the record.
    Drawing again is not offered: `replace_case` takes one out with a reason. Raises
    DrawNotPossible, WrongState, Stale.
    """
    access.require(actor, "round.manage")
    with transaction(engine) as session:
        row = at_version(
            session, Round, round_id, "评查轮次", "the round", seen_version=seen_version
        )
        if row.state != RoundState.PLANNED:
            raise WrongState(
                what="评查轮次",
                what_en="the round",
                state=row.state,
                action="抽取",
                action_en="draw",
            )
        units = {unit.id or 0: unit.name for unit in session.exec(select(Unit))}
        cases = {case.case_key: case for case in population_of(session, row)}
        keys = {case.id: key for key, case in cases.items()}
        record = sampling.draw(
            [_candidate(case, units) for case in cases.values()],
            size=size,
            seed=seed,
            quotas=quotas,
            must_include=[_key(session, keys, each) for each in must_include],
            exclude={_key(session, keys, each): why for each, why in (exclude or {}).items()},
            every_group=every_group,
        )
        _keep(row, record, actor)
        row.state = RoundState.DRAWN
        session.add(row)
        for selected in record.selected:
            session.add(_round_case(row, cases[selected.key], selected))
        audit.record(
            session,
            actor.audit_name,
            "round.draw",
            "round",
            round_id,
            seed=seed,
            size=size,
            population_sha256=record.population_sha256,
            selected=list(record.keys),
        )
        return tuple(cases[key].id or 0 for key in record.keys)


def _key(session: Session, keys: Mapping[int | None, str], case_id: int) -> str:
    if case_id not in keys:
        case = found(session, Case, case_id, "案卷", "case")
        raise DrawNotPossible(
            reason=f"案卷 {case.case_no} 不在抽取范围内",
            reason_en=f"case {case.case_no} is not in the scope",
        )
    return keys[case_id]


def _keep(row: Round, record: DrawRecord, actor: Actor) -> None:
    kept = row.draw_record or {"drawn_at": now().isoformat(), "drawn_by": actor.name}
    row.draw_record = {**kept, "record": json.loads(record.to_json())}


def _round_case(row: Round, case: Case, selected: sampling.Selected) -> RoundCase:
    edition = edition_in(row.editions, slot_of(case))
    assert row.id is not None
    assert case.id is not None
    return RoundCase(
        round_id=row.id,
        case_id=case.id,
        sequence=selected.sequence,
        stratum=selected.stratum,
        reason=str(selected.reason),
        edition=edition["key"],
        edition_sha256=edition["sha256"],
    )


def replace_case(
    engine: Engine, actor: Actor, round_case_id: int, *, reason: str, seen_version: int
) -> int:
    """Take a drawn case out, with a reason, and put the next ticket of its stratum in.

    Only before anybody was assigned to it. `seen_version` is the round's. Returns the id of the
    case that came in. Raises ReasonMissing, WrongState, DrawNotPossible, Stale.
    """
    access.require(actor, "round.manage")
    if not reason.strip():
        raise ReasonMissing(what="更换案卷", what_en="replacing a case")
    with transaction(engine) as session:
        drawn = found(session, RoundCase, round_case_id, "抽取案卷", "drawn case")
        row = at_version(
            session, Round, drawn.round_id, "评查轮次", "the round", seen_version=seen_version
        )
        assigned = session.exec(
            select(Assignment.id).where(Assignment.round_case_id == round_case_id)
        ).first()
        if assigned is not None or row.state not in (RoundState.DRAWN, RoundState.SCORING):
            raise WrongState(
                what="抽取案卷",
                what_en="the drawn case",
                state=row.state,
                action="更换（已分派）",
                action_en="replace it (it is assigned)",
            )
        record = record_of(row)
        assert record is not None
        going = found(session, Case, drawn.case_id, "案卷", "case")
        after = sampling.replace_one(record, going.case_key, reason)
        coming_key = after.replacements[-1].in_key
        coming = session.exec(select(Case).where(Case.case_key == coming_key)).one()
        selected = next(each for each in after.selected if each.key == coming_key)
        _keep(row, after, actor)
        session.add(row)
        session.delete(drawn)
        session.flush()
        session.add(_round_case(row, coming, selected))
        audit.record(
            session,
            actor.audit_name,
            "round.replace",
            "round",
            row.id,
            out=going.case_key,
            came_in=coming_key,
            reason=reason,
        )
        return coming.id or 0


def verify_draw(engine: Engine, round_id: int) -> bool:
    """Whether repeating the draw gives its record, and the drawn cases are those of the record.

    True before the draw too: nothing was claimed.
    """
    with reading(engine) as session:
        row = found(session, Round, round_id, "评查轮次", "round")
        return draw_is_sound(session, row)


def draw_is_sound(session: Session, row: Round) -> bool:
    """The same within a session that is open already."""
    record = record_of(row)
    drawn = session.exec(
        select(RoundCase.sequence, Case.case_key)
        .join(Case, col(Case.id) == col(RoundCase.case_id))
        .where(RoundCase.round_id == row.id)
    ).all()
    if record is None:
        return not drawn
    wanted = {(each.sequence, each.key) for each in record.selected}
    return sampling.verify(record) and {(number, key) for number, key in drawn} == wanted
