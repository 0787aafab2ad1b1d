"""The seed out of two people's numbers: golden, bound to list and rules, and fair in every stratum."""

import json
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.errors import BadValue, DrawNotPossible
from review.planning import two_numbers
from review.planning.sampling import Candidate
from review.planning.two_numbers import (
    Entry,
    Proof,
    checked_number,
    commitment,
    faults,
    frozen,
    frozen_from_json,
    proof_from_json,
    seed_of,
)

STRATA = ("ordinary", "summary", "hearing", "waived")
POPULATION = [
    Candidate(f"样例罚[2023]{n}", STRATA[n % 4], f"{'一二三'[n % 3]}中队") for n in range(1, 41)
]

GOLDEN_LIST = "dc709a1d16a6404a16a0d0c32063175e07d7b2048b51223c4ff309dcbca973aa"
GOLDEN_SEED = "08e7ec7b502c0560f777ca416d6fa485950e3f1b609aa2b18b92eb620133cba2"
GOLDEN_COMMITMENT = "644085cfa8dab594cd89acccb19856b851c7d6e4ffd6eada5a7f0d7a31303244"
GOLDEN_KEYS = [
    "样例罚[2023]18",
    "样例罚[2023]17",
    "样例罚[2023]13",
    "样例罚[2023]8",
    "样例罚[2023]10",
    "样例罚[2023]25",
    "样例罚[2023]20",
    "样例罚[2023]23",
]


def made(numbers=("271828", "314159"), **rules):
    """A list, its draw and the proof for two numbers."""
    kept = frozen(
        POPULATION, **({"size": 8, "quotas": {"summary": 3}, "every_group": True} | rules)
    )
    salts = ("00" * 16, "ff" * 16)
    entries = tuple(
        Entry(place, f"某人{place}", number, salt, commitment(kept.sha256, place, number, salt), "")
        for place, (number, salt) in enumerate(zip(numbers, salts, strict=True), 1)
    )
    record = kept.draw(seed_of(kept.sha256, numbers))
    return kept, record, Proof(kept.sha256, entries)


def test_golden_vector():
    """These words may never change: a record drawn today has to verify in ten years."""
    kept, record, proof = made()
    assert kept.sha256 == GOLDEN_LIST
    assert record.seed == GOLDEN_SEED
    assert proof.entries[0].commitment == GOLDEN_COMMITMENT
    assert list(record.keys) == GOLDEN_KEYS
    assert faults(record, proof) == ()


def test_the_seed_needs_both_numbers_in_their_places():
    kept, record, _ = made()
    assert seed_of(kept.sha256, ("314159", "271828")) != record.seed
    assert seed_of(kept.sha256, ("271828", "314158")) != record.seed
    assert seed_of("0" * 64, ("271828", "314159")) != record.seed


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (lambda r: replace(r, population=r.population[1:]), "list"),
        (lambda r: replace(r, size=7), "rules"),
        (lambda r: replace(r, quotas=(("summary", 2),)), "rules"),
        (lambda r: replace(r, must_include=(r.population[0].key,)), "rules"),
        (lambda r: replace(r, excluded=((r.population[0].key, "诉讼"),)), "rules"),
        (lambda r: replace(r, every_group=False), "rules"),
        (lambda r: replace(r, seed="0" * 64), "seed"),
        (lambda r: replace(r, selected=r.selected[::-1]), "result"),
    ],
)
def test_a_changed_record_is_found_and_named(change, key):
    _, record, proof = made()
    assert key in {each.key for each in faults(change(record), proof)}


@given(st.integers(0, 1), st.integers(0, 999_999))
def test_a_changed_number_never_passes(place, other):
    _, record, proof = made()
    entry = proof.entries[place]
    number = f"{other:06d}"
    if number == entry.number:
        return
    changed = list(proof.entries)
    changed[place] = replace(entry, number=number)
    found = {each.key for each in faults(record, replace(proof, entries=tuple(changed)))}
    assert {"number", "seed"} <= found


def test_two_numbers_of_one_person_are_found():
    _, record, proof = made()
    one, two = proof.entries
    same = replace(proof, entries=(one, replace(two, person=one.person)))
    assert {each.key for each in faults(record, same)} == {"people"}
    assert "people" in {each.key for each in faults(record, replace(proof, entries=(one,)))}


def test_what_no_seed_can_draw_is_refused_when_the_list_is_frozen():
    with pytest.raises(DrawNotPossible):
        frozen(POPULATION, size=41)
    with pytest.raises(DrawNotPossible):
        frozen(POPULATION, size=4, quotas={"summary": 11})


def test_list_and_proof_survive_json():
    kept, _, proof = made()
    assert frozen_from_json(json.loads(json.dumps(kept.as_json()))) == kept
    assert proof_from_json(json.loads(json.dumps(proof.as_json()))) == proof
    for broken in ({}, {"population": 3}, {"entries": [[1]]}):
        with pytest.raises(DrawNotPossible):
            frozen_from_json(broken)
        with pytest.raises(DrawNotPossible):
            proof_from_json(broken)


@pytest.mark.parametrize("text", ["", "12345", "1" * 19, "12a456", "-123456", "1.23456", "１２３"])
def test_a_number_is_six_to_eighteen_digits(text):
    with pytest.raises(BadValue):
        checked_number(text)


def test_full_width_digits_are_the_same_number():
    assert checked_number(" １２３４５６ ") == "123456"


CHI_SQUARE_999 = {9: 27.877}
"""Upper 0.1 % point of the chi-square distribution by its degrees of freedom."""

DRAWS = 2000


def test_every_case_of_a_stratum_is_drawn_as_often_as_the_others():
    """Chi-square over 2,000 draws by numbers that count up, in each stratum of ten cases."""
    kept = frozen(POPULATION, size=8, quotas=dict.fromkeys(STRATA, 2))
    drawn: Counter[str] = Counter()
    for number in range(DRAWS):
        seed = seed_of(kept.sha256, (f"{100_000 + number}", "314159"))
        drawn.update(kept.draw(seed).keys)
    for stratum in STRATA:
        cases = [each.key for each in POPULATION if each.stratum == stratum]
        expected = DRAWS * 2 / len(cases)
        # a case is in or not: two of ten are drawn each time, hence the factor (n-1)/(n-k)
        statistic = sum((drawn[key] - expected) ** 2 / expected for key in cases) * 9 / 8
        assert statistic < CHI_SQUARE_999[len(cases) - 1], stratum


def test_the_method_has_a_name_of_its_own():
    assert two_numbers.METHOD == "sha256-two-numbers/1"
