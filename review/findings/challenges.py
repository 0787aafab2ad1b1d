"""Proceedings against a decision (复议、诉讼): kinds, outcomes, and how the review stands to them.

An outcome says what became of the decision itself, whichever instance says it: where a court of
second instance upholds a judgment that revoked the decision, the outcome is that it was revoked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar


class Instance(StrEnum):
    """Before whom a decision is challenged: 行政复议, 一审, 二审, 再审."""

    RECONSIDERATION = "reconsideration"
    FIRST = "first"
    SECOND = "second"
    RETRIAL = "retrial"


INSTANCE_WORDS = {
    Instance.RECONSIDERATION: ("行政复议", "Reconsideration"),
    Instance.FIRST: ("一审", "First instance"),
    Instance.SECOND: ("二审", "Second instance"),
    Instance.RETRIAL: ("再审", "Retrial"),
}


class Outcome(StrEnum):
    """What became of the decision."""

    UPHELD = "upheld"
    DISMISSED = "dismissed"
    REVOKED = "revoked"
    PARTLY_REVOKED = "partly_revoked"
    ALTERED = "altered"
    UNLAWFUL = "unlawful"
    VOID = "void"
    ORDERED = "ordered"
    WITHDRAWN = "withdrawn"
    MEDIATED = "mediated"
    ENDED = "ended"
    NOT_ACCEPTED = "not_accepted"


OUTCOME_WORDS = {
    Outcome.UPHELD: ("维持", "Upheld"),
    Outcome.DISMISSED: ("驳回", "Dismissed"),
    Outcome.REVOKED: ("撤销", "Revoked"),
    Outcome.PARTLY_REVOKED: ("部分撤销", "Partly revoked"),
    Outcome.ALTERED: ("变更", "Altered"),
    Outcome.UNLAWFUL: ("确认违法", "Held unlawful"),
    Outcome.VOID: ("确认无效", "Held void"),
    Outcome.ORDERED: ("责令履行", "Ordered to act"),
    Outcome.WITHDRAWN: ("撤回", "Withdrawn"),
    Outcome.MEDIATED: ("调解、和解", "Mediated"),
    Outcome.ENDED: ("终止", "Ended"),
    Outcome.NOT_ACCEPTED: ("不予受理", "Not accepted"),
}

OVERTURNING = frozenset(
    {
        Outcome.REVOKED,
        Outcome.PARTLY_REVOKED,
        Outcome.ALTERED,
        Outcome.UNLAWFUL,
        Outcome.VOID,
        Outcome.ORDERED,
    }
)
"""Outcomes after which the decision, or its lawfulness, did not stand as it was."""


class Standing(StrEnum):
    """What the published reviews had said before the outcome (or up to now)."""

    SEEN = "seen"
    OTHER = "other"
    NOT_LINKED = "not_linked"
    PASSED = "passed"
    LATER = "later"
    NOT_REVIEWED = "not_reviewed"


STANDING_WORDS = {
    Standing.SEEN: ("评查已发现争议点", "The review had found the point"),
    Standing.OTHER: ("评查未发现争议点（另有问题）", "The review had found other problems only"),
    Standing.NOT_LINKED: (
        "评查有问题，争议点未对应评查项",
        "Problems found; the grounds are linked to no item",
    ),
    Standing.PASSED: ("评查未发现", "The review had found nothing"),
    Standing.LATER: ("结果作出后才评查", "Reviewed only afterwards"),
    Standing.NOT_REVIEWED: ("未评查", "Not reviewed"),
}

MISSED = frozenset({Standing.OTHER, Standing.PASSED})
UNREVIEWED = frozenset({Standing.LATER, Standing.NOT_REVIEWED})

ITEM, CHECK = "item:", "check:"
"""What a ground is linked to: an item of the checklist, or a machine check."""


class Fault(Protocol):
    """A confirmed finding: its item and the checks that raised it."""

    @property
    def item_id(self) -> str:
        """The item of the checklist; empty where it belongs to none."""

    @property
    def check_ids(self) -> Sequence[str]:
        """The machine checks that raised it."""


def touches(concerns: Collection[str], fault: Fault) -> bool:
    """Whether a finding is about one of the things that the grounds are linked to."""
    own = {CHECK + each for each in fault.check_ids}
    if fault.item_id:
        own.add(ITEM + fault.item_id)
    return not own.isdisjoint(concerns)


@dataclass(frozen=True, slots=True)
class ReviewSaid:
    """A published review: when, and its confirmed findings."""

    published_on: date
    faults: Sequence[Fault]


def standing(
    concerns: Collection[str], reviews: Iterable[ReviewSaid], *, until: date | None
) -> Standing:
    """How the published reviews stand to the grounds of a proceeding.

    `until` is the day of the outcome: a review published later could not have told anybody. None
    where it is still open. Findings that nobody linked to the grounds are never counted as seen.
    """
    known = tuple(reviews)
    before = [each for each in known if until is None or each.published_on <= until]
    if not before:
        return Standing.LATER if known else Standing.NOT_REVIEWED
    faults = [fault for each in before for fault in each.faults]
    if not faults:
        return Standing.PASSED
    if not concerns:
        return Standing.NOT_LINKED
    return Standing.SEEN if any(touches(concerns, each) for each in faults) else Standing.OTHER


class Proceeding(Protocol):
    """A proceeding about a case, decided or open."""

    @property
    def id(self) -> int:
        """Its id."""

    @property
    def case_id(self) -> int:
        """The case whose decision is challenged."""

    @property
    def instance(self) -> Instance:
        """Before whom."""

    @property
    def decided_on(self) -> date | None:
        """The day of the outcome; None while it is open."""


P = TypeVar("P", bound=Proceeding)


def last_words(proceedings: Iterable[P]) -> set[int]:
    """The ids of those that had the last word on their case: what a later instance said counts."""
    order = list(Instance)
    latest: dict[int, tuple[tuple[date, int, int], int]] = {}
    for each in proceedings:
        if each.decided_on is None:
            continue
        rank = (each.decided_on, order.index(each.instance), each.id)
        if each.case_id not in latest or rank > latest[each.case_id][0]:
            latest[each.case_id] = (rank, each.id)
    return {key for _, key in latest.values()}
