"""Published waiver lists as the law sees them."""

from __future__ import annotations

from sqlmodel import Session, col, select

from review.law.waiver_list import WaiverList
from review.law.waiver_tables import WaiverListRow

PUBLISHED = "published"
DRAFT = "draft"


def waiver_lists_in(session: Session) -> tuple[WaiverList, ...]:
    """The published lists, the newest in force first."""
    rows = session.exec(
        select(WaiverListRow)
        .where(WaiverListRow.state == PUBLISHED)
        .order_by(col(WaiverListRow.in_force_on).desc(), col(WaiverListRow.id).desc())
    )
    return tuple(list_from(row) for row in rows)


def list_from(row: WaiverListRow) -> WaiverList:
    """The list that a row keeps, with the day on which it ended if it has one."""
    held = WaiverList.model_validate(row.content)
    return held.model_copy(update={"in_force": row.in_force_on, "ended": row.ended_on})
