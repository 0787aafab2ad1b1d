"""The rectification list (整改清单) as a Word document."""

from __future__ import annotations

from collections import Counter

from docx.document import Document as Doc
from docx.shared import Pt

from review.checks.check import Severity
from review.reports.content import RectificationListContent
from review.reports.official_page import (
    CENTRE,
    HEADING_FONT,
    LATIN_FONT,
    LEFT,
    RED,
    RIGHT,
    SIZE_FIVE,
    SIZE_TWO,
    TITLE_FONT,
    add_band,
    add_row,
    add_signatures,
    add_text,
    landscape_section,
    new_document,
    paragraph,
    red_rule,
    table,
    to_bytes,
)
from review.reports.words import SEVERITY, long_date, pick, short_date

LIST_WIDTHS = (11, 36, 45, 12, 31, 34, 15, 26, 15)
LIST_WIDTHS_EN = (10, 36, 44, 15, 29, 32, 18, 22, 19)
"""Columns of the list in millimetres; English words need other ones."""


def rectification_docx(content: RectificationListContent) -> bytes:
    """The covering page, upright, and the list with room for signatures and seals on its side."""
    title = _list_title(content)
    document = new_document(
        title=title.replace("\n", ""), author=content.issuer, dated=content.issued_on
    )
    if content.red_head:
        _red_head(document, content)
    for line in title.split("\n"):
        paragraph(document, line, font=TITLE_FONT, size=SIZE_TWO, line=Pt(36), align=CENTRE)
    paragraph(document, "")
    _letter(document, content)
    landscape_section(document)
    _list(document, content)
    return to_bytes(document, latin=None if content.language == "zh" else LATIN_FONT)


def _list_title(content: RectificationListContent) -> str:
    if content.language == "en":
        return f"{content.round_title}\nRectification list"
    return f"{content.round_title}\n问题整改清单"


def _red_head(document: Doc, content: RectificationListContent) -> None:
    name = content.issuer if content.language == "en" else f"{content.issuer}文件"
    size = Pt(44) if len(name) <= 10 else Pt(440 / len(name))
    paragraph(
        document, name, font=TITLE_FONT, size=size, line=Pt(size.pt * 1.3), align=CENTRE, colour=RED
    )
    paragraph(document, "")
    red_rule(paragraph(document, content.number, align=CENTRE))
    paragraph(document, "")


def _letter(document: Doc, content: RectificationListContent) -> None:
    counts = Counter(row.severity for row in content.rows)
    last = max((row.due_on for row in content.rows), default=None)
    if content.language == "en":
        _letter_en(document, content, counts, long_date(last, "en"))
    else:
        _letter_zh(document, content, counts, long_date(last, "zh"))
    for _ in range(2):
        paragraph(document, "", keep_next=True)
    paragraph(document, content.issuer, align=RIGHT, right_indent=Pt(32), keep_next=True)
    day = long_date(content.issued_on, content.language)
    blank = "          " if content.language == "en" else "　　　年　　月　　日"
    paragraph(document, day or blank, align=RIGHT, right_indent=Pt(64))


def _letter_zh(
    document: Doc, content: RectificationListContent, counts: Counter[Severity], last: str
) -> None:
    scope = f"{long_date(content.scope_from, 'zh')}至{long_date(content.scope_to, 'zh')}"
    split = "、".join(
        f"{SEVERITY[severity][0]}{counts[severity]}项" for severity in SEVERITY if counts[severity]
    )
    found = f"发现问题{len(content.rows)}项" + (f"（{split}）" if split else "")
    paragraph(document, f"{content.unit}：", align=LEFT)
    paragraph(
        document,
        f"{content.round_title}对你单位{scope}的案卷进行了评查，共评查{content.reviewed_cases}件，"
        f"{found}。现将整改清单印发给你们，请按照以下要求办理。",
        indent=True,
    )
    parts = (
        (
            "一、逐项整改。",
            "明确每项问题的责任人和措施，在期限内完成" + (f"，最迟至{last}。" if last else "。"),
        ),
        (
            "二、如实补正。",
            (
                "补充更正的材料注明实际形成日期并附补正说明；原文书不得涂改、替换，"
                "签名日期不得补签、倒签。"
            ),
        ),
        (
            "三、反馈复查。",
            (
                "填写整改情况并附证明材料，经负责人签字、盖章后报送；"
                "复查通过的予以销号，未通过的退回。"
            ),
        ),
    )
    for heading, text in parts:
        made = paragraph(document, heading, font=HEADING_FONT, indent=True)
        add_text(made, text)
    made.paragraph_format.keep_with_next = True
    paragraph(document, "", keep_next=True)
    paragraph(document, "附件：整改清单", indent=True, keep_next=True)


