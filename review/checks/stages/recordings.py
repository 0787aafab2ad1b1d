"""Recordings (音像资料): what the file's own list says they cover, show, and how they were kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from review.checks.check import (
    CheckResult,
    Found,
    Severity,
    check,
    defect,
    failed,
    passed,
    unknown,
)
from review.checks.values import (
    ON_SITE,
    cited,
    count,
    instant,
    names,
    page_of,
    page_of_en,
    says,
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

Stretch = tuple[datetime, datetime, Fact, Fact]


def _without_list(case: CaseFacts) -> CheckResult:
    return without_papers(case, (LIST, "音像", "视听资料"), "视音频资料清单", "list of recordings")


def _stretches(case: CaseFacts) -> list[Stretch]:
    found: list[Stretch] = []
    for paper in case.of_kind(LIST):
        for begun, ended in zip(paper.all("recorded_from"), paper.all("recorded_to"), strict=False):
            start, stop = instant(begun), instant(ended)
            if start is not None and stop is not None and start < stop:
                found.append((start, stop, begun, ended))
    return sorted(found, key=lambda each: each[:2])


def _record_times(case: CaseFacts) -> list[tuple[DocumentFacts, datetime, datetime, Fact]]:
    """The on-site records with both times, to the minute."""
    found = []
    for record in case.of_kind(*ON_SITE):
        begun, ended = record.first("started_at"), record.first("ended_at")
        start, stop = instant(begun), instant(ended)
        if begun is not None and start is not None and stop is not None and start < stop:
            found.append((record, start, stop, begun))
    return found


def _shifted(start: datetime, stop: datetime, stretches: list[Stretch]) -> timedelta | None:
    """By how many whole hours the recordings would have to move to cover the record, if any."""
    for hours in (1, -1, 2, -2, 8, -8, 12, -12):
        move = timedelta(hours=hours)
        if any(
            begun + move <= start + CLOCK and ended + move >= stop - CLOCK
            for begun, ended, _, _ in stretches
        ):
            return move
    return None


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
        return _without_list(case)
    stretches, records = _stretches(case), _record_times(case)
    if not stretches or not records:
        return unknown("未读到录制时间或者笔录起止时间", "times of recordings or record not read")
    found: list[Found] = []
    good: list[Fact] = []
    doubts: list[CheckResult] = []
    for record, start, stop, place in records:
        own = [each for each in stretches if each[0] < stop + NEAR and each[1] > start - NEAR]
        if not own:
            doubts.append(
                unknown(
                    f"清单没有{page_of(record)}当时的录制",
                    f"the list has no recording of the time of {page_of_en(record)}",
                )
            )
            continue
        gaps = _gaps(start, stop, own)
        if not gaps:
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
    after moving them by whole hours. Unknown when no times were read. Not applicable without a
    list.
    """
    lists = case.of_kind(LIST)
    if not lists:
        return _without_list(case)
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
    for record, start, stop, place in records:
        own = [each for each in stretches if each[0] < stop + NEAR and each[1] > start - NEAR]
        if not _gaps(start, stop, own):
            continue
        move = _shifted(start, stop, own)
        if move is not None:
            hours = int(abs(move).total_seconds() // 3600)
            return failed(
                defect(
                    "D-91",
                    f"{page_of(record)}{start:%H:%M}开始，录像自{own[0][0]:%H:%M}起，相差{hours}小时，"
                    "记录仪时钟不准",
                    f"{page_of_en(record)} begins {start:%H:%M}, the recording {own[0][0]:%H:%M}: "
                    f"the clock was off by {hours} h",
                    place,
                    own[0][2],
                    law=rule,
                )
            )
    if not records and not any(paper.first("file_stamp") for paper in lists):
        return unknown("没有可以对照的时间", "no times to compare with")
    return passed("记录仪时间与清单、笔录相符", "the clock fits", stretches[0][2])


@check(
    "REC004",
    title=("录像反映亮证、告知等环节", "The recording shows certificates and rights"),
    defects=("D-92",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-47", GUIDE),
    inputs=(),
    cannot_see=(
        "只看清单对环节的核查记载，录像内容由人看",
        "reads what the list says of the nodes; the recording itself is for a person",
    ),
)
def nodes_shown(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the list says that the nodes to be recorded are shown.

    Fails, as a minor matter because the list of nodes is local, when it says that one is lacking.
    Unknown when it says nothing of nodes: then a person looks. Not applicable without a list.
    """
    if not case.of_kind(LIST):
        return _without_list(case)
    lacking = next((fact for _, fact in case.every("nodes_lacking")), None)
    if lacking is not None:
        nodes = "、".join(names(lacking))
        return failed(
            defect(
                "D-92",
                f"清单核查记载录像缺少环节：{nodes}",
                f"the list says that the recording lacks: {nodes}",
                lacking,
                law=(cited(law, GUIDE, case),),
            )
        )
    shown = next((fact for _, fact in case.every("nodes_shown")), None)
    if shown is None:
        return unknown("清单未载明环节核查，请看录像", "the list says nothing of nodes: look")
    return passed("清单载明各环节均有录像", "all nodes are shown", shown)


@check(
    "REC005",
    title=("录像哈希值与存储台账一致", "Checksums agree with the storage ledger"),
    defects=("D-93",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-46", GUIDE),
    inputs=(),
    cannot_see=(
        "只比对案卷中的清单与台账摘录；扫描件不比对",
        "compares the list and the ledger's extract in the file; scans are not compared",
    ),
)
def checksums_agree(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether each recording's checksum is that of the storage ledger.

    Fails, as a minor matter because no statute asks for checksums, when the same file has another
    one there. Unknown on scans and where the file holds one of the two only. Not applicable without
    a list.
    """
    lists = case.of_kind(LIST)
    if not lists:
        return _without_list(case)
    for paper in lists:
        listed, stored = paper.first("hash_listed"), paper.first("hash_stored")
        if listed is None or stored is None:
            continue
        if paper.is_recognized:
            return unknown("扫描件中的哈希值不作比对", "checksums of a scan are not compared")
        kept = dict(each.split("=", 1) for each in names(stored))
        differing = [
            file
            for file, checksum in (each.split("=", 1) for each in names(listed))
            if file in kept and not _same_checksum(checksum, kept[file])
        ]
        if differing:
            return failed(
                defect(
                    "D-93",
                    f"{'、'.join(differing)}的哈希值与存储台账不一致",
                    f"checksum differs from the storage ledger: {', '.join(differing)}",
                    listed,
                    stored,
                    law=(cited(law, GUIDE, case),),
                )
            )
        return passed("哈希值与存储台账一致", "the checksums agree", listed, stored)
    return unknown("没有可以比对的哈希值", "no checksums to compare")


def _same_checksum(one: str, other: str) -> bool:
    """Equal, or one printed shortened (前32位)."""
    return one.startswith(other) or other.startswith(one)


@check(
    "REC006",
    title=("录音录像保存完好", "The recordings were kept"),
    defects=("D-94",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-47", GUIDE),
    inputs=(),
    cannot_see=("不核对存储设备", "does not look at the storage"),
)
def recordings_kept(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the list tells of a recording that was deleted, overwritten or lost.

    Fails, as a minor matter because the term of keeping is not confirmed, when it does. Unknown
    when the list was not read with confidence. Not applicable without a list.
    """
    lists = case.of_kind(LIST)
    if not lists:
        return _without_list(case)
    gone = next((fact for _, fact in case.every("recording_deleted") if says(fact)), None)
    if gone is not None:
        return failed(
            defect(
                "D-94",
                "清单载明录音录像已删除、覆盖或者灭失",
                "the list tells that a recording was deleted, overwritten or lost",
                gone,
                law=(cited(law, GUIDE, case),),
            )
        )
    short = next((fact for _, fact in case.every("kept_months")), None)
    months = count(short)
    if short is not None and months is not None and months < SHORTEST:
        return failed(
            defect(
                "D-94",
                f"作为证据的录像只保存{months}个月，应当与案卷保管期限相同",
                f"evidence is kept for {months} months, not as long as the file",
                short,
                law=(cited(law, GUIDE, case),),
            )
        )
    if not all(paper.is_clear for paper in lists):
        return unknown("视音频资料清单未能辨认清楚", "the list was not read with confidence")
    return passed("清单没有删除、灭失的记载", "nothing is told to be gone", *lists)


SHORTEST = 120
"""Months of the shortest term of a file (10 years for summary cases, the design's default)."""
