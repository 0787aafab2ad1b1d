"""Scoring: saving one item, pinning evidence, submitting and reopening a sheet.

A score is saved item by item in one short transaction: the event that keeps its history, the
current value and the audit record together. A repeated send of the same `client_id` changes
nothing, and a write on an outdated version is refused with the value that stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy import Engine
from sqlmodel import Session, select

from review.casefiles.tables import SourceFile
from review.common.clock import now
from review.db import audit
from review.db.rows import found
from review.db.session import transaction
from review.documents.tables import PageRow
from review.errors import (
    BadScore,
    BadValue,
    NotFound,
    ReasonMissing,
    SheetIncomplete,
    SheetSubmitted,
    Stale,
    TimeCodeMissing,
    WrongState,
)
from review.planning.tables import RoundState
from review.scoring.adoption import FAULTS
from review.scoring.arithmetic import ItemResult, deduction_of
from review.scoring.checklist import Result, concerns
from review.scoring.tables import ItemScore, Pin, ScoreEvent, ScoreSheet, SheetState
from review.services import access
from review.services.access import Actor
from review.services.desk.adoption import reason_kept, settle_decisions
from review.services.desk.sheet_views import Saved
from review.services.desk.sheets import (
    SheetRows,
    confirmed_vetoes,
    my_sheets,
    open_sheet,
    proposals_of,
    rejected_for,
    score_view,
    scores_of,
    sheet_cards,
    sheet_result,
    sheet_rounds,
    sheet_rows,
    totals_of,
)
from review.services.panel.common_results import case_sheets, merge_case
from review.services.plain import plain
from review.services.rounds.round_guards import refuse_state

__all__ = [
    "my_sheets",
    "open_sheet",
    "pin",
    "reject_proposal",
    "reopen",
    "save_score",
    "sheet_cards",
    "sheet_result",
    "sheet_rounds",
    "submit",
    "unpin",
]

TIME_CODE = re.compile(r"(?<!\d)\d{1,2}[:：][0-5]\d[:：][0-5]\d(?!\d)")
LONGEST_COMMENT = 2000
LONGEST_CLIENT_ID = 100


def _own_open_sheet(session: Session, actor: Actor, sheet_id: int) -> SheetRows:
    """The actor's own sheet that takes scores. Raises NotAllowed, SheetSubmitted, WrongState."""
    rows = sheet_rows(session, actor, sheet_id, action="sheet.score")
    if rows.sheet.scorer_id != actor.user_id:
        access.refuse("sheet.score")
    if rows.sheet.state != SheetState.OPEN:
        raise SheetSubmitted
    if not rows.is_scored_now:
        refuse_state(rows.round, "评分", "score")
    return rows


def save_score(
    engine: Engine,
    actor: Actor,
    *,
    sheet_id: int,
    item_id: str,
    result: Result | str,
    chosen: Mapping[str, int] | None = None,
    comment: str = "",
    base_version: int,
    client_id: str,
    origin: str = "person",
) -> Saved:
    """Save the score of one item.

    `chosen` maps ids of the item's reasons to counts. `base_version` is the version of the item
    that the person saw, 0 before its first score. `client_id` names this send: the same one again
    returns what was saved. `origin` is "person", or "proposal" where a proposal was accepted.

    Raises:
        Stale: the item was scored since; `details["value"]` holds the score that stands.
        SheetSubmitted, WrongState: the sheet or the round takes no scores.
        BadScore: the item does not allow the result.
        NotAllowed: not the actor's sheet.
    """
    _check_words(client_id, comment)
    with transaction(engine) as session:
        repeated = _event(session, sheet_id, client_id)
        if repeated is not None:
            return _saved_before(session, actor, repeated, item_id)
        rows = _own_open_sheet(session, actor, sheet_id)
        given = _given(rows, item_id, result, chosen or {}, comment)
        deduction = deduction_of(rows.edition, rows.edition.item(item_id), given)
        score = _item_score(session, sheet_id, item_id)
        version = score.version if score else 0
        if version != base_version:
            raise Stale(
                what=f"评查项 {item_id}",
                what_en=f"item {item_id}",
                current=version,
                seen=base_version,
                value=plain(score_view(score)) if score else None,
            )
        if score is None:
            score = ItemScore(sheet_id=sheet_id, item_id=item_id, result=given.result, version=0)
        score.result = str(given.result)
        score.chosen = dict(given.chosen)
        score.deduction = deduction
        score.comment = comment
        score.origin = origin
        score.version = version + 1
        score.scored_at = now()
        session.add(score)
        session.add(
            ScoreEvent(
                sheet_id=sheet_id,
                item_id=item_id,
                version=score.version,
                result=score.result,
                chosen=score.chosen,
                deduction=deduction,
                comment=comment,
                client_id=client_id,
                scorer_id=actor.user_id,
            )
        )
        audit.record(
            session,
            actor.audit_name,
            "score.save",
            "score_sheet",
            sheet_id,
            item=item_id,
            version=score.version,
            result=score.result,
            chosen=score.chosen,
            deduction=str(deduction),
            origin=origin,
        )
        return _saved(session, rows, item_id, score.version, score.deduction)


