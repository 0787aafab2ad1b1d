"""Statutory fine ranges by date: causes, their versions, and the range for given circumstances.

The version is picked by the day of the act; where a later version in force on the day of the
decision is lighter, that one applies (Administrative Penalty Law art. 37). Both are kept in the
answer, with the reason, so that a person can follow the choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from review.common.datafile import read_data_file
from review.law.citation import Citation
from review.law.statute import Wording

PartyType = Literal["citizen", "organization", "individual_business"]


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Band(_Data):
    """A range in yuan, both ends included; `max` None has no upper end of its own."""

    min: Decimal = Decimal(0)
    max: Decimal | None = None


class RangeFine(_Data):
    """A fixed range. `optional`: 可以处, so that no fine at all is lawful as well.

    `serious` is the higher band: of serious circumstances, or (`escalation` refusal) after an order
    to correct was not obeyed. `after_refusal`: no fine at all before that. `by_party` gives ranges
    by party type.
    """

    kind: Literal["range"]
    min: Decimal = Decimal(0)
    max: Decimal | None = None
    optional: bool = False
    after_refusal: bool = False
    warning: bool = False
    serious: Band | None = None
    escalation: Literal["serious", "refusal"] = "serious"
    by_party: dict[PartyType, Band] = Field(default_factory=dict)


class GainsFine(_Data):
    """Multiples of the illegal gains from a threshold on, a range below it."""

    kind: Literal["gains"]
    threshold: Decimal
    times_min: Decimal
    times_max: Decimal
    below: Band
    serious: Band | None = None


class OverloadFine(_Data):
    """By the mass over the limit; the figures are parameters of the law."""

    kind: Literal["overload"]


class SizeStep(_Data):
    """Up to these dimensions (metres; None: without limit) the fine lies in `fine`."""

    height: Decimal | None = None
    width: Decimal | None = None
    length: Decimal | None = None
    fine: Band
    optional: bool = False


class SizeFine(_Data):
    """By the outer dimensions: the first step that all dimensions fit."""

    kind: Literal["size"]
    steps: tuple[SizeStep, ...]


class ShareFine(_Data):
    """A share of the contract price, in per cent."""

    kind: Literal["share"]
    min: Decimal
    max: Decimal


class NoFine(_Data):
    """Not punishable (any more)."""

    kind: Literal["none"]


class UnknownFine(_Data):
    """The version is known to exist, its amounts are not held yet: nothing may be computed."""

    kind: Literal["unknown"]


Fine = Annotated[
    RangeFine | GainsFine | OverloadFine | SizeFine | ShareFine | NoFine | UnknownFine,
    Field(discriminator="kind"),
]


class PersonsFine(_Data):
    """The fine of those who answer for a unit's act: per cent of the fine that the unit got."""

    min: Decimal
    max: Decimal
    basis: str

    def of(self, unit_fine_yuan: Decimal) -> Band:
        """The range in yuan beside a fine of the unit."""
        return Band(min=unit_fine_yuan * self.min / 100, max=unit_fine_yuan * self.max / 100)


class Version(_Data):
    """What holds for a cause from `since` on; `basis` and `violated` are undated citations.

    `fine` is that of the unit where `persons` gives one for those who answer for it.
    """

    since: date
    violated: tuple[str, ...] = ()
    basis: tuple[str, ...]
    fine: Fine
    persons: PersonsFine | None = None
    confirmed: bool
    note: str | None = None


class Cause(_Data):
    """A kind of violation: its words and what the law says about it over time.

    A cause's text matches if for every group of `words` one of its words stands in it, and none of
    `without`. `is_business`: an act in the course of business (hearing thresholds). `outside_power`
    names the organ that alone may punish. `exempt_mass_kg`: up to this total mass lawful.
    """

    name: Wording
    words: tuple[tuple[str, ...], ...]
    without: tuple[str, ...] = ()
    is_business: bool = True
    exempt_mass_kg: int | None = None
    exempt_source: str | None = None
    outside_power: Wording | None = None
    versions: tuple[Version, ...] = ()
    key: str = ""

    def matches(self, text: str) -> bool:
        """Whether a cause in a paper's own words is this one."""
        return all(any(word in text for word in group) for group in self.words) and not any(
            word in text for word in self.without
        )

    def on(self, day: date) -> Version | None:
        """The version in force on `day`; None before the first one held."""
        held = [version for version in self.versions if version.since <= day]
        return max(held, key=lambda version: version.since) if held else None


def change_of(cause: Cause, version: Version) -> Literal["cancelled", "lowered"] | None:
    """What a version did to the fine of the one before: took it away, lowered it, or neither.

    Only ranges whose ends can be compared count as lowered.
    """
    earlier = [each for each in cause.versions if each.since < version.since]
    if not earlier:
        return None
    old = max(earlier, key=lambda each: each.since).fine
    if version.fine.kind == "none":
        return None if old.kind == "none" else "cancelled"
    before, after = _ends(old), _ends(version.fine)
    if before is None or after is None or before == after:
        return None
    return "lowered" if after[0] <= before[0] and after[1] <= before[1] else None


