"""Service (送达): the decision reaches the party in time."""

from __future__ import annotations

from review.checks.check import (
    SURE,
    WITH_NOTICE,
    CheckResult,
    Found,
    Procedure,
    Severity,
    check,
    defect,
    failed,
    is_sure,
    not_applicable,
    passed,
    unknown,
)
from review.checks.recorded_matters import LIST, NO_SERVICE, SERVICE, Shows, shown
from review.checks.values import (
    absent,
    day,
    missing_paper,
    missing_text,
    names,
    officers,
    page_of,
    page_of_en,
    parameter,
    says,
    without_papers,
    words,
    written,
)
from review.common.dates import working_days_between
from review.facts.absence import absence
from review.facts.model import Absence, CaseFacts, DocumentFacts, Fact
from review.law.in_force import LawInForce

SLOW_METHODS = ("公告", "邮寄", "转交", "委托")


def _proof(case: CaseFacts) -> DocumentFacts | None:
    """The proof of service of the decision."""
    for document in case.of_kind("送达回证"):
        if "处罚决定" in written(document.first("serves")):
            return document
    return None


_NAME_OFFICERS = ("officers", "officer_signatures", "handlers", "handlers_listed", "servers")


@check(
    "SER001",
    title=("决定书七个工作日内送达", "Decision served within seven working days"),
    defects=("D-64",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-61",),
    inputs=("decided_on", "served_on"),
    procedures=(*WITH_NOTICE, Procedure.WAIVED),
    cannot_see=(
        "看不到未入卷的送达尝试；公告、邮寄送达的日期需人工核对",
        "cannot see attempts outside the file; announcement and mail need a person",
    ),
)
def served_in_time(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the decision was served within seven working days after its date.

    The day after the decision is the first; make-up days count, holidays do not. Fails from the
    eighth working day. Unknown when a date was not read, and when it was served late by mail,
    announcement or through others, where the day of sending decides. A service before the date of
    the decision is left to the check of the order of dates.
    """
    wanted = absent(case, "decided_on", "served_on")
    decided, served = case.get("decided_on"), case.get("served_on")
    decided_on, served_on = day(decided), day(served)
    if decided is None or served is None or decided_on is None or served_on is None:
        return unknown(*missing_text(wanted), missing=wanted)
    limit, source = parameter(law, "service_limit", decided_on)
    days = working_days_between(decided_on, served_on, law.calendar)
    zh = f"决定日{decided_on}，送达日{served_on}，第{days}个工作日，期限{limit.number}个工作日"
    en = f"decided {decided_on}, served {served_on}: working day {days} of {limit.number}"
    if days < 0:
        return unknown(
            f"送达日{served_on}早于决定日{decided_on}，请核对日期",
            f"served {served_on}, before the decision of {decided_on}: compare the dates",
        )
    if days <= limit.number:
        return passed(zh, en, decided, served).resting_on(source)
    proof = _proof(case)
    method = (words(proof.first("service_method")) if proof else None) or ""
    sent = next((fact for _, fact in case.every("sent_on")), None)
    sent_on = day(sent)
    if sent is not None and sent_on is not None and sent_on >= decided_on:
        until = working_days_between(decided_on, sent_on, law.calendar)
        if until <= limit.number:
            return passed(
                f"决定日{decided_on}，{sent_on}交寄（第{until}个工作日），{served_on}收到",
                f"decided {decided_on}, mailed {sent_on} on working day {until}",
                decided,
                sent,
            ).resting_on(source)
    if case.of_kind("送达公告") and not method:
        method = "公告送达"
    if any(slow in method for slow in SLOW_METHODS):
        return unknown(
            f"{zh}；{method}，是否逾期取决于交寄或者公告的日期",
            f"{en}; served by {method}: the day of sending decides",
        ).resting_on(source)
    return failed(
        defect("D-64", f"{zh}，逾期送达", f"{en}: late", decided, served, law=(source,))
    ).resting_on(source)


BY_HAND = ("直接", "留置")
ELECTRONIC = ("电子", "传真", "邮件", "短信", "微信")


@check(
    "SER002",
    title=("送达回证载明日期和两名送达人", "Proof of service has a date and two servers"),
    defects=("D-69",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-61", "administrative-penalty-law#art-42"),
    inputs=(),
    procedures=(*WITH_NOTICE, Procedure.WAIVED),
    cannot_see=("不鉴别签名", "does not judge signatures"),
)
def proofs_complete(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether each proof of service carries a day of receipt and, by hand, two servers.

    Fails, as a minor matter, when a proof that was read in full lacks the day, or names one server
    for a service by hand. A day that no calendar has is told by another check. One name in a scan
    counts only if another paper has it, since recognition joins two, and nowhere beside writing
    that may be another's name. Unknown when a proof could not be read in full, or its day only
    doubtfully. Not applicable without one.
    """
    proofs = case.of_kind("送达回证")
    if not proofs:
        return without_papers(case, ("送达回证",), "送达回证", "proof of service")
    found: list[Found] = []
    is_joined = False
    unread: list[Absence] = []
    for proof in proofs:
        days = ("received_on", "received_at", "signed_on", "dated_on")
        received = next((fact for name in days if (fact := proof.first(name))), None)
        servers = proof.first("servers")
        method = written(proof.first("service_method"))
        gap = absence(case, within=proof)
        is_alone = (
            any(way in method for way in BY_HAND)
            and len(dict.fromkeys(names(servers))) == 1
            and proof.first("signature_unread") is None
        )
        lone = servers if is_alone else None
        no_such_day = proof.first("impossible_date")
        if received is None and (no_such_day is None or not is_sure(no_such_day, case)):
            if gap.may_be_claimed and no_such_day is None:
                found.append(
                    defect(
                        "D-69",
                        f"{page_of(proof)}没有送达日期",
                        f"{page_of_en(proof)} has no day of service",
                        proof,
                    )
                )
            else:
                unread.append(gap)
        if lone is not None and not (
            lone.confidence >= SURE and _is_one_name(case, proof, names(lone)[0])
        ):
            is_joined = True
        elif lone is not None:
            found.append(
                defect(
                    "D-69",
                    f"{page_of(proof)}只有一名送达人：{names(lone)[0]}",
                    f"{page_of_en(proof)} has one server only: {names(lone)[0]}",
                    lone,
                )
            )
    if found:
        return failed(*found)
    if is_joined:
        return unknown("送达人姓名未读清", "the names of the servers were not read clearly")
    if unread:
        return unknown("未读到送达日期", "a day of service was not read", because=unread[0])
    return passed(f"{len(proofs)}份送达回证要素齐备", f"{len(proofs)} proofs are complete", *proofs)


def _is_one_name(case: CaseFacts, proof: DocumentFacts, name: str) -> bool:
    """Whether a server's name is no two names that a scan joined: another paper has it, too.

    A text layer gives the names as they were typed.
    """
    if not proof.is_recognized:
        return True
    return any(
        name in [*names(fact), *(officer.name for officer in officers(fact))]
        for paper in case.documents
        if paper.index != proof.index
        for fact in paper.facts
        if fact.name in _NAME_OFFICERS
    )


@check(
    "SER003",
    title=("电子送达、留置送达合法", "Electronic service and service by leaving were lawful"),
    defects=("D-66", "D-68"),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-61",),
    inputs=(),
    procedures=(*WITH_NOTICE, Procedure.WAIVED),
    cannot_see=("看不到视频", "cannot see a video"),
)
def special_service_lawful(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether electronic service had the party's signed consent, and leaving was witnessed.

    Fails when papers were served electronically and the file, read in full, holds no confirmation
    of the address, or one that refuses electronic service; as a minor matter when they were left
    without a witness, photograph or recording of that service: a list of recordings whose rows are
    all of something else is none. Not applicable to other ways of service. Unknown when not read in
    full, or when neither consent nor refusal was read.
    """
    electronic = _served_by(case, ELECTRONIC)
    left = _served_by(case, ("留置",))
    if not electronic and not left:
        if case.of_kind("送达回证"):
            return not_applicable("没有电子送达、留置送达", "neither way of service was used")
        return without_papers(case, ("送达回证",), "送达回证", "proof of service")
    consent = case.of_kind("送达地址确认书")
    seen, pictures, alone, is_open = _witnessed(case)
    found: list[Found] = []
    agreed = [fact for _, fact in case.every("electronic_consent")]
    refused = [fact for fact in agreed if says(fact) is False]
    if electronic and not consent:
        gap = missing_paper(case, of=("送达地址确认书", "地址确认"))
        if not gap.may_be_claimed:
            return unknown("未读到送达地址确认书", "no confirmation was read", because=gap)
        found.append(
            defect(
                "D-66",
                f"{electronic[0].value}，案卷中没有当事人签署的送达地址确认书",
                "served electronically without the party's signed confirmation",
                electronic[0],
            )
        )
    elif electronic and refused and len(refused) == len(agreed):
        found.append(
            defect(
                "D-66",
                f"{electronic[0].value}，而当事人在送达地址确认书中不同意电子送达",
                "served electronically although the party's confirmation refuses it",
                electronic[0],
                *refused,
            )
        )
    if alone:
        gap = missing_paper(case, of=("送达照片", "视音频资料清单", "见证"))
        if not gap.may_be_claimed:
            return unknown("未读到留置送达的见证", "no witness of the leaving read", because=gap)
        found.append(
            defect(
                "D-68",
                f"{page_of(alone[0][0])}：留置送达没有见证人，也没有照片、录像",
                f"{page_of_en(alone[0][0])}: left without a witness, photograph or recording",
                alone[0][1],
                severity=Severity.MINOR,
            )
        )
    if found:
        return failed(*found)
    if electronic and (refused or not agreed):
        return unknown("未读到当事人是否同意电子送达", "not read whether the party agreed")
    if is_open:
        return unknown(
            "视音频资料清单是否有留置送达的录像，请核对", "is the leaving among the recordings?"
        )
    return passed(
        "送达方式有相应的同意或者见证",
        "consent or witness is there",
        *electronic,
        *left,
        *consent,
        *seen,
        *pictures,
    )


def _witnessed(
    case: CaseFacts,
) -> tuple[list[Fact], tuple[DocumentFacts, ...], list[tuple[DocumentFacts, Fact]], bool]:
    """The witnesses of services by leaving, the pictures, the services that have neither.

    A picture belongs to the proof before it; as many pictures as proofs, wherever they are bound,
    and a list of recordings with a row of the service, speak for all. The last says that the rows
    of such a list leave it open.
    """
    pictures = case.of_kind("送达照片")
    left = [
        (paper, fact) for paper, fact in case.every("service_method") if "留置" in written(fact)
    ]
    seen = [fact for _, fact in case.every("witness")]
    alone = []
    for paper, fact in left:
        told = [each for each in paper.all("service_witnessed") if says(each)]
        if paper.first("witness") is not None or told:
            seen += told
        elif not _pictured(case, paper):
            alone.append((paper, fact))
    if pictures and len(pictures) >= len(left):
        alone = []
    lists = case.of_kind(LIST)
    days = {
        on
        for paper, _ in alone
        for name in ("received_on", "dated_on")
        if (on := day(paper.first(name))) is not None
    }
    is_shown = shown(case, SERVICE, NO_SERVICE, days) if lists and alone else Shows.OTHERS
    if is_shown is not Shows.OTHERS:
        alone = []
    return seen, (*pictures, *lists), alone, is_shown is Shows.OPEN


def _pictured(case: CaseFacts, proof: DocumentFacts) -> bool:
    """Whether pictures of a service stand behind its proof, before the next paper but those."""
    behind = case.documents[case.documents.index(proof) + 1 :]
    return bool(behind) and behind[0].kind == "送达照片"


def _served_by(case: CaseFacts, ways: tuple[str, ...]) -> list[Fact]:
    return [
        fact
        for _, fact in case.every("service_method")
        if any(way in written(fact) for way in ways)
    ]
