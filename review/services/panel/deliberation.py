"""The panel (合议): views and votes of its members, items settled with a reason, the conclusion."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from review.common.clock import now, today
from review.db import audit
from review.db.rows import at_version, found
from review.db.session import transaction
from review.errors import BadScore, BadValue, ReasonMissing, VetoNeedsPanel, WrongState
from review.panels.reconcile import LEAST_MEMBERS, carries_veto, leading
from review.panels.tables import (
    Assignment,
    CommonItem,
    CommonOrigin,
    CommonResult,
    CommonState,
    PanelVote,
)
from review.planning.tables import Round, RoundCase, RoundState
from review.scoring.arithmetic import ItemResult, deduction_of
from review.scoring.checklist import Result
from review.scoring.tables import ScoreSheet, SheetState
from review.services import access
from review.services.access import Actor
from review.services.panel.common_results import CaseSheets, case_sheets, items_of
from review.services.rounds.round_guards import refuse_state
from review.services.rounds.visibility import require_comparison
from review.services.rules.editions import kept_edition

LONGEST_VIEW = 2000


def vote(
    engine: Engine, actor: Actor, common_item_id: int, *, result: Result | str, view: str
) -> None:
    """Give one's view and vote on a disputed item; giving it again replaces it.

    Only members: who handed in a sheet of the case. Raises NotAllowed, BlindPhase, BadScore,
    ReasonMissing (no view), WrongState (settled, or not in deliberation).
    """
    access.require(actor, "panel.vote")
    if not view.strip():
        raise ReasonMissing(what="合议意见", what_en="the vote")
    if len(view) > LONGEST_VIEW:
        raise _bad("意见", "view", f"{view[:20]}…", "太长", "is too long")
    with transaction(engine) as session:
        item, common = _disputed(session, common_item_id)
        drawn, row, _ = require_comparison(session, actor, common.round_case_id)
        _in_deliberation(row)
        if item.result:
            _settled_already(item)
        word = _allowed(drawn, item.item_id, result)
        mine = session.exec(
            select(PanelVote).where(
                PanelVote.common_item_id == item.id, PanelVote.user_id == actor.user_id
            )
        ).first() or PanelVote(
            common_item_id=item.id or 0, user_id=actor.user_id, result="", view="", version=0
        )
        mine.result, mine.view, mine.voted_at = str(word), view.strip(), now()
        mine.version += 1
        session.add(mine)
        audit.record(
            session,
            actor.audit_name,
            "panel.vote",
            "common_item",
            item.id,
            item=item.item_id,
            result=mine.result,
        )


def _disputed(session: Session, common_item_id: int) -> tuple[CommonItem, CommonResult]:
    item = found(session, CommonItem, common_item_id, "合议项", "disputed item")
    common = found(session, CommonResult, item.common_result_id, "合议结果", "common result")
    if not item.is_disputed:
        raise WrongState(
            what=f"评查项 {item.item_id}",
            what_en=f"item {item.item_id}",
            state="一致",
            state_en="agreed",
            action="合议",
            action_en="deliberate on it",
        )
    return item, common


def _settled_already(item: CommonItem) -> None:
    raise WrongState(
        what=f"评查项 {item.item_id}",
        what_en=f"item {item.item_id}",
        state="已作出结论",
        state_en="settled",
        action="投票",
        action_en="vote on it",
    )


def _in_deliberation(row: Round) -> None:
    if row.state != RoundState.DELIBERATING:
        refuse_state(row, "合议", "deliberate")


def _under_deliberation(
    session: Session, actor: Actor, round_case_id: int, seen_version: int
) -> CommonResult:
    """The common result of a case, as the actor saw it, while its round deliberates."""
    _, row, _ = require_comparison(session, actor, round_case_id)
    _in_deliberation(row)
    key = session.exec(
        select(CommonResult.id).where(CommonResult.round_case_id == round_case_id)
    ).first()
    return at_version(
        session, CommonResult, key, "合议结果", "the common result", seen_version=seen_version
    )


def _allowed(drawn: RoundCase, item_id: str, result: Result | str) -> Result:
    edition = kept_edition(drawn.edition, drawn.edition_sha256)
    try:
        word = Result(result)
        deduction_of(edition, edition.item(item_id), ItemResult(word))
    except ValueError as problem:
        raise BadScore(
            item=item_id, reason=f"没有结果“{result}”", reason_en=f"no result {result}"
        ) from problem
    if word is Result.UNDECIDED:
        raise BadScore(item=item_id, reason="合议须作出结论", reason_en="the panel must decide")
    return word


def votes_of(session: Session, common_item_id: int) -> list[PanelVote]:
    """The votes on an item in the order in which they were first given."""
    query = select(PanelVote).where(PanelVote.common_item_id == common_item_id)
    return list(session.exec(query.order_by(col(PanelVote.id))))


def settle_item(
    engine: Engine,
    actor: Actor,
    common_item_id: int,
    *,
    result: Result | str,
    reason: str,
    seen_version: int,
    chosen: Mapping[str, int] | None = None,
) -> None:
    """Settle one disputed item by the votes, with a reason.

    Where the case goes to the panel the result must be one that leads the votes, of two people at
    least; otherwise the section settles it by the reason alone. A failed veto needs two votes and
    the majority always. Raises VetoNeedsPanel, BadValue, BadScore, ReasonMissing, WrongState.
    """
    access.require(actor, "panel.settle")
    if not reason.strip():
        raise ReasonMissing(what="合议结论", what_en="settling the item")
    with transaction(engine) as session:
        item, common = _disputed(session, common_item_id)
        drawn, row, case = require_comparison(session, actor, common.round_case_id)
        _in_deliberation(row)
        if common.state == CommonState.SETTLED:
            _settled_already(item)
        at_version(
            session, CommonItem, common_item_id, "合议项", "the item", seen_version=seen_version
        )
        word = _allowed(drawn, item.item_id, result)
        edition = kept_edition(drawn.edition, drawn.edition_sha256)
        votes = [each.result for each in votes_of(session, common_item_id)]
        if edition.item(item.item_id).is_veto and word is Result.NOT_MET:
            if not carries_veto(votes):
                against = sum(each == Result.NOT_MET for each in votes)
                raise VetoNeedsPanel(item=item.item_id, votes=against, members=len(votes))
        elif common.needs_panel:
            _follows_votes(str(word), votes)
        given = ItemResult(word, {key: n for key, n in (chosen or {}).items() if n})
        item.result, item.chosen = str(word), dict(given.chosen)
        item.deduction = deduction_of(edition, edition.item(item.item_id), given)
        item.reason = reason.strip()
        item.comment = _said_alike(case_sheets(session, drawn, row, case), item.item_id, word)
        item.origin = CommonOrigin.PANEL
        item.settled_by, item.settled_at = actor.row_id, now()
        session.add(item)
        audit.record(
            session,
            actor.audit_name,
            "panel.settle",
            "common_item",
            item.id,
            item=item.item_id,
            result=item.result,
            votes=votes,
            reason=item.reason,
        )


def _said_alike(held: CaseSheets, item_id: str, word: Result) -> str:
    """The comments of the sheets whose result the panel took: they describe what was found."""
    said = [held.given(rows).get(item_id) for rows in held.sheets]
    comments = [each.comment.strip() for each in said if each and each.result is word]
    return "；".join(dict.fromkeys(each for each in comments if each))


def _follows_votes(word: str, votes: Collection[str]) -> None:
    if len(votes) < 2 or word not in leading(votes):
        raise _bad(
            "结论",
            "result",
            word,
            f"须为得票最多的意见（已有 {len(votes)} 票，至少 2 票）",
            f"must lead the votes (there are {len(votes)}; two are needed)",
        )


def conclude(
    engine: Engine,
    actor: Actor,
    round_case_id: int,
    *,
    seen_version: int,
    conclusion: str,
    held_on: date | None = None,
    place: str = "",
    chair_id: int | None = None,
    members: Collection[int] = (),
) -> None:
    """Settle the case once every disputed item is: from now on this is its result.

    Where the panel had to deliberate, it has three members or more, who handed in sheets of the
    case, and one of them is the chair. Raises BadValue, ReasonMissing, WrongState, Stale.
    """
    access.require(actor, "panel.settle")
    if not conclusion.strip():
        raise ReasonMissing(what="合议结论", what_en="concluding the deliberation")
    with transaction(engine) as session:
        common = _under_deliberation(session, actor, round_case_id, seen_version)
        open_items = [each.item_id for each in items_of(session, common.id or 0) if not each.result]
        if common.state == CommonState.SETTLED or open_items:
            named = "、".join(open_items[:10])
            raise WrongState(
                what="合议",
                what_en="the deliberation",
                state=f"{len(open_items)} 项未作结论 {named}".strip(),
                state_en=f"{len(open_items)} items open {named}".strip(),
                action="作出结论",
                action_en="conclude",
            )
        if common.needs_panel:
            _checked_panel(session, round_case_id, members, chair_id)
        common.held_on = held_on or today()
        common.place = place.strip()
        common.chair_id = chair_id
        common.members = sorted(set(members))
        common.conclusion = conclusion.strip()
        common.state = CommonState.SETTLED
        common.settled_by, common.settled_at = actor.row_id, now()
        session.add(common)
        audit.record(
            session,
            actor.audit_name,
            "panel.conclude",
            "round_case",
            round_case_id,
            members=common.members,
            chair=chair_id,
        )


def _checked_panel(
    session: Session, round_case_id: int, members: Collection[int], chair_id: int | None
) -> None:
    seated = set(
        session.exec(
            select(Assignment.user_id)
            .join(ScoreSheet, col(ScoreSheet.assignment_id) == col(Assignment.id))
            .where(
                Assignment.round_case_id == round_case_id,
                ScoreSheet.state == SheetState.SUBMITTED,
            )
        )
    )
    if set(members) - seated:
        raise _bad("合议人员", "members", "", "须为已提交本案评分表的人员", "must have scored it")
    if len(set(members)) < LEAST_MEMBERS:
        raise _bad(
            "合议人员",
            "members",
            len(set(members)),
            f"至少 {LEAST_MEMBERS} 人，请先为本案增派专家",
            f"at least {LEAST_MEMBERS}; seat an expert at the case first",
        )
    if chair_id not in members:
        raise _bad("主持人", "chair", chair_id or "", "须为合议人员之一", "must be one of them")


def reopen_conclusion(
    engine: Engine, actor: Actor, round_case_id: int, *, reason: str, seen_version: int
) -> None:
    """Take the conclusion of a case back, with a reason; its items can be settled anew."""
    access.require(actor, "panel.settle")
    if not reason.strip():
        raise ReasonMissing(what="重新合议", what_en="deliberating again")
    with transaction(engine) as session:
        common = _under_deliberation(session, actor, round_case_id, seen_version)
        disputed = [each for each in items_of(session, common.id or 0) if each.is_disputed]
        if common.state != CommonState.SETTLED or not disputed:
            raise WrongState(
                what="合议",
                what_en="the deliberation",
                state="无争议项或者未作结论",
                state_en="nothing was disputed, or it is open",
                action="重新合议",
                action_en="deliberate again",
            )
        common.state = CommonState.OPEN
        for item in disputed:
            item.result, item.chosen, item.deduction = "", {}, item.deduction * 0
            item.version += 1
            session.add(item)
        session.add(common)
        audit.record(
            session,
            actor.audit_name,
            "panel.reopen",
            "round_case",
            round_case_id,
            reason=reason.strip(),
        )


def _bad(zh: str, en: str, value: object, reason: str, reason_en: str) -> BadValue:
    return BadValue(field=zh, field_en=en, value=value, reason=reason, reason_en=reason_en)
