"""Findings: from what scorers decided and what checks found, with nothing lost on the way."""

from decimal import Decimal

import pytest

from review.checks.check import CheckResult, LawUsed, Message, Outcome, Severity
from review.facts.model import Evidence
from review.findings.derive import Derived, ScoredSheet, common_problems, derive
from review.scoring.arithmetic import ItemResult
from review.scoring.checklist import Edition, Result, parse_edition

TEXT = """
title: 样例标准
rectify_days: 10
items:
  - id: PRO-13
    title: {zh: 送达及时, en: Served in time}
    points: 4
    checks: [SER001]
    sources: [administrative-penalty-law#art-61]
    rectify: {zh: 说明原因, en: Explain}
    deduct:
      - {id: late, zh: 逾期送达, en: late, points: 1, defects: [D-64]}
      - {id: form, zh: 要素缺失, en: incomplete, points: 0.5, per: occurrence}
  - {id: PRO-12, title: 期限, points: 96, checks: [DEC004]}
  - {id: BAS-07, title: {zh: 依法告知, en: Notice given}, veto: true, checks: [NOT001]}
"""
PLACE = Evidence("a.pdf", 3, "送达日期")
LAW = LawUsed("administrative-penalty-law/2021-07-15#art-61", confirmed=True)


@pytest.fixture
def edition() -> Edition:
    return parse_edition("样例.yaml", TEXT.encode())


def sheet(scorer: int, pins: dict | None = None, **results: ItemResult | Result) -> ScoredSheet:
    return ScoredSheet(
        scorer,
        {
            key.replace("_", "-"): value if isinstance(value, ItemResult) else ItemResult(value)
            for key, value in results.items()
        },
        pins or {},
    )


def failed(check_id: str, severity: Severity = Severity.MAJOR, **more: object) -> CheckResult:
    message = Message(f"{check_id} 第 10 日送达", f"{check_id} served on day 10")
    return CheckResult(Outcome.FAIL, message, check_id=check_id, severity=severity, **more)


def only(found: Derived):
    assert len(found.findings) == 1
    return found.findings[0]


def test_a_faultless_case_has_no_findings(edition: Edition) -> None:
    met = sheet(7, PRO_13=Result.MET, PRO_12=Result.NOT_APPLICABLE, BAS_07=Result.UNDECIDED)
    assert derive(edition, [met], []) == Derived((), ())


def test_a_deduction_is_a_finding_with_reason_words_and_evidence(edition: Edition) -> None:
    pinned = Evidence("a.pdf", 5, "签收日期")
    given = ItemResult(Result.PARTLY_MET, {"late": 1, "form": 2}, comment="第 10 日才送达")
    check = failed("SER001", defects=("D-64",), evidence=(PLACE,), law=(LAW,))
    found = only(derive(edition, [sheet(7, {"PRO-13": (pinned,)}, PRO_13=given)], [check]))
    assert found.key == found.item_id == "PRO-13"
    assert (found.origin, found.proposed_by) == ("user:7", (7,))
    assert found.deduction == 2
    assert found.severity is Severity.MAJOR
    assert (
        found.text.zh == "送达及时：逾期送达；要素缺失（2 处）；第 10 日才送达；SER001 第 10 日送达"
    )
    assert found.text.en.startswith("Served in time: late; incomplete (2 times); ")
    assert found.evidence == (pinned, PLACE)
    assert found.law == (LAW,)
    assert found.sources == ("administrative-penalty-law#art-61",)
    assert found.check_ids == ("SER001",)
    assert found.rectify is not None
    assert found.rectify.due_days == 10


def test_points_decide_the_severity(edition: Edition) -> None:
    light = ItemResult(Result.PARTLY_MET, {"form": 3})
    assert only(derive(edition, [sheet(7, PRO_13=light)], [])).severity is Severity.MINOR
    heavy = ItemResult(Result.PARTLY_MET, {"form": 4})
    assert only(derive(edition, [sheet(7, PRO_13=heavy)], [])).severity is Severity.MAJOR
    none = ItemResult(Result.PARTLY_MET, deduction=Decimal(0), comment="可以改进")
    assert only(derive(edition, [sheet(7, PRO_13=none)], [])).severity is Severity.HINT


