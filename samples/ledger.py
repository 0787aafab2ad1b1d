"""Invented agencies, squads and officers, and the case ledger of the demonstration round."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO, StringIO
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import xlsxwriter

from samples import workdays

LEDGER_COLUMNS = (
    "序号",
    "案号",
    "承办单位",
    "承办中队",
    "案由",
    "当事人",
    "程序类型",
    "处罚种类",
    "罚款金额（元）",
    "受案日期",
    "立案日期",
    "决定日期",
    "结案日期",
    "承办人",
    "备注",
)


@dataclass(frozen=True, slots=True)
class Officer:
    """An enforcement officer with the ten-digit number of the certificate."""

    name: str
    cert_no: str
    squad: str


@dataclass(frozen=True, slots=True)
class Agency:
    """A transport bureau: the organ that decides, and its brigade, which investigates."""

    name: str
    short: str
    brigade: str
    government: str
    superior: str
    court: str
    city: str
    office: str
    phone: str
    bank: str
    account: str
    number_pattern: str
    squads: tuple[str, ...]
    officers: tuple[Officer, ...]
    head: str
    deputies: tuple[str, ...]
    unit_head: str
    legal_reviewer: str
    hearing_host: str
    clerk: str
    archivist: str

    def case_no(self, year: int, serial: int) -> str:
        """Return the case number of `serial` in `year`, in the agency's own pattern."""
        return self.number_pattern.format(year=year, serial=serial)

    def squad_officers(self, squad: str) -> tuple[Officer, ...]:
        """Return the officers of one squad in the order of the register."""
        return tuple(officer for officer in self.officers if officer.squad == squad)


def _roster(prefix: str, squads: Mapping[str, tuple[str, ...]]) -> tuple[Officer, ...]:
    officers = []
    for place, (squad, names) in enumerate(squads.items(), start=1):
        for seat, name in enumerate(names, start=1):
            serial = (place * 1370 + seat * 263) % 10000
            officers.append(Officer(name, f"{prefix}{serial:04d}", squad))
    return tuple(officers)


QINGHE_SQUADS = {
    "执法一中队": ("高远舟", "陆景澄", "方砚秋"),
    "执法二中队": ("韩牧野", "蒋若川", "沈知行"),
    "执法三中队": ("邵云峥", "苗禾生", "卞青岚"),
    "执法四中队": ("柏宇岸", "贺一鸣", "纪舒平"),
}
WANGHU_SQUADS = {
    "执法一中队": ("殷朗清", "屠立夏", "耿怀瑜"),
    "执法二中队": ("宗晏清", "冉望舒", "费文垣"),
}

QINGHE = Agency(
    name="云州市清河区交通运输局",
    short="清河",
    brigade="云州市清河区交通运输综合行政执法大队",
    government="云州市清河区人民政府",
    superior="云州市交通运输局",
    court="云州市清河区人民法院",
    city="云州市清河区",
    office="云州市清河区望江大道99号交通综合楼3楼",
    phone="0599-80000110",
    bank="云州农村商业银行清河支行",
    account="云州市清河区财政局非税收入专户",
    number_pattern="云清交执罚〔{year}〕{serial:04d}号",
    squads=tuple(QINGHE_SQUADS),
    officers=_roster("329902", QINGHE_SQUADS),
    head="鲁承安",
    deputies=("温雅言", "季怀仁", "闻仲谦"),
    unit_head="岑伯淳",
    legal_reviewer="应书瑶",
    hearing_host="莫静斋",
    clerk="桑小满",
    archivist="涂慎之",
)
WANGHU = Agency(
    name="临江市望湖县交通运输局",
    short="望湖",
    brigade="临江市望湖县交通运输综合行政执法大队",
    government="临江市望湖县人民政府",
    superior="临江市交通运输局",
    court="临江市望湖县人民法院",
    city="临江市望湖县",
    office="临江市望湖县湖滨东路8号",
    phone="0598-80000220",
    bank="中国农业银行望湖县支行",
    account="望湖县财政局代收罚没款专户",
    number_pattern="望交罚字[{year}]第{serial}号",
    squads=tuple(WANGHU_SQUADS),
    officers=_roster("329923", WANGHU_SQUADS),
    head="庄敬亭",
    deputies=("尚文渊", "霍清源", "阮思齐"),
    unit_head="喻长河",
    legal_reviewer="顾明诚",
    hearing_host="谈正言",
    clerk="祝晓棠",
    archivist="古月升",
)
AGENCIES = (QINGHE, WANGHU)

