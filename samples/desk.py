"""The clerk's desk: one case, one family of wording, and the sentences that many papers share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from samples.blocks import Rows, Sign, Title
from samples.cases import Case
from samples.families import FAMILIES, Family, money_in_words


def clock(moment: datetime) -> str:
    """Write the time of day: 9时05分."""
    return f"{moment.hour}时{moment.minute:02d}分"


@dataclass(frozen=True, slots=True)
class Desk:
    """Gives the papers of one case their wording."""

    case: Case

    @property
    def family(self) -> Family:
        """Return the family of wording of this file."""
        return FAMILIES[self.case.family]

    def pick(self, ruled: str, lines: str, prose: str) -> str:
        """Choose among three ways of saying the same."""
        return {"ruled": ruled, "lines": lines, "prose": prose}[self.family.key]

    def label(self, meaning: str) -> str:
        """Return the family's label of a field."""
        return self.family.label(meaning)

    def day(self, day: date) -> str:
        """Write a date in running text."""
        return self.family.day(day)

    def signed(self, day: date | None) -> str:
        """Write a date beside a signature."""
        return self.family.signed(day)

    def head(self, kind: str, *, number: str = "", organ: bool = False) -> Title:
        """Return the heading of a paper of `kind` with the case number."""
        number = number or self.case.number
        return Title(
            self.family.title(kind),
            self.case.agency.name if organ else "",
            f"{self.family.number_prefix}{number}",
        )

    def officers(self) -> str:
        """Name both officers with the numbers of their certificates."""
        return "、".join(
            f"{officer.name}（执法证号：{officer.cert_no}）" for officer in self.case.officers
        )

    def officer_names(self) -> str:
        """Name both officers."""
        return "、".join(officer.name for officer in self.case.officers)

    def officers_sign(self, day: date, label: str = "") -> Sign:
        """Return the line on which both officers sign."""
        return Sign(
            label or self.pick("执法人员签名：", "检查人员（签字）：", "执法人员："),
            self.officer_names(),
            self.signed(day),
        )

    def party_rows(self) -> Rows:
        """Return the fields that describe the party."""
        case = self.case
        party = self.family.party
        if case.company:
            return Rows(
                (
                    ((party, case.company.name), ("法定代表人", case.company.representative)),
                    (
                        ("统一社会信用代码", case.company.credit_code),
                        ("联系电话", case.company.phone),
                    ),
                    ((self.label("地址"), case.company.address),),
                )
            )
        return Rows(
            (
                ((party, case.person.name), ("性别", case.person.sex)),
                (("身份证件号", case.person.id_number), ("联系电话", case.person.phone)),
                ((self.label("住址"), case.person.address),),
            )
        )

    def party_sentence(self) -> str:
        """Describe the party in one sentence, with number and address."""
        case = self.case
        if case.company:
            return (
                f"{case.company.name}，统一社会信用代码{case.company.credit_code}，法定代表人"
                f"{case.company.representative}，{self.pick('住所地', '注册地址', '住所')}{case.company.address}，"
                f"联系电话{case.company.phone}"
            )
        person = case.person
        return (
            f"{person.name}，{person.sex}，{person.born_on.year}年{person.born_on.month}月出生，"
            f"公民身份号码{person.id_number}，{self.pick('住址', '住', '现住')}{person.address}，联系电话{person.phone}"
        )

    def suspected(self) -> str:
        """Return the cause as long as nothing is decided: party, 涉嫌, act, 案."""
        return f"{self.case.party_name}涉嫌{self.case.cause.name}案"

    def cause_line(self) -> str:
        """Return the cause of a decided case: party, act, 案."""
        return f"{self.case.party_name}{self.case.cause.name}案"

    def facts(self, *, decision: bool = False) -> str:
        """Tell what happened, in two or three sentences."""
        case = self.case
        plate = case.decision_plate if decision and case.decision_plate else case.vehicle.plate
        weighed = case.vehicle.weighed_kg
        if decision and case.decision_weighed_kg:
            weighed = case.decision_weighed_kg
        when = f"{self.day(case.dates.found_on)}{clock(case.dates.found)}许"
        owner = f"{case.company.name}所属的" if case.company else ""
        driver = case.person.name
        vehicle = case.vehicle
        match case.cause.matter:
            case "overload":
                train = f"（挂车号牌{vehicle.trailer}）" if vehicle.trailer else ""
                over = weighed - vehicle.limit_kg
                return (
                    f"{when}，{driver}驾驶{owner}{plate}号{vehicle.kind}{train}装载{vehicle.cargo}，行驶至"
                    f"{case.place}。经{case.extra['station']}称重检测，该车为{vehicle.axles}轴，车货总质量"
                    f"{weighed}千克，限定标准为{vehicle.limit_kg}千克，超过限定标准{over}千克，"
                    f"未持有超限运输车辆通行证。"
                )
            case "freight":
                who = f"{case.company.name}安排驾驶员{driver}" if case.company else driver
                return (
                    f"{when}，{who}驾驶{plate}号{vehicle.kind}（总质量{vehicle.total_mass_kg}千克）"
                    f"在{case.place}为他人有偿运输{vehicle.cargo}，约定运费{case.extra['fare']}元，尚未收取。经查，"
                    f"{case.party_name}未取得道路货物运输经营许可，该车未取得道路运输证。"
                )
            case "passenger":
                return (
                    f"{when}，{driver}驾驶{plate}号{vehicle.kind}在{case.place}载运互不相识的乘客"
                    f"{case.extra['riders']}人，约定每人收取车费{case.extra['fare']}元，车费尚未支付。经查，"
                    f"{driver}未取得道路旅客运输经营许可，该车未取得车辆营运证，现场不能提供其他有效证明。"
                )
            case "ridehailing":
                return (
                    f"{when}，{driver}驾驶{plate}号{vehicle.kind}，通过“{case.extra['platform']}”网络平台"
                    f"接单，在{case.place}载运乘客{case.extra['riders']}人，订单尚未结算。经查，该车未取得"
                    f"网络预约出租汽车运输证。"
                )
            case "inspection":
                return (
                    f"{self.day(case.dates.found_on)}，执法人员在{case.place}检查时发现，{case.party_name}"
                    f"所有的{plate}号{vehicle.kind}道路运输证所载年度审验（综合性能检测）有效期已于"
                    f"{case.extra['expired']}届满，逾期未进行检测，仍于当日投入道路运输经营。"
                )
            case "qualification":
                return (
                    f"{when}，{driver}驾驶{plate}号{vehicle.kind}（总质量{vehicle.total_mass_kg}千克）在"
                    f"{case.place}从事道路货物运输，未取得经营性道路货物运输驾驶员从业资格证。"
                )
            case "spill":
                return (
                    f"{when}，{driver}驾驶{plate}号{vehicle.kind}装载{vehicle.cargo}行驶至{case.place}，因篷布"
                    f"覆盖不严，少量{vehicle.cargo}遗洒在路面，污染面积约{case.extra['area']}平方米，未造成路面损坏，"
                    f"也未引发事故和交通拥堵。"
                )

    def fine_words(self, yuan: int) -> str:
        """Write a fine in words and digits, in the family's order."""
        words = money_in_words(yuan)
        return self.pick(
            f"罚款人民币{words}（￥{yuan}.00）",
            f"人民币{words}（{yuan}元）的罚款",
            f"{yuan}元（大写：{words}）罚款",
        )

    def penalty(self, yuan: int, digits: int = 0) -> str:
        """Return the penalty clause; `digits` replaces the figure where the clerk erred."""
        clause = self.fine_words(yuan)
        if digits:
            clause = clause.replace(f"{yuan}元", f"{digits}元").replace(
                f"￥{yuan}.", f"￥{digits}."
            )
        warn = "给予警告，并" if self.case.cause.warning else ""
        return f"{warn}处以{clause}"

    def remedies(self, *, months: str = "六个月") -> str:
        """Tell the remedies of an ordinary decision, with the organ the law names on that day."""
        agency = self.case.agency
        organ = agency.government
        if self.case.dates.decided < date(2024, 1, 1):
            organ = f"{agency.government}或者{agency.superior}"
        return self.pick(
            f"如不服本决定，可以在收到本决定书之日起六十日内向{organ}申请行政复议，也可以在{months}内直接向"
            f"{agency.court}提起行政诉讼。行政复议和行政诉讼期间，本决定不停止执行，法律另有规定的除外。",
            f"你如果不服本处罚决定，可以自接到本决定书之日起六十日内依法向{organ}申请复议，或者于{months}内向"
            f"{agency.court}起诉。复议或者诉讼期间不停止处罚的执行。",
            f"对本决定不服的，可自收到决定书之日起60日内向{organ}提出行政复议申请，或者自收到决定书之日起"
            f"{'3个月' if months == '三个月' else '6个月'}内向{agency.court}提起诉讼，复议、诉讼期间处罚决定照常执行。",
        )

    def remedies_of_measure(self, day: date) -> str:
        """Tell the remedies against an order or measure of `day`."""
        agency = self.case.agency
        organ = agency.government
        if day < date(2024, 1, 1):
            organ = f"{agency.government}或者{agency.superior}"
        return (
            f"如不服，可以自收到本文书之日起六十日内向{organ}申请行政复议，或者在六个月内向"
            f"{agency.court}提起行政诉讼。"
        )
