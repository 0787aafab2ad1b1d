"""The record of a deliberation (合议记录) as a Word document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from docx.document import Document as Doc
from docx.shared import Pt
from docx.table import Table

from review.reports.official_page import (
    CENTRE,
    HEADING_FONT,
    LEFT,
    SIZE_FIVE,
    SIZE_FOUR,
    SIZE_TWO,
    TITLE_FONT,
    add_band,
    add_row,
    add_signatures,
    add_wide,
    new_document,
    paragraph,
    table,
    to_bytes,
)
from review.reports.words import long_date

INFO = (26, 52, 26, 52)
SCORERS = (24, 30, 20, 20, 62)
VIEWS = (36, 20, 100)


@dataclass(frozen=True, slots=True)
class PanelScorer:
    """A scorer with his seat in words, score, grade and overall view."""

    seat: str
    name: str
    score: Decimal
    grade: str
    overall: str


@dataclass(frozen=True, slots=True)
class PanelView:
    """What somebody said of an item: in his sheet, or voting in the panel."""

    name: str
    result: str
    said: str


@dataclass(frozen=True, slots=True)
class PanelItem:
    """A disputed item: the sheets, the votes, and how it was settled (empty where it is open)."""

    ref: str
    title: str
    is_veto: bool
    sheets: tuple[PanelView, ...]
    votes: tuple[PanelView, ...]
    result: str
    deduction: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class DeliberationContent:
    """Everything on the record. Names are as the accounts carry them."""

    issuer: str
    round_title: str
    case_no: str
    cause: str
    unit: str
    held_on: date | None
    place: str
    chair: str
    members: tuple[str, ...]
    scorers: tuple[PanelScorer, ...]
    spread: Decimal
    threshold: Decimal
    why: str
    items: tuple[PanelItem, ...]
    agreed: int
    conclusion: str


def deliberation_docx(content: DeliberationContent) -> bytes:
    """The record: who sat, what was disputed, views, votes, conclusion, signatures."""
    document = new_document(
        title=f"{content.case_no}合议记录",
        author=content.issuer,
        dated=content.held_on,
    )
    paragraph(document, "合议记录", font=TITLE_FONT, size=SIZE_TWO, line=Pt(36), align=CENTRE)
    paragraph(document, "", size=SIZE_FIVE, line=Pt(10))
    _info(document, content)
    _heading(document, "一、评查人员及评分")
    made = table(document, SCORERS, ("席位", "评查人员", "得分", "等次", "总体意见"))
    for each in content.scorers:
        row = (each.seat, each.name, _points(each.score), each.grade, each.overall)
        add_row(made, row, SCORERS, (CENTRE, CENTRE, CENTRE, CENTRE, LEFT))
    _heading(document, "二、争议事项和意见")
    _items(document, content)
    _heading(document, "三、合议结论")
    _conclusion(document, content)
    return to_bytes(document)


def _points(value: Decimal) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text or "0"


def _heading(document: Doc, text: str) -> None:
    paragraph(
        document,
        text,
        font=HEADING_FONT,
        size=SIZE_FOUR,
        line=Pt(26),
        align=LEFT,
        keep_next=True,
        space_before=Pt(6),
    )


def _info(document: Doc, content: DeliberationContent) -> None:
    rows = (
        ("评查轮次", content.round_title, "案号", content.case_no),
        ("案由", content.cause, "被评查单位", content.unit),
        ("合议时间", long_date(content.held_on, "zh"), "合议地点", content.place),
        ("主持人", content.chair, "合议人员", "、".join(content.members)),
        (
            "评分差距",
            f"{_points(content.spread)} 分（合议线 {_points(content.threshold)} 分）",
            "提请合议原因",
            content.why,
        ),
    )
    made = table(document, INFO)
    for row in rows:
        add_row(made, row, INFO, (CENTRE, LEFT, CENTRE, LEFT))


def _items(document: Doc, content: DeliberationContent) -> None:
    if not content.items:
        paragraph(document, "各评查人员对全部评查项意见一致。", size=SIZE_FOUR, indent=True)
        return
    made = table(document, VIEWS, ("人员", "意见", "理由"))
    for item in content.items:
        mark = "（否决项）" if item.is_veto else ""
        add_band(made, f"{item.ref}　{item.title}{mark}")
        _views(made, item.sheets, "评分")
        _views(made, item.votes, "合议")
        if item.result:
            said = f"{item.reason}（扣 {_points(item.deduction)} 分）"
            row = ("结论", item.result, said)
        else:
            row = ("结论", "未作结论", "")
        add_row(made, row, VIEWS, (CENTRE, CENTRE, LEFT), font=HEADING_FONT)
    if content.agreed:
        said = f"其余 {content.agreed} 项各评查人员意见一致，按一致意见认定。"
        paragraph(document, said, size=SIZE_FOUR, line=Pt(24), indent=True, space_before=Pt(4))


def _views(made: Table, views: Sequence[PanelView], what: str) -> None:
    for each in views:
        row = (f"{each.name}（{what}）", each.result, each.said)
        add_row(made, row, VIEWS, (CENTRE, CENTRE, LEFT))


def _conclusion(document: Doc, content: DeliberationContent) -> None:
    made = table(document, (52, 52, 52))
    add_wide(made, content.conclusion or "（尚未作出结论）", size=SIZE_FOUR)
    names = content.members or tuple(each.name for each in content.scorers)
    add_signatures(
        made,
        (("主持人（签名）：",), ("合议人员（签名）：", "、".join(names)), ("记录人（签名）：",)),
        (52, 52, 52),
        size=SIZE_FIVE,
    )
