"""Registers of people and organs (执法人员、法制审核人员、执法主体).

A register that is not kept decides nothing. That something is not in a register is a hint, unless
the register was declared complete for the day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from review.checks.check import (
    CheckResult,
    Found,
    LawUsed,
    Procedure,
    Severity,
    check,
    defect,
    failed,
    passed,
    unknown,
)
from review.checks.values import (
    DECISIONS,
    RECORDS,
    cited,
    day,
    names,
    officers,
    page_of,
    page_of_en,
    same_name,
    the_decision,
    without_papers,
    words,
)
from review.facts.model import CaseFacts, DocumentFacts, Fact, Officer
from review.law.in_force import LawInForce
from review.registers.columns import REGISTERS
from review.registers.entry import Entry, Registers, comparable

ACTS = (
    *RECORDS,
    "当场行政处罚决定书",
    "行政强制措施决定书",
    "抽样取证凭证",
    "证据登记保存清单",
    "送达回证",
)
"""Papers in which officers act towards the party on the day of the paper."""


def not_kept(register: str) -> CheckResult:
    """Unknown because the bureau keeps no such register."""
    spec = REGISTERS[register]
    return unknown(
        f"未建“{spec.zh}”库，不能核对",
        f"the register is not kept, nothing is compared: {spec.en}",
    )


@dataclass(frozen=True, slots=True)
class _Act:
    """One officer acting in one paper on one day."""

    document: DocumentFacts
    fact: Fact
    officer: Officer
    on: date


def _acts(case: CaseFacts) -> Iterator[_Act]:
    seen: set[tuple[str, str, date]] = set()
    for document in case.of_kind(*ACTS):
        on = next(
            (
                found
                for name in ("started_at", "received_on", "served_on", "dated_on", "decided_on")
                if (found := day(document.first(name))) is not None
            ),
            None,
        )
        on = on or day(case.get("found_on")) or day(case.get("act_on"))
        if on is None:
            continue
        named = [(fact, each) for fact in document.all("officers") for each in officers(fact)]
        served = [(fact, Officer(name)) for fact in document.all("servers") for name in names(fact)]
        for fact, officer in (*named, *served):
            key = (comparable(officer.name), comparable(officer.cert_no or ""), on)
            if key[0] and key not in seen:
                seen.add(key)
                yield _Act(document, fact, officer, on)


@check(
    "REG001",
    title=("执法人员当日在册、持证有效", "Officers were registered and certified on the day"),
    defects=("D-03",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-42",),
    inputs=(),
    cannot_see=(
        "名册以外的人员情况；同名而无证号的不作认定",
        "what the register does not say; namesakes without a number are left open",
    ),
)
def officers_registered(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether everybody who acted is an officer on the register, with a valid certificate that day.

    Fails when the register gives the person as auxiliary staff, as having left, or with a
    certificate that had expired; as a minor matter when the yearly renewal had run out; and when
    the person is not on a register that was declared complete for that day. Somebody who is not on
    a register kept in part is a hint. Unknown when no register is kept or nobody was read.
    """
    del law
    registers = case.surroundings.registers
    acts = tuple(_acts(case))
    if not acts:
        return unknown("未读到执法人员和执法日", "no officer with a day was read")
    if not registers.is_kept("officers"):
        return not_kept("officers")
    told: dict[tuple[object, ...], Found] = {}
    open_ones: list[str] = []
    for act in acts:
        rows = _rows_of(registers, act)
        persons = {comparable(row.text("cert_no") or row.text("name")) for row in rows}
        if len(persons) > 1:
            open_ones.append(act.officer.name)
            continue
        against = _about(registers, act, rows)
        if against is not None:
            # the same thing about one officer is told once, of the first paper
            key = (comparable(act.officer.name), against.severity, *(row.id for row in rows))
            told.setdefault(key, against)
    if told:
        return failed(*told.values())
    if open_ones:
        shown = "、".join(dict.fromkeys(open_ones))
        return unknown(
            f"名册中有同名人员，未作认定：{shown}", f"the register has namesakes of {shown}"
        )
    people = {comparable(act.officer.name) for act in acts}
    return passed(
        f"{len(people)}名执法人员当日均在册、持证有效",
        f"all {len(people)} officers were registered and certified on the day",
        *(act.fact for act in acts),
    )


