"""Party (当事人): named in the decision as in the licence and the notice."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz.distance import Levenshtein

from review.checks.check import (
    WITH_NOTICE,
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
from review.checks.values import (
    NOTICES,
    absent,
    missing_text,
    page_of,
    page_of_en,
    plate_key,
    same_name,
    the_decision,
    without_papers,
    words,
    written,
)
from review.common.text import plain
from review.facts.model import CaseFacts, DocumentFacts, Fact
from review.law.in_force import LawInForce


@check(
    "DEC007",
    title=("当事人名称与证照一致", "The party's name is that of the licence"),
    defects=("D-28",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-59", "administrative-penalty-law#art-40"),
    inputs=("party_name", "party_id"),
    cannot_see=(
        "不判断应当处罚谁；个体工商户的字号与经营者不作比对",
        "does not say who is the right party; trade names are not compared",
    ),
)
def party_as_licensed(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the punished party is named as its licence or identity card names it.

    Fails when the licence with the same number carries another name, or a name that differs by a
    few characters, and no proof of a change of name is in the file; likewise when the notice names
    the party differently from the decision. Unknown when no licence or card was read, or when the
    only one belongs to somebody else.
    """
    decision = the_decision(case)
    party = (decision.first("party_name") if decision else None) or case.get("party_name")
    name = words(party)
    if party is None or name is None:
        return unknown(*missing_text(("party_name",)), missing=("party_name",))
    kind = words(case.get("party_type"))
    if kind == "individual_business":
        return not_applicable(
            "个体工商户以经营者为当事人，字号不作比对",
            "individual business: the trade name is not compared",
        )
    copies = case.of_kind("身份证复印件" if kind == "citizen" else "营业执照复印件")
    holders = [(copy, fact) for copy in copies for fact in copy.all("holder_name")]
    found: list[Found] = list(_other_papers(case, party, name))
    equal = [fact for _, fact in holders if same_name(written(fact), name)]
    if not found and equal:
        return passed(f"当事人名称与证照一致：{name}", f"named as licensed: {name}", party, *equal)
    before = [fact for _, fact in holders if _renamed(case, written(fact), name)]
    if not found and before:
        return passed(
            f"证照名称{before[0].value}已变更为{name}，卷内有变更证明",
            f"{before[0].value} on the licence was renamed to {name}, with proof",
            party,
            *before,
        )
    if not equal:
        found += _differing(case, party, name, holders)
    if found:
        return failed(*found)
    if not holders:
        return unknown("未读到证照上的名称", "no licence or card with a name was read")
    return unknown(
        "证照复印件上的名称与当事人不同，可能属于他人，请核对",
        "the copies carry another name and may belong to somebody else: compare",
    )


def _renamed(case: CaseFacts, one: str, other: str) -> bool:
    """Whether a paper proves that the one name became the other."""
    for document in case.documents:
        old, new = words(document.first("renamed_from")), words(document.first("renamed_to"))
        if old and same_name(old, one) and (new is None or same_name(new, other)):
            return True
        if new and same_name(new, one) and (old is None or same_name(old, other)):
            return True
    return False


