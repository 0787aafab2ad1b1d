"""The life of an objection (异议): who may decide it, and what a decision may change.

The unit objects item by item; somebody who scored nothing of the case decides. A result becomes
better or stays; what is found worse is a new veto, which is proposed as a finding and goes the way
of every veto.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from review.errors import NotAllowed, ObjectionMakesWorse, ReasonMissing, WrongState
from review.findings.result_tables import ObjectionState
from review.scoring.checklist import Result

DAYS_TO_OBJECT = 5
"""Working days that a unit has to object, counted from the day after it was told (3 to 5)."""

DAYS_TO_DECIDE = 5
"""Working days in which an objection is decided, counted from the day after it was raised."""


class Decision(StrEnum):
    """What ends an objection."""

    UPHOLD = "uphold"
    REJECT = "reject"
    WITHDRAW = "withdraw"


STATE_WORDS: Mapping[ObjectionState, tuple[str, str]] = {
    ObjectionState.RAISED: ("待复核", "To be decided"),
    ObjectionState.UPHELD: ("采纳", "Upheld"),
    ObjectionState.REJECTED: ("不予采纳", "Not upheld"),
    ObjectionState.WITHDRAWN: ("已撤回", "Withdrawn"),
}
"""The states as people read them, Chinese and English."""

_LEADS_TO = {
    Decision.UPHOLD: ObjectionState.UPHELD,
    Decision.REJECT: ObjectionState.REJECTED,
    Decision.WITHDRAW: ObjectionState.WITHDRAWN,
}
_SAID = {
    Decision.UPHOLD: ("采纳异议", "uphold the objection"),
    Decision.REJECT: ("不予采纳异议", "reject the objection"),
    Decision.WITHDRAW: ("撤回异议", "withdraw the objection"),
}
_WORTH = {
    Result.MET: 0,
    Result.NOT_APPLICABLE: 0,
    Result.UNDECIDED: 0,
    Result.PARTLY_MET: 1,
    Result.NOT_MET: 2,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What an item is worth: its result and what it takes off."""

    result: Result
    deduction: Decimal

    def is_worse_than(self, other: Standing) -> bool:
        """Whether this one is worse for the unit than the other."""
        return self.deduction > other.deduction or _WORTH[self.result] > _WORTH[other.result]


def decided(
    state: ObjectionState,
    decision: Decision,
    *,
    actor_id: int,
    raised_by: int,
    involved: Collection[int],
    reason: str,
    before: Standing,
    after: Standing | None = None,
) -> ObjectionState:
    """The state that a decision leads to, if it may be taken.

    Args:
        state: where the objection stands.
        decision: what is decided.
        actor_id: who decides.
        raised_by: who raised it; only that person's side withdraws, never decides.
        involved: everybody who scored the case or settled an item of it.
        reason: why; required unless it is withdrawn.
        before: the item as it stood.
        after: the item as it becomes; for an upheld objection only.

    Raises:
        WrongState: it is decided already.
        NotAllowed: the decider scored the case, settled it, or raised the objection.
        ReasonMissing: no reason was given.
        ObjectionMakesWorse: the item would become worse.
    """
    zh, en = _SAID[decision]
    if state is not ObjectionState.RAISED:
        word_zh, word_en = STATE_WORDS[state]
        raise WrongState(
            what="异议",
            what_en="The objection",
            state=word_zh,
            state_en=word_en,
            action=zh,
            action_en=en,
        )
    if decision is not Decision.WITHDRAW:
        if actor_id in involved or actor_id == raised_by:
            raise NotAllowed(
                action=f"{zh}（须由评分人和异议人以外的人复核）",
                action_en=f"{en} (somebody who neither scored nor objected decides)",
            )
        if not reason.strip():
            raise ReasonMissing(what=zh, what_en=en)
    if decision is Decision.UPHOLD and (after is None or after.is_worse_than(before)):
        raise ObjectionMakesWorse
    return _LEADS_TO[decision]


def state_word(state: ObjectionState, language: str) -> str:
    """The word for a state in `zh` or `en`."""
    zh, en = STATE_WORDS[state]
    return en if language.startswith("en") else zh
