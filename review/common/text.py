"""Text as papers print it, made comparable: widths, brackets, spaces, letter-spaced words.

`fold` keeps the length, so that positions stay valid; `squeeze` drops the spaces that scans and
letter-spacing bring and says where every character came from.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass

_FOLDED = {
    "〔": "[",
    "〕": "]",
    "【": "[",
    "】": "]",
    "［": "[",
    "］": "]",
    "﹝": "[",
    "﹞": "]",
    "\u3000": " ",
    "\u00a0": " ",
    "\t": " ",
    "\r": " ",
    "—": "-",
    "–": "-",
    "―": "-",
    "─": "-",
    "━": "-",
    "－": "-",
    "‐": "-",
    "‑": "-",
    "−": "-",
    "〜": "~",
    "～": "~",
    "∼": "~",
    "￥": "¥",
    "·": "·",
    "•": "·",
    "・": "·",
    "‧": "·",
    "∙": "·",
    "﹒": ".",
    "．": ".",
    "︰": ":",
    "∶": ":",
    "﹕": ":",
    "｡": "。",
    "､": "、",
    "〈": "《",
    "〉": "》",
    "＜": "<",
    "＞": ">",
    "“": "“",
    "”": "”",
    "\u200b": " ",
    "\ufeff": " ",
    "☑": "☑",
    "√": "☑",
    "✓": "☑",
    "✔": "☑",
    "■": "☑",
    "☒": "☑",
    "▣": "☑",
    "●": "☑",
    "◼": "☑",
    "□": "□",
    "☐": "□",
    "◻": "□",
    "○": "○",
    "◯": "○",
    "Ｏ": "O",
}


def _table() -> dict[int, str]:
    table = {ord(source): target for source, target in _FOLDED.items()}
    for code in range(0xFF01, 0xFF5F):
        table.setdefault(code, unicodedata.normalize("NFKC", chr(code)))
    for source in (*range(0x2F00, 0x2FD6), *range(0x2E80, 0x2EF4), *range(0xF900, 0xFAFF)):
        plain = unicodedata.normalize("NFKC", chr(source))
        if len(plain) == 1 and plain != chr(source):
            table.setdefault(source, plain)
    return table


_TABLE = _table()


def fold(text: str) -> str:
    """The same text, character for character, in one form.

    Full width becomes ASCII, all square and lens brackets become `[ ]`, dashes `-`, ticks in boxes
    `☑`, radical look-alikes their characters. Chinese stops, commas `、` and book marks stay.
    """
    return text.translate(_TABLE)


@dataclass(frozen=True, slots=True)
class Squeezed:
    """Text without the spaces of layout; `offsets[i]` is where character i stood."""

    text: str
    offsets: tuple[int, ...]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The range of the original text that holds the characters [start, end) of this one."""
        if start >= end:
            place = self.offsets[start] if start < len(self.offsets) else 0
            return place, place
        return self.offsets[start], self.offsets[end - 1] + 1


_WORD = re.compile(r"\S+")


def _keeps_words_apart(before: str, after: str) -> bool:
    return before.isascii() and after.isascii() and before.isalnum() and after.isalnum()


def squeeze(text: str) -> Squeezed:
    """Folded text without white space; one space stays between two ASCII letters or digits.

    So "湘 M03926" and "第二十 七条" read as meant, while two numbers side by side stay two.
    """
    return _squeezed_short(text) if len(text) <= _NAME_LENGTH else _squeezed(text)


@functools.lru_cache(maxsize=1024)
def _squeezed_short(text: str) -> Squeezed:
    """Labels and short values, which come again and again."""
    return _squeezed(text)


def _squeezed(text: str) -> Squeezed:
    folded = fold(text)
    words = list(_WORD.finditer(folded))
    if len(words) == 1 and len(words[0].group()) == len(folded):
        return Squeezed(folded, tuple(range(len(folded))))
    kept: list[str] = []
    offsets: list[int] = []
    end = 0
    for word in words:
        start = word.start()
        if kept and _keeps_words_apart(folded[end - 1], folded[start]):
            kept.append(" ")
            offsets.append(end)
        end = word.end()
        kept.append(word.group())
        offsets.extend(range(start, end))
    return Squeezed("".join(kept), tuple(offsets))


_PAIRS = ("〔〕", "[]", "［］", "【】", "()", "（）")
_OPENS = {pair[0]: pair[1] for pair in _PAIRS}
_CLOSES = {"〕": "[", "]": "[", "］": "[", "】": "[", ")": "(", "）": "("}
_WIDE = str.maketrans("()", "（）")


def paired(text: str) -> str:
    """Recognised text in which each closing bracket is of the kind of the one that it closes.

    Recognition reads 〔2024] and （二); round never closes square. A bracket without another stays.
    """
    characters = list(text)
    open_ones: list[str] = []
    for at, character in enumerate(characters):
        if character in _OPENS:
            open_ones.append(character)
        elif open_ones and fold(open_ones[-1]) == _CLOSES.get(character):
            characters[at] = _OPENS[open_ones.pop()]
    return "".join(characters)


def wide_brackets(text: str) -> str:
    """Recognised words of a Chinese citation or number, with round brackets in full width."""
    return paired(text).translate(_WIDE)


def plain(text: str) -> str:
    """Letters and digits only, folded: for comparing labels, titles and names."""
    return _plain_name(text) if len(text) <= _NAME_LENGTH else _plain(text)


_NAME_LENGTH = 80
"""Longer texts are no names that come again and again, and are not kept."""


def _plain(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalnum())


@functools.lru_cache(maxsize=16384)
def _plain_name(text: str) -> str:
    return _plain(text)


_NOTE = re.compile(r"\([^()]*\)")
_SIGN_HERE = re.compile(r"\([^()]*签[名字章][^()]*\)")


@functools.lru_cache(maxsize=8192)
def label(text: str) -> str:
    """A form's label as a key: no spaces, no punctuation, no remark in round brackets.

    Only "（签名）" and its like stay, as 签名: they say that the value is a signature.
    """
    folded = "".join(fold(text).split())
    bare = plain(_NOTE.sub("", _SIGN_HERE.sub("签名", folded)))
    return bare or plain(folded)


def same_number(left: str, right: str) -> bool:
    """Whether two numbers of papers are the same but for brackets, width, spaces and 第."""
    return _number_key(left) == _number_key(right)


def _number_key(text: str) -> str:
    return plain(text).replace("第", "").upper()
