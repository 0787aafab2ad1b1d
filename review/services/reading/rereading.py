"""Reading again after an upgrade of the reader: asked for, compared, then accepted or left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from review.casefiles.tables import (
    Case,
    ImportJob,
    JobKind,
    Rereading,
    RereadingState,
    SourceFile,
)
from review.common.clock import now
from review.common.store import Store
from review.db import audit
from review.db.rows import found
from review.db.session import reading, transaction
from review.documents.reader_version import READER_VERSION
from review.errors import NothingToReread, RereadingOutdated
from review.services import access
from review.services.access import Actor
from review.services.reading.case_reading import analyse_case
from review.services.reading.import_rows import write_reading
from review.services.reading.job_engine import UNFINISHED
from review.services.reading.kept_pages import opened
from review.services.reading.reread_workflow import is_outdated
from review.settings import settings


@dataclass(frozen=True, slots=True)
class OutdatedCase:
    """A case with files that an older reader read. `job_id` of a reading that is under way."""

    case_id: int
    case_no: str
    files: int
    is_under_way: bool


@dataclass(frozen=True, slots=True)
class RereadingView:
    """A reading by a newer reader. `comparison` is that of services.reading_comparison."""

    job_id: str
    case_id: int
    version: str
    state: RereadingState
    read_at: datetime
    comparison: dict[str, Any]


def _outdated() -> Any:
    return (
        col(SourceFile.reader_version).not_in(("", READER_VERSION)),
        col(SourceFile.sha256) != "",
    )


def outdated_cases(
    engine: Engine, actor: Actor, *, case_id: int | None = None, limit: int = 200
) -> list[OutdatedCase]:
    """The cases (or the one) with files of an older reader on which nobody has decided yet."""
    access.require(actor, "import")
    decided = select(Rereading.case_id).where(Rereading.version == READER_VERSION)
    query = (
        select(Case.id, Case.case_no, func.count())
        .join(SourceFile, col(SourceFile.case_id) == col(Case.id))
        .where(*_outdated(), col(Case.id).not_in(decided))
        .group_by(col(Case.id), col(Case.case_no))
        .order_by(col(Case.id))
        .limit(limit)
    )
    if case_id is not None:
        query = query.where(col(Case.id) == case_id)
    with reading(engine) as session:
        busy = set(
            session.exec(
                select(ImportJob.case_id).where(
                    ImportJob.kind == JobKind.REREAD, col(ImportJob.state).in_(UNFINISHED)
                )
            )
        )
        return [
            OutdatedCase(key or 0, case_no, int(files), key in busy)
            for key, case_no, files in session.exec(query)
        ]


def outdated_files(engine: Engine, actor: Actor, case_id: int) -> int:
    """How many files of a case were read by an older reader. Raises NotAllowed."""
    with reading(engine) as session:
        access.require_case(session, actor, case_id)
        rows = session.exec(select(SourceFile).where(SourceFile.case_id == case_id))
        return sum(1 for row in rows if is_outdated(row))


def reread(engine: Engine, actor: Actor, case_id: int) -> str:
    """Queue another reading of a case's outdated files; returns the job. Raises NothingToReread."""
    access.require(actor, "import")
    with transaction(engine) as session:
        case = found(session, Case, case_id, "案卷", "case")
        rows = session.exec(select(SourceFile).where(SourceFile.case_id == case_id)).all()
        jobs = session.exec(
            select(ImportJob).where(ImportJob.case_id == case_id, ImportJob.kind == JobKind.REREAD)
        ).all()
        is_busy = any(job.state in UNFINISHED for job in jobs)
        if is_busy or not any(is_outdated(row) for row in rows):
            raise NothingToReread(case_no=case.case_no)
        job = ImportJob(
            id=f"reread-{case_id}-{len(jobs) + 1}",
            kind=JobKind.REREAD,
            case_id=case_id,
            case_no=case.case_no,
            name=case.case_no,
            sha256="",
            size=sum(row.size for row in rows if is_outdated(row)),
            handed_in_by=actor.row_id,
        )
        session.add(job)
        audit.record(
            session,
            actor.audit_name,
            "reread.ask",
            "case",
            case_id,
            job=job.id,
            reader=READER_VERSION,
        )
        return job.id


def pending(engine: Engine, actor: Actor, case_id: int) -> RereadingView | None:
    """The newest reading of a case that waits for a decision. Raises NotAllowed."""
    with reading(engine) as session:
        access.require_case(session, actor, case_id)
        row = session.exec(
            select(Rereading)
            .where(Rereading.case_id == case_id, Rereading.state == RereadingState.READY)
            .order_by(col(Rereading.read_at).desc())
            .limit(1)
        ).first()
        return None if row is None else _view(row)


def _view(row: Rereading) -> RereadingView:
    return RereadingView(
        row.job_id,
        row.case_id,
        row.version,
        RereadingState(row.state),
        row.read_at,
        dict(row.comparison),
    )


def _ready(session: Session, job_id: str) -> Rereading:
    row = found(session, Rereading, job_id, "重新识读结果", "reading")
    if row.state != RereadingState.READY or row.version != READER_VERSION:
        raise RereadingOutdated
    return row


def accept(engine: Engine, actor: Actor, job_id: str) -> None:
    """Put the new reading in force; divisions and corrections by people stand above it.

    Raises RereadingOutdated where it was decided on, or a file was read again since.
    """
    access.require(actor, "import")
    store = Store(settings().store)
    with transaction(engine) as session:
        row = _ready(session, job_id)
        taken = {each["source"] for each in row.comparison["files"] if each["is_taken"]}
        for source_id, sha256 in row.readings:
            source = found(session, SourceFile, source_id, "文件", "file")
            if not is_outdated(source):
                raise RereadingOutdated
            if source.source in taken:
                write_reading(session, source, opened(store.path(sha256)))
        _decide(session, actor, row, RereadingState.ACCEPTED)
        case_id = row.case_id
    analyse_case(engine, case_id)


def keep(engine: Engine, actor: Actor, job_id: str) -> None:
    """Leave the old reading in force; it is not offered again before the next reader."""
    access.require(actor, "import")
    with transaction(engine) as session:
        _decide(session, actor, _ready(session, job_id), RereadingState.KEPT)


def _decide(session: Session, actor: Actor, row: Rereading, state: RereadingState) -> None:
    row.state, row.decided_by, row.decided_at = state, actor.row_id, now()
    session.add(row)
    audit.record(
        session,
        actor.audit_name,
        f"reread.{'accept' if state == RereadingState.ACCEPTED else 'keep'}",
        "case",
        row.case_id,
        job=row.job_id,
        reader=row.version,
    )
