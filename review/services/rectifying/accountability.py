"""Talks and suspensions: the bureau's thresholds, which units reach them, and the records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Engine, func
from sqlalchemy import select as several
from sqlmodel import Session, col, select

from review.common.clock import now, today
from review.db import audit
from review.db.accounts import Unit, User
from review.db.rows import at_version, found
from review.db.session import reading, transaction
from review.errors import BadValue, NotFound, ReasonMissing, WrongState
from review.findings.results import percent
from review.planning.tables import ROUND_HEAD, Round, RoundState
from review.rectification.lifecycle import Action
from review.rectification.tables import (
    Accountability,
    ItemEvent,
    ItemState,
    RectificationItem,
    RectificationList,
    Threshold,
    ThresholdAction,
)
from review.rectification.thresholds import (
    PROPOSED,
    Limit,
    Measure,
    Reached,
    reached,
)
from review.services import access
from review.services.access import Actor
from review.services.results.repeats import repeated_problems
from review.services.results.round_figures import round_figures

LARGEST = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class ThresholdView:
    """One threshold; `id` None for a proposal that nobody set yet, which is never active."""

    id: int | None
    action: ThresholdAction
    measure: Measure
    limit: Decimal
    is_active: bool
    basis: str
    version: int


@dataclass(frozen=True, slots=True)
class UnitReached:
    """The thresholds that a unit reached in a round, and the records that were opened for them."""

    round_id: int
    round_title: str
    unit_id: int
    unit: str
    reached: tuple[Reached, ...]
    opened: tuple[ThresholdAction, ...]


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record of a talk or a suspension."""

    id: int
    action: ThresholdAction
    round_id: int
    round_title: str
    unit_id: int
    unit: str
    figures: tuple[tuple[Measure, Decimal, Decimal], ...]
    opened_at: datetime
    opened_by: str
    participants: str
    content: str
    demands: str
    recorded_at: datetime | None
    version: int


def thresholds(engine: Engine, actor: Actor) -> list[ThresholdView]:
    """The thresholds that were set, and the proposals that nobody set yet."""
    access.require(actor, "result.view")
    with reading(engine) as session:
        rows = session.exec(select(Threshold).order_by(col(Threshold.id))).all()
    views = [
        ThresholdView(
            row.id,
            ThresholdAction(row.action),
            Measure(row.measure),
            row.limit,
            row.is_active,
            row.basis,
            row.version,
        )
        for row in rows
    ]
    known = {(each.action, each.measure) for each in views}
    views += [
        ThresholdView(None, action, measure, limit, is_active=False, basis="", version=0)
        for action, measure, limit in PROPOSED
        if (action, measure) not in known
    ]
    return sorted(views, key=lambda each: (each.action, tuple(Measure).index(each.measure)))


def set_threshold(
    engine: Engine,
    actor: Actor,
    *,
    action: ThresholdAction | str,
    measure: Measure | str,
    limit: Decimal,
    is_active: bool,
    basis: str,
    seen_version: int,
) -> None:
    """Set a threshold; in force it names the document that says so. Raises BadValue, Stale."""
    access.require(actor, "threshold.manage")
    if action not in tuple(ThresholdAction) or measure not in tuple(Measure):
        raise BadValue(
            field="指标", field_en="measure", value=measure, reason="没有此指标",
            reason_en="unknown",
        )  # fmt: skip
    if not 0 < limit <= LARGEST:
        raise BadValue(
            field="阈值", field_en="limit", value=limit, reason="应大于 0", reason_en="above 0"
        )
    if is_active and not basis.strip():
        raise ReasonMissing(what="启用阈值（依据文件）", what_en="the threshold: its basis")
    with transaction(engine) as session:
        row = session.exec(
            select(Threshold).where(Threshold.action == action, Threshold.measure == measure)
        ).first()
        if row is None:
            row = Threshold(action=str(action), measure=str(measure), limit=limit, version=1)
        else:
            row = at_version(
                session, Threshold, row.id, "阈值", "the threshold", seen_version=seen_version
            )
        row.limit, row.is_active, row.basis = limit, is_active, basis.strip()
        row.set_by, row.set_at = actor.row_id, now()
        session.add(row)
        session.flush()
        audit.record(
            session,
            actor.audit_name,
            "threshold.set",
            "threshold",
            row.id,
            leads_to=row.action,
            measure=row.measure,
            limit=str(limit),
            active=is_active,
        )


