"""Rectification lists: issued from confirmed findings, worked on by the unit, verified, closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import ColumnElement, Engine, false, true
from sqlmodel import Session, col, select

from review.casefiles.tables import Case
from review.checks.check import Severity
from review.common.clock import today
from review.common.store import Store
from review.db import audit
from review.db.accounts import Role, Unit, User
from review.db.rows import at_version, found
from review.db.session import reading, transaction
from review.errors import BadValue, NotAllowed, NotFound, WrongState
from review.findings.tables import Finding, FindingState
from review.planning.tables import Round, RoundState
from review.rectification.deadlines import Deadline, deadline, refuse_past_deadline
from review.rectification.deadlines import due_on as last_day
from review.rectification.lifecycle import Action, Side, possible, step
from review.rectification.tables import (
    ItemEvent,
    ItemState,
    RectificationItem,
    RectificationList,
)
from review.services import access
from review.services.access import Actor
from review.services.calendar import calendar_in
from review.services.check_rows import (
    EvidenceView,
    LawView,
    evidence_of,
    evidence_views,
    page_finder,
)
from review.settings import settings

EDIT = "edit"


@dataclass(frozen=True, slots=True)
class ListCard:
    """A list as the overview shows it."""

    id: int
    round_id: int
    round_title: str
    unit_id: int
    unit_name: str
    number: str
    issued_on: date | None
    items: int
    closed: int
    submitted: int
    overdue: int
    version: int


@dataclass(frozen=True, slots=True)
class EventView:
    """One step of an item's history."""

    id: int
    action: str
    from_state: str
    to_state: str
    note: str
    proof_name: str
    proof_sha256: str
    actor_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item with what may be done with it by the person who looks."""

    id: int
    sequence: int
    finding_id: int
    case_id: int
    case_no: str
    severity: Severity
    problem: str
    law: tuple[LawView, ...]
    evidence: tuple[EvidenceView, ...]
    measure: str
    responsible_person: str
    due_on: date
    deadline: Deadline
    state: ItemState
    progress: str
    actions: tuple[Action, ...]
    events: tuple[EventView, ...]
    version: int


@dataclass(frozen=True, slots=True)
class ListView:
    """A list with its items in their order."""

    card: ListCard
    items: tuple[ItemView, ...]


def visible_lists(actor: Actor) -> ColumnElement[bool]:
    """The condition on `RectificationList` that leaves what the actor may see."""
    if actor.role in (Role.REGULATIONS, Role.LEADER):
        return true()
    if actor.role is Role.UNIT and actor.unit_id is not None:
        return (col(RectificationList.unit_id) == actor.unit_id) & col(
            RectificationList.issued_on
        ).is_not(None)
    return false()


def issue_list(engine: Engine, actor: Actor, round_id: int, unit_id: int) -> int:
    """Issue the list of a round to a unit, or add what was confirmed since; returns its id.

    The days of each item run from today. Raises WrongState where nothing new is confirmed.
    """
    access.require(actor, "list.issue")
    with transaction(engine) as session:
        row = found(session, Round, round_id, "评查轮次", "round")
        unit = found(session, Unit, unit_id, "单位", "unit")
        findings = _unlisted(session, round_id, unit_id)
        if not findings or row.state in (RoundState.PLANNED, RoundState.CLOSED):
            raise WrongState(
                what=f"“{unit.name}”的整改清单（没有新认定的问题）",
                what_en=f"the list of {unit.name} (nothing new is confirmed)",
                state=row.state,
                action="下发",
                action_en="issue it",
            )
        held = session.exec(
            select(RectificationList).where(
                RectificationList.round_id == round_id, RectificationList.unit_id == unit_id
            )
        ).first()
        if held is None:
            held = RectificationList(
                round_id=round_id,
                unit_id=unit_id,
                number=f"整改〔{row.year}〕{row.number:02d}-{unit_id:02d}号",
                issued_on=today(),
                issued_by=actor.row_id,
                version=0,
            )
        held.version += 1
        session.add(held)
        session.flush()
        assert held.id is not None
        _add_items(session, held.id, findings)
        audit.record(
            session,
            actor.audit_name,
            "list.issue",
            "rectification_list",
            held.id,
            round=round_id,
            unit=unit_id,
            findings=[each.id for each in findings],
        )
        return held.id


def _unlisted(session: Session, round_id: int, unit_id: int) -> list[Finding]:
    """Confirmed findings of the unit's cases that are on no list yet."""
    listed = select(RectificationItem.finding_id)
    rows = session.exec(
        select(Finding)
        .join(Case, col(Case.id) == col(Finding.case_id))
        .where(
            Finding.round_id == round_id,
            Case.unit_id == unit_id,
            Finding.state == FindingState.CONFIRMED,
            col(Finding.id).not_in(listed),
        )
        .order_by(col(Case.case_key), col(Finding.key))
    )
    return list(rows)


