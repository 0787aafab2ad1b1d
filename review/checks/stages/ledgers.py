"""Lists that the bureau keeps of its files: publication list and ledger of recordings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import PurePosixPath

from review.checks.check import (
    CheckResult,
    Found,
    LawUsed,
    Procedure,
    Severity,
    check,
    defect,
    failed,
    not_applicable,
    passed,
    unknown,
)
from review.checks.stages.registers import not_kept
from review.checks.values import (
    DECISIONS,
    day,
    missing_text,
    parameter,
    the_decision,
    words,
    written,
)
from review.common.dates import add_working_days
from review.common.text import plain
from review.facts.model import CaseFacts, Evidence, Fact
from review.law.citation import Place, cited_places, plain_title
from review.law.in_force import LawInForce
from review.registers.entry import Entry, Registers


@check(
    "REG004",
    title=("处罚决定在公示清单中按期公示", "The decision is on the publication list in time"),
    defects=("D-86", "D-88"),
    severity=Severity.MINOR,
    sources=("disclosure-guideline-2018-118", "administrative-penalty-law#art-48"),
    inputs=("decided_on", "case_no"),
    procedures=(Procedure.ORDINARY, Procedure.HEARING),
    cannot_see=("网站上的实际情况", "what the site really shows"),
)
def published_by_list(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the publication list has the decision in time, and its withdrawal in time.

    Fails, as a minor matter, when it was published late, when a revoked decision was withdrawn
    late, or when the list, declared complete for the last day, does not have it. Unknown when no
    list is kept, it is not declared complete, or the day of the decision was not read.
    """
    registers = case.surroundings.registers
    decided = case.get("decided_on")
    on = day(decided)
    if decided is None or on is None:
        return unknown(*missing_text(("decided_on",)), missing=("decided_on",))
    if not registers.is_kept("publications"):
        return not_kept("publications")
    limit, used = parameter(law, "publication_limit", on)
    last = add_working_days(on, limit.number, law.calendar)
    rows = _publications(case, registers)
    if not rows:
        if not registers.is_complete("publications", last):
            return unknown(
                "公示清单中没有本案，清单未声明完整",
                "not on the publication list, which was not declared complete",
            ).resting_on(used)
        return failed(
            defect(
                "D-86",
                f"决定日{on}，公示清单（声明完整）至{last}没有本案",
                f"decided on {on}; the complete publication list has nothing up to {last}",
                decided,
                law=(used,),
            )
        ).resting_on(used)
    found = [*_late(rows, decided, last, used), *_not_withdrawn(rows, registers, decided, law)]
    if found:
        return failed(*found)
    return passed(
        f"决定日{on}，公示日{rows[0].day('published_on')}，期限{last}",
        f"decided {on}, published {rows[0].day('published_on')}, last day {last}",
        decided,
    ).resting_on(used)


def _publications(case: CaseFacts, registers: Registers) -> tuple[Entry, ...]:
    decision = the_decision(case, *DECISIONS)
    number = words(decision.first("document_no")) if decision is not None else None
    rows = registers.find("publications", "decision_no", number) if number else ()
    case_no = words(case.get("case_no"))
    return rows or (registers.find("publications", "case_no", case_no) if case_no else ())


def _late(rows: Iterable[Entry], decided: Fact, last: date, used: LawUsed) -> Iterator[Found]:
    days = [published for row in rows if (published := row.day("published_on")) is not None]
    if days and min(days) > last:
        yield defect(
            "D-86",
            f"决定日{day(decided)}，公示清单记载{min(days)}公示，期限{last}",
            f"decided {day(decided)}, on the list as published {min(days)}, last day {last}",
            decided,
            law=(used,),
        )


def _not_withdrawn(
    rows: Iterable[Entry], registers: Registers, decided: Fact, law: LawInForce
) -> Iterator[Found]:
    for row in rows:
        revoked, withdrawn = row.day("revoked_on"), row.day("withdrawn_on")
        if revoked is None:
            continue
        limit, used = parameter(law, "withdrawal_limit", revoked)
        last = add_working_days(revoked, limit.number, law.calendar)
        is_late = withdrawn is not None and withdrawn > last
        if is_late or (withdrawn is None and registers.is_complete("publications", last)):
            zh = f"{withdrawn}才撤回公示" if withdrawn else "公示清单没有撤回记录"
            en = f"withdrawn only on {withdrawn}" if withdrawn else "no withdrawal on the list"
            yield defect(
                "D-88",
                f"决定{revoked}被撤销或者变更，{zh}，期限{last}",
                f"revoked or changed on {revoked}, {en}, last day {last}",
                decided,
                law=(used,),
            )


