"""Facts with their evidence, the facts of one paper, and what a whole file says.

The absence rule (the published interface, "When nothing was found") is `facts.absence`: every check
that claims something missing asks it whether the reading can carry the claim.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from review.documents.model import Box, FileReport
from review.facts.surroundings import ALONE, Surroundings


@dataclass(frozen=True, slots=True)
class Officer:
    """An officer as a paper names him; `cert_no` is None where the paper gives no number."""

    name: str
    cert_no: str | None = None


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One row of the file index (卷内目录). Pages as printed; None where the row gives none."""

    title: str
    page_from: int | None
    page_to: int | None
    dated_on: date | None


FactValue = (
    str
    | int
    | bool
    | Decimal
    | date
    | datetime
    | tuple[Officer, ...]
    | tuple[str, ...]
    | tuple[int, ...]
    | tuple[IndexEntry, ...]
)
"""Dates are `date`; instants naive local time (Asia/Shanghai) as the paper prints them; money
`Decimal` yuan; masses int kilograms; statements that a paper makes are `True`/`False`."""


HARM, SLIGHT_HARM, NO_HARM = "有", "轻微", "无"
"""What a paper finds of the harm that an act did: the values of `harm_stated`."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where something stands: source, page (None for DOCX), words and their box.

    `boxes` has one box a line where the words wrap; `box` is their union.
    """

    source: str
    page: int | None
    quote: str
    boxes: tuple[Box, ...] = ()

    @property
    def box(self) -> Box | None:
        """The union of the boxes; None for DOCX."""
        if len(self.boxes) < 2:
            return self.boxes[0] if self.boxes else None
        whole = self.boxes[0]
        for box in self.boxes[1:]:
            whole = whole.union(box)
        return whole


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of one name, read in one place.

    `document` is the index into the file's documents; `confidence` 0..1; `origin` tells a machine's
    reading from a person's correction, which always wins.
    """

    name: str
    value: FactValue
    evidence: Evidence
    confidence: float
    document: int | None
    origin: Literal["machine", "person"] = "machine"


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """One paper as the checks see it: its kind, place and facts. No check sees text.

    `is_recognized` says that words of it came from recognition, so that single characters may be
    misread; `is_legible` that nothing written on it stayed unread or doubtful, so that what was not
    found does not stand there.
    """

    index: int
    kind: str
    title: str
    source: str
    pages: tuple[int, int] | None
    confidence: float
    is_clear: bool
    facts: tuple[Fact, ...] = ()
    is_recognized: bool = False
    is_legible: bool = True
    _named: dict[str, tuple[Fact, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """The facts by name, filled at the first question: a hundred checks ask many times."""

    def first(self, name: str) -> Fact | None:
        """The first fact of that name, in reading order."""
        found = self.all(name)
        return found[0] if found else None

    def all(self, name: str) -> tuple[Fact, ...]:
        """All facts of that name, in reading order."""
        if not self._named and self.facts:
            gathered: dict[str, list[Fact]] = {}
            for fact in self.facts:
                gathered.setdefault(fact.name, []).append(fact)
            self._named.update((each, tuple(facts)) for each, facts in gathered.items())
        return self._named.get(name, ())

    def evidence(self) -> Evidence:
        """The paper itself as evidence: its title on its first page."""
        return Evidence(self.source, self.pages[0] if self.pages else None, self.title)


@dataclass(frozen=True, slots=True)
class Absence:
    """Whether "not there" may be claimed; `obstacles` say, in both languages, why not."""

    may_be_claimed: bool
    obstacles: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What a whole case file says: merged facts first, then every paper's own.

    `merged` has one fact a name, the value that `facts.merge` chose; `contradictions` keeps the
    facts of names on which papers disagree. `files` are the intake reports; `unclear_pages` lists
    (source, page) read with low confidence or in no recognised document. `surroundings` are the
    bureau's registers and other cases; they are no part of the file.
    """

    merged: Mapping[str, Fact]
    documents: tuple[DocumentFacts, ...]
    files: tuple[FileReport, ...] = ()
    unclear_pages: tuple[tuple[str, int | None], ...] = ()
    contradictions: Mapping[str, tuple[Fact, ...]] = field(default_factory=dict)
    surroundings: Surroundings = ALONE
    _answered: dict[Hashable, Absence] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """Answers of `facts.absence`, which the checks ask again and again of one file."""
    _told: dict[str, tuple[tuple[DocumentFacts, Fact], ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """Every paper's facts by name, filled at the first question."""
    _sorted: dict[str, tuple[DocumentFacts, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """The papers by kind, filled at the first question."""

    def remembered(self, question: Hashable, answer: Callable[[], Absence]) -> Absence:
        """The answer to a question of absence, worked out once a file."""
        known = self._answered.get(question)
        if known is None:
            known = self._answered[question] = answer()
        return known

    def get(self, name: str) -> Fact | None:
        """The merged fact, or None: not found is never a value."""
        return self.merged.get(name)

    def of_kind(self, *kinds: str) -> tuple[DocumentFacts, ...]:
        """The papers of those kinds, in the order of the file."""
        if not self._sorted and self.documents:
            gathered: dict[str, list[DocumentFacts]] = {}
            for document in self.documents:
                gathered.setdefault(document.kind, []).append(document)
            self._sorted.update((kind, tuple(papers)) for kind, papers in gathered.items())
        if len(kinds) == 1:
            return self._sorted.get(kinds[0], ())
        held = [self._sorted[kind] for kind in dict.fromkeys(kinds) if kind in self._sorted]
        if len(held) > 1:
            return tuple(document for document in self.documents if document.kind in kinds)
        return held[0] if held else ()

    def every(self, name: str) -> Iterator[tuple[DocumentFacts, Fact]]:
        """Each paper's facts of that name, in the order of the file."""
        if not self._told and self.documents:
            gathered: dict[str, list[tuple[DocumentFacts, Fact]]] = {}
            for document in self.documents:
                for fact in document.facts:
                    gathered.setdefault(fact.name, []).append((document, fact))
            self._told.update((each, tuple(pairs)) for each, pairs in gathered.items())
        return iter(self._told.get(name, ()))
