"""Values that a person types for a fact, in the published normal form."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from review.errors import BadValue
from review.facts.model import FactValue
from review.facts.names import BY_NAME

TYPED = frozenset({"text", "date", "datetime", "money", "int", "bool"})
"""Types of facts that can be typed; lists are read from the papers alone."""


def from_text(name: str, text: str) -> FactValue:
    """The value of a fact from its normal form. Raises BadValue where the text is none of it."""
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
    except (ValueError, InvalidOperation, KeyError) as problem:
        raise _bad(name, text, "格式不正确", "it is not in the right form") from problem
    if not text.strip():
        raise _bad(name, text, "不能为空", "must not be empty")
    return text.strip()


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
