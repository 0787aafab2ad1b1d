"""Typed values from the cells of a ledger, and why a cell cannot be read."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from review.common.chinese_dates import parse_date
from review.common.money import find_amounts, words_value
from review.common.tabular import CellValue, Formula
from review.common.text import fold, plain

NOTHING = frozenset({"", "/", "\\", "-", "--", "—", "——", "无", "暂无", "空", "未填", "n/a", "na"})
"""How people write that there is nothing."""

NOT_YET = frozenset({"未结案", "未结", "未决定", "未立案", "在办", "办理中", "尚未结案", "未办结"})

NO_FINE = frozenset(
    {
        "警告",
        "通报批评",
        "不予处罚",
        "不予行政处罚",
        "免予处罚",
        "免于处罚",
        "免罚",
        "不罚",
        "未罚款",
        "无罚款",
    }
)

PROCEDURES = {
    "普通程序": "ordinary", "普通": "ordinary", "一般程序": "ordinary", "一般": "ordinary",
    "行政处罚普通程序": "ordinary", "普通程序未听证": "ordinary", "ordinary": "ordinary",
    "简易程序": "summary", "简易": "summary", "当场处罚": "summary", "当场处罚程序": "summary",
    "行政处罚简易程序": "summary", "summary": "summary",
    "听证程序": "hearing", "听证": "hearing", "普通程序听证": "hearing", "一般程序听证": "hearing",
    "普通程序含听证": "hearing", "hearing": "hearing",
    "不予处罚": "waived", "不予行政处罚": "waived", "免予处罚": "waived", "免于处罚": "waived",
    "轻微免罚": "waived", "免罚": "waived", "轻微不罚": "waived", "首违不罚": "waived",
    "waived": "waived",
}  # fmt: skip

KINDS = {
    "行政处罚": "penalty", "处罚": "penalty", "penalty": "penalty", "行政许可": "permit",
    "许可": "permit", "permit": "permit", "行政强制": "compulsory", "强制": "compulsory",
    "compulsory": "compulsory", "行政检查": "inspection", "检查": "inspection",
    "inspection": "inspection",
}  # fmt: skip

EARLIEST, LATEST = date(1990, 1, 1), date(2099, 12, 31)

_SERIAL_ZERO = date(1899, 12, 30)
"""Day 0 of the numbers that Excel keeps dates as."""

_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_DATE_ONLY = re.compile(
    r"^(?P<day>[0-9〇零○一二三四五六七八九十]{2,4}年.{1,4}月.{1,4}[日号]?"
    r"|\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{8})"
    r"(?:[ T]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?|(?:星期|周)[一二三四五六日天])*$"
)
_NUMBER = re.compile(r"^[¥￥]?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(万)?(?:元|圆)?(?:整|正)?$")


class NotReadableError(Exception):
    """A cell that cannot be taken over, said in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


def read_text(value: CellValue) -> str:
    """Text on one line; whole numbers without a decimal point."""
    if value is None:
        return ""
    if isinstance(value, datetime | date | timedelta):
        return str(value)
    text = " ".join(str(value).split())
    return "" if text in NOTHING else text


def read_names(value: CellValue) -> tuple[str, ...]:
    """Names of people: separated by marks or spaces, numbers in brackets dropped.

    A name that is spread out (张 三) stays one name.
    """
    text = _BRACKETED.sub(" ", fold("" if value is None else str(value)))
    text = re.sub(r"[0-9A-Za-z]{6,}", " ", text)
    if text.strip() in NOTHING:
        return ()
    if re.search(r"[、,;/|\n]", text):
        parts = [part.replace(" ", "") for part in re.split(r"[、,;/|\n]+", text)]
    else:
        parts = text.split()
        if parts and all(len(part) == 1 for part in parts):
            parts = ["".join(parts)]
    return tuple(dict.fromkeys(part for part in parts if part))


def read_procedure(value: CellValue) -> str:
    """The procedure; empty where the cell is."""
    return _word(value, PROCEDURES, "程序", "procedure", "普通程序、简易程序、听证程序、不予处罚")


def read_kind(value: CellValue) -> str:
    """The kind of case file; empty where the cell is."""
    return _word(value, KINDS, "案卷类别", "kind", "行政处罚、行政许可、行政强制、行政检查")


def read_date(value: CellValue) -> date | None:
    """A day from a date cell, a serial number or text; None for nothing or not yet."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return _within(value.date(), value)
    if isinstance(value, date):
        return _within(value, value)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return _from_number(value)
    text = fold(str(value)).strip()
    bare = text.replace(" ", "")
    if bare.lower() in NOTHING or bare in NOT_YET:
        return None
    if bare.isdecimal() and len(bare) == 5:
        return _from_number(int(bare))
    match = _DATE_ONLY.match(text) or _DATE_ONLY.match(bare)
    day = parse_date(match["day"].replace(" ", "")) if match else None
    if day is None:
        raise _no_date(value)
    return _within(day, value)


def read_money(value: CellValue) -> Decimal | None:
    """An amount in yuan, in digits or words, or the one fine that a result names; None for none."""
    if value is None:
        return None
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return _money(Decimal(value), value)
    text = fold(str(value)).replace(" ", "")
    if text.lower() in NOTHING or text in NO_FINE:
        return None
    match = _NUMBER.match(text)
    if match:
        amount = Decimal(match[1].replace(",", "") + (match[2] or ""))
        return _money(amount * (10000 if match[3] else 1), value)
    words = words_value(text.rstrip("整正").rstrip("元圆"))
    if words is not None:
        return Decimal(words)
    if "罚款" in text:
        amounts = {found.yuan for found in find_amounts(text)}
        if len(amounts) == 1:
            return _money(amounts.pop(), value)
    elif not any(ch.isdigit() for ch in text) and any(word in text for word in NO_FINE):
        return None
    raise NotReadableError(f"“{value}”不是金额", f"{value} is not an amount")


def _from_number(value: int | Decimal) -> date:
    if isinstance(value, int) and 19900101 <= value <= 20991231:
        day = parse_date(str(value))
        if day is not None:
            return _within(day, value)
        raise _no_date(value)
    days = int(value)
    if not 30000 <= days <= 75000:
        raise _no_date(value)
    return _SERIAL_ZERO + timedelta(days=days)


def _within(day: date, value: CellValue) -> date:
    if not EARLIEST <= day <= LATEST:
        raise NotReadableError(f"日期“{value}”超出合理范围", f"the date {value} is out of range")
    return day


def _no_date(value: CellValue) -> NotReadableError:
    return NotReadableError(
        f"“{value}”不是日期，请写成 2026-03-01 或者 2026年3月1日",
        f"{value} is not a date; write 2026-03-01",
    )


def _money(amount: Decimal, value: CellValue) -> Decimal:
    if amount < 0:
        raise NotReadableError(f"金额“{value}”为负数", f"the amount {value} is negative")
    if amount != amount.quantize(Decimal("0.01")):
        raise NotReadableError(
            f"金额“{value}”超过两位小数", f"{value} has more than two decimal places"
        )
    return amount.normalize() + 0


def _word(value: CellValue, words: dict[str, str], name_zh: str, name_en: str, known: str) -> str:
    if value is None or isinstance(value, Formula):
        return ""
    text = plain(str(value)).lower()
    if text in words:
        return words[text]
    if str(value).strip() in NOTHING:
        return ""
    raise NotReadableError(
        f"{name_zh}“{value}”无法识别，可用：{known}",
        f"the {name_en} {value} is not known; use one of {known}",
    )
