"""The outline of a law's text: its articles, their paragraphs, and how many items each has.

Run as `python -m review.law.outline FILE` over a published text in Markdown or plain text with one
paragraph a line; prints the `structure` part of a statute file. The released data keep the outline
alone; a text that a bureau hands in is kept whole, in its own database.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from review.common.chinese_dates import number

_ARTICLE = re.compile(
    r"^第([一二三四五六七八九十百零〇]+)条(?:之([一二三四五六七八九十]+))?"
    r"(?P<gap>[\s　:：]*)(?P<rest>.*)$"
)
_ITEM = re.compile(r"^[（(][一二三四五六七八九十]+[）)]")
_HEADING = re.compile(r"^(#|第[一二三四五六七八九十百]+[章节编])")
_MARKS = re.compile(r"^(?:[*_>]+|[-+]\s+)|[*_]{2,}")
_NOT_OPENING = re.compile(r"^(?:第|款|项|规定|的|和|、|，|至)")
"""What follows 第…条 where a sentence only cites an article."""


@dataclass(frozen=True, slots=True)
class TextOutline:
    """What a text holds: for each article ("60", "60.1" for 之一) the items of its paragraphs.

    `wording` is the text of each article, one paragraph or item a line. `doubts` say, in both
    languages, what looks odd: an article that stands twice or is skipped.
    """

    structure: dict[str, list[int]]
    wording: dict[str, str]
    doubts: tuple[tuple[str, str], ...]


def outline_of(text: str) -> dict[str, list[int]]:
    """Articles in order: for each paragraph the number of its items."""
    return read_text(text).structure


def read_text(text: str) -> TextOutline:
    """The articles of a text of one paragraph a line, with the words of each."""
    structure: dict[str, list[int]] = {}
    wording: dict[str, list[str]] = {}
    doubts: list[tuple[str, str]] = []
    current: str | None = None
    last = 0
    for raw in text.splitlines():
        line = _MARKS.sub("", raw.strip().strip("　")).strip().strip("　")
        opened = _opened(line, last)
        if opened is not None:
            key, rest = opened
            whole = int(key.partition(".")[0])
            if key in structure:
                doubts.append(
                    (f"第{whole}条出现两次，只取第一次", f"article {key} stands twice; first taken")
                )
                current = None
                continue
            if whole > last + 1:
                missing = f"{last + 1}" if whole == last + 2 else f"{last + 1}—{whole - 1}"
                doubts.append((f"缺少第{missing}条", f"article {missing} is missing"))
            last = max(last, whole)
            current = key
            structure[key] = [0]
            wording[key] = [rest] if rest else []
        elif not line or current is None:
            continue
        elif _HEADING.match(line):
            current = None
        else:
            wording[current].append(line)
            if _ITEM.match(line):
                structure[current][-1] += 1
            else:
                structure[current].append(0)
    words = {key: "\n".join(lines) for key, lines in wording.items()}
    return TextOutline(structure, words, tuple(doubts))


def _opened(line: str, last: int) -> tuple[str, str] | None:
    """The key of the article that a line opens, and what stands behind its number.

    Without a gap behind the number, only the article that is due next is taken to open: a sentence
    may begin by citing one.
    """
    match = _ARTICLE.match(line)
    if match is None:
        return None
    whole = number(match.group(1))
    key = str(whole)
    if match.group(2):
        key += f".{number(match.group(2))}"
    is_due = whole == last + 1 or (match.group(2) is not None and whole == last)
    if not match["gap"] and (not is_due or _NOT_OPENING.match(match["rest"])):
        return None
    return key, match["rest"].strip()


def as_yaml(outline: dict[str, list[int]]) -> str:
    """The `structure` part of a statute file, one article a line."""
    lines = [f'  "{key}": "{" ".join(map(str, counts))}"' for key, counts in outline.items()]
    return "structure:\n" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(as_yaml(outline_of(Path(sys.argv[1]).read_text("utf-8"))))
