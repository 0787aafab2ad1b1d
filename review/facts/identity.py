"""Numbers that prove themselves or have a shape of their own: identity, credit code, plates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stdnum.cn import ric, uscc

_PERSON = re.compile(
    r"(?<![0-9A-Za-z*])([1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d"
    r"|3[01])\d{3}[0-9Xx])(?![0-9A-Za-z*])"
)
_UNIT = re.compile(
    r"(?<![0-9A-Za-z*])([0-9A-HJ-NPQRTUWXYIOSZ]{2}[0-9OIl]{6}[0-9A-Z]{10})(?![0-9A-Za-z*])"
)
_PARTED = re.compile(r"(?<![0-9A-Za-z])[0-9A-Z]{2}(?: ?[0-9A-Z]){16}(?![0-9A-Za-z])")
_MASKED = re.compile(r"(?<![0-9A-Za-z*×])[0-9A-Z]{2,14}[*×]{3,16}[0-9A-Z]{0,6}(?![0-9A-Za-z*×])")
_LENGTH = 18
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = re.compile(
    rf"(?<![0-9A-Za-z])([{_PROVINCES}])([A-Z])[·.\- ]?(?:((?=[A-Z0-9]*[0-9])[A-Z0-9]"
    rf"{{5,6}})(?![A-Za-z0-9挂])|([A-Z0-9]{{4}}[挂学警]))"
)
_SHIP = re.compile(r"[\u4e00-\u9fff]{2,8}\d{2,7}(?:号|轮)?")


@dataclass(frozen=True, slots=True)
class Number:
    """A number found in text; `proven` if its check digit holds."""

    value: str
    start: int
    end: int
    proven: bool


def _holds(check: object, value: str) -> bool:
    try:
        return bool(check.calc_check_digit(value) == value[-1])  # type: ignore[attr-defined]  # stdnum modules share this function, which no stub declares
    except (ValueError, KeyError, IndexError):
        return False


def person_numbers(text: str) -> Iterator[Number]:
    """Identity numbers of 18 characters; the region need not exist, the check digit is told."""
    for match in _PERSON.finditer(text):
        value = match.group(1).upper()
        yield Number(value, match.start(), match.end(), _holds(ric, value))


def credit_codes(text: str) -> Iterator[Number]:
    """Unified social credit codes.

    Letters that the code never has (I, O, S, Z) are read as digits only where the check digit then
    holds.
    """
    parted = _PARTED.search(text)
    if (
        parted is not None
        and " " in parted.group()
        and _holds(uscc, parted.group().replace(" ", ""))
    ):
        value = parted.group().replace(" ", "")
        yield Number(value, parted.start(), parted.end(), proven=True)
    for match in _UNIT.finditer(text):
        value = match.group(1).upper()
        if value.isdigit() and _PERSON.fullmatch(value):
            continue
        if _holds(uscc, value):
            yield Number(value, match.start(), match.end(), proven=True)
            continue
        mended = value.translate(str.maketrans("OISZ", "0152"))
        if mended != value and _holds(uscc, mended):
            yield Number(mended, match.start(), match.end(), proven=True)
        elif not value.isdigit():
            yield Number(value, match.start(), match.end(), proven=False)


def masked_numbers(text: str) -> Iterator[Number]:
    """Numbers of 18 characters whose middle or end is disguised for publication."""
    for match in _MASKED.finditer(text):
        if len(match.group()) == _LENGTH:
            value = match.group().upper().replace("×", "*")
            yield Number(value, match.start(), match.end(), proven=False)


def is_masked(value: object) -> bool:
    """Whether a name or number is disguised for publication: 卢某, 涉案公司, 430225********801X.

    Two disguised values that look alike need not mean the same.
    """
    return isinstance(value, str) and (
        value.startswith("涉案") or any(mark in value for mark in "某*×")
    )


def plates(text: str) -> Iterator[Number]:
    """Vehicle plates, without dot or space. A serial has no letters O and I: they are 0 and 1."""
    for match in _PLATE.finditer(text):
        serial = (match[3] or match[4]).translate(str.maketrans("OI", "01"))
        yield Number(match[1] + match[2] + serial, match.start(), match.end(), proven=False)


def is_trailer(plate: str) -> bool:
    """Whether a plate is a trailer's."""
    return plate.endswith("挂")


def ship_name(text: str) -> re.Match[str] | None:
    """A ship's name at the beginning of a field's value: 苏常货1234."""
    return _SHIP.match(text)
