"""Rectification: lists issued from confirmed findings, worked on by the unit, verified, closed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from review.casefiles.tables import Case
from review.common.clock import today
from review.common.store import Store
from review.db import audit
from review.db.accounts import Role, Unit
from review.db.rows import at_version, found
from review.db.session import reading, transaction
from review.errors import BadValue, NotAllowed, NotFound, WrongState
from review.findings.tables import Finding, FindingState
from review.planning.phases import STATE_WORDS
from review.planning.tables import Round, RoundState
from review.rectification.deadlines import due_on as last_day
from review.rectification.deadlines import refuse_past_deadline
from review.rectification.lifecycle import Action, Side, state_word, step
from review.rectification.tables import (
    ItemEvent,
    ItemState,
    RectificationItem,
    RectificationList,
)
from review.services import access
from review.services.access import Actor
from review.services.rectifying.rectification_views import (
    EventView,
    ItemView,
    ListCard,
    ListView,
    item_views,
    list_lists,
    list_view,
    side_of,
    visible_list,
    visible_lists,
)
from review.services.rules.calendar import calendar_in
from review.settings import settings

__all__ = [
    "EventView",
    "ItemView",
    "ListCard",
    "ListView",
    "attach_proof",
    "edit_item",
    "issue_list",
    "item_views",
    "list_lists",
    "list_view",
    "move_item",
    "proof_file",
    "visible_list",
    "visible_lists",
]

EDIT = "edit"
PROOF = "proof"

SECTION_FIELDS = frozenset({"measure", "due_on"})
"""What only the regulations section sets."""

FIELD_WORDS = {
    "measure": "整改措施",
    "responsible_person": "责任人",
    "due_on": "整改期限",
    "progress": "整改情况",
}
"""How the history of an item names what was changed."""


def issue_list(engine: Engine, actor: Actor, round_id: int, unit_id: int) -> int:
    """Issue the list of a round to a unit, or add what was confirmed since; returns its id.

    The days of each item run from today. Raises WrongState where nothing new is confirmed.
    """
    access.require(actor, "list.issue")
    with transaction(engine) as session:
        row = found(session, Round, round_id, "评查轮次", "round")
        unit = found(session, Unit, unit_id, "单位", "unit")
        findings = _unlisted(session, round_id, unit_id)
        zh, en = STATE_WORDS[RoundState(row.state)]
        if not findings or row.state not in (RoundState.PUBLISHED, RoundState.RECTIFYING):
            because = "" if findings else "（没有新认定的问题）"
            because_en = "" if findings else " (nothing new is confirmed)"
            raise WrongState(
                what=f"“{unit.name}”的整改清单{because}",
                what_en=f"the list of {unit.name}{because_en}",
                state=zh,
                state_en=en,
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


def own_item(session: Session, actor: Actor, item_id: int, seen_version: int) -> RectificationItem:
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
    ReasonMissing, ProofMissing, BadValue, Stale.
    """
    if action not in tuple(Action):
        raise BadValue(
            field="操作", field_en="action", value=action, reason="没有此操作", reason_en="unknown"
        )
    side = side_of(actor)
    access.require(actor, "item.work" if side is Side.UNIT else "item.verify")
    kept = Store(settings().store).add_file(proof[0])[0] if proof else ""
    with transaction(engine) as session:
        item = own_item(session, actor, item_id, seen_version)
        take_step(
            session,
            actor,
            item,
            Action(action),
            note=note,
            proof=(kept, Path(proof[1]).name) if proof else None,
        )


def take_step(
    session: Session,
    actor: Actor,
    item: RectificationItem,
    action: Action,
    *,
    note: str,
    proof: tuple[str, str] | None = None,
) -> None:
    """One step of an item within a transaction of the caller's; `proof` is hash and name."""
    side = side_of(actor)
    assert side is not None
    assert item.id is not None
    taken = step(
        ItemState(item.state),
        action,
        side=side,
        actor_id=actor.user_id,
        submitted_by=_submitted_by(session, item.id),
        note=note,
        has_proof=proof is not None or has_proof(session, item.id),
    )
    item.state = taken.to_state
    if side is Side.UNIT and taken.note:
        item.progress = taken.note
    session.add(item)
    session.add(
        ItemEvent(
            item_id=item.id,
            action=str(taken.action),
            from_state=str(taken.from_state),
            to_state=str(taken.to_state),
            note=taken.note,
            proof_sha256=proof[0] if proof else "",
            proof_name=proof[1] if proof else "",
            actor_id=actor.user_id,
        )
    )
    audit.record(
        session,
        actor.audit_name,
        f"item.{taken.action}",
        "rectification_item",
        item.id,
        before=str(taken.from_state),
        after=str(taken.to_state),
        proof=proof[0] if proof else "",
    )


