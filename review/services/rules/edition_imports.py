"""Editions of the site: read from a workbook, compared, published with a day of force, kept.

A published edition never changes: rounds and sheets point at its bytes by their hash, and scores
stay with the edition under which they were given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import select

from review.checks.catalogue import checks
from review.common.clock import now
from review.common.datafile import parse_data_file
from review.common.store import Store
from review.common.tabular import CellProblem, read_workbook
from review.db import audit
from review.db.rows import at_version, found
from review.db.session import reading, transaction
from review.errors import BadValue, DuplicateRow, WrongState
from review.reports.edition_xlsx import edition_xlsx
from review.scoring.checklist import parse_edition
from review.scoring.edition import Edition
from review.scoring.edition_changes import EditionChange, edition_changes
from review.scoring.edition_file import EditionFile
from review.scoring.edition_tables import EditionRow
from review.scoring.edition_workbook import ReadEdition, read_edition
from review.services import access
from review.services.access import Actor
from review.services.rules.editions import (
    DRAFT,
    PUBLISHED,
    KnownEdition,
    Words,
    known_edition,
    known_editions,
)
from review.services.rules.waiver_lists import bad_workbook
from review.settings import settings

KIND = re.compile(r"^[a-z][a-z0-9-]{1,38}[a-z0-9]$")


@dataclass(frozen=True, slots=True)
class EditionPreview:
    """What a workbook would become; `edition` None where problems keep it out."""

    edition: Edition | None
    problems: tuple[CellProblem, ...]
    skipped: tuple[str, ...]
    before_title: Words | None
    changes: tuple[EditionChange, ...]


def edition_kinds(engine: Engine, actor: Actor) -> list[str]:
    """The kinds of which there is an edition."""
    access.require(actor, "checklists.view")
    return sorted({known.edition.kind for known in known_editions(engine)})


def preview_edition(
    engine: Engine, actor: Actor, *, name: str, raw: bytes, kind: str, in_force_on: date
) -> EditionPreview:
    """What a workbook would become and what that changes; nothing is written.

    Raises the errors of unreadable files, and BadValue for a kind that is no name.
    """
    access.require(actor, "checklists.manage")
    read = _read(name, raw, kind, in_force_on)
    if read.edition is None:
        return EditionPreview(None, read.problems, read.skipped, None, ())
    title, changes = _against_last(engine, read.edition)
    return EditionPreview(read.edition, (), read.skipped, title, changes)


def _read(name: str, raw: bytes, kind: str, in_force_on: date) -> ReadEdition:
    if not KIND.match(kind):
        raise BadValue(
            field="标准类别",
            field_en="kind",
            value=kind,
            reason="用小写字母、数字和连字符，如 penalty-ordinary",
            reason_en="small letters, digits and hyphens, like penalty-ordinary",
        )
    return read_edition(
        read_workbook(raw, name),
        kind=kind,
        in_force=in_force_on,
        known_checks=[check.id for check in checks()],
    )


def _against_last(
    engine: Engine, edition: Edition
) -> tuple[Words | None, tuple[EditionChange, ...]]:
    """The edition of the kind before this one, and what this one changes."""
    day = edition.in_force_on or date.max
    earlier = [
        known.edition
        for known in known_editions(engine)
        if known.edition.kind == edition.kind
        and (known.edition.in_force_on or date.min) <= day
        and known.edition.sha256 != edition.sha256
    ]
    if not earlier:
        return None, ()
    before = max(earlier, key=lambda each: each.in_force_on or date.min)
    begun = before.in_force_on
    title = Words(f"{before.title.zh}（{begun}）", f"{before.title.get('en')} ({begun})")
    return title, edition_changes(before, edition)


def import_edition(
    engine: Engine, actor: Actor, *, name: str, raw: bytes, kind: str, in_force_on: date
) -> int:
    """Keep a workbook's edition as a draft; returns its id. Raises BadWorkbook with `items`."""
    access.require(actor, "checklists.manage")
    read = _read(name, raw, kind, in_force_on)
    if read.edition is None or read.text is None:
        raise bad_workbook(name, read.problems)
    with transaction(engine) as session:
        row = EditionRow(
            kind=kind,
            in_force_on=in_force_on,
            title=read.edition.title.zh,
            content=read.text,
            sha256=read.edition.sha256,
            source_name=name,
            imported_by=actor.row_id,
        )
        session.add(row)
        session.flush()
        assert row.id is not None
        audit.record(
            session,
            actor.audit_name,
            "edition.import",
            "edition",
            row.id,
            key=read.edition.key,
            sha256=row.sha256,
        )
        return row.id


