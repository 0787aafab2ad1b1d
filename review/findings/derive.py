"""Findings out of score sheets and check results; common problems out of findings.

A finding is proposed, a person confirms it. A failed check that every scorer set aside is no
finding, but it is named, so that nobody can say it was lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from review.checks.check import (
    CheckResult,
    LawUsed,
    Message,
    Outcome,
    Procedure,
    Severity,
)
from review.facts.model import Evidence
from review.scoring.arithmetic import ItemResult, deduction_of
from review.scoring.checklist import Edition, Item, Rectify, Result
from review.scoring.proposals import Proposal, propose

MAJOR_POINTS = Decimal(2)
"""A deduction of so many points or more is 较大 (the bureau's scale)."""

COMMON_FILES = 3
COMMON_SHARE = Decimal("0.2")
"""A problem in three files, or in a fifth of the sample and more than one file, is 共性问题."""

FAULTS = frozenset({Result.PARTLY_MET, Result.NOT_MET})


@dataclass(frozen=True, slots=True)
class ScoredSheet:
    """A submitted sheet: who scored, the results by item, and the evidence pinned to items."""

    scorer_id: int
    results: Mapping[str, ItemResult]
    pins: Mapping[str, tuple[Evidence, ...]]


@dataclass(frozen=True, slots=True)
class FindingDraft:
    """One problem of one case, before anybody confirmed it.

    `key` is stable, so that deriving again finds the same one: the item's id, or `check:` and the
    check's. `origin` says who found it, tool or person: `check:DEC004` or `user:7`.
    """

    key: str
    item_id: str
    origin: str
    proposed_by: tuple[int, ...]
    severity: Severity
    text: Message
    deduction: Decimal
    evidence: tuple[Evidence, ...]
    law: tuple[LawUsed, ...]
    sources: tuple[str, ...]
    check_ids: tuple[str, ...]
    defects: tuple[str, ...]
    rectify: Rectify | None


@dataclass(frozen=True, slots=True)
class Derived:
    """The findings of a case; `set_aside` are failed checks that every scorer overruled."""

    findings: tuple[FindingDraft, ...]
    set_aside: tuple[str, ...]


def derive(
    edition: Edition,
    sheets: Sequence[ScoredSheet],
    checks: Iterable[CheckResult],
    *,
    procedure: Procedure | None = None,
) -> Derived:
    """The findings of one case.

    Args:
        edition: what the sheets were scored by.
        sheets: the submitted sheets; each fault of any of them is a finding.
        checks: the latest results of the machine checks.
        procedure: of the case.

    An item that several scorers found faulty is one finding with the largest deduction. A failure
    above 提示 that no item of the edition names is a finding of its own.
    """
    results = tuple(checks)
    proposals = propose(edition, results, procedure=procedure)
    findings: list[FindingDraft] = []
    for item in edition.items:
        faults = [
            sheet
            for sheet in sheets
            if item.id in sheet.results and sheet.results[item.id].result in FAULTS
        ]
        if faults:
            findings.append(_of_item(edition, item, faults, proposals.get(item.id)))
    failed = [
        each
        for each in results
        if each.outcome is Outcome.FAIL and each.severity is not Severity.HINT
    ]
    named = {check_id for item in edition.items for check_id in item.checks}
    findings.extend(_of_check(each) for each in failed if each.check_id not in named)
    taken_up = {check_id for finding in findings for check_id in finding.check_ids}
    return Derived(
        tuple(findings),
        tuple(each.check_id for each in failed if sheets and each.check_id not in taken_up),
    )


def _of_item(
    edition: Edition, item: Item, sheets: Sequence[ScoredSheet], proposal: Proposal | None
) -> FindingDraft:
    heaviest = max(sheets, key=lambda sheet: _deduction(edition, item, sheet))
    deduction = _deduction(edition, item, heaviest)
    failing = proposal if proposal is not None and proposal.severity is not None else None
    pins = [place for sheet in sheets for place in sheet.pins.get(item.id, ())]
    evidence = [*pins, *(failing.evidence if failing else ())]
    return FindingDraft(
        key=item.id,
        item_id=item.id,
        origin=f"user:{heaviest.scorer_id}",
        proposed_by=tuple(sheet.scorer_id for sheet in sheets),
        severity=_severity(item, sheets, deduction),
        text=_text(item, sheets, failing),
        deduction=deduction,
        evidence=tuple(dict.fromkeys(evidence)),
        law=failing.law if failing else (),
        sources=item.sources,
        check_ids=failing.check_ids if failing else (),
        defects=failing.defects if failing else (),
        rectify=item.rectify,
    )


def _deduction(edition: Edition, item: Item, sheet: ScoredSheet) -> Decimal:
    return deduction_of(edition, item, sheet.results[item.id])


def _severity(item: Item, sheets: Sequence[ScoredSheet], deduction: Decimal) -> Severity:
    """By what the scorers decided: a failed veto item, then the points taken."""
    if item.is_veto and any(sheet.results[item.id].result is Result.NOT_MET for sheet in sheets):
        return Severity.VETO
    if deduction >= MAJOR_POINTS or (item.is_veto and not item.points):
        return Severity.MAJOR
    return Severity.MINOR if deduction else Severity.HINT


def _text(item: Item, sheets: Sequence[ScoredSheet], proposal: Proposal | None) -> Message:
    """Title, the reasons that were chosen, the scorers' own words, and what the checks found."""
    zh: list[str] = []
    en: list[str] = []
    for sheet in sheets:
        given = sheet.results[item.id]
        for reason in item.deductions:
            count = given.chosen.get(reason.id, 0)
            if count:
                times = f"（{count} 处）" if reason.is_counted and count > 1 else ""
                times_en = f" ({count} times)" if reason.is_counted and count > 1 else ""
                zh.append(reason.text.get("zh") + times)
                en.append(reason.text.get("en") + times_en)
        if given.comment.strip():
            zh.append(given.comment.strip())
            en.append(given.comment.strip())
    if proposal is not None:
        zh.extend(message.zh for message in proposal.reasons)
        en.extend(message.en for message in proposal.reasons)
    said_zh, said_en = "；".join(dict.fromkeys(zh)), "; ".join(dict.fromkeys(en))
    title_zh, title_en = item.title.get("zh"), item.title.get("en")
    return Message(
        f"{title_zh}：{said_zh}" if said_zh else f"{title_zh}：不符合要求",
        f"{title_en}: {said_en}" if said_en else f"{title_en}: not met",
    )


def _of_check(result: CheckResult) -> FindingDraft:
    return FindingDraft(
        key=f"check:{result.check_id}",
        item_id="",
        origin=f"check:{result.check_id}",
        proposed_by=(),
        severity=result.severity or Severity.MINOR,
        text=result.message,
        deduction=Decimal(0),
        evidence=result.evidence,
        law=result.law,
        sources=(),
        check_ids=(result.check_id,),
        defects=result.defects,
        rectify=None,
    )


@dataclass(frozen=True, slots=True)
class CommonProblem:
    """A problem that stands in several files: its key and the cases, in the order given."""

    key: str
    cases: tuple[str, ...]
    share: Decimal


def common_problems(
    found: Iterable[tuple[str, str]], *, sample_size: int
) -> tuple[CommonProblem, ...]:
    """Problems of three files or more, or of a fifth of the sample; the most frequent first.

    Args:
        found: pairs of case and problem (an item's id, say); a pair given twice counts once.
        sample_size: number of cases reviewed.
    """
    cases: dict[str, dict[str, None]] = {}
    for case, key in found:
        cases.setdefault(key, {})[case] = None
    problems = [
        CommonProblem(key, tuple(own), Decimal(len(own)) / max(sample_size, 1))
        for key, own in cases.items()
    ]
    common = [
        each
        for each in problems
        if len(each.cases) >= COMMON_FILES or (len(each.cases) > 1 and each.share >= COMMON_SHARE)
    ]
    return tuple(sorted(common, key=lambda each: (-len(each.cases), each.key)))
