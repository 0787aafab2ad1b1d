"""Inquiry (调查): officers, certificates, recusal, times and persons of the records."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from rapidfuzz.distance import Levenshtein

from review.checks.check import (
    CheckResult,
    Found,
    Procedure,
    Severity,
    check,
    defect,
    failed,
    passed,
    unknown,
)
from review.checks.values import (
    INTERVIEW,
    ON_SITE,
    RECORDS,
    day,
    instant,
    names,
    officer_names,
    officers,
    page_of,
    page_of_en,
    says,
    without_papers,
)
from review.common.text import plain
from review.facts.absence import absence
from review.facts.model import Absence, CaseFacts, DocumentFacts, Fact
from review.law.in_force import LawInForce, day_of

LATE, EARLY = 20, 6
"""Hours between which a record may run past midnight."""


def _signed_names(document: DocumentFacts) -> tuple[str, ...]:
    found = (plain(name) for fact in document.all("officer_signatures") for name in names(fact))
    return tuple(dict.fromkeys(name for name in found if name))


@check(
    "INQ001",
    title=("两名以上执法人员，证号各异", "Two officers or more, each with his own number"),
    defects=("D-01", "D-02"),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-42",),
    inputs=("officers",),
    cannot_see=(
        "不核对执法人员名册，也不鉴别签名笔迹",
        "does not look up the register of officers nor judge handwriting",
    ),
)
def two_officers(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether every record of an inspection or interview names and is signed by two officers.

    Fails when a record that was read in full names, or is signed by, one officer only (proposed as
    a veto where the whole file knows no second one), and when one paper gives two officers the same
    certificate number. Unknown when no record was found or its officers were not read.
    """
    records = case.of_kind(*RECORDS, "当场行政处罚决定书")
    if not records:
        return unknown("未读到现场笔录、询问笔录", "no record of an inspection or interview found")
    on = day_of(case)
    officers_due = law.parameters["officers_minimum"]
    required = (officers_due.history[0] if on is None else officers_due.on(on)).number
    found: list[Found] = list(_same_numbers(case))
    unread: list[Absence] = []
    everybody = {name for document in case.documents for name in officer_names(document)}
    for record in records:
        named, signed = officer_names(record), _signed_names(record)
        if record.first("signature_unread") is not None:
            signed = ()  # a signature is there whose name was not read: it may be the second one
        facts = (*record.all("officers"), *record.all("officer_signatures"))
        enough = len({*named, *signed}) >= required
        if enough and (not signed or len(signed) >= required):
            continue
        gap = absence(case, within=record)
        if not facts or not gap.may_be_claimed:
            unread.append(gap)
            continue
        found.append(_too_few(record, named, signed, facts, is_alone=len(everybody) < required))
    if found:
        return failed(*found)
    if unread:
        return unknown("有的笔录未读到执法人员", "the officers of a record were not read",
                       because=unread[0])  # fmt: skip
    return passed(
        f"{len(records)}份笔录均载明两名以上执法人员",
        f"all {len(records)} records name two officers or more",
        *(fact for record in records for fact in record.all("officers")),
    )


def _too_few(
    record: DocumentFacts,
    named: tuple[str, ...],
    signed: tuple[str, ...],
    facts: Iterable[Fact],
    *,
    is_alone: bool,
) -> Found:
    severity = Severity.VETO if is_alone else Severity.MAJOR
    if len(signed) == 1:
        return defect(
            "D-01",
            f"{page_of(record)}只有一名执法人员签名：{signed[0]}",
            f"{page_of_en(record)} is signed by one officer only: {signed[0]}",
            *facts,
            severity=severity,
        )
    name = "".join(named)
    return defect(
        "D-01",
        f"{page_of(record)}只载明一名执法人员：{name}",
        f"{page_of_en(record)} names one officer only: {name}",
        *facts,
        severity=severity,
    )


