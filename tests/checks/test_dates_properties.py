"""Properties of the checks that compare dates: later is never better, and never both."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.checks.catalogue import by_id
from review.checks.check import Outcome
from review.checks.run import run_one
from review.law.in_force import law_in_force
from tests.checks.building import case_of

LAW_IN_FORCE_ON = date(2021, 7, 15)
LAW = law_in_force()
STARTS = st.dates(date(2021, 7, 15), date(2026, 4, 1))
LIMITS = [
    ("FIL001", "found_on", "filed_on", "ordinary", 7),
    ("DEC004", "filed_on", "decided_on", "ordinary", 90),
    ("SER001", "decided_on", "served_on", "ordinary", 7),
    ("PUB001", "decided_on", "published_on", "ordinary", 7),
    ("SUM002", "decided_on", "reported_on", "summary", 5),
    ("ARC002", "closed_on", "archived_on", "ordinary", 30),
]


def outcome(check_id: str, procedure: str, **facts: date) -> Outcome:
    check = by_id(check_id)
    assert check is not None
    spec = {
        "procedure": procedure,
        "facts": facts,
        "documents": [{"kind": "行政处罚决定书"}],
    }
    return run_one(check, case_of(spec), LAW).outcome


@pytest.mark.parametrize(("check_id", "start", "end", "procedure", "limit"), LIMITS)
@settings(max_examples=40, deadline=None)
@given(day=STARTS, days=st.integers(0, 200), more=st.integers(1, 60))
def test_a_later_end_never_turns_a_failure_into_a_pass(  # noqa: PLR0917
    check_id: str, start: str, end: str, procedure: str, limit: int, day: date, days: int, more: int
) -> None:
    sooner = outcome(check_id, procedure, **{start: day, end: day + timedelta(days=days)})
    later = outcome(check_id, procedure, **{start: day, end: day + timedelta(days=days + more)})
    assert sooner in (Outcome.PASS, Outcome.FAIL)
    assert not (sooner is Outcome.FAIL and later is Outcome.PASS)
    if days <= limit:
        assert sooner is Outcome.PASS


@pytest.mark.parametrize(("check_id", "start", "end", "procedure", "limit"), LIMITS)
@settings(max_examples=20, deadline=None)
@given(day=STARTS, days=st.integers(0, 200))
def test_a_missing_day_is_always_unknown(  # noqa: PLR0917
    check_id: str, start: str, end: str, procedure: str, limit: int, day: date, days: int
) -> None:
    assert outcome(check_id, procedure, **{start: day}) is Outcome.UNKNOWN
    other = day + timedelta(days=days)
    assert outcome(check_id, procedure, **{end: other}) is Outcome.UNKNOWN


@settings(max_examples=60, deadline=None)
@given(day=STARTS, days=st.integers(-5, 30), waived=st.booleans())
def test_a_waiver_never_makes_the_time_for_a_defence_worse(
    day: date, days: int, waived: bool
) -> None:
    spec = {
        "facts": {"notice_served_on": day, "decided_on": day + timedelta(days=days)},
        "documents": [{"kind": "行政处罚决定书"}],
    }
    check = by_id("NOT003")
    assert check is not None
    without = run_one(check, case_of(spec), LAW).outcome
    spec["facts"] = {**spec["facts"], "defence_waived": True}  # type: ignore[dict-item]  # a YAML-like spec
    with_waiver = run_one(check, case_of(spec), LAW).outcome
    if without is Outcome.PASS:
        assert with_waiver is Outcome.PASS
    if days < 0 and day + timedelta(days=days) >= LAW_IN_FORCE_ON:
        assert without is with_waiver is Outcome.FAIL
