"""Across cases (跨案比对): one officer at two places, one act fined twice, earlier violations.

The other case is never named in a message: who may see it sees it among the links of the case.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from statistics import median

from review.checks.check import (
    CheckResult,
    Found,
    Procedure,
    Severity,
    check,
    defect,
    failed,
    not_applicable,
    passed,
    unknown,
)
from review.checks.circumstances import FINED
from review.checks.marks import (
    SHORTEST_OVERLAP,
    acts,
    amounts,
    hours,
    is_earlier,
    is_same_act,
    overlap,
)
from review.checks.values import money, says
from review.facts.model import CaseFacts, Evidence, Fact
from review.facts.surroundings import Mark
from review.law.in_force import LawInForce

SAME_STOP = timedelta(hours=2)
"""Two on-site records of one vehicle that begin within this time belong to one stop."""

ENOUGH = 5
"""So many other fines of one kind are needed before one can be called far off."""

FAR_OFF = 3
"""Times the median, or a third of it."""


def _alone() -> CheckResult:
    return unknown("未与其他案件比对", "no other case was compared")


@check(
    "ACR001",
    title=("执法人员没有同时在两处", "No officer was at two places at once"),
    defects=("D-11",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-55", "administrative-penalty-law#art-42"),
    inputs=(),
    cannot_see=("未导入的案件；只比较读到起止时间的笔录", "cases that are not there, or not timed"),
)
def officer_at_one_place(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether records of other cases need the same officer at the same time.

    Fails when the hours of a record overlap, by more than a minute, with those of a record in
    another case that names the same officer (same certificate number, or same name): a hint where
    only the names agree, where the words of either paper were recognised from a picture, or where
    both were made at the same place, as when one stop led to two cases. Unknown where no other case
    was compared or no record with its hours was read.
    """
    surroundings = case.surroundings
    mine = list(dict.fromkeys(hours(case)))
    if not mine:
        return unknown("未读到笔录的起止时间和执法人员", "no record with hours and officers read")
    if surroundings.others is None:
        return _alone()
    found: list[Found] = []
    for mark in mine:
        for other in surroundings.touching(mark):
            if overlap(mark, other) > SHORTEST_OVERLAP:
                found.append(_two_places(mark, other))
                break
    if found:
        return failed(*found)
    return passed(
        "与其他案件的笔录时间不冲突",
        "no record of another case overlaps",
        *{_place(mark): None for mark in mine},
    )


def _place(mark: Mark) -> Evidence:
    page = mark.of("page")
    return Evidence(mark.of("source"), int(page) if page else None, mark.of("title"))


def _two_places(mine: Mark, other: Mark) -> Found:
    assert mine.starts_at is not None
    assert mine.ends_at is not None
    assert other.starts_at is not None
    assert other.ends_at is not None
    by_name = not any(character.isdigit() for character in mine.key)
    is_read = bool(mine.of("recognized") or other.of("recognized"))
    same_place = bool(mine.of("place")) and mine.of("place") == other.of("place")
    hours = f"{mine.starts_at:%Y-%m-%d %H:%M}—{mine.ends_at:%H:%M}"
    theirs = f"{other.starts_at:%H:%M}—{other.ends_at:%H:%M}"
    return defect(
        "D-11",
        f"执法人员{mine.of('officer')}{hours}在《{mine.of('title')}》中，"
        f"同时（{theirs}）又在另一案件的《{other.of('title')}》中",
        f"{mine.of('officer')} stands in {mine.of('title')} from {hours} and at the same time "
        f"({theirs}) in {other.of('title')} of another case",
        _place(mine),
        severity=Severity.HINT if by_name or is_read or same_place else Severity.MAJOR,
    )


