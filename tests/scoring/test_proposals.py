"""Proposals: what check results mean for items, and what they never mean."""

from decimal import Decimal
from pathlib import Path

import pytest

from review.checks.check import CheckResult, LawUsed, Message, Outcome, Procedure, Severity
from review.facts.model import Evidence
from review.scoring.checklist import Edition, Result, parse_edition
from review.scoring.proposals import Proposal, propose

TEXT = """
title: 样例标准
sections:
  - id: A
    title: 计分项
    items:
      - id: one
        title: 送达
        points: 4
        checks: [SER001, SER002]
        covers: whole
        deduct:
          - {id: late, zh: 逾期, points: 1, defects: [D-64]}
          - {id: method, zh: 方式不合法, points: 3, defects: [D-65]}
      - id: counted
        title: 要素
        points: 3
        checks: [EVI001]
        defects: [D-12, D-13, D-01]
        deduct: {per: occurrence, points: 1}
      - id: plain
        title: 期限
        points: 2
        checks: [DEC004]
      - id: also
        title: 也看
        points: 1
        checks: [PAR001]
        look_only: [D-28]
      - id: heard
        title: 听证
        points: 90
        checks: [HEA001]
        procedures: [hearing]
  - id: B
    title: 否决项
    items:
      - {id: veto, title: 未告知, veto: true, checks: [NOT001, NOT002]}
"""


@pytest.fixture
def edition() -> Edition:
    return parse_edition(Path("样例.yaml"), TEXT.encode())


def result(check_id: str, outcome: Outcome, **more: object) -> CheckResult:
    severity = more.pop("severity", Severity.MAJOR)
    message = Message(f"{check_id} 说明", f"{check_id} says")
    return CheckResult(outcome, message, check_id=check_id, severity=severity, **more)  # type: ignore[arg-type]


def only(edition: Edition, *results: CheckResult) -> Proposal:
    found = propose(edition, results)
    assert len(found) == 1
    return next(iter(found.values()))


def test_an_item_without_results_has_no_proposal(edition: Edition) -> None:
    assert propose(edition, [result("XXX001", Outcome.FAIL)]) == {}


def test_a_failure_takes_the_reason_that_names_its_defect(edition: Edition) -> None:
    found = only(edition, result("SER001", Outcome.FAIL, defects=("D-64",)))
    assert (found.result, found.chosen, found.deduction) == (Result.PARTLY_MET, {"late": 1}, 1)
    both = only(edition, result("SER001", Outcome.FAIL, defects=("D-64", "D-65")))
    assert (both.result, both.deduction) == (Result.NOT_MET, 4)


def test_a_failure_without_a_named_defect_takes_the_lightest_reason(edition: Edition) -> None:
    found = only(edition, result("SER002", Outcome.FAIL))
    assert found.chosen == {"late": 1}


def test_a_reason_that_is_not_counted_is_chosen_once(edition: Edition) -> None:
    late = {"defects": ("D-64",)}
    found = only(
        edition, result("SER001", Outcome.FAIL, **late), result("SER002", Outcome.FAIL, **late)
    )
    assert found.chosen == {"late": 1}
    assert found.check_ids == ("SER001", "SER002")


def test_counted_reasons_count_the_item_s_own_defects(edition: Edition) -> None:
    found = only(edition, result("EVI001", Outcome.FAIL, defects=("D-12", "D-13", "D-99")))
    assert (found.result, found.chosen, found.deduction) == (Result.PARTLY_MET, {"d1": 2}, 2)


def test_enough_occurrences_make_it_not_met(edition: Edition) -> None:
    found = only(edition, result("EVI001", Outcome.FAIL, defects=("D-12", "D-13", "D-01")))
    assert (found.result, found.deduction) == (Result.NOT_MET, 3)


def test_a_failure_for_a_defect_of_another_item_is_not_held_against_this_one(edition) -> None:
    found = only(edition, result("EVI001", Outcome.FAIL, defects=("D-99",)))
    assert (found.result, found.covers_all) == (Result.MET, False)


