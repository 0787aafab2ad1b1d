"""Findings (问题): what was found wrong, by whom, confirmed or dismissed."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlmodel import Field, UniqueConstraint

from review.db.base import Table, document, hundredths, instant


class FindingState(StrEnum):
    """Where a finding stands."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


class Finding(Table, table=True):
    """One problem of one case in one round.

    `origin` tells tool from party: a check id (`check:DEC004`) or a scorer (`user:7`). `severity`
    veto, major, minor, hint. A veto is confirmed only by somebody who did not propose it.
    `check_ids` are the machine checks that raised it, which are run again after rectification.
    """

    __table_args__ = (UniqueConstraint("round_id", "case_id", "key"), {"extend_existing": True})

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    case_id: int = Field(foreign_key="case.id", index=True)
    key: str
    item_id: str = ""
    origin: str
    proposed_by: Any = document()
    severity: str
    text_zh: str
    text_en: str = ""
    deduction: Decimal = hundredths(default=Decimal(0))
    evidence: Any = document()
    law: Any = document()
    check_ids: Any = document()
    measure_zh: str = ""
    due_days: int = 15
    state: str = FindingState.PROPOSED
    reason: str = ""
    decided_by: int | None = Field(default=None, foreign_key="user.id")
    decided_at: datetime | None = None
    version: int = 1
    created_at: datetime = instant()
