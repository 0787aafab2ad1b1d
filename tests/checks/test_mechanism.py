"""What the mechanism promises beside the single checks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from review.checks.catalogue import checks
from review.checks.check import (
    REGISTRY,
    Check,
    CheckFunction,
    CheckResult,
    Found,
    LawUsed,
    Message,
    Outcome,
    Severity,
    capped,
    check,
    defect,
    failed,
    is_sure,
    passed,
    places,
    unknown,
)
from review.facts.model import CaseFacts
from review.law.in_force import LawInForce, law_in_force
from tests.checks.building import case_of, fact

LAW = law_in_force()
checks()  # every id is taken before one is tried again
CONFIRMED = LawUsed("administrative-penalty-law/2021-07-15#art-60", confirmed=True)
UNCONFIRMED = LawUsed("transport-enforcement-procedure/2021-07-15#art-77", confirmed=False)


def made(function: CheckFunction, **changes: object) -> Check:
    """A check that is not registered."""
    title = Message("样例", "sample")
    sample = Check(
        id="TST001",
        title=title,
        stage="test",
        defects=("D-63",),
        severity=Severity.VETO,
        procedures=frozenset(REGISTRY["ARC001"].procedures),
        sources=("administrative-penalty-law#art-60",),
        inputs=("filed_on",),
        cannot_see=title,
        function=function,
    )
    return replace(sample, **changes)  # type: ignore[arg-type]  # changed fields by name


def always(result: CheckResult) -> CheckFunction:
    return lambda case, law: result


CASE = case_of({"facts": {"filed_on": date(2023, 3, 8)}})


@pytest.mark.parametrize("bad", ["DEC4", "DEC0040", "dec004", "", "DEC004"])
def test_a_malformed_or_taken_id_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="id"):
        register(bad)


def register(check_id: str, *, doc: str | None = "Looks.", sources: tuple[str, ...] = ("a#art-1",)):  # type: ignore[no-untyped-def]  # a helper of this test
    def function(case: CaseFacts, law: LawInForce) -> CheckResult:
        return passed("是", "yes")

    function.__doc__ = doc
    return check(
        check_id,
        title=("样例", "sample"),
        defects=(),
        severity=Severity.HINT,
        sources=sources,
        inputs=(),
        cannot_see=("无", "nothing"),
    )(function)


def test_a_check_without_docstring_or_law_is_refused() -> None:
    with pytest.raises(ValueError, match="docstring"):
        register("TST901", doc=None)
    with pytest.raises(ValueError, match="law"):
        register("TST902", sources=())
    assert not {"TST901", "TST902"} & set(REGISTRY)


def test_unconfirmed_law_never_carries_more_than_minor() -> None:
    for severity in Severity:
        expected = severity if severity in (Severity.HINT, Severity.MINOR) else Severity.MINOR
        assert capped(severity, [CONFIRMED, UNCONFIRMED]) is expected
        assert capped(severity, [CONFIRMED]) is severity


def test_each_defect_is_capped_by_its_own_law() -> None:
    heavy = defect("D-63", "甲", "a", fact("filed_on", CASE.merged["filed_on"].value))
    light = replace(heavy, law=(UNCONFIRMED,))
    assert made(always(failed(light))).run(CASE, LAW).severity is Severity.MINOR
    both = made(always(failed(light, replace(heavy, law=(CONFIRMED,))))).run(CASE, LAW)
    assert both.severity is Severity.VETO
    assert both.law == (UNCONFIRMED, CONFIRMED)


def test_a_failure_without_a_finding_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="found"):
        failed()


def test_a_doubtful_fact_takes_the_failure_back_and_shows_the_page() -> None:
    doubtful = fact("filed_on", CASE.merged["filed_on"].value, confidence=0.79, page=7)
    result = made(always(failed(defect("D-63", "晚", "late", doubtful)))).run(CASE, LAW)
    assert result.outcome is Outcome.UNKNOWN
    assert result.defects == ()
    assert "7" in result.message.zh
    assert result.evidence == places([doubtful])
    assert result.trace[-1] == Message("晚", "late")


def test_only_the_doubtful_part_of_a_failure_is_taken_back() -> None:
    sure = fact("decided_on", CASE.merged["filed_on"].value)
    doubtful = fact("filed_on", CASE.merged["filed_on"].value, confidence=0.5)
    two = failed(defect("D-63", "一", "one", sure), defect("D-64", "二", "two", doubtful))
    result = made(always(two)).run(CASE, LAW)
    assert result.outcome is Outcome.FAIL
    assert result.defects == ("D-63",)
    assert "立案日" in result.trace[-1].zh


def test_a_person_or_two_papers_make_a_doubtful_reading_sure() -> None:
    day = CASE.merged["filed_on"].value
    doubtful = fact("filed_on", day, confidence=0.5)
    assert not is_sure(doubtful, CASE)
    assert is_sure(replace(doubtful, origin="person"), CASE)
    papers = [{"kind": "立案登记表", "facts": {"filed_on": day}}] * 2
    assert is_sure(doubtful, case_of({"documents": papers}))


def test_a_check_of_other_procedures_does_not_run() -> None:
    def never(case: CaseFacts, law: LawInForce) -> CheckResult:
        raise AssertionError

    result = made(never, procedures=frozenset()).run(CASE, LAW)
    assert result.outcome is Outcome.NOT_APPLICABLE
    assert result.law == (CONFIRMED,)


def test_obstacles_are_told_in_both_languages() -> None:
    from review.facts.absence import absence

    gap = absence(case_of({"coverage": "refused", "documents": [{"kind": "行政处罚决定书"}]}))
    result = unknown("未读到通知书", "no notice", because=gap)
    assert "附件.pdf" in result.message.zh
    assert "附件.pdf" in result.message.en
    assert result.obstacles == gap.obstacles


def test_places_come_once_and_in_order() -> None:
    one, other = fact("filed_on", CASE.merged["filed_on"].value), CASE.merged["filed_on"]
    assert places([one, one.evidence, other]) == tuple(
        dict.fromkeys([one.evidence, other.evidence])
    )


def test_found_keeps_what_it_rests_on() -> None:
    found = defect("D-63", "甲", "a", CASE.merged["filed_on"])
    assert isinstance(found, Found)
    assert found.rests_on == (CASE.merged["filed_on"],)


@pytest.mark.parametrize(
    ("confidence", "kind", "is_scanned", "outcome"),
    [
        (1.0, "立案登记表", False, Outcome.PASS),
        (0.79, "立案登记表", False, Outcome.UNKNOWN),
        (1.0, "案件调查报告", False, Outcome.UNKNOWN),
        (1.0, "立案登记表", True, Outcome.UNKNOWN),
    ],
)
def test_a_report_shakes_a_date_unless_the_paper_that_makes_it_is_typed_and_clear(
    confidence: float, kind: str, *, is_scanned: bool, outcome: Outcome
) -> None:
    late = date(2023, 3, 20)

    def not_late(case: CaseFacts, law: LawInForce) -> CheckResult:
        filed = case.merged["filed_on"]
        return (
            failed(defect("D-63", "晚", "late", filed)) if filed.value == late else passed("", "")
        )

    case = case_of(
        {
            "facts": {"filed_on": date(2023, 3, 8)},
            "confidence": {"filed_on": confidence},
            "stands_in": {"filed_on": 0},
            "contradictions": {"filed_on": [{"value": late, "document": 1}]},
            "documents": [{"kind": kind, "recognized": is_scanned}, {"kind": "结案报告"}],
        }
    )
    assert made(not_late).run(case, LAW).outcome is outcome


def test_papers_that_disagree_on_what_the_case_does_not_give_shake_nothing() -> None:
    case = case_of(
        {"contradictions": {"filed_on": [{"value": date(2023, 3, 20), "document": 0}]},
         "documents": [{"kind": "结案报告"}]}
    )  # fmt: skip
    assert made(always(passed("是", "yes"))).run(case, LAW).outcome is Outcome.PASS
