"""Problems that come back: the same item with the same unit or officer, round after round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, String, cast, func
from sqlalchemy import select as several
from sqlmodel import Session, col, select

from review.db.accounts import Unit
from review.db.rows import found
from review.db.session import reading
from review.findings.result_tables import CaseResult, ResultItem, ResultOfficer
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
        row = found(session, Round, round_id, "评查轮次", "round", options=ROUND_HEAD)
        return repeated_problems(session, row), repeated_by_officers(session, row)


def repeated_problems(session: Session, row: Round) -> list[Repeat]:
    """What came back in this round, by unit; the most often repeated first."""
    faults = _faults(row, col(CaseResult.unit_id))
    pairs = _repeated(session, faults, row)
    return _views(session, [(item, int(unit), "", rounds) for item, unit, rounds in pairs])


def repeated_by_officers(session: Session, row: Round) -> list[Repeat]:
    """What came back in this round, by officer; the most often repeated first."""
    faults = _faults(row, col(ResultOfficer.name)).join(
        ResultOfficer, col(ResultOfficer.result_id) == col(CaseResult.id)
    )
    units: dict[str, int] = dict(
        session.execute(
            several(col(ResultOfficer.name), col(CaseResult.unit_id))
            .join(CaseResult, col(CaseResult.id) == col(ResultOfficer.result_id))
            .where(col(CaseResult.round_id) <= row.id)
            .order_by(col(CaseResult.round_id), col(CaseResult.id))
        ).all()
    )
    pairs = _repeated(session, faults, row)
    return _views(session, [(item, units[str(name)], str(name), rounds)
                            for item, name, rounds in pairs])  # fmt: skip


def _faults(row: Round, whose: Any) -> Any:
    """Round, item and whose it is, of every fault up to a round; each once."""
    return (
        several(
            col(ResultItem.round_id).label("round_id"),
            col(ResultItem.item_id).label("item_id"),
            whose.label("whose"),
        )
        .join(CaseResult, col(CaseResult.id) == col(ResultItem.result_id))
        .where(col(ResultItem.result).in_(FAULTS), col(ResultItem.round_id) <= row.id)
        .distinct()
    )


def _repeated(session: Session, faults: Any, row: Round) -> list[tuple[str, Any, tuple[int, ...]]]:
    """Faults of this round that stood in earlier ones: item, whose it is, the earlier rounds.

    The database puts the rounds together: years of them make a few hundred rows, not thousands.
    """
    found = faults.subquery()
    listed = session.execute(
        several(
            found.c.item_id,
            found.c.whose,
            func.aggregate_strings(cast(found.c.round_id, String), ","),
        )
        .group_by(found.c.item_id, found.c.whose)
        .having(func.max(found.c.round_id) == row.id, func.count() > 1)
    )
    return [
        (item, whose, tuple(sorted({int(each) for each in rounds.split(",")} - {row.id})))
        for item, whose, rounds in listed
    ]


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
