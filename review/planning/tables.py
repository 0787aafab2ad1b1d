"""Rounds of review (评查轮次), the frozen population, the draw and the drawn cases."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Field, UniqueConstraint

from review.db.base import Table, document, instant


class RoundKind(StrEnum):
    """评查, 抽查, 专项, 飞行检查, 进驻评查."""

    REVIEW = "review"
    SPOT_CHECK = "spot_check"
    TOPIC = "topic"
    UNANNOUNCED = "unannounced"
    ON_SITE = "on_site"


class RoundState(StrEnum):
    """Where a round stands."""

    PLANNED = "planned"
    DRAWN = "drawn"
    SCORING = "scoring"
    CONFIRMING = "confirming"
    RECTIFYING = "rectifying"
    CLOSED = "closed"


class Round(Table, table=True):
    """One review of the year. `editions` maps procedure to edition key and sha256, frozen here.

    `draw_record` is the whole record of the draw: seed, population hash, strata, result.
    """

    id: int | None = Field(default=None, primary_key=True)
    title: str = Field(unique=True)
    kind: str = RoundKind.REVIEW
    topic: str = ""
    year: int = Field(index=True)
    number: int = 1
    scope_from: date
    scope_to: date
    starts_on: date
    ends_on: date
    unit_ids: Any = document()
    editions: Any = document()
    double_scoring: bool = True
    hide_proposals: bool = False
    state: str = RoundState.PLANNED
    draw_record: Any = document()
    created_by: int | None = Field(default=None, foreign_key="user.id")
    created_at: datetime = instant()
    version: int = 1


class RoundCase(Table, table=True):
    """One case drawn into a round."""

    __table_args__ = (UniqueConstraint("round_id", "case_id"), {"extend_existing": True})

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    case_id: int = Field(foreign_key="case.id", index=True)
    sequence: int
    stratum: str = ""
    reason: str = ""
    edition: str = ""
    edition_sha256: str = ""
