"""What happened in an invented case, before anything is written down."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from samples.ledger import Agency, Officer

Procedure = Literal["ordinary", "hearing", "summary", "waived"]
Format = Literal["pdf", "scan", "docx", "zip", "zip-gbk"]
Matter = Literal[
    "overload", "freight", "passenger", "ridehailing", "inspection", "qualification", "spill"
]


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person. `role` is what the person has to do with the case."""

    name: str
    id_number: str
    phone: str
    address: str
    sex: str
    born_on: date
    role: str

    def age(self, day: date) -> int:
        """Return full years of age on `day`."""
        had_birthday = (day.month, day.day) >= (self.born_on.month, self.born_on.day)
        return day.year - self.born_on.year - (0 if had_birthday else 1)


@dataclass(frozen=True, slots=True)
class Company:
    """An invented company."""

    name: str
    credit_code: str
    representative: str
    address: str
    phone: str
    founded_on: date


@dataclass(frozen=True, slots=True)
class Cause:
    """An act against transport law: what is violated, what punishes it, the range."""

    matter: Matter
    name: str
    violated: str
    basis: str
    range_text: str
    stage: str
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Vehicle:
    """The vehicle of a case. Mass in kilograms, for lorries and trailers together."""

    plate: str
    kind: str
    axles: int = 2
    trailer: str = ""
    total_mass_kg: int = 0
    limit_kg: int = 0
    weighed_kg: int = 0
    after_kg: int = 0
    cargo: str = ""

    @property
    def over_kg(self) -> int:
        """Return by how much the limit was exceeded."""
        return self.weighed_kg - self.limit_kg


@dataclass(slots=True)
class Dates:
    """Days of the steps of a case; None where a step did not happen."""

    found: datetime
    left: datetime
    decided: date
    served: date
    filed: date | None = None
    unit_head: date | None = None
    interviewed: date | None = None
    corrected: date | None = None
    reported: date | None = None
    reviewed: date | None = None
    noticed: date | None = None
    notice_served: date | None = None
    waived: date | None = None
    defended: date | None = None
    defence_reviewed: date | None = None
    hearing_requested: date | None = None
    hearing_notified: date | None = None
    heard: date | None = None
    hearing_reported: date | None = None
    reviewed_again: date | None = None
    discussed: date | None = None
    approved: date | None = None
    paid: date | None = None
    copied: date | None = None
    published: date | None = None
    closed: date | None = None
    archived: date | None = None
    registered_with_bureau: date | None = None
    seized_until: date | None = None
    extended: date | None = None
    extended_until: date | None = None
    released: date | None = None

    @property
    def found_on(self) -> date:
        """Return the day of discovery."""
        return self.found.date()


@dataclass(slots=True)
class Case:
    """One invented case with everything the papers need.

    `defects` are the numbers of the catalogue that the clerk "made"; the papers consult it.
    """

    key: str
    agency: Agency
    squad: str
    number: str
    family: str
    sheet: str
    format: Format
    procedure: Procedure
    cause: Cause
    person: Person
    vehicle: Vehicle
    place: str
    officers: tuple[Officer, Officer]
    dates: Dates
    fine: int
    company: Company | None = None
    agent: Person | None = None
    passenger: Person | None = None
    fine_notified: int = 0
    defects: tuple[str, ...] = ()
    trait: str = ""
    compact: bool = False
    decision_plate: str = ""
    decision_weighed_kg: int = 0
    other_number: str = ""
    licence_name: str = ""
    device: str = ""
    recorder: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    def has(self, defect: str) -> bool:
        """Say whether the clerk made this mistake here."""
        return defect in self.defects

    @property
    def party_name(self) -> str:
        """Return the name of the punished party."""
        return self.company.name if self.company else self.person.name

    @property
    def party_number(self) -> str:
        """Return the credit code or identity number of the party."""
        return self.company.credit_code if self.company else self.person.id_number

    @property
    def party_address(self) -> str:
        """Return the address of the party."""
        return self.company.address if self.company else self.person.address

    @property
    def spokesman(self) -> Person:
        """Return who signs for the party once the case is filed."""
        return self.agent or self.person
