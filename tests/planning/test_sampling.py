"""The draw: the same everywhere, explainable, fair, and honest about what cannot be drawn."""

import json
from collections import Counter
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.errors import DrawNotPossible
from review.planning.sampling import (
    Candidate,
    DrawRecord,
    Reason,
    draw,
    replace_one,
    verify,
)

STRATA = ("ordinary", "summary", "hearing", "waived")
POPULATION = [
    Candidate(f"样例罚〔2023〕{n:04d}号", STRATA[n % 7 % 4], f"{'一二三'[n % 3]}中队")
    for n in range(1, 41)
]

GOLDEN_POPULATION = "14a51005c2d41658087f471eb57acbd3c4b89835429a553231b0a9d929bf1f88"
GOLDEN_FIRST = ["0015", "0027", "0003", "0036", "0035", "0026", "0011", "0034"]
GOLDEN_SECOND = [
    ("0005", "must"),
    ("0021", "group"),
    ("0004", "group"),
    ("0035", "rest"),
    ("0038", "quota"),
    ("0029", "quota"),
]


def short(record: DrawRecord) -> list[str]:
    return [key[-5:-1] for key in record.keys]


def test_golden_vector_of_a_proportional_draw() -> None:
    """These words may never change: a record drawn today has to verify in ten years."""
    record = draw(POPULATION, size=8, seed="2026年第1次 见证人甲")
    assert record.population_sha256 == GOLDEN_POPULATION
    assert short(record) == GOLDEN_FIRST


def test_golden_vector_with_quotas_must_includes_and_groups() -> None:
    record = draw(
        POPULATION,
        size=6,
        seed="7",
        quotas={"summary": 2, "waived": 1},
        must_include=[POPULATION[4].key],
        exclude={POPULATION[0].key: "诉讼中"},
        every_group=True,
    )
    assert [
        (key, each.reason) for key, each in zip(short(record), record.selected, strict=True)
    ] == (GOLDEN_SECOND)
    assert Counter(each.stratum for each in record.selected)["summary"] == 2
    assert POPULATION[0].key not in record.keys


def test_tickets_are_the_hash_that_anybody_can_compute() -> None:
    record = draw(POPULATION, size=3, seed="abc")
    rows = [[each.key, each.stratum, each.group] for each in sorted(POPULATION)]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    population = sha256(text.encode()).hexdigest()
    key = record.keys[0]
    ticket = json.dumps(
        ["sha256-tickets/1", "abc", population, key], ensure_ascii=False, separators=(",", ":")
    )
    assert record.selected[0].ticket == sha256(ticket.encode()).hexdigest()


def test_the_record_survives_json_and_verifies() -> None:
    record = draw(
        POPULATION, size=10, seed="s", every_group=True, exclude={POPULATION[3].key: "诉讼"}
    )
    record = replace_one(record, record.keys[1], "原件在法院")
    again = DrawRecord.kept(json.loads(record.to_json()))
    assert again == record
    assert verify(again)
    assert again.to_json() == record.to_json()


def test_a_changed_record_does_not_verify() -> None:
    record = draw(POPULATION, size=4, seed="s")
    other = draw(POPULATION, size=4, seed="t")
    assert not verify(replace(record, selected=other.selected))
    assert not verify(replace(record, seed="t"))
    assert not verify(replace(record, population=record.population[1:]))
    assert not verify(replace(record, excluded=((record.keys[0], "诉讼"),)))
    assert not verify(replace(record, method="other/1"))
    assert not verify(replace(record, size=99))


