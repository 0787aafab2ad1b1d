"""When "it is not there" may be said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from review.documents.model import FileReport, FileStatus
from review.facts.absence import absence
from tests.facts.papers import Sheet, case, paper

NOTICE = ("违法行为通知书", "行政处罚事先告知书", "听证告知书")


def index(*titles: str):
    rows = [[str(number), title, "", str(number)] for number, title in enumerate(titles, 1)]
    return paper("卷内目录", Sheet().form(["序号", "材料名称", "日期", "页号"], *rows))


DECISION = paper("行政处罚决定书", Sheet().text("行政处罚决定书", "张样例："))


def test_a_clear_file_may_lack_a_paper():
    assert absence(case(index("立案登记表", "行政处罚决定书"), DECISION), of=NOTICE).may_be_claimed


@pytest.mark.parametrize(
    "title",
    [
        "违法行为通知书",
        "行政处罚事先告知书",
        "行政处罚事先（听证）告知书",
        "违法行为通知书（副本）",
    ],
)
def test_what_the_index_lists_is_not_missing(title):
    found = absence(case(index("立案登记表", title), DECISION), of=NOTICE)
    assert not found.may_be_claimed
    assert title.replace("（", "(").replace("）", ")") in found.obstacles[0][0]


def test_another_kind_in_the_index_is_no_sign():
    found = absence(case(index("责令改正违法行为通知书"), DECISION), of=NOTICE)
    assert found.may_be_claimed


@pytest.mark.parametrize("status", [FileStatus.PARTLY_READ, FileStatus.REFUSED])
def test_a_file_not_read_in_full_stands_in_the_way(status):
    whole = case(DECISION)
    partly = replace(whole, files=(FileReport("样例.pdf", "0" * 64, "pdf", 3, status),))
    assert not absence(partly, of=NOTICE).may_be_claimed


def test_an_unclear_page_stands_in_the_way():
    found = absence(replace(case(DECISION), unclear_pages=(("样例.pdf", 3),)), of=NOTICE)
    assert found.obstacles == (
        ("“样例.pdf” 第 3 页未能辨认清楚", "样例.pdf, page 3 could not be read clearly"),
    )


def test_a_sentence_is_missing_only_from_a_paper_read_with_confidence():
    whole = case(DECISION)
    assert absence(whole, within=whole.documents[0]).may_be_claimed
    assert not absence(whole, within=replace(whole.documents[0], is_clear=False)).may_be_claimed


def test_a_paper_of_no_known_kind_that_speaks_of_it_may_be_it():
    strange = paper("其他", Sheet().text("拟处罚事项听证权利书"), "拟处罚事项听证权利书")
    photo = paper("其他", Sheet().text("行政处罚材料"), "行政处罚材料")
    assert not absence(case(DECISION, strange), of=NOTICE).may_be_claimed
    assert absence(case(DECISION, photo), of=NOTICE).may_be_claimed


def test_nothing_read_carries_nothing():
    assert not absence(case(), of=NOTICE).may_be_claimed