def _rows_of(registers: Registers, act: _Act) -> tuple[Entry, ...]:
    """The rows of a person: by number, else by name; of several those valid on the day."""
    number = act.officer.cert_no
    rows = registers.find("officers", "cert_no", number) if number else ()
    rows = rows or registers.find("officers", "name", act.officer.name)
    return tuple(row for row in rows if row.holds_on(act.on)) or rows


def _about(registers: Registers, act: _Act, rows: tuple[Entry, ...]) -> Found | None:
    """What the register says against one officer on one day."""
    name, on = act.officer.name, act.on
    where_zh, where_en = f"{page_of(act.document)}（{on}）", f"{page_of_en(act.document)}, {on}"
    is_complete = registers.is_complete("officers", on) and not act.document.is_recognized
    if not rows:
        return _found(
            act,
            f"{where_zh}的执法人员{name}不在执法人员名册",
            f"{name} of {where_en} is not on the register of officers",
            Severity.MAJOR if is_complete else Severity.HINT,
        )
    row = rows[-1]
    if not row.holds_on(on):
        ended = row.valid_until is not None and row.valid_until < on
        said_zh = f"名册中至{row.valid_until}止" if ended else f"自{row.valid_from}起才在册"
        said_en = f"until {row.valid_until}" if ended else f"only from {row.valid_from}"
        return _found(
            act,
            f"{where_zh}的执法人员{name}当日不在册：{said_zh}",
            f"{name} of {where_en} was not registered that day: {said_en}",
            Severity.MAJOR if ended or is_complete else Severity.HINT,
        )
    if row.text("staff") == "auxiliary":
        return _found(
            act,
            f"{where_zh}的{name}是辅助人员，不得实施行政处罚",
            f"{name} of {where_en} is auxiliary staff and may not act",
            Severity.MAJOR,
        )
    for column, zh, en, severity in (
        ("certificate_until", "执法证件有效期至", "the certificate was valid until", None),
        ("renewed_until", "年度审验有效期至", "the yearly renewal held until", Severity.MINOR),
    ):
        until = row.day(column)
        if until is not None and until < on:
            return _found(
                act,
                f"{where_zh}的执法人员{name}{zh}{until}，当日已过期",
                f"{name} of {where_en}: {en} {until} and had run out",
                severity or Severity.MAJOR,
            )
    number = act.officer.cert_no
    differs = number and row.text("cert_no") and not same_name(number, row.text("cert_no"))
    if differs and not act.document.is_recognized:
        return _found(
            act,
            f"{where_zh}中{name}的证号{number}与名册的{row.text('cert_no')}不同",
            f"{where_en} gives {name} the number {number}, the register {row.text('cert_no')}",
            Severity.HINT,
        )
    return None


def _found(act: _Act, zh: str, en: str, severity: Severity) -> Found:
    return defect("D-03", zh, en, act.fact, severity=severity)


