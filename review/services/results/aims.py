"""The plan's two aims over the rounds: recording gets better, procedural faults become fewer."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import func
from sqlalchemy import select as several
from sqlmodel import Session, col

from review.findings.result_tables import CaseResult, ResultItem, ResultPart
from review.findings.results import percent
from review.planning.tables import Round
from review.reports.letters import AimPoint
from review.scoring.checklist import Result

RECORDING = "recording"
PROCEDURE = "procedure"
FAULTS = (Result.PARTLY_MET, Result.NOT_MET)


def aims(session: Session, *, until: int | None = None) -> list[AimPoint]:
    """One point for each round with results, in the order of the rounds; up to round `until`."""
    counts = (
        several(col(CaseResult.round_id), func.count())
        .join(Round, col(Round.id) == col(CaseResult.round_id))
        .group_by(col(CaseResult.round_id))
    )
    cases = dict(session.execute(counts).all())
    kept = session.execute(
        several(
            col(ResultPart.round_id),
            func.sum(col(ResultPart.earned)),
            func.sum(col(ResultPart.applicable)),
        )
        .where(col(ResultPart.dimension) == RECORDING)
        .group_by(col(ResultPart.round_id))
    )
    recording = {key: percent(earned, applicable) for key, earned, applicable in kept}
    faults = dict(
        session.execute(
            several(col(ResultItem.round_id), func.count())
            .where(col(ResultItem.dimension) == PROCEDURE, col(ResultItem.result).in_(FAULTS))
            .group_by(col(ResultItem.round_id))
        ).all()
    )
    rounds = session.execute(
        several(col(Round.id), col(Round.year), col(Round.number), col(Round.title)).order_by(
            col(Round.year), col(Round.number), col(Round.id)
        )
    )
    points = []
    for round_id, year, number, _title in rounds:
        if round_id is None or round_id not in cases:
            continue
        points.append(
            AimPoint(
                f"{year}年第{number}轮",
                recording.get(round_id),
                (Decimal(faults.get(round_id, 0)) / cases[round_id]).quantize(
                    Decimal("0.01"), ROUND_HALF_UP
                ),
            )
        )
        if round_id == until:
            break
    return points
