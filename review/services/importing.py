"""Handing case files in, and how far their imports are.

A file is kept by its hash and a job row is written; the job engine does the rest, here or in
whichever process of this home folder runs it.
"""

from __future__ import annotations

import shutil
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from review.casefiles.case_key import case_key
from review.casefiles.names import natural_order
from review.casefiles.tables import Case, ImportJob, ImportState, SourceFile
from review.common.store import Store, no_space_named
from review.db import audit
from review.db.rows import found
from review.db.session import reading, transaction
from review.errors import EmptyArchive, EmptyFile, MissingFile, NotFound
from review.services import access
from review.services.access import Actor
from review.services.editions import Words
from review.services.import_workflow import READER_VERSION
from review.services.job_engine import JobEngine
from review.settings import settings

FINISHED = (ImportState.DONE, ImportState.PARTLY, ImportState.REFUSED)
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
            name=Path(name).name,
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


def choose_case(engine: Engine, actor: Actor, job_id: str, *, case_no: str) -> JobView:
    """Take the file of a job whose case was not known into a case; returns the new job."""
    access.require(actor, "import")
    with reading(engine) as session:
        job = found(session, ImportJob, job_id, "导入任务", "import job")
    path = Store(settings().store).path(job.sha256)
    return hand_in(engine, actor, case_no=case_no, path=path, name=job.name)


def pack(folder: Path, into: Path) -> Path:
    """A folder as one archive: the same files give the same bytes, so it is taken in once.

    Raises EmptyArchive for a folder without files.
    """
    files = sorted(
        (each for each in folder.rglob("*") if each.is_file() and not each.is_symlink()),
        key=lambda each: natural_order(each.relative_to(folder).as_posix()),
    )
    if not files:
        raise EmptyArchive(file=folder.name)
    packed = into / f"{folder.name}.zip"
    with no_space_named(), zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for each in files:
            entry = zipfile.ZipInfo(each.relative_to(folder).as_posix(), (1980, 1, 1, 0, 0, 0))
            with each.open("rb") as source, archive.open(entry, "w", force_zip64=True) as target:
                shutil.copyfileobj(source, target, 1 << 20)
    return packed


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
        if not path.exists():
            raise MissingFile(file=str(path))
    jobs = [_hand_in_path(engine, actor, path, case_no) for path in given]
    start_jobs()
    told: dict[str, JobView] = {}
    while True:
        views = [job_view(engine, actor, job.id) for job in jobs]
        for view in views:
            if tell is not None and told.get(view.id) != view:
                tell(view)
            told[view.id] = view
        if all(view.is_finished for view in views):
            return views
        time.sleep(WAIT_SECONDS)


def _hand_in_path(engine: Engine, actor: Actor, path: Path, case_no: str | None) -> JobView:
    if not path.is_dir():
        return hand_in(engine, actor, case_no=case_no, path=path, name=path.name)
    spool = settings().home.absolute() / "spool"
    spool.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=spool) as place:
        packed = pack(path, Path(place))
        return hand_in(engine, actor, case_no=case_no, path=packed, name=packed.name)
