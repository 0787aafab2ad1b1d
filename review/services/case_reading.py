"""What was read of a case, put together from its stored pages: papers, facts, check results.

A case's papers are split over all its files together, so the order in which files come does not
matter. The work is done outside any transaction; the rows are replaced only if no other file came
in meanwhile, otherwise the work is done again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Engine, delete, update
from sqlmodel import Session, col, select

from review.casefiles.media import from_json
from review.casefiles.names import natural_order
from review.casefiles.tables import Case, SourceFile
from review.checks.catalogue import checks
from review.checks.check import CheckResult, Procedure
from review.checks.run import run_checks
from review.checks.tables import CheckRow
from review.common.dates import WorkingCalendar
from review.db import audit
from review.db.rows import found
from review.db.session import reading, transaction
from review.documents.model import CaseReading, Document, FileReport, FileStatus, Page, Reason
from review.documents.split import split
from review.documents.tables import DocumentRow, PageRow
from review.errors import DatabaseBusy
from review.facts.extract import extract
from review.facts.interface import value_text
from review.facts.model import CaseFacts, Evidence, Fact
from review.facts.tables import FactRow
from review.law.in_force import law_in_force
from review.services.calendar import calendar_in
from review.services.check_rows import page_finder, row_from
from review.services.fact_values import from_text
from review.services.page_rows import page_from

TRIES = 20

Fingerprint = tuple[tuple[int, str, str], ...]
"""Which files a reading was made of: id, hash and status of each."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything of a case that its papers, facts and checks follow from."""

    fingerprint: Fingerprint
    case_no: str
    files: tuple[FileReport, ...]
    pages: tuple[Page, ...]
    page_ids: tuple[int, ...]
    source_ids: dict[str, int]
    corrections: tuple[FactRow, ...]
    calendar: WorkingCalendar


@dataclass(frozen=True, slots=True)
class Analysis:
    """What follows from a snapshot."""

    documents: Sequence[Document]
    facts: CaseFacts
    results: Sequence[CheckResult]


def report_of(row: SourceFile) -> FileReport:
    """The intake report that a file's row keeps."""
    reason = Reason(row.reason_code, row.reason_zh, row.reason_en) if row.reason_code else None
    media = from_json(row.media) if row.media else None
    status = FileStatus(row.status)
    return FileReport(row.source, row.sha256, row.kind, row.pages, status, reason, media)


def _fingerprint(sources: Sequence[SourceFile]) -> Fingerprint:
    return tuple(sorted((row.id or 0, row.sha256, row.reader_version) for row in sources))


def sources_of(session: Session, case_id: int) -> list[SourceFile]:
    """The files of a case in natural order of their names."""
    rows = session.exec(select(SourceFile).where(SourceFile.case_id == case_id)).all()
    return sorted(rows, key=lambda row: (natural_order(row.source), row.id or 0))


def _snapshot(session: Session, case_id: int) -> Snapshot:
    case = found(session, Case, case_id, "案卷", "case")
    sources = sources_of(session, case_id)
    rows = session.exec(
        select(PageRow)
        .where(col(PageRow.source_file_id).in_([row.id for row in sources]))
        .order_by(col(PageRow.position))
    ).all()
    by_source: dict[int, list[PageRow]] = {}
    for row in rows:
        by_source.setdefault(row.source_file_id, []).append(row)
    ordered = [(row, source) for source in sources for row in by_source.get(source.id or 0, [])]
    corrections = session.exec(
        select(FactRow).where(FactRow.case_id == case_id, FactRow.origin == "person")
    ).all()
    return Snapshot(
        fingerprint=_fingerprint(sources),
        case_no=case.case_no,
        files=tuple(report_of(row) for row in sources),
        pages=tuple(page_from(row, source.source) for row, source in ordered),
        page_ids=tuple(row.id or 0 for row, _ in ordered),
        source_ids={source.source: source.id or 0 for source in sources},
        corrections=tuple(corrections),
        calendar=calendar_in(session),
    )


def read_facts(
    files: Sequence[FileReport], pages: Sequence[Page], path: str
) -> tuple[tuple[Document, ...], CaseFacts]:
    """The papers and the facts of pages that were read. Pure."""
    documents = tuple(split(pages))
    return documents, extract(CaseReading(path, tuple(files), documents))


def _corrected(facts: CaseFacts, corrections: Sequence[FactRow]) -> CaseFacts:
    """The facts with what people corrected; a correction always wins."""
    merged = dict(facts.merged)
    contradictions = dict(facts.contradictions)
    for row in corrections:
        if row.document_id is None:
            merged[row.name] = Fact(
                row.name,
                from_text(row.name, row.value),
                Evidence(row.source, row.page, row.quote),
                1.0,
                None,
                origin="person",
            )
            contradictions.pop(row.name, None)
    return replace(facts, merged=merged, contradictions=contradictions)


def analyse_case(engine: Engine, case_id: int) -> None:
    """Split, extract and check a case from its stored pages, and replace the rows that follow.

    Repeatable: the same pages give the same rows. Raises NotFound, and DatabaseBusy where files
    keep coming in.
    """
    for _ in range(TRIES):
        with reading(engine) as session:
            before = _snapshot(session, case_id)
        documents, facts = read_facts(before.files, before.pages, before.case_no)
        facts = _corrected(facts, before.corrections)
        results = run_checks(facts, law_in_force(), calendar=before.calendar)
        with transaction(engine) as session:
            if _fingerprint(sources_of(session, case_id)) == before.fingerprint:
                _replace(session, case_id, before, Analysis(documents, facts, results))
                return
    raise DatabaseBusy


