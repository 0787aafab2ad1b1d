"""The page number printed on a page."""

from __future__ import annotations

import re
from collections.abc import Iterable

from review.documents.model import Line

_BARE = re.compile(r"^[\s\-—–－_·.~]*(\d{1,4})[\s\-—–－_·.~]*$")
_WORDED = re.compile(
    r"^[（(\s\-—]*第\s*(\d{1,4})\s*[页頁](?:\s*[,，/]?\s*共\s*\d{1,4}\s*[页頁])?[)）\s\-—]*$"
)
_OF_TOTAL = re.compile(r"^\s*(\d{1,4})\s*/\s*\d{1,4}\s*$")
_TOP, _BOTTOM = 0.08, 0.90


def printed_number(lines: Iterable[Line], height: float) -> int | None:
    """The number at the head or foot of the page; the lowest one wins. None if there is none.

    "第 n 页" counts only where nothing says that it is the page of one paper ("第1页 共2页").
    """
    found: tuple[float, int] | None = None
    for line in lines:
        if line.box is None:
            continue
        middle = (line.box.top + line.box.bottom) / 2
        if _TOP * height < middle < _BOTTOM * height:
            continue
        text = line.text.strip()
        match = _BARE.match(text) or _OF_TOTAL.match(text)
        if match is None:
            match = _WORDED.match(text)
            if match is not None and "共" in text:
                match = None
        if match is None or int(match.group(1)) == 0:
            continue
        if found is None or middle > found[0]:
            found = (middle, int(match.group(1)))
    return found[1] if found else None
