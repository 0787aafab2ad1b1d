"""Objections: the unit sees its draft result, objects item by item, somebody else decides.

A unit reads its own cases alone, from the day its draft result was sent, and never who scored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from review.casefiles.tables import SourceFile
from review.checks.check import Severity
from review.common.clock import now, today
from review.common.store import Store
from review.db import audit
from review.db.rows import at_version, found
from review.db.session import reading, transaction
from review.documents.tables import PageRow
from review.errors import (
    BadValue,
    DuplicateRow,
    NotFound,
    ObjectionTooLate,
    ReasonMissing,
    WrongState,
)
from review.findings.objections import Decision, Standing, decided
from review.findings.result_tables import (
    CaseResult,
    Feedback,
    Objection,
    ObjectionProof,
    ObjectionState,
    ResultItem,
)
from review.findings.tables import Finding, FindingState
from review.panels.tables import Assignment, CommonItem, CommonResult, PanelVote
from review.planning.phases import STATE_WORDS
from review.planning.tables import Round, RoundCase, RoundState
from review.scoring.arithmetic import ItemResult, deduction_of
from review.scoring.checklist import Edition, Item, Result
from review.services import access
from review.services.access import Actor
from review.services.results.objection_views import (
    DraftView,
    ObjectionView,
    drafts,
    list_objections,
    told_rounds,
    visible_feedback,
    visible_objections,
)
from review.services.results.result_rows import drawn_cases, outcomes
from review.services.results.result_rows import store as keep
from review.services.rules.editions import kept_edition
from review.settings import settings

__all__ = [
    "DraftView",
    "ObjectionView",
    "decide",
    "drafts",
    "list_objections",
    "proof_file",
    "raise_objection",
    "told_rounds",
    "withdraw",
]

ADDED_VETO = "added:objection"


def raise_objection(
    engine: Engine,
    actor: Actor,
    *,
    round_id: int,
    case_id: int,
    item_id: str,
    text: str,
    page_ids: Sequence[int] = (),
    proof: tuple[Path, str] | None = None,
) -> int:
    """Object to the result of one item of one of the own cases; returns the objection's id.

    Raises ReasonMissing without words, ObjectionTooLate, WrongState, NotFound (no such draft
    result or item, a page of another case), DuplicateRow where one stands undecided.
    """
    access.require(actor, "objection.raise")
    if not text.strip():
        raise ReasonMissing(what="异议", what_en="the objection")
    kept = Store(settings().store).add_file(proof[0])[0] if proof else ""
    with transaction(engine) as session:
        row = found(session, Round, round_id, "评查轮次", "round")
        feedback = session.exec(
            select(Feedback).where(visible_feedback(actor), Feedback.round_id == round_id)
        ).first()
        result = session.exec(
            select(CaseResult).where(
                CaseResult.round_id == round_id,
                CaseResult.case_id == case_id,
                CaseResult.unit_id == actor.unit_id,
            )
        ).first()
        if feedback is None or result is None:
            raise NotFound(what="反馈的评查结果", what_en="draft result", key=case_id)
        _in_time(row, feedback)
        standing = _result_item(session, result, item_id)
        _no_open_one(session, round_id, case_id, item_id)
        for page_id in page_ids:
            _own_page(session, case_id, page_id)
        made = Objection(
            round_id=round_id,
            case_id=case_id,
            unit_id=actor.unit_id or 0,
            item_id=item_id,
            text=text.strip(),
            pages=list(page_ids),
            before=_kept(standing),
            raised_by=actor.user_id,
        )
        session.add(made)
        session.flush()
        assert made.id is not None
        if proof:
            session.add(
                ObjectionProof(
                    objection_id=made.id,
                    sha256=kept,
                    name=Path(proof[1]).name,
                    added_by=actor.user_id,
                )
            )
        audit.record(
            session,
            actor.audit_name,
            "objection.raise",
            "objection",
            made.id,
            case=case_id,
            item=item_id,
            proof=kept,
        )
        return made.id


def _in_time(row: Round, feedback: Feedback) -> None:
    if row.state != RoundState.OBJECTING:
        zh, en = STATE_WORDS[RoundState(row.state)]
        raise WrongState(
            what="评查轮次",
            what_en="the round",
            state=zh,
            state_en=en,
            action="提出异议",
            action_en="object",
        )
    if feedback.until_on < today():
        raise ObjectionTooLate(until=feedback.until_on)


def _result_item(session: Session, result: CaseResult, item_id: str) -> ResultItem:
    row = session.exec(
        select(ResultItem).where(ResultItem.result_id == result.id, ResultItem.item_id == item_id)
    ).first()
    if row is None:
        raise NotFound(what="评查项", what_en="item", key=item_id)
    return row


def _no_open_one(session: Session, round_id: int, case_id: int, item_id: str) -> None:
    open_one = session.exec(
        select(Objection.id).where(
            Objection.round_id == round_id,
            Objection.case_id == case_id,
            Objection.item_id == item_id,
            Objection.state != ObjectionState.WITHDRAWN,
        )
    ).first()
    if open_one is not None:
        raise DuplicateRow(what="异议", what_en="objection", key=item_id)


def _own_page(session: Session, case_id: int, page_id: int) -> None:
    page = found(session, PageRow, page_id, "页面", "page")
    source = session.get(SourceFile, page.source_file_id)
    if source is None or source.case_id != case_id:
        raise NotFound(what="页面", what_en="page", key=page_id)


def _kept(row: ResultItem) -> dict[str, Any]:
    """An item's result as an objection keeps it."""
    return {
        "result": row.result,
        "chosen": dict(row.chosen or {}),
        "deduction": str(row.deduction),
        "comment": row.reason_zh,
    }


