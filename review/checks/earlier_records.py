"""Earlier cases that the file's own search lists: of the same cause, and within its look-back."""

from __future__ import annotations

from datetime import date

from review.checks.values import count, day, words, written
from review.common.dates import add_years
from review.common.text import plain
from review.facts.model import CaseFacts, Fact

LOOK_BACK_YEARS = 2
"""The look-back of most lists of minor acts, where the search does not state its own."""

SHORTEST_CAUSE = 5
"""Characters below which a cause is too short to be known again in a row."""


def same_before(case: CaseFacts) -> list[Fact]:
    """The listed cases of the very cause between the beginning of the look-back and the act.

    A row of other words, of another cause or an older one is not among them: a person compares.
    None are where the day of the act or the cause was not read.
    """
    until = day(case.get("act_on")) or day(case.get("found_on"))
    causes = {
        plain(text)
        for fact in (case.get("cause"), *(fact for _, fact in case.every("cause")))
        if (text := words(fact)) and len(plain(text)) >= SHORTEST_CAUSE
    }
    if until is None or not causes:
        return []
    return [
        fact
        for paper, fact in case.every("earlier_record")
        if (on := recorded_on(fact)) is not None
        and add_years(until, -(count(paper.first("search_years")) or LOOK_BACK_YEARS)) <= on < until
        and any(cause in plain(written(fact)) for cause in causes)
    ]


def recorded_on(fact: Fact) -> date | None:
    """The day with which a listed case begins; None where it has none."""
    try:
        return date.fromisoformat(written(fact)[:10])
    except ValueError:
        return None
