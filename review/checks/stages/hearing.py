"""Hearing (听证): the right told, the host no handler, the hearing announced in time."""

from __future__ import annotations

from review.checks.check import (
    WITH_NOTICE,
    CheckResult,
    Procedure,
    Severity,
    check,
    defect,
    failed,
    not_applicable,
    passed,
    unknown,
)
from review.checks.circumstances import cause_of
from review.checks.values import (
    NOTICES,
    absent,
    day,
    every_of,
    missing_paper,
    missing_text,
    money,
    names,
    officers,
    parameter,
    says,
    written,
    yuan,
)
from review.common.dates import working_days_between
from review.common.text import plain
from review.facts.absence import absence
from review.facts.model import CaseFacts
from review.law.in_force import LawInForce, day_of

HEARD = frozenset({Procedure.HEARING})
ALWAYS = ("吊销", "停产停业", "降低资质", "责令关闭", "限制从业")
"""Penalties for which a hearing is offered whatever the amount (Administrative Penalty Law 63)."""

HEARING_PAPERS = ("听证通知书", "听证笔录", "听证报告书")


@check(
    "HEA001",
    title=("应当听证的已告知听证权利", "The right of a hearing was told where it is due"),
    defects=("D-54",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-63",),
    inputs=("fine_notified_yuan", "fine_yuan", "party_type"),
    procedures=WITH_NOTICE,
    cannot_see=(
        "“较大数额”以设定值为准，未经机关确认的只作一般问题",
        "a large fine is a setting: unconfirmed, it makes a minor matter only",
    ),
)
def hearing_told(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the notice told of the right to a hearing where the penalty is heavy enough.

    Revocations and closures always need it; fines from the threshold of the day and the party on.
    Fails when the notice was read in full and does not tell it. Not applicable below the threshold.
    Unknown when notice, amount or party were not read.
    """
    notices = case.of_kind(*NOTICES)
    if not notices:
        return unknown("未读到违法行为通知书", "the notice was not found")
    told = next((f for paper in notices for f in paper.all("hearing_told") if says(f)), None)
    if told is not None or case.of_kind(*HEARING_PAPERS):
        things = [told] if told is not None else list(case.of_kind(*HEARING_PAPERS))
        return passed("已告知听证权利", "the right of a hearing was told", *things)
    gap = absence(case, within=notices[-1])
    kinds = [
        (fact, kind)
        for _, fact in case.every("kind_of_penalty")
        for kind in names(fact)
        if any(word in kind for word in ALWAYS)
    ]
    if kinds:
        if not gap.may_be_claimed:
            return unknown("未读到听证权利的告知", "no word on a hearing was read", because=gap)
        return failed(
            defect(
                "D-54",
                f"拟作出“{kinds[0][1]}”，通知书未告知听证权利",
                f"{kinds[0][1]} was proposed and the notice does not offer a hearing",
                kinds[0][0],
            )
        )
    fine = case.get("fine_notified_yuan") or case.get("fine_yuan")
    amount, on = yuan(fine), day(case.get("notice_on")) or day_of(case)
    if fine is None or amount is None or on is None:
        return unknown(*missing_text(("fine_notified_yuan",)), missing=("fine_notified_yuan",))
    cause = cause_of(case, law)
    name = "hearing_large_fine_other" if cause and not cause.is_business else "hearing_large_fine"
    threshold, source = parameter(law, name, on)
    kind = written(case.get("party_type"))
    limit = threshold.amount_for("organization" if kind == "organization" else "citizen")
    if not kind:
        return unknown(*missing_text(("party_type",)), missing=("party_type",))
    zh = f"拟罚款{money(amount)}元，听证告知标准{money(limit)}元"
    en = f"fine of {money(amount)} yuan proposed; a hearing is due from {money(limit)}"
    if amount < limit:
        return not_applicable(zh, en).resting_on(source)
    if not gap.may_be_claimed:
        return unknown(f"{zh}；未读到听证告知", f"{en}; no word on it was read", because=gap)
    return failed(
        defect(
            "D-54",
            f"{zh}，通知书未告知听证权利",
            f"{en}, yet the notice does not offer one",
            fine,
            law=(source,),
        )
    ).resting_on(source)


@check(
    "HEA002",
    title=("听证主持人不是本案调查人员", "The hearing host did not handle the case"),
    defects=("D-55",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-64",),
    inputs=(),
    procedures=HEARD,
    cannot_see=("不判断其他应当回避的关系", "does not know other grounds of recusal"),
)
def host_is_impartial(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the host of the hearing is none of the officers who investigated.

    Fails when the names are the same. Unknown when the host or the officers were not read.
    """
    hosts = [fact for _, fact in every_of(case, "host", HEARING_PAPERS)]
    handlers = {
        plain(officer.name) for _, fact in case.every("officers") for officer in officers(fact)
    }
    for name in ("handlers", "handlers_listed"):
        handlers |= {plain(each) for _, fact in case.every(name) for each in names(fact)}
    if not hosts or not handlers:
        return unknown("未读到听证主持人或者办案人员", "host or handlers were not read")
    same = [fact for fact in hosts if plain(written(fact)) in handlers]
    if same:
        return failed(
            defect(
                "D-55",
                f"听证主持人{same[0].value}是本案调查人员",
                f"the hearing host {same[0].value} investigated the case",
                same[0],
            )
        )
    return passed(f"听证主持人为{hosts[0].value}", f"the host is {hosts[0].value}", *hosts)


@check(
    "HEA003",
    title=("听证七个工作日前通知", "Hearing announced seven working days ahead"),
    defects=("D-56",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-64",),
    inputs=("hearing_notified_on", "hearing_on"),
    procedures=HEARD,
    cannot_see=("看不到改期的协商", "cannot see that the parties agreed on another day"),
)
def hearing_announced_in_time(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the hearing came at least seven working days after its notice.

    Counts working days after the notice up to and including the day of the hearing. Six or fewer
    fail; exactly seven is a hint, because it is seven only when the day of the hearing counts.
    Unknown when a day was not read.
    """
    wanted = absent(case, "hearing_notified_on", "hearing_on")
    told, held = case.get("hearing_notified_on"), case.get("hearing_on")
    told_on, held_on = day(told), day(held)
    if told is None or held is None or told_on is None or held_on is None:
        return unknown(*missing_text(wanted), missing=wanted)
    lead, source = parameter(law, "hearing_notice_lead", held_on)
    days = working_days_between(told_on, held_on, law.calendar)
    zh = f"听证通知{told_on}，听证{held_on}，相隔{days}个工作日，应不少于{lead.number}个"
    en = f"announced {told_on}, heard {held_on}: {days} working days, at least {lead.number} due"
    if days > lead.number:
        return passed(zh, en, told, held).resting_on(source)
    severity = Severity.HINT if days == lead.number else Severity.MAJOR
    tail = ("；听证当日计入方满期限，请留意", "; only with the day itself") if days == lead.number \
        else ("，通知过迟", ": too late")  # fmt: skip
    return failed(
        defect("D-56", zh + tail[0], en + tail[1], told, held, severity=severity, law=(source,))
    ).resting_on(source)


@check(
    "HEA004",
    title=("听证后经法制审核再作决定", "Legal review after the hearing"),
    defects=("D-57",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-58",),
    inputs=("hearing_on", "legal_review_on"),
    procedures=HEARD,
    cannot_see=(
        "听证后再次审核是通行做法，法律只要求决定前审核",
        "a second review after the hearing is good practice; the Law asks for one before deciding",
    ),
)
def reviewed_after_hearing(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether a case with a hearing went through legal review, and again after the hearing.

    Fails as a major matter when the file, read in full, holds no legal review at all; as a minor
    one when the last review came before the hearing. Unknown when days were not read.
    """
    held, reviewed = case.get("hearing_on"), case.get("legal_review_on")
    held_on, reviewed_on = day(held), day(reviewed)
    papers = case.of_kind("法制审核意见书")
    if held is None or held_on is None:
        return unknown(*missing_text(("hearing_on",)), missing=("hearing_on",))
    if reviewed is not None and reviewed_on is not None:
        zh, en = f"听证{held_on}，法制审核{reviewed_on}", f"hearing {held_on}, review {reviewed_on}"
        if reviewed_on >= held_on:
            return passed(zh, en, held, reviewed)
        return failed(
            defect(
                "D-57",
                f"{zh}，听证后未再次审核",
                f"{en}: none after the hearing",
                held,
                reviewed,
                severity=Severity.MINOR,
            )
        )
    if papers:
        return unknown("未读到法制审核日期", "the day of the legal review was not read")
    gap = missing_paper(case, of=("法制审核意见书", "法制审核"))
    if not gap.may_be_claimed:
        return unknown("未读到法制审核意见", "no legal review was read", because=gap)
    return failed(
        defect(
            "D-57",
            f"{held_on}举行听证，案卷中没有法制审核意见",
            f"a hearing was held on {held_on} and the file holds no legal review",
            held,
        )
    )
