"""Legal review and discussion (审核讨论): before the decision, by others than the handlers."""

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
from review.checks.values import (
    absent,
    count,
    day,
    missing_paper,
    missing_text,
    money,
    officers,
    page_of,
    page_of_en,
    parameter,
    without_papers,
    words,
    written,
    yuan,
)
from review.common.text import plain
from review.facts.absence import absence
from review.facts.model import CaseFacts, Fact
from review.law.in_force import LawInForce


def _not_before(decided: Fact, reviews: list[Fact]) -> bool:
    on = day(decided)
    return on is not None and all((day(fact) or on) > on for fact in reviews)


ENOUGH_POINTS = 3
"""Points found on before the conclusion from which the opinion has content of its own."""

LONGEST_BARE_CONSENT = 8
"""Characters up to which 同意、审核同意、同意处罚意见 and the like say nothing else."""


@check(
    "LEG001",
    title=("法制审核在决定之前", "Legal review before the decision"),
    defects=("D-58",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-58",),
    inputs=("decided_on", "hearing_on"),
    procedures=WITH_NOTICE,
    cannot_see=(
        "案件是否属于应当审核的范围由机关目录确定",
        "whether a case must be reviewed is for the bureau's list",
    ),
)
def reviewed_before_decision(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the legal review in the file came before the decision.

    Fails when every review is dated after the decision: proposed as a veto where a hearing made the
    review compulsory, otherwise major. A review on the day of the decision is in time. Not
    applicable when the file holds none; unknown when days were not read.
    """
    papers = case.of_kind("法制审核意见书")
    if not papers:
        return without_papers(case, ("法制审核意见书", "法制审核"), "法制审核意见", "legal review")
    decided = case.get("decided_on")
    reviews = [
        fact
        for paper in papers
        if (fact := paper.first("legal_review_on") or paper.first("dated_on")) is not None
    ]
    if decided is None or len(reviews) < len(papers):
        return unknown("未读到法制审核日期或者决定日", "a day of review or decision was not read")
    latest = reviews[-1]
    zh = f"法制审核{day(latest)}，决定{day(decided)}"
    en = f"legal review {day(latest)}, decision {day(decided)}"
    if not _not_before(decided, reviews):
        return passed(zh, en, *reviews, decided)
    hearing = case.get("hearing_on")
    return failed(
        defect(
            "D-58",
            f"{zh}，审核晚于决定",
            f"{en}: after the decision",
            *reviews,
            decided,
            severity=Severity.MAJOR if hearing is None else Severity.VETO,
        )
    )


@check(
    "LEG002",
    title=("法制审核人员不是本案承办人", "The legal reviewer did not handle the case"),
    defects=("D-59",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-58",),
    inputs=(),
    procedures=WITH_NOTICE,
    cannot_see=(
        "不核对审核人员的法律职业资格（仅初次审核者须有）",
        "does not know the reviewer's qualification, demanded of first-timers only",
    ),
)
def reviewer_is_no_handler(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the legal reviewer is none of the officers of the case.

    Fails when the names are the same. Not applicable when the file holds no review; unknown when
    the names were not read.
    """
    papers = case.of_kind("法制审核意见书")
    if not papers:
        return without_papers(case, ("法制审核意见书", "法制审核"), "法制审核意见", "legal review")
    reviewers = [(paper, fact) for paper in papers for fact in paper.all("reviewer")]
    handlers = {
        plain(officer.name) for _, fact in case.every("officers") for officer in officers(fact)
    }
    if not reviewers or not handlers:
        return unknown("未读到审核人员或者办案人员", "reviewer or officers were not read")
    for paper, fact in reviewers:
        if plain(written(fact)) in handlers:
            return failed(
                defect(
                    "D-59",
                    f"{page_of(paper)}的审核人员{fact.value}是本案办案人员",
                    f"the reviewer {fact.value} of {page_of_en(paper)} is an officer of the case",
                    fact,
                )
            )
    return passed(
        "审核人员不是办案人员", "the reviewer is no officer of the case",
        *(fact for _, fact in reviewers),
    )  # fmt: skip


@check(
    "LEG003",
    title=("重大案件在决定前集体讨论", "Collective discussion before the decision"),
    defects=("D-61",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-57",),
    inputs=("fine_yuan", "party_type", "decided_on", "discussion_on"),
    procedures=WITH_NOTICE,
    cannot_see=(
        "“情节复杂或者重大”由机关认定，数额标准为设定值",
        "what is complicated or serious is for the bureau; the amount is a setting",
    ),
)
def discussed_before_decision(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether a case with a large fine was discussed by the heads before the decision.

    Fails, as a minor matter because the amount is a setting, when a discussion is dated after the
    decision, or when the fine reaches the amount and the file, read in full, holds no record. Not
    applicable below the amount. Unknown when days or amounts were not read.
    """
    decided, fine = case.get("decided_on"), case.get("fine_yuan")
    on, amount = day(decided), yuan(fine)
    if decided is None or on is None:
        return unknown(*missing_text(("decided_on",)), missing=("decided_on",))
    threshold, source = parameter(law, "discussion_large_fine", on)
    papers = case.of_kind("重大案件集体讨论记录")
    days = [fact for paper in papers for fact in paper.all("discussion_on")]
    days = days or [fact for paper in papers for fact in paper.all("dated_on")]
    if days:
        if any((day(fact) or on) <= on for fact in days):
            return passed(
                f"集体讨论{day(days[0])}，决定{on}",
                f"discussed {day(days[0])}, decided {on}",
                *days,
                decided,
            ).resting_on(source)
        return failed(
            defect(
                "D-61",
                f"集体讨论{day(days[0])}，晚于决定日{on}",
                f"discussed {day(days[0])}, after the decision of {on}",
                *days,
                decided,
                law=(source,),
            )
        ).resting_on(source)
    if papers:
        return unknown("未读到集体讨论日期", "the day of the discussion was not read")
    kind = words(case.get("party_type"))
    limit = threshold.amount_for("organization" if kind == "organization" else "citizen")
    if fine is None or amount is None or kind is None:
        wanted = absent(case, "fine_yuan", "party_type")
        return unknown(*missing_text(wanted), missing=wanted)
    zh = f"罚款{money(amount)}元，集体讨论标准{money(limit)}元"
    en = f"fine {money(amount)} yuan; discussion from {money(limit)}"
    if amount < limit:
        return not_applicable(zh, en).resting_on(source)
    gap = missing_paper(case, of=("重大案件集体讨论记录", "集体讨论"))
    if not gap.may_be_claimed:
        return unknown(f"{zh}；未读到集体讨论记录", f"{en}; no record was read", because=gap)
    return failed(
        defect(
            "D-61",
            f"{zh}，案卷中没有集体讨论记录",
            f"{en}, yet the file holds no record of one",
            fine,
            law=(source,),
        )
    ).resting_on(source)


@check(
    "LEG004",
    title=("法制审核意见有内容", "The legal review says more than yes"),
    defects=("D-60",),
    severity=Severity.MINOR,
    sources=("disclosure-guideline-2018-118",),
    inputs=(),
    procedures=WITH_NOTICE,
    cannot_see=(
        "七个方面是否写全由人判断；文书别处写到审核内容的只作提示",
        "whether the seven points are covered is for a person: a hint where any is mentioned",
    ),
)
def review_has_content(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the opinion of the legal review consists of more than a bare consent.

    Fails, as a minor matter, when the only opinion is a word of consent and no part of the paper,
    read in full, speaks of any point of a review; only as a hint where one does or some of the
    paper could not be read. Findings on three points or more before the word are content. Not
    applicable without a review; unknown when no opinion was read.
    """
    papers = case.of_kind("法制审核意见书")
    if not papers:
        return without_papers(case, ("法制审核意见书", "法制审核"), "法制审核意见", "legal review")
    opinions = [(paper, fact) for paper in papers for fact in paper.all("review_conclusion")]
    if not opinions:
        return unknown("未读到审核意见", "no opinion was read")
    paper, fact = max(opinions, key=lambda each: len(plain(written(each[1]))))
    text = plain(written(fact))
    if len(text) > LONGEST_BARE_CONSENT or "同意" not in text:
        return passed("审核意见有具体内容", "the opinion has content", fact)
    listed = next(
        (
            each
            for review in papers
            for each in review.all("review_findings")
            if (count(each) or 0) >= ENOUGH_POINTS
        ),
        None,
    )
    if listed is not None:
        return passed(
            "审核结论前逐项写明审核内容", "the conclusion follows findings on the points", listed
        )
    told = any(each.first("review_points") for each in papers)
    is_bare = not told and paper.is_legible and absence(case, within=paper).may_be_claimed
    return failed(
        defect(
            "D-60",
            f"{page_of(paper)}的审核意见只有“{fact.value}”，请核对",
            f"the opinion of {page_of_en(paper)} is a bare consent: have a look",
            fact,
            severity=None if is_bare else Severity.HINT,
        )
    )
