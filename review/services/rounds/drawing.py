"""The draw of a round: two people's numbers, the draw itself, its record, and its check."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from review.casefiles.tables import Case
from review.common.clock import now
from review.db import audit
from review.db.accounts import User
from review.db.rows import at_version, found
from review.db.session import reading, transaction
from review.errors import DrawNotPossible, DuplicateRow, NotAllowed
from review.planning import sampling, two_numbers
from review.planning.sampling import DrawRecord
from review.planning.tables import DrawNumber, Round, RoundCase, RoundState
from review.planning.two_numbers import Entry, Fault, Proof
from review.services import access
from review.services.access import Actor
from review.services.rounds.freezing import frozen_list_of
from review.services.rounds.round_guards import blockers, refuse_state
from review.services.rules.editions import edition_in, slot_of


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
    frozen_sha256: str
    entries: tuple[Entry, ...]
    drawn_at: str
    drawn_by: str


def record_of(row: Round) -> DrawRecord | None:
    """The record of a round's draw; None before the draw."""
    kept = row.draw_record
    return DrawRecord.kept(kept["record"]) if kept else None


def proof_of(row: Round) -> Proof | None:
    """The two numbers behind a round's draw; None before it, and for draws of an older kind."""
    kept = (row.draw_record or {}).get("proof")
    return two_numbers.proof_from_json(kept) if kept else None


def draw_view(row: Round) -> DrawView | None:
    """The record for showing; None before the draw."""
    record, proof = record_of(row), proof_of(row)
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
        frozen_sha256=proof.frozen_sha256 if proof else "",
        entries=proof.entries if proof else (),
        drawn_at=row.draw_record["drawn_at"],
        drawn_by=row.draw_record["drawn_by"],
    )


def enter_number(
    engine: Engine, actor: Actor, round_id: int, *, number: str, frozen_sha256: str
) -> str:
    """Enter one of the two numbers of a draw; returns its commitment, which is public.

    `frozen_sha256` is the hash that the person saw. A number cannot be changed, and nobody enters
    both. Raises BadValue, DuplicateRow, WrongState, DrawNotPossible (another list was frozen).
    """
    access.require(actor, "draw.number")
    if actor.row_id is None:  # the console is nobody in particular
        raise NotAllowed(action="填写抽取数字", action_en="enter a number of the draw")
    given = two_numbers.checked_number(number)
    with transaction(engine) as session:
        row = found(session, Round, round_id, "评查轮次", "round")
        kept = frozen_list_of(row)
        if row.state != RoundState.FROZEN or kept is None:
            refuse_state(row, "填写抽取数字", "enter a number")
        if kept.sha256 != frozen_sha256:
            raise DrawNotPossible(
                reason="案卷清单已重新冻结", reason_en="another list was frozen meanwhile"
            )
        entered = session.exec(select(DrawNumber).where(DrawNumber.round_id == round_id)).all()
        if len(entered) >= 2 or any(each.user_id == actor.row_id for each in entered):
            raise DuplicateRow(what="抽取数字", what_en="number of the draw", key=actor.name)
        place, salt = len(entered) + 1, secrets.token_hex(16)
        public = two_numbers.commitment(kept.sha256, place, given, salt)
        session.add(
            DrawNumber(
                round_id=round_id,
                place=place,
                user_id=actor.row_id,
                number=given,
                salt=salt,
                commitment=public,
            )
        )
        audit.record(
            session,
            actor.audit_name,
            "round.number",
            "round",
            round_id,
            place=place,
            commitment=public,
            frozen_sha256=kept.sha256,
        )
        return public


