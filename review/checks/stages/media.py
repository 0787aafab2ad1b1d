"""Recordings themselves (音像资料): what they cover, and whether their clock fits the papers.

Only recordings that were handed in are compared. Which steps must be recorded whole and which as
the case asks is no confirmed law here, so nothing weighs more than minor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from review.casefiles.media import MediaRecord
from review.checks.check import (
    CheckResult,
    Found,
    LawUsed,
    Severity,
    check,
    defect,
    failed,
    not_applicable,
    passed,
    unknown,
)
from review.checks.values import instant, officers, page_of, page_of_en
from review.common.clock import SHANGHAI
from review.facts.model import CaseFacts, DocumentFacts, Evidence, Fact
from review.law.in_force import LawInForce
from review.registers.entry import comparable

WHOLE = ("行政强制措施决定书", "强制执行记录", "行政强制执行决定书")
"""Steps that touch major property: recorded from beginning to end."""

AS_ASKED = ("现场笔录", "勘验笔录", "询问笔录", "听证笔录", "当场行政处罚决定书")
"""Steps prone to dispute: recorded as the case asks."""

TOLERANCE = timedelta(minutes=5)
"""Papers give times by the minute and clocks drift; a smaller difference means nothing."""

DRIFT = timedelta(minutes=10)
"""From here on a clock is taken to be wrong."""

LONGEST_SHIFT = timedelta(hours=13)
"""A clock set to another zone, or to the other half of the day, is off by no more."""

EARLIEST_YEAR = 2015
"""A recorder that was reset shows the year of its make or 1970."""

Stretch = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class _Step:
    """One recorded step with its hours by the papers, local time."""

    document: DocumentFacts
    fact: Fact
    starts_at: datetime
    ends_at: datetime


def _recordings(case: CaseFacts) -> tuple[MediaRecord, ...]:
    return tuple(report.media for report in case.files if report.media is not None)


def _local(moment: datetime) -> datetime:
    return moment.astimezone(SHANGHAI).replace(tzinfo=None)


def _stretches(media: Iterable[MediaRecord]) -> list[Stretch]:
    """What recordings cover, in order, joined where they overlap or follow within the tolerance."""
    found = sorted(
        (_local(each.starts_at), _local(each.ends_at))
        for each in media
        if each.starts_at is not None and each.ends_at is not None
    )
    joined: list[Stretch] = []
    for starts, ends in found:
        if joined and starts <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], ends))
        else:
            joined.append((starts, ends))
    return joined


def _steps(case: CaseFacts, kinds: Iterable[str]) -> Iterator[_Step]:
    for document in case.of_kind(*kinds):
        fact = document.first("started_at")
        starts, ends = instant(fact), instant(document.first("ended_at"))
        if fact is not None and starts is not None:
            yield _Step(document, fact, starts, ends if ends and ends > starts else starts)


def _of_recording(record: MediaRecord) -> Evidence:
    return Evidence(record.source, None, record.source)


def _covering(step: _Step, stretches: Iterable[Stretch]) -> list[Stretch]:
    return [
        stretch
        for stretch in stretches
        if stretch[0] - TOLERANCE <= step.ends_at and step.starts_at <= stretch[1] + TOLERANCE
    ]


def _gaps(step: _Step, stretches: list[Stretch]) -> list[Stretch]:
    """Parts of the step longer than the tolerance that no recording covers."""
    gaps: list[Stretch] = []
    reached = step.starts_at
    for starts, ends in stretches:
        if starts - reached > TOLERANCE:
            gaps.append((reached, starts))
        reached = max(reached, ends)
    if step.ends_at - reached > TOLERANCE:
        gaps.append((reached, step.ends_at))
    return gaps


def _shift(step: _Step, stretches: Iterable[Stretch]) -> timedelta | None:
    """By how much the clock of a recording would have to be wrong to cover the step, if by one."""
    for starts, ends in stretches:
        shift = starts - step.starts_at
        is_long_enough = ends - starts >= (step.ends_at - step.starts_at) - TOLERANCE
        if DRIFT < abs(shift) <= LONGEST_SHIFT and is_long_enough:
            return shift
    return None


@check(
    "MED001",
    title=("音像记录覆盖执法过程", "Recordings cover the steps that they must"),
    defects=("D-89", "D-90"),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-47", "disclosure-guideline-2018-118"),
    inputs=(),
    cannot_see=(
        "画面内容（亮证、告知、签字）由人查看；没有起止时间的录像不作比较",
        "what is seen is for a person; recordings without times are not compared",
    ),
)
def recordings_cover(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the recordings handed in cover the hours that the papers give.

    Fails when none of them touches the hours of a compulsory measure, or leaves more than five
    minutes of it out: minor for measures, a hint for records of visits, interviews and hearings. A
    recording of the same length whose clock must be wrong is left to the check of the clock.
    Unknown without recordings, without times in them, or without times in the papers.
    """
    media = _recordings(case)
    stretches = _stretches(media)
    if not media:
        return unknown("没有提交音像资料，未作比较", "no recording was handed in to compare")
    if not stretches:
        return unknown("音像资料没有可读的起止时间", "no recording says when it was made")
    if not case.of_kind(*WHOLE, *AS_ASKED):
        return not_applicable("案卷中没有应当录像的文书", "no paper of a step to be recorded")
    scope = LawUsed(law.resolve("disclosure-guideline-2018-118", case), confirmed=False)
    found: list[Found] = []
    covered: list[Fact] = []
    is_shifted = False
    steps = [(each, Severity.MINOR) for each in _steps(case, WHOLE)]
    steps += [(each, Severity.HINT) for each in _steps(case, AS_ASKED)]
    if not steps:
        return unknown("文书没有读到起止时间", "the papers' times were not read")
    for step, severity in steps:
        near = _covering(step, stretches)
        if not near:
            if _shift(step, stretches) is not None:
                is_shifted = True
                continue
            found.append(_bare(step, severity, scope))
            continue
        gaps = _gaps(step, near)
        if gaps:
            found.append(_broken(step, gaps, severity, scope))
        else:
            covered.append(step.fact)
    if found:
        return failed(*found)
    if is_shifted or not covered:
        return unknown(
            "音像资料的时钟与文书不符，见时钟检查", "the clock differs: see the check of the clock"
        )
    return passed(
        f"音像资料覆盖{len(covered)}份文书记载的时间",
        f"the recordings cover the hours of {len(covered)} papers",
        *covered,
    )


