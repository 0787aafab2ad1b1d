"""What people do with proposals: rejecting one with a reason, the rates by check, checks on trial.

Decisions are settled when a sheet is handed in: by then every item is decided, and what was scored
says whether a proposal was taken. A rejection's reason is given before, on the desk.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from review.casefiles.tables import Case
from review.checks.catalogue import by_id, checks
from review.common.clock import local, now
from review.db import audit
from review.db.rows import at_version
from review.db.session import reading, transaction
from review.errors import BadValue, DuplicateRow, NotFound, ReasonMissing, WrongState
from review.scoring.adoption import (
    REASONS,
    Decision,
    decision_of,
    is_rejected_too_often,
)
from review.scoring.adoption_tables import CheckTrial, ProposalDecision
from review.scoring.arithmetic import ItemResult
from review.scoring.edition_file import Result
from review.scoring.proposals import Proposal
from review.scoring.tables import ItemScore, ScoreSheet
from review.services import access
from review.services.access import Actor
from review.services.rules.editions import Words

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Rate:
    """How many proposals of faults were decided, by what was done with them."""

    accepted: int
    edited: int
    rejected: int

    @property
    def decided(self) -> int:
        """All that were decided."""
        return self.accepted + self.edited + self.rejected

    @property
    def adopted(self) -> float | None:
        """The share 0..1 that was accepted or edited; None where none was decided."""
        return (self.accepted + self.edited) / self.decided if self.decided else None


@dataclass(frozen=True, slots=True)
class TrialView:
    """A trial of a check: from when, why, and until when; `ended_at` None while it lasts."""

    id: int
    reason: str
    started_at: datetime
    ended_at: datetime | None
    end_reason: str
    version: int


@dataclass(frozen=True, slots=True)
class CheckAdoption:
    """One check: its rate, the reasons of rejections (most frequent first), the rate by month.

    `is_suggested`: it is rejected so often that it should be put on trial.
    """

    check_id: str
    title: Words
    rate: Rate
    reasons: tuple[tuple[str, int], ...]
    months: tuple[tuple[str, Rate], ...]
    trial: TrialView | None
    is_suggested: bool


@dataclass(frozen=True, slots=True)
class RejectionView:
    """One rejected proposal of a check."""

    case_id: int
    case_no: str
    item_id: str
    reason_key: str
    reason: str
    decided_at: datetime


# --- deciding -----------------------------------------------------------------------------------


def reason_kept(
    session: Session,
    actor: Actor,
    sheet_id: int,
    proposal: Proposal,
    *,
    reason_key: str,
    reason: str,
) -> ProposalDecision:
    """Keep why a proposal is rejected; within the caller's transaction.

    Raises BadValue for an unknown reason, ReasonMissing where "other" has no words.
    """
    words = reason.strip()
    if reason_key not in REASONS or len(words) > LONGEST_REASON:
        raise BadValue(
            field="理由",
            field_en="reason",
            value=reason_key,
            reason=f"从列表选择，补充说明不超过 {LONGEST_REASON} 字",
            reason_en=f"choose from the list; at most {LONGEST_REASON} characters",
        )
    if reason_key == "other" and not words:
        raise ReasonMissing(what="不采纳机器建议", what_en="rejecting a proposal")
    row = _decision_row(session, sheet_id, proposal, actor)
    row.decision = Decision.REJECTED
    row.reason_key = reason_key
    row.reason = words
    row.decided_at = now()
    row.version += 1
    session.add(row)
    audit.record(
        session,
        actor.audit_name,
        "proposal.reject",
        "score_sheet",
        sheet_id,
        item=proposal.item_id,
        checks=list(proposal.check_ids),
        reason=reason_key,
    )
    return row


def _decision_row(
    session: Session, sheet_id: int, proposal: Proposal, actor: Actor
) -> ProposalDecision:
    row = session.exec(
        select(ProposalDecision).where(
            ProposalDecision.sheet_id == sheet_id, ProposalDecision.item_id == proposal.item_id
        )
    ).first()
    return row or ProposalDecision(
        sheet_id=sheet_id,
        item_id=proposal.item_id,
        check_ids=list(proposal.check_ids),
        proposed=proposal.result,
        decision=Decision.REJECTED,
        decided_by=actor.user_id,
        version=0,
    )


def settle_decisions(
    session: Session,
    actor: Actor,
    sheet_id: int,
    proposals: Mapping[str, Proposal],
    scores: Iterable[ItemScore],
) -> None:
    """Write what became of every proposal of a fault when its sheet is handed in.

    A reason that was given stays with a rejection; where the item was then scored as proposed, the
    rejection and its reason are gone.
    """
    given = {
        score.item_id: ItemResult(Result(score.result), dict(score.chosen or {}))
        for score in scores
    }
    for item_id, proposal in proposals.items():
        if item_id not in given:
            continue
        proposed = ItemResult(proposal.result, proposal.chosen)
        decision = decision_of(proposed, given[item_id])
        if decision is None:
            continue
        row = _decision_row(session, sheet_id, proposal, actor)
        row.check_ids = list(proposal.check_ids)
        row.proposed = proposal.result
        if decision is not Decision.REJECTED:
            row.reason_key = row.reason = ""
        row.decision = decision
        row.decided_at = now()
        row.version += 1
        session.add(row)


def decisions_of(session: Session, sheet_id: int) -> dict[str, ProposalDecision]:
    """What was decided on the proposals of a sheet, by item."""
    rows = session.exec(select(ProposalDecision).where(ProposalDecision.sheet_id == sheet_id))
    return {row.item_id: row for row in rows}


# --- rates --------------------------------------------------------------------------------------


def check_adoption(
    engine: Engine, actor: Actor, *, year: int | None = None
) -> tuple[CheckAdoption, ...]:
    """Every check with a decision or a trial, the most rejected first."""
    access.require(actor, "proposals.view")
    with reading(engine) as session:
        query = select(ProposalDecision).order_by(col(ProposalDecision.decided_at))
        rows = session.exec(query).all()
        trials = {row.check_id: row for row in _open_trials(session)}
    by_check: dict[str, list[ProposalDecision]] = {check_id: [] for check_id in trials}
    for row in rows:
        if year is None or local(row.decided_at).year == year:
            for check_id in row.check_ids or ():
                by_check.setdefault(check_id, []).append(row)
    titles = {each.id: Words(each.title.zh, each.title.en) for each in checks()}
    found = [
        _adoption(check_id, titles.get(check_id, Words(check_id, check_id)), own, trials)
        for check_id, own in by_check.items()
    ]
    return tuple(
        sorted(found, key=lambda each: (-each.rate.rejected, each.rate.decided, each.check_id))
    )


def _adoption(
    check_id: str,
    title: Words,
    rows: list[ProposalDecision],
    trials: Mapping[str, CheckTrial],
) -> CheckAdoption:
    reasons: dict[str, int] = {}
    months: dict[str, list[ProposalDecision]] = {}
    for row in rows:
        months.setdefault(f"{local(row.decided_at):%Y-%m}", []).append(row)
        if row.decision == Decision.REJECTED:
            reasons[row.reason_key] = reasons.get(row.reason_key, 0) + 1
    rate = _rate(rows)
    trial = trials.get(check_id)
    return CheckAdoption(
        check_id=check_id,
        title=title,
        rate=rate,
        reasons=tuple(sorted(reasons.items(), key=lambda each: (-each[1], each[0]))),
        months=tuple((month, _rate(own)) for month, own in sorted(months.items())),
        trial=_trial_view(trial) if trial else None,
        is_suggested=trial is None and is_rejected_too_often(rate.rejected, rate.decided),
    )


def _rate(rows: Iterable[ProposalDecision]) -> Rate:
    counted = [row.decision for row in rows]
    return Rate(*(counted.count(each) for each in Decision))


def rejections(
    engine: Engine, actor: Actor, check_id: str, *, limit: int = 100
) -> tuple[RejectionView, ...]:
    """The rejected proposals of one check, the latest first."""
    access.require(actor, "proposals.view")
    with reading(engine) as session:
        rows = session.exec(
            select(ProposalDecision, Case)
            .join(ScoreSheet, col(ScoreSheet.id) == col(ProposalDecision.sheet_id))
            .join(Case, col(Case.id) == col(ScoreSheet.case_id))
            .where(ProposalDecision.decision == Decision.REJECTED)
            .order_by(col(ProposalDecision.decided_at).desc())
        ).all()
    return tuple(
        RejectionView(
            case.id or 0, case.case_no, row.item_id, row.reason_key, row.reason, row.decided_at
        )
        for row, case in rows
        if check_id in (row.check_ids or ())
    )[:limit]


# --- trial --------------------------------------------------------------------------------------


def on_trial(session: Session) -> frozenset[str]:
    """The checks that are shown and not proposed."""
    return frozenset(row.check_id for row in _open_trials(session))


def _open_trials(session: Session) -> Sequence[CheckTrial]:
    return session.exec(select(CheckTrial).where(col(CheckTrial.ended_at).is_(None))).all()


def start_trial(engine: Engine, actor: Actor, check_id: str, *, reason: str) -> int:
    """Put a check on trial; returns its id. Raises ReasonMissing, NotFound, DuplicateRow."""
    access.require(actor, "proposals.trial")
    if not reason.strip():
        raise ReasonMissing(what="转为试运行", what_en="putting a check on trial")
    if by_id(check_id) is None:
        raise NotFound(what="检查项", what_en="check", key=check_id)
    with transaction(engine) as session:
        if check_id in on_trial(session):
            raise DuplicateRow(what="试运行", what_en="the trial of", key=check_id)
        row = CheckTrial(check_id=check_id, reason=reason.strip(), started_by=actor.row_id)
        session.add(row)
        session.flush()
        assert row.id is not None
        audit.record(
            session, actor.audit_name, "check.trial", "check", check_id, reason=reason.strip()
        )
        return row.id


def end_trial(
    engine: Engine, actor: Actor, trial_id: int, *, reason: str, seen_version: int
) -> None:
    """Let a check propose again. Raises ReasonMissing, WrongState, Stale."""
    access.require(actor, "proposals.trial")
    if not reason.strip():
        raise ReasonMissing(what="结束试运行", what_en="ending a trial")
    with transaction(engine) as session:
        row = at_version(
            session, CheckTrial, trial_id, "试运行", "the trial", seen_version=seen_version
        )
        if row.ended_at is not None:
            raise WrongState(
                what="试运行",
                what_en="the trial",
                state="已结束",
                action="结束",
                action_en="end it",
            )
        row.ended_at = now()
        row.ended_by = actor.row_id
        row.end_reason = reason.strip()
        audit.record(
            session,
            actor.audit_name,
            "check.trial_end",
            "check",
            row.check_id,
            reason=reason.strip(),
        )


def trials(engine: Engine, actor: Actor, check_id: str) -> tuple[TrialView, ...]:
    """Every trial of a check, the latest first."""
    access.require(actor, "proposals.view")
    with reading(engine) as session:
        rows = session.exec(
            select(CheckTrial)
            .where(CheckTrial.check_id == check_id)
            .order_by(col(CheckTrial.id).desc())
        ).all()
    return tuple(_trial_view(row) for row in rows)


def _trial_view(row: CheckTrial) -> TrialView:
    return TrialView(
        row.id or 0, row.reason, row.started_at, row.ended_at, row.end_reason, row.version
    )


def years(engine: Engine, actor: Actor, *, today: date) -> tuple[int, ...]:
    """The years in which proposals were decided, and this one, the latest first."""
    access.require(actor, "proposals.view")
    with reading(engine) as session:
        found = {local(at).year for at in session.exec(select(ProposalDecision.decided_at))}
    return tuple(sorted(found | {today.year}, reverse=True))
