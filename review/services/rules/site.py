"""What a site adds to every check: confirmed values, texts of laws, registers, other cases."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlmodel import Session, col, select

from review.checks.run import SiteSettings
from review.common.clock import today
from review.facts.surroundings import Surroundings
from review.law.in_force import LawInForce, law_in_force
from review.law.parameter import DatedValue, Scale, Value
from review.law.statute import Statute, Wording
from review.law.tables import SiteStatute, SiteValue
from review.registers.columns import REGISTERS
from review.registers.entry import Entry, EntryValue, Period, Registers
from review.registers.tables import RegisterPeriod, RegisterRow
from review.services.waivers.waiver_rows import waiver_lists_in


def site_settings(session: Session) -> SiteSettings:
    """Everything that the site adds, without other cases."""
    return SiteSettings(
        values=values_in(session),
        waiver_lists=waiver_lists_in(session),
        statutes=statutes_in(session),
        surroundings=Surroundings(registers=registers_in(session)),
    )


def site_law(session: Session) -> LawInForce:
    """The law with the values, waiver lists and texts of the site, on the released calendar."""
    return law_in_force().for_site(
        values=values_in(session),
        waiver_lists=waiver_lists_in(session),
        statutes=statutes_in(session),
    )


def values_in(session: Session) -> tuple[DatedValue, ...]:
    """The values that the bureau confirmed and did not withdraw.

    A value names as its source the provision of the released one that it stands for.
    """
    rows = session.exec(
        select(SiteValue)
        .where(col(SiteValue.withdrawn_at).is_(None))
        .order_by(col(SiteValue.since), col(SiteValue.id))
    )
    known = law_in_force().parameters
    return tuple(
        DatedValue(
            parameter=row.parameter,
            since=row.since,
            value=value_from(row.value),
            source=known[row.parameter].history[0].source,
            confirmed=True,
            confirmed_by=f"{row.confirmed_name}，{row.document}",
        )
        for row in rows
        if row.parameter in known
    )


def value_from(kept: Any) -> Value | Scale:
    """A value as a row keeps it; numbers that are kept as text become decimals."""
    if isinstance(kept, dict) and set(kept) != {"decimal"}:
        return tuple((name, _number(each)) for name, each in kept.items())
    return _number(kept)


def _number(kept: Any) -> Value:
    if isinstance(kept, dict):
        return Decimal(kept["decimal"])
    assert isinstance(kept, bool | int | str)
    return kept


def statutes_in(session: Session) -> tuple[Statute, ...]:
    """The texts that the bureau handed in and did not withdraw; the last of a version counts."""
    rows = session.exec(
        select(SiteStatute)
        .where(col(SiteStatute.withdrawn_at).is_(None))
        .order_by(col(SiteStatute.id))
    )
    return tuple(
        Statute(
            title=Wording(zh=row.title, en=row.title),
            promulgated=row.promulgated,
            in_force=row.in_force,
            ended=row.ended,
            is_whole=True,
            confirmed=True,
            confirmed_by=f"{row.entered_name}（{row.file_name}）",
            confirmed_on=row.entered_at.date(),
            structure=row.structure,
            wording=row.wording,
            law=row.law,
        )
        for row in rows
    )


def registers_in(session: Session) -> Registers:
    """Every standing row of every register, and the days for which each is complete.

    A declaration without an end reaches to the present day: nobody can vouch for the next one.
    """
    entries: dict[str, list[Entry]] = {}
    rows = session.exec(
        select(RegisterRow)
        .where(col(RegisterRow.closed_at).is_(None))
        .order_by(col(RegisterRow.id))
    )
    for row in rows:
        if row.kind in REGISTERS:
            entries.setdefault(row.kind, []).append(entry_from(row))
    complete: dict[str, list[Period]] = {}
    periods = session.exec(select(RegisterPeriod).where(col(RegisterPeriod.withdrawn_at).is_(None)))
    for period in periods:
        complete.setdefault(period.kind, []).append(Period(period.since, period.until or today()))
    return Registers(
        {name: tuple(each) for name, each in entries.items()},
        {name: tuple(each) for name, each in complete.items()},
    )


def entry_from(row: RegisterRow) -> Entry:
    """A row as the rules see it."""
    assert row.id is not None
    return Entry(row.id, typed_values(row.kind, row.values), row.valid_from, row.valid_until)


def typed_values(register: str, kept: Any) -> dict[str, EntryValue]:
    """The values of a row by name, days and moments as such; empty ones are left out."""
    spec = REGISTERS[register]
    typed: dict[str, EntryValue] = {}
    for name, value in (kept or {}).items():
        column = spec.column(name)
        if column is None or value in (None, ""):
            continue
        if column.kind == "date":
            typed[name] = date.fromisoformat(value)
        elif column.kind == "moment":
            typed[name] = datetime.fromisoformat(value)
        else:
            typed[name] = value
    return typed
