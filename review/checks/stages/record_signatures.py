"""Signatures of records (笔录签名): every page signed, a refusal explained."""

from __future__ import annotations

from review.checks.check import (
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
    INTERVIEW,
    RECORDS,
    cited,
    numbers,
    page_of,
    page_of_en,
    says,
    without_papers,
)
from review.facts.absence import absence
from review.facts.model import CaseFacts, DocumentFacts, Fact
from review.law.in_force import LawInForce

RULE = "transport-enforcement-procedure"


@check(
    "INQ008",
    title=("询问笔录逐页签名", "Interview records are signed page by page"),
    defects=("D-13",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-55", RULE),
    inputs=(),
    cannot_see=(
        "手写或者图片形式的签名、涂改处的捺印由人核对；Word 文件没有页，不作认定",
        "signatures by hand or in pictures are for a person; Word files have no pages",
    ),
)
def every_page_signed(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the person heard signed every page of a record of several pages.

    Fails, as a minor matter because the rule on evidence is not confirmed, when the field for the
    signature stands blank on a page, and when a page before the last signature bears none while
    another interview record of the file, or this one, is signed on several pages. Unknown when
    every record is signed once only, or a scan without a blank field was not read whole. A record
    of one page fails where its officers signed in type, another record or a proof of service is so
    signed by the party, and it bears no name of the person heard behind the last question; else
    such records are not applicable.
    """
    records = case.of_kind(*INTERVIEW)
    if not records:
        return without_papers(case, INTERVIEW, "询问笔录", "interview record")
    long = [each for each in records if _length(each) > 1]
    bare = [each for each in records if _is_bare(case, each)]
    if bare:
        return failed(
            *(
                defect(
                    "D-13",
                    f"{page_of(each)}没有被询问人签名",
                    f"{page_of_en(each)} is not signed by the person heard",
                    *each.all("unsigned_pages"),
                    *each.all("officer_signatures"),
                    law=(cited(law, RULE, case),),
                )
                for each in bare
            )
        )
    if not long:
        if any(each.pages is None for each in records):
            return unknown("Word 文件没有页，未逐页核对", "Word files have no pages to look at")
        return not_applicable("询问笔录均为一页", "every interview record has one page")
    customary = any(len(_pages(each, "signed_pages")) > 1 for each in long)
    found: list[Found] = []
    unread: list[DocumentFacts] = []
    for record in long:
        signed, blank = _pages(record, "signed_pages"), _pages(record, "unsigned_pages")
        # behind the last signature the record may just run over with the officers' own lines
        missing = sorted(set(range(1, max(signed, default=0))) - set(signed))
        if signed and not missing and not blank:
            continue
        gaps = missing if customary and signed and record.is_legible else []
        certain = sorted(blank) or gaps  # what is unread elsewhere leaves a blank field blank
        if not certain or not absence(case, within=record).may_be_claimed:
            unread.append(record)
            continue
        first = (record.pages or (1, 1))[0]
        pages = "、".join(str(first + place - 1) for place in certain)
        found.append(
            defect(
                "D-13",
                f"{page_of(record)}第{pages}页没有被询问人签名",
                f"{page_of_en(record)}: page {pages} is not signed by the person heard",
                *record.all("unsigned_pages"),
                *record.all("signed_pages"),
                law=(cited(law, RULE, case),),
            )
        )
    if found:
        return failed(*found)
    if unread:
        return unknown(
            f"{page_of(unread[0])}未逐页读到签名，请看原件",
            f"{page_of_en(unread[0])}: not every page's signature was read, look at it",
        )
    return passed(f"{len(long)}份多页询问笔录逐页签名", "signed page by page", *long)


def _is_bare(case: CaseFacts, record: DocumentFacts) -> bool:
    """Whether a typed record of one page lacks the signature that other records bear."""
    return (
        _length(record) <= 1
        and record.is_legible
        and _pages(record, "unsigned_pages") == (1,)
        and record.first("officer_signatures") is not None
        and record.first("interviewees") is not None
        and all(record.first(name) is None for name in ("party_signature", "signature_unread"))
        and not any(says(fact) for fact in record.all("refusal_noted"))
        and any(
            other.first(name) is not None
            for other in case.of_kind(*RECORDS, "送达回证")
            for name in ("party_signature", "receiver")
            if other is not record
        )
        and absence(case, within=record).may_be_claimed
    )


def _length(record: DocumentFacts) -> int:
    return 0 if record.pages is None else record.pages[1] - record.pages[0] + 1


def _pages(record: DocumentFacts, name: str) -> tuple[int, ...]:
    return tuple(place for fact in record.all(name) for place in numbers(fact))


SIGNED_PAPERS = (*RECORDS, "当场行政处罚决定书", "暂扣物品清单", "证据登记保存清单")


@check(
    "INQ009",
    title=("拒绝签名有说明、见证或者录像", "A refusal to sign is explained or witnessed"),
    defects=("D-15",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-55", RULE),
    inputs=(),
    cannot_see=("不判断说明是否属实", "does not judge whether the explanation is true"),
)
def refusal_accounted(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether a record that the party refused to sign says why, names a witness or a recording.

    Fails, as a minor matter because the rule is not confirmed, when a paper read in full notes the
    refusal and nothing else. Not applicable where nobody refused. Unknown when not read in full.
    """
    papers = case.of_kind(*SIGNED_PAPERS)
    refused = [
        (paper, fact)
        for paper in papers
        for fact in paper.all("refusal_noted")
        if says(fact) and paper.first("party_signature") is None
    ]
    if not refused:
        if papers:
            return not_applicable("没有拒绝签名的记载", "no refusal to sign is noted")
        return without_papers(case, SIGNED_PAPERS, "笔录", "record")
    found: list[Found] = []
    good: list[Fact] = []
    for paper, fact in refused:
        accounted = paper.first("refusal_accounted") or paper.first("witness")
        if accounted is not None and accounted.value is not False:
            good.append(accounted)
            continue
        gap = absence(case, within=paper)
        if not gap.may_be_claimed or not paper.is_legible:
            return unknown("未读到拒签的说明或者见证", "no account of the refusal", because=gap)
        found.append(
            defect(
                "D-15",
                f"{page_of(paper)}记载拒绝签名，没有说明、见证人或者录像",
                f"{page_of_en(paper)} notes a refusal to sign without reason, witness or recording",
                fact,
                law=(cited(law, RULE, case),),
            )
        )
    if found:
        return failed(*found)
    return passed("拒绝签名有说明或者见证", "the refusal is accounted for", *good)
