"""Values of scanned papers that differ from the rest of the file as recognition errs.

A plate with 8 for B in one scan against every other paper, a name with one character lost: such a
value is kept and shown, but as doubtful, so that no check holds it against anybody. One digit for
another is no such case: that is how people err. Papers with a text layer are never touched.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from review.common.text import plain
from review.documents.kinds import match_title
from review.documents.model import Document
from review.facts.model import DocumentFacts, Fact, IndexEntry

_POOLS: tuple[frozenset[str], ...] = (
    frozenset({"plate"}),
    frozenset({"party_name", "holder_name", "owner_name", "addressee", "payer", "operator"}),
    frozenset({"party_id", "holder_id", "interviewee_id"}),
    frozenset({"case_no", "decision_no", "served_no"}),
    frozenset({"weighed_kg"}),
    frozenset({"limit_kg"}),
    frozenset({"over_kg"}),
    frozenset({"device_no"}),
    frozenset({"fine_digits_yuan"}),
)
"""Names whose values are compared with one another."""

_AMOUNTS = frozenset({"fine_digits_yuan"})
"""Of these a scan may lose the beginning, 4万元 of 2.4万元; another digit is how people err."""

_AROUND_DIGITS = re.compile(r"[￥¥,，\s]")

_ALIKE = tuple(
    frozenset(group) for group in ("0ODQ", "1IL", "2Z", "5S", "6G", "8B", "UV", "MN", "CG", "EF")
)
_LABELS = ("单位名称", "名称", "姓名", "住址", "地址", "单位")
"""Labels of the cell beside, which recognition may set into the middle of a wrapped value."""
_DOUBTED = 0.7
_TWICE, _GUESSED = 0.85, 0.5
"""Confidence of a day that was read at two places, and below which it is no reading at all."""
_WELL_READ = 0.93
_QUOTED = "_quoted"
"""End of the names of days that a paper tells of another's event, such as decided_on_quoted."""


def doubt(
    papers: tuple[DocumentFacts, ...], documents: Iterable[Document]
) -> tuple[DocumentFacts, ...]:
    """The papers with such values of scanned ones marked down; all values are kept."""
    scanned = {index for index, document in enumerate(documents) if document.is_recognized}
    if not scanned:
        return papers
    counts = [Counter[str]() for _ in _POOLS]
    for paper in papers:
        for pool, count in zip(_POOLS, counts, strict=True):
            count.update({_written(fact) for fact in paper.facts if fact.name in pool})
    return tuple(
        replace(paper, facts=tuple(_doubted(fact, counts) for fact in paper.facts))
        if paper.index in scanned
        else paper
        for paper in papers
    )


def _doubted(fact: Fact, counts: list[Counter[str]]) -> Fact:
    for pool, count in zip(_POOLS, counts, strict=True):
        if fact.name not in pool or fact.confidence <= _DOUBTED:
            continue
        value, is_amount = _written(fact), fact.name in _AMOUNTS
        if any(
            times > count[value]
            and times > 1
            and (other.endswith(value) if is_amount else _is_misread(value, other, fact.confidence))
            for other, times in count.items()
        ):
            return replace(fact, confidence=_DOUBTED)
    return fact


def confirm(papers: tuple[DocumentFacts, ...]) -> tuple[DocumentFacts, ...]:
    """The papers with doubtful days and fines of scanned ones that were read twice marked up.

    A day under a seal is sure once the file's own index gives it for a paper of that kind, the
    same paper gives it at another place as the day of its signature, or another paper tells of the
    same event on that day. Days of other things do not count: in one case file many lie close
    together. A fine in digits is sure once the same paper gives it in words.
    """
    indexed: dict[str, set[date]] = {}
    told = {
        (fact.name.removesuffix(_QUOTED), fact.value)
        for paper in papers
        for fact in paper.facts
        if fact.name.endswith(_QUOTED) and fact.confidence >= _TWICE
    }
    for paper in papers:
        for fact in paper.all("index_entries"):
            for entry in fact.value if isinstance(fact.value, tuple) else ():
                if not isinstance(entry, IndexEntry) or entry.dated_on is None:
                    continue
                kind = match_title(entry.title)
                if kind is not None:
                    indexed.setdefault(kind.kind, set()).add(entry.dated_on)
    return tuple(
        replace(
            paper,
            facts=tuple(
                replace(fact, confidence=_TWICE)
                if (
                    _is_doubtful_day(fact)
                    and (
                        fact.value in indexed.get(paper.kind, ())
                        or (fact.name, fact.value) in told
                        or _is_signed_on(fact, paper)
                    )
                )
                or _is_in_words(fact, paper)
                else fact
                for fact in paper.facts
            ),
        )
        if paper.is_recognized
        else paper
        for paper in papers
    )


def _is_doubtful_day(fact: Fact) -> bool:
    is_day = isinstance(fact.value, date) and not isinstance(fact.value, datetime)
    return is_day and _GUESSED <= fact.confidence < _TWICE


def _is_in_words(fact: Fact, paper: DocumentFacts) -> bool:
    """Whether a doubtful fine in digits stands in words beside it, read well."""
    return (
        fact.name in ("fine_yuan", "fine_notified_yuan")
        and _GUESSED <= fact.confidence < _TWICE
        and any(
            words.value == fact.value and words.confidence >= _TWICE
            for words in paper.all("fine_words_yuan")
        )
    )


def _is_signed_on(fact: Fact, paper: DocumentFacts) -> bool:
    """Whether another place of the paper, read well, gives the same day as that of signing."""
    return any(
        other.value == fact.value
        and other.confidence >= _TWICE
        and other.evidence.boxes != fact.evidence.boxes
        for name in ("signed_on", "dated_on")
        for other in paper.all(name)
    )


def _written(fact: Fact) -> str:
    """The value as it is compared with others: an amount as it is written, 2.4万元 or 24000元."""
    if fact.name in _AMOUNTS:
        return _AROUND_DIGITS.sub("", plain(fact.evidence.quote))
    return plain(str(fact.value))


def _is_misread(value: str, other: str, confidence: float) -> bool:
    """Whether `value` can be `other` with one character misread or lost."""
    if len(value) == len(other):
        pairs = [(left, right) for left, right in zip(value, other, strict=True) if left != right]
        if len(pairs) != 1:
            return False
        left, right = pairs[0]
        if left.isascii() and right.isascii():
            # a letter for a digit is how recognition errs, not people
            return left.isalpha() != right.isalpha() or any(
                {left.upper(), right.upper()} <= group for group in _ALIKE
            )
        return confidence < _WELL_READ
    if any(word in value and value.replace(word, "", 1) == other for word in _LABELS):
        return True
    if len(value) + 1 != len(other) or len(value) < 2:
        return False
    return any(other[:at] + other[at + 1 :] == value for at in range(len(other)))
