"""Looking at the audit trail: its records, newest first, and whether the chain is whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, func
from sqlmodel import col, select

from review.db.accounts import User
from review.db.audit import AuditRecord, verify_chain
from review.db.session import reading
from review.errors import AuditBroken
from review.services import access
from review.services.access import Actor
from review.services.rules.editions import Words

WITHHELD = "***"
"""Stands where a record holds what its reader may not learn; that it is there is told."""

_ALWAYS = frozenset(
    {"result", "chosen", "deduction", "score", "grade", "votes", "outcomes", "set_aside", "figures"}
)
"""Keys of details that hold scores or what was found, whatever the record is about."""

_OF_REVIEWS = frozenset({"severity", "reason", "before", "after", "origin", "veto", "checks"})
"""Keys that do so in records about the subjects of `_REVIEWED`; elsewhere they hold states."""

_REVIEWED = frozenset(
    {"score_sheet", "common_item", "round_case", "finding", "objection", "result"}
)


@dataclass(frozen=True, slots=True)
class ChainStatus:
    """Whether the chain is whole; `head` is its last digest, to be kept elsewhere as well.

    `broken_at` is the record where it breaks, None where it does not.
    """

    records: int
    head: str
    broken_at: int | None
    message: Words


@dataclass(frozen=True, slots=True)
class RecordView:
    """One record of the trail. `actor_name` is the person's name, or what is kept of the actor.

    `detail` tells nothing of scores and findings: who reads the trail has no right on them.
    """

    sequence: int
    at: datetime
    actor: str
    actor_name: str
    action: str
    subject: str
    subject_id: str
    detail: Any
    sha256: str


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Some records, and how many there are in all."""

    rows: tuple[RecordView, ...]
    total: int


def _told(row: AuditRecord) -> Any:
    """The detail without what only those at the review may know (planning.blindness)."""
    hidden = _ALWAYS | _OF_REVIEWS if row.subject in _REVIEWED else _ALWAYS
    if not isinstance(row.detail, dict):
        return row.detail
    return {key: WITHHELD if key in hidden else value for key, value in row.detail.items()}


def chain_status(engine: Engine, actor: Actor) -> ChainStatus:
    """Recompute the whole chain."""
    access.require(actor, "audit.view")
    with reading(engine) as session:
        try:
            records, head = verify_chain(session)
        except AuditBroken as error:
            count = session.exec(select(func.count()).select_from(AuditRecord)).one()
            broken = int(str(error.details["sequence"]))
            return ChainStatus(count, "", broken, Words(error.text("zh"), error.text("en")))
    return ChainStatus(records, head, None, Words("审计链完整", "The audit chain is whole"))


def records(
    engine: Engine,
    actor: Actor,
    *,
    offset: int = 0,
    limit: int = 50,
    action: str | None = None,
    subject: str | None = None,
    subject_id: str | None = None,
) -> RecordPage:
    """Records of the trail, the newest first; at most 500 at once."""
    access.require(actor, "audit.view")
    query = select(AuditRecord)
    if action:
        query = query.where(col(AuditRecord.action).startswith(action))
    if subject:
        query = query.where(AuditRecord.subject == subject)
    if subject_id:
        query = query.where(AuditRecord.subject_id == subject_id)
    with reading(engine) as session:
        total = session.exec(select(func.count()).select_from(query.subquery())).one()
        rows = session.exec(
            query.order_by(col(AuditRecord.sequence).desc())
            .offset(max(offset, 0))
            .limit(min(max(limit, 0), 500))
        ).all()
        names = {f"user:{user.id}": user.name for user in session.exec(select(User))}
        return RecordPage(
            tuple(
                RecordView(
                    sequence=row.sequence,
                    at=row.at,
                    actor=row.actor,
                    actor_name=names.get(row.actor, row.actor),
                    action=row.action,
                    subject=row.subject,
                    subject_id=row.subject_id,
                    detail=_told(row),
                    sha256=row.sha256,
                )
                for row in rows
            ),
            total,
        )
