"""The life of a rectification item: its states, who may move it, and what must be said.

The unit works and submits; somebody else verifies. A step carries the instant at which it was taken
and nothing else: no step accepts a date, so that nothing can be dated back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from review.errors import NotAllowed, ProofMissing, ReasonMissing, WrongState
from review.rectification.tables import ItemState


class Action(StrEnum):
    """What can be done with an item."""

    START = "start"
    SUBMIT = "submit"
    CLOSE = "close"
    SEND_BACK = "send_back"
    REOPEN = "reopen"


class Side(StrEnum):
    """Who acts: the unit that has to rectify, or the regulations section that verifies."""

    UNIT = "unit"
    REGULATIONS = "regulations"


@dataclass(frozen=True, slots=True)
class Move:
    """One kind of step: from which states, to which, by whom, whether note and proof are needed."""

    action: Action
    zh: str
    en: str
    come_from: frozenset[ItemState]
    to: ItemState
    side: Side
    needs_note: bool
    needs_proof: bool = False


MOVES: Mapping[Action, Move] = {
    move.action: move
    for move in (
        Move(
            Action.START,
            "开始整改",
            "start",
            frozenset({ItemState.TO_DO, ItemState.SENT_BACK}),
            ItemState.IN_WORK,
            Side.UNIT,
            needs_note=False,
        ),
        Move(
            Action.SUBMIT,
            "提交整改情况",
            "submit",
            frozenset({ItemState.TO_DO, ItemState.IN_WORK, ItemState.SENT_BACK}),
            ItemState.SUBMITTED,
            Side.UNIT,
            needs_note=True,
            needs_proof=True,
        ),
        Move(
            Action.CLOSE,
            "复查通过（销号）",
            "close",
            frozenset({ItemState.SUBMITTED}),
            ItemState.CLOSED,
            Side.REGULATIONS,
            needs_note=True,
            needs_proof=True,
        ),
        Move(
            Action.SEND_BACK,
            "退回",
            "send back",
            frozenset({ItemState.SUBMITTED}),
            ItemState.SENT_BACK,
            Side.REGULATIONS,
            needs_note=True,
        ),
        Move(
            Action.REOPEN,
            "撤销销号",
            "reopen",
            frozenset({ItemState.CLOSED}),
            ItemState.SENT_BACK,
            Side.REGULATIONS,
            needs_note=True,
        ),
    )
}

STATE_WORDS: Mapping[ItemState, tuple[str, str]] = {
    ItemState.TO_DO: ("待整改", "To do"),
    ItemState.IN_WORK: ("整改中", "In work"),
    ItemState.SUBMITTED: ("已提交", "Submitted"),
    ItemState.CLOSED: ("复查通过（销号）", "Closed"),
    ItemState.SENT_BACK: ("退回", "Sent back"),
}
"""The states as people read them, Chinese and English. 逾期 is computed: see `deadlines`."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step that may be taken; the caller records it with the true instant."""

    action: Action
    from_state: ItemState
    to_state: ItemState
    note: str


def state_word(state: ItemState, language: str) -> str:
    """The word for a state in `zh` or `en`."""
    zh, en = STATE_WORDS[state]
    return en if language.startswith("en") else zh


def step(
    state: ItemState,
    action: Action,
    *,
    side: Side,
    actor_id: int,
    submitted_by: int | None,
    note: str = "",
    has_proof: bool,
) -> Step:
    """The step that an action means, if it may be taken.

    Args:
        state: where the item stands.
        action: what is asked for.
        side: on whose side the actor stands.
        actor_id: who acts.
        submitted_by: who submitted last; None if nobody did.
        note: what was done, what the verification found, or why it goes back.
        has_proof: whether a proof came with this step or with an earlier one.

    Raises:
        NotAllowed: the other side's action, or verifying one's own submission.
        WrongState: the state does not allow it.
        ReasonMissing: the note is required.
        ProofMissing: nothing shows what was done.
    """
    move = MOVES[action]
    if side is not move.side:
        raise NotAllowed(action=move.zh, action_en=move.en)
    if state not in move.come_from:
        raise WrongState(
            what="整改事项",
            what_en="The rectification item",
            state=state_word(state, "zh"),
            state_en=state_word(state, "en"),
            action=move.zh,
            action_en=move.en,
        )
    if action in {Action.CLOSE, Action.SEND_BACK} and actor_id == submitted_by:
        raise NotAllowed(
            action=f"{move.zh}（须由提交人以外的人复查）",
            action_en=f"{move.en} (somebody other than the submitter verifies)",
        )
    if move.needs_note and not note.strip():
        raise ReasonMissing(what=move.zh, what_en=move.en)
    if move.needs_proof and not has_proof:
        raise ProofMissing
    return Step(action, state, move.to, note.strip())


def possible(state: ItemState, side: Side) -> tuple[Action, ...]:
    """The actions that a side may take in a state, in the order of their declaration."""
    return tuple(
        action for action, move in MOVES.items() if state in move.come_from and move.side is side
    )
