"""Reading cases: the list, one case with all that was read of it, its pages and their images."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, or_
from sqlmodel import Session, col, select

from review.casefiles.media import MediaRecord, from_json
from review.casefiles.tables import Case, SourceFile
from review.checks.catalogue import checks
from review.checks.tables import CheckRow
from review.common.store import Store
from review.db.accounts import Role, Unit
from review.db.rows import found
from review.db.session import reading
from review.documents.tables import PageRow
from review.errors import NotFound
from review.facts.names import BY_NAME
from review.facts.tables import FactRow
from review.planning.tables import ROUND_HEAD, Round, RoundCase
from review.services import access
from review.services.access import Actor
from review.services.case_files.check_rows import (
    CheckView,
    PageFinder,
    check_view,
    page_finder,
    results_of,
)
from review.services.case_files.timelines import Event, timeline
from review.services.desk.sheet_views import DocumentCard, PageCard
from review.services.desk.sheets import case_outline, image_url
from review.services.reading.page_rows import LineView, doubtful_places_of, lines_of
from review.services.rounds.visibility import checks_shown, sees_checks
from review.services.rules.editions import Words
from review.settings import settings

MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class CaseCard:
    """A row of the ledger in a list."""

    id: int
    case_no: str
    kind: str
    unit_id: int
    unit_name: str
    squad: str
    procedure: str
    cause: str
    party_name: str
    officers: tuple[str, ...]
    fine_yuan: Decimal | None
    filed_on: date | None
    decided_on: date | None
    closed_on: date | None
    reading_state: str
    pages: int
    failed: int
    version: int


@dataclass(frozen=True, slots=True)
class CasePage:
    """One page of the list, and how many there are in all."""

    rows: tuple[CaseCard, ...]
    total: int


@dataclass(frozen=True, slots=True)
class FileView:
    """The intake report of one file; `reason` says why it was not read in full.

    `media` is what a recording says of itself; None for other files.
    """

    id: int
    source: str
    sha256: str
    kind: str
    size: int
    pages: int | None
    status: str
    reason_code: str
    reason: Words
    added_at: datetime
    media: MediaRecord | None = None


@dataclass(frozen=True, slots=True)
class FactView:
    """One fact with its place. `document_id` None for the merged value."""

    id: int
    name: str
    title: Words
    value: str
    document_id: int | None
    source: str
    page: int | None
    page_id: int | None
    quote: str
    boxes: tuple[tuple[float, float, float, float], ...]
    confidence: float
    is_contradicted: bool
    origin: str


@dataclass(frozen=True, slots=True)
class RoundRef:
    """A round that the case was drawn into."""

    id: int
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything the case page shows."""

    case: CaseCard
    files: tuple[FileView, ...]
    documents: tuple[DocumentCard, ...]
    pages: tuple[PageCard, ...]
    facts: tuple[FactView, ...]
    document_facts: tuple[FactView, ...]
    contradictions: dict[str, tuple[FactView, ...]]
    timeline: tuple[Event, ...]
    checks: tuple[CheckView, ...]
    rounds: tuple[RoundRef, ...]


@dataclass(frozen=True, slots=True)
class PageView:
    """A page with the words on it. `box` of a line in points; None for DOCX.

    `doubtful` are the places, in points, with writing that was not read or only with doubt.
    """

    id: int
    case_id: int
    source: str
    number: int | None
    width: float
    height: float
    status: str
    note: str
    view_url: str
    thumb_url: str
    lines: tuple[LineView, ...]
    doubtful: tuple[tuple[float, float, float, float], ...]


