"""The law of a case by its day: versions, what is confirmed, and what is held only for later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from review.common.dates import DayOverride, calendar_of
from review.errors import LawNotInForce
from review.law.fines import Circumstances, RangeNotComputable
from review.law.in_force import day_of, law_in_force
from review.law.statute import Library, Statute, Wording
from tests.checks.building import case_of

LAW = law_in_force()
PENALTY = "administrative-penalty-law"
ROAD = "road-transport-regulation"


def test_the_day_of_a_case_is_that_of_the_decision_else_the_best_that_is_read() -> None:
    days = ("decided_on", "served_on", "notice_on", "filed_on", "act_on", "found_on")
    facts = {name: date(2023, 1, number) for number, name in enumerate(days, 1)}
    for name in days:
        assert day_of(case_of({"facts": facts})) == facts.pop(name)
    assert day_of(case_of({})) is None


def test_what_is_no_date_dates_no_case() -> None:
    case = case_of({"facts": {"decided_on": date(2023, 3, 27), "notice_on": date(2023, 3, 17)}})
    unread = replace(case.merged["decided_on"], value="样例")
    assert day_of(replace(case, merged={**case.merged, "decided_on": unread})) == date(2023, 3, 17)


def test_a_source_is_cited_in_the_version_of_the_case() -> None:
    source = f"{ROAD}#art-63"
    old = case_of({"facts": {"decided_on": date(2023, 7, 19)}})
    new = case_of({"facts": {"decided_on": date(2023, 7, 20)}})
    assert LAW.resolve(source, old) == f"{ROAD}/2022-05-01#art-63"
    assert LAW.resolve(source, new) == f"{ROAD}/2023-07-20#art-63"
    newest = LAW.library.versions(ROAD)[0].in_force
    assert LAW.resolve(source, case_of({})) == f"{ROAD}/{newest}#art-63"
    dated = f"{ROAD}/2022-05-01#art-63"
    assert LAW.resolve(dated, new) == LAW.resolve(dated, case_of({})) == dated
    unheld = "unheld-law#art-1"
    assert LAW.resolve(unheld, new) == LAW.resolve(unheld, case_of({})) == unheld
    assert LAW.cite(source, on=date(1990, 1, 1)) == source


@pytest.mark.parametrize(
    ("citation", "is_confirmed"),
    [
        (f"{PENALTY}/2021-07-15#art-60", True),
        (f"{PENALTY}#art-60", True),
        (f"{PENALTY}/2000-01-01#art-60", False),
        ("transport-enforcement-procedure/2021-07-15#art-77", False),
        ("unheld-law#art-1", False),
    ],
)
def test_only_what_is_held_and_confirmed_is_confirmed(citation: str, is_confirmed: bool) -> None:
    for _ in range(2):  # asked again, the answer is the same
        assert LAW.is_confirmed(citation) is is_confirmed


@pytest.mark.parametrize(
    ("source", "day", "since"),
    [
        (f"{PENALTY}#art-42", date(2021, 7, 14), "2021-07-15"),
        (f"{PENALTY}#art-42", date(2021, 7, 15), None),
        (f"{PENALTY}/2021-07-15#art-42", date(2021, 7, 14), None),
        (f"{PENALTY}#art-999", date(2021, 7, 14), None),
        (PENALTY, date(2021, 7, 14), None),
        (PENALTY, date(1990, 1, 1), "1996-10-01"),
        ("unheld-law#art-1", date(2021, 7, 14), None),
    ],
)
def test_a_text_held_only_for_later_days_is_told(source: str, day: date, since: str | None) -> None:
    found = LAW.only_later(source, on=day)
    assert (found and str(found.in_force)) == since


def test_a_text_of_an_earlier_day_is_no_later_one() -> None:
    def version(in_force: date, structure: dict[str, str]) -> Statute:
        return Statute(
            law="sample-law", title=Wording(zh="样例法", en="Sample"), in_force=in_force,
            is_whole=False, confirmed=True, structure=structure,
        )  # fmt: skip

    early, late = version(date(2020, 1, 1), {"1": "0"}), version(date(2022, 1, 1), {})
    law = replace(LAW, library=Library([early, late]))
    source = "sample-law#art-1"
    assert law.only_later(source, on=date(2023, 1, 1)) is None
    assert law.only_later(source, on=date(2021, 1, 1)) is None
    assert law.only_later(source, on=date(2019, 1, 1)) == early


def test_a_value_of_no_known_name_is_refused() -> None:
    with pytest.raises(LawNotInForce):
        LAW.parameter("sample_limit", on=date(2023, 1, 1))


def test_a_site_keeps_the_law_and_adds_its_own() -> None:
    assert LAW.for_site() == LAW
    assert LAW.for_site().calendar is LAW.calendar
    own = calendar_of([DayOverride(date(2023, 6, 6), is_working=False, source="样例通知")])
    assert LAW.for_site(own).calendar is own


def test_the_figures_of_the_overload_fine_hold_from_their_day() -> None:
    assert LAW.overload_rule(date(1990, 1, 1)) is None
    rule = LAW.overload_rule(date(2023, 3, 7))
    assert rule is not None
    assert (rule.step_kg, rule.per_step_yuan, rule.cap_yuan, rule.rounding) == (
        1000, 500, 30000, "floor",
    )  # fmt: skip


def test_an_overload_is_fined_by_the_figures_of_the_day_of_the_act() -> None:
    cause = next(each for each in LAW.causes if each.key == "overload")
    day = date(2023, 3, 7)
    found = LAW.fine_range(cause, Circumstances(day, day, over_kg=3999))
    assert found is not None
    assert (found.least, found.most) == (1500, 1500)
    with pytest.raises(RangeNotComputable, match="act_on"):
        LAW.fine_range(cause, Circumstances(None, day, over_kg=3999))
