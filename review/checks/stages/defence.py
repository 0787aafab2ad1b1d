"""Defence (陈述申辩): the time for it, its review, and no heavier fine for it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from review.checks.check import (
    WITH_NOTICE,
    CheckResult,
    Found,
    LawUsed,
    Severity,
    check,
    defect,
    failed,
    not_applicable,
    passed,
    unknown,
)
from review.checks.values import (
    NOTICES,
    absent,
    affirmed,
    cited,
    count,
    day,
    last_notice,
    missing_paper,
    missing_text,
    money,
    parameter,
    says,
    yuan,
)
from review.common.dates import add_working_days
from review.facts.absence import absence
from review.facts.model import CaseFacts, DocumentFacts, Fact
from review.law.in_force import LawInForce


@check(
    "NOT003",
    title=("陈述申辩期限届满后作出决定", "Decision after the time for a defence"),
    defects=("D-51",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-45", "administrative-penalty-law#art-62"),
    inputs=("notice_served_on", "decided_on"),
    procedures=WITH_NOTICE,
    cannot_see=(
        "看不到口头放弃而未记录的情形",
        "cannot see a waiver by word of mouth that nobody wrote down",
    ),
)
def defence_time_kept(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the decision left the party the time to defend itself after the notice was served.

    A clear waiver makes a decision on the same day lawful. Without one: a decision before the
    notice was served fails as a proposed veto; a decision on the day of service, or within the
    period that the notice itself or the right to ask for a hearing gives, fails; inside the five
    working days of the ministry's rule it fails as a minor matter, because that text is not
    confirmed; if the defence was made and heard, only as a hint. Unknown when a date was not read,
    or when a waiver may stand in a part of the file that was not read.
    """
    served, decided = case.get("notice_served_on"), case.get("decided_on")
    served_on, decided_on = day(served), day(decided)
    if served is None or decided is None or served_on is None or decided_on is None:
        wanted = absent(case, "notice_served_on", "decided_on")
        return unknown(*missing_text(wanted), missing=wanted)
    zh = f"通知书{served_on}送达，{decided_on}作出决定"
    en = f"notice served {served_on}, decision {decided_on}"
    waived = case.get("defence_waived")
    if decided_on < served_on:
        return failed(
            defect(
                "D-51",
                f"{zh}，决定早于告知",
                f"{en}: the decision came before the notice",
                served,
                decided,
                severity=Severity.VETO,
            )
        )
    if waived is not None and says(waived):
        return passed(
            f"{zh}；当事人已明确放弃陈述申辩",
            f"{en}; the party clearly waived its defence",
            served,
            decided,
            waived,
        )
    period, source = _period(case, law, served_on)
    due = add_working_days(served_on, period, law.calendar)
    if decided_on > due:
        return passed(
            f"{zh}，陈述申辩期限至{due}届满",
            f"{en}; the time for a defence ended on {due}",
            served,
            decided,
        ).resting_on(source)
    gap = missing_paper(case, of=("放弃陈述申辩声明", "放弃"))
    if not gap.may_be_claimed:
        return unknown(f"{zh}，未读到放弃陈述申辩的声明", f"{en}; no waiver was read", because=gap)
    return failed(_too_early(case, law, (served, decided), (zh, en, due), source))


def _period(case: CaseFacts, law: LawInForce, served_on: date) -> tuple[int, LawUsed]:
    """Working days for the defence and the law that gives them, the surest first."""
    notice = last_notice(case.of_kind(*NOTICES))
    if notice is not None and (affirmed(notice, "hearing_told") is not None):
        value, source = parameter(law, "hearing_request_period", served_on)
        return value.number, source
    own = None if notice is None else count(notice.first("defence_days"))
    if own is not None and 0 < own <= 15:
        return own, cited(law, "administrative-penalty-law#art-45", case)
    value, source = parameter(law, "defence_period", served_on)
    return value.number, source


def _too_early(
    case: CaseFacts,
    law: LawInForce,
    dates: tuple[Fact, Fact],
    told: tuple[str, str, date],
    source: LawUsed,
) -> Found:
    served, decided = dates
    zh, en, due = told
    defended = case.get("defence_made")
    if defended is not None and says(defended):
        return defect(
            "D-51",
            f"{zh}，当事人已陈述申辩，但期限至{due}方届满，请核对",
            f"{en}; the defence was made, but the time for it ran until {due}: have a look",
            served,
            decided,
            severity=Severity.HINT,
            law=(source,),
        )
    if day(served) == day(decided):
        return defect(
            "D-51",
            f"{zh}，当日即作出决定，且无放弃陈述申辩的声明",
            f"{en}: decided on the very day, and no waiver",
            served,
            decided,
            law=(cited(law, "administrative-penalty-law#art-45", case),),
        )
    return defect(
        "D-51",
        f"{zh}，陈述申辩期限至{due}方届满，且无放弃声明",
        f"{en}: the time for a defence ran until {due}, and no waiver",
        served,
        decided,
        law=(source,),
    )


