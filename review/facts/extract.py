"""From a case file that was read to everything it says: the entrance of this package."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from review.common.text import fold, plain
from review.documents.kinds import EVIDENCE, OTHER
from review.documents.model import CaseReading, Document, PageStatus
from review.facts.extractors.by_kind import read
from review.facts.merge import DECISIONS, merge
from review.facts.misreadings import confirm, doubt
from review.facts.model import CaseFacts, DocumentFacts, Fact
from review.facts.paper import Paper
from review.facts.people import looks_like_name

_DOUBTED_KIND = 0.6


def extract(reading: CaseReading) -> CaseFacts:
    """The facts of every paper and of the whole file, with their places."""
    papers = tuple(_paper(document, index) for index, document in enumerate(reading.documents))
    papers = confirm(doubt(_one_series(_bare_causes(papers)), reading.documents))
    merged, contradictions = merge(papers)
    return CaseFacts(merged, papers, reading.files, _unclear(reading.documents), contradictions)


def _paper(document: Document, index: int) -> DocumentFacts:
    return DocumentFacts(
        index=index,
        kind=document.kind,
        title=document.title,
        source=document.source,
        pages=document.page_range,
        confidence=document.confidence,
        is_clear=document.is_clear,
        facts=read(Paper(document, index)),
        is_recognized=document.is_recognized,
        is_legible=document.is_legible,
    )


def _unclear(documents: Iterable[Document]) -> tuple[tuple[str, int | None], ...]:
    """Pages not read with confidence, and pages of papers whose kind is not sure.

    A page of 其他 or 证据材料 that was read well is clear: it is known what it is not.
    """
    found: dict[tuple[str, int | None], None] = {}
    for document in documents:
        doubted = document.confidence < _DOUBTED_KIND and document.kind not in (OTHER, EVIDENCE)
        for page in document.pages:
            if doubted or page.status in (PageStatus.UNCLEAR, PageStatus.UNREAD):
                found[page.source, page.number] = None
    return tuple(found)


def _with(paper: DocumentFacts, facts: Iterable[Fact]) -> DocumentFacts:
    return replace(paper, facts=tuple(facts))


_JOINED = re.compile(r"^(?:[、,，和与及]|以及)")
_AND_OTHERS = re.compile(
    r"^等?(?:[二两三四五六七八九十2-9]\d?(?:名|人|户|家)?(?:单位|当事人|人|公司)?|人)?"
)
_COMPANY = re.compile(
    r"^.{2,30}?(?:有限责任公司|有限公司|股份公司|集团公司|公司|经营部|车队|合作社)"
)
_ACT_BEGINS = re.compile(
    r"^(?:涉嫌|在|未|擅自|违|从事|使用|驾驶|无|非法|利用|不|对|将|损|超|以|伪造|拒|经营|占用|等|共同|分别|因|于)"
)


def _without_joint_parties(rest: str) -> str:
    """The cause without the names of those who acted jointly with the party that was taken off.

    What cannot be told from the act itself is left as it is.
    """
    if _JOINED.match(rest):
        suspected = rest.find("涉嫌")
        if 0 < suspected <= 60:
            return rest[suspected:]
    bare = rest
    while joined := _JOINED.match(bare):
        behind = bare[joined.end() :]
        company = _COMPANY.match(behind)
        lengths = [company.end()] if company is not None else []
        lengths += [size for size in (3, 2, 4) if looks_like_name(behind[:size])]
        end = next(
            (
                size
                for size in lengths
                if _ACT_BEGINS.match(behind[size:]) or _JOINED.match(behind[size:])
            ),
            None,
        )
        if end is None:
            return rest
        bare = behind[end:]
    if bare.startswith("等"):
        bare = _AND_OTHERS.sub("", bare, count=1)
    return bare


def bare_cause(cause: str, parties: Iterable[str]) -> str:
    """案由 without the party's name, 涉嫌 and 案.

    >>> bare_cause("某某公司涉嫌超限行驶公路案", ["某某公司"])
    '超限行驶公路'
    >>> bare_cause("章某、许样例在公路用地范围内堆放物品案", ["章某"])
    '在公路用地范围内堆放物品'
    """
    bare = cause
    for name in sorted(parties, key=len, reverse=True):
        if name and bare.startswith(name):
            bare = _without_joint_parties(bare[len(name) :])
            break
    else:
        suspected = bare.find("涉嫌")
        company = re.match(r".{2,40}?(?:有限责任公司|有限公司|股份公司|集团公司)", bare)
        if 1 < suspected <= 45:
            bare = bare[suspected:]
        elif company is not None and len(bare) - company.end() >= 4:
            bare = bare[company.end() :]
    bare = re.sub(r"^[(（][^()（）]{0,30}[)）]", "", bare)
    bare = re.sub(r"^(?:关于)?(?:对)?(?:涉嫌|的)?", "", bare)
    bare = re.sub(r"(?:一案|案件|案)[。.]?$", "", bare)
    return bare or cause


def _bare_causes(papers: tuple[DocumentFacts, ...]) -> tuple[DocumentFacts, ...]:
    parties = {
        str(fact.value)
        for paper in papers
        for name in ("party_name", "operator", "trade_name")
        for fact in paper.all(name)
    }
    return tuple(
        _with(
            paper,
            (
                replace(fact, value=bare_cause(str(fact.value), parties))
                if fact.name == "cause"
                else fact
                for fact in paper.facts
            ),
        )
        for paper in papers
    )


_SERIAL = re.compile(r"\[[^\]]*\]|\(\d{4}\)|[0-9A-Za-z-]+|第|号|字|年度?")


def series(number: str) -> str:
    """What a number has before its year and serial number: the series that it belongs to."""
    return plain(_SERIAL.sub("", fold(number)))


def _one_series(papers: tuple[DocumentFacts, ...]) -> tuple[DocumentFacts, ...]:
    """An unlabelled number of the same series as the case number is the case number, too.

    Agencies print it under the title of every paper; numbers of another series (事先告知书文号 and
    the like) stay the paper's own.
    """
    labelled = [str(fact.value) for paper in papers for fact in paper.all("case_no")]
    own = [
        str(fact.value)
        for paper in papers
        if paper.kind in DECISIONS
        for fact in paper.all("document_no")
    ]
    known = {series(number) for number in (*labelled, *(own if not labelled else ()))} - {""}
    changed = []
    for paper in papers:
        number = paper.first("document_no")
        if (
            paper.first("case_no") is None
            and number is not None
            and series(str(number.value)) in known
        ):
            also = replace(number, name="case_no", confidence=min(number.confidence, 0.9))
            changed.append(_with(paper, (also, *paper.facts)))
        else:
            changed.append(paper)
    return tuple(changed)
