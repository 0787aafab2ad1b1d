"""The data that the samples' bureau keeps: registers, the ledger of recordings, a waiver list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta

from sqlalchemy import Engine

from review.common.clock import today
from review.law.waiver_list import ListKind
from review.law.waiver_workbook import ListHead
from review.registers.entry import EntryValue
from review.reports.workbooks import SheetColumn, SheetContent, workbook
from review.services.access import Actor
from review.services.rules import register_edits, registers, waiver_lists

SOURCE = "样例"
SINCE = date(2022, 1, 1)

OFFICERS = (
    ("陆景澄", "3299021896"), ("方砚秋", "3299022159"), ("高远舟", "3299021633"),
    ("韩牧野", "3299023003"), ("蒋若川", "3299023266"), ("沈知行", "3299023529"),
    ("邵云峥", "3299024373"), ("卞青岚", "3299024899"), ("柏宇岸", "3299025743"),
    ("纪舒平", "3299026269"), ("屠立夏", "3299231896"), ("耿怀瑜", "3299232159"),
    ("冉望舒", "3299233266"), ("费文垣", "3299233529"),
)  # fmt: skip
"""Officers of the sample files with the numbers of their certificates."""

OF_THE_SECOND_UNIT = "329923"
"""How the certificate numbers of the second unit's officers begin."""

AGENCIES = ("云州市清河区交通运输局", "临江市望湖县交通运输局")
LEGAL_REVIEWERS = ("桑既白", "鄢若水")

PUBLISHED = (
    ("云清交执罚〔2023〕0027号", "云州博舟货运有限公司", date(2023, 4, 3)),
    ("云清交执罚〔2023〕0064号", "麦泽", date(2023, 9, 5)),
    ("云清交执罚〔2023〕0112号", "郭然", date(2023, 6, 28)),
    ("云清交执罚〔2024〕0033号", "路沐谷", date(2024, 4, 1)),
    ("云清交执罚〔2024〕0126号", "云州凯越建材有限公司", date(2024, 12, 3)),
    ("望交罚字[2023]第47号", "望湖通衢货运有限公司", date(2023, 12, 5)),
)
"""Case number, party and day of publication of decisions of the sample files."""

RECORDED = (
    ("云清交执罚〔2023〕0027号", "高远舟", (date(2023, 3, 7), time(9, 12)), 26),
    ("云清交执罚〔2023〕0064号", "沈知行", (date(2023, 8, 15), time(14, 5)), 18),
    ("云清交执罚〔2024〕0033号", "卞青岚", (date(2024, 3, 5), time(10, 40)), 31),
    ("云清交执罚〔2024〕0126号", "韩牧野", (date(2024, 11, 5), time(8, 55)), 22),
    ("望交罚字[2023]第47号", "冉望舒", (date(2023, 11, 7), time(15, 20)), 35),
)
"""Case number, officer, start and minutes of the recordings."""

WAIVED = (
    (
        "车辆装载物掉落、遗洒造成公路路面污染",
        "可以",
        "首次被发现；及时改正；没有造成危害后果",
        24,
        "照片、责令改正通知书、复查记录",
    ),
    (
        "不按规定随车携带道路运输证",
        "应当",
        "违法行为轻微；当场改正；没有造成危害后果",
        None,
        "证件查询截图",
    ),
    (
        "未按规定维护和检测运输车辆",
        "可以",
        "首次被发现；在责令期限内改正；没有造成危害后果",
        12,
        "检测报告、责令改正通知书",
    ),
)
"""Matter, limb, conditions, months to look back and papers of the sample list's items."""

Values = Mapping[str, EntryValue]


def keep_registers(engine: Engine, actor: Actor, units: tuple[str, str]) -> None:
    """Fill the registers that are empty; `units` are the two units under review."""
    rows = {
        "officers": list(_officers(units)),
        "organs": list(_organs(units)),
        "devices": list(_devices()),
        "publications": list(_publications()),
        "reviewers": list(_reviewers(units)),
        "recordings": list(_recordings()),
    }
    for card in registers.list_registers(engine, actor):
        if card.rows:
            continue
        for values, since in rows.get(card.name, ()):
            register_edits.add_row(
                engine, actor, card.name, values=values, valid_from=since, source=SOURCE
            )


