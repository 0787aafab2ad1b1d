"""Filing (立案): in time, approved by the head, handlers named."""

from __future__ import annotations

import re

from review.checks.check import (
    CheckResult,
    Procedure,
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
    names,
    officers,
    page_of,
    page_of_en,
    parameter,
    says,
    words,
    written,
)
from review.common.dates import working_days_between
from review.common.text import plain
from review.facts.absence import absence
from review.facts.model import CaseFacts, DocumentFacts, Fact
from review.law.in_force import LawInForce

FILED = frozenset({Procedure.ORDINARY, Procedure.HEARING, Procedure.WAIVED})
FORM = "立案登记表"


@check(
    "FIL001",
    title=("及时立案", "Filed in time"),
    defects=("D-06",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-54", "transport-enforcement-procedure#art-62"),
    inputs=("registered_on", "found_on", "filed_on"),
    procedures=FILED,
    cannot_see=(
        "看不到线索核查是否确需更长时间；法律只要求“及时”，天数为评查惯例",
        "cannot see whether the clue needed longer to verify; the Law only says promptly",
    ),
)
def filed_in_time(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the head approved the filing within the working days that the bureau allows.

    Counts working days from the day the violation was discovered or the clue was registered, the
    earlier of the two. Fails past the limit, as a minor matter: the number of days is no statute.
    Unknown when the approval or both starting days were not read. Does not see why it took longer.
    """
    filed = case.get("filed_on")
    starts = [fact for name in ("found_on", "registered_on") if (fact := case.get(name))]
    filed_on = day(filed)
    if filed is None or filed_on is None or not starts:
        wanted = absent(case, "filed_on") + (() if starts else ("found_on", "registered_on"))
        return unknown(*missing_text(wanted), missing=wanted)
    start = min(starts, key=lambda fact: day(fact) or filed_on)
    start_on = day(start) or filed_on
    limit, source = parameter(law, "filing_limit", filed_on)
    days = working_days_between(start_on, filed_on, law.calendar)
    zh = (
        f"发现（受案）{start_on}，立案审批{filed_on}，"
        f"经过{days}个工作日，参照期限{limit.number}个工作日"
    )
    en = (
        f"discovered or registered {start_on}, filing approved {filed_on}: {days} working days, "
        f"guide value {limit.number}"
    )
    if days > limit.number:
        return failed(
            defect("D-06", f"立案不及时：{zh}", f"filed late: {en}", start, filed)
        ).resting_on(source)
    return passed(zh, en, start, filed).resting_on(source)


def _form(case: CaseFacts) -> DocumentFacts | None:
    return next(iter(case.of_kind(FORM)), None)


@check(
    "FIL002",
    title=("立案经负责人批准", "Filing approved by the head"),
    defects=("D-07",),
    severity=Severity.MAJOR,
    sources=("transport-enforcement-procedure#art-63",),
    inputs=("filed_on",),
    procedures=FILED,
    cannot_see=(
        "不鉴别手写签名的真伪，也不判断批准人是否有权",
        "does not judge handwriting or whether the approver had the power",
    ),
)
def filing_approved(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the head's field of the filing form carries an opinion and a date.

    Fails when the field is blank, or when it carries an opinion but no date. Unknown when the form
    was not found or its field was not read. A signature in handwriting is not judged.
    """
    form = _form(case)
    if form is None:
        return unknown("未读到立案登记表", "the filing form was not found")
    blank, undated = form.first("head_opinion_blank"), form.first("head_date_blank")
    opinion, approved = form.first("head_opinion"), form.first("head_approved_on")
    if blank is not None and says(blank) and opinion is None:
        return failed(
            defect(
                "D-07",
                f"{page_of(form)}负责人审批意见栏空白",
                f"the head's field of {page_of_en(form)} is blank",
                blank,
            )
        )
    if undated is not None and says(undated) and approved is None:
        return failed(
            defect(
                "D-07",
                f"{page_of(form)}负责人审批意见未注明日期",
                f"the head's opinion on {page_of_en(form)} carries no date",
                undated,
            )
        )
    if opinion is None:
        return unknown("未读到负责人审批意见", "the head's opinion was not read")
    if approved is not None or day(case.get("filed_on")) is not None:
        on = day(approved) or day(case.get("filed_on"))
        return passed(
            f"负责人于{on}批准立案", f"the head approved the filing on {on}", approved or opinion
        )
    gap = absence(case, within=form)
    if not gap.may_be_claimed:
        return unknown("未读到批准日期", "the date of the approval was not read", because=gap)
    return failed(
        defect(
            "D-07",
            f"{page_of(form)}负责人审批意见未注明日期",
            f"the head's opinion on {page_of_en(form)} carries no date",
            opinion,
        )
    )


_OPINES = re.compile(r"同意|准予|批准|立案|可以|不予|交由|负责|调查")
"""A word of an approval; a field of a scan without any lost its words."""


def _officers_in(case: CaseFacts, opinion: Fact | None) -> frozenset[str]:
    """The officers and handlers of the file whose names stand in the words of the approval."""
    said = plain(written(opinion)) if opinion is not None else ""
    known = {
        plain(name)
        for each in ("handlers_listed", "servers", "officer_signatures")
        for _, fact in case.every(each)
        for name in names(fact)
    }
    known |= {plain(one.name) for one in officers(case.get("officers"))}
    return frozenset(name for name in known if len(name) > 1 and name in said)


@check(
    "FIL003",
    title=("指定两名以上承办人", "Two handlers or more named"),
    defects=("D-08",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-42",),
    inputs=(),
    procedures=FILED,
    cannot_see=(
        "看不到卷外的指派文件",
        "cannot see an assignment that is not in the file",
    ),
)
def handlers_named(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the filing form names at least two handlers of the case.

    Fails when the approval names only one, or when the head's opinion was read, the form names
    nobody and no other paper assigns the case. Two officers of the file whose names stand in the
    words of the approval are named by it. Unknown when the form or its field was not read.
    """
    form = _form(case)
    if form is None:
        return unknown("未读到立案登记表", "the filing form was not found")
    named = form.first("handlers") or form.first("handlers_listed")
    if named is None:
        named = next((fact for _, fact in case.every("handlers")), None)
    handlers = tuple(dict.fromkeys(plain(name) for name in names(named)))
    if named is not None and len(handlers) >= 2:
        return passed(
            f"指定承办人：{'、'.join(handlers)}", f"handlers named: {', '.join(handlers)}", named
        )
    gap = absence(case, within=form)
    opinion = form.first("head_opinion")
    if not gap.may_be_claimed or (opinion is None and named is None):
        return unknown("未读到承办人", "the handlers were not read", because=gap)
    told = _officers_in(case, opinion)
    if len(told | set(handlers)) >= 2 and opinion is not None:
        return passed(
            f"审批意见“{words(opinion)}”提到执法人员：{'、'.join(sorted(told))}",
            f"the approval names officers of the case: {', '.join(sorted(told))}",
            opinion,
        )
    if named is not None:
        return failed(
            defect(
                "D-08",
                f"只指定了一名承办人：{''.join(handlers)}",
                f"only one handler was named: {''.join(handlers)}",
                named,
            )
        )
    if form.is_recognized and not _OPINES.search(written(opinion)):
        return unknown(
            f"{page_of(form)}审批意见未读全，请看原件",
            f"the approval on {page_of_en(form)} was not read in full",
            missing=("head_opinion",),
        )
    return failed(
        defect(
            "D-08",
            f"{page_of(form)}审批意见“{words(opinion)}”未指定承办人，其他文书也未载明",
            f"the approval on {page_of_en(form)} names no handler, nor does any other paper",
            *([opinion] if opinion is not None else [form]),
        )
    )
