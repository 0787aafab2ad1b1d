"""One row of the tables of statements: a fact that a paper states, and the words that state it."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact of True or False and the words that say so.

    `kinds` are the papers in which the words mean this; empty for all. `denied` are words that say
    the opposite; `ignored` those that only look like it (what a party asks for).
    """

    name: str
    kinds: frozenset[str]
    said: re.Pattern[str]
    denied: re.Pattern[str] | None = None
    ignored: re.Pattern[str] | None = None
    confidence: float = 0.95


def kinds(words: str) -> frozenset[str]:
    """The kinds of papers named in a string, separated by spaces."""
    return frozenset(words.split())
