"""The machine's report on one case (机器审查报告): every result with its evidence and law.

It names no score and decides nothing: what was found, what could not be decided, the waiver review,
and what was in order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from docx.document import Document as Doc
from docx.shared import Pt

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

WIDTHS = (12, 50, 16, 74, 63, 42)
"""Columns of the results in millimetres: number, check, severity, result, evidence, law."""

HEAD_WIDTHS = (28, 100.5, 28, 100.5)
CONDITION_WIDTHS = (78, 24, 92, 63)
LISTED_WIDTHS = (18, 90, 149)


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One result. `evidence` and `law` are finished lines; `steps` the reasoning."""

    check_id: str
    title: str
    severity: str
    message: str
    evidence: tuple[str, ...]
    law: str
    steps: tuple[str, ...]
    is_on_trial: bool = False


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """One condition of the waiver review with its standing."""

    title: str
    standing: str
    reason: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConditionGroup:
    """The conditions of a limb, of a list, or the papers."""

    title: str
    lines: tuple[ConditionLine, ...]


@dataclass(frozen=True, slots=True)
class CaseReportContent:
    """Everything the report says. `intake` names every file that was not read in full.

    `particulars` are label and value, in pairs a row. `waiver` is empty where the case has no
    waiver review; `verdict` is its sentence.
    """

    case_no: str
    issuer: str
    made_on: date
    particulars: tuple[tuple[str, str], ...]
    intake: tuple[str, ...]
    failed: tuple[ResultLine, ...]
    unknown: tuple[ResultLine, ...]
    passed: tuple[ResultLine, ...]
    not_applicable: int
    verdict: str
    waiver: tuple[ConditionGroup, ...]
    language: Language


def case_report_docx(content: CaseReportContent) -> bytes:
    """The report as a Word document on a page lying on its side."""
    zh = content.language == "zh"
    title = "案卷机器审查报告" if zh else "Machine review of a case file"
    document = new_document(
        title=f"{title} {content.case_no}",
        author=content.issuer,
        dated=content.made_on,
        page=Page.FORM,
    )
    paragraph(document, title, font=TITLE_FONT, size=SIZE_TWO, line=Pt(34), align=CENTRE)
    paragraph(document, content.case_no, size=SIZE_FOUR, line=Pt(24), align=CENTRE, keep_next=True)
    _head(document, content)
    _summary(document, content)
    titles = (
        ("一、发现的问题", "二、不能认定、须人工核对的事项", "三、免罚审查", "四、未发现问题的事项")
        if zh
        else ("1. Problems found", "2. Not decided, to be seen", "3. Waiver review", "4. In order")
    )
    _results(document, titles[0], content.failed, content, empty=_NONE_FOUND)
    _results(document, titles[1], content.unknown, content, empty=_NONE_OPEN)
    _waiver(document, titles[2], content)
    _listed(document, titles[3], content)
    return to_bytes(document, latin=None if zh else LATIN_FONT)


_NONE_FOUND = ("机器没有发现问题。", "The machine found no problem.")
_NONE_OPEN = ("没有不能认定的事项。", "Nothing is left open.")


def _heading(document: Doc, text: str) -> None:
    paragraph(
        document,
        text,
        font=HEADING_FONT,
        size=SIZE_FOUR,
        line=Pt(24),
        align=LEFT,
        keep_next=True,
        space_before=Pt(10),
    )


def _head(document: Doc, content: CaseReportContent) -> None:
    made = table(document, HEAD_WIDTHS)
    pairs = list(content.particulars)
    if len(pairs) % 2:
        pairs.append(("", ""))
    for left, right in zip(pairs[::2], pairs[1::2], strict=True):
        add_row(made, (*left, *right), HEAD_WIDTHS, (CENTRE, LEFT, CENTRE, LEFT))


