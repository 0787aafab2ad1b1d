"""The score sheet of a case (一案一表) as a Word document."""

from __future__ import annotations

from docx.document import Document as Doc
from docx.shared import Pt

from review.reports.content import ScoreSheetContent
from review.reports.official_page import (
    BODY_FONT,
    CENTRE,
    HEADING_FONT,
    LATIN_FONT,
    LEFT,
    SIZE_FOUR,
    SIZE_SMALL_FIVE,
    SIZE_TWO,
    TITLE_FONT,
    Page,
    add_band,
    add_row,
    new_document,
    paragraph,
    table,
    to_bytes,
)
from review.reports.words import Language, long_date

FORM_WIDTH_MM = 257
"""Width of the type area."""

SHEET_WIDTHS = (17, 62, 15, 18, 12, 56, 31, 46)
"""Columns of the items in millimetres."""


def score_sheet_docx(content: ScoreSheetContent) -> bytes:
    """One case, one sheet: header, items by section, totals, veto, signatures."""
    zh = content.language == "zh"
    title = "案卷评查评分表" if zh else "Score sheet of a case file"
    dates = [signer.submitted_on for signer in content.signers if signer.submitted_on]
    document = new_document(
        title=f"{title} {content.case.case_no}",
        author=content.round_title,
        dated=max(dates, default=None),
        page=Page.FORM,
    )
    paragraph(document, title, font=TITLE_FONT, size=SIZE_TWO, line=Pt(34), align=CENTRE)
    paragraph(
        document, content.round_title, size=SIZE_FOUR, line=Pt(24), align=CENTRE, keep_next=True
    )
    _sheet_header(document, content)
    paragraph(document, "", line=Pt(8))
    _sheet_items(document, content)
    paragraph(document, "", line=Pt(10))
    _sheet_totals(document, content)
    return to_bytes(document, latin=None if zh else LATIN_FONT)


def _sheet_header(document: Doc, content: ScoreSheetContent) -> None:
    zh = content.language == "zh"
    case = content.case
    handlers = ("、" if zh else ", ").join(case.handlers)
    rows = (
        (("责任单位", case.unit), ("案号", case.case_no)),
        (("案由", case.cause), ("当事人", case.party_name)),
        (("承办人", handlers), ("适用程序", content.procedure)),
        (
            ("罚款金额", content.fine),
            ("结案日期", long_date(case.closed_on, content.language) or "—"),
        ),
        (("评查标准", content.edition), ("评查轮次", content.round_title)),
        (("总分", content.score), ("等次", content.grade)),
    )
    english = {
        "责任单位": "Unit",
        "案号": "Case number",
        "案由": "Cause",
        "当事人": "Party",
        "承办人": "Handlers",
        "适用程序": "Procedure",
        "罚款金额": "Fine",
        "结案日期": "Closed on",
        "评查标准": "Standard",
        "评查轮次": "Round",
        "总分": "Score",
        "等次": "Grade",
    }
    widths = (24, 104.5, 24, 104.5)
    made = table(document, widths)
    for (left, left_text), (right, right_text) in rows:
        labels = (left, right) if zh else (english[left], english[right])
        add_row(
            made,
            (labels[0], left_text, labels[1], right_text),
            widths,
            (CENTRE, LEFT, CENTRE, LEFT),
        )


def _sheet_items(document: Doc, content: ScoreSheetContent) -> None:
    zh = content.language == "zh"
    headings = (
        ("编号", "评查内容", "标准分", "评查结果", "扣分", "扣分理由", "页码、证据", "依据")
        if zh
        else ("Item", "Content", "Points", "Result", "Less", "Reason", "Page, evidence", "Basis")
    )
    aligns = (CENTRE, LEFT, CENTRE, CENTRE, CENTRE, LEFT, LEFT, LEFT)
    made = table(document, SHEET_WIDTHS, headings)
    for section in content.sections:
        kept = ""
        if section.kept:
            kept = f"得分 {section.kept}" if zh else f"kept {section.kept}"
        add_band(made, section.title, after=kept)
        for line in section.lines:
            cells = (
                line.item_id,
                line.content,
                line.points,
                line.result,
                line.deduction,
                line.reason,
                line.places,
                line.basis,
            )
            font = HEADING_FONT if line.is_fault else BODY_FONT
            add_row(made, cells, SHEET_WIDTHS, aligns, font=font, size=SIZE_SMALL_FIVE)


def _sheet_totals(document: Doc, content: ScoreSheetContent) -> None:
    """Two dimensions a row, then the conclusion; its heading stands over the signatures as well."""
    zh = content.language == "zh"
    headings = (
        ("维度", "适用分值", "扣分", "得分") if zh else ("Dimension", "Applicable", "Less", "Kept")
    )
    widths = (55, 26, 23, 24.5)
    made = table(document, widths * 2, headings * 2)
    lines = [
        (line.title, line.applicable, line.deducted, line.earned) for line in content.dimensions
    ]
    if len(lines) % 2:
        lines.append(("", "", "", ""))
    for left, right in zip(lines[::2], lines[1::2], strict=True):
        add_row(made, left + right, widths * 2, (LEFT, CENTRE, CENTRE, CENTRE) * 2)
    paragraph(document, "", line=Pt(10))
    _conclusion(document, content)


def _conclusion(document: Doc, content: ScoreSheetContent) -> None:
    zh = content.language == "zh"
    widths = (34, FORM_WIDTH_MM - 34)
    made = table(document, widths)
    if zh:
        heading = f"评查结论　{content.case.case_no}　总分 {content.score}　等次 {content.grade}"
    else:
        heading = f"Conclusion  {content.case.case_no}  {content.score}  {content.grade}"
    add_band(made, heading, is_heading=True)
    undecided = ""
    if content.undecided:
        undecided = (
            f"（尚有 {content.undecided} 项待核，得分为暂计）"
            if zh
            else f" ({content.undecided} items undecided; provisional)"
        )
    rows = (
        ("总分" if zh else "Score", content.score + undecided),
        ("等次" if zh else "Grade", content.grade),
        ("否决项" if zh else "Veto", content.veto),
        ("总体评价" if zh else "Overall view", content.overall),
        ("签字" if zh else "Signatures", _signatures(content)),
    )
    for label, text in rows:
        add_row(made, (label, text), widths, (CENTRE, LEFT))


def _seat(name: str, language: Language) -> str:
    """What a seat is called: reviewers have letters, experts P and a number."""
    zh = language == "zh"
    if name.startswith("P"):
        return f"评查专家 {name[1:]}" if zh else f"Expert {name[1:]}"
    return f"评查人员 {name}" if zh else f"Reviewer {name}"


def _signatures(content: ScoreSheetContent) -> str:
    """A line for each person, with room to sign between them."""
    zh = content.language == "zh"
    lines = []
    for signer in content.signers:
        day = long_date(signer.submitted_on, content.language)
        if zh:
            said = f"{_seat(signer.seat, content.language)}（{signer.name}）签字：" + "　" * 18
            lines.append(f"{said}提交日期：{day or '未提交'}")
        else:
            said = f"{_seat(signer.seat, content.language)} ({signer.name}), signature:" + " " * 36
            lines.append(f"{said}Submitted on: {day or 'open'}")
    if zh:
        lines.append("复核人签字：" + "　" * 24 + "日期：　　　年　　月　　日")
    else:
        lines.append("Checked by, signature:" + " " * 48 + "Date:")
    return "\n" + "\n\n".join(lines) + "\n"
