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
    `media` is what a recording says of itself (JSON of casefiles.media); None for other files.
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
    media: Any = document()
    added_at: datetime = instant()


class ImportState(StrEnum):
    """Where one import stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    PARTLY = "partly"
    REFUSED = "refused"
    CANCELLING = "cancelling"
    CANCELLED = "cancelled"


class JobKind(StrEnum):
    """What a job does: take a new file in, or read the files of a case again by a newer reader."""

    IMPORT = "import"
    REREAD = "reread"


class ImportStage(StrEnum):
    """What an import is at while it runs."""

    UNPACKING = "unpacking"
    READING = "reading"
    WRITING = "writing"
    CHECKING = "checking"


class ImportJob(Table, table=True):
    """One handed-in file on its way into a case, or one case on its way through a newer reader.

    `read` is what an import without a known case read of it (JSON of fact names and values), from
    which its row of the ledger is proposed.
    """

    id: str = Field(primary_key=True)
    case_id: int | None = Field(default=None, foreign_key="case.id", index=True)
    case_no: str = ""
    kind: str = JobKind.IMPORT
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
    read: Any = document()
    handed_in_by: int | None = Field(default=None, foreign_key="user.id")
    handed_in_at: datetime = instant()
    finished_at: datetime | None = None


class RereadingState(StrEnum):
    """What became of a reading by a newer reader."""

    READY = "ready"
    ACCEPTED = "accepted"
    KEPT = "kept"


class Rereading(Table, table=True):
    """What a newer reader made of a case's files, beside what is in force, until a person decides.

    `readings` lists [source file id, hash of the reading in the store]; `comparison` is the JSON
    of services.reading.rereading: papers, facts and checks, old and new.
    """

    job_id: str = Field(primary_key=True, foreign_key="importjob.id")
    case_id: int = Field(foreign_key="case.id", index=True)
    version: str
    state: str = RereadingState.READY
    readings: Any = document()
    comparison: Any = document()
    read_at: datetime = instant()
    decided_by: int | None = Field(default=None, foreign_key="user.id")
    decided_at: datetime | None = None


class JobWorker(Table, table=True):
    """A process that runs jobs, while it lives: it says so every few seconds (`seen_at`).

    `taken_by` is the worker that took over what it left, once it had not been seen for long.
    """

    id: str = Field(primary_key=True)
    host: str = ""
    pid: int = 0
    started_at: datetime = instant()
    seen_at: datetime = instant()
    taken_by: str = ""


class LedgerMapping(Table, table=True):
    """How a person matched the headings of a ledger from another system, for the next one like it.

    `fingerprint` is over the headings; `fields` maps a field of the ledger to a heading.
    """

    fingerprint: str = Field(primary_key=True)
    name: str = ""
    fields: Any = document()
    author_id: int | None = Field(default=None, foreign_key="user.id")
    used_at: datetime = instant()
