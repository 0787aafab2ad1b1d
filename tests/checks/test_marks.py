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
    assert is_same_act(act(decision_no=""), act(decision_no=""))
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


def marks(facts: dict[str, Any], *documents: dict[str, Any], **more: Any) -> dict[str, Mark]:
    """The marks of one case by kind; the last of each."""
    case = case_of({"facts": facts, "documents": documents, **more})
    return {mark.kind: mark for mark in marks_of(case, LAW)}


RECORD = {
    "officers": [["样例甲", "10001"]],
    "started_at": "2023-03-07T09:10",
    "ended_at": "2023-03-07T09:55",
}


def test_the_hours_of_an_officer_tell_paper_place_and_page() -> None:
    found = marks({}, {"kind": "现场笔录", "facts": {**RECORD, "place": "样例路口"}})["officer"]
    told = {name: found.of(name) for name in ("title", "place", "page", "officer", "recognized")}
    assert told == {
        "title": "现场笔录", "place": "样例路口", "page": "2", "officer": "样例甲", "recognized": "",
    }  # fmt: skip
    assert (found.key, found.day) == ("10001", DAY)
    assert found.ends_at - found.starts_at == timedelta(minutes=45)  # type: ignore[operator]  # both are read
    titled = {"kind": "现场笔录", "title": "检查笔录", "pages": (5, 6), "facts": RECORD}
    named = marks({}, titled)["officer"]
    assert (named.of("title"), named.of("page")) == ("检查笔录", "5")
    scanned = marks({}, {"kind": "询问笔录", "facts": RECORD, "recognized": True})["officer"]
    assert scanned.of("recognized") == "yes"
    word = {"kind": "现场笔录", "title": "", "facts": RECORD, "word": True}
    unpaged = marks({}, word)["officer"]
    assert (unpaged.of("title"), unpaged.of("page")) == ("现场笔录", "")


def test_an_officer_without_number_is_known_by_name_and_without_either_not_at_all() -> None:
    named = {**RECORD, "officers": [["样例甲", None]]}
    assert marks({}, {"kind": "现场笔录", "facts": named})["officer"].key == "样例甲"
    nameless = {**RECORD, "officers": [["", None]]}
    assert kinds({}, {"kind": "现场笔录", "facts": nameless}) == []
    assert kinds({}, {"kind": "案件调查报告", "facts": RECORD}) == []
    unread = {**RECORD, "started_at": None}
    del unread["started_at"]
    assert kinds({}, {"kind": "现场笔录", "facts": unread}) == []


PASSENGER = "未取得道路运输经营许可擅自从事道路客运经营"


def test_an_act_tells_cause_fine_and_decision_where_they_are_known() -> None:
    facts = {
        "plate": "苏A00001", "cause": PASSENGER, "fine_yuan": 3000, "act_on": DAY,
        "found_on": date(2023, 3, 9), "decided_on": date(2023, 3, 27), "party_type": "citizen",
    }  # fmt: skip
    decision = {"kind": "行政处罚决定书", "facts": {"document_no": "样1号"}}
    record = {"kind": "现场笔录", "facts": {"started_at": "2023-03-07T09:10"}}
    found = marks(facts, record, decision)["plate"]
    told = {name: found.of(name) for name in ("cause", "fine", "decided_on", "decision_no")}
    assert told == {
        "cause": "passenger-without-permit", "fine": "3000", "decided_on": "2023-03-27",
        "decision_no": "样1号",
    }  # fmt: skip
    assert (found.day, found.of("procedure"), found.of("party_type")) == (
        DAY,
        "ordinary",
        "citizen",
    )
    assert found.starts_at == datetime(2023, 3, 7, 9, 10)  # noqa: DTZ001  (as records write it)
    bare = marks({"plate": "苏A00001", "found_on": date(2023, 3, 9)})["plate"]
    told = {name: bare.of(name) for name in ("cause", "fine", "decided_on", "decision_no")}
    assert set(told.values()) == {""}
    assert (bare.day, bare.starts_at) == (date(2023, 3, 9), None)
    late = marks({"plate": "苏A00001"}, {"kind": "现场笔录"}, record)["plate"]
    assert late.starts_at == datetime(2023, 3, 7, 9, 10)  # noqa: DTZ001  (the first that has one)


@pytest.mark.parametrize("plate", ["无牌", "无", "未悬挂号牌", " "])
def test_a_vehicle_without_a_plate_leaves_no_mark(plate: str) -> None:
    assert kinds({"plate": plate}) == []


def test_a_party_says_by_which_it_is_known() -> None:
    case = case_of({"facts": {"party_id": "91320000MA1XYZ0001", "party_name": "样例公司"}})
    assert [(mark.key, mark.of("by")) for mark in marks_of(case, LAW)] == [
        ("91320000MA1XYZ0001", "number"),
        ("样例公司", "name"),
    ]


AMOUNT = {"cause": PASSENGER, "fine_yuan": 3000, "party_type": "citizen", "act_on": DAY}
STAGED = {"kind": "行政处罚决定书", "facts": {"discretion_stage": "一般"}}


def test_a_fine_is_compared_by_cause_party_and_stage() -> None:
    found = marks(AMOUNT, STAGED)["amount"]
    assert found.key == "passenger-without-permit|citizen|一般"
    assert (found.day, found.of("fine")) == (DAY, "3000")


@pytest.mark.parametrize(
    "left_out", ["cause", "fine_yuan", "party_type", "discretion_stage", "decision", "fine of 0"]
)
def test_a_fine_without_all_of_them_is_not_compared(left_out: str) -> None:
    facts: dict[str, Any] = {key: value for key, value in AMOUNT.items() if key != left_out}
    if left_out == "fine of 0":
        facts["fine_yuan"] = 0
    decision = {"kind": "行政处罚决定书"} if left_out == "discretion_stage" else STAGED
    documents = () if left_out == "decision" else (decision,)
    assert "amount" not in marks(facts, *documents)


def test_pictures_are_marks_and_every_mark_comes_once() -> None:
    case = case_of({"facts": {"plate": "苏A00001"}, "documents": [
        {"kind": "现场笔录", "facts": RECORD}, {"kind": "现场笔录", "facts": RECORD},
    ]})  # fmt: skip
    found = marks_of(case, LAW, ["ab", "cd", "ab"])
    assert [mark.key for mark in found if mark.kind == "photo"] == ["ab", "cd"]
    assert len(found) == len(set(found))