def _same_numbers(case: CaseFacts) -> Iterable[Found]:
    seen: set[frozenset[str]] = set()
    for document, fact in case.every("officers"):
        for one, other in combinations(officers(fact), 2):
            pair = frozenset((plain(one.name), plain(other.name)))
            same = one.cert_no and other.cert_no and plain(one.cert_no) == plain(other.cert_no)
            if not same or len(pair) < 2 or pair in seen:
                continue
            if document.is_recognized and Levenshtein.distance(*pair) == 1:
                continue  # one person, a character of whose name a scan misread
            seen.add(pair)
            yield defect(
                "D-02",
                f"{page_of(document)}中{one.name}与{other.name}的执法证号相同：{one.cert_no}",
                f"{page_of_en(document)} gives {one.name} and {other.name} the same certificate "
                f"number: {one.cert_no}",
                fact,
            )


def _statement(
    case: CaseFacts, records: Iterable[DocumentFacts], name: str
) -> tuple[list[Fact], list[DocumentFacts], list[Absence]]:
    """The records that make a statement, those that lack it, and obstacles to saying so."""
    made: list[Fact] = []
    lacking: list[DocumentFacts] = []
    unread: list[Absence] = []
    for record in records:
        stated = next((fact for fact in record.all(name) if says(fact)), None)
        gap = absence(case, within=record)
        if stated is not None:
            made.append(stated)
        elif gap.may_be_claimed:
            lacking.append(record)
        else:
            unread.append(gap)
    return made, lacking, unread