#: People who may review: name, unit, suggested role. None of them handles a sample case.
REVIEWERS = (
    ("简宁", "云州市清河区交通运输局安监法规科", "regulations"),
    ("原澈", "云州市清河区交通运输局安监法规科", "reviewer"),
    ("步青阳", "云州市交通运输局法规处", "reviewer"),
    ("申屠岳", "临江市望湖县交通运输综合行政执法大队", "reviewer"),
    ("丛明哲", "云州衡准律师事务所（虚构）", "expert"),
    ("竺可言", "云州市清河区司法局", "expert"),
)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One line of the case ledger. Money in yuan; None where the event did not happen."""

    case_no: str
    unit: str
    squad: str
    cause: str
    party: str
    procedure: str
    kind_of_penalty: str
    fine_yuan: Decimal | None
    registered_on: date | None
    filed_on: date | None
    decided_on: date
    closed_on: date
    handlers: str
    note: str = ""


ROUTINE_CAUSES = (
    ("车货总质量超过限定标准行驶公路", "普通程序", (1000, 3500, 6500)),
    ("未取得道路运输经营许可擅自从事道路普通货物运输经营", "普通程序", (4000, 5000, 6000)),
    ("不按规定维护和检测运输车辆", "普通程序", (1500, 2000, 2600)),
    ("未取得网络预约出租汽车运输证从事网约车经营活动", "普通程序", (3500, 4000, 5000)),
    ("不符合规定条件的人员驾驶道路运输经营车辆", "简易程序", (200,)),
    ("车货外廓尺寸超过限定标准行驶公路", "简易程序", (100, 150, 200)),
    ("车辆装载物遗洒造成公路路面污染", "不予处罚", ()),
)
FAMILY = "于毛席麦强贾路娄危江童颜郭梅盛林刁钟徐邱骆夏蔡田樊胡凌虞万支柯"
GIVEN = "安柏辰楚丹尔帆谷禾嘉凯朗沐宁欧平启然森桐维希砚泽舟"
TRADES = ("物流", "运输", "货运", "供应链管理")
BRANDS = ("启衡", "同泽", "远岫", "嘉辰", "瑞禾", "安朗", "博舟", "凯桐", "宁川", "森维")


def person_name(rng: Random) -> str:
    """Make up the name of a person."""
    return rng.choice(FAMILY) + "".join(rng.choice(GIVEN) for _ in range(rng.choice((1, 2, 2))))


def company_name(rng: Random, city: str) -> str:
    """Make up the name of a company of `city`."""
    return f"{city[:2]}{rng.choice(BRANDS)}{rng.choice(TRADES)}有限公司"


def routine_rows(seed: int, count: int = 40) -> list[LedgerRow]:
    """Make `count` ledger lines of cases whose files were not called up."""
    rng = Random(f"{seed}/ledger")
    rows = []
    for index in range(count):
        agency = QINGHE if index % 10 < 7 else WANGHU
        squad = agency.squads[index % len(agency.squads)]
        cause, procedure, fines = rng.choice(ROUTINE_CAUSES)
        found_on = date(2023, 2, 1) + timedelta(days=int(index * 25.5) + rng.randrange(9))
        found_on = workdays.working_day_after(found_on, 1)
        company = procedure == "普通程序" and rng.random() < 0.6
        summary = procedure == "简易程序"
        decided_on = (
            found_on if summary else workdays.working_day_after(found_on, rng.randrange(16, 40))
        )
        fine = Decimal(rng.choice(fines)) if fines else None
        officers = agency.squad_officers(squad)
        rows.append(
            LedgerRow(
                case_no=agency.case_no(decided_on.year, 300 + index * 3),
                unit=agency.brigade,
                squad=squad,
                cause=cause,
                party=company_name(rng, agency.city) if company else person_name(rng),
                procedure=procedure,
                kind_of_penalty="不予行政处罚" if fine is None else "罚款",
                fine_yuan=fine,
                registered_on=found_on,
                filed_on=None if summary else workdays.working_day_after(found_on, 2),
                decided_on=decided_on,
                closed_on=workdays.working_day_after(decided_on, 2 if summary else 12),
                handlers="、".join(officer.name for officer in officers[:2]),
                note="样例数据，未附电子案卷",
            )
        )
    return rows


def _cells(number: int, row: LedgerRow) -> list[object]:
    return [
        number,
        row.case_no,
        row.unit,
        row.squad,
        row.cause,
        row.party,
        row.procedure,
        row.kind_of_penalty,
        row.fine_yuan,
        row.registered_on,
        row.filed_on,
        row.decided_on,
        row.closed_on,
        row.handlers,
        row.note,
    ]


def write_csv(rows: list[LedgerRow]) -> bytes:
    """Return the ledger as CSV (UTF-8 with mark, so that spreadsheets open it rightly)."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(LEDGER_COLUMNS)
    for number, row in enumerate(rows, start=1):
        writer.writerow(["" if cell is None else str(cell) for cell in _cells(number, row)])
    return text.getvalue().encode("utf-8-sig")


def write_workbook(rows: list[LedgerRow]) -> bytes:
    """Return the ledger as a workbook with one sheet, header in the first row, typed cells."""
    raw = BytesIO()
    book = xlsxwriter.Workbook(raw, {"in_memory": True})
    book.set_properties({"title": "案件台账（样例）", "created": date_time_of(date(2026, 1, 5))})
    sheet = book.add_worksheet("案件台账")
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#DDE7F0", "text_wrap": True})
    text = book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter"})
    day = book.add_format({"border": 1, "num_format": "yyyy-mm-dd"})
    money = book.add_format({"border": 1, "num_format": "#,##0.00"})
    for column, (title, width) in enumerate(
        zip(
            LEDGER_COLUMNS, (6, 24, 34, 12, 40, 24, 10, 12, 12, 12, 12, 12, 12, 16, 20), strict=True
        )
    ):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, head)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(_cells(number, row)):
            if cell is None:
                sheet.write_blank(number, column, None, text)
            elif isinstance(cell, date):
                sheet.write_datetime(number, column, date_time_of(cell), day)
            elif isinstance(cell, Decimal):
                sheet.write_number(number, column, float(cell), money)
            elif isinstance(cell, int):
                sheet.write_number(number, column, cell, text)
            else:
                sheet.write_string(number, column, str(cell), text)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, len(rows), len(LEDGER_COLUMNS) - 1)
    book.close()
    return steady_archive(raw.getvalue())


def date_time_of(day: date) -> datetime:
    """Return midnight of `day`; spreadsheets hold days as instants without a zone."""
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a spreadsheet knows no zones


def steady_archive(data: bytes) -> bytes:
    """Rewrite a ZIP container so that equal content gives equal bytes (fixed times)."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = ZipInfo(name, date_time=(2026, 1, 5, 8, 0, 0))
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            target.writestr(info, source.read(name))
    return out.getvalue()
