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

from review.common.text import plain
from review.documents.model import Document
from review.facts.model import DocumentFacts, Fact

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
_WELL_READ = 0.93


def doubt(
    papers: tuple[DocumentFacts, ...], documents: Iterable[Document]
) -> tuple[DocumentFacts, ...]:
    """The papers with such values of scanned ones marked down; all values are kept."""
    scanned = {index for index, document in enumerate(documents) if _is_scanned(document)}
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


def _is_scanned(document: Document) -> bool:
    return document.is_recognized


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
