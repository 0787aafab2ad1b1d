"""Model cases (优秀案卷): the figures propose them, a person decides, and says why."""

from __future__ import annotations

from sqlalchemy import Engine

from review.db import audit
from review.db.rows import at_version, found
from review.db.session import transaction
from review.errors import ReasonMissing, WrongState
from review.findings.result_tables import CaseResult
from review.planning.tables import Round
from review.services import access
from review.services.access import Actor
from review.services.results.round_figures import round_figures


def decide_model(
    engine: Engine,
    actor: Actor,
    result_id: int,
    *,
    is_model: bool,
    reason: str,
    seen_version: int,
) -> None:
    """Make a proposed case a model case, or take that back; the reason goes to the audit trail.

    Raises ReasonMissing, WrongState (its score, grade or findings do not allow it), Stale,
    NotFound, NotAllowed.
    """
    access.require(actor, "result.manage")
    if not reason.strip():
        raise ReasonMissing(what="认定优秀案卷", what_en="the decision on a model case")
    with transaction(engine) as session:
        row = at_version(
            session, CaseResult, result_id, "评查结果", "the result", seen_version=seen_version
        )
        held = found(session, Round, row.round_id, "评查轮次", "round")
        case = next(
            each for each in round_figures(session, held).cases if each.result_id == result_id
        )
        if is_model and not case.may_be_model:
            raise WrongState(
                what="案卷",
                what_en="the case",
                state="未达到优秀案卷条件",
                state_en="not fit for a model case",
                action="认定为优秀案卷",
                action_en="make it a model case",
            )
        row.is_model = is_model
        audit.record(
            session,
            actor.audit_name,
            "result.model",
            "result",
            result_id,
            is_model=is_model,
            reason=reason.strip(),
        )
