"""The officers of a case: from the papers that name them with their certificates to one list.

A scan may show one officer under two names, where recognition takes 鹏 for 鵬: the number of the
certificate tells that they are one. Papers with a text layer are believed as they are written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from review.facts.model import DocumentFacts, Fact, Officer

RECORDS = ("现场笔录", "勘验笔录", "询问笔录")
_ON_THE_SPOT = ("当场行政处罚决定书",)
_HEARING = ("听证笔录",)
_HANDS = ("officer_signatures", "servers", "handlers", "handlers_listed")


def union(documents: tuple[DocumentFacts, ...], merged: Mapping[str, Fact]) -> Iterator[Fact]:
    """The union of inquiry and on-site records, each officer once, numbers filled in from any."""
    del merged
    for kinds in (RECORDS, _ON_THE_SPOT, _HEARING):
        facts = _facts(documents, "officers", kinds)
        people: dict[str, str | None] = {}
        for fact in facts:
            for officer in _officers(fact):
                if people.get(officer.name) is None:
                    people[officer.name] = officer.cert_no
        if people:
            yield replace(facts[0], value=_each_once(documents, people))
            return
    signed = _facts(documents, "officer_signatures", (*RECORDS, *_ON_THE_SPOT))
    names = dict.fromkeys(name for fact in signed for name in _names(fact))
    if names:
        hands = tuple(Officer(name) for name in names)
        yield replace(signed[0], name="officers", value=hands, confidence=0.75)
        return
    listed = _facts(documents, "handlers") or _facts(documents, "handlers_listed")
    if listed and isinstance(listed[0].value, tuple):
        handlers = tuple(Officer(name) for name in _names(listed[0]))
        yield replace(listed[0], name="officers", value=handlers, confidence=0.6)


def _each_once(
    documents: tuple[DocumentFacts, ...], people: Mapping[str, str | None]
) -> tuple[Officer, ...]:
    kept = {
        name: number
        for name, number in people.items()
        if number is not None or not _is_cut_off(name, people)
    }
    misread = _misread(documents, kept)
    return tuple(Officer(name, number) for name, number in kept.items() if name not in misread)


def _is_cut_off(name: str, people: Mapping[str, str | None]) -> bool:
    """Whether a name without a number is another's with a character lost under a seal."""
    return any(name != other and name in other for other in people)


def _misread(
    documents: tuple[DocumentFacts, ...], people: Mapping[str, str | None]
) -> frozenset[str]:
    """Names that only scans have and that differ in one character from another of the same number.

    Of two such names the one that more papers have is kept; of equals the one that comes first.
    """
    told, typed = _told(documents)
    dropped: set[str] = set()
    ranked = sorted(people, key=lambda name: (name not in typed, -told[name]))
    for at, name in enumerate(ranked):
        if name in typed or people[name] is None:
            continue
        if any(
            people[other] == people[name] and _differ_in_one(other, name) for other in ranked[:at]
        ):
            dropped.add(name)
    return frozenset(dropped)


def _differ_in_one(left: str, right: str) -> bool:
    return len(left) == len(right) and sum(a != b for a, b in zip(left, right, strict=True)) == 1


def _told(documents: Iterable[DocumentFacts]) -> tuple[Counter[str], frozenset[str]]:
    """How many papers name each person, and who is named by a paper with a text layer."""
    counts: Counter[str] = Counter()
    typed: set[str] = set()
    for document in documents:
        names = {one.name for fact in document.all("officers") for one in _officers(fact)}
        names |= {name for each in _HANDS for fact in document.all(each) for name in _names(fact)}
        counts.update(names)
        if not document.is_recognized:
            typed |= names
    return counts, frozenset(typed)


def _facts(
    documents: Iterable[DocumentFacts], name: str, kinds: tuple[str, ...] = ()
) -> list[Fact]:
    return [
        fact
        for document in documents
        if not kinds or document.kind in kinds
        for fact in document.all(name)
    ]


def _officers(fact: Fact) -> tuple[Officer, ...]:
    value = fact.value if isinstance(fact.value, tuple) else ()
    return tuple(each for each in value if isinstance(each, Officer))


def _names(fact: Fact) -> tuple[str, ...]:
    value = fact.value if isinstance(fact.value, tuple) else ()
    return tuple(str(each) for each in value)
