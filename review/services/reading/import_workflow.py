"""The durable workflow that takes one handed-in file into a case.

Every step may run again after a kill, so every effect is named by content: files go into the store
by hash, what was read of a source into a spool file that is renamed into place, and rows by keyed
writes in one transaction. Progress is told in the job's row.
"""

from __future__ import annotations

import logging
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dbos import DBOS
from sqlmodel import Session, select

from review.casefiles.case_key import case_key
from review.casefiles.intake import Refusal, unpack
from review.casefiles.tables import Case, ImportJob, ImportStage, ImportState
from review.common.clock import now
from review.db import audit
from review.db.session import transaction
from review.documents.division import PageKey
from review.documents.guard import shared_pool
from review.documents.model import FileReport, FileStatus, Page
from review.documents.reader_version import READER_VERSION
from review.errors import CaseNotKnown, ReviewError, Unexpected
from review.facts.interface import value_text
from review.facts.model import CaseFacts
from review.services.reading.analysis import Material, analyse
from review.services.reading.case_reading import analyse_case, sources_of
from review.services.reading.import_progress import (
    STOPPED,
    JobCancelled,
    database,
    job_row,
    spool,
    store,
    tell,
)
from review.services.reading.import_readings import (
    Entry,
    entry_from,
    kept,
    plain_entry,
    read_entry,
    reading_path,
    report_from,
)
from review.services.reading.import_rows import write_source
from review.services.reading.kept_pages import KeptReading

MATCHED_BY = ("case_no", "decision_no", "party_name", "decided_on", "plate", "cause")
"""What an import without a known case keeps of the facts, to propose a row of the ledger by."""

_log = logging.getLogger(__name__)


@DBOS.workflow(name="import_file")
def import_file(job_id: str) -> None:
    """Take one handed-in file in; the job's row says how it ended, whatever happens."""
    with end_told(job_id, "import"):
        entries = take_in(job_id)
        for index in range(len(entries)):
            read_one(job_id, index, entries[index])
        case_id = write_rows(job_id, entries)
        if case_id is not None:
            check_case(job_id, case_id)
        finish(job_id, entries, case_id)


@contextmanager
def end_told(job_id: str, work: str) -> Iterator[None]:
    """The outermost border of a job: whatever ends it early is said in its row.

    `work` names it in the log, where an unforeseen error is found again by its number.
    """
    try:
        yield
    except JobCancelled:
        settle_cancelled(job_id)
    except ReviewError as error:
        refuse(job_id, error.code, error.text("zh"), error.text("en"))
    except Exception as error:  # noqa: BLE001 - the outermost border of a job: logged by number
        unexpected = Unexpected(reference=secrets.token_hex(4))
        _log.error("%s failed, %s", work, unexpected, exc_info=error)
        refuse(job_id, unexpected.code, unexpected.text("zh"), unexpected.text("en"))


@DBOS.step()
def take_in(job_id: str) -> list[dict[str, Any]]:
    """Unpack the original and keep every source by its hash."""
    tell(job_id, state=ImportState.RUNNING, stage=ImportStage.UNPACKING)
    with transaction(database()) as session:
        job = job_row(session, job_id)
        name, sha256 = job.name, job.sha256
    place = spool(job_id)
    shutil.rmtree(place, ignore_errors=True)
    (place / "original").mkdir(parents=True)
    (place / "members").mkdir()
    original = place / "original" / Path(name).name
    shutil.copyfile(store().path(sha256), original)
    entries = []
    for found_source in unpack(original, place / "members", shared_pool().limits):
        if isinstance(found_source, Refusal):
            error = found_source.error
            reason = (error.code, error.text("zh"), error.text("en"))
            entry = Entry(found_source.source, found_source.sha256, 0, found_source.kind, reason)
        else:
            store().add_file(found_source.path)
            entry = Entry(
                found_source.source,
                found_source.sha256,
                found_source.size,
                found_source.kind,
                same_as=found_source.same_as,
            )
        entries.append(plain_entry(entry))
    shutil.rmtree(place / "members", ignore_errors=True)
    shutil.rmtree(place / "original", ignore_errors=True)
    tell(job_id, stage=ImportStage.READING, pages_done=0, pages_total=0)
    return entries


@DBOS.step()
def read_one(job_id: str, index: int, entry: dict[str, Any]) -> int:
    """Read one source and draw its pages; returns the number of pages. Keeps them in the spool."""
    return len(read_entry(job_id, entry_from(entry), reading_path(job_id, index)))


def _readings(job_id: str, entries: list[dict[str, Any]]) -> Iterator[tuple[Entry, KeptReading]]:
    """Each source with what was read of it, one at a time."""
    for index, each in enumerate(entries):
        entry = entry_from(each)
        yield entry, kept(job_id, index, entry)


