"""The day that decides which remedies are right, where the decision's own was misread."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from review.checks.catalogue import by_id
from review.checks.check import Outcome
from review.checks.run import run_one
from review.law.in_force import law_in_force
from tests.checks.building import case_of

DECISION = {
    "kind": "行政处罚决定书",
    "recognized": True,
    "facts": {
        "decided_on": date(2023, 3, 6),
        "reconsideration_days": 60,
        "litigation_months": 6,
        "reconsideration_organs": ["样例区人民政府", "样例市交通运输局"],
    },
}


@pytest.mark.parametrize(
    ("sure", "outcome"),
    [
        (0.79, Outcome.FAIL),  # the other papers tell 2024-05-06, when the government alone decides
        (0.8, Outcome.PASS),  # under the law of 2023 the department above is named as well
    ],
)
def test_the_other_papers_tell_the_day_that_a_seal_hides(sure: float, outcome: Outcome) -> None:
    case = case_of({"facts": {"decided_on": date(2024, 5, 6)}, "documents": [DECISION]})
    decision = case.documents[0]
    facts = tuple(
        replace(fact, confidence=sure) if fact.name == "decided_on" else fact
        for fact in decision.facts
    )
    case = replace(case, documents=(replace(decision, facts=facts), *case.documents[1:]))
    check = by_id("DEC002")
    assert check is not None
    assert run_one(check, case, law_in_force()).outcome is outcome
