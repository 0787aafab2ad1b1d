"""Proceedings against decisions (复议诉讼结果台账): entered, corrected, struck, their papers kept.

The regulations section keeps the ledger. Nothing is deleted: what was entered by mistake is struck
with a reason, and each change stands in the audit trail as it was and as it became.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from review.casefiles.tables import Case
from review.checks.catalogue import by_id
from review.common.clock import now, today
from review.common.store import Store
from review.db import audit
from review.db.rows import at_version, found
from review.db.session import reading, transaction
from review.errors import BadValue, DuplicateRow, ReasonMissing, WrongState
from review.findings.challenge_tables import Challenge, ChallengeProof
from review.findings.challenges import CHECK, INSTANCE_WORDS, ITEM, Instance, Outcome
from review.services import access
from review.services.access import Actor
from review.services.results.challenge_views import visible_challenges
from review.settings import settings


@dataclass(frozen=True, slots=True)
class Entry:
    """What a person enters of a proceeding; `outcome` and `decided_on` stay empty while it is open.

    `concerns` are `item:<id>` of the checklist and `check:<id>` of the machine checks.
    """

    instance: str
    organ: str
    filed_on: date | None
    docket_no: str = ""
    decided_on: date | None = None
    outcome: str = ""
    grounds: str = ""
    concerns: tuple[str, ...] = ()


def add_challenge(
    engine: Engine,
    actor: Actor,
    case_id: int,
    entry: Entry,
    *,
    proof: tuple[Path, str] | None = None,
) -> int:
    """Enter a proceeding, with the paper of its outcome if there is one; returns its id.

    Raises BadValue, NotFound, DuplicateRow (the same docket, or day, at the same instance).
    """
    access.require(actor, "challenge.manage")
    kept = Store(settings().store).add_file(proof[0])[0] if proof else ""
    with transaction(engine) as session:
        case = found(session, Case, case_id, "案件", "case")
        values = _checked(entry, case)
        _only_one(session, case_id, values)
        row = Challenge(case_id=case_id, entered_by=actor.row_id, **values)
        session.add(row)
        session.flush()
        assert row.id is not None
        if proof:
            _keep(session, actor, row.id, kept, proof[1])
        audit.record(
            session,
            actor.audit_name,
            "challenge.add",
            "challenge",
            row.id,
            case=case_id,
            after=_told(values),
            proof=kept,
        )
        return row.id


def change_challenge(
    engine: Engine,
    actor: Actor,
    challenge_id: int,
    entry: Entry,
    *,
    seen_version: int,
    reason: str = "",
) -> None:
    """Write the outcome of an open proceeding, or correct what was entered.

    What stood there and becomes something else needs a reason. Raises ReasonMissing, BadValue,
    DuplicateRow, WrongState (struck), Stale, NotFound.
    """
    access.require(actor, "challenge.manage")
    with transaction(engine) as session:
        row = _standing(session, challenge_id, seen_version)
        case = found(session, Case, row.case_id, "案件", "case")
        values = _checked(entry, case)
        before = {name: getattr(row, name) for name in values}
        if any(before[name] and before[name] != value for name, value in values.items()):
            _reason(reason, "更正复议诉讼结果", "correcting a proceeding")
        _only_one(session, row.case_id, values, but=challenge_id)
        kept = {
            "values": _plain(before),
            "reason": reason.strip(),
            "by": actor.name,
            "at": now().isoformat(),
        }
        row.earlier = [*(row.earlier or ()), kept]
        for name, value in values.items():
            setattr(row, name, value)
        session.add(row)
        audit.record(
            session,
            actor.audit_name,
            "challenge.change",
            "challenge",
            challenge_id,
            before=_told(before),
            after=_told(values),
            reason=reason.strip(),
        )


def strike_challenge(
    engine: Engine, actor: Actor, challenge_id: int, *, reason: str, seen_version: int
) -> None:
    """Strike a proceeding that was entered by mistake; it stays on record.

    Raises ReasonMissing, WrongState (struck already), Stale, NotFound.
    """
    access.require(actor, "challenge.manage")
    _reason(reason, "划去复议诉讼记录", "striking a proceeding")
    with transaction(engine) as session:
        row = _standing(session, challenge_id, seen_version)
        row.struck_at, row.struck_by, row.strike_reason = now(), actor.row_id, reason.strip()
        session.add(row)
        audit.record(
            session,
            actor.audit_name,
            "challenge.strike",
            "challenge",
            challenge_id,
            reason=reason.strip(),
        )


def add_proof(
    engine: Engine, actor: Actor, challenge_id: int, proof: tuple[Path, str], *, seen_version: int
) -> None:
    """Keep a paper of a proceeding as it was handed in. Raises NotFound, WrongState, Stale."""
    access.require(actor, "challenge.manage")
    kept = Store(settings().store).add_file(proof[0])[0]
    with transaction(engine) as session:
        session.add(_standing(session, challenge_id, seen_version))
        _keep(session, actor, challenge_id, kept, proof[1])
        audit.record(
            session, actor.audit_name, "challenge.proof", "challenge", challenge_id, proof=kept
        )


def proof_file(engine: Engine, actor: Actor, proof_id: int) -> tuple[str, Path]:
    """The name and the kept file of a paper. Raises NotFound, NotAllowed."""
    access.require(actor, "challenge.view")
    with reading(engine) as session:
        proof = found(session, ChallengeProof, proof_id, "裁判文书", "paper of a proceeding")
        seen = (
            select(Challenge.id)
            .join(Case, col(Case.id) == col(Challenge.case_id))
            .where(Challenge.id == proof.challenge_id, visible_challenges(actor))
        )
        if session.exec(seen).first() is None:
            access.refuse("challenge.view")
    return proof.name, Store(settings().store).path(proof.sha256)


def _keep(session: Session, actor: Actor, challenge_id: int, sha256: str, name: str) -> None:
    session.add(
        ChallengeProof(
            challenge_id=challenge_id,
            sha256=sha256,
            name=Path(name).name,
            added_by=actor.row_id,
        )
    )


def _standing(session: Session, challenge_id: int, seen_version: int) -> Challenge:
    row = at_version(
        session, Challenge, challenge_id, "复议诉讼记录", "the proceeding",
        seen_version=seen_version,
    )  # fmt: skip
    if row.struck_at is not None:
        raise WrongState(
            what="复议诉讼记录",
            what_en="the proceeding",
            state="已划去",
            state_en="struck",
            action="修改",
            action_en="change it",
        )
    return row


def _checked(entry: Entry, case: Case) -> dict[str, Any]:
    """The entry as a row keeps it. Raises BadValue."""
    if entry.instance not in tuple(Instance):
        raise _bad("类型", "kind", entry.instance, "请选择", "choose one")
    if not entry.organ.strip():
        raise _bad("复议机关、法院", "organ or court", "", "不能为空", "must not be empty")
    if entry.filed_on is None:
        raise _bad("受理日期", "day of filing", "", "不能为空", "must not be empty")
    if entry.outcome and entry.outcome not in tuple(Outcome):
        raise _bad("结果", "outcome", entry.outcome, "没有此结果", "unknown")
    if bool(entry.outcome) != (entry.decided_on is not None):
        raise _bad(
            "结果", "outcome", entry.outcome, "结果和作出日期应同时填写",
            "give the outcome and its day together",
        )  # fmt: skip
    _in_order(entry, case)
    return asdict(entry) | {
        "instance": str(entry.instance),
        "outcome": str(entry.outcome),
        "organ": entry.organ.strip(),
        "docket_no": entry.docket_no.strip(),
        "grounds": entry.grounds.strip(),
        "concerns": _concerns(entry.concerns),
    }


def _in_order(entry: Entry, case: Case) -> None:
    """Decision, filing, outcome, today: in this order."""
    assert entry.filed_on is not None
    if entry.filed_on > today():
        raise _bad("受理日期", "day of filing", entry.filed_on, "晚于今天", "after today")
    if case.decided_on is not None and entry.filed_on < case.decided_on:
        raise _bad(
            "受理日期", "day of filing", entry.filed_on,
            f"早于处罚决定日{case.decided_on}", f"before the decision of {case.decided_on}",
        )  # fmt: skip
    if entry.decided_on is not None and not entry.filed_on <= entry.decided_on <= today():
        raise _bad(
            "结果作出日期", "day of the outcome", entry.decided_on,
            "应在受理日和今天之间", "must lie between filing and today",
        )  # fmt: skip


def _concerns(given: Collection[str]) -> list[str]:
    for each in given:
        is_check = each.startswith(CHECK) and by_id(each.removeprefix(CHECK)) is not None
        is_item = each.startswith(ITEM) and len(each) > len(ITEM)
        if not (is_check or is_item):
            raise _bad("争议点", "grounds", each, "没有此评查项", "no such item or check")
    return sorted(set(given))


def _only_one(
    session: Session, case_id: int, values: dict[str, Any], *, but: int | None = None
) -> None:
    """One proceeding a case and instance with that docket, or filed on that day without one."""
    others = session.exec(
        select(Challenge).where(
            Challenge.case_id == case_id,
            Challenge.instance == values["instance"],
            col(Challenge.struck_at).is_(None),
        )
    ).all()
    for other in others:
        is_same = (
            other.docket_no == values["docket_no"]
            if values["docket_no"] and other.docket_no
            else other.filed_on == values["filed_on"]
        )
        if is_same and other.id != but:
            zh, en = INSTANCE_WORDS[Instance(values["instance"])]
            key = values["docket_no"] or values["filed_on"]
            raise DuplicateRow(what=f"{zh}记录", what_en=f"{en} record", key=key)


def _told(values: dict[str, Any]) -> dict[str, Any]:
    """The values for the audit trail: the grounds, in which people may be named, stay out of it."""
    return {name: value for name, value in _plain(values).items() if name != "grounds"}


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """The values as JSON keeps them."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }


def _reason(reason: str, zh: str, en: str) -> None:
    if not reason.strip():
        raise ReasonMissing(what=zh, what_en=en)


def _bad(zh: str, en: str, value: object, reason: str, reason_en: str) -> BadValue:
    return BadValue(field=zh, field_en=en, value=value, reason=reason, reason_en=reason_en)
