"""Decision (决定): content, remedies, amounts, time limit, party."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rapidfuzz.distance import Levenshtein

from review.checks.check import (
    WITH_NOTICE,
    CheckResult,
    Found,
    Severity,
    check,
    defect,
    failed,
    not_applicable,
    passed,
    unknown,
)
from review.checks.values import (
    DECISIONS,
    NOTICES,
    absent,
    count,
    day,
    missing_text,
    money,
    page_of,
    page_of_en,
    parameter,
    same_name,
    says,
    words,
    yuan,
)
from review.common.dates import add_calendar_days
from review.common.text import plain
from review.facts.absence import absence
from review.facts.model import CaseFacts, DocumentFacts, Fact
from review.law.in_force import LawInForce


def the_decision(case: CaseFacts, *kinds: str) -> DocumentFacts | None:
    """The decision of the file; the last one where there are several."""
    found = case.of_kind(*(kinds or DECISIONS))
    return found[-1] if found else None


@check(
    "DEC001",
    title=("决定书列明证据和当事人地址", "The decision lists evidence and the party's address"),
    defects=("D-70", "D-72"),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-59",),
    inputs=(),
    procedures=WITH_NOTICE,
    cannot_see=(
        "不评价证据是否充分；当场处罚决定书不适用本项",
        "does not weigh the evidence; on-the-spot decisions are outside this check",
    ),
)
def decision_complete(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether an ordinary decision lists the evidence and gives the party's address.

    Fails when the decision was read in full and lacks one of them: the evidence as a major, the
    address as a minor matter. Unknown when it was not found or not read clearly. On-the-spot
    decisions need neither and are not looked at.
    """
    decision = the_decision(case, "行政处罚决定书")
    if decision is None:
        return unknown("未读到行政处罚决定书", "the decision was not found")
    listed = next((fact for fact in decision.all("evidence_listed") if says(fact)), None)
    address = decision.first("party_address")
    gap = absence(case, within=decision)
    if listed is not None and address is not None:
        return passed(
            "决定书列明证据并载明当事人地址",
            "the decision lists the evidence and gives the address",
            listed,
            address,
        )
    if not gap.may_be_claimed:
        return unknown(
            "决定书中未读到证据或者地址", "evidence or address not read there", because=gap
        )
    found: list[Found] = []
    if listed is None:
        found.append(
            defect(
                "D-70",
                f"{page_of(decision)}未列明证据",
                f"{page_of_en(decision)} does not list the evidence",
                decision,
            )
        )
    if address is None:
        found.append(
            defect(
                "D-72",
                f"{page_of(decision)}未载明当事人住址",
                f"{page_of_en(decision)} does not give the party's address",
                decision,
                severity=Severity.MINOR,
            )
        )
    return failed(*found)


