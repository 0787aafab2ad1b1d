"""The normal form of a case number, by which the same case is known however it was typed."""

from __future__ import annotations

import re

from review.common.text import fold

_IGNORED = re.compile(r"[\s\"'“”‘’、，,;；]+")
_BRACKETS = str.maketrans("({（〔【［<《", "[[[[[[[[") | str.maketrans(")}）〕】］>》", "]]]]]]]]")
_NUMBER = re.compile(r"第?0*(\d+)号?$")


def case_key(case_no: str) -> str:
    """The key of a case number: widths, brackets, spaces, 第 … 号 and leading zeros made equal.

    An empty number has an empty key.
    """
    plain = _IGNORED.sub("", fold(case_no)).translate(_BRACKETS).upper()
    return _NUMBER.sub(r"\1", plain)
