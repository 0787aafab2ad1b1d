"""Register of devices (称重和监控设备): verified, reviewed, published on the day of use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

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
from review.checks.stages.registers import not_kept
from review.checks.values import day, page_of, page_of_en, without_papers, words
from review.facts.model import CaseFacts, DocumentFacts, Fact
from review.law.in_force import LawInForce
from review.registers.entry import comparable

SLIPS = ("称重检测单", "卸载复磅单")


def _devices(case: CaseFacts) -> Iterator[tuple[DocumentFacts, Fact, str, date | None]]:
    for slip in case.of_kind(*SLIPS):
        for fact in slip.all("device_no"):
            number = words(fact)
            on = day(slip.first("measured_at")) or day(slip.first("dated_on"))
            if number:
                yield slip, fact, number, on or day(case.get("act_on"))


@check(
    "REG002",
    title=("称重设备当日在检定有效期内", "The scale was verified on the day, by the register"),
    defects=("D-20",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-41", "administrative-penalty-law#art-46"),
    inputs=("act_on",),
    cannot_see=("设备铭牌与称重单编号是否一致", "whether the plate of the scale has that number"),
)
def scale_verified(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the scale of a weighing slip was within its verification, by the register of devices.

    Fails when its verification had run out on the day. A scale that is not on the register is a
    hint, and minor where the register was declared complete. Not applicable without a weighing
    slip. Unknown when the register is not kept, or number, day or verification are not known.
    """
    del law
    registers = case.surroundings.registers
    if not case.of_kind(*SLIPS):
        return without_papers(case, SLIPS, "称重检测单", "weighing slip")
    # one scale on one day is told once, of the first slip
    used = list(
        {(comparable(each[2]), each[3]): each for each in reversed([*_devices(case)])}.values()
    )
    if not used:
        return unknown("未读到称重设备的号码", "no number of a scale was read")
    if not registers.is_kept("devices"):
        return not_kept("devices")
    found: list[Found] = []
    good: list[Fact] = []
    for slip, fact, number, on in used:
        if on is None:
            continue
        rows = registers.find("devices", "device_no", number)
        if not rows:
            sure = registers.is_complete("devices", on) and not slip.is_recognized
            found.append(
                defect(
                    "D-20",
                    f"{page_of(slip)}的设备{number}不在设备库",
                    f"the device {number} of {page_of_en(slip)} is not on the register",
                    fact,
                    severity=Severity.MINOR if sure else Severity.HINT,
                )
            )
            continue
        ends = [
            until
            for row in rows
            if (until := row.day("verified_until")) is not None
            and (row.day("verified_on") or row.valid_from) <= on
        ]
        if ends and max(ends) >= on:
            good.append(fact)
        elif ends:
            found.append(
                defect(
                    "D-20",
                    f"设备{number}检定有效期至{max(ends)}，{on}使用时已过期",
                    f"the device {number} was verified until {max(ends)} and used on {on}",
                    fact,
                )
            )
    if found:
        return failed(*found)
    if len(good) < len(used):
        return unknown(
            "设备库中没有使用当日的检定情况", "the register does not say how it stood that day"
        )
    return passed("称重设备在检定有效期内", "the scale was within its verification", *good)


MONITOR_DUTIES = (
    ("legal_review_on", "法制审核", "legal review"),
    ("technical_review_on", "技术审核", "technical review"),
    ("published_on", "设置地点公布", "publication of its place"),
)


@check(
    "REG003",
    title=(
        "电子技术监控设备经审核并公布地点",
        "The monitoring device was reviewed and its place published",
    ),
    defects=("D-21",),
    severity=Severity.MAJOR,
    sources=("administrative-penalty-law#art-41",),
    inputs=("act_on",),
    cannot_see=("标志是否明显、设置是否合理", "whether signs are clear and the place is fair"),
)
def monitor_lawful(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether a monitoring device was reviewed, legally and technically, and published before use.

    Fails when the register dates one of the three after the act; as a minor matter when the
    register was declared complete for that day and leaves it empty. Not applicable where the device
    of the file is a plain scale. Unknown when the register is not kept or leaves it open.
    """
    del law
    registers = case.surroundings.registers
    audits = case.of_kind("电子技术监控记录审核表")
    used = [(fact, number, on) for _, fact, number, on in _devices(case) if on is not None]
    for audit in audits:
        on = day(case.get("act_on"))
        used += [
            (fact, number, on)
            for fact in audit.all("device_no")
            if (number := words(fact)) and on is not None
        ]
    if not used:
        if audits:
            return unknown("未读到监控设备的号码", "no number of the device was read")
        return without_papers(
            case, (*SLIPS, "电子技术监控记录审核表"), "监控设备的记录", "record of a device"
        )
    if not registers.is_kept("devices"):
        return not_kept("devices")
    rows = [
        (fact, on, registers.find_on("devices", "device_no", number, on))
        for fact, number, on in used
    ]
    monitors = [
        (fact, on, held[-1]) for fact, on, held in rows if held
        and held[-1].text("kind") == "monitor"
    ]  # fmt: skip
    if not monitors:
        if all(held for _, _, held in rows) and not audits:
            return not_applicable("使用的是称重设备", "the device is a plain scale")
        return unknown("设备库中没有该监控设备", "the device is not on the register")
    found: list[Found] = []
    is_open = False
    for fact, on, row in monitors:
        for column, zh, en in MONITOR_DUTIES:
            done = row.day(column)
            if done is None and not registers.is_complete("devices", on):
                is_open = True
            elif done is None or done > on:
                said_zh = f"{done}才" if done else "没有"
                said_en = f"only on {done}" if done else "not recorded"
                found.append(
                    defect(
                        "D-21",
                        f"监控设备{row.text('device_no')}{said_zh}{zh}，违法行为日{on}",
                        f"device {row.text('device_no')}: {en} {said_en}, used on {on}",
                        fact,
                        severity=Severity.MAJOR if done else Severity.MINOR,
                    )
                )
    if found:
        return failed(*found)
    if is_open:
        return unknown("设备库未登记审核或者公布日期", "the register leaves reviews or place open")
    return passed(
        "监控设备经法制审核、技术审核并公布地点",
        "the device was reviewed and its place published",
        *(fact for fact, _, _ in monitors),
    )
