"""How wide the columns of a table are drawn, so that it fits the page and little text is cut.

The canvas that draws tables grows all columns alike and scrolls sideways where they do not fit;
a state or the button that opens a row would then be out of sight. So the widths are computed here:
what is short by nature gets what it needs, the rest is divided among the columns of text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from unicodedata import east_asian_width

ROOM = 945
"""Pixels that a page has for a table on a window of 1280."""

FULL, HALF = 12.3, 6.9
"""Pixels of a Chinese character and of a Latin one in a cell."""

PADDING = 19
CHIP = 18
"""What a chip takes beside its words."""

NARROWEST, WIDEST = 56, 460
SHORT = 190
"""Numbers of cases, names and other short texts are not cut for the sake of longer ones."""
NAMED = {"small": 75, "medium": 200, "large": 400}


@dataclass(frozen=True)
class Need:
    """What one column asks for: `wish` as given for it (None: no wish), and its drawn texts."""

    heading: str
    texts: Sequence[str]
    wish: int | str | None = None
    is_flexible: bool = True
    chips: int = 0

    @cached_property
    def natural(self) -> float:
        """The width at which nothing of it is cut; a bar has no texts and is as wide as wished."""
        if not self.texts and isinstance(self.wish, int) and not self.is_flexible:
            return max(self.least, self.wish)
        longest = max((pixels(text) for text in set(self.texts)), default=0.0)
        return max(self.least, longest + PADDING + CHIP * self.chips)

    @property
    def least(self) -> float:
        """The width of the heading, which is never cut."""
        return max(pixels(self.heading) + PADDING, NARROWEST)

    @property
    def asked(self) -> float:
        """The wish in pixels."""
        if self.wish is None:
            return min(self.natural, WIDEST)
        return float(NAMED[self.wish] if isinstance(self.wish, str) else self.wish)


def pixels(text: str) -> float:
    """About how wide a text is drawn in a cell."""
    if text.isascii():
        return HALF * len(text)
    return sum(_wide(each) for each in text)


@cache
def _wide(character: str) -> float:
    return FULL if east_asian_width(character) in "WFA" else HALF


def widths(needs: Sequence[Need], *, taken: int = 0) -> list[int]:
    """A width for every column in pixels; `taken` is what other parts of the table need.

    No wider in all than what the columns ask for, nor than a page has.
    """
    given = [0.0 if each.is_flexible else each.natural for each in needs]
    room = min(ROOM - taken, sum(each.asked for each in needs))
    left = room - sum(given)
    open_ones = {index: each for index, each in enumerate(needs) if each.is_flexible}
    short = {index: each for index, each in open_ones.items() if each.natural <= SHORT}
    least = sum(each.least for index, each in open_ones.items() if index not in short)
    if sum(each.natural for each in short.values()) + least <= left:
        for index, each in short.items():
            given[index] = each.natural
            left -= each.natural
            del open_ones[index]
    while open_ones:
        part = left / sum(each.asked for each in open_ones.values())
        settled = {
            index: each.least for index, each in open_ones.items() if each.least > part * each.asked
        } or {
            index: each.natural
            for index, each in open_ones.items()
            if each.natural <= part * each.asked
        }
        if not settled:
            settled = {index: part * each.asked for index, each in open_ones.items()}
        for index, width in settled.items():
            given[index] = width
            left -= width
            del open_ones[index]
    return [round(each) for each in given]
