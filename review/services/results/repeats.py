"""Problems that come back: the same item with the same unit or officer, round after round."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy import select as several
from sqlmodel import Session, col, select

from review.db.accounts import Unit
from review.db.rows import found
from review.db.session import reading
from review.findings.result_tables import CaseResult, ResultItem, ResultOfficer
from review.findings.results import repeated
from review.planning.tables import ROUND_HEAD, Round
from review.scoring.checklist import Result
from review.services import access
from review.services.access import Actor
from review.services.results.round_figures import editions_of, item_titles

FAULTS = (Result.PARTLY_MET, Result.NOT_MET)


@dataclass(frozen=True, slots=True)
class Repeat:
    """An item that was faulty with the same unit (or officer) in earlier rounds as well.

    `officer` is empty for a unit; `earlier` are titles of the earlier rounds, in their order.
    """

    item_id: str
    title_zh: str
    title_en: str
    unit_id: int
    unit: str
    officer: str
    earlier: tuple[str, ...]


def repeats(engine: Engine, actor: Actor, round_id: int) -> tuple[list[Repeat], list[Repeat]]:
    """What came back in this round, by unit and by officer. Raises NotFound, NotAllowed."""
    access.require(actor, "result.view")
    with reading(engine) as session:
        row = found(session, Round, round_id, "评查轮次", "round")
        return repeated_problems(session, row), repeated_by_officers(session, row)


def repeated_problems(session: Session, row: Round) -> list[Repeat]:
    """What came back in this round, by unit; the most often repeated first."""
    faults = session.execute(
        several(col(ResultItem.round_id), col(ResultItem.item_id), col(CaseResult.unit_id))
        .join(CaseResult, col(CaseResult.id) == col(ResultItem.result_id))
        .where(col(ResultItem.result).in_(FAULTS), col(ResultItem.round_id) <= row.id)
        .distinct()
        .order_by(col(ResultItem.round_id))
    ).all()
    pairs = repeated(((a, b, c) for a, b, c in faults), now=row.id or 0)
    return _views(session, [(item, int(str(unit)), "", rounds)
                            for (item, unit), rounds in pairs.items()])  # fmt: skip


def repeated_by_officers(session: Session, row: Round) -> list[Repeat]:
    """What came back in this round, by officer; the most often repeated first."""
    faults = session.execute(
        several(
            col(ResultItem.round_id),
            col(ResultItem.item_id),
            col(ResultOfficer.name),
            col(CaseResult.unit_id),
        )
        .join(CaseResult, col(CaseResult.id) == col(ResultItem.result_id))
        .join(ResultOfficer, col(ResultOfficer.result_id) == col(CaseResult.id))
        .where(col(ResultItem.result).in_(FAULTS), col(ResultItem.round_id) <= row.id)
        .distinct()
        .order_by(col(ResultItem.round_id))
    ).all()
    units = {name: unit for _, _, name, unit in faults}
    pairs = repeated(((a, b, c) for a, b, c, _ in faults), now=row.id or 0)
    return _views(session, [(item, units[str(name)], str(name), rounds)
                            for (item, name), rounds in pairs.items()])  # fmt: skip


def _views(session: Session, pairs: list[tuple[str, int, str, tuple[int, ...]]]) -> list[Repeat]:
    titles = item_titles(editions_of(session))
    units = {unit.id: unit.name for unit in session.exec(select(Unit))}
    rounds = {row.id: row.title for row in session.exec(select(Round).options(*ROUND_HEAD))}
    views = [
        Repeat(
            item,
            *titles.get(item, (item, item)),
            unit,
            units.get(unit, ""),
            officer,
            tuple(rounds.get(each, "") for each in earlier),
        )
        for item, unit, officer, earlier in pairs
    ]
    return sorted(views, key=lambda each: (-len(each.earlier), each.item_id, each.officer))