@check(
    "INQ002",
    title=("出示执法证件", "Certificates shown"),
    defects=("D-04",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-55",),
    inputs=(),
    cannot_see=("看不到视频中的亮证", "cannot see the certificates being shown on video"),
)
def certificates_shown(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether each on-site and interview record says that the officers showed their certificates.

    Fails when a record that was read in full has no such sentence: heavier for the record of the
    site, or where no record at all has it; minor where only an interview lacks it. Unknown when a
    record could not be read in full. Not applicable where the file holds no record.
    """
    records = case.of_kind(*RECORDS)
    if not records:
        return without_papers(case, RECORDS, "现场笔录、询问笔录", "record of a visit or interview")
    made, lacking, unread = _statement(case, records, "certificate_shown")
    if lacking:
        return failed(
            *(
                defect(
                    "D-04",
                    f"{page_of(record)}未记载出示执法证件",
                    f"{page_of_en(record)} does not say that certificates were shown",
                    record,
                    severity=Severity.MAJOR
                    if record.kind in ON_SITE or not made
                    else Severity.MINOR,
                )
                for record in lacking
            )
        )
    if unread:
        return unknown(
            "未读到出示执法证件的记载", "no statement on certificates read", because=unread[0]
        )
    return passed(
        f"{len(made)}份笔录均记载出示执法证件",
        f"all {len(made)} records say that certificates were shown",
        *made,
    )


@check(
    "INQ003",
    title=("告知申请回避的权利", "Right of recusal told"),
    defects=("D-05",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-43",),
    inputs=(),
    procedures=(Procedure.ORDINARY, Procedure.HEARING, Procedure.WAIVED),
    cannot_see=("看不到当场口头告知", "cannot see what was told by word of mouth"),
)
def recusal_told(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether each interview record (or, without one, the on-site record) tells of recusal.

    Fails, as a minor matter of form, when such a record was read in full and does not. Unknown when
    it could not be read in full. Not applicable where the file holds no record.
    """
    records = case.of_kind(*INTERVIEW) or case.of_kind(*ON_SITE)
    if not records:
        return without_papers(case, RECORDS, "询问笔录、现场笔录", "record of a visit or interview")
    made, lacking, unread = _statement(case, records, "recusal_told")
    if lacking:
        return failed(
            *(
                defect(
                    "D-05",
                    f"{page_of(record)}未记载告知申请回避的权利",
                    f"{page_of_en(record)} does not tell of the right of recusal",
                    record,
                )
                for record in lacking
            )
        )
    if unread:
        return unknown("未读到回避权利的告知", "no word on recusal read", because=unread[0])
    return passed(
        f"{len(made)}份笔录均告知申请回避的权利",
        f"all {len(made)} records tell of the right of recusal",
        *made,
    )


@check(
    "INQ004",
    title=("笔录起止时间完整、先后正确", "Records have a start and a later end"),
    defects=("D-12",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-55",),
    inputs=(),
    cannot_see=("不核对视频时间", "does not compare with the clock of a video"),
)
def record_times(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether records give an end time that is not before their start.

    Fails when the end is left blank, lies before the start, or stands nowhere in an interview
    record that gives a start. Unknown when times were not read, where a field that is filled was
    not made out, where a record that was not read whole shows none, or where a record that starts
    late in the evening may run past midnight. Not applicable where the file holds no record.
    """
    records = case.of_kind(*RECORDS)
    if not records:
        return without_papers(case, RECORDS, "现场笔录、询问笔录", "record of a visit or interview")
    found: list[Found] = []
    good: list[Fact] = []
    doubts: list[tuple[str, str, Absence | None]] = []
    for record in records:
        started, ended = record.first("started_at"), record.first("ended_at")
        blank = record.first("end_time_blank")
        start, end = instant(started), instant(ended)
        if blank is not None and says(blank) and end is None:
            found.append(
                defect(
                    "D-12",
                    f"{page_of(record)}结束时间空白",
                    f"the end time of {page_of_en(record)} is blank",
                    blank,
                )
            )
        elif started is not None and ended is not None and start is not None and end is not None:
            if end >= start:
                good.append(ended)
            elif start.hour >= LATE and end.hour <= EARLY and start.date() == end.date():
                doubts.append(("笔录可能跨过零点", "a record may run past midnight", None))
            else:
                found.append(
                    defect(
                        "D-12",
                        f"{page_of(record)}结束时间{end:%Y-%m-%d %H:%M}"
                        f"早于开始时间{start:%Y-%m-%d %H:%M}",
                        f"{page_of_en(record)} ends {end:%Y-%m-%d %H:%M}, before its start "
                        f"{start:%Y-%m-%d %H:%M}",
                        started,
                        ended,
                    )
                )
        elif record.kind in INTERVIEW and started is not None and ended is None:
            gap = absence(case, within=record)
            is_filled = record.first("end_time_unread") is not None
            if gap.may_be_claimed and record.is_legible and not is_filled:
                found.append(
                    defect(
                        "D-12",
                        f"{page_of(record)}没有结束时间",
                        f"{page_of_en(record)} gives no end time",
                        started,
                    )
                )
            else:
                doubts.append(("未读到结束时间", "an end time was not read", gap))
        elif record.kind in INTERVIEW:
            doubts.append(("未读到起止时间", "the times of a record were not read", None))
    if found:
        return failed(*found)
    if doubts:
        zh, en, gap_or_none = doubts[0]
        return unknown(zh, en, because=gap_or_none)
    if not good:
        return unknown("未读到笔录起止时间", "the times of the records were not read")
    return passed("笔录起止时间完整", "the records have start and end", *good)


@check(
    "INQ007",
    title=("执法证件在有效期内", "Certificates of the officers were valid"),
    defects=("D-03",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-42",),
    inputs=("found_on", "act_on"),
    cannot_see=(
        "不核对执法人员名册，只看卷内证件复印件",
        "does not look up the register: sees only copies in the file",
    ),
)
def certificates_valid(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the officers' certificates copied in the file were valid on the day of discovery.

    Fails when one had expired before that day. Not applicable where the file holds no copy. Unknown
    when a date was not read.
    """
    copies = case.of_kind("执法证件复印件")
    if not copies:
        return without_papers(case, ("执法证件复印件",), "执法证件复印件", "officer's certificate")
    used = case.get("found_on") or case.get("act_on")
    on = day(used)
    ends = [
        (copy, fact, end)
        for copy in copies
        for fact in copy.all("valid_until")
        if (end := day(fact)) is not None
    ]
    if used is None or on is None or not ends:
        return unknown("未读到证件有效期或者执法日", "validity or day of enforcement was not read")
    copy, fact, end = min(ends, key=lambda each: each[2])
    if end >= on:
        return passed(f"证件有效期至{end}，执法日{on}", f"valid until {end}, used {on}", fact, used)
    return failed(
        defect(
            "D-03",
            f"{page_of(copy)}有效期至{end}，执法日{on}时已经过期",
            f"{page_of_en(copy)} was valid until {end} and had expired on {on}",
            fact,
            used,
        )
    )
