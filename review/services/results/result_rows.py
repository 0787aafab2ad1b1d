"""Computing the results of a round from sheets, confirmed vetoes and decided objections."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import String, cast, delete, func
from sqlalchemy import case as when
from sqlalchemy import select as several
from sqlmodel import Session, col, select

from review.casefiles.tables import Case
from review.checks.check import Procedure
from review.common.clock import now
from review.findings.result_tables import (
    CaseResult,
    Objection,
    ObjectionState,
    ResultItem,
    ResultOfficer,
    ResultPart,
)
from review.findings.tables import Finding, FindingState
from review.panels.tables import (
    Assignment,
    CommonItem,
    CommonOrigin,
    CommonResult,
    CommonState,
)
from review.planning.tables import Round, RoundCase
from review.scoring.arithmetic import ItemResult, Total, VetoState, total
from review.scoring.checklist import Edition, Item, Result
from review.scoring.tables import ScoreSheet, SheetState
from review.services.desk.sheets import SheetRows
from review.services.rules.editions import kept_edition

VETO = "veto"
OBJECTION = "objection"
WITHIN, BETWEEN, DISPUTED = "\x1f", "\x1e", "1"
"""Marks in the items of a common result written as one text; no field of theirs can hold them."""

KEPT_SUMS = 1_000
"""For how many common results the sums are kept: those of some rounds."""

Settled = tuple[str, tuple[tuple[str, str], ...]]
"""The items of a common result as one text, and the comments on them by item."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one case: items, what they add up to, and what is still open."""

    edition: Edition
    results: Mapping[str, ItemResult]
    origins: Mapping[str, str]
    total: Total
    disputed: tuple[str, ...]
    sheets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DrawnCase:
    """A drawn case with its sheets in the order of seats."""

    drawn: RoundCase
    case: Case
    sheets: tuple[SheetRows, ...]

    @property
    def is_scored(self) -> bool:
        """Whether there are sheets and all of them are in."""
        return bool(self.sheets) and all(
            each.sheet.state == SheetState.SUBMITTED for each in self.sheets
        )


def drawn_cases(session: Session, row: Round) -> list[DrawnCase]:
    """The cases of a round in the order of the draw, with their sheets."""
    cases = session.exec(
        select(RoundCase, Case)
        .join(Case, col(Case.id) == col(RoundCase.case_id))
        .where(RoundCase.round_id == row.id)
        .order_by(col(RoundCase.sequence))
    ).all()
    sheets: dict[int, list[tuple[ScoreSheet, Assignment]]] = {}
    query = (
        select(ScoreSheet, Assignment)
        .join(Assignment, col(Assignment.id) == col(ScoreSheet.assignment_id))
        .join(RoundCase, col(RoundCase.id) == col(Assignment.round_case_id))
        .where(RoundCase.round_id == row.id, col(Assignment.ended_at).is_(None))
        .order_by(col(Assignment.seat))
    )
    for sheet, assignment in session.exec(query):
        sheets.setdefault(assignment.round_case_id, []).append((sheet, assignment))
    return [
        DrawnCase(
            drawn,
            case,
            tuple(
                SheetRows(sheet, assignment, drawn, row, case)
                for sheet, assignment in sheets.get(drawn.id or 0, ())
            ),
        )
        for drawn, case in cases
    ]


def outcomes(session: Session, cases: Sequence[DrawnCase]) -> list[Outcome | None]:
    """The results of cases of one round, in their order.

    Each is the common result with confirmed vetoes and what objections changed; None while the
    common result is not settled.
    """
    if not cases:
        return []
    round_id = cases[0].drawn.round_id
    common = _settled(session, [held.drawn.id for held in cases])
    vetoes = _confirmed_vetoes(session, round_id)
    upheld = _upheld(session, round_id)
    return [
        _outcome(
            held,
            common.get(held.drawn.id or 0),
            vetoes.get(held.drawn.case_id, ()),
            upheld.get(held.drawn.case_id, ()),
        )
        for held in cases
    ]


def _outcome(
    held: DrawnCase,
    common: Settled | None,
    vetoes: Iterable[str],
    upheld: Iterable[tuple[str, str]],
) -> Outcome | None:
    if common is None or not held.is_scored:
        return None
    made = _summed(
        (held.drawn.edition, held.drawn.edition_sha256),
        held.sheets[0].procedure,
        common,
        tuple(vetoes),
        tuple(upheld),
    )
    return replace(made, sheets=tuple(each.sheet.id or 0 for each in held.sheets))