def list_cases(
    engine: Engine,
    actor: Actor,
    *,
    text: str = "",
    unit_id: int | None = None,
    procedure: str | None = None,
    state: str | None = None,
    round_id: int | None = None,
    offset: int = 0,
    limit: int = 50,
) -> CasePage:
    """The cases that the actor may see, newest closed first.

    `text` is looked for in case number, cause and party. `state` is the reading state: none,
    read, partly. At most 500 rows are given at once.
    """
    access.require(actor, "case.view")
    query = select(Case).where(access.visible_cases(actor))
    for word in text.split():
        like = f"%{_escaped(word)}%"
        query = query.where(
            or_(
                *(
                    column.ilike(like, escape="\\")
                    for column in (
                        col(Case.case_no),
                        col(Case.case_key),
                        col(Case.cause),
                        col(Case.party_name),
                    )
                )
            )
        )
    if unit_id is not None:
        query = query.where(Case.unit_id == unit_id)
    if procedure is not None:
        query = query.where(Case.procedure == procedure)
    if state is not None:
        query = query.where(Case.reading_state == state)
    if round_id is not None:
        query = query.where(
            col(Case.id).in_(select(RoundCase.case_id).where(RoundCase.round_id == round_id))
        )
    with reading(engine) as session:
        total = session.exec(select(func.count()).select_from(query.subquery())).one()
        chosen = session.exec(
            query.order_by(col(Case.closed_on).desc().nulls_last(), col(Case.case_key))
            .offset(max(offset, 0))
            .limit(min(max(limit, 0), MOST_ROWS))
        ).all()
        return CasePage(tuple(case_cards(session, actor, chosen)), total)


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def case_cards(session: Session, actor: Actor, cases: Sequence[Case]) -> list[CaseCard]:
    """Cards of cases in the given order, with unit names and counts in three queries.

    Failed checks are counted only where the actor may see what the machine found.
    """
    ids = [case.id for case in cases if case.id is not None]
    units = {unit.id: unit.name for unit in session.exec(select(Unit))}
    pages = _counts(
        session,
        select(SourceFile.case_id, func.count())
        .join(PageRow, col(PageRow.source_file_id) == col(SourceFile.id))
        .where(col(SourceFile.case_id).in_(ids))
        .group_by(col(SourceFile.case_id)),
    )
    failed = _failed(session, actor, ids)
    return [
        CaseCard(
            id=case.id or 0,
            case_no=case.case_no,
            kind=case.kind,
            unit_id=case.unit_id,
            unit_name=units.get(case.unit_id, ""),
            squad=case.squad,
            procedure=case.procedure,
            cause=case.cause,
            party_name=case.party_name,
            officers=tuple(case.officers or ()),
            fine_yuan=case.fine_yuan,
            filed_on=case.filed_on,
            decided_on=case.decided_on,
            closed_on=case.closed_on,
            reading_state=case.reading_state,
            pages=pages.get(case.id or 0, 0),
            failed=failed.get(case.id or 0, 0),
            version=case.version,
        )
        for case in cases
    ]


def _counts(session: Session, query: Any) -> dict[int, int]:
    counts: dict[int, int] = dict(session.exec(query).all())
    return counts


def _failed(session: Session, actor: Actor, ids: Sequence[int]) -> dict[int, int]:
    return _counts(
        session,
        select(CheckRow.case_id, func.count())
        .join(Case, col(Case.id) == col(CheckRow.case_id))
        .where(col(CheckRow.case_id).in_(ids), CheckRow.outcome == "fail", checks_shown(actor))
        .group_by(col(CheckRow.case_id)),
    )


def case_view(engine: Engine, actor: Actor, case_id: int) -> CaseView:
    """Everything that is known of a case. Raises NotFound, NotAllowed."""
    with reading(engine) as session:
        case = found(session, Case, case_id, "案卷", "case")
        access.require_case(session, actor, case_id)
        shown = sees_checks(session, actor, case_id)
        pages_by_place = page_finder(session, case_id)
        documents, pages = case_outline(session, case_id)
        rows = session.exec(
            select(FactRow).where(FactRow.case_id == case_id).order_by(col(FactRow.sequence))
        ).all()
        facts = [fact_view(row, pages_by_place) for row in rows]
        merged = tuple(fact for fact in facts if fact.document_id is None)
        own = tuple(fact for fact in facts if fact.document_id is not None)
        named = {each.id: Words(each.title.zh, each.title.en) for each in checks()}
        return CaseView(
            case=case_cards(session, actor, [case])[0],
            files=tuple(_files(session, case_id)),
            documents=documents,
            pages=pages,
            facts=merged,
            document_facts=own,
            contradictions=_contradictions(merged, own),
            timeline=tuple(
                event if shown else _without_judgement(event)
                for event in timeline(session, case_id)
            ),
            checks=()
            if not shown
            else tuple(
                check_view(result, named.get(result.check_id, Words("", "")), pages_by_place)
                for result in results_of(session, case_id)
            ),
            rounds=_rounds(session, actor, case_id),
        )


