"""Execution (执行): payment after the decision, the order of the dates, collection."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

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
    instant,
    missing_paper,
    missing_text,
    money,
    page_of,
    page_of_en,
    parameter,
    says,
    without_papers,
    words,
    written,
    yuan,
)
from review.common.dates import add_calendar_days, is_festival, working_days_between
from review.errors import CalendarEnds, LawNotInForce
from review.facts.model import CaseFacts, Fact
from review.law.fines import surcharge
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
    cannot_see=(
        "逾期天数只列入推理：复议、诉讼期间不计加处罚款，由人扣除",
        "the days late are reasoning only: those of remedies do not count, which a person deducts",
    ),
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
        result = passed(zh, en, fine, largest)
    else:
        over = defect("D-80", f"{zh}，超过罚款数额", f"{en}: more than the fine", fine, largest)
        result = failed(over)
    for step in _by_days(case, law, amount):
        result = result.because(*step)
    return result


def _by_days(case: CaseFacts, law: LawInForce, amount: Decimal) -> Iterator[tuple[str, str]]:
    """What the days between the last day of payment and the payment come to."""
    served_on, paid_on = day(case.get("served_on")), day(case.get("paid_on"))
    if served_on is None or paid_on is None:
        return
    try:
        limit, _ = parameter(law, "payment_limit", served_on)
        rate, _ = parameter(law, "surcharge_per_day", served_on)
        due_on = add_calendar_days(served_on, limit.number, law.calendar)
    except (CalendarEnds, LawNotInForce):  # the cap holds without them
        return
    late = max(0, (paid_on - due_on).days)
    most = money(surcharge(amount, late, rate.number))
    en = f"payable until {due_on}, paid {paid_on}, {late} days late at {rate.number} per cent"
    yield (
        f"缴款期限至{due_on}，{paid_on}缴款，逾期{late}日，每日{rate.number}%，加处罚款至多{most}元",
        f"{en}: at most {most} yuan",
    )


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
    reasons = [written(fact) for _, fact in case.every("closing_reason")]
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
    place or on water. Fails for an ordinary decision without such a request, whichever officer
    took the money. Unknown for a larger fine of an on-the-spot decision, where a paper tells of a
    remote place, water or trouble with the bank, and where the file was not read in full. Not
    applicable when nothing was collected.
    """
    collected = next(
        (fact for _, fact in case.every("cash_collected") if says(fact)), None
    ) or next((fact for _, fact in case.every("collected_on")), None)
    requests = case.of_kind("当场收缴罚款申请")
    asked = next((fact for _, fact in case.every("cash_requested") if says(fact)), None)
    if collected is None:
        gap = missing_paper(case, of=("当场收缴罚款申请", "当场收缴"))
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
    if any(says(fact) for _, fact in case.every("cash_ground")):
        return unknown(
            f"{zh}，文书写到边远、水上或者缴款困难，是否经当事人提出请核对",
            f"{en}; a remote place, water or trouble with the bank is told of: did the party ask?",
        )
    gap = missing_paper(case, of=("当场收缴罚款申请", "当场收缴"))
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


INSTALMENTS = "分期(延期)缴纳罚款通知书"