@check(
    "REG005",
    title=("法制审核人员具备资格", "The legal reviewer is qualified, by the register"),
    defects=("D-59",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-58",),
    inputs=(),
    procedures=(Procedure.ORDINARY, Procedure.HEARING),
    cannot_see=(
        "新法施行前已从事审核的人员是否例外",
        "exceptions for those who reviewed before the law came into force",
    ),
)
def reviewer_qualified(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the legal reviewer, if he began under the present law, holds the qualification.

    Fails when the register says that he holds none and began reviewing while the law in force
    demanded it. A reviewer who is not on the register is a hint. Not applicable without a legal
    review. Unknown when the register is not kept or leaves qualification or beginning open.
    """
    registers = case.surroundings.registers
    papers = case.of_kind("法制审核意见书")
    if not papers:
        return without_papers(case, ("法制审核意见书", "法制审核"), "法制审核意见", "legal review")
    reviewers = [
        (paper, fact, name)
        for paper in papers
        for fact in paper.all("reviewer")
        if (name := words(fact))
    ]
    if not reviewers:
        return unknown("未读到审核人员", "the reviewer was not read")
    if not registers.is_kept("reviewers"):
        return not_kept("reviewers")
    found: list[Found] = []
    is_open = False
    for paper, fact, name in reviewers:
        rows = registers.find("reviewers", "name", name)
        if not rows:
            found.append(
                defect(
                    "D-59",
                    f"{page_of(paper)}的审核人员{name}不在法制审核人员库",
                    f"the reviewer {name} of {page_of_en(paper)} is not on the register",
                    fact,
                    severity=Severity.HINT,
                )
            )
            continue
        row = rows[-1]
        began = row.day("first_review_on")
        if row.says("is_qualified"):
            continue
        statute = None if began is None else law.statute("administrative-penalty-law", on=began)
        if row.says("is_qualified") is None or statute is None or not statute.is_whole:
            is_open = True
            continue
        used = LawUsed(str(statute.cite(None)), statute.confirmed)
        found.append(
            defect(
                "D-59",
                f"审核人员{name}自{began}从事审核，未取得法律职业资格",
                f"the reviewer {name} began on {began} without the legal qualification",
                fact,
                law=(used,),
            )
        )
    if found:
        return failed(*found)
    if is_open:
        return unknown(
            "审核人员库未登记资格或者初次审核日期（旧法施行期间开始的不作认定）",
            "the register leaves qualification or beginning open, or it lies under the old law",
        )
    return passed(
        "审核人员具备法律职业资格", "the reviewer is qualified", *(fact for _, fact, _ in reviewers)
    )


@check(
    "REG006",
    title=("作出决定的主体当日在册", "The deciding organ was registered on the day"),
    defects=("D-73", "D-103"),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-17", "administrative-penalty-law#art-20"),
    inputs=("agency", "decided_on"),
    cannot_see=("印章图样本身", "the seal itself"),
)
def organ_registered(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the organ that signs the decision may act in its own name on that day.

    Fails when the register gives it as an inner section or an entrusted body that acts for another,
    or as no longer existing. An organ that is not on the register is a hint, and minor where the
    register was declared complete. Unknown when the register is not kept or organ or day were not
    read.
    """
    registers = case.surroundings.registers
    decision = the_decision(case, *DECISIONS)
    organ = (decision.first("acting_organ") if decision is not None else None) or case.get("agency")
    name, on = words(organ), day(case.get("decided_on"))
    if organ is None or not name or on is None:
        return unknown("未读到处罚机关或者决定日", "organ or day of decision was not read")
    if not registers.is_kept("organs"):
        return not_kept("organs")
    rows = registers.find("organs", "name", name) or registers.find("organs", "seal", name)
    if not rows:
        return failed(
            defect(
                "D-73",
                f"作出决定的“{name}”不在执法主体库",
                f"the deciding organ is not on the register: {name}",
                organ,
                severity=Severity.MINOR
                if registers.is_complete("organs", on) and organ.confidence >= 1.0
                else Severity.HINT,
            )
        )
    valid = [row for row in rows if row.holds_on(on)]
    if not valid:
        ended = [row.valid_until for row in rows if row.valid_until and row.valid_until < on]
        if not ended:
            return unknown("主体库中没有决定当日的情况", "the register says nothing of that day")
        return failed(
            defect(
                "D-103",
                f"“{name}”作为执法主体至{max(ended)}止，决定日{on}",
                f"{name} was an enforcing body until {max(ended)}; decided on {on}",
                organ,
            )
        )
    row = valid[-1]
    if row.text("kind") in ("section", "entrusted"):
        kind_zh = "内设机构" if row.text("kind") == "section" else "受委托组织"
        kind_en = "an inner section" if row.text("kind") == "section" else "an entrusted body"
        used = cited(law, "administrative-penalty-law#art-20", case)
        return failed(
            defect(
                "D-73",
                f"“{name}”是{kind_zh}，不得以自己名义作出处罚决定",
                f"{name} is {kind_en} and may not decide in its own name",
                organ,
                law=(used,),
            )
        )
    return passed(f"“{name}”当日在册", f"{name} was registered that day", organ)
