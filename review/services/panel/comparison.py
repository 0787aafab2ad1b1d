"""The comparison of a case (比对): items by scorers, disagreement first, evidence beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from review.casefiles.tables import Case, SourceFile
from review.db.accounts import Unit, User
from review.db.session import reading
from review.documents.tables import PageRow
from review.panels.reconcile import Merged
from review.panels.tables import CommonItem, CommonOrigin, CommonState, PanelVote
from review.planning.tables import ROUND_HEAD, Round, RoundCase, RoundState
from review.scoring.arithmetic import ItemResult, deduction_of
from review.scoring.checklist import Edition, Item, Result
from review.scoring.proposals import propose
from review.scoring.tables import Pin
from review.services.access import Actor
from review.services.case_files.check_rows import evidence_views, page_finder, results_of
from review.services.desk.sheet_views import ChoiceView, words
from review.services.desk.sheets import confirmed_vetoes, total_of
from review.services.panel.common_results import CaseSheets, case_sheets, common_of, items_of
from review.services.rounds.visibility import require_comparison, visible_comparisons
from review.services.rules.editions import Words, kept_edition


@dataclass(frozen=True, slots=True)
class ScorerView:
    """One scorer of the case: seat, score, grade and overall words."""

    user_id: int
    name: str
    seat: str
    score: Decimal
    grade: Words | None
    overall: str
    sheet_id: int


@dataclass(frozen=True, slots=True)
class GivenView:
    """What one scorer said of one item."""

    user_id: int
    result: Result
    reasons: tuple[Words, ...]
    deduction: Decimal
    comment: str


@dataclass(frozen=True, slots=True)
class PlaceView:
    """Evidence: the page, the boxes on it in points, and the words.

    `user_id` is who pinned it, 0 where a machine check found it.
    """

    user_id: int
    page_id: int
    number: int | None
    source: str
    boxes: tuple[tuple[float, float, float, float], ...]
    quote: str


@dataclass(frozen=True, slots=True)
class VoteView:
    """One member's vote with his view."""

    user_id: int
    name: str
    result: Result
    view: str


@dataclass(frozen=True, slots=True)
class ComparedItem:
    """One item of the edition with what every scorer said, and how it was settled.

    `result` is None while nobody has settled it; `spread` in points.
    """

    id: int
    item_id: str
    ref: str
    title: Words
    points: Decimal
    is_veto: bool
    is_disputed: bool
    spread: Decimal
    given: tuple[GivenView, ...]
    places: tuple[PlaceView, ...]
    votes: tuple[VoteView, ...]
    choices: tuple[ChoiceView, ...]
    deductions: tuple[tuple[str, Words], ...]
    result: Result | None
    deduction: Decimal
    chosen: Mapping[str, int]
    origin: CommonOrigin
    reason: str
    version: int


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """Everything the page of a case's comparison shows; disputed items come first."""

    round_case_id: int
    round_id: int
    round_title: str
    round_state: RoundState
    case_id: int
    case_no: str
    cause: str
    unit_name: str
    scorers: tuple[ScorerView, ...]
    spread: Decimal
    threshold: Decimal
    grades_differ: bool
    needs_panel: bool
    items: tuple[ComparedItem, ...]
    state: CommonState
    version: int
    held_on: date | None
    place: str
    chair_id: int | None
    members: tuple[int, ...]
    conclusion: str

    @property
    def disputed(self) -> tuple[ComparedItem, ...]:
        """Items on which the scorers differ, or a veto that somebody flagged."""
        return tuple(each for each in self.items if each.is_disputed)

    @property
    def open_items(self) -> tuple[ComparedItem, ...]:
        """Disputed items that nobody has settled yet."""
        return tuple(each for each in self.items if each.result is None)


@dataclass(frozen=True, slots=True)
class ComparisonCard:
    """A case in the list of comparisons."""

    round_case_id: int
    round_id: int
    round_title: str
    round_state: RoundState
    case_no: str
    cause: str
    unit_name: str
    disputed: int
    open_items: int
    needs_panel: bool
    state: CommonState


