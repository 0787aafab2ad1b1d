"""Remedies (救济告知): reconsideration and suit, their periods and organs by date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from review.checks.check import (
    SURE,
    CheckResult,
    Found,
    Severity,
    check,
    defect,
    failed,
    passed,
    unknown,
)
from review.checks.circumstances import FINED
from review.checks.values import (
    count,
    day,
    missing_text,
    names,
    page_of,
    page_of_en,
    parameter,
    same_name,
    says,
    the_decision,
    words,
)
from review.facts.absence import absence
from review.facts.model import CaseFacts, DocumentFacts, Fact
from review.law.in_force import LawInForce

SUPERIOR_ENDINGS = ("局", "厅", "委员会", "部", "委", "总队", "支队", "大队")


def _is_government(organ: str) -> bool:
    return "人民政府" in organ or "管理委员会" in organ or "管委会" in organ


def _is_intake_office(organ: str) -> bool:
    """An office that takes applications in on behalf of the government."""
    return "司法" in organ or "复议" in organ


@check(
    "DEC002",
    title=("复议、诉讼途径和期限正确", "Remedies and their periods are right"),
    defects=("D-71", "D-101", "D-102"),
    severity=Severity.MAJOR,
    sources=(
        "administrative-penalty-law#art-59",
        "administrative-reconsideration-law",
        "administrative-litigation-law#art-46",
    ),
    inputs=("decided_on",),
    procedures=FINED,
    cannot_see=(
        "不判断哪一个法院有管辖权（可能集中管辖）",
        "does not say which court has jurisdiction (it may be concentrated)",
    ),
)
def remedies_told(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the decision tells reconsideration and suit with the periods and organ of its date.

    Fails when a period differs from the law of the day, when a decision of 2024 or later names a
    department as the organ of reconsideration, when an on-the-spot decision of 2024 or later does
    not say that reconsideration comes first, and when a decision read in full tells no remedy.
    Unknown when the day or the text was not read. Which court is right is not judged.
    """
    decision = the_decision(case)
    if decision is None:
        return unknown("未读到处罚决定书", "the decision was not found")
    own, merged = decision.first("decided_on"), case.get("decided_on")
    # under a seal the decision's own day may be misread; the other papers then tell it
    decided = own if own is not None and own.confidence >= SURE else merged or own
    on = day(decided)
    if decided is None or on is None:
        return unknown(*missing_text(("decided_on",)), missing=("decided_on",))
    found = [
        *_periods(decision, law, on),
        *_organs(decision, decided, law, on),
        *_order(decision, decided, case, law, on),
    ]
    if found:
        return failed(*found)
    facts = [
        fact
        for name in (
            "reconsideration_days",
            "litigation_months",
            "reconsideration_organs",
            "remedies_stated",
        )
        if (fact := decision.first(name)) is not None and fact.value is not False
    ]
    comes_first = bool(says(decision.first("reconsideration_first")))
    suit_told = decision.first("litigation_months") or (
        comes_first and decision.first("litigation_days")
    )
    if _must_come_first(decision, law, on) and not comes_first:
        suit_told = None
    if decision.first("reconsideration_days") and suit_told:
        return passed(
            "复议、诉讼的期限和复议机关与决定日的规定相符",
            "periods and organ follow the law of the day",
            *facts,
        )
    gap = absence(case, within=decision)
    if facts or not gap.may_be_claimed:
        return unknown(
            "未完整读到复议、诉讼的期限", "the periods were not read in full", because=gap
        )
    return failed(
        defect(
            "D-71",
            f"{page_of(decision)}未告知申请复议、提起诉讼的途径和期限",
            f"{page_of_en(decision)} tells no remedy",
            decision,
        )
    )


def _periods(decision: DocumentFacts, law: LawInForce, on: date) -> Iterable[Found]:
    days, months = decision.first("reconsideration_days"), decision.first("litigation_months")
    in_days = decision.first("litigation_days")
    limit, source = parameter(law, "reconsideration_period", on)
    told = count(days)
    if days is not None and told is not None and told != limit.number:
        yield defect(
            "D-71",
            f"申请复议期限写为{told}日，应为{limit.number}日",
            f"reconsideration within {told} days; the law says {limit.number}",
            days,
            law=(source,),
        )
    limit, source = parameter(law, "litigation_months", on)
    told = count(months)
    if months is not None and told is not None and told != limit.number:
        yield defect(
            "D-71",
            f"起诉期限写为{told}个月，应为{limit.number}个月",
            f"suit within {told} months; the law says {limit.number}",
            months,
            law=(source,),
        )
    elif months is None and in_days is not None and count(in_days) in (30, 60, 90):
        # 十五日 alone is the period after reconsideration and no mistake
        yield defect(
            "D-71",
            f"起诉期限写为{count(in_days)}日，应为{limit.number}个月",
            f"suit within {count(in_days)} days; the law says {limit.number} months",
            in_days,
            law=(source,),
        )


def _organs(decision: DocumentFacts, decided: Fact, law: LawInForce, on: date) -> Iterable[Found]:
    fact = decision.first("reconsideration_organs")
    organs = names(fact)
    if fact is None or not organs:
        return
    value, source = parameter(law, "reconsideration_organ", on)
    if value.text == "government":
        departments = [
            organ
            for organ in organs
            if not _is_government(organ)
            and not _is_intake_office(organ)
            and organ.endswith(SUPERIOR_ENDINGS)
            and "海事" not in organ
        ]
        if departments:
            yield defect(
                "D-102",
                f"决定日{on}，复议机关写为{'、'.join(departments)}；该日起应为本级人民政府",
                f"decided on {on}, reconsideration by {', '.join(departments)}; from that law on "
                "it is the own government",
                fact,
                decided,
                law=(source,),
            )
        return
    agency = words(decision.first("agency"))
    if agency and all(same_name(agency, organ) for organ in organs):
        yield defect(
            "D-71",
            f"复议机关写为作出处罚的机关自身（{agency}）",
            f"the deciding organ itself ({agency}) is named for reconsideration",
            fact,
            law=(source,),
        )


def _must_come_first(decision: DocumentFacts, law: LawInForce, on: date) -> bool:
    """Whether reconsideration comes before a suit for this decision on its day."""
    if decision.kind != "当场行政处罚决定书":
        return False
    return parameter(law, "summary_reconsideration_first", on)[0].value is True


def _order(
    decision: DocumentFacts, decided: Fact, case: CaseFacts, law: LawInForce, on: date
) -> Iterable[Found]:
    if not _must_come_first(decision, law, on):
        return
    _, source = parameter(law, "summary_reconsideration_first", on)
    stated = decision.first("reconsideration_first")
    if stated is not None and says(stated):
        return
    suit = decision.first("litigation_months")
    if suit is None and decision.first("litigation_days") is None:
        suit = decision.first("litigation_court")
    if stated is None and (suit is None or not absence(case, within=decision).may_be_claimed):
        return
    facts = [fact for fact in (stated, suit, decided) if fact is not None]
    yield defect(
        "D-101",
        f"决定日{on}的当场处罚决定未告知应当先申请行政复议，仍告知可以直接起诉",
        f"an on-the-spot decision of {on} offers a direct suit and does not say that "
        "reconsideration comes first",
        *facts,
        law=(source,),
    )
