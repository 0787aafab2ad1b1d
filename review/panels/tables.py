"""Who scores which case of a round, what the panel said, and the common result."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlmodel import Field, UniqueConstraint

from review.db.base import Table, document, hundredths, instant


class Assignment(Table, table=True):
    """One scorer for one drawn case. `seat` is A or B (first review) or P1, P2 … (panel).

    Who withdrew after he had begun keeps his sheet for the record: `ended_at` is set, and the seat
    is renamed (A becomes A~1) so that somebody else can take it.
    """

    __table_args__ = (
        UniqueConstraint("round_case_id", "seat"),
        UniqueConstraint("round_case_id", "user_id"),
        {"extend_existing": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    round_case_id: int = Field(foreign_key="roundcase.id", index=True)
    user_id: int = Field(foreign_key="user.id", index=True)
    seat: str
    assigned_at: datetime = instant()
    assigned_by: int | None = Field(default=None, foreign_key="user.id")
    ended_at: datetime | None = None
    ended_reason: str = ""
    version: int = 1


class CommonState(StrEnum):
    """Where the common result of a case stands."""

    OPEN = "open"
    SETTLED = "settled"


class CommonResult(Table, table=True):
    """The result of one drawn case that holds for all: merged from the sheets, or deliberated.

    `members` are ids of those who deliberated, `chair_id` one of them. A case on which all scorers
    agree has no members and no conclusion.
    """

    __table_args__ = (UniqueConstraint("round_case_id"), {"extend_existing": True})

    id: int | None = Field(default=None, primary_key=True)
    round_case_id: int = Field(foreign_key="roundcase.id", index=True)
    state: str = CommonState.OPEN
    needs_panel: bool = False
    held_on: date | None = None
    place: str = ""
    chair_id: int | None = Field(default=None, foreign_key="user.id")
    members: Any = document()
    conclusion: str = ""
    settled_by: int | None = Field(default=None, foreign_key="user.id")
    settled_at: datetime | None = None
    version: int = 1


class CommonOrigin(StrEnum):
    """How an item of the common result came about."""

    AGREED = "agreed"
    PANEL = "panel"


class CommonItem(Table, table=True):
    """One item of a common result. `result` is empty while it is disputed and not settled."""

    __table_args__ = (UniqueConstraint("common_result_id", "item_id"), {"extend_existing": True})

    id: int | None = Field(default=None, primary_key=True)
    common_result_id: int = Field(foreign_key="commonresult.id", index=True)
    item_id: str
    is_disputed: bool = False
    result: str = ""
    chosen: Any = document()
    deduction: Decimal = hundredths(default=Decimal(0))
    comment: str = ""
    origin: str = CommonOrigin.AGREED
    reason: str = ""
    settled_by: int | None = Field(default=None, foreign_key="user.id")
    settled_at: datetime | None = None
    version: int = 1


class PanelVote(Table, table=True):
    """The view and vote of one member on one disputed item; a later one replaces it."""

    __table_args__ = (UniqueConstraint("common_item_id", "user_id"), {"extend_existing": True})

    id: int | None = Field(default=None, primary_key=True)
    common_item_id: int = Field(foreign_key="commonitem.id", index=True)
    user_id: int = Field(foreign_key="user.id")
    result: str
    view: str
    voted_at: datetime = instant()
    version: int = 1
