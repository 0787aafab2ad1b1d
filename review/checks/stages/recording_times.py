"""Times of recordings (音像资料): what the file's own list says they cover, and by whose clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from review.checks.check import (
    CheckResult,
    Found,
    LawUsed,
    Severity,
    check,
    defect,
    failed,
    passed,
    unknown,
)
from review.checks.values import (
    ON_SITE,
    RECORDS,
    cited,
    count,
    instant,
    page_of,
    page_of_en,
    without_papers,
)
from review.facts.model import CaseFacts, DocumentFacts, Fact
from review.law.in_force import LawInForce

LIST = "视音频资料清单"
GUIDE = "disclosure-guideline-2018-118"
SLACK = timedelta(minutes=5)
"""Recorder and handwritten times differ by some minutes without anybody's fault."""
CLOCK = timedelta(minutes=10)
NEAR = timedelta(hours=3)
HOURS = (1, -1, 2, -2)
"""By which a clock is off that was set by hand, or to summer time."""
HALF_DAYS = (8, -8, 12, -12)
"""By which a clock is off that keeps the time of Greenwich, or takes morning for afternoon."""

Stretch = tuple[datetime, datetime, Fact, Fact]


def without_list(case: CaseFacts) -> CheckResult:
    """The result where the file has no list of recordings to look at."""
    return without_papers(case, (LIST, "音像", "视听资料"), "视音频资料清单", "list of recordings")


def _stretches(case: CaseFacts) -> list[Stretch]:
    found: list[Stretch] = []
    for paper in case.of_kind(LIST):
        for begun, ended in zip(paper.all("recorded_from"), paper.all("recorded_to"), strict=False):
            start, stop = instant(begun), instant(ended)
            if start is not None and stop is not None and start < stop:
                found.append((start, stop, begun, ended))
    return sorted(found, key=lambda each: each[:2])


def _record_times(
    case: CaseFacts, kinds: tuple[str, ...] = ON_SITE
) -> list[tuple[DocumentFacts, datetime, datetime, Fact]]:
    """The records with both times, to the minute."""
    found = []
    for record in case.of_kind(*kinds):
        begun, ended = record.first("started_at"), record.first("ended_at")
        start, stop = instant(begun), instant(ended)
        if begun is not None and start is not None and stop is not None and start < stop:
            found.append((record, start, stop, begun))
    return found


def _shifted(start: datetime, stop: datetime, stretches: list[Stretch]) -> timedelta | None:
    """By how many whole hours the recordings would have to move to cover the record, if any."""
    for hours in HOURS:
        move = timedelta(hours=hours)
        if any(
            begun + move <= start + CLOCK and ended + move >= stop - CLOCK
            for begun, ended, _, _ in stretches
        ):
            return move
    return None


def _half_a_day_off(
    start: datetime, stop: datetime, stretches: list[Stretch]
) -> tuple[int, Stretch] | None:
    """The hours between the record and recordings that begin and end just so, and the first.

    So far apart that they may show something else: both ends have to fit.
    """
    for hours in HALF_DAYS:
        move = timedelta(hours=hours)
        first = next((each for each in stretches if abs(each[0] + move - start) <= CLOCK), None)
        if first and any(abs(each[1] + move - stop) <= CLOCK for each in stretches):
            return abs(hours), first
    return None


def _near(start: datetime, stop: datetime, stretches: list[Stretch]) -> list[Stretch]:
    return [each for each in stretches if each[0] < stop + NEAR and each[1] > start - NEAR]


def _stray(case: CaseFacts, stretches: list[Stretch]) -> list[Stretch]:
    """Those that are near no record of an inspection or interview."""
    placed = [_near(start, stop, stretches) for _, start, stop, _ in _record_times(case, RECORDS)]
    return [each for each in stretches if not any(each in near for near in placed)]


def _gaps(
    start: datetime, stop: datetime, stretches: list[Stretch]
) -> list[tuple[datetime, datetime]]:
    """The parts of [start, stop] that no stretch covers, longer than the slack."""
    gaps: list[tuple[datetime, datetime]] = []
    at = start
    for begun, ended, _, _ in stretches:
        gaps.append((at, min(begun, stop)))
        at = max(at, ended)
    gaps.append((at, stop))
    return [(one, other) for one, other in gaps if other - one >= SLACK]