def _ends(fine: Fine) -> tuple[Decimal, Decimal] | None:
    """Lower and upper end of the ordinary range; None where there is no fixed one."""
    band = None
    if isinstance(fine, RangeFine) and not fine.by_party:
        band = Band(min=fine.min, max=fine.max)
    elif isinstance(fine, GainsFine):
        band = fine.below
    return None if band is None or band.max is None else (band.min, band.max)


class _CauseFile(_Data):
    causes: dict[str, Cause]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the range of a case depends on; None where the file does not say.

    Masses in kilograms, dimensions in metres, money in yuan.
    """

    act_on: date | None
    decided_on: date | None
    party_type: str | None = None
    gains_yuan: Decimal | None = None
    is_serious: bool = False
    over_kg: int | None = None
    height_m: Decimal | None = None
    width_m: Decimal | None = None
    length_m: Decimal | None = None
    contract_price_yuan: Decimal | None = None


@dataclass(frozen=True, slots=True)
class OverloadRule:
    """The figures of the overload fine in force on the day of the act."""

    step_kg: int
    per_step_yuan: Decimal
    cap_yuan: Decimal
    rounding: str


@dataclass(frozen=True, slots=True)
class FineRange:
    """The lawful fine: from `least` to `most` yuan, both included.

    `is_optional`: no fine at all is lawful too. `is_punishable` False: the act is not punished any
    more. `confiscate_yuan` are gains to be confiscated beside the fine. `higher` is a band above
    that needs serious circumstances or a refused order to correct, and was not applied.
    `lighter_since` is the day from which the applied lighter version holds, None where that of the
    act applies.
    """

    cause: str
    least: Decimal
    most: Decimal | None
    is_optional: bool
    is_punishable: bool
    version: Version
    basis: tuple[str, ...]
    confiscate_yuan: Decimal = Decimal(0)
    higher: Band | None = None
    higher_after_refusal: bool = False
    lighter_since: date | None = None
    older: FineRange | None = None
    steps: tuple[tuple[str, str], ...] = field(default=())

    def allows(self, fine: Decimal) -> bool:
        """Whether a fine of this many yuan lies in the range."""
        if not fine:
            return self.is_optional or not self.least
        return self.least <= fine and (self.most is None or fine <= self.most)


class RangeNotComputable(Exception):
    """A fact that the range depends on is not known; `missing` names it."""

    def __init__(self, missing: str) -> None:
        """Keep the fact's name."""
        super().__init__(missing)
        self.missing = missing


