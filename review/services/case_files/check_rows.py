"""Check results as rows and back, and evidence with the page it stands on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from review.casefiles.tables import SourceFile
from review.checks.check import CheckResult, LawUsed, Message, Outcome, Severity
from review.checks.tables import CheckRow
from review.documents.kinds import COVER, INDEX
from review.documents.model import Box
from review.documents.tables import DocumentRow, PageRow
from review.facts.model import Evidence
from review.services.reading.page_rows import page_from
from review.services.rules.editions import Words

HEAD_LINES = 3
"""Agency, title and number stand in the first lines of a paper."""


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A place in a case file. `page_id` None where the page is not kept (DOCX has no image).

    `boxes` are left, top, right, bottom in points from the top-left of the upright page.
    """

    source: str
    page: int | None
    page_id: int | None
    quote: str
    boxes: tuple[tuple[float, float, float, float], ...]


@dataclass(frozen=True, slots=True)
class LawView:
    """A provision that a result rests on, and whether the bureau confirmed it."""

    citation: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class CheckView:
    """One check's latest result on a case."""

    check_id: str
    title: Words
    outcome: Outcome
    severity: Severity
    defects: tuple[str, ...]
    message: Words
    evidence: tuple[EvidenceView, ...]
    law: tuple[LawView, ...]
    trace: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a DOCX: its words, those at its head, and the kind of paper it belongs to."""

    page_id: int
    text: str
    head: tuple[str, ...]
    kind: str

    def rank(self, quote: str) -> tuple[bool, bool]:
        """How unlikely it is that the words were taken from here; the lowest is the best."""
        return self.kind in (COVER, INDEX), quote not in self.head


@dataclass(frozen=True, slots=True)
class PageFinder:
    """Finds the kept page of a place: by source and number, in a DOCX by the words."""

    numbered: Mapping[tuple[str, int], int]
    pieces: Mapping[str, tuple[Piece, ...]]

    def find(self, source: str, number: int | None, quote: str = "") -> int | None:
        """The page's id; for a DOCX that of the piece which the words most likely come from.

        A piece that begins with the words goes before one that only contains them, and cover and
        index, which repeat titles and dates of all papers, come last.
        """
        if number is not None:
            return self.numbered.get((source, number))
        pieces = self.pieces.get(source, ())
        holding = [piece for piece in pieces if quote and quote in piece.text]
        best = min(holding, key=lambda piece: piece.rank(quote), default=None)
        return best.page_id if best else next((piece.page_id for piece in pieces), None)


def page_finder(session: Session, case_id: int) -> PageFinder:
    """Finds pages of one case."""
    own = (
        select(SourceFile.source, PageRow, DocumentRow.kind)
        .join(PageRow, col(PageRow.source_file_id) == col(SourceFile.id))
        .outerjoin(DocumentRow, col(DocumentRow.id) == col(PageRow.document_id))
        .where(SourceFile.case_id == case_id)
    )
    places = session.exec(
        select(SourceFile.source, PageRow.number, PageRow.id)
        .join(PageRow, col(PageRow.source_file_id) == col(SourceFile.id))
        .where(SourceFile.case_id == case_id, col(PageRow.number).is_not(None))
    )
    pieces: dict[str, tuple[Piece, ...]] = {}
    docx = own.where(col(PageRow.number).is_(None)).order_by(col(PageRow.position))
    for source, row, kind in session.exec(docx):
        page = page_from(row, source)
        head = tuple(line.text.strip() for line in page.lines[:HEAD_LINES])
        piece = Piece(row.id or 0, page.text, head, kind or "")
        pieces[source] = (*pieces.get(source, ()), piece)
    numbered = {
        (source, number): key
        for source, number, key in places
        if number is not None and key is not None
    }
    return PageFinder(numbered, pieces)


def evidence_json(evidence: Iterable[Evidence], pages: PageFinder) -> list[dict[str, Any]]:
    """Evidence as it is kept in rows."""
    return [
        {
            "source": each.source,
            "page": each.page,
            "page_id": pages.find(each.source, each.page, each.quote),
            "quote": each.quote,
            "boxes": [list(box) for box in each.boxes],
        }
        for each in evidence
    ]


def evidence_of(kept: Any) -> tuple[Evidence, ...]:
    """Evidence from what a row keeps."""
    return tuple(
        Evidence(
            place["source"],
            place["page"],
            place["quote"],
            tuple(Box(*box) for box in place["boxes"]),
        )
        for place in kept or ()
    )


def evidence_views(evidence: Iterable[Evidence], pages: PageFinder) -> tuple[EvidenceView, ...]:
    """Evidence for showing, with the id of the page it stands on."""
    return tuple(
        EvidenceView(
            each.source,
            each.page,
            pages.find(each.source, each.page, each.quote),
            each.quote,
            tuple((box.left, box.top, box.right, box.bottom) for box in each.boxes),
        )
        for each in evidence
    )


def row_from(
    case_id: int, result: CheckResult, pages: PageFinder, *, rules_version: str
) -> CheckRow:
    """A check's result as a row of the case."""
    assert result.severity is not None
    return CheckRow(
        case_id=case_id,
        check_id=result.check_id,
        outcome=str(result.outcome),
        severity=str(result.severity),
        defects=list(result.defects),
        message_zh=result.message.zh,
        message_en=result.message.en,
        evidence=evidence_json(result.evidence, pages),
        law=[{"citation": each.citation, "confirmed": each.confirmed} for each in result.law],
        trace={
            "steps": [{"zh": each.zh, "en": each.en} for each in result.trace],
            "missing": list(result.missing),
            "obstacles": [list(each) for each in result.obstacles],
        },
        rules_version=rules_version,
    )


def result_from(row: CheckRow) -> CheckResult:
    """The result that a row keeps."""
    trace = row.trace or {}
    return CheckResult(
        outcome=Outcome(row.outcome),
        message=Message(row.message_zh, row.message_en),
        defects=tuple(row.defects or ()),
        severity=Severity(row.severity),
        evidence=evidence_of(row.evidence),
        law=tuple(LawUsed(each["citation"], each["confirmed"]) for each in row.law or ()),
        trace=tuple(Message(each["zh"], each["en"]) for each in trace.get("steps", ())),
        missing=tuple(trace.get("missing", ())),
        obstacles=tuple((each[0], each[1]) for each in trace.get("obstacles", ())),
        check_id=row.check_id,
    )


def results_of(session: Session, case_id: int) -> list[CheckResult]:
    """The latest results of all checks on a case, by check id."""
    query = select(CheckRow).where(CheckRow.case_id == case_id).order_by(col(CheckRow.check_id))
    return [result_from(row) for row in session.exec(query)]


def check_view(result: CheckResult, title: Words, pages: PageFinder) -> CheckView:
    """A result for showing."""
    assert result.severity is not None
    return CheckView(
        check_id=result.check_id,
        title=title,
        outcome=result.outcome,
        severity=result.severity,
        defects=result.defects,
        message=Words(result.message.zh, result.message.en),
        evidence=evidence_views(result.evidence, pages),
        law=tuple(LawView(each.citation, each.confirmed) for each in result.law),
        trace=tuple(Words(each.zh, each.en) for each in result.trace),
    )
