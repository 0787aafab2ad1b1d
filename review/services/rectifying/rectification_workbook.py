"""A rectification list that comes back as a workbook: looked at first, then taken over by choice.

The same reading serves both, so that nothing is taken that was not shown; everything that was
chosen is written in one transaction, or nothing of it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Engine
from sqlmodel import Session

from review.common.clock import today
from review.common.tabular import CellProblem
from review.db import audit
from review.db.rows import found
from review.db.session import reading, transaction
from review.errors import ReviewError, WorkbookNotTaken
from review.rectification.deadlines import refuse_past_deadline
from review.rectification.lifecycle import MOVES, Action, Side, state_word
from review.rectification.tables import ItemState, RectificationItem
from review.reports.read_back import Change, ReadBack, read_rectification_xlsx
from review.services import access
from review.services.access import Actor
from review.services.rectifying.rectification import change_fields, has_proof, take_step
from review.services.rectifying.rectification_views import side_of, visible_list
from review.services.results.exports import editable_by, list_content

Cell = tuple[int, str]
"""An item's id and a field."""

_BY_STATE: Mapping[ItemState, Action] = {
    ItemState.IN_WORK: Action.START,
    ItemState.SUBMITTED: Action.SUBMIT,
}
"""What a state that is written into the workbook asks for."""


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What was written: how many cells of how many items."""

    cells: int
    items: int


def read_back(engine: Engine, actor: Actor, list_id: int, raw: bytes, *, name: str) -> ReadBack:
    """What a workbook would change, and what of it cannot be taken; nothing is written.

    Raises NotFound, NotAllowed, and the errors of unreadable files.
    """
    access.require(actor, "item.edit")
    with reading(engine) as session:
        return _read(session, actor, list_id, raw, name)


def _read(session: Session, actor: Actor, list_id: int, raw: bytes, name: str) -> ReadBack:
    visible_list(session, actor, list_id)
    content = list_content(session, actor, list_id)
    seen = read_rectification_xlsx(raw, name, content.rows, editable=editable_by(actor))
    sheet = seen.problems[0].sheet if seen.problems else name
    steps = {(each.item_id, each.field): each for each in seen.changes}
    wrong = [
        problem
        for change in seen.changes
        if (problem := _problem(session, actor, change, steps, sheet)) is not None
    ]
    return replace(seen, problems=(*seen.problems, *wrong))


def _problem(
    session: Session,
    actor: Actor,
    change: Change,
    changes: Mapping[Cell, Change],
    sheet: str,
) -> CellProblem | None:
    """Why a cell that reads well cannot be taken all the same."""
    item = found(session, RectificationItem, change.item_id, "整改事项", "rectification item")
    said: tuple[str, str] | None = None
    if isinstance(change.new, ItemState):
        said = _wrong_step(session, actor, item, change.new, changes)
    elif item.state == ItemState.CLOSED:
        said = ("该项已销号，不能再修改", "this item is closed off")
    elif isinstance(change.new, date):
        try:
            refuse_past_deadline(change.new, today())
        except ReviewError as error:
            said = (error.text("zh"), error.text("en"))
    elif change.field == "measure" and not change.new.strip():
        said = ("整改措施不能为空", "the measure must not be empty")
    return CellProblem(sheet, change.row, change.column, *said) if said else None


def _wrong_step(
    session: Session,
    actor: Actor,
    item: RectificationItem,
    to: ItemState,
    changes: Mapping[Cell, Change],
) -> tuple[str, str] | None:
    now = ItemState(item.state)
    action = _BY_STATE.get(to)
    zh, en = state_word(now, "zh"), state_word(now, "en")
    new_zh, new_en = state_word(to, "zh"), state_word(to, "en")
    if action is None or side_of(actor) is not Side.UNIT or now not in MOVES[action].come_from:
        return f"不能从“{zh}”改为“{new_zh}”", f"{en} cannot become {new_en} here"
    if action is Action.SUBMIT:
        progress = changes.get((item.id or 0, "progress"))
        if not (str(progress.new) if progress else item.progress).strip():
            return "提交前请填写整改情况", "say what was done before submitting"
        if not has_proof(session, item.id or 0):
            return (
                "提交前请先在系统内为该项上传佐证材料",
                "add a proof to this item in the workbench before submitting it",
            )
    return None


def take_over(
    engine: Engine,
    actor: Actor,
    list_id: int,
    raw: bytes,
    *,
    name: str,
    accepted: Collection[Cell],
) -> TakenOver:
    """Write the chosen changes of a workbook; all of them or none.

    The workbook is read again inside the transaction: a chosen cell that reads otherwise by then,
    or any problem, stops everything. Raises WorkbookNotTaken, NotFound, NotAllowed.
    """
    access.require(actor, "item.edit")
    with transaction(engine) as session:
        seen = _read(session, actor, list_id, raw, name)
        chosen = [each for each in seen.changes if (each.item_id, each.field) in set(accepted)]
        if seen.problems or len(chosen) != len(set(accepted)) or not chosen:
            raise _not_taken(seen)
        by_item: dict[int, dict[str, Change]] = {}
        for change in chosen:
            by_item.setdefault(change.item_id, {})[change.field] = change
        for item_id, own in by_item.items():
            _write(session, actor, item_id, own)
        audit.record(
            session,
            actor.audit_name,
            "list.take_over",
            "rectification_list",
            list_id,
            cells=len(chosen),
            items=sorted(by_item),
        )
        return TakenOver(len(chosen), len(by_item))


def _not_taken(seen: ReadBack) -> WorkbookNotTaken:
    first = seen.problems[:3]
    zh = "；".join(f"第 {each.row} 行 {each.column or ''} 列：{each.zh}" for each in first)
    en = "; ".join(f"row {each.row} column {each.column or ''}: {each.en}" for each in first)
    return WorkbookNotTaken(
        count=len(seen.problems),
        problems=zh or "所选修改与清单现状不一致",
        problems_en=en or "the chosen changes are no longer those of the workbook",
    )


def _write(session: Session, actor: Actor, item_id: int, own: Mapping[str, Change]) -> None:
    """The changes of one item: its fields first, then the step that its state asks for."""
    item = found(session, RectificationItem, item_id, "整改事项", "rectification item")
    item.version += 1
    fields = {
        field: change.new for field, change in own.items() if not isinstance(change.new, ItemState)
    }
    if fields:
        change_fields(session, actor, item, fields, note=NOTE)
    state = own.get("state")
    if state is not None and isinstance(state.new, ItemState):
        take_step(session, actor, item, _BY_STATE[state.new], note=item.progress)


NOTE = "由表格导入"
"""How the history names a change that came in by a workbook."""
