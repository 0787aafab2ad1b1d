"""The law in force: every held statute, parameter and fine range, loaded once, asked by date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Protocol

from review.common.dates import PUBLISHED, WorkingCalendar
from review.errors import LawNotInForce
from review.law.citation import Citation, Place
from review.law.fines import (
    Cause,
    Circumstances,
    FineRange,
    OverloadRule,
    load_causes,
    match_cause,
    range_of,
)
from review.law.parameter import DatedValue, Parameter, load_parameters, with_site_values
from review.law.stale_text import StaleText, load_stale_texts
from review.law.statute import Library, Statute, load_library
from review.law.waiver_list import ListKind, WaiverList, list_in_force, load_waiver_lists

DATA = Path(__file__).parent

DATE_ORDER = ("decided_on", "served_on", "notice_on", "filed_on", "act_on", "found_on")
"""The dates of a case by which the version of a procedural law is picked, best first."""


class DatedFact(Protocol):
    """A fact with a value."""

    @property
    def value(self) -> object:
        """Its value."""


class DatedCase(Protocol):
    """What the law must know of a case: facts by name."""

    def get(self, name: str) -> DatedFact | None:
        """The fact of that name or None."""


@dataclass(frozen=True, slots=True)
class LawInForce:
    """All held law with the calendar of the site. Immutable; `for_site` gives a changed one.

    Answers that every case file asks for again are remembered; they depend on the law alone.
    """

    library: Library
    parameters: dict[str, Parameter]
    causes: tuple[Cause, ...]
    waiver_lists: tuple[WaiverList, ...] = ()
    stale_texts: tuple[StaleText, ...] = ()
    calendar: WorkingCalendar = field(default=PUBLISHED)
    _cited: dict[tuple[str, date], str] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _confirmed: dict[str, bool] = field(default_factory=dict, init=False, repr=False, compare=False)
    _resolved: dict[tuple[tuple[str, ...], date | None], tuple[tuple[str, bool], ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _causes: dict[str, Cause | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def for_site(
        self,
        calendar: WorkingCalendar | None = None,
        values: Iterable[DatedValue] = (),
        waiver_lists: Iterable[WaiverList] = (),
        statutes: Iterable[Statute] = (),
    ) -> LawInForce:
        """The same law with what a site adds: calendar, confirmed values, waiver lists, texts."""
        values, statutes = tuple(values), tuple(statutes)
        parameters = with_site_values(self.parameters, values) if values else self.parameters
        return replace(
            self,
            calendar=calendar or self.calendar,
            parameters=parameters,
            waiver_lists=(*waiver_lists, *self.waiver_lists),
            library=self.library.with_texts(statutes) if statutes else self.library,
        )

    def parameter(self, name: str, *, on: date) -> DatedValue:
        """The value of a parameter in force on a day; raises LawNotInForce (LAW-001)."""
        if name not in self.parameters:
            raise LawNotInForce(parameter=name, on=on)
        return self.parameters[name].on(on)

    def statute(self, law: str, *, on: date) -> Statute | None:
        """The version of a law in force on a day; None where none is held."""
        return self.library.on(law, on)

    def cite(self, source: str, *, on: date) -> str:
        """The full citation of an undated or dated source, with the version in force on `on`.

        A source whose version is not held keeps its undated form.
        """
        known = self._cited.get((source, on))
        if known is None:
            citation = Citation.parse(source)
            statute = self.library.on(citation.law, on)
            if citation.in_force is not None or statute is None:
                known = source
            else:
                known = str(statute.cite(citation.place))
            self._cited[source, on] = known
        return known

    def resolve(self, source: str, case: DatedCase) -> str:
        """The full citation of a source for a case: the version in force on the day it was decided.

        Where the file gives no day at all, the newest held version.
        """
        return self._resolve(source, day_of(case))

    def resolved(self, sources: tuple[str, ...], case: DatedCase) -> tuple[tuple[str, bool], ...]:
        """Each source resolved for a case, with whether it is confirmed."""
        question = sources, day_of(case)
        known = self._resolved.get(question)
        if known is None:
            citations = [self._resolve(source, question[1]) for source in sources]
            known = tuple((citation, self.is_confirmed(citation)) for citation in citations)
            self._resolved[question] = known
        return known

    def _resolve(self, source: str, day: date | None) -> str:
        if day is not None:
            return self.cite(source, on=day)
        citation = Citation.parse(source)
        versions = self.library.versions(citation.law)
        if citation.in_force is not None or not versions:
            return source
        return str(versions[0].cite(citation.place))

    def is_confirmed(self, citation: str) -> bool:
        """Whether the text behind a citation was confirmed."""
        known = self._confirmed.get(citation)
        if known is None:
            parsed = Citation.parse(citation)
            versions = (
                statute
                for statute in self.library.versions(parsed.law)
                if parsed.in_force is None or statute.in_force == parsed.in_force
            )
            statute = next(versions, None)
            known = statute is not None and statute.is_confirmed(parsed.place)
            self._confirmed[citation] = known
        return known

    def only_later(self, source: str, *, on: date) -> Statute | None:
        """The version of a later day in which alone the text of a source is held, or None.

        None as well where the text of `on` is held, or where no version holds it.
        """
        citation = Citation.parse(source)
        if citation.in_force is not None:
            return None
        at_that_day = self.library.on(citation.law, on)
        if at_that_day is not None and (
            citation.place is None or at_that_day.has(citation.place) is not None
        ):
            return None
        later = [
            each
            for each in self.library.versions(citation.law)
            if each.in_force > on and (citation.place is None or each.has(citation.place))
        ]
        return later[-1] if later else None

    def has_place(self, law: str, place: Place, *, on: date) -> bool | None:
        """Whether the place exists in the version in force; None: no text held for that day."""
        statute = self.library.on(law, on)
        return None if statute is None else statute.has(place)

    def cause(self, text: str) -> Cause | None:
        """The one held cause that a paper's words mean, or None."""
        if text not in self._causes:
            self._causes[text] = match_cause(self.causes, text)
        return self._causes[text]

    def fine_range(self, cause: Cause, given: Circumstances) -> FineRange | None:
        """The lawful fine for a cause; None where no version is held for the day of the act.

        Raises RangeNotComputable where a fact is missing.
        """
        overload = None if given.act_on is None else self.overload_rule(given.act_on)
        return range_of(cause, given, overload)

    def waiver_list(self, *, on: date, kind: ListKind = ListKind.WAIVE) -> WaiverList | None:
        """The list of a kind in force on a day; None where none is held."""
        return list_in_force(self.waiver_lists, on=on, kind=kind)

    def overload_rule(self, on: date) -> OverloadRule | None:
        """The figures of the overload fine on a day; None before the first version."""
        try:
            return OverloadRule(
                step_kg=self.parameter("overload_step", on=on).number,
                per_step_yuan=self.parameter("overload_fine_per_step", on=on).amount,
                cap_yuan=self.parameter("overload_fine_cap", on=on).amount,
                rounding=self.parameter("overload_rounding", on=on).text,
            )
        except LawNotInForce:
            return None


def day_of(case: DatedCase) -> date | None:
    """The day by which the procedural law of a case is picked; None where no date was read."""
    for name in DATE_ORDER:
        fact = case.get(name)
        if fact is not None and isinstance(fact.value, date):
            return fact.value
    return None


def load_law(folder: Path = DATA) -> LawInForce:
    """Everything below `folder`; raises BadDataFile with file, line and key."""
    return LawInForce(
        library=load_library(folder / "statutes"),
        parameters=load_parameters(folder / "parameters"),
        causes=load_causes(folder / "fines"),
        waiver_lists=load_waiver_lists(folder / "waivers"),
        stale_texts=load_stale_texts(folder / "stale_texts.yaml"),
    )


@cache
def law_in_force() -> LawInForce:
    """The shipped law, loaded once a process."""
    return load_law()