def _letter_en(
    document: Doc, content: RectificationListContent, counts: Counter[Severity], last: str
) -> None:
    scope = f"{long_date(content.scope_from, 'en')} to {long_date(content.scope_to, 'en')}"
    split = ", ".join(
        f"{counts[severity]} {SEVERITY[severity][1].lower()}"
        for severity in SEVERITY
        if counts[severity]
    )
    found = f"{len(content.rows)} problems were found" + (f" ({split})" if split else "")
    paragraph(document, f"To: {content.unit}", align=LEFT)
    paragraph(
        document,
        f"In the round “{content.round_title}” {content.reviewed_cases} of your case files from "
        f"{scope} were reviewed; {found}. The list is attached. Please proceed as follows.",
        align=LEFT,
        indent=True,
    )
    parts = (
        (
            "1. Put every problem right",
            "Name the person responsible and the measure, and finish in time"
            + (f", by {last} at the latest." if last else "."),
        ),
        (
            "2. Correct truthfully",
            (
                "What has to be added or corrected carries the date on which it was really made "
                "and a note of correction. Original papers are not altered or replaced; "
                "signatures and dates are not filled in afterwards."
            ),
        ),
        (
            "3. Report and verification",
            (
                "Fill in what was done, attach proof, have it signed by the head of the unit and "
                "sealed, and return it. What passes verification is closed; the rest is sent back."
            ),
        ),
    )
    for heading, text in parts:
        made = paragraph(document, heading + ". ", font=HEADING_FONT, align=LEFT)
        add_text(made, text)
    made.paragraph_format.keep_with_next = True
    paragraph(document, "", keep_next=True)
    paragraph(document, "Attachment: rectification list", align=LEFT, keep_next=True)


def _list(document: Doc, content: RectificationListContent) -> None:
    language = content.language
    zh = language == "zh"
    paragraph(document, "附件" if zh else "Attachment", font=HEADING_FONT, align=LEFT)
    paragraph(
        document,
        "整改清单" if zh else "Rectification list",
        font=TITLE_FONT,
        size=SIZE_TWO,
        line=Pt(34),
        align=CENTRE,
        keep_next=True,
    )
    about = [
        f"责任单位：{content.unit}" if zh else f"Unit: {content.unit}",
        f"评查轮次：{content.round_title}" if zh else f"Round: {content.round_title}",
    ]
    if content.number:
        about.append(f"编号：{content.number}" if zh else f"No.: {content.number}")
    made = paragraph(
        document, ("　" if zh else "   ").join(about), size=SIZE_FIVE, line=Pt(20), align=CENTRE
    )
    made.paragraph_format.space_after = Pt(4)
    made.paragraph_format.keep_with_next = True
    headings = (
        ("序号", "案卷", "存在问题", "程度", "依据", "整改措施", "责任人", "整改期限", "状态")
        if zh
        else ("No.", "Case", "Problem", "Weight", "Basis", "Measure", "Person", "Due", "State")
    )
    widths = LIST_WIDTHS if zh else LIST_WIDTHS_EN
    rows = table(document, widths, headings)
    aligns = (CENTRE, LEFT, LEFT, CENTRE, LEFT, LEFT, CENTRE, CENTRE, CENTRE)
    for row in content.rows:
        cells = (
            str(row.sequence),
            row.case_no,
            row.problem,
            pick(SEVERITY[row.severity], language),
            row.basis,
            row.measure,
            row.responsible_person,
            short_date(row.due_on),
            content.state(row),
        )
        add_row(rows, cells, widths, aligns)
    if not content.rows:
        add_band(rows, "没有需要整改的问题" if zh else "Nothing has to be put right")
    total = len(content.rows)
    add_band(rows, f"本清单共 {total} 项" if zh else f"{total} items in all")
    columns = (
        (
            ("责任单位负责人（签字）：", "责任单位（盖章）：", "日期：　　　年　　月　　日"),
            ("评查人员（签字）：", "评查单位（盖章）：", "日期：　　　年　　月　　日"),
        )
        if zh
        else (
            ("Head of the unit (signature):", "Unit (seal):", "Date:"),
            ("Reviewer (signature):", "Reviewing organ (seal):", "Date:"),
        )
    )
    add_signatures(rows, columns, widths)