def _check_words(client_id: str, comment: str) -> None:
    if not client_id or len(client_id) > LONGEST_CLIENT_ID:
        raise BadValue(
            field="client_id",
            value=client_id[:LONGEST_CLIENT_ID],
            reason=f"应为 1 至 {LONGEST_CLIENT_ID} 个字符",
            reason_en=f"1 to {LONGEST_CLIENT_ID} characters are needed",
        )
    if len(comment) > LONGEST_COMMENT:
        raise BadValue(
            field="评查意见",
            field_en="comment",
            value=f"{comment[:20]}…",
            reason=f"不能超过 {LONGEST_COMMENT} 字",
            reason_en=f"at most {LONGEST_COMMENT} characters",
        )


def _given(
    rows: SheetRows, item_id: str, result: Result | str, chosen: Mapping[str, int], comment: str
) -> ItemResult:
    item = rows.edition.by_id.get(item_id)
    if item is None or not concerns(item, rows.procedure):
        raise BadScore(item=item_id, reason="本案没有此项", reason_en="not an item of this case")
    try:
        word = Result(result)
    except ValueError as problem:
        raise BadScore(
            item=item_id, reason=f"没有结果“{result}”", reason_en=f"no result {result}"
        ) from problem
    for reason_id, count in chosen.items():
        if not isinstance(count, int) or isinstance(count, bool):
            raise BadScore(
                item=item_id,
                reason=f"{reason_id} 的次数应为整数",
                reason_en=f"the count of {reason_id} must be a whole number",
            )
    return ItemResult(word, {key: count for key, count in chosen.items() if count}, comment=comment)


def _event(session: Session, sheet_id: int, client_id: str) -> ScoreEvent | None:
    query = select(ScoreEvent).where(
        ScoreEvent.sheet_id == sheet_id, ScoreEvent.client_id == client_id
    )
    return session.exec(query).first()


def _item_score(session: Session, sheet_id: int, item_id: str) -> ItemScore | None:
    query = select(ItemScore).where(ItemScore.sheet_id == sheet_id, ItemScore.item_id == item_id)
    return session.exec(query).first()


def _saved_before(session: Session, actor: Actor, event: ScoreEvent, item_id: str) -> Saved:
    """The answer to a repeated send, also after the sheet was submitted. Changes nothing."""
    rows = sheet_rows(session, actor, event.sheet_id, action="sheet.score")
    if event.item_id != item_id or event.scorer_id != actor.user_id:
        raise BadValue(
            field="client_id",
            value=event.client_id,
            reason="已用于另一项评分",
            reason_en="was used for another score",
        )
    return _saved(session, rows, event.item_id, event.version, event.deduction)


def _saved(
    session: Session, rows: SheetRows, item_id: str, version: int, deduction: Decimal
) -> Saved:
    sheet_id = rows.sheet.id or 0
    vetoes = confirmed_vetoes(session, rows.round.id or 0, rows.sheet.case_id)
    totals = totals_of(rows, scores_of(session, sheet_id), vetoes)
    return Saved(item_id, version, deduction, totals)


def pin(
    engine: Engine,
    actor: Actor,
    *,
    sheet_id: int,
    item_id: str,
    page_id: int,
    box: Sequence[float] | None = None,
    quote: str = "",
    note: str = "",
) -> int:
    """Pin a place of the case file to an item of the actor's own open sheet; returns the pin's id.

    `box` is left, top, right, bottom in points, None for the whole page. Raises BadValue for a
    box outside the page and NotFound for a page of another case.
    """
    with transaction(engine) as session:
        rows = _own_open_sheet(session, actor, sheet_id)
        rows.edition.item(item_id)
        page = found(session, PageRow, page_id, "页面", "page")
        source = session.get(SourceFile, page.source_file_id)
        if source is None or source.case_id != rows.sheet.case_id:
            found(session, PageRow, None, "页面", "page")
        made = Pin(
            sheet_id=sheet_id,
            item_id=item_id,
            page_id=page_id,
            box=_checked_box(box, page),
            quote=quote[:LONGEST_COMMENT],
            note=note[:LONGEST_COMMENT],
            pinned_by=actor.user_id,
        )
        session.add(made)
        session.flush()
        assert made.id is not None
        audit.record(
            session,
            actor.audit_name,
            "pin.add",
            "score_sheet",
            sheet_id,
            item=item_id,
            pin=made.id,
            page=page_id,
        )
        return made.id


def _checked_box(box: Sequence[float] | None, page: PageRow) -> list[float] | None:
    if box is None:
        return None
    sides = [float(side) for side in box] if len(box) == 4 else []
    if not sides or not (
        0 <= sides[0] < sides[2] <= page.width + 1 and 0 <= sides[1] < sides[3] <= page.height + 1
    ):
        raise BadValue(
            field="位置",
            field_en="box",
            value=str(list(box)),
            reason="不在页面之内",
            reason_en="is not within the page",
        )
    return sides