def _bare(step: _Step, severity: Severity, scope: LawUsed) -> Found:
    return defect(
        "D-89",
        f"没有音像资料覆盖{page_of(step.document)}的时间（{step.starts_at:%Y-%m-%d %H:%M}起）",
        f"no recording covers {page_of_en(step.document)}, from {step.starts_at:%Y-%m-%d %H:%M}",
        step.fact,
        severity=severity,
        law=(scope,),
    )


def _broken(step: _Step, gaps: list[Stretch], severity: Severity, scope: LawUsed) -> Found:
    shown = "、".join(f"{starts:%H:%M}—{ends:%H:%M}" for starts, ends in gaps)
    return defect(
        "D-90",
        f"音像资料未全程覆盖{page_of(step.document)}，缺{shown}",
        f"the recordings leave out {shown} of {page_of_en(step.document)}",
        step.fact,
        severity=severity,
        law=(scope,),
    )


@check(
    "MED002",
    title=("记录仪时钟、使用人与案卷相符", "Clock and wearer of the recorder agree with the file"),
    defects=("D-91",),
    severity=Severity.HINT,
    sources=("administrative-penalty-law#art-47", "disclosure-guideline-2018-118"),
    inputs=(),
    cannot_see=(
        "画面上叠印的时间；只比较文件名、文件信息与文书的时间",
        "the time shown in the picture: compares name, header and papers only",
    ),
)
def recorder_clock(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the recorder's clock agrees with itself and with the papers.

    A hint, because either may be wrong: when a recording fits a record only with its clock moved by
    more than ten minutes, when name and header of a file differ by more than that (a difference of
    whole zones aside), when the clock shows a year before recorders of this kind, or when the
    wearer named is none of the officers of the case. Unknown without recordings or times.
    """
    del law
    media = [each for each in _recordings(case) if each.starts_at is not None]
    if not media:
        return unknown("没有带时间的音像资料", "no recording says when it was made")
    found: list[Found] = []
    for record in media:
        found += [each for each in (_odd_header(record), _odd_wearer(case, record)) if each]
    stretches = _stretches(media)
    for step in _steps(case, (*WHOLE, *AS_ASKED)):
        if _covering(step, stretches):
            continue
        shift = _shift(step, stretches)
        if shift is not None:
            minutes = round(shift.total_seconds() / 60)
            found.append(
                defect(
                    "D-91",
                    f"音像资料的时间与{page_of(step.document)}相差约{minutes}分钟，时钟可能不准",
                    f"the recording is about {minutes} minutes off {page_of_en(step.document)}: "
                    "its clock may be wrong",
                    step.fact,
                )
            )
    if found:
        return failed(*found)
    return passed(
        "音像资料的时间与案卷相符",
        "the clock agrees with the file",
        *(_of_recording(each) for each in media),
    )


def _odd_header(record: MediaRecord) -> Found | None:
    """A clock that was reset, or a name and a header that tell different times."""
    starts, created = record.starts_at, record.created_at
    assert starts is not None
    name = record.source
    if starts.year < EARLIEST_YEAR:
        return defect(
            "D-91",
            f"{name}的时间为{starts:%Y-%m-%d}，记录仪时钟可能未设置",
            f"{name} says {starts:%Y-%m-%d}: the clock was perhaps never set",
            _of_recording(record),
        )
    if created is None or created.year < EARLIEST_YEAR:
        return None
    ends = record.ends_at or starts
    # headers give the moment of beginning or of closing, some of them in another zone
    off = min(
        abs(abs(created - moment) - timedelta(hours=hours))
        for moment in (starts, ends)
        for hours in (0, 8)
    )
    if off <= DRIFT or starts <= created <= ends:
        return None
    named, stated = f"{_local(starts):%Y-%m-%d %H:%M}", f"{_local(created):%Y-%m-%d %H:%M}"
    return defect(
        "D-91",
        f"{name}的文件名时间{named}与文件信息{stated}不符",
        f"{name}: the name says {named}, the header {stated}",
        _of_recording(record),
    )


def _odd_wearer(case: CaseFacts, record: MediaRecord) -> Found | None:
    """A named wearer who is none of the officers that the file names."""
    people = [each for _, fact in case.every("officers") for each in officers(fact)]
    known = {comparable(each.name) for each in people}
    known |= {comparable(each.cert_no) for each in people if each.cert_no}
    wearer = comparable(record.officer)
    if not known or any(wearer in each or each in wearer for each in known):
        return None
    if wearer.isascii():
        return None  # a number of the recorder's own scheme, or of a person: nothing to compare
    return defect(
        "D-91",
        f"{record.source}的使用人{record.officer}不是本案执法人员",
        f"the wearer of {record.source}, {record.officer}, is no officer of the case",
        _of_recording(record),
    )