def draft_changes(
    engine: Engine, actor: Actor, edition_id: int
) -> tuple[Words | None, tuple[EditionChange, ...]]:
    """What an imported edition changes against the one before it. Raises NotFound."""
    access.require(actor, "checklists.view")
    with reading(engine) as session:
        row = found(session, EditionRow, edition_id, "评查标准", "checklist edition")
    path = Path(row.kind) / f"{row.in_force_on.isoformat()}.yaml"
    return _against_last(engine, parse_edition(path, row.content.encode()))


def publish_edition(
    engine: Engine, actor: Actor, edition_id: int, *, in_force_on: date, seen_version: int
) -> None:
    """Put a draft in force from a day on: new rounds take it, and it never changes again.

    Raises WrongState, Stale, and DuplicateRow where an edition of the kind begins on that day.
    """
    access.require(actor, "checklists.manage")
    taken = {known.edition.key for known in known_editions(engine)}
    with transaction(engine) as session:
        row = at_version(
            session, EditionRow, edition_id, "评查标准", "the edition", seen_version=seen_version
        )
        if row.state != DRAFT:
            raise _wrong_state("发布", "publish it")
        key = f"{row.kind}/{in_force_on.isoformat()}"
        twin = session.exec(
            select(EditionRow.id).where(
                EditionRow.kind == row.kind,
                EditionRow.in_force_on == in_force_on,
                EditionRow.state == PUBLISHED,
            )
        ).first()
        if key in taken or twin is not None:
            raise DuplicateRow(what="评查标准", what_en="the edition", key=key)
        row.content = _dated(row, in_force_on)
        edition = parse_edition(
            Path(row.kind) / f"{in_force_on.isoformat()}.yaml", row.content.encode()
        )
        row.sha256 = Store(settings().store).add(row.content.encode())
        assert row.sha256 == edition.sha256
        row.in_force_on = in_force_on
        row.state = PUBLISHED
        row.published_by = actor.row_id
        row.published_at = now()
        audit.record(
            session,
            actor.audit_name,
            "edition.publish",
            "edition",
            edition_id,
            key=key,
            sha256=row.sha256,
        )


def _dated(row: EditionRow, in_force_on: date) -> str:
    """The text with its day of force; only that line differs."""
    old = f"in_force: {row.in_force_on.isoformat()}\n"
    assert old in row.content
    return row.content.replace(old, f"in_force: {in_force_on.isoformat()}\n", 1)


def discard_edition(engine: Engine, actor: Actor, edition_id: int) -> None:
    """Remove a draft. Raises WrongState for a published edition."""
    access.require(actor, "checklists.manage")
    with transaction(engine) as session:
        row = found(session, EditionRow, edition_id, "评查标准", "the edition")
        if row.state != DRAFT:
            raise _wrong_state("删除", "remove it")
        session.delete(row)
        audit.record(
            session,
            actor.audit_name,
            "edition.discard",
            "edition",
            edition_id,
            sha256=row.sha256,
        )


def export_edition(engine: Engine, actor: Actor, key: str) -> tuple[str, bytes]:
    """File name and workbook of an edition. Raises NotFound."""
    access.require(actor, "checklists.view")
    known: KnownEdition = known_edition(engine, key, drafts=True)
    path = Path(known.edition.kind) / f"{known.edition.in_force_on}.yaml"
    return f"{known.edition.title.zh}_{known.edition.in_force_on}.xlsx", _workbook(path, known.raw)


@lru_cache(maxsize=16)
def _workbook(path: Path, raw: bytes) -> bytes:
    """The workbook of an edition's file, kept: reading the file takes longer than all else."""
    return edition_xlsx(EditionFile.model_validate(parse_data_file(path, raw).content))


def _wrong_state(zh: str, en: str) -> WrongState:
    return WrongState(
        what="评查标准", what_en="the edition", state="已发布", action=zh, action_en=en
    )
