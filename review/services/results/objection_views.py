"""Reading draft results and objections: a unit its own, from the day on which they were sent.

Nobody on the side of the unit is told who scored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Engine, false, true
from sqlalchemy import select as several
from sqlmodel import Session, col, select

from review.casefiles.tables import Case
from review.common.clock import local, today
from review.common.dates import add_working_days
from review.db.accounts import Role, Unit, User
from review.db.session import reading
from review.errors import (
    CalendarEnds,
)
from review.findings.objections import DAYS_TO_DECIDE, Standing
from review.findings.result_tables import (
    CaseResult,
    Feedback,
    Objection,
    ObjectionProof,
    ObjectionState,
    ResultItem,
)
from review.findings.tables import Finding, FindingState
from review.planning.tables import ROUND_HEAD, Round, RoundCase, RoundState
from review.scoring.checklist import Edition, Result
from review.services import access
from review.services.access import Actor
from review.services.case_files.check_rows import (
    EvidenceView,
    PageFinder,
    evidence_of,
    evidence_views,
    page_finder,
)
from review.services.rules.calendar import calendar_in
from review.services.rules.editions import Words, kept_edition


@dataclass(frozen=True, slots=True)
class ProofView:
    """A file that the unit handed in with an objection."""

    id: int
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ObjectionView:
    """One objection with what it was about and what became of it. A unit is told no names."""

    id: int
    round_id: int
    round_title: str
    case_id: int
    case_no: str
    unit_id: int
    unit: str
    item_id: str
    item_title: Words
    text: str
    page_ids: tuple[int, ...]
    state: ObjectionState
    before: Words
    after: Words | None
    reason: str
    raised_at: datetime
    raised_by: str
    decided_at: datetime | None
    decided_by: str
    decide_until: date | None
    proofs: tuple[ProofView, ...]
    choices: tuple[Result, ...]
    deductions: tuple[tuple[str, Words], ...]
    is_veto_item: bool
    version: int


@dataclass(frozen=True, slots=True)
class DraftItem:
    """An item of a case's draft result that lost points or failed."""

    item_id: str
    title: Words
    result: Result
    result_word: Words
    points: Decimal
    deduction: Decimal
    reason: Words
    evidence: tuple[EvidenceView, ...]
    is_veto: bool
    objection: ObjectionState | None


@dataclass(frozen=True, slots=True)
class DraftCase:
    """The draft result of one case as its unit sees it; `items` only those with a fault."""

    round_id: int
    case_id: int
    case_no: str
    cause: str
    score: Decimal
    grade: Words
    is_vetoed: bool
    deducted: Decimal
    items: tuple[DraftItem, ...]


@dataclass(frozen=True, slots=True)
class DraftView:
    """What a unit was told of one round, and until when it may object."""

    round_id: int
    round_title: str
    unit_id: int
    unit: str
    state: RoundState
    sent_on: date
    until_on: date
    may_object: bool
    cases: tuple[DraftCase, ...]


def visible_objections(actor: Actor) -> ColumnElement[bool]:
    """The condition on `Objection` that leaves what the actor may see."""
    if actor.role in (Role.REGULATIONS, Role.LEADER):
        return true()
    if actor.role is Role.UNIT and actor.unit_id is not None:
        return col(Objection.unit_id) == actor.unit_id
    return false()


def visible_feedback(actor: Actor) -> ColumnElement[bool]:
    """The condition on `Feedback`: a unit sees what was sent to it."""
    if actor.role in (Role.REGULATIONS, Role.LEADER):
        return true()
    if actor.role is Role.UNIT and actor.unit_id is not None:
        return col(Feedback.unit_id) == actor.unit_id
    return false()


def told_rounds(engine: Engine, actor: Actor) -> dict[int, str]:
    """The rounds of which draft results were sent, with their titles, the newest first."""
    access.require(actor, "objection.view")
    query = (
        several(col(Round.id), col(Round.title))
        .join(Feedback, col(Feedback.round_id) == col(Round.id))
        .where(visible_feedback(actor))
        .order_by(col(Round.id).desc())
        .distinct()
    )
    with reading(engine) as session:
        return dict(session.execute(query).all())


