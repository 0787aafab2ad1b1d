"""Amounts of money as papers write them: digits, 万元, and the capital numerals of receipts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_DIGIT = {character: index for index, character in enumerate(_CAPITALS)}
_DIGIT |= {character: index for index, character in enumerate("〇一二三四五六七八九")}
_DIGIT |= {"两": 2, "兩": 2, "貳": 2, "弍": 2, "參": 3, "叄": 3, "陸": 6, "玫": 9, "○": 0}
_UNIT = {"十": 10, "拾": 10, "百": 100, "佰": 100, "陌": 100, "千": 1000, "仟": 1000}
_GROUP = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}

_NUMERAL = "[零壹贰叁肆伍陆柒捌玖〇一二三四五六七八九两兩貳弍參叄陸玫○十拾百佰陌千仟万萬亿億]"
_WORDS = re.compile(
    rf"(?:(?:人民币|RMB):?)?(?P<words>(?!○){_NUMERAL}+)[元圆圓](?:[整正]"
    rf"|(?P<jiao>[零〇]?{_NUMERAL}角)"
    rf"?(?P<fen>[零〇]?{_NUMERAL}分)?[整正]?)"
)
_DIGITS = re.compile(
    r"(?:(?P<sign>¥|RMB|人民币¥?)[:]?)?(?<![0-9.,A-Za-z万亿])"
    r"(?:(?P<ten_thousands>[0-9]+)万(?=[0-9]))?"
    r"(?P<number>[0-9]{1,3}(?:[, ][0-9]{3})+(?:\.[0-9]{1,4})?|[0-9]+(?:\.[0-9]{1,6})?)"
    r"(?P<unit>[百千万亿]*)(?P<yuan>[元圆])?[整正]?"
)
_SCALE = {"": 1, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in text: its place, yuan, and whether it stands in words or in digits.

    `certain` is False for words whose numerals do not read as a number one would write.
    """

    start: int
    end: int
    yuan: Decimal
    style: Literal["words", "digits"]
    certain: bool = True


def words_value(words: str) -> int | None:
    """The number that Chinese numerals say; None where they are not a number.

    >>> words_value("肆万柒仟伍佰"), words_value("二百"), words_value("叁万零伍拾")
    (47500, 200, 30050)
    """
    total = section = 0
    digit: int | None = None
    last_unit = 10**4
    for character in words:
        if character in _DIGIT:
            value = _DIGIT[character]
            if digit not in (None, 0):
                return None
            digit = value
        elif character in _UNIT:
            unit = _UNIT[character]
            if unit >= last_unit or (digit is None and unit != 10):
                return None
            section += (1 if digit is None else digit) * unit
            last_unit, digit = unit, None
        elif character in _GROUP:
            group = _GROUP[character]
            section += digit or 0
            if section == 0 and total == 0:
                return None
            total = (total + section) * group if group == 10**8 else total + section * group
            section, digit, last_unit = 0, None, 10**4
        else:
            return None
    return total + section + (digit or 0)


def find_amounts(text: str, *, bare: bool = False) -> Iterator[Amount]:
    """All amounts of the text in order of place.

    Args:
        text: text without layout spaces (`common.text.squeeze`).
        bare: also take a number without 元 or ¥, as in a receipt's field "（小写）4500.00".
    """
    found: list[Amount] = []
    for match in _WORDS.finditer(text):
        value = words_value(match["words"])
        if value is None:
            continue
        yuan = Decimal(value)
        for part, unit in ((match["jiao"], "0.1"), (match["fen"], "0.01")):
            if part:
                yuan += Decimal(unit) * (words_value(part.lstrip("零〇")[:-1]) or 0)
        found.append(Amount(match.start(), match.end(), yuan, "words"))
    for match in _DIGITS.finditer(text):
        if not (match["yuan"] or match["sign"] or bare) or match["unit"] not in _SCALE:
            continue
        digits = match["number"].replace(",", "").replace(" ", "")
        yuan = Decimal(digits) * _SCALE[match["unit"]]
        yuan += int(match["ten_thousands"] or 0) * 10**4
        found.append(Amount(match.start(), match.end(), yuan.normalize() + 0, "digits"))
    found.sort(key=lambda amount: amount.start)
    yield from found


def first_amount(text: str, *, bare: bool = False) -> Amount | None:
    """The first amount of a short text; None where there is none."""
    return next(find_amounts(text, bare=bare), None)


def _four(value: int) -> str:
    """Up to 9999 in capitals, without leading zeros."""
    said = ""
    zero = False
    for unit, name in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit = value // unit % 10
        if digit == 0:
            zero = bool(said)
            continue
        said += ("零" if zero else "") + _CAPITALS[digit] + name
        zero = False
    return said


def in_words(yuan: Decimal) -> str:
    """The amount in capital numerals as receipts and decisions write it: 肆仟伍佰元整.

    Raises ValueError for a negative amount, more than two decimals or 10^12 and above.
    """
    cents = yuan * 100
    if yuan < 0 or cents != cents.to_integral_value() or yuan >= 10**12:
        raise ValueError(f"not an amount to be spelled: {yuan}")
    whole, rest = divmod(int(cents), 100)
    said = ""
    for size, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        group = whole // size % 10**4
        if group == 0:
            continue
        gap = bool(said) and (group < 1000 or whole // (size * 10**4) % 10 == 0)
        said += ("零" if gap else "") + _four(group) + name
    said = (said or "零") + "元"
    jiao, fen = divmod(rest, 10)
    if rest == 0:
        return said + "整"
    said += (_CAPITALS[jiao] + "角") if jiao else "零"
    return said + (_CAPITALS[fen] + "分" if fen else "整")


def plain_yuan(yuan: Decimal) -> str:
    """The published form: plain integers, otherwise two decimals."""
    if yuan == yuan.to_integral_value():
        return str(int(yuan))
    return f"{yuan:.2f}"