@check(
    "REC002",
    title=("录音录像覆盖现场检查全程", "The recordings cover the whole inspection"),
    defects=("D-90",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-47", GUIDE),
    inputs=(),
    cannot_see=(
        "只看清单所列起止时间，不看录像本身；五分钟以内的差异不作认定",
        "looks at the times of the list, not at the recordings; under five minutes nothing is said",
    ),
)
def whole_inspection_recorded(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the listed recordings run from the start to the end of the on-site record.

    Fails, as a minor matter because the scope of the duty is not confirmed, when they begin five
    minutes or more after it, end five or more before it, or leave such a gap. A recording that is
    off by whole hours is left to the check of the clock. Unknown when no times were read or none is
    of that day. Not applicable without a list.
    """
    if not case.of_kind(LIST):
        return without_list(case)
    stretches, records = _stretches(case), _record_times(case)
    stray = _stray(case, stretches)
    if not stretches or not records:
        return unknown("未读到录制时间或者笔录起止时间", "times of recordings or record not read")
    found: list[Found] = []
    good: list[Fact] = []
    doubts: list[CheckResult] = []
    for record, start, stop, place in records:
        own = _near(start, stop, stretches)
        if not own and _half_a_day_off(start, stop, stray):
            doubts.append(unknown("录制时间与笔录相差整小时，见时钟检查", "off by whole hours"))
        elif not own:
            doubts.append(
                unknown(
                    f"清单没有{page_of(record)}当时的录制",
                    f"the list has no recording of the time of {page_of_en(record)}",
                )
            )
        elif not (gaps := _gaps(start, stop, own)):
            good += [place, own[0][2]]
        elif _shifted(start, stop, own) is None:
            minutes = "、".join(
                f"{one:%H:%M}至{other:%H:%M}（{int((other - one).total_seconds() // 60)}分钟）"
                for one, other in gaps
            )
            in_english = ", ".join(f"{one:%H:%M} to {other:%H:%M}" for one, other in gaps)
            found.append(
                defect(
                    "D-90",
                    f"{page_of(record)}{start:%H:%M}至{stop:%H:%M}，清单所列录像未覆盖{minutes}",
                    f"{page_of_en(record)} runs {start:%H:%M} to {stop:%H:%M}; not recorded: "
                    f"{in_english}",
                    place,
                    *(each[2] for each in own),
                    law=(cited(law, GUIDE, case),),
                )
            )
        else:
            doubts.append(unknown("录制时间与笔录相差整小时，见时钟检查", "off by whole hours"))
    if found:
        return failed(*found)
    if doubts:
        return doubts[0]
    return passed("录像覆盖现场检查全程", "the whole inspection was recorded", *good)


@check(
    "REC003",
    title=("记录仪时钟准确", "The recorder's clock was right"),
    defects=("D-91",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-47", GUIDE),
    inputs=(),
    cannot_see=("看不到设备的校时记录", "cannot see how the device was set"),
)
def clock_right(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the recorder's times fit the records and the list.

    Fails, as a minor matter because the demand is not confirmed, when the list itself tells of a
    clock that was off by five minutes or more, when a file's own stamp differs by ten minutes or
    more from every listed start of that day, or when the recordings fit the on-site record only
    after moving them by an hour or two. A hint when none is near and one that belongs to no
    other record begins and ends with this one but for 8 or 12 hours, as with a clock of another
    zone. Unknown when no times were read or none can be compared. Not applicable without a list.
    """
    lists = case.of_kind(LIST)
    if not lists:
        return without_list(case)
    rule = (cited(law, GUIDE, case),)
    told = next((fact for _, fact in case.every("clock_off_minutes")), None)
    minutes = count(told)
    if told is not None and minutes is not None and minutes >= SLACK.total_seconds() / 60:
        return failed(
            defect(
                "D-91",
                f"清单载明记录仪时钟误差{minutes}分钟",
                f"the list tells that the clock was off by {minutes} minutes",
                told,
                law=rule,
            )
        )
    stretches = _stretches(case)
    if not stretches:
        return unknown("未读到录制时间", "no times of recordings were read")
    for paper in lists:
        for stamp in () if paper.is_recognized else paper.all("file_stamp"):
            at = instant(stamp)
            starts = [each for each in stretches if at and each[0].date() == at.date()]
            off = min((abs(each[0] - at) for each in starts if at), default=timedelta(0))
            inside = any(each[0] <= at <= each[1] for each in starts if at)
            if at is not None and off >= CLOCK and not inside:
                return failed(
                    defect(
                        "D-91",
                        f"录像文件名中的时间为{at:%H:%M}，清单所列开始时间与之相差"
                        f"{int(off.total_seconds() // 60)}分钟",
                        f"a recording's own name says {at:%H:%M}, "
                        f"{int(off.total_seconds() // 60)} minutes from any listed start",
                        stamp,
                        starts[0][2],
                        law=rule,
                    )
                )
    records = _record_times(case)
    found = list(_off_the_records(records, stretches, _stray(case, stretches), rule))
    if found:
        return failed(max(found, key=lambda each: each.severity is not Severity.HINT))
    is_compared = any(_near(start, stop, stretches) for _, start, stop, _ in records)
    if not is_compared and not any(paper.first("file_stamp") for paper in lists):
        return unknown("没有可以对照的时间", "no times to compare with")
    return passed("记录仪时间与清单、笔录相符", "the clock fits", stretches[0][2])


def _off_the_records(
    records: list[tuple[DocumentFacts, datetime, datetime, Fact]],
    stretches: list[Stretch],
    stray: list[Stretch],
    rule: tuple[LawUsed, ...],
) -> Iterator[Found]:
    """What the on-site records say against the clock: a hint where both are half a day apart."""
    for record, start, stop, place in records:
        own = _near(start, stop, stretches)
        apart = None if own else _half_a_day_off(start, stop, stray)
        if apart is not None:
            hours, first = apart
            yield defect(
                "D-91",
                f"{page_of(record)}{start:%H:%M}至{stop:%H:%M}，录像自{first[0]:%H:%M}起，正好相差"
                f"{hours}小时，请核对记录仪的时区和上下午设置",
                f"{page_of_en(record)} runs {start:%H:%M} to {stop:%H:%M}, the recording from "
                f"{first[0]:%H:%M}, just {hours} h apart: was the recorder set to another zone?",
                place,
                first[2],
                severity=Severity.HINT,
                law=rule,
            )
        move = _shifted(start, stop, own) if _gaps(start, stop, own) else None
        if move is not None:
            hours = int(abs(move).total_seconds() // 3600)
            yield defect(
                "D-91",
                f"{page_of(record)}{start:%H:%M}开始，录像自{own[0][0]:%H:%M}起，相差{hours}小时，"
                "记录仪时钟不准",
                f"{page_of_en(record)} begins {start:%H:%M}, the recording {own[0][0]:%H:%M}: "
                f"the clock was off by {hours} h",
                place,
                own[0][2],
                law=rule,
            )
