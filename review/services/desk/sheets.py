"""Reading score sheets: which a person may open, and everything the review page shows of one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Engine, String, cast, exists, func
from sqlalchemy import select as several
from sqlmodel import Session, col, select

from review.casefiles.tables import Case, SourceFile
from review.checks.check import Procedure
from review.db.accounts import Unit, User
from review.db.session import reading
from review.documents.tables import DocumentRow, PageRow
from review.errors import NotFound
from review.findings.tables import Finding, FindingState
from review.panels.tables import Assignment
from review.planning.assignment import PANEL_SEAT
from review.planning.tables import ROUND_HEAD, Round, RoundCase, RoundState
from review.scoring.adoption import REASONS
from review.scoring.adoption_tables import ProposalDecision
from review.scoring.arithmetic import ItemResult, Total, total
from review.scoring.checklist import Edition, Result
from review.scoring.proposals import Proposal, propose
from review.scoring.tables import ItemScore, Pin, ScoreSheet, SheetState
from review.services import access
from review.services.access import Actor
from review.services.case_files.check_rows import (
    LawView,
    evidence_views,
    page_finder,
    results_of,
)
from review.services.desk.adoption import decisions_of, on_trial
from review.services.desk.sheet_views import (
    DocumentCard,
    PageCard,
    PinView,
    ProposalView,
    ScoreView,
    SheetCard,
    SheetHead,
    SheetView,
    Totals,
    edition_view,
    totals_view,
    words,
)
from review.services.rounds.visibility import sees_checks, visible_sheets
from review.services.rules.editions import Words, kept_edition, procedure_of

VETO = "veto"
OLDER_SHEETS = 20
"""How many sheets of archived rounds the list of one's own sheets holds."""

WITHIN, BETWEEN = "\x1f", "\x1e"
"""Marks in the items of a sheet written as one text; no field of theirs can hold them."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A sheet in figures; `grade` None while it is open."""

    items: int
    done: int
    score: Decimal
    grade: Words | None


@dataclass(frozen=True, slots=True)
class SheetRows:
    """A sheet with the rows it hangs on."""

    sheet: ScoreSheet
    assignment: Assignment
    round_case: RoundCase
    round: Round
    case: Case

    @property
    def edition(self) -> Edition:
        """The edition under which the sheet is scored, for ever."""
        return kept_edition(self.sheet.edition, self.sheet.edition_sha256)

    @property
    def procedure(self) -> Procedure | None:
        """The procedure under which the case was drawn; the ledger's where none was kept."""
        drawn = self.round_case.stratum
        return Procedure(drawn) if drawn in tuple(Procedure) else procedure_of(self.case)

    @property
    def is_open(self) -> bool:
        """Whether scores are taken: the sheet is not submitted and its part of the round is on."""
        return self.sheet.state == SheetState.OPEN and self.is_scored_now

    @property
    def is_scored_now(self) -> bool:
        """Whether the round is in first review, or in deliberation for an expert of the panel."""
        is_expert = self.assignment.seat.startswith(PANEL_SEAT)
        return self.round.state == RoundState.SCORING or (
            is_expert and self.round.state == RoundState.DELIBERATING
        )


def _joined() -> Any:
    return (
        several(ScoreSheet, Assignment, RoundCase, Round, Case)
        .join(Assignment, col(Assignment.id) == col(ScoreSheet.assignment_id))
        .join(RoundCase, col(RoundCase.id) == col(Assignment.round_case_id))
        .join(Round, col(Round.id) == col(RoundCase.round_id))
        .join(Case, col(Case.id) == col(ScoreSheet.case_id))
        .options(*ROUND_HEAD)
    )


def sheet_rows(
    session: Session, actor: Actor, sheet_id: int, *, action: str = "sheet.view"
) -> SheetRows:
    """A sheet that the actor may see. Raises NotAllowed, and NotFound where there is none."""
    access.require(actor, action)
    row = session.exec(_joined().where(col(ScoreSheet.id) == sheet_id)).first()
    if row is None:
        raise NotFound(what="评分表", what_en="score sheet", key=sheet_id)
    rows = SheetRows(*row)
    seen = _joined().where(col(ScoreSheet.id) == sheet_id, visible_sheets(actor))
    if session.exec(seen).first() is None:
        access.refuse(action)
    return rows


