"""Confirmed values and texts of law: what checks use, who may, nothing is written over."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
from docx import Document

from review.db.session import reading
from review.errors import BadValue, NoArticles, NotAllowed, NotFound, UnknownFormat
from review.law.citation import Place
from review.services.rules import law, law_values, statute_texts
from review.services.rules.site import site_law

DAY, ON = date(2021, 7, 15), date(2023, 5, 1)


def value(bureau, name, on=ON):
    with reading(bureau.engine) as session:
        return site_law(session).parameter(name, on=on)


def confirm(bureau, name="hearing_large_fine", since=DAY, typed=None, document="样例文〔2023〕1号"):
    return law_values.confirm_value(
        bureau.engine,
        bureau.regulations,
        parameter=name,
        since=since,
        value={"citizen": "5,000", "organization": "30000"} if typed is None else typed,
        document=document,
    )


def test_a_confirmed_value_is_used_from_its_day_and_names_who_and_by_what(bureau):
    assert not value(bureau, "hearing_large_fine").confirmed
    confirm(bureau, since=date(2023, 1, 1))
    used = value(bureau, "hearing_large_fine")
    assert (used.of("citizen"), used.of("organization")) == (5000, 30000)
    assert used.confirmed
    assert used.confirmed_by == "regulations，样例文〔2023〕1号"
    assert value(bureau, "hearing_large_fine", date(2022, 12, 31)).of("citizen") == 10000


def test_a_second_confirmation_withdraws_the_first_and_a_withdrawal_restores_the_release(bureau):
    confirm(bureau)
    second = confirm(bureau, typed={"citizen": "6000", "organization": "30000"})
    assert value(bureau, "hearing_large_fine").of("citizen") == 6000
    law_values.withdraw_value(bureau.engine, bureau.administrator, second, seen_version=1)
    assert value(bureau, "hearing_large_fine").of("citizen") == 10000
    kept = law_values.confirmations(bureau.engine, bureau.leader, "hearing_large_fine")
    assert [each.withdrawn_at is None for each in kept] == [False, False]


def test_a_share_keeps_its_decimals(bureau):
    confirm(bureau, "surcharge_per_day", typed="2.5")
    assert value(bureau, "surcharge_per_day").amount == Decimal("2.5")


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("hearing_large_fine", {"citizen": "", "organization": "1"}),
        ("hearing_large_fine", "5"),
        ("publication_limit", "six"),
        ("publication_limit", "-1"),
        ("publication_limit", "1.5"),
        ("publication_limit", {"citizen": "1"}),
        ("summary_reconsideration_first", "maybe"),
        ("overload_rounding", " "),
    ],
)
def test_what_is_no_such_value_is_refused(bureau, name, typed):
    with pytest.raises(BadValue):
        confirm(bureau, name, typed=typed)


def test_who_may_and_what_must_be_given(bureau):
    with pytest.raises(BadValue):
        confirm(bureau, document=" ")
    with pytest.raises(NotFound):
        confirm(bureau, "no_such_value", typed="1")
    with pytest.raises(NotAllowed):
        law_values.confirm_value(
            bureau.engine,
            bureau.reviewer,
            parameter="publication_limit",
            since=DAY,
            value="7",
            document="样例",
        )


TEXT = "第一条 甲。\n第二条 乙：\n（一）丙；\n（二）丁。\n"


def docx(text: str) -> bytes:
    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("规定.txt", TEXT.encode("gb18030")),
        ("规定.md", ("# 样例\n\n" + TEXT.replace("第一条", "**第一条**")).encode()),
        ("规定.docx", docx(TEXT)),
    ],
)
def test_a_text_is_taken_from_word_text_and_markdown(bureau, name, raw):
    title = "《交通运输行政执法程序规定》"
    preview = statute_texts.preview_text(
        bureau.engine, bureau.regulations, raw=raw, name=name, title=title
    )
    assert (preview.articles, preview.paragraphs, preview.items) == (2, 2, 2)
    assert preview.law == "transport-enforcement-procedure"
    text_id = statute_texts.hand_in_text(
        bureau.engine, bureau.regulations, raw=raw, name=name, title=title, in_force=DAY
    )
    with reading(bureau.engine) as session:
        held = site_law(session)
    assert held.has_place(preview.law, Place(2, None, None, 3), on=ON) is False
    cards = law.articles(bureau.engine, bureau.leader, preview.law, in_force=DAY)
    assert [card.wording.splitlines()[0] for card in cards if card.wording] == ["甲。", "乙："]
    statute_texts.withdraw_text(bureau.engine, bureau.regulations, text_id, seen_version=1)
    with reading(bureau.engine) as session:
        assert site_law(session).has_place(preview.law, Place(1), on=ON) is None


def test_what_is_no_text_of_law_is_refused(bureau):
    def take(name, raw, **more):
        statute_texts.hand_in_text(
            bureau.engine,
            bureau.regulations,
            raw=raw,
            name=name,
            **({"title": "样例规定", "in_force": DAY} | more),
        )

    with pytest.raises(NoArticles):
        take("a.txt", "没有条文".encode())
    with pytest.raises(UnknownFormat):
        take("a.pdf", b"%PDF-1.7")
    with pytest.raises(BadValue):
        take("a.txt", TEXT.encode(), title=" ")
    with pytest.raises(BadValue):
        take("a.txt", TEXT.encode(), promulgated=date(2022, 1, 1))
    with pytest.raises(BadValue):
        take("a.txt", TEXT.encode(), ended=DAY)


def test_the_page_of_a_day_shows_the_versions_of_that_day(bureau):
    def state(on, key):
        page = law.law_page(bureau.engine, bureau.reviewer, on=on)
        found = next(each for each in page.statutes if each.law == key)
        return found.state, found.in_force

    key = "road-transport-regulation"
    assert state(date(2023, 7, 19), key) == ("in_force", date(2022, 5, 1))
    assert state(date(2023, 7, 20), key) == ("in_force", date(2023, 7, 20))
    assert state(date(2018, 1, 1), key) == ("later", date(2019, 3, 2))
    assert state(date(2026, 5, 1), "dangerous-chemicals-regulation")[0] == "ended"
    page = law.law_page(bureau.engine, bureau.reviewer, on=date(2023, 5, 1))
    limit = next(each for each in page.parameters if each.name == "publication_limit")
    assert limit.current is not None
    assert limit.current.value == 7
    assert "PUB001" in limit.checks
    old = law.law_page(bureau.engine, bureau.reviewer, on=date(2010, 1, 1))
    assert next(each for each in old.parameters if each.name == limit.name).current is None


def test_an_article_names_the_checks_that_rest_on_it(bureau):
    cards = law.articles(bureau.engine, bureau.reviewer, "administrative-penalty-law", in_force=DAY)
    assert len(cards) == 86
    article = next(card for card in cards if card.key == "42")
    assert "INQ001" in article.checks
    with pytest.raises(NotFound):
        law.articles(bureau.engine, bureau.reviewer, "no-such-law", in_force=DAY)
