"""What was not read, or was read as another kind of thing, never breaks a check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from review.checks.catalogue import by_id, checks
from review.checks.check import Check, Outcome
from review.errors import CalendarEnds, LawNotInForce
from review.facts.model import CaseFacts, Fact
from review.law.in_force import law_in_force
from tests.checks.building import case_of, cases_of


def _without(mapping: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: each for name, each in mapping.items() if name != key}


def with_one_thing_less(spec: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The same case without one fact, one paper's fact, one register or all recordings."""
    for part in ("facts", "registers", "complete"):
        for name in spec.get(part, {}):
            yield f"no {name}", {**spec, part: _without(spec[part], name)}
    documents = spec.get("documents", [])
    for place, document in enumerate(documents):
        for name in document.get("facts", {}):
            less = {**document, "facts": _without(document["facts"], name)}
            papers = [*documents[:place], less, *documents[place + 1 :]]
            yield f"no {name} in {document['kind']}", {**spec, "documents": papers}
    for whole in ("others", "media", "registers", "index", "documents"):
        if whole in spec and not (whole == "documents" and "stands_in" in spec):
            yield f"no {whole}", _without(spec, whole)
    yield "procedure unknown", {**spec, "procedure": None}


def _of_another_kind(fact: Fact) -> Fact:
    return replace(fact, value=7 if isinstance(fact.value, str) else "样例")


def with_one_thing_misread(case: CaseFacts) -> Iterator[tuple[str, CaseFacts]]:
    """The same case with a value of another kind than its name promises."""
    for name, fact in case.merged.items():
        if name != "procedure":
            yield name, replace(case, merged={**case.merged, name: _of_another_kind(fact)})
    for place, paper in enumerate(case.documents):
        for number, fact in enumerate(paper.facts):
            facts = (*paper.facts[:number], _of_another_kind(fact), *paper.facts[number + 1 :])
            papers = list(case.documents)
            papers[place] = replace(paper, facts=facts)
            yield f"{fact.name} in {paper.kind}", replace(case, documents=tuple(papers))


def _runs_through(check: Check, case: CaseFacts, where: str) -> None:
    try:
        result = check.run(case, law_in_force())
    except (CalendarEnds, LawNotInForce):  # told to the reader as such: see test_run
        return
    assert set(result.defects) <= set(check.defects), where
    assert bool(result.defects) is (result.outcome is Outcome.FAIL), where
    assert bool(result.evidence) or result.outcome is not Outcome.FAIL, where


@pytest.mark.parametrize("check_id", [check.id for check in checks()])
def test_a_thing_that_was_not_read_never_breaks_a_check(check_id: str) -> None:
    check = by_id(check_id)
    assert check is not None
    for spec in cases_of(check_id):
        for left_out, less in with_one_thing_less(spec):
            _runs_through(check, case_of(less), f"{spec['name']}: {left_out}")


@pytest.mark.parametrize("check_id", [check.id for check in checks()])
def test_a_value_of_another_kind_never_breaks_a_check(check_id: str) -> None:
    check = by_id(check_id)
    assert check is not None
    for spec in cases_of(check_id):
        for misread, case in with_one_thing_misread(case_of(spec)):
            _runs_through(check, case, f"{spec['name']}: {misread}")
