"""All checks: discovery, which defects they know, and the published form of a result."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from review.checks import stages
from review.checks.check import REGISTRY, Check, CheckResult, Outcome
from review.facts.model import Evidence

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


@cache
def checks() -> tuple[Check, ...]:
    """Every check of every stage module, by id."""
    for module in pkgutil.iter_modules(stages.__path__):
        importlib.import_module(f"{stages.__name__}.{module.name}")
    return tuple(REGISTRY[check_id] for check_id in sorted(REGISTRY))


def by_id(check_id: str) -> Check | None:
    """The check of that id, or None."""
    return next((each for each in checks() if each.id == check_id), None)


def checks_of_defects() -> dict[str, tuple[str, ...]]:
    """Catalogue number of a defect to the ids of the checks that know it, by number."""
    known: dict[str, list[str]] = {}
    for each in checks():
        for number in each.defects:
            known.setdefault(number, []).append(each.id)
    return {number: tuple(known[number]) for number in sorted(known, key=_order)}


def _order(number: str) -> tuple[int, str]:
    digits = number.removeprefix("D-")
    return (int(digits) if digits.isdigit() else 0, number)


def as_interface(result: CheckResult) -> dict[str, Json]:
    """The object of the published interface for one result; `trace` and `obstacles` are extra."""
    return {
        "id": result.check_id,
        "outcome": result.outcome.value,
        "defects": list(result.defects) if result.outcome is Outcome.FAIL else [],
        "severity": result.severity.value if result.severity is not None else None,
        "message": {"zh": result.message.zh, "en": result.message.en},
        "evidence": [_evidence(each) for each in result.evidence],
        "law": [{"citation": each.citation, "confirmed": each.confirmed} for each in result.law],
        "trace": [{"zh": each.zh, "en": each.en} for each in result.trace],
        "obstacles": [{"zh": zh, "en": en} for zh, en in result.obstacles],
    }


def _evidence(each: Evidence) -> dict[str, Json]:
    box = each.box
    return {
        "source": each.source,
        "page": each.page,
        "quote": each.quote,
        "box": None if box is None else [round(side, 1) for side in box],
    }
