"""立案登记表: registered, approved, by whom; the handlers named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from review.common.chinese_dates import find_dates
from review.facts import labels
from review.facts.extractors import acts, approvals, narrative
from review.facts.fields import Form
from review.facts.model import Fact
from review.facts.paper import Paper


def labelled_day(paper: Paper, form: Form, name: str, group: frozenset[str]) -> Iterator[Fact]:
    """The day beside the first label of the group that has one."""
    for entry in form.find(group):
        day = next(
            (one for one in find_dates(paper.text[entry.start : entry.end]) if one.value), None
        )
        if day is not None and day.value is not None and day.start <= 30:
            start, end = entry.start + day.start, entry.start + day.end
            yield paper.fact(name, day.value, start, end, entry.sure)
            return


def extract(paper: Paper, form: Form) -> Iterator[Fact]:
    """`filed_on` is the head's approval: neither the clue's registration nor the unit's opinion."""
    yield from labelled_day(paper, form, "registered_on", labels.REGISTERED)
    approved = list(approvals.head(paper, form))
    yield from approved
    day = next((fact for fact in approved if fact.name == "head_approved_on"), None)
    if day is not None:
        yield replace(day, name="filed_on")
    elif not any(fact.name == "head_date_blank" for fact in approved):
        yield from labelled_day(paper, form, "filed_on", labels.FILED)
    yield from approvals.unit(paper, form)
    if not any(fact.name == "handlers" for fact in approved):
        yield from approvals.proposed_handlers(paper, form)
    yield from approvals.handlers(paper, form)
    yield from acts.act_days(paper, form)
    yield from narrative.citations(paper, form)
