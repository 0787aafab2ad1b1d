"""Words of exported documents in both languages, and how values are written in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Literal

from review.checks.check import Severity
from review.common.clock import SHANGHAI
from review.law.citation import Citation
from review.law.in_force import LawInForce

Language = Literal["zh", "en"]

SEVERITY = {
    Severity.VETO: ("重大", "Veto"),
    Severity.MAJOR: ("较大", "Major"),
    Severity.MINOR: ("一般", "Minor"),
    Severity.HINT: ("提示", "Hint"),
}

PROCEDURE = {
    "ordinary": ("普通程序", "Ordinary procedure"),
    "hearing": ("普通程序（听证）", "Ordinary procedure with a hearing"),
    "summary": ("简易程序", "Summary procedure"),
    "waived": ("不予处罚", "Waived"),
    "": ("—", "—"),
}

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

TIME_ZONE = SHANGHAI


def pick(words: tuple[str, str], language: Language) -> str:
    """The Chinese or the English of a pair."""
    return words[1] if language == "en" else words[0]


def clean(text: str) -> str:
    """Text that a document can hold: characters that XML has no place for become a mark."""
    return _NOT_XML.sub("\ufffd", text)


def long_date(day: date | None, language: Language) -> str:
    """2026年3月5日, or 5 March 2026; empty without a day."""
    if day is None:
        return ""
    if language == "en":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def short_date(day: date | None) -> str:
    """2026-03-05 for narrow columns; empty without a day."""
    return "" if day is None else day.isoformat()


def number(value: Decimal) -> str:
    """A number without needless zeros: 97.5, 100."""
    return f"{value.normalize() + 0:f}"


def yuan(value: Decimal | None, language: Language) -> str:
    """An amount with its unit; a dash without one."""
    if value is None:
        return "—"
    amount = f"{value:,.2f}".removesuffix(".00")
    return f"{amount} yuan" if language == "en" else f"{amount} 元"


LONG_TITLE = 20
"""A law whose title has more characters is cited by its short title, where it has one."""


def citation_text(source: str, law: LawInForce, language: Language) -> str:
    """A citation as people write it: 《行政处罚法》第六十条; an unknown law stays as it stands."""
    try:
        citation = Citation.parse(source)
    except ValueError:
        return source
    versions = law.library.versions(citation.law)
    if not versions:
        return source
    title = versions[0].title
    if language == "en":
        name = title.en or title.zh
        return f"{name}, {citation.place.en}" if citation.place else name
    full = title.zh.removeprefix("中华人民共和国")
    shorter = [each for each in versions[0].aliases if len(each) < len(full)]
    short = max(shorter, key=len) if shorter and len(full) > LONG_TITLE else full
    name = short if "〔" in short else f"《{short}》"
    return f"{name}{citation.place.zh}" if citation.place else name


def citations_text(sources: Iterable[str], law: LawInForce, language: Language) -> str:
    """Several citations; articles of one law are joined behind its name."""
    joined: dict[str, list[str]] = {}
    for source in sources:
        text = citation_text(source, law, language)
        head, mark, tail = text.partition(", " if language == "en" else "》")
        place = joined.setdefault(head + (mark if language == "zh" else ""), [])
        if tail and tail not in place:
            place.append(tail)
    separator = "; " if language == "en" else "；"
    inner = ", " if language == "en" else "、"
    return separator.join(
        (f"{head}, {inner.join(tails)}" if language == "en" else head + inner.join(tails))
        if tails
        else head
        for head, tails in joined.items()
    )