def withdraw(engine: Engine, actor: Actor, objection_id: int, *, seen_version: int) -> None:
    """Take an undecided objection back; it stays on record. Raises NotFound, WrongState, Stale."""
    access.require(actor, "objection.raise")
    with transaction(engine) as session:
        row = _at(session, actor, objection_id, seen_version)
        row.state = decided(
            ObjectionState(row.state),
            Decision.WITHDRAW,
            actor_id=actor.user_id,
            raised_by=row.raised_by,
            involved=(),
            reason="",
            before=_standing(row.before),
        )
        row.decided_at, row.decided_by = now(), actor.row_id
        session.add(row)
        audit.record(session, actor.audit_name, "objection.withdraw", "objection", objection_id)


def decide(
    engine: Engine,
    actor: Actor,
    objection_id: int,
    *,
    decision: Decision | str,
    reason: str,
    seen_version: int,
    result: Result | str | None = None,
    chosen: Mapping[str, int] | None = None,
    new_veto: str = "",
) -> None:
    """Decide an objection and compute the case's result again.

    Upholding gives the item another result, with the reasons to deduct that remain. `new_veto`
    describes a veto that the re-examination found: it becomes a finding that somebody else
    confirms. Raises NotAllowed, ReasonMissing, ObjectionMakesWorse, WrongState, BadScore, Stale.
    """
    access.require(actor, "objection.decide")
    if decision not in (Decision.UPHOLD, Decision.REJECT):
        raise BadValue(
            field="决定", field_en="decision", value=decision, reason="没有此决定",
            reason_en="unknown",
        )  # fmt: skip
    with transaction(engine) as session:
        row = _at(session, actor, objection_id, seen_version)
        held = found(session, Round, row.round_id, "评查轮次", "round")
        drawn = session.exec(
            select(RoundCase).where(
                RoundCase.round_id == row.round_id, RoundCase.case_id == row.case_id
            )
        ).one()
        edition = kept_edition(drawn.edition, drawn.edition_sha256)
        after: ItemResult | None = None
        if decision == Decision.UPHOLD:
            after = _after(edition.item(row.item_id), result, chosen, reason)
        standing = _with_deduction(edition, row.item_id, after) if after else None
        state = decided(
            ObjectionState(row.state),
            Decision(decision),
            actor_id=actor.user_id,
            raised_by=row.raised_by,
            involved=_involved(session, drawn),
            reason=reason,
            before=_standing(row.before),
            after=standing,
        )
        if held.state != RoundState.OBJECTING:
            _wrong_round(held)
        row.state, row.reason = state, reason.strip()
        row.decided_by, row.decided_at = actor.row_id, now()
        if after is not None and standing is not None:
            row.after = {
                "result": after.result,
                "chosen": dict(after.chosen),
                "deduction": str(standing.deduction),
                "comment": after.comment,
            }
            _follow(session, actor, row, standing, reason)
        session.add(row)
        session.flush()
        if new_veto.strip():
            _propose_veto(session, actor, row, new_veto)
        _compute_case(session, held, row.case_id)
        audit.record(
            session,
            actor.audit_name,
            f"objection.{decision}",
            "objection",
            objection_id,
            before=row.before,
            after=row.after,
            veto=bool(new_veto.strip()),
        )


