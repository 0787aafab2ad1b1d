"""Papers to take away: the rectification list and the score sheet, made from what is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from review.casefiles.tables import SourceFile
from review.checks.check import Procedure
from review.common.clock import local
from review.db import audit
from review.db.accounts import Role, Unit, User
from review.db.rows import found
from review.db.session import reading, transaction
from review.documents.tables import PageRow
from review.findings.result_tables import CaseResult
from review.law.in_force import law_in_force
from review.planning.tables import Round
from review.rectification.deadlines import Urgency
from review.rectification.lifecycle import Action
from review.rectification.tables import RectificationList
from review.reports.content import (
    RectificationListContent,
    RectificationRow,
    ScoreSheetContent,
    SheetCase,
    Signer,
    score_sheet_content,
)
from review.reports.docx import rectification_docx as list_docx
from review.reports.read_back import EDITABLE
from review.reports.score_sheet import score_sheet_docx as sheet_docx
from review.reports.words import Language, citations_text
from review.reports.xlsx import rectification_xlsx as list_xlsx
from review.scoring.arithmetic import ItemResult
from review.scoring.checklist import Result
from review.scoring.tables import Pin, ScoreSheet
from review.services import access
from review.services.access import Actor
from review.services.desk.sheets import (
    SheetRows,
    confirmed_vetoes,
    scores_of,
    sheet_rows,
    total_of,
)
from review.services.rectifying.rectification import ItemView, item_views, visible_list


def language_of(actor: Actor) -> Language:
    """The language of the papers that a person takes away."""
    return "en" if actor.language.startswith("en") else "zh"


def _issuer(session: Session, row: RectificationList) -> str:
    """The unit of whoever issued the list: it stands as the author of the paper."""
    issuer = session.get(User, row.issued_by) if row.issued_by else None
    unit = session.get(Unit, issuer.unit_id) if issuer and issuer.unit_id else None
    return unit.name if unit else ""


def list_content(session: Session, actor: Actor, list_id: int) -> RectificationListContent:
    """A list as its papers say it. Raises NotFound, NotAllowed."""
    row = visible_list(session, actor, list_id)
    held = found(session, Round, row.round_id, "评查轮次", "round")
    unit = found(session, Unit, row.unit_id, "单位", "unit")
    reviewed = session.exec(
        select(func.count())
        .select_from(CaseResult)
        .where(CaseResult.round_id == row.round_id, CaseResult.unit_id == row.unit_id)
    ).one()
    return RectificationListContent(
        number=row.number,
        issuer=_issuer(session, row),
        unit=unit.name,
        round_title=held.title,
        scope_from=held.scope_from,
        scope_to=held.scope_to,
        issued_on=row.issued_on,
        reviewed_cases=reviewed,
        rows=tuple(
            _list_row(item, unit.name, language_of(actor))
            for item in item_views(session, actor, list_id)
        ),
        language=language_of(actor),
    )


def _list_row(item: ItemView, unit: str, language: Language) -> RectificationRow:
    verified = [event for event in item.events if event.action == Action.CLOSE]
    return RectificationRow(
        id=item.id,
        sequence=item.sequence,
        case_no=item.case_no,
        problem=item.problem,
        severity=item.severity,
        basis=citations_text((each.citation for each in item.law), law_in_force(), language),
        measure=item.measure,
        unit=unit,
        responsible_person=item.responsible_person,
        due_on=item.due_on,
        state=item.state,
        progress=item.progress,
        verified=verified[-1].note if verified else "",
        is_overdue=item.deadline.urgency in (Urgency.OVERDUE, Urgency.SERIOUSLY_OVERDUE),
        version=item.version,
    )


def rectification_docx(engine: Engine, actor: Actor, list_id: int) -> tuple[str, bytes]:
    """The list as a Word document: its name and bytes. Raises NotFound, NotAllowed."""
    access.require(actor, "export.list")
    with reading(engine) as session:
        content = list_content(session, actor, list_id)
    record_export(engine, actor, "rectification_list", list_id, "docx")
    return file_name(f"整改清单_{content.unit}_{content.round_title}.docx"), list_docx(content)


def record_export(engine: Engine, actor: Actor, subject: str, key: int, form: str) -> None:
    """An export leaves a trace: what was taken away, by whom and when."""
    with transaction(engine) as session:
        audit.record(session, actor.audit_name, "export", subject, key, form=form)


def rectification_xlsx(engine: Engine, actor: Actor, list_id: int) -> tuple[str, bytes]:
    """The list as a workbook that the unit can fill in. Raises NotFound, NotAllowed."""
    access.require(actor, "export.list")
    with reading(engine) as session:
        content = list_content(session, actor, list_id)
    record_export(engine, actor, "rectification_list", list_id, "xlsx")
    return file_name(f"整改清单_{content.unit}_{content.round_title}.xlsx"), list_xlsx(content)


def editable_by(actor: Actor) -> frozenset[str]:
    """What a workbook may change: the unit's own columns, and the section's measure and deadline.

    A state is the unit's to change: the section verifies item by item, with what it found.
    """
    if actor.role is Role.REGULATIONS:
        return EDITABLE - {"state"} | {"measure", "due_on"}
    return EDITABLE


def file_name(name: str) -> str:
    """A name without what file systems refuse."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", name)


