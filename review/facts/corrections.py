"""What people correct of the facts that were read: in one paper, or for the whole file.

A correction of a paper replaces what was read there, and the facts of the file are merged anew, so
that papers which agree now contradict each other no more. A correction for the whole file stands
above the papers: what they say, and where they contradict each other, stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from review.facts.interface import value_text
from review.facts.merge import merge
from review.facts.model import CaseFacts, DocumentFacts, Evidence, Fact, FactValue


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction. `document` is the index of the paper; None for the whole file.

    `value` None says that there is no such fact. `old_value` is what the machine had read, in
    normal form; empty where it had read nothing.
    """

    name: str
    value: FactValue | None
    old_value: str
    evidence: Evidence
    document: int | None


def corrected(facts: CaseFacts, corrections: Sequence[Correction]) -> CaseFacts:
    """The facts with what people corrected; a later correction goes before an earlier one."""
    of_papers = [each for each in corrections if each.document is not None]
    if of_papers:
        facts = _with_papers(facts, of_papers)
    merged = dict(facts.merged)
    for each in corrections:
        if each.document is None and each.value is not None:
            merged[each.name] = _fact(each, each.value)
        elif each.document is None:
            merged.pop(each.name, None)
    return replace(facts, merged=merged)


def _with_papers(facts: CaseFacts, corrections: Iterable[Correction]) -> CaseFacts:
    papers = list(facts.documents)
    for each in corrections:
        assert each.document is not None
        papers[each.document] = _in_paper(papers[each.document], each)
    documents = tuple(papers)
    merged, contradictions = merge(documents)
    return replace(facts, documents=documents, merged=merged, contradictions=contradictions)


def _fact(correction: Correction, value: FactValue) -> Fact:
    return Fact(
        correction.name, value, correction.evidence, 1.0, correction.document, origin="person"
    )


def _in_paper(paper: DocumentFacts, correction: Correction) -> DocumentFacts:
    """The paper with the facts that the correction means replaced, at the place of the first."""
    meant = _meant(paper, correction)
    new = () if correction.value is None else (_fact(correction, correction.value),)
    facts: list[Fact] = []
    for fact in paper.facts:
        if fact not in meant:
            facts.append(fact)
        elif fact is meant[0]:
            facts.extend(new)
    if not meant:
        facts.extend(new)
    return replace(paper, facts=tuple(facts))


def _meant(paper: DocumentFacts, correction: Correction) -> tuple[Fact, ...]:
    """What a correction replaces: the old value, best on the very page, else another there.

    A newer reader may read another value on that page; the person's still stands instead of it.
    """
    if not correction.old_value:
        return ()
    named = paper.all(correction.name)
    same = tuple(fact for fact in named if value_text(fact.value) == correction.old_value)
    here = tuple(fact for fact in named if fact.evidence.page == correction.evidence.page)
    return tuple(fact for fact in same if fact in here) or same or here
