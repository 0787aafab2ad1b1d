"""Who sees what of a review, and when: one table, asked wherever such data is read.

Scorers are blind to each other until every first sheet of the round is in and the panel begins;
an expert who scores for the panel stays blind until his own sheet is in. A unit learns nothing
before its draft result is sent. Nothing here leads back: once a state shows something, no later
state hides it, and no state that shows others' sheets lets anybody score who had seen them.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from review.planning.tables import RoundState


class Viewer(StrEnum):
    """How a person stands to the case of a round.

    `SCORING` has an open sheet of the case, `SCORED` handed his in, `ELSEWHERE` scores other cases.
    """

    SCORING = "scoring"
    SCORED = "scored"
    ELSEWHERE = "elsewhere"
    REGULATIONS = "regulations"
    LEADER = "leader"
    UNIT = "unit"
    ADMINISTRATOR = "administrator"


class Thing(StrEnum):
    """What may be seen.

    Others' sheets: scores, comments, evidence and time of handing in of other scorers. Progress:
    how far they are. Proposals: what the machine found, where the round hides it from scorers.
    Comparison: the table of scorers, averages, spread, votes and the common result. Agreement: the
    figures over the whole round. Result: the draft result of the own cases.
    """

    OTHERS_SHEETS = "others_sheets"
    PROGRESS = "progress"
    HIDDEN_PROPOSALS = "hidden_proposals"
    COMPARISON = "comparison"
    AGREEMENT = "agreement"
    RESULT = "result"


def _from(first: RoundState) -> frozenset[RoundState]:
    order = tuple(RoundState)
    return frozenset(order[order.index(first) :])


NEVER: frozenset[RoundState] = frozenset()
ALWAYS = frozenset(RoundState)
FROM_PANEL = _from(RoundState.DELIBERATING)
FROM_DRAFT = _from(RoundState.OBJECTING)

TABLE: Mapping[Thing, Mapping[Viewer, frozenset[RoundState]]] = MappingProxyType(
    {
        Thing.OTHERS_SHEETS: MappingProxyType(
            {
                Viewer.SCORED: FROM_PANEL,
                Viewer.REGULATIONS: ALWAYS,
                Viewer.LEADER: ALWAYS,  # of those that were handed in
            }
        ),
        Thing.PROGRESS: MappingProxyType({Viewer.REGULATIONS: ALWAYS, Viewer.LEADER: ALWAYS}),
        Thing.HIDDEN_PROPOSALS: MappingProxyType(
            {
                Viewer.SCORED: FROM_PANEL,
                Viewer.REGULATIONS: ALWAYS,
                Viewer.LEADER: ALWAYS,
            }
        ),
        Thing.COMPARISON: MappingProxyType(
            {
                Viewer.SCORED: FROM_PANEL,
                Viewer.REGULATIONS: FROM_PANEL,
                Viewer.LEADER: FROM_PANEL,
            }
        ),
        Thing.AGREEMENT: MappingProxyType(
            {Viewer.REGULATIONS: FROM_PANEL, Viewer.LEADER: FROM_PANEL}
        ),
        Thing.RESULT: MappingProxyType(
            {
                Viewer.REGULATIONS: FROM_PANEL,
                Viewer.LEADER: FROM_PANEL,
                Viewer.UNIT: FROM_DRAFT,
            }
        ),
    }
)
"""States of the round in which a viewer sees a thing; who is not named never does."""


def states(thing: Thing, viewer: Viewer) -> frozenset[RoundState]:
    """The states of a round in which this viewer sees this thing."""
    return TABLE[thing].get(viewer, NEVER)


def sees(thing: Thing, viewer: Viewer, state: RoundState | str) -> bool:
    """Whether this viewer sees this thing of a round in this state."""
    return RoundState(state) in states(thing, viewer)
