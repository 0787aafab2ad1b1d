"""The mechanism of machine checks: one function, one id, four outcomes.

A check is a function of the facts and the law in force; the decorator `check()` carries all that a
reader, the catalogue and the generated documentation need, and refuses at import what is missing.
Outcomes: `passed`, `failed`, `unknown`, `not_applicable`. What was not read is never a pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from review.facts.model import Absence, CaseFacts, DocumentFacts, Evidence, Fact

if TYPE_CHECKING:
    from review.law.in_force import LawInForce


class Outcome(StrEnum):
    """What a check found; the words of the published interface."""

    PASS = "pass"  # noqa: S105  (a word of the published interface)
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class Severity(StrEnum):
    """How heavy a failure is: 重大, 较大, 一般, 提示. A veto is proposed, never decided, here."""

    VETO = "veto"
    MAJOR = "major"
    MINOR = "minor"
    HINT = "hint"


class Procedure(StrEnum):
    """The procedure of a case, as the facts name it."""

    ORDINARY = "ordinary"
    SUMMARY = "summary"
    HEARING = "hearing"
    WAIVED = "waived"


ALL_PROCEDURES = frozenset(Procedure)
WITH_NOTICE = frozenset({Procedure.ORDINARY, Procedure.HEARING})

SEVERITY_ORDER = (Severity.HINT, Severity.MINOR, Severity.MAJOR, Severity.VETO)


@dataclass(frozen=True, slots=True)
class Message:
    """What a person reads, in both languages, with the figures filled in."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class LawUsed:
    """A citation on which a result rests and whether the bureau confirmed the value or text."""

    citation: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Found:
    """One defect found: catalogue numbers, its own severity, message and evidence."""

    defects: tuple[str, ...]
    message: Message
    evidence: tuple[Evidence, ...] = ()
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The result of one check on one case file.

    `trace` is the reasoning step by step (both languages), for the person who has to decide.
    `severity` is the check's own, or that of the heaviest defect found; unconfirmed law never
    carries more than minor (law.md 15).
    """

    outcome: Outcome
    message: Message
    defects: tuple[str, ...] = ()
    severity: Severity | None = None
    evidence: tuple[Evidence, ...] = ()
    law: tuple[LawUsed, ...] = ()
    trace: tuple[Message, ...] = ()
    missing: tuple[str, ...] = ()
    obstacles: tuple[tuple[str, str], ...] = ()
    check_id: str = ""


CheckFunction = Callable[[CaseFacts, "LawInForce"], CheckResult]


@dataclass(frozen=True, slots=True)
class Check:
    """One registered check with its metadata."""

    id: str
    title: Message
    stage: str
    defects: tuple[str, ...]
    severity: Severity
    procedures: frozenset[Procedure]
    sources: tuple[str, ...]
    inputs: tuple[str, ...]
    cannot_see: Message
    function: CheckFunction = field(repr=False)
    doc: str = ""

    def run(self, case: CaseFacts, law: LawInForce) -> CheckResult:
        """Apply the check: scope first, then the function; the result carries id and severity."""
        procedure = case.get("procedure")
        if procedure is not None and procedure.value not in self.procedures:
            result = not_applicable(
                "本程序不适用此项", "this check does not apply to the procedure"
            )
        else:
            result = self.function(case, law)
        severity = result.severity or self.severity
        used = result.law or tuple(
            LawUsed(law.resolve(source, case), True) for source in self.sources
        )
        unconfirmed = any(not each.confirmed for each in used)
        if unconfirmed and SEVERITY_ORDER.index(severity) > SEVERITY_ORDER.index(Severity.MINOR):
            severity = Severity.MINOR
        return replace(result, check_id=self.id, severity=severity, law=used)


REGISTRY: dict[str, Check] = {}

_ID = re.compile(r"^[A-Z]{3}\d{3}$")


def check(
    check_id: str,
    *,
    title: tuple[str, str],
    defects: Iterable[str],
    severity: Severity,
    sources: Iterable[str],
    inputs: Iterable[str],
    cannot_see: tuple[str, str],
    procedures: Iterable[Procedure] = ALL_PROCEDURES,
) -> Callable[[CheckFunction], CheckFunction]:
    """Register a check; refuses at import a bad id, a double one, or a missing docstring or source."""

    def register(function: CheckFunction) -> CheckFunction:
        if not _ID.match(check_id) or check_id in REGISTRY:
            raise ValueError(f"check id {check_id} is malformed or taken")
        if not function.__doc__:
            raise ValueError(f"check {check_id} has no docstring for the reviewer")
        if not tuple(sources):
            raise ValueError(f"check {check_id} names no law")
        REGISTRY[check_id] = Check(
            id=check_id,
            title=Message(*title),
            stage=function.__module__.rsplit(".", 1)[-1],
            defects=tuple(defects),
            severity=severity,
            procedures=frozenset(procedures),
            sources=tuple(sources),
            inputs=tuple(inputs),
            cannot_see=Message(*cannot_see),
            function=function,
            doc=function.__doc__,
        )
        return function

    return register


def passed(zh: str, en: str, *evidence: Fact | Evidence | DocumentFacts) -> CheckResult:
    """The rule was applied to facts that were read, and holds."""
    return CheckResult(Outcome.PASS, Message(zh, en), evidence=places(evidence))


def failed(*found: Found) -> CheckResult:
    """One or more defects; the heaviest decides the severity of the result."""
    defects = tuple(dict.fromkeys(number for each in found for number in each.defects))
    severities = [each.severity for each in found if each.severity is not None]
    return CheckResult(
        Outcome.FAIL,
        Message(
            "；".join(each.message.zh for each in found),
            "; ".join(each.message.en for each in found),
        ),
        defects=defects,
        severity=max(severities, key=SEVERITY_ORDER.index) if severities else None,
        evidence=tuple(dict.fromkeys(place for each in found for place in each.evidence)),
    )


def unknown(
    zh: str, en: str, *, missing: Iterable[str] = (), because: Absence | None = None
) -> CheckResult:
    """The facts do not suffice; says which are missing or what stood in the way."""
    obstacles = because.obstacles if because else ()
    if obstacles:
        zh = f"{zh}（{'；'.join(each[0] for each in obstacles[:3])}）"
        en = f"{en} ({'; '.join(each[1] for each in obstacles[:3])})"
    return CheckResult(
        Outcome.UNKNOWN, Message(zh, en), missing=tuple(missing), obstacles=tuple(obstacles)
    )


def not_applicable(zh: str, en: str) -> CheckResult:
    """The rule does not concern this case."""
    return CheckResult(Outcome.NOT_APPLICABLE, Message(zh, en))


def places(things: Iterable[Fact | Evidence | DocumentFacts]) -> tuple[Evidence, ...]:
    """Evidence of facts, papers and places alike, without doubles, in the given order."""
    found: dict[Evidence, None] = {}
    for thing in things:
        if isinstance(thing, Evidence):
            found[thing] = None
        elif isinstance(thing, Fact):
            found[thing.evidence] = None
        else:
            found[thing.evidence()] = None
    return tuple(found)