@check(
    "EXE005",
    title=("分期、延期缴纳经当事人申请", "Instalments at the party's request"),
    defects=("D-81",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-66",),
    inputs=(),
    procedures=FINED,
    cannot_see=("不判断困难是否属实", "does not judge the hardship"),
)
def instalments_requested(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether deferred or instalment payment was granted at the party's request.

    Fails when the file, read in full, holds the grant and no request. Not applicable without a
    grant. Unknown when it was not read in full.
    """
    grants = case.of_kind(INSTALMENTS)
    if not grants:
        return without_papers(case, (INSTALMENTS,), "分期、延期缴纳通知书", "grant of instalments")
    requests = case.of_kind("延期(分期)缴纳罚款申请书")
    if requests:
        return passed("有当事人申请", "the party asked for it", *requests, *grants)
    gap = missing_paper(case, of=("延期(分期)缴纳罚款申请书", "缴纳罚款申请"))
    if not gap.may_be_claimed:
        return unknown("未读到当事人的申请", "no request was read", because=gap)
    return failed(
        defect(
            "D-81",
            f"有{page_of(grants[0])}，案卷中没有当事人的申请",
            f"the file holds {page_of_en(grants[0])} but no request of the party",
            grants[0],
        )
    )


@check(
    "EXE006",
    title=("申请法院执行前经催告", "Reminder before applying to the court"),
    defects=("D-82",),
    severity=Severity.MAJOR,
    sources=("administrative-compulsion-law#art-54", "administrative-compulsion-law#art-53"),
    inputs=("decided_on",),
    procedures=FINED,
    cannot_see=(
        "复议、诉讼期间不计入，须由人核对",
        "time of reconsideration or suit does not count: for a person",
    ),
)
def reminded_before_court(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether an application to the court came after a reminder and its ten working days.

    Fails when the file, read in full, holds an application and no reminder, or when the application
    came within the ten working days after the reminder. Not applicable without an application.
    Unknown when days were not read.
    """
    applications = case.of_kind("强制执行申请书")
    if not applications:
        return without_papers(
            case, ("强制执行申请书",), "强制执行申请书", "application to the court"
        )
    reminders = case.of_kind("催告书")
    if not reminders:
        gap = missing_paper(case, of=("催告书", "催告"))
        if not gap.may_be_claimed:
            return unknown("未读到催告书", "no reminder was read", because=gap)
        return failed(
            defect(
                "D-82",
                "申请法院强制执行前没有催告书",
                "the file holds an application to the court and no reminder",
                applications[0],
            )
        )
    told, asked = reminders[-1].first("dated_on"), applications[0].first("dated_on")
    told_on, asked_on = day(told), day(asked)
    if told is None or asked is None or told_on is None or asked_on is None:
        return unknown("未读到催告日或者申请日", "the day of reminder or application not read")
    limit, source = parameter(law, "reminder_period", told_on)
    days = working_days_between(told_on, asked_on, law.calendar)
    zh = f"催告{told_on}，申请法院执行{asked_on}，相隔{days}个工作日，应满{limit.number}个"
    en = f"reminder {told_on}, application {asked_on}: {days} working days, {limit.number} due"
    if days > limit.number:
        return passed(zh, en, told, asked).resting_on(source)
    return failed(
        defect("D-82", f"{zh}，过早", f"{en}: too early", told, asked, law=(source,))
    ).resting_on(source)


NIGHT_FROM, NIGHT_TO = 22, 6


@check(
    "EXE007",
    title=("不在夜间和节假日强制执行", "No compulsory execution at night or on holidays"),
    defects=("D-105",),
    severity=Severity.MINOR,
    sources=("administrative-compulsion-law#art-43",),
    inputs=(),
    procedures=FINED,
    cannot_see=("情况紧急的例外由人判断", "the exception of urgency is for a person"),
)
def executed_by_day(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether compulsory execution kept off the night and statutory holidays.

    Inspection, seizure and decisions on a holiday are lawful; only compulsory execution is barred,
    save for urgency, which a person judges: therefore a minor matter. Not applicable without a
    record of execution. Unknown when its time was not read.
    """
    records = case.of_kind("强制执行记录", "代履行记录")
    if not records:
        return without_papers(
            case, ("强制执行记录", "代履行记录"), "强制执行记录", "execution record"
        )
    read: list[Fact] = []
    for record in records:
        started = record.first("started_at") or record.first("dated_on")
        on = day(started)
        if started is None or on is None:
            continue
        read.append(started)
        at = instant(started)
        by_night = at is not None and (at.hour >= NIGHT_FROM or at.hour < NIGHT_TO)
        if by_night or is_festival(on):
            what = ("夜间", "at night") if by_night else ("法定节假日", "on a holiday")
            return failed(
                defect(
                    "D-105",
                    f"{page_of(record)}：{started.value}在{what[0]}实施强制执行",
                    f"{page_of_en(record)}: executed {what[1]} ({started.value})",
                    started,
                )
            )
    if len(read) < len(records):
        return unknown("未读到强制执行的时间", "the time of the execution was not read")
    return passed("强制执行不在夜间和节假日", "not at night nor on a holiday", *read)
