"""What the review page draws: the sheet, its edition, scores, proposals, pins, pages and totals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from review.checks.check import Procedure
from review.scoring.arithmetic import PartTotal, Total, VetoState
from review.scoring.checklist import Edition, Item, Result, Text
from review.scoring.dimensions import GROUPS
from review.scoring.tables import SheetState
from review.services.case_files.check_rows import EvidenceView, LawView
from review.services.rules.editions import Words


def words(text: Text) -> Words:
    """An edition's text in both languages."""
    return Words(text.get("zh"), text.get("en"))


@dataclass(frozen=True, slots=True)
class DeductionView:
    """A reason to deduct; `is_counted` where it may occur several times."""

    id: str
    text: Words
    points: Decimal
    is_counted: bool
    maximum: Decimal | None


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item of the edition."""

    id: str
    ref: str
    title: Words
    points: Decimal
    step: Decimal
    is_veto: bool
    deductions: tuple[DeductionView, ...]
    guidance: Words | None
    not_applicable: Words | None
    dimension: str
    dimension_title: Words
    dimension_group: str | None
    sources: tuple[str, ...]
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    """A group of items that concern the case."""

    id: str
    title: Words
    points: Decimal
    is_conditional: bool
    items: tuple[ItemView, ...]


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """A result that may be chosen, in the edition's own words."""

    id: Result
    word: Words


@dataclass(frozen=True, slots=True)
class EditionView:
    """The edition as far as it concerns the case's procedure."""

    key: str
    sha256: str
    title: Words
    results: tuple[ChoiceView, ...]
    sections: tuple[SectionView, ...]


@dataclass(frozen=True, slots=True)
class PartView:
    """Points of a section, a dimension or a group of dimensions."""

    id: str
    title: Words
    applicable: Decimal
    earned: Decimal
    undecided: int


@dataclass(frozen=True, slots=True)
class Totals:
    """The score of a sheet as it stands. `grade` is None while it is open."""

    score: Decimal
    scale: Decimal
    raw: Decimal
    applicable: Decimal
    deducted: Decimal
    grade: Words | None
    grade_without_veto: Words
    veto: VetoState
    vetoes_proposed: tuple[str, ...]
    vetoes_confirmed: tuple[str, ...]
    items: int
    done: int
    undecided: tuple[str, ...]
    sections: tuple[PartView, ...]
    dimensions: tuple[PartView, ...]
    groups: tuple[PartView, ...]


@dataclass(frozen=True, slots=True)
class ScoreView:
    """The current score of one item; `version` counts its accepted writes."""

    result: Result
    chosen: Mapping[str, int]
    deduction: Decimal
    comment: str
    version: int
    scored_at: datetime


@dataclass(frozen=True, slots=True)
class ProposalView:
    """What the checks propose for one item. Never more than a proposal."""

    result: Result
    chosen: Mapping[str, int]
    deduction: Decimal
    reasons: tuple[Words, ...]
    check_ids: tuple[str, ...]
    evidence: tuple[EvidenceView, ...]
    law: tuple[LawView, ...]
    severity: str | None
    covers_all: bool
    is_veto: bool
    rejected_for: Words | None = None


@dataclass(frozen=True, slots=True)
class PinView:
    """Evidence that the scorer pinned; `box` in points or None for the whole page."""

    id: int
    item_id: str
    page_id: int
    box: tuple[float, float, float, float] | None
    quote: str
    note: str


@dataclass(frozen=True, slots=True)
class PageCard:
    """A page in the order of the case file. URLs are empty where there is no image (DOCX)."""

    id: int
    position: int
    number: int | None
    source: str
    document_id: int | None
    document_kind: str
    document_title: str
    status: str
    width: float
    height: float
    view_url: str
    thumb_url: str


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """A paper of the case file with the page on which it begins."""

    id: int
    sequence: int
    kind: str
    title: str
    source: str
    first_page: int | None
    last_page: int | None
    first_page_id: int | None
    confidence: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SheetHead:
    """Whose sheet it is and for which case."""

    id: int
    case_id: int
    case_no: str
    cause: str
    party_name: str
    procedure: Procedure | None
    unit_name: str
    round_id: int
    round_title: str
    round_state: str
    seat: str
    scorer_id: int
    scorer_name: str
    state: SheetState
    overall: str
    submitted_at: datetime | None
    due_on: date


