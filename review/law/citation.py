"""Citations: the machine's form and the form in which Chinese papers cite.

The machine's form names a law, the version by its day in force, and the place:
`administrative-penalty-law/2021-07-15#art-59-para-1-item-3`. Without the day it names the law as
such and is resolved for a case by `LawInForce.resolve`. An inserted article (第六十条之一) is
`art-60.1`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from review.common.citations import find_citations
from review.common.text import squeeze

_MACHINE = re.compile(
    r"^(?P<law>[a-z][a-z0-9-]*[a-z0-9])"
    r"(?:/(?P<day>\d{4}-\d{2}-\d{2}))?"
    r"(?:#art-(?P<article>\d+)(?:\.(?P<inserted>\d+))?"
    r"(?:-para-(?P<paragraph>\d+))?(?:-item-(?P<item>\d+))?)?$"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place within a law: article, paragraph (款), item (项), all from 1; None where not said.

    `inserted` is the n of 之n.
    """

    article: int
    inserted: int | None = None
    paragraph: int | None = None
    item: int | None = None

    def __str__(self) -> str:
        """The fragment of the machine's form, without the hash sign."""
        text = f"art-{self.article}"
        if self.inserted is not None:
            text += f".{self.inserted}"
        if self.paragraph is not None:
            text += f"-para-{self.paragraph}"
        if self.item is not None:
            text += f"-item-{self.item}"
        return text

    @property
    def zh(self) -> str:
        """As Chinese papers write it, for example 第五十九条第一款第（三）项."""
        text = f"第{numeral(self.article)}条"
        if self.inserted is not None:
            text += f"之{numeral(self.inserted)}"
        if self.paragraph is not None:
            text += f"第{numeral(self.paragraph)}款"
        if self.item is not None:
            text += f"第（{numeral(self.item)}）项"
        return text

    @property
    def en(self) -> str:
        """In English, for example art. 59(1)(3)."""
        text = f"art. {self.article}"
        if self.inserted is not None:
            text += f"-{self.inserted}"
        if self.paragraph is not None:
            text += f" para. {self.paragraph}"
        if self.item is not None:
            text += f" item {self.item}"
        return text

    def covers(self, other: Place) -> bool:
        """Whether `other` is the same place or lies within it: article 59 covers 59 item 3."""
        return (
            self.article == other.article
            and self.inserted == other.inserted
            and self.paragraph in (None, other.paragraph)
            and self.item in (None, other.item)
        )

    def agrees(self, other: Place) -> bool:
        """Whether one covers the other, or the two differ only in naming the single paragraph.

        第六十三条第（一）项 and 第六十三条第一款第（一）项 are the same place where the article has
        one paragraph; papers write both.
        """
        if self.covers(other) or other.covers(self):
            return True
        if not {self.paragraph, other.paragraph} <= {None, 1}:
            return False
        one, two = replace(self, paragraph=None), replace(other, paragraph=None)
        return one.covers(two) or two.covers(one)


@dataclass(frozen=True, slots=True)
class Citation:
    """A law, its version by the day in force (None: not yet resolved), and a place in it."""

    law: str
    in_force: date | None = None
    place: Place | None = None

    @classmethod
    @lru_cache(maxsize=2048)
    def parse(cls, text: str) -> Citation:
        """The citation of a machine's form; raises ValueError where the grammar is not met.

        >>> str(Citation.parse("administrative-penalty-law/2021-07-15#art-59-item-3").place)
        'art-59-item-3'
        """
        match = _MACHINE.match(text)
        if match is None:
            raise ValueError(f"not a citation: {text}")
        part = match.groupdict()
        day = date.fromisoformat(part["day"]) if part["day"] else None
        if part["article"] is None:
            return cls(part["law"], day)
        place = Place(
            int(part["article"]),
            _number(part["inserted"]),
            _number(part["paragraph"]),
            _number(part["item"]),
        )
        return cls(part["law"], day, place)

    def __str__(self) -> str:
        """The machine's form."""
        text = self.law
        if self.in_force is not None:
            text += f"/{self.in_force.isoformat()}"
        if self.place is not None:
            text += f"#{self.place}"
        return text


DIGITS = "零一二三四五六七八九"


def numeral(number: int) -> str:
    """A number from 1 to 999 as articles are numbered: 十, 二十一, 一百零三."""
    if number >= 1000:
        raise ValueError(f"no law has an article {number}")
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (DIGITS[ones] if ones else "")


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)


def cited_places(text: str) -> list[tuple[str, Place]]:
    """Every provision that a paper's words cite: the title as written, and the place."""
    return [
        (found.law, Place(found.article, found.suffix, found.paragraph, found.item))
        for found in find_citations(squeeze(text).text)
    ]


_ORNAMENT = re.compile(r"中华人民共和国|[（(][^（()）]*[)）]|\s|[《》〈〉]")


def plain_title(title: str) -> str:
    """A title for comparison: without 中华人民共和国, brackets such as （2021修订） and spaces."""
    return _ORNAMENT.sub("", title)
