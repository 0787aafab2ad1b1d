"""Notice (告知): given, complete, the time for a defence, and no heavier fine for defending."""

from __future__ import annotations

from datetime import date

from review.checks.check import (
    WITH_NOTICE,
    CheckResult,
    Found,
    Severity,
    check,
    defect,
    failed,
    passed,
    unknown,
)
from review.checks.values import (
    NOTICES,
    affirmed,
    count,
    day,
    last_notice,
    missing_paper,
    missing_text,
    notice_day,
    page_of,
    page_of_en,
    parameter,
    written,
    yuan,
)
from review.facts.absence import absence
from review.facts.model import CaseFacts
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
    proof of its service is there, so that the paper is missing rather than the notice. Unknown when
    the file was not read in full, or its index lists a notice.
    """
    notices = case.of_kind(*NOTICES)
    if notices:
        return passed("案卷中有违法行为通知书", "the file holds the notice", *notices)
    decision = next(iter(case.of_kind("行政处罚决定书")), None)
    if decision is None:
        return unknown("未读到行政处罚决定书", "the decision was not found")
    gap = missing_paper(case, of=NOTICE_TITLES)
    if not gap.may_be_claimed:
        return unknown("未读到违法行为通知书", "no notice was read", because=gap)
    proof = next(
        (
            fact
            for paper in case.of_kind("送达回证")
            for fact in paper.all("serves")
            if any(kind in written(fact) for kind in NOTICES)
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
    notice = last_notice(case.of_kind(*NOTICES))
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
        ("陈述申辩权利", "the right of defence"): affirmed(notice, "rights_told"),
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


@check(
    "NOT006",
    title=("告知未使用旧法条文和期限", "No articles and periods of the old law in the notice"),
    defects=("D-50",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-44", "administrative-penalty-law#art-64"),
    inputs=("notice_on", "filed_on", "notice_served_on"),
    procedures=WITH_NOTICE,
    cannot_see=(
        "只看作为告知权利依据引用的条文；同一条号用于现行内容的不算",
        "looks at provisions cited for the rights only; the number may stand rightly elsewhere",
    ),
)
def notice_is_current(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the notice tells the rights under the law in force since July 2021.

    Fails when it gives three days for asking for a hearing, and, as a minor matter, when it tells
    the rights under the numbers that only the old law gave them. Where the day of the notice was
    not read, that of its service decides if the law was the same at filing. Unknown when neither
    period nor numbers were read. Not applicable to notices before that law.
    """
    notice = last_notice(case.of_kind(*NOTICES))
    if notice is None:
        return unknown("未读到违法行为通知书", "the notice was not found")
    on = notice_day(notice) or day(case.get("notice_on")) or _under_one_law(case, law)
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
    old, _ = parameter(law, "old_law_articles", on)
    old_articles = {int(number) for number in old.amounts()}
    for fact in rights:
        articles = {
            place.article
            for title, place in cited_places(written(fact))
            if law.library.by_title(title) == "administrative-penalty-law"
        }
        if articles and articles <= old_articles:
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


def _under_one_law(case: CaseFacts, law: LawInForce) -> date | None:
    """The day of service in place of an unread day of the notice, where the law is the same.

    The notice was written between filing and service: with one law on both days its own day does
    not matter.
    """
    filed, served = day(case.get("filed_on")), day(case.get("notice_served_on"))
    if filed is None or served is None:
        return None
    same = all(
        parameter(law, name, filed)[0].since == parameter(law, name, served)[0].since
        for name in ("hearing_request_period", "old_law_articles")
    )
    return served if same else None
