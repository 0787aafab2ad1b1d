"""Dividing a case file into papers by hand: each step audited, undone step by step, lasting.

A step is written first and the case analysed anew from it after; whatever ends the process between
the two, the step stands and the next analysis follows it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from review.casefiles.tables import Case, SourceFile
from review.common.clock import now
from review.db import audit
from review.db.rows import found
from review.db.session import reading, transaction
from review.documents import division as divisions
from review.documents.division import Division, PageKey, PaperOfPages
from review.documents.kinds import OTHER, all_kinds
from review.documents.tables import DivisionRow, DocumentRow, PageRow
from review.errors import BadDivision, BadValue, Stale
from review.services import access
from review.services.access import Actor
from review.services.case_files.corrections import names_of
from review.services.reading.case_reading import analyse_case, division_of, division_version

Change = Callable[[Division, "_Pages"], Division]


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of the history: what was done, by whom, when, and whether it was undone."""

    number: int
    action: str
    author: str
    at: datetime
    is_undone: bool


@dataclass(frozen=True, slots=True)
class DivisionView:
    """How a case is divided by people. `version` goes with every change.

    `gone` and `new` count pages on which the division and the files differ since a later import or
    reading. `can_undo` is False where the machine's division is in force.
    """

    version: int
    is_by_person: bool
    can_undo: bool
    gone: int
    new: int
    steps: tuple[StepView, ...]


@dataclass(frozen=True, slots=True)
class _Pages:
    """The pages of a case: keys by row id, and in the order of the files."""

    keys: dict[int, PageKey]
    order: tuple[PageKey, ...]

    def of(self, page_ids: Sequence[int]) -> list[PageKey]:
        """The keys of page rows. Raises BadDivision for a page of another case."""
        if not set(page_ids) <= self.keys.keys():
            raise BadDivision(
                reason="所选页面已不在案卷中", reason_en="the page is no longer in the case file"
            )
        return [self.keys[page_id] for page_id in page_ids]


def kinds() -> tuple[str, ...]:
    """The kinds of papers in the order of the procedure."""
    return (*(name for name in all_kinds() if name != OTHER), OTHER)


def division_view(engine: Engine, actor: Actor, case_id: int) -> DivisionView:
    """How a case is divided by people. Raises NotFound, NotAllowed."""
    with reading(engine) as session:
        access.require_case(session, actor, case_id)
        rows = session.exec(
            select(DivisionRow)
            .where(DivisionRow.case_id == case_id)
            .order_by(col(DivisionRow.number).desc())
        ).all()
        names = names_of(session, [row.author_id for row in rows])
        standing = next((row for row in rows if row.undone_at is None), None)
        divided = divisions.from_json(standing.papers).pages if standing else ()
        there = _pages_of(session, case_id).order
        return DivisionView(
            version=sum(division_version(session, case_id)),
            is_by_person=standing is not None,
            can_undo=standing is not None,
            gone=len(set(divided) - set(there)),
            new=len(set(there) - set(divided)) if standing else 0,
            steps=tuple(
                StepView(
                    row.number,
                    row.action,
                    names.get(row.author_id, ""),
                    row.at,
                    row.undone_at is not None,
                )
                for row in rows
            ),
        )


def _pages_of(session: Session, case_id: int) -> _Pages:
    rows = session.exec(
        select(PageRow.id, SourceFile.sha256, PageRow.position)
        .join(SourceFile, col(SourceFile.id) == col(PageRow.source_file_id))
        .where(SourceFile.case_id == case_id)
        .order_by(col(SourceFile.sequence), col(SourceFile.source), col(PageRow.position))
    ).all()
    keys = {page_id or 0: PageKey(sha256, position) for page_id, sha256, position in rows}
    return _Pages(keys, tuple(keys.values()))


def _as_analysed(session: Session, case_id: int, pages: _Pages) -> Division:
    """The division that the rows of papers and pages show."""
    own: dict[int, list[PageKey]] = {}
    rows = session.exec(
        select(PageRow.id, PageRow.document_id)
        .where(col(PageRow.id).in_(list(pages.keys)))
        .order_by(col(PageRow.sequence), col(PageRow.position))
    )
    for page_id, document_id in rows:
        if document_id is not None:
            own.setdefault(document_id, []).append(pages.keys[page_id or 0])
    papers = session.exec(
        select(DocumentRow)
        .where(DocumentRow.case_id == case_id)
        .order_by(col(DocumentRow.sequence))
    )
    return Division(
        tuple(
            PaperOfPages(
                row.kind, row.title, tuple(own.get(row.id or 0, ())), row.confidence, row.reason
            )
            for row in papers
            if own.get(row.id or 0)
        )
    )


def _change(
    engine: Engine,
    actor: Actor,
    case_id: int,
    action: str,
    change: Change,
    *,
    seen_version: int,
    **detail: Any,
) -> None:
    access.require(actor, "case.correct")
    with transaction(engine) as session:
        found(session, Case, case_id, "案卷", "case")
        access.require_case(session, actor, case_id, "case.correct")
        _require_version(session, case_id, seen_version)
        pages = _pages_of(session, case_id)
        shown = _as_analysed(session, case_id, pages)
        standing = division_of(session, case_id)
        before = shown if standing is None else divisions.reconcile(standing, shown)[0]
        after = change(before, pages)
        number = session.exec(
            select(func.coalesce(func.max(DivisionRow.number), 0)).where(
                DivisionRow.case_id == case_id
            )
        ).one()
        session.add(
            DivisionRow(
                case_id=case_id,
                number=int(number) + 1,
                action=action,
                detail=detail,
                papers=divisions.as_json(after),
                author_id=actor.row_id,
            )
        )
        audit.record(session, actor.audit_name, f"division.{action}", "case", case_id, **detail)
    analyse_case(engine, case_id)


