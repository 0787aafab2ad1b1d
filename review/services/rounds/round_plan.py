"""Planning a round: its scope and frozen editions, its notice, its timetable of twelve steps."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from review.common.clock import now, today
from review.db import audit
from review.db.accounts import Unit, User
from review.db.rows import at_version, found
from review.db.session import transaction
from review.errors import BadValue, DuplicateRow, ReasonMissing
from review.planning.phases import BY_RECORD, STEPS, Step, is_after, step_states
from review.planning.tables import Round, RoundKind, RoundState, RoundStep
from review.services import access
from review.services.access import Actor
from review.services.rounds.round_guards import refuse_state
from review.services.rules.editions import edition_by_key, newest_editions

LARGE_DIFFERENCE = Decimal(5)
"""Points between two scorers beyond which the panel has to look at a case, unless planned else."""

OBJECTION_DAYS = 5
"""Working days in which a unit may object, unless planned otherwise."""


def _refuse(zh: str, en: str, value: object, reason: str, reason_en: str) -> None:
    raise BadValue(field=zh, field_en=en, value=value, reason=reason, reason_en=reason_en)


@dataclass(frozen=True, slots=True)
class StepView:
    """One of the twelve steps: done, now or open; planned until when, done when and by whom.

    `is_late` where the day planned for it is over and it is not done.
    """

    key: Step
    state: str
    due_on: date | None
    done_at: datetime | None
    done_by: str
    note: str
    is_late: bool
    is_recorded: bool
    version: int


def plan_round(
    engine: Engine,
    actor: Actor,
    *,
    title: str,
    kind: RoundKind | str = RoundKind.REVIEW,
    topic: str = "",
    year: int,
    number: int | None = None,
    scope_from: date,
    scope_to: date,
    starts_on: date,
    ends_on: date,
    unit_ids: Collection[int],
    editions: Mapping[str, str] | None = None,
    double_scoring: bool = True,
    hide_proposals: bool = False,
    lead: str = "",
    taking_part: str = "",
    target_cases: int = 0,
    quotas: Mapping[str, int] | None = None,
    deliberation_points: Decimal = LARGE_DIFFERENCE,
    objection_days: int = OBJECTION_DAYS,
    timetable: Mapping[Step, date] | None = None,
) -> int:
    """Plan a round and freeze its editions; returns its id.

    `scope_from` to `scope_to` are the closing days of the cases that may be drawn. `editions` maps
    slots (procedures) to edition keys; None takes the newest in force at the start for each.
    `number` None takes the next of the year. `timetable` plans the end of steps. Raises BadValue,
    DuplicateRow, NotFound.
    """
    access.require(actor, "round.manage")
    title = title.strip()
    if not title:
        _refuse("名称", "title", "", "不能为空", "must not be empty")
    if kind not in tuple(RoundKind):
        _refuse("类型", "kind", kind, "没有此类型", "no such kind")
    if scope_from > scope_to:
        _refuse("结案日期范围", "scope", f"{scope_from}–{scope_to}", "起止颠倒", "ends first")
    if starts_on > ends_on:
        _refuse("评查日期", "dates", f"{starts_on}–{ends_on}", "起止颠倒", "ends first")
    if not unit_ids:
        _refuse("被评查单位", "units", "", "至少选择一个", "choose one at least")
    _check_figures(target_cases, deliberation_points, objection_days)
    frozen = (
        newest_editions(engine, starts_on)
        if editions is None
        else {slot: edition_by_key(engine, key) for slot, key in editions.items()}
    )
    if not frozen:
        _refuse("评查标准", "editions", "", "没有生效的标准", "none is in force")
    with transaction(engine) as session:
        if session.exec(select(Round.id).where(Round.title == title)).first() is not None:
            raise DuplicateRow(what="评查轮次", what_en="round", key=title)
        for unit_id in unit_ids:
            found(session, Unit, unit_id, "单位", "unit")
        if number is None:
            last = session.exec(select(func.max(Round.number)).where(Round.year == year)).one()
            number = (last or 0) + 1
        made = Round(
            title=title,
            kind=str(kind),
            topic=topic.strip(),
            year=year,
            number=number,
            scope_from=scope_from,
            scope_to=scope_to,
            starts_on=starts_on,
            ends_on=ends_on,
            unit_ids=sorted(unit_ids),
            editions=frozen,
            double_scoring=double_scoring,
            hide_proposals=hide_proposals,
            lead=lead.strip(),
            taking_part=taking_part.strip(),
            target_cases=target_cases,
            quotas=dict(quotas) if quotas else None,
            deliberation_points=deliberation_points,
            objection_days=objection_days,
            created_by=actor.row_id,
        )
        session.add(made)
        session.flush()
        assert made.id is not None
        for step, due_on in (timetable or {}).items():
            session.add(RoundStep(round_id=made.id, key=str(step), due_on=due_on))
        audit.record(
            session,
            actor.audit_name,
            "round.plan",
            "round",
            made.id,
            title=title,
            editions=frozen,
            scope=[scope_from.isoformat(), scope_to.isoformat()],
            units=sorted(unit_ids),
            timetable={str(step): day.isoformat() for step, day in (timetable or {}).items()},
        )
        return made.id


def _check_figures(target_cases: int, points: Decimal, objection_days: int) -> None:
    if target_cases < 0:
        _refuse("计划件数", "planned cases", target_cases, "不能为负", "must not be negative")
    if not 0 <= points <= 100:
        _refuse("合议分差", "spread", points, "应为 0 至 100", "0 to 100")
    if not 1 <= objection_days <= 60:
        _refuse("异议期（工作日）", "objection days", objection_days, "应为 1 至 60", "1 to 60")


def issue_notice(
    engine: Engine,
    actor: Actor,
    round_id: int,
    *,
    number: str,
    issued_on: date,
    text: str,
    seen_version: int,
) -> None:
    """Issue the notice of a planned round: the units begin to review themselves.

    Raises BadValue, WrongState, Stale.
    """
    access.require(actor, "round.manage")
    if not number.strip():
        _refuse("通知文号", "number", "", "不能为空", "must not be empty")
    if not text.strip():
        _refuse("通知内容", "text", "", "不能为空", "must not be empty")
    with transaction(engine) as session:
        row = at_version(
            session, Round, round_id, "评查轮次", "the round", seen_version=seen_version
        )
        if row.state != RoundState.PLANNED:
            refuse_state(row, "印发通知", "issue the notice")
        row.notice_no, row.notice_on, row.notice_text = number.strip(), issued_on, text.strip()
        row.state = RoundState.NOTIFIED
        session.add(row)
        finish_steps(session, actor, row, RoundState.PLANNED)
        audit.record(
            session, actor.audit_name, "round.notice", "round", round_id, number=row.notice_no
        )


def record_step(
    engine: Engine, actor: Actor, round_id: int, step: Step | str, *, note: str, seen_version: int
) -> None:
    """Record that a step is done which no state shows: the self-review, the hand-over of files.

    `seen_version` is the round's. Raises BadValue (a step that the state shows), ReasonMissing (no
    note), WrongState (the step is not reached, or done), Stale.
    """
    access.require(actor, "round.manage")
    if step not in BY_RECORD:
        _refuse("步骤", "step", step, "由轮次状态自动记录", "follows from the round's state")
    if not note.strip():
        raise ReasonMissing(what="步骤完成情况", what_en="recording the step")
    with transaction(engine) as session:
        row = at_version(
            session, Round, round_id, "评查轮次", "the round", seen_version=seen_version
        )
        made = _step_row(session, round_id, Step(step))
        reached = RoundState.NOTIFIED if step == Step.SELF_REVIEW else RoundState.DRAWN
        if made.done_at is not None or not (row.state == reached or is_after(row.state, reached)):
            refuse_state(row, "登记该步骤", "record this step")
        made.done_at, made.done_by, made.note = now(), actor.row_id, note.strip()
        made.version += 1
        session.add(made)
        audit.record(
            session, actor.audit_name, "round.step", "round", round_id, step=str(step), note=note
        )


def plan_step(
    engine: Engine, actor: Actor, round_id: int, step: Step | str, *, due_on: date | None
) -> None:
    """Plan until when a step is to be done; None takes the day away. Raises NotFound."""
    access.require(actor, "round.manage")
    with transaction(engine) as session:
        found(session, Round, round_id, "评查轮次", "round")
        made = _step_row(session, round_id, Step(step))
        before, made.due_on = made.due_on, due_on
        made.version += 1
        session.add(made)
        audit.record(
            session,
            actor.audit_name,
            "round.plan_step",
            "round",
            round_id,
            step=str(step),
            before=before.isoformat() if before else None,
            after=due_on.isoformat() if due_on else None,
        )


def _step_row(session: Session, round_id: int, step: Step) -> RoundStep:
    row = session.exec(
        select(RoundStep).where(RoundStep.round_id == round_id, RoundStep.key == step)
    ).first()
    return row or RoundStep(round_id=round_id, key=str(step), version=0)


def finish_steps(session: Session, actor: Actor, row: Round, before: RoundState | str) -> None:
    """Note when the steps were done that a move of the state has just ended."""
    earlier = step_states(before)
    for step, state in step_states(row.state).items():
        if state != "done" or earlier[step] == "done" or step in BY_RECORD:
            continue
        made = _step_row(session, row.id or 0, step)
        if made.done_at is None:
            made.done_at, made.done_by = now(), actor.row_id
            made.version += 1
            session.add(made)


def step_views(session: Session, row: Round) -> tuple[StepView, ...]:
    """The twelve steps of a round in their order."""
    kept = {
        step.key: step
        for step in session.exec(select(RoundStep).where(RoundStep.round_id == row.id))
    }
    people = [step.done_by for step in kept.values() if step.done_by]
    names = dict(session.exec(select(User.id, User.name).where(col(User.id).in_(people))).all())
    states = step_states(row.state)
    day = today()
    views = []
    for step in STEPS:
        own = kept.get(str(step))
        state = states[step]
        if step in BY_RECORD:
            is_done = own is not None and own.done_at is not None
            state = "done" if is_done else ("open" if state == "open" else "now")
        due_on = own.due_on if own else None
        views.append(
            StepView(
                key=step,
                state=state,
                due_on=due_on,
                done_at=own.done_at if own else None,
                done_by=names.get(own.done_by, "") if own and own.done_by else "",
                note=own.note if own else "",
                is_late=due_on is not None and due_on < day and state != "done",
                is_recorded=step in BY_RECORD,
                version=own.version if own else 0,
            )
        )
    return tuple(views)
