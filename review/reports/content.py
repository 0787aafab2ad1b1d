"""What the exported documents contain: plain values, ready to be laid out.

Texts that people or data gave stand in the language in which they were given; labels come in the
language of the document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from review.checks.check import Procedure, Severity
from review.law.in_force import LawInForce
from review.rectification.lifecycle import state_word
from review.rectification.tables import ItemState
from review.reports.words import PROCEDURE, Language, citations_text, number, pick, yuan
from review.scoring.arithmetic import ItemResult, Total, VetoState
from review.scoring.checklist import Edition, Item, Result
from review.scoring.dimensions import GROUPS


@dataclass(frozen=True, slots=True)
class RectificationRow:
    """One problem to be put right.

    `id` is the item's id, by which a returned workbook is matched; `sequence` counts from 1.
    `basis` is law as text; `verified` what the verification found; `version` counts the changes.
    """

    id: int
    sequence: int
    case_no: str
    problem: str
    severity: Severity
    basis: str
    measure: str
    unit: str
    responsible_person: str
    due_on: date
    state: ItemState
    progress: str = ""
    verified: str = ""
    is_overdue: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class RectificationListContent:
    """The rectification list (整改清单) of one round for one unit.

    `issuer` is the organ or section that issues; with `red_head` its name stands in red above the
    document. `number` is the document's number, empty where it has none. `reviewed_cases` is how
    many of the unit's cases were reviewed.
    """

    number: str
    issuer: str
    unit: str
    round_title: str
    scope_from: date
    scope_to: date
    issued_on: date | None
    reviewed_cases: int
    rows: tuple[RectificationRow, ...]
    language: Language = "zh"
    red_head: bool = False

    def state(self, row: RectificationRow) -> str:
        """The state of a row as people read it, on a second line where it is overdue."""
        word = state_word(row.state, self.language)
        if not row.is_overdue:
            return word
        return f"{word}\noverdue" if self.language == "en" else f"{word}\n逾期"


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One item on the sheet. `points` and `deduction` are written as they stand on paper."""

    item_id: str
    content: str
    points: str
    result: str
    deduction: str
    reason: str
    places: str
    basis: str
    is_fault: bool


@dataclass(frozen=True, slots=True)
class ScoreSection:
    """A group of items with its heading and, where it has points, what was kept of them."""

    title: str
    kept: str
    lines: tuple[ScoreLine, ...]


@dataclass(frozen=True, slots=True)
class DimensionLine:
    """A dimension with its points: applicable, deducted, kept."""

    title: str
    applicable: str
    deducted: str
    earned: str


@dataclass(frozen=True, slots=True)
class SheetCase:
    """The case that a sheet is about, as its header shows it."""

    unit: str
    case_no: str
    cause: str
    party_name: str
    handlers: tuple[str, ...]
    procedure: str
    fine_yuan: Decimal | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class Signer:
    """A scorer with the day on which the sheet was submitted; None while it is open."""

    name: str
    seat: str
    submitted_on: date | None


@dataclass(frozen=True, slots=True)
class ScoreSheetContent:
    """One case, one sheet (一案一表)."""

    round_title: str
    edition: str
    case: SheetCase
    procedure: str
    fine: str
    sections: tuple[ScoreSection, ...]
    dimensions: tuple[DimensionLine, ...]
    score: str
    grade: str
    veto: str
    undecided: int
    overall: str
    signers: tuple[Signer, ...]
    language: Language = "zh"