def units_reached(engine: Engine, actor: Actor, round_id: int) -> list[UnitReached]:
    """Units of a round that reached a threshold in force. Raises NotFound."""
    access.require(actor, "result.view")
    with reading(engine) as session:
        row = found(session, Round, round_id, "评查轮次", "round", options=ROUND_HEAD)
        return _reached(session, row)


def reached_of_late(engine: Engine, actor: Actor) -> list[UnitReached]:
    """The same of rounds that are published and not archived, and of all of the last two years.

    The newest round first. What older rounds led to stands in the records.
    """
    access.require(actor, "result.view")
    with reading(engine) as session:
        if session.exec(select(Threshold.id).where(col(Threshold.is_active).is_(True))).first():
            rows = session.exec(
                select(Round)
                .where(
                    col(Round.state).in_((RoundState.PUBLISHED, RoundState.RECTIFYING))
                    | (
                        (col(Round.state) == RoundState.CLOSED)
                        & (col(Round.year) >= today().year - 1)
                    )
                )
                .order_by(col(Round.year).desc(), col(Round.number).desc())
                .options(*ROUND_HEAD)
            ).all()
            return [each for row in rows for each in _reached(session, row)]
    return []


def _reached(session: Session, row: Round) -> list[UnitReached]:
    limits = [
        Limit(ThresholdAction(each.action), Measure(each.measure), each.limit)
        for each in session.exec(select(Threshold).where(col(Threshold.is_active).is_(True)))
    ]
    if not limits:
        return []
    opened: dict[int, list[ThresholdAction]] = {}
    for record in session.exec(select(Accountability).where(Accountability.round_id == row.id)):
        opened.setdefault(record.unit_id, []).append(ThresholdAction(record.action))
    found_units = []
    for unit_id, name, figures in _figures(session, row):
        over = reached(figures, limits)
        if over:
            found_units.append(
                UnitReached(
                    row.id or 0,
                    row.title,
                    unit_id,
                    name,
                    tuple(over),
                    tuple(opened.get(unit_id, ())),
                )
            )
    return found_units


def _figures(session: Session, row: Round) -> list[tuple[int, str, dict[Measure, Decimal | None]]]:
    summed = round_figures(session, row)
    repeats = repeated_problems(session, row)
    longest, again = _longest_overdue(session, row), _reopened(session, row)
    found_units = []
    for unit in summed.units:
        lowest = max((each.rank for each in unit.grades), default=0)
        unqualified = sum(each.count for each in unit.grades if each.rank == lowest and lowest)
        found_units.append(
            (
                unit.unit_id,
                unit.unit,
                {
                    Measure.VETOES: Decimal(unit.vetoes),
                    Measure.UNQUALIFIED_SHARE: percent(unqualified, unit.reviewed),
                    Measure.AVERAGE_BELOW: unit.average,
                    Measure.OVERDUE_ITEMS: Decimal(unit.overdue),
                    Measure.LONGEST_OVERDUE_DAYS: Decimal(longest.get(unit.unit_id, 0)),
                    Measure.REPEATED_PROBLEMS: Decimal(
                        sum(each.unit_id == unit.unit_id for each in repeats)
                    ),
                    Measure.REOPENED_ITEMS: Decimal(again.get(unit.unit_id, 0)),
                },
            )
        )
    return found_units


def _longest_overdue(session: Session, row: Round) -> dict[int, int]:
    waiting = (ItemState.TO_DO, ItemState.IN_WORK, ItemState.SENT_BACK)
    rows = session.execute(
        several(col(RectificationList.unit_id), func.min(RectificationItem.due_on))
        .join(RectificationItem, col(RectificationItem.list_id) == col(RectificationList.id))
        .where(
            col(RectificationList.round_id) == row.id,
            col(RectificationItem.state).in_(waiting),
        )
        .group_by(col(RectificationList.unit_id))
    )
    return {unit_id: max((today() - due).days, 0) for unit_id, due in rows}


def _reopened(session: Session, row: Round) -> dict[int, int]:
    rows = session.execute(
        several(
            col(RectificationList.unit_id),
            func.count(func.distinct(ItemEvent.item_id)),
        )
        .join(RectificationItem, col(RectificationItem.list_id) == col(RectificationList.id))
        .join(ItemEvent, col(ItemEvent.item_id) == col(RectificationItem.id))
        .where(col(RectificationList.round_id) == row.id, col(ItemEvent.action) == Action.REOPEN)
        .group_by(col(RectificationList.unit_id))
    )
    return {row[0]: row[1] for row in rows}


