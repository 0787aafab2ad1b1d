"""Numbers and periods of the law as dated data: one file a parameter, values by day in force.

Each value names its source and whether its text was confirmed. No number of the law stands in the
code of a check.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from review.common.datafile import DataFile, read_data_file
from review.errors import LawNotInForce
from review.law.citation import Citation
from review.law.statute import Wording

Value = bool | int | Decimal | str
Scale = tuple[tuple[str, Value], ...]
"""A value that differs by party type, axle class and the like: name and value."""

UNITS = frozenset(
    {"days", "working days", "months", "years", "yuan", "persons", "per cent", "kilograms",
     "metres", "choice", "truth"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value with the day from which it holds, its source, and who confirmed it."""

    parameter: str
    since: date
    value: Value | Scale
    source: str
    confirmed: bool
    confirmed_by: str | None = None

    @property
    def number(self) -> int:
        """The value as a whole number; raises TypeError where it is no number."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise TypeError(f"{self.parameter} is no whole number")
        return self.value

    @property
    def amount(self) -> Decimal:
        """The value as an exact number; raises TypeError where it is no number."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | Decimal):
            raise TypeError(f"{self.parameter} is no number")
        return Decimal(self.value)

    @property
    def text(self) -> str:
        """The value as a word; raises TypeError where it is none."""
        if not isinstance(self.value, str):
            raise TypeError(f"{self.parameter} is no word")
        return self.value

    def amounts(self) -> tuple[Decimal, ...]:
        """All amounts of a scale; raises TypeError where there is none."""
        if not isinstance(self.value, tuple):
            raise TypeError(f"{self.parameter} has no scale")
        return tuple(Decimal(value) for _, value in self.value)

    def of(self, name: str) -> Decimal | None:
        """The amount for one name of a scale, for example a party type; None where not given."""
        if not isinstance(self.value, tuple):
            raise TypeError(f"{self.parameter} has no scale")
        found = dict(self.value).get(name)
        return Decimal(found) if isinstance(found, int | Decimal) else None

    def amount_for(self, name: str) -> Decimal:
        """The amount for one name of a scale; raises TypeError where none is given."""
        found = self.of(name)
        if found is None:
            raise TypeError(f"{self.parameter} gives nothing for {name}")
        return found


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number or period of the law over time; `history` newest first."""

    name: str
    title: Wording
    unit: str
    dated_by: str
    history: tuple[DatedValue, ...]

    def on(self, day: date) -> DatedValue:
        """The value in force on `day`; raises LawNotInForce before the first version."""
        for entry in self.history:
            if entry.since <= day:
                return entry
        raise LawNotInForce(parameter=self.title.zh, on=day)


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    value: bool | int | Decimal | str | dict[str, int | Decimal]
    source: str
    confirmed: bool
    confirmed_by: str | None = None
    note: str | None = None


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Wording
    unit: str
    dated_by: str
    values: dict[date, _Entry]


def load_parameter(path: Path) -> Parameter:
    """One parameter file; raises BadDataFile with the line and the key."""
    file = read_data_file(path)
    try:
        content = _File.model_validate(file.content)
    except ValidationError as problem:
        raise file.from_validation(problem) from problem
    if content.unit not in UNITS:
        raise file.error(("unit",), f"未知单位“{content.unit}”", f"unknown unit {content.unit}")
    if not content.values:
        raise file.error(("values",), "至少需要一个日期的值", "needs a value for one date or more")
    for since, entry in content.values.items():
        _require_citation(file, since, entry.source)
    history = tuple(
        DatedValue(
            parameter=path.stem,
            since=since,
            value=tuple(entry.value.items()) if isinstance(entry.value, dict) else entry.value,
            source=entry.source,
            confirmed=entry.confirmed,
            confirmed_by=entry.confirmed_by,
        )
        for since, entry in sorted(content.values.items(), reverse=True)
    )
    return Parameter(path.stem, content.name, content.unit, content.dated_by, history)


def _require_citation(file: DataFile, since: date, source: str) -> None:
    try:
        Citation.parse(source)
    except ValueError:
        raise file.error(
            ("values", since.isoformat(), "source"),
            f"“{source}”不是法规引用",
            f"{source} is no citation",
        ) from None


def load_parameters(folder: Path) -> dict[str, Parameter]:
    """Every parameter file of `folder` by its name."""
    return {path.stem: load_parameter(path) for path in sorted(folder.glob("*.yaml"))}


def with_site_values(
    parameters: Mapping[str, Parameter], values: Iterable[DatedValue]
) -> dict[str, Parameter]:
    """The parameters with a site's own confirmed values before the shipped ones of that date.

    Raises LawNotInForce for a parameter that does not exist.
    """
    changed = dict(parameters)
    for value in values:
        if value.parameter not in changed:
            raise LawNotInForce(parameter=value.parameter, on=value.since)
        known = changed[value.parameter]
        kept = [entry for entry in known.history if entry.since != value.since]
        history = sorted([*kept, value], key=lambda entry: entry.since, reverse=True)
        changed[value.parameter] = replace(known, history=tuple(history))
    return changed