def _add_items(session: Session, list_id: int, findings: Sequence[Finding]) -> None:
    calendar, day = calendar_in(session), today()
    before = session.exec(
        select(RectificationItem).where(RectificationItem.list_id == list_id)
    ).all()
    for sequence, finding in enumerate(findings, len(before) + 1):
        assert finding.id is not None
        session.add(
            RectificationItem(
                list_id=list_id,
                finding_id=finding.id,
                sequence=sequence,
                problem=finding.text_zh,
                measure=finding.measure_zh,
                due_on=last_day(day, finding.due_days, calendar),
            )
        )


def list_lists(engine: Engine, actor: Actor, *, round_id: int | None = None) -> list[ListCard]:
    """The lists that the actor may see, the newest first."""
    access.require(actor, "list.view")
    query = select(RectificationList).where(visible_lists(actor))
    if round_id is not None:
        query = query.where(RectificationList.round_id == round_id)
    with reading(engine) as session:
        rows = session.exec(query.order_by(col(RectificationList.id).desc())).all()
        return [_card(session, row) for row in rows]


def _card(session: Session, row: RectificationList) -> ListCard:
    held = session.get(Round, row.round_id)
    unit = session.get(Unit, row.unit_id)
    items = session.exec(select(RectificationItem).where(RectificationItem.list_id == row.id)).all()
    day = today()
    late = [deadline(ItemState(each.state), each.due_on, day).urgency for each in items]
    return ListCard(
        id=row.id or 0,
        round_id=row.round_id,
        round_title=held.title if held else "",
        unit_id=row.unit_id,
        unit_name=unit.name if unit else "",
        number=row.number,
        issued_on=row.issued_on,
        items=len(items),
        closed=sum(each.state == ItemState.CLOSED for each in items),
        submitted=sum(each.state == ItemState.SUBMITTED for each in items),
        overdue=sum(urgency in ("overdue", "seriously_overdue") for urgency in late),
        version=row.version,
    )


def visible_list(session: Session, actor: Actor, list_id: int) -> RectificationList:
    """A list that the actor may see. Raises NotFound, NotAllowed."""
    row = found(session, RectificationList, list_id, "整改清单", "rectification list")
    seen = select(RectificationList.id).where(
        col(RectificationList.id) == list_id, visible_lists(actor)
    )
    if session.exec(seen).first() is None:
        access.refuse("list.view")
    return row


def list_view(engine: Engine, actor: Actor, list_id: int) -> ListView:
    """A list with everything its page shows. Raises NotFound, NotAllowed."""
    access.require(actor, "list.view")
    with reading(engine) as session:
        row = visible_list(session, actor, list_id)
        return ListView(_card(session, row), tuple(item_views(session, actor, list_id)))


def item_views(session: Session, actor: Actor, list_id: int) -> list[ItemView]:
    """The items of a list in their order."""
    rows = session.exec(
        select(RectificationItem, Finding, Case)
        .join(Finding, col(Finding.id) == col(RectificationItem.finding_id))
        .join(Case, col(Case.id) == col(Finding.case_id))
        .where(RectificationItem.list_id == list_id)
        .order_by(col(RectificationItem.sequence))
    ).all()
    names = {user.id: user.name for user in session.exec(select(User))}
    finders = {
        case_id: page_finder(session, case_id) for case_id in {f.case_id for _, f, _ in rows}
    }
    side = _side(actor)
    day = today()
    return [
        ItemView(
            id=item.id or 0,
            sequence=item.sequence,
            finding_id=item.finding_id,
            case_id=finding.case_id,
            case_no=case.case_no,
            severity=Severity(finding.severity),
            problem=item.problem,
            law=tuple(LawView(each["citation"], each["confirmed"]) for each in finding.law or ()),
            evidence=evidence_views(evidence_of(finding.evidence), finders[finding.case_id]),
            measure=item.measure,
            responsible_person=item.responsible_person,
            due_on=item.due_on,
            deadline=deadline(ItemState(item.state), item.due_on, day),
            state=ItemState(item.state),
            progress=item.progress,
            actions=possible(ItemState(item.state), side) if side else (),
            events=tuple(_events(session, item.id or 0, names)),
            version=item.version,
        )
        for item, finding, case in rows
    ]


def _events(session: Session, item_id: int, names: dict[int | None, str]) -> list[EventView]:
    query = select(ItemEvent).where(ItemEvent.item_id == item_id).order_by(col(ItemEvent.id))
    return [
        EventView(
            id=row.id or 0,
            action=row.action,
            from_state=row.from_state,
            to_state=row.to_state,
            note=row.note,
            proof_name=row.proof_name,
            proof_sha256=row.proof_sha256,
            actor_name=names.get(row.actor_id, ""),
            at=row.at,
        )
        for row in session.exec(query)
    ]


def _side(actor: Actor) -> Side | None:
    if actor.role is Role.UNIT:
        return Side.UNIT
    return Side.REGULATIONS if actor.role is Role.REGULATIONS else None


