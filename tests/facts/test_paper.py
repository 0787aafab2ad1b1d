"""The text of a paper and the way back to the page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.documents.model import Block, Box, Document, Line, Page
from review.facts.paper import Paper, blank_quotes, blank_unticked
from tests.facts.papers import Sheet, paper


def test_evidence_has_the_printed_words_and_a_box_for_every_line():
    found = Paper(paper("行政处罚决定书", Sheet().text("罚款人民币肆仟|伍佰 元整。")), 0)
    start = found.text.index("肆仟")
    evidence = found.evidence(start, start + 6)
    assert evidence.quote == "肆仟伍佰 元整"
    assert len(evidence.boxes) == 2
    assert evidence.page == 1
    assert evidence.box is not None
    assert evidence.box.top == evidence.boxes[0].top
    assert evidence.box.bottom == evidence.boxes[1].bottom


def test_printed_words_keep_their_width():
    found = Paper(paper("行政处罚决定书", Sheet().text("案号：样交罚〔2024〕第 3 号")), 0)
    at = found.text.index("样")
    assert found.printed(at, len(found.text)) == "样交罚〔2024〕第3号"


def test_word_documents_have_no_page_and_no_box():
    line = Line("行政处罚决定书", None, 1.0, "docx")
    page = Page("样例.docx", None, 0, 0, (Block((line,)),))
    found = Paper(Document("行政处罚决定书", "行政处罚决定书", "样例.docx", (page,), 1.0, ""), 0)
    evidence = found.evidence(0, 4)
    assert (evidence.page, evidence.box) == (None, None)


def test_a_sentence_goes_on_over_the_page_in_spite_of_page_numbers_and_marks():
    first = (
        Sheet(number=1)
        .text("罚款自收到本决定书之日起十五日内缴至指定银行，逾期不缴", "样例标记", "- 1 -")
        .page()
    )
    second = Sheet(number=2).text("纳的，每日按百分之三加处罚款。", "样例标记", "- 2 -").page()
    found = Paper(Document("行政处罚决定书", "决定书", "样例.pdf", (first, second), 1.0, ""), 0)
    assert "逾期不缴纳的" in found.text
    assert found.text.count("样例标记") == 1


def test_lines_that_came_apart_are_one_paragraph_again():
    def line(text: str, left: float, top: float, right: float) -> Block:
        return Block((Line(text, Box(left, top, right, top + 11), 1.0, "text-layer"),))

    full = "甲" * 37
    page = Page(
        "样例.pdf",
        1,
        595,
        842,
        (
            line(full, 91, 100, 516),
            line("乙" * 39, 68, 119, 516),
            line("丙" * 20 + "。", 68, 138, 300),
            line("丁" * 37, 91, 157, 516),
            line("戊。", 68, 176, 90),
        ),
    )
    text = Paper(Document("违法行为通知书", "通知书", "样例.pdf", (page,), 1.0, ""), 0).text
    assert text.split("\n") == [full + "乙" * 39 + "丙" * 20 + "。", "丁" * 37 + "戊。"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("☑直接送达□邮寄送达", "☑直接送达□····"),
        ("□有权要求听证;视为放弃。\n下一段", "□············\n下一段"),
        ("(注:序号前□内打勾的为当事人享有该权利。)", "(注:序号前□内打勾的为当事人享有该权利。)"),
    ],
)
def test_what_stands_behind_an_empty_box_does_not_count(text, left):
    assert blank_unticked(text) == left


def test_quoted_statutes_do_not_count():
    text = "依据第六十四条“处三万元以下罚款”的规定(处一万元以上十万元以下的罚款)决定罚款"
    blanked = blank_quotes(text)
    assert len(blanked) == len(text)
    assert "三万元" not in blanked
    assert "十万元" not in blanked
    assert blanked.endswith("决定罚款")


@given(st.lists(st.text(alphabet="甲乙 12。：\u3000", max_size=30), max_size=12))
def test_every_place_leads_back_to_the_page(paragraphs):
    sheet = Sheet()
    for paragraph in paragraphs:
        sheet.text(paragraph)
    found = Paper(paper("其他", sheet), 0)
    for passage in found.passages:
        for place in range(passage.start, passage.end):
            low, high = passage.source_range(place, place + 1)
            assert high == low + 1
    for place in range(len(found.text)):
        assert found.reading(place, place + 1) == 1.0
