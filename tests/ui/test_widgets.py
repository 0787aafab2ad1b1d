"""The parts that pages share: markup of pages and timelines, provisions, table cells."""

import re
from dataclasses import dataclass
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from review.i18n import speaking
from review.services.case_files.timelines import Event
from review.services.rules.editions import Words
from review.ui.widgets import viewer
from review.ui.widgets.law import provision
from review.ui.widgets.timeline import _event


@dataclass
class Paper:
    width: float = 600
    height: float = 800
    number: int | None = 3
    view_url: str = "/page/7/view?v=abc"


def marks(boxes, page=None):
    return re.findall(
        r"left:([\d.-]+)%;top:([\d.-]+)%;width:([\d.-]+)%;height:([\d.-]+)%",
        viewer._marks(page or Paper(), boxes),
    )


def test_a_mark_lies_where_the_words_are_in_percent_of_the_page():
    ((left, top, width, height),) = marks([(61, 81, 119, 99)])
    assert (left, top, width, height) == ("10.000", "10.000", "10.000", "2.500")


def test_each_line_of_wrapped_words_has_its_mark():
    assert len(marks([(1, 1, 9, 9), (1, 20, 9, 29)])) == 2


@pytest.mark.parametrize("page", [Paper(width=0), Paper(height=0)])
def test_a_page_of_no_size_gets_no_mark(page):
    assert marks([(1, 1, 2, 2)], page) == []
    assert viewer._close_up(page, [(1, 1, 2, 2)]) == ""


def test_an_address_cannot_leave_its_attribute():
    markup = viewer._image(Paper(view_url='/page/7/view"><script>alert(1)</script>'))
    assert "<script>" not in markup


def test_quoted_words_are_marked_and_the_rest_is_escaped():
    assert viewer._marked("前<b>甲</b>后", ["甲"]) == "前&lt;b&gt;<mark>甲</mark>&lt;/b&gt;后"
    assert viewer._marked("没有", ["甲"]) == "没有"


def event(**more):
    values = {
        "name": "decided_on",
        "title": Words("决定日", "Decision"),
        "on": date(2026, 6, 21),
        "fact_id": 1,
        "due_on": date(2026, 6, 4),
        "days_over": 17,
        "state": "late",
        "law": "administrative-penalty-law#art-60",
        "limit": Words("办案期限：90 日", "90 days"),
        "confirmed": True,
    }
    return Event(**(values | more))


def test_a_late_event_says_by_how_much_and_under_which_law():
    with speaking("zh"):
        drawn = _event(event())
    assert "超期 17 天" in drawn
    assert "最迟 2026-06-04" in drawn
    assert "第六十条" in drawn
    assert 'class="cr-late"' in drawn


def test_an_event_without_limit_has_no_chip():
    drawn = _event(event(due_on=None, days_over=0, state="", law="", limit=None))
    assert "cr-chip" not in drawn


def test_words_of_an_event_are_escaped():
    assert "<i>" not in _event(event(title=Words("<i>决定</i>", "<i>x</i>")))


def test_a_limit_that_nobody_confirmed_says_so():
    with speaking("en"):
        assert "not confirmed" in _event(event(confirmed=False))


def test_a_provision_is_written_in_the_language():
    with speaking("zh"):
        assert provision("administrative-penalty-law/2021-07-15#art-60") == (
            "《行政处罚法》第六十条（2021-07-15 施行）"
        )
    with speaking("en"):
        assert (
            provision("administrative-penalty-law#art-60") == "Administrative Penalty Law art. 60"
        )


@pytest.mark.parametrize("text", ["市局评查通知", "no-such-law#art-1", ""])
def test_what_is_no_citation_stays_as_it_is(text):
    assert provision(text) == text


def draw_sample_table():
    from datetime import date
    from decimal import Decimal

    from review.ui.format import SEVERITIES
    from review.ui.widgets.tables import Column, table

    rows = [
        ("a", Decimal("1234.5"), date(2026, 1, 2), "veto", 50),
        (None, None, None, None, None),
    ]
    table(
        rows,
        [
            Column("text", lambda row: row[0]),
            Column("money", lambda row: row[1], "money"),
            Column("day", lambda row: row[2], "day"),
            Column("states", lambda row: row[3], "states", vocabulary=SEVERITIES),
            Column("share", lambda row: row[4], "share"),
        ],
        key="sample",
    )


def test_a_table_shows_no_none_and_no_nan():
    app = AppTest.from_function(draw_sample_table, default_timeout=300).run()
    assert not app.exception
    frame = app.dataframe[0].value
    assert list(frame["c0"]) == ["a", "—"]
    assert list(frame["c1"]) == ["1,234.50", "—"]
    assert list(frame["c2"]) == ["2026-01-02", "—"]
    assert [list(each) for each in frame["c3"]] == [["重大"], ["—"]]
    assert list(frame["c4"]) == [50.0, 0.0]
