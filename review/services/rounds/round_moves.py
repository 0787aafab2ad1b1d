"""Moving a round on, once nothing stands in the way; one move back, with a reason."""

from __future__ import annotations

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from review.db import audit
from review.db.rows import at_version
from review.db.session import transaction
from review.errors import ReasonMissing
from review.panels.tables import CommonResult, CommonState
from review.planning.phases import BACK_WITH_REASON, BY_HAND, STATE_WORDS, may_move
from review.planning.tables import Round, RoundCase, RoundState
from review.services import access
from review.services.access import Actor
from review.services.panel.common_results import merge_round
from review.services.rounds.round_guards import blockers, refuse_state
from review.services.rounds.round_plan import finish_steps


def move_round(
    engine: Engine,
    actor: Actor,
    round_id: int,
    *,
    to: RoundState | str,
    seen_version: int,
    reason: str = "",
) -> None:
    """Move a round to its next state, or back from confirming to the panel with a reason.

    Ending the first review merges the sheets into common results. The notice, the list, the draw
    and the assignment move a round by themselves. Raises WrongState (no such move, or something
    stands in the way, which is named), ReasonMissing, Stale.
    """
    access.require(actor, "round.manage")
    with transaction(engine) as session:
        row = at_version(
            session, Round, round_id, "评查轮次", "the round", seen_version=seen_version
        )
        before = RoundState(row.state)
        if to not in tuple(RoundState):
            refuse_state(row, f"转为 {to}", f"move to {to}")
        after = RoundState(to)
        zh, en = STATE_WORDS[after]
        is_back = (before, after) in BACK_WITH_REASON
        if not may_move(row.kind, before, after) or not (is_back or BY_HAND.get(before) == after):
            refuse_state(row, f"转为“{zh}”", f"move on to {en}")
        if is_back and not reason.strip():
            raise ReasonMissing(what="退回合议", what_en="going back to the panel")
        missing = blockers(session, row, after)
        if missing:
            said_zh = "，".join(each.zh for each in missing)
            said_en = ", ".join(each.en for each in missing)
            refuse_state(row, f"转为“{zh}”（{said_zh}）", f"move on to {en} ({said_en})")
        row.state = after
        session.add(row)
        if after is RoundState.DELIBERATING and not is_back:
            merge_round(session, row)
        finish_steps(session, actor, row, before)
        audit.record(
            session,
            actor.audit_name,
            "round.move",
            "round",
            round_id,
            before=str(before),
            after=str(after),
            reason=reason.strip(),
            settled=_settled(session, round_id),
        )


def _settled(session: Session, round_id: int) -> int:
    rows = session.exec(
        select(CommonResult.id)
        .join(RoundCase, col(RoundCase.id) == col(CommonResult.round_case_id))
        .where(RoundCase.round_id == round_id, CommonResult.state == CommonState.SETTLED)
    )
    return len(rows.all())
