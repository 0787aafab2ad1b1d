"""Performance by substitution (代履行): decision, reminder and supervision."""

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
    day,
    missing_paper,
    page_of,
    page_of_en,
    parameter,
    says,
    without_papers,
)
from review.common.dates import working_days_between
from review.facts.model import CaseFacts, DocumentFacts, Fact
from review.law.in_force import LawInForce

RECORD, DECISION, REMINDER = "代履行记录", "代履行决定书", "催告书"


@check(
    "EXE008",
    title=("代履行有决定、催告并到场监督", "Substitution was decided, announced and supervised"),
    defects=("D-104",),
    severity=Severity.MINOR,
    sources=("administrative-compulsion-law#art-51", "administrative-compulsion-law#art-52"),
    inputs=(),
    cannot_see=(
        "需要立即清除道路、航道遗洒物、障碍物的，不需要事先决定和催告；是否紧急由人判断",
        "immediate removal from roads and channels needs neither; urgency is for a person",
    ),
)
def substituted_lawfully(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether substitution followed a decision and, three working days ahead, a reminder.

    Fails when the file, read in full, holds a record of substitution and neither decision nor
    reminder, or one of them only, or when the reminder came later. Not applicable without
    substitution, and where the papers tell that removal at once was needed. Unknown when not read
    in full.
    """
    records = case.of_kind(RECORD, DECISION)
    if not records:
        return without_papers(case, (RECORD, DECISION), "代履行文书", "paper of a substitution")
    urgent = next((fact for _, fact in case.every("removal_at_once") if says(fact)), None)
    if urgent is not None:
        return not_applicable("属于立即实施的代履行", "removal at once was needed")
    found: list[Found] = []
    for kind, zh, en in ((DECISION, "代履行决定书", "decision"), (REMINDER, "催告书", "reminder")):
        if case.of_kind(kind):
            continue
        gap = missing_paper(case, of=(kind, kind[:3]))
        if not gap.may_be_claimed:
            return unknown(f"未读到{zh}", f"no {en} was read", because=gap)
        found.append(
            defect(
                "D-104",
                f"有{page_of(records[0])}，案卷中没有{zh}",
                f"the file holds {page_of_en(records[0])} but no {en}",
                records[0],
            )
        )
    found += _too_soon(case, law)
    alone = _unsupervised(case)
    if alone is not None and found:
        found.append(
            defect(
                "D-104",
                f"{page_of(alone)}没有行政机关派员到场的记载",
                f"{page_of_en(alone)} does not tell that an officer was present",
                alone,
            )
        )
    if found:
        return failed(*found)
    if not case.of_kind(RECORD):
        return unknown("未读到代履行的实施记录", "no record of the substitution was read")
    return passed("代履行有决定和催告", "decided and announced", *case.of_kind(DECISION, REMINDER))


def _too_soon(case: CaseFacts, law: LawInForce) -> list[Found]:
    """The reminder less than three working days before the substitution."""
    done, told = _dated(case, RECORD), _dated(case, REMINDER)
    done_on, told_on = day(done), day(told)
    if done is None or told is None or done_on is None or told_on is None:
        return []
    limit, source = parameter(law, "substitution_reminder", told_on)
    days = working_days_between(told_on, done_on, law.calendar)
    if days >= limit.number:
        return []
    return [
        defect(
            "D-104",
            f"催告{told_on}，代履行{done_on}，相隔{days}个工作日，应当提前{limit.number}个工作日催告",
            f"reminder {told_on}, substitution {done_on}: {days} working days, {limit.number} due",
            told,
            done,
            law=(source,),
        )
    ]


def _dated(case: CaseFacts, kind: str) -> Fact | None:
    papers = case.of_kind(kind)
    if not papers:
        return None
    return papers[0].first("started_at") or papers[0].first("dated_on")


def _unsupervised(case: CaseFacts) -> DocumentFacts | None:
    return next(
        (
            record
            for record in case.of_kind(RECORD)
            if record.is_legible
            and not any(says(fact) for fact in record.all("overseen"))
            and record.first("officers") is None
        ),
        None,
    )
