"""Measures (强制措施、登记保存): approval, and the end of preservation and seizure in time."""

from __future__ import annotations

from datetime import date, timedelta

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
from review.checks.values import day, missing_paper, page_of, page_of_en, parameter, without_papers
from review.common.dates import next_working_day, working_days_between
from review.facts.model import CaseFacts, Fact
from review.law.in_force import LawInForce

WITH_MEASURES = frozenset({Procedure.ORDINARY, Procedure.HEARING, Procedure.WAIVED})
PRESERVATION = "证据登记保存清单"
SEIZURE = ("行政强制措施决定书", "暂扣物品清单")


def _first(case: CaseFacts, name: str) -> Fact | None:
    return next((fact for _, fact in case.every(name)), None)


@check(
    "MEA001",
    title=("先行登记保存经负责人批准", "Preservation approved by the head"),
    defects=("D-22",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-56",),
    inputs=(),
    procedures=WITH_MEASURES,
    cannot_see=("看不到口头报告批准", "cannot see an approval by word of mouth"),
)
def preservation_approved(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the preservation of evidence was approved by the head.

    Fails when a list of preserved things is in the file and the file, read in full, holds no
    approval. Not applicable without such a list. Unknown when it was not read in full.
    """
    lists = case.of_kind(PRESERVATION)
    if not lists:
        return without_papers(case, (PRESERVATION,), "证据登记保存清单", "list of preserved things")
    approval = _first(case, "preservation_approved_on")
    sheets = case.of_kind("证据登记保存审批表")
    if approval is not None or sheets:
        return passed(
            "登记保存经批准",
            "the preservation was approved",
            *([approval] if approval is not None else sheets),
        )
    gap = missing_paper(case, of=("证据登记保存审批表", "登记保存审批"), within=lists[0])
    if not gap.may_be_claimed:
        return unknown("未读到登记保存的批准", "no approval was read", because=gap)
    return failed(
        defect(
            "D-22",
            f"有{page_of(lists[0])}，案卷中没有负责人批准",
            f"the file holds {page_of_en(lists[0])} but no approval of the head",
            lists[0],
        )
    )


@check(
    "MEA002",
    title=("登记保存物品七个工作日内处理", "Preserved things handled within seven working days"),
    defects=("D-23",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-56",),
    inputs=(),
    procedures=WITH_MEASURES,
    cannot_see=("不评价处理方式是否恰当", "does not judge the way of handling"),
)
def preservation_handled_in_time(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether a decision on preserved things was made within seven working days.

    Fails from the eighth working day. Not applicable without a list of preserved things. Unknown
    when a day was not read.
    """
    if not case.of_kind(PRESERVATION):
        return without_papers(case, (PRESERVATION,), "证据登记保存清单", "list of preserved things")
    kept, handled = _first(case, "preserved_on"), _first(case, "preservation_handled_on")
    kept_on, handled_on = day(kept), day(handled)
    if kept is None or handled is None or kept_on is None or handled_on is None:
        return unknown("未读到登记保存日或者处理日", "a day of the preservation was not read")
    limit, source = parameter(law, "preservation_limit", kept_on)
    days = working_days_between(kept_on, handled_on, law.calendar)
    zh = f"登记保存{kept_on}，处理{handled_on}，第{days}个工作日，期限{limit.number}个工作日"
    en = f"preserved {kept_on}, handled {handled_on}: working day {days} of {limit.number}"
    if days <= limit.number:
        return passed(zh, en, kept, handled).resting_on(source)
    return failed(
        defect("D-23", f"{zh}，逾期", f"{en}: late", kept, handled, law=(source,))
    ).resting_on(source)


@check(
    "MEA003",
    title=("扣押（暂扣）不超过法定期限", "Seizure within its time"),
    defects=("D-25",),
    severity=Severity.MAJOR,
    sources=("administrative-compulsion-law#art-25",),
    inputs=(),
    procedures=WITH_MEASURES,
    cannot_see=(
        "书面告知的检测、检验时间不计入期限；其他法律可另定期限",
        "told appraisal time does not count; another law may set other terms",
    ),
)
def seizure_in_time(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether a seizure ended within thirty days, or within the extension that was approved.

    Fails when it lasted longer and the file, read in full, holds no extension, or when it outlasted
    the longest extension. Unknown where an appraisal is in the file, and when a day was not read.
    Not applicable without a seizure.
    """
    if not case.of_kind(*SEIZURE):
        return without_papers(case, SEIZURE, "扣押（暂扣）文书", "paper of a seizure")
    seized, released = _first(case, "seized_on"), _first(case, "released_on")
    start, end = day(seized), day(released)
    if seized is None or released is None or start is None or end is None:
        return unknown("未读到扣押日或者解除日", "a day of the seizure was not read")
    limit, source = parameter(law, "seizure_limit", start)
    more, _ = parameter(law, "seizure_extension", start)
    due = _due(start, limit.number, law)
    # counted from a last day that was rolled on, in favour of whoever extended it so
    last = _due(due, more.number, law)
    extended_to = day(_first(case, "seizure_extended_to"))
    extended = case.of_kind("延长行政强制措施期限通知书") or extended_to is not None
    zh = f"扣押{start}，解除{end}，历时{(end - start).days}日，期限{limit.number}日至{due}"
    en = (
        f"seized {start}, released {end}: {(end - start).days} days; the limit of "
        f"{limit.number} days ended on {due}"
    )
    if end <= due or (extended and end <= min(_rolled(extended_to, law) or last, last)):
        return passed(zh, en, seized, released).resting_on(source)
    if case.of_kind("检验鉴定报告"):
        return unknown(f"{zh}；检验鉴定时间不计入", f"{en}; appraisal time does not count")
    gap = missing_paper(case, of=("延长行政强制措施期限通知书", "延长扣押", "延长强制措施"))
    if not extended and not gap.may_be_claimed:
        return unknown(f"{zh}；未读到延长", f"{en}; no extension was read", because=gap)
    more_zh, more_en = ("", "") if extended else ("且无延长决定", ", and not extended")
    return failed(
        defect(
            "D-25",
            f"{zh}，超期扣押{more_zh}",
            f"{en}: too long{more_en}",
            seized,
            released,
            law=(source,),
        )
    ).resting_on(source)


def _due(start: date, days: int, law: LawInForce) -> date:
    return next_working_day(start + timedelta(days=days), law.calendar)


def _rolled(day_: date | None, law: LawInForce) -> date | None:
    return None if day_ is None else next_working_day(day_, law.calendar)


@check(
    "MEA004",
    title=("强制措施及时批准并附清单", "Measures approved in time and with a list"),
    defects=("D-24", "D-26"),
    severity=Severity.MAJOR,
    sources=("administrative-compulsion-law#art-19", "administrative-compulsion-law#art-24"),
    inputs=(),
    procedures=WITH_MEASURES,
    cannot_see=(
        "决定书正文写明物品数量的，缺少单独清单只作提示",
        "where the decision counts the things in its text, a missing list is a hint",
    ),
)
def measure_in_form(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether a seizure was approved at the latest the day after, and has its list.

    Fails when the approval is dated more than a day after the seizure, which no count of 24 hours
    can hold; as a minor matter when neither decision nor file lists the things; as a hint where
    the decision counts them in its text, or was not read whole. Passes where the decision itself
    lists the things. Not applicable without a seizure. Unknown when a day was not read.
    """
    measures = case.of_kind("行政强制措施决定书")
    if not measures:
        return without_papers(case, SEIZURE, "扣押（暂扣）文书", "paper of a seizure")
    seized = _first(case, "seized_on") or measures[0].first("dated_on")
    approved = _first(case, "measure_approved_at")
    start, end = day(seized), day(approved)
    if seized is not None and approved is not None and start is not None and end is not None:
        zh, en = f"扣押{start}，批准{end}", f"seized {start}, approved {end}"
        if end > start + timedelta(days=1):
            return failed(
                defect("D-26", f"{zh}，超过二十四小时", f"{en}: after 24 hours", seized, approved)
            )
        if case.of_kind("暂扣物品清单") or any(each.first("list_inside") for each in measures):
            return passed(zh, en, seized, approved)
    gap = missing_paper(case, of=("暂扣物品清单", "清单"))
    listed = case.of_kind("暂扣物品清单", "证据登记保存清单") or any(
        each.first("list_inside") for each in measures
    )
    if listed or not gap.may_be_claimed:
        return unknown("未读到批准时间或者清单", "approval or list was not read", because=gap)
    attached = next((fact for each in measures for fact in each.all("list_attached")), None)
    if attached is not None:
        return failed(
            defect(
                "D-24",
                f"{page_of(measures[0])}载明附清单，案卷中没有物品清单",
                f"{page_of_en(measures[0])} says that a list is attached; the file holds none",
                attached,
                severity=Severity.MINOR,
            )
        )
    # one thing counted in the decision itself (小型客车一辆) may pass for its list
    counted = any(each.first("thing_counted") for each in measures)
    return failed(
        defect(
            "D-24",
            f"有{page_of(measures[0])}，决定书和案卷中都没有物品清单",
            f"neither {page_of_en(measures[0])} nor the file holds a list of the things",
            measures[0],
            severity=Severity.HINT if counted or not measures[0].is_legible else Severity.MINOR,
        )
    )
