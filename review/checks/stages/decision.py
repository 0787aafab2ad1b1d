"""Decision (决定): content, remedies, amounts, time limit, party."""

from __future__ import annotations

from datetime import date

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
from review.checks.circumstances import FINED
from review.checks.values import (
    absent,
    count,
    day,
    missing_paper,
    missing_text,
    money,
    names,
    page_of,
    page_of_en,
    parameter,
    says,
    the_decision,
    written,
    yuan,
)
from review.common.dates import add_calendar_days
from review.facts.absence import absence
from review.facts.model import Absence, CaseFacts, DocumentFacts, Fact
from review.law.in_force import LawInForce


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
    procedures=FINED,
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
        agreeing, differing = _amounts(document)
        good += agreeing
        for capital, digits in differing:
            one, other = yuan(capital), yuan(digits)
            if one is None or other is None:
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


def _amounts(document: DocumentFacts) -> tuple[list[Fact], list[tuple[Fact, Fact]]]:
    """Amounts of a paper that stand both ways, and the pairs that differ.

    Amounts are paired in their order. Where a paper gives one form more often than the other, only
    amounts of which none recurs in the other form differ: the pairs are not known then.
    """
    capitals, digits = document.all("fine_words_yuan"), document.all("fine_digits_yuan")
    in_words, in_digits = {yuan(fact) for fact in capitals}, {yuan(fact) for fact in digits}
    agreeing = [fact for fact in capitals if yuan(fact) in in_digits]
    if len(capitals) != len(digits):
        is_apart = capitals and digits and not in_words & in_digits
        return agreeing, [(capitals[0], digits[0])] if is_apart else []
    return agreeing, [
        (capital, figure)
        for capital, figure in zip(capitals, digits, strict=True)
        if yuan(capital) != yuan(figure)
        and (yuan(capital) not in in_digits or yuan(figure) not in in_words)
    ]


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
    gap = missing_paper(case, of=("办案期限延长审批表", "延长办案期限", "延期审批"))
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


STOPS = (
    ("检验鉴定报告", "卷中有检验鉴定", "the file holds an appraisal"),
    ("中止(终止)调查审批表", "卷中有中止调查的审批", "the inquiry was suspended"),
    ("送达公告", "卷中有公告送达", "papers were served by announcement"),
)
"""Papers of events whose time the ministry's rule may leave out of the time limit."""


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
    for kind, zh, en in STOPS:
        if case.of_kind(kind):
            return zh, en
    if not reasons or decided_on > add_calendar_days(filed_on, allowed, law.calendar):
        return None
    return "，".join(each[0] for each in reasons), ", ".join(each[1] for each in reasons)


