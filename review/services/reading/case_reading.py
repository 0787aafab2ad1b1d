"""What was read of a case, put together from its stored pages: papers, facts, check results.

A case's papers are split over all its files together, so the order in which files come does not
matter. A person's division and corrections stand above what the machine makes of the pages. The
work is done outside any transaction; the rows are replaced only if nothing that it follows from
changed meanwhile, otherwise the work is done again.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from review.casefiles.media import from_json
from review.casefiles.names import natural_order
from review.casefiles.tables import Case, SourceFile
from review.common.store import Store
from review.db.rows import found
from review.db.session import reading, transaction
from review.documents import division as divisions
from review.documents.division import Division, PageKey
from review.documents.model import Box, FileReport, FileStatus, Page, Reason
from review.documents.pictures import picture_digests
from review.documents.tables import DivisionRow, PageRow
from review.errors import BadValue, DatabaseBusy, ReviewError
from review.facts.model import Evidence
from review.facts.tables import FactCorrection
from review.services.case_files import across_cases
from review.services.reading.analysis import Analysis, Corrected, Material, analyse
from review.services.reading.case_rows import replace_rows
from review.services.reading.fact_values import from_text
from review.services.reading.page_rows import packed_page
from review.services.rules.calendar import calendar_in
from review.services.rules.site import site_settings
from review.settings import settings

TRIES = 20
ROWS_AT_ONCE = 200

_log = logging.getLogger(__name__)

Fingerprint = tuple[tuple[object, ...], ...]
"""What a reading was made of: id, hash and reader of each file; division; corrections."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything of a case that its papers, facts and checks follow from.

    `page_ids` and `source_ids` are the rows of the material's pages and of their sources.
    """

    fingerprint: Fingerprint
    material: Material
    page_ids: tuple[int, ...]
    source_ids: tuple[int, ...]
    corrections: tuple[FactCorrection, ...]


def report_of(row: SourceFile) -> FileReport:
    """The intake report that a file's row keeps."""
    reason = Reason(row.reason_code, row.reason_zh, row.reason_en) if row.reason_code else None
    media = from_json(row.media) if row.media else None
    status = FileStatus(row.status)
    return FileReport(row.source, row.sha256, row.kind, row.pages, status, reason, media)


def fingerprint(session: Session, case_id: int) -> Fingerprint:
    """Changes whenever the papers, facts and checks of a case might."""
    sources = sorted(
        (row.id or 0, row.sha256, row.reader_version) for row in sources_of(session, case_id)
    )
    return (*sources, division_version(session, case_id), correction_version(session, case_id))


def division_version(session: Session, case_id: int) -> tuple[int, int]:
    """How many steps a person took in dividing a case, and how many of them were undone."""
    counted = session.exec(
        select(func.count(), func.count(col(DivisionRow.undone_at))).where(
            DivisionRow.case_id == case_id
        )
    ).one()
    return int(counted[0]), int(counted[1])


def correction_version(session: Session, case_id: int) -> tuple[int, int]:
    """How many corrections a case has, and how many of them were withdrawn."""
    counted = session.exec(
        select(func.count(), func.count(col(FactCorrection.withdrawn_at))).where(
            FactCorrection.case_id == case_id
        )
    ).one()
    return int(counted[0]), int(counted[1])


def sources_of(session: Session, case_id: int) -> list[SourceFile]:
    """The files of a case in natural order of their names."""
    rows = session.exec(select(SourceFile).where(SourceFile.case_id == case_id)).all()
    return sorted(rows, key=lambda row: (natural_order(row.source), row.id or 0))


def division_of(session: Session, case_id: int) -> Division | None:
    """The division that a person made last; None where the machine's is in force."""
    row = session.exec(
        select(DivisionRow)
        .where(DivisionRow.case_id == case_id, col(DivisionRow.undone_at).is_(None))
        .order_by(col(DivisionRow.number).desc())
        .limit(1)
    ).first()
    return None if row is None else divisions.from_json(row.papers)


def corrections_of(session: Session, case_id: int) -> list[FactCorrection]:
    """The corrections that stand, in the order in which they were made."""
    return list(
        session.exec(
            select(FactCorrection)
            .where(FactCorrection.case_id == case_id, col(FactCorrection.withdrawn_at).is_(None))
            .order_by(col(FactCorrection.id))
        )
    )


