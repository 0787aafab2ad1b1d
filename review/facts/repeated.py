"""What nearly every paper of a file repeats, where the scan that is to tell it was read in doubt.

Seals blur the same character on many papers, and a fax breaks rulings; the papers of one file prove
each other. Only the merged value is another then: each paper keeps what was read of it. Papers with
a text layer are never touched, for what stands there was written so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from review.common.text import plain, same_number
from review.facts.model import DocumentFacts, Fact

_SURE = 0.8
_CLEAR = 0.93
_BLURRED = 2  # characters of a name that a seal may blur
_REPEATED = ("case_no", "party_name", "party_id", "plate")


def agreed(documents: tuple[DocumentFacts, ...], merged: Mapping[str, Fact]) -> Iterator[Fact]:
    """What the other papers agree on, where the scan that comes first was read with doubt."""
    for name in _REPEATED:
        chosen = merged.get(name)
        if chosen is None or not _is_scanned(documents, chosen) or chosen.confidence >= _SURE:
            continue
        told = [fact for fact in _every(documents, name) if fact.confidence >= _SURE]
        if len(told) > 1 and len({plain(str(fact.value)) for fact in told}) == 1:
            yield told[0]


def number(documents: tuple[DocumentFacts, ...], merged: Mapping[str, Fact]) -> Iterator[Fact]:
    """The number of a scanned file with the brackets that most of its papers show."""
    chosen = merged.get("case_no")
    if chosen is None or not _is_scanned(documents, chosen):
        return
    written = Counter(
        str(fact.value)
        for fact in _every(documents, "case_no")
        if same_number(str(fact.value), str(chosen.value))
    )
    if written:
        usual = max(written, key=lambda each: (written[each], each == chosen.value))
        yield replace(chosen, value=usual)


def clearer(documents: tuple[DocumentFacts, ...], chosen: Fact) -> Fact | None:
    """The organ's name as a clear page has it, where the chosen one was read less surely.

    Its own seal lies over the name on most papers.
    """
    value = str(chosen.value)
    if chosen.confidence >= _CLEAR or not _is_scanned(documents, chosen):
        return None
    clear = [
        fact
        for fact in _every(documents, "agency")
        if fact.confidence >= _CLEAR and _is_blurred(value, str(fact.value))
    ]
    best = max(clear, key=lambda fact: fact.confidence, default=None)
    return None if best is None else replace(best, confidence=min(best.confidence, 0.9))


def _is_blurred(value: str, name: str) -> bool:
    """Whether `value` can be a name with characters misread, or its end with one misread."""
    if value == name or len(value) > len(name):
        return False
    if Levenshtein.distance(value, name) <= _BLURRED:
        return True
    end = name[-len(value) :]
    return len(value) > 2 * _BLURRED and Levenshtein.distance(value, end) <= 1


def _every(documents: tuple[DocumentFacts, ...], name: str) -> Iterator[Fact]:
    return (fact for document in documents for fact in document.all(name))


def _is_scanned(documents: tuple[DocumentFacts, ...], fact: Fact) -> bool:
    return any(document.index == fact.document and document.is_recognized for document in documents)
