"""Handing case files in, and how far their imports are.

A file is kept by its hash and a job row is written; the job engine does the rest, here or in
whichever process of this home folder runs it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from review.casefiles.case_key import case_key
from review.casefiles.intake import not_opened
from review.casefiles.names import fitting_name, is_junk, natural_order, readable_name
from review.casefiles.tables import Case, ImportJob, ImportStage, ImportState, JobKind, SourceFile
from review.common.clock import now
from review.common.store import Store, no_space_named
from review.db import audit
from review.db.rows import found
from review.db.session import reading, transaction
from review.documents.reader_version import READER_VERSION
from review.errors import (
    CannotCancel,
    EmptyArchive,
    EmptyFile,
    MissingFile,
    NotFound,
    NotOpened,
    UnreadableFile,
)
from review.services import access
from review.services.access import Actor
from review.services.reading.job_engine import JobEngine
from review.services.rules.editions import Words
from review.settings import settings

FINISHED = (
    ImportState.DONE,
    ImportState.PARTLY,
    ImportState.REFUSED,
    ImportState.CANCELLED,
)
WAIT_SECONDS = 0.2

_engines: list[JobEngine] = []


@dataclass(frozen=True, slots=True)
class JobView:
    """One import: where it stands, pages done of those known so far, and why it ended as it did."""

    id: str
    case_id: int | None
    case_no: str
    name: str
    size: int
    state: ImportState
    stage: str
    pages_done: int
    pages_total: int
    reason_code: str
    reason: Words
    handed_in_at: datetime
    finished_at: datetime | None
    kind: JobKind = JobKind.IMPORT

    @property
    def is_finished(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in FINISHED


def start_jobs() -> None:
    """Start the job engine of this process in the background; a second call does nothing."""
    if not _engines:
        Store(settings().store).sweep()
        engine = JobEngine()
        engine.start()
        _engines.append(engine)


def stop_jobs(*, seconds: int = 30) -> None:
    """Stop the engine; running imports get so many seconds, and go on at the next start."""
    while _engines:
        _engines.pop().stop(seconds=seconds)


def _view(job: ImportJob) -> JobView:
    return JobView(
        id=job.id,
        case_id=job.case_id,
        case_no=job.case_no,
        name=job.name,
        size=job.size,
        state=ImportState(job.state),
        stage=job.stage,
        pages_done=job.pages_done,
        pages_total=job.pages_total,
        reason_code=job.reason_code,
        reason=Words(job.reason_zh, job.reason_en),
        handed_in_at=job.handed_in_at,
        finished_at=job.finished_at,
        kind=JobKind(job.kind),
    )


def hand_in(
    engine: Engine, actor: Actor, *, case_no: str | None = None, path: Path, name: str
) -> JobView:
    """Keep a file and queue its import; returns the job.

    `case_no` None: the case is known by the number that is read. Identical bytes that the case
    holds already, or that are on their way into it, give the job that stands. The caller may
    remove `path` afterwards. Raises EmptyFile, NotFound (no such case), DatabaseFull.
    """
    access.require(actor, "import")
    if path.stat().st_size == 0:
        raise EmptyFile(file=name)
    case_id = _case_id(engine, case_no)
    sha256, size = Store(settings().store).add_file(path)
    with transaction(engine) as session:
        standing = _standing(session, sha256, case_id)
        if standing is not None:
            return _view(standing)
        number = len(_jobs_of(session, sha256, case_id)) + 1
        job = ImportJob(
            id=f"{sha256[:32]}-{case_id or 'open'}-{number}",
            case_id=case_id,
            case_no=case_no or "",
            name=fitting_name(readable_name(Path(name).name)),
            sha256=sha256,
            size=size,
            handed_in_by=actor.row_id,
        )
        session.add(job)
        session.flush()
        audit.record(
            session,
            actor.audit_name,
            "import.hand_in",
            "import_job",
            job.id,
            sha256=sha256,
            size=size,
            case=case_id,
        )
        return _view(job)


def _case_id(engine: Engine, case_no: str | None) -> int | None:
    if case_no is None:
        return None
    with reading(engine) as session:
        key = case_key(case_no)
        case_id = session.exec(select(Case.id).where(Case.case_key == key)).first()
    if case_id is None:
        raise NotFound(what="案件台账中的案号", what_en="case number in the ledger", key=case_no)
    return case_id


def _jobs_of(session: Session, sha256: str, case_id: int | None) -> Sequence[ImportJob]:
    """The jobs of these bytes for this case, also those that found the case by its number."""
    open_prefix = f"{sha256[:32]}-{case_id or 'open'}-"
    return session.exec(
        select(ImportJob)
        .where(ImportJob.sha256 == sha256, col(ImportJob.id).startswith(open_prefix))
        .order_by(col(ImportJob.handed_in_at))
    ).all()


def _standing(session: Session, sha256: str, case_id: int | None) -> ImportJob | None:
    """The job that makes another one needless: on its way, or done by the same reader."""
    for job in reversed(_jobs_of(session, sha256, case_id)):
        if job.state not in FINISHED:
            return job
        if job.state == ImportState.DONE and _is_held(session, job):
            return job
    return None


def _is_held(session: Session, job: ImportJob) -> bool:
    """Whether what the job took in is still there, read by the reader of this version."""
    versions = session.exec(
        select(SourceFile.reader_version).where(
            SourceFile.case_id == job.case_id, SourceFile.upload_sha256 == job.sha256
        )
    ).all()
    others = session.exec(
        select(SourceFile.id).where(
            SourceFile.case_id == job.case_id, SourceFile.sha256 == job.sha256
        )
    ).first()
    return (bool(versions) or others is not None) and all(
        version == READER_VERSION for version in versions
    )


def list_jobs(engine: Engine, actor: Actor, *, limit: int = 100) -> list[JobView]:
    """Imports, the newest first."""
    access.require(actor, "import")
    query = (
        select(ImportJob)
        .order_by(col(ImportJob.handed_in_at).desc(), col(ImportJob.id))
        .limit(limit)
    )
    with reading(engine) as session:
        return [_view(job) for job in session.exec(query)]


def job_view(engine: Engine, actor: Actor, job_id: str) -> JobView:
    """One import. Raises NotFound."""
    access.require(actor, "import")
    with reading(engine) as session:
        return _view(found(session, ImportJob, job_id, "导入任务", "import job"))


CANCELLABLE = ("", ImportStage.UNPACKING, ImportStage.READING)
"""Stages in which nothing was written to the case yet."""


def cancel_job(engine: Engine, actor: Actor, job_id: str) -> JobView:
    """Cancel an import that has not begun to write; the case stays as it is.

    One that waits ends at once, one that reads within a page. Raises CannotCancel, NotFound.
    """
    access.require(actor, "import")
    with transaction(engine) as session:
        job = found(session, ImportJob, job_id, "导入任务", "import job")
        if job.state == ImportState.WAITING:
            job.state, job.finished_at = ImportState.CANCELLED, now()
        elif job.state == ImportState.RUNNING and job.stage in CANCELLABLE:
            job.state = ImportState.CANCELLING
        else:
            raise CannotCancel(file=job.name)
        session.add(job)
        audit.record(session, actor.audit_name, "import.cancel", "import_job", job.id)
        return _view(job)


def choose_case(engine: Engine, actor: Actor, job_id: str, *, case_no: str) -> JobView:
    """Take the file of a job whose case was not known into a case; returns the new job."""
    access.require(actor, "import")
    with reading(engine) as session:
        job = found(session, ImportJob, job_id, "导入任务", "import job")
    path = Store(settings().store).path(job.sha256)
    return hand_in(engine, actor, case_no=case_no, path=path, name=job.name)


def pack(folder: Path, into: Path) -> Path:
    """A folder as one archive: the same files give the same bytes, so it is taken in once.

    Raises EmptyArchive for a folder without files, and NotOpened for what cannot be packed: a
    folder or file that may not be read, a link, a pipe. Nothing is left out unnoticed.
    """
    named = {each: readable_name(each.relative_to(folder).as_posix()) for each in _below(folder)}
    files = sorted(named, key=lambda each: natural_order(named[each]))
    if not files:
        raise EmptyArchive(file=readable_name(folder.name))
    packed = into / "packed.zip"
    with no_space_named(), zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for each in files:
            entry = zipfile.ZipInfo(named[each], (1980, 1, 1, 0, 0, 0))
            with (
                _opened(each, named[each]) as source,
                archive.open(entry, "w", force_zip64=True) as target,
            ):
                shutil.copyfileobj(source, target, 1 << 20)
    return packed


def _opened(path: Path, name: str) -> IO[bytes]:
    """A file to read from. Raises NotOpened."""
    try:
        return path.open("rb")
    except OSError as error:
        raise not_opened(name, error) from error


def _below(folder: Path) -> Iterator[Path]:
    """Every file below a folder but the leftovers of systems. Raises NotOpened."""

    def closed(error: OSError) -> None:
        raise not_opened(readable_name(str(error.filename)), error) from error

    for place, _, names in os.walk(folder, onerror=closed):
        for name in names:
            path = Path(place) / name
            source = readable_name(path.relative_to(folder).as_posix())
            if is_junk(source):
                continue
            if path.is_symlink() or not path.is_file():
                raise NotOpened(
                    file=source,
                    reason="是符号链接或不是普通文件",
                    reason_en="it is a symbolic link or no ordinary file",
                )
            yield path


def import_now(
    engine: Engine,
    actor: Actor,
    paths: Iterable[Path],
    *,
    case_no: str | None = None,
    tell: Callable[[JobView], None] | None = None,
) -> list[JobView]:
    """Hand in files and folders and wait until all are finished; returns how each ended.

    The engine runs in this process, or in the server of this home folder where one is running.
    `tell` is called with each job whenever it moved. Raises MissingFile before anything is taken.
    """
    access.require(actor, "import")
    given = list(paths)
    for path in given:
        if not _is_there(path):
            raise MissingFile(file=readable_name(str(path)))
    jobs = [_hand_in_path(engine, actor, path, case_no) for path in given]
    if any(not job.is_finished for job in jobs):
        start_jobs()
    told: dict[int, JobView] = {}
    while True:
        views = [job_view(engine, actor, job.id) if job.id else job for job in jobs]
        for index, view in enumerate(views):
            if tell is not None and told.get(index) != view:
                tell(view)
            told[index] = view
        if all(view.is_finished for view in views):
            return views
        time.sleep(WAIT_SECONDS)


def _is_there(path: Path) -> bool:
    """Whether there is anything at a path. Raises NotOpened where that may not be looked up."""
    try:
        return path.exists()
    except OSError as error:
        raise not_opened(readable_name(str(path)), error) from error


def _hand_in_path(engine: Engine, actor: Actor, path: Path, case_no: str | None) -> JobView:
    """The job of a path; a path that cannot be taken in never stops the others."""
    try:
        return _hand_in_file_or_folder(engine, actor, path, case_no)
    except UnreadableFile as error:
        return JobView(
            id="",
            case_id=None,
            case_no=case_no or "",
            name=readable_name(path.name),
            size=0,
            state=ImportState.REFUSED,
            stage="",
            pages_done=0,
            pages_total=0,
            reason_code=error.code,
            reason=Words(error.text("zh"), error.text("en")),
            handed_in_at=now(),
            finished_at=now(),
        )


def _hand_in_file_or_folder(
    engine: Engine, actor: Actor, path: Path, case_no: str | None
) -> JobView:
    if not path.is_dir():
        name = readable_name(path.name)
        if not path.is_file():
            raise NotOpened(file=name, reason="不是普通文件", reason_en="it is no ordinary file")
        _opened(path, name).close()  # what may not be read is told before anything is kept
        return hand_in(engine, actor, case_no=case_no, path=path, name=path.name)
    spool = settings().home.absolute() / "spool"
    spool.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=spool) as place:
        packed = pack(path, Path(place))
        return hand_in(engine, actor, case_no=case_no, path=packed, name=f"{path.name}.zip")
