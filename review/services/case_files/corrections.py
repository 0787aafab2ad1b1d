"""What people correct of a reading: facts on their page, and running the checks again on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from review.casefiles.tables import Case, SourceFile
from review.common.clock import now
from review.db import audit
from review.db.accounts import User
from review.db.rows import found
from review.db.session import reading, transaction
from review.documents.tables import PageRow
from review.errors import BadValue, NotFound, ReasonMissing
from review.facts.interface import value_text
from review.facts.names import BY_NAME
from review.facts.tables import FactCorrection, FactRow
from review.services import access
from review.services.access import Actor
from review.services.case_files.check_rows import page_finder
from review.services.reading.case_reading import analyse_case
from review.services.reading.fact_values import from_text
from review.services.rules.editions import Words

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """One correction for showing; `value` empty where it says that there is no such fact."""

    id: int
    name: str
    title: Words
    value: str
    old_value: str
    is_of_paper: bool
    source: str
    page: int | None
    reason: str
    author: str
    at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person read a value: a page, boxes on it in points, and the words."""

    page_id: int
    boxes: tuple[Box, ...] = ()
    quote: str = ""


def rerun_checks(engine: Engine, actor: Actor, case_id: int) -> None:
    """Split, extract and check a case again from its stored pages. Raises NotFound."""
    access.require(actor, "checks.rerun")
    with reading(engine) as session:
        found(session, Case, case_id, "案卷", "case")
    analyse_case(engine, case_id)


def correct_fact(
    engine: Engine,
    actor: Actor,
    case_id: int,
    *,
    name: str,
    value: str,
    reason: str,
    fact_id: int | None = None,
    place: Place | None = None,
) -> None:
    """Set the value of a fact, and run the checks again on it.

    `fact_id` names what was read: a fact of one paper is corrected there, and the file's facts are
    merged anew; anything else is given for the whole file, and what the papers say stays as it is.
    `value` in the published normal form; empty says that there is no such fact. `place` is where it
    stands, by default where the machine read it. Survives every later reading. Raises BadValue,
    ReasonMissing, NotFound, NotAllowed.
    """
    access.require(actor, "case.correct")
    text = value_text(from_text(name, value)) if value.strip() else ""
    if not reason.strip():
        raise ReasonMissing(what="更正要素", what_en="correcting a fact")
    with transaction(engine) as session:
        found(session, Case, case_id, "案卷", "case")
        access.require_case(session, actor, case_id, "case.correct")
        fact = _fact(session, case_id, name, fact_id)
        if not text and fact is None:
            raise _nothing_to_remove(name)
        row = FactCorrection(
            case_id=case_id,
            name=name,
            value=text,
            old_value=fact.value if fact else "",
            source=fact.source if fact else "",
            page=fact.page if fact else None,
            quote=fact.quote if fact else "",
            boxes=fact.boxes if fact else [],
            reason=reason.strip(),
            author_id=actor.row_id,
        )
        _put(session, row, fact if fact_id is not None else None, place)
        session.add(row)
        session.flush()
        audit.record(
            session,
            actor.audit_name,
            "fact.correct",
            "case",
            case_id,
            correction=row.id,
            fact=name,
            paper=row.position is not None,
        )
    analyse_case(engine, case_id)


def _fact(session: Session, case_id: int, name: str, fact_id: int | None) -> FactRow | None:
    """The fact that is corrected: the one meant, else the merged one of that name."""
    query = select(FactRow).where(FactRow.case_id == case_id, FactRow.name == name)
    if fact_id is not None:
        fact = session.exec(query.where(FactRow.id == fact_id)).first()
        if fact is None:
            raise NotFound(what="要素", what_en="fact", key=fact_id)
        return fact
    return session.exec(query.where(col(FactRow.document_id).is_(None))).first()


def _nothing_to_remove(name: str) -> BadValue:
    known = BY_NAME.get(name)
    return BadValue(
        field=known.zh if known else name,
        field_en=known.en if known else name,
        value="",
        reason="案卷中没有识读到此项，无需删除",
        reason_en="nothing of it was read",
    )


def _put(session: Session, row: FactCorrection, meant: FactRow | None, place: Place | None) -> None:
    """Where the correction stands: on the page of a paper's fact, or where the person saw it."""
    page_id = place.page_id if place is not None else None
    if page_id is None and meant is not None and meant.document_id is not None:
        page_id = page_finder(session, row.case_id).find(meant.source, meant.page, meant.quote)
    if page_id is None:
        return
    page = found(session, PageRow, page_id, "页面", "page")
    source = found(session, SourceFile, page.source_file_id, "文件", "file")
    if source.case_id != row.case_id:
        raise NotFound(what="页面", what_en="page", key=page_id)
    if place is not None:
        row.source, row.page = source.source, page.number
        row.boxes = [list(box) for box in place.boxes]
        row.quote = place.quote
    if meant is not None and meant.document_id is not None:
        row.sha256, row.position = source.sha256, page.position


def withdraw_correction(engine: Engine, actor: Actor, correction_id: int) -> None:
    """Take a correction back: what the machine reads is in force again. Raises NotFound."""
    access.require(actor, "case.correct")
    with transaction(engine) as session:
        row = found(session, FactCorrection, correction_id, "更正", "correction")
        access.require_case(session, actor, row.case_id, "case.correct")
        if row.withdrawn_at is None:
            row.withdrawn_at, row.withdrawn_by = now(), actor.row_id
            session.add(row)
            audit.record(
                session,
                actor.audit_name,
                "fact.withdraw",
                "case",
                row.case_id,
                correction=row.id,
                fact=row.name,
            )
    analyse_case(engine, row.case_id)


def list_corrections(engine: Engine, actor: Actor, case_id: int) -> list[CorrectionView]:
    """The corrections of a case, the newest first, withdrawn ones as well. Raises NotAllowed."""
    with reading(engine) as session:
        access.require_case(session, actor, case_id)
        rows = session.exec(
            select(FactCorrection)
            .where(FactCorrection.case_id == case_id)
            .order_by(col(FactCorrection.id).desc())
        ).all()
        names = names_of(session, [row.author_id for row in rows])
        return [_view(row, names) for row in rows]


def names_of(session: Session, ids: Sequence[int | None]) -> dict[int | None, str]:
    """The names of people by id; the console has none."""
    query = select(User.id, User.name).where(col(User.id).in_([each for each in ids if each]))
    named: dict[int | None, str] = dict(session.exec(query).all())
    return named


def _view(row: FactCorrection, names: dict[int | None, str]) -> CorrectionView:
    known = BY_NAME.get(row.name)
    return CorrectionView(
        id=row.id or 0,
        name=row.name,
        title=Words(known.zh, known.en) if known else Words(row.name, row.name),
        value=row.value,
        old_value=row.old_value,
        is_of_paper=row.position is not None,
        source=row.source,
        page=row.page,
        reason=row.reason,
        author=names.get(row.author_id, ""),
        at=row.at,
        withdrawn_at=row.withdrawn_at,
    )
