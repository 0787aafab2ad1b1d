"""The arithmetic of a sheet: examples by hand and properties over all results."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.checks.check import Procedure
from review.errors import BadScore
from review.scoring.arithmetic import VETO_WAITING, ItemResult, VetoState, deduction_of, total
from review.scoring.checklist import Edition, Result, load_edition

ROOT = Path(__file__).parents[2]
ORDINARY = load_edition(ROOT / "checklists/penalty-ordinary/2026-01-01.yaml")
PLAIN = load_edition(ROOT / "tests/data/editions/plain_100_minus.yaml")
PERCENT = load_edition(ROOT / "tests/data/editions/percentage.yaml")
WEIGHTED = load_edition(ROOT / "tests/data/editions/weighted.yaml")
FAIL = Result.NOT_MET
PARTLY = Result.PARTLY_MET


def all_met(edition: Edition, **changed: ItemResult) -> dict[str, ItemResult]:
    results = {item.id: ItemResult(Result.MET) for item in edition.items_for(None)}
    return results | {key.replace("_", "-"): value for key, value in changed.items()}


def test_a_faultless_sheet_has_all_points() -> None:
    found = total(ORDINARY, all_met(ORDINARY))
    assert (found.score, found.raw, found.applicable) == (100, 100, 100)
    assert found.grade is not None
    assert found.grade.name.zh == "优秀"
    assert found.groups["three_systems"].earned == 16
    assert found.is_complete


def test_an_empty_sheet_has_no_grade() -> None:
    found = total(ORDINARY, {})
    assert found.grade is None
    assert len(found.undecided) == 85
    assert not found.is_complete


def test_occurrences_are_counted_and_capped() -> None:
    item = ORDINARY.item("EVI-05")
    for count, taken in ((1, "0.5"), (4, "2"), (6, "3"), (9, "3")):
        result = ItemResult(PARTLY, {"each": count})
        assert deduction_of(ORDINARY, item, result) == Decimal(taken)


def test_a_reason_that_is_not_counted_takes_its_points_once() -> None:
    item = ORDINARY.item("PRO-13")
    assert deduction_of(ORDINARY, item, ItemResult(PARTLY, {"late": 5})) == 1
    assert deduction_of(ORDINARY, item, ItemResult(FAIL, {"late": 1, "method": 1})) == 2


def test_without_a_reason_not_met_takes_all_and_partly_met_the_usual_one() -> None:
    item = ORDINARY.item("EVI-05")
    assert deduction_of(ORDINARY, item, ItemResult(FAIL)) == 3
    assert deduction_of(ORDINARY, item, ItemResult(PARTLY)) == Decimal("0.5")


def test_partly_met_without_reasons_keeps_the_edition_s_fraction() -> None:
    assert deduction_of(PERCENT, PERCENT.item("1.2"), ItemResult(PARTLY)) == 48
    assert deduction_of(PERCENT, PERCENT.item("2.1"), ItemResult(PARTLY)) == 60
    assert deduction_of(PLAIN, PLAIN.item("K2"), ItemResult(PARTLY)) == 6


def test_a_person_s_deduction_overrides_the_rule() -> None:
    given_one = ItemResult(PARTLY, {"each": 4}, deduction=Decimal("0.7"))
    assert deduction_of(ORDINARY, ORDINARY.item("EVI-05"), given_one) == Decimal("0.7")


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (ItemResult(PARTLY, deduction=Decimal("3.1")), "between 0 and 3"),
        (ItemResult(PARTLY, deduction=Decimal("-0.1")), "between 0 and 3"),
        (ItemResult(PARTLY, deduction=Decimal("NaN")), "between 0 and 3"),
        (ItemResult(PARTLY, deduction=Decimal("0.25")), "steps of 0.1"),
        (ItemResult(PARTLY, {"nothing": 1}), "no reason nothing"),
        (ItemResult(PARTLY, {"each": -1}), "negative"),
        (ItemResult(Result.MET, {"each": 1}), "no deduction"),
        (ItemResult(Result.NOT_APPLICABLE, deduction=Decimal(1)), "no deduction"),
    ],
)
def test_what_the_item_does_not_allow_is_refused(result: ItemResult, words: str) -> None:
    with pytest.raises(BadScore) as refused:
        total(ORDINARY, all_met(ORDINARY, EVI_05=result))
    assert words in refused.value.text("en")
    assert "EVI-05" in refused.value.text("zh")


def test_unknown_items_and_results_are_refused() -> None:
    with pytest.raises(BadScore, match="no such item"):
        total(ORDINARY, {"XX-01": Result.MET})
    with pytest.raises(BadScore, match="there is no result 好"):
        total(ORDINARY, {"EVI-01": "好"})


def test_a_result_that_the_edition_does_not_use_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "e.yaml"
    path.write_text(
        "title: 样例\nresults: {符合: 是, 不符合: 否}\nitems: [{id: a, title: 项, points: 100}]\n",
        encoding="utf-8",
    )
    edition = load_edition(path)
    assert total(edition, {"a": "不符合"}).score == 0
    with pytest.raises(BadScore, match="only knows"):
        total(edition, {"a": "部分符合"})


def test_not_applicable_items_are_rescaled() -> None:
    results = all_met(
        ORDINARY,
        PRO_16=ItemResult(Result.NOT_APPLICABLE),
        EVI_08=ItemResult(Result.NOT_APPLICABLE),
        PRO_12=ItemResult(FAIL),
    )
    found = total(ORDINARY, results)
    assert (found.applicable, found.raw) == (Decimal(98), Decimal(96))
    assert found.score == Decimal("97.96")


def test_a_sheet_on_which_nothing_applies_has_no_grade() -> None:
    results = {item.id: Result.NOT_APPLICABLE for item in ORDINARY.items_for(None)}
    found = total(ORDINARY, results)
    assert (found.score, found.grade) == (0, None)


def test_not_applicable_may_count_in_full(tmp_path: Path) -> None:
    path = tmp_path / "e.yaml"
    path.write_text(
        "title: 样例\nnot_applicable: full\nitems:\n"
        "  - {id: a, title: 甲, points: 40}\n  - {id: b, title: 乙, points: 60}\n",
        encoding="utf-8",
    )
    assert total(load_edition(path), {"a": "不适用", "b": "部分符合"}).score == 70


def test_the_hearing_pack_counts_for_hearings_only() -> None:
    results = all_met(ORDINARY, PRO_12=ItemResult(FAIL))
    assert total(ORDINARY, results, procedure=Procedure.ORDINARY).score == 98
    pack = {f"HEA-0{n}": ItemResult(Result.MET) for n in range(1, 7)}
    heard = total(ORDINARY, results | pack, procedure=Procedure.HEARING)
    assert (heard.applicable, heard.score) == (106, Decimal("98.11"))
    assert total(ORDINARY, results | pack).score == heard.score
    open_pack = total(ORDINARY, results, procedure=Procedure.HEARING)
    assert open_pack.undecided == tuple(pack)


def test_grade_bounds_are_included() -> None:
    def grade(lost: str) -> str:
        results = {"K1": ItemResult(PARTLY, deduction=Decimal(lost)), "K2": "符合", "K3": "符合"}
        found = total(PLAIN, results).grade
        assert found is not None
        return found.name.zh

    assert grade("5") == "优秀"
    results = {
        "K1": ItemResult(FAIL),
        "K2": ItemResult(PARTLY, deduction=Decimal("0.1")),
        "K3": "符合",
    }
    found = total(PLAIN, results)
    assert found.score == Decimal("94.9")
    assert found.grade is not None
    assert found.grade.name.zh == "合格"


def test_a_veto_is_proposed_until_it_is_confirmed() -> None:
    proposed = total(ORDINARY, all_met(ORDINARY, BAS_07=ItemResult(FAIL)))
    assert proposed.veto is VetoState.PROPOSED
    assert proposed.grade is not None
    assert proposed.grade.name.zh == "优秀"
    assert proposed.shown_grade is VETO_WAITING  # nobody reads 优秀 over a veto that waits
    confirmed = total(ORDINARY, all_met(ORDINARY, BAS_07=ItemResult(FAIL, veto_confirmed=True)))
    assert confirmed.veto is VetoState.CONFIRMED
    assert confirmed.vetoes_confirmed == ("BAS-07",)
    assert confirmed.grade is not None
    assert confirmed.grade.name.zh == "不合格"
    assert confirmed.shown_grade is confirmed.grade.name
    assert confirmed.score == 100
    assert confirmed.grade_without_veto.name.zh == "优秀"


def test_a_confirmation_without_a_failure_is_no_veto() -> None:
    found = total(ORDINARY, all_met(ORDINARY, BAS_07=ItemResult(Result.MET, veto_confirmed=True)))
    assert found.veto is VetoState.NONE


def test_a_veto_item_with_points_also_costs_them() -> None:
    summary = load_edition(ROOT / "checklists/penalty-summary/2026-01-01.yaml")
    results = {item.id: ItemResult(Result.MET) for item in summary.items}
    found = total(summary, results | {"SUM-01": ItemResult(FAIL)})
    assert (found.score, found.veto) == (85, VetoState.PROPOSED)


def test_an_edition_may_set_the_score_to_zero() -> None:
    results = {"1.1": "符合", "1.2": "符合", "2.1": "符合"}
    confirmed = results | {"3": ItemResult(FAIL, veto_confirmed=True)}
    assert total(PERCENT, confirmed).score == 0
    assert total(PERCENT, results | {"3": FAIL}).score == 100


def test_points_are_brought_to_the_edition_s_scale_and_rounded_its_way() -> None:
    found = total(PERCENT, {"1.1": "符合", "1.2": "部分符合", "2.1": "部分符合", "3": "符合"})
    assert found.raw == 142
    assert found.score == 56  # 142 / 250 = 56.8, rounded down to whole points
    assert found.grade is not None
    assert found.grade.name.zh == "等外"


def test_a_hundred_less_deductions() -> None:
    results = {"K1": ItemResult(PARTLY, {"d1": 3}), "K2": "符合", "K3": "符合"}
    assert total(PLAIN, results).score == Decimal("98.5")


def test_base_weights_and_capped_deductions() -> None:
    results = {
        "L1": "符合",
        "G1": "不适用",
        "G2": ItemResult(PARTLY, deduction=Decimal(6)),
        "Y1": ItemResult(PARTLY, {"seal": 3, "index": 1}),
        "Y2": "不符合",
    }
    found = total(WEIGHTED, results)
    # 50 + 50 x 54/60 - min(10 + 15, 20)
    assert found.score == 75
    assert found.sections["规范性"].applicable == 60
    assert found.sections["基本要素"].deducted == 25


def test_sections_and_dimensions_both_sum_to_what_was_taken() -> None:
    results = all_met(
        ORDINARY,
        PRO_12=ItemResult(FAIL),
        PUB_03=ItemResult(PARTLY, {"late": 1}),
        AV_02=ItemResult(FAIL),
    )
    found = total(ORDINARY, results)
    assert found.deducted == Decimal("4.5")
    assert sum(each.deducted for each in found.sections.values()) == found.deducted
    assert sum(each.deducted for each in found.dimensions.values()) == found.deducted
    assert found.dimensions["publication"].share == Decimal(5) / Decimal(6)
    assert found.dimensions["hearing"].share is None


# --- properties ---------------------------------------------------------------------------------

EDITIONS = st.sampled_from([ORDINARY, PLAIN, PERCENT, WEIGHTED])


@st.composite
def sheets(draw: st.DrawFn) -> tuple[Edition, dict[str, ItemResult]]:
    edition = draw(EDITIONS)
    results = {}
    for item in edition.items_for(None):
        result = draw(st.sampled_from(list(edition.results)))
        chosen = {}
        deduction = None
        if result in {PARTLY, FAIL}:
            chosen = {
                each.id: draw(st.integers(0, 8)) for each in item.deductions if draw(st.booleans())
            }
            if draw(st.booleans()):
                steps = int(item.points / item.step)
                deduction = draw(st.integers(0, steps)) * item.step
        confirmed = draw(st.booleans()) and draw(st.booleans())
        results[item.id] = ItemResult(result, chosen, deduction, veto_confirmed=confirmed)
    return edition, results


@given(sheets())
def test_the_score_stays_within_the_scale(sheet: tuple[Edition, dict[str, ItemResult]]) -> None:
    edition, results = sheet
    found = total(edition, results)
    assert 0 <= found.score <= edition.scale
    assert 0 <= found.raw <= found.applicable
    assert not found.score % edition.rounding_step or found.score == edition.scale


@given(sheets(), st.randoms(use_true_random=False))
def test_the_order_of_the_items_is_irrelevant(sheet, random) -> None:
    edition, results = sheet
    shuffled = list(results.items())
    random.shuffle(shuffled)
    assert total(edition, dict(shuffled)) == total(edition, results)


@given(sheets(), st.data())
def test_one_more_deduction_never_raises_the_score(sheet, data) -> None:
    edition, results = sheet
    item_id = data.draw(st.sampled_from(sorted(results)))
    if results[item_id].result is Result.NOT_APPLICABLE:
        return
    confirmed = results[item_id].veto_confirmed
    worse = results | {item_id: ItemResult(FAIL, veto_confirmed=confirmed)}
    assert total(edition, worse).score <= total(edition, results).score


@given(sheets(), st.data())
def test_a_confirmed_veto_dominates_every_score(sheet, data) -> None:
    edition, results = sheet
    veto = data.draw(st.sampled_from([item.id for item in edition.items if item.is_veto]))
    found = total(edition, results | {veto: ItemResult(FAIL, veto_confirmed=True)})
    assert found.grade == edition.veto_grade
    assert found.veto is VetoState.CONFIRMED


@given(st.sets(st.sampled_from([item.id for item in ORDINARY.items if item.points])))
def test_leaving_out_items_of_a_faultless_sheet_leaves_it_faultless(out: set[str]) -> None:
    results = all_met(ORDINARY)
    out &= set(results)
    if len(out) == 70:
        return
    found = total(ORDINARY, results | dict.fromkeys(out, ItemResult(Result.NOT_APPLICABLE)))
    assert found.score == 100
