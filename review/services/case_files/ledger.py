"""The case ledger: taking a workbook over, and adding or editing one case by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from review.casefiles.case_key import case_key
from review.casefiles.ledger import (
    SHOWN,
    LedgerPreview,
    LedgerProblem,
    LedgerRow,
    read_ledger,
)
from review.casefiles.ledger import (
    preview_ledger as preview_rows,
)
from review.casefiles.ledger_header import fingerprint, likely_headings
from review.casefiles.tables import Case, CaseKind, LedgerMapping
from review.checks.check import Procedure
from review.common.clock import now
from review.common.tabular import Workbook, read_workbook
from review.common.text import plain
from review.db import audit
from review.db.accounts import Unit
from review.db.rows import at_version, found
from review.db.session import reading, transaction
from review.errors import BadLedger, BadValue, DuplicateRow, MissingFile
from review.services import access
from review.services.access import Actor

FIELDS = (
    "kind",
    "unit_id",
    "squad",
    "procedure",
    "cause",
    "party_name",
    "officers",
    "fine_yuan",
    "filed_on",
    "decided_on",
    "closed_on",
)
"""What the ledger knows of a case beside its number."""


@dataclass(frozen=True, slots=True)
class LedgerImported:
    """What a workbook changed: numbers of cases; `doubts` are unlikely values that were taken."""

    added: int
    updated: int
    unchanged: int
    doubts: tuple[LedgerProblem, ...]


def _workbook(path: Path | None, raw: bytes | None, name: str) -> Workbook:
    if raw is None:
        if path is None or not path.is_file():
            raise MissingFile(file=str(path or name))
        raw = path.read_bytes()
    return read_workbook(raw, name)


def preview_ledger(
    engine: Engine,
    actor: Actor,
    *,
    name: str,
    path: Path | None = None,
    raw: bytes | None = None,
    mapping: Mapping[str, str] | None = None,
    unit_id: int | None = None,
) -> LedgerPreview:
    """What a workbook would change and everything that keeps it out; nothing is written.

    `mapping` None takes the one that was used for headings like these before.
    """
    access.require(actor, "ledger.edit")
    workbook = _workbook(path, raw, name)
    with reading(engine) as session:
        preview = preview_rows(workbook, _mapping(session, workbook, mapping))
        _, problems = _with_units(session, preview.rows, unit_id)
    return LedgerPreview(
        preview.rows,
        preview.mappings,
        (*preview.problems, *problems),
        preview.doubts,
        preview.skipped,
    )


def import_ledger(
    engine: Engine,
    actor: Actor,
    *,
    name: str,
    path: Path | None = None,
    raw: bytes | None = None,
    mapping: Mapping[str, str] | None = None,
    unit_id: int | None = None,
) -> LedgerImported:
    """Take a workbook over, all of it or nothing.

    Cases are known by their number. What the workbook has no column or an empty cell for stays as
    it is. `unit_id` is the unit of rows that name none. `mapping` is kept for the next workbook
    with these headings, and None takes the one that was kept. Raises BadLedger with `items`, every
    problem by sheet, row and column; MissingFile, and the errors of unreadable files.
    """
    access.require(actor, "ledger.edit")
    workbook = _workbook(path, raw, name)
    with transaction(engine) as session:
        used = _mapping(session, workbook, mapping)
        preview = read_ledger(workbook, used)
        if mapping is not None:
            _keep_mapping(session, actor, workbook, mapping)
        units, problems = _with_units(session, preview.rows, unit_id)
        if problems:
            raise _bad(problems)
        standing = {case.case_key: case for case in session.exec(select(Case))}
        added = updated = 0
        for row in preview.rows:
            values = _values(row, units[row.case_key])
            case = standing.get(row.case_key)
            if case is None:
                case = Case(case_key=row.case_key, case_no=row.case_no, **values)
                added += 1
            elif _apply(case, {key: each for key, each in values.items() if each}):
                updated += 1
            session.add(case)
        audit.record(
            session,
            actor.audit_name,
            "ledger.import",
            "ledger",
            name,
            added=added,
            updated=updated,
            rows=len(preview.rows),
        )
    unchanged = len(preview.rows) - added - updated
    return LedgerImported(added, updated, unchanged, preview.doubts)


@dataclass(frozen=True, slots=True)
class LedgerForm:
    """The headings of a workbook, and how a person matched them to fields the last time."""

    headings: tuple[str, ...]
    fields: dict[str, str]


def ledger_form(
    engine: Engine, actor: Actor, *, name: str, path: Path | None = None, raw: bytes | None = None
) -> LedgerForm:
    """The headings of a workbook, understood or not, and the mapping kept for them."""
    access.require(actor, "ledger.edit")
    workbook = _workbook(path, raw, name)
    headings = dict.fromkeys(
        heading for sheet in workbook.sheets for heading in likely_headings(sheet)
    )
    with reading(engine) as session:
        return LedgerForm(tuple(headings), dict(_mapping(session, workbook, None) or {}))


def _mapping(
    session: Session, workbook: Workbook, given: Mapping[str, str] | None
) -> Mapping[str, str] | None:
    """The mapping that is given, else that of headings like these, as far as they are there."""
    if given is not None:
        return given
    kept = session.get(LedgerMapping, fingerprint(workbook))
    return None if kept is None else dict(kept.fields)


def _keep_mapping(
    session: Session, actor: Actor, workbook: Workbook, mapping: Mapping[str, str]
) -> None:
    """Keep a person's mapping for headings like these; an empty one forgets it."""
    form = fingerprint(workbook)
    kept = session.get(LedgerMapping, form)
    if not mapping:
        if kept is not None:
            session.delete(kept)
        return
    row = kept or LedgerMapping(fingerprint=form)
    row.name, row.fields = workbook.name, dict(mapping)
    row.author_id, row.used_at = actor.row_id, now()
    session.add(row)


