"""Dates, times and periods as Chinese papers write them.

All functions work on text without layout spaces (`common.text.squeeze`); they read what is printed
and never guess: an impossible date (2月30日) is found but has no value.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

_DIGITS = "零一二三四五六七八九"
_VALUE = {character: index for index, character in enumerate(_DIGITS)}
_VALUE |= {"〇": 0, "○": 0, "O": 0, "o": 0, "Ο": 0, "О": 0, "0": 0, "°": 0, "两": 2, "元": 1}
_VALUE |= {str(digit): digit for digit in range(10)}
_VALUE |= {"l": 1, "I": 1, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5}
_VALUE |= {"陆": 6, "柒": 7, "捌": 8, "玖": 9}

_YEAR_DIGIT = "[〇零○OoΟО°一二三四五六七八九壹贰叁肆伍陆柒捌玖0-9]"
_NUMBER = "[一二三四五六七八九十廿卅〇零○Oo0-9lI]"
_LOST_ZERO = "(?<![〇零○一二三四五六七八九十百0-9])二二[〇一二三四五六七八九]"
"""A year of this century whose 〇 was lost in recognition; nobody writes the year 225."""
_LOST_TWO = "(?<![〇零○一二三四五六七八九十百0-9])[〇零○][〇一二三][〇一二三四五六七八九]"
"""A year of this century whose 二 was lost in recognition; nobody writes the year 024."""
_SEPARATED = (
    r"(?P<y2>(?:19|20)\d{2})(?P<sep>[-./年])(?P<m2>\d{1,2})(?P=sep)(?P<d2>\d{1,2})"
    r"(?!\?)(?:(?!\d)|(?=[0-2]\d:[0-5]\d(?!\d)))日?"
)
_DATE = re.compile(
    rf"(?=[〇零○OoΟО°一二三四五六七八九壹贰叁肆伍陆柒捌玖十廿卅0-9lI])"
    rf"(?:(?P<y1>{_YEAR_DIGIT}{{4}}|{_YEAR_DIGIT} ?{_YEAR_DIGIT} ?{_YEAR_DIGIT} "
    rf"?{_YEAR_DIGIT}|{_LOST_ZERO}|{_LOST_TWO})年度?)?"
    rf"(?<![0-9])(?P<m1>{_NUMBER}{{1,3}})月(?:份)?(?P<d1>{_NUMBER}{{1,3}})[日号曰]"
    rf"|(?<![0-9A-Za-z]){_SEPARATED}"
    r"|(?<![0-9A-Za-z])(?P<y3>20\d{2})(?P<m3>0[1-9]|1[0-2])(?P<d3>0[1-9]|[12]\d"
    r"|3[01])(?![0-9A-Za-z])"
)
_BACK = re.compile(r"(?P<word>同年|当年|本年|次年|同月|当月|本月)")
_BACK_DATE = re.compile(
    rf"(?:(?P<year>同年|当年|本年|次年)(?P<m>{_NUMBER}{{1,3}})月|(?P<month>同月|当月|本月))"
    rf"(?P<d>{_NUMBER}{{1,3}})[日号]"
)


def number(text: str) -> int | None:
    """A whole number in Chinese or Arabic numerals, up to 9999万; None where it is none.

    >>> number("二十九"), number("廿三"), number("一百零八"), number("15"), number("六十")
    (29, 23, 108, 15, 60)
    """
    text = text.replace(" ", "")
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return int(text)
    total = section = digit = 0
    seen_unit = False
    for character in text:
        if character in "十拾":
            section += (digit or 1) * 10
            digit, seen_unit = 0, True
        elif character == "廿":
            section += 20
            digit, seen_unit = 0, True
        elif character == "卅":
            section += 30
            digit, seen_unit = 0, True
        elif character in "百佰":
            section += (digit or 1) * 100
            digit, seen_unit = 0, True
        elif character in "千仟":
            section += (digit or 1) * 1000
            digit, seen_unit = 0, True
        elif character in "万萬":
            total += (section + digit) * 10000
            section = digit = 0
            seen_unit = True
        elif character in _VALUE:
            value = _VALUE[character]
            digit = value if seen_unit or digit == 0 else digit * 10 + value
        else:
            return None
    if not seen_unit and len(text) > 1:
        values = [_VALUE[character] for character in text]
        return int("".join(str(value) for value in values))
    return total + section + digit


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date in text: its place, and the day; None where no such day exists.

    `has_year` is False where the year was taken from an earlier date of the same text.
    """

    start: int
    end: int
    value: date | None
    has_year: bool


