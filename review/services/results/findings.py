"""Findings: confirmed, dismissed, taken back or added by a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, select

from review.casefiles.tables import SourceFile
from review.checks.check import Severity
from review.common.clock import now
from review.db import audit
from review.db.rows import at_version, found
from review.db.session import transaction
from review.documents.tables import PageRow
from review.errors import (
    BadValue,
    NotFound,
    ReasonMissing,
    ReviewError,
    VetoNeedsSecondPerson,
    WrongState,
)
from review.findings.tables import Finding, FindingState
from review.planning.tables import RoundCase
from review.rectification.tables import RectificationItem
from review.services import access
from review.services.access import Actor
from review.services.panel.common_results import require_panel
from review.services.results.deriving import (
    ADDED,
    DEFAULT_DUE_DAYS,
    Derivation,
    derive,
    round_in_work,
    standing_findings,
)
from review.services.results.finding_views import (
    FindingPage,
    FindingView,
    findings_page,
    list_findings,
    visible_findings,
)
from review.services.rules.editions import kept_edition

__all__ = [
    "ConfirmedMany",
    "Derivation",
    "FindingPage",
    "FindingView",
    "NotConfirmed",
    "add_finding",
    "confirm",
    "confirm_many",
    "derive",
    "dismiss",
    "findings_page",
    "list_findings",
    "reconsider",
    "visible_findings",
]


def _undecided(session: Session, finding_id: int, seen_version: int) -> Finding:
    row = at_version(session, Finding, finding_id, "问题", "the finding", seen_version=seen_version)
    round_in_work(session, row.round_id)
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

    Another severity than proposed needs a reason; a veto needs somebody who did not propose it,
    and the panel that failed the item. Raises BadValue, ReasonMissing, VetoNeedsSecondPerson,
    VetoNeedsPanel, WrongState, Stale.
    """
    access.require(actor, "finding.decide")
    values = _checked(text, severity, measure, due_days)
    with transaction(engine) as session:
        row = _undecided(session, finding_id, seen_version)
        _confirm(session, actor, row, values, reason)


def _confirm(session: Session, actor: Actor, row: Finding, values: _Checked, reason: str) -> None:
    changed = str(values.severity) != row.severity
    if changed and not reason.strip():
        raise ReasonMissing(what="调整问题的严重程度", what_en="changing the severity")
    if values.severity is Severity.VETO and actor.user_id in (row.proposed_by or ()):
        raise VetoNeedsSecondPerson(item=row.item_id or row.key)
    if values.severity is Severity.VETO:
        require_panel(session, row.round_id, row.case_id, row.item_id)
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
        row.id,
        severity=row.severity,
        reason=row.reason,
        due_days=row.due_days,
    )


@dataclass(frozen=True, slots=True)
class NotConfirmed:
    """A finding that was left as it is, and the error that says why."""

    finding_id: int
    why: ReviewError


@dataclass(frozen=True, slots=True)
class ConfirmedMany:
    """What became of several findings, in the order in which they were named."""

    confirmed: tuple[int, ...]
    left: tuple[NotConfirmed, ...]


def confirm_many(engine: Engine, actor: Actor, seen: Mapping[int, int]) -> ConfirmedMany:
    """Confirm findings as they were proposed: wording, weight, measure and days stay.

    `seen` maps each finding to the version that the person saw. Each is held to what `confirm`
    asks; one that may not be confirmed is left as it is and named, the others are confirmed
    together, each with its record.
    """
    access.require(actor, "finding.decide")
    confirmed: list[int] = []
    left: list[NotConfirmed] = []
    with transaction(engine) as session:
        for finding_id, version in seen.items():
            try:
                with session.begin_nested():
                    row = _undecided(session, finding_id, version)
                    values = _checked(row.text_zh, row.severity, row.measure_zh, row.due_days)
                    _confirm(session, actor, row, values, "")
            except ReviewError as error:
                left.append(NotConfirmed(finding_id, error))
            else:
                confirmed.append(finding_id)
    return ConfirmedMany(tuple(confirmed), tuple(left))


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
        round_in_work(session, round_id)
        drawn = session.exec(
            select(RoundCase).where(RoundCase.round_id == round_id, RoundCase.case_id == case_id)
        ).first()
        if drawn is None:
            raise NotFound(what="本轮抽取的案卷", what_en="case of this round", key=case_id)
        if item_id:
            kept_edition(drawn.edition, drawn.edition_sha256).item(item_id)
        number = (
            sum(key.startswith(ADDED) for key in standing_findings(session, round_id, case_id)) + 1
        )
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
            check_ids=[],
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