def _with_units(
    session: Session, rows: Sequence[LedgerRow], unit_id: int | None
) -> tuple[dict[str, int], list[LedgerProblem]]:
    """The unit of each row by case key, and the rows whose unit is not known."""
    if unit_id is not None:
        found(session, Unit, unit_id, "单位", "unit")
    known = {plain(unit.name): unit.id or 0 for unit in session.exec(select(Unit))}
    units: dict[str, int] = {}
    problems: list[LedgerProblem] = []
    for row in rows:
        chosen = known.get(plain(row.unit)) if row.unit else unit_id
        if chosen is None:
            problems.append(_no_unit(row))
        else:
            units[row.case_key] = chosen
    return units, problems


def _no_unit(row: LedgerRow) -> LedgerProblem:
    if row.unit:
        zh = f"单位“{row.unit}”未登记，请管理员先在“用户与单位”中新建"
        en = f"the unit {row.unit} is not known; ask the administrator to add it first"
    else:
        zh, en = "没有单位，请补上单位列或选择默认单位", "no unit; add the column or choose one"
    return LedgerProblem(row.sheet, row.row, None, zh, en)


def _bad(problems: Sequence[LedgerProblem]) -> BadLedger:
    more = len(problems) - SHOWN
    return BadLedger(
        count=len(problems),
        problems="；".join(each.text("zh") for each in problems[:SHOWN])
        + (f"；另有 {more} 处" if more > 0 else ""),
        problems_en="; ".join(each.text("en") for each in problems[:SHOWN])
        + (f"; {more} more" if more > 0 else ""),
        items=tuple(problems),
    )


def _values(row: LedgerRow, unit_id: int) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "unit_id": unit_id,
        "squad": row.squad,
        "procedure": row.procedure,
        "cause": row.cause,
        "party_name": row.party_name,
        "officers": list(row.officers),
        "fine_yuan": row.fine_yuan,
        "filed_on": row.filed_on,
        "decided_on": row.decided_on,
        "closed_on": row.closed_on,
    }