def _summary(document: Doc, content: CaseReportContent) -> None:
    zh = content.language == "zh"
    counts = (len(content.failed), len(content.unknown), len(content.passed))
    day = long_date(content.made_on, content.language)
    text = (
        f"本报告由机器根据已读取的材料于{day}生成，共检查{sum(counts) + content.not_applicable}项："
        f"发现问题{counts[0]}项，不能认定{counts[1]}项，未发现问题{counts[2]}项，"
        f"不适用{content.not_applicable}项。机器结论仅供评查人员参考，须经人工认定。"
        if zh
        else f"Made by machine on {day} from what was read: {counts[0]} problems, {counts[1]} not "
        f"decided, {counts[2]} in order, {content.not_applicable} not applicable. A person decides."
    )
    paragraph(document, text, size=SIZE_FOUR, line=Pt(22), indent=True, space_before=Pt(6))
    if content.intake:
        head = "未能完整读取的材料：" if zh else "Not read in full: "
        text = head + ("；" if zh else "; ").join(content.intake)
        paragraph(document, text, size=SIZE_FOUR, line=Pt(22), indent=True)


def _results(
    document: Doc,
    title: str,
    lines: Sequence[ResultLine],
    content: CaseReportContent,
    *,
    empty: tuple[str, str],
) -> None:
    zh = content.language == "zh"
    _heading(document, title)
    if not lines:
        paragraph(document, empty[0] if zh else empty[1], size=SIZE_FOUR, line=Pt(22), indent=True)
        return
    headings = (
        ("序号", "检查项", "程度", "结论和理由", "证据（文件、页码、原文）", "依据")
        if zh
        else ("No.", "Check", "Degree", "Result and reasons", "Evidence (file, page, words)", "Law")
    )
    made = table(document, WIDTHS, headings)
    aligns = (CENTRE, LEFT, CENTRE, LEFT, LEFT, LEFT)
    trial = "\n（试运行）" if zh else "\n(on trial)"
    for number, line in enumerate(lines, 1):
        cells = (
            str(number),
            f"{line.title}\n{line.check_id}" + (trial if line.is_on_trial else ""),
            line.severity,
            "\n".join((line.message, *line.steps)),
            "\n".join(line.evidence) or "—",
            line.law,
        )
        add_row(made, cells, WIDTHS, aligns, font=BODY_FONT, size=SIZE_SMALL_FIVE)


def _waiver(document: Doc, title: str, content: CaseReportContent) -> None:
    zh = content.language == "zh"
    _heading(document, title)
    if not content.waiver:
        text = "本案没有免罚审查结果。" if zh else "This case has no waiver review."
        paragraph(document, text, size=SIZE_FOUR, line=Pt(22), indent=True)
        return
    paragraph(document, content.verdict, size=SIZE_FOUR, line=Pt(22), indent=True, keep_next=True)
    headings = (
        ("条件、材料", "认定", "理由", "证据")
        if zh
        else ("Condition or paper", "Standing", "Reason", "Evidence")
    )
    made = table(document, CONDITION_WIDTHS, headings)
    for group in content.waiver:
        add_band(made, group.title)
        for line in group.lines:
            cells = (line.title, line.standing, line.reason, "\n".join(line.evidence) or "—")
            add_row(
                made,
                cells,
                CONDITION_WIDTHS,
                (LEFT, CENTRE, LEFT, LEFT),
                size=SIZE_SMALL_FIVE,
            )


def _listed(document: Doc, title: str, content: CaseReportContent) -> None:
    zh = content.language == "zh"
    _heading(document, title)
    if not content.passed:
        text = "没有。" if zh else "None."
        paragraph(document, text, size=SIZE_FOUR, line=Pt(22), indent=True)
        return
    headings = ("编号", "检查项", "结论") if zh else ("No.", "Check", "Result")
    made = table(document, LISTED_WIDTHS, headings)
    for line in content.passed:
        cells = (line.check_id, line.title, line.message)
        add_row(made, cells, LISTED_WIDTHS, (CENTRE, LEFT, LEFT), size=SIZE_SMALL_FIVE)
