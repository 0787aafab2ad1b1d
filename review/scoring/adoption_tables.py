"""What people did with the proposals of the machine, and the checks that are on trial."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, UniqueConstraint

from review.db.base import Table, document, instant


class ProposalDecision(Table, table=True):
    """What a scorer did with the proposal of one item: accepted, edited or rejected, and why.

    `check_ids` are the checks behind it; `reason_key` one of the listed reasons or empty.
    """

    __table_args__ = (UniqueConstraint("sheet_id", "item_id"), {"extend_existing": True})

    id: int | None = Field(default=None, primary_key=True)
    sheet_id: int = Field(foreign_key="scoresheet.id", index=True)
    item_id: str
    check_ids: Any = document()
    proposed: str
    decision: str
    reason_key: str = ""
    reason: str = ""
    decided_by: int = Field(foreign_key="user.id")
    decided_at: datetime = instant()
    version: int = 1


class CheckTrial(Table, table=True):
    """A time in which a check is on trial (试运行): shown, not proposed. Open while not ended."""

    id: int | None = Field(default=None, primary_key=True)
    check_id: str = Field(index=True)
    reason: str
    started_by: int | None = Field(default=None, foreign_key="user.id")
    started_at: datetime = instant()
    end_reason: str = ""
    ended_by: int | None = Field(default=None, foreign_key="user.id")
    ended_at: datetime | None = None
    version: int = 1