def open_record(
    engine: Engine, actor: Actor, *, round_id: int, unit_id: int, action: ThresholdAction | str
) -> int:
    """Open the record of a talk or a suspension for a unit that reached a threshold.

    Returns its id; the one that is open already stays. Raises WrongState where nothing is reached.
    """
    access.require(actor, "threshold.manage")
    with transaction(engine) as session:
        row = found(session, Round, round_id, "评查轮次", "round", options=ROUND_HEAD)
        own = next((each for each in _reached(session, row) if each.unit_id == unit_id), None)
        over = [each for each in own.reached if each.action == action] if own else []
        if not over:
            raise WrongState(
                what="该单位",
                what_en="the unit",
                state="未达到阈值",
                state_en="below every threshold",
                action="启动约谈或者熔断",
                action_en="open a record",
            )
        held = session.exec(
            select(Accountability).where(
                Accountability.action == action,
                Accountability.round_id == round_id,
                Accountability.unit_id == unit_id,
            )
        ).first()
        if held is not None:
            return held.id or 0
        made = Accountability(
            action=str(action),
            round_id=round_id,
            unit_id=unit_id,
            figures=[[each.measure, str(each.figure), str(each.limit)] for each in over],
            opened_by=actor.row_id,
        )
        session.add(made)
        session.flush()
        assert made.id is not None
        audit.record(
            session,
            actor.audit_name,
            "accountability.open",
            "accountability",
            made.id,
            kind=made.action,
            round=round_id,
            unit=unit_id,
            figures=made.figures,
        )
        return made.id


def write_record(
    engine: Engine,
    actor: Actor,
    record_id: int,
    *,
    participants: str,
    content: str,
    demands: str,
    seen_version: int,
) -> None:
    """Write down who was there, what was said and what is demanded; its date is now, once.

    Raises ReasonMissing for an empty part, WrongState once it is written, Stale.
    """
    access.require(actor, "threshold.manage")
    for text, zh, en in (
        (participants, "参加人员", "who took part"),
        (content, "谈话内容", "what was said"),
        (demands, "整改要求", "what is demanded"),
    ):
        if not text.strip():
            raise ReasonMissing(what=zh, what_en=en)
    with transaction(engine) as session:
        row = at_version(
            session, Accountability, record_id, "记录", "the record", seen_version=seen_version
        )
        if row.recorded_at is not None:
            raise WrongState(
                what="记录",
                what_en="the record",
                state="已完成",
                state_en="complete",
                action="修改",
                action_en="change it",
            )
        row.participants, row.content = participants.strip(), content.strip()
        row.demands = demands.strip()
        row.recorded_by, row.recorded_at = actor.row_id, now()
        session.add(row)
        audit.record(session, actor.audit_name, "accountability.write", "accountability", record_id)


def records(engine: Engine, actor: Actor, *, round_id: int | None = None) -> list[RecordView]:
    """The records, the newest first."""
    access.require(actor, "result.view")
    query = (
        select(Accountability, Round, Unit)
        .join(Round, col(Round.id) == col(Accountability.round_id))
        .join(Unit, col(Unit.id) == col(Accountability.unit_id))
        .order_by(col(Accountability.id).desc())
        .options(*ROUND_HEAD)
    )
    if round_id is not None:
        query = query.where(Accountability.round_id == round_id)
    with reading(engine) as session:
        names = {user.id: user.name for user in session.exec(select(User))}
        return [_view(row, held, unit, names) for row, held, unit in session.exec(query)]


def _view(
    row: Accountability, held: Round, unit: Unit, names: Mapping[int | None, str]
) -> RecordView:
    return RecordView(
        id=row.id or 0,
        action=ThresholdAction(row.action),
        round_id=row.round_id,
        round_title=held.title,
        unit_id=row.unit_id,
        unit=unit.name,
        figures=tuple(
            (Measure(measure), Decimal(figure), Decimal(limit))
            for measure, figure, limit in row.figures or ()
        ),
        opened_at=row.opened_at,
        opened_by=names.get(row.opened_by, ""),
        participants=row.participants,
        content=row.content,
        demands=row.demands,
        recorded_at=row.recorded_at,
        version=row.version,
    )


def record_view(engine: Engine, actor: Actor, record_id: int) -> RecordView:
    """One record. Raises NotFound."""
    for each in records(engine, actor):
        if each.id == record_id:
            return each
    raise NotFound(what="记录", what_en="record", key=record_id)