def has_proof(session: Session, item_id: int) -> bool:
    """Whether a proof was handed in since the item last went back to the unit."""
    events = session.exec(
        select(ItemEvent).where(ItemEvent.item_id == item_id).order_by(col(ItemEvent.id).desc())
    )
    for event in events:
        if event.proof_sha256:
            return True
        if event.action in (Action.SEND_BACK, Action.REOPEN):
            return False
    return False


def _submitted_by(session: Session, item_id: int) -> int | None:
    return session.exec(
        select(ItemEvent.actor_id)
        .where(ItemEvent.item_id == item_id, ItemEvent.action == Action.SUBMIT)
        .order_by(col(ItemEvent.id).desc())
    ).first()


def attach_proof(
    engine: Engine, actor: Actor, list_id: int, item_ids: Collection[int], proof: tuple[Path, str]
) -> None:
    """Keep one file as proof of several open items of a list, before they are submitted.

    Raises NotFound, NotAllowed, WrongState for an item that is submitted or closed.
    """
    access.require(actor, "item.work")
    kept = Store(settings().store).add_file(proof[0])[0]
    with transaction(engine) as session:
        visible_list(session, actor, list_id)
        for item_id in sorted(item_ids):
            item = found(session, RectificationItem, item_id, "整改事项", "rectification item")
            if item.list_id != list_id:
                raise NotFound(what="整改事项", what_en="rectification item", key=item_id)
            if item.state in (ItemState.SUBMITTED, ItemState.CLOSED):
                _refuse_state(item, "补充佐证材料", "add a proof")
            item.version += 1
            session.add(item)
            session.add(
                ItemEvent(
                    item_id=item_id,
                    action=PROOF,
                    from_state=item.state,
                    to_state=item.state,
                    proof_sha256=kept,
                    proof_name=Path(proof[1]).name,
                    actor_id=actor.user_id,
                )
            )
        audit.record(
            session,
            actor.audit_name,
            "item.proof",
            "rectification_list",
            list_id,
            items=sorted(item_ids),
            proof=kept,
        )


def _refuse_state(item: RectificationItem, zh: str, en: str) -> None:
    state = ItemState(item.state)
    raise WrongState(
        what="整改事项",
        what_en="the item",
        state=state_word(state, "zh"),
        state_en=state_word(state, "en"),
        action=zh,
        action_en=en,
    )


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
    changes = {
        name: value
        for name, value in (
            ("measure", measure),
            ("responsible_person", responsible_person),
            ("due_on", due_on),
        )
        if value is not None
    }
    with transaction(engine) as session:
        item = own_item(session, actor, item_id, seen_version)
        change_fields(session, actor, item, changes, note=note)


def change_fields(
    session: Session,
    actor: Actor,
    item: RectificationItem,
    wanted: Mapping[str, str | date],
    *,
    note: str = "",
) -> None:
    """Change fields of an item within a transaction of the caller's; what is equal stays."""
    if actor.role is Role.UNIT and wanted.keys() & SECTION_FIELDS:
        raise NotAllowed(
            action="修改整改措施和期限", action_en="change the measure or the deadline"
        )
    if item.state == ItemState.CLOSED:
        _refuse_state(item, "修改", "change it")
    changes: dict[str, str | date] = {}
    for name, value in wanted.items():
        cleaned = value.strip() if isinstance(value, str) else value
        if name == "measure" and not cleaned:
            raise BadValue(
                field="整改措施",
                field_en="measure",
                value="",
                reason="不能为空",
                reason_en="must not be empty",
            )
        if cleaned == getattr(item, name):
            continue
        if isinstance(cleaned, date):
            refuse_past_deadline(cleaned, today())
        changes[name] = cleaned
    said = "；".join(
        f"{FIELD_WORDS[name]}：{getattr(item, name) or '—'} → {to or '—'}"
        for name, to in changes.items()
    )
    for name, to in changes.items():
        setattr(item, name, to)
    session.add(item)
    session.add(
        ItemEvent(
            item_id=item.id or 0,
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
        item.id,
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
