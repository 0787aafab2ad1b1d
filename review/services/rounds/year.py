"""The year: its rounds against the plan, and the ledger of work targets with their evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from review.common.clock import now, today
from review.common.store import Store
from review.db import audit
from review.db.accounts import User
from review.db.rows import at_version, found
from review.db.session import reading, transaction
from review.errors import BadValue, DuplicateRow, NotFound, ReasonMissing
from review.planning.phases import has_reached
from review.planning.plan import PlannedRound, YearPlan, year_plan
from review.planning.tables import ROUND_HEAD, Round, RoundState, TargetEvidence, WorkTarget
from review.planning.targets import USUAL, Measure, Standing, standing
from review.services import access
from review.services.access import Actor
from review.services.rounds.rounds import RoundCard, list_rounds
from review.settings import settings


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """One thing that was done for a target; `file_name` empty where no paper was kept."""

    id: int
    done_on: date
    amount: Decimal
    note: str
    file_name: str
    added_by: str


@dataclass(frozen=True, slots=True)
class TargetView:
    """A target with how far it is. `is_counted`: from the rounds, nobody enters it."""

    id: int
    measure: Measure
    title: str
    unit: str
    goal: Decimal
    done: Decimal
    due_on: date
    lead_section: str
    standing: Standing
    given_up: str
    is_counted: bool
    evidence: tuple[EvidenceView, ...]
    version: int

    @property
    def share(self) -> Decimal:
        """How much of the goal is reached, 0 to 1."""
        return min(self.done / self.goal, Decimal(1)) if self.goal else Decimal(1)


@dataclass(frozen=True, slots=True)
class YearView:
    """Everything the page of a year shows."""

    plan: YearPlan
    rounds: tuple[RoundCard, ...]
    leads: dict[int, tuple[str, str]]
    targets: tuple[TargetView, ...]


def year_page(engine: Engine, actor: Actor, year: int) -> YearView:
    """The year with its rounds in the order of their beginning, and its targets."""
    cards = sorted(list_rounds(engine, actor, year=year), key=lambda each: each.starts_on)
    with reading(engine) as session:
        rows = session.exec(select(Round).options(*ROUND_HEAD)).all()
        planned = [PlannedRound(row.title, row.starts_on) for row in rows]
        return YearView(
            plan=year_plan(planned, year=year, today=today()),
            rounds=tuple(cards),
            leads={row.id or 0: (row.lead, row.taking_part) for row in rows if row.year == year},
            targets=_targets(session, year),
        )


def _targets(session: Session, year: int) -> tuple[TargetView, ...]:
    rows = session.exec(
        select(WorkTarget).where(WorkTarget.year == year).order_by(col(WorkTarget.id))
    ).all()
    kept = session.exec(
        select(TargetEvidence)
        .where(
            col(TargetEvidence.target_id).in_([row.id for row in rows]),
            col(TargetEvidence.removed_at).is_(None),
        )
        .order_by(col(TargetEvidence.done_on), col(TargetEvidence.id))
    ).all()
    names = {user.id: user.name for user in session.exec(select(User))}
    states = session.exec(select(Round.state).where(Round.year == year)).all()
    reviews = sum(has_reached(state, RoundState.SCORING) for state in states)
    return tuple(
        _target_view(row, [each for each in kept if each.target_id == row.id], names, reviews)
        for row in rows
    )


def _target_view(
    row: WorkTarget,
    evidence: Sequence[TargetEvidence],
    names: dict[int | None, str],
    reviews: int,
) -> TargetView:
    is_counted = row.measure == Measure.REVIEWS
    done = Decimal(reviews) if is_counted else _done(row, evidence)
    return TargetView(
        id=row.id or 0,
        measure=Measure(row.measure),
        title=row.title,
        unit=row.unit,
        goal=row.goal,
        done=done,
        due_on=row.due_on,
        lead_section=row.lead_section,
        standing=standing(
            goal=row.goal,
            done=done,
            begins_on=date(row.year, 1, 1),
            due_on=row.due_on,
            today=today(),
            given_up=bool(row.given_up),
        ),
        given_up=row.given_up,
        is_counted=is_counted,
        evidence=tuple(
            EvidenceView(
                each.id or 0,
                each.done_on,
                each.amount,
                each.note,
                each.file_name,
                names.get(each.added_by, ""),
            )
            for each in evidence
        ),
        version=row.version,
    )


def _done(row: WorkTarget, evidence: Sequence[TargetEvidence]) -> Decimal:
    """What is reached: a rate is the latest reported, everything else adds up."""
    if row.unit.strip() in ("%", "％"):
        return evidence[-1].amount if evidence else Decimal(0)
    return sum((each.amount for each in evidence), Decimal(0))


def add_usual_targets(engine: Engine, actor: Actor, year: int, *, lead_section: str = "") -> int:
    """Add the usual targets that the year does not have yet; returns how many were added."""
    access.require(actor, "year.manage")
    with transaction(engine) as session:
        known = set(session.exec(select(WorkTarget.title).where(WorkTarget.year == year)))
        missing = [each for each in USUAL if each.zh not in known]
        for each in missing:
            session.add(
                WorkTarget(
                    year=year,
                    measure=str(each.measure),
                    title=each.zh,
                    unit=each.unit,
                    goal=each.goal,
                    due_on=date(year, 12, 31),
                    lead_section=lead_section,
                    created_by=actor.row_id,
                )
            )
        audit.record(
            session, actor.audit_name, "target.add_usual", "year", year, added=len(missing)
        )
        return len(missing)


def add_target(
    engine: Engine,
    actor: Actor,
    *,
    year: int,
    measure: Measure | str,
    title: str,
    unit: str,
    goal: Decimal,
    due_on: date,
    lead_section: str = "",
) -> int:
    """Add a target; returns its id. Raises BadValue, DuplicateRow."""
    access.require(actor, "year.manage")
    values = _checked(year, measure, title, unit=unit, goal=goal, due_on=due_on)
    with transaction(engine) as session:
        standing_row = session.exec(
            select(WorkTarget.id).where(WorkTarget.year == year, WorkTarget.title == values.title)
        ).first()
        if standing_row is not None:
            raise DuplicateRow(what="工作指标", what_en="target", key=values.title)
        values.lead_section = lead_section.strip()
        values.created_by = actor.row_id
        session.add(values)
        session.flush()
        assert values.id is not None
        audit.record(
            session,
            actor.audit_name,
            "target.add",
            "work_target",
            values.id,
            title=values.title,
            goal=str(goal),
        )
        return values.id


def edit_target(
    engine: Engine,
    actor: Actor,
    target_id: int,
    *,
    title: str,
    unit: str,
    goal: Decimal,
    due_on: date,
    lead_section: str,
    seen_version: int,
) -> None:
    """Change a target; what it was stands in the audit trail. Raises BadValue, Stale."""
    access.require(actor, "year.manage")
    with transaction(engine) as session:
        row = at_version(
            session, WorkTarget, target_id, "工作指标", "the target", seen_version=seen_version
        )
        values = _checked(row.year, row.measure, title, unit=unit, goal=goal, due_on=due_on)
        before = {"title": row.title, "goal": str(row.goal), "due_on": row.due_on.isoformat()}
        row.title, row.unit, row.goal = values.title, values.unit, values.goal
        row.due_on, row.lead_section = due_on, lead_section.strip()
        session.add(row)
        audit.record(
            session,
            actor.audit_name,
            "target.edit",
            "work_target",
            target_id,
            before=before,
            goal=str(goal),
        )


def give_up_target(
    engine: Engine, actor: Actor, target_id: int, *, reason: str, seen_version: int
) -> None:
    """Give a target up, with a reason; an empty target again where it was given up before."""
    access.require(actor, "year.manage")
    if not reason.strip():
        raise ReasonMissing(what="取消指标", what_en="giving the target up")
    with transaction(engine) as session:
        row = at_version(
            session, WorkTarget, target_id, "工作指标", "the target", seen_version=seen_version
        )
        row.given_up = reason.strip()
        session.add(row)
        audit.record(
            session, actor.audit_name, "target.give_up", "work_target", target_id, reason=reason
        )


def _checked(
    year: int, measure: Measure | str, title: str, *, unit: str, goal: Decimal, due_on: date
) -> WorkTarget:
    """A target with checked values. Raises BadValue."""
    if measure not in tuple(Measure):
        raise _bad("类别", "measure", measure, "没有此类别", "no such measure")
    if not title.strip():
        raise _bad("指标", "target", "", "不能为空", "must not be empty")
    if not unit.strip():
        raise _bad("计量单位", "unit", "", "不能为空", "must not be empty")
    if goal <= 0:
        raise _bad("目标值", "goal", goal, "应大于 0", "must be above 0")
    if due_on.year != year:
        raise _bad("完成时限", "due", due_on, f"应在 {year} 年内", f"must be in {year}")
    return WorkTarget(
        year=year,
        measure=str(measure),
        title=title.strip(),
        unit=unit.strip(),
        goal=goal,
        due_on=due_on,
    )


def _bad(zh: str, en: str, value: object, reason: str, reason_en: str) -> BadValue:
    return BadValue(field=zh, field_en=en, value=value, reason=reason, reason_en=reason_en)


def add_evidence(
    engine: Engine,
    actor: Actor,
    target_id: int,
    *,
    done_on: date,
    amount: Decimal,
    note: str,
    paper: tuple[str, bytes] | None = None,
) -> int:
    """Note what was done for a target, with a paper (name and bytes) if there is one.

    Reviews are counted from the rounds and take none. Raises BadValue, NotFound.
    """
    access.require(actor, "year.manage")
    if amount <= 0:
        raise _bad("数量", "amount", amount, "应大于 0", "must be above 0")
    if done_on > today():
        raise _bad("日期", "day", done_on, "不能晚于今天", "must not be in the future")
    if not note.strip():
        raise _bad("说明", "note", "", "不能为空", "must not be empty")
    with transaction(engine) as session:
        row = found(session, WorkTarget, target_id, "工作指标", "target")
        if row.measure == Measure.REVIEWS:
            raise _bad(
                "指标", "target", row.title, "由评查轮次自动统计", "is counted from the rounds"
            )
        made = TargetEvidence(
            target_id=target_id,
            done_on=done_on,
            amount=amount,
            note=note.strip(),
            file_name=Path(paper[0]).name if paper else "",
            file_sha256=Store(settings().store).add(paper[1]) if paper else "",
            added_by=actor.row_id,
        )
        session.add(made)
        session.flush()
        assert made.id is not None
        audit.record(
            session,
            actor.audit_name,
            "target.evidence",
            "work_target",
            target_id,
            amount=str(amount),
            done_on=done_on.isoformat(),
            sha256=made.file_sha256,
        )
        return made.id


def remove_evidence(engine: Engine, actor: Actor, evidence_id: int, *, reason: str) -> None:
    """Take evidence off that was entered by mistake; it stays on record. Raises ReasonMissing."""
    access.require(actor, "year.manage")
    if not reason.strip():
        raise ReasonMissing(what="删除佐证", what_en="removing the evidence")
    with transaction(engine) as session:
        row = found(session, TargetEvidence, evidence_id, "佐证", "evidence")
        if row.removed_at is not None:
            raise NotFound(what="佐证", what_en="evidence", key=evidence_id)
        row.removed_at = now()
        session.add(row)
        audit.record(
            session,
            actor.audit_name,
            "target.evidence_removed",
            "work_target",
            row.target_id,
            evidence=evidence_id,
            reason=reason,
        )


def evidence_file(engine: Engine, actor: Actor, evidence_id: int) -> tuple[str, bytes]:
    """The paper of an evidence: its name and bytes. Raises NotFound, NotAllowed."""
    access.require(actor, "round.view")
    with reading(engine) as session:
        row = found(session, TargetEvidence, evidence_id, "佐证", "evidence")
        if not row.file_sha256:
            raise NotFound(what="佐证文件", what_en="paper", key=evidence_id)
        return row.file_name, Store(settings().store).read(row.file_sha256)
