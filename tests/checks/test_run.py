"""Running all checks: nothing is dropped, nothing breaks the others, the published form."""

from __future__ import annotations

import json
import logging
from datetime import date

import pytest

from review.checks.catalogue import as_interface, checks, checks_of_defects
from review.checks.check import Check, CheckResult, Outcome
from review.checks.run import SiteSettings, run_checks, run_one
from review.common.dates import DayOverride, calendar_of
from review.facts.model import CaseFacts
from review.law.in_force import LawInForce, law_in_force
from review.law.parameter import DatedValue
from tests.checks.building import case_of, cases_of

LAW = law_in_force()
REQUIRED = [1, 2, 4, 5, 6, 7, 8, 12, 18, 19, 28, 31, 34, 35, 36, 48, 49, 51, 53, 63, 64]
REQUIRED += [70, 71, 74, 75, 79, 84, 85, 86]
FULL = case_of(
    {
        "facts": {
            "filed_on": date(2023, 3, 8),
            "decided_on": date(2023, 6, 7),
            "served_on": date(2023, 6, 8),
        },
        "documents": [{"kind": "行政处罚决定书"}],
    }
)


def test_every_defect_that_must_be_known_has_a_check() -> None:
    assert {f"D-{number:02d}" for number in REQUIRED} <= set(checks_of_defects())


def test_every_check_gives_one_result_in_the_order_of_ids() -> None:
    results = run_checks(FULL, LAW)
    assert [result.check_id for result in results] == [check.id for check in checks()]
    assert [result.check_id for result in results] == sorted(r.check_id for r in results)


def test_an_empty_file_passes_and_fails_nothing() -> None:
    for result in run_checks(CaseFacts({}, ()), LAW):
        assert result.outcome is Outcome.UNKNOWN, result.check_id


def test_only_the_wanted_checks_run() -> None:
    assert [r.check_id for r in run_checks(FULL, LAW, only=["DEC004"])] == ["DEC004"]


def test_a_broken_check_becomes_unknown_with_a_logged_reference(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    original = Check.run

    def broken(self: Check, case: CaseFacts, law: LawInForce) -> CheckResult:
        if self.id == "DEC004":
            raise RuntimeError("样例甲 320000190001010011")
        return original(self, case, law)

    monkeypatch.setattr(Check, "run", broken)
    with caplog.at_level(logging.ERROR):
        results = {result.check_id: result for result in run_checks(FULL, LAW)}
    assert len(results) == len(checks())
    assert results["DEC004"].outcome is Outcome.UNKNOWN
    assert results["SER001"].outcome is Outcome.PASS
    reference = results["DEC004"].message.zh.split("编号 ")[1].split("）")[0]
    assert len(reference) == 8
    assert reference in caplog.text
    assert reference in results["DEC004"].message.en
    assert "样例甲" not in caplog.text


def test_a_site_calendar_is_used() -> None:
    entered = calendar_of([DayOverride(date(2023, 6, 6), is_working=False, source="样例通知")])
    outcomes = [
        run_checks(FULL, LAW, calendar=calendar, only=["DEC004"])[0].outcome
        for calendar in (None, entered)
    ]
    assert outcomes == [Outcome.FAIL, Outcome.PASS]


def test_a_confirmed_site_value_makes_the_failure_major() -> None:
    case = case_of(
        {
            "facts": {
                "fine_notified_yuan": 20000,
                "party_type": "organization",
                "notice_on": date(2023, 3, 17),
            },
            "documents": [{"kind": "违法行为通知书"}],
        }
    )
    value = DatedValue(
        "hearing_large_fine",
        date(2021, 7, 15),
        (("citizen", 5000), ("organization", 20000)),
        "administrative-penalty-law#art-63",
        confirmed=True,
        confirmed_by="样例局",
    )
    plain = run_checks(case, LAW, only=["HEA001"])[0]
    confirmed = run_checks(case, LAW, settings=SiteSettings((value,)), only=["HEA001"])[0]
    assert (plain.severity, confirmed.severity) == ("minor", "major")


def test_the_published_form() -> None:
    result = run_checks(FULL, LAW, only=["DEC004"])[0]
    shown = json.loads(json.dumps(as_interface(result), ensure_ascii=False))
    assert shown["id"] == "DEC004"
    assert shown["outcome"] == "fail"
    assert shown["defects"] == ["D-63"]
    assert shown["severity"] == "major"
    assert set(shown["message"]) == {"zh", "en"}
    assert shown["evidence"][0]["source"] == "样例案卷.pdf"
    assert shown["evidence"][0]["box"] == [72.0, 100.0, 240.0, 116.0]
    assert shown["law"] == [
        {"citation": "administrative-penalty-law/2021-07-15#art-60", "confirmed": True}
    ]


def test_defects_are_named_only_by_a_failure() -> None:
    for result in run_checks(FULL, LAW):
        assert bool(result.defects) is (result.outcome is Outcome.FAIL)


@pytest.mark.parametrize("check_id", [check.id for check in checks()])
@pytest.mark.parametrize("less", ["refused", "unclear", "partly"])
def test_reading_less_never_adds_a_claim_nor_a_pass(check_id: str, less: str) -> None:
    """Whatever fails or passes on a file read in part does so on the same file read in full."""
    check = next(each for each in checks() if each.id == check_id)
    for spec in cases_of(check_id):
        if spec.get("coverage", "complete") != "complete":
            continue
        full = run_one(check, case_of(spec), LAW)
        partly = run_one(check, case_of({**spec, "coverage": less}), LAW)
        if partly.outcome in (Outcome.FAIL, Outcome.PASS):
            assert partly.outcome is full.outcome, spec["name"]
        assert set(partly.defects) <= set(full.defects), spec["name"]


def test_a_case_of_unknown_procedure_is_not_accused_and_may_pass() -> None:
    def outcome(days: int) -> Outcome:
        facts = {"decided_on": date(2023, 6, 7), "served_on": date(2023, 6, 7 + days)}
        case = case_of(
            {"procedure": None, "facts": facts, "documents": [{"kind": "行政处罚决定书"}]}
        )
        return run_checks(case, LAW, only=["SER001"])[0].outcome

    assert (outcome(7), outcome(23)) == (Outcome.PASS, Outcome.UNKNOWN)


def test_a_finding_without_a_place_on_the_page_is_published_with_none() -> None:
    check = next(each for each in checks() if each.id == "ACR004")
    spec = next(each for each in cases_of("ACR004") if each["outcome"] == "fail")
    shown = json.loads(json.dumps(as_interface(run_one(check, case_of(spec), LAW))))
    assert [each["box"] for each in shown["evidence"]] == [None]


def test_a_check_of_every_procedure_accuses_whatever_the_procedure() -> None:
    papers = [{"kind": "现场照片", "facts": {"plate": "样D00002"}}]
    papers.append({"kind": "行政处罚决定书", "facts": {"plate": "样D00001"}})
    case = case_of({"procedure": None, "documents": papers})
    assert run_checks(case, LAW, only=["EVI001"])[0].outcome is Outcome.FAIL
