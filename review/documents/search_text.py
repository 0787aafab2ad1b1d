"""Words for full-text search: one stream of letters and figures a page, and where a word stands.

Chinese has no blanks between words, lines wrap anywhere, and recognition makes and loses blanks
and punctuation. So the letters and figures of a page are joined, folded (full width, case), and a
word is found wherever its own letters follow one another. Both database engines index the same
single characters and pairs, and both find the same pages.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from review.documents.model import Box, Line

SAFE_UNTIL = 0x9FCD
"""The last Chinese character that every index knows as a letter; rarer ones are spelled."""


def folded(text: str) -> str:
    """The letters and figures of a text alone, in one form of width and case."""
    return "".join(_characters(text))


def _characters(text: str) -> Iterator[str]:
    for character in text:
        for part in unicodedata.normalize("NFKC", character).lower():
            if part.isalnum():
                yield part


def stream(lines: Iterable[Line]) -> str:
    """All letters and figures of a page, line after line."""
    return "".join(folded(line.text) for line in lines)


def words_of(query: str) -> tuple[str, ...]:
    """The words of a query, folded, each once; a page must hold all of them."""
    return tuple(dict.fromkeys(word for part in query.split() if (word := folded(part))))


def grams(plain: str) -> frozenset[str]:
    """The single characters and the pairs of neighbours of a stream, as an index takes them."""
    singles = [_safe(character) for character in plain]
    pairs = (one + two for one, two in pairwise(singles))
    return frozenset((*singles, *pairs))


def grams_asked(word: str) -> tuple[str, ...]:
    """What every stream that holds the word has among its grams: its pairs, or its one letter."""
    singles = [_safe(character) for character in word]
    if len(singles) == 1:
        return (singles[0],)
    pairs = (one + two for one, two in pairwise(singles))
    return tuple(dict.fromkeys(pairs))


def _safe(character: str) -> str:
    return character if ord(character) < SAFE_UNTIL else f"u{ord(character):x}z"


Span = tuple[int, int, int]
"""Line, first character and character behind the last."""


def spans(lines: Sequence[Line], words: Sequence[str]) -> list[Span]:
    """Where the words stand, line by line in reading order; a word that wraps gives two."""
    plain: list[str] = []
    places: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        for at, character in enumerate(line.text):
            for part in _characters(character):
                plain.append(part)
                places.append((index, at))
    text = "".join(plain)
    marked: set[tuple[int, int]] = set()
    for word in words:
        at = text.find(word)
        while word and at >= 0:
            marked.update(places[at : at + len(word)])
            at = text.find(word, at + len(word))
    return _joined(sorted(marked))


def _joined(marked: Sequence[tuple[int, int]]) -> list[Span]:
    found: list[Span] = []
    for index, at in marked:
        if found and found[-1][0] == index and found[-1][2] == at:
            found[-1] = (index, found[-1][1], at + 1)
        else:
            found.append((index, at, at + 1))
    return found


def boxes(lines: Sequence[Line], words: Sequence[str]) -> list[Box]:
    """The boxes of the words on their page, in points; none for DOCX."""
    parts = (lines[index].part(start, end) for index, start, end in spans(lines, words))
    return [box for box in parts if box is not None]
