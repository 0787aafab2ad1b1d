"""The course of a round: its states, who ends each by what, and the twelve steps on paper.

The states are the machine's; the steps are those by which the field counts (plan and notice,
self-review, frozen list, draw, groups and recusal, hand-over, first review, panel, feedback and
objection, grading and bulletin, rectification, re-check and archive). Pure: services ask here
which move there is and add what stands in its way.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from review.planning.tables import RoundKind, RoundState

S = RoundState

STATE_WORDS: Mapping[RoundState, tuple[str, str]] = MappingProxyType(
    {
        S.PLANNED: ("已计划", "planned"),
        S.NOTIFIED: ("已通知", "notice issued"),
        S.FROZEN: ("名单已冻结", "list frozen"),
        S.DRAWN: ("已抽取", "drawn"),
        S.SCORING: ("初评", "first review"),
        S.DELIBERATING: ("合议", "deliberation"),
        S.CONFIRMING: ("认定问题", "confirming findings"),
        S.OBJECTING: ("征求异议", "open to objections"),
        S.PUBLISHED: ("已通报", "published"),
        S.RECTIFYING: ("整改", "rectification"),
        S.CLOSED: ("已归档", "archived"),
    }
)
"""What a state is called, in Chinese and English; errors and papers take it from here."""

WITHOUT_NOTICE = frozenset({RoundKind.SPOT_CHECK, RoundKind.UNANNOUNCED, RoundKind.ON_SITE})
"""Kinds of review that begin without a notice and a self-review of the units."""

MOVES: Mapping[RoundState, frozenset[RoundState]] = MappingProxyType(
    {
        S.PLANNED: frozenset({S.NOTIFIED, S.FROZEN}),
        S.NOTIFIED: frozenset({S.FROZEN}),
        S.FROZEN: frozenset({S.NOTIFIED, S.PLANNED, S.DRAWN}),
        S.DRAWN: frozenset({S.SCORING}),
        S.SCORING: frozenset({S.DELIBERATING}),
        S.DELIBERATING: frozenset({S.CONFIRMING}),
        S.CONFIRMING: frozenset({S.DELIBERATING, S.OBJECTING}),
        S.OBJECTING: frozenset({S.PUBLISHED}),
        S.PUBLISHED: frozenset({S.RECTIFYING}),
        S.RECTIFYING: frozenset({S.CLOSED}),
        S.CLOSED: frozenset(),
    }
)
"""Every move there is. None leads back to the first review: who saw others' sheets is done."""

BY_HAND: Mapping[RoundState, RoundState] = MappingProxyType(
    {
        S.PLANNED: S.NOTIFIED,
        S.SCORING: S.DELIBERATING,
        S.DELIBERATING: S.CONFIRMING,
        S.CONFIRMING: S.OBJECTING,
        S.PUBLISHED: S.RECTIFYING,
        S.RECTIFYING: S.CLOSED,
    }
)
"""The next state where a person moves the round; list, draw, seats and publishing move it too."""

BACK_WITH_REASON = frozenset({(S.CONFIRMING, S.DELIBERATING)})
"""Moves back, which need a reason."""


class Step(StrEnum):
    """The twelve steps of a review in their order."""

    NOTICE = "notice"
    SELF_REVIEW = "self_review"
    LIST = "list"
    DRAW = "draw"
    GROUPS = "groups"
    HAND_OVER = "hand_over"
    FIRST_REVIEW = "first_review"
    PANEL = "panel"
    FEEDBACK = "feedback"
    BULLETIN = "bulletin"
    RECTIFICATION = "rectification"
    ARCHIVE = "archive"


STEPS = tuple(Step)

OF_STATE: Mapping[RoundState, Step] = MappingProxyType(
    {
        S.PLANNED: Step.NOTICE,
        S.NOTIFIED: Step.SELF_REVIEW,
        S.FROZEN: Step.DRAW,
        S.DRAWN: Step.GROUPS,
        S.SCORING: Step.FIRST_REVIEW,
        S.DELIBERATING: Step.PANEL,
        S.CONFIRMING: Step.PANEL,
        S.OBJECTING: Step.FEEDBACK,
        S.PUBLISHED: Step.BULLETIN,
        S.RECTIFYING: Step.RECTIFICATION,
        S.CLOSED: Step.ARCHIVE,
    }
)
"""The step that a round in this state is at."""

BY_RECORD = frozenset({Step.SELF_REVIEW, Step.HAND_OVER})
"""Steps that no state shows: somebody records that they are done, with a note."""


def is_after(state: RoundState | str, other: RoundState) -> bool:
    """Whether a round in `state` has come further than `other`."""
    order = tuple(RoundState)
    return order.index(RoundState(state)) > order.index(other)


def has_reached(state: RoundState | str, other: RoundState) -> bool:
    """Whether a round in `state` stands at `other` or has come further."""
    return state == other or is_after(state, other)


def may_move(kind: RoundKind | str, state: RoundState | str, to: RoundState | str) -> bool:
    """Whether there is such a move; a list is frozen without a notice only where none is given."""
    if to not in MOVES[RoundState(state)]:
        return False
    if state == S.PLANNED and to == S.FROZEN:
        return kind in WITHOUT_NOTICE
    if state == S.FROZEN and to == S.PLANNED:
        return kind in WITHOUT_NOTICE
    return True


def step_states(state: RoundState | str) -> Mapping[Step, str]:
    """How each step stands for a round in `state`: done, now or open."""
    at = STEPS.index(OF_STATE[RoundState(state)])
    if state == S.CLOSED:
        at = len(STEPS)
    return {
        step: "done" if index < at else "now" if index == at else "open"
        for index, step in enumerate(STEPS)
    }
