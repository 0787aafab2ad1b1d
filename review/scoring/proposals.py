"""What the machine checks propose for the items of a sheet. Never more than a proposal.

A failed check proposes a deduction by the item's own rule, an unread fact proposes 待核 and says
why, and only where every named check passed is 符合 proposed, marked as covering a part of the item
unless the edition says that the checks cover all of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from review.checks.check import (
    SEVERITY_ORDER,
    CheckResult,
    LawUsed,
    Message,
    Outcome,
    Procedure,
    Severity,
)
from review.facts.model import Evidence
from review.scoring.arithmetic import ItemResult, deduction_of
from review.scoring.checklist import Deduction, Edition, Item, Result


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed result with everything a person needs to judge it.

    `chosen` holds the counts of the item's reasons as `ItemResult.chosen` does; `deduction` is what
    they take. `covers_all` is False where the checks look at a part of the item only: the reviewer
    has to look at the rest. `is_veto` says that accepting it proposes a veto. `severity` is that of
    the heaviest failure.
    """

    item_id: str
    result: Result
    chosen: Mapping[str, int]
    deduction: Decimal
    reasons: tuple[Message, ...]
    check_ids: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()
    law: tuple[LawUsed, ...] = ()
    defects: tuple[str, ...] = ()
    severity: Severity | None = None
    covers_all: bool = False
    is_veto: bool = False
    missing: tuple[str, ...] = field(default=())


def propose(
    edition: Edition, checks: Iterable[CheckResult], *, procedure: Procedure | None = None
) -> dict[str, Proposal]:
    """Proposals by item id, for the items that have a check among the results.

    A failure of severity 提示, or one that is deducted under another item, proposes 待核 with its
    message as the reason.
    """
    by_id = {each.check_id: each for each in checks}
    proposals: dict[str, Proposal] = {}
    for item in edition.items_for(procedure):
        own = [by_id[check_id] for check_id in item.checks if check_id in by_id]
        if own:
            proposals[item.id] = _propose(edition, item, own)
    return proposals


def _propose(edition: Edition, item: Item, checks: Sequence[CheckResult]) -> Proposal:
    failures = [each for each in checks if _concerns(item, each)]
    looks = [each for each in failures if each.severity is Severity.HINT or _is_look(item, each)]
    failures = [each for each in failures if each not in looks]
    open_ones = [each for each in checks if each.outcome is Outcome.UNKNOWN] + looks
    passed = [
        each for each in checks if each.outcome is Outcome.PASS or _fails_elsewhere(item, each)
    ]
    if failures:
        return _failure(edition, item, failures)
    if open_ones:
        return _proposal(item, Result.UNDECIDED, open_ones)
    if not passed:
        return _proposal(item, Result.NOT_APPLICABLE, checks)
    is_whole = item.checks_cover_all and {each.check_id for each in checks} == set(item.checks)
    return _proposal(item, Result.MET, passed, covers_all=is_whole)


def _concerns(item: Item, check: CheckResult) -> bool:
    """Whether a failure is one of this item: of its defects, where it names any."""
    if check.outcome is not Outcome.FAIL:
        return False
    own = {*item.defects, *item.look_only}
    return not own or not check.defects or not own.isdisjoint(check.defects)


def _is_look(item: Item, check: CheckResult) -> bool:
    """Whether a failure only asks for a look here, because it is deducted under another item."""
    found = set(check.defects)
    return bool(found & set(item.look_only)) and not found & set(item.defects)


def _fails_elsewhere(item: Item, check: CheckResult) -> bool:
    return check.outcome is Outcome.FAIL and not _concerns(item, check)


def _failure(edition: Edition, item: Item, failures: Sequence[CheckResult]) -> Proposal:
    """A veto item is not met at once; the others by what their rule takes for what was found."""
    is_veto = item.is_veto and any(each.severity is Severity.VETO for each in failures)
    if item.is_veto and not is_veto:
        # a lighter or unconfirmed failure is no ground to propose a veto; a person looks at it
        return _proposal(item, Result.UNDECIDED, failures)
    chosen: Counter[str] = Counter()
    for failure in failures:
        for reason in _reasons(item, failure):
            chosen[reason.id] += 1
    for reason in item.deductions:
        if reason.id in chosen and not reason.is_counted:
            chosen[reason.id] = 1
    result = Result.NOT_MET
    if item.points and Result.PARTLY_MET in edition.results:
        taken = deduction_of(edition, item, ItemResult(Result.PARTLY_MET, chosen))
        if chosen and taken < item.points:
            result = Result.PARTLY_MET
    return _proposal(
        item,
        result,
        failures,
        chosen=chosen,
        deduction=deduction_of(edition, item, ItemResult(result, chosen)),
        is_veto=is_veto,
    )


def _reasons(item: Item, check: CheckResult) -> Iterator[Deduction]:
    """The reason for each defect found.

    The one that names the defect, else the counted one, else the
    lightest; for a failure without defects one such reason.
    """
    if not item.deductions:
        return
    usual = item.counted or min(item.deductions, key=lambda each: each.points)
    own = [each for each in check.defects if not item.defects or each in item.defects]
    for defect in own or [""]:
        yield next((each for each in item.deductions if defect in each.defects), usual)


def _proposal(
    item: Item,
    result: Result,
    checks: Sequence[CheckResult],
    *,
    chosen: Mapping[str, int] | None = None,
    deduction: Decimal = Decimal(0),
    covers_all: bool = False,
    is_veto: bool = False,
) -> Proposal:
    failed = [each.severity for each in checks if each.outcome is Outcome.FAIL and each.severity]
    return Proposal(
        item_id=item.id,
        result=result,
        chosen=dict(chosen or {}),
        deduction=deduction,
        reasons=tuple(dict.fromkeys(each.message for each in checks)),
        check_ids=tuple(each.check_id for each in checks),
        evidence=tuple(dict.fromkeys(place for each in checks for place in each.evidence)),
        law=tuple(dict.fromkeys(used for each in checks for used in each.law)),
        defects=tuple(dict.fromkeys(number for each in checks for number in each.defects)),
        severity=max(failed, key=SEVERITY_ORDER.index) if failed else None,
        covers_all=covers_all,
        is_veto=is_veto,
        missing=tuple(dict.fromkeys(name for each in checks for name in each.missing)),
    )