@check(
    "DEC003",
    title=("金额大小写一致", "Amounts in words and digits agree"),
    defects=("D-74",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-59",),
    inputs=(),
    cannot_see=("只比较同一处的大小写", "compares words and digits of the same place only"),
)
def amounts_agree(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the fine in Chinese capitals and in digits is the same in each paper.

    Fails when a paper gives two different amounts. Unknown when no paper of the decision gives the
    amount both ways. Not applicable when no fine was imposed.
    """
    found: list[Found] = []
    good: list[Fact] = []
    for document in case.documents:
        in_words, in_digits = document.all("fine_words_yuan"), document.all("fine_digits_yuan")
        for capital, digits in zip(in_words, in_digits, strict=False):
            one, other = yuan(capital), yuan(digits)
            if one is None or other is None:
                continue
            if one == other:
                good.append(capital)
                continue
            found.append(
                defect(
                    "D-74",
                    f"{page_of(document)}罚款大写为{money(one)}元，小写为{money(other)}元，不一致",
                    f"{page_of_en(document)}: {money(one)} yuan in words, {money(other)} in digits",
                    capital,
                    digits,
                )
            )
    if found:
        return failed(*found)
    if good:
        return passed("金额大小写一致", "amounts in words and digits agree", *dict.fromkeys(good))
    fine = yuan(case.get("fine_yuan"))
    if fine is not None and not fine:
        return not_applicable("未处罚款", "no fine was imposed")
    return unknown("未读到同时以大写和小写书写的金额", "no amount in words and digits was read")


@check(
    "DEC004",
    title=("在法定期限内作出决定", "Decided within the time limit"),
    defects=("D-63",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-60",),
    inputs=("filed_on", "decided_on"),
    procedures=WITH_NOTICE,
    cannot_see=(
        "看不到未入卷的延期审批；听证、鉴定时间是否扣除依规章，条文待确认",
        "cannot see an extension outside the file; hearing and appraisal time is unconfirmed",
    ),
)
def decided_in_time(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the decision came within ninety days of the filing.

    Counts calendar days from the day after the approval; a last day off rolls to the next working
    day. Fails past that. Unknown where an approved extension, or the time of a hearing or of an
    appraisal, may cover the delay, because that rule is not confirmed; also when a date was not
    read or an extension may stand in a part of the file that was not read.
    """
    wanted = absent(case, "filed_on", "decided_on")
    filed, decided = case.get("filed_on"), case.get("decided_on")
    filed_on, decided_on = day(filed), day(decided)
    if filed is None or decided is None or filed_on is None or decided_on is None:
        return unknown(*missing_text(wanted), missing=wanted)
    limit, source = parameter(law, "case_closing_limit", filed_on)
    due = add_calendar_days(filed_on, limit.number, law.calendar)
    days = (decided_on - filed_on).days
    zh = f"立案审批日{filed_on}，决定日{decided_on}，历时{days}日，期限{limit.number}日至{due}"
    en = (
        f"filing approved {filed_on}, decision {decided_on}: {days} days; the limit of "
        f"{limit.number} days ended on {due}"
    )
    if decided_on <= due:
        return passed(zh, en, filed, decided).resting_on(source)
    covered = _covered(case, law, filed_on, decided_on, limit.number)
    if covered is not None:
        return unknown(
            f"{zh}；{covered[0]}，相关规定待确认", f"{en}; {covered[1]}, whose rule is unconfirmed"
        ).resting_on(source)
    gap = absence(case, of=("办案期限延长审批表", "延长办案期限", "延期审批"))
    if not gap.may_be_claimed:
        return unknown(
            f"{zh}，未读到延期审批", f"{en}; no extension was read", because=gap
        ).resting_on(source)
    return failed(
        defect(
            "D-63",
            f"{zh}，超过{limit.number}日且无有效延期",
            f"{en}: past the limit without a valid extension",
            filed,
            decided,
            law=(source,),
        )
    )


def _covered(
    case: CaseFacts, law: LawInForce, filed_on: date, decided_on: date, limit: int
) -> tuple[str, str] | None:
    """What may lawfully cover a delay: extension, hearing, appraisal; None if nothing can."""
    allowed = limit
    reasons: list[tuple[str, str]] = []
    papers = case.of_kind("办案期限延长审批表")
    extension = case.get("extension_days")
    approved = case.get("extension_approved_on")
    if papers or extension is not None or approved is not None:
        days = count(extension)
        if days is None:
            days = parameter(law, "case_closing_extension", filed_on)[0].number
        allowed += days
        reasons.append((f"卷中有延长{days}日的审批", f"the file holds an extension of {days} days"))
    held = day(case.get("hearing_on"))
    if held is not None:
        told = day(case.get("notice_served_on")) or day(case.get("notice_on")) or filed_on
        allowed += max((held - told).days, 0)
        reasons.append((f"{held}举行听证", f"a hearing was held on {held}"))
    if case.of_kind("检验鉴定报告"):
        return ("卷中有检验鉴定", "the file holds an appraisal")
    if not reasons or decided_on > add_calendar_days(filed_on, allowed, law.calendar):
        return None
    return "，".join(each[0] for each in reasons), ", ".join(each[1] for each in reasons)


SUPERIOR_ENDINGS = ("局", "厅", "委员会", "部", "委", "总队", "支队", "大队")


def _is_government(organ: str) -> bool:
    return "人民政府" in organ or "管理委员会" in organ or "管委会" in organ


def _is_intake_office(organ: str) -> bool:
    """An office that takes applications in on behalf of the government."""
    return "司法" in organ or "复议" in organ


@check(
    "DEC002",
    title=("复议、诉讼途径和期限正确", "Remedies and their periods are right"),
    defects=("D-71", "D-101", "D-102"),
    severity=Severity.MAJOR,
    sources=(
        "administrative-penalty-law#art-59",
        "administrative-reconsideration-law",
        "administrative-litigation-law#art-46",
    ),
    inputs=("decided_on",),
    cannot_see=(
        "不判断哪一个法院有管辖权（可能集中管辖）",
        "does not say which court has jurisdiction (it may be concentrated)",
    ),
)
def remedies_told(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the decision tells reconsideration and suit with the periods and organ of its date.

    Fails when a period differs from the law of the day, when a decision of 2024 or later names a
    department as the organ of reconsideration, when an on-the-spot decision of 2024 or later does
    not say that reconsideration comes first, and when a decision read in full tells no remedy.
    Unknown when the day or the text was not read. Which court is right is not judged.
    """
    decision = the_decision(case)
    if decision is None:
        return unknown("未读到处罚决定书", "the decision was not found")
    decided = decision.first("decided_on") or case.get("decided_on")
    on = day(decided)
    if decided is None or on is None:
        return unknown(*missing_text(("decided_on",)), missing=("decided_on",))
    found = [
        *_periods(decision, law, on),
        *_organs(decision, decided, law, on),
        *_order(decision, decided, case, law, on),
    ]
    if found:
        return failed(*found)
    facts = [
        fact
        for name in (
            "reconsideration_days",
            "litigation_months",
            "reconsideration_organs",
            "remedies_stated",
        )
        if (fact := decision.first(name)) is not None and fact.value is not False
    ]
    suit_told = decision.first("litigation_months") or (
        says(decision.first("reconsideration_first")) and decision.first("litigation_days")
    )
    if decision.first("reconsideration_days") and suit_told:
        return passed(
            "复议、诉讼的期限和复议机关与决定日的规定相符",
            "periods and organ follow the law of the day",
            *facts,
        )
    gap = absence(case, within=decision)
    if facts or not gap.may_be_claimed:
        return unknown(
            "未完整读到复议、诉讼的期限", "the periods were not read in full", because=gap
        )
    return failed(
        defect(
            "D-71",
            f"{page_of(decision)}未告知申请复议、提起诉讼的途径和期限",
            f"{page_of_en(decision)} tells no remedy",
            decision,
        )
    )


def _periods(decision: DocumentFacts, law: LawInForce, on: date) -> Iterable[Found]:
    days, months = decision.first("reconsideration_days"), decision.first("litigation_months")
    in_days = decision.first("litigation_days")
    limit, source = parameter(law, "reconsideration_period", on)
    told = count(days)
    if days is not None and told is not None and told != limit.number:
        yield defect(
            "D-71",
            f"申请复议期限写为{told}日，应为{limit.number}日",
            f"reconsideration within {told} days; the law says {limit.number}",
            days,
            law=(source,),
        )
    limit, source = parameter(law, "litigation_months", on)
    told = count(months)
    if months is not None and told is not None and told != limit.number:
        yield defect(
            "D-71",
            f"起诉期限写为{told}个月，应为{limit.number}个月",
            f"suit within {told} months; the law says {limit.number}",
            months,
            law=(source,),
        )
    elif months is None and in_days is not None and count(in_days) in (30, 60, 90):
        # 十五日 alone is the period after reconsideration and no mistake
        yield defect(
            "D-71",
            f"起诉期限写为{count(in_days)}日，应为{limit.number}个月",
            f"suit within {count(in_days)} days; the law says {limit.number} months",
            in_days,
            law=(source,),
        )


def _organs(decision: DocumentFacts, decided: Fact, law: LawInForce, on: date) -> Iterable[Found]:
    fact = decision.first("reconsideration_organs")
    organs = [] if fact is None else [str(each) for each in _texts(fact)]
    if fact is None or not organs:
        return
    value, source = parameter(law, "reconsideration_organ", on)
    if value.text == "government":
        departments = [
            organ
            for organ in organs
            if not _is_government(organ)
            and not _is_intake_office(organ)
            and organ.endswith(SUPERIOR_ENDINGS)
            and "海事" not in organ
        ]
        if departments:
            yield defect(
                "D-102",
                f"决定日{on}，复议机关写为{'、'.join(departments)}；该日起应为本级人民政府",
                f"decided on {on}, reconsideration by {', '.join(departments)}; from that law on "
                "it is the own government",
                fact,
                decided,
                law=(source,),
            )
        return
    agency = words(decision.first("agency"))
    if agency and all(same_name(agency, organ) for organ in organs):
        yield defect(
            "D-71",
            f"复议机关写为作出处罚的机关自身（{agency}）",
            f"the deciding organ itself ({agency}) is named for reconsideration",
            fact,
            law=(source,),
        )


def _texts(fact: Fact) -> tuple[str, ...]:
    if isinstance(fact.value, str):
        return (fact.value,)
    if isinstance(fact.value, tuple):
        return tuple(each for each in fact.value if isinstance(each, str))
    return ()


def _order(
    decision: DocumentFacts, decided: Fact, case: CaseFacts, law: LawInForce, on: date
) -> Iterable[Found]:
    if decision.kind != "当场行政处罚决定书":
        return
    value, source = parameter(law, "summary_reconsideration_first", on)
    if value.value is not True:
        return
    stated = decision.first("reconsideration_first")
    if stated is not None and says(stated):
        return
    suit = decision.first("litigation_months") or decision.first("litigation_court")
    if stated is None and (suit is None or not absence(case, within=decision).may_be_claimed):
        return
    facts = [fact for fact in (stated, suit, decided) if fact is not None]
    yield defect(
        "D-101",
        f"决定日{on}的当场处罚决定未告知应当先申请行政复议，仍告知可以直接起诉",
        f"an on-the-spot decision of {on} offers a direct suit and does not say that "
        "reconsideration comes first",
        *facts,
        law=(source,),
    )


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
    equal = [fact for _, fact in holders if same_name(words(fact) or "", name)]
    if not found and equal:
        return passed(f"当事人名称与证照一致：{name}", f"named as licensed: {name}", party, *equal)
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
        holder = words(fact) or ""
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


def _other_papers(case: CaseFacts, party: Fact, name: str) -> Iterable[Found]:
    for notice in case.of_kind(*NOTICES):
        fact = notice.first("party_name")
        other = words(fact)
        if fact is None or not other or same_name(other, name):
            continue
        if len(plain(name)) > 4 and _is_near(name, other) and not _renamed(case, other, name):
            yield defect(
                "D-28",
                f"处罚决定的当事人为“{name}”，{page_of(notice)}为“{other}”，名称不一致",
                f"the decision names {name}, {page_of_en(notice)} names {other}",
                party,
                fact,
            )