def _day(year: int | None, month: int | None, day: int | None) -> date | None:
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(text: str) -> int | None:
    digits = "".join(str(_VALUE[character]) for character in text if character in _VALUE)
    if len(digits) == 3 and digits.startswith("22"):
        digits = f"20{digits[1:]}"
    elif len(digits) == 3 and digits.startswith("0"):
        digits = f"2{digits}"
    return int(digits) if len(digits) == 4 and digits[:2] in ("19", "20") else None


def find_dates(text: str, *, year: int | None = None) -> list[DateFound]:
    """All dates of the text in order.

    Args:
        text: text without layout spaces.
        year: the year for a leading "9月29日" without one; such dates are left out when None.

    A date without a year takes the year of the date before it.
    """
    if "月" not in text and "20" not in text and "19" not in text:
        return []  # no way of writing a date does without one of them
    return list(_dates_of(text, year))


@functools.lru_cache(maxsize=64)
def _dates_of(text: str, year: int | None) -> tuple[DateFound, ...]:
    """The dates of a text; kept, since several facts of a paper are read from one passage."""
    found: list[DateFound] = []
    last: date | None = None
    for match in _DATE.finditer(text):
        has_year = True
        if match["m1"] is not None:
            month, day = number(match["m1"]), number(match["d1"])
            if match["y1"] is not None:
                known = _year(match["y1"])
            else:
                has_year = False
                known = last.year if last else year
                if text[max(0, match.start() - 2) : match.start()] == "次年" and known is not None:
                    known += 1
            if known is None and not has_year:
                continue
            value = _day(known, month, day)
        elif match["y2"] is not None:
            value = _day(int(match["y2"]), int(match["m2"]), int(match["d2"]))
        else:
            value = _day(int(match["y3"]), int(match["m3"]), int(match["d3"]))
        last = value or last
        found.append(DateFound(match.start(), match.end(), value, has_year))
    return tuple(_with_short_back_references(text, found))


def _with_short_back_references(text: str, found: list[DateFound]) -> list[DateFound]:
    """Adds "同月5日", which has no month of its own."""
    if not _BACK.search(text):
        return found
    extra: list[DateFound] = []
    for match in _BACK_DATE.finditer(text):
        if match["month"] is None:
            continue
        before = [one.value for one in found if one.end <= match.start() and one.value]
        if before:
            value = _day(before[-1].year, before[-1].month, number(match["d"]))
            extra.append(DateFound(match.start(), match.end(), value, False))
    return sorted([*found, *extra], key=lambda one: one.start)


def parse_date(text: str, *, year: int | None = None) -> date | None:
    """The first real date of a short text such as a form's field; None where there is none."""
    return next((one.value for one in find_dates(text, year=year) if one.value), None)


_CHINESE_DAY: tuple[str, ...] = ("", *"一二三四五六七八九")


def _spelled(value: int) -> str:
    tens, ones = divmod(value, 10)
    if tens == 0:
        return _CHINESE_DAY[ones]
    return ("" if tens == 1 else _CHINESE_DAY[tens]) + "十" + _CHINESE_DAY[ones]


def chinese_date(day: date) -> str:
    """A day as decisions write it: 二〇二五年九月二十九日."""
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in f"{day.year:04d}")
    return f"{year}年{_spelled(day.month)}月{_spelled(day.day)}日"


