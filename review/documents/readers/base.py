"""What readers answer beside pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageCount:
    """How many pages a file has; comes before its pages."""

    count: int


@dataclass(frozen=True, slots=True)
class NeedsRecognition:
    """A page without a usable text layer; `number` counts from 1."""

    number: int