def drafts(engine: Engine, actor: Actor, *, round_id: int | None = None) -> list[DraftView]:
    """The draft results that were sent, the newest round first; each with its faulty items."""
    access.require(actor, "objection.view")
    query = (
        select(Feedback, Round, Unit)
        .join(Round, col(Round.id) == col(Feedback.round_id))
        .join(Unit, col(Unit.id) == col(Feedback.unit_id))
        .where(visible_feedback(actor))
        .order_by(col(Round.id).desc(), col(Unit.id))
        .options(*ROUND_HEAD)
    )
    if round_id is not None:
        query = query.where(Feedback.round_id == round_id)
    with reading(engine) as session:
        return [
            DraftView(
                round_id=feedback.round_id,
                round_title=row.title,
                unit_id=feedback.unit_id,
                unit=unit.name,
                state=RoundState(row.state),
                sent_on=local(feedback.sent_at).date(),
                until_on=feedback.until_on,
                may_object=actor.role is Role.UNIT
                and row.state == RoundState.OBJECTING
                and feedback.until_on >= today(),
                cases=tuple(_draft_cases(session, feedback)),
            )
            for feedback, row, unit in session.exec(query)
        ]


def _draft_cases(session: Session, feedback: Feedback) -> list[DraftCase]:
    rows = session.exec(
        select(CaseResult, Case, RoundCase)
        .join(Case, col(Case.id) == col(CaseResult.case_id))
        .join(
            RoundCase,
            (col(RoundCase.case_id) == col(CaseResult.case_id))
            & (col(RoundCase.round_id) == col(CaseResult.round_id)),
        )
        .where(CaseResult.round_id == feedback.round_id, CaseResult.unit_id == feedback.unit_id)
        .order_by(col(RoundCase.sequence))
    ).all()
    told = _Told(session, feedback)
    return [_draft_case(session, told, *row) for row in rows]


class _Told:
    """The faults, findings and objections of a unit in a round, by case, asked for once."""

    def __init__(self, session: Session, feedback: Feedback) -> None:
        own = (
            select(CaseResult.case_id)
            .where(CaseResult.round_id == feedback.round_id, CaseResult.unit_id == feedback.unit_id)
            .scalar_subquery()
        )
        self.faults: dict[int, list[ResultItem]] = {}
        for item in session.exec(
            select(ResultItem)
            .join(CaseResult, col(CaseResult.id) == col(ResultItem.result_id))
            .where(
                CaseResult.round_id == feedback.round_id,
                CaseResult.unit_id == feedback.unit_id,
                col(ResultItem.result).in_((Result.PARTLY_MET, Result.NOT_MET)),
            )
            .order_by(col(ResultItem.id))
        ):
            self.faults.setdefault(item.result_id, []).append(item)
        self.places: dict[int, list[tuple[str, Any]]] = {}
        for case_id, item_id, evidence in session.exec(
            select(Finding.case_id, Finding.item_id, Finding.evidence).where(
                Finding.round_id == feedback.round_id,
                col(Finding.case_id).in_(own),
                Finding.state != FindingState.DISMISSED,
            )
        ):
            if evidence:
                self.places.setdefault(case_id, []).append((item_id, evidence))
        self.raised: dict[int, dict[str, ObjectionState]] = {}
        for case_id, item_id, state in session.exec(
            select(Objection.case_id, Objection.item_id, Objection.state)
            .where(Objection.round_id == feedback.round_id, col(Objection.case_id).in_(own))
            .order_by(col(Objection.id))
        ):
            self.raised.setdefault(case_id, {})[item_id] = ObjectionState(state)


def _draft_case(
    session: Session, told: _Told, row: CaseResult, case: Case, drawn: RoundCase
) -> DraftCase:
    edition = kept_edition(drawn.edition, drawn.edition_sha256)
    items = told.faults.get(row.id or 0, [])
    places = told.places.get(row.case_id, [])
    finder = page_finder(session, row.case_id) if places else PageFinder({}, {})
    raised = told.raised.get(row.case_id, {})
    return DraftCase(
        round_id=row.round_id,
        case_id=row.case_id,
        case_no=case.case_no,
        cause=case.cause,
        score=row.score,
        grade=Words(row.grade_zh, row.grade_en),
        is_vetoed=row.is_vetoed,
        deducted=row.deducted,
        items=tuple(
            DraftItem(
                item_id=item.item_id,
                title=_title(edition, item.item_id),
                result=Result(item.result),
                result_word=_word(edition, Result(item.result)),
                points=item.points,
                deduction=item.deduction,
                reason=Words(item.reason_zh, item.reason_en),
                evidence=evidence_views(
                    tuple(
                        place
                        for item_id, kept in places
                        if item_id == item.item_id
                        for place in evidence_of(kept)
                    ),
                    finder,
                ),
                is_veto=edition.by_id[item.item_id].is_veto,
                objection=raised.get(item.item_id),
            )
            for item in items
        ),
    )