def overload_fine(over_kg: int, rule: OverloadRule) -> Decimal:
    """The fine for a mass over the limit: nothing up to one step, then per step, with a cap."""
    if over_kg <= rule.step_kg:
        return Decimal(0)
    steps = Decimal(over_kg) / rule.step_kg
    if rule.rounding == "floor":
        steps = Decimal(over_kg // rule.step_kg)
    return min(steps * rule.per_step_yuan, rule.cap_yuan)


def surcharge(fine_yuan: Decimal, days_late: int, per_cent_a_day: int) -> Decimal:
    """What is added to a fine paid so many days late: never more than the fine itself."""
    return min(fine_yuan * per_cent_a_day * days_late / 100, fine_yuan)


def range_of(
    cause: Cause, given: Circumstances, overload: OverloadRule | None = None
) -> FineRange | None:
    """The lawful range for a cause; None where no version is held for the day of the act.

    Raises RangeNotComputable for a missing fact.
    """
    if given.act_on is None:
        raise RangeNotComputable("act_on")
    at_act = cause.on(given.act_on)
    if at_act is None:
        return None
    older = _range(cause, at_act, given, overload)
    if given.decided_on is None:
        return older
    last = max(given.decided_on, given.act_on)
    newer_version = max(
        (each for each in cause.versions if each.since <= last), key=lambda each: each.since
    )
    newer = _range(cause, newer_version, given, overload)
    if not _is_lighter(newer, older):
        return older
    zh = (
        f"行为日{given.act_on}适用{at_act.since}起的规定；决定日{given.decided_on}前已有较轻的新规定"
        f"（{newer_version.since}起），从旧兼从轻"
    )
    en = (
        f"the act of {given.act_on} falls under the version of {at_act.since}; the lighter one of "
        f"{newer_version.since} was in force on {given.decided_on} and applies"
    )
    return replace(
        newer, lighter_since=newer_version.since, older=older, steps=(*newer.steps, (zh, en))
    )


def _is_lighter(new: FineRange, old: FineRange) -> bool:
    if not new.is_punishable:
        return old.is_punishable
    new_most = new.most if new.most is not None else Decimal("Infinity")
    old_most = old.most if old.most is not None else Decimal("Infinity")
    no_heavier = new.least <= old.least and new_most <= old_most
    return no_heavier and (new.least, new_most) != (old.least, old_most)


def _range(
    cause: Cause, version: Version, given: Circumstances, overload: OverloadRule | None
) -> FineRange:
    fine = version.fine
    made = FineRange(
        cause=cause.key,
        least=Decimal(0),
        most=Decimal(0),
        is_optional=False,
        is_punishable=True,
        version=version,
        basis=version.basis,
    )
    if isinstance(fine, UnknownFine):
        raise RangeNotComputable("fine_range")
    if version.persons is not None and given.party_type == "citizen":
        raise RangeNotComputable("fine of the unit")
    if isinstance(fine, NoFine):
        return replace(made, is_punishable=False)
    if isinstance(fine, RangeFine):
        return _fixed(made, fine, given)
    if isinstance(fine, GainsFine):
        return _by_gains(made, fine, given)
    if isinstance(fine, OverloadFine):
        return _by_overload(made, given, overload)
    if isinstance(fine, SizeFine):
        return _by_size(made, fine, given)
    if given.contract_price_yuan is None:
        raise RangeNotComputable("contract_price_yuan")
    price = given.contract_price_yuan
    return replace(made, least=price * fine.min / 100, most=price * fine.max / 100)


def _fixed(made: FineRange, fine: RangeFine, given: Circumstances) -> FineRange:
    band = Band(min=fine.min, max=fine.max)
    if fine.by_party:
        if given.party_type is None:
            raise RangeNotComputable("party_type")
        fallback = "citizen" if given.party_type == "individual_business" else given.party_type
        held = {str(key): value for key, value in fine.by_party.items()}
        band = held.get(given.party_type) or held.get(fallback) or band
    higher = fine.serious
    # a person decides what is serious: without the words the range stays the ordinary one
    if higher is not None and given.is_serious and fine.escalation == "serious":
        band, higher = higher, None
    return replace(
        made,
        least=band.min,
        most=band.max,
        is_optional=fine.optional or fine.warning,
        higher=higher,
        higher_after_refusal=fine.escalation == "refusal",
    )


def _by_gains(made: FineRange, fine: GainsFine, given: Circumstances) -> FineRange:
    gains = given.gains_yuan or Decimal(0)
    if gains >= fine.threshold:
        return replace(
            made,
            least=gains * fine.times_min,
            most=gains * fine.times_max,
            confiscate_yuan=gains,
        )
    band, higher = fine.below, fine.serious
    if higher is not None and given.is_serious:
        band, higher = higher, None
    return replace(made, least=band.min, most=band.max, confiscate_yuan=gains, higher=higher)


def _by_overload(made: FineRange, given: Circumstances, overload: OverloadRule | None) -> FineRange:
    if given.over_kg is None:
        raise RangeNotComputable("over_kg")
    if overload is None:
        raise RangeNotComputable("overload_rule")
    fine = overload_fine(given.over_kg, overload)
    return replace(made, least=fine, most=fine, is_optional=not fine)


def _by_size(made: FineRange, fine: SizeFine, given: Circumstances) -> FineRange:
    dimensions = (given.height_m, given.width_m, given.length_m)
    if all(dimension is None for dimension in dimensions):
        raise RangeNotComputable("height_m")
    for step in fine.steps:
        limits = (step.height, step.width, step.length)
        if all(
            dimension is None or limit is None or dimension <= limit
            for dimension, limit in zip(dimensions, limits, strict=True)
        ):
            return replace(made, least=step.fine.min, most=step.fine.max, is_optional=step.optional)
    raise RangeNotComputable("height_m")


def match_cause(causes: Sequence[Cause], text: str) -> Cause | None:
    """The one cause that a paper's words mean; None where none or several match."""
    found = [cause for cause in causes if cause.matches(text)]
    return found[0] if len(found) == 1 else None


def load_causes(folder: Path) -> tuple[Cause, ...]:
    """Every cause of the fine files; raises BadDataFile with the line and the key."""
    causes: list[Cause] = []
    seen: set[str] = set()
    for path in sorted(folder.glob("*.yaml")):
        file = read_data_file(path)
        try:
            content = _CauseFile.model_validate(file.content)
        except ValidationError as problem:
            raise file.from_validation(problem) from problem
        for key, cause in content.causes.items():
            if key in seen:
                raise file.error(("causes", key), "案由键重复", "the key of the cause stands twice")
            seen.add(key)
            for n, version in enumerate(cause.versions):
                persons = () if version.persons is None else (version.persons.basis,)
                for m, source in enumerate((*version.basis, *persons, *version.violated)):
                    try:
                        Citation.parse(source)
                    except ValueError:
                        part = "basis" if m < len(version.basis) + len(persons) else "violated"
                        raise file.error(
                            ("causes", key, "versions", n, part),
                            f"“{source}”不是法规引用",
                            f"{source} is no citation",
                        ) from None
            causes.append(cause.model_copy(update={"key": key}))
    return tuple(causes)
