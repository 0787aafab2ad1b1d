"""Assignment: recusal without exception, balance as far as recusal allows."""

from collections import Counter
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.errors import DrawNotPossible
from review.planning.assignment import (
    Assignment,
    DrawnCase,
    Scorer,
    Seat,
    assign,
    normal_name,
    recusal,
)


@pytest.mark.parametrize(
    ("scorer", "case", "words"),
    [
        (Scorer(1, "甲", unit_id=3), DrawnCase("c", unit_id=3), "own unit"),
        (Scorer(1, "甲", squad="一中队"), DrawnCase("c", squad="一中队"), "own squad"),
        (Scorer(1, "甲", squad="一中队"), DrawnCase("c", unit_id=3, squad="一中队"), "own squad"),
        (Scorer(1, "张 三"), DrawnCase("c", people=frozenset({"张三"})), "took part"),
        (Scorer(1, "阿布·买买提"), DrawnCase("c", people=frozenset({"阿布•买买提"})), "took part"),
        (Scorer(1, "张三"), DrawnCase("c", parties=frozenset({"张三"})), "party"),
        (
            Scorer(1, "张三", conflicts=frozenset({"样例运输有限公司"})),
            DrawnCase("c", parties=frozenset({"样例运输有限公司"})),
            "declared",
        ),
        (
            Scorer(1, "张三", conflicts=frozenset({"样例〔2023〕1号"})),
            DrawnCase("样例〔2023〕1号"),
            "declared",
        ),
        (
            Scorer(1, "张三", conflicts=frozenset({"李四"})),
            DrawnCase("c", people=frozenset({"李　四"})),
            "declared",
        ),
    ],
)
def test_recusal(scorer: Scorer, case: DrawnCase, words: str) -> None:
    found = recusal(scorer, case)
    assert found is not None
    assert words in found.en
    assert found.zh


@pytest.mark.parametrize(
    ("scorer", "case"),
    [
        (Scorer(1, "甲"), DrawnCase("c")),
        (Scorer(1, "甲", unit_id=3), DrawnCase("c", unit_id=4)),
        (Scorer(1, "甲", unit_id=3, squad="一中队"), DrawnCase("c", unit_id=4, squad="一中队")),
        (Scorer(1, "张三"), DrawnCase("c", people=frozenset({"张三丰"}))),
    ],
)
def test_no_recusal(scorer: Scorer, case: DrawnCase) -> None:
    assert recusal(scorer, case) is None


def test_names_are_compared_without_spaces_and_dots() -> None:
    assert normal_name(" 欧阳　Ａ·b ") == "欧阳ａb"


def people(number: int) -> list[Scorer]:
    return [Scorer(n, f"评查员{n}") for n in range(1, number + 1)]


def by_case(found: Assignment) -> dict[str, list[int]]:
    cases: dict[str, list[int]] = {}
    for seat in found.seats:
        cases.setdefault(seat.case_key, []).append(seat.scorer_id)
    return cases


def test_every_case_gets_two_different_people_evenly() -> None:
    cases = [DrawnCase(f"c{n}") for n in range(20)]
    found = assign(cases, people(5), seed="s")
    assert not found.unseated
    assert all(len(set(pair)) == 2 for pair in by_case(found).values())
    assert set(found.loads.values()) == {8}
    seats = Counter((seat.scorer_id, seat.seat) for seat in found.seats)
    assert max(seats.values()) - min(seats.values()) <= 2
    pairs = Counter(frozenset(pair) for pair in by_case(found).values())
    assert len(pairs) == 10


def test_the_seed_decides_and_repeats() -> None:
    cases = [DrawnCase(f"c{n}") for n in range(12)]
    assert assign(cases, people(5), seed="s") == assign(cases[::-1], people(5)[::-1], seed="s")
    assert assign(cases, people(5), seed="s") != assign(cases, people(5), seed="t")


def test_nobody_able_leaves_the_seat_empty_and_says_why() -> None:
    scorers = [Scorer(1, "甲", unit_id=1), Scorer(2, "乙", unit_id=2)]
    found = assign([DrawnCase("c", unit_id=1)], scorers, seed="s")
    assert [seat.scorer_id for seat in found.seats] == [2]
    assert found.unseated[0].case_key == "c"
    assert [who for who, _ in found.unseated[0].recusals] == [1]


def test_begun_seats_are_kept_and_count_as_load() -> None:
    cases = [DrawnCase(f"c{n}") for n in range(4)]
    kept = [Seat("c0", "A", 1), Seat("c1", "A", 1), Seat("c2", "A", 1)]
    found = assign(cases, people(4), seed="s", kept=kept)
    assert set(kept) <= set(found.seats)
    assert found.loads[1] == 3
    assert sorted(found.loads.values()) == [1, 2, 2, 3]


def test_single_review() -> None:
    cases = [DrawnCase(f"c{n}") for n in range(6)]
    found = assign(cases, people(3), seed="s", seats=["A"])
    assert set(found.loads.values()) == {2}


@pytest.mark.parametrize(
    ("cases", "scorers", "seats"),
    [([], people(2), ["A"]), ([DrawnCase("c")], [], ["A"]), ([DrawnCase("c")], people(2), [])],
)
def test_nothing_to_assign_is_refused(cases, scorers, seats) -> None:
    with pytest.raises(DrawNotPossible):
        assign(cases, scorers, seed="s", seats=seats)


def best_possible(cases: list[DrawnCase], scorers: list[Scorer]) -> int:
    """The lowest possible sum of squared loads, by trying every assignment."""
    choices = [
        list(combinations([each.id for each in scorers if recusal(each, case) is None], 2))
        for case in cases
    ]
    return min(
        sum(load**2 for load in Counter(who for pair in chosen for who in pair).values())
        for chosen in product(*choices)
    )


@given(st.data())
def test_balance_is_the_best_that_recusal_allows(data: st.DataObject) -> None:
    scorers = [
        Scorer(n, f"评{n}", conflicts=frozenset()) for n in range(data.draw(st.integers(3, 4)))
    ]
    names = [each.name for each in scorers]
    cases = [
        DrawnCase(
            f"c{n}",
            people=frozenset(data.draw(st.sets(st.sampled_from(names), max_size=len(names) - 2))),
        )
        for n in range(data.draw(st.integers(1, 4)))
    ]
    found = assign(cases, scorers, seed=data.draw(st.text(max_size=3)))
    assert not found.unseated
    allowed = {case.key: case for case in cases}
    by_id = {each.id: each for each in scorers}
    for seat in found.seats:
        assert recusal(by_id[seat.scorer_id], allowed[seat.case_key]) is None
    assert all(len(set(pair)) == 2 for pair in by_case(found).values())
    assert sum(load**2 for load in found.loads.values()) == best_possible(cases, scorers)