def _replace(session: Session, case_id: int, before: Snapshot, after: Analysis) -> None:
    documents, facts, results = after.documents, after.facts, after.results
    ids = _replace_documents(session, case_id, before, documents)
    _replace_facts(session, case_id, facts, ids)
    session.execute(delete(CheckRow).where(col(CheckRow.case_id) == case_id))
    session.flush()
    finder = page_finder(session, case_id)
    for result in results:
        session.add(row_from(case_id, result, finder, rules_version=rules_version()))
    case = found(session, Case, case_id, "案卷", "case")
    _settle_case(case, before, facts)
    session.add(case)
    audit.record(
        session,
        "machine",
        "case.read",
        "case",
        case_id,
        files=[sha256 for _, sha256, _ in before.fingerprint],
        documents=len(documents),
        failed=sorted(result.check_id for result in results if result.outcome == "fail"),
    )


def rules_version() -> str:
    """Names the set of checks: how many there are and the last id."""
    known = checks()
    return f"{len(known)}:{known[-1].id}" if known else ""


def _settle_case(case: Case, before: Snapshot, facts: CaseFacts) -> None:
    """The reading state, and the procedure where the ledger gives none."""
    statuses = {report.status for report in before.files}
    if not before.files:
        case.reading_state = "none"
    elif statuses == {FileStatus.READ}:
        case.reading_state = "read"
    else:
        case.reading_state = "partly"
    procedure = facts.get("procedure")
    if not case.procedure and procedure is not None and procedure.value in tuple(Procedure):
        case.procedure = str(procedure.value)


def _replace_documents(
    session: Session, case_id: int, before: Snapshot, documents: Sequence[Document]
) -> list[int]:
    """New rows of the papers, with their pages; a person's facts stay with the same page."""
    session.execute(
        update(PageRow).where(col(PageRow.id).in_(before.page_ids)).values(document_id=None)
    )
    old = select(DocumentRow.id).where(DocumentRow.case_id == case_id)
    session.execute(
        update(FactRow)
        .where(col(FactRow.document_id).in_(old), col(FactRow.origin) == "person")
        .values(document_id=None)
    )
    session.execute(
        delete(FactRow).where(col(FactRow.case_id) == case_id, col(FactRow.origin) == "machine")
    )
    session.execute(delete(DocumentRow).where(col(DocumentRow.case_id) == case_id))
    page_ids = _ids_by_place(before)
    taken: dict[str, int] = {}
    ids: list[int] = []
    for sequence, document in enumerate(documents):
        numbers = document.page_range
        row = DocumentRow(
            case_id=case_id,
            source_file_id=before.source_ids[document.source],
            sequence=sequence,
            kind=document.kind,
            title=document.title,
            first_page=numbers[0] if numbers else None,
            last_page=numbers[1] if numbers else None,
            confidence=document.confidence,
            reason=document.reason,
        )
        session.add(row)
        session.flush()
        assert row.id is not None
        ids.append(row.id)
        own = []
        for page in document.pages:
            place = page.number if page.number is not None else taken.get(page.source, 0)
            taken[page.source] = taken.get(page.source, 0) + 1
            own.append(page_ids[page.source, place])
        session.execute(update(PageRow).where(col(PageRow.id).in_(own)).values(document_id=row.id))
    return ids


def _ids_by_place(before: Snapshot) -> dict[tuple[str, int], int]:
    """(source, page number) to page id; for the pieces of a DOCX their place from 0."""
    found_ids: dict[tuple[str, int], int] = {}
    pieces: dict[str, int] = {}
    for page, page_id in zip(before.pages, before.page_ids, strict=True):
        place = page.number
        if place is None:
            place = pieces.get(page.source, 0)
            pieces[page.source] = place + 1
        found_ids[page.source, place] = page_id
    return found_ids


def _replace_facts(
    session: Session, case_id: int, facts: CaseFacts, document_ids: Sequence[int]
) -> None:
    """Merged facts first, then each paper's own, in the order of the file."""
    corrected = {
        row.name
        for row in session.exec(
            select(FactRow).where(FactRow.case_id == case_id, FactRow.origin == "person")
        )
    }
    sequence = 0
    for name, fact in facts.merged.items():
        if name not in corrected:
            contradicted = name in facts.contradictions
            session.add(_fact_row(case_id, None, sequence, fact, is_contradicted=contradicted))
        sequence += 1
    for document in facts.documents:
        for fact in document.facts:
            contradicted = fact in facts.contradictions.get(fact.name, ())
            session.add(
                _fact_row(
                    case_id,
                    document_ids[document.index],
                    sequence,
                    fact,
                    is_contradicted=contradicted,
                )
            )
            sequence += 1


def _fact_row(
    case_id: int, document_id: int | None, sequence: int, fact: Fact, *, is_contradicted: bool
) -> FactRow:
    return FactRow(
        case_id=case_id,
        document_id=document_id,
        sequence=sequence,
        name=fact.name,
        value=value_text(fact.value),
        source=fact.evidence.source,
        page=fact.evidence.page,
        quote=fact.evidence.quote,
        boxes=[[round(side, 2) for side in box] for box in fact.evidence.boxes],
        confidence=fact.confidence,
        is_contradicted=is_contradicted,
        origin=fact.origin,
    )