def _is_near(one: str, other: str) -> bool:
    left, right = plain(one), plain(other)
    distance = Levenshtein.distance(left, right)
    return 0 < distance <= max(1, len(left) // 4) and min(len(left), len(right)) >= 2


def _differing(
    case: CaseFacts, party: Fact, name: str, holders: list[tuple[DocumentFacts, Fact]]
) -> list[Found]:
    number = words(case.get("party_id"))
    found: list[Found] = []
    for copy, fact in holders:
        holder = written(fact)
        holder_id = words(copy.first("holder_id"))
        same_id = bool(number and holder_id and same_name(number, holder_id))
        is_long = len(plain(name)) > 4
        if not (same_id or (is_long and _is_near(name, holder))) or _renamed(case, holder, name):
            continue
        found.append(
            defect(
                "D-28",
                f"处罚决定的当事人为“{name}”，{page_of(copy)}为“{holder}”，名称不一致",
                f"the decision names {name}, {page_of_en(copy)} names {holder}",
                party,
                fact,
            )
        )
    return found


_LISTED = re.compile(r"[、,，;；]")


def _share_a_name(one: str, other: str) -> bool:
    """Whether two fields for the party name the same one, of several in a joint case."""
    if same_name(one, other):
        return True
    mine, its = (_LISTED.split(each) for each in (one, other))
    return any(same_name(left, right) for left in mine for right in its if left and right)


def _other_papers(case: CaseFacts, party: Fact, name: str) -> Iterable[Found]:
    for notice in case.of_kind(*NOTICES):
        fact = notice.first("party_name")
        other = words(fact)
        if fact is None or not other or _share_a_name(other, name):
            continue
        if len(plain(name)) > 4 and _is_near(name, other) and not _renamed(case, other, name):
            yield defect(
                "D-28",
                f"处罚决定的当事人为“{name}”，{page_of(notice)}为“{other}”，名称不一致",
                f"the decision names {name}, {page_of_en(notice)} names {other}",
                party,
                fact,
            )


@check(
    "DEC010",
    title=("当事人与车辆所有人", "Party and owner of the vehicle"),
    defects=("D-27",),
    severity=Severity.HINT,
    sources=("administrative-penalty-law#art-40",),
    inputs=("party_name", "party_type"),
    procedures=FINED,
    cannot_see=(
        "超限等案件应当处罚谁没有定论，只作提示",
        "who is the violator in overloads is unsettled: a hint only",
    ),
)
def owner_or_driver(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether a citizen was punished for a vehicle that its licence gives to a company.

    A hint, never a fault. Passes when party and owner are the same or the party is no citizen.
    Unknown when the owner was not read.
    """
    party, kind = case.get("party_name"), words(case.get("party_type"))
    name = words(party)
    owners = [
        fact
        for document in case.of_kind("行驶证复印件")
        for field in ("owner_name", "holder_name")
        for fact in document.all(field)
    ]
    if party is None or name is None or kind is None:
        wanted = absent(case, "party_name", "party_type")
        return unknown(*missing_text(wanted), missing=wanted)
    if not owners:
        return without_papers(case, ("行驶证复印件", "行驶证"), "行驶证", "vehicle licence")
    if kind != "citizen" or any(same_name(written(fact), name) for fact in owners):
        return passed("当事人为单位或者车辆所有人", "the party is the owner or no citizen", party)
    company = next((fact for fact in owners if "公司" in written(fact)), None)
    if company is None:
        return passed("车辆所有人不是单位", "the vehicle is not owned by a company", *owners)
    return failed(
        defect(
            "D-27",
            f"当事人为{name}，行驶证所有人为{company.value}，请核对应当处罚谁",
            f"the party is {name}, the vehicle belongs to {company.value}: who is the violator?",
            party,
            company,
        )
    )


NAMING = ("立案登记表", "案件调查报告", "案件处理审批表", "结案报告", "违法行为通知书")


@check(
    "DEC011",
    title=("没有其他案件当事人的名称", "No party of another case"),
    defects=("D-77",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-40",),
    inputs=("party_name",),
    procedures=(*WITH_NOTICE, Procedure.WAIVED),
    cannot_see=(
        "只看“当事人”栏和“鉴于某公司积极配合”“对某公司罚款”一类行文",
        "looks at the field of the party and at text that tells a company's conduct or penalty",
    ),
)
def no_foreign_party(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether one paper names quite another party than all the others.

    Fails, as a minor matter, when the party's field of a single paper holds a name without likeness
    to that of the decision and of at least two more papers, or when the text of a paper tells the
    conduct or penalty of a company that no other paper of the file knows. Unknown when too few
    papers were read.
    """
    party, kind = case.get("party_name"), words(case.get("party_type"))
    name = words(party)
    if party is None or name is None:
        return unknown(*missing_text(("party_name",)), missing=("party_name",))
    told = _strangers(case, name)
    if told:
        paper, fact = told[0]
        return failed(
            defect(
                "D-77",
                f"{page_of(paper)}写的是“{fact.value}”，本案当事人为“{name}”",
                f"{page_of_en(paper)} speaks of {fact.value}; the party is {name}",
                fact,
                party,
            )
        )
    if kind == "individual_business":
        return not_applicable(
            "个体工商户的字号与经营者不作比对", "trade name and operator are not compared"
        )
    fields = [
        (paper, named)
        for paper in case.of_kind(*NAMING)
        if (named := paper.first("party_name")) is not None
        and paper.first("trade_name") is None
        and paper.first("operator") is None
    ]
    same = [fact for _, fact in fields if same_name(written(fact), name)]
    other = [
        (paper, fact)
        for paper, fact in fields
        if not same_name(written(fact), name)
        and not _is_near(name, written(fact))
        and not _renamed(case, written(fact), name)
        and not set(plain(name)) & set(plain(written(fact))[:2])
    ]
    if len(same) < 2:
        return unknown("读到当事人栏的文书不足", "too few papers with the party's field were read")
    if len(other) == 1:
        paper, fact = other[0]
        return failed(
            defect(
                "D-77",
                f"{page_of(paper)}的当事人为“{fact.value}”，其他文书均为“{name}”",
                f"{page_of_en(paper)} names {fact.value}, all other papers {name}",
                fact,
                party,
            )
        )
    return passed(f"各文书当事人均为{name}", f"all papers name {name}", party, *same)


KNOWING = ("party_name", "operator", "trade_name", "owner_name", "holder_name", "payer")


DOUBTFUL = 0.5
"""A plate that is a mention in passing has no more."""


def _strangers(case: CaseFacts, name: str) -> list[tuple[DocumentFacts, Fact]]:
    """Companies whose conduct a single paper tells and that nothing else in the file names."""
    known = [written(fact) for field in KNOWING for _, fact in case.every(field)]
    told = [each for each in case.every("conduct_of") if plain(written(each[1]))]
    plates = [
        (paper, plate_key(written(fact)))
        for paper, fact in case.every("plate")
        if fact.confidence > DOUBTFUL
    ]
    return [
        (paper, fact)
        for paper, fact in told
        if not any(
            other is not paper and key in plate_key(fact.evidence.quote) for other, key in plates
        )
        and not any(
            _may_be(written(fact), other, typed=_is_well_read(paper, fact))
            for other in (name, *known)
        )
        and not _renamed(case, written(fact), name)
        and all(
            other is paper or not same_name(written(each), written(fact)) for other, each in told
        )
    ]


_WELL_READ = 0.87
"""Of a conduct_of, which carries 0.9 times the confidence of its line: a line of 0.967."""


def _is_well_read(paper: DocumentFacts, fact: Fact) -> bool:
    """Whether the letters of a name stand as read: typed, or in a line without doubt."""
    return not paper.is_recognized or fact.confidence >= _WELL_READ


def _may_be(one: str, other: str, *, typed: bool) -> bool:
    """Whether two names may mean one company: the same, near, a part, or a short form.

    In text read well two other characters (物流 for 货运) are another company; doubtful scans mix
    up more.
    """
    left, right = sorted((plain(one), plain(other)), key=len)
    rest = iter(right)
    near = Levenshtein.distance(left, right) <= 1 if typed else _is_near(one, other)
    return bool(left) and (near or all(each in rest for each in left))