@pytest.mark.parametrize("raw", ["", [], {}, {"method": "x"}, None])
def test_a_damaged_record_is_refused(raw: object) -> None:
    with pytest.raises(DrawNotPossible, match="damaged"):
        DrawRecord.kept(raw)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"seed": " "}, "no seed"),
        ({"size": 0}, "above 0"),
        ({"size": 41}, "only 40 cases"),
        ({"must_include": ["没有"]}, "not in the scope: 没有"),
        ({"exclude": {"没有": "x"}}, "not in the scope"),
        ({"exclude": {POPULATION[0].key: " "}}, "no reason to exclude"),
        (
            {"must_include": [POPULATION[0].key], "exclude": {POPULATION[0].key: "诉讼"}},
            "both in and excluded",
        ),
        ({"size": 1, "must_include": [each.key for each in POPULATION[:2]]}, "more must-includes"),
        ({"quotas": {"waived": 30}}, "waived has"),
        ({"quotas": {"ordinary": -1}}, "ordinary has"),
        ({"quotas": {"ordinary": 4, "summary": 4}}, "add up to more"),
        ({"quotas": dict.fromkeys(STRATA, 1)}, "strata without a quota"),
        ({"size": 2, "every_group": True}, "represent 二中队"),
        (
            {"size": 1, "quotas": {"waived": 1}, "must_include": [POPULATION[0].key]},
            "more must-includes than places in summary",
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_the_reason(asked: dict, words: str) -> None:
    arguments = {"size": 5, "seed": "s", **asked}
    if "quotas" in asked and "must_include" in asked:
        arguments["quotas"] = {"waived": 1, "summary": 0}
    with pytest.raises(DrawNotPossible) as refused:
        draw(POPULATION, **arguments)
    assert words in refused.value.text("en")
    assert "请调整" in refused.value.text("zh")


def test_a_case_that_stands_twice_is_refused() -> None:
    with pytest.raises(DrawNotPossible, match="stand twice"):
        draw([*POPULATION, Candidate(POPULATION[0].key)], size=2, seed="s")


def test_proportional_shares() -> None:
    people = [Candidate(f"{n:03d}", "a" if n < 70 else "b" if n < 90 else "c") for n in range(100)]
    record = draw(people, size=10, seed="s")
    assert Counter(each.stratum for each in record.selected) == {"a": 7, "b": 2, "c": 1}


def test_must_includes_beyond_their_share_are_taken_from_the_others() -> None:
    people = [Candidate(f"{n:03d}", "a" if n < 90 else "b") for n in range(100)]
    must = [f"{n:03d}" for n in range(90, 95)]
    record = draw(people, size=10, seed="s", must_include=must)
    assert Counter(each.stratum for each in record.selected) == {"a": 5, "b": 5}
    assert [each.reason for each in record.selected[:5]] == [Reason.MUST] * 5


def test_groups_are_represented_whenever_that_is_possible() -> None:
    """The lowest ticket of one group must not take the only place that another group can have."""
    people = [Candidate("1", "a", "甲"), Candidate("2", "b", "甲"), Candidate("3", "a", "乙")]
    for seed in "abcdefgh":
        record = draw(people, size=2, seed=seed, quotas={"a": 1, "b": 1}, every_group=True)
        assert sorted(record.keys) == ["2", "3"]


def test_a_replacement_is_the_next_ticket_of_the_stratum() -> None:
    record = draw(POPULATION, size=8, seed="s")
    more = draw(POPULATION, size=40, seed="s")
    out = record.selected[0]
    line = sorted(
        (each.ticket, each.key)
        for each in more.selected
        if each.stratum == out.stratum and each.key not in record.keys
    )
    replaced = replace_one(record, out.key, "原件移送法院")
    assert replaced.selected[0].key == line[0][1]
    assert replaced.selected[0].reason is Reason.REPLACEMENT
    assert verify(replaced)
    twice = replace_one(replaced, replaced.keys[0], "又移送")
    assert twice.selected[0].key == line[1][1]


def test_a_replacement_needs_reason_selection_and_somebody_left() -> None:
    record = draw(POPULATION, size=40, seed="s")
    for key, reason, words in (
        ("没有", "x", "was not drawn"),
        (record.keys[0], " ", "needs a reason"),
        (record.keys[0], "x", "no case is left"),
    ):
        with pytest.raises(DrawNotPossible, match=words):
            replace_one(record, key, reason)


def test_nobody_is_favoured() -> None:
    """3,000 draws of 2 out of 10: each case 600 times, chi-square with 9 degrees below 27.9."""
    people = [Candidate(f"c{n}") for n in range(10)]
    seen = Counter(key for seed in range(3000) for key in draw(people, size=2, seed=f"{seed}").keys)
    assert sum((count - 600) ** 2 / 600 for count in seen.values()) < 27.9


@given(
    st.lists(
        st.builds(Candidate, st.text(min_size=1), st.sampled_from("ab"), st.sampled_from("xyz")),
        min_size=1,
        max_size=25,
        unique_by=lambda each: each.key,
    ),
    st.text(alphabet="种子seed019", min_size=1),
    st.data(),
)
def test_properties_of_any_draw(people, seed, data) -> None:
    size = data.draw(st.integers(1, len(people)))
    must = data.draw(st.sets(st.sampled_from([each.key for each in people]), max_size=size))
    record = draw(people, size=size, seed=seed, must_include=must)
    shuffled = data.draw(st.permutations(people))
    assert draw(shuffled, size=size, seed=seed, must_include=must) == record
    assert len(set(record.keys)) == size
    assert must <= set(record.keys)
    assert verify(DrawRecord.kept(json.loads(record.to_json())))
