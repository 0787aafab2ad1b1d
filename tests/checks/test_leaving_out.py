"""What was not read may make a check unknown, it never breaks it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from review.checks.catalogue import by_id, checks
from review.checks.check import Outcome
from review.errors import CalendarEnds, LawNotInForce
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


@pytest.mark.parametrize("check_id", [check.id for check in checks()])
def test_a_thing_that_was_not_read_never_breaks_a_check(check_id: str) -> None:
    check, law = by_id(check_id), law_in_force()
    assert check is not None
    for spec in cases_of(check_id):
        for left_out, less in with_one_thing_less(spec):
            where = f"{spec['name']}: {left_out}"
            try:
                result = check.run(case_of(less), law)
            except (CalendarEnds, LawNotInForce):  # told to the reader as such: see test_run
                continue
            assert set(result.defects) <= set(check.defects), where
            assert bool(result.defects) is (result.outcome is Outcome.FAIL), where
            assert bool(result.evidence) or result.outcome is not Outcome.FAIL, where
