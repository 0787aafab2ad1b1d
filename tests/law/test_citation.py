"""The machine's form of citations and the provisions that papers cite."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.law.citation import Citation, Place, cited_places, numeral, plain_title

PLACES = st.builds(
    Place,
    article=st.integers(1, 400),
    inserted=st.none() | st.integers(1, 9),
    paragraph=st.none() | st.integers(1, 20),
    item=st.none() | st.integers(1, 30),
)
LAWS = st.from_regex(r"[a-z](?:[a-z0-9]|-(?=[a-z0-9])){1,30}", fullmatch=True)
CITATIONS = st.builds(
    Citation,
    law=LAWS,
    in_force=st.none() | st.dates(date(1990, 1, 1), date(2030, 1, 1)),
    place=st.none() | PLACES,
)


@given(CITATIONS)
def test_writing_and_parsing_are_inverse(citation: Citation) -> None:
    assert Citation.parse(str(citation)) == citation


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Law#art-1",
        "law#art-",
        "law#art-1-item-2-para-1",
        "law/2021-7-15#art-1",
        "law/2021-13-15#art-1",
        "law #art-1",
        "law#art-1 ",
    ],
)
def test_what_is_no_citation_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Citation.parse(text)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (63, "六十三"),
        (100, "一百"),
        (103, "一百零三"),
        (110, "一百一十"),
        (119, "一百一十九"),
    ],
)
def test_article_numbers_in_chinese(number: int, text: str) -> None:
    assert numeral(number) == text


def test_a_number_past_every_law_is_refused() -> None:
    with pytest.raises(ValueError, match="1000"):
        numeral(1000)


@given(PLACES)
def test_a_cited_place_is_read_back_from_its_chinese_form(place: Place) -> None:
    if place.inserted is not None and place.inserted > 9:
        return
    assert cited_places(f"《样例条例》{place.zh}") == [("样例条例", place)]


def test_a_chain_keeps_titles_paragraphs_and_items() -> None:
    text = (
        "《公路安全保护条例》第六十四条、《超限运输车辆行驶公路管理规定》第四十三条第一款第（一）项"
    )
    assert cited_places(text) == [
        ("公路安全保护条例", Place(64)),
        ("超限运输车辆行驶公路管理规定", Place(43, None, 1, 1)),
    ]


def test_places_cover_and_agree() -> None:
    assert Place(63).covers(Place(63, None, 1, 2))
    assert not Place(63, None, 1).covers(Place(63, None, 2))
    assert Place(63, None, None, 1).agrees(Place(63, None, 1, 1))
    assert not Place(63, None, 2, 1).agrees(Place(63, None, 1, 1))
    assert not Place(63).agrees(Place(63, 1))
    assert Place(59, None, 1, 3).en == "art. 59 para. 1 item 3"


@pytest.mark.parametrize(
    "title",
    ["中华人民共和国公路法", "《公路法》", "公路法（2017修正）", " 公 路 法 "],
)
def test_titles_are_compared_without_ornament(title: str) -> None:
    assert plain_title(title) == "公路法"


@pytest.mark.parametrize(
    ("one", "other", "agrees"),
    [
        (Place(63), Place(63), True),
        (Place(63), Place(63, paragraph=2, item=1), True),
        (Place(63, item=1), Place(63, paragraph=1, item=1), True),
        (Place(63, item=1), Place(63, paragraph=2, item=1), True),
        (Place(63, paragraph=1), Place(63, paragraph=2), False),
        (Place(63, paragraph=2), Place(63, item=1), False),
        (Place(63, paragraph=1), Place(63, item=1), True),
        (Place(63, item=1), Place(63, item=2), False),
        (Place(63), Place(64), False),
        (Place(60), Place(60, inserted=1), False),
    ],
)
def test_two_places_agree_both_ways_or_not_at_all(
    one: Place, other: Place, *, agrees: bool
) -> None:
    assert one.agrees(other) is agrees
    assert other.agrees(one) is agrees
