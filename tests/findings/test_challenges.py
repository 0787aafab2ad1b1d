"""How published reviews stand to a challenged decision, and who had the last word."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.findings.challenges import (
    INSTANCE_WORDS,
    MISSED,
    OUTCOME_WORDS,
    OVERTURNING,
    STANDING_WORDS,
    UNREVIEWED,
    Instance,
    Outcome,
    ReviewSaid,
    Standing,
    last_words,
    standing,
    touches,
)

DAY = date(2026, 3, 10)


@dataclass(frozen=True)
class Fault:
    item_id: str = ""
    check_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    id: int
    case_id: int
    instance: Instance
    decided_on: date | None


def said(*faults: Fault, on: date = DAY) -> ReviewSaid:
    return ReviewSaid(on, faults)


POINT = ("item:PRO-12", "check:DEC004")


@pytest.mark.parametrize(
    ("concerns", "reviews", "expected"),
    [
        (POINT, (), Standing.NOT_REVIEWED),
        (POINT, (said(Fault("PRO-12"), on=DAY + timedelta(days=1)),), Standing.LATER),
        (POINT, (said(Fault("PRO-12")),), Standing.SEEN),
        (POINT, (said(Fault("", ("ACR001", "DEC004"))),), Standing.SEEN),
        (POINT, (said(Fault("DOC-01")), said(Fault("PRO-12"))), Standing.SEEN),
        (POINT, (said(Fault("DOC-01")),), Standing.OTHER),
        (POINT, (said(Fault("PRO-1")),), Standing.OTHER),
        (POINT, (said(),), Standing.PASSED),
        ((), (said(),), Standing.PASSED),
        ((), (said(Fault("PRO-12")),), Standing.NOT_LINKED),
        (
            POINT,
            (said(), said(Fault("PRO-12"), on=DAY + timedelta(days=1))),
            Standing.PASSED,
        ),
    ],
)
def test_only_what_was_published_by_the_day_of_the_outcome_counts(concerns, reviews, expected):
    assert standing(concerns, reviews, until=DAY) is expected


def test_of_an_open_proceeding_every_published_review_counts():
    assert standing(POINT, [said(Fault("PRO-12"))], until=None) is Standing.SEEN


def test_a_finding_without_item_or_check_touches_nothing():
    assert not touches(("item:", "check:"), Fault())


def test_a_later_instance_has_the_last_word():
    rows = [
        Row(1, 7, Instance.RECONSIDERATION, DAY),
        Row(2, 7, Instance.FIRST, DAY + timedelta(days=90)),
        Row(3, 7, Instance.SECOND, None),
        Row(4, 8, Instance.FIRST, DAY),
        Row(5, 8, Instance.SECOND, DAY),
        Row(6, 9, Instance.FIRST, None),
    ]
    assert last_words(rows) == {2, 5}


@given(
    st.lists(
        st.tuples(
            st.integers(1, 3),
            st.sampled_from(Instance),
            st.none() | st.dates(DAY, date(2027, 1, 1)),
        )
    )
)
def test_each_decided_case_has_one_last_word_and_the_order_of_rows_does_not_matter(given_rows):
    rows = [Row(number, *each) for number, each in enumerate(given_rows, 1)]
    found = last_words(rows)
    assert found == last_words(reversed(rows))
    by_id = {row.id: row for row in rows}
    assert sorted(by_id[key].case_id for key in found) == sorted(
        {row.case_id for row in rows if row.decided_on}
    )
    for key in found:
        own = [row for row in rows if row.case_id == by_id[key].case_id and row.decided_on]
        assert by_id[key].decided_on == max(row.decided_on for row in own)


def test_every_word_is_said_in_both_languages():
    for words, kinds in (
        (INSTANCE_WORDS, Instance),
        (OUTCOME_WORDS, Outcome),
        (STANDING_WORDS, Standing),
    ):
        assert set(words) == set(kinds)
        assert all(zh and en for zh, en in words.values())


def test_an_outcome_that_leaves_the_decision_alone_overturns_nothing():
    assert {Outcome.UPHELD, Outcome.DISMISSED, Outcome.WITHDRAWN, Outcome.MEDIATED, Outcome.ENDED,
            Outcome.NOT_ACCEPTED} == set(Outcome) - OVERTURNING  # fmt: skip
    assert MISSED | UNREVIEWED | {Standing.SEEN, Standing.NOT_LINKED} == set(Standing)
