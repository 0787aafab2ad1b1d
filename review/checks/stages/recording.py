"""Recording (全过程记录): audio-video where a measure or a disputed service asks for it."""

from __future__ import annotations

from review.checks.check import (
    CheckResult,
    LawUsed,
    Procedure,
    Severity,
    check,
    defect,
    failed,
    not_applicable,
    passed,
    unknown,
)
from review.checks.recorded_matters import MEASURE, NO_MEASURE, Shows, shown
from review.checks.values import day, missing_paper, page_of, page_of_en, says
from review.facts.model import CaseFacts
from review.law.in_force import LawInForce

MEASURES = ("行政强制措施决定书", "暂扣物品清单", "行政强制执行决定书", "强制执行记录")


@check(
    "REC001",
    title=("强制措施有音像记录", "Measures are recorded"),
    defects=("D-89",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-47", "disclosure-guideline-2018-118"),
    inputs=(),
    procedures=(Procedure.ORDINARY, Procedure.HEARING, Procedure.WAIVED),
    cannot_see=("不查看音像内容", "does not look at recordings"),
)
def measures_recorded(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether a file with a seizure or compulsory execution lists its audio-video recordings.

    Fails, as a minor matter because the scope of the duty is not confirmed, when the file, read in
    full, holds no list of recordings, or one whose rows are all of interviews, service and the like
    and of other days, and no paper says that recordings were made. A row of the inspection covers
    the measure. Not applicable without a measure. Unknown when it was not read in full.
    """
    measures = case.of_kind(*MEASURES)
    lists = case.of_kind("视音频资料清单")
    if not measures:
        gap = missing_paper(case, of=MEASURES)
        if gap.may_be_claimed:
            return not_applicable("没有采取强制措施", "no measure was taken")
        return unknown(
            "未读到是否采取强制措施", "not read whether a measure was taken", because=gap
        )
    days = {
        on
        for paper in (*measures, *case.of_kind("现场笔录"))
        for name in ("seized_on", "dated_on", "started_at")
        if (on := day(paper.first(name))) is not None
    }
    is_shown = shown(case, MEASURE, NO_MEASURE, days)
    if lists and is_shown is Shows.IT:
        return passed("强制措施有音像记录", "the measure was recorded", *lists)
    stated = next((fact for _, fact in case.every("recording_stated") if says(fact)), None)
    if lists and (is_shown is Shows.OPEN or stated is not None):
        return unknown(
            "视音频资料清单未读到强制措施的录像，请核对", "no row of the measure was read: compare"
        )
    if stated is not None:
        return passed(
            "文书载明有音像记录，案卷中没有清单",
            "a paper says that it was recorded; the file holds no list",
            stated,
        )
    gap = missing_paper(case, of=("视音频资料清单", "音像", "视频", "录像"))
    if not gap.may_be_claimed:
        return unknown("未读到视音频资料清单", "no list of recordings was read", because=gap)
    scope = LawUsed(law.resolve("disclosure-guideline-2018-118", case), confirmed=False)
    if lists:
        return failed(
            defect(
                "D-89",
                f"有{page_of(measures[0])}，{page_of(lists[0])}没有该强制措施的录像",
                f"{page_of_en(lists[0])} has no row of the measure of {page_of_en(measures[0])}",
                measures[0],
                *(fact for paper in lists for fact in paper.all("recorded_matters")),
                law=(scope,),
            )
        )
    return failed(
        defect(
            "D-89",
            f"有{page_of(measures[0])}，案卷中没有视音频资料清单",
            f"the file holds {page_of_en(measures[0])} but no list of recordings",
            measures[0],
            law=(scope,),
        )
    )