@dataclass(frozen=True, slots=True)
class SheetView:
    """Everything the review page needs in one answer."""

    sheet: SheetHead
    version: int
    edition: EditionView
    scores: Mapping[str, ScoreView]
    proposals: Mapping[str, ProposalView]
    trial_notes: Mapping[str, tuple[Words, ...]]
    proposals_hidden: bool
    pins: tuple[PinView, ...]
    pages: tuple[PageCard, ...]
    documents: tuple[DocumentCard, ...]
    totals: Totals
    read_only: bool


@dataclass(frozen=True, slots=True)
class SheetCard:
    """A sheet in a list."""

    sheet_id: int
    case_id: int
    case_no: str
    cause: str
    unit_name: str
    procedure: str
    round_id: int
    round_title: str
    seat: str
    scorer_id: int
    scorer_name: str
    done: int
    items: int
    state: SheetState
    due_on: date
    score: Decimal
    grade: Words | None


@dataclass(frozen=True, slots=True)
class Saved:
    """An accepted score: the item's new version, what it takes off, and the sheet's totals."""

    item_id: str
    version: int
    deduction: Decimal
    totals: Totals


def edition_view(edition: Edition, procedure: Procedure | None) -> EditionView:
    """The sections and items that concern a procedure; empty sections are left out."""
    concerned = {item.id for item in edition.items_for(procedure)}
    sections = tuple(
        SectionView(
            id=section.id,
            title=words(section.title),
            points=sum((item.points for item in own), Decimal(0)),
            is_conditional=section.is_conditional,
            items=tuple(_item_view(item) for item in own),
        )
        for section in edition.sections
        if (own := [item for item in section.items if item.id in concerned])
    )
    return EditionView(
        key=edition.key,
        sha256=edition.sha256,
        title=words(edition.title),
        results=tuple(ChoiceView(result, words(word)) for result, word in edition.results.items()),
        sections=sections,
    )


def _item_view(item: Item) -> ItemView:
    return ItemView(
        id=item.id,
        ref=item.ref,
        title=words(item.title),
        points=item.points,
        step=item.step,
        is_veto=item.is_veto,
        deductions=tuple(
            DeductionView(each.id, words(each.text), each.points, each.is_counted, each.maximum)
            for each in item.deductions
        ),
        guidance=words(item.guidance) if item.guidance else None,
        not_applicable=words(item.not_applicable) if item.not_applicable else None,
        dimension=item.dimension.id,
        dimension_title=words(item.dimension.title),
        dimension_group=item.dimension.group,
        sources=item.sources,
        checks=item.checks,
    )


def totals_view(edition: Edition, total: Total, procedure: Procedure | None) -> Totals:
    """A total with the titles of its parts; parts in which nothing applies are left out."""
    section_titles = {each.id: words(each.title) for each in edition.sections}
    dimension_titles = {each.id: words(each.title) for each in edition.dimensions}
    group_titles = {
        key: words(GROUPS[key]) if key in GROUPS else Words(key, key) for key in total.groups
    }
    items = len(edition.items_for(procedure))
    return Totals(
        score=total.score,
        scale=edition.scale,
        raw=total.raw,
        applicable=total.applicable,
        deducted=total.deducted,
        grade=words(total.shown_grade) if total.shown_grade else None,
        grade_without_veto=words(total.grade_without_veto.name),
        veto=total.veto,
        vetoes_proposed=total.vetoes_proposed,
        vetoes_confirmed=total.vetoes_confirmed,
        items=items,
        done=items - len(total.undecided),
        undecided=total.undecided,
        sections=_parts(total.sections, section_titles),
        dimensions=_parts(total.dimensions, dimension_titles),
        groups=_parts(total.groups, group_titles),
    )


def _parts(parts: Mapping[str, PartTotal], titles: Mapping[str, Words]) -> tuple[PartView, ...]:
    return tuple(
        PartView(key, titles[key], part.applicable, part.earned, part.undecided)
        for key, part in parts.items()
        if part.applicable or part.undecided
    )
