"""The outline of a law's text: its articles, their paragraphs, and how many items each has.

Run as `python -m review.law.outline FILE` over a published text in Markdown or plain text with one
paragraph a line; prints the `structure` part of a statute file. The wording itself is not kept.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from review.common.chinese_dates import number

_ARTICLE = re.compile(r"^第([一二三四五六七八九十百零〇]+)条(?:之([一二三四五六七八九十]+))?[\s　]")
_ITEM = re.compile(r"^[（(][一二三四五六七八九十]+[）)]")
_HEADING = re.compile(r"^(#|第[一二三四五六七八九十百]+[章节编])")


def outline_of(text: str) -> dict[str, list[int]]:
    """Articles in order ("60", "60.1" for 之一): for each paragraph the number of its items."""
    outline: dict[str, list[int]] = {}
    current: list[int] | None = None
    for raw in text.splitlines():
        line = raw.strip().strip("　")
        article = _ARTICLE.match(line)
        if article:
            key = str(number(article.group(1)))
            if article.group(2):
                key += f".{number(article.group(2))}"
            current = outline.setdefault(key, [])
            current.append(0)
        elif not line or current is None:
            continue
        elif _HEADING.match(line):
            current = None
        elif _ITEM.match(line):
            current[-1] += 1
        else:
            current.append(0)
    return outline


def as_yaml(outline: dict[str, list[int]]) -> str:
    """The `structure` part of a statute file, one article a line."""
    lines = [f'  "{key}": "{" ".join(map(str, counts))}"' for key, counts in outline.items()]
    return "structure:\n" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(as_yaml(outline_of(Path(sys.argv[1]).read_text("utf-8"))))
