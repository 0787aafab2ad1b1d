"""Execution (执行): payment after the decision, the order of the dates, collection."""

from __future__ import annotations

from review.checks.check import (
    WITH_NOTICE,
    CheckResult,
    Severity,
    check,
    defect,
    failed,
    not_applicable,
    passed,
    unknown,
)
from review.checks.circumstances import FINED
from review.checks.values import (
    absent,
    day,
    missing_text,
    money,
    parameter,
    says,
    without_papers,
    words,
    yuan,
)
from review.facts.absence import absence
from review.facts.model import CaseFacts
from review.law.in_force import LawInForce

OTHER_GROUNDS = ("法院", "终结", "分期", "延期", "撤销", "移送")
"""Words of a closing report that name another ground than full payment."""


@check(
    "EXE001",
    title=("缴款不早于处罚决定", "Payment not before the decision"),
    defects=("D-79",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-67",),
    inputs=("decided_on", "paid_on"),
    procedures=FINED,
    cannot_see=("看不到分期各次的缴款", "does not see the single instalments"),
)
def paid_after_decision(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the fine was paid on or after the day of the decision.

    Fails when it was paid before. Payment between decision and service is lawful. Unknown when a
    date was not read.
    """
    wanted = absent(case, "decided_on", "paid_on")
    decided, paid = case.get("decided_on"), case.get("paid_on")
    decided_on, paid_on = day(decided), day(paid)
    if decided is None or paid is None or decided_on is None or paid_on is None:
        return unknown(*missing_text(wanted), missing=wanted)
    zh, en = f"决定日{decided_on}，缴款日{paid_on}", f"decided {decided_on}, paid {paid_on}"
    if paid_on < decided_on:
        return failed(
            defect("D-79", f"{zh}，缴款早于决定", f"{en}: before the decision", decided, paid)
        )
    return passed(zh, en, decided, paid)


@check(
    "EXE002",
    title=("加处罚款不超过罚款数额", "Surcharge no larger than the fine"),
    defects=("D-80",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-72", "administrative-compulsion-law#art-45"),
    inputs=("fine_yuan",),
    procedures=FINED,
    cannot_see=("不核算每日加处的天数", "does not count the days of the surcharge"),
)
def surcharge_capped(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether a surcharge for late payment keeps to the amount of the fine.

    Fails when it is larger. Not applicable where no surcharge was imposed; unknown when the fine
    was not read.
    """
    surcharges = [fact for _, fact in case.every("surcharge_yuan") if yuan(fact)]
    if not surcharges:
        return without_papers(
            case, ("加处罚款", "催告书", "行政强制执行决定书"), "加处罚款", "surcharge"
        )
    fine = case.get("fine_yuan")
    amount = yuan(fine)
    if fine is None or amount is None:
        return unknown(*missing_text(("fine_yuan",)), missing=("fine_yuan",))
    largest = max(surcharges, key=lambda fact: yuan(fact) or amount)
    extra = yuan(largest) or amount
    zh = f"罚款{money(amount)}元，加处罚款{money(extra)}元"
    en = f"fine {money(amount)} yuan, surcharge {money(extra)} yuan"
    if extra <= amount:
        return passed(zh, en, fine, largest)
    return failed(defect("D-80", f"{zh}，超过罚款数额", f"{en}: more than the fine", fine, largest))


@check(
    "EXE003",
    title=("履行后结案", "Closed after performance"),
    defects=("D-83",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-72",),
    inputs=("paid_on", "closed_on"),
    procedures=WITH_NOTICE,
    cannot_see=(
        "法院受理执行、终结执行等其他结案理由由人核对",
        "other grounds of closing, such as court enforcement, are for a person",
    ),
)
def closed_after_payment(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the case was closed on or after the day of the (last) payment.

    Fails, as a minor matter, when it was closed before and the report names no other ground.
    Unknown when a day was not read or another ground is named.
    """
    wanted = absent(case, "paid_on", "closed_on")
    paid, closed = case.get("paid_on"), case.get("closed_on")
    paid_on, closed_on = day(paid), day(closed)
    if paid is None or closed is None or paid_on is None or closed_on is None:
        return unknown(*missing_text(wanted), missing=wanted)
    zh, en = f"缴款{paid_on}，结案{closed_on}", f"paid {paid_on}, closed {closed_on}"
    if closed_on >= paid_on:
        return passed(zh, en, paid, closed)
    reasons = [words(fact) or "" for _, fact in case.every("closing_reason")]
    if any(word in reason for reason in reasons for word in OTHER_GROUNDS):
        return unknown(f"{zh}；{reasons[0]}", f"{en}; another ground of closing is named")
    return failed(
        defect("D-83", f"{zh}，未履行即结案", f"{en}: closed before payment", paid, closed)
    )


@check(
    "EXE004",
    title=("当场收缴罚款合法", "Collection on the spot was lawful"),
    defects=("D-78",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-68", "administrative-penalty-law#art-69"),
    inputs=("fine_yuan", "decided_on"),
    procedures=FINED,
    cannot_see=(
        "边远、水上、交通不便及事后难以执行的情形由人判断",
        "remote places, waters and fines hard to collect later are for a person",
    ),
)
def collected_lawfully(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether a fine that officers collected on the spot could be collected so.

    Lawful: up to 100 yuan of an on-the-spot decision, or where the party asked for it in a remote
    place or on water. Fails for an ordinary decision without such a request. Unknown for a larger
    fine of an on-the-spot decision, and where the file was not read in full. Not applicable when
    nothing was collected.
    """
    collected = next(
        (fact for _, fact in case.every("cash_collected") if says(fact)), None
    ) or next((fact for _, fact in case.every("collected_on")), None)
    requests = case.of_kind("当场收缴罚款申请")
    asked = next((fact for _, fact in case.every("cash_requested") if says(fact)), None)
    if collected is None:
        gap = absence(case, of=("当场收缴罚款申请", "当场收缴"))
        if gap.may_be_claimed:
            return not_applicable("没有当场收缴罚款", "nothing was collected on the spot")
        return unknown("未读到是否当场收缴", "not read whether it was collected", because=gap)
    if requests or asked is not None:
        return passed(
            "当事人提出当场缴纳", "the party asked to pay on the spot", collected, *requests
        )
    fine, on = case.get("fine_yuan"), day(case.get("decided_on"))
    amount = yuan(fine)
    if fine is None or amount is None or on is None:
        wanted = absent(case, "fine_yuan", "decided_on")
        return unknown(*missing_text(wanted), missing=wanted)
    limit, source = parameter(law, "cash_collection_limit", on)
    zh = f"当场收缴罚款{money(amount)}元"
    en = f"{money(amount)} yuan collected on the spot"
    is_summary = words(case.get("procedure")) == "summary"
    if is_summary and amount <= limit.amount:
        return passed(zh, en, collected, fine).resting_on(source)
    if is_summary or words(case.get("procedure")) is None:
        return unknown(
            f"{zh}，超过{money(limit.amount)}元，是否事后难以执行须由人判断",
            f"{en}, above {money(limit.amount)}: whether it was hard to collect later is for a "
            "person",
        )
    gap = absence(case, of=("当场收缴罚款申请", "当场收缴"))
    if not gap.may_be_claimed:
        return unknown(f"{zh}，未读到当事人的申请", f"{en}; no request was read", because=gap)
    return failed(
        defect(
            "D-78",
            f"{zh}，普通程序的罚款且无当事人提出当场缴纳的记载",
            f"{en} under an ordinary decision, without a request of the party",
            collected,
            fine,
            law=(source,),
        )
    )
