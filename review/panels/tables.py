"""Who scores which case of a round."""

from datetime import datetime

from sqlmodel import Field, UniqueConstraint

from review.db.base import Table, instant


class Assignment(Table, table=True):
    """One scorer for one drawn case. `seat` is A or B (first review) or P1, P2 … (panel)."""

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
    version: int = 1