@lru_cache(maxsize=KEPT_SUMS)
def _summed(
    edition_and_hash: tuple[str, str],
    procedure: Procedure | None,
    common: Settled,
    vetoes: tuple[str, ...],
    upheld: tuple[tuple[str, str], ...],
) -> Outcome:
    """The outcome, without its sheets; kept, since it follows from the arguments alone."""
    edition = kept_edition(*edition_and_hash)
    given, comments = common[0], dict(common[1])
    results: dict[str, ItemResult] = {}
    origins: dict[str, str] = {}
    disputed = []
    places = {item.id: place for place, item in enumerate(edition.items)}
    rows = [each.split(WITHIN) for each in given.split(BETWEEN)] if given else []
    for item_id, result, chosen, origin, is_disputed in sorted(
        rows, key=lambda row: (places.get(row[0], len(places)), row[0])
    ):
        results[item_id] = ItemResult(
            Result(result), json.loads(chosen) or {}, comment=comments.get(item_id, "")
        )
        origins[item_id] = origin
        if is_disputed == DISPUTED:
            disputed.append(item_id)
    for item_id in vetoes:
        if item_id in edition.by_id and edition.by_id[item_id].is_veto:
            kept = results.get(item_id)
            comment = kept.comment if kept else ""
            results[item_id] = ItemResult(Result.NOT_MET, comment=comment, veto_confirmed=True)
            origins.setdefault(item_id, CommonOrigin.PANEL)
    for item_id, after in upheld:
        results[item_id] = result_of(json.loads(after))
        origins[item_id] = OBJECTION
    return Outcome(
        edition=edition,
        results=MappingProxyType(results),
        origins=MappingProxyType(origins),
        total=total(edition, results, procedure=procedure),
        disputed=tuple(disputed),
        sheets=(),
    )


def _settled(session: Session, drawn_ids: Sequence[int | None]) -> dict[int, Settled]:
    """The settled common results, by drawn case: a row for each, whatever its items."""
    chosen = (
        col(CommonResult.round_case_id).in_(drawn_ids),
        col(CommonResult.state) == CommonState.SETTLED,
    )
    item = (
        col(CommonItem.item_id)
        + WITHIN
        + col(CommonItem.result)
        + WITHIN
        + func.coalesce(cast(col(CommonItem.chosen), String), "null")
        + WITHIN
        + col(CommonItem.origin)
        + WITHIN
        + when((col(CommonItem.is_disputed), DISPUTED), else_="")
    )
    given = session.execute(
        several(col(CommonResult.round_case_id), func.aggregate_strings(item, BETWEEN))
        .outerjoin(CommonItem, col(CommonItem.common_result_id) == col(CommonResult.id))
        .where(*chosen)
        .group_by(col(CommonResult.round_case_id))
    ).all()
    said = session.execute(
        several(col(CommonResult.round_case_id), col(CommonItem.item_id), col(CommonItem.comment))
        .join(CommonItem, col(CommonItem.common_result_id) == col(CommonResult.id))
        .where(*chosen, col(CommonItem.comment) != "")
        .order_by(col(CommonItem.id))
    )
    comments: dict[int, list[tuple[str, str]]] = {}
    for drawn_id, item_id, comment in said:
        comments.setdefault(drawn_id, []).append((item_id, comment))
    return {drawn_id: (items or "", tuple(comments.get(drawn_id, ()))) for drawn_id, items in given}


def _confirmed_vetoes(session: Session, round_id: int) -> dict[int, list[str]]:
    """The veto items of a round that a second person confirmed, by case."""
    found: dict[int, list[str]] = {}
    query = select(Finding.case_id, Finding.item_id).where(
        Finding.round_id == round_id,
        Finding.severity == VETO,
        Finding.state == FindingState.CONFIRMED,
    )
    for case_id, item_id in session.exec(query):
        found.setdefault(case_id, []).append(item_id)
    return found


