"""The held versions of laws: title, dates, the outline of their articles, summaries in own words.

One file a version: `statutes/<law>/<in-force-date>.yaml`. The wording of a law is not kept; what is
kept suffices to say whether a cited place exists, and which version was in force on a day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from review.common.datafile import read_data_file
from review.law.citation import Citation, Place, plain_title

UNKNOWN_OUTLINE = "?"
"""Stands for the outline of an article that is known to exist but whose text was not held."""


class Wording(BaseModel):
    """A short text in both languages."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: str
    en: str


class Summary(Wording):
    """What an article says, in own words; `confirmed` None follows the file."""

    confirmed: bool | None = None


class Statute(BaseModel):
    """One version of one law.

    `structure` gives for every article ("60", "60.1" for 之一) the number of items of each of its
    paragraphs, or "?" where only the article's existence is known. `is_whole` says that the outline
    is complete: only then can a cited article be called missing. `ended` is the first day on which
    the law is no longer in force. `wording` is the text of articles, only where a bureau handed its
    own copy in.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Wording
    aliases: tuple[str, ...] = ()
    promulgated: date | None = None
    in_force: date
    ended: date | None = None
    is_whole: bool
    confirmed: bool
    confirmed_by: str | None = None
    confirmed_on: date | None = None
    note: str | None = None
    summaries: dict[str, Summary] = Field(default_factory=dict)
    structure: dict[str, str]
    wording: dict[str, str] = Field(default_factory=dict)
    law: str

    @cached_property
    def outline(self) -> dict[str, tuple[int, ...] | None]:
        """Article to the item counts of its paragraphs; None where the inside is not known."""
        return {
            article: None
            if counts == UNKNOWN_OUTLINE
            else tuple(int(count) for count in counts.split())
            for article, counts in self.structure.items()
        }

    def has(self, place: Place) -> bool | None:
        """Whether a place exists in this version; None where the held outline cannot tell."""
        key = _key(place)
        if key not in self.outline:
            return False if self.is_whole else None
        paragraphs = self.outline[key]
        if paragraphs is None:
            return None if place.paragraph or place.item else True
        if place.paragraph is not None:
            if place.paragraph > len(paragraphs):
                return False
            return place.item is None or place.item <= paragraphs[place.paragraph - 1]
        return place.item is None or any(place.item <= count for count in paragraphs)

    def is_confirmed(self, place: Place | None) -> bool:
        """Whether the bureau or the published text confirmed what is held about the place."""
        if place is not None:
            summary = self.summaries.get(_key(place))
            if summary is not None and summary.confirmed is not None:
                return summary.confirmed
        return self.confirmed

    def cite(self, place: Place | None) -> Citation:
        """The full citation of a place in this version."""
        return Citation(self.law, self.in_force, place)


def _key(place: Place) -> str:
    return str(place.article) if place.inserted is None else f"{place.article}.{place.inserted}"


class Library:
    """All held versions, by law and by title."""

    def __init__(self, statutes: list[Statute]) -> None:
        """Index the versions; later versions of a law come first."""
        self._by_law: dict[str, list[Statute]] = {}
        self._by_title: dict[str, str] = {}
        for statute in sorted(statutes, key=lambda each: each.in_force, reverse=True):
            self._by_law.setdefault(statute.law, []).append(statute)
            for title in (statute.title.zh, *statute.aliases):
                self._by_title.setdefault(plain_title(title), statute.law)

    def with_texts(self, texts: Iterable[Statute]) -> Library:
        """The same with texts that a bureau handed in; one of a held version completes it.

        The outline of the bureau's text replaces the held one; summaries and aliases stay.
        """
        held = {
            (each.law, each.in_force): each
            for versions in self._by_law.values()
            for each in versions
        }
        for text in texts:
            known = held.get((text.law, text.in_force))
            held[text.law, text.in_force] = text if known is None else _completed(known, text)
        return Library(list(held.values()))

    @property
    def laws(self) -> tuple[str, ...]:
        """The keys of all laws, sorted."""
        return tuple(sorted(self._by_law))

    def versions(self, law: str) -> tuple[Statute, ...]:
        """The held versions of a law, newest first; empty where the law is not held."""
        return tuple(self._by_law.get(law, ()))

    def on(self, law: str, day: date) -> Statute | None:
        """The version in force on `day`; None where none is held for that day."""
        for statute in self._by_law.get(law, ()):
            if statute.in_force <= day:
                return None if statute.ended is not None and statute.ended <= day else statute
        return None

    def by_title(self, title: str) -> str | None:
        """The key of the law that a paper names, or None where it is not held."""
        return self._by_title.get(plain_title(title))


def _completed(known: Statute, text: Statute) -> Statute:
    """A held version with the outline and the wording of the bureau's own copy."""
    kept = {"title", "aliases", "note", "in_force", "law", "promulgated", "ended"}
    return Statute.model_validate(
        {
            **known.model_dump(include=kept),
            **text.model_dump(exclude=kept | {"summaries"}),
            "promulgated": text.promulgated or known.promulgated,
            "ended": text.ended or known.ended,
            # what was held as not confirmed stands now against the text itself
            "summaries": {
                article: summary.model_copy(update={"confirmed": None})
                for article, summary in known.summaries.items()
            },
        }
    )


def load_statute(path: Path) -> Statute:
    """One statute file; raises BadDataFile with the line and the key."""
    file = read_data_file(path)
    try:
        statute = Statute.model_validate({**file.content, "law": path.parent.name})
    except ValidationError as problem:
        raise file.from_validation(problem) from problem
    if path.stem != statute.in_force.isoformat():
        raise file.error(
            ("in_force",),
            f"与文件名 {path.name} 不一致",
            f"differs from the file name {path.name}",
        )
    for article, counts in statute.structure.items():
        if counts != UNKNOWN_OUTLINE and not all(count.isdigit() for count in counts.split()):
            raise file.error(
                ("structure", article),
                "应为各款的项数，如 “6 0”，或 “?”",
                "must be the number of items of each paragraph, like 6 0, or ?",
            )
    return statute


def load_library(folder: Path) -> Library:
    """Every statute file below `folder`."""
    return Library([load_statute(path) for path in sorted(folder.glob("*/*.yaml"))])
