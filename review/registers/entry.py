"""What registers say: rows with their days, found by value and day.

A row that was corrected or changed is never written over: it is closed and a new one opened, so
that only standing rows are given here. An empty register is a register that is not kept: nothing
follows from it. That somebody is not in a register means something only where the register was
declared complete for that day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from review.common.text import plain

EntryValue = str | bool | date | datetime
"""What a cell of a register holds; an empty cell has no value at all."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One standing row, valid from its first to its last day, both included.

    `valid_until` None: without end. `values` by column name; days are dates, moments naive local
    times.
    """

    id: int
    values: Mapping[str, EntryValue]
    valid_from: date
    valid_until: date | None = None

    def holds_on(self, on: date) -> bool:
        """Whether the row is valid on a day."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)

    def text(self, name: str) -> str:
        """The words of a column; empty where it has none."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    def day(self, name: str) -> date | None:
        """The day of a column, or None."""
        value = self.values.get(name)
        if isinstance(value, datetime):
            return value.date()
        return value if isinstance(value, date) else None

    def says(self, name: str) -> bool | None:
        """What a column of yes and no says; None where it is empty."""
        value = self.values.get(name)
        return value if isinstance(value, bool) else None


@dataclass(frozen=True, slots=True)
class Period:
    """Days for which a register was declared complete, both included; `until` None: up to now."""

    since: date
    until: date | None = None

    def covers(self, on: date) -> bool:
        """Whether a day lies in it."""
        return self.since <= on and (self.until is None or on <= self.until)


def comparable(text: str) -> str:
    """Names and numbers for comparison: without marks, widths and case."""
    return plain(text).upper()


@dataclass(frozen=True, slots=True)
class Registers:
    """All registers of a bureau at one moment. Immutable; look-ups are indexed on first use."""

    entries: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    complete: Mapping[str, tuple[Period, ...]] = field(default_factory=dict)
    _index: dict[tuple[str, str], dict[str, tuple[Entry, ...]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def is_kept(self, register: str) -> bool:
        """Whether the register holds any row at all."""
        return bool(self.entries.get(register))

    def is_complete(self, register: str, on: date) -> bool:
        """Whether somebody declared the register complete for that day."""
        return any(period.covers(on) for period in self.complete.get(register, ()))

    def find(self, register: str, column: str, wanted: str) -> tuple[Entry, ...]:
        """The rows, valid on whatever day, whose column means the same; oldest first."""
        index = self._index.get((register, column))
        if index is None:
            index = _indexed(self.entries.get(register, ()), column)
            self._index[register, column] = index
        return index.get(comparable(wanted), ())

    def find_on(self, register: str, column: str, wanted: str, on: date) -> tuple[Entry, ...]:
        """The same, only rows that are valid on the day."""
        return tuple(each for each in self.find(register, column, wanted) if each.holds_on(on))


def _indexed(entries: Iterable[Entry], column: str) -> dict[str, tuple[Entry, ...]]:
    index: dict[str, tuple[Entry, ...]] = {}
    for entry in sorted(entries, key=lambda each: each.valid_from):
        key = comparable(entry.text(column))
        if key:
            index[key] = (*index.get(key, ()), entry)
    return index


NO_REGISTERS = Registers()
"""What is known where no register is kept, for example when files are checked without a home."""
