"""Credit-repair reminders (信用修复提醒): the class of a case, and which reminders are due.

Kept are a class and whether repair is open; the rest comes from ledger and file. What is missing
is said; a case about which something is missing is never due.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Engine, func, or_
from sqlalchemy import select as several
from sqlmodel import Session, col, select

from review.casefiles.tables import Case, CaseKind
from review.common.clock import today
from review.db import audit
from review.db.accounts import Unit
from review.db.rows import at_version, found
from review.db.session import reading, transaction
from review.errors import BadValue, DuplicateRow
from review.facts.tables import FactRow
from review.findings.challenge_tables import CreditRecord
from review.findings.credit import (
    CreditClass,
    CreditFacts,
    CreditStanding,
    CreditState,
    credit_standing,
    usual_class,
)
from review.services import access
from review.services.access import Actor
from review.services.rules.editions import Words
from review.services.rules.site import site_law

FACTS = ("decided_on", "published_on", "paid_on", "closed_on")

ASKED_BY_ID = 500
"""So many cases are asked for by their ids; for more, all are read."""


@dataclass(frozen=True, slots=True)
class CreditCard:
    """A case with its class and standing. `performed_by`: paid, closed, stated or empty."""

    case_id: int
    case_no: str
    party_name: str
    unit_name: str
    procedure: str
    credit_class: CreditClass
    decided_on: date | None
    published_on: date | None
    performed_on: date | None
    performed_by: str
    is_eligible: bool
    stated_on: date | None
    reminded_on: date | None
    note: str
    standing: CreditStanding
    version: int


@dataclass(frozen=True, slots=True)
class CreditPage:
    """One page of cases in one state, how many there are in each, and how many have no class."""

    rows: tuple[CreditCard, ...]
    counts: Mapping[CreditState, int]
    unclassed: int


@dataclass(frozen=True, slots=True)
class UnclassedCase:
    """A case without a class. `proposed` where its procedure usually means one, with `why`."""

    case_id: int
    case_no: str
    party_name: str
    unit_name: str
    procedure: str
    decided_on: date | None
    fine_yuan: Any
    proposed: CreditClass | None
    why: Words | None


def credit_page(
    engine: Engine,
    actor: Actor,
    *,
    state: CreditState | None = None,
    unit_id: int | None = None,
    offset: int = 0,
    limit: int = 50,
) -> CreditPage:
    """Cases with a class in one state (None: all), those due the longest first."""
    access.require(actor, "credit.view")
    with reading(engine) as session:
        standings = _standings(session, unit_id)
        counts = Counter(each.state for each in standings.values())
        wanted = [
            (each.due_from or date.max, case_id)
            for case_id, each in standings.items()
            if state is None or each.state is state
        ]
        shown = [case_id for _, case_id in sorted(wanted)[offset : offset + limit]]
        cards = _cards(session, {case_id: standings[case_id] for case_id in shown})
        without = several(func.count()).select_from(Case).where(*_unclassed(unit_id))
        unclassed = session.execute(without).scalar_one()
    return CreditPage(tuple(cards), counts, unclassed)


def due_reminders(engine: Engine, actor: Actor) -> int:
    """How many reminders are due today."""
    access.require(actor, "credit.view")
    with reading(engine) as session:
        found_standings = _standings(session, None)
    return sum(each.state is CreditState.DUE for each in found_standings.values())


def unclassed_cases(
    engine: Engine, actor: Actor, *, unit_id: int | None = None, offset: int = 0, limit: int = 50
) -> list[UnclassedCase]:
    """Decided penalty cases without a class, the latest decision first."""
    access.require(actor, "credit.view")
    query = (
        select(Case, Unit.name)
        .join(Unit, col(Unit.id) == col(Case.unit_id))
        .where(*_unclassed(unit_id))
        .order_by(col(Case.decided_on).desc(), col(Case.id).desc())
        .offset(offset)
        .limit(limit)
    )
    with reading(engine) as session:
        return [_without(case, name) for case, name in session.exec(query)]


def _without(case: Case, unit_name: str) -> UnclassedCase:
    usual = usual_class(case.procedure)
    return UnclassedCase(
        case.id or 0,
        case.case_no,
        case.party_name,
        unit_name,
        case.procedure,
        case.decided_on,
        case.fine_yuan,
        usual[0] if usual else None,
        Words(*usual[1]) if usual else None,
    )


def _unclassed(unit_id: int | None) -> tuple[Any, ...]:
    of_unit = () if unit_id is None else (col(Case.unit_id) == unit_id,)
    return (
        col(Case.kind) == CaseKind.PENALTY,
        col(Case.id).not_in(several(col(CreditRecord.case_id))),
        *of_unit,
    )


def _standings(session: Session, unit_id: int | None) -> dict[int, CreditStanding]:
    """Where every case with a class stands today; what is known alike is worked out once.

    The file is asked only where the ledger does not tell.
    """
    law, day = site_law(session), today()
    own: list[Any] = [] if unit_id is None else [col(Case.unit_id) == unit_id]
    is_untold = or_(
        col(Case.decided_on).is_(None),
        col(Case.closed_on).is_(None),
        col(CreditRecord.credit_class) == CreditClass.MINOR,
    )
    read = _days(session, is_untold, *own)
    worked_out: dict[CreditFacts, CreditStanding] = {}
    standings: dict[int, CreditStanding] = {}
    for case_id, credit_class, is_eligible, reminded, decided, closed, stated in session.execute(
        several(
            col(CreditRecord.case_id),
            col(CreditRecord.credit_class),
            col(CreditRecord.is_eligible),
            col(CreditRecord.reminded_on),
            col(Case.decided_on),
            col(Case.closed_on),
            col(CreditRecord.performed_on),
        )
        .join(Case, col(Case.id) == col(CreditRecord.case_id))
        .where(*own)
    ):
        told = read.get(case_id, {})
        facts = CreditFacts(
            credit_class=CreditClass(credit_class),
            is_eligible=is_eligible,
            decided_on=decided or told.get("decided_on"),
            is_published="published_on" in told,
            is_performed=bool(stated or closed or "paid_on" in told or "closed_on" in told),
            is_reminded=reminded is not None,
        )
        if facts not in worked_out:
            worked_out[facts] = credit_standing(facts, law, on=day)
        standings[case_id] = worked_out[facts]
    return standings


def _days(session: Session, *wanted: Any) -> dict[int, dict[str, date]]:
    """Days that files tell of cases with a class; one that is contradicted in its file is none."""
    cases = several(col(CreditRecord.case_id)).join(Case, col(Case.id) == col(CreditRecord.case_id))
    read: dict[int, dict[str, date]] = {}
    for case_id, name, value in session.execute(
        several(col(FactRow.case_id), col(FactRow.name), col(FactRow.value)).where(
            col(FactRow.case_id).in_(cases.where(*wanted)),
            col(FactRow.name).in_(FACTS),
            col(FactRow.document_id).is_(None),
            col(FactRow.is_contradicted).is_(False),
        )
    ):
        read.setdefault(case_id, {})[name] = date.fromisoformat(value)
    return read


def _cards(session: Session, standings: Mapping[int, CreditStanding]) -> list[CreditCard]:
    """The cases in that order, with what the page and the workbook say of each."""
    some = [] if len(standings) > ASKED_BY_ID else [col(CreditRecord.case_id).in_(standings)]
    read = _days(session, *some)
    rows = session.execute(
        several(CreditRecord, Case, col(Unit.name))
        .join(Case, col(Case.id) == col(CreditRecord.case_id))
        .join(Unit, col(Unit.id) == col(Case.unit_id))
        .where(*some)
    )
    cards = {
        record.case_id: _card(record, case, name, read.get(record.case_id, {}), standings)
        for record, case, name in rows
        if record.case_id in standings
    }
    return [cards[case_id] for case_id in standings]


def _card(
    record: CreditRecord,
    case: Case,
    unit_name: str,
    read: Mapping[str, date],
    standings: Mapping[int, CreditStanding],
) -> CreditCard:
    performed_by, performed_on = next(
        (
            (how, on)
            for how, on in (
                ("stated", record.performed_on),
                ("paid", read.get("paid_on")),
                ("closed", case.closed_on or read.get("closed_on")),
            )
            if on is not None
        ),
        ("", None),
    )
    return CreditCard(
        case_id=record.case_id,
        case_no=case.case_no,
        party_name=case.party_name,
        unit_name=unit_name,
        procedure=case.procedure,
        credit_class=CreditClass(record.credit_class),
        decided_on=case.decided_on or read.get("decided_on"),
        published_on=read.get("published_on"),
        performed_on=performed_on,
        performed_by=performed_by,
        is_eligible=record.is_eligible,
        stated_on=record.performed_on,
        reminded_on=record.reminded_on,
        note=record.note,
        standing=standings[record.case_id],
        version=record.version,
    )


def classify(
    engine: Engine, actor: Actor, case_ids: Collection[int], *, credit_class: CreditClass | str
) -> int:
    """Give cases without a class theirs; returns to how many.

    Raises BadValue, NotFound, DuplicateRow where one has a class by now.
    """
    access.require(actor, "credit.manage")
    kept = _class(credit_class)
    with transaction(engine) as session:
        for case_id in sorted(set(case_ids)):
            case = found(session, Case, case_id, "案件", "case")
            if session.get(CreditRecord, case_id) is not None:
                raise DuplicateRow(what="信用类别", what_en="credit class", key=case.case_no)
            session.add(CreditRecord(case_id=case_id, credit_class=kept, entered_by=actor.row_id))
            audit.record(
                session, actor.audit_name, "credit.classify", "case", case_id, credit_class=kept
            )
    return len(set(case_ids))


def change_record(
    engine: Engine,
    actor: Actor,
    case_id: int,
    *,
    credit_class: CreditClass | str,
    is_eligible: bool,
    performed_on: date | None,
    reminded_on: date | None,
    note: str,
    seen_version: int,
) -> None:
    """Correct the class, say that repair is excluded, state performance, or that one was reminded.

    Raises BadValue, Stale, NotFound.
    """
    access.require(actor, "credit.manage")
    values: dict[str, Any] = {
        "credit_class": _class(credit_class),
        "is_eligible": is_eligible,
        "performed_on": performed_on,
        "reminded_on": reminded_on,
        "note": note.strip(),
    }
    for zh, en, day in (("履行日", "day of performance", performed_on),
                        ("提醒日", "day of the reminder", reminded_on)):  # fmt: skip
        if day is not None and day > today():
            raise BadValue(
                field=zh, field_en=en, value=day, reason="晚于今天", reason_en="after today"
            )
    with transaction(engine) as session:
        row = at_version(
            session, CreditRecord, case_id, "信用类别", "the credit class",
            seen_version=seen_version,
        )  # fmt: skip
        before = {name: getattr(row, name) for name in values}
        for name, value in values.items():
            setattr(row, name, value)
        audit.record(
            session,
            actor.audit_name,
            "credit.change",
            "case",
            case_id,
            before=_plain(before),
            after=_plain(values),
        )


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
        if name != "note"
    }


def _class(given: CreditClass | str) -> str:
    if given not in tuple(CreditClass):
        raise BadValue(
            field="信用类别", field_en="credit class", value=given, reason="请选择",
            reason_en="choose one",
        )  # fmt: skip
    return str(given)
