"""Running the checks that raised an item again, on the papers as they are now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from review.checks.check import Outcome
from review.checks.tables import CheckRow
from review.db import audit
from review.db.rows import found
from review.db.session import reading, transaction
from review.errors import NoCheckToRepeat
from review.findings.tables import Finding
from review.rectification.tables import ItemRecheck, RectificationItem
from review.services import access
from review.services.access import Actor
from review.services.reading.case_reading import analyse_case
from review.services.rectifying.rectification_views import visible_list
from review.services.rules.editions import Words


@dataclass(frozen=True, slots=True)
class RecheckView:
    """What a check said when it was run again for an item."""

    check_id: str
    outcome: Outcome
    message: Words
    at: datetime


def recheck(engine: Engine, actor: Actor, item_id: int) -> list[RecheckView]:
    """Run the checks that raised an item again on the case's papers, and keep what they say.

    The result closes nothing: a person verifies. Raises NotFound, and NoCheckToRepeat where a
    person found the problem.
    """
    access.require(actor, "item.verify")
    with reading(engine) as session:
        finding = _finding(session, actor, item_id)
        wanted = list(finding.check_ids or ())
    if not wanted:
        raise NoCheckToRepeat
    analyse_case(engine, finding.case_id)
    with transaction(engine) as session:
        rows = session.exec(
            select(CheckRow).where(
                CheckRow.case_id == finding.case_id, col(CheckRow.check_id).in_(wanted)
            )
        ).all()
        for row in rows:
            session.add(
                ItemRecheck(
                    item_id=item_id,
                    check_id=row.check_id,
                    outcome=row.outcome,
                    message_zh=row.message_zh,
                    message_en=row.message_en,
                    actor_id=actor.row_id,
                )
            )
        audit.record(
            session,
            actor.audit_name,
            "item.recheck",
            "rectification_item",
            item_id,
            outcomes={row.check_id: row.outcome for row in rows},
        )
    return rechecks(engine, actor, item_id)


def rechecks(engine: Engine, actor: Actor, item_id: int) -> list[RecheckView]:
    """What the repeated checks of an item said, the latest first. Raises NotFound, NotAllowed."""
    access.require(actor, "list.view")
    with reading(engine) as session:
        _finding(session, actor, item_id)
        rows = session.exec(
            select(ItemRecheck)
            .where(ItemRecheck.item_id == item_id)
            .order_by(col(ItemRecheck.id).desc())
        )
        return [
            RecheckView(
                row.check_id, Outcome(row.outcome), Words(row.message_zh, row.message_en), row.at
            )
            for row in rows
        ]


def _finding(session: Session, actor: Actor, item_id: int) -> Finding:
    item = found(session, RectificationItem, item_id, "整改事项", "rectification item")
    visible_list(session, actor, item.list_id)
    return found(session, Finding, item.finding_id, "问题", "finding")