def snapshot(session: Session, case_id: int) -> Snapshot:
    """A case as it stands. Raises NotFound."""
    case = found(session, Case, case_id, "案卷", "case")
    sources = sources_of(session, case_id)
    ordered = _pages_of(session, sources)
    corrections = corrections_of(session, case_id)
    return Snapshot(
        fingerprint=fingerprint(session, case_id),
        material=Material(
            case_no=case.case_no,
            files=tuple(report_of(row) for row in sources),
            pages=tuple(page for page, _, _, _ in ordered),
            keys=tuple(key for _, key, _, _ in ordered),
            division=division_of(session, case_id),
            corrections=tuple(_corrected(corrections)),
            calendar=calendar_in(session),
            settings=site_settings(session),
        ),
        page_ids=tuple(page_id for _, _, page_id, _ in ordered),
        source_ids=tuple(source_id for _, _, _, source_id in ordered),
        corrections=tuple(corrections),
    )


def _pages_of(
    session: Session, sources: Sequence[SourceFile]
) -> list[tuple[Page, PageKey, int, int]]:
    """The pages of files in order, each with its key, its row and that of its file.

    Few rows are held at a time: a row takes more memory than the page that it keeps.
    """
    by_source: dict[int, list[tuple[Page, PageKey, int, int]]]
    by_source = {row.id or 0: [] for row in sources}
    named = {row.id: row for row in sources}
    rows = session.exec(
        select(PageRow)
        .where(col(PageRow.source_file_id).in_(list(by_source)))
        .order_by(col(PageRow.source_file_id), col(PageRow.position))
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    for row in rows:
        source = named[row.source_file_id]
        page, key = packed_page(row, source.source), PageKey(source.sha256, row.position)
        by_source[row.source_file_id].append((page, key, row.id or 0, row.source_file_id))
    return [each for pages in by_source.values() for each in pages]


def _corrected(rows: Sequence[FactCorrection]) -> list[Corrected]:
    """Corrections for the analysis; one whose value the product knows no more is logged."""
    corrections = []
    for row in rows:
        try:
            value = from_text(row.name, row.value) if row.value else None
        except BadValue as error:
            _log.warning("correction %s is left out: %s", row.id, error.code)
            continue
        boxes = tuple(Box(*box) for box in row.boxes or ())
        corrections.append(
            Corrected(
                row.name,
                value,
                row.old_value,
                Evidence(row.source, row.page, row.quote, boxes),
                PageKey(row.sha256, row.position) if row.position is not None else None,
            )
        )
    return corrections


def analyse_case(engine: Engine, case_id: int) -> Analysis:
    """Split, extract and check a case from its stored pages, and replace the rows that follow.

    Other cases that come to touch this one, or touched it before, are done again as well, so that
    both sides tell the same. Repeatable: the same pages give the same rows. Raises NotFound,
    Unexpected where the analysis breaks, and DatabaseBusy where files keep coming in.
    """
    after, others = _analyse(engine, case_id)
    for other in others:
        try:
            _analyse(engine, other)
        except ReviewError as error:  # its rows stay as they were; this case is done
            _log.warning("case %s was not compared again: %s", other, error.code)
    return after


def _analyse(engine: Engine, case_id: int) -> tuple[Analysis, list[int]]:
    """One case; returns the others whose results this one changes, too."""
    for _ in range(TRIES):
        with reading(engine) as session:
            before = snapshot(session, case_id)
            touched = across_cases.conflicting_cases(session, case_id)
        after = analyse(before.material)
        pictures = _pictures(before.material.files)
        with transaction(engine) as session:
            if fingerprint(session, case_id) == before.fingerprint:
                replace_rows(
                    session,
                    case_id,
                    before.material,
                    after,
                    page_ids=dict(zip(before.material.keys, before.page_ids, strict=True)),
                    source_ids=dict(zip(before.material.keys, before.source_ids, strict=True)),
                    corrections=before.corrections,
                    pictures=pictures,
                )
                now_touched = across_cases.conflicting_cases(session, case_id)
                return after, sorted({*touched, *now_touched})
    raise DatabaseBusy


def _pictures(files: Sequence[FileReport]) -> list[across_cases.Picture]:
    """The pictures in the files of a case, from the store."""
    store = Store(settings().store)
    return [
        across_cases.Picture(report.source, digest)
        for report in files
        if report.status is not FileStatus.REFUSED and store.holds(report.sha256)
        for digest in picture_digests(
            store.path(report.sha256), kind=report.kind, source=report.source
        )
    ]