def _own_item(session: Session, actor: Actor, item_id: int, seen_version: int) -> RectificationItem:
    """An item that the actor may change: the section any, a unit those of its own lists."""
    item = found(session, RectificationItem, item_id, "整改事项", "rectification item")
    visible_list(session, actor, item.list_id)
    return at_version(
        session, RectificationItem, item_id, "整改事项", "the item", seen_version=seen_version
    )


def move_item(
    engine: Engine,
    actor: Actor,
    item_id: int,
    *,
    action: Action | str,
    seen_version: int,
    note: str = "",
    proof: tuple[Path, str] | None = None,
) -> None:
    """Take one step with an item; its date is now, no other can be given.

    `proof` is a file (path and name) that is kept with the step. Raises NotAllowed, WrongState,
    ReasonMissing, BadValue, Stale.
    """
    if action not in tuple(Action):
        raise BadValue(
            field="操作", field_en="action", value=action, reason="没有此操作", reason_en="unknown"
        )
    side = _side(actor)
    access.require(actor, "item.work" if side is Side.UNIT else "item.verify")
    assert side is not None
    kept = Store(settings().store).add_file(proof[0])[0] if proof else ""
    with transaction(engine) as session:
        item = _own_item(session, actor, item_id, seen_version)
        taken = step(
            ItemState(item.state),
            Action(action),
            side=side,
            actor_id=actor.user_id,
            submitted_by=_submitted_by(session, item_id),
            note=note,
        )
        item.state = taken.to_state
        if side is Side.UNIT and taken.note:
            item.progress = taken.note
        session.add(item)
        session.add(
            ItemEvent(
                item_id=item_id,
                action=str(taken.action),
                from_state=str(taken.from_state),
                to_state=str(taken.to_state),
                note=taken.note,
                proof_sha256=kept,
                proof_name=Path(proof[1]).name if proof else "",
                actor_id=actor.user_id,
            )
        )
        audit.record(
            session,
            actor.audit_name,
            f"item.{taken.action}",
            "rectification_item",
            item_id,
            before=str(taken.from_state),
            after=str(taken.to_state),
            proof=kept,
        )


def _submitted_by(session: Session, item_id: int) -> int | None:
    return session.exec(
        select(ItemEvent.actor_id)
        .where(ItemEvent.item_id == item_id, ItemEvent.action == Action.SUBMIT)
        .order_by(col(ItemEvent.id).desc())
    ).first()


def edit_item(
    engine: Engine,
    actor: Actor,
    item_id: int,
    *,
    seen_version: int,
    measure: str | None = None,
    responsible_person: str | None = None,
    due_on: date | None = None,
    note: str = "",
) -> None:
    """Change an item that is not closed; None leaves a field as it is.

    The section sets measure and deadline, the unit names who is responsible. A change stays in the
    item's history. Raises NotAllowed, BadValue, WrongState, Stale.
    """
    access.require(actor, "item.edit")
    if actor.role is Role.UNIT and (measure is not None or due_on is not None):
        raise NotAllowed(
            action="修改整改措施和期限", action_en="change the measure or the deadline"
        )
    with transaction(engine) as session:
        item = _own_item(session, actor, item_id, seen_version)
        if item.state == ItemState.CLOSED:
            raise WrongState(
                what="整改事项",
                what_en="the item",
                state=item.state,
                action="修改",
                action_en="change it",
            )
        if measure is not None and not measure.strip():
            raise BadValue(
                field="整改措施",
                field_en="measure",
                value="",
                reason="不能为空",
                reason_en="must not be empty",
            )
        if due_on is not None and due_on != item.due_on:
            refuse_past_deadline(due_on, today())
        changes = {
            name: value
            for name, value in (
                ("measure", measure.strip() if measure is not None else None),
                ("responsible_person", responsible_person),
                ("due_on", due_on),
            )
            if value is not None and value != getattr(item, name)
        }
        said = "；".join(f"{name}: {getattr(item, name)} → {to}" for name, to in changes.items())
        for name, value in changes.items():
            setattr(item, name, value)
        session.add(item)
        session.add(
            ItemEvent(
                item_id=item_id,
                action=EDIT,
                from_state=item.state,
                to_state=item.state,
                note="；".join(part for part in (note.strip(), said) if part),
                actor_id=actor.user_id,
            )
        )
        audit.record(
            session,
            actor.audit_name,
            "item.edit",
            "rectification_item",
            item_id,
            fields=sorted(changes),
        )


def proof_file(engine: Engine, actor: Actor, event_id: int) -> tuple[str, Path]:
    """The name and the kept file of a step's proof. Raises NotFound, NotAllowed."""
    access.require(actor, "list.view")
    with reading(engine) as session:
        event = found(session, ItemEvent, event_id, "整改记录", "step")
        item = found(session, RectificationItem, event.item_id, "整改事项", "item")
        visible_list(session, actor, item.list_id)
    if not event.proof_sha256:
        raise NotFound(what="佐证材料", what_en="proof", key=event_id)
    return event.proof_name, Store(settings().store).path(event.proof_sha256)