def confirmed_vetoes(session: Session, round_id: int, case_id: int) -> set[str]:
    """The veto items of a case whose failure a second person confirmed."""
    query = select(Finding.item_id).where(
        Finding.round_id == round_id,
        Finding.case_id == case_id,
        Finding.severity == VETO,
        Finding.state == FindingState.CONFIRMED,
    )
    return set(session.exec(query))


def total_of(rows: SheetRows, scores: Iterable[ItemScore], vetoes: set[str]) -> Total:
    """The score of a sheet from its rows."""
    results = {
        score.item_id: ItemResult(
            Result(score.result),
            dict(score.chosen or {}),
            comment=score.comment,
            veto_confirmed=score.item_id in vetoes,
        )
        for score in scores
    }
    return total(rows.edition, results, procedure=rows.procedure)


def totals_of(rows: SheetRows, scores: Iterable[ItemScore], vetoes: set[str]) -> Totals:
    """The same, for showing."""
    return totals_view(rows.edition, total_of(rows, scores, vetoes), rows.procedure)


def scores_of(session: Session, sheet_id: int) -> list[ItemScore]:
    """The current scores of a sheet."""
    return list(session.exec(select(ItemScore).where(ItemScore.sheet_id == sheet_id)))


def my_sheets(engine: Engine, actor: Actor) -> list[SheetCard]:
    """The actor's own sheets, open ones first: all of rounds under way, and the newest older ones.

    `OLDER_SHEETS` sheets of archived rounds are given; `sheet_cards` of a round gives all of it.
    """
    access.require(actor, "sheet.score")
    own = _listed(actor).where(col(ScoreSheet.scorer_id) == actor.user_id)
    is_over = col(Round.state) == RoundState.CLOSED
    older = own.where(is_over).order_by(None).order_by(*_NEWEST).limit(OLDER_SHEETS)
    with reading(engine) as session:
        return _cards(session, [*session.exec(own.where(~is_over)), *session.exec(older)])


def sheet_cards(
    engine: Engine, actor: Actor, *, round_id: int | None = None, is_own: bool = False
) -> list[SheetCard]:
    """The sheets that the actor may see, open ones first, then by case and seat.

    `is_own` leaves those that the actor scores himself.
    """
    access.require(actor, "sheet.view")
    query = _listed(actor)
    if is_own:
        query = query.where(col(ScoreSheet.scorer_id) == actor.user_id)
    if round_id is not None:
        query = query.where(col(Round.id) == round_id)
    with reading(engine) as session:
        return _cards(session, session.exec(query).all())


def sheet_rounds(engine: Engine, actor: Actor) -> dict[int, str]:
    """The rounds of which the actor may see a sheet, with their titles, the newest first."""
    access.require(actor, "sheet.view")
    seen = (
        select(ScoreSheet.id)
        .join(Assignment, col(Assignment.id) == col(ScoreSheet.assignment_id))
        .join(RoundCase, col(RoundCase.id) == col(Assignment.round_case_id))
        .where(col(RoundCase.round_id) == col(Round.id), visible_sheets(actor))
        .correlate(Round)
    )
    query = select(Round.id, Round.title).where(exists(seen)).order_by(col(Round.id).desc())
    with reading(engine) as session:
        return {key: title for key, title in session.exec(query) if key is not None}


_NEWEST = (col(Round.id).desc(), col(RoundCase.sequence), col(Assignment.seat))


def _listed(actor: Actor) -> Any:
    return _joined().where(visible_sheets(actor)).order_by(col(ScoreSheet.state), *_NEWEST)


