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
from review.facts.names import BY_NAME

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

SURE = 0.8
"""Readings below this confidence carry no failure by themselves."""

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
    """One defect found: catalogue numbers, its own severity, message and evidence.

    `rests_on` are the facts without which it would not stand: one read with little confidence
    takes the whole defect back to "needs a look". `law` are the values and texts that this very
    defect rests on; empty: those of the check.
    """

    defects: tuple[str, ...]
    message: Message
    evidence: tuple[Evidence, ...] = ()
    severity: Severity | None = None
    rests_on: tuple[Fact, ...] = ()
    law: tuple[LawUsed, ...] = ()


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
    found: tuple[Found, ...] = ()

    def of_check(self, check_id: str, severity: Severity, used: tuple[LawUsed, ...]) -> CheckResult:
        """The same result as that of a check; written out, since it is made for every check."""
        return CheckResult(
            self.outcome,
            self.message,
            self.defects,
            severity,
            self.evidence,
            used,
            self.trace,
            self.missing,
            self.obstacles,
            check_id,
            self.found,
        )

    def resting_on(self, *used: LawUsed) -> CheckResult:
        """The same result with the law it used, each once."""
        return replace(self, law=tuple(dict.fromkeys((*self.law, *used))))

    def because(self, zh: str, en: str) -> CheckResult:
        """The same result with one more step of reasoning."""
        return replace(self, trace=(*self.trace, Message(zh, en)))


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
        """Apply the check: scope first, then the function; the result carries id and severity.

        A failure that rests on a doubtful reading alone, or that another paper's reading of the
        same fact would turn round, becomes unknown: no accusation on a guess.
        """
        procedure = case.get("procedure")
        if procedure is not None and procedure.value not in self.procedures:
            result = not_applicable(
                "本程序不适用此项", "this check does not apply to the procedure"
            )
        else:
            result = _without_doubtful(self.function(case, law), case)
            result = self._settled(result, case, law)
        used = result.law
        if not used and result.found:
            used = tuple(dict.fromkeys(each for found in result.found for each in found.law))
        used = used or tuple(LawUsed(*each) for each in law.resolved(self.sources, case))
        return result.of_check(self.id, self._severity(result, used), used)

    def _severity(self, result: CheckResult, used: tuple[LawUsed, ...]) -> Severity:
        if not result.found:
            return capped(self.severity, used)
        return heaviest(
            capped(each.severity or self.severity, each.law or used) for each in result.found
        )

    def _settled(self, result: CheckResult, case: CaseFacts, law: LawInForce) -> CheckResult:
        """Unknown where papers disagree on an input and the other reading turns the result."""
        if result.outcome not in (Outcome.PASS, Outcome.FAIL):
            return result
        for name in self.inputs:
            if name not in case.contradictions:
                continue
            for other in _other_readings(case, name):
                changed = replace(case, merged={**case.merged, name: other}, contradictions={})
                turned = _without_doubtful(self.function(changed, law), changed)
                if turned.outcome in (Outcome.PASS, Outcome.FAIL) and (
                    turned.outcome is not result.outcome
                ):
                    label = BY_NAME[name]
                    return (
                        unknown(
                            f"各文书对“{label.zh}”的记载不一致，结论取决于以哪一处为准，请核对",
                            f"the papers disagree on {label.en}, and the result depends on it",
                            missing=(name,),
                        )
                        .resting_on(*result.law)
                        .because(result.message.zh, result.message.en)
                    )
        return result


def capped(severity: Severity, used: Iterable[LawUsed]) -> Severity:
    """At most minor where any of the law used is unconfirmed."""
    if all(each.confirmed for each in used):
        return severity
    return min(severity, Severity.MINOR, key=SEVERITY_ORDER.index)


def heaviest(severities: Iterable[Severity]) -> Severity:
    """The heaviest of one severity or more."""
    return max(severities, key=SEVERITY_ORDER.index)


AUTHORITATIVE: dict[str, frozenset[str]] = {
    "registered_on": frozenset({"立案登记表"}),
    "filed_on": frozenset({"立案登记表"}),
    "notice_on": frozenset({"违法行为通知书"}),
    "notice_served_on": frozenset({"送达回证", "邮寄回执", "送达公告"}),
    "hearing_on": frozenset({"听证笔录"}),
    "legal_review_on": frozenset({"法制审核意见书"}),
    "discussion_on": frozenset({"重大案件集体讨论记录"}),
    "decided_on": frozenset({"行政处罚决定书", "当场行政处罚决定书", "不予行政处罚决定书"}),
    "served_on": frozenset({"送达回证", "邮寄回执", "送达公告", "当场行政处罚决定书"}),
    "paid_on": frozenset({"罚款票据"}),
    "published_on": frozenset({"公示截图"}),
    "closed_on": frozenset({"结案报告"}),
    "reported_on": frozenset({"当场处罚备案表"}),
    "fine_notified_yuan": frozenset({"违法行为通知书"}),
    "fine_yuan": frozenset({"行政处罚决定书", "当场行政处罚决定书"}),
}
"""The papers that make a fact; covers, reports and lists only repeat it."""


