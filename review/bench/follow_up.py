"""What follows the results of an invented round: draft results sent, published, lists, objections.

Shared by the two fillers of the measurements, `years` and `published_year`.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from review.casefiles.tables import Case
from review.common.clock import today
from review.findings.result_tables import Feedback, Objection, ObjectionState, Publication
from review.findings.tables import Finding
from review.planning.tables import Round, RoundCase, RoundState
from review.rectification.tables import ItemState, RectificationItem, RectificationList

FAMILY, GIVEN = "简原步丛竺喻耿", "宁澈阳哲言河瑜瑾"


def invented_name(chance: random.Random) -> str:
    """A person's name, marked as a sample."""
    return f"样例{chance.choice(FAMILY)}{chance.choice(GIVEN)}"


def told(session: Session, row: Round, units: Sequence[int], *, is_published: bool = True) -> None:
    """Every unit was sent its draft result, and the results were published where said so."""
    sent = datetime.combine(row.starts_on + timedelta(days=22), datetime.min.time(), UTC)
    for unit in units:
        session.add(
            Feedback(
                round_id=row.id or 0,
                unit_id=unit,
                sent_at=sent,
                sent_by=row.created_by,
                until_on=sent.date() + timedelta(days=7),
            )
        )
    if is_published:
        session.add(
            Publication(
                round_id=row.id or 0,
                published_at=sent + timedelta(days=9),
                published_by=row.created_by,
                figures_sha256="0" * 64,
            )
        )


def lists_of(
    session: Session,
    row: Round,
    units: Sequence[int],
    problems: Sequence[Finding],
    chance: random.Random,
) -> None:
    """A list for every unit with its confirmed findings; about half are open while it rectifies."""
    of_case = dict(session.execute(_case_units(row.id or 0)).all())
    for unit in units:
        held = RectificationList(
            round_id=row.id or 0,
            unit_id=unit,
            number=f"整改〔2026〕{row.number:02d}-{unit:02d}号",
            issued_on=row.ends_on + timedelta(days=12),
        )
        session.add(held)
        session.flush()
        own = [each for each in problems if of_case[each.case_id] == unit]
        for sequence, finding in enumerate(own, 1):
            is_open = row.state == RoundState.RECTIFYING and chance.random() < 0.5
            state = chance.choice(
                (ItemState.TO_DO, ItemState.IN_WORK, ItemState.SUBMITTED, ItemState.SENT_BACK)
            )
            session.add(
                RectificationItem(
                    list_id=held.id or 0,
                    finding_id=finding.id or 0,
                    sequence=sequence,
                    problem=finding.text_zh,
                    measure=finding.measure_zh,
                    responsible_person=invented_name(chance),
                    due_on=today() + timedelta(days=chance.randrange(-9, 20)),
                    state=state if is_open else ItemState.CLOSED,
                )
            )


def _case_units(round_id: int) -> Any:
    return (
        select(col(Case.id), col(Case.unit_id))
        .join(RoundCase, col(RoundCase.case_id) == col(Case.id))
        .where(col(RoundCase.round_id) == round_id)
    )


def objections_to(
    session: Session,
    row: Round,
    problems: Sequence[Finding],
    states: Sequence[ObjectionState] = (ObjectionState.UPHELD, ObjectionState.REJECTED),
) -> None:
    """Objections to the first problems, in these states; so, one that succeeded and one not."""
    for finding, state in zip(problems, states, strict=False):
        case = session.get_one(Case, finding.case_id)
        is_decided = state is not ObjectionState.RAISED
        session.add(
            Objection(
                round_id=row.id or 0,
                case_id=finding.case_id,
                unit_id=case.unit_id,
                item_id=finding.item_id,
                text="样例：卷内已有相关记载，请复核。",
                pages=[],
                state=state,
                before={"result": "部分符合", "chosen": {}, "deduction": "1", "comment": ""},
                after={"result": "符合", "chosen": {}, "deduction": "0", "comment": "异议复核"}
                if state is ObjectionState.UPHELD
                else None,
                reason="样例：经复核，材料属实。" if is_decided else "",
                raised_by=row.created_by or 1,
                decided_by=row.created_by if is_decided else None,
                decided_at=datetime(2026, 3, 8, tzinfo=UTC) if is_decided else None,
            )
        )
