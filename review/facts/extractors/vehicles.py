"""The vehicle or ship that a paper speaks of, and those of others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.facts import labels
from review.facts.extractors.every_paper import number_fact
from review.facts.fields import Form
from review.facts.identity import Number, is_trailer, plates, ship_name
from review.facts.model import Fact
from review.facts.paper import Paper

_ANOTHER_VEHICLE = re.compile(
    r"另|其他|别的|旁边|同行|还有|[前后](?:方|面|车|边|一辆|头)|他人|证人"
)


_NOT_OURS = re.compile(r"(?:没有?|无|毫无)(?:任何)?关系|无关|不是我(?:的|们)|不认识|不知道是谁")


def _of_another(paper: Paper, number: Number) -> bool:
    """Whether an answer tells of another's vehicle, with which the party has nothing to do."""
    text = paper.text
    before = text[max(0, number.start - 12) : number.start]
    line_end = text.find("\n", number.end)
    answer = text[number.end : line_end if line_end >= 0 else len(text)]
    return _ANOTHER_VEHICLE.search(before) is not None and _NOT_OURS.search(answer) is not None


_QUOTED_SHIP = re.compile(r"[“\"](?P<ship>[\u4e00-\u9fff]{1,6}\d{2,7})[”\"]?(?:轮|号|船|艇)")


def vehicle(paper: Paper, form: Form) -> Iterator[Fact]:
    """Plates: labelled ones surely, the one in the narrative, others as doubtful mentions."""
    given: dict[str, Fact] = {}
    for entry in form.find(labels.PLATE):
        value = paper.text[entry.start : entry.end]
        number = next((one for one in plates(value) if not is_trailer(one.value)), None)
        if number is not None:
            if number.value not in given:
                given[number.value] = number_fact(
                    paper, "plate", number, entry.start, entry.sure / 0.9
                )
            continue
        ship = ship_name(value)
        if ship is not None and entry.label.startswith(("船", "车船", "车(船)", "涉案车船")):
            start, end = entry.start + ship.start(), entry.start + ship.end()
            given[ship.group()] = paper.fact("plate", ship.group(), start, end, entry.sure * 0.95)
    for match in _QUOTED_SHIP.finditer(paper.text):
        given.setdefault(
            match["ship"],
            paper.fact("plate", match["ship"], match.start("ship"), match.end("ship"), 0.85),
        )
    labelled = bool(given)
    counts: dict[str, int] = {}
    first: dict[str, Number] = {}
    for number in plates(paper.text):
        if is_trailer(number.value):
            continue
        counts[number.value] = counts.get(number.value, 0) + 1
        first.setdefault(number.value, number)
    main = max(counts, key=lambda value: (counts[value], -first[value].start), default=None)
    for value, number in first.items():
        if value in given:
            continue
        before = paper.text[max(0, number.start - 12) : number.start]
        ours = value == main and not labelled and _ANOTHER_VEHICLE.search(before) is None
        confidence = (0.95 if len(first) == 1 else 0.85) if ours else 0.5
        name = "other_plate" if _of_another(paper, number) else "plate"
        given[value] = paper.fact(name, value, number.start, number.end, confidence)
    yield from sorted(given.values(), key=lambda fact: -fact.confidence)