def _require_version(session: Session, case_id: int, seen: int) -> None:
    current = sum(division_version(session, case_id))
    if current != seen:
        raise Stale(what="文书划分", what_en="the division", current=current, seen=seen)


def _known(kind: str) -> str:
    if kind not in all_kinds():
        raise BadValue(
            field="文书种类",
            field_en="kind of paper",
            value=kind,
            reason="没有此种类",
            reason_en="there is no such kind",
        )
    return kind


def rename_paper(
    engine: Engine,
    actor: Actor,
    case_id: int,
    *,
    paper: int,
    kind: str,
    title: str = "",
    seen_version: int,
) -> None:
    """Give a paper (by its place, from 0) another kind; the title only where one is given.

    Raises BadValue for a kind that there is not, BadDivision, Stale, NotAllowed; so do the others.
    """
    _known(kind)
    _change(
        engine,
        actor,
        case_id,
        "rename",
        lambda division, _pages: divisions.rename(division, paper, kind=kind, title=title.strip()),
        seen_version=seen_version,
        paper=paper,
        kind=kind,
    )


def split_paper(
    engine: Engine,
    actor: Actor,
    case_id: int,
    *,
    page_id: int,
    kind: str = OTHER,
    title: str = "",
    seen_version: int,
) -> None:
    """Let a new paper begin at a page."""
    _known(kind)
    _change(
        engine,
        actor,
        case_id,
        "split",
        lambda division, pages: divisions.split(
            division, pages.of([page_id])[0], kind=kind, title=title.strip()
        ),
        seen_version=seen_version,
        page=page_id,
        kind=kind,
    )


def join_papers(
    engine: Engine, actor: Actor, case_id: int, *, paper: int, other: int, seen_version: int
) -> None:
    """Put the pages of the paper `other` behind those of `paper`, which keeps its kind."""
    _change(
        engine,
        actor,
        case_id,
        "join",
        lambda division, _pages: divisions.join(division, paper, other),
        seen_version=seen_version,
        paper=paper,
        other=other,
    )


def move_pages(
    engine: Engine,
    actor: Actor,
    case_id: int,
    *,
    page_ids: Sequence[int],
    paper: int,
    seen_version: int,
) -> None:
    """Move pages to another paper, where they belong by the order of the file."""
    _change(
        engine,
        actor,
        case_id,
        "move",
        lambda division, pages: divisions.move(
            division, pages.of(page_ids), paper, order=pages.order
        ),
        seen_version=seen_version,
        pages=list(page_ids),
        paper=paper,
    )


def take_out_pages(
    engine: Engine,
    actor: Actor,
    case_id: int,
    *,
    page_ids: Sequence[int],
    kind: str = OTHER,
    title: str = "",
    seen_version: int,
) -> None:
    """Make a paper of its own out of pages."""
    _known(kind)
    _change(
        engine,
        actor,
        case_id,
        "take_out",
        lambda division, pages: divisions.take_out(
            division, pages.of(page_ids), order=pages.order, kind=kind, title=title.strip()
        ),
        seen_version=seen_version,
        pages=list(page_ids),
        kind=kind,
    )


def reorder_papers(
    engine: Engine, actor: Actor, case_id: int, *, paper: int, to: int, seen_version: int
) -> None:
    """Put a paper at another place among the papers."""
    _change(
        engine,
        actor,
        case_id,
        "reorder",
        lambda division, _pages: divisions.reorder(division, paper, to),
        seen_version=seen_version,
        paper=paper,
        to=to,
    )


def shift_page(
    engine: Engine, actor: Actor, case_id: int, *, page_id: int, step: int, seen_version: int
) -> None:
    """Move a page within its paper by so many places."""
    _change(
        engine,
        actor,
        case_id,
        "shift",
        lambda division, pages: divisions.shift(division, pages.of([page_id])[0], step),
        seen_version=seen_version,
        page=page_id,
        step=step,
    )


def undo(engine: Engine, actor: Actor, case_id: int, *, seen_version: int) -> None:
    """Take back the last step that stands; with none left the machine's division is in force."""
    access.require(actor, "case.correct")
    with transaction(engine) as session:
        found(session, Case, case_id, "案卷", "case")
        access.require_case(session, actor, case_id, "case.correct")
        _require_version(session, case_id, seen_version)
        row = session.exec(
            select(DivisionRow)
            .where(DivisionRow.case_id == case_id, col(DivisionRow.undone_at).is_(None))
            .order_by(col(DivisionRow.number).desc())
            .limit(1)
        ).first()
        if row is None:
            raise BadDivision(reason="没有可撤销的操作", reason_en="there is nothing to undo")
        row.undone_at, row.undone_by = now(), actor.row_id
        session.add(row)
        audit.record(session, actor.audit_name, "division.undo", "case", case_id, step=row.number)
    analyse_case(engine, case_id)
