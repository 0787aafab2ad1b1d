"""Findings: derived from submitted sheets and checks, then confirmed or dismissed by a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Engine, exists, false, true
from sqlmodel import Session, col, select

from review.casefiles.tables import Case, SourceFile
from review.checks.check import SEVERITY_ORDER, Severity
from review.common.clock import now
from review.db import audit
from review.db.accounts import Role, Unit, User
from review.db.rows import at_version, found
from review.db.session import reading, transaction
from review.documents.model import Box
from review.documents.tables import PageRow
from review.errors import BadValue, NotFound, ReasonMissing, VetoNeedsSecondPerson, WrongState
from review.facts.model import Evidence
from review.findings.derive import FindingDraft, ScoredSheet, common_problems
from review.findings.derive import derive as derive_findings
from review.findings.tables import Finding, FindingState
from review.panels.tables import Assignment
from review.planning.tables import Round, RoundCase, RoundState
from review.rectification.tables import RectificationItem, RectificationList
from review.scoring.arithmetic import ItemResult
from review.scoring.checklist import Edition, Result
from review.scoring.tables import Pin, ScoreSheet, SheetState
from review.services import access
from review.services.access import Actor
from review.services.check_rows import (
    EvidenceView,
    LawView,
    PageFinder,
    evidence_json,
    evidence_of,
    evidence_views,
    page_finder,
    results_of,
)
from review.services.editions import Words, kept_edition
from review.services.sheet_views import words
from review.services.sheets import SheetRows, scores_of

DEFAULT_DUE_DAYS = 15
ADDED = "added:"
"""How the key of a finding begins that a person added by hand."""

OPEN_ROUND = (RoundState.SCORING, RoundState.CONFIRMING, RoundState.RECTIFYING)


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding for showing. A unit is not told who scored, nor any points."""

    id: int
    round_id: int
    round_title: str
    case_id: int
    case_no: str
    unit_id: int
    unit_name: str
    item_id: str
    item_title: Words
    origin: str
    proposed_by: tuple[str, ...]
    severity: Severity
    text: Words
    deduction: Decimal
    evidence: tuple[EvidenceView, ...]
    law: tuple[LawView, ...]
    measure: str
    due_days: int
    state: FindingState
    reason: str
    decided_by: str
    decided_at: datetime | None
    is_common: bool
    is_listed: bool
    version: int


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


def _round_in_work(session: Session, round_id: int) -> Round:
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
        row = _round_in_work(session, round_id)
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
            standing = _standing(session, round_id, drawn.case_id)
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


def _standing(session: Session, round_id: int, case_id: int) -> dict[str, Finding]:
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
        "measure_zh": draft.rectify.text.get("zh") if draft.rectify else "",
        "due_days": draft.rectify.due_days if draft.rectify else DEFAULT_DUE_DAYS,
    }
    changed = row.id is None
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed = True
    return changed


def visible_findings(actor: Actor) -> ColumnElement[bool]:
    """The condition on `Finding` that leaves what the actor may see."""
    if actor.role in (Role.REGULATIONS, Role.LEADER):
        return true()
    if actor.role is Role.UNIT and actor.unit_id is not None:
        return exists(
            select(RectificationItem.id)
            .join(RectificationList, col(RectificationList.id) == col(RectificationItem.list_id))
            .where(
                col(RectificationItem.finding_id) == col(Finding.id),
                col(RectificationList.unit_id) == actor.unit_id,
                col(RectificationList.issued_on).is_not(None),
            )
            .correlate(Finding)
        )
    return false()


def list_findings(
    engine: Engine,
    actor: Actor,
    *,
    round_id: int | None = None,
    case_id: int | None = None,
    state: FindingState | str | None = None,
    severity: Severity | str | None = None,
    unit_id: int | None = None,
) -> list[FindingView]:
    """Findings that the actor may see: by round, the heaviest first, then by case and item."""
    access.require(actor, "finding.view")
    query = (
        select(Finding, Case, Round)
        .join(Case, col(Case.id) == col(Finding.case_id))
        .join(Round, col(Round.id) == col(Finding.round_id))
        .where(visible_findings(actor))
    )
    if round_id is not None:
        query = query.where(Finding.round_id == round_id)
    if case_id is not None:
        query = query.where(Finding.case_id == case_id)
    if state is not None:
        query = query.where(Finding.state == state)
    if severity is not None:
        query = query.where(Finding.severity == severity)
    if unit_id is not None:
        query = query.where(Case.unit_id == unit_id)
    with reading(engine) as session:
        rows = [(row, case, held) for row, case, held in session.exec(query)]
        rows.sort(key=lambda each: _order(each[0], each[1]))
        context = _Context(session, [row for row, _, _ in rows])
        return [context.view(actor, row, case, held) for row, case, held in rows]


def _order(row: Finding, case: Case) -> tuple[int, bool, int, str, str]:
    """The latest round first; in it what still has to be decided, then by severity and case."""
    is_decided = row.state != FindingState.PROPOSED
    weight = -SEVERITY_ORDER.index(Severity(row.severity))
    return (-row.round_id, is_decided, weight, case.case_key, row.key)


