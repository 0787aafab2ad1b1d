"""Full-text search over everything that was read; what may not be seen is not looked in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Engine,
    Text,
    and_,
    cast,
    extract,
    func,
    literal_column,
    or_,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, array
from sqlmodel import Session, col, select

from review.casefiles.tables import Case, SourceFile
from review.db.accounts import Unit
from review.db.session import reading, transaction
from review.documents.search_text import boxes, grams_asked, spans, words_of
from review.documents.tables import DocumentRow, PageRow, PageText
from review.services import access
from review.services.access import Actor
from review.services.case_files.cases import visible_page
from review.services.reading.import_rows import write_words
from review.services.reading.page_rows import page_from

MOST_ROWS = 100
CONTEXT = 36
"""Characters of a line shown before and behind a hit."""
BATCH = 200

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an excerpt; `is_hit` for the words that were looked for."""

    text: str
    is_hit: bool


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A page on which all the words stand. `count` of hits; `number` None for DOCX."""

    page_id: int
    case_id: int
    case_no: str
    party_name: str
    unit_name: str
    document_kind: str
    document_title: str
    source: str
    number: int | None
    count: int
    excerpt: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Some hits, and how many pages in how many cases there are in all."""

    hits: tuple[SearchHit, ...]
    total: int
    cases: int


def search(
    engine: Engine,
    actor: Actor,
    *,
    query: str,
    case_text: str = "",
    kind: str | None = None,
    unit_id: int | None = None,
    year: int | None = None,
    offset: int = 0,
    limit: int = 20,
) -> SearchPage:
    """The pages that hold all words of `query`, those with most hits first.

    Words are separated by blanks; blanks, punctuation, width and case of what was read do not
    matter. `case_text` is a part of the case number, `kind` a kind of paper, `year` that of the
    decision, else of closing. Nothing is found for a query without letters or figures.
    """
    access.require(actor, "case.view")
    words = words_of(query)
    if not words:
        return SearchPage((), 0, 0)
    count: Any = sum((_count(word) for word in words[1:]), _count(words[0]))
    rows = (
        select(  # type: ignore[call-overload]  # more columns than the overloads know
            PageRow, SourceFile, Case, Unit.name, DocumentRow, count.label("hits")
        )
        .join(PageText, col(PageText.page_id) == col(PageRow.id))
        .join(SourceFile, col(SourceFile.id) == col(PageRow.source_file_id))
        .join(Case, col(Case.id) == col(PageText.case_id))
        .join(Unit, col(Unit.id) == col(Case.unit_id))
        .outerjoin(DocumentRow, col(DocumentRow.id) == col(PageRow.document_id))
        .where(access.visible_cases(actor))
        .where(_holds(engine, words))
        .where(*_filters(case_text, kind, unit_id, year))
    )
    with reading(engine) as session:
        total, cases = session.exec(
            rows.with_only_columns(func.count(), func.count(func.distinct(col(Case.id))))
        ).one()
        found = session.exec(
            rows.order_by(
                count.desc(),
                col(Case.closed_on).desc().nulls_last(),
                col(Case.id),
                col(PageRow.sequence),
                col(PageRow.id),
            )
            .offset(max(offset, 0))
            .limit(min(max(limit, 0), MOST_ROWS))
        ).all()
        return SearchPage(tuple(_hit(row, words) for row in found), int(total), int(cases))


def _count(word: str) -> ColumnElement[int]:
    """How often a word stands on a page."""
    plain = col(PageText.plain)
    left = func.length(plain) - func.length(func.replace(plain, word, ""))
    return left // len(word)


def _holds(engine: Engine, words: Sequence[str]) -> ColumnElement[bool]:
    """The index narrows the pages down; the words themselves decide, alike on both engines."""
    asked = sorted({gram for word in words for gram in grams_asked(word)})
    plain = col(PageText.plain)
    if engine.dialect.name == "postgresql":
        indexed: ColumnElement[Any] = literal_column("string_to_array(pagetext.grams, ' ')")
        narrowed: ColumnElement[bool] = indexed.op("@>")(cast(array(asked), ARRAY(Text)))
        exact = [func.strpos(plain, word) > 0 for word in words]
    else:
        matching = text("SELECT rowid FROM pagesearch WHERE pagesearch MATCH :asked").bindparams(
            asked=" ".join(f'"{gram}"' for gram in asked)
        )
        narrowed = col(PageText.page_id).in_(matching)
        exact = [func.instr(plain, word) > 0 for word in words]
    return and_(narrowed, *exact)