def _apply(case: Case, values: Mapping[str, Any]) -> bool:
    """Set what differs; returns whether anything did, and then counts the version up."""
    changed = {key: each for key, each in values.items() if getattr(case, key) != each}
    for key, each in changed.items():
        setattr(case, key, each)
    if changed:
        case.version += 1
    return bool(changed)


def _checked(session: Session, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The given fields, each valid. Raises BadValue, NotFound."""
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise _value(
            "字段", "field", min(unknown), "台账没有此字段", "the ledger has no such field"
        )
    if "unit_id" in fields:
        if fields["unit_id"] is None:
            raise _value("单位", "unit", "", "不能为空", "must not be empty")
        found(session, Unit, fields["unit_id"], "单位", "unit")
    if fields.get("kind") and fields["kind"] not in tuple(CaseKind):
        raise _value("案卷类别", "kind", fields["kind"], "没有此类别", "no such kind")
    if fields.get("procedure") and fields["procedure"] not in tuple(Procedure):
        raise _value("程序", "procedure", fields["procedure"], "没有此程序", "no such procedure")
    fine = fields.get("fine_yuan")
    if fine is not None and not _is_amount(fine):
        raise _value("罚款", "fine", fine, "应为不小于 0、至多两位小数的金额", "not an amount")
    days = [fields[name] for name in ("filed_on", "decided_on", "closed_on") if fields.get(name)]
    if not all(isinstance(day, date) for day in days) or days != sorted(days):
        raise _value(
            "日期",
            "dates",
            "、".join(str(day) for day in days),
            "立案、决定、结案应依次在后",
            "filing, decision and closing must follow one another",
        )
    return dict(fields)


def _is_amount(fine: object) -> bool:
    if not isinstance(fine, Decimal) or not fine.is_finite() or fine < 0:
        return False
    return fine == fine.quantize(Decimal("0.01"))


def _value(zh: str, en: str, value: object, reason: str, reason_en: str) -> BadValue:
    return BadValue(field=zh, field_en=en, value=value, reason=reason, reason_en=reason_en)


def add_case(engine: Engine, actor: Actor, *, case_no: str, **fields: Any) -> int:
    """Add one case by hand; returns its id.

    `fields` are those of `FIELDS`; `unit_id` is needed. Raises BadValue, DuplicateRow, NotFound.
    """
    access.require(actor, "ledger.edit")
    key = case_key(case_no)
    if not key:
        raise _value("案号", "case number", case_no, "不能为空", "must not be empty")
    with transaction(engine) as session:
        values = _checked(session, {"unit_id": None} | fields)
        if session.exec(select(Case.id).where(Case.case_key == key)).first() is not None:
            raise DuplicateRow(what="案件", what_en="case", key=case_no)
        case = Case(case_key=key, case_no=case_no.strip(), **values)
        session.add(case)
        session.flush()
        assert case.id is not None
        audit.record(session, actor.audit_name, "case.add", "case", case.id, case=key)
        return case.id


def edit_case(
    engine: Engine, actor: Actor, case_id: int, *, seen_version: int, **fields: Any
) -> None:
    """Change fields of a case, `case_no` among them. Raises BadValue, DuplicateRow, Stale."""
    access.require(actor, "ledger.edit")
    with transaction(engine) as session:
        case = at_version(session, Case, case_id, "案件", "the case", seen_version=seen_version)
        number = fields.pop("case_no", case.case_no)
        key = case_key(number)
        if not key:
            raise _value("案号", "case number", number, "不能为空", "must not be empty")
        taken = session.exec(
            select(Case.id).where(Case.case_key == key, col(Case.id) != case_id)
        ).first()
        if taken is not None:
            raise DuplicateRow(what="案件", what_en="case", key=number)
        values = _checked(session, fields)
        case.case_no, case.case_key = number.strip(), key
        for name, value in values.items():
            setattr(case, name, value)
        session.add(case)
        audit.record(session, actor.audit_name, "case.edit", "case", case_id, fields=sorted(values))
