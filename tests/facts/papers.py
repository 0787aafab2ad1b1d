"""Papers made by hand for tests: paragraphs, ruled forms, and case files of several papers."""

from __future__ import annotations

from collections.abc import Iterable

from review.documents.model import (
    Block,
    Box,
    CaseReading,
    CellPlace,
    Document,
    FileReport,
    FileStatus,
    Line,
    Mark,
    Page,
    PageStatus,
)
from review.facts.extract import extract
from review.facts.model import CaseFacts, DocumentFacts, Fact

TOP = 60.0
LINE = 18.0
WIDTH = 12.0


class Sheet:
    """A page in the making: paragraphs and forms one below the other."""

    def __init__(
        self, source: str = "样例.pdf", number: int = 1, *, confidence: float = 1.0
    ) -> None:
        self.source, self.number, self.confidence = source, number, confidence
        self.blocks: list[Block] = []
        self.marks: list[Mark] = []
        self.top = TOP
        self.tables = 0

    def _line(self, text: str, left: float) -> Line:
        box = Box(left, self.top, left + WIDTH * max(1, len(text)), self.top + LINE - 2)
        origin = "text-layer" if self.confidence == 1.0 else "ocr"
        return Line(text, box, self.confidence, origin)

    def text(self, *paragraphs: str) -> Sheet:
        """Paragraphs; a vertical bar wraps a line inside one."""
        for paragraph in paragraphs:
            lines = []
            for part in paragraph.split("|"):
                lines.append(self._line(part, 72.0))
                self.top += LINE
            self.blocks.append(Block(tuple(lines)))
        return self

    def torn(self, left: str, right: str) -> Sheet:
        """One printed line that was read in two pieces, a gap between them."""
        first = self._line(left, 72.0)
        second = self._line(right, first.box.right + 2 * WIDTH)
        self.blocks += [Block((first,)), Block((second,))]
        self.top += LINE
        return self

    def form(self, *rows: Iterable[str]) -> Sheet:
        """A ruled form; rows of cells, wrapped lines parted by a bar."""
        for row_number, row in enumerate(rows):
            for column, cell in enumerate(row):
                lines = (
                    tuple(self._line(part, 72.0 + 120 * column) for part in cell.split("|"))
                    if cell
                    else ()
                )
                self.blocks.append(Block(lines, CellPlace(self.tables, row_number, column)))
            self.top += LINE
        self.tables += 1
        return self

    def page(self, status: PageStatus = PageStatus.READ) -> Page:
        return Page(
            self.source, self.number, 595.0, 842.0, tuple(self.blocks), tuple(self.marks), status
        )


def paper(kind: str, sheet: Sheet, title: str | None = None, confidence: float = 0.98) -> Document:
    """One document of one page."""
    return Document(kind, title or kind, sheet.source, (sheet.page(),), confidence, "样例")


def case(*documents: Document, path: str = "样例案卷") -> CaseFacts:
    """The facts of a case file of these papers."""
    report = FileReport("样例.pdf", "0" * 64, "pdf", len(documents), FileStatus.READ)
    return extract(CaseReading(path, (report,), documents))


def facts(kind: str, sheet: Sheet, title: str | None = None) -> DocumentFacts:
    """The facts of a single paper."""
    return case(paper(kind, sheet, title)).documents[0]


def value(document: DocumentFacts, name: str) -> object:
    """The value of the first fact of that name; None where there is none."""
    found: Fact | None = document.first(name)
    return found.value if found is not None else None