def unpin(engine: Engine, actor: Actor, *, sheet_id: int, pin_id: int) -> None:
    """Take a pin off; it stays in the history. Raises NotFound for a pin of another sheet."""
    with transaction(engine) as session:
        _own_open_sheet(session, actor, sheet_id)
        row = session.get(Pin, pin_id)
        if row is None or row.sheet_id != sheet_id:
            row = found(session, Pin, None, "证据标记", "pin")
        if row.removed_at is None:
            row.removed_at = now()
            session.add(row)
            audit.record(
                session, actor.audit_name, "pin.remove", "score_sheet", sheet_id, pin=pin_id
            )


def submit(engine: Engine, actor: Actor, sheet_id: int, *, overall: str, seen_version: int) -> None:
    """Hand the sheet in; it takes no scores afterwards.

    Raises SheetIncomplete with the items that are not decided, TimeCodeMissing with those whose
    deduction names no place of the recording, Stale, SheetSubmitted.
    """
    with transaction(engine) as session:
        rows = _own_open_sheet(session, actor, sheet_id)
        sheet = rows.sheet
        if sheet.version != seen_version:
            raise Stale(
                what="评分表", what_en="the sheet", current=sheet.version, seen=seen_version
            )
        vetoes = confirmed_vetoes(session, rows.round.id or 0, sheet.case_id)
        scores = scores_of(session, sheet_id)
        totals = totals_of(rows, scores, vetoes)
        if totals.undecided:
            raise SheetIncomplete(
                count=len(totals.undecided),
                items="、".join(totals.undecided[:20]),
                item_ids=totals.undecided,
            )
        _require_time_codes(rows, scores)
        if not rows.round.hide_proposals:
            settle_decisions(session, actor, sheet_id, proposals_of(session, rows), scores)
        sheet.state = SheetState.SUBMITTED
        sheet.overall = overall.strip()
        sheet.submitted_at = now()
        sheet.version += 1
        session.add(sheet)
        session.flush()
        if rows.round.state == RoundState.DELIBERATING:  # an expert's say counts too
            merge_case(session, case_sheets(session, rows.round_case, rows.round, rows.case))
        audit.record(
            session,
            actor.audit_name,
            "sheet.submit",
            "score_sheet",
            sheet_id,
            score=str(totals.score),
            grade=totals.grade.zh if totals.grade else None,
        )


def _require_time_codes(rows: SheetRows, scores: Sequence[ItemScore]) -> None:
    """Deductions on recordings name the place: h:mm:ss in the comment."""
    without = [
        score.item_id
        for score in scores
        if score.result in FAULTS
        and rows.edition.item(score.item_id).needs_time_code
        and TIME_CODE.search(score.comment) is None
    ]
    if without:
        raise TimeCodeMissing(items="、".join(without), item_ids=tuple(without))


def reject_proposal(
    engine: Engine, actor: Actor, *, sheet_id: int, item_id: str, reason_key: str, reason: str = ""
) -> str:
    """Say why the proposal of an item is not taken; returns the reason in words.

    The score itself is given as ever. Raises NotFound where nothing is proposed, BadValue,
    ReasonMissing, and as `save_score`.
    """
    with transaction(engine) as session:
        rows = _own_open_sheet(session, actor, sheet_id)
        proposal = None if rows.round.hide_proposals else proposals_of(session, rows).get(item_id)
        if proposal is None or proposal.result not in FAULTS:
            raise NotFound(what="机器建议", what_en="proposal", key=item_id)
        row = reason_kept(session, actor, sheet_id, proposal, reason_key=reason_key, reason=reason)
        words = rejected_for(row)
    return words.zh if words and actor.language != "en" else words.en if words else ""


def reopen(engine: Engine, actor: Actor, sheet_id: int, *, reason: str) -> None:
    """Give a submitted sheet back to its scorer, as long as nobody has seen another's.

    That ends with the first review; later the panel settles the item. Raises ReasonMissing,
    WrongState.
    """
    access.require(actor, "sheet.reopen")
    if not reason.strip():
        raise ReasonMissing(what="退回评分表", what_en="reopening the sheet")
    with transaction(engine) as session:
        rows = sheet_rows(session, actor, sheet_id, action="sheet.reopen")
        if rows.round.state != RoundState.SCORING:
            refuse_state(rows.round, "退回评分表", "reopen a sheet")
        if rows.sheet.state != SheetState.SUBMITTED:
            raise WrongState(
                what="评分表",
                what_en="the sheet",
                state="未提交",
                state_en="not submitted",
                action="退回",
                action_en="reopen it",
            )
        sheet: ScoreSheet = rows.sheet
        sheet.state = SheetState.OPEN
        sheet.submitted_at = None
        sheet.version += 1
        session.add(sheet)
        audit.record(
            session, actor.audit_name, "sheet.reopen", "score_sheet", sheet_id, reason=reason
        )
