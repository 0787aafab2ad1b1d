"""Waiver lists of the site: read from a workbook, compared, published with a day of force, kept.

A published list never changes: what is corrected is a new version. Shipped lists stand beside them
and are used where no published list of the kind is in force.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from review.common.clock import now
from review.common.tabular import CellProblem, read_workbook
from review.db import audit
from review.db.rows import at_version, found
from review.db.session import reading, transaction
from review.errors import BadValue, BadWorkbook, DuplicateRow, NotFound, WrongState
from review.law.in_force import law_in_force
from review.law.waiver_changes import ItemChange, changes
from review.law.waiver_list import KIND_WORDS, ListKind, WaiverList
from review.law.waiver_tables import WaiverListRow
from review.law.waiver_workbook import ListHead, ReadList, read_list
from review.reports.waiver_list_xlsx import waiver_list_xlsx
from review.services import access
from review.services.access import Actor
from review.services.rules.editions import Words
from review.services.waivers.waiver_rows import DRAFT, PUBLISHED, list_from, waiver_lists_in

SHIPPED = "shipped"
SHOWN_PROBLEMS = 5


@dataclass(frozen=True, slots=True)
class WaiverListCard:
    """A list in the table of lists; `id` None: shipped with the product.

    `state` is draft, published or shipped.
    """

    key: str
    id: int | None
    kind: ListKind
    kind_words: Words
    title: Words
    version_name: str
    issued_by: str
    in_force_on: date
    ended_on: date | None
    state: str
    items: int
    is_whole: bool
    confirmed_by: str
    source_name: str
    imported_at: datetime | None
    published_at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class WaiverListView:
    """One list with what it changes against the version before it of the same kind."""

    card: WaiverListCard
    held: WaiverList
    before_title: Words | None
    changes: tuple[ItemChange, ...]


@dataclass(frozen=True, slots=True)
class ListPreview:
    """What a workbook would become; `held` None where problems keep it out."""

    held: WaiverList | None
    problems: tuple[CellProblem, ...]
    skipped: tuple[str, ...]
    guessed: int
    before_title: Words | None
    changes: tuple[ItemChange, ...]


def list_lists(engine: Engine, actor: Actor) -> list[WaiverListCard]:
    """Every list by kind, the newest in force first; drafts before all."""
    access.require(actor, "waivers.view")
    with reading(engine) as session:
        rows = session.exec(select(WaiverListRow).order_by(col(WaiverListRow.id).desc())).all()
    cards = [_card(row) for row in rows]
    cards += [_shipped_card(held) for held in law_in_force().waiver_lists]
    order = list(ListKind)
    return sorted(
        cards,
        key=lambda card: (
            card.state != DRAFT,
            order.index(card.kind),
            -card.in_force_on.toordinal(),
        ),
    )


def list_view(engine: Engine, actor: Actor, key: str) -> WaiverListView:
    """One list. Raises NotFound."""
    access.require(actor, "waivers.view")
    with reading(engine) as session:
        card, held = _find(session, key)
        before = _before(session, held, but=card.id)
    return WaiverListView(card, held, _title(before), changes(before, held) if before else ())


def _find(session: Session, key: str) -> tuple[WaiverListCard, WaiverList]:
    for held in law_in_force().waiver_lists:
        if _shipped_key(held) == key:
            return _shipped_card(held), held
    row_id = key.removeprefix("list-")
    row = session.get(WaiverListRow, int(row_id)) if row_id.isdecimal() else None
    if row is None:
        raise NotFound(what="免罚清单", what_en="waiver list", key=key)
    return _card(row), list_from(row)


def _before(session: Session, held: WaiverList, *, but: int | None = None) -> WaiverList | None:
    """The version that was in force the day before, published or shipped."""
    rows = session.exec(
        select(WaiverListRow).where(
            WaiverListRow.state == PUBLISHED,
            WaiverListRow.kind == held.kind,
            col(WaiverListRow.id) != (but or 0),
        )
    ).all()
    lists = [list_from(row) for row in rows]
    lists += [each for each in law_in_force().waiver_lists if each.kind is held.kind]
    earlier = [each for each in lists if each.in_force < held.in_force and each != held]
    return max(earlier, key=lambda each: each.in_force, default=None)


def preview_list(
    engine: Engine, actor: Actor, *, name: str, raw: bytes, head: ListHead
) -> ListPreview:
    """What a workbook would become and what that changes; nothing is written.

    Raises the errors of unreadable files, and BadValue for an empty title.
    """
    access.require(actor, "waivers.manage")
    read = _read(name, raw, head)
    if read.held is None:
        return ListPreview(None, read.problems, read.skipped, read.guessed, None, ())
    with reading(engine) as session:
        before = _before(session, read.held)
    return ListPreview(
        read.held, (), read.skipped, read.guessed, _title(before), changes(before, read.held)
    )


def _read(name: str, raw: bytes, head: ListHead) -> ReadList:
    if not head.title.strip():
        raise BadValue(
            field="清单名称", field_en="title", value="", reason="不能为空", reason_en="is empty"
        )
    return read_list(read_workbook(raw, name), replace(head, title=head.title.strip()))


def import_list(engine: Engine, actor: Actor, *, name: str, raw: bytes, head: ListHead) -> int:
    """Keep a workbook's list as a draft; returns its id. Raises BadWorkbook with `items`."""
    access.require(actor, "waivers.manage")
    read = _read(name, raw, head)
    if read.held is None:
        raise bad_workbook(name, read.problems)
    content = read.held.model_dump(mode="json")
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    with transaction(engine) as session:
        row = WaiverListRow(
            kind=read.held.kind,
            title=read.held.title.zh,
            version_name=read.held.version,
            in_force_on=read.held.in_force,
            content=content,
            sha256=digest,
            source_name=name,
            imported_by=actor.row_id,
        )
        session.add(row)
        session.flush()
        assert row.id is not None
        audit.record(
            session,
            actor.audit_name,
            "waiver_list.import",
            "waiver_list",
            row.id,
            sha256=digest,
            items=len(read.held.items),
        )
        return row.id


