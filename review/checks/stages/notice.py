"""Notice (告知): given, complete, the time for a defence, and no heavier fine for defending."""

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
    cited,
    count,
    day,
    missing_text,
    money,
    page_of,
    page_of_en,
    parameter,
    says,
    words,
    yuan,
)
from review.common.dates import add_working_days
from review.facts.absence import absence
from review.facts.model import CaseFacts, DocumentFacts, Fact
from review.law.citation import cited_places
from review.law.in_force import LawInForce

NOTICE_TITLES = (
    "违法行为通知书",
    "行政处罚事先告知书",
    "行政处罚告知书",
    "行政处罚听证告知书",
    "处罚事先告知书",
)


@check(
    "NOT001",
    title=("作出决定前制发违法行为通知书", "Notice of violation given before the decision"),
    defects=("D-48",),
    severity=Severity.VETO,
    sources=("administrative-penalty-law#art-44", "administrative-penalty-law#art-62"),
    inputs=("notice_on", "notice_served_on", "decided_on"),
    procedures=WITH_NOTICE,
    cannot_see=("看不到未入卷的告知文书", "cannot see a notice that is not in the file"),
)
def notice_given(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the file of an ordinary case holds the notice given before the decision.

    Fails, proposed as a veto, when the file, read in full, holds no notice; only major where a
    proof of its service is there, so that the paper is missing rather than the notice. Unknown when the file was not read in full, or its
    index lists a notice.
    """
    notices = case.of_kind(*NOTICES)
    if notices:
        return passed("案卷中有违法行为通知书", "the file holds the notice", *notices)
    decision = next(iter(case.of_kind("行政处罚决定书")), None)
    if decision is None:
        return unknown("未读到行政处罚决定书", "the decision was not found")
    gap = absence(case, of=NOTICE_TITLES)
    if not gap.may_be_claimed:
        return unknown("未读到违法行为通知书", "no notice was read", because=gap)
    proof = next(
        (
            fact
            for paper in case.of_kind("送达回证")
            for fact in paper.all("serves")
            if any(kind in (words(fact) or "") for kind in NOTICES)
        ),
        None,
    )
    if proof is not None:
        return failed(
            defect(
                "D-48",
                "有违法行为通知书的送达回证，但案卷中没有通知书",
                "a proof of service of the notice is in the file, but not the notice",
                proof,
                severity=Severity.MAJOR,
            )
        )
    told = decision.first("notice_served_on_quoted")
    if told is not None:
        return failed(
            defect(
                "D-48",
                f"决定书称{day(told)}已送达告知，但案卷中没有违法行为通知书和送达回证",
                f"the decision says that notice was served on {day(told)}, but the file holds "
                "neither the notice nor a proof of its service",
                told,
            )
        )
    return failed(
        defect(
            "D-48",
            "案卷中没有违法行为通知书，作出处罚决定前未履行告知",
            "the file holds no notice of violation: the penalty was decided without telling",
            decision,
        )
    )


@check(
    "NOT002",
    title=("通知书载明依据和拟作处罚", "The notice states basis and proposed penalty"),
    defects=("D-49",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-44",),
    inputs=(),
    procedures=WITH_NOTICE,
    cannot_see=(
        "不评价事实、理由写得是否充分",
        "does not judge whether facts and reasons are told well",
    ),
)
def notice_complete(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the last notice states the basis, the proposed penalty with its amount, the rights.

    Fails when the notice was read in full and lacks one of them. Unknown when it was not found or
    not read clearly. Does not judge how well the reasons are told.
    """
    notice = _last(case.of_kind(*NOTICES))
    if notice is None:
        return unknown("未读到违法行为通知书", "the notice was not found")
    fined = bool(yuan(case.get("fine_yuan")))
    present = {
        ("处罚依据", "the basis"): notice.first("basis"),
        ("拟处罚款数额", "the amount of the fine")
        if fined
        else ("拟作出的处罚", "the proposed penalty"): notice.first("fine_notified_yuan")
        or notice.first("fine_yuan")
        or (None if fined else notice.first("penalty_stated")),
        ("陈述申辩权利", "the right of defence"): _stated(notice, "rights_told"),
    }
    lacking = [name for name, fact in present.items() if fact is None]
    stated = [fact for fact in present.values() if fact is not None]
    if not lacking:
        return passed(
            f"{page_of(notice)}载明依据、拟作处罚和权利",
            f"{page_of_en(notice)} states basis, penalty and rights",
            *stated,
        )
    gap = absence(case, within=notice)
    zh, en = "、".join(name[0] for name in lacking), ", ".join(name[1] for name in lacking)
    if not gap.may_be_claimed:
        return unknown(f"通知书中未读到{zh}", f"not read in the notice: {en}", because=gap)
    return failed(
        defect("D-49", f"{page_of(notice)}未载明{zh}", f"{page_of_en(notice)} lacks {en}", notice)
    )


def _stated(document: DocumentFacts, name: str) -> Fact | None:
    return next((fact for fact in document.all(name) if says(fact)), None)


def _dated(document: DocumentFacts) -> date | None:
    for name in ("notice_on", "dated_on"):
        found = day(document.first(name))
        if found is not None:
            return found
    return None


def _last(notices: tuple[DocumentFacts, ...]) -> DocumentFacts | None:
    """The notice with the latest date; without dates the last in the file."""
    if not notices:
        return None
    return max(enumerate(notices), key=lambda each: (_dated(each[1]) or date.min, each[0]))[1]


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
    wanted = absent(case, "notice_served_on", "decided_on")
    if wanted:
        return unknown(*missing_text(wanted), missing=wanted)
    served, decided = case.merged["notice_served_on"], case.merged["decided_on"]
    served_on, decided_on = day(served), day(decided)
    if served_on is None or decided_on is None:
        return unknown(*missing_text(("notice_served_on", "decided_on")))
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
    gap = absence(case, of=("放弃陈述申辩声明", "放弃"))
    if not gap.may_be_claimed:
        return unknown(f"{zh}，未读到放弃陈述申辩的声明", f"{en}; no waiver was read", because=gap)
    return failed(_too_early(case, law, (served, decided), (zh, en, due), source))


def _period(case: CaseFacts, law: LawInForce, served_on: date) -> tuple[int, LawUsed]:
    """Working days for the defence and the law that gives them, the surest first."""
    notice = _last(case.of_kind(*NOTICES))
    if notice is not None and (_stated(notice, "hearing_told") is not None):
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
    notice = _last(case.of_kind(*NOTICES))
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

    Not applicable when the party made none. Fails when a paper of defence is in the file and the
    file, read in full, holds no opinion of review, hearing report, discussion or handling sheet.
    Unknown when it was not read in full, or where such a sheet stands in for the opinion.
    """
    made = case.get("defence_made")
    papers = case.of_kind("陈述申辩书")
    if (made is None or not says(made)) and not papers:
        gap = absence(case, of=("陈述申辩书", "陈述申辩笔录"))
        if gap.may_be_claimed or (made is not None and says(made) is False):
            return not_applicable("当事人未提出陈述申辩", "the party made no defence")
        return unknown("未读到是否提出陈述申辩", "not read whether a defence was made", because=gap)
    reviews = case.of_kind("陈述申辩复核意见书", "听证报告书")
    if reviews:
        return passed("陈述申辩已经复核", "the defence was reviewed", *reviews)
    others = case.of_kind("案件处理审批表", "重大案件集体讨论记录", "法制审核意见书")
    wanted = ("陈述申辩复核意见书", "复核意见", "听证报告书")
    gap = absence(case, of=wanted)
    if others or not gap.may_be_claimed:
        return unknown(
            "未读到单独的复核意见书，复核可能载于审批表等文书",
            "no separate opinion of review was read; it may stand in another paper",
            because=gap,
        )
    things: list[DocumentFacts | Fact] = [*papers, *([] if made is None else [made])]
    return failed(
        defect(
            "D-52",
            "当事人提出陈述申辩，案卷中没有复核意见",
            "the party made a defence, and the file holds no opinion of review",
            *things,
        )
    )


OLD_ARTICLES = frozenset({31, 32, 42})
"""Articles on notice, defence and hearing in the law before 2021; today they say other things."""


@check(
    "NOT006",
    title=("告知未使用旧法条文和期限", "No articles and periods of the old law in the notice"),
    defects=("D-50",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-44", "administrative-penalty-law#art-64"),
    inputs=("notice_on",),
    procedures=WITH_NOTICE,
    cannot_see=(
        "只看作为告知权利依据引用的条文；同一条号用于现行内容的不算",
        "looks at provisions cited for the rights only; the number may stand rightly elsewhere",
    ),
)
def notice_is_current(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the notice tells the rights under the law in force since July 2021.

    Fails when it gives three days for asking for a hearing, and, as a minor matter, when it tells
    the rights under the numbers that only the old law gave them. Unknown when neither was read.
    Not applicable to notices before that law.
    """
    notice = _last(case.of_kind(*NOTICES))
    if notice is None:
        return unknown("未读到违法行为通知书", "the notice was not found")
    on = _dated(notice) or day(case.get("notice_on"))
    if on is None:
        return unknown(*missing_text(("notice_on",)), missing=("notice_on",))
    days = notice.first("hearing_request_days")
    told = count(days)
    found: list[Found] = []
    period, source = parameter(law, "hearing_request_period", on)
    if days is not None and told is not None and told < period.number:
        found.append(
            defect(
                "D-50",
                f"{page_of(notice)}告知{told}日内要求听证，现行规定为{period.number}日",
                f"{page_of_en(notice)} gives {told} days for asking for a hearing; the law gives "
                f"{period.number}",
                days,
                law=(source,),
            )
        )
    rights = notice.all("rights_basis")
    for fact in rights:
        articles = {
            place.article
            for title, place in cited_places(words(fact) or "")
            if law.library.by_title(title) == "administrative-penalty-law"
        }
        if articles and articles <= OLD_ARTICLES:
            found.append(
                defect(
                    "D-50",
                    f"{page_of(notice)}告知权利引用{fact.value}，是旧法的条号",
                    f"{page_of_en(notice)} tells the rights under numbers of the old law",
                    fact,
                    severity=Severity.MINOR,
                )
            )
    if found:
        return failed(*found)
    if days is None and not rights:
        return unknown("未读到告知权利所引条文和期限", "neither provisions nor period were read")
    things = [*([] if days is None else [days]), *rights]
    return passed("告知使用现行条文和期限", "the notice follows the law in force", *things)
