"""The rows that follow from an analysis: papers, facts and check results, replaced as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, update
from sqlmodel import Session, col

from review.casefiles.tables import Case
from review.checks.catalogue import checks
from review.checks.check import CheckResult, Procedure
from review.checks.tables import CheckRow
from review.db import audit
from review.db.rows import found
from review.documents.division import PageKey
from review.documents.model import FileReport, FileStatus
from review.documents.tables import DocumentRow, PageRow
from review.facts.interface import value_text
from review.facts.model import CaseFacts, Fact
from review.facts.tables import FactCorrection, FactRow
from review.law.in_force import LawInForce
from review.services.case_files import across_cases
from review.services.case_files.check_rows import page_finder, row_from
from review.services.reading.analysis import Analysis, Material
from review.services.rules.site import site_law
from review.services.waivers.waivers import record_review

FACTS_AT_ONCE = 1000
"""So many rows of facts are held while a case is written; a long one has a hundred thousand."""


def replace_rows(
    session: Session,
    case_id: int,
    material: Material,
    after: Analysis,
    *,
    page_ids: Mapping[PageKey, int],
    source_ids: Mapping[PageKey, int],
    corrections: Sequence[FactCorrection],
    pictures: Sequence[across_cases.Picture] = (),
) -> None:
    """Replace what follows from the pages of a case, in the caller's transaction.

    What other cases share is compared here, in the transaction that keeps the marks of this one;
    `pictures` are those in its files.
    """
    document_ids = _documents(session, case_id, after, page_ids, source_ids)
    _facts(session, case_id, after.facts, document_ids, corrections)
    session.execute(delete(CheckRow).where(col(CheckRow.case_id) == case_id))
    session.flush()
    finder = page_finder(session, case_id)
    law = site_law(session).for_site(material.calendar)
    for result in _results(session, case_id, after, law, pictures):
        session.add(row_from(case_id, result, finder, rules_version=rules_version()))
    case = found(session, Case, case_id, "案卷", "case")
    _settle_case(case, material.files, after.facts)
    session.add(case)
    if material.is_checked:
        record_review(session, case, after.facts, law, finder)
    audit.record(
        session,
        "machine",
        "case.read",
        "case",
        case_id,
        files=sorted(report.sha256 for report in material.files),
        documents=len(after.division.papers),
        failed=sorted(result.check_id for result in after.results if result.outcome == "fail"),
    )


def _results(
    session: Session,
    case_id: int,
    after: Analysis,
    law: LawInForce,
    pictures: Sequence[across_cases.Picture],
) -> list[CheckResult]:
    """The results of the analysis, those across cases from the marks as they stand now."""
    if not after.results:
        return []
    own = [each for each in after.results if not across_cases.is_across(each)]
    compared = across_cases.compare(session, case_id, after.facts, law, pictures)
    return sorted([*own, *compared], key=lambda each: each.check_id)


def rules_version() -> str:
    """Names the set of checks: how many there are and the last id."""
    known = checks()
    return f"{len(known)}:{known[-1].id}" if known else ""


def _settle_case(case: Case, files: Sequence[FileReport], facts: CaseFacts) -> None:
    """The reading state, and the procedure where the ledger gives none."""
    statuses = {report.status for report in files}
    if not files:
        case.reading_state = "none"
    elif statuses == {FileStatus.READ}:
        case.reading_state = "read"
    else:
        case.reading_state = "partly"
    procedure = facts.get("procedure")
    if not case.procedure and procedure is not None and procedure.value in tuple(Procedure):
        case.procedure = str(procedure.value)


def _documents(
    session: Session,
    case_id: int,
    after: Analysis,
    page_ids: Mapping[PageKey, int],
    source_ids: Mapping[PageKey, int],
) -> list[int]:
    """New rows of the papers; every page gets its paper and its place among all pages."""
    session.execute(
        update(PageRow).where(col(PageRow.id).in_(list(page_ids.values()))).values(document_id=None)
    )
    session.execute(delete(FactRow).where(col(FactRow.case_id) == case_id))
    session.execute(delete(DocumentRow).where(col(DocumentRow.case_id) == case_id))
    ids: list[int] = []
    places: list[dict[str, int]] = []
    for sequence, paper in enumerate(after.division.papers):
        span = after.spans[sequence]
        row = DocumentRow(
            case_id=case_id,
            source_file_id=source_ids[paper.pages[0]],
            sequence=sequence,
            kind=paper.kind,
            title=paper.title,
            first_page=span[0] if span else None,
            last_page=span[1] if span else None,
            confidence=paper.confidence,
            reason=paper.reason,
        )
        session.add(row)
        session.flush()
        assert row.id is not None
        ids.append(row.id)
        for page in paper.pages:
            places.append({"id": page_ids[page], "document_id": row.id, "sequence": len(places)})
    if places:
        session.execute(update(PageRow), places)
        session.expire_all()
    return ids


def _facts(
    session: Session,
    case_id: int,
    facts: CaseFacts,
    document_ids: Sequence[int],
    corrections: Sequence[FactCorrection],
) -> None:
    """Merged facts first, then each paper's own, in the order of the file."""
    authors = {(row.name, row.value): row.author_id for row in corrections}
    sequence = 0
    for name, fact in facts.merged.items():
        row = _fact_row(case_id, None, sequence, fact, authors)
        row.is_contradicted = name in facts.contradictions
        session.add(row)
        sequence += 1
    for document in facts.documents:
        for fact in document.facts:
            row = _fact_row(case_id, document_ids[document.index], sequence, fact, authors)
            row.is_contradicted = fact in facts.contradictions.get(fact.name, ())
            session.add(row)
            sequence += 1
            if sequence % FACTS_AT_ONCE == 0:
                session.flush()  # rows that are written are held no longer


def _fact_row(
    case_id: int,
    document_id: int | None,
    sequence: int,
    fact: Fact,
    authors: Mapping[tuple[str, str], int | None],
) -> FactRow:
    value = value_text(fact.value)
    return FactRow(
        case_id=case_id,
        document_id=document_id,
        sequence=sequence,
        name=fact.name,
        value=value,
        source=fact.evidence.source,
        page=fact.evidence.page,
        quote=fact.evidence.quote,
        boxes=[[round(side, 2) for side in box] for box in fact.evidence.boxes],
        confidence=fact.confidence,
        origin=fact.origin,
        author_id=authors.get((fact.name, value)) if fact.origin == "person" else None,
    )
