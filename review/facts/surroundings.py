"""What lies around a case file: the bureau's registers, and what other cases share with it.

Facts come from the file alone. Checks against registers and across cases ask here, and what was
not looked at is never a finding: no registers kept, no other case compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from review.registers.entry import NO_REGISTERS, Registers

MarkKind = Literal["officer", "plate", "party", "photo", "amount"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing by which a case can touch another; two marks of one kind and key touch.

    `officer`: an officer's hours in one record. `plate`, `party`: an act of that vehicle or party.
    `photo`: the digest of a picture. `amount`: a fine for a cause at a stage of discretion.
    `case` names the case within the bureau, 0 for the one that is looked at. `detail` holds what
    messages and comparisons need, as text. Times are local, as the papers print them.
    """

    kind: MarkKind
    key: str
    day: date | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    detail: tuple[tuple[str, str], ...] = ()
    case: int = 0

    def of(self, name: str) -> str:
        """One detail by name; empty where it is not known."""
        return next((value for key, value in self.detail if key == name), "")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The registers, and the marks of other cases; `others` None: no other case was looked at."""

    registers: Registers = field(default=NO_REGISTERS)
    others: tuple[Mark, ...] | None = None

    def touching(self, mine: Mark) -> Iterator[Mark]:
        """The marks of other cases of the same kind and key."""
        for other in self.others or ():
            if other.kind == mine.kind and other.key == mine.key:
                yield other


ALONE = Surroundings()
"""A case file that is looked at by itself."""
