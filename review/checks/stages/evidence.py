"""Evidence (证据): plate and weight agree across papers, the scale was verified."""

from __future__ import annotations

import re

from review.checks.check import (
    WITH_NOTICE,
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
    amended,
    count,
    day,
    every_of,
    is_trailer,
    looks_alike,
    page_of,
    page_of_en,
    plate_key,
    same_mass,
    says,
    the_decision,
    without_papers,
    words,
)
from review.facts.absence import absence
from review.facts.model import Absence, CaseFacts, DocumentFacts, Fact
from review.law.in_force import LawInForce

VEHICLE_PAPERS = (
    "现场笔录",
    "勘验笔录",
    "询问笔录",
    "现场照片",
    "称重检测单",
    "卸载复磅单",
    "行驶证复印件",
    "立案登记表",
    "责令改正违法行为通知书",
    "行政强制措施决定书",
    "暂扣物品清单",
    "案件调查报告",
    "违法行为通知书",
    "行政处罚决定书",
    "当场行政处罚决定书",
    "不予行政处罚决定书",
    "案件处理审批表",
    "结案报告",
)
WEIGHT_PAPERS = (
    "称重检测单",
    "现场笔录",
    "立案登记表",
    "案件调查报告",
    "违法行为通知书",
    "行政处罚决定书",
    "当场行政处罚决定书",
)


def _vehicles(document: DocumentFacts) -> dict[str, Fact]:
    """The plates of a paper without those of trailers, by their form for comparison."""
    return {
        plate_key(text): fact
        for fact in document.all("plate")
        if (text := words(fact)) and not is_trailer(text)
    }


_PLATE = re.compile(r"[\u4e00-\u9fff][A-Z][0-9A-Z]")


def _of_its_type(vehicles: dict[str, Fact], main: dict[str, Fact]) -> dict[str, Fact]:
    """Without vehicles where the case is about a ship, and without ships where about a vehicle."""
    types = {_PLATE.match(key) is None for key in main}
    return {
        key: fact
        for key, fact in vehicles.items()
        if not types or (_PLATE.match(key) is None) in types
    }


