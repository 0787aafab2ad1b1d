"""Deriving findings from submitted sheets and check results; what a person decided stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from review.casefiles.tables import Case, SourceFile
from review.db import audit
from review.db.rows import found
from review.db.session import transaction
from review.documents.model import Box
from review.documents.tables import PageRow
from review.errors import WrongState
from review.facts.model import Evidence
from review.findings.derive import FindingDraft, ScoredSheet
from review.findings.derive import derive as derive_findings
from review.findings.tables import Finding, FindingState
from review.panels.tables import Assignment
from review.planning.tables import Round, RoundCase, RoundState
from review.scoring.arithmetic import ItemResult
from review.scoring.checklist import Result
from review.scoring.tables import Pin, ScoreSheet, SheetState
from review.services import access
from review.services.access import Actor
from review.services.check_rows import (
    PageFinder,
    evidence_json,
    page_finder,
    results_of,
)
from review.services.editions import kept_edition
from review.services.sheets import SheetRows, scores_of

DEFAULT_DUE_DAYS = 15
ADDED = "added:"
"""How the key of a finding begins that a person added by hand."""

OPEN_ROUND = (RoundState.SCORING, RoundState.CONFIRMING, RoundState.RECTIFYING)


@dataclass(frozen=True, slots=True)
class Derivation:
    """What deriving changed. `waiting` cases have sheets that are not in yet.

    `set_aside` pairs case numbers with the failed checks that every scorer overruled.
    """

    added: int
    updated: int
    removed: int
    kept: int
    waiting: tuple[str, ...]
    set_aside: tuple[tuple[str, tuple[str, ...]], ...]


def round_in_work(session: Session, round_id: int) -> Round:
    """A round whose findings may be decided on. Raises NotFound, WrongState."""
    row = found(session, Round, round_id, "评查轮次", "round")
    if row.state not in OPEN_ROUND:
        raise WrongState(
            what="评查轮次",
            what_en="the round",
            state=row.state,
            action="认定问题",
            action_en="decide on findings",
        )
    return row


def derive(engine: Engine, actor: Actor, round_id: int) -> Derivation:
    """Derive the findings of all cases whose sheets are all in; repeatable.

    Proposed findings follow the sheets; what a person decided or added stays. Raises WrongState.
    """
    access.require(actor, "finding.decide")
    added = updated = removed = kept = 0
    waiting: list[str] = []
    set_aside: list[tuple[str, tuple[str, ...]]] = []
    with transaction(engine) as session:
        row = round_in_work(session, round_id)
        for drawn, case, sheets in _cases_with_sheets(session, row):
            if not sheets or any(each.sheet.state != SheetState.SUBMITTED for each in sheets):
                waiting.append(case.case_no)
                continue
            finder = page_finder(session, drawn.case_id)
            edition = kept_edition(drawn.edition, drawn.edition_sha256)
            derived = derive_findings(
                edition,
                [_scored(session, each) for each in sheets],
                results_of(session, drawn.case_id),
                procedure=sheets[0].procedure,
            )
            if derived.set_aside:
                set_aside.append((case.case_no, derived.set_aside))
            standing = standing_findings(session, round_id, drawn.case_id)
            for draft in derived.findings:
                old = standing.pop(draft.key, None)
                if old is not None and old.state != FindingState.PROPOSED:
                    kept += 1
                    continue
                made = old or Finding(
                    round_id=round_id,
                    case_id=drawn.case_id,
                    key=draft.key,
                    origin=draft.origin,
                    severity=draft.severity,
                    text_zh="",
                    version=0,
                )
                if _fill(made, draft, finder):
                    made.version += 1
                    added, updated = added + (old is None), updated + (old is not None)
                    session.add(made)
                else:
                    kept += 1
            for left in standing.values():
                if left.state == FindingState.PROPOSED and not left.key.startswith(ADDED):
                    session.delete(left)
                    removed += 1
        audit.record(
            session,
            actor.audit_name,
            "finding.derive",
            "round",
            round_id,
            added=added,
            updated=updated,
            removed=removed,
            set_aside=[[number, list(ids)] for number, ids in set_aside],
        )
    return Derivation(added, updated, removed, kept, tuple(waiting), tuple(set_aside))


def _cases_with_sheets(
    session: Session, row: Round
) -> list[tuple[RoundCase, Case, list[SheetRows]]]:
    drawn = session.exec(
        select(RoundCase, Case)
        .join(Case, col(Case.id) == col(RoundCase.case_id))
        .where(RoundCase.round_id == row.id)
        .order_by(col(RoundCase.sequence))
    ).all()
    found_cases = []
    for each, case in drawn:
        sheets = session.exec(
            select(ScoreSheet, Assignment)
            .join(Assignment, col(Assignment.id) == col(ScoreSheet.assignment_id))
            .where(Assignment.round_case_id == each.id)
            .order_by(col(Assignment.seat))
        )
        rows = [SheetRows(sheet, assignment, each, row, case) for sheet, assignment in sheets]
        found_cases.append((each, case, rows))
    return found_cases


def _scored(session: Session, rows: SheetRows) -> ScoredSheet:
    sheet_id = rows.sheet.id or 0
    results = {
        score.item_id: ItemResult(
            Result(score.result), dict(score.chosen or {}), comment=score.comment
        )
        for score in scores_of(session, sheet_id)
    }
    pins: dict[str, tuple[Evidence, ...]] = {}
    query = (
        select(Pin, PageRow, SourceFile)
        .join(PageRow, col(PageRow.id) == col(Pin.page_id))
        .join(SourceFile, col(SourceFile.id) == col(PageRow.source_file_id))
        .where(Pin.sheet_id == sheet_id, col(Pin.removed_at).is_(None))
        .order_by(col(Pin.id))
    )
    for pin, page, source in session.exec(query):
        boxes = (Box(*pin.box),) if pin.box else ()
        place = Evidence(source.source, page.number, pin.quote or pin.note, boxes)
        pins[pin.item_id] = (*pins.get(pin.item_id, ()), place)
    return ScoredSheet(rows.sheet.scorer_id, results, pins)


def standing_findings(session: Session, round_id: int, case_id: int) -> dict[str, Finding]:
    """The findings of a case in a round by their keys."""
    query = select(Finding).where(Finding.round_id == round_id, Finding.case_id == case_id)
    return {row.key: row for row in session.exec(query)}


def _fill(row: Finding, draft: FindingDraft, finder: PageFinder) -> bool:
    """Set a proposed finding to its draft; returns whether anything changed."""
    law = [{"citation": each.citation, "confirmed": each.confirmed} for each in draft.law]
    cited = {each.citation for each in draft.law}
    law.extend(
        {"citation": source, "confirmed": True} for source in draft.sources if source not in cited
    )
    values: dict[str, Any] = {
        "item_id": draft.item_id,
        "origin": draft.origin,
        "proposed_by": list(draft.proposed_by),
        "severity": str(draft.severity),
        "text_zh": draft.text.zh,
        "text_en": draft.text.en,
        "deduction": draft.deduction,
        "evidence": evidence_json(draft.evidence, finder),
        "law": law,
        "check_ids": list(draft.check_ids),
        "measure_zh": draft.rectify.text.get("zh") if draft.rectify else "",
        "due_days": draft.rectify.due_days if draft.rectify else DEFAULT_DUE_DAYS,
    }
    changed = row.id is None
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed = True
    return changed
