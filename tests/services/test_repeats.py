"""Problems that come back, and units over a threshold, in an invented year of rounds."""

from __future__ import annotations

from collections import defaultdict

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from review.bench.published_year import Year, fill, set_threshold
from review.db.accounts import Role
from review.db.session import reading
from review.findings.result_tables import CaseResult, ResultItem, ResultOfficer
from review.planning.tables import Round
from review.services.access import console
from review.services.rectifying import accountability
from review.services.results import repeats
from review.services.results.repeats import FAULTS


@pytest.fixture
def rounds(engine: Engine) -> list[int]:
    return fill(engine, Year(rounds=3, cases=16))


def test_what_came_back_is_what_stands_in_this_round_and_in_earlier_ones(
    engine: Engine, rounds: list[int]
) -> None:
    with reading(engine) as session:
        faults = session.exec(
            select(ResultItem.round_id, ResultItem.item_id, CaseResult.unit_id, ResultOfficer.name)
            .join(CaseResult, col(CaseResult.id) == col(ResultItem.result_id))
            .join(ResultOfficer, col(ResultOfficer.result_id) == col(CaseResult.id))
            .where(col(ResultItem.result).in_(FAULTS))
        ).all()
        titles = {row.id: row.title for row in session.exec(select(Round))}
    of_units: dict[tuple[str, object], set[int]] = defaultdict(set)
    of_officers: dict[tuple[str, object], set[int]] = defaultdict(set)
    for round_id, item_id, unit_id, name in faults:
        of_units[item_id, unit_id].add(round_id)
        of_officers[item_id, name].add(round_id)
    for now in rounds:
        units, officers = repeats.repeats(engine, console(Role.REGULATIONS), now)
        for found, stood in (
            ({(each.item_id, each.unit_id): each.earlier for each in units}, of_units),
            ({(each.item_id, each.officer): each.earlier for each in officers}, of_officers),
        ):
            assert found == {
                key: tuple(titles[each] for each in sorted(held) if each < now)
                for key, held in stood.items()
                if now in held and min(held) < now
            }
    assert units
    assert officers


def test_units_over_a_threshold_are_those_of_each_round_the_newest_first(
    engine: Engine, rounds: list[int]
) -> None:
    actor = console(Role.REGULATIONS)
    assert accountability.reached_of_late(engine, actor) == []
    set_threshold(engine)
    expected = [
        each
        for now in reversed(rounds)
        for each in accountability.units_reached(engine, actor, now)
    ]
    assert expected
    assert accountability.reached_of_late(engine, actor) == expected