def _filters(
    case_text: str, kind: str | None, unit_id: int | None, year: int | None
) -> list[ColumnElement[bool]]:
    filters: list[ColumnElement[bool]] = []
    if case_text.strip():
        wanted = case_text.strip()
        filters.append(
            or_(
                col(Case.case_no).icontains(wanted, autoescape=True),
                col(Case.case_key).icontains(wanted, autoescape=True),
            )
        )
    if kind:
        filters.append(col(DocumentRow.kind) == kind)
    if unit_id is not None:
        filters.append(col(Case.unit_id) == unit_id)
    if year is not None:
        day = func.coalesce(col(Case.decided_on), col(Case.closed_on))
        filters.append(day.between(date(year, 1, 1), date(year, 12, 31)))
    return filters


def _hit(row: Any, words: Sequence[str]) -> SearchHit:
    page, source, case, unit_name, document, count = row
    return SearchHit(
        page_id=page.id or 0,
        case_id=case.id or 0,
        case_no=case.case_no,
        party_name=case.party_name,
        unit_name=unit_name,
        document_kind=document.kind if document else "",
        document_title=document.title if document else "",
        source=source.source,
        number=page.number,
        count=int(count),
        excerpt=_excerpt(page, source.source, words),
    )


def _excerpt(row: PageRow, source: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """The line of the first hit, with the next where the word wraps, and its hits marked."""
    lines = page_from(row, source).lines
    marked = spans(lines, words)
    if not marked:
        return ()
    first = marked[0][0]
    pieces: list[Piece] = []
    last = min(first + 1, len(lines) - 1)
    for index in dict.fromkeys((first, last)):
        line, at = lines[index].text, 0
        own = [(start, end) for place, start, end in marked if place == index]
        if not own and len(line) > CONTEXT:
            line = f"{line[:CONTEXT]}…"
        elif own and own[0][0] > CONTEXT:
            at = own[0][0] - CONTEXT
            pieces.append(Piece("…", is_hit=False))
        for start, end in own:
            pieces.append(Piece(line[at:start], is_hit=False))
            pieces.append(Piece(line[start:end], is_hit=True))
            at = end
        rest = line[at:]
        cut = own and index == last and len(rest) > CONTEXT
        pieces.append(Piece(f"{rest[:CONTEXT]}…" if cut else rest, is_hit=False))
    return tuple(piece for piece in pieces if piece.text)


def hit_boxes(engine: Engine, actor: Actor, page_id: int, *, query: str) -> tuple[Box, ...]:
    """Where the words of a query stand on a page, in points. Raises NotFound, NotAllowed."""
    with reading(engine) as session:
        page, source = visible_page(session, actor, page_id)
        lines = page_from(page, source.source).lines
    return tuple(
        (box.left, box.top, box.right, box.bottom) for box in boxes(lines, words_of(query))
    )


def years(engine: Engine, actor: Actor) -> tuple[int, ...]:
    """The years of the cases that the actor may see, the newest first."""
    access.require(actor, "case.view")
    day = func.coalesce(col(Case.decided_on), col(Case.closed_on))
    year = extract("year", day)
    query = select(year).where(access.visible_cases(actor), day.is_not(None)).distinct()
    with reading(engine) as session:
        return tuple(sorted({int(each) for each in session.exec(query)}, reverse=True))


def index_missing(engine: Engine) -> int:
    """Write the words of pages that have none yet, as those of an older release; how many."""
    written = 0
    while True:
        with reading(engine) as session:
            if not _missing(session, 1):
                return written
        with transaction(engine) as session:
            for page, source in _missing(session, BATCH):
                write_words(session, source, [page])
                written += 1


def _missing(session: Session, limit: int) -> Sequence[Any]:
    return session.exec(
        select(PageRow, SourceFile)
        .join(SourceFile, col(SourceFile.id) == col(PageRow.source_file_id))
        .outerjoin(PageText, col(PageText.page_id) == col(PageRow.id))
        .where(col(PageText.page_id).is_(None))
        .order_by(col(PageRow.id))
        .limit(limit)
    ).all()