def bad_workbook(name: str, problems: tuple[CellProblem, ...]) -> BadWorkbook:
    """The error for a workbook that cannot be taken over; `details["items"]` has every problem."""
    shown = problems[:SHOWN_PROBLEMS]
    return BadWorkbook(
        file=name,
        count=len(problems),
        problems="；".join(each.text("zh") for each in shown),
        problems_en="; ".join(each.text("en") for each in shown),
        items=problems,
    )


def publish_list(
    engine: Engine,
    actor: Actor,
    list_id: int,
    *,
    in_force_on: date,
    confirmed_by: str = "",
    seen_version: int,
) -> None:
    """Put a draft in force from a day on; it never changes again.

    `confirmed_by` names who compared it with the issued text; empty: unconfirmed, and the pages say
    so. Raises WrongState, Stale, DuplicateRow where a list of the kind begins on that day.
    """
    access.require(actor, "waivers.manage")
    with transaction(engine) as session:
        row = at_version(
            session, WaiverListRow, list_id, "免罚清单", "waiver list", seen_version=seen_version
        )
        if row.state != DRAFT:
            raise _wrong_state(row, "发布", "publish it")
        twin = session.exec(
            select(WaiverListRow).where(
                WaiverListRow.kind == row.kind,
                WaiverListRow.state == PUBLISHED,
                WaiverListRow.in_force_on == in_force_on,
            )
        ).first()
        if twin is not None:
            raise DuplicateRow(
                what=f"{in_force_on} 起施行的{KIND_WORDS[ListKind(row.kind)].zh}清单",
                what_en=f"a list in force from {in_force_on}",
                key=twin.title,
            )
        held = WaiverList.model_validate(row.content)
        confirmed = confirmed_by.strip()
        row.content = held.model_copy(
            update={
                "in_force": in_force_on,
                "confirmed": bool(confirmed),
                "confirmed_by": confirmed or None,
            }
        ).model_dump(mode="json")
        row.in_force_on = in_force_on
        row.state = PUBLISHED
        row.published_by = actor.row_id
        row.published_at = now()
        audit.record(
            session,
            actor.audit_name,
            "waiver_list.publish",
            "waiver_list",
            list_id,
            in_force_on=in_force_on.isoformat(),
            is_confirmed=bool(confirmed),
        )


