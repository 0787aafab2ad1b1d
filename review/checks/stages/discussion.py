"""Collective discussion (集体讨论): each has a view of his own."""

from __future__ import annotations

import re

from review.checks.check import (
    WITH_NOTICE,
    CheckResult,
    Severity,
    check,
    defect,
    failed,
    passed,
    unknown,
)
from review.checks.values import cited, names, page_of, page_of_en, without_papers
from review.facts.model import CaseFacts
from review.law.in_force import LawInForce

RECORD = "重大案件集体讨论记录"
RULE = "transport-enforcement-procedure"
_BARE = re.compile(
    r"(?:我|本人)?(?:表示)?(?:无|没有)?(?:不同|其他|异议)?(?:同意|赞成|附议|无意见|没意见|没有意见|无异议"
    r"|意见|同上|一致同意)(?:上述|以上|该|此|承办(?:机构|人员?|部门|单位)|办案(?:机构|人员)|拟|处理|处罚|大队|法制"
    r"|审核|他们?|大家|局长|前面|各位|的|意见|建议|方案|决定)*"
)
_CONCLUDES = re.compile(r"综合|归纳|会议决定|集体(?:研究|讨论)|决定(?:处|罚|给予|对|作)")
"""The chair's conclusion is no view of his own."""


@check(
    "LEG005",
    title=("集体讨论记录各人意见", "The discussion records what each thought"),
    defects=("D-62",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-57", RULE),
    inputs=(),
    procedures=WITH_NOTICE,
    cannot_see=("不判断意见是否中肯", "does not judge the views"),
)
def views_recorded(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the record of a discussion holds views, not the same consent from everybody.

    Fails, as a minor matter because the rule on the record is not confirmed, when two persons or
    more are recorded and each with a bare consent. Unknown when no person's words were read. Not
    applicable without a discussion.
    """
    records = case.of_kind(RECORD)
    if not records:
        return without_papers(case, (RECORD, "集体讨论"), "集体讨论记录", "record of a discussion")
    for record in records:
        views = record.first("views")
        told = [each.partition("：")[2] for each in names(views)]
        said = [each for each in told if _CONCLUDES.search(each) is None]
        if views is None or len(said) < 2:
            return unknown(
                f"{page_of(record)}未读到各人意见", f"no views were read in {page_of_en(record)}"
            )
        if all(_BARE.fullmatch(re.sub(r"[\W_]", "", each)) for each in said):
            return failed(
                defect(
                    "D-62",
                    f"{page_of(record)}{len(said)}人均只记“同意”，没有具体意见",
                    f"{page_of_en(record)}: all {len(said)} are recorded with a bare consent",
                    views,
                    law=(cited(law, RULE, case),),
                )
            )
    return passed("集体讨论记录了各人意见", "views are recorded", *records)
