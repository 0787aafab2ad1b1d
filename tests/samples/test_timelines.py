"""The clean cases keep every limit; each planned breach is one."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from samples.cases import Case
from samples.catalogue import cases
from samples.desk import Desk
from samples.workdays import is_working_day, working_day_after, working_days_between

ALL = {case.key: case for case in cases()}
CLEAN = [case for case in ALL.values() if not case.defects]
FLAWED = [case for case in ALL.values() if case.defects]
PLANTED = [
    "01",
    "02",
    "04",
    "05",
    "06",
    "07",
    "08",
    "12",
    "18",
    "19",
    "28",
    "31",
    "34",
    "35",
    "36",
    "48",
    "49",
    "51",
    "53",
    "63",
    "64",
    "70",
    "71",
    "74",
    "75",
    "79",
    "84",
    "85",
    "86",
]


def by_key(case: Case) -> str:
    return case.key


def test_there_are_eight_clean_and_twelve_flawed_cases() -> None:
    assert (len(CLEAN), len(FLAWED)) == (8, 12)
    assert len({case.number for case in ALL.values()}) == 20


def test_every_defect_of_the_list_is_planted_exactly_once() -> None:
    planted = sorted(defect for case in FLAWED for defect in case.defects)
    assert planted == [f"D-{number}" for number in PLANTED]
    assert all(1 <= len(case.defects) <= 3 for case in FLAWED)


def test_procedures_and_formats_are_all_there() -> None:
    assert {case.procedure for case in ALL.values()} == {"ordinary", "hearing", "summary", "waived"}
    assert {case.format for case in ALL.values()} == {"pdf", "scan", "docx", "zip", "zip-gbk"}
    assert {case.family for case in ALL.values()} == {"ruled", "lines", "prose"}
    assert len({case.sheet for case in ALL.values()}) >= 9


@pytest.mark.parametrize("case", ALL.values(), ids=by_key)
def test_steps_fall_on_working_days_except_acts(case: Case) -> None:
    dates = case.dates
    steps = (
        dates.filed,
        dates.interviewed,
        dates.notice_served,
        dates.discussed,
        dates.decided,
        dates.closed,
    )
    assert [day for day in steps if day and not is_working_day(day)] == []


def steps_in_order(case: Case) -> list[date]:
    dates = case.dates
    steps = (
        dates.found_on,
        dates.filed,
        dates.interviewed,
        dates.reported,
        dates.reviewed,
        dates.noticed,
        dates.notice_served,
        dates.heard,
        dates.reviewed_again,
        dates.discussed,
        dates.approved,
        dates.decided,
        dates.served,
        dates.paid,
        dates.closed,
        dates.archived,
    )
    return [day for day in steps if day]


@pytest.mark.parametrize("case", CLEAN, ids=by_key)
def test_clean_cases_go_forward_in_time(case: Case) -> None:
    assert all(earlier <= later for earlier, later in pairwise(steps_in_order(case)))


@pytest.mark.parametrize("case", CLEAN, ids=by_key)
def test_clean_cases_keep_the_limits(case: Case) -> None:
    dates = case.dates
    assert working_days_between(dates.decided, dates.served) <= 7
    assert dates.published
    assert working_days_between(dates.decided, dates.published) <= 7
    if dates.filed:
        assert working_days_between(dates.found_on, dates.filed) <= 7
        assert dates.decided - dates.filed <= timedelta(days=90)
    if dates.paid:
        assert dates.paid <= dates.served + timedelta(days=15)
    if dates.registered_with_bureau:
        assert working_days_between(dates.decided, dates.registered_with_bureau) <= 5
    if dates.notice_served and not dates.waived:
        assert dates.decided > working_day_after(dates.notice_served, 5)
    if dates.copied:
        assert working_days_between(dates.decided, dates.copied) <= 7
    assert case.officers[0].cert_no != case.officers[1].cert_no
    assert case.agency.legal_reviewer not in {officer.name for officer in case.officers}


@pytest.mark.parametrize("case", [c for c in CLEAN if c.procedure == "summary"], ids=by_key)
def test_clean_summary_fines_keep_the_limit_of_the_party(case: Case) -> None:
    assert case.fine <= (3000 if case.company else 200)


def test_hearings_keep_seven_clear_working_days_and_the_seizure_its_term() -> None:
    for key in ("c05", "f08"):
        dates = ALL[key].dates
        assert dates.heard
        assert dates.hearing_notified
        assert dates.hearing_requested
        assert dates.notice_served
        assert dates.hearing_requested <= working_day_after(dates.notice_served, 5)
        assert working_days_between(dates.hearing_notified, dates.heard) > 8
        assert dates.seized_until == dates.found_on + timedelta(days=30)
        assert dates.extended
        assert dates.extended <= dates.seized_until
        assert dates.extended_until == dates.seized_until + timedelta(days=30)
        assert dates.released
        assert dates.released <= dates.extended_until
        assert dates.reviewed_again
        assert dates.reviewed_again > dates.heard


@pytest.mark.parametrize(
    "case", [c for c in ALL.values() if c.cause.matter == "overload"], ids=by_key
)
def test_overload_fines_follow_the_formula_unless_planted(case: Case) -> None:
    right = case.vehicle.over_kg // 1000 * 500
    assert (case.fine == right) is not case.has("D-36")
    assert case.vehicle.after_kg <= case.vehicle.limit_kg


def test_the_ninetieth_day_is_lawful_and_the_ninety_sixth_is_not() -> None:
    lawful, late = ALL["c03"].dates, ALL["f09"].dates
    assert lawful.filed
    assert late.filed
    assert (lawful.decided - lawful.filed).days == 90
    assert (late.decided - late.filed).days == 96


def test_planted_delays_are_delays() -> None:
    late_filing = ALL["f03"].dates
    assert late_filing.filed
    assert working_days_between(late_filing.found_on, late_filing.filed) > 7
    late_service = ALL["f08"].dates
    assert working_days_between(late_service.decided, late_service.served) == 10
    late_publication = ALL["f05"].dates
    assert late_publication.published
    assert working_days_between(late_publication.decided, late_publication.published) == 12
    late_report = ALL["f10"].dates
    assert late_report.registered_with_bureau
    assert working_days_between(late_report.decided, late_report.registered_with_bureau) == 8
    hasty = ALL["f12"].dates
    assert hasty.decided == hasty.notice_served
    assert hasty.paid
    assert hasty.paid < hasty.decided


def test_reconsideration_organs_follow_the_date_of_the_decision() -> None:
    for case in ALL.values():
        text = Desk(case).remedies()
        assert case.agency.government in text
        assert (case.agency.superior in text) is (case.dates.decided < date(2024, 1, 1))


def test_fines_lie_in_the_range_unless_planted() -> None:
    ranges = {
        "freight": (3000, 10000),
        "passenger": (10000, 100000),
        "ridehailing": (3000, 10000),
        "inspection": (1000, 5000),
        "qualification": (200, 2000),
    }
    for case in ALL.values():
        if case.cause.matter in ranges:
            low, high = ranges[case.cause.matter]
            assert (case.fine < low) is case.has("D-34")
            assert (case.fine > high) is case.has("D-35")
