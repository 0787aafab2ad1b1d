"""Values that a person types for a fact, in the published normal form."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from review.errors import BadValue
from review.facts.model import FactValue, Officer
from review.facts.names import BY_NAME

TYPED = frozenset({"text", "date", "datetime", "money", "int", "bool", "officers", "names"})
"""Types of facts that can be typed; the file index is read from its paper alone."""

_BETWEEN = re.compile(r"[、，,；;\s]+")
_PERSON = re.compile(r"([^\d()（）]{2,20})(?:[(（]([^()（）]{1,40})[)）])?")


def from_text(name: str, text: str) -> FactValue:
    """The value of a fact from its normal form. Raises BadValue where the text is none of it.

    People are typed as 甲某（证号）、乙某 as well.
    """
    known = BY_NAME.get(name)
    if known is None or known.type not in TYPED:
        raise _bad(name, text, "此项不能手工更正", "it cannot be typed")
    try:
        if known.type == "date":
            return date.fromisoformat(text)
        if known.type == "datetime":
            return datetime.fromisoformat(text)
        if known.type == "money":
            return _finite(text)
        if known.type == "int":
            return int(text)
        if known.type == "bool":
            return {"true": True, "false": False}[text]
        if known.type == "officers":
            return _officers(text)
        if known.type == "names":
            return tuple(officer.name for officer in _officers(text))
    except (ValueError, InvalidOperation, KeyError, TypeError) as problem:
        raise _bad(name, text, "格式不正确", "it is not in the right form") from problem
    if not text.strip():
        raise _bad(name, text, "不能为空", "must not be empty")
    return text.strip()


def _officers(text: str) -> tuple[Officer, ...]:
    """People from the normal form (JSON) or as they are typed; raises ValueError without any."""
    if text.lstrip().startswith("["):
        kept = json.loads(text)
        return tuple(
            Officer(each["name"], each.get("cert_no")) if isinstance(each, dict) else Officer(each)
            for each in kept
        )
    people = []
    for part in _BETWEEN.split(text.strip()):
        match = _PERSON.fullmatch(part)
        if match is None:
            raise ValueError(part)
        people.append(Officer(match[1], match[2]))
    return tuple(people)


def _finite(text: str) -> Decimal:
    amount = Decimal(text)
    if not amount.is_finite():
        raise InvalidOperation(text)
    return amount


def _bad(name: str, text: str, zh: str, en: str) -> BadValue:
    known = BY_NAME.get(name)
    return BadValue(
        field=known.zh if known else name,
        field_en=known.en if known else name,
        value=text,
        reason=zh,
        reason_en=en,
    )