@check(
    "EVI001",
    title=("车牌号（船名）前后一致", "The same plate or ship throughout"),
    defects=("D-18",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-40",),
    inputs=("plate",),
    cannot_see=(
        "看不到照片画面中的车牌；挂车号牌不参与比较",
        "cannot see plates inside a photograph; plates of trailers are left out",
    ),
)
def same_vehicle(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether all papers name the vehicle or ship of the decision.

    Fails when a paper names only another one. Where the decision names none, that of the case is
    compared. Trailers, and cars in a case of a ship, are left out. Unknown when neither is read, or
    when two readings differ only in characters that recognition confuses. Not applicable when no
    paper names a vehicle.
    """
    decision = the_decision(case, "行政处罚决定书", "当场行政处罚决定书", "不予行政处罚决定书")
    main = _vehicles(decision) if decision is not None else {}
    names_it = ("处罚决定载明", "the decision names") if main else ("本案认定", "the case is of")
    merged = case.get("plate")
    if not main and merged is not None and (text := words(merged)) and not is_trailer(text):
        main = {plate_key(text): merged}
    others = [
        (document, vehicles)
        for document in case.of_kind(*VEHICLE_PAPERS)
        if document is not decision and (vehicles := _of_its_type(_vehicles(document), main))
    ]
    if not main:
        if others:
            return unknown("决定书中未读到车牌号（船名）", "no plate or ship read in the decision")
        return without_papers(case, (), "车牌号（船名）", "plate or ship")
    differing: dict[str, list[tuple[DocumentFacts, dict[str, Fact]]]] = {}
    alike: list[DocumentFacts] = []
    good: list[Fact] = list(main.values())
    agreeing = 1
    for document, vehicles in others:
        shared = [fact for key, fact in vehicles.items() if key in main]
        if shared:
            good += shared
            agreeing += 1
            continue
        is_typed = not document.is_recognized and not (decision and decision.is_recognized)
        if not is_typed and any(looks_alike(key, other) for key in vehicles for other in main):
            alike.append(document)
            continue
        if any(amended(case, str(fact.value)) for fact in vehicles.values()):
            continue
        differing.setdefault("、".join(str(fact.value) for fact in vehicles.values()), []).append(
            (document, vehicles)
        )
    if differing:
        return failed(*(_other_vehicle(main, names_it, *each) for each in differing.items()))
    if alike:
        return unknown(
            f"{page_of(alike[0])}的号牌与决定书仅有易混字符之别，请核对",
            f"the plate of {page_of_en(alike[0])} differs in characters that look alike only",
        )
    if not others:
        return unknown("只有一份文书载明车牌号（船名）", "only one paper names a vehicle or ship")
    return passed(
        f"{agreeing}份文书载明的车牌号（船名）一致", f"{agreeing} papers name the same", *good
    )


def _other_vehicle(
    main: dict[str, Fact],
    names_it: tuple[str, str],
    here: str,
    papers: list[tuple[DocumentFacts, dict[str, Fact]]],
) -> Found:
    """One finding for all papers that name the same other vehicle, so that it is read once."""
    there = "、".join(str(fact.value) for fact in main.values())
    first = papers[0][0]
    n = len(papers)
    zh = page_of(first) + (f"等{n}份文书" if n > 1 else "")
    en = f"{page_of_en(first)} and {n - 1} more name" if n > 1 else f"{page_of_en(first)} names"
    return defect(
        "D-18",
        f"{names_it[0]}{there}，{zh}载明{here}，不一致",
        f"{names_it[1]} {there}, {en} {here}",
        *main.values(),
        *(fact for _, vehicles in papers for fact in vehicles.values()),
    )


@check(
    "EVI002",
    title=("称重数据前后一致", "The same weight throughout"),
    defects=("D-19",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-40",),
    inputs=("weighed_kg",),
    cannot_see=(
        "卸载后的复磅数据不参与比较；吨与千克的取整不算矛盾",
        "weights after unloading are left out; rounding to tonnes is no contradiction",
    ),
)
def same_weight(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the weight (and the mass over the limit) is the same in slip, records and decision.

    Fails when a paper gives only other figures than the decision. Rounding between kilograms and
    tonnes is no contradiction, and the slip of the weighing after unloading is left out. Not
    applicable when no paper gives a weight; unknown when the decision gives none.
    """
    found: list[Found] = []
    good: list[Fact] = []
    seen = False
    for name, zh, en in (("weighed_kg", "总质量", "mass"), ("over_kg", "超限数", "excess")):
        pairs = [
            (document, fact, value)
            for document, fact in every_of(case, name, WEIGHT_PAPERS)
            if (value := count(fact)) is not None
        ]
        seen = seen or bool(pairs)
        decision = the_decision(case)
        main = [(fact, value) for document, fact, value in pairs if document is decision]
        if not main:
            continue
        for document in dict.fromkeys(each for each, _, _ in pairs if each is not decision):
            here = [(fact, value) for each, fact, value in pairs if each is document]
            if any(same_mass(one, other) for one, _ in here for other, _ in main):
                good += [here[0][0]]
                continue
            if any(amended(case, str(value)) for _, value in here):
                continue
            found.append(
                defect(
                    "D-19",
                    f"处罚决定载明{zh}{main[0][1]}千克，{page_of(document)}为{here[0][1]}千克",
                    f"the decision gives a {en} of {main[0][1]} kg, {page_of_en(document)} "
                    f"{here[0][1]} kg",
                    main[0][0],
                    here[0][0],
                )
            )
    if found:
        return failed(*found)
    if good:
        return passed("称重数据前后一致", "the weights agree", *good)
    if seen:
        return unknown("未读到可以比较的称重数据", "no weights that could be compared were read")
    if case.of_kind("称重检测单"):
        return unknown("称重检测单中未读到数据", "no figure was read on the weighing slip")
    return without_papers(case, ("称重检测单",), "称重数据", "weight")


@check(
    "EVI003",
    title=("计量器具在行为日检定有效", "The scale was verified on the day of the act"),
    defects=("D-20",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-46", "administrative-penalty-law#art-41"),
    inputs=("act_on",),
    cannot_see=("不核对证书真伪", "does not check that the certificate is genuine"),
)
def scale_verified(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the certificate of the scale was valid on the day of the weighing.

    Fails when every certificate in the file had expired before the day of the act. Unknown when a
    date was not read. Not applicable when the file holds no certificate.
    """
    certificates = case.of_kind("计量检定证书复印件")
    if not certificates:
        if case.of_kind("称重检测单"):
            return unknown("案卷中未读到计量检定证书", "no certificate of the scale was read")
        return without_papers(
            case, ("计量检定证书复印件", "检定证书"), "计量检定证书", "certificate of a scale"
        )
    act = case.get("act_on")
    on = day(act)
    ends = [
        (fact, end)
        for certificate in certificates
        for fact in certificate.all("valid_until")
        if (end := day(fact)) is not None
    ]
    if act is None or on is None or not ends:
        return unknown("未读到检定有效期或者行为日", "validity or day of the act was not read")
    fact, end = max(ends, key=lambda each: each[1])
    if end >= on:
        return passed(
            f"检定有效期至{end}，行为日{on}", f"valid until {end}, act on {on}", fact, act
        )
    return failed(
        defect(
            "D-20",
            f"检定有效期至{end}，行为日{on}时已经过期",
            f"the certificate was valid until {end} and had expired on {on}",
            fact,
            act,
        )
    )


COPIES = ("身份证复印件", "营业执照复印件", "行驶证复印件")


@check(
    "EVI004",
    title=("复印件经核对并注明", "Copies are marked as checked"),
    defects=("D-16",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-46",),
    inputs=(),
    procedures=(*WITH_NOTICE, Procedure.WAIVED),
    cannot_see=(
        "看不到图片里的核对章；扫描件上有未能读出的字迹时不作认定",
        "cannot see a stamp inside a picture; a scan with writing that was not read is not judged",
    ),
)
def copies_checked(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether copies of identity cards and licences say that they agree with the original.

    Fails, as a minor matter because the rule on evidence is not confirmed, when a copy that was
    read in full does not. Unknown when one was not read in full. Not applicable without copies.
    """
    copies = case.of_kind(*COPIES)
    if not copies:
        return without_papers(case, COPIES, "证照复印件", "copy of a card or licence")
    unread: list[Absence] = []
    found: list[Found] = []
    good: list[Fact] = []
    rule = LawUsed("transport-enforcement-procedure#art-76", confirmed=False)
    for copy in copies:
        stated = next((fact for fact in copy.all("copy_verified") if says(fact)), None)
        gap = absence(case, within=copy)
        if stated is not None:
            good.append(stated)
        elif gap.may_be_claimed and copy.is_legible:
            found.append(
                defect(
                    "D-16",
                    f"{page_of(copy)}未注明与原件核对一致",
                    f"{page_of_en(copy)} is not marked as checked against the original",
                    copy,
                    law=(rule,),
                )
            )
        else:
            unread.append(gap)
    if found:
        return failed(*found)
    if unread:
        return unknown("未读到核对说明", "no mark of checking was read", because=unread[0])
    return passed(f"{len(good)}份复印件均注明核对", f"all {len(good)} copies are marked", *good)
