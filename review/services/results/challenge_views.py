"""The ledger of proceedings, with what the published reviews had said of each case beside it.

Nothing of a round is told here before its results are published, to nobody: neither that a case
was drawn nor what was found in it. A unit sees its own cases alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select, false, true
from sqlalchemy import select as several
from sqlmodel import Session, col, select

from review.casefiles.tables import Case
from review.checks.catalogue import checks
from review.common.clock import local
from review.db.accounts import Role, Unit
from review.db.rows import found
from review.db.session import reading
from review.findings.challenge_tables import Challenge, ChallengeProof
from review.findings.challenges import (
    CHECK,
    ITEM,
    MISSED,
    OVERTURNING,
    UNREVIEWED,
    Instance,
    Outcome,
    ReviewSaid,
    Standing,
    last_words,
    standing,
    touches,
)
from review.findings.result_tables import CaseResult, Publication
from review.findings.tables import Finding, FindingState
from review.planning.tables import Round, RoundCase
from review.scoring.checklist import Edition
from review.services import access
from review.services.access import Actor
from review.services.rules.editions import Words, kept_edition, known_editions, slot_of


@dataclass(frozen=True, slots=True)
class Fault:
    """A confirmed finding of a published round; `is_touching` where it is about the grounds."""

    finding_id: int
    text: Words
    severity: str
    item_id: str
    check_ids: tuple[str, ...]
    is_touching: bool = False


@dataclass(frozen=True, slots=True)
class PublishedReview:
    """What a published round said of the case. `is_before`: published before the outcome."""

    round_id: int
    round_title: str
    published_on: date
    score: Decimal
    scale: Decimal
    grade: Words
    is_vetoed: bool
    faults: tuple[Fault, ...] = ()
    is_before: bool = True


@dataclass(frozen=True, slots=True)
class ProofCard:
    """A paper of a proceeding."""

    id: int
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Correction:
    """What stood in a proceeding before it was corrected."""

    values: Mapping[str, Any]
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ChallengeView:
    """A proceeding with what the review had said.

    `is_last`: it has the last word on its case up to now. `standing` is told for every row;
    figures count it where the decision was overturned.
    """

    id: int
    case_id: int
    case_no: str
    cause: str
    unit_id: int
    unit_name: str
    case_decided_on: date | None
    instance: Instance
    organ: str
    docket_no: str
    filed_on: date
    decided_on: date | None
    outcome: Outcome | None
    grounds: str
    concerns: tuple[str, ...]
    is_last: bool
    standing: Standing
    reviews: tuple[PublishedReview, ...]
    proofs: tuple[ProofCard, ...]
    corrections: tuple[Correction, ...]
    version: int

    @property
    def is_overturned(self) -> bool:
        """Whether the decision did not stand, by what was said last."""
        return self.is_last and self.outcome in OVERTURNING


@dataclass(frozen=True, slots=True)
class Figure:
    """Proceedings of one year of filing and one unit; the last four add up to `overturned`."""

    year: int
    unit_id: int
    unit_name: str
    filed: int
    decided: int
    overturned: int
    seen: int
    missed: int
    not_linked: int
    not_reviewed: int


@dataclass(frozen=True, slots=True)
class ChallengeLedger:
    """The ledger: rows newest first, figures, what concerns mean, and the years there are."""

    rows: tuple[ChallengeView, ...]
    figures: tuple[Figure, ...]
    names: Mapping[str, Words] = field(default_factory=dict)
    years: tuple[int, ...] = ()


def visible_challenges(actor: Actor) -> ColumnElement[bool]:
    """The condition on `Case`, joined to its challenges, that leaves what the actor may see."""
    if actor.role in (Role.REGULATIONS, Role.LEADER):
        return true()
    if actor.role is Role.UNIT and actor.unit_id is not None:
        return col(Case.unit_id) == actor.unit_id
    return false()


def challenge_ledger(
    engine: Engine, actor: Actor, *, year: int | None = None, unit_id: int | None = None
) -> ChallengeLedger:
    """The proceedings that the actor may see, by year of filing and unit."""
    access.require(actor, "challenge.view")
    of_unit = true() if unit_id is None else col(Case.unit_id) == unit_id
    seen = (col(Challenge.struck_at).is_(None), visible_challenges(actor), of_unit)
    with reading(engine) as session:
        held = session.exec(
            select(Challenge, Case, Unit)
            .join(Case, col(Case.id) == col(Challenge.case_id))
            .join(Unit, col(Unit.id) == col(Case.unit_id))
            .where(*seen)
            .order_by(col(Challenge.filed_on).desc(), col(Challenge.id).desc())
        ).all()
        if not held:
            return ChallengeLedger((), ())
        concerned = (
            several(col(Challenge.case_id))
            .join(Case, col(Case.id) == col(Challenge.case_id))
            .where(*seen)
        )
        reviews = _published(session, actor, concerned)
        proofs = _proofs(session)
        frozen = _frozen_editions(session)
    last = last_words([_Named(row) for row, _, _ in held])
    views = [
        _view(row, case, unit, reviews.get(row.case_id, ()), proofs, is_last=row.id in last)
        for row, case, unit in held
        if year is None or row.filed_on.year == year
    ]
    return ChallengeLedger(
        tuple(views),
        figures(views),
        concern_names([*frozen, *(known.edition for known in known_editions(engine))]),
        tuple(sorted({row.filed_on.year for row, _, _ in held}, reverse=True)),
    )


@dataclass(frozen=True, slots=True)
class _Named:
    """A row as `last_words` asks for it."""

    row: Challenge

    @property
    def id(self) -> int:
        return self.row.id or 0

    @property
    def case_id(self) -> int:
        return self.row.case_id

    @property
    def instance(self) -> Instance:
        return Instance(self.row.instance)

    @property
    def decided_on(self) -> date | None:
        return self.row.decided_on


def _view(
    row: Challenge,
    case: Case,
    unit: Unit,
    reviews: Sequence[PublishedReview],
    proofs: Mapping[int, Sequence[ProofCard]],
    *,
    is_last: bool,
) -> ChallengeView:
    concerns = tuple(row.concerns or ())
    said = [ReviewSaid(each.published_on, each.faults) for each in reviews]
    return ChallengeView(
        id=row.id or 0,
        case_id=row.case_id,
        case_no=case.case_no,
        cause=case.cause,
        unit_id=case.unit_id,
        unit_name=unit.name,
        case_decided_on=case.decided_on,
        instance=Instance(row.instance),
        organ=row.organ,
        docket_no=row.docket_no,
        filed_on=row.filed_on,
        decided_on=row.decided_on,
        outcome=Outcome(row.outcome) if row.outcome else None,
        grounds=row.grounds,
        concerns=concerns,
        is_last=is_last,
        standing=standing(concerns, said, until=row.decided_on),
        reviews=tuple(_about(each, concerns, row.decided_on) for each in reviews),
        proofs=tuple(proofs.get(row.id or 0, ())),
        corrections=tuple(
            Correction(
                each["values"], each["reason"], each["by"], datetime.fromisoformat(each["at"])
            )
            for each in row.earlier or ()
        ),
        version=row.version,
    )


def _about(review: PublishedReview, concerns: Sequence[str], until: date | None) -> PublishedReview:
    """The review as it stands to one proceeding."""
    return PublishedReview(
        review.round_id,
        review.round_title,
        review.published_on,
        review.score,
        review.scale,
        review.grade,
        review.is_vetoed,
        tuple(
            Fault(
                each.finding_id, each.text, each.severity, each.item_id, each.check_ids,
                is_touching=touches(concerns, each),
            )
            for each in review.faults
        ),
        is_before=until is None or review.published_on <= until,
    )  # fmt: skip


def _published(
    session: Session, actor: Actor, case_ids: Select[Any]
) -> dict[int, tuple[PublishedReview, ...]]:
    """Published results of these cases with their confirmed findings, the earliest first.

    A unit sees results that were its own when they were published.
    """
    own = true() if actor.role is not Role.UNIT else col(CaseResult.unit_id) == actor.unit_id
    faults: dict[tuple[int, int], list[Fault]] = {}
    for row in session.execute(
        several(
            col(Finding.round_id), col(Finding.case_id), col(Finding.id), col(Finding.text_zh),
            col(Finding.text_en), col(Finding.severity), col(Finding.item_id),
            col(Finding.check_ids),
        )
        .join(Publication, col(Publication.round_id) == col(Finding.round_id))
        .where(
            col(Finding.case_id).in_(case_ids), col(Finding.state) == FindingState.CONFIRMED
        )
        .order_by(col(Finding.id))
    ):  # fmt: skip
        round_id, case_id, key, zh, en, severity, item_id, check_ids = row
        faults.setdefault((round_id, case_id), []).append(
            Fault(key, Words(zh, en or zh), severity, item_id, tuple(check_ids or ()))
        )
    made: dict[int, list[PublishedReview]] = {}
    for result, title, published_at in session.execute(
        several(CaseResult, col(Round.title), col(Publication.published_at))
        .join(Publication, col(Publication.round_id) == col(CaseResult.round_id))
        .join(Round, col(Round.id) == col(CaseResult.round_id))
        .where(col(CaseResult.case_id).in_(case_ids), own)
        .order_by(col(Publication.published_at), col(CaseResult.id))
    ):
        made.setdefault(result.case_id, []).append(
            PublishedReview(
                round_id=result.round_id,
                round_title=title,
                published_on=local(published_at).date(),
                score=result.score,
                scale=result.scale,
                grade=Words(result.grade_zh, result.grade_en),
                is_vetoed=result.is_vetoed,
                faults=tuple(faults.get((result.round_id, result.case_id), ())),
            )
        )
    return {case_id: tuple(each) for case_id, each in made.items()}


def _proofs(session: Session) -> dict[int, list[ProofCard]]:
    kept: dict[int, list[ProofCard]] = {}
    for row in session.exec(select(ChallengeProof).order_by(col(ChallengeProof.id))):
        kept.setdefault(row.challenge_id, []).append(ProofCard(row.id or 0, row.name, row.at))
    return kept


def figures(rows: Iterable[ChallengeView]) -> tuple[Figure, ...]:
    """Counts by year of filing and unit, the latest year first."""
    groups: dict[tuple[int, int, str], list[ChallengeView]] = {}
    for each in rows:
        key = -each.filed_on.year, each.unit_id, each.unit_name
        groups.setdefault(key, []).append(each)
    return tuple(_figure(-key[0], key[1], key[2], own) for key, own in sorted(groups.items()))


def _figure(year: int, unit_id: int, unit_name: str, rows: Sequence[ChallengeView]) -> Figure:
    overturned = [each.standing for each in rows if each.is_overturned]
    return Figure(
        year=year,
        unit_id=unit_id,
        unit_name=unit_name,
        filed=len(rows),
        decided=sum(each.decided_on is not None for each in rows),
        overturned=len(overturned),
        seen=overturned.count(Standing.SEEN),
        missed=sum(each in MISSED for each in overturned),
        not_linked=overturned.count(Standing.NOT_LINKED),
        not_reviewed=sum(each in UNREVIEWED for each in overturned),
    )


def concern_names(editions: Iterable[Edition]) -> dict[str, Words]:
    """What grounds may be linked to: items of these editions, then the machine checks."""
    return {
        ITEM + item.id: Words(item.title.get("zh"), item.title.get("en"))
        for edition in editions
        for item in edition.items
    } | {CHECK + each.id: Words(each.title.zh, each.title.en) for each in checks()}


def _frozen_editions(session: Session, case_id: int | None = None) -> list[Edition]:
    """The editions by which cases, or one case, were drawn."""
    query = several(col(RoundCase.edition), col(RoundCase.edition_sha256)).distinct()
    if case_id is not None:
        query = query.where(col(RoundCase.case_id) == case_id)
    return [kept_edition(key, sha256) for key, sha256 in session.execute(query) if sha256]


def concern_choices(engine: Engine, actor: Actor, case_id: int) -> dict[str, Words]:
    """What the grounds of a case can be linked to: items of its checklists, then checks."""
    access.require(actor, "challenge.manage")
    with reading(engine) as session:
        case = found(session, Case, case_id, "案件", "case")
        slot = slot_of(case)
        frozen = _frozen_editions(session, case_id)
    of_kind = [
        known.edition
        for known in known_editions(engine)
        if slot in known.edition.procedures or known.edition.kind == slot
    ]
    return concern_names([*frozen, *of_kind])
