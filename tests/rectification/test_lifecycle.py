"""The life of an item: every allowed and every refused step, and any path through them."""

import inspect

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from review.errors import NotAllowed, ProofMissing, ReasonMissing, ReviewError, WrongState
from review.rectification.lifecycle import (
    MOVES,
    STATE_WORDS,
    Action,
    Side,
    possible,
    state_word,
    step,
)
from review.rectification.tables import ItemState

ALLOWED = {
    (ItemState.TO_DO, Action.START): ItemState.IN_WORK,
    (ItemState.SENT_BACK, Action.START): ItemState.IN_WORK,
    (ItemState.TO_DO, Action.SUBMIT): ItemState.SUBMITTED,
    (ItemState.IN_WORK, Action.SUBMIT): ItemState.SUBMITTED,
    (ItemState.SENT_BACK, Action.SUBMIT): ItemState.SUBMITTED,
    (ItemState.SUBMITTED, Action.CLOSE): ItemState.CLOSED,
    (ItemState.SUBMITTED, Action.SEND_BACK): ItemState.SENT_BACK,
    (ItemState.CLOSED, Action.REOPEN): ItemState.SENT_BACK,
}


@pytest.mark.parametrize("state", list(ItemState))
@pytest.mark.parametrize("action", list(Action))
def test_every_pair_of_state_and_action(state: ItemState, action: Action) -> None:
    side = MOVES[action].side
    arguments = {
        "side": side,
        "actor_id": 2,
        "submitted_by": 1,
        "note": " 已补充 ",
        "has_proof": True,
    }
    if (state, action) in ALLOWED:
        taken = step(state, action, **arguments)
        assert (taken.from_state, taken.to_state) == (state, ALLOWED[state, action])
        assert taken.note == "已补充"
        assert action in possible(state, side)
    else:
        with pytest.raises(WrongState) as refused:
            step(state, action, **arguments)
        assert state_word(state, "zh") in refused.value.text("zh")
        assert state_word(state, "en") in refused.value.text("en")
        assert action not in possible(state, side)


@pytest.mark.parametrize("action", list(Action))
def test_the_other_side_may_not(action: Action) -> None:
    other = Side.UNIT if MOVES[action].side is Side.REGULATIONS else Side.REGULATIONS
    for state in ItemState:
        with pytest.raises(NotAllowed):
            step(state, action, side=other, actor_id=2, submitted_by=1, note="说明", has_proof=True)
        assert action not in possible(state, other)


@pytest.mark.parametrize("action", [Action.CLOSE, Action.SEND_BACK])
def test_nobody_verifies_what_he_submitted(action: Action) -> None:
    with pytest.raises(NotAllowed, match="somebody other"):
        step(
            ItemState.SUBMITTED,
            action,
            side=Side.REGULATIONS,
            actor_id=1,
            submitted_by=1,
            note="说明",
            has_proof=True,
        )


@pytest.mark.parametrize("action", [a for a in Action if MOVES[a].needs_note])
def test_a_note_is_required_where_something_is_claimed_or_refused(action: Action) -> None:
    move = MOVES[action]
    state = min(move.come_from)
    with pytest.raises(ReasonMissing):
        step(state, action, side=move.side, actor_id=2, submitted_by=1, note=" \n", has_proof=True)


def test_no_step_takes_a_date() -> None:
    parameters = inspect.signature(step).parameters
    assert set(parameters) == {
        "state", "action", "side", "actor_id", "submitted_by", "note", "has_proof"
    }  # fmt: skip


@pytest.mark.parametrize("action", [Action.SUBMIT, Action.CLOSE])
def test_nothing_is_submitted_or_closed_without_a_proof(action: Action) -> None:
    with pytest.raises(ProofMissing):
        step(
            min(MOVES[action].come_from),
            action,
            side=MOVES[action].side,
            actor_id=2,
            submitted_by=1,
            note="说明",
            has_proof=False,
        )


def test_every_state_has_its_words() -> None:
    assert set(STATE_WORDS) == set(ItemState)
    assert state_word(ItemState.CLOSED, "zh") == "复查通过（销号）"


class Life(RuleBasedStateMachine):
    """Anybody tries anything at any time; the record tells the whole story."""

    def __init__(self) -> None:
        super().__init__()
        self.state = ItemState.TO_DO
        self.submitted_by: int | None = None
        self.record = []
        self.has_proof = False

    @rule()
    def add_proof(self) -> None:
        if self.state not in (ItemState.SUBMITTED, ItemState.CLOSED):
            self.has_proof = True

    @rule(
        action=st.sampled_from(list(Action)),
        side=st.sampled_from(list(Side)),
        actor=st.integers(1, 3),
        note=st.sampled_from(["", " ", "说明"]),
    )
    def attempt(self, action: Action, side: Side, actor: int, note: str) -> None:
        try:
            taken = step(
                self.state,
                action,
                side=side,
                actor_id=actor,
                submitted_by=self.submitted_by,
                note=note,
                has_proof=self.has_proof,
            )
        except ReviewError:
            return
        if taken.action in (Action.CLOSE, Action.SUBMIT):
            assert self.has_proof
        if taken.action in (Action.SEND_BACK, Action.REOPEN):
            self.has_proof = False  # what went back needs a new proof
        if action is Action.SUBMIT:
            self.submitted_by = actor
        self.record.append((taken, actor))
        self.state = taken.to_state

    @invariant()
    def the_record_is_a_chain_to_the_state(self) -> None:
        state = ItemState.TO_DO
        for taken, _ in self.record:
            assert taken.from_state is state
            state = taken.to_state
        assert state is self.state

    @invariant()
    def closing_follows_a_submission_of_somebody_else(self) -> None:
        submitter = None
        for taken, actor in self.record:
            if taken.action is Action.SUBMIT:
                submitter = actor
            if taken.action is Action.CLOSE:
                assert submitter is not None
                assert submitter != actor
                assert taken.note

    @invariant()
    def a_closed_item_is_only_reopened_with_a_reason(self) -> None:
        for taken, _ in self.record:
            if taken.from_state is ItemState.CLOSED:
                assert taken.action is Action.REOPEN
                assert taken.note


TestLife = Life.TestCase