def _cards(session: Session, listed: Iterable[Any]) -> list[SheetCard]:
    found = [SheetRows(*row) for row in listed]
    given = _given_by_sheet(session, found)
    vetoes = _vetoes_by_case(session, {rows.round.id or 0 for rows in found})
    names = _names(session)
    units = {unit.id: unit.name for unit in session.exec(select(Unit))}
    return [
        _card(
            rows,
            _summary(
                (rows.sheet.edition, rows.sheet.edition_sha256),
                rows.procedure,
                given.get(rows.sheet.id or 0, ""),
                vetoes.get((rows.round.id or 0, rows.sheet.case_id), frozenset()),
            ),
            names.get(rows.sheet.scorer_id, ""),
            units.get(rows.case.unit_id, ""),
        )
        for rows in found
    ]


def _given_by_sheet(session: Session, found: list[SheetRows]) -> dict[int, str]:
    """What is given on each sheet as one text, as far as the score depends on it."""
    given = (
        col(ItemScore.item_id)
        + WITHIN
        + col(ItemScore.result)
        + WITHIN
        + func.coalesce(cast(col(ItemScore.chosen), String), "null")
    )
    query = (
        several(col(ItemScore.sheet_id), func.aggregate_strings(given, BETWEEN))
        .where(col(ItemScore.sheet_id).in_([rows.sheet.id for rows in found]))
        .group_by(col(ItemScore.sheet_id))
    )
    return dict(session.execute(query).all())


def _vetoes_by_case(
    session: Session, round_ids: Iterable[int]
) -> dict[tuple[int, int], frozenset[str]]:
    """The confirmed veto items of rounds, by round and case."""
    query = select(Finding.round_id, Finding.case_id, Finding.item_id).where(
        col(Finding.round_id).in_(list(round_ids)),
        Finding.severity == VETO,
        Finding.state == FindingState.CONFIRMED,
    )
    kept: dict[tuple[int, int], frozenset[str]] = {}
    for round_id, case_id, item_id in session.exec(query):
        place = (round_id, case_id)
        kept[place] = kept.get(place, frozenset()) | {item_id}
    return kept


@lru_cache(maxsize=4_000)
def _summary(
    edition_and_hash: tuple[str, str],
    procedure: Procedure | None,
    given: str,
    vetoes: frozenset[str],
) -> Summary:
    """How far a sheet is and what it comes to; kept, since it follows from the arguments alone."""
    edition = kept_edition(*edition_and_hash)
    rows = [each.split(WITHIN) for each in given.split(BETWEEN)] if given else []
    results = {
        item_id: ItemResult(
            Result(result), json.loads(chosen) or {}, veto_confirmed=item_id in vetoes
        )
        for item_id, result, chosen in rows
    }
    sums = total(edition, results, procedure=procedure)
    items = len(edition.items_for(procedure))
    grade = words(sums.shown_grade) if sums.shown_grade else None
    return Summary(items, items - len(sums.undecided), sums.score, grade)


def _names(session: Session) -> dict[int, str]:
    return {key: name for key, name in session.exec(select(User.id, User.name)) if key is not None}


def _card(rows: SheetRows, totals: Summary, scorer_name: str, unit_name: str) -> SheetCard:
    return SheetCard(
        sheet_id=rows.sheet.id or 0,
        case_id=rows.sheet.case_id,
        case_no=rows.case.case_no,
        cause=rows.case.cause,
        unit_name=unit_name,
        procedure=str(rows.procedure or ""),
        round_id=rows.round.id or 0,
        round_title=rows.round.title,
        seat=rows.assignment.seat,
        scorer_id=rows.sheet.scorer_id,
        scorer_name=scorer_name,
        done=totals.done,
        items=totals.items,
        state=SheetState(rows.sheet.state),
        due_on=rows.round.ends_on,
        score=totals.score,
        grade=totals.grade,
    )