class _Context:
    """What many findings need looked up once."""

    def __init__(self, session: Session, rows: Sequence[Finding]) -> None:
        self._session = session
        self._units = {unit.id: unit.name for unit in session.exec(select(Unit))}
        self._names = {user.id: user.name for user in session.exec(select(User))}
        self._listed = set(session.exec(select(RectificationItem.finding_id)))
        self._finders: dict[int, PageFinder] = {}
        self._editions: dict[tuple[int, int], Edition] = {}
        self._common = {
            round_id: _common(session, round_id) for round_id in {row.round_id for row in rows}
        }

    def view(self, actor: Actor, row: Finding, case: Case, held: Round) -> FindingView:
        is_unit = actor.role is Role.UNIT
        return FindingView(
            id=row.id or 0,
            round_id=row.round_id,
            round_title=held.title,
            case_id=row.case_id,
            case_no=case.case_no,
            unit_id=case.unit_id,
            unit_name=self._units.get(case.unit_id, ""),
            item_id=row.item_id,
            item_title=self._title(row),
            origin="" if is_unit else row.origin,
            proposed_by=()
            if is_unit
            else tuple(self._names.get(each, "") for each in row.proposed_by or ()),
            severity=Severity(row.severity),
            text=Words(row.text_zh, row.text_en or row.text_zh),
            deduction=Decimal(0) if is_unit else row.deduction,
            evidence=evidence_views(evidence_of(row.evidence), self._finder(row.case_id)),
            law=tuple(LawView(each["citation"], each["confirmed"]) for each in row.law or ()),
            measure=row.measure_zh,
            due_days=row.due_days,
            state=FindingState(row.state),
            reason=row.reason,
            decided_by="" if is_unit else self._names.get(row.decided_by, ""),
            decided_at=row.decided_at,
            is_common=row.key in self._common[row.round_id],
            is_listed=row.id in self._listed,
            version=row.version,
        )

    def _finder(self, case_id: int) -> PageFinder:
        if case_id not in self._finders:
            self._finders[case_id] = page_finder(self._session, case_id)
        return self._finders[case_id]

    def _title(self, row: Finding) -> Words:
        place = (row.round_id, row.case_id)
        if row.item_id and place not in self._editions:
            drawn = self._session.exec(
                select(RoundCase).where(
                    RoundCase.round_id == row.round_id, RoundCase.case_id == row.case_id
                )
            ).first()
            if drawn is not None:
                self._editions[place] = kept_edition(drawn.edition, drawn.edition_sha256)
        edition = self._editions.get(place)
        item = edition.by_id.get(row.item_id) if edition else None
        return words(item.title) if item else Words("", "")


def _common(session: Session, round_id: int) -> set[str]:
    """Keys of the problems of a round that stand in several cases; dismissed ones do not count."""
    rows = session.exec(
        select(Finding).where(Finding.round_id == round_id, Finding.state != FindingState.DISMISSED)
    ).all()
    drawn = session.exec(select(RoundCase.id).where(RoundCase.round_id == round_id)).all()
    pairs = [(str(row.case_id), row.key) for row in rows]
    return {each.key for each in common_problems(pairs, sample_size=len(drawn))}


def _undecided(session: Session, finding_id: int, seen_version: int) -> Finding:
    row = at_version(session, Finding, finding_id, "问题", "the finding", seen_version=seen_version)
    _round_in_work(session, row.round_id)
    if row.state != FindingState.PROPOSED:
        raise WrongState(
            what="问题",
            what_en="the finding",
            state=row.state,
            action="认定",
            action_en="decide on it",
        )
    return row


def _decide(row: Finding, actor: Actor, state: FindingState, reason: str) -> None:
    row.state = state
    row.reason = reason.strip()
    row.decided_by = actor.row_id
    row.decided_at = now()


def confirm(
    engine: Engine,
    actor: Actor,
    finding_id: int,
    *,
    text: str,
    severity: Severity | str,
    measure: str,
    due_days: int,
    seen_version: int,
    reason: str = "",
) -> None:
    """Confirm a finding, with the wording, weight, measure and days that go to the unit.

    Another severity than proposed needs a reason; a veto needs somebody who did not propose it.
    Raises BadValue, ReasonMissing, VetoNeedsSecondPerson, WrongState, Stale.
    """
    access.require(actor, "finding.decide")
    values = _checked(text, severity, measure, due_days)
    with transaction(engine) as session:
        row = _undecided(session, finding_id, seen_version)
        changed = str(values.severity) != row.severity
        if changed and not reason.strip():
            raise ReasonMissing(what="调整问题的严重程度", what_en="changing the severity")
        if values.severity is Severity.VETO and actor.user_id in (row.proposed_by or ()):
            raise VetoNeedsSecondPerson(item=row.item_id or row.key)
        if values.text != row.text_zh:
            row.text_zh, row.text_en = values.text, ""
        row.severity = str(values.severity)
        row.measure_zh = values.measure
        row.due_days = values.due_days
        _decide(row, actor, FindingState.CONFIRMED, reason)
        session.add(row)
        audit.record(
            session,
            actor.audit_name,
            "finding.confirm",
            "finding",
            finding_id,
            severity=row.severity,
            reason=row.reason,
            due_days=due_days,
        )


