"""Proceedings against decisions, the papers of their outcome, and the credit class of a case."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Field, Index

from review.db.base import Table, document, instant


class Challenge(Table, table=True):
    """One proceeding (行政复议 or an instance of 行政诉讼) against the decision of a case.

    `outcome` is empty while it is open. `concerns` are the items of the checklist (`item:PRO-12`)
    and machine checks (`check:DEC004`) that the grounds are about, as a person chose them.
    `earlier` lists what stood here before each correction. A row entered by mistake is struck with
    a reason and stays on record.
    """

    __table_args__ = (
        Index("ix_challenge_filed_on", "filed_on", "case_id"),
        {"extend_existing": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case.id", index=True)
    instance: str
    organ: str
    docket_no: str = ""
    filed_on: date
    decided_on: date | None = None
    outcome: str = ""
    grounds: str = ""
    concerns: Any = document()
    earlier: Any = document()
    entered_by: int | None = Field(default=None, foreign_key="user.id")
    entered_at: datetime = instant()
    struck_at: datetime | None = None
    struck_by: int | None = Field(default=None, foreign_key="user.id")
    strike_reason: str = ""
    version: int = 1


class ChallengeProof(Table, table=True):
    """A paper of a proceeding (复议决定书, 判决书), unmodified, by content hash; append-only."""

    id: int | None = Field(default=None, primary_key=True)
    challenge_id: int = Field(foreign_key="challenge.id", index=True)
    sha256: str
    name: str
    added_by: int | None = Field(default=None, foreign_key="user.id")
    at: datetime = instant()


class CreditRecord(Table, table=True):
    """The credit class (失信程度) that the bureau gave a case, and what stands in a reminder's way.

    `is_eligible` False: repair is excluded (law or a person says so). `performed_on` is what a
    person says where neither ledger nor file tells that the obligation was performed;
    `reminded_on` is the day on which somebody told the party.
    """

    case_id: int = Field(primary_key=True, foreign_key="case.id")
    credit_class: str = Field(index=True)
    is_eligible: bool = True
    performed_on: date | None = None
    reminded_on: date | None = None
    note: str = ""
    entered_by: int | None = Field(default=None, foreign_key="user.id")
    entered_at: datetime = instant()
    version: int = 1
