"""Causes of action, and the plan from which a case is put together."""

from __future__ import annotations

from datetime import date, datetime
from random import Random

from samples import identity, ledger
from samples.cases import Case, Cause, Company, Dates, Format, Person, Procedure, Vehicle
from samples.ledger import QINGHE, Agency, Officer

ROAD_RULES = "《中华人民共和国道路运输条例》"
HIGHWAY_RULES = "《公路安全保护条例》"
OVERSIZE_RULES = "《超限运输车辆行驶公路管理规定》"
RIDE_RULES = "《网络预约出租汽车经营服务管理暂行办法》"

OVERLOAD_ITEMS = {2: "四", 3: "五", 4: "六", 5: "七", 6: "八"}


def overload(axles: int) -> Cause:
    """Return the cause of driving an overloaded lorry of so many axles."""
    return Cause(
        "overload",
        "车货总质量超过限定标准行驶公路",
        f"{HIGHWAY_RULES}第三十三条第一款、{OVERSIZE_RULES}第三条第一款第（{OVERLOAD_ITEMS[axles]}）项",
        f"{HIGHWAY_RULES}第六十四条、{OVERSIZE_RULES}第四十三条第一款第（二）项",
        "车货总质量超过限定标准1000千克以上的，每超1000千克罚款500元，最高不超过30000元",
        "一般",
    )


FREIGHT = Cause(
    "freight",
    "未取得道路运输经营许可擅自从事道路普通货物运输经营",
    f"{ROAD_RULES}第二十四条第一款",
    f"{ROAD_RULES}第六十三条第（一）项",
    "没有违法所得或者违法所得不足1万元的，处3000元以上1万元以下的罚款",
    "一般",
)
PASSENGER = Cause(
    "passenger",
    "未取得道路运输经营许可擅自从事道路客运经营",
    f"{ROAD_RULES}第十条第一款",
    f"{ROAD_RULES}第六十三条第（二）项",
    "没有违法所得或者违法所得不足2万元的，处1万元以上10万元以下的罚款",
    "轻微",
)
PASSENGER_OLD_RANGE = Cause(
    "passenger",
    PASSENGER.name,
    PASSENGER.violated,
    f"{ROAD_RULES}第六十三条",
    "没有违法所得或者违法所得不足2万元的，处3万元以上10万元以下的罚款",
    "轻微",
)
RIDEHAILING = Cause(
    "ridehailing",
    "未取得网络预约出租汽车运输证从事网约车经营活动",
    f"{RIDE_RULES}第十三条",
    f"{RIDE_RULES}第三十四条第一款第（二）项",
    "未取得网络预约出租汽车运输证的，予以警告，并处3000元以上10000元以下罚款",
    "一般",
    warning=True,
)
INSPECTION = Cause(
    "inspection",
    "不按规定维护和检测运输车辆",
    f"{ROAD_RULES}第三十条",
    f"{ROAD_RULES}第六十九条第一款",
    "不按规定维护和检测运输车辆的，处1000元以上5000元以下的罚款",
    "一般",
)
QUALIFICATION = Cause(
    "qualification",
    "不符合规定条件的人员驾驶道路运输经营车辆",
    f"{ROAD_RULES}第二十二条第（三）项",
    f"{ROAD_RULES}第六十四条",
    "不符合规定条件的人员驾驶道路运输经营车辆的，处200元以上2000元以下的罚款",
    "一般",
)
SPILL = Cause(
    "spill",
    "车辆装载物遗洒造成公路路面污染",
    f"{HIGHWAY_RULES}第四十三条第一款",
    f"{HIGHWAY_RULES}第六十九条",
    "造成公路路面污染的，处5000元以下的罚款",
    "轻微",
)


class Plan:
    """Makes the people and numbers of one case from the seed and its key."""

    def __init__(self, seed: int, key: str, agency: Agency, squad: int) -> None:
        self.rng = Random(f"{seed}/{key}")
        self.key = key
        self.agency = agency
        self.squad = agency.squads[squad - 1]

    def person(self, role: str, *, male: bool = True) -> Person:
        """Make up a grown person living in the district."""
        born = date(
            self.rng.randrange(1968, 1998), self.rng.randrange(1, 13), self.rng.randrange(1, 29)
        )
        street = self.rng.choice(("柳巷", "石桥村", "新渡街", "东圩村", "白塔路"))
        return Person(
            ledger.person_name(self.rng),
            identity.id_number(self.rng, born, male=male),
            identity.phone_number(self.rng),
            f"{self.agency.city}{street}{self.rng.randrange(3, 120)}号",
            "男" if male else "女",
            born,
            role,
        )

    def company(self, name: str = "") -> Company:
        """Make up a company of the district."""
        return Company(
            name or ledger.company_name(self.rng, self.agency.city),
            identity.credit_code(self.rng, "329902" if self.agency is QINGHE else "329923"),
            ledger.person_name(self.rng),
            f"{self.agency.city}经济开发区兴业路{self.rng.randrange(2, 90)}号",
            f"{self.agency.phone[:5]}8000{self.rng.randrange(1000, 9999)}",
            date(
                self.rng.randrange(2012, 2020), self.rng.randrange(1, 13), self.rng.randrange(1, 28)
            ),
        )

    def officers(self) -> tuple[Officer, Officer]:
        """Choose two officers of the squad."""
        first, second = self.rng.sample(self.agency.squad_officers(self.squad), 2)
        return first, second

    def plate(self, *, trailer: bool = False) -> str:
        """Make up a plate."""
        return identity.plate_number(self.rng, trailer=trailer)

    def case(
        self,
        *,
        serial: int,
        family: str,
        sheet: str,
        form: Format,
        procedure: Procedure,
        cause: Cause,
        person: Person,
        vehicle: Vehicle,
        dates: Dates,
        fine: int,
        place: str,
        fine_notified: int | None = None,
        company: Company | None = None,
        agent: Person | None = None,
        passenger: Person | None = None,
        officers: tuple[Officer, Officer] | None = None,
        defects: tuple[str, ...] = (),
        trait: str = "",
        extra: dict[str, str] | None = None,
    ) -> Case:
        """Put the parts of a case together; the last fields are set by the scenarios themselves."""
        city = self.agency.superior.removesuffix("交通运输局")
        return Case(
            key=self.key,
            agency=self.agency,
            squad=self.squad,
            number=self.agency.case_no(dates.decided.year, serial),
            family=family,
            sheet=sheet,
            format=form,
            procedure=procedure,
            cause=cause,
            person=person,
            vehicle=vehicle,
            place=self.agency.city + place,
            officers=officers or self.officers(),
            dates=dates,
            fine=fine,
            company=company,
            agent=agent,
            passenger=passenger,
            fine_notified=fine if fine_notified is None else fine_notified,
            defects=defects,
            trait=trait,
            device=f"SCS-100-{self.rng.randrange(100, 999)}",
            recorder=f"DSJ-{self.rng.randrange(10000, 99999)}",
            extra={
                "station": f"{self.agency.short}超限检测站",
                "fare": "600",
                "riders": "3",
                "platform": "顺途出行（虚构）",
                "from": f"{city}北郊石料场",
                "to": f"{self.agency.city}三号工地",
                **(extra or {}),
            },
        )


def at(text: str) -> datetime:
    """Read a local time such as 2023-03-07 09:10."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M")  # noqa: DTZ007 - local time of a paper


def on(text: str) -> date:
    """Read a day such as 2023-03-07."""
    return date.fromisoformat(text)
