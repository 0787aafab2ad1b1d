"""Summary procedure (简易程序): the limit of the fine and the report of the decision."""

from __future__ import annotations

from review.checks.check import (
    CheckResult,
    LawUsed,
    Procedure,
    Severity,
    check,
    defect,
    failed,
    passed,
    unknown,
)
from review.checks.values import absent, day, missing_text, money, parameter, words, yuan
from review.common.dates import working_days_between
from review.facts.model import CaseFacts
from review.law.in_force import LawInForce

SUMMARY = frozenset({Procedure.SUMMARY})

PARTIES = {
    "citizen": ("公民", "a citizen"),
    "organization": ("单位", "an organization"),
    "individual_business": ("个体工商户", "an individual business"),
}


@check(
    "SUM001",
    title=("当场处罚的罚款不超过上限", "On-the-spot fine within the limit"),
    defects=("D-84",),
    severity=Severity.VETO,
    sources=("administrative-penalty-law#art-51",),
    inputs=("fine_yuan", "party_type", "decided_on"),
    procedures=SUMMARY,
    cannot_see=("不判断事实是否确凿", "does not judge whether the facts were conclusive"),
)
def within_summary_limit(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the fine of an on-the-spot decision keeps the limit for the kind of party.

    Fails, proposed as a veto, above the limit of the day. For an individual business it is a
    setting which limit applies: above the lower one it fails as a minor matter only, above the
    higher one in any case. Unknown when the amount or the kind of party was not read and would
    matter.
    """
    fine, decided = case.get("fine_yuan"), case.get("decided_on")
    amount, on = yuan(fine), day(decided)
    if fine is None or amount is None or on is None:
        wanted = absent(case, "fine_yuan", "decided_on")
        return unknown(*missing_text(wanted), missing=wanted)
    limits, source = parameter(law, "summary_fine_limit", on)
    lower, higher = limits.amount_for("citizen"), limits.amount_for("organization")
    party = case.get("party_type")
    kind = words(party)
    if amount <= lower:
        return passed(
            f"当场罚款{money(amount)}元，未超过{money(lower)}元",
            f"on-the-spot fine of {money(amount)} yuan, not above {money(lower)}",
            fine,
        ).resting_on(source)
    if kind is None and amount <= higher:
        return unknown(*missing_text(("party_type",)), missing=("party_type",))
    limit, used = higher if kind is None else lower, source
    if kind == "organization":
        limit = higher
    elif kind == "individual_business":
        choice, setting = parameter(law, "individual_business_counts_as", on)
        limit = higher if choice.text == "organization" else lower
        used = source if amount > higher else setting
    zh_party, en_party = PARTIES.get(kind or "", ("当事人", "the party"))
    things = (fine,) if party is None else (fine, party)
    zh = f"当场罚款{money(amount)}元，对{zh_party}的上限为{money(limit)}元"
    en = f"on-the-spot fine of {money(amount)} yuan; the limit for {en_party} is {money(limit)}"
    if amount <= limit:
        return passed(zh, en, *things).resting_on(used)
    return failed(
        defect("D-84", f"{zh}，不得当场处罚", f"{en}: not on the spot", *things, law=(used,))
    ).resting_on(*_laws(source, used))


def _laws(*used: LawUsed) -> tuple[LawUsed, ...]:
    return tuple(dict.fromkeys(used))


@check(
    "SUM002",
    title=("当场处罚决定五日内备案", "On-the-spot decision reported within five days"),
    defects=("D-85",),
    severity=Severity.MINOR,
    sources=("transport-enforcement-procedure#art-61", "administrative-penalty-law#art-52"),
    inputs=("decided_on", "reported_on"),
    procedures=SUMMARY,
    cannot_see=("看不到系统内的备案", "cannot see a report made in a system"),
)
def reported_in_time(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether an on-the-spot decision was reported to the department within five working days.

    Fails, as a minor matter because the unit of the five days is not confirmed, from the sixth
    working day. Unknown when a date was not read.
    """
    wanted = absent(case, "decided_on", "reported_on")
    decided, reported = case.get("decided_on"), case.get("reported_on")
    decided_on, reported_on = day(decided), day(reported)
    if decided is None or reported is None or decided_on is None or reported_on is None:
        return unknown(*missing_text(wanted), missing=wanted)
    limit, source = parameter(law, "summary_report_limit", decided_on)
    days = working_days_between(decided_on, reported_on, law.calendar)
    zh = f"决定日{decided_on}，备案日{reported_on}，第{days}个工作日，期限{limit.number}日"
    en = f"decided {decided_on}, reported {reported_on}: working day {days} of {limit.number}"
    if days > limit.number:
        return failed(
            defect("D-85", f"{zh}，逾期备案", f"{en}: late", decided, reported, law=(source,))
        ).resting_on(source)
    return passed(zh, en, decided, reported).resting_on(source)