def score_sheet_docx(engine: Engine, actor: Actor, sheet_id: int) -> tuple[str, bytes]:
    """The score sheet of one case (一案一表) as a Word document. Raises NotFound, NotAllowed."""
    access.require(actor, "export.sheet")
    with reading(engine) as session:
        rows = sheet_rows(session, actor, sheet_id, action="export.sheet")
        content = _sheet_content(session, actor, rows)
    record_export(engine, actor, "score_sheet", sheet_id, "docx")
    name = file_name(f"评分表_{rows.case.case_no}_{rows.assignment.seat}.docx")
    return name, sheet_docx(content)


def _sheet_content(session: Session, actor: Actor, rows: SheetRows) -> ScoreSheetContent:
    sheet_id = rows.sheet.id or 0
    scores = scores_of(session, sheet_id)
    vetoes = confirmed_vetoes(session, rows.round.id or 0, rows.sheet.case_id)
    scorer = session.get(User, rows.sheet.scorer_id)
    return score_sheet_content(
        rows.edition,
        {
            score.item_id: ItemResult(
                Result(score.result),
                dict(score.chosen or {}),
                comment=score.comment,
                veto_confirmed=score.item_id in vetoes,
            )
            for score in scores
        },
        total_of(rows, scores, vetoes),
        case=_sheet_case(session, rows),
        round_title=rows.round.title,
        signers=[_signer(rows.sheet, rows.assignment.seat, scorer)],
        overall=rows.sheet.overall,
        places=_places(session, sheet_id, language_of(actor)),
        law=law_in_force(),
        language=language_of(actor),
    )


def _sheet_case(session: Session, rows: SheetRows) -> SheetCase:
    unit = session.get(Unit, rows.case.unit_id)
    procedure: Procedure | None = rows.procedure
    return SheetCase(
        unit=unit.name if unit else "",
        case_no=rows.case.case_no,
        cause=rows.case.cause,
        party_name=rows.case.party_name,
        handlers=tuple(rows.case.officers or ()),
        procedure=procedure or "",
        fine_yuan=rows.case.fine_yuan,
        closed_on=rows.case.closed_on,
    )


def _signer(sheet: ScoreSheet, seat: str, scorer: User | None) -> Signer:
    return Signer(
        name=scorer.name if scorer else "",
        seat=seat,
        submitted_on=local(sheet.submitted_at).date() if sheet.submitted_at else None,
    )


def _places(session: Session, sheet_id: int, language: Language) -> dict[str, str]:
    """Where the scorer pinned evidence, by item."""
    pages: dict[str, list[str]] = {}
    query = (
        select(Pin.item_id, SourceFile.source, PageRow.number)
        .join(PageRow, col(PageRow.id) == col(Pin.page_id))
        .join(SourceFile, col(SourceFile.id) == col(PageRow.source_file_id))
        .where(Pin.sheet_id == sheet_id, col(Pin.removed_at).is_(None))
        .order_by(col(Pin.id))
    )
    for item_id, source, number in session.exec(query):
        pages.setdefault(item_id, []).append(_place(source, number, language))
    return {item_id: _joined(places) for item_id, places in pages.items()}


def _place(source: str, number: int | None, language: Language) -> str:
    if number is None:
        return source
    return f"p. {number}" if language == "en" else f"第{number}页"


def _joined(places: Sequence[str]) -> str:
    return "、".join(dict.fromkeys(places))