def test_a_fault_that_is_deducted_elsewhere_only_asks_for_a_look(edition: Edition) -> None:
    found = only(edition, result("PAR001", Outcome.FAIL, defects=("D-28",)))
    assert (found.result, found.deduction) == (Result.UNDECIDED, 0)
    assert found.reasons[0].zh == "PAR001 说明"
    other = only(edition, result("PAR001", Outcome.FAIL, defects=("D-27",)))
    assert other.result is Result.MET


def test_without_a_rule_a_failure_means_not_met(edition: Edition) -> None:
    found = only(edition, result("DEC004", Outcome.FAIL))
    assert (found.result, found.deduction, found.is_veto) == (Result.NOT_MET, Decimal(2), False)


def test_unknown_is_undecided_and_says_why(edition: Edition) -> None:
    found = only(
        edition,
        result("SER001", Outcome.PASS),
        result("SER002", Outcome.UNKNOWN, missing=("served_on",)),
    )
    assert found.result is Result.UNDECIDED
    assert found.missing == ("served_on",)
    assert found.reasons == (Message("SER002 说明", "SER002 says"),)


def test_a_failure_outweighs_an_unknown(edition: Edition) -> None:
    found = only(
        edition,
        result("SER001", Outcome.FAIL, defects=("D-64",)),
        result("SER002", Outcome.UNKNOWN),
    )
    assert found.result is Result.PARTLY_MET


def test_a_hint_accuses_nobody(edition: Edition) -> None:
    found = only(edition, result("DEC004", Outcome.FAIL, severity=Severity.HINT))
    assert (found.result, found.deduction) == (Result.UNDECIDED, 0)


def test_passing_covers_the_item_only_if_every_named_check_ran(edition: Edition) -> None:
    assert not only(edition, result("SER001", Outcome.PASS)).covers_all
    both = only(edition, result("SER001", Outcome.PASS), result("SER002", Outcome.PASS))
    assert (both.result, both.covers_all) == (Result.MET, True)
    assert not only(edition, result("DEC004", Outcome.PASS)).covers_all


def test_not_applicable_only_if_no_check_applies(edition: Edition) -> None:
    none = only(edition, result("SER001", Outcome.NOT_APPLICABLE))
    assert none.result is Result.NOT_APPLICABLE
    mixed = only(edition, result("SER001", Outcome.NOT_APPLICABLE), result("SER002", Outcome.PASS))
    assert mixed.result is Result.MET


def test_only_a_failure_of_veto_weight_proposes_a_veto(edition: Edition) -> None:
    heavy = only(edition, result("NOT001", Outcome.FAIL, severity=Severity.VETO))
    assert (heavy.result, heavy.is_veto) == (Result.NOT_MET, True)
    for severity in (Severity.MAJOR, Severity.MINOR, Severity.HINT):
        lighter = only(edition, result("NOT002", Outcome.FAIL, severity=severity))
        assert (lighter.result, lighter.is_veto) == (Result.UNDECIDED, False)


def test_evidence_and_law_are_gathered_without_doubles(edition: Edition) -> None:
    place = Evidence("a.pdf", 2, "送达日期")
    law = LawUsed("administrative-penalty-law/2021-07-15#art-61", confirmed=True)
    found = only(
        edition,
        result("SER001", Outcome.FAIL, evidence=(place,), law=(law,), severity=Severity.MINOR),
        result("SER002", Outcome.FAIL, evidence=(place,), law=(law,)),
    )
    assert (found.evidence, found.law, found.severity) == ((place,), (law,), Severity.MAJOR)


def test_items_of_another_procedure_get_no_proposal(edition: Edition) -> None:
    heard = [result("HEA001", Outcome.PASS)]
    assert set(propose(edition, heard, procedure=Procedure.HEARING)) == {"heard"}
    assert propose(edition, heard, procedure=Procedure.ORDINARY) == {}


def test_where_the_standard_knows_no_partly_met_a_failure_is_not_met() -> None:
    text = TEXT.replace("title: 样例标准", "title: 样例标准\nresults: {符合: 是, 不符合: 否}")
    edition = parse_edition("样例.yaml", text.encode())
    found = only(edition, result("SER001", Outcome.FAIL, defects=("D-64",)))
    assert (found.result, found.deduction) == (Result.NOT_MET, 1)