@DBOS.step()
def write_rows(job_id: str, entries: list[dict[str, Any]]) -> int | None:
    """Write the rows of files and pages in one transaction; returns the case's id.

    None where the case is not known: nothing but what was read of its identity is written then.
    """
    tell(job_id, stage=ImportStage.WRITING)
    with transaction(database()) as session:
        job = job_row(session, job_id)
        name, case_id = job.name, job.case_id
    read = {} if case_id is not None else _identity_of(job_id, entries, name)
    with transaction(database()) as session:
        job = job_row(session, job_id)
        if job.state in STOPPED:
            raise JobCancelled
        if job.case_id is None:
            job.case_no = read.get("case_no", "")
            job.case_id = _case_of(session, job.case_no)
            job.read = read
        session.add(job)
        if job.case_id is None:
            return None
        for entry, read_source in _readings(job_id, entries):
            write_source(session, job, entry, read_source)
        session.flush()
        for sequence, row in enumerate(sources_of(session, job.case_id)):
            row.sequence = sequence
            session.add(row)
        audit.record(
            session,
            f"user:{job.handed_in_by}" if job.handed_in_by else "console:regulations",
            "import.write",
            "case",
            job.case_id,
            job=job_id,
            upload=job.sha256,
            reader=READER_VERSION,
            files=[[each["source"], each["sha256"]] for each in entries],
        )
        return job.case_id


def _identity_of(job_id: str, entries: list[dict[str, Any]], name: str) -> dict[str, str]:
    """What the file says of its own identity: the facts of `MATCHED_BY` in normal form."""
    facts = _facts_of(job_id, entries, name)
    merged = {key: facts.get(key) for key in MATCHED_BY}
    return {key: value_text(fact.value) for key, fact in merged.items() if fact is not None}


def _facts_of(job_id: str, entries: list[dict[str, Any]], name: str) -> CaseFacts:
    reports: list[FileReport] = []
    pages: list[Page] = []
    keys: list[PageKey] = []
    for entry, read in _readings(job_id, entries):
        reports.append(report_from(entry, read))
        own = list(read.pages())
        keys.extend(PageKey(entry.sha256, position) for position in range(len(own)))
        pages.extend(own)
    material = Material(name, tuple(reports), tuple(pages), tuple(keys), is_checked=False)
    return analyse(material).facts


def _case_of(session: Session, number: str) -> int | None:
    key = case_key(number)
    return session.exec(select(Case.id).where(Case.case_key == key)).first() if key else None


@DBOS.step()
def check_case(job_id: str, case_id: int) -> None:
    """Split, extract and check the whole case anew."""
    with transaction(database()) as session:
        job = job_row(session, job_id)
        job.stage = ImportStage.CHECKING
        session.add(job)
    analyse_case(database(), case_id)


@DBOS.step()
def finish(job_id: str, entries: list[dict[str, Any]], case_id: int | None) -> None:
    """Say how the job ended: done, partly with the first reason, or refused."""
    reports = [report_from(entry, read) for entry, read in _readings(job_id, entries)]
    with transaction(database()) as session:
        job = job_row(session, job_id)
        open_ones = [report for report in reports if report.status != FileStatus.READ]
        refused = [report for report in reports if report.status == FileStatus.REFUSED]
        if case_id is None and len(refused) < len(reports):
            error = CaseNotKnown(
                file=job.name, case_no=job.case_no or "无", case_no_en=job.case_no or "none"
            )
            settle(job, ImportState.PARTLY, error.code, error.text("zh"), error.text("en"))
        elif reports and len(refused) == len(reports):
            settle(job, ImportState.REFUSED, *_words(refused))
        elif open_ones:
            settle(job, ImportState.PARTLY, *_words(open_ones))
        else:
            settle(job, ImportState.DONE, "", "", "")
        session.add(job)
    shutil.rmtree(spool(job_id), ignore_errors=True)


def _words(reports: list[FileReport]) -> tuple[str, str, str]:
    """The reasons of up to five files, and how many more there are."""
    reasons = [report.reason for report in reports if report.reason is not None]
    more = len(reasons) - 5
    zh = "；".join(reason.zh for reason in reasons[:5]) + (f"；另有 {more} 件" if more > 0 else "")
    en = "; ".join(reason.en for reason in reasons[:5]) + (f"; {more} more" if more > 0 else "")
    return (reasons[0].code if reasons else "", zh, en)


def settle(job: ImportJob, state: ImportState, code: str, zh: str, en: str) -> None:
    """Set a job's row to its end."""
    job.state = state
    job.stage = ""
    job.reason_code, job.reason_zh, job.reason_en = code, zh, en
    job.finished_at = now()


@DBOS.step()
def refuse(job_id: str, code: str, zh: str, en: str) -> None:
    """End the job with an error; what was taken in before stays as it was."""
    with transaction(database()) as session:
        job = job_row(session, job_id)
        settle(job, ImportState.REFUSED, code, zh, en)
        session.add(job)
    shutil.rmtree(spool(job_id), ignore_errors=True)


@DBOS.step()
def settle_cancelled(job_id: str) -> None:
    """End the job as a person wished; the case is as it was before."""
    with transaction(database()) as session:
        job = job_row(session, job_id)
        settle(job, ImportState.CANCELLED, "", "", "")
        session.add(job)
    shutil.rmtree(spool(job_id), ignore_errors=True)
