"""The papers of invented cases as they were read: sources, papers, pages, words and facts."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, insert, select
from sqlmodel import Session, col

from review.casefiles.tables import Case, SourceFile
from review.documents.model import Block, Box, Line, Page
from review.documents.search_text import grams, stream
from review.documents.tables import DocumentRow, PageRow, PageText
from review.facts.tables import FactRow
from review.services.reading.page_rows import content_of

PAPERS = (
    ("filing", "立案登记表"),
    ("inspection_record", "现场笔录"),
    ("inquiry_record", "询问笔录"),
    ("notice", "违法行为通知书"),
    ("legal_review", "法制审核意见书"),
    ("decision", "行政处罚决定书"),
    ("service_receipt", "送达回证"),
    ("closing_report", "结案报告"),
)
PAGES_A_PAPER = 3
LINES = tuple(
    Line(
        f"样例第{number}行：当事人未取得许可，经现场检查、询问和调取记录，事实清楚。",
        Box(72.0, 80.0 + 22 * number, 520.0, 96.0 + 22 * number),
        1.0,
        "text-layer",
    )
    for number in range(1, 25)
)


def read_papers(session: Session, cases: Sequence[Case]) -> None:
    """Write eight papers of three pages for each case, with the words for search and some facts."""
    page = Page("样例.pdf", 1, 595.0, 842.0, tuple(Block((line,)) for line in LINES))
    content, plain = content_of(page), stream(page.lines)
    found = " ".join(sorted(grams(plain)))
    source_id = _last(session, SourceFile)
    paper_id, page_id = _last(session, DocumentRow), _last(session, PageRow)
    sources: list[dict[str, object]] = []
    papers: list[dict[str, object]] = []
    pages: list[dict[str, object]] = []
    words: list[dict[str, object]] = []
    facts: list[dict[str, object]] = []
    for case in cases:
        source_id += 1
        total = len(PAPERS) * PAGES_A_PAPER
        sources.append(
            {
                "id": source_id,
                "case_id": case.id,
                "source": "样例.pdf",
                "sha256": f"{source_id:064x}",
                "kind": "pdf",
                "pages": total,
                "media": None,
            }
        )
        for place, (kind, title) in enumerate(PAPERS):
            paper_id += 1
            first = place * PAGES_A_PAPER + 1
            papers.append(
                {
                    "id": paper_id,
                    "case_id": case.id,
                    "source_file_id": source_id,
                    "sequence": place + 1,
                    "kind": kind,
                    "title": title,
                    "first_page": first,
                    "last_page": first + PAGES_A_PAPER - 1,
                }
            )
            for number in range(first, first + PAGES_A_PAPER):
                page_id += 1
                pages.append(
                    {
                        "id": page_id,
                        "source_file_id": source_id,
                        "document_id": paper_id,
                        "position": number - 1,
                        "sequence": number,
                        "number": number,
                        "width": page.width,
                        "height": page.height,
                        "content": content,
                    }
                )
                words.append(
                    {"page_id": page_id, "case_id": case.id, "plain": plain, "grams": found}
                )
            facts += _facts(case, paper_id)
        facts += _facts(case, None)
    for table, rows in (
        (SourceFile, sources),
        (DocumentRow, papers),
        (PageRow, pages),
        (PageText, words),
        (FactRow, facts),
    ):
        session.execute(insert(table), rows)


def _last(session: Session, table: type[SourceFile | DocumentRow | PageRow]) -> int:
    return session.execute(select(func.max(col(table.id)))).scalar_one() or 0


def _facts(case: Case, paper_id: int | None) -> list[dict[str, object]]:
    """The facts of a paper, or with None the merged ones of the file."""
    values = {"case_no": case.case_no, "cause": case.cause, "party_name": case.party_name}
    return [
        {
            "case_id": case.id,
            "document_id": paper_id,
            "sequence": place,
            "name": name,
            "value": value,
            "source": "样例.pdf",
            "page": 1,
            "quote": value,
            "boxes": [],
        }
        for place, (name, value) in enumerate(values.items())
    ]