def _officers(units: tuple[str, str]) -> Iterable[tuple[Values, date]]:
    ends = date(today().year + 2, 12, 31)
    for name, cert_no in OFFICERS:
        is_second = cert_no.startswith(OF_THE_SECOND_UNIT)
        yield (
            {
                "name": name,
                "cert_no": cert_no,
                "unit": units[is_second],
                "staff": "officer",
                "certificate_until": ends,
                "renewed_until": date(today().year, 12, 31),
            },
            SINCE,
        )
    yield {"name": "样例辅助员", "unit": units[0], "staff": "auxiliary"}, SINCE


def _organs(units: tuple[str, str]) -> Iterable[tuple[Values, date]]:
    for agency, unit in zip(AGENCIES, units, strict=True):
        yield {"name": agency, "kind": "organ", "seal": agency}, SINCE
        yield {"name": unit, "kind": "section", "acts_for": agency, "seal": unit}, SINCE


def _devices() -> Iterable[tuple[Values, date]]:
    verified = today() - timedelta(days=120)
    for number, place in ((1, "清河区样例治超检测站"), (2, "望湖县样例治超检测点")):
        yield (
            {
                "device_no": f"样例-ZC-0{number}",
                "kind": "scale",
                "model": "静态汽车衡（样例）",
                "place": place,
                "verified_on": verified,
                "verified_until": verified + timedelta(days=364),
                "certificate_no": f"样例检字第00{number}号",
            },
            SINCE,
        )
    yield (
        {
            "device_no": "样例-JK-01",
            "kind": "monitor",
            "model": "动态称重检测系统（样例）",
            "place": "清河大道样例路口",
            "verified_on": verified,
            "verified_until": verified + timedelta(days=364),
            "legal_review_on": date(2023, 2, 10),
            "technical_review_on": date(2023, 2, 8),
            "published_on": date(2023, 3, 1),
        },
        SINCE,
    )


def _publications() -> Iterable[tuple[Values, date]]:
    for case_no, party, day in PUBLISHED:
        yield (
            {
                "decision_no": case_no,
                "case_no": case_no,
                "party_name": party,
                "published_on": day,
                "platform": "行政执法信息公示平台（样例）",
            },
            day,
        )


def _reviewers(units: tuple[str, str]) -> Iterable[tuple[Values, date]]:
    for number, (name, unit) in enumerate(zip(LEGAL_REVIEWERS, units, strict=True), 1):
        yield (
            {
                "name": name,
                "unit": unit,
                "is_qualified": True,
                "qualification_no": f"样例A-000{number}",
                "first_review_on": SINCE,
            },
            SINCE,
        )


def _recordings() -> Iterable[tuple[Values, date]]:
    for number, (case_no, officer, begins, minutes) in enumerate(RECORDED, 1):
        starts_at = datetime.combine(*begins)
        yield (
            {
                "file_name": f"样例_{starts_at:%Y%m%d_%H%M}_{number:02d}.mp4",
                "case_no": case_no,
                "recorder_no": f"样例-JLY-0{number}",
                "officer": officer,
                "starts_at": starts_at,
                "ends_at": starts_at + timedelta(minutes=minutes),
                "uploaded_on": begins[0] + timedelta(days=1),
            },
            begins[0],
        )


def publish_waiver_list(engine: Engine, actor: Actor) -> None:
    """Take in and publish the bureau's own list, in force since the beginning of the year."""
    title = "云州市交通运输轻微违法不予处罚清单（样例）"
    held = [each for each in waiver_lists.list_lists(engine, actor) if each.title.zh == title]
    if held:
        return
    begins_on = date(today().year, 1, 1)
    list_id = waiver_lists.import_list(
        engine,
        actor,
        name="免罚清单（样例）.xlsx",
        raw=_waiver_workbook(title),
        head=ListHead(
            ListKind.WAIVE, title, begins_on, version=f"{begins_on.year}版",
            issued_by="云州市交通运输局（虚构）", note="样例",
        ),
    )  # fmt: skip
    waiver_lists.publish_list(
        engine,
        actor,
        list_id,
        in_force_on=begins_on,
        confirmed_by="样例核对人",
        seen_version=1,
    )


def _waiver_workbook(title: str) -> bytes:
    columns = tuple(
        SheetColumn(heading, 24)
        for heading in ("序号", "事项", "情形", "适用条件", "首次判定期限（月）", "需附材料")
    )
    rows = tuple((number, *each) for number, each in enumerate(WAIVED, 1))
    return workbook([SheetContent("清单", title, SOURCE, columns, rows)], author="", dated=None)
