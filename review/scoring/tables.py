"""Score sheets, their item scores, the history of every score, and pinned evidence."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlmodel import Field, UniqueConstraint

from review.db.base import Table, document, hundredths, instant


class SheetState(StrEnum):
    """Where a sheet stands. A withdrawn one was begun by somebody who left the panel."""

    OPEN = "open"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"


class ScoreSheet(Table, table=True):
    """One scorer's sheet for one case of a round, under one edition for ever.

    `edition` is `<kind>/<date>`, `edition_sha256` the file's hash when the round was planned.
    `is_result` marks the sheet that the panel or the regulations section made the common result.
    """

    __table_args__ = (UniqueConstraint("assignment_id"), {"extend_existing": True})

    id: int | None = Field(default=None, primary_key=True)
    assignment_id: int = Field(foreign_key="assignment.id", index=True)
    case_id: int = Field(foreign_key="case.id", index=True)
    scorer_id: int = Field(foreign_key="user.id", index=True)
    edition: str
    edition_sha256: str
    state: str = SheetState.OPEN
    overall: str = ""
    submitted_at: datetime | None = None
    version: int = 1


class ItemScore(Table, table=True):
    """The current score of one item. `result` is 符合, 部分符合, 不符合, 不适用 or 待核.

    `chosen` maps the item's deduction ids to counts; `deduction` is what the item's rule made of
    them. `version` counts accepted writes of this item.
    """

    __table_args__ = (UniqueConstraint("sheet_id", "item_id"), {"extend_existing": True})

    id: int | None = Field(default=None, primary_key=True)
    sheet_id: int = Field(foreign_key="scoresheet.id", index=True)
    item_id: str
    result: str
    chosen: Any = document()
    deduction: Decimal = hundredths(default=Decimal(0))
    comment: str = ""
    origin: str = "person"
    version: int = 1
    scored_at: datetime = instant()


class ScoreEvent(Table, table=True):
    """Every accepted score ever, append-only; `client_id` makes a repeated send harmless."""

    __table_args__ = (UniqueConstraint("sheet_id", "client_id"), {"extend_existing": True})

    id: int | None = Field(default=None, primary_key=True)
    sheet_id: int = Field(foreign_key="scoresheet.id", index=True)
    item_id: str
    version: int
    result: str
    chosen: Any = document()
    deduction: Decimal = hundredths(default=Decimal(0))
    comment: str = ""
    client_id: str
    scorer_id: int = Field(foreign_key="user.id")
    at: datetime = instant()


class Pin(Table, table=True):
    """Evidence that a reviewer pinned to an item: a page and, if drawn, a box in points."""

    id: int | None = Field(default=None, primary_key=True)
    sheet_id: int = Field(foreign_key="scoresheet.id", index=True)
    item_id: str
    page_id: int = Field(foreign_key="pagerow.id")
    box: Any = document()
    quote: str = ""
    note: str = ""
    pinned_by: int = Field(foreign_key="user.id")
    pinned_at: datetime = instant()
    removed_at: datetime | None = None