@check(
    "NOT004",
    title=("处罚不重于告知", "Penalty no heavier than told"),
    defects=("D-53",),
    severity=Severity.VETO,
    sources=("administrative-penalty-law#art-45", "administrative-penalty-law#art-44"),
    inputs=("fine_notified_yuan", "fine_yuan"),
    procedures=WITH_NOTICE,
    cannot_see=(
        "不比较罚款以外的处罚轻重",
        "does not weigh penalties other than fines",
    ),
)
def not_heavier_than_told(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the fine decided is no higher than that of the last notice.

    Fails when it is higher: proposed as a veto where the party had made a defence or a hearing was
    held, otherwise major. A heavier fine that a later notice announced is lawful. Unknown when
    either amount was not read.
    """
    fine = case.get("fine_yuan")
    decided = yuan(fine)
    if fine is None or decided is None:
        if case.of_kind("行政处罚决定书"):
            return unknown(*missing_text(("fine_yuan",)), missing=("fine_yuan",))
        return unknown("未读到行政处罚决定书", "the decision was not found")
    told = _amount_told(case)
    if told is None:
        if not decided:
            return not_applicable("未处罚款", "no fine was imposed")
        return unknown(*missing_text(("fine_notified_yuan",)), missing=("fine_notified_yuan",))
    fact, announced = told
    zh = f"通知书拟罚款{money(announced)}元，决定罚款{money(decided)}元"
    en = f"fine announced {money(announced)} yuan, decided {money(decided)} yuan"
    if decided <= announced:
        return passed(zh, en, fact, fine)
    defended = case.get("defence_made")
    hearing = case.get("hearing_on")
    after = [each for each in (defended, hearing) if each is not None and each.value is not False]
    if after:
        return failed(
            defect(
                "D-53",
                f"{zh}，陈述申辩（听证）后加重处罚",
                f"{en}: raised after the defence or hearing",
                fact,
                fine,
                *after,
            )
        )
    return failed(
        defect(
            "D-53",
            f"{zh}，重于告知且未重新告知",
            f"{en}: heavier than told, without a new notice",
            fact,
            fine,
            severity=Severity.MAJOR,
        )
    )


def _amount_told(case: CaseFacts) -> tuple[Fact, Decimal] | None:
    """The amount of the last notice; the merged one where the notices themselves give none."""
    notice = last_notice(case.of_kind(*NOTICES))
    found = None
    if notice is not None:
        found = notice.first("fine_notified_yuan") or notice.first("fine_yuan")
    found = found or case.get("fine_notified_yuan")
    amount = yuan(found)
    return None if found is None or amount is None else (found, amount)


@check(
    "NOT005",
    title=("陈述申辩经复核", "Defence reviewed"),
    defects=("D-52",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-45",),
    inputs=("defence_made",),
    procedures=WITH_NOTICE,
    cannot_see=(
        "不评价复核理由是否成立",
        "does not judge the reasons of the review",
    ),
)
def defence_reviewed(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether a defence that was made was reviewed in writing.

    Not applicable when the party made none. Fails when a paper of defence is in the file, and the
    file, read in full, holds no opinion of review or hearing report, and no other paper says that
    the defence was considered. Unknown when it was not read in full, or where another paper does.
    """
    made = case.get("defence_made")
    papers = case.of_kind("陈述申辩书")
    if not says(made) and not papers:
        gap = missing_paper(case, of=("陈述申辩书", "陈述申辩笔录"))
        if gap.may_be_claimed or says(made) is False:
            return not_applicable("当事人未提出陈述申辩", "the party made no defence")
        return unknown("未读到是否提出陈述申辩", "not read whether a defence was made", because=gap)
    reviews = case.of_kind("陈述申辩复核意见书", "听证报告书")
    if reviews:
        return passed("陈述申辩已经复核", "the defence was reviewed", *reviews)
    others = case.of_kind("案件处理审批表", "重大案件集体讨论记录", "法制审核意见书")
    wanted = ("陈述申辩复核意见书", "复核意见", "听证报告书")
    gap = missing_paper(case, of=wanted)
    considered = next((fact for _, fact in case.every("defence_considered") if says(fact)), None)
    unclear = any(not absence(case, within=other).may_be_claimed for other in others)
    if considered is not None or unclear or not papers or not gap.may_be_claimed:
        return unknown(
            "未读到单独的复核意见书，复核可能载于审批表等文书",
            "no separate opinion of review was read; it may stand in another paper",
            because=gap,
        )
    things: list[DocumentFacts | Fact] = [
        *papers,
        *([made] if made is not None and says(made) else []),
    ]
    return failed(
        defect(
            "D-52",
            "当事人提出陈述申辩，案卷中没有复核意见",
            "the party made a defence, and the file holds no opinion of review",
            *things,
        )
    )
