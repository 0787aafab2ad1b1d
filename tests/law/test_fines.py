"""How a range follows from the law's words: ends, thresholds, steps, and the lighter of two."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from review.errors import BadDataFile
from review.law.fines import (
    Cause,
    Circumstances,
    FineRange,
    OverloadRule,
    RangeNotComputable,
    change_of,
    load_causes,
    match_cause,
    overload_fine,
    range_of,
)
from review.law.statute import Wording

OLD, NEW = date(2020, 1, 1), date(2023, 7, 20)
ACT = date(2023, 7, 10)
RULE = OverloadRule(1000, Decimal(500), Decimal(30000), "floor")


def cause_with(*fines: dict[str, Any], since: tuple[date, ...] = (OLD, NEW)) -> Cause:
    """A cause whose versions begin on `since`, one fine each."""
    return Cause.model_validate(
        {
            "name": {"zh": "样例行为", "en": "sample act"},
            "words": [["样例"]],
            "versions": [
                {"since": day, "basis": ["sample-law#art-1"], "fine": fine, "confirmed": True}
                for day, fine in zip(since, fines, strict=False)
            ],
        }
    )


def lawful(*fines: dict[str, Any], **given: Any) -> FineRange:
    day = given.pop("act_on", ACT)
    decided = given.pop("decided_on", None)
    found = range_of(cause_with(*fines), Circumstances(day, decided, **given), RULE)
    assert found is not None
    return found


def between(least: int, most: int | None, **more: Any) -> dict[str, Any]:
    return {"kind": "range", "min": least, "max": most, **more}


def test_a_version_holds_from_its_very_day() -> None:
    cause = cause_with(between(1, 2), between(3, 4))
    found = [cause.on(day) for day in (date(2019, 12, 31), OLD, date(2023, 7, 19), NEW)]
    assert [each and each.since for each in found] == [None, OLD, OLD, NEW]
    backwards = cause_with(between(3, 4), between(1, 2), since=(NEW, OLD))
    assert [each and each.since for each in map(backwards.on, (OLD, NEW))] == [OLD, NEW]


@pytest.mark.parametrize(
    ("text", "is_meant"),
    [
        ("样例车辆超限", True),
        ("样例船舶超限", True),
        ("车辆超限", False),
        ("样例超限", False),
        ("样例车辆超限（危险货物）", False),
    ],
)
def test_a_cause_is_meant_by_one_word_of_each_group_and_by_none_of_another(
    text: str, is_meant: bool
) -> None:
    cause = Cause(
        name=Wording(zh="样例", en="sample"),
        words=(("样例",), ("车辆", "船舶")),
        without=("危险", "有毒"),
    )
    assert cause.matches(text) is is_meant


def test_words_that_fit_two_causes_mean_none() -> None:
    one = cause_with(between(1, 2))
    other = one.model_copy(update={"words": (("行为",),)})
    assert match_cause([one, other], "样例") is one
    assert match_cause([one, other], "行为") is other
    assert match_cause([one, other], "样例行为") is None
    assert match_cause([one, other], "其他") is None


GAINS = {"kind": "gains", "threshold": 20000, "times_min": 2, "times_max": 10}


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        (between(100, 1000), {"kind": "none"}, "cancelled"),
        ({"kind": "none"}, {"kind": "none"}, None),
        ({"kind": "none"}, between(100, 1000), None),
        (between(100, 1000), between(50, 1000), "lowered"),
        (between(100, 1000), between(100, 900), "lowered"),
        (between(100, 1000), between(100, 1000), None),
        (between(100, 1000), between(50, 1001), None),
        (between(100, 1000), between(101, 900), None),
        (between(100, 1000), between(100, None), None),
        (between(100, None), between(100, 900), None),
        ({"kind": "overload"}, between(1, 2), None),
        (
            {**GAINS, "below": {"min": 30000, "max": 100000}},
            {**GAINS, "below": {"min": 10000, "max": 100000}},
            "lowered",
        ),
        (
            between(100, 1000, by_party={"citizen": {"min": 1, "max": 2}}),
            between(50, 900),
            None,
        ),
    ],
)
def test_a_version_cancels_or_lowers_the_fine_of_the_one_before(
    old: dict[str, Any], new: dict[str, Any], change: str | None
) -> None:
    cause = cause_with(old, new)
    assert change_of(cause, cause.versions[1]) == change
    assert change_of(cause, cause.versions[0]) is None


def test_a_change_is_told_against_the_version_just_before() -> None:
    days = (date(2018, 1, 1), OLD, NEW)
    cause = cause_with(between(10, 90), between(100, 1000), between(50, 1000), since=days)
    assert change_of(cause, cause.versions[2]) == "lowered"


@pytest.mark.parametrize(
    ("fine", "yuan", "is_lawful"),
    [
        (between(200, 2000), "199.99", False),
        (between(200, 2000), "200", True),
        (between(200, 2000), "2000", True),
        (between(200, 2000), "2000.01", False),
        (between(200, None), "900000", True),
        (between(200, 2000), "0", False),
        (between(0, 2000), "0", True),
        (between(200, 2000, optional=True), "0", True),
        (between(20, 200, warning=True), "0", True),
        ({"kind": "none"}, "0", True),
        ({"kind": "none"}, "50", False),
    ],
)
def test_both_ends_belong_to_a_range_and_only_a_may_allows_no_fine(
    fine: dict[str, Any], yuan: str, is_lawful: bool
) -> None:
    assert lawful(fine).allows(Decimal(yuan)) is is_lawful


@pytest.mark.parametrize(
    ("gains", "serious", "span", "taken"),
    [
        (None, False, (30000, 100000), 0),
        (19999, False, (30000, 100000), 19999),
        (20000, False, (40000, 200000), 20000),
        (20000, True, (40000, 200000), 20000),
        (19999, True, (60000, 120000), 19999),
    ],
)
def test_gains_from_the_threshold_on_are_multiplied(
    gains: int | None, serious: bool, span: tuple[int, int], taken: int
) -> None:
    fine = {
        **GAINS,
        "below": {"min": 30000, "max": 100000},
        "serious": {"min": 60000, "max": 120000},
    }
    given = None if gains is None else Decimal(gains)
    found = lawful(fine, gains_yuan=given, is_serious=serious)
    assert (found.least, found.most, found.confiscate_yuan) == (*span, taken)
    assert (found.higher is None) is (serious or span[0] == 40000)


def test_the_higher_band_needs_its_words_and_a_refusal_is_for_a_person() -> None:
    higher = {"min": 5000, "max": 9000}
    serious = between(100, 900, serious=higher)
    refusal = between(100, 900, serious=higher, escalation="refusal")
    plain, applied = lawful(serious), lawful(serious, is_serious=True)
    assert (plain.least, plain.higher and plain.higher.min) == (100, 5000)
    assert (applied.least, applied.most, applied.higher) == (5000, 9000, None)
    assert not plain.higher_after_refusal
    refused = lawful(refusal, is_serious=True)
    assert (refused.least, refused.higher_after_refusal) == (100, True)
    assert lawful(between(100, 900), is_serious=True).most == 900


@pytest.mark.parametrize(
    ("party", "most"),
    [("citizen", 2000), ("organization", 50000), ("individual_business", 2000), ("other", 7000)],
)
def test_a_range_by_party_counts_an_individual_business_as_a_citizen(party: str, most: int) -> None:
    bands = {"citizen": {"max": 2000}, "organization": {"max": 50000}}
    fine = between(0, 7000, by_party=bands)
    assert lawful(fine, party_type=party).most == most
    own = between(0, 7000, by_party={**bands, "individual_business": {"max": 8000}})
    assert lawful(own, party_type="individual_business").most == 8000


@pytest.mark.parametrize(
    ("over_kg", "yuan"),
    [(0, 0), (999, 0), (1000, 0), (1001, 500), (1999, 500), (2000, 1000), (60000, 30000)],
)
def test_one_step_over_the_limit_is_a_warning_and_each_full_step_more_counts(
    over_kg: int, yuan: int
) -> None:
    assert overload_fine(over_kg, RULE) == yuan
    found = lawful({"kind": "overload"}, over_kg=over_kg)
    assert (found.least, found.most, found.is_optional) == (yuan, yuan, yuan == 0)


def test_the_cap_holds_for_odd_parts_as_well() -> None:
    proportional = OverloadRule(1000, Decimal(500), Decimal(30000), "pro rata")
    assert overload_fine(1500, proportional) == 750
    assert overload_fine(60001, proportional) == 30000


STEPS = {
    "kind": "size",
    "steps": [
        {"height": "4.2", "width": "3", "length": "20", "fine": {"max": 200}, "optional": True},
        {"height": "4.5", "width": "3.75", "length": "28", "fine": {"min": 200, "max": 1000}},
    ],
}


@pytest.mark.parametrize(
    ("height", "width", "length", "most"),
    [
        ("4.2", "3", "20", 200),
        ("4.21", None, None, 1000),
        (None, "3.01", None, 1000),
        (None, None, "20.1", 1000),
        (None, "3", None, 200),
        ("4.5", "3.75", "28", 1000),
    ],
)
def test_every_dimension_must_fit_its_step(
    height: str | None, width: str | None, length: str | None, most: int
) -> None:
    sizes = {
        name: None if value is None else Decimal(value)
        for name, value in (("height_m", height), ("width_m", width), ("length_m", length))
    }
    found = lawful(STEPS, **sizes)
    assert (found.most, found.is_optional) == (most, most == 200)


@pytest.mark.parametrize(
    ("fine", "given", "missing"),
    [
        (between(1, 2), {"act_on": None}, "act_on"),
        (between(1, 2, by_party={"citizen": {}}), {}, "party_type"),
        ({"kind": "overload"}, {}, "over_kg"),
        (STEPS, {}, "height_m"),
        (STEPS, {"height_m": Decimal(5)}, "height_m"),
        ({"kind": "share", "min": 2, "max": 4}, {}, "contract_price_yuan"),
        ({"kind": "unknown"}, {}, "fine_range"),
    ],
)
def test_nothing_is_computed_without_what_it_rests_on(
    fine: dict[str, Any], given: dict[str, Any], missing: str
) -> None:
    with pytest.raises(RangeNotComputable) as caught:
        lawful(fine, **given)
    assert caught.value.missing == missing


def test_an_overload_fine_needs_the_figures_of_its_day() -> None:
    given = Circumstances(ACT, None, over_kg=3000)
    with pytest.raises(RangeNotComputable) as caught:
        range_of(cause_with({"kind": "overload"}), given, None)
    assert caught.value.missing == "overload_rule"


def test_a_share_is_in_per_cent_of_the_price() -> None:
    fine = {"kind": "share", "min": "0.5", "max": 1}
    found = lawful(fine, contract_price_yuan=Decimal(1_000_000))
    assert (found.least, found.most) == (5000, 10000)


@pytest.mark.parametrize(
    ("old", "new", "applies_new"),
    [
        (between(100, 1000), between(50, 1000), True),
        (between(100, 1000), between(100, 900), True),
        (between(100, 1000), between(100, 1000), False),
        (between(100, 1000), between(99, 1001), False),
        (between(100, 1000), between(101, 999), False),
        (between(100, None), between(100, 1000), True),
        (between(100, 1000), between(100, None), False),
        (between(100, 1000), {"kind": "none"}, True),
        ({"kind": "none"}, between(1, 2), False),
        ({"kind": "none"}, {"kind": "none"}, False),
    ],
)
def test_a_later_version_applies_only_where_it_is_lighter_at_one_end_and_heavier_at_none(
    old: dict[str, Any], new: dict[str, Any], applies_new: bool
) -> None:
    found = lawful(old, new, decided_on=date(2023, 8, 5))
    assert (found.lighter_since == NEW) is applies_new
    assert (found.older is not None) is applies_new
    assert bool(found.steps) is applies_new


@pytest.mark.parametrize(
    ("act", "decided", "least"),
    [
        (ACT, None, 100),
        (ACT, date(2023, 7, 19), 100),
        (ACT, NEW, 50),
        (NEW, NEW, 50),
        (NEW, date(2023, 7, 1), 50),
    ],
)
def test_the_lighter_law_must_be_in_force_on_the_day_of_the_decision(
    act: date, decided: date | None, least: int
) -> None:
    found = lawful(between(100, 1000), between(50, 1000), act_on=act, decided_on=decided)
    assert found.least == least
    assert (found.lighter_since is not None) is (act == ACT and least == 50)


def test_the_newest_version_before_the_decision_is_the_one_compared() -> None:
    days = (OLD, date(2022, 1, 1), NEW)
    fines = (between(100, 1000), between(10, 100), between(50, 500))
    given = Circumstances(date(2021, 1, 1), date(2023, 8, 1))
    found = range_of(cause_with(*fines, since=days), given)
    assert found is not None
    assert (found.least, found.lighter_since) == (50, NEW)


CITED = """causes:
  sample:
    name: {zh: 样例行为, en: sample act}
    words: [[样例]]
    versions:
      - since: 2020-01-01
        violated: [sample-law#art-1]
        basis: [sample-law#art-2]
        fine: {kind: none}
        confirmed: true
"""


@pytest.mark.parametrize(
    ("wrong", "part"), [("sample-law#art-1", "violated"), ("sample-law#art-2", "basis")]
)
def test_a_bad_citation_is_told_where_it_stands(tmp_path: Path, wrong: str, part: str) -> None:
    path = tmp_path / "sample.yaml"
    path.write_text(CITED, "utf-8")
    assert [each.key for each in load_causes(tmp_path)] == ["sample"]
    path.write_text(CITED.replace(wrong, "第一条"), "utf-8")
    with pytest.raises(BadDataFile) as caught:
        load_causes(tmp_path)
    assert f"versions[0].{part}" in caught.value.text("en")


def test_a_warning_that_is_no_more_is_lighter_as_well() -> None:
    found = lawful({"kind": "overload"}, {"kind": "none"}, over_kg=500, decided_on=NEW)
    assert not found.is_punishable
    assert found.lighter_since == NEW


def test_a_cause_stands_once_in_all_files(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(CITED, "utf-8")
    (tmp_path / "b.yaml").write_text(CITED, "utf-8")
    with pytest.raises(BadDataFile, match=r"b\.yaml"):
        load_causes(tmp_path)


def test_a_fine_begins_at_nothing_unless_the_law_says_where() -> None:
    up_to = lawful({"kind": "range", "max": 5000})
    assert (up_to.least, up_to.most, up_to.confiscate_yuan) == (0, 5000, 0)
    assert lawful(STEPS, height_m=Decimal(4)).least == 0
    none = lawful({"kind": "none"})
    assert (none.least, none.most, none.is_optional) == (0, 0, False)


def test_serious_circumstances_change_nothing_where_the_law_has_no_higher_band() -> None:
    fine = {**GAINS, "below": {"min": 30000, "max": 100000}}
    found = lawful(fine, is_serious=True)
    assert (found.least, found.most, found.higher) == (30000, 100000, None)


def test_before_the_first_version_there_is_no_range() -> None:
    given = Circumstances(date(2019, 12, 31), date(2023, 8, 1))
    assert range_of(cause_with(between(1, 2)), given) is None
