"""Rectification lists (整改清单), their items and the history of each item."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlmodel import Field, UniqueConstraint

from review.db.base import Table, document, hundredths, instant


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


class ItemRecheck(Table, table=True):
    """A check that raised an item, run again on the papers as they are now; append-only."""

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="rectificationitem.id", index=True)
    check_id: str
    outcome: str
    message_zh: str
    message_en: str
    actor_id: int | None = Field(default=None, foreign_key="user.id")
    at: datetime = instant()


class Escalation(Table, table=True):
    """A reminder or escalation of an open item, once for each deadline and step; append-only.

    `step` is the number of days after the deadline: 0 (today), 3 or 7.
    """

    __table_args__ = (UniqueConstraint("item_id", "due_on", "step"), {"extend_existing": True})

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="rectificationitem.id", index=True)
    due_on: date
    step: int
    told: str
    at: datetime = instant()


class ThresholdAction(StrEnum):
    """What reaching a threshold means: 约谈 or 考核熔断."""

    TALK = "talk"
    SUSPENSION = "suspension"


class Threshold(Table, table=True):
    """From which figure a unit is called to a talk, or its assessment is suspended.

    The bureau sets them; `basis` names the document that says so, empty where it is a proposal.
    """

    __table_args__ = (UniqueConstraint("action", "measure"), {"extend_existing": True})

    id: int | None = Field(default=None, primary_key=True)
    action: str
    measure: str
    limit: Decimal = hundredths()
    is_active: bool = True
    basis: str = ""
    set_by: int | None = Field(default=None, foreign_key="user.id")
    set_at: datetime = instant()
    version: int = 1


class Accountability(Table, table=True):
    """The record of a talk (约谈) or a suspension (考核熔断): why, with whom, what was said.

    `figures` are the measures that reached their thresholds, as they were when it was opened.
    """

    __table_args__ = (UniqueConstraint("action", "round_id", "unit_id"), {"extend_existing": True})

    id: int | None = Field(default=None, primary_key=True)
    action: str
    round_id: int = Field(foreign_key="round.id", index=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    figures: Any = document()
    opened_by: int | None = Field(default=None, foreign_key="user.id")
    opened_at: datetime = instant()
    participants: str = ""
    content: str = ""
    demands: str = ""
    recorded_by: int | None = Field(default=None, foreign_key="user.id")
    recorded_at: datetime | None = None
    version: int = 1