@check(
    "REG007",
    title=("音像资料与台账一致", "Recordings agree with their ledger"),
    defects=("D-93", "D-94"),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-47", "disclosure-guideline-2018-118"),
    inputs=("case_no",),
    cannot_see=("音像内容是否被剪辑", "whether a recording with the right digest was cut before"),
)
def recordings_as_in_ledger(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether recordings of the file are those of the ledger, and none of the case was deleted.

    Fails, as a minor matter because no confirmed rule sets the term, when a file of that name has
    another digest in the ledger, or when the ledger says that a recording of this case was deleted.
    Unknown when the ledger is not kept or has neither this case nor its files.
    """
    registers = case.surroundings.registers
    if not registers.is_kept("recordings"):
        return not_kept("recordings")
    number = case.get("case_no")
    case_no = words(number)
    scope = LawUsed(law.resolve("disclosure-guideline-2018-118", case), confirmed=False)
    found: list[Found] = []
    agreeing = 0
    media = [report.media for report in case.files if report.media is not None]
    for record in media:
        name = PurePosixPath(record.source).name
        digests = {
            row.text("sha256").lower()
            for row in registers.find("recordings", "file_name", name)
            if row.text("sha256")
        }
        if not digests:
            continue
        if record.sha256.lower() in digests:
            agreeing += 1
            continue
        found.append(
            defect(
                "D-93",
                f"音像文件{name}的校验值与台账不同，可能被编辑或者替换",
                f"the digest of {name} differs from the ledger: edited or replaced",
                Evidence(record.source, None, record.source),
                law=(scope,),
            )
        )
    rows = registers.find("recordings", "case_no", case_no) if case_no else ()
    deleted = [row for row in rows if row.day("deleted_on") is not None]
    found += [
        defect(
            "D-94",
            f"台账记载本案音像文件{row.text('file_name')}于{row.day('deleted_on')}删除",
            f"the ledger says that {row.text('file_name')} was deleted on {row.day('deleted_on')}",
            *((number,) if number else ()),
            law=(scope,),
        )
        for row in deleted
    ]
    if found:
        return failed(*found)
    if agreeing or rows:
        heard = [Evidence(each.source, None, each.source) for each in media]
        return passed("音像资料与台账一致", "the recordings agree with the ledger", *heard)
    return unknown("台账中没有本案的音像资料", "the ledger has no recording of this case")


@check(
    "REG008",
    title=("没有按已取消的事项罚款", "Not fined under a fine that was cancelled"),
    defects=("D-32",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-37",),
    inputs=("basis", "cause", "decided_on", "fine_yuan"),
    procedures=(Procedure.ORDINARY, Procedure.HEARING, Procedure.SUMMARY),
    cannot_see=(
        "事项与案由是否同一由人判断；随产品提供的幅度变化见罚款幅度检查",
        "whether matter and cause are the same; released changes are for the checks of ranges",
    ),
)
def not_cancelled(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the bureau's table of cancelled fines has the provision of this fine.

    Fails, as a minor matter, when a cancelled matter with the same words and provision was in force
    on the day of the decision; a hint where only the provision agrees. Unknown when no table is
    kept, basis or day were not read or the basis names no provision; not applicable without a fine.
    """
    registers = case.surroundings.registers
    basis, decided, fine = case.get("basis"), case.get("decided_on"), case.get("fine_yuan")
    cited, on = words(basis), day(decided)
    if basis is None or decided is None or not cited or on is None:
        missing = tuple(name for name in ("basis", "decided_on") if case.get(name) is None)
        return unknown(*missing_text(missing), missing=missing)
    if fine is not None and not fine.value:
        return not_applicable("没有罚款", "no fine")
    if not registers.is_kept("fine_changes"):
        return not_kept("fine_changes")
    cause = plain(written(case.get("cause")))
    mine = _placed(cited, law)
    if not mine:
        return unknown("处罚依据没有写明条款，不能核对", "the basis names no provision to compare")
    for row in registers.entries["fine_changes"]:
        if row.text("change") != "cancelled" or not row.holds_on(on):
            continue
        theirs = _placed(row.text("basis"), law)
        if not any(
            key == other and place.agrees(wanted) for key, place in mine for other, wanted in theirs
        ):
            continue
        matter = plain(row.text("matter"))
        is_same = bool(cause) and (matter in cause or cause in matter)
        return failed(
            defect(
                "D-32",
                f"处罚依据{cited}的罚款事项“{row.text('matter')}”自{row.valid_from}起已取消"
                f"（{row.text('document')}）",
                f"the fine was cancelled from {row.valid_from} by {row.text('document')}: "
                f"{row.text('matter')}",
                basis,
                decided,
                severity=Severity.MINOR if is_same else Severity.HINT,
            )
        )
    return passed("不在已取消的罚款事项中", "not among the cancelled fines", basis, decided)


def _placed(text: str, law: LawInForce) -> list[tuple[str, Place]]:
    """The provisions that a text cites, laws by their key where held, else by their title."""
    return [
        (law.library.by_title(title) or plain_title(title), place)
        for title, place in cited_places(text)
    ]
