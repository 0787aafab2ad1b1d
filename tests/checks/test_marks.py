"""By what one case touches another: hours of officers, acts of a vehicle or a party."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from review.checks.marks import is_earlier, is_same_act, marks_of, overlap
from review.facts.surroundings import Mark
from review.law.in_force import law_in_force
from tests.checks.building import case_of

LAW = law_in_force()
DAY = date(2023, 3, 7)


def hours(starts: str | None, ends: str | None) -> Mark:
    def moment(clock: str | None) -> datetime | None:
        return None if clock is None else datetime.fromisoformat(f"2023-03-07T{clock}")

    return Mark("officer", "10001", DAY, moment(starts), moment(ends))


def act(day: date | None = DAY, **detail: str) -> Mark:
    told = {"cause": "样例案由", "fine": "3000", "decision_no": "1", **detail}
    return Mark("plate", "苏A00001", day, detail=tuple(told.items()))


def kinds(facts: dict[str, Any], *documents: dict[str, Any]) -> list[str]:
    return [mark.kind for mark in marks_of(case_of({"facts": facts, "documents": documents}), LAW)]


@pytest.mark.parametrize(
    ("starts", "ends", "minutes"),
    [
        ("09:30", "10:00", 10),
        ("09:40", "10:00", 0),
        ("09:50", "10:00", -10),
        ("09:05", "09:15", 10),
    ],
)
def test_two_records_overlap_for_as_long_as_both_run(starts: str, ends: str, minutes: int) -> None:
    one, other = hours("09:00", "09:40"), hours(starts, ends)
    assert overlap(one, other) == overlap(other, one) == timedelta(minutes=minutes)


@pytest.mark.parametrize("open_one", [(None, "09:40"), ("09:00", None), (None, None)])
def test_a_record_without_both_times_overlaps_with_nothing(
    open_one: tuple[str | None, str | None],
) -> None:
    whole = hours("09:00", "10:00")
    assert overlap(hours(*open_one), whole) == overlap(whole, hours(*open_one)) == timedelta(0)


def test_the_same_act_has_day_cause_and_a_fine_by_another_decision() -> None:
    mine = act()
    assert is_same_act(mine, act(decision_no="2"))
    assert is_same_act(act(decision_no=""), act())
    assert not is_same_act(mine, act()), "the same decision, read twice"
    assert not is_same_act(mine, act(date(2023, 3, 8), decision_no="2")), "the day after"
    assert not is_same_act(act(None), act(None, decision_no="2")), "no day known"
    assert not is_same_act(mine, act(decision_no="2", cause="其他案由"))
    assert not is_same_act(act(cause=""), act(decision_no="2", cause="")), "no cause known"
    assert not is_same_act(mine, act(decision_no="2", fine="0")), "nothing was fined"
    assert not is_same_act(mine, act(decision_no="2", fine="")), "fine not known"


def test_earlier_means_decided_before_the_day_of_the_act() -> None:
    assert is_earlier(act(), act(decided_on="2023-03-06"))
    assert not is_earlier(act(), act(decided_on="2023-03-07")), "on the day itself"
    assert not is_earlier(act(), act(decided_on="")), "day of decision not known"
    assert not is_earlier(act(None), act(decided_on="2023-03-06")), "day of the act not known"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"party_name": "张甲"}, ["party"]),
        ({"party_name": "张"}, []),
        ({"party_name": "张*"}, []),
        ({"party_id": "12345678"}, ["party"]),
        ({"party_id": "1234567"}, []),
        ({"party_id": "3200****0011"}, []),
        ({"plate": "苏A00001"}, ["plate"]),
        ({}, []),
    ],
)
def test_a_party_is_known_by_a_whole_name_or_number(
    facts: dict[str, Any], expected: list[str]
) -> None:
    assert kinds(facts) == expected


def test_an_officer_has_hours_where_a_record_has_both_times() -> None:
    record = {"officers": [["样例甲", "10001"]], "started_at": "2023-03-07T09:10"}
    ended = {**record, "ended_at": "2023-03-07T09:55"}
    moment = {**record, "ended_at": "2023-03-07T09:10"}
    assert kinds({}, {"kind": "现场笔录", "facts": ended}) == ["officer"]
    assert kinds({}, {"kind": "现场笔录", "facts": record}) == []
    assert kinds({}, {"kind": "现场笔录", "facts": moment}) == []