@check(
    "DEC009",
    title=("责令改正违法行为", "Correction ordered"),
    defects=("D-40",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-28",),
    inputs=(),
    cannot_see=(
        "行为已经终了、无可改正的，由人判断",
        "an act that is over and leaves nothing to correct is for a person",
    ),
)
def correction_ordered(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the party was ordered to correct the act, in the decision or by an own paper.

    Fails, as a minor matter, when the decision was read in full and neither orders it nor the file
    holds an order to correct. Unknown when something was not read in full.
    """
    orders = case.of_kind("责令改正违法行为通知书")
    stated = [fact for _, fact in case.every("correction_ordered") if says(fact)]
    done = [fact for _, fact in case.every("corrected_on")]
    if orders or stated or done:
        things: list[DocumentFacts | Fact] = [*orders, *stated[:1], *done[:1]]
        return passed("已责令改正", "correction was ordered", *things)
    decision = the_decision(case, "行政处罚决定书", "当场行政处罚决定书", "不予行政处罚决定书")
    if decision is None:
        return unknown("未读到处罚决定书", "the decision was not found")
    gap = missing_paper(case, of=("责令改正违法行为通知书", "责令改正"), within=decision)
    if not gap.may_be_claimed:
        return unknown("未读到责令改正", "no order to correct was read", because=gap)
    return failed(
        defect(
            "D-40",
            f"{page_of(decision)}未责令改正，案卷中也没有责令改正通知书",
            f"{page_of_en(decision)} orders no correction, nor does another paper",
            decision,
        )
    )


@check(
    "DEC012",
    title=("决定书加盖印章", "The decision bears the seal"),
    defects=("D-73",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-59",),
    inputs=(),
    procedures=WITH_NOTICE,
    cannot_see=(
        "不辨认印章文字；Word 文档、有未辨认字迹的扫描件和全卷无印章的打印稿不作认定",
        "does not read the seal; Word files, scans with unread ink, prints without any: not judged",
    ),
)
def decision_sealed(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether an ordinary decision bears a seal where other papers of the same file do.

    Fails when the decision was read in full on pages, shows none, and two other papers of the file
    show theirs: then seals are visible in this file; as a minor matter on a scan, and when no paper
    shows one, two letters note theirs in type (印章) and the decision does not. Otherwise it is
    unknown.
    """
    decision = the_decision(case, "行政处罚决定书")
    if decision is None:
        return unknown("未读到行政处罚决定书", "the decision was not found")
    sealed = next((fact for fact in decision.all("seal") if says(fact)), None)
    if sealed is not None:
        return passed("决定书加盖印章", "the decision bears a seal", sealed)
    others = {
        document.index
        for document, fact in case.every("seal")
        if says(fact) and document.source == decision.source
    }
    gap = absence(case, within=decision)
    noted = {document.index for document, _ in case.every("seal_noted")}
    typed = not others and not any(document.is_recognized for document in case.documents)
    if typed and len(noted) > 1 and decision.index not in noted and gap.may_be_claimed:
        return failed(
            defect(
                "D-73",
                f"{page_of(decision)}落款处没有印章标注，卷内其他文书均有",
                f"{page_of_en(decision)} notes no seal while the other letters of the file do",
                decision,
                severity=Severity.MINOR,
            )
        )
    is_drawn = decision.pages is not None and decision.is_legible
    if not is_drawn or len(others) < 2 or not gap.may_be_claimed:
        return unknown("未能判断决定书是否加盖印章", "not known whether it is sealed", because=gap)
    return failed(
        defect(
            "D-73",
            f"{page_of(decision)}未见印章，卷内其他文书有印章",
            f"{page_of_en(decision)} shows no seal while other papers of the file do",
            decision,
            severity=Severity.MINOR if decision.is_recognized else None,
        )
    )


@check(
    "DEC013",
    title=("违法所得予以没收", "Illegal gains confiscated"),
    defects=("D-39",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-28",),
    inputs=("cause",),
    procedures=WITH_NOTICE,
    cannot_see=(
        "应当退赔的除外；只看决定书认定的和无许可经营中承认的所得",
        "refunds are excepted; looks at gains found, or admitted of business without a permit",
    ),
)
def gains_confiscated(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether gains that the decision finds, or the party admitted, are confiscated.

    Fails, as a minor matter because gains to be refunded are excepted, when the decision was read
    in full and names gains but no confiscation; likewise when an interview about business without
    a permit, or about an act whose basis as quoted takes the gains, admits takings and neither
    report, approval nor decision speaks of gains. Not
    applicable where there are none; unknown where they are spoken of and no amount was read.
    """
    decision = the_decision(case, "行政处罚决定书")
    if decision is None:
        return unknown("未读到行政处罚决定书", "the decision was not found")
    gains = decision.first("gains_yuan")
    amount = yuan(gains)
    taken = decision.first("confiscated_yuan") or next(
        (
            fact
            for fact in decision.all("kind_of_penalty")
            if any("没收" in kind for kind in names(fact))
        ),
        None,
    )
    gap = absence(case, within=decision)
    asked = any(says(fact) for _, fact in case.every("basis_confiscates"))
    if gains is None and taken is None and (asked or _is_without_permit(case)):
        admitted = next((fact for _, fact in case.every("gains_admitted_yuan")), None)
        spoken = next((fact for _, fact in case.every("gains_discussed")), None)
        if admitted is not None:
            return _admitted(decision, admitted, spoken, gap)
    if gains is None or not amount:
        if gap.may_be_claimed:
            return not_applicable("决定书未认定违法所得", "the decision finds no gains")
        return unknown("未读到是否有违法所得", "not read whether there were gains", because=gap)
    if taken is not None:
        return passed(
            f"违法所得{money(amount)}元已没收", f"gains of {money(amount)} yuan confiscated",
            gains, taken,
        )  # fmt: skip
    if not gap.may_be_claimed:
        return unknown("未读到没收违法所得", "no confiscation was read", because=gap)
    return failed(
        defect(
            "D-39",
            f"{page_of(decision)}认定违法所得{money(amount)}元，未予没收",
            f"{page_of_en(decision)} finds gains of {money(amount)} yuan and confiscates none",
            gains,
        )
    )


def _is_without_permit(case: CaseFacts) -> bool:
    """Whether the cause is business without a permit, all takings of which are gains."""
    cause = written(case.get("cause"))
    return "经营" in cause and any(
        word in cause for word in ("未取得", "未经许可", "未依法取得", "无证", "擅自", "非法")
    )


def _admitted(
    decision: DocumentFacts, admitted: Fact, spoken: Fact | None, gap: Absence
) -> CheckResult:
    """The result where an interview admits takings and the decision confiscates none."""
    amount = yuan(admitted)
    if amount is None or spoken is not None or not gap.may_be_claimed:
        return unknown(
            "当事人承认有收入，未读到没收违法所得，请核对",
            "takings were admitted and no confiscation was read: compare",
            because=gap,
        )
    return failed(
        defect(
            "D-39",
            f"询问中承认收入{money(amount)}元，{page_of(decision)}未认定和没收违法所得",
            f"an interview admits takings of {money(amount)} yuan; {page_of_en(decision)} neither "
            "finds nor confiscates gains",
            admitted,
            decision,
        )
    )