def _without_judgement(event: Event) -> Event:
    """The date alone, without the limit and whether it was kept."""
    return replace(event, due_on=None, days_over=0, state="", law="", limit=None)


def fact_view(row: FactRow, pages: PageFinder) -> FactView:
    """A fact for showing."""
    name = BY_NAME.get(row.name)
    return FactView(
        id=row.id or 0,
        name=row.name,
        title=Words(name.zh, name.en) if name else Words(row.name, row.name),
        value=row.value,
        document_id=row.document_id,
        source=row.source,
        page=row.page,
        page_id=pages.find(row.source, row.page, row.quote),
        quote=row.quote,
        boxes=tuple((box[0], box[1], box[2], box[3]) for box in row.boxes or ()),
        confidence=row.confidence,
        is_contradicted=row.is_contradicted,
        origin=row.origin,
    )


def _contradictions(
    merged: Sequence[FactView], own: Sequence[FactView]
) -> dict[str, tuple[FactView, ...]]:
    return {
        fact.name: tuple(each for each in own if each.name == fact.name and each.is_contradicted)
        for fact in merged
        if fact.is_contradicted
    }


def _files(session: Session, case_id: int) -> list[FileView]:
    rows = session.exec(
        select(SourceFile)
        .where(SourceFile.case_id == case_id)
        .order_by(col(SourceFile.sequence), col(SourceFile.source))
    )
    return [
        FileView(
            id=row.id or 0,
            source=row.source,
            sha256=row.sha256,
            kind=row.kind,
            size=row.size,
            pages=row.pages,
            status=row.status,
            reason_code=row.reason_code,
            reason=Words(row.reason_zh, row.reason_en),
            added_at=row.added_at,
            media=from_json(row.media) if row.media else None,
        )
        for row in rows
    ]


def _rounds(session: Session, actor: Actor, case_id: int) -> tuple[RoundRef, ...]:
    if actor.role not in (Role.REGULATIONS, Role.LEADER):
        return ()
    query = (
        select(Round)
        .join(RoundCase, col(RoundCase.round_id) == col(Round.id))
        .where(RoundCase.case_id == case_id)
        .order_by(col(Round.id))
        .options(*ROUND_HEAD)
    )
    return tuple(RoundRef(row.id or 0, row.title, row.state) for row in session.exec(query))


def visible_page(session: Session, actor: Actor, page_id: int) -> tuple[PageRow, SourceFile]:
    """A page with its file, if the actor may see it. Raises NotFound, NotAllowed."""
    access.require(actor, "page.view")
    page = found(session, PageRow, page_id, "页面", "page")
    source = found(session, SourceFile, page.source_file_id, "文件", "file")
    if not access.page_visible(session, actor, page_id, source.case_id):
        access.refuse("page.view")
    return page, source


def page_view(engine: Engine, actor: Actor, page_id: int) -> PageView:
    """A page with its lines. Raises NotFound, NotAllowed."""
    with reading(engine) as session:
        page, source = visible_page(session, actor, page_id)
        return PageView(
            id=page_id,
            case_id=source.case_id,
            source=source.source,
            number=page.number,
            width=page.width,
            height=page.height,
            status=page.status,
            note=page.note,
            view_url=image_url(page, "view"),
            thumb_url=image_url(page, "thumb"),
            lines=lines_of(page.content),
            doubtful=doubtful_places_of(page),
        )


def page_image(engine: Engine, actor: Actor, page_id: int, size: str = "view") -> Path:
    """The JPEG of a page, `view` or `thumb`. Raises NotFound (DOCX has none), NotAllowed."""
    with reading(engine) as session:
        page, _ = visible_page(session, actor, page_id)
    sha256 = page.view_sha256 if size == "view" else page.thumb_sha256
    store = Store(settings().store)
    if not sha256 or not store.holds(sha256):
        raise NotFound(what="页面图像", what_en="page image", key=page_id)
    return store.path(sha256)
