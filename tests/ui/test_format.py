"""Values written for people."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.i18n import speaking
from review.ui import format as written


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Decimal(0), "0"),
        (Decimal(1234567), "1,234,567"),
        (Decimal("1234.50"), "1,234.50"),
        (Decimal("0.05"), "0.05"),
        (None, "—"),
    ],
)
def test_money_has_separators_and_fen_only_where_there_are_any(amount, text):
    assert written.money(amount) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 B"),
        (1023, "1023 B"),
        (1024, "1 KB"),
        (1048575, "1024 KB"),
        (1048576, "1 MB"),
        (3 << 30, "3.0 GB"),
    ],
)
def test_sizes_use_the_largest_fitting_unit(count, text):
    assert written.size(count) == text


def test_a_day_is_iso_and_none_is_a_dash():
    assert written.day(date(2026, 3, 1)) == "2026-03-01"
    assert written.day(None) == "—"


def test_an_instant_is_shown_in_shanghai():
    assert written.moment(datetime(2026, 3, 1, 16, 30, tzinfo=UTC)) == "2026-03-02 00:30"
    assert written.moment(None) == "—"


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("fine_yuan", "30000", "30,000元"),
        ("fine_yuan", "1200.50", "1,200.5元"),
        ("decided_on", "2026-03-01", "2026-03-01"),
        ("seal", "true", "是"),
        ("seal", "false", "否"),
        ("procedure", "summary", "简易程序"),
        ("party_type", "individual_business", "个体工商户"),
        (
            "officers",
            '[{"name": "甲样例", "cert_no": "99"}, {"name": "乙样例"}]',
            "甲样例 (99)、乙样例",
        ),
        ("interviewees", '["甲", "乙"]', "甲、乙"),
        ("officers", "not json", "not json"),
        ("interviewees", "[]", "—"),
        ("cause", "", "—"),
        ("never_heard_of", "x", "x"),
    ],
)
def test_facts_are_written_by_their_kind(name, value, text):
    with speaking("zh"):
        assert written.fact_value(name, value) == text


def test_a_word_that_the_vocabulary_lacks_is_shown_as_it_is():
    assert written.word(written.SEVERITIES, "unheard") == "unheard"
    assert written.word(written.SEVERITIES, None) == "—"


@given(st.text())
def test_plain_text_leaves_no_markdown_that_acts(text):
    safe = written.plain(text)
    unescaped = re.sub(r"\\.", "", safe)
    assert not re.search(r"[\[\]<>`*_~$|:]", unescaped)


@given(st.text(alphabet=st.characters(blacklist_categories=("Cs",)), min_size=1))
def test_plain_text_loses_nothing(text):
    assert re.sub(r"\\(.)", r"\1", written.plain(text)).replace("  \n", "\n") == text


@pytest.mark.parametrize(
    "attack",
    [
        "![x](http://e.invalid/p.png)",
        ":material/home:",
        ":red[x]",
        "<img src=x>",
        "$x$",
        "`x`",
        "[a](b)",
    ],
)
def test_known_attacks_are_literal(attack):
    assert written.plain(attack) != attack
    assert "](" not in written.plain(attack).replace("\\]", "").replace("\\(", "")
