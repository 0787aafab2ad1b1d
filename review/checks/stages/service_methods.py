"""Ways of service (送达方式): mail with its slip, the right receiver, announcement as the last."""

from __future__ import annotations

from collections.abc import Iterable

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
from review.checks.values import (
    day,
    every_of,
    missing_paper,
    page_of,
    page_of_en,
    says,
    without_papers,
    words,
    written,
)
from review.facts.model import CaseFacts, DocumentFacts, Fact
from review.law.in_force import LawInForce

FAMILY = "妻夫配偶父母儿女媳婿兄弟哥姐妹爱人家属同住祖孙"
NO_FAMILY = (
    "邻居",
    "朋友",
    "同事",
    "房东",
    "老乡",
    "工友",
    "同学",
    "客户",
    "保安",
    "物业",
    "未成年",
)


@check(
    "SER004",
    title=("邮寄有回执，代收人适格", "Mail has its slip, and the receiver was the right one"),
    defects=("D-65",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-61", "civil-procedure-law#art-88"),
    inputs=("party_type",),
    procedures=(*WITH_NOTICE, Procedure.WAIVED),
    cannot_see=(
        "单位的收发室、值班室可以签收；同住与否由人核对",
        "an organization's mail room may sign; whether one lives together is for a person",
    ),
)
def mail_and_receiver(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether mail is proved by a slip, and who received for a citizen was family.

    Fails when a paper was mailed and the file, read in full, holds no slip; and when one who is
    said to be a neighbour, friend or colleague received for a citizen. Whoever receives mail may
    sign for an organization. Unknown when not read in full or the relation is not told. Not
    applicable to service by hand on the party.
    """
    proofs = case.of_kind("送达回证")
    slips = case.of_kind("邮寄回执")
    posted = [
        (proof, fact)
        for proof, fact in every_of(case, "service_method", ("送达回证",))
        if "邮寄" in written(fact)
    ]
    mailed = [fact for _, fact in posted]
    kind = words(case.get("party_type"))
    relations = list(every_of(case, "receiver_relation", ("送达回证", "邮寄回执")))
    if not mailed and not relations:
        if proofs:
            return not_applicable("没有邮寄送达和代收", "neither mail nor a receiver for another")
        return without_papers(case, ("送达回证",), "送达回证", "proof of service")
    found: list[Found] = []
    good: list[Fact] = []
    without_slip = [(proof, fact) for proof, fact in posted if not _has_slip(proof, slips)]
    if without_slip:
        gap = missing_paper(case, of=("邮寄回执", "回执", "快递单", "详情单", "邮件"))
        signed = [proof for proof, _ in without_slip if proof.first("receiver") is not None]
        if not gap.may_be_claimed or signed:
            return unknown("未读到邮寄回执", "no slip of the mail was read", because=gap)
        found.append(
            defect(
                "D-65",
                f"{page_of(without_slip[0][0])}为{without_slip[0][1].value}，案卷中没有邮寄回执",
                f"{page_of_en(without_slip[0][0])}: served by mail; the file holds no slip",
                without_slip[0][1],
            )
        )
    else:
        good += mailed
    for _, fact in relations:
        relation = written(fact)
        if kind == "citizen" and any(each in relation for each in NO_FAMILY):
            found.append(
                defect(
                    "D-65",
                    f"代收人是当事人的{relation}，不是同住的成年家属",
                    f"who received for the citizen was no adult family member ({relation})",
                    fact,
                )
            )
        elif kind not in (None, "citizen") or any(each in relation for each in FAMILY):
            good.append(fact)
    if found:
        return failed(*found)
    if len(good) < len(mailed) + len(relations):
        return unknown("代收人与当事人的关系需核对", "the receiver's relation is for a person")
    return passed("邮寄有回执、代收人适格", "slip and receiver are in order", *good)


def _has_slip(proof: DocumentFacts, slips: Iterable[DocumentFacts]) -> bool:
    """Whether one of the slips may belong to a proof: it names the same paper, or none."""
    served = {fact.value for fact in proof.all("serves")}
    return any(
        not (inside := {fact.value for fact in slip.all("serves")}) or not served or inside & served
        for slip in slips
    )


PRINTED = ("送达地址确认书", "卷内目录")
"""Papers whose words on failed service are printed conditions or titles, no attempt."""


@check(
    "SER005",
    title=("公告送达前已试其他方式", "Announcement came after other attempts"),
    defects=("D-67",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-61", "civil-procedure-law#art-95"),
    inputs=("decided_on",),
    procedures=(*WITH_NOTICE, Procedure.WAIVED),
    cannot_see=("看不到未入卷的送达尝试", "cannot see attempts outside the file"),
)
def announcement_last(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether an announcement followed attempts to serve otherwise, or a party not to be found.

    Fails when papers were served by announcement and no paper of a file that was read in full
    tells of an attempt or of a party whose whereabouts are unknown. Not applicable without an
    announcement. Unknown when not read in full.
    """
    papers = case.of_kind("送达公告")
    methods = [fact for _, fact in case.every("service_method") if "公告" in written(fact)]
    if not papers and not methods:
        if case.of_kind("送达回证"):
            return not_applicable("没有公告送达", "nothing was served by announcement")
        return without_papers(case, ("送达公告", "送达回证"), "送达公告", "announcement")
    told = next(
        (
            fact
            for paper, fact in case.every("attempts_told")
            if says(fact) and paper.kind not in PRINTED
        ),
        None,
    )
    slips = case.of_kind("邮寄回执")
    if told is not None or slips:
        return passed(
            "公告前试过其他送达方式", "other ways were tried first", *((told,) if told else slips)
        )
    gap = missing_paper(case, of=("邮寄回执", "退回", "送达情况说明", "回执"))
    if not gap.may_be_claimed:
        return unknown("未读到其他送达方式的尝试", "no attempt was read", because=gap)
    place: Fact | None = methods[0] if methods else papers[0].first("dated_on")
    announced = day(papers[0].first("dated_on")) if papers else None
    decided = day(case.get("decided_on"))
    at_once = announced is not None and announced == decided
    zh = "公告送达前没有直接、邮寄等送达尝试的记载" + ("，且在决定当日公告" if at_once else "")
    en = "served by announcement without any attempt in another way" + (
        ", on the day of the decision" if at_once else ""
    )
    things = (place,) if place is not None else papers[:1]
    return failed(
        defect("D-67", f"{zh}（{_where(case)[0]}）", f"{en} ({_where(case)[1]})", *things)
    )


def _where(case: CaseFacts) -> tuple[str, str]:
    papers = case.of_kind("送达公告", "送达回证")
    return page_of(papers[0]), page_of_en(papers[0])
