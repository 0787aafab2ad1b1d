"""The grammar of citations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.common.citations import RELIED_ON, citation_text, find_citations
from review.common.text import squeeze


def provisions(text):
    return [each.provision for each in find_citations(squeeze(text).text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《公路法》第四十四条第一款", [("公路法", 44, 1, None)]),
        ("《公路法》第44条", [("公路法", 44, None, None)]),
        ("《条例》第四十三条第一款第（二）项", [("条例", 43, 1, 2)]),
        ("《条例》第四十三条第（二）项", [("条例", 43, None, 2)]),
        ("《条例》第四十三条第一款第二项", [("条例", 43, 1, 2)]),
        (
            "《条例》第三条第一款第(五)项、第二十 七条第一款、第三十条",
            [("条例", 3, 1, 5), ("条例", 27, 1, None), ("条例", 30, None, None)],
        ),
        ("《条例》第六十三条第一款、第二款", [("条例", 63, 1, None), ("条例", 63, 2, None)]),
        ("《条例》第六十三条第（一）、（三）项", [("条例", 63, None, 1), ("条例", 63, None, 3)]),
        (
            "《条例》第四十四条至第四十六条",
            [("条例", 44, None, None), ("条例", 45, None, None), ("条例", 46, None, None)],
        ),
        (
            "《处罚法》第四十四条、第四十五条",
            [("处罚法", 44, None, None), ("处罚法", 45, None, None)],
        ),
        (
            "《安全生产法》（以下简称《安法》）第九十九条，《安法》第五条",
            [("安全生产法", 99, None, None), ("安全生产法", 5, None, None)],
        ),
        (
            "《暂行办法》第十四条，依据该办法第三十四条第一款",
            [("暂行办法", 14, None, None), ("暂行办法", 34, 1, None)],
        ),
        ("《条例》（国务院令第709号）第六十三条", [("条例", 63, None, None)]),
        ("该条例第六十三条", []),
        ("《现场笔录》第二页", []),
    ],
)
def test_provisions(text, expected):
    assert provisions(text) == expected


def test_an_inserted_article_keeps_its_suffix():
    found = find_citations("《刑法》第一百三十三条之一第一款")[0]
    assert (found.article, found.suffix, found.paragraph) == (133, 1, 1)


@given(st.integers(1, 300), st.integers(1, 9), st.integers(1, 20))
def test_arabic_numbers_are_read_back(article, paragraph, item):
    text = f"《某条例》第{article}条第{paragraph}款第({item})项"
    assert provisions(text) == [("某条例", article, paragraph, item)]


def test_the_text_of_a_run_leaves_quotations_out():
    text = squeeze(
        "依据《A条例》第六十四条“每超一千千克罚款五百元”、《B规定》第四十三条第一款第二项“略”的规定"
    ).text
    found = citation_text(text, 2)
    assert found is not None
    assert found.text == "《A条例》第六十四条、《B规定》第四十三条第一款第二项"


def test_a_run_of_violations_ends_where_the_basis_begins():
    text = squeeze("违反了《A条例》第一条的规定，依据《B条例》第二条").text
    found = citation_text(text, 3)
    assert found is not None
    assert found.text == "《A条例》第一条"


def test_a_second_violation_belongs_to_the_run():
    text = squeeze("违反了《A条例》第一条的规定，同时违反《B条例》第二条").text
    found = citation_text(text, 3)
    assert found is not None
    assert found.text == "《A条例》第一条、《B条例》第二条"


def test_a_second_basis_belongs_to_a_run_of_bases():
    text = squeeze("依据《A条例》第一条、依照《B条例》第二条").text
    found = citation_text(text, 2, verb=RELIED_ON)
    assert found is not None
    assert found.text == "《A条例》第一条、《B条例》第二条"


def test_this_regulation_is_named_by_its_title():
    text = squeeze("违反《暂行办法》第十四条，依据该办法第三十四条").text
    found = citation_text(text, text.index("依据"), verb=RELIED_ON)
    assert found is not None
    assert found.text == "《暂行办法》第三十四条"


def test_nothing_within_reach_is_nothing():
    assert citation_text("依据" + "甲" * 60 + "《条例》第一条", 0) is None
    assert citation_text("依据《现场笔录》", 0) is None
