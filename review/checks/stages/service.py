"""Service (送达): the decision reaches the party in time."""

from __future__ import annotations

from review.checks.check import (
    WITH_NOTICE,
    CheckResult,
    Procedure,
    Severity,
    check,
    defect,
    failed,
    passed,
    unknown,
)
from review.checks.values import absent, day, missing_text, parameter, words
from review.common.dates import working_days_between
from review.facts.model import CaseFacts, DocumentFacts
from review.law.in_force import LawInForce

SLOW_METHODS = ("公告", "邮寄", "转交", "委托")


def _proof(case: CaseFacts) -> DocumentFacts | None:
    """The proof of service of the decision."""
    for document in case.of_kind("送达回证"):
        if "处罚决定" in (words(document.first("serves")) or ""):
            return document
    return None


@check(
    "SER001",
    title=("决定书七个工作日内送达", "Decision served within seven working days"),
    defects=("D-64",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-61",),
    inputs=("decided_on", "served_on"),
    procedures=(*WITH_NOTICE, Procedure.WAIVED),
    cannot_see=(
        "看不到未入卷的送达尝试；公告、邮寄送达的日期需人工核对",
        "cannot see attempts outside the file; announcement and mail need a person",
    ),
)
def served_in_time(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the decision was served within seven working days after its date.

    The day after the decision is the first; make-up days count, holidays do not. Fails from the
    eighth working day. Unknown when a date was not read, and when it was served late by mail,
    announcement or through others, where the day of sending decides. A service before the date of
    the decision is left to the check of the order of dates.
    """
    wanted = absent(case, "decided_on", "served_on")
    decided, served = case.get("decided_on"), case.get("served_on")
    decided_on, served_on = day(decided), day(served)
    if decided is None or served is None or decided_on is None or served_on is None:
        return unknown(*missing_text(wanted), missing=wanted)
    limit, source = parameter(law, "service_limit", decided_on)
    days = working_days_between(decided_on, served_on, law.calendar)
    zh = f"决定日{decided_on}，送达日{served_on}，第{days}个工作日，期限{limit.number}个工作日"
    en = f"decided {decided_on}, served {served_on}: working day {days} of {limit.number}"
    if days < 0:
        return unknown(
            f"送达日{served_on}早于决定日{decided_on}，请核对日期",
            f"served {served_on}, before the decision of {decided_on}: compare the dates",
        )
    if days <= limit.number:
        return passed(zh, en, decided, served).resting_on(source)
    proof = _proof(case)
    method = (words(proof.first("service_method")) if proof else None) or ""
    sent = next((fact for _, fact in case.every("sent_on")), None)
    sent_on = day(sent)
    if sent is not None and sent_on is not None and sent_on >= decided_on:
        until = working_days_between(decided_on, sent_on, law.calendar)
        if until <= limit.number:
            return passed(
                f"决定日{decided_on}，{sent_on}交寄（第{until}个工作日），{served_on}收到",
                f"decided {decided_on}, mailed {sent_on} on working day {until}",
                decided,
                sent,
            ).resting_on(source)
    if any(slow in method for slow in SLOW_METHODS):
        return unknown(
            f"{zh}；{method}，是否逾期取决于交寄或者公告的日期",
            f"{en}; served by {method}: the day of sending decides",
        ).resting_on(source)
    return failed(
        defect("D-64", f"{zh}，逾期送达", f"{en}: late", decided, served, law=(source,))
    ).resting_on(source)