def _title(edition: Edition, item_id: str) -> Words:
    item = edition.by_id.get(item_id)
    return Words(item.title.get("zh"), item.title.get("en")) if item else Words(item_id, item_id)


def _word(edition: Edition, result: Result) -> Words:
    return Words(edition.result_word(result, "zh"), edition.result_word(result, "en"))


def list_objections(
    engine: Engine, actor: Actor, *, round_id: int | None = None
) -> list[ObjectionView]:
    """Objections that the actor may see: open ones first, then the newest."""
    access.require(actor, "objection.view")
    query = (
        several(Objection, Case, Round, Unit, RoundCase)
        .join(Case, col(Case.id) == col(Objection.case_id))
        .join(Round, col(Round.id) == col(Objection.round_id))
        .join(Unit, col(Unit.id) == col(Objection.unit_id))
        .join(
            RoundCase,
            (col(RoundCase.case_id) == col(Objection.case_id))
            & (col(RoundCase.round_id) == col(Objection.round_id)),
        )
        .where(visible_objections(actor))
        .options(*ROUND_HEAD)
    )
    if round_id is not None:
        query = query.where(col(Objection.round_id) == round_id)
    with reading(engine) as session:
        calendar = calendar_in(session)
        names = {user.id: user.name for user in session.exec(select(User))}
        views = []
        for row, case, held, unit, drawn in session.execute(query):
            edition = kept_edition(drawn.edition, drawn.edition_sha256)
            item = edition.by_id[row.item_id]
            is_unit = actor.role is Role.UNIT
            try:
                until = add_working_days(local(row.raised_at).date(), DAYS_TO_DECIDE, calendar)
            except CalendarEnds:
                until = None
            views.append(
                ObjectionView(
                    id=row.id or 0,
                    round_id=row.round_id,
                    round_title=held.title,
                    case_id=row.case_id,
                    case_no=case.case_no,
                    unit_id=row.unit_id,
                    unit=unit.name,
                    item_id=row.item_id,
                    item_title=_title(edition, row.item_id),
                    text=row.text,
                    page_ids=tuple(row.pages or ()),
                    state=ObjectionState(row.state),
                    before=_said(edition, row.before),
                    after=_said(edition, row.after) if row.after else None,
                    reason=row.reason,
                    raised_at=row.raised_at,
                    raised_by=names.get(row.raised_by, ""),
                    decided_at=row.decided_at,
                    decided_by="" if is_unit else names.get(row.decided_by, ""),
                    decide_until=until,
                    proofs=_proofs(session, row.id or 0),
                    choices=_choices(edition, row.before),
                    deductions=tuple(
                        (each.id, Words(each.text.get("zh"), each.text.get("en")))
                        for each in item.deductions
                    ),
                    is_veto_item=item.is_veto,
                    version=row.version,
                )
            )
        views.sort(key=lambda each: (each.state is not ObjectionState.RAISED, -each.id))
        return views


def _said(edition: Edition, kept: Mapping[str, Any]) -> Words:
    """An item's result in words: 部分符合，扣 2 分."""
    result = Result(kept["result"])
    amount = Decimal(kept["deduction"]).normalize()
    word = _word(edition, result)
    if not amount:
        return word
    return Words(f"{word.zh}，扣 {amount:f} 分", f"{word.en}, −{amount:f}")


def _choices(edition: Edition, before: Mapping[str, Any]) -> tuple[Result, ...]:
    """The results that are no worse than the one objected to."""
    standing = Standing(Result(before["result"]), Decimal(before["deduction"]))
    return tuple(
        result
        for result in edition.results
        if result is not Result.UNDECIDED
        and not Standing(result, Decimal(0)).is_worse_than(standing)
    )


def _proofs(session: Session, objection_id: int) -> tuple[ProofView, ...]:
    rows = session.exec(
        select(ObjectionProof)
        .where(ObjectionProof.objection_id == objection_id)
        .order_by(col(ObjectionProof.id))
    )
    return tuple(ProofView(row.id or 0, row.name, row.at) for row in rows)