def list_comparisons(
    engine: Engine, actor: Actor, *, round_id: int | None = None
) -> list[ComparisonCard]:
    """The cases whose comparison the actor may see now: what is to be settled first."""
    with reading(engine) as session:
        query = (
            select(RoundCase, Round, Case)
            .join(Round, col(Round.id) == col(RoundCase.round_id))
            .join(Case, col(Case.id) == col(RoundCase.case_id))
            .where(visible_comparisons(actor))
            .order_by(col(Round.id).desc(), col(RoundCase.sequence))
            .options(*ROUND_HEAD)
        )
        if round_id is not None:
            query = query.where(RoundCase.round_id == round_id)
        units = {unit.id: unit.name for unit in session.exec(select(Unit))}
        cards = [
            card
            for drawn, row, case in session.exec(query).all()
            if (card := _card(session, drawn, row, case, units.get(case.unit_id, ""))) is not None
        ]
    return sorted(cards, key=lambda each: (-each.round_id, -each.open_items, -each.disputed))


def _card(
    session: Session, drawn: RoundCase, row: Round, case: Case, unit: str
) -> ComparisonCard | None:
    common = common_of(session, drawn.id or 0)
    if common is None:
        return None
    items = items_of(session, common.id or 0)
    return ComparisonCard(
        round_case_id=drawn.id or 0,
        round_id=row.id or 0,
        round_title=row.title,
        round_state=RoundState(row.state),
        case_no=case.case_no,
        cause=case.cause,
        unit_name=unit,
        disputed=sum(each.is_disputed for each in items),
        open_items=sum(not each.result for each in items),
        needs_panel=common.needs_panel,
        state=CommonState(common.state),
    )


def comparison(engine: Engine, actor: Actor, round_case_id: int) -> ComparisonView:
    """The comparison of one case. Raises NotFound, NotAllowed, BlindPhase."""
    with reading(engine) as session:
        drawn, row, case = require_comparison(session, actor, round_case_id)
        held = case_sheets(session, drawn, row, case)
        return comparison_of(session, held)


def comparison_of(session: Session, held: CaseSheets) -> ComparisonView:
    """The same for a case that is open already; asks nobody."""
    drawn, row, case = held.drawn, held.round, held.case
    merged = held.merged()
    common = common_of(session, drawn.id or 0)
    assert common is not None  # made when the panel began, before which nobody gets here
    names = {user.id: user.name for user in session.exec(select(User))}
    unit = session.get(Unit, case.unit_id)
    return ComparisonView(
        round_case_id=drawn.id or 0,
        round_id=row.id or 0,
        round_title=row.title,
        round_state=RoundState(row.state),
        case_id=case.id or 0,
        case_no=case.case_no,
        cause=case.cause,
        unit_name=unit.name if unit else "",
        scorers=_scorers(session, held, names),
        spread=merged.spread,
        threshold=row.deliberation_points,
        grades_differ=merged.grades_differ,
        needs_panel=common.needs_panel,
        items=_items(session, held, merged, items_of(session, common.id or 0), names),
        state=CommonState(common.state),
        version=common.version,
        held_on=common.held_on,
        place=common.place,
        chair_id=common.chair_id,
        members=tuple(common.members or ()),
        conclusion=common.conclusion,
    )


def _scorers(
    session: Session, held: CaseSheets, names: Mapping[int | None, str]
) -> tuple[ScorerView, ...]:
    vetoes = confirmed_vetoes(session, held.round.id or 0, held.case.id or 0)
    views = []
    for rows in held.sheets:
        sums = total_of(rows, held.scores.get(rows.sheet.id or 0, ()), vetoes)
        views.append(
            ScorerView(
                user_id=rows.sheet.scorer_id,
                name=names.get(rows.sheet.scorer_id, ""),
                seat=rows.assignment.seat,
                score=sums.score,
                grade=words(sums.shown_grade) if sums.shown_grade else None,
                overall=rows.sheet.overall,
                sheet_id=rows.sheet.id or 0,
            )
        )
    return tuple(views)


