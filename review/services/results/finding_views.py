"""Reading findings: which a person may see, and everything the page shows of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Engine, exists, false, func, true
from sqlalchemy import case as when
from sqlmodel import Session, col, select

from review.casefiles.tables import Case
from review.checks.check import SEVERITY_ORDER, Severity
from review.db.accounts import Role, Unit, User
from review.db.session import reading
from review.findings.derive import common_problems
from review.findings.tables import Finding, FindingState
from review.planning.tables import ROUND_HEAD, Round, RoundCase
from review.rectification.tables import RectificationItem, RectificationList
from review.scoring.checklist import Edition
from review.services import access
from review.services.access import Actor
from review.services.case_files.check_rows import (
    EvidenceView,
    LawView,
    PageFinder,
    evidence_of,
    evidence_views,
    page_finder,
)
from review.services.desk.sheet_views import words
from review.services.rules.editions import Words, kept_edition


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
class FindingPage:
    """Some findings, how many there are in all, and how many of all are still proposed."""

    rows: tuple[FindingView, ...]
    total: int
    proposed: int


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
    page = findings_page(
        engine,
        actor,
        round_id=round_id,
        case_id=case_id,
        state=state,
        severity=severity,
        unit_id=unit_id,
    )
    return list(page.rows)


def findings_page(
    engine: Engine,
    actor: Actor,
    *,
    round_id: int | None = None,
    case_id: int | None = None,
    state: FindingState | str | None = None,
    severity: Severity | str | None = None,
    unit_id: int | None = None,
    offset: int = 0,
    limit: int | None = None,
) -> FindingPage:
    """The same, `limit` of them from `offset` on, with how many there are in all."""
    access.require(actor, "finding.view")
    query = (
        select(Finding, Case, Round)
        .join(Case, col(Case.id) == col(Finding.case_id))
        .join(Round, col(Round.id) == col(Finding.round_id))
        .where(visible_findings(actor))
        .options(*ROUND_HEAD)
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
        counted = query.with_only_columns(
            func.count(), func.coalesce(func.sum(_is_proposed()), 0), maintain_column_froms=True
        )
        total, proposed = session.execute(counted).one()
        ordered = query.order_by(*_order()).offset(max(offset, 0))
        rows = session.exec(ordered if limit is None else ordered.limit(limit)).all()
        context = _Context(session, [row for row, _, _ in rows])
        views = tuple(context.view(actor, row, case, held) for row, case, held in rows)
    return FindingPage(views, int(total), int(proposed))


def _is_proposed() -> ColumnElement[int]:
    return when((col(Finding.state) == FindingState.PROPOSED, 1), else_=0)


def _order() -> tuple[Any, ...]:
    """The latest round first; in it what still has to be decided, then by severity and case."""
    weights = {str(each): place for place, each in enumerate(SEVERITY_ORDER)}
    return (
        col(Finding.round_id).desc(),
        _is_proposed().desc(),
        when(weights, value=col(Finding.severity)).desc(),
        col(Case.case_key),
        col(Finding.key),
    )


class _Context:
    """What many findings need looked up once."""

    def __init__(self, session: Session, rows: Sequence[Finding]) -> None:
        self._session = session
        self._units = {unit.id: unit.name for unit in session.exec(select(Unit))}
        self._names = {user.id: user.name for user in session.exec(select(User))}
        self._listed = set(session.exec(select(RectificationItem.finding_id)))
        self._finders: dict[int, PageFinder] = {}
        drawn = session.exec(
            select(
                RoundCase.round_id, RoundCase.case_id, RoundCase.edition, RoundCase.edition_sha256
            ).where(
                col(RoundCase.round_id).in_({row.round_id for row in rows}),
                col(RoundCase.case_id).in_({row.case_id for row in rows}),
            )
        )
        self._editions: dict[tuple[int, int], Edition] = {
            (round_id, case_id): kept_edition(key, sha256)
            for round_id, case_id, key, sha256 in drawn
            if sha256
        }
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
        edition = self._editions.get((row.round_id, row.case_id))
        item = edition.by_id.get(row.item_id) if edition else None
        return words(item.title) if item else Words("", "")


def _common(session: Session, round_id: int) -> set[str]:
    """Keys of the problems of a round that stand in several cases; dismissed ones do not count."""
    rows = session.exec(
        select(Finding.case_id, Finding.key).where(
            Finding.round_id == round_id, Finding.state != FindingState.DISMISSED
        )
    )
    drawn = session.exec(select(RoundCase.id).where(RoundCase.round_id == round_id)).all()
    pairs = [(str(case_id), key) for case_id, key in rows]
    return {each.key for each in common_problems(pairs, sample_size=len(drawn))}
