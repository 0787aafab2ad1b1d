"""行政复议决定书: what it says of the act that was contested and of those who dispute it.

It is the work of another organ. What it repeats of a penalty is quoted: never as sure as the
decision itself, and nothing of the reviewing organ passes for the file's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.common.chinese_dates import find_dates
from review.common.money import find_amounts
from review.facts.extractors import every_paper, narrative
from review.facts.model import Fact
from review.facts.paper import Paper

QUOTED = 0.7
"""Below what is held against anybody: another organ's words about a paper that it saw."""
_TITLE = re.compile(r"(?:^|\n)[^,。;:\n]{0,30}行政复议决定书?(?=\n|$|[^,。;:\n]{0,24}(?:号|\n|$))")
_HEAD = 160  # characters in which the title stands
_APPLICANT = re.compile(r"(?:^|[\n。;])申请人(?:\([^()]*\))?:(?P<name>[^,。;:\n(]{2,45})")
_RESPONDENT = re.compile(r"(?:^|[\n。;])被申请人(?:\([^()]*\))?:(?P<name>[^,。;:\n(]{3,40})")
_CONTESTED = re.compile(r"[^。;\n]*(?:作出|做出|作的)[^。;\n]*处罚[^。;\n]*")
_MEASURE = re.compile(r"强制措施|强制执行|不予处罚")


def is_one(paper: Paper) -> bool:
    """Whether the paper's head names it so."""
    return _TITLE.search(paper.text, 0, _HEAD) is not None


def extract(paper: Paper) -> Iterator[Fact]:
    """The applicant as the party, the respondent as the organ, and the penalty contested."""
    text = paper.text
    for name, pattern in (("party_name", _APPLICANT), ("agency", _RESPONDENT)):
        match = pattern.search(text)
        if match is not None:
            start, end = match.span("name")
            yield paper.fact(name, paper.printed(start, end), start, end, 0.85)
    for sentence in _CONTESTED.finditer(text):
        if _MEASURE.search(sentence.group()) is None:
            yield from _penalty(paper, *sentence.span())
            yield from _amount(paper)
            return


def _amount(paper: Paper) -> Iterator[Fact]:
    """The fine, where the paper tells of one alone: a changed one has two."""
    fines = [each for each in find_amounts(paper.text) if narrative.is_fine(paper.text, each)]
    if len({each.yuan for each in fines}) == 1:
        yield paper.fact("fine_yuan", fines[0].yuan, fines[0].start, fines[0].end, QUOTED)


def _penalty(paper: Paper, start: int, end: int) -> Iterator[Fact]:
    """Number and day of the penalty in the sentence that tells of it."""
    words = paper.text[start:end]
    number = every_paper.NUMBER.search(words)
    if number is not None:
        low = number.start() + _length_of_lead(number.group())
        place = (start + low, start + number.end())
        yield paper.fact("decision_no", paper.formal(*place), *place, QUOTED)
    day = next((each for each in find_dates(words) if each.value is not None), None)
    if day is not None and day.value is not None:
        yield paper.fact("decided_on_quoted", day.value, start + day.start, start + day.end, QUOTED)


def _length_of_lead(number: str) -> int:
    """How much of what was taken for a number is the sentence before it: 作出的苏交罚[2024]1号."""
    lead = re.match(r".*(?:作出|做出|作)(?:的|了)?", number)
    return lead.end() if lead is not None else 0