def _at(session: Session, actor: Actor, objection_id: int, seen_version: int) -> Objection:
    found(session, Objection, objection_id, "异议", "objection")
    seen = select(Objection.id).where(col(Objection.id) == objection_id, visible_objections(actor))
    if session.exec(seen).first() is None:
        access.refuse("objection.view")
    return at_version(
        session, Objection, objection_id, "异议", "the objection", seen_version=seen_version
    )


def _wrong_round(row: Round) -> None:
    zh, en = STATE_WORDS[RoundState(row.state)]
    raise WrongState(
        what="评查轮次",
        what_en="the round",
        state=zh,
        state_en=en,
        action="复核异议",
        action_en="decide objections",
    )


def _standing(kept: Mapping[str, Any]) -> Standing:
    return Standing(Result(kept["result"]), Decimal(kept["deduction"]))


def _after(
    item: Item, result: Result | str | None, chosen: Mapping[str, int] | None, reason: str
) -> ItemResult:
    if result not in tuple(Result):
        raise BadValue(
            field="评查结果", field_en="result", value=result or "", reason="请选择",
            reason_en="choose one",
        )  # fmt: skip
    known = {key: count for key, count in (chosen or {}).items() if count and item.deduction(key)}
    return ItemResult(Result(result), known, comment=f"异议复核：{reason.strip()}")


def _with_deduction(edition: Edition, item_id: str, given: ItemResult) -> Standing:
    return Standing(given.result, deduction_of(edition, edition.item(item_id), given))


def _involved(session: Session, drawn: RoundCase) -> set[int]:
    """Everybody who scored the case, voted in its panel or settled it."""
    people = set(
        session.exec(select(Assignment.user_id).where(Assignment.round_case_id == drawn.id))
    )
    voted = session.exec(
        select(PanelVote.user_id)
        .join(CommonItem, col(CommonItem.id) == col(PanelVote.common_item_id))
        .join(CommonResult, col(CommonResult.id) == col(CommonItem.common_result_id))
        .where(CommonResult.round_case_id == drawn.id)
    )
    people.update(voted)
    common = session.exec(
        select(CommonResult).where(CommonResult.round_case_id == drawn.id)
    ).first()
    if common is not None:
        people.update(common.members or ())
    return people


def _follow(
    session: Session, actor: Actor, row: Objection, standing: Standing, reason: str
) -> None:
    """The finding of the item goes the way of the decision: gone, or with what it still takes."""
    findings = session.exec(
        select(Finding).where(
            Finding.round_id == row.round_id,
            Finding.case_id == row.case_id,
            Finding.item_id == row.item_id,
            Finding.state != FindingState.DISMISSED,
        )
    ).all()
    for finding in findings:
        finding.version += 1
        finding.deduction = standing.deduction
        if not standing.deduction and standing.result is not Result.NOT_MET:
            finding.state = FindingState.DISMISSED
            finding.reason = f"异议采纳：{reason.strip()}"
            finding.decided_by, finding.decided_at = actor.row_id, now()
        elif finding.severity == Severity.VETO and standing.result is not Result.NOT_MET:
            finding.severity = str(Severity.MAJOR)
        session.add(finding)


def _propose_veto(session: Session, actor: Actor, row: Objection, text: str) -> None:
    """A veto found while re-examining: proposed, so that another person and the panel confirm."""
    session.add(
        Finding(
            round_id=row.round_id,
            case_id=row.case_id,
            key=f"{ADDED_VETO}:{row.id}",
            item_id=row.item_id,
            origin=f"user:{actor.user_id}",
            proposed_by=[actor.user_id],
            severity=str(Severity.VETO),
            text_zh=text.strip(),
            evidence=[],
            law=[],
            check_ids=[],
            measure_zh="依法纠正，并书面说明原因。",
        )
    )


def _compute_case(session: Session, row: Round, case_id: int) -> None:
    own = [held for held in drawn_cases(session, row) if held.drawn.case_id == case_id]
    for held, made in zip(own, outcomes(session, own), strict=True):
        if made is not None:
            keep(session, held, made)


def proof_file(engine: Engine, actor: Actor, proof_id: int) -> tuple[str, Path]:
    """The name and the kept file of an objection's proof. Raises NotFound, NotAllowed."""
    access.require(actor, "objection.view")
    with reading(engine) as session:
        proof = found(session, ObjectionProof, proof_id, "佐证材料", "proof")
        seen = select(Objection.id).where(
            col(Objection.id) == proof.objection_id, visible_objections(actor)
        )
        if session.exec(seen).first() is None:
            access.refuse("objection.view")
    return proof.name, Store(settings().store).path(proof.sha256)
