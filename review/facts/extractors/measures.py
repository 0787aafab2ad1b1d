"""Compulsory measures and preservation of evidence: when imposed, until when, when lifted."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from review.common.chinese_dates import find_dates, find_instants, number
from review.facts.extractors import approvals, foot
from review.facts.fields import Form
from review.facts.model import Fact
from review.facts.paper import Paper

_SPAN = re.compile(r"^(?:起)?(?:至|到|-|~)")
_TERM = re.compile(r"期限(?:为|:)?(?P<n>[一二三四五六七八九十0-9]{1,3})(?:个)?(?:日|天)")


def _spans(paper: Paper) -> Iterator[tuple[int, int, int, int]]:
    """Where 自 A 至 B stands: the places of A and B."""
    days = [day for day in find_dates(paper.text) if day.value is not None]
    for first, second in itertools.pairwise(days):
        if _SPAN.fullmatch(paper.text[first.end : second.start]):
            yield first.start, first.end, second.start, second.end


_ATTACHED = re.compile(
    r"附(?:件)?\d?[:、]?[^。;,\n]{0,20}?清单|清单(?:见附件|附后|另附)|(?:详见|见)[^。;\n]{0,14}?清单"
)
_COUNTED = re.compile(
    r"(?<!式)[一二两三四五六七八九十壹贰叁0-9]{1,3}(?:辆|台|艘|本|份|件|套|把|个(?!月|工作日|小时))"
)
_INSIDE = re.compile(r"(?:物品|财物|场所|设施|车辆)?(?:名称|品名)[\s\S]{0,60}?数量")


def _list(paper: Paper) -> Iterator[Fact]:
    """Whether the paper says that a list is attached, or lists the things itself."""
    for name, pattern in (
        ("list_attached", _ATTACHED),
        ("list_inside", _INSIDE),
        ("thing_counted", _COUNTED),
    ):
        match = pattern.search(paper.ticked, paper.title_end)
        if match is not None:
            yield paper.fact(name, True, match.start(), match.end(), 0.9)


def decision(paper: Paper, form: Form) -> Iterator[Fact]:
    """行政强制措施决定书: first day, last day, and what it says of a list of the things."""
    del form
    yield from _list(paper)
    text = paper.text
    for start, end, low, high in _spans(paper):
        for name, one, other in (("seized_on", start, end), ("seizure_ends_on", low, high)):
            value = find_dates(text[one:other])[0].value
            if value is not None:
                yield paper.fact(name, value, one, other, 0.95)
        break
    else:
        dated = next(foot.dated(paper), None)
        if dated is not None:
            yield replace(dated, name="seized_on", confidence=dated.confidence * 0.85)
            term = _TERM.search(text)
            days = number(term["n"]) if term is not None else None
            if days and hasattr(dated.value, "year") and not isinstance(dated.value, str):
                ends = dated.value + timedelta(days=days)  # type: ignore[operator]  # a date, by its name
                yield replace(dated, name="seizure_ends_on", value=ends, confidence=0.7)
    yield from foot.dated(paper)


def approval(paper: Paper, form: Form) -> Iterator[Fact]:
    """行政强制措施审批表: the instant of the head's approval."""
    yield from approvals.head(paper, form)
    instants = find_instants(paper.text)
    if instants:
        start, end, value = instants[-1]
        yield paper.fact("measure_approved_at", value, start, end, 0.85)


def extension(paper: Paper, form: Form) -> Iterator[Fact]:
    """延长行政强制措施期限通知书: the new last day."""
    del form
    for _, _, low, high in _spans(paper):
        value = find_dates(paper.text[low:high])[0].value
        if value is not None:
            yield paper.fact("seizure_extended_to", value, low, high, 0.9)
        break
    yield from foot.dated(paper)


def lifting(paper: Paper, form: Form) -> Iterator[Fact]:
    """解除行政强制措施决定书: from when."""
    del form
    for day in find_dates(paper.text):
        before = paper.text[max(0, day.start - 4) : day.start]
        if (
            day.value is not None
            and "自" in before
            and "解除" in paper.text[day.end : day.end + 20]
        ):
            yield paper.fact("released_on", day.value, day.start, day.end, 0.9)
            break
    else:
        for fact in foot.dated(paper):
            yield replace(fact, name="released_on", confidence=fact.confidence * 0.9)
    yield from foot.dated(paper)


def preservation(paper: Paper, form: Form) -> Iterator[Fact]:
    """证据登记保存清单: the day that it names for the preservation, or its own."""
    del form
    feet = list(foot.dated(paper))
    yield from feet
    told = _PRESERVED.search(paper.text, paper.title_end)
    days = find_dates(paper.text[told.end() : told.end() + 16]) if told is not None else []
    if told is not None and days and days[0].value is not None and days[0].start <= 2:
        start, end = told.end() + days[0].start, told.end() + days[0].end
        yield paper.fact("preserved_on", days[0].value, start, end, 0.9)
    else:
        yield from (replace(fact, name="preserved_on") for fact in feet)


_PRESERVED = re.compile(r"(?:登记)?保存(?:的)?(?:时间|日期|期限)(?:为|是|自|从|:|:自)?")


def preservation_approval(paper: Paper, form: Form) -> Iterator[Fact]:
    """证据登记保存审批表."""
    for fact in approvals.head(paper, form):
        yield fact
        if fact.name == "head_approved_on":
            yield replace(fact, name="preservation_approved_on")


def preservation_handled(paper: Paper, form: Form) -> Iterator[Fact]:
    """解除证据登记保存决定书."""
    del form
    for fact in foot.dated(paper):
        yield fact
        yield replace(fact, name="preservation_handled_on")