def open_sheet(engine: Engine, actor: Actor, sheet_id: int) -> SheetView:
    """Everything the review page shows. Raises NotAllowed, NotFound."""
    with reading(engine) as session:
        rows = sheet_rows(session, actor, sheet_id)
        scores = scores_of(session, sheet_id)
        vetoes = confirmed_vetoes(session, rows.round.id or 0, rows.sheet.case_id)
        unit = session.get(Unit, rows.case.unit_id)
        scorer = session.get(User, rows.sheet.scorer_id)
        hidden = not sees_checks(session, actor, rows.sheet.case_id)
        documents, pages = case_outline(session, rows.sheet.case_id)
        return SheetView(
            sheet=_head(rows, unit.name if unit else "", scorer.name if scorer else ""),
            version=rows.sheet.version,
            edition=edition_view(rows.edition, rows.procedure),
            scores={score.item_id: score_view(score) for score in scores},
            proposals={} if hidden else _proposals(session, rows),
            trial_notes={} if hidden else _trial_notes(session, rows),
            proposals_hidden=hidden,
            pins=tuple(_pins(session, sheet_id)),
            pages=pages,
            documents=documents,
            totals=totals_of(rows, scores, vetoes),
            read_only=not rows.is_open or rows.sheet.scorer_id != actor.user_id,
        )


def sheet_result(engine: Engine, actor: Actor, sheet_id: int) -> Totals:
    """Score, grade and dimension totals of a sheet."""
    with reading(engine) as session:
        rows = sheet_rows(session, actor, sheet_id)
        vetoes = confirmed_vetoes(session, rows.round.id or 0, rows.sheet.case_id)
        return totals_of(rows, scores_of(session, sheet_id), vetoes)


def score_view(score: ItemScore) -> ScoreView:
    """The current score of an item, for showing."""
    return ScoreView(
        result=Result(score.result),
        chosen=dict(score.chosen or {}),
        deduction=score.deduction,
        comment=score.comment,
        version=score.version,
        scored_at=score.scored_at,
    )


def _head(rows: SheetRows, unit_name: str, scorer_name: str) -> SheetHead:
    return SheetHead(
        id=rows.sheet.id or 0,
        case_id=rows.sheet.case_id,
        case_no=rows.case.case_no,
        cause=rows.case.cause,
        party_name=rows.case.party_name,
        procedure=rows.procedure,
        unit_name=unit_name,
        round_id=rows.round.id or 0,
        round_title=rows.round.title,
        round_state=rows.round.state,
        seat=rows.assignment.seat,
        scorer_id=rows.sheet.scorer_id,
        scorer_name=scorer_name,
        state=SheetState(rows.sheet.state),
        overall=rows.sheet.overall,
        submitted_at=rows.sheet.submitted_at,
        due_on=rows.round.ends_on,
    )


def proposals_of(session: Session, rows: SheetRows) -> dict[str, Proposal]:
    """What the machine proposes for a sheet; checks on trial propose nothing."""
    trial = on_trial(session)
    results = [
        each for each in results_of(session, rows.sheet.case_id) if each.check_id not in trial
    ]
    return propose(rows.edition, results, procedure=rows.procedure)


def _trial_notes(session: Session, rows: SheetRows) -> Mapping[str, tuple[Words, ...]]:
    """What checks on trial found, by item: shown, not proposed."""
    trial = on_trial(session)
    results = [each for each in results_of(session, rows.sheet.case_id) if each.check_id in trial]
    found = propose(rows.edition, results, procedure=rows.procedure)
    return {
        item_id: tuple(
            Words(f"{reason.zh}（{_ids(each)}）", f"{reason.en} ({_ids(each)})")
            for reason in each.reasons
        )
        for item_id, each in found.items()
        if each.severity is not None
    }


def _ids(proposal: Proposal) -> str:
    return " ".join(proposal.check_ids)


