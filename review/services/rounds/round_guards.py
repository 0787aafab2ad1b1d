"""What stands in the way of a round's next step, as one table: state to the questions asked.

A guard looks at the database and names what is missing; moving the round and the progress board
both ask here, so that the board never promises what the move refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NoReturn

from sqlalchemy import func
from sqlmodel import Session, col, select

from review.errors import WrongState
from review.findings.result_tables import Publication
from review.findings.tables import Finding, FindingState
from review.panels.tables import Assignment, CommonResult, CommonState
from review.planning.phases import BACK_WITH_REASON, STATE_WORDS
from review.planning.tables import DrawNumber, Round, RoundCase, RoundState, RoundStep
from review.rectification.tables import ItemState, RectificationItem, RectificationList
from review.scoring.tables import ScoreSheet, SheetState


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing that is missing before a round may move on; `count` how many of it."""

    key: str
    count: int
    zh: str
    en: str


Guard = Callable[[Session, Round], list[Blocker]]


def refuse_state(row: Round, zh: str, en: str) -> NoReturn:
    """Raise WrongState: the round's state does not allow the action that `zh` and `en` name."""
    state_zh, state_en = STATE_WORDS[RoundState(row.state)]
    raise WrongState(
        what="评查轮次",
        what_en="the round",
        state=state_zh,
        state_en=state_en,
        action=zh,
        action_en=en,
    )


def blockers(session: Session, row: Round, to: RoundState | str) -> list[Blocker]:
    """What stands in the way of this move; a move back asks nothing but a reason."""
    if (RoundState(row.state), RoundState(to)) in BACK_WITH_REASON:
        return []
    return [each for guard in GUARDS.get(RoundState(to), ()) for each in guard(session, row)]


def _notice(_session: Session, row: Round) -> list[Blocker]:
    if row.notice_no.strip() and row.notice_on is not None:
        return []
    return [Blocker("notice", 1, "评查通知的文号和日期未填写", "number and date of the notice")]


def _self_review(session: Session, row: Round) -> list[Blocker]:
    if row.state != RoundState.NOTIFIED:
        return []
    done = session.exec(
        select(RoundStep.done_at).where(
            RoundStep.round_id == row.id, RoundStep.key == "self_review"
        )
    ).first()
    if done is not None:
        return []
    return [Blocker("self_review", 1, "自查自评未登记完成", "the self-review is not recorded")]


def _numbers(session: Session, row: Round) -> list[Blocker]:
    entered = session.exec(
        select(func.count()).select_from(DrawNumber).where(DrawNumber.round_id == row.id)
    ).one()
    if entered >= 2:
        return []
    left = 2 - entered
    return [
        Blocker("numbers", left, f"还缺 {left} 人填写数字", f"numbers still to be entered: {left}")
    ]


def _sheets(session: Session, row: Round) -> list[Blocker]:
    """Every drawn case has its first reviewers, and all their sheets are in."""
    cases = set(session.exec(select(RoundCase.id).where(RoundCase.round_id == row.id)))
    seats = session.exec(
        select(Assignment.round_case_id, Assignment.seat, ScoreSheet.state)
        .join(RoundCase, col(RoundCase.id) == col(Assignment.round_case_id))
        .join(ScoreSheet, col(ScoreSheet.assignment_id) == col(Assignment.id))
        .where(RoundCase.round_id == row.id, ScoreSheet.state != SheetState.WITHDRAWN)
    ).all()
    wanted = ("A", "B") if row.double_scoring else ("A",)
    taken = {(case_id, seat) for case_id, seat, _ in seats}
    empty = sum((case_id, seat) not in taken for case_id in cases for seat in wanted)
    open_ones = sum(
        state != SheetState.SUBMITTED for _, seat, state in seats if not seat.startswith("P")
    )
    found = []
    if empty or not cases:
        found.append(Blocker("seats", empty, f"{empty} 个席位未分派", f"empty seats: {empty}"))
    if open_ones:
        found.append(
            Blocker(
                "sheets", open_ones, f"{open_ones} 份评分表未提交", f"sheets not in: {open_ones}"
            )
        )
    return found


def _common_results(session: Session, row: Round) -> list[Blocker]:
    settled = session.exec(
        select(func.count())
        .select_from(CommonResult)
        .join(RoundCase, col(RoundCase.id) == col(CommonResult.round_case_id))
        .where(RoundCase.round_id == row.id, CommonResult.state == CommonState.SETTLED)
    ).one()
    cases = session.exec(
        select(func.count()).select_from(RoundCase).where(RoundCase.round_id == row.id)
    ).one()
    left = cases - settled
    if not left:
        return []
    return [Blocker("disputes", left, f"{left} 件案卷未形成一致结论", f"cases not settled: {left}")]


def _experts(session: Session, row: Round) -> list[Blocker]:
    open_ones = session.exec(
        select(func.count())
        .select_from(ScoreSheet)
        .join(Assignment, col(Assignment.id) == col(ScoreSheet.assignment_id))
        .join(RoundCase, col(RoundCase.id) == col(Assignment.round_case_id))
        .where(RoundCase.round_id == row.id, ScoreSheet.state == SheetState.OPEN)
    ).one()
    if not open_ones:
        return []
    zh, en = f"{open_ones} 份专家评分表未提交", f"experts' sheets not in: {open_ones}"
    return [Blocker("experts", open_ones, zh, en)]


def _findings(session: Session, row: Round) -> list[Blocker]:
    waiting = session.exec(
        select(func.count())
        .select_from(Finding)
        .where(Finding.round_id == row.id, Finding.state == FindingState.PROPOSED)
    ).one()
    if not waiting:
        return []
    return [
        Blocker("findings", waiting, f"{waiting} 个问题待认定", f"findings to decide: {waiting}")
    ]


def _items(session: Session, row: Round) -> list[Blocker]:
    left = session.exec(
        select(func.count())
        .select_from(RectificationItem)
        .join(RectificationList, col(RectificationList.id) == col(RectificationItem.list_id))
        .where(RectificationList.round_id == row.id, RectificationItem.state != ItemState.CLOSED)
    ).one()
    if not left:
        return []
    return [Blocker("items", left, f"{left} 项整改未销号", f"items not closed: {left}")]


def _publication(session: Session, row: Round) -> list[Blocker]:
    """Results are published on their own page, where they are checked; that moves the round."""
    done = session.exec(select(Publication.id).where(Publication.round_id == row.id)).first()
    if done is not None:
        return []
    zh, en = "请在“评查结果”页面检查并发布结果", "publish the results on the page Results"
    return [Blocker("publication", 1, zh, en)]


GUARDS: Mapping[RoundState, tuple[Guard, ...]] = MappingProxyType(
    {
        RoundState.NOTIFIED: (_notice,),
        RoundState.FROZEN: (_self_review,),
        RoundState.DRAWN: (_numbers,),
        RoundState.DELIBERATING: (_sheets,),
        RoundState.CONFIRMING: (_experts, _common_results),
        RoundState.OBJECTING: (_findings,),
        RoundState.PUBLISHED: (_publication,),
        RoundState.CLOSED: (_items,),
    }
)
"""The questions asked before a round enters a state."""