def _upheld(session: Session, round_id: int) -> dict[int, list[tuple[str, str]]]:
    """What decided objections of a round made of items, as JSON, the latest last, by case."""
    rows = session.execute(
        several(col(Objection.case_id), col(Objection.item_id), cast(col(Objection.after), String))
        .where(col(Objection.round_id) == round_id, col(Objection.state) == ObjectionState.UPHELD)
        .order_by(col(Objection.id))
    )
    found: dict[int, list[tuple[str, str]]] = {}
    for case_id, item_id, after in rows:
        found.setdefault(case_id, []).append((item_id, after))
    return found


def result_of(kept: Any) -> ItemResult:
    """An item's result from what an objection keeps of it."""
    return ItemResult(
        Result(kept["result"]), dict(kept.get("chosen") or {}), comment=kept.get("comment", "")
    )


def store(session: Session, held: DrawnCase, found: Outcome) -> CaseResult:
    """Keep the result of a case with its items, parts and officers; replaces the earlier one."""
    row = session.exec(
        select(CaseResult).where(
            CaseResult.round_id == held.drawn.round_id, CaseResult.case_id == held.drawn.case_id
        )
    ).first()
    if row is None:
        row = CaseResult(
            round_id=held.drawn.round_id,
            case_id=held.drawn.case_id,
            unit_id=held.case.unit_id,
            score=Decimal(0),
            version=0,
        )
    sums = found.total
    grade = sums.grade or sums.grade_without_veto
    row.unit_id = held.case.unit_id
    row.score, row.scale = _cents(sums.score), found.edition.scale
    row.deducted = _cents(sums.deducted)
    row.grade_zh, row.grade_en = grade.name.get("zh"), grade.name.get("en")
    row.grade_rank = found.edition.grades.index(grade) if grade in found.edition.grades else -1
    row.is_vetoed = sums.veto is VetoState.CONFIRMED
    row.undecided = len(sums.undecided)
    row.disputed, row.sheets = list(found.disputed), list(found.sheets)
    row.computed_at = now()
    row.version += 1
    session.add(row)
    session.flush()
    assert row.id is not None
    for table in (ResultItem, ResultPart, ResultOfficer):
        session.execute(delete(table).where(col(table.result_id) == row.id))
    session.add_all(_items(row, found))
    session.add_all(_parts(row, found))
    session.add_all(
        ResultOfficer(result_id=row.id, name=name)
        for name in dict.fromkeys(each.strip() for each in held.case.officers or () if each.strip())
    )
    return row


def _cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"))


def _items(row: CaseResult, found: Outcome) -> Iterable[ResultItem]:
    assert row.id is not None
    for item_id, given in found.results.items():
        item = found.edition.by_id[item_id]
        yield ResultItem(
            result_id=row.id,
            round_id=row.round_id,
            item_id=item_id,
            dimension=item.dimension.id,
            result=given.result,
            chosen={key: count for key, count in given.chosen.items() if count},
            points=_cents(item.points),
            deduction=_cents(found.total.deductions.get(item_id, Decimal(0))),
            reason_zh=reasons(item, given, "zh"),
            reason_en=reasons(item, given, "en"),
            origin=found.origins[item_id],
        )


def reasons(item: Item, given: ItemResult, language: str) -> str:
    """Why an item lost points: the reasons that were chosen and the scorers' words."""
    chosen = [
        reason.text.get(language) + (f" ×{given.chosen[reason.id]}" if reason.is_counted else "")
        for reason in item.deductions
        if given.chosen.get(reason.id)
    ]
    if given.comment.strip():
        chosen.append(given.comment.strip())
    return ("; " if language == "en" else "；").join(chosen)


def _parts(row: CaseResult, found: Outcome) -> Iterable[ResultPart]:
    assert row.id is not None
    for dimension in found.edition.dimensions:
        part = found.total.dimensions[dimension.id]
        if part.applicable:
            yield ResultPart(
                result_id=row.id,
                round_id=row.round_id,
                dimension=dimension.id,
                title_zh=dimension.title.get("zh"),
                title_en=dimension.title.get("en"),
                applicable=_cents(part.applicable),
                earned=_cents(part.earned),
            )


def drop_unscored(session: Session, row: Round, scored: Iterable[int]) -> None:
    """Remove results of cases that have none any more: replaced, or a sheet was reopened."""
    keep = set(scored)
    for old in session.exec(select(CaseResult).where(CaseResult.round_id == row.id)).all():
        if old.case_id not in keep:
            for table in (ResultItem, ResultPart, ResultOfficer):
                session.execute(delete(table).where(col(table.result_id) == old.id))
            session.delete(old)
