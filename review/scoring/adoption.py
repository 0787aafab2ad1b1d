"""What became of a proposal: accepted, edited, rejected; which check is rejected too often."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from review.scoring.arithmetic import ItemResult
from review.scoring.edition_file import Result, Text

FAULTS = frozenset({Result.PARTLY_MET, Result.NOT_MET})
"""Only a proposal that claims a fault is counted: to agree that all is well says little."""

ENOUGH, TOO_OFTEN = 10, 0.5
"""A check is suggested for trial from so many decisions on, where more than this share of them
rejected it. A design choice of the product."""


class Decision(StrEnum):
    """What a scorer did with a proposal."""

    ACCEPTED = "accepted"
    EDITED = "edited"
    REJECTED = "rejected"


REASONS: Mapping[str, Text] = {
    "misread": Text(zh="识读错误，与原件不符", en="Misread: the page says otherwise"),
    "elsewhere": Text(zh="案卷其他材料已经证明", en="Shown elsewhere in the file"),
    "not_here": Text(zh="本案不适用该规定", en="The rule does not apply here"),
    "law": Text(zh="对法律的理解不同", en="The law is read differently"),
    "trifle": Text(zh="笔误或者瑕疵，不应扣分", en="A slip that deserves no deduction"),
    "other": Text(zh="其他（请写明）", en="Other (say what)"),
}
"""The reasons from which a rejection is chosen; `other` needs words."""


def decision_of(proposed: ItemResult, given: ItemResult) -> Decision | None:
    """What a score makes of a proposal of a fault; None while the item is open.

    Accepted: the same result with the same reasons. Rejected: no fault at all. Edited: a fault,
    but another one.
    """
    if proposed.result not in FAULTS or given.result is Result.UNDECIDED:
        return None
    if given.result not in FAULTS:
        return Decision.REJECTED
    same = {key: n for key, n in given.chosen.items() if n} == {
        key: n for key, n in proposed.chosen.items() if n
    }
    return Decision.ACCEPTED if same and given.result is proposed.result else Decision.EDITED


def is_rejected_too_often(rejected: int, decided: int) -> bool:
    """Whether a check should be put on trial; a person decides."""
    return decided >= ENOUGH and rejected > TOO_OFTEN * decided