def _items(
    session: Session,
    held: CaseSheets,
    merged: Merged,
    common: list[CommonItem],
    names: Mapping[int | None, str],
) -> tuple[ComparedItem, ...]:
    edition = kept_edition(held.drawn.edition, held.drawn.edition_sha256)
    spreads = {each.item_id: each.spread for each in merged.items}
    order = {item.id: number for number, item in enumerate(edition.items)}
    votes = _votes(session, [item.id or 0 for item in common], names)
    places = _places(session, held)
    given = {rows.sheet.scorer_id: held.given(rows) for rows in held.sheets}
    views = []
    for row in common:
        item = edition.by_id[row.item_id]
        views.append(
            ComparedItem(
                id=row.id or 0,
                item_id=item.id,
                ref=item.ref,
                title=words(item.title),
                points=item.points,
                is_veto=item.is_veto,
                is_disputed=row.is_disputed,
                spread=spreads.get(item.id, Decimal(0)),
                given=tuple(
                    _given(edition, item, user_id, said[item.id])
                    for user_id, said in given.items()
                    if item.id in said
                ),
                places=places.get(item.id, ()),
                votes=votes.get(row.id or 0, ()),
                choices=tuple(
                    ChoiceView(result, words(word))
                    for result, word in edition.results.items()
                    if result is not Result.UNDECIDED
                ),
                deductions=tuple((each.id, words(each.text)) for each in item.deductions),
                result=Result(row.result) if row.result else None,
                deduction=row.deduction,
                chosen=dict(row.chosen or {}),
                origin=CommonOrigin(row.origin),
                reason=row.reason,
                version=row.version,
            )
        )
    views.sort(key=lambda each: _order(each, order[each.item_id]))
    return tuple(views)


def _order(item: ComparedItem, place: int) -> tuple[bool, bool, bool, Decimal, int]:
    """Open items first, then vetoes, then by spread; agreed items as the edition has them."""
    is_open = item.result is None
    return (not item.is_disputed, not is_open, not item.is_veto, -item.spread, place)


def _given(edition: Edition, item: Item, user_id: int, said: ItemResult) -> GivenView:
    return GivenView(
        user_id=user_id,
        result=said.result,
        reasons=tuple(words(each.text) for each in item.deductions if said.chosen.get(each.id)),
        deduction=deduction_of(edition, item, said),
        comment=said.comment,
    )


def _votes(
    session: Session, item_ids: list[int], names: Mapping[int | None, str]
) -> dict[int, tuple[VoteView, ...]]:
    found: dict[int, tuple[VoteView, ...]] = {}
    query = (
        select(PanelVote)
        .where(col(PanelVote.common_item_id).in_(item_ids))
        .order_by(col(PanelVote.id))
    )
    for row in session.exec(query):
        seen = VoteView(row.user_id, names.get(row.user_id, ""), Result(row.result), row.view)
        found[row.common_item_id] = (*found.get(row.common_item_id, ()), seen)
    return found


def _places(session: Session, held: CaseSheets) -> dict[str, tuple[PlaceView, ...]]:
    found: dict[str, tuple[PlaceView, ...]] = {}
    query = (
        select(Pin, PageRow, SourceFile)
        .join(PageRow, col(PageRow.id) == col(Pin.page_id))
        .join(SourceFile, col(SourceFile.id) == col(PageRow.source_file_id))
        .where(
            col(Pin.sheet_id).in_([rows.sheet.id for rows in held.sheets]),
            col(Pin.removed_at).is_(None),
        )
        .order_by(col(Pin.id))
    )
    for pin, page, source in session.exec(query):
        box = tuple(float(each) for each in pin.box) if pin.box else ()
        seen = PlaceView(
            user_id=pin.pinned_by,
            page_id=pin.page_id,
            number=page.number,
            source=source.source,
            boxes=(box,) if len(box) == 4 else (),
            quote=pin.quote or pin.note,
        )
        found[pin.item_id] = (*found.get(pin.item_id, ()), seen)
    for item_id, places in _machine_places(session, held).items():
        found[item_id] = (*found.get(item_id, ()), *places)
    return found


def _machine_places(session: Session, held: CaseSheets) -> dict[str, list[PlaceView]]:
    """What the machine checks pointed at; by now nothing of it is hidden from the panel."""
    case_id = held.case.id or 0
    edition = kept_edition(held.drawn.edition, held.drawn.edition_sha256)
    procedure = held.sheets[0].procedure if held.sheets else None
    pages = page_finder(session, case_id)
    found: dict[str, list[PlaceView]] = {}
    proposed = propose(edition, results_of(session, case_id), procedure=procedure)
    for item_id, each in proposed.items():
        found[item_id] = [
            PlaceView(
                0,
                place.page_id,
                place.page,
                place.source,
                tuple((box[0], box[1], box[2], box[3]) for box in place.boxes),
                place.quote,
            )
            for place in evidence_views(each.evidence, pages)
            if place.page_id is not None
        ]
    return found
