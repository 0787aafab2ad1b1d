"""The common result of a drawn case: merged when the panel begins, settled item by item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from review.casefiles.tables import Case
from review.common.clock import now
from review.errors import VetoNeedsPanel
from review.panels.reconcile import Merged, ScorersSheet, merge
from review.panels.tables import Assignment, CommonItem, CommonOrigin, CommonResult, CommonState
from review.planning.tables import Round, RoundCase
from review.scoring.arithmetic import ItemResult
from review.scoring.checklist import Result
from review.scoring.tables import ItemScore, ScoreSheet, SheetState
from review.services.desk.sheets import SheetRows
from review.services.rules.editions import kept_edition


@dataclass(frozen=True, slots=True)
class CaseSheets:
    """A drawn case with the sheets that were handed in, in the order of seats."""

    drawn: RoundCase
    case: Case
    round: Round
    sheets: tuple[SheetRows, ...]
    scores: Mapping[int, tuple[ItemScore, ...]]

    def given(self, rows: SheetRows) -> Mapping[str, ItemResult]:
        """What one sheet says, by item."""
        return {
            score.item_id: ItemResult(
                Result(score.result), dict(score.chosen or {}), comment=score.comment
            )
            for score in self.scores.get(rows.sheet.id or 0, ())
        }

    def merged(self) -> Merged:
        """All sheets together."""
        return merge(
            kept_edition(self.drawn.edition, self.drawn.edition_sha256),
            [ScorersSheet(rows.sheet.scorer_id, self.given(rows)) for rows in self.sheets],
            procedure=self.sheets[0].procedure if self.sheets else None,
            points=self.round.deliberation_points,
        )


def case_sheets(session: Session, drawn: RoundCase, row: Round, case: Case) -> CaseSheets:
    """The sheets of a case that were handed in; open and withdrawn ones are not read."""
    found = session.exec(
        select(ScoreSheet, Assignment)
        .join(Assignment, col(Assignment.id) == col(ScoreSheet.assignment_id))
        .where(
            Assignment.round_case_id == drawn.id,
            ScoreSheet.state == SheetState.SUBMITTED,
        )
        .order_by(col(Assignment.seat))
    ).all()
    sheets = tuple(SheetRows(sheet, seat, drawn, row, case) for sheet, seat in found)
    scores: dict[int, tuple[ItemScore, ...]] = {}
    query = select(ItemScore).where(col(ItemScore.sheet_id).in_([rows.sheet.id for rows in sheets]))
    for score in session.exec(query):
        scores[score.sheet_id] = (*scores.get(score.sheet_id, ()), score)
    return CaseSheets(drawn, case, row, sheets, scores)


def merge_round(session: Session, row: Round) -> int:
    """Make the common results of all cases as the panel begins; returns how many are settled."""
    cases = session.exec(
        select(RoundCase, Case)
        .join(Case, col(Case.id) == col(RoundCase.case_id))
        .where(RoundCase.round_id == row.id)
        .order_by(col(RoundCase.sequence))
    ).all()
    return sum(
        merge_case(session, case_sheets(session, drawn, row, case)).state == CommonState.SETTLED
        for drawn, case in cases
    )


def merge_case(session: Session, held: CaseSheets) -> CommonResult:
    """Merge the sheets of one case; what the panel settled already stays as it is.

    Where all scorers agree and nobody flagged a veto, the case is settled by that.
    """
    merged = held.merged()
    common = common_of(session, held.drawn.id or 0)
    if common is None:
        common = CommonResult(round_case_id=held.drawn.id or 0, members=[])
        session.add(common)
        session.flush()
    standing = {item.item_id: item for item in items_of(session, common.id or 0)}
    for each in merged.items:
        item = standing.get(each.item_id) or CommonItem(
            common_result_id=common.id or 0, item_id=each.item_id, chosen={}
        )
        if item.origin == CommonOrigin.PANEL and item.result:
            continue
        item.is_disputed = each.is_disputed
        item.result = "" if each.result is None else str(each.result.result)
        item.chosen = {} if each.result is None else dict(each.result.chosen)
        item.comment = "" if each.result is None else each.result.comment
        item.deduction = each.deduction
        item.origin = CommonOrigin.PANEL if each.is_disputed else CommonOrigin.AGREED
        session.add(item)
    common.needs_panel = merged.needs_panel
    if not merged.disputed:
        common.state, common.settled_at = CommonState.SETTLED, now()
    elif not common.conclusion:
        common.state, common.settled_at = CommonState.OPEN, None
    session.add(common)
    session.flush()
    return common


def common_of(session: Session, round_case_id: int) -> CommonResult | None:
    """The common result of a drawn case; None before the panel begins."""
    return session.exec(
        select(CommonResult).where(CommonResult.round_case_id == round_case_id)
    ).first()


def items_of(session: Session, common_id: int) -> list[CommonItem]:
    """The items of a common result."""
    query = select(CommonItem).where(CommonItem.common_result_id == common_id)
    return list(session.exec(query.order_by(col(CommonItem.id))))


def settled_results(session: Session, round_case_id: int) -> dict[str, ItemResult] | None:
    """The common result by item; None while the case is not settled."""
    common = common_of(session, round_case_id)
    if common is None or common.state != CommonState.SETTLED:
        return None
    return {
        item.item_id: ItemResult(Result(item.result), dict(item.chosen or {}), comment=item.comment)
        for item in items_of(session, common.id or 0)
        if item.result
    }


def require_panel(session: Session, round_id: int, case_id: int, item_id: str) -> None:
    """Raise VetoNeedsPanel unless the panel settled this item of the case as not met."""
    carried = session.exec(
        select(CommonItem.id)
        .join(CommonResult, col(CommonResult.id) == col(CommonItem.common_result_id))
        .join(RoundCase, col(RoundCase.id) == col(CommonResult.round_case_id))
        .where(
            RoundCase.round_id == round_id,
            RoundCase.case_id == case_id,
            CommonItem.item_id == item_id,
            CommonItem.result == Result.NOT_MET,
            CommonItem.origin == CommonOrigin.PANEL,
            CommonResult.state == CommonState.SETTLED,
        )
    ).first()
    if carried is None:
        raise VetoNeedsPanel(item=item_id or "-", votes=0, members=0)
