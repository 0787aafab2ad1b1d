"""What is in force of a case beside what would follow from a newer reading of its files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Engine
from sqlmodel import col, select

from review.casefiles.tables import SourceFile
from review.checks.tables import CheckRow
from review.db.session import reading
from review.documents.division import PageKey
from review.documents.model import FileReport, Page
from review.documents.tables import DocumentRow, PageRow
from review.facts.interface import value_text
from review.facts.model import CaseFacts
from review.facts.tables import FactRow
from review.services.reading.analysis import Analysis, Material, analyse
from review.services.reading.case_reading import report_of, snapshot, sources_of
from review.services.reading.import_readings import Entry, report_from
from review.services.reading.kept_pages import KeptReading
from review.services.reading.page_rows import packed_page

Slot = tuple[str, int, str]
"""Kind of paper (empty for the whole file), which one of that kind, name of the fact."""


def compared(engine: Engine, case_id: int, again: Mapping[int, KeptReading]) -> dict[str, Any]:
    """The comparison as JSON: files, papers, facts and checks that would change.

    `again` are new readings by source file. A reading with fewer pages than before is not taken:
    a page that scores or findings refer to must not vanish.
    """
    with reading(engine) as session:
        standing = snapshot(session, case_id)
        sources = sources_of(session, case_id)
        counts = {
            row.id or 0: len(
                session.exec(select(PageRow.id).where(PageRow.source_file_id == row.id)).all()
            )
            for row in sources
        }
        pages = {
            row.id or 0: session.exec(
                select(PageRow)
                .where(PageRow.source_file_id == row.id)
                .order_by(col(PageRow.position))
            ).all()
            for row in sources
        }
        papers = session.exec(
            select(DocumentRow)
            .where(DocumentRow.case_id == case_id)
            .order_by(col(DocumentRow.sequence))
        ).all()
        facts = session.exec(
            select(FactRow).where(FactRow.case_id == case_id).order_by(col(FactRow.sequence))
        ).all()
        results = session.exec(select(CheckRow).where(CheckRow.case_id == case_id)).all()
    taken = {
        source_id: read
        for source_id, read in again.items()
        if len(read) >= counts.get(source_id, 0)
    }
    material = _material(standing.material, sources, pages, taken)
    after = analyse(material)
    kind_of = {paper.id: paper.kind for paper in papers}
    old_facts = _slots(_stored(facts, [paper.id or 0 for paper in papers], kind_of))
    return {
        "files": [
            {
                "source": row.source,
                "old_version": row.reader_version,
                "old_pages": counts.get(row.id or 0, 0),
                "new_pages": len(again[row.id or 0]),
                "is_taken": row.id in taken,
            }
            for row in sources
            if row.id in again
        ],
        "papers": _papers(papers, after),
        "facts": _changes(old_facts, _slots(_read(after.facts))),
        "checks": _checks(results, after),
        "same_facts": sum(len(values) for values in old_facts.values()),
        "division": _division(standing.material, after),
    }


def _material(
    standing: Material,
    sources: Iterable[SourceFile],
    pages: Mapping[int, Any],
    again: Mapping[int, KeptReading],
) -> Material:
    """The case's material with the new readings in place of the old."""
    files: list[FileReport] = []
    own: list[Page] = []
    keys: list[PageKey] = []
    for row in sources:
        kept = again.get(row.id or 0)
        if kept is None:
            files.append(report_of(row))
            read = [packed_page(page, row.source) for page in pages[row.id or 0]]
        else:
            files.append(report_from(Entry(row.source, row.sha256, row.size, row.kind), kept))
            read = [replace(page, source=row.source) for page in kept.pages()]
        own.extend(read)
        keys.extend(PageKey(row.sha256, position) for position in range(len(read)))
    return replace(standing, files=tuple(files), pages=tuple(own), keys=tuple(keys))


def _papers(rows: Iterable[DocumentRow], after: Analysis) -> dict[str, list[list[Any]]]:
    """The papers, old and new; empty lists where nothing changes."""
    old = [[row.kind, row.title, row.first_page, row.last_page] for row in rows]
    new = [
        [paper.kind, paper.title, *(span or (None, None))]
        for paper, span in zip(after.division.papers, after.spans, strict=True)
    ]
    gone = [row for row in old if row not in new]
    come = [row for row in new if row not in old]
    return {"old": gone, "new": come}


def _division(standing: Material, after: Analysis) -> dict[str, int]:
    """How a person's division stands to the new reading; zeros where there is none."""
    if standing.division is None:
        return {"gone": 0, "new": 0, "differs": 0}
    before = {paper.pages for paper in analyse(standing).machine.papers}
    differing = [paper for paper in after.machine.papers if paper.pages not in before]
    return {
        "gone": len(after.conflicts.gone),
        "new": len(after.conflicts.new),
        "differs": len(differing),
    }


Row = tuple[str, int, str, str, int | None]
"""Kind of paper, its place among all, name, value, page."""


def _stored(
    facts: Iterable[FactRow], order: list[int], kind_of: Mapping[int | None, str]
) -> Iterable[Row]:
    for row in facts:
        if row.document_id is None:
            yield "", 0, row.name, row.value, row.page
        else:
            kind = kind_of.get(row.document_id, "")
            yield kind, order.index(row.document_id), row.name, row.value, row.page


def _read(facts: CaseFacts) -> Iterable[Row]:
    for name, fact in facts.merged.items():
        yield "", 0, name, value_text(fact.value), fact.evidence.page
    for paper in facts.documents:
        for fact in paper.facts:
            yield paper.kind, paper.index, fact.name, value_text(fact.value), fact.evidence.page


def _slots(rows: Iterable[Row]) -> dict[Slot, list[tuple[str, int | None]]]:
    """Values and pages by slot: papers of a kind are counted, as their places may move."""
    found: dict[Slot, list[tuple[str, int | None]]] = {}
    nth: dict[tuple[str, int], int] = {}
    seen: dict[str, int] = {}
    for kind, place, name, value, page in rows:
        if (kind, place) not in nth:
            nth[kind, place] = seen.get(kind, 0)
            seen[kind] = nth[kind, place] + 1
        found.setdefault((kind, nth[kind, place], name), []).append((value, page))
    return found


def _changes(
    old: Mapping[Slot, list[tuple[str, int | None]]],
    new: Mapping[Slot, list[tuple[str, int | None]]],
) -> list[dict[str, Any]]:
    """The facts that differ, those of the whole file first."""
    changes = []
    slots = dict.fromkeys((*old, *new))
    for kind, nth, name in sorted(slots, key=lambda slot: (slot[0] != "", slot[0], slot[1])):
        before, after = old.get((kind, nth, name), []), new.get((kind, nth, name), [])
        was, now = [value for value, _ in before], [value for value, _ in after]
        if was != now:
            changes.append(
                {
                    "kind": kind,
                    "nth": nth,
                    "name": name,
                    "old": was,
                    "new": now,
                    "old_page": before[0][1] if before else None,
                    "new_page": after[0][1] if after else None,
                }
            )
    return changes


def _checks(rows: Iterable[CheckRow], after: Analysis) -> list[dict[str, str]]:
    """The checks whose outcome would change."""
    old = {row.check_id: row.outcome for row in rows}
    new = {result.check_id: str(result.outcome) for result in after.results}
    return [
        {"check_id": check_id, "old": old.get(check_id, ""), "new": new.get(check_id, "")}
        for check_id in sorted(old.keys() | new.keys())
        if old.get(check_id) != new.get(check_id)
    ]