def draw(engine: Engine, actor: Actor, round_id: int, *, seen_version: int) -> tuple[int, ...]:
    """Draw from the frozen list by both numbers; returns the ids of the drawn cases in order.

    Drawing again is not offered: a case is replaced with a reason and a second person's approval.
    Raises DrawNotPossible, WrongState, Stale.
    """
    access.require(actor, "round.manage")
    with transaction(engine) as session:
        row = at_version(
            session, Round, round_id, "评查轮次", "the round", seen_version=seen_version
        )
        kept = frozen_list_of(row)
        if row.state != RoundState.FROZEN or kept is None:
            refuse_state(row, "抽取", "draw")
        missing = blockers(session, row, RoundState.DRAWN)
        if missing:
            refuse_state(row, f"抽取（{missing[0].zh}）", f"draw ({missing[0].en})")
        proof = Proof(kept.sha256, _entries(session, round_id))
        seed = two_numbers.seed_of(proof.frozen_sha256, [each.number for each in proof.entries])
        record = kept.draw(seed)
        cases = _cases(session, record)
        row.draw_record = {
            "record": json.loads(record.to_json()),
            "proof": proof.as_json(),
            "drawn_at": now().isoformat(),
            "drawn_by": actor.name,
        }
        row.state = RoundState.DRAWN
        session.add(row)
        for selected in record.selected:
            session.add(round_case(row, cases[selected.key], selected))
        audit.record(
            session,
            actor.audit_name,
            "round.draw",
            "round",
            round_id,
            seed=seed,
            size=record.size,
            frozen_sha256=proof.frozen_sha256,
            population_sha256=record.population_sha256,
            selected=list(record.keys),
        )
        return tuple(cases[key].id or 0 for key in record.keys)


def _entries(session: Session, round_id: int) -> tuple[Entry, ...]:
    rows = session.exec(
        select(DrawNumber, User)
        .join(User, col(User.id) == col(DrawNumber.user_id))
        .where(DrawNumber.round_id == round_id)
        .order_by(col(DrawNumber.place))
    )
    return tuple(
        Entry(
            row.place,
            f"{user.name}（{user.login}）",
            row.number,
            row.salt,
            row.commitment,
            row.entered_at.isoformat(),
        )
        for row, user in rows
    )


def _cases(session: Session, record: DrawRecord) -> dict[str, Case]:
    """The drawn cases by key. Raises DrawNotPossible where one left the ledger meanwhile."""
    rows = session.exec(select(Case).where(col(Case.case_key).in_(record.keys)))
    cases = {case.case_key: case for case in rows}
    gone = [key for key in record.keys if key not in cases]
    if gone:
        raise DrawNotPossible(
            reason=f"冻结后台账已无案卷 {gone[0]}",
            reason_en=f"{gone[0]} left the ledger after the list was frozen",
        )
    return cases


def round_case(row: Round, case: Case, selected: sampling.Selected) -> RoundCase:
    """The drawn case as a row, with the edition that the round froze for its procedure."""
    edition = edition_in(row.editions, selected.stratum or slot_of(case))
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


def verify_draw(engine: Engine, round_id: int) -> bool:
    """Whether repeating the draw gives its record, and the drawn cases are those of the record.

    True before the draw too: nothing was claimed.
    """
    return not draw_faults(engine, round_id)


def draw_faults(engine: Engine, round_id: int) -> tuple[Fault, ...]:
    """What does not hold of a round's draw; empty where it is sound."""
    with reading(engine) as session:
        row = found(session, Round, round_id, "评查轮次", "round")
        return faults_of(session, row)


DRAWN = Fault("drawn", "抽中的案卷与记录不同", "the drawn cases are not those of the record")
FROZEN = Fault("frozen", "冻结的名单被改动", "the frozen list was changed")


def faults_of(session: Session, row: Round) -> tuple[Fault, ...]:
    """The same within a session that is open already."""
    found_faults: list[Fault] = []
    kept = frozen_list_of(row)
    if kept is not None and kept.sha256 != row.frozen_list.get("sha256"):
        found_faults.append(FROZEN)
    record, proof = record_of(row), proof_of(row)
    drawn = session.exec(
        select(RoundCase.sequence, Case.case_key)
        .join(Case, col(Case.id) == col(RoundCase.case_id))
        .where(RoundCase.round_id == row.id)
    ).all()
    wanted = {(each.sequence, each.key) for each in record.selected} if record else set()
    if {(number, key) for number, key in drawn} != wanted:
        found_faults.append(DRAWN)
    if record is not None:
        found_faults.extend(two_numbers.faults(record, proof))
        if kept is not None and proof is not None and kept.sha256 != proof.frozen_sha256:
            found_faults.append(FROZEN)
    return tuple(dict.fromkeys(found_faults))


def draw_is_sound(session: Session, row: Round) -> bool:
    """Whether nothing is wrong with a round's draw."""
    return not faults_of(session, row)
