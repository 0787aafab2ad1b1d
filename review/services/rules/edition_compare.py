"""One set of findings scored under two editions: what each standard makes of the same case."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Engine
from sqlmodel import Session, select

from review.casefiles.tables import Case
from review.checks.check import CheckResult, Procedure
from review.db.rows import found
from review.db.session import reading
from review.scoring.adoption_tables import ProposalDecision
from review.scoring.arithmetic import ItemResult, total
from review.scoring.checklist import Edition, Result
from review.scoring.proposals import propose
from review.scoring.tables import ScoreSheet
from review.services import access
from review.services.access import Actor
from review.services.case_files.check_rows import results_of
from review.services.desk.sheet_views import Totals, totals_view
from review.services.rounds.visibility import sees_checks
from review.services.rules.editions import Words, known_edition, procedure_of

REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class ScoredItem:
    """One item as the findings leave it; only those that lose points, fail or stay open."""

    item_id: str
    title: Words
    points: Decimal
    result: Result
    deduction: Decimal
    check_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScoredEdition:
    """The case under one edition. Items of which no check speaks count as met."""

    key: str
    title: Words
    totals: Totals
    items: tuple[ScoredItem, ...]


@dataclass(frozen=True, slots=True)
class EditionComparison:
    """The same findings under several editions; `left_out` are checks that reviewers rejected."""

    case_no: str
    findings: tuple[str, ...]
    left_out: tuple[str, ...]
    editions: tuple[ScoredEdition, ...]


def score_under(
    engine: Engine, actor: Actor, case_id: int, *, keys: tuple[str, ...]
) -> EditionComparison:
    """The findings of a case scored under each edition. Raises NotFound, NotAllowed.

    The findings are the failures of the machine checks, without those that a reviewer rejected in
    every sheet where he decided on them. It is arithmetic for comparing standards, never a score of
    the case: nobody looked at the items of which no check speaks.
    """
    with reading(engine) as session:
        case = found(session, Case, case_id, "案卷", "case")
        access.require_case(session, actor, case_id)
        if not sees_checks(session, actor, case_id):
            access.refuse("case.view")
        results = results_of(session, case_id)
        rejected = _rejected(session, case_id)
        case_no, procedure = case.case_no, procedure_of(case)
    kept = [each for each in results if each.check_id not in rejected]
    return EditionComparison(
        case_no=case_no,
        findings=tuple(each.check_id for each in kept if each.outcome == "fail"),
        left_out=tuple(sorted(rejected)),
        editions=tuple(scored(known_edition(engine, key).edition, kept, procedure) for key in keys),
    )


def scored(
    edition: Edition, results: list[CheckResult], procedure: Procedure | None
) -> ScoredEdition:
    """The findings under one edition. Pure."""
    own = procedure if procedure in edition.procedures else None
    proposals = propose(edition, results, procedure=own)
    given = {
        item.id: ItemResult(proposal.result, proposal.chosen)
        if (proposal := proposals.get(item.id)) is not None
        and proposal.result not in (Result.UNDECIDED, Result.NOT_APPLICABLE)
        else ItemResult(
            Result.NOT_APPLICABLE
            if proposal is not None and proposal.result is Result.NOT_APPLICABLE
            else Result.MET
        )
        for item in edition.items_for(own)
    }
    sum_ = total(edition, given, procedure=own)
    lines = []
    for item in edition.items_for(own):
        proposal = proposals.get(item.id)
        if proposal is None or proposal.result in (Result.MET, Result.NOT_APPLICABLE):
            continue
        lines.append(
            ScoredItem(
                item.id,
                Words(item.title.zh, item.title.en),
                item.points,
                proposal.result,
                proposal.deduction,
                proposal.check_ids,
            )
        )
    return ScoredEdition(
        edition.key,
        Words(edition.title.zh, edition.title.get("en")),
        totals_view(edition, sum_, own),
        tuple(lines),
    )


def _rejected(session: Session, case_id: int) -> set[str]:
    """Checks that reviewers of the case rejected and nobody accepted."""
    rows = session.exec(
        select(ProposalDecision)
        .join(ScoreSheet, ScoreSheet.id == ProposalDecision.sheet_id)  # type: ignore[arg-type]  # columns
        .where(ScoreSheet.case_id == case_id)
    ).all()
    against = {check for row in rows if row.decision == REJECTED for check in row.check_ids or ()}
    kept = {check for row in rows if row.decision != REJECTED for check in row.check_ids or ()}
    return against - kept
