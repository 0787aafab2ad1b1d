"""Photographs and monitoring (照片、监控记录): when, where, by whom; reviewed before use."""

from __future__ import annotations

from review.checks.check import (
    CheckResult,
    Found,
    Severity,
    check,
    defect,
    failed,
    not_applicable,
    passed,
    unknown,
)
from review.checks.values import (
    cited,
    missing_paper,
    page_of,
    page_of_en,
    parameter,
    says,
    without_papers,
)
from review.facts.absence import absence
from review.facts.model import Absence, CaseFacts, DocumentFacts
from review.law.in_force import LawInForce, day_of

RULE = "transport-enforcement-procedure"
AUDIT = "电子技术监控记录审核表"

NOTES = (
    ("photo_time", "拍摄时间", "time"),
    ("photo_place", "拍摄地点", "place"),
    ("photo_maker", "拍摄人", "maker"),
)


@check(
    "EVI005",
    title=("照片注明时间、地点、拍摄人", "Photographs bear time, place and maker"),
    defects=("D-17",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-46", RULE),
    inputs=(),
    cannot_see=(
        "写在照片背面或者画面里的说明看不到；未能读出的字迹不作认定",
        "notes on the back or inside the picture are not seen, nor judged what was not read",
    ),
)
def photographs_noted(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether each page of photographs says when and by whom they were taken, and where.

    Fails, as a minor matter because the rule on evidence is not confirmed, when a page that was
    read in full names no maker or no time; a place alone that is missing is a hint. Unknown on a
    scan with writing that was not read. Not applicable without photographs.
    """
    pages = case.of_kind("现场照片")
    if not pages:
        return without_papers(case, ("现场照片", "照片"), "照片", "photograph")
    found: list[Found] = []
    unread: list[tuple[DocumentFacts, Absence]] = []
    for page in pages:
        lacking = [each for each in NOTES if page.first(each[0]) is None]
        if not lacking:
            continue
        gap = absence(case, within=page)
        if not page.is_legible or not gap.may_be_claimed:
            unread.append((page, gap))
            continue
        only_place = all(name == "photo_place" for name, _, _ in lacking)
        found.append(
            defect(
                "D-17",
                f"{page_of(page)}未注明{'、'.join(zh for _, zh, _ in lacking)}",
                f"{page_of_en(page)} does not tell the {', '.join(en for _, _, en in lacking)}",
                page,
                severity=Severity.HINT if only_place else None,
                law=(cited(law, RULE, case),),
            )
        )
    if found:
        return failed(*found)
    if unread:
        return unknown(
            f"{page_of(unread[0][0])}未读全拍摄说明",
            f"not every note of {page_of_en(unread[0][0])} was read",
            because=unread[0][1],
        )
    return passed(f"{len(pages)}份照片注明时间、地点、拍摄人", "the photographs are noted", *pages)


@check(
    "EVI006",
    title=("电子技术监控记录经审核", "Records of electronic monitoring were reviewed"),
    defects=("D-21",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-41",),
    inputs=(),
    cannot_see=(
        "设备是否经法制、技术审核，设置地点是否公布，见登记簿检查",
        "whether the device itself was reviewed and its place published is looked up elsewhere",
    ),
)
def monitoring_reviewed(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether a record of electronic monitoring was reviewed before it served as evidence.

    Concerns cases found by monitoring alone: where officers made an on-site record, that record is
    the evidence. Fails when the form for the review is there and blank, and when no paper of a file
    that was read in full speaks of a review. Unknown when it was not read in full, or the form is
    there and what stands in it was not made out. Not applicable without monitoring.
    """
    used = next((fact for _, fact in case.every("monitoring_used") if says(fact)), None)
    if used is None:
        gap = missing_paper(case, of=())
        if not gap.may_be_claimed:
            return unknown("未读到是否使用电子技术监控", "not read in full", because=gap)
        return not_applicable("没有使用电子技术监控取证", "no electronic monitoring was used")
    on = day_of(case)
    if on is not None:
        parameter(law, "monitoring_review", on)  # no text held before: unknown, with the reason
    if case.of_kind("现场笔录", "勘验笔录"):
        return not_applicable("另有现场笔录", "officers made an on-site record")
    blank = next(
        (
            (paper, fact)
            for paper, fact in case.every("monitoring_review_blank")
            if says(fact) and paper.is_legible
        ),
        None,
    )
    if blank is not None:
        return failed(
            defect(
                "D-21",
                f"{page_of(blank[0])}没有审核意见和审核人签名",
                f"{page_of_en(blank[0])} bears neither a result nor a reviewer",
                blank[1],
                used,
            )
        )
    reviewed = next((fact for _, fact in case.every("monitoring_reviewed") if says(fact)), None)
    if reviewed is not None:
        return passed("监控记录经审核", "the record was reviewed", reviewed)
    gap = missing_paper(case, of=("监控记录审核表", "审核表", "审核记录"))
    if case.of_kind(AUDIT) or not gap.may_be_claimed:
        return unknown("未读到监控记录的审核", "no review of the record was read", because=gap)
    return failed(
        defect(
            "D-21",
            "以电子技术监控设备的记录作为证据，案卷中没有审核的记载",
            "the record of a monitoring device serves as evidence; no paper tells of its review",
            used,
        )
    )