def end_list(
    engine: Engine, actor: Actor, list_id: int, *, ended_on: date, seen_version: int
) -> None:
    """Say from which day a published list is no longer in force. Raises WrongState, BadValue."""
    access.require(actor, "waivers.manage")
    with transaction(engine) as session:
        row = at_version(
            session, WaiverListRow, list_id, "免罚清单", "waiver list", seen_version=seen_version
        )
        if row.state != PUBLISHED:
            raise _wrong_state(row, "废止", "end it")
        if ended_on <= row.in_force_on:
            raise BadValue(
                field="失效日期",
                field_en="end",
                value=ended_on.isoformat(),
                reason="应晚于施行日期",
                reason_en="must be after the day in force",
            )
        row.ended_on = ended_on
        audit.record(
            session,
            actor.audit_name,
            "waiver_list.end",
            "waiver_list",
            list_id,
            ended_on=ended_on.isoformat(),
        )


def discard_list(engine: Engine, actor: Actor, list_id: int) -> None:
    """Remove a draft. Raises WrongState for a published list."""
    access.require(actor, "waivers.manage")
    with transaction(engine) as session:
        row = found(session, WaiverListRow, list_id, "免罚清单", "waiver list")
        if row.state != DRAFT:
            raise _wrong_state(row, "删除", "remove it")
        session.delete(row)
        audit.record(
            session,
            actor.audit_name,
            "waiver_list.discard",
            "waiver_list",
            list_id,
            sha256=row.sha256,
        )


def export_list(engine: Engine, actor: Actor, key: str) -> tuple[str, bytes]:
    """File name and workbook of a list. Raises NotFound."""
    access.require(actor, "waivers.view")
    with reading(engine) as session:
        card, held = _find(session, key)
    return f"{card.title.zh}_{card.in_force_on.isoformat()}.xlsx", waiver_list_xlsx(held)


def lists_in_force(engine: Engine, actor: Actor, *, on: date) -> dict[ListKind, WaiverList]:
    """The list of each kind that holds on a day."""
    access.require(actor, "waivers.view")
    with reading(engine) as session:
        law = law_in_force().for_site(waiver_lists=waiver_lists_in(session))
    held = {kind: law.waiver_list(on=on, kind=kind) for kind in ListKind}
    return {kind: each for kind, each in held.items() if each is not None}


def _wrong_state(row: WaiverListRow, zh: str, en: str) -> WrongState:
    states = {DRAFT: "草稿", PUBLISHED: "已发布"}
    return WrongState(
        what="免罚清单",
        what_en="the waiver list",
        state=states.get(row.state, row.state),
        action=zh,
        action_en=en,
    )


def _title(held: WaiverList | None) -> Words | None:
    return Words(held.title.zh, held.title.en) if held else None


def _card(row: WaiverListRow) -> WaiverListCard:
    held = list_from(row)
    return _card_of(
        held,
        key=f"list-{row.id}",
        row_id=row.id,
        state=row.state,
        source_name=row.source_name,
        imported_at=row.imported_at,
        published_at=row.published_at,
        version=row.version,
    )


def _shipped_key(held: WaiverList) -> str:
    return f"{SHIPPED}-{held.kind}-{held.in_force.isoformat()}"


def _shipped_card(held: WaiverList) -> WaiverListCard:
    return _card_of(
        held,
        key=_shipped_key(held),
        row_id=None,
        state=SHIPPED,
        source_name="",
        imported_at=None,
        published_at=None,
        version=0,
    )


def _card_of(
    held: WaiverList,
    *,
    key: str,
    row_id: int | None,
    state: str,
    source_name: str,
    imported_at: datetime | None,
    published_at: datetime | None,
    version: int,
) -> WaiverListCard:
    words = KIND_WORDS[held.kind]
    return WaiverListCard(
        key=key,
        id=row_id,
        kind=held.kind,
        kind_words=Words(words.zh, words.en),
        title=Words(held.title.zh, held.title.en),
        version_name=held.version,
        issued_by=held.issued_by,
        in_force_on=held.in_force,
        ended_on=held.ended,
        state=state,
        items=len(held.items),
        is_whole=held.is_whole,
        confirmed_by=held.confirmed_by or "",
        source_name=source_name,
        imported_at=imported_at,
        published_at=published_at,
        version=version,
    )
