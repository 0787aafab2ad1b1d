"""Reading rectification lists: which a person may see, their items, history and proofs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Engine, false, func, true
from sqlalchemy import case as when
from sqlalchemy import select as several
from sqlmodel import Session, col, select

from review.casefiles.tables import Case
from review.checks.check import Severity
from review.common.clock import today
from review.db.accounts import Role, Unit, User
from review.db.rows import found
from review.db.session import reading
from review.findings.tables import Finding
from review.planning.tables import Round
from review.rectification.deadlines import Deadline, deadline
from review.rectification.lifecycle import Action, Side, possible
from review.rectification.tables import (
    ItemEvent,
    ItemState,
    RectificationItem,
    RectificationList,
)
from review.services import access
from review.services.access import Actor
from review.services.case_files.check_rows import (
    EvidenceView,
    LawView,
    evidence_of,
    evidence_views,
    page_finder,
)


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


def list_lists(engine: Engine, actor: Actor, *, round_id: int | None = None) -> list[ListCard]:
    """The lists that the actor may see, the newest first."""
    access.require(actor, "list.view")
    query = select(RectificationList).where(visible_lists(actor))
    if round_id is not None:
        query = query.where(RectificationList.round_id == round_id)
    with reading(engine) as session:
        rows = session.exec(query.order_by(col(RectificationList.id).desc())).all()
        return _cards(session, rows)


def _cards(session: Session, rows: Sequence[RectificationList]) -> list[ListCard]:
    """Lists with what is in them, counted for all of them at once."""
    item = col(RectificationItem.state)
    is_late = item.not_in((ItemState.CLOSED, ItemState.SUBMITTED)) & (
        col(RectificationItem.due_on) < today()
    )  # as `deadlines.is_overdue` has it
    counted = {
        list_id: tuple(numbers)
        for list_id, *numbers in session.execute(
            several(
                col(RectificationItem.list_id),
                func.count(),
                func.sum(when((item == ItemState.CLOSED, 1), else_=0)),
                func.sum(when((item == ItemState.SUBMITTED, 1), else_=0)),
                func.sum(when((is_late, 1), else_=0)),
            )
            .where(col(RectificationItem.list_id).in_([row.id for row in rows]))
            .group_by(col(RectificationItem.list_id))
        )
    }
    titles = dict(session.execute(several(col(Round.id), col(Round.title))).all())
    units = dict(session.execute(several(col(Unit.id), col(Unit.name))).all())
    cards = []
    for row in rows:
        items, closed, submitted, overdue = counted.get(row.id or 0, (0, 0, 0, 0))
        cards.append(
            ListCard(
                id=row.id or 0,
                round_id=row.round_id,
                round_title=titles.get(row.round_id, ""),
                unit_id=row.unit_id,
                unit_name=units.get(row.unit_id, ""),
                number=row.number,
                issued_on=row.issued_on,
                items=items,
                closed=closed,
                submitted=submitted,
                overdue=overdue,
                version=row.version,
            )
        )
    return cards


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
        return ListView(_cards(session, [row])[0], tuple(item_views(session, actor, list_id)))


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
    histories = _events(session, list_id, names)
    side = side_of(actor)
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
            events=tuple(histories.get(item.id or 0, ())),
            version=item.version,
        )
        for item, finding, case in rows
    ]


def _events(
    session: Session, list_id: int, names: dict[int | None, str]
) -> dict[int, list[EventView]]:
    """The histories of the items of a list."""
    query = (
        select(ItemEvent)
        .join(RectificationItem, col(RectificationItem.id) == col(ItemEvent.item_id))
        .where(RectificationItem.list_id == list_id)
        .order_by(col(ItemEvent.id))
    )
    histories: dict[int, list[EventView]] = {}
    for row in session.exec(query):
        histories.setdefault(row.item_id, []).append(
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
        )
    return histories


def side_of(actor: Actor) -> Side | None:
    """On whose side the actor stands; None for those who only read."""
    if actor.role is Role.UNIT:
        return Side.UNIT
    return Side.REGULATIONS if actor.role is Role.REGULATIONS else None
