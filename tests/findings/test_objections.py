"""The life of an objection: who decides, what a decision may change, and any path through it."""

from decimal import Decimal

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from review.errors import (
    NotAllowed,
    ObjectionMakesWorse,
    ReasonMissing,
    ReviewError,
    WrongState,
)
from review.findings.objections import STATE_WORDS, Decision, Standing, decided, state_word
from review.findings.result_tables import ObjectionState
from review.scoring.checklist import Result

BEFORE = Standing(Result.PARTLY_MET, Decimal(2))
BETTER = Standing(Result.MET, Decimal(0))


def take(decision=Decision.UPHOLD, state=ObjectionState.RAISED, **more):
    values = {
        "actor_id": 9,
        "raised_by": 5,
        "involved": (1, 2, 3),
        "reason": "卷内第3页已有记载",
        "before": BEFORE,
        "after": BETTER if decision is Decision.UPHOLD else None,
    } | more
    return decided(state, decision, **values)


@pytest.mark.parametrize(
    ("decision", "state"),
    [
        (Decision.UPHOLD, ObjectionState.UPHELD),
        (Decision.REJECT, ObjectionState.REJECTED),
        (Decision.WITHDRAW, ObjectionState.WITHDRAWN),
    ],
)
def test_each_decision_has_its_state(decision, state):
    assert take(decision) is state


@pytest.mark.parametrize("decider", [1, 2, 3, 5])
@pytest.mark.parametrize("decision", [Decision.UPHOLD, Decision.REJECT])
def test_neither_a_scorer_nor_the_unit_decides(decision, decider):
    with pytest.raises(NotAllowed):
        take(decision, actor_id=decider)


@pytest.mark.parametrize("decision", [Decision.UPHOLD, Decision.REJECT])
def test_a_decision_is_reasoned(decision):
    with pytest.raises(ReasonMissing):
        take(decision, reason=" ")


@pytest.mark.parametrize(
    "after",
    [
        None,
        Standing(Result.PARTLY_MET, Decimal("2.5")),
        Standing(Result.NOT_MET, Decimal(2)),
        Standing(Result.NOT_MET, Decimal(0)),
    ],
)
def test_an_upheld_objection_never_makes_it_worse(after):
    with pytest.raises(ObjectionMakesWorse):
        take(after=after)


@pytest.mark.parametrize(
    "after",
    [
        BEFORE,
        BETTER,
        Standing(Result.PARTLY_MET, Decimal(1)),
        Standing(Result.NOT_APPLICABLE, Decimal(0)),
    ],
)
def test_better_or_the_same_is_taken(after):
    assert take(after=after) is ObjectionState.UPHELD


@pytest.mark.parametrize("state", [each for each in ObjectionState if each != "raised"])
@pytest.mark.parametrize("decision", list(Decision))
def test_what_is_decided_stays_decided(state, decision):
    with pytest.raises(WrongState) as refused:
        take(decision, state=state)
    assert state_word(state, "zh") in refused.value.text("zh")


def test_every_state_has_its_words():
    assert set(STATE_WORDS) == set(ObjectionState)


standings = st.builds(
    Standing,
    st.sampled_from([Result.MET, Result.PARTLY_MET, Result.NOT_MET, Result.NOT_APPLICABLE]),
    st.integers(0, 4).map(Decimal),
)


class Life(RuleBasedStateMachine):
    """Anybody tries any decision at any time; what is taken is on record."""

    def __init__(self) -> None:
        super().__init__()
        self.state = ObjectionState.RAISED
        self.record = []

    @rule(
        decision=st.sampled_from(list(Decision)),
        actor=st.integers(1, 6),
        reason=st.sampled_from(["", "理由"]),
        after=st.none() | standings,
    )
    def attempt(self, decision, actor, reason, after):
        try:
            state = take(decision, self.state, actor_id=actor, reason=reason, after=after)
        except ReviewError:
            return
        self.record.append((decision, actor, reason, after))
        self.state = state

    @invariant()
    def one_decision_at_most_and_it_is_the_state(self):
        assert len(self.record) == (self.state is not ObjectionState.RAISED)

    @invariant()
    def it_was_another_person_with_a_reason(self):
        for decision, actor, reason, _ in self.record:
            if decision is not Decision.WITHDRAW:
                assert actor not in (1, 2, 3, 5)
                assert reason

    @invariant()
    def the_unit_is_never_worse_off(self):
        for decision, _, _, after in self.record:
            if decision is Decision.UPHOLD:
                assert not after.is_worse_than(BEFORE)


TestLife = Life.TestCase
