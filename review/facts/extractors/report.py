"""Investigation report, approval sheets, extension of the period: proposals and approvals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from review.common.chinese_dates import number
from review.facts import labels
from review.facts.extractors import acts, approvals, narrative
from review.facts.fields import Form
from review.facts.model import Fact
from review.facts.paper import Paper

_EXTENSION = re.compile(
    r"(?:延长|延期)[^。;\n]{0,24}?(?P<n>[一二三四五六七八九十0-9]{1,4})(?:个)?(?:工"
    r"作)?(?:日|天)|(?P<m>[一二三1-3])个月"
)


def extract(paper: Paper, form: Form) -> Iterator[Fact]:
    """案件调查报告 and 案件处理审批表."""
    yield from acts.act_days(paper, form)
    yield from narrative.citations(paper, form)
    yield from narrative.fines(paper, "fine_proposed_yuan")
    yield from approvals.head(paper, form)
    yield from approvals.unit(paper, form)
    yield from approvals.handlers(paper, form)
    signed = approvals.last_day(paper, form, labels.HANDLER_OPINION)
    if signed is not None:
        yield signed


def extension(paper: Paper, form: Form) -> Iterator[Fact]:
    """办案期限延长审批表: days granted and the head's approval."""
    approved = list(approvals.head(paper, form))
    yield from approved
    match = _EXTENSION.search(paper.text, paper.title_end)
    if match is not None:
        days = number(match["n"]) if match["n"] else (number(match["m"]) or 0) * 30
        if days:
            yield paper.fact("extension_days", days, match.start(), match.end(), 0.9)
    day = next((fact for fact in approved if fact.name == "head_approved_on"), None)
    if day is not None:
        yield replace(day, name="extension_approved_on")
