"""Deadlines: the day an item is due and how it stands to it."""

from datetime import date

import pytest

from review.errors import BadValue
from review.rectification.deadlines import (
    Urgency,
    deadline,
    due_on,
    is_overdue,
    refuse_past_deadline,
    steps_reached,
    urgency_word,
)
from review.rectification.tables import ItemState

DUE = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("issued", "days", "due"),
    [
        (date(2026, 6, 1), 15, date(2026, 6, 16)),
        (date(2026, 6, 5), 15, date(2026, 6, 22)),  # Saturday the 20th of the Dragon Boat break
        (date(2026, 9, 20), 15, date(2026, 10, 8)),  # the National Day break
        (date(2027, 12, 25), 20, date(2028, 1, 14)),  # beyond the known calendar: as counted
    ],
)
def test_the_last_day_rolls_over_a_day_off(issued: date, days: int, due: date) -> None:
    assert due_on(issued, days) == due


def test_less_than_a_day_is_refused() -> None:
    with pytest.raises(BadValue, match="at least 1"):
        due_on(DUE, 0)


@pytest.mark.parametrize(
    ("today", "urgency", "left"),
    [
        (date(2026, 6, 24), Urgency.IN_TIME, 6),
        (date(2026, 6, 25), Urgency.SOON, 5),
        (date(2026, 6, 30), Urgency.TODAY, 0),
        (date(2026, 7, 1), Urgency.OVERDUE, -1),
        (date(2026, 7, 6), Urgency.OVERDUE, -6),
        (date(2026, 7, 7), Urgency.SERIOUSLY_OVERDUE, -7),
    ],
)
def test_steps_of_urgency(today: date, urgency: Urgency, left: int) -> None:
    for state in (ItemState.TO_DO, ItemState.IN_WORK, ItemState.SENT_BACK):
        found = deadline(state, DUE, today)
        assert (found.due_on, found.urgency, found.days_left) == (DUE, urgency, left)
        assert is_overdue(state, DUE, today) is (left < 0)


def test_what_waits_for_the_verifier_is_not_overdue() -> None:
    late = date(2027, 1, 1)
    assert deadline(ItemState.SUBMITTED, DUE, late).urgency is Urgency.WAITING
    assert deadline(ItemState.CLOSED, DUE, late).urgency is Urgency.CLOSED
    assert not is_overdue(ItemState.SUBMITTED, DUE, late)


@pytest.mark.parametrize(
    ("today", "steps"),
    [
        (date(2026, 6, 29), ()),
        (date(2026, 6, 30), (0,)),
        (date(2026, 7, 2), (0,)),
        (date(2026, 7, 3), (0, 3)),
        (date(2026, 7, 7), (0, 3, 7)),
    ],
)
def test_steps_of_reminding(today: date, steps: tuple[int, ...]) -> None:
    assert steps_reached(ItemState.IN_WORK, DUE, today) == steps
    assert steps_reached(ItemState.SUBMITTED, DUE, today) == ()
    assert steps_reached(ItemState.CLOSED, DUE, today) == ()


def test_words() -> None:
    assert urgency_word(Urgency.OVERDUE, "zh") == "逾期"
    assert all(urgency_word(each, "en") for each in Urgency)


def test_a_new_deadline_is_not_in_the_past() -> None:
    refuse_past_deadline(DUE, DUE)
    with pytest.raises(BadValue, match="before today"):
        refuse_past_deadline(date(2026, 6, 29), DUE)
