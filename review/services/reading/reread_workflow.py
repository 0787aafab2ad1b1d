"""The durable workflow that reads the files of a case again by a newer reader.

Nothing of the case changes: what was read is kept in the store by hash, and what would follow from
it is set beside what is in force, for a person to accept or to leave.
"""

from __future__ import annotations

import shutil
from typing import Any

from dbos import DBOS
from sqlmodel import Session, select

from review.casefiles.tables import (
    ImportJob,
    ImportStage,
    ImportState,
    Rereading,
    SourceFile,
)
from review.db.rows import found
from review.db.session import reading, transaction
from review.documents.reader_version import READER_VERSION
from review.services.reading.import_progress import (
    database,
    job_row,
    spool,
    store,
    tell,
)
from review.services.reading.import_readings import (
    Entry,
    entry_from,
    plain_entry,
    read_entry,
)
from review.services.reading.import_workflow import end_told, settle
from review.services.reading.kept_pages import opened
from review.services.reading.reading_comparison import compared


def is_outdated(row: SourceFile) -> bool:
    """Whether a file was read by an older reader and its bytes are there to be read again."""
    return bool(row.sha256 and row.reader_version) and row.reader_version != READER_VERSION


@DBOS.workflow(name="reread_case")
def reread_case(job_id: str) -> None:
    """Read a case's outdated files again; the job's row says how it ended, whatever happens."""
    with end_told(job_id, "reading again"):
        sources = plan(job_id)
        readings = [[each["id"], read_again(job_id, each["entry"])] for each in sources]
        compare(job_id, readings)


@DBOS.step()
def plan(job_id: str) -> list[dict[str, Any]]:
    """The files that are read again."""
    tell(job_id, state=ImportState.RUNNING, stage=ImportStage.READING, pages_done=0, pages_total=0)
    with reading(database()) as session:
        rows = _sources(session, job_row(session, job_id))
        return [
            {
                "id": row.id,
                "entry": plain_entry(Entry(row.source, row.sha256, row.size, row.kind)),
            }
            for row in rows
            if is_outdated(row) and store().holds(row.sha256)
        ]


def _sources(session: Session, job: ImportJob) -> list[SourceFile]:
    query = select(SourceFile).where(SourceFile.case_id == job.case_id)
    return sorted(session.exec(query), key=lambda row: (row.sequence, row.source))


@DBOS.step()
def read_again(job_id: str, entry: dict[str, Any]) -> str:
    """Read one file; returns the hash of the reading, which the store keeps."""
    place = spool(job_id) / "again.jsonl"
    read_entry(job_id, entry_from(entry), place)
    sha256, _ = store().add_file(place)
    return sha256


@DBOS.step()
def compare(job_id: str, readings: list[list[Any]]) -> None:
    """Set what would follow from the readings beside what is in force, and end the job."""
    tell(job_id, stage=ImportStage.CHECKING)
    with reading(database()) as session:
        case_id = job_row(session, job_id).case_id
    assert case_id is not None
    again = {int(source_id): opened(store().path(sha256)) for source_id, sha256 in readings}
    comparison = compared(database(), case_id, again)
    with transaction(database()) as session:
        job = found(session, ImportJob, job_id, "导入任务", "import job")
        session.merge(
            Rereading(
                job_id=job_id,
                case_id=case_id,
                version=READER_VERSION,
                readings=readings,
                comparison=comparison,
            )
        )
        settle(job, ImportState.DONE, "", "", "")
        session.add(job)
    shutil.rmtree(spool(job_id), ignore_errors=True)
