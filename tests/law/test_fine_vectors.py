"""Fine ranges for known circumstances: causes, versions, the lighter law, formulas."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.law.citation import Citation
from review.law.fines import (
    Cause,
    Circumstances,
    FineRange,
    OverloadRule,
    RangeNotComputable,
    overload_fine,
    surcharge,
)
from review.law.in_force import law_in_force

LAW = law_in_force()

PASSENGER = "未取得道路运输经营许可擅自从事道路客运经营"
FREIGHT = "未取得道路运输经营许可擅自从事道路普通货物运输经营"


def d(text: str) -> date:
    return date.fromisoformat(text)


def cause(text: str) -> Cause:
    found = LAW.cause(text)
    assert found is not None, text
    return found


def lawful(text: str, act: str, decided: str | None, **given: object) -> FineRange:
    circumstances = Circumstances(d(act), d(decided) if decided else None, **given)  # type: ignore[arg-type]  # values by name
    found = LAW.fine_range(cause(text), circumstances)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "days", "span", "basis"),
    [
        (PASSENGER, ("2023-07-10", "2023-07-18"), (30000, 100000), "art-63"),
        (PASSENGER, ("2023-07-10", "2023-08-05"), (10000, 100000), "art-63-item-2"),
        (FREIGHT, ("2023-08-01", None), (3000, 10000), "art-63-item-1"),
        ("不按照规定携带车辆营运证", ("2023-06-01", "2023-06-05"), (20, 200), "art-68"),
        (
            "未取得网络预约出租汽车驾驶员证从事网约车经营",
            ("2022-10-01", "2023-01-10"),
            (200, 2000),
            "art-34-para-1-item-3",
        ),
        (
            "从事机动车维修经营业务未按规定进行备案",
            ("2023-09-01", None),
            (3000, 10000),
            "art-65-para-4",
        ),
        (
            "从事机动车维修经营业务未按规定进行备案",
            ("2022-06-01", "2022-07-01"),
            (5000, 20000),
            "art-65-para-3",
        ),
        (
            "道路货物运输站经营者放行超载车辆出站",
            ("2023-09-01", None),
            (3000, 30000),
            "art-70-para-2",
        ),
        (
            "道路货物运输站经营者放行超载车辆出站",
            ("2022-06-01", "2022-07-01"),
            (10000, 30000),
            "art-71-para-1",
        ),
        (
            "不按规定的线路行驶从事班线客运",
            ("2023-08-01", "2023-09-01"),
            (1000, 2000),
            "art-68-para-1-item-1",
        ),
    ],
)
def test_the_range_of_a_cause_on_its_day(
    text: str, days: tuple[str, str | None], span: tuple[int, int], basis: str
) -> None:
    found = lawful(text, *days)
    assert (found.least, found.most) == span
    assert str(Citation.parse(found.basis[0]).place) == basis


def test_the_lighter_version_tells_from_when_and_keeps_the_older() -> None:
    found = lawful(PASSENGER, "2023-07-10", "2023-08-05")
    assert found.lighter_since == d("2023-07-20")
    assert found.older is not None
    assert found.older.least == 30000
    assert "从旧兼从轻" in found.steps[0][0]


def test_serious_circumstances_and_gains_of_freight_without_a_permit() -> None:
    serious = lawful(FREIGHT, "2023-08-01", None, is_serious=True)
    assert (serious.least, serious.most) == (10000, 50000)
    ordinary = lawful(FREIGHT, "2023-08-01", None)
    assert ordinary.higher is not None
    gains = lawful(FREIGHT, "2023-08-01", None, gains_yuan=Decimal(12000))
    assert (gains.least, gains.most, gains.confiscate_yuan) == (12000, 60000, 12000)


@pytest.mark.parametrize(
    ("text", "act", "decided"),
    [
        ("不按照规定携带车辆营运证", "2023-06-01", "2023-08-01"),
        ("未随船携带船舶营运证件", "2023-06-01", "2023-07-21"),
        ("网约车驾驶员未按规定携带网络预约出租汽车运输证", "2022-10-01", "2022-12-10"),
    ],
)
def test_a_repealed_clause_punishes_no_more(text: str, act: str, decided: str) -> None:
    found = lawful(text, act, decided)
    assert not found.is_punishable
    assert not found.allows(Decimal(50))


RULE = OverloadRule(1000, Decimal(500), Decimal(30000), "floor")


@pytest.mark.parametrize(
    ("weighed", "limit", "fine"),
    [
        (25900, "3 truck", 0),
        (58300, "6", 4500),
        (58300, "6 single drive", 6000),
        (80000, "2", 30000),
    ],
)
def test_overload_fines_by_axles(weighed: int, limit: str, fine: int) -> None:
    limits = LAW.parameter("overload_limits", on=d("2023-03-07"))
    held = limits.of(limit)
    assert held is not None
    assert LAW.overload_rule(d("2023-03-07")) == RULE
    assert overload_fine(weighed - int(held), RULE) == fine


def test_the_odd_part_in_proportion_where_a_site_says_so() -> None:
    proportional = OverloadRule(1000, Decimal(500), Decimal(30000), "pro rata")
    assert overload_fine(6400, RULE) == 3000
    assert overload_fine(6400, proportional) == 3200


@given(st.integers(0, 200_000), st.integers(0, 5000))
def test_an_overload_fine_never_falls_with_the_mass_and_keeps_the_cap(kg: int, more: int) -> None:
    assert 0 <= overload_fine(kg, RULE) <= overload_fine(kg + more, RULE) <= 30000


@pytest.mark.parametrize(
    ("height", "width", "length", "least", "most"),
    [
        ("4.2", "3.0", "20", 0, 200),
        ("4.3", "3.2", "25", 200, 1000),
        ("4.6", None, None, 1000, 3000),
        ("4.0", "3.76", "18", 1000, 3000),
    ],
)
def test_fines_by_outer_dimensions(
    height: str, width: str | None, length: str | None, least: int, most: int
) -> None:
    found = lawful(
        "车货外廓尺寸超过限定标准行驶公路",
        "2023-03-07",
        None,
        height_m=Decimal(height),
        width_m=None if width is None else Decimal(width),
        length_m=None if length is None else Decimal(length),
    )
    assert (found.least, found.most) == (least, most)


def test_a_share_of_the_contract_price() -> None:
    found = lawful("施工单位偷工减料", "2023-03-07", None, contract_price_yuan=Decimal(8_000_000))
    assert (found.least, found.most) == (160000, 320000)
    with pytest.raises(RangeNotComputable) as caught:
        lawful("施工单位偷工减料", "2023-03-07", None)
    assert caught.value.missing == "contract_price_yuan"


def test_those_who_answer_for_the_unit_pay_a_share_of_its_fine() -> None:
    found = lawful("施工单位偷工减料", "2023-03-07", None, contract_price_yuan=Decimal(8_000_000))
    persons = found.version.persons
    assert persons is not None
    band = persons.of(Decimal(160_000))
    assert (band.min, band.max) == (8000, 16000)
    price = {"contract_price_yuan": Decimal(8_000_000)}
    assert lawful("施工单位偷工减料", "2023-03-07", None, party_type="organization", **price).least
    with pytest.raises(RangeNotComputable):
        lawful("施工单位偷工减料", "2023-03-07", None, party_type="citizen", **price)
    citizen = lawful(PASSENGER, "2023-08-01", None, party_type="citizen")
    assert citizen.least == 10000


@pytest.mark.parametrize(
    ("days", "yuan"), [(0, 0), (1, 150), (33, 4950), (34, 5000), (40, 5000), (400, 5000)]
)
def test_a_surcharge_grows_by_three_per_cent_a_day_up_to_the_fine(days: int, yuan: int) -> None:
    assert surcharge(Decimal(5000), days, 3) == yuan


@pytest.mark.parametrize(("party", "most"), [("organization", 50000), ("citizen", 2000)])
def test_a_range_by_kind_of_party(party: str, most: int) -> None:
    found = lawful("在航道内设置渔具", "2023-03-07", None, party_type=party)
    assert found.most == most


def test_light_freight_is_exempt_from_the_permit() -> None:
    """Up to and with 4,500 kg; what a check says of it: `cases/POW002.yaml`."""
    assert cause(FREIGHT).exempt_mass_kg == 4500


def test_a_warning_may_stand_alone_or_beside_the_fine() -> None:
    uncarried = lawful("不按照规定携带车辆营运证", "2023-06-01", "2023-06-05")
    driver = lawful("未取得网络预约出租汽车驾驶员证从事网约车经营", "2022-10-01", "2023-01-10")
    assert uncarried.allows(Decimal(0))
    assert driver.lighter_since == d("2022-11-30")
    repair = lawful("从事机动车维修经营业务未按规定进行备案", "2023-09-01", None)
    assert not repair.allows(Decimal(0))


def test_no_version_is_held_before_the_first() -> None:
    assert LAW.fine_range(cause(FREIGHT), Circumstances(d("2018-01-01"), None)) is None


def test_causes_know_themselves_and_no_other() -> None:
    for held in LAW.causes:
        assert LAW.cause(held.name.zh) is held, held.key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("擅自超限运输行驶公路", "overload"),
        ("货运车辆超限行驶公路", "overload"),
        ("未取得道路运输经营许可，擅自从事道路危险货物运输经营", "dangerous-goods-without-permit"),
        ("未经许可从事港口经营", "port-without-permit"),
        ("驾驶人员超过核定载客人数", "vehicle-overload-police"),
    ],
)
def test_causes_in_the_words_of_papers(text: str, key: str) -> None:
    assert cause(text).key == key


@pytest.mark.parametrize("text", ["", "样例行为", "车货总质量超限、外廓尺寸超过限定标准行驶公路"])
def test_unknown_or_double_causes_are_none(text: str) -> None:
    assert LAW.cause(text) is None
