"""What a scan shows beside its words: seals over words, and ticks that were lost."""

from __future__ import annotations

import pytest

from review.documents.model import Box, Mark, MarkKind
from review.facts.absence import absence
from tests.facts.papers import LINE, TOP, WIDTH, Sheet, case, facts, paper, value

RIGHT = "□根据《样例法》第四十四条，你单位可以陈述申辩。"
OTHER_RIGHT = "□根据《样例法》第六十三条，你单位可以要求听证。"


def test_a_seal_tells_over_which_words_it_lies():
    sheet = Sheet().text("样例市交通运输局", "二〇二四年三月一日", "附：清单")
    left = 72 + 4 * WIDTH  # from the fifth character on, over the first two lines
    sheet.marks.append(Mark(MarkKind.SEAL, Box(left, TOP - 2, 400, TOP + 2 * LINE - 4), 0.9))
    seal = facts("行政处罚决定书", sheet).first("seal")
    assert seal is not None
    assert seal.evidence.quote == "通运输局 年三月一日"


def test_a_seal_beside_the_words_lies_over_none():
    sheet = Sheet().text("样例市交通运输局")
    sheet.marks.append(Mark(MarkKind.SEAL, Box(300, 400, 400, 500), 0.9))
    seal = facts("行政处罚决定书", sheet).first("seal")
    assert seal is not None
    assert (seal.value, seal.evidence.quote) == (True, "")


@pytest.mark.parametrize(
    ("words", "confidence", "lost"),
    [
        ((RIGHT, OTHER_RIGHT), 0.95, True),
        ((RIGHT.replace("□", "■"), OTHER_RIGHT), 0.95, False),
        ((RIGHT, OTHER_RIGHT), 1.0, False),  # typed: nobody ticked, and that can be said
        (("送达方式：□直接",), 0.95, False),
    ],
)
def test_a_scan_whose_boxes_show_no_tick_carries_no_claim_of_something_missing(
    words, confidence, lost
):
    sheet = Sheet(confidence=confidence).text("违法行为通知书", *words)
    found = case(paper("违法行为通知书", sheet))
    notice = found.documents[0]
    assert (value(notice, "ticks_unread") is True) is lost
    assert absence(found, within=notice).may_be_claimed is not lost
