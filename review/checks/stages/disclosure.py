"""Publication (公示): the decision is made public in time, and withdrawn in time."""

from __future__ import annotations

import re

from review.checks.check import (
    CheckResult,
    Severity,
    check,
    defect,
    failed,
    passed,
    unknown,
)
from review.checks.values import (
    absent,
    day,
    missing_text,
    parameter,
    without_papers,
    written,
)
from review.common.dates import working_days_between
from review.facts.model import CaseFacts
from review.law.in_force import LawInForce


@check(
    "PUB001",
    title=("处罚决定七个工作日内公示", "Decision published within seven working days"),
    defects=("D-86",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-48", "disclosure-guideline-2018-118"),
    inputs=("decided_on", "published_on"),
    cannot_see=(
        "是否属于应当公示的决定须对照机关的公示清单，未公示不作认定",
        "whether a decision must be published is for the bureau's list: none is not a fault here",
    ),
)
def published_in_time(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the decision was published within seven working days.

    Fails, as a minor matter, from the eighth working day after the decision. Unknown when no
    publication was read: whether it had to be published is for the bureau's list.
    """
    wanted = absent(case, "decided_on", "published_on")
    decided, published = case.get("decided_on"), case.get("published_on")
    decided_on, published_on = day(decided), day(published)
    if decided is None or published is None or decided_on is None or published_on is None:
        return unknown(*missing_text(wanted), missing=wanted)
    limit, source = parameter(law, "publication_limit", decided_on)
    days = working_days_between(decided_on, published_on, law.calendar)
    zh = f"决定日{decided_on}，公示日{published_on}，第{days}个工作日，期限{limit.number}个工作日"
    en = f"decided {decided_on}, published {published_on}: working day {days} of {limit.number}"
    if days < 0:
        return unknown(
            f"公示日{published_on}早于决定日{decided_on}，请核对日期",
            f"published {published_on}, before the decision of {decided_on}: compare the dates",
        )
    if days <= limit.number:
        return passed(zh, en, decided, published).resting_on(source)
    return failed(
        defect("D-86", f"{zh}，逾期公示", f"{en}: late", decided, published, law=(source,))
    ).resting_on(source)


@check(
    "PUB002",
    title=("撤销、变更的决定三日内撤回公示", "A revoked decision withdrawn within three days"),
    defects=("D-88",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-48",),
    inputs=(),
    cannot_see=("不查看公示平台", "does not look at the platform"),
)
def withdrawn_in_time(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the publication of a revoked or changed decision was withdrawn in three working days.

    Fails from the fourth working day. Not applicable where nothing was revoked; unknown when a day
    was not read.
    """
    papers = case.of_kind("撤销行政处罚决定书")
    revoked = next((fact for _, fact in case.every("revoked_on")), None)
    if not papers and revoked is None:
        return without_papers(
            case, ("撤销行政处罚决定书", "撤销"), "撤销、变更的决定", "revocation"
        )
    withdrawn = next((fact for _, fact in case.every("withdrawn_on")), None)
    revoked_on, withdrawn_on = day(revoked), day(withdrawn)
    if revoked is None or withdrawn is None or revoked_on is None or withdrawn_on is None:
        return unknown("未读到撤销日或者撤回日", "the day of revocation or withdrawal not read")
    limit, source = parameter(law, "withdrawal_limit", revoked_on)
    days = working_days_between(revoked_on, withdrawn_on, law.calendar)
    zh = f"撤销{revoked_on}，撤回公示{withdrawn_on}，第{days}个工作日，期限{limit.number}个工作日"
    en = f"revoked {revoked_on}, withdrawn {withdrawn_on}: working day {days} of {limit.number}"
    if days <= limit.number:
        return passed(zh, en, revoked, withdrawn).resting_on(source)
    return failed(
        defect("D-88", f"{zh}，逾期", f"{en}: late", revoked, withdrawn, law=(source,))
    ).resting_on(source)


_PERSONAL_NUMBER = re.compile(r"^\d{17}[\dXx]$")


@check(
    "PUB003",
    title=("公示内容隐去身份证号码", "The publication masks identity numbers"),
    defects=("D-87",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-50",),
    inputs=("party_type",),
    cannot_see=("看不到截图以外的页面", "cannot see pages outside the screenshot"),
)
def publication_masked(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the published text keeps the full identity number of a citizen out.

    Fails when the screenshot shows one in full. Credit codes of organizations are public. Unknown
    when no publication was read in the file.
    """
    shots = case.of_kind("公示截图")
    if not shots:
        return unknown("未读到公示截图", "no screenshot of the publication was read")
    numbers = [
        fact
        for shot in shots
        for name in ("party_id", "interviewee_id", "holder_id")
        for fact in shot.all(name)
        if _PERSONAL_NUMBER.match(written(fact))
    ]
    if numbers:
        return failed(
            defect(
                "D-87",
                "公示内容显示了完整的身份证号码",
                "the publication shows a full identity number",
                numbers[0],
            )
        )
    if not all(shot.is_clear for shot in shots):
        return unknown("公示截图未能辨认清楚", "the screenshot was not read clearly")
    return passed("公示内容未见身份证号码", "no identity number in the publication", *shots)