_HALF = "(?P<{0}half>凌晨|清晨|早晨|早上|上午|中午|下午|傍晚|晚上|晚间|夜间|夜里|晚)?"
_HOUR = "(?P<{0}h>[0-9Oo]{{1,2}}|[一二三四五六七八九十两廿〇零]{{1,3}})"
_MINUTE = "(?P<{0}m>[0-9Oo]{{1,2}}|[一二三四五六七八九十廿卅〇零]{{1,3}})"
_CLOCK = (
    _HALF
    + "(?:"
    + _HOUR
    + "(?:[时点]钟?(?:"
    + _MINUTE
    + "分?(?:[0-9]{{1,2}}秒)?|(?P<{0}mark>整|半|许))?|[:](?P<{0}m2>[0-5][0-9])(?::[0-5][0-9])?))"
)
_START = re.compile(_CLOCK.format("a"))
_END = re.compile(r"[:,]?(?P<day>次日|翌日|第二日|第二天|当日|同日)?" + _CLOCK.format("b"))
_JOIN = re.compile(r"[许,;]*(?:-{1,2}|~|至|到|起至|止于|起,?至|开始,?至)[:,]?")
_BLANK = r"[_ ./\\-]*"
_BLANK_END = re.compile(
    rf"(?:{_BLANK}年{_BLANK}月{_BLANK}日|{_BLANK}月{_BLANK}日|{_BLANK}日)?{_BLANK}[时点]{_BLANK}分?"
    rf"(?![0-9一二三四五六七八九十])"
    rf"|[_]{{2,}}"
)


@dataclass(frozen=True, slots=True)
class Period:
    """A record's time field. `ended_at` None with `end_blank` where the end was left empty."""

    start: int
    end: int
    started_at: datetime
    ended_at: datetime | None
    end_blank: bool


def _clock(match: re.Match[str], prefix: str, *, half: str | None = None) -> time | None:
    hour = number(match[f"{prefix}h"])
    written = match[f"{prefix}m"] or match[f"{prefix}m2"]
    minute = number(written) if written else (30 if match[f"{prefix}mark"] == "半" else 0)
    half = match[f"{prefix}half"] or half
    if hour is None or minute is None:
        return None
    late = half in ("下午", "傍晚", "晚上", "晚间", "夜间", "夜里", "晚") and hour < 12
    if late or (half == "中午" and hour < 3):
        hour += 12
    if hour == 24 and minute == 0:
        return time(23, 59)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def find_instants(text: str, *, year: int | None = None) -> list[tuple[int, int, datetime]]:
    """Every day with a clock time after it, as (start, end, instant)."""
    found = []
    for day in find_dates(text, year=year):
        match = _START.match(text, day.end)
        if match is None and text[day.end : day.end + 1] == " ":
            match = _START.match(text, day.end + 1)
        if match and day.value:
            clock = _clock(match, "a")
            if clock is not None:
                found.append((day.start, match.end(), datetime.combine(day.value, clock)))
    return found


def find_periods(text: str, *, year: int | None = None) -> Iterator[Period]:
    """Times from ... to ...: "2025年9月29日9时29分至10时24分", "2025-09-29 09:33-10:12".

    An end without a date of its own is on the day of the start; where the start is in the evening
    (from 20:00) and the end in the small hours (before 6:00) it is the next day. An end before its
    start is given as printed. "至 时 分" is an end left blank.
    """
    days = find_dates(text, year=year)
    for start, place, started in find_instants(text, year=year):
        join = _JOIN.match(text, place)
        if join is None:
            continue
        first = _START.match(text, next(day.end for day in days if day.start == start))
        half = first["ahalf"] if first else None
        own = next((day for day in days if day.start == join.end()), None)
        at = own.end if own else join.end()
        if text[at : at + 1] == " ":
            at += 1
        match = _END.match(text, at)
        if match:
            same_half = half if started.hour >= 12 and (number(match["bh"]) or 0) < 12 else None
            own_half = half is not None and same_half is not None
            clock = _clock(match, "b", half=half if own_half else None)
            if clock is not None:
                day = own.value if own and own.value else started.date()
                if match["day"] in ("次日", "翌日", "第二日", "第二天"):
                    day = started.date() + timedelta(days=1)
                ended = datetime.combine(day, clock)
                late = started.hour >= 20 and ended.hour < 6
                if own is None and match["day"] is None and late:
                    ended += timedelta(days=1)
                yield Period(start, match.end(), started, ended, end_blank=False)
                continue
        blank = _BLANK_END.match(text, join.end())
        if (blank and blank.end() > join.end()) or join.end() == len(text):
            end = blank.end() if blank else join.end()
            yield Period(start, end, started, None, end_blank=True)