def _makes_it(fact: Fact, case: CaseFacts) -> bool:
    """Whether a reading stands in the paper that makes the fact."""
    if fact.document is None or not 0 <= fact.document < len(case.documents):
        return False
    return case.documents[fact.document].kind in AUTHORITATIVE.get(fact.name, frozenset())


def _is_typed(fact: Fact, case: CaseFacts) -> bool:
    """Whether a reading comes from typed text: recognition may misread a digit."""
    return fact.document is not None and not case.documents[fact.document].is_recognized


def _other_readings(case: CaseFacts, name: str) -> tuple[Fact, ...]:
    """Readings of a merged fact with another value, confident enough to matter.

    Where the value chosen stands typed in the paper that makes the fact, papers that only repeat
    it do not shake it; another such paper does.
    """
    chosen = case.get(name)
    if chosen is None or chosen.origin == "person":
        return ()
    is_firm = chosen.confidence >= SURE and _makes_it(chosen, case) and _is_typed(chosen, case)
    others = {
        repr(fact.value): fact
        for fact in case.contradictions[name]
        if fact.value != chosen.value
        and is_sure(fact, case)
        and (not is_firm or _makes_it(fact, case))
    }
    return tuple(others.values())


def is_sure(fact: Fact, case: CaseFacts) -> bool:
    """Whether a reading may carry a failure: confident, corrected by a person, or read twice."""
    if fact.origin == "person" or fact.confidence >= SURE:
        return True
    agreeing = {
        document.index for document, other in case.every(fact.name) if other.value == fact.value
    }
    return len(agreeing) >= 2


def _without_doubtful(result: CheckResult, case: CaseFacts) -> CheckResult:
    """The failure without the defects that rest on doubtful readings; unknown if none is left."""
    if result.outcome is not Outcome.FAIL or not result.found:
        return result
    doubtful = {
        index: fact
        for index, each in enumerate(result.found)
        for fact in each.rests_on
        if not is_sure(fact, case)
    }
    if not doubtful:
        return result
    kept = [each for index, each in enumerate(result.found) if index not in doubtful]
    facts = list(doubtful.values())
    names = [BY_NAME.get(fact.name) for fact in facts]
    zh = "、".join(
        f"{name.zh if name else fact.name}{_page(fact, '（第{}页）')}"
        for name, fact in zip(names, facts, strict=True)
    )
    en = ", ".join(
        f"{name.en if name else fact.name}{_page(fact, ' (page {})')}"
        for name, fact in zip(names, facts, strict=True)
    )
    if kept:
        return replace(failed(*kept), law=result.law, trace=result.trace).because(
            f"另有疑点因识别不清未作认定：{zh}", f"not claimed for doubtful reading: {en}"
        )
    return replace(
        unknown(f"识别不够清楚，请看原件核对：{zh}", f"read with doubt, look at the page: {en}"),
        evidence=places(facts),
        law=result.law,
        trace=(*result.trace, *(each.message for each in result.found)),
    )


def _page(fact: Fact, template: str) -> str:
    return "" if fact.evidence.page is None else template.format(fact.evidence.page)


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
    """Register a check; refuses at import a bad or double id, a missing docstring or source."""

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
    """One or more defects; `Check.run` gives the result the severity of the heaviest."""
    if not found:
        raise ValueError("a failure names what was found")
    defects = tuple(dict.fromkeys(number for each in found for number in each.defects))
    return CheckResult(
        Outcome.FAIL,
        Message(
            "；".join(each.message.zh for each in found),
            "; ".join(each.message.en for each in found),
        ),
        defects=defects,
        evidence=tuple(dict.fromkeys(place for each in found for place in each.evidence)),
        found=found,
    )


def defect(
    number: str,
    zh: str,
    en: str,
    *things: Fact | Evidence | DocumentFacts,
    severity: Severity | None = None,
    law: Iterable[LawUsed] = (),
) -> Found:
    """One defect with its message; facts among `things` are what it rests on."""
    return Found(
        defects=(number,),
        message=Message(zh, en),
        evidence=places(things),
        severity=severity,
        rests_on=tuple(thing for thing in things if isinstance(thing, Fact)),
        law=tuple(law),
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