def _proposals(session: Session, rows: SheetRows) -> Mapping[str, ProposalView]:
    pages = page_finder(session, rows.sheet.case_id)
    decided = decisions_of(session, rows.sheet.id or 0)
    return {
        item_id: ProposalView(
            result=each.result,
            chosen=dict(each.chosen),
            deduction=each.deduction,
            reasons=tuple(Words(reason.zh, reason.en) for reason in each.reasons),
            check_ids=each.check_ids,
            evidence=evidence_views(each.evidence, pages),
            law=tuple(LawView(used.citation, used.confirmed) for used in each.law),
            severity=str(each.severity) if each.severity else None,
            covers_all=each.covers_all,
            is_veto=each.is_veto,
            rejected_for=rejected_for(decided.get(item_id)),
        )
        for item_id, each in proposals_of(session, rows).items()
    }


def rejected_for(row: ProposalDecision | None) -> Words | None:
    """Why the scorer rejected a proposal, in words; None where he gave no reason."""
    if row is None or row.reason_key not in REASONS:
        return None
    listed = REASONS[row.reason_key]
    if not row.reason:
        return Words(listed.zh, listed.en)
    if row.reason_key == "other":
        return Words(row.reason, row.reason)
    return Words(f"{listed.zh}：{row.reason}", f"{listed.en}: {row.reason}")


def _pins(session: Session, sheet_id: int) -> Iterable[PinView]:
    query = (
        select(Pin)
        .where(Pin.sheet_id == sheet_id, col(Pin.removed_at).is_(None))
        .order_by(col(Pin.id))
    )
    for pin in session.exec(query):
        left_top_right_bottom = pin.box and tuple(float(each) for each in pin.box)
        yield PinView(
            pin.id or 0,
            pin.item_id,
            pin.page_id,
            left_top_right_bottom or None,
            pin.quote,
            pin.note,
        )


def case_outline(
    session: Session, case_id: int
) -> tuple[tuple[DocumentCard, ...], tuple[PageCard, ...]]:
    """The papers and the pages of a case in the order of the file."""
    documents = {
        row.id: row
        for row in session.exec(
            select(DocumentRow)
            .where(DocumentRow.case_id == case_id)
            .order_by(col(DocumentRow.sequence))
        )
    }
    pages = session.exec(
        select(PageRow, SourceFile)
        .join(SourceFile, col(SourceFile.id) == col(PageRow.source_file_id))
        .where(SourceFile.case_id == case_id)
        .order_by(
            col(PageRow.sequence),
            col(SourceFile.sequence),
            col(SourceFile.source),
            col(PageRow.position),
        )
    ).all()
    first_page: dict[int, int] = {}
    sources: dict[int, str] = {}
    for page, source in pages:
        sources[source.id or 0] = source.source
        if page.document_id is not None:
            first_page.setdefault(page.document_id, page.id or 0)
    return (
        tuple(
            _document_card(row, sources.get(row.source_file_id, ""), first_page.get(row.id or 0))
            for row in documents.values()
        ),
        tuple(
            _page_card(page, source.source, documents.get(page.document_id))
            for page, source in pages
        ),
    )


def _document_card(row: DocumentRow, source: str, first_page_id: int | None) -> DocumentCard:
    return DocumentCard(
        id=row.id or 0,
        sequence=row.sequence,
        kind=row.kind,
        title=row.title,
        source=source,
        first_page=row.first_page,
        last_page=row.last_page,
        first_page_id=first_page_id,
        confidence=row.confidence,
        reason=row.reason,
    )


def _page_card(page: PageRow, source: str, document: DocumentRow | None) -> PageCard:
    return PageCard(
        id=page.id or 0,
        position=page.position,
        number=page.number,
        source=source,
        document_id=page.document_id,
        document_kind=document.kind if document else "",
        document_title=document.title if document else "",
        status=page.status,
        width=page.width,
        height=page.height,
        view_url=image_url(page, "view"),
        thumb_url=image_url(page, "thumb"),
    )


def image_url(page: PageRow, size: str) -> str:
    """Where a page's image is served; the content's hash in it makes the answer cacheable."""
    sha256 = page.view_sha256 if size == "view" else page.thumb_sha256
    return f"/page/{page.id}/{size}?v={sha256[:16]}" if sha256 else ""
