"""Every check against its named cases in `cases/<ID>.yaml`."""

from __future__ import annotations

from typing import Any

import pytest

from review.checks.catalogue import by_id, checks
from review.checks.check import Outcome
from review.checks.run import run_one
from review.facts.names import BY_NAME
from review.law.in_force import law_in_force
from tests.checks.building import CASES, case_of, cases_of

KEYS = {
    "name",
    "procedure",
    "facts",
    "documents",
    "index",
    "coverage",
    "confidence",
    "by_person",
    "stands_in",
    "loose",
    "contradictions",
    "registers",
    "complete",
    "others",
    "media",
    "outcome",
    "defects",
    "severity",
    "says",
    "says_en",
    "message",
    "shows",
    "missing",
    "because",
    "law",
}
"""`says` and `says_en` are parts of the message, `because` of the reasoning; `message` is the whole
of it, `shows` the words of the evidence, `missing` the facts that were not read, `law` the
citations, each in order."""
ALL = [
    pytest.param(check.id, case, id=f"{check.id}: {case['name']}")
    for check in checks()
    for case in cases_of(check.id)
]


@pytest.mark.parametrize(("check_id", "spec"), ALL)
def test_case(check_id: str, spec: dict[str, Any]) -> None:
    assert set(spec) <= KEYS, f"unknown keys {set(spec) - KEYS}"
    check = by_id(check_id)
    assert check is not None
    result = run_one(check, case_of(spec), law_in_force())
    said = f"{result.message.zh} | {result.message.en} | {result.trace}"
    assert result.outcome == spec["outcome"], said
    assert list(result.defects) == spec.get("defects", []), said
    if "severity" in spec:
        assert result.severity == spec["severity"], said
    for words in spec.get("says", []):
        assert str(words) in result.message.zh, said
    for words in spec.get("says_en", []):
        assert str(words) in result.message.en, said
    reasons = [each.zh for each in result.trace]
    for words in spec.get("because", []):
        assert any(str(words) in reason for reason in reasons), said
    for key, found in (
        ("message", result.message.zh),
        ("shows", [each.quote for each in result.evidence]),
        ("missing", list(result.missing)),
        ("law", [each.citation for each in result.law]),
    ):
        assert found == spec.get(key, found), said
    assert set(result.missing) <= set(BY_NAME), said
    assert "编号" not in result.message.zh, said
    if result.outcome is Outcome.FAIL:
        assert result.evidence, "a failure shows where"
        assert result.law, "a failure names its law"


@pytest.mark.parametrize("check_id", [check.id for check in checks()])
def test_each_check_has_cases_of_every_outcome_that_matters(check_id: str) -> None:
    outcomes = [case["outcome"] for case in cases_of(check_id)]
    assert {"pass", "fail", "unknown"} <= set(outcomes), f"{check_id}: {outcomes}"
    defects = {number for case in cases_of(check_id) for number in case.get("defects", [])}
    check = by_id(check_id)
    assert check is not None
    assert defects == set(check.defects), f"{check_id} has no case for a defect it knows"


def test_no_cases_file_is_left_over() -> None:
    assert {path.stem for path in CASES.glob("*.yaml")} == {check.id for check in checks()}
