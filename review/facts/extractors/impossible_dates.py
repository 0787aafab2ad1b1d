"""Days that no calendar has, and how far a scan is to be believed that they stand there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from review.common.chinese_dates import find_dates
from review.documents.model import MarkKind
from review.facts.model import Fact
from review.facts.paper import Paper

_CHINESE_FIGURE = re.compile(r"[一二三四五六七八九十]")


def extract(paper: Paper) -> Iterator[Fact]:
    """Days that no calendar has, such as 2月30日, written with their year.

    In a scan those under a seal and those in Chinese numerals are misreadings (12月 as 92月, 三月
    as 二月) far more often than the writer's: too doubtful to be held against anybody, yet shown.
    """
    for day in find_dates(paper.text):
        if day.value is None and day.has_year:
            fact = paper.fact(
                "impossible_date", paper.printed(day.start, day.end), day.start, day.end, 0.9
            )
            scanned = paper.is_recognised(day.start, day.end)
            if scanned and (
                _CHINESE_FIGURE.search(str(fact.value)) or _touches_a_seal(paper, fact)
            ):
                fact = replace(fact, confidence=fact.confidence * 0.5)
            yield fact


def _touches_a_seal(paper: Paper, fact: Fact) -> bool:
    pages = (page for page in paper.document.pages if page.number == fact.evidence.page)
    seals = [
        mark.box for page in pages for mark in page.marks if mark.kind is MarkKind.SEAL and mark.box
    ]
    return any(box.touches(seal) for box in fact.evidence.boxes for seal in seals)
