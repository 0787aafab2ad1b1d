"""The case ledger, the source files of a case and the jobs that import them."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlmodel import Field, UniqueConstraint

from review.db.base import Table, document, hundredths, instant


class CaseKind(StrEnum):
    """The kind of case file. Penalty files first; nothing may assume that a case is one."""

    PENALTY = "penalty"
    PERMIT = "permit"
    COMPULSORY = "compulsory"
    INSPECTION = "inspection"


class Case(Table, table=True):
    """One row of the case ledger (案件台账); its files are called up and attached later.

    `case_no` is kept as typed and unique in its normal form `case_key`. `officers` are names;
    `procedure` is ordinary, summary, hearing, waived or empty.
    """

    id: int | None = Field(default=None, primary_key=True)
    case_key: str = Field(unique=True)
    case_no: str
    kind: str = CaseKind.PENALTY
    unit_id: int = Field(foreign_key="unit.id", index=True)
    squad: str = ""
    procedure: str = ""
    cause: str = ""
    party_name: str = ""
    officers: Any = document()
    fine_yuan: Decimal | None = hundredths()
    filed_on: date | None = None
    decided_on: date | None = None
    closed_on: date | None = Field(default=None, index=True)
    reading_state: str = "none"
    version: int = 1
    created_at: datetime = instant()


class SourceFile(Table, table=True):
    """One file of a case, unmodified, by content hash; also those that were refused, with why.

    `upload_sha256` is the file that was handed in (an archive, say) in which this one was found.
    """

    __table_args__ = (UniqueConstraint("case_id", "source", "sha256"), {"extend_existing": True})

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case.id", index=True)
    source: str
    sha256: str = Field(index=True)
    upload_sha256: str = ""
    size: int = 0
    kind: str = ""
    pages: int | None = None
    status: str = "read"
    reason_code: str = ""
    reason_zh: str = ""
    reason_en: str = ""
    sequence: int = 0
    reader_version: str = ""
    added_at: datetime = instant()


class ImportState(StrEnum):
    """Where one import stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    PARTLY = "partly"
    REFUSED = "refused"


class ImportStage(StrEnum):
    """What an import is at while it runs."""

    UNPACKING = "unpacking"
    READING = "reading"
    WRITING = "writing"
    CHECKING = "checking"


class ImportJob(Table, table=True):
    """One handed-in file on its way into a case; its id is the workflow id of the job engine."""

    id: str = Field(primary_key=True)
    case_id: int | None = Field(default=None, foreign_key="case.id", index=True)
    case_no: str = ""
    name: str
    sha256: str
    size: int
    state: str = ImportState.WAITING
    stage: str = ""
    pages_done: int = 0
    pages_total: int = 0
    reason_code: str = ""
    reason_zh: str = ""
    reason_en: str = ""
    handed_in_by: int | None = Field(default=None, foreign_key="user.id")
    handed_in_at: datetime = instant()
    finished_at: datetime | None = None
