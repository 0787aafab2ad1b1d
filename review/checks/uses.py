"""Which values of the law and which laws a check rests on, read from its own code.

The law page shows for every number and article what would change with it. The names stand in the
code once, where they are used; a second list would go stale.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from review.checks.catalogue import checks
from review.checks.check import Check
from review.law.citation import Citation, Place
from review.law.in_force import law_in_force

BEHIND: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "fine_range": (
            "overload_step",
            "overload_fine_per_step",
            "overload_fine_cap",
            "overload_rounding",
        ),
        "overload_rule": (
            "overload_step",
            "overload_fine_per_step",
            "overload_fine_cap",
            "overload_rounding",
        ),
    }
)
"""What methods of the law ask for on their own."""


@cache
def parameters_used() -> Mapping[str, tuple[str, ...]]:
    """Parameter name to the ids of the checks that ask for it, sorted."""
    used: dict[str, set[str]] = {}
    for check in checks():
        for name in parameters_of(check):
            used.setdefault(name, set()).add(check.id)
    return MappingProxyType({name: tuple(sorted(ids)) for name, ids in used.items()})


def parameters_of(check: Check) -> frozenset[str]:
    """The parameters that a check asks for, by itself or through functions of `review.checks`."""
    known = frozenset(law_in_force().parameters)
    found: set[str] = set()
    seen: set[tuple[str, str]] = set()
    todo = [(check.function.__module__, check.function.__name__)]
    while todo:
        place = todo.pop()
        if place in seen:
            continue
        seen.add(place)
        module, name = place
        strings, called = _body(module, name)
        found |= strings & known
        for each in called:
            found |= set(BEHIND.get(each, ())) & known
            home = str(getattr(getattr(sys.modules[module], each, None), "__module__", ""))
            if home.startswith("review.checks"):
                todo.append((home, each))
    return frozenset(found)


@lru_cache(maxsize=1024)
def _body(module: str, name: str) -> tuple[frozenset[str], frozenset[str]]:
    """The strings and the names that stand in one function of a module."""
    functions = _functions(module)
    node = functions.get(name)
    if node is None:
        return frozenset(), frozenset()
    strings, names = set(), set()
    # the decorator's texts are no use of a value
    for statement in node.body:
        for each in ast.walk(statement):
            if isinstance(each, ast.Constant):
                strings.add(str(each.value))
            elif isinstance(each, ast.Name):
                names.add(each.id)
            elif isinstance(each, ast.Attribute):
                names.add(each.attr)
    return frozenset(strings), frozenset(names)


@lru_cache(maxsize=128)
def _functions(module: str) -> dict[str, ast.FunctionDef]:
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {each.name: each for each in tree.body if isinstance(each, ast.FunctionDef)}


@cache
def _sources() -> tuple[tuple[str, Citation], ...]:
    return tuple(
        (check.id, Citation.parse(source)) for check in checks() for source in check.sources
    )


def checks_on(law: str, place: Place | None = None) -> tuple[str, ...]:
    """The ids of the checks that cite a law, or one of its places or what lies within it."""
    return tuple(
        sorted(
            {
                check_id
                for check_id, citation in _sources()
                if citation.law == law
                and (place is None or (citation.place is not None and place.covers(citation.place)))
            }
        )
    )
