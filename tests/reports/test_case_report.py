"""The machine's report on a case: everything is said, in both languages, on any words."""

from __future__ import annotations

import io
from datetime import date

import pytest
from docx import Document

from review.reports.case_report import (
    CaseReportContent,
    ConditionGroup,
    ConditionLine,
    ResultLine,
    case_report_docx,
)


def line(number: int, words: str = "样例结论") -> ResultLine:
    return ResultLine(
        check_id=f"DEC{number:03d}",
        title="样例检查",
        severity="较大",
        message=words,
        evidence=("案卷.pdf第3页“样例原文”",),
        law="《行政处罚法》第六十条（未确认）",
        steps=("1. 样例理由",),
        is_on_trial=number == 2,
    )


def content(language: str = "zh", **more: object) -> CaseReportContent:
    values = {
        "case_no": "样例〔2026〕1号",
        "issuer": "样例机关",
        "made_on": date(2026, 3, 5),
        "particulars": (("案由", "样例"), ("当事人", "样例甲"), ("材料", "1 个文件")),
        "intake": ("附件.pdf（已损坏）",),
        "failed": (line(1), line(2)),
        "unknown": (line(3, "未读到样例"),),
        "passed": (line(4),),
        "not_applicable": 5,
        "verdict": "可免未免：样例",
        "waiver": (
            ConditionGroup(
                "可以不予处罚",
                (ConditionLine("初次违法", "有证明", "查询结果为首次违法", ("案卷.pdf第9页",)),),
            ),
        ),
        "language": language,
    } | more
    return CaseReportContent(**values)  # type: ignore[arg-type]  # values of a test


def words(raw: bytes) -> str:
    document = Document(io.BytesIO(raw))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def test_every_result_stands_there_with_evidence_law_and_reasons() -> None:
    said = words(case_report_docx(content()))
    for part in ("DEC001", "DEC002", "DEC003", "DEC004", "（试运行）", "样例原文", "未确认"):
        assert part in said, part
    assert "共检查9项：发现问题2项，不能认定1项，未发现问题1项，不适用5项" in said
    assert "附件.pdf（已损坏）" in said
    assert "查询结果为首次违法" in said
    assert "须经人工认定" in said


def test_nothing_found_is_said_and_never_left_empty() -> None:
    empty = content(failed=(), unknown=(), passed=(), waiver=(), intake=(), particulars=())
    said = words(case_report_docx(empty))
    for part in ("机器没有发现问题", "没有不能认定的事项", "没有免罚审查结果"):
        assert part in said


@pytest.mark.parametrize("language", ["zh", "en"])
def test_any_words_make_a_document_and_the_same_ones_the_same_bytes(language: str) -> None:
    odd = content(language, failed=(line(1, "\x00\x0b<&>\n" + "长" * 3000),))
    assert case_report_docx(odd) == case_report_docx(odd)
    assert "<&>" in words(case_report_docx(odd))
