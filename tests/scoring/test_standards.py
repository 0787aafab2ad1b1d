"""Standards that others wrote: the ministry's formula, percentages, and 100 less deductions."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from review.checks.catalogue import checks
from review.checks.check import CheckResult, LawUsed, Message, Outcome, Procedure, Severity
from review.scoring.arithmetic import ItemResult, total
from review.scoring.checklist import Edition, load_edition, parse_edition
from review.scoring.edition_file import Result
from review.services.rules.edition_compare import scored

ROOT = Path(__file__).parents[2]
MINISTRY = load_edition(ROOT / "checklists/ecology-penalty/2024-05-31.yaml")
FLEXIBLE = load_edition(ROOT / "checklists/flexible-enforcement/2026-01-01.yaml")
RECORDINGS = load_edition(ROOT / "checklists/recordings/2026-01-01.yaml")
ORDINARY = load_edition(ROOT / "checklists/penalty-ordinary/2026-01-01.yaml")


def all_met(edition: Edition, **other: ItemResult) -> dict[str, ItemResult]:
    given = {item.id: ItemResult(Result.MET) for item in edition.items}
    return given | {key.replace("_", "-"): value for key, value in other.items()}


ABSENT = {f"DOC-{number:02d}": ItemResult(Result.NOT_APPLICABLE) for number in (4, 9, 10, 12, 13)}
"""A case without appraisal, hearing, reminder and enforcement: 76 of 100 points take part."""


def test_the_ministry_has_fifty_for_legality_and_fifty_for_the_papers_present() -> None:
    assert total(MINISTRY, all_met(MINISTRY)).score == 100
    lost = all_met(MINISTRY) | ABSENT
    lost["DOC-11"] = ItemResult(Result.PARTLY_MET, {"d1": 1})  # 3 of the decision's 15
    found = total(MINISTRY, lost)
    # 50 + 50 x (76 - 3) / 76
    assert found.applicable == 76
    assert found.score == Decimal("98.03")


def test_basic_elements_are_taken_off_the_whole_and_a_major_problem_makes_it_nothing() -> None:
    given = all_met(MINISTRY) | ABSENT
    given["ELE-01"] = ItemResult(Result.NOT_MET)  # 3
    given["ELE-09"] = ItemResult(Result.NOT_MET)  # 1.5
    assert total(MINISTRY, given).score == Decimal("95.5")
    given["MAJ-19"] = ItemResult(Result.NOT_MET)
    proposed = total(MINISTRY, given)
    assert (proposed.score, proposed.vetoes_proposed) == (Decimal("95.5"), ("MAJ-19",))
    given["MAJ-19"] = ItemResult(Result.NOT_MET, veto_confirmed=True)
    confirmed = total(MINISTRY, given)
    assert confirmed.score == 0
    assert confirmed.grade is not None
    assert confirmed.grade.name.zh == "不合格"


def test_the_points_of_every_paper_are_those_of_its_parts() -> None:
    papers = [item for item in MINISTRY.items if item.id.startswith("DOC-")]
    assert [item.points for item in papers] == [2, 10, 10, 5, 8, 8, 10, 10, 4, 8, 15, 2, 5, 3]
    for item in papers:
        assert sum(reason.points for reason in item.deductions) == item.points, item.id
    assert sum(item.is_veto for item in MINISTRY.items) == 25


@pytest.mark.parametrize("edition", [FLEXIBLE, RECORDINGS], ids=lambda each: each.kind)
def test_the_further_standards_add_up_and_name_known_checks(edition: Edition) -> None:
    assert sum(item.points for item in edition.items) == 100
    assert total(edition, all_met(edition)).score == 100
    known = {check.id for check in checks()}
    assert {check for item in edition.items for check in item.checks} <= known
    for item in edition.items:
        assert sum(reason.points for reason in item.deductions) <= item.points * 4, item.id


def test_recordings_ask_for_time_codes_where_something_is_seen() -> None:
    coded = {item.id for item in RECORDINGS.items if item.needs_time_code}
    assert {"COV-01", "NOD-02", "QUA-01", "BEH-02"} <= coded
    assert not coded & {"KEE-01", "KEE-02", "KEE-03", "COV-03"}
    assert not any(item.needs_time_code for item in ORDINARY.items)


PERCENT = b"""title: percent
total: 20
scale: 100
grades: [[A, 85], [B, 60], [C, 0]]
items:
  - {id: I1, title: one, points: 5, step: 0.5}
  - {id: I2, title: two, points: 15, step: 0.5}
"""
PLAIN = b"""title: less
base: 100
grades: [[A, 90], [B, 60], [C, 0]]
sections:
  - id: D
    title: deductions
    counts: deducted
    items:
      - id: I1
        title: one
        points: 10
        deduct: [{id: a, zh: a, points: 2, per: occurrence}]
      - {id: I2, title: two, points: 20}
"""


def test_a_percentage_scale() -> None:
    edition = parse_edition(Path("percent/2026-01-01.yaml"), PERCENT)
    given = {"I1": ItemResult(Result.MET), "I2": ItemResult(Result.PARTLY_MET)}
    found = total(edition, given)  # 7.5 of 15 kept: 12.5 of 20
    assert (found.score, found.raw) == (Decimal("62.5"), Decimal("12.5"))
    assert found.grade is not None
    assert found.grade.name.zh == "B"


def test_a_hundred_less_deductions_never_falls_below_nothing() -> None:
    edition = parse_edition(Path("plain/2026-01-01.yaml"), PLAIN)
    given = {
        "I1": ItemResult(Result.PARTLY_MET, {"a": 3}),
        "I2": ItemResult(Result.NOT_APPLICABLE),
    }
    assert total(edition, given).score == 94
    given["I1"] = ItemResult(Result.PARTLY_MET, {"a": 9})
    assert total(edition, given).score == 90
    given["I2"] = ItemResult(Result.NOT_MET)
    assert total(edition, given).score == 70


def result(check_id: str, outcome: Outcome, defects: tuple[str, ...] = ()) -> CheckResult:
    return CheckResult(
        outcome,
        Message("样例", "sample"),
        defects=defects,
        severity=Severity.MAJOR,
        check_id=check_id,
        law=(LawUsed("administrative-penalty-law#art-59", True),),
    )


def test_one_set_of_findings_is_scored_under_two_editions() -> None:
    findings = [
        result("DEC001", Outcome.FAIL, ("D-70",)),
        result("SER002", Outcome.FAIL, ("D-69",)),
        result("DEC004", Outcome.PASS),
    ]
    ours = scored(ORDINARY, findings, Procedure.ORDINARY)
    theirs = scored(MINISTRY, findings, Procedure.ORDINARY)
    assert {each.item_id for each in theirs.items} == {"DOC-11", "ELE-04"}
    # 100 - 50 x 3 / 100 for the evidence not listed, and 2 for the proof of service
    assert theirs.totals.score == Decimal("96.5")
    assert ours.totals.score < 100
    assert {check for each in ours.items for check in each.check_ids} <= {"DEC001", "SER002"}
    assert scored(MINISTRY, [], Procedure.ORDINARY).totals.score == 100