def test_a_failed_veto_item_is_a_veto_and_a_partly_met_one_is_not(edition: Edition) -> None:
    veto = only(derive(edition, [sheet(7, BAS_07=Result.NOT_MET)], []))
    assert (veto.severity, veto.deduction) == (Severity.VETO, 0)
    assert veto.text.zh == "依法告知：不符合要求"
    partly = only(derive(edition, [sheet(7, BAS_07=Result.PARTLY_MET)], []))
    assert partly.severity is Severity.MAJOR


def test_two_scorers_make_one_finding_with_the_larger_deduction(edition: Edition) -> None:
    first = sheet(7, PRO_13=ItemResult(Result.PARTLY_MET, {"form": 1}, comment="甲说"))
    second = sheet(8, PRO_13=ItemResult(Result.PARTLY_MET, {"late": 1}, comment="乙说"))
    found = only(derive(edition, [first, second], []))
    assert (found.deduction, found.origin, found.proposed_by) == (1, "user:8", (7, 8))
    assert found.text.zh == "送达及时：要素缺失；甲说；逾期送达；乙说"


def test_one_scorer_is_enough(edition: Edition) -> None:
    sheets = [sheet(7, PRO_13=Result.MET), sheet(8, PRO_13=Result.NOT_MET)]
    assert only(derive(edition, sheets, [])).proposed_by == (8,)


def test_a_failure_that_every_scorer_overruled_is_named_but_no_finding(edition: Edition) -> None:
    found = derive(edition, [sheet(7, PRO_13=Result.MET)], [failed("SER001", defects=("D-64",))])
    assert found == Derived((), ("SER001",))


def test_a_failure_that_no_item_names_is_a_finding_of_the_tool(edition: Edition) -> None:
    check = failed("ACR001", Severity.VETO, evidence=(PLACE,), law=(LAW,), defects=("D-45",))
    found = only(derive(edition, [sheet(7, PRO_13=Result.MET)], [check]))
    assert (found.key, found.origin, found.proposed_by) == ("check:ACR001", "check:ACR001", ())
    assert (found.severity, found.defects, found.item_id) == (Severity.VETO, ("D-45",), "")


def test_hints_passes_and_unknowns_are_no_findings(edition: Edition) -> None:
    others = [
        failed("ACR001", Severity.HINT),
        CheckResult(Outcome.UNKNOWN, Message("不明", "unknown"), check_id="ACR002"),
        CheckResult(Outcome.PASS, Message("好", "good"), check_id="ACR003"),
    ]
    assert derive(edition, [sheet(7, PRO_13=Result.MET)], others) == Derived((), ())


def test_before_anybody_scored_nothing_is_set_aside(edition: Edition) -> None:
    assert derive(edition, [], [failed("SER001")]) == Derived((), ())


@pytest.mark.parametrize(
    ("cases", "sample", "is_common"),
    [(3, 100, True), (2, 100, False), (2, 10, True), (2, 11, False), (1, 2, False), (1, 1, False)],
)
def test_common_problems(cases: int, sample: int, is_common: bool) -> None:
    found = [(f"c{n}", "PRO-13") for n in range(cases)] * 2
    problems = common_problems(found, sample_size=sample)
    assert bool(problems) is is_common
    if is_common:
        assert len(problems[0].cases) == cases
        assert problems[0].share == Decimal(cases) / sample


def test_the_most_frequent_problem_stands_first() -> None:
    found = [(f"c{n}", "b") for n in range(3)] + [(f"c{n}", "a") for n in range(3)]
    found += [(f"c{n}", "z") for n in range(4)]
    assert [each.key for each in common_problems(found, sample_size=9)] == ["z", "a", "b"]
