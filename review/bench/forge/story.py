"""One case as it really was, and what its papers say differently.

A story is changed by faults (planted defects) and oddities (lawful but suspicious); houses only
tell it. `left_out` names what a paper does not say or which paper is missing; `slips` what single
papers say instead of the truth.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

Procedure = Literal["ordinary", "hearing", "summary", "waived"]


@dataclass(frozen=True, slots=True)
class Agency:
    """An invented organ: its name, place, squad and the organs that remedies name."""

    name: str
    squad: str
    government: str
    superior: str
    court: str
    number: str
    """Pattern of case numbers with {year} and {no}."""
    plate: str
    """First characters of plates, or of the names of ships."""
    bank: str
    prefix: str
    """First digits of the officers' certificate numbers."""


@dataclass(frozen=True, slots=True)
class Person:
    """A natural person."""

    name: str
    id_no: str
    sex: str
    phone: str
    address: str


@dataclass(slots=True)
class Party:
    """The party. `person` is the citizen or the operator; companies have a representative."""

    kind: Literal["citizen", "organization", "individual_business"]
    name: str
    number: str
    address: str
    phone: str
    person: Person | None = None
    representative: str = ""
    agent: Person | None = None


@dataclass(frozen=True, slots=True)
class Officer:
    """An officer with the number of the certificate."""

    name: str
    number: str


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause of action with law, range and the story of the act.

    `told` is a sentence with {who}, {plate} and {place}; `done` says what the party has to do.
    """

    key: str
    name: str
    violated: str
    basis: str
    fine_from: int
    fine_to: int
    range_words: str
    told: str
    done: str
    business: bool
    vehicle: str
    asked: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Talk:
    """An interview: with whom, as what, from when to when (None: no end stands there)."""

    person: Person
    role: str
    started_at: datetime
    ended_at: datetime | None
    officers: tuple[Officer, ...]
    also: Person | None = None


@dataclass(slots=True)
class Story:
    """Everything that the papers of one file tell, and the truth about it."""

    key: str
    house: str
    agency: Agency
    cause: Cause
    procedure: Procedure
    party: Party
    driver: Person
    officers: tuple[Officer, ...]
    chief: str
    head: str
    jurist: str
    host: str
    clerk: str
    deputy: str
    number: int
    place: str
    plate: str
    trailer: str
    act_at: datetime
    scene_ended_at: datetime
    found_on: date
    registered_on: date
    chief_on: date
    filed_on: date
    report_on: date
    notice_on: date
    notice_served_on: date
    approved_on: date
    decided_on: date
    served_on: date
    published_on: date | None
    paid_on: date
    closed_on: date
    archived_on: date
    fine_notified: int
    fine: int
    talks: list[Talk] = field(default_factory=list)
    act_on: date | None = None
    legal_on: date | None = None
    discussed_on: date | None = None
    defence_on: date | None = None
    defence_reviewed_on: date | None = None
    waiver_on: date | None = None
    hearing_asked_on: date | None = None
    hearing_told_on: date | None = None
    hearing_on: date | None = None
    hearing_report_on: date | None = None
    second_legal_on: date | None = None
    seized_at: datetime | None = None
    seizure_approved_at: datetime | None = None
    seized_until: date | None = None
    extended_to: date | None = None
    released_on: date | None = None
    extension_on: date | None = None
    reported_on: date | None = None
    cleared_on: date | None = None
    weighed: int = 0
    limit: int = 0
    axles: int = 0
    axle_kg: tuple[int, ...] = ()
    gains: int = 0
    left_out: set[str] = field(default_factory=set)
    slips: dict[str, Any] = field(default_factory=dict)
    defects: set[str] = field(default_factory=set)
    oddities: set[str] = field(default_factory=set)
    facts_alt: dict[str, list[str]] = field(default_factory=dict)

    @property
    def case_no(self) -> str:
        """The number of the case as the decision bears it."""
        return self.agency.number.format(year=self.act_at.year, no=self.number)

    @property
    def day_of_act(self) -> date:
        """The day of the act."""
        return self.act_on or self.act_at.date()

    def says(self, key: str, otherwise: Any) -> Any:
        """What a paper says where a slip may stand instead of the truth."""
        return self.slips.get(key, otherwise)

    def notices(self) -> list[Story]:
        """The story once per notice: an earlier notice has its own day and amount."""
        before = self.slips.get("前次告知")
        if before is None:
            return [self]
        day, fine = before
        return [replace(self, notice_on=day, notice_served_on=day, fine_notified=fine), self]

    def has(self, key: str) -> bool:
        """Whether a sentence or paper is there."""
        return key not in self.left_out

    def facts(self) -> dict[str, str]:
        """The truth in the normal forms of the published interface."""
        fined = self.procedure != "waived"
        days = {
            "act_on": self.day_of_act,
            "found_on": self.found_on,
            "filed_on": self.filed_on if self.procedure != "summary" else None,
            "notice_on": self.notice_on,
            "notice_served_on": self.notice_served_on,
            "hearing_on": self.hearing_on,
            "legal_review_on": self.second_legal_on or self.legal_on,
            "discussion_on": self.discussed_on,
            "decided_on": self.decided_on,
            "served_on": self.served_on,
            "paid_on": self.paid_on if fined and self.has("票据") else None,
            "closed_on": self.closed_on if self.procedure != "summary" else None,
            "published_on": self.published_on,
        }
        if self.procedure in ("summary", "waived") or not self.has("通知书"):
            days["notice_on"] = days["notice_served_on"] = None
        if "批准栏" in self.left_out:
            days["filed_on"] = None
        facts = {name: day.isoformat() for name, day in days.items() if day is not None}
        facts |= {
            "case_no": self.case_no,
            "cause": self.cause.name,
            "party_name": self.party.name,
            "party_id": self.party.number,
            "party_type": self.party.kind,
            "officers": json.dumps(
                [{"name": each.name, "cert_no": each.number} for each in self.officers],
                ensure_ascii=False,
            ),
            "violated": self.cause.violated,
            "basis": self.cause.basis,
            "agency": self.agency.name,
            "procedure": self.procedure,
        }
        if self.plate:
            facts["plate"] = self.plate
        if fined and self.fine:
            facts["fine_yuan"] = money(self.fine)
        if "notice_on" in facts and self.has("拟罚数额") and self.fine_notified:
            facts["fine_notified_yuan"] = money(self.fine_notified)
        return facts


def money(yuan: int) -> str:
    """An amount in the published form."""
    return str(Decimal(yuan))