@check(
    "ACR002",
    title=("同一违法行为没有两次罚款", "One act was not fined twice"),
    defects=("D-45",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-29",),
    inputs=("act_on", "plate", "party_id", "cause"),
    procedures=FINED,
    cannot_see=(
        "是否同一违法行为由人判断；其他机关的处罚看不到",
        "whether it is one act is for a person; fines of other organs are not seen",
    ),
)
def fined_once(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether another case fined the same vehicle or party on the same day for the same cause.

    Fails when both were fined: major where both records on the spot began within two hours of each
    other, otherwise a hint. Copies of the same decision do not count. Unknown where no other case
    was compared, or day, cause or party were not read.
    """
    mine = [
        mark
        for mark in acts(case, law)
        if mark.day and mark.of("cause") and mark.of("by") != "name"
    ]
    if not mine:
        return unknown(
            "未读到行为日、案由和车牌（证件号码）", "day, cause or vehicle and party were not read"
        )
    if case.surroundings.others is None:
        return _alone()
    fact = case.get("plate") or case.get("party_id")
    for mark in mine:
        for other in case.surroundings.touching(mark):
            if is_same_act(mark, other):
                return failed(_fined_twice(mark, other, fact))
    return passed("没有其他案件处罚同一行为", "no other case fined the same act")


def _fined_twice(mine: Mark, other: Mark, fact: Fact | None) -> Found:
    is_one_stop = (
        mine.starts_at is not None
        and other.starts_at is not None
        and abs(mine.starts_at - other.starts_at) <= SAME_STOP
    )
    whose_zh, whose_en = ("车辆", "vehicle") if mine.kind == "plate" else ("当事人", "party")
    return defect(
        "D-45",
        f"另一案件对同一{whose_zh}{mine.day}的同类行为也罚款{other.of('fine')}元，可能一事再罚",
        f"another case fined the same {whose_en} {other.of('fine')} yuan for the same kind of act "
        f"on {mine.day}",
        *([fact] if fact is not None else []),
        severity=Severity.MAJOR if is_one_stop else Severity.HINT,
    )


@check(
    "ACR003",
    title=("首次违法与台账相符", "A first violation is one, by the ledger"),
    defects=("D-42",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-33",),
    inputs=("party_name", "party_id", "act_on", "cause"),
    procedures=(Procedure.WAIVED,),
    cannot_see=(
        "其他地方、其他机关的处罚；各清单规定的期间见免罚检查",
        "penalties elsewhere; the look-back of a list is for the waiver checks",
    ),
)
def first_by_ledger(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the ledger has an earlier decision against a party that was waived as a first-timer.

    Fails when an earlier case of the same identity number has the same cause; a hint where the
    cause differs, is not known, or only the names agree. Not applicable where the file does not say
    that it was a first violation. Unknown where no other case was compared or party or day were not
    read.
    """
    claims = [fact for _, fact in case.every("first_violation") if says(fact)]
    claim = claims[0] if claims else None
    if claim is None:
        if case.get("procedure") is None:
            return unknown("未认定程序", "the procedure was not recognised")
        return not_applicable("案卷未认定首次违法", "the file does not claim a first violation")
    mine = [mark for mark in acts(case, law) if mark.kind == "party" and mark.day]
    if not mine:
        return unknown("未读到当事人或者行为日", "party or day of the act was not read")
    if case.surroundings.others is None:
        return _alone()
    found = list(_earlier(case, mine, claim))
    if found:
        return failed(max(found, key=lambda each: each.severity is Severity.MAJOR))
    return passed("台账中没有此前的处罚", "the ledger has no earlier penalty", claim)


def _earlier(case: CaseFacts, mine: list[Mark], claim: Fact) -> Iterator[Found]:
    for mark in mine:
        for other in case.surroundings.touching(mark):
            if not is_earlier(mark, other):
                continue
            decided = other.of("decided_on")
            same_cause = bool(mark.of("cause")) and mark.of("cause") == other.of("cause")
            is_sure = same_cause and mark.of("by") == "number"
            is_numbered = mark.of("by") == "number"
            same_zh = "证件号码相同" if is_numbered else "姓名（名称）相同"
            same_en = "number" if is_numbered else "name"
            yield defect(
                "D-42",
                f"案卷认定首次违法，台账中{decided}已有{same_zh}的处罚"
                f"{'，案由相同' if same_cause else ''}",
                f"claimed as a first violation; the ledger has a decision of {decided} with the "
                f"same {same_en}{' and cause' if same_cause else ''}",
                claim,
                severity=Severity.MAJOR if is_sure else Severity.HINT,
            )


@check(
    "ACR004",
    title=("照片没有用于两个案件", "No photograph stands in two case files"),
    defects=("D-77",),
    severity=Severity.HINT,
    sources=("administrative-penalty-law#art-40", "administrative-penalty-law#art-46"),
    inputs=(),
    cannot_see=(
        "重新拍摄、裁剪或者重新压缩的照片；透明底的图片（印章）不比较；证照、单据的相同图片由人判断",
        "pictures cut, compressed anew or on a transparent ground (seals); whether it was lawful",
    ),
)
def photograph_in_one_case(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether a picture of this file stands, byte for byte, in the file of another case.

    A hint: cases of one stop may share a photograph. Unknown where no other case was compared; not
    applicable where the file has no picture of its own.
    """
    del law
    if case.surroundings.others is None:
        return _alone()
    shared = [other for other in case.surroundings.others if other.kind == "photo"]
    if not shared:
        return passed("没有与其他案件相同的照片", "no picture stands in another case, too")
    sources = tuple(dict.fromkeys(each.of("mine") for each in shared if each.of("mine")))
    return failed(
        *(
            defect(
                "D-77",
                f"{source or '案卷'}中的照片与另一案件的照片完全相同",
                f"a picture of {source or 'the file'} stands in another case, too",
                Evidence(source, None, source),
            )
            for source in sources or ("",)
        )
    )


@check(
    "ACR005",
    title=("罚款与同类案件相当", "The fine is like those of similar cases"),
    defects=("D-38",),
    severity=Severity.HINT,
    sources=("administrative-penalty-law#art-5", "administrative-penalty-law#art-34"),
    inputs=("fine_yuan", "cause", "party_type"),
    procedures=FINED,
    cannot_see=("个案情节", "the circumstances of each case"),
)
def fine_like_others(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the fine is within a third and three times the median of similar cases.

    A hint: similar are cases of the same cause, kind of party and stage of discretion; at least
    five others are needed. Unknown where fewer are there, none was compared, or cause, stage or
    fine were not read.
    """
    mine = list(amounts(case, law))
    fine = case.get("fine_yuan")
    if not mine or fine is None:
        return unknown(
            "未读到案由、裁量阶次或者罚款", "cause, stage of discretion or fine were not read"
        )
    if case.surroundings.others is None:
        return _alone()
    mark = mine[0]
    others = [Decimal(other.of("fine")) for other in case.surroundings.touching(mark)]
    if len(others) < ENOUGH:
        return unknown(
            f"同类案件只有{len(others)}件，不足以比较", f"only {len(others)} similar cases"
        )
    middle, own = median(others), Decimal(mark.of("fine"))
    zh = f"罚款{money(own)}元，{len(others)}件同类案件的中位数{money(middle)}元"
    en = f"fine {money(own)} yuan; median of {len(others)} similar cases {money(middle)}"
    if middle / FAR_OFF <= own <= middle * FAR_OFF:
        return passed(zh, en, fine)
    return failed(defect("D-38", f"{zh}，相差较大", f"{en}: far off", fine))