def score_sheet_content(
    edition: Edition,
    results: Mapping[str, ItemResult],
    total: Total,
    *,
    case: SheetCase,
    round_title: str,
    signers: Sequence[Signer],
    overall: str = "",
    places: Mapping[str, str] | None = None,
    law: LawInForce,
    language: Language = "zh",
) -> ScoreSheetContent:
    """Lay the values of a sheet out for paper.

    Args:
        edition: what was scored by.
        results: as they were scored; `total` is what they add up to.
        total: of `scoring.arithmetic.total`.
        case: the header.
        round_title: the round's title.
        signers: who scored, in the order of seats.
        overall: the scorer's words on the whole file.
        places: pages and pinned evidence of an item, as text.
        law: to write citations out.
        language: of the labels, and of the items where the edition has both.
    """
    procedure = Procedure(case.procedure) if case.procedure else None
    shown = {item.id for item in edition.items_for(procedure)} | set(results)
    sections = []
    for section in edition.sections:
        lines = tuple(
            _line(
                edition,
                item,
                results.get(item.id, ItemResult(Result.UNDECIDED)),
                deduction=total.deductions.get(item.id, Decimal(0)),
                places=(places or {}).get(item.id, ""),
                basis=citations_text(item.sources, law, language),
                language=language,
            )
            for item in section.items
            if item.id in shown
        )
        if lines:
            part = total.sections[section.id]
            kept = f"{number(part.earned)} / {number(part.applicable)}" if part.applicable else ""
            sections.append(ScoreSection(section.title.get(language), kept, lines))
    return ScoreSheetContent(
        round_title=round_title,
        edition=f"{edition.title.get(language)} ({edition.key}, {edition.sha256[:12]})"
        if language == "en"
        else f"{edition.title.get(language)}（{edition.key}，{edition.sha256[:12]}）",
        case=case,
        procedure=pick(PROCEDURE[case.procedure], language),
        fine=yuan(case.fine_yuan, language),
        sections=tuple(sections),
        dimensions=_dimensions(edition, total, language),
        score=f"{number(total.score)} / {number(edition.scale)}",
        grade=_grade(total, language),
        veto=_veto(edition, total, language),
        undecided=len(total.undecided),
        overall=overall,
        signers=tuple(signers),
        language=language,
    )


def _line(
    edition: Edition,
    item: Item,
    given: ItemResult,
    *,
    deduction: Decimal,
    places: str,
    basis: str,
    language: Language,
) -> ScoreLine:
    reasons = []
    for reason in item.deductions:
        count = given.chosen.get(reason.id, 0)
        if count:
            times = f" ×{count}" if reason.is_counted else ""
            reasons.append(reason.text.get(language) + times)
    if given.comment:
        reasons.append(given.comment)
    is_veto_word = "否决项" if language == "zh" else "Veto"
    return ScoreLine(
        item_id=item.id,
        content=item.title.get(language),
        points=number(item.points) if item.points else is_veto_word,
        result=edition.result_word(given.result, language),
        deduction=number(deduction) if deduction else "",
        reason=("；" if language == "zh" else "; ").join(reasons),
        places=places,
        basis=basis,
        is_fault=given.result in {Result.NOT_MET, Result.PARTLY_MET},
    )


def _dimensions(edition: Edition, total: Total, language: Language) -> tuple[DimensionLine, ...]:
    parts = [(each.title.get(language), total.dimensions[each.id]) for each in edition.dimensions]
    parts += [
        (GROUPS[name].get(language) if name in GROUPS else name, part)
        for name, part in total.groups.items()
    ]
    return tuple(
        DimensionLine(title, number(part.applicable), number(part.deducted), number(part.earned))
        for title, part in parts
        if part.applicable
    )


def _grade(total: Total, language: Language) -> str:
    """The grade; open while items are, and while a veto waits for its decision."""
    if total.shown_grade is None:
        return "Not decided yet" if language == "en" else "未评定"
    return total.shown_grade.get(language)


def _veto(edition: Edition, total: Total, language: Language) -> str:
    """Whether a veto stands, and on which items; a confirmed one leaves the score shown apart."""
    if total.veto is VetoState.NONE:
        return "None" if language == "en" else "无"
    confirmed = total.veto is VetoState.CONFIRMED
    names = total.vetoes_confirmed if confirmed else total.vetoes_proposed
    titles = ("; " if language == "en" else "；").join(
        f"{item_id} {edition.item(item_id).title.get(language)}" for item_id in names
    )
    if language == "en":
        return f"{'Confirmed' if confirmed else 'Proposed, not confirmed'}: {titles}"
    return f"{'已确认，得分另计' if confirmed else '已提出，待他人复核和合议确认'}：{titles}"
