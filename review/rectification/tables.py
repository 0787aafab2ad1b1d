"""Rectification lists (整改清单), their items and the history of each item."""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field, UniqueConstraint

from review.db.base import Table, instant


class ItemState(StrEnum):
    """待整改, 整改中, 已提交, 复查通过（销号）, 退回. Overdue is computed, not stored."""

    TO_DO = "to_do"
    IN_WORK = "in_work"
    SUBMITTED = "submitted"
    CLOSED = "closed"
    SENT_BACK = "sent_back"


class RectificationList(Table, table=True):
    """The list of one round for one unit."""

    __table_args__ = (UniqueConstraint("round_id", "unit_id"), {"extend_existing": True})

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    number: str = ""
    issued_on: date | None = None
    issued_by: int | None = Field(default=None, foreign_key="user.id")
    version: int = 1


class RectificationItem(Table, table=True):
    """One problem to be put right: measure, responsible, deadline, state."""

    __table_args__ = (UniqueConstraint("list_id", "finding_id"), {"extend_existing": True})

    id: int | None = Field(default=None, primary_key=True)
    list_id: int = Field(foreign_key="rectificationlist.id", index=True)
    finding_id: int = Field(foreign_key="finding.id", index=True)
    sequence: int
    problem: str
    measure: str
    responsible_person: str = ""
    due_on: date
    state: str = ItemState.TO_DO
    progress: str = ""
    version: int = 1


class ItemEvent(Table, table=True):
    """One step in the life of an item, append-only; its date is the true one."""

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="rectificationitem.id", index=True)
    action: str
    from_state: str
    to_state: str
    note: str = ""
    proof_sha256: str = ""
    proof_name: str = ""
    actor_id: int = Field(foreign_key="user.id")
    at: datetime = instant()
