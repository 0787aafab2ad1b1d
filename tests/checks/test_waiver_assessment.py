"""Both limbs of Administrative Penalty Law art. 33(1) and the lists, over what a file shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from review.checks.waiver_assessment import (
    FLAGS,
    Leniency,
    Verdict,
    WaiverAssessment,
    assess,
    item_of,
)
from review.checks.waiver_conditions import (
    Conditions,
    Earlier,
    LedgerSearch,
    Shown,
    Standing,
    papers_of,
    together,
)
from review.facts.model import HARM, NO_HARM, SLIGHT_HARM, CaseFacts
from review.law.fines import Cause
from review.law.in_force import LawInForce, law_in_force
from review.law.statute import Wording
from review.law.waiver_list import Condition, Limb, ListKind, WaiverItem, WaiverList
from tests.checks.building import case_of

PASSENGER = "未取得道路运输经营许可擅自从事道路客运经营"
STALLS = "在公路用地范围内摆摊设点影响公路畅通"
OWN = "样例自定义行为"
DECIDED = date(2023, 9, 5)
SINCE = date(2023, 1, 1)
PROVED, NOT_PROVED, UNKNOWN = Standing.PROVED, Standing.NOT_PROVED, Standing.UNKNOWN


def item(*needs: str, number: int = 1, name: str = OWN, **more: Any) -> WaiverItem:
    return WaiverItem(
        number=number,
        name=Wording(zh=name, en=name),
        conditions=tuple(Condition.model_validate({"zh": n, "en": n, "needs": n}) for n in needs),
        is_listed=True,
        **more,
    )


def listed(*items: WaiverItem, kind: ListKind = ListKind.WAIVE) -> WaiverList:
    return WaiverList(
        kind=kind,
        title=Wording(zh="样例清单", en="sample list"),
        in_force=SINCE,
        is_whole=True,
        confirmed=True,
        items=items,
    )


def law_with(*lists: WaiverList) -> LawInForce:
    return law_in_force().for_site(waiver_lists=lists)


MINOR: dict[str, Any] = {"minor_stated": True}
HARMLESS = {"harm_stated": NO_HARM}
SLIGHT = {"harm_stated": SLIGHT_HARM}
FIRST = {"first_violation": True}
CORRECTED = {"corrected_on": date(2023, 9, 1)}
TOO_LATE = {"corrected_on": date(2023, 9, 6)}


def file_with(
    *shown: Mapping[str, Any],
    procedure: str | None = "ordinary",
    cause: str | None = OWN,
    whole: bool = True,
    papers: Sequence[str] = (),
    **facts: Any,
) -> CaseFacts:
    """A file with one report that states all of `shown`; `whole` adds the cover."""
    told = {key: value for each in shown for key, value in each.items()}
    merged = {"decided_on": DECIDED, **({} if cause is None else {"cause": cause}), **facts}
    documents = [{"kind": "案件调查报告", "facts": told}, *({"kind": each} for each in papers)]
    return case_of(
        {"procedure": procedure, "facts": merged, "documents": documents, "loose": not whole}
    )


def judged(case: CaseFacts, law: LawInForce | None = None) -> WaiverAssessment:
    return assess(case, law or law_with(listed(item("first", "corrected"))))


# ------------------------------------------------------------------ what follows for the outcome


WAIVED = [
    ("minor, corrected, harmless", (MINOR, CORRECTED, HARMLESS), Verdict.WAIVED_IN_ORDER),
    ("first, slight harm, corrected", (FIRST, CORRECTED, SLIGHT), Verdict.WAIVED_IN_ORDER),
    ("corrected after the decision", (MINOR, FIRST, HARMLESS, TOO_LATE), Verdict.WAIVED_NOT_ENTITLED),
    ("harm", (MINOR, FIRST, CORRECTED, {"harm_stated": HARM}), Verdict.WAIVED_NOT_ENTITLED),
    ("nothing about correction", (MINOR, FIRST, HARMLESS), Verdict.WAIVED_NOT_ENTITLED),
    ("harm that is slight, no search", (MINOR, CORRECTED, SLIGHT), Verdict.WAIVED_NOT_ENTITLED),
    ("not minor, harm not told", ({"minor_stated": False}, FIRST, CORRECTED), Verdict.WAIVED_OPEN),
    ("not first, harm not told", (MINOR, {"first_violation": False}, CORRECTED), Verdict.WAIVED_OPEN),
]  # fmt: skip


@pytest.mark.parametrize(
    ("shown", "verdict"), [each[1:] for each in WAIVED], ids=[each[0] for each in WAIVED]
)
def test_a_waived_case_needs_one_limb_or_the_list(
    shown: tuple[Mapping[str, Any], ...], verdict: Verdict
) -> None:
    found = judged(file_with(*shown, procedure="waived", cause="样例其他行为"))
    assert found.verdict is verdict
    assert found.is_waived is True
    assert (found.verdict in FLAGS) is (verdict is Verdict.WAIVED_NOT_ENTITLED)


def test_the_list_alone_carries_a_waiver() -> None:
    law = law_with(listed(item("corrected")))
    case = file_with(CORRECTED, procedure="waived", whole=False)
    found = assess(case, law)
    assert found.verdict is Verdict.WAIVED_IN_ORDER
    assert found.reason.zh == "免罚条件均有证明"
    limb = assess(file_with(MINOR, CORRECTED, HARMLESS, procedure="waived", cause="其他"), law)
    assert "不在清单内" in limb.reason.zh


def test_a_refused_waiver_says_whether_the_file_contradicts_or_is_silent() -> None:
    against = judged(file_with(MINOR, HARMLESS, FIRST, TOO_LATE, procedure="waived"))
    silent = judged(file_with(MINOR, HARMLESS, FIRST, procedure="waived"))
    assert against.reason.zh.startswith("两种免罚情形都有相反证据：2023-09-06改正")
    assert silent.reason.zh.startswith("免罚条件没有证明：及时改正（案卷中没有")
    assert silent.reason.en.startswith("a condition is not proven: corrected in time")


def test_loose_papers_leave_a_waiver_open() -> None:
    found = judged(file_with(MINOR, procedure="waived", whole=False))
    assert found.verdict is Verdict.WAIVED_OPEN


def limb_item(limb: Limb, *needs: str) -> LawInForce:
    return law_with(listed(item(*needs, limb=limb)))


HARMED = {"harm_stated": HARM}
FINED = [
    ("the mandatory limb", (MINOR, CORRECTED, HARMLESS), Limb.UNSTATED, Verdict.FINED_MUST_WAIVE),
    ("the list as a must", (FIRST, CORRECTED), Limb.MUST, Verdict.FINED_MUST_WAIVE),
    ("the list as a may", (FIRST, CORRECTED), Limb.MAY, Verdict.FINED_MAY_WAIVE),
    ("the list without a limb", (FIRST, CORRECTED), Limb.UNSTATED, Verdict.FINED_MAY_WAIVE),
    ("a later correction", (FIRST, TOO_LATE, HARMLESS), Limb.MUST, Verdict.FINED_IN_ORDER),
    ("not first, and harm", ({"first_violation": False}, CORRECTED, HARMED), Limb.MUST, Verdict.FINED_IN_ORDER),
    ("harm, which the list does not ask for", (FIRST, CORRECTED, HARMED), Limb.MUST, Verdict.FINED_MUST_WAIVE),
    ("nothing of the first time", (CORRECTED, MINOR), Limb.MUST, Verdict.FINED_OPEN),
]  # fmt: skip


@pytest.mark.parametrize(
    ("shown", "limb", "verdict"), [each[1:] for each in FINED], ids=[each[0] for each in FINED]
)
def test_a_fined_case_is_flagged_where_a_limb_or_the_list_is_proven(
    shown: tuple[Mapping[str, Any], ...], limb: Limb, verdict: Verdict
) -> None:
    found = judged(file_with(*shown), limb_item(limb, "first", "corrected"))
    assert found.verdict is verdict
    assert found.is_waived is False


def test_the_discretionary_limb_is_flagged_only_for_an_item_of_the_list() -> None:
    proven = (FIRST, CORRECTED, SLIGHT)
    law = limb_item(Limb.UNSTATED, "minor", "corrected")
    found = judged(file_with(*proven), law)
    assert found.verdict is Verdict.FINED_MAY_WAIVE
    assert "第1项，初次违法" in found.reason.zh
    assert judged(file_with(*proven, cause="其他"), law).verdict is Verdict.NOT_CONCERNED


def test_an_item_that_is_refuted_by_one_limb_alone_stays_open() -> None:
    law = limb_item(Limb.MUST, "other")
    against_one = (FIRST, CORRECTED, {"minor_stated": False})
    assert judged(file_with(*against_one), law).verdict is Verdict.FINED_OPEN
    own = limb_item(Limb.MUST, "first")
    not_first = ({"first_violation": False}, CORRECTED)
    assert judged(file_with(*not_first), own).verdict is Verdict.FINED_IN_ORDER
    both = ({"first_violation": False, "minor_stated": False}, CORRECTED)
    assert judged(file_with(*both), law).verdict is Verdict.FINED_IN_ORDER


def test_a_cause_off_the_list_is_no_concern_and_a_day_without_a_list_says_so() -> None:
    off = judged(file_with(cause="其他"))
    before = assess(
        file_with(cause="其他", decided_on=date(2022, 2, 28)), law_with(listed(item("first")))
    )
    assert off.verdict is before.verdict is Verdict.NOT_CONCERNED
    assert off.reason.zh == "案由不在免罚清单内"
    assert before.reason.zh == "没有当日生效的免罚清单"
    assert before.waiver.held is None


@pytest.mark.parametrize(
    ("procedure", "papers", "is_waived"),
    [
        ("waived", (), True),
        ("ordinary", ("不予行政处罚决定书",), True),
        (None, ("不予行政处罚决定书",), True),
        ("ordinary", (), False),
        ("hearing", (), False),
        ("summary", (), False),
        (None, (), None),
    ],
)
def test_a_case_is_waived_by_its_procedure_or_its_decision(
    procedure: str | None, papers: tuple[str, ...], is_waived: bool | None
) -> None:
    found = judged(file_with(MINOR, CORRECTED, HARMLESS, procedure=procedure, papers=papers))
    assert found.is_waived is is_waived
    assert (found.verdict is Verdict.NOT_CONCERNED) is (is_waived is None)


def test_the_day_of_the_decision_picks_the_lists() -> None:
    found = assess(case_of({"facts": {"cause": OWN}}), law_with(listed(item("first"))))
    assert found.day is None
    assert [each.held for each in found.lists] == [None, None, None]
    assert [each.kind for each in found.lists] == list(ListKind)
    found = judged(file_with())
    assert found.day == DECIDED
    assert found.waiver.held is not None
    assert found.waiver.item is not None


# ------------------------------------------------------------------------ the item of the list


@pytest.mark.parametrize(
    ("cause", "items", "number"),
    [
        (OWN, (item("first"),), 1),
        ("样例，自定义行为", (item("first"),), 1),
        ("样例别称", (item("first", wordings=("样例别称",)),), 1),
        (STALLS, (item("first", name="某事项", causes=("stalls-on-highway",)),), 1),
        (STALLS, (item("first", name="公路用地范围内摆摊设点"),), 1),
        (STALLS, (item("first", name="某事项", wordings=("公路用地范围内摆摊设点",)),), 1),
        (STALLS, (item("first", name="将公路作为检验车辆制动性能的试车场地"),), None),
        (STALLS, (item("first", name="公路用地范围内摆摊设点", causes=("test-track",)),), None),
        (OWN, (item("first"), item("first", number=2)), None),
        (OWN, (item("first", number=2, name="其他"), item("first", number=3)), 3),
        ("其他", (item("first"),), None),
        (None, (item("first"),), None),
    ],
)
def test_one_item_is_meant_by_its_words_or_by_the_cause_it_names(
    cause: str | None, items: tuple[WaiverItem, ...], number: int | None
) -> None:
    found = item_of(listed(*items), file_with(cause=cause), law_in_force())
    assert (found and found.number) == number
    assert item_of(None, file_with(cause=cause), law_in_force()) is None


# --------------------------------------------------------------- mitigated and lighter fines


def lenient(kind: ListKind, fine: float | None, *shown: Mapping[str, Any], **more: Any) -> Leniency:
    """Passenger transport without a permit in August 2023: 10,000 to 100,000 yuan."""
    facts: dict[str, Any] = {"act_on": date(2023, 8, 1), **more}
    if fine is not None:
        facts["fine_yuan"] = Decimal(str(fine))
    cause = facts.pop("cause", PASSENGER)
    own = item("corrected", name=PASSENGER)
    law = law_with(listed(own, kind=kind))
    found = assess(file_with(*shown, cause=cause, **facts), law)
    return next(each for each in found.lists if each.kind is kind)


@pytest.mark.parametrize(
    ("kind", "fine", "shown", "words"),
    [
        (ListKind.MITIGATE, 10000, CORRECTED, "未低于法定下限10000元"),
        (ListKind.MITIGATE, 9999.99, CORRECTED, None),
        (ListKind.MITIGATE, 9999.99, {}, "减轻条件没有证明"),
        (ListKind.MITIGATE, 10000, {}, None),
        (ListKind.LIGHTEN, 55000, CORRECTED, None),
        (ListKind.LIGHTEN, 55000.01, CORRECTED, "高于法定幅度的中间值"),
        (ListKind.LIGHTEN, 90000, {}, None),
        (ListKind.WAIVE, 90000, CORRECTED, None),
    ],
)
def test_a_fine_is_held_against_the_list_both_ways(
    kind: ListKind, fine: float, shown: Mapping[str, Any], words: str | None
) -> None:
    flag = lenient(kind, fine, shown).flag
    assert (flag is None) is (words is None)
    assert words is None or (flag is not None and words in flag.zh)


@pytest.mark.parametrize("fine", [9999, 90000])
def test_loose_papers_flag_no_mitigated_fine(fine: int) -> None:
    law = law_with(listed(item("corrected", name=PASSENGER), kind=ListKind.MITIGATE))
    facts = {"act_on": date(2023, 8, 1), "fine_yuan": fine}
    case = file_with(cause=PASSENGER, whole=False, **facts)
    assert assess(case, law).lists[1].flag is None


@pytest.mark.parametrize(
    ("fine", "more"),
    [
        (None, {}),
        (90000, {"cause": "样例其他行为"}),
        (90000, {"act_on": date(2018, 1, 1)}),
        (90000, {"cause": "施工单位偷工减料"}),
        (50, {"cause": "不按照规定携带车辆营运证"}),
    ],
)
@pytest.mark.parametrize("kind", [ListKind.MITIGATE, ListKind.LIGHTEN])
def test_without_a_range_no_fine_is_held_against_a_list(
    kind: ListKind, fine: int | None, more: dict[str, Any]
) -> None:
    cause = more.get("cause", PASSENGER)
    law = law_with(listed(item("corrected", name=cause), kind=kind))
    facts = {"act_on": date(2023, 8, 1), **more}
    facts.pop("cause", None)
    if fine is not None:
        facts["fine_yuan"] = fine
    found = assess(file_with(CORRECTED, cause=cause, **facts), law)
    leniency = next(each for each in found.lists if each.kind is kind)
    assert leniency.item is not None
    assert leniency.flag is None


def test_a_range_without_an_upper_end_has_no_upper_half() -> None:
    version = {
        "since": date(2020, 1, 1), "basis": ["sample-law#art-1"], "confirmed": True,
        "fine": {"kind": "range", "min": 100},
    }  # fmt: skip
    cause = Cause.model_validate(
        {"name": {"zh": OWN, "en": OWN}, "words": [[OWN]], "versions": [version], "key": "own"}
    )
    law = replace(law_with(listed(item("corrected"), kind=ListKind.LIGHTEN)), causes=(cause,))
    case = file_with(CORRECTED, act_on=date(2023, 8, 1), fine_yuan=90000)
    assert assess(case, law).lists[2].flag is None


def test_an_item_without_conditions_proves_nothing() -> None:
    held = listed(item())
    assert Leniency(ListKind.WAIVE, held, held.items[0], ()).standing is UNKNOWN
    assert Leniency(ListKind.WAIVE, held, None, ()).standing is UNKNOWN


# ---------------------------------------------------------------- what shows a single condition


def state(case: CaseFacts, need: str, search: LedgerSearch | None = None) -> Shown:
    conditions = Conditions(case, search)
    if need == "slight":
        return conditions.slight_harm()
    return conditions.show(need)  # type: ignore[arg-type]  # a need by its word


@pytest.mark.parametrize(
    ("need", "shown", "standing", "is_contrary"),
    [
        ("minor", MINOR, PROVED, False),
        ("minor", {"minor_stated": False}, NOT_PROVED, True),
        ("minor", {"minor_stated": {"many": [True, False]}}, NOT_PROVED, True),
        ("minor", {}, UNKNOWN, False),
        ("harmless", HARMLESS, PROVED, False),
        ("harmless", SLIGHT, NOT_PROVED, True),
        ("harmless", HARMED, NOT_PROVED, True),
        ("harmless", {}, UNKNOWN, False),
        ("slight", HARMLESS, PROVED, False),
        ("slight", SLIGHT, PROVED, False),
        ("slight", HARMED, NOT_PROVED, True),
        ("first", FIRST, PROVED, False),
        ("first", {"first_violation": False}, NOT_PROVED, True),
        ("first", {}, NOT_PROVED, False),
        ("corrected", CORRECTED, PROVED, False),
        ("corrected", {"corrected_on": DECIDED}, PROVED, False),
        ("corrected", TOO_LATE, NOT_PROVED, True),
        ("corrected", {}, NOT_PROVED, False),
        ("cooperates", {}, UNKNOWN, False),
        ("other", {}, UNKNOWN, False),
    ],
)
def test_a_condition_stands_as_the_papers_say(
    need: str, shown: Mapping[str, Any], standing: Standing, is_contrary: bool
) -> None:
    found = state(file_with(shown), need)
    assert (found.standing, found.is_contrary) == (standing, is_contrary)
    assert bool(found.evidence) is bool(shown)
    assert len(found.rests_on) == (1 if shown else 0)


@pytest.mark.parametrize("need", ["first", "corrected"])
def test_what_loose_papers_do_not_tell_is_unknown_with_the_reason(need: str) -> None:
    found = state(file_with(whole=False), need)
    assert found.standing is UNKNOWN
    assert "只有零散文书" in found.reason.zh
    assert "only loose papers" in found.reason.en


def test_two_reasons_are_told_of_what_was_not_read() -> None:
    found = state(case_of({"coverage": "refused", "procedure": "waived"}), "corrected")
    assert found.standing is UNKNOWN
    assert "附件.pdf" in found.reason.zh
    assert "没有读到任何文书" in found.reason.zh
    assert "no document" in found.reason.en
    assert "零散" not in found.reason.zh
    assert "loose" not in found.reason.en


def test_without_the_day_of_the_decision_a_correction_counts() -> None:
    case = case_of({"documents": [{"kind": "整改复查记录", "facts": TOO_LATE}]})
    assert state(case, "corrected").standing is PROVED


def test_the_heading_says_which_harm_is_asked_for() -> None:
    case = file_with(HARMLESS)
    assert state(case, "slight").title.zh == "危害后果轻微"
    assert state(case, "harmless").title.zh == "没有造成危害后果"
    assert state(case, "harmless").reason.zh == f"文书认定的危害后果：{NO_HARM}"


@pytest.mark.parametrize(
    ("corrected", "due", "standing"),
    [
        (date(2023, 8, 31), date(2023, 8, 31), PROVED),
        (date(2023, 9, 1), date(2023, 8, 31), NOT_PROVED),
    ],
)
def test_correction_is_in_time_on_the_last_day_ordered(
    corrected: date, due: date, standing: Standing
) -> None:
    found = state(file_with({"corrected_on": corrected, "correction_due_on": due}), "corrected")
    assert found.standing is standing
    assert len(found.rests_on) == 2


def test_the_first_day_of_correction_and_the_last_term_count() -> None:
    days = {"many": [date(2023, 9, 2), date(2023, 8, 30)]}
    terms = {"many": [date(2023, 8, 31), date(2023, 8, 20)]}
    found = state(file_with({"corrected_on": days, "correction_due_on": terms}), "corrected")
    assert found.standing is PROVED
    assert found.reason.zh == "2023-08-30已改正，在期限2023-08-31之内"
    assert found.reason.en == "corrected on 2023-08-30, within the term of 2023-08-31"
    alone = state(file_with(CORRECTED), "corrected").reason
    assert (alone.zh, alone.en) == ("2023-09-01已改正", "corrected on 2023-09-01")


@pytest.mark.parametrize(
    ("corrected", "ordered", "standing"),
    [
        (date(2023, 8, 15), date(2023, 8, 10), PROVED),
        (date(2023, 8, 16), date(2023, 8, 10), NOT_PROVED),
        (date(2023, 8, 16), None, PROVED),
    ],
)
def test_the_days_of_the_list_run_from_the_order_to_correct(
    corrected: date, ordered: date | None, standing: Standing
) -> None:
    order = {"kind": "责令改正违法行为通知书", "facts": {"dated_on": ordered} if ordered else {}}
    papers = [{"kind": "案件调查报告", "facts": {"corrected_on": corrected}}, order]
    case = case_of({"facts": {"decided_on": DECIDED}, "documents": papers})
    conditions = Conditions(case, None)
    with_term, without = item("corrected", correction_days=5), item("corrected")
    assert conditions.show("corrected", with_term).standing is standing
    assert conditions.show("corrected", without).standing is PROVED


def test_a_proof_of_correction_without_a_day_is_for_a_person() -> None:
    found = state(file_with(papers=("整改复查记录",)), "corrected")
    assert found.standing is UNKNOWN
    assert "未读到改正日期" in found.reason.zh
    assert found.evidence


def ledger(*sure: bool) -> LedgerSearch:
    cases = tuple(
        Earlier(number, f"样{number}号", OWN, date(2023, 1, number), is_waived=False, is_sure=each)
        for number, each in enumerate(sure, 1)
    )
    return LedgerSearch(date(2021, 9, 5), DECIDED, cases)


def test_a_sure_entry_of_the_ledger_refutes_and_a_doubtful_one_asks() -> None:
    case = file_with(FIRST)
    sure = state(case, "first", ledger(False, True))
    assert (sure.standing, sure.is_contrary) == (NOT_PROVED, True)
    assert "样2号" in sure.reason.zh
    assert "样1号" not in sure.reason.zh
    doubtful = state(case, "first", ledger(False))
    assert doubtful.standing is UNKNOWN
    assert "样1号" in doubtful.reason.zh
    assert state(case, "first", ledger()).standing is PROVED
    denied = state(file_with({"first_violation": False}), "first", ledger(False))
    assert denied.is_contrary
    many = state(case, "first", ledger(True, True, True, True))
    assert "样3号" in many.reason.zh
    assert "样4号" not in many.reason.en


@pytest.mark.parametrize(
    ("standings", "expected"),
    [
        ((PROVED, PROVED), PROVED),
        ((PROVED, UNKNOWN), UNKNOWN),
        ((UNKNOWN, NOT_PROVED), NOT_PROVED),
        ((PROVED, NOT_PROVED), NOT_PROVED),
        ((), UNKNOWN),
    ],
)
def test_conditions_stand_together_as_the_weakest(
    standings: tuple[Standing, ...], expected: Standing
) -> None:
    one = state(file_with(MINOR), "minor")
    shown = [Shown("x", one.title, each, one.reason) for each in standings]
    assert together(shown) is expected


def test_the_conditions_of_an_item_keep_its_words_and_order() -> None:
    own = item("first", "corrected")
    found = list(Conditions(file_with(FIRST, CORRECTED), None).of_item(own))
    assert [(each.key, each.title.zh) for each in found] == [
        ("1.first", "first"),
        ("2.corrected", "corrected"),
    ]


# --------------------------------------------------------------------------- papers of the file


def test_a_waived_file_holds_search_promise_education_proof_and_decision() -> None:
    kinds = ("首次违法查询记录", "教育记录", "卸载复磅单", "不予行政处罚决定书")
    own = item("first", papers=("教育记录", "安全承诺"))
    found = {each.key: each for each in papers_of(file_with(papers=kinds), own)}
    assert [(key, each.standing) for key, each in found.items()] == [
        ("首次违法查询记录", PROVED),
        ("免予处罚告知承诺书", NOT_PROVED),
        ("教育记录", PROVED),
        ("改正证明", PROVED),
        ("不予行政处罚决定书", PROVED),
        ("安全承诺", NOT_PROVED),
    ]
    assert found["教育记录"].title.en == "Record of education"
    assert found["安全承诺"].title.en == "安全承诺"
    assert found["教育记录"].reason.zh == "《教育记录》（第4页）"
    assert len(papers_of(file_with(papers=kinds), own)) == len(found), "each paper once"
    loose = papers_of(file_with(whole=False), None)
    assert {each.standing for each in loose} == {UNKNOWN}


def test_the_papers_of_an_assessment_are_those_of_the_list_of_waivers() -> None:
    own = item("first", papers=("安全承诺",))
    law = law_with(listed(own), listed(item("first"), kind=ListKind.MITIGATE))
    assert "安全承诺" in [each.key for each in judged(file_with(), law).papers]


def test_a_paper_may_be_known_by_its_title() -> None:
    case = case_of({"documents": [{"kind": "其他文书", "title": "车主安全承诺书"}]})
    found = papers_of(case, item("first", papers=("安全承诺",)))
    assert found[-1].standing is PROVED


@pytest.mark.parametrize("by", ["party_signature", "signature_unread", "signed_on", None])
def test_a_promise_counts_when_it_is_signed(by: str | None) -> None:
    values = {"party_signature": "样例甲", "signature_unread": True, "signed_on": DECIDED}
    paper = {"kind": "免予处罚告知承诺书", "facts": {} if by is None else {by: values[by]}}
    found = papers_of(case_of({"documents": [paper]}), None)[1]
    assert found.standing is (UNKNOWN if by is None else PROVED)
    assert ("未读到当事人签名" in found.reason.zh) is (by is None)
    other = papers_of(case_of({"documents": [{"kind": "教育记录"}]}), None)[2]
    assert other.standing is PROVED