@dataclass(frozen=True, slots=True)
class _Checked:
    text: str
    severity: Severity
    measure: str
    due_days: int


def _checked(text: str, severity: Severity | str, measure: str, due_days: int) -> _Checked:
    if not text.strip():
        raise _bad("问题描述", "text", text, "不能为空", "must not be empty")
    if severity not in tuple(Severity):
        raise _bad("严重程度", "severity", severity, "没有此程度", "no such severity")
    if not measure.strip():
        raise _bad("整改措施", "measure", measure, "不能为空", "must not be empty")
    if not 1 <= due_days <= 365:
        raise _bad("整改期限（天）", "days", due_days, "应为 1 至 365", "1 to 365")
    return _Checked(text.strip(), Severity(severity), measure.strip(), due_days)


def _bad(zh: str, en: str, value: object, reason: str, reason_en: str) -> BadValue:
    return BadValue(field=zh, field_en=en, value=value, reason=reason, reason_en=reason_en)


def dismiss(
    engine: Engine, actor: Actor, finding_id: int, *, reason: str, seen_version: int
) -> None:
    """Dismiss a finding, with a reason; it stays on record. Raises ReasonMissing, Stale."""
    access.require(actor, "finding.decide")
    if not reason.strip():
        raise ReasonMissing(what="不予认定", what_en="dismissing the finding")
    with transaction(engine) as session:
        row = _undecided(session, finding_id, seen_version)
        _decide(row, actor, FindingState.DISMISSED, reason)
        session.add(row)
        audit.record(
            session, actor.audit_name, "finding.dismiss", "finding", finding_id, reason=row.reason
        )


def reconsider(
    engine: Engine, actor: Actor, finding_id: int, *, reason: str, seen_version: int
) -> None:
    """Take a decision back, with a reason, as long as the finding is on no list."""
    access.require(actor, "finding.decide")
    if not reason.strip():
        raise ReasonMissing(what="撤回认定", what_en="taking the decision back")
    with transaction(engine) as session:
        row = at_version(
            session, Finding, finding_id, "问题", "the finding", seen_version=seen_version
        )
        listed = session.exec(
            select(RectificationItem.id).where(RectificationItem.finding_id == finding_id)
        ).first()
        if listed is not None or row.state == FindingState.PROPOSED:
            raise WrongState(
                what="问题",
                what_en="the finding",
                state="已下发" if listed is not None else row.state,
                state_en="listed" if listed is not None else row.state,
                action="撤回认定",
                action_en="take the decision back",
            )
        before = row.state
        row.state, row.decided_by, row.decided_at, row.reason = (
            FindingState.PROPOSED,
            None,
            None,
            "",
        )
        session.add(row)
        audit.record(
            session,
            actor.audit_name,
            "finding.reconsider",
            "finding",
            finding_id,
            before=before,
            reason=reason,
        )


def add_finding(
    engine: Engine,
    actor: Actor,
    *,
    round_id: int,
    case_id: int,
    text: str,
    severity: Severity | str,
    measure: str,
    due_days: int = DEFAULT_DUE_DAYS,
    item_id: str = "",
    page_id: int | None = None,
) -> int:
    """Add a finding by hand, proposed by its author; returns its id.

    Raises BadValue, WrongState, NotFound (a case that was not drawn, a page of another case).
    """
    access.require(actor, "finding.decide")
    values = _checked(text, severity, measure, due_days)
    with transaction(engine) as session:
        _round_in_work(session, round_id)
        drawn = session.exec(
            select(RoundCase).where(RoundCase.round_id == round_id, RoundCase.case_id == case_id)
        ).first()
        if drawn is None:
            raise NotFound(what="本轮抽取的案卷", what_en="case of this round", key=case_id)
        if item_id:
            kept_edition(drawn.edition, drawn.edition_sha256).item(item_id)
        number = sum(key.startswith(ADDED) for key in _standing(session, round_id, case_id)) + 1
        row = Finding(
            round_id=round_id,
            case_id=case_id,
            key=f"{ADDED}{number}",
            item_id=item_id,
            origin=f"user:{actor.user_id}",
            proposed_by=[actor.user_id],
            severity=str(values.severity),
            text_zh=values.text,
            evidence=[] if page_id is None else [_page_evidence(session, case_id, page_id)],
            law=[],
            measure_zh=values.measure,
            due_days=values.due_days,
        )
        session.add(row)
        session.flush()
        assert row.id is not None
        audit.record(
            session,
            actor.audit_name,
            "finding.add",
            "finding",
            row.id,
            case=case_id,
            severity=row.severity,
        )
        return row.id


def _page_evidence(session: Session, case_id: int, page_id: int) -> Mapping[str, Any]:
    page = found(session, PageRow, page_id, "页面", "page")
    source = session.get(SourceFile, page.source_file_id)
    if source is None or source.case_id != case_id:
        raise NotFound(what="页面", what_en="page", key=page_id)
    return {
        "source": source.source,
        "page": page.number,
        "page_id": page_id,
        "quote": "",
        "boxes": [],
    }
