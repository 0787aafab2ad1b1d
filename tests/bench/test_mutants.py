"""The mutants that the mutation command makes are small, valid and where they say."""

from __future__ import annotations

import ast

import pytest
import yaml

from review.bench.mutant_finder import Kind, Mutant, mutants_of, mutated
from review.bench.mutants import (
    ROOT,
    SURVIVORS,
    Outcome,
    Verdict,
    all_mutants,
    own_tests,
    report,
)

SOURCE = '''
def late(days: int, limit: int = 15) -> bool:
    """说明文字里的 15 不算。"""
    if days > limit and not limit == 0:
        return True
    return [each for each in (1, days) if each <= 3] != []
'''


@pytest.fixture(scope="module")
def changed() -> dict[str, Kind]:
    return {mutated(SOURCE, each): each.kind for each in mutants_of("x.py", SOURCE)}


@pytest.fixture(scope="module")
def possible() -> list[Mutant]:
    return all_mutants()


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("days > limit", "(days) >= (limit)", Kind.COMPARISON),
        ("limit == 0", "(limit) != (0)", Kind.COMPARISON),
        ("each <= 3]", "(each) < (3)]", Kind.COMPARISON),
        ("limit: int = 15", "limit: int = 16", Kind.BOUNDARY),
        ("limit == 0", "limit == 1", Kind.BOUNDARY),
        ("days > limit and not limit == 0", "((days > limit))", Kind.CONDITION),
        ("days > limit and not limit == 0", "((not limit == 0))", Kind.CONDITION),
        ("not limit == 0", "(limit == 0)", Kind.CONDITION),
        ("days > limit and not limit == 0", "False", Kind.CONDITION),
        ("if each <= 3", "if True", Kind.CONDITION),
    ],
)
def test_each_kind_of_change_is_made(
    changed: dict[str, Kind], before: str, after: str, kind: Kind
) -> None:
    assert changed[SOURCE.replace(before, after, 1)] is kind


def test_words_for_people_are_left_alone(changed: dict[str, Kind]) -> None:
    assert all("说明文字里的 15 不算。" in each for each in changed)


def test_every_mutant_of_the_packages_is_python_and_a_change_of_its_own(
    possible: list[Mutant],
) -> None:
    by_path: dict[str, set[str]] = {}
    for mutant in possible:
        assert mutant.before != mutant.after
        assert mutant.path.startswith(("review/checks/", "review/law/"))
        ast.parse(mutant.after.strip(), mode="eval")
        by_path.setdefault(mutant.path, set()).add(f"{mutant.start}{mutant.after}")
    assert sum(len(each) for each in by_path.values()) == len(possible) > 300


def test_explained_survivors_are_mutants_that_can_be_made(possible: list[Mutant]) -> None:
    explained = yaml.safe_load(SURVIVORS.read_text("utf-8"))
    keys = {each.key for each in possible}
    assert set(explained) <= keys, "an explanation of a change that is no longer possible"
    assert all(len(reason) > 20 for reason in explained.values())


NARROWED = """
def answer(fact, other):
    if fact is not None and says(fact) and other is None:
        return 1
    if fact is None or not says(fact):
        return 2
    if fact is not None and (text := words(fact)):
        return text
    return fact is not None or says(fact)
"""


def test_a_test_for_none_beside_the_value_read_is_no_mutant() -> None:
    removed = {
        (each.line, each.after)
        for each in mutants_of("x.py", NARROWED)
        if each.kind is Kind.CONDITION and each.after not in ("True", "False")
    }
    assert removed == {
        (3, "((fact is not None) and (other is None))"),
        (3, "((fact is not None) and (says(fact)))"),
        (5, "((fact is None))"),
        (5, "(says(fact))"),
        (7, "((fact is not None))"),
        (9, "((fact is not None))"),
        (9, "((says(fact)))"),
    }


def test_every_module_has_tests_that_are_there(possible: list[Mutant]) -> None:
    for path in {each.path for each in possible}:
        asked = own_tests(path)
        assert asked
        assert all((ROOT / each).exists() for each in asked), path
    assert own_tests("review/law/fines.py")[0] == "tests/law/test_fines.py"
    assert own_tests("review/checks/stages/elsewhere.py") == ["tests/checks"]


@pytest.mark.parametrize(("killed", "is_enough"), [(9, True), (8, False)])
def test_nine_of_ten_are_enough_and_each_survivor_is_told(killed: int, is_enough: bool) -> None:
    mutant = mutants_of("x.py", SOURCE)[0]
    alive = tuple(Verdict(mutant, None) for _ in range(10 - killed))
    verdicts = (*alive, *(Verdict(mutant, "a test") for _ in range(killed)))
    outcome = Outcome(50, 1, verdicts, {mutant.key: "makes no difference"})
    assert outcome.is_enough is is_enough
    said = report(outcome)
    assert f"10 of 50 mutants, seed 1: {killed} noticed ({killed}0.0%), 90% asked" in said
    assert f"survivors {10 - killed}, of them explained {10 - killed}" in said
    assert "makes no difference" in said
    assert "OPEN" in report(Outcome(50, 1, verdicts, {}))
