"""Deriving findings from submitted sheets and check results; what a person decided stays."""

from __future__ import annotations

from collections.abc import Mapping
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
from review.facts.model import Evidence
from review.findings.derive import FAULTS, FindingDraft, ScoredSheet
from review.findings.derive import derive as derive_findings
from review.findings.tables import Finding, FindingState
from review.planning.tables import Round, RoundCase, RoundState
from review.scoring.arithmetic import ItemResult
from review.scoring.tables import Pin
from review.services import access
from review.services.access import Actor
from review.services.case_files.check_rows import (
    PageFinder,
    evidence_json,
    page_finder,
    results_of,
)
from review.services.desk.adoption import on_trial
from review.services.panel.common_results import CaseSheets, case_sheets, settled_results
from review.services.rounds.round_guards import refuse_state
from review.services.rules.editions import kept_edition

DEFAULT_DUE_DAYS = 15
ADDED = "added:"
"""How the key of a finding begins that a person added by hand."""

OPEN_ROUND = (
    RoundState.DELIBERATING,
    RoundState.CONFIRMING,
    RoundState.OBJECTING,
    RoundState.RECTIFYING,
)
"""States in which findings are made and decided on; before, scorers are blind to each other."""


@dataclass(frozen=True, slots=True)
class Derivation:
    """What deriving changed. `waiting` cases have no common result yet.

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
        refuse_state(row, "认定问题", "decide on findings")
    return row


def derive(engine: Engine, actor: Actor, round_id: int) -> Derivation:
    """Derive the findings of all cases whose common result is settled; repeatable.

    Proposed findings follow the sheets; what a person decided or added stays. Raises WrongState.
    """
    access.require(actor, "finding.decide")
    added = updated = removed = kept = 0
    waiting: list[str] = []
    set_aside: list[tuple[str, tuple[str, ...]]] = []
    with transaction(engine) as session:
        row = round_in_work(session, round_id)
        trial = on_trial(session)
        for drawn, case in _drawn(session, row):
            held = case_sheets(session, drawn, row, case)
            settled = settled_results(session, drawn.id or 0)
            if settled is None or not held.sheets:
                waiting.append(case.case_no)
                continue
            finder = page_finder(session, drawn.case_id)
            edition = kept_edition(drawn.edition, drawn.edition_sha256)
            derived = derive_findings(
                edition,
                _common_sheets(session, held, settled),
                [each for each in results_of(session, drawn.case_id) if each.check_id not in trial],
                procedure=held.sheets[0].procedure,
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


def _drawn(session: Session, row: Round) -> list[tuple[RoundCase, Case]]:
    query = (
        select(RoundCase, Case)
        .join(Case, col(Case.id) == col(RoundCase.case_id))
        .where(RoundCase.round_id == row.id)
        .order_by(col(RoundCase.sequence))
    )
    return [(drawn, case) for drawn, case in session.exec(query)]


def _common_sheets(
    session: Session, held: CaseSheets, settled: Mapping[str, ItemResult]
) -> list[ScoredSheet]:
    """The common result, given to those scorers who had found the same item faulty.

    A fault that the panel found and no sheet had is given to all of them.
    """
    faulty = {
        rows.sheet.scorer_id: {
            item_id for item_id, said in held.given(rows).items() if said.result in FAULTS
        }
        for rows in held.sheets
    }
    found_by = {item_id for own in faulty.values() for item_id in own}
    return [
        ScoredSheet(
            rows.sheet.scorer_id,
            {
                item_id: said
                for item_id, said in settled.items()
                if said.result not in FAULTS
                or item_id in faulty[rows.sheet.scorer_id]
                or item_id not in found_by
            },
            _pins(session, rows.sheet.id or 0),
        )
        for rows in held.sheets
    ]


def _pins(session: Session, sheet_id: int) -> dict[str, tuple[Evidence, ...]]:
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
    return pins


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
