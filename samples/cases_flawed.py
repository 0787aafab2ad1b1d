"""Twelve cases in which a clerk made mistakes; each mistake has its number in the catalogue."""

from __future__ import annotations

from dataclasses import replace

from samples.cases import Case, Dates, Vehicle
from samples.ledger import QINGHE, WANGHU
from samples.plan import (
    FREIGHT,
    INSPECTION,
    PASSENGER,
    PASSENGER_OLD_RANGE,
    QUALIFICATION,
    RIDEHAILING,
    Plan,
    at,
    on,
    overload,
)


def f01(seed: int) -> Case:
    """Plate with two digits exchanged in the decision; thirteen instead of eleven full tons fined."""
    plan = Plan(seed, "f01", QINGHE, 2)
    case = plan.case(
        serial=58,
        family="lines",
        sheet="lines-song",
        form="pdf",
        procedure="ordinary",
        cause=overload(4),
        person=plan.person("驾驶员"),
        company=plan.company(),
        agent=plan.person("车队管理员"),
        vehicle=Vehicle(
            "苏XF6283",
            "重型自卸货车",
            axles=4,
            total_mass_kg=31000,
            limit_kg=31000,
            weighed_kg=42600,
            after_kg=30400,
            cargo="碎石",
        ),
        place="X305县道K8+120处",
        dates=Dates(
            found=at("2023-05-09 13:40"),
            left=at("2023-05-09 14:31"),
            corrected=on("2023-05-09"),
            unit_head=on("2023-05-10"),
            filed=on("2023-05-10"),
            interviewed=on("2023-05-11"),
            reported=on("2023-05-17"),
            reviewed=on("2023-05-18"),
            noticed=on("2023-05-19"),
            notice_served=on("2023-05-19"),
            approved=on("2023-05-30"),
            decided=on("2023-05-30"),
            served=on("2023-05-31"),
            copied=on("2023-06-05"),
            published=on("2023-06-06"),
            paid=on("2023-06-12"),
            closed=on("2023-06-14"),
            archived=on("2023-06-30"),
        ),
        fine=6500,
        defects=("D-18", "D-36"),
    )
    case.decision_plate = "苏XF6238"
    return case


def f02(seed: int) -> Case:
    """Weight mistyped in the decision; words and digits of the fine differ."""
    plan = Plan(seed, "f02", QINGHE, 3)
    case = plan.case(
        serial=33,
        family="prose",
        sheet="prose-song",
        form="pdf",
        procedure="ordinary",
        cause=overload(2),
        person=plan.person("驾驶员（车主）"),
        vehicle=Vehicle(
            plan.plate(),
            "中型仓栅式货车",
            axles=2,
            total_mass_kg=18000,
            limit_kg=18000,
            weighed_kg=24650,
            after_kg=17600,
            cargo="饲料",
        ),
        place="清湖线K12+300处",
        dates=Dates(
            found=at("2024-03-05 08:50"),
            left=at("2024-03-05 09:38"),
            corrected=on("2024-03-05"),
            unit_head=on("2024-03-06"),
            filed=on("2024-03-06"),
            interviewed=on("2024-03-07"),
            reported=on("2024-03-12"),
            reviewed=on("2024-03-13"),
            noticed=on("2024-03-14"),
            notice_served=on("2024-03-14"),
            approved=on("2024-03-25"),
            decided=on("2024-03-25"),
            served=on("2024-03-26"),
            copied=on("2024-03-28"),
            published=on("2024-04-01"),
            paid=on("2024-04-08"),
            closed=on("2024-04-10"),
            archived=on("2024-04-26"),
        ),
        fine=3000,
        defects=("D-19", "D-74"),
        extra={"digits": "3500"},
    )
    case.decision_weighed_kg = 24950
    return case


def f03(seed: int) -> Case:
    """Old range quoted after the amendment; filed late; certificates not shown on the spot."""
    plan = Plan(seed, "f03", QINGHE, 4)
    return plan.case(
        serial=71,
        family="ruled",
        sheet="ruled-hei",
        form="pdf",
        procedure="ordinary",
        cause=PASSENGER_OLD_RANGE,
        person=plan.person("驾驶员（车主）"),
        vehicle=Vehicle(plan.plate(), "小型普通客车"),
        place="新渡街客运站北侧路口",
        dates=Dates(
            found=at("2023-08-09 16:25"),
            left=at("2023-08-09 17:06"),
            unit_head=on("2023-08-28"),
            filed=on("2023-08-29"),
            interviewed=on("2023-08-30"),
            reported=on("2023-09-04"),
            reviewed=on("2023-09-05"),
            noticed=on("2023-09-06"),
            notice_served=on("2023-09-06"),
            discussed=on("2023-09-15"),
            approved=on("2023-09-18"),
            decided=on("2023-09-18"),
            served=on("2023-09-19"),
            published=on("2023-09-22"),
            paid=on("2023-09-27"),
            closed=on("2023-09-28"),
            archived=on("2023-10-20"),
        ),
        fine=30000,
        defects=("D-31", "D-06", "D-04"),
        extra={"fare": "40"},
    )


def f04(seed: int) -> Case:
    """Fine above the maximum; the decision names no evidence."""
    plan = Plan(seed, "f04", QINGHE, 1)
    return plan.case(
        serial=90,
        family="lines",
        sheet="lines-song",
        form="docx",
        procedure="ordinary",
        cause=RIDEHAILING,
        person=plan.person("驾驶员（车主）", male=False),
        vehicle=Vehicle(plan.plate(), "小型轿车"),
        place="新渡街火车站落客平台",
        dates=Dates(
            found=at("2024-06-04 21:15"),
            left=at("2024-06-04 21:52"),
            unit_head=on("2024-06-05"),
            filed=on("2024-06-05"),
            interviewed=on("2024-06-06"),
            reported=on("2024-06-11"),
            reviewed=on("2024-06-12"),
            noticed=on("2024-06-13"),
            notice_served=on("2024-06-13"),
            discussed=on("2024-06-24"),
            approved=on("2024-06-25"),
            decided=on("2024-06-25"),
            served=on("2024-06-26"),
            published=on("2024-07-02"),
            paid=on("2024-07-08"),
            closed=on("2024-07-09"),
            archived=on("2024-07-26"),
        ),
        fine=12000,
        defects=("D-35", "D-70"),
        extra={"riders": "1"},
    )


def f05(seed: int) -> Case:
    """Fine below the minimum without a reason; one officer signed; published on the twelfth day."""
    plan = Plan(seed, "f05", QINGHE, 3)
    case = plan.case(
        serial=104,
        family="lines",
        sheet="scan-sans",
        form="scan",
        procedure="ordinary",
        cause=INSPECTION,
        person=plan.person("驾驶员（车主）"),
        vehicle=Vehicle(plan.plate(), "重型厢式货车", total_mass_kg=18000, cargo="纸箱"),
        place="环城北路与望江大道路口",
        dates=Dates(
            found=at("2024-09-03 09:30"),
            left=at("2024-09-03 10:04"),
            corrected=on("2024-09-13"),
            unit_head=on("2024-09-04"),
            filed=on("2024-09-04"),
            interviewed=on("2024-09-05"),
            reported=on("2024-09-09"),
            noticed=on("2024-09-11"),
            notice_served=on("2024-09-11"),
            approved=on("2024-09-23"),
            decided=on("2024-09-23"),
            served=on("2024-09-24"),
            paid=on("2024-09-30"),
            published=on("2024-10-14"),
            closed=on("2024-10-16"),
            archived=on("2024-10-30"),
        ),
        fine=500,
        defects=("D-34", "D-01", "D-86"),
        extra={"expired": "2024年7月31日"},
    )
    case.compact = True
    return case


def f06(seed: int) -> Case:
    """No notice before the decision; the head never approved the filing."""
    plan = Plan(seed, "f06", WANGHU, 2)
    return plan.case(
        serial=41,
        family="prose",
        sheet="prose-kai",
        form="pdf",
        procedure="ordinary",
        cause=QUALIFICATION,
        person=plan.person("驾驶员"),
        vehicle=Vehicle(plan.plate(), "重型栏板货车", total_mass_kg=12000, cargo="钢管"),
        place="湖滨东路108号门前",
        dates=Dates(
            found=at("2023-10-17 14:10"),
            left=at("2023-10-17 14:46"),
            unit_head=on("2023-10-18"),
            interviewed=on("2023-10-19"),
            reported=on("2023-10-25"),
            approved=on("2023-10-30"),
            decided=on("2023-10-30"),
            served=on("2023-10-31"),
            published=on("2023-11-06"),
            paid=on("2023-11-08"),
            closed=on("2023-11-10"),
            archived=on("2023-11-30"),
        ),
        fine=1000,
        defects=("D-48", "D-07"),
    )


def f07(seed: int) -> Case:
    """No end of the interview; recusal never told; three months for the lawsuit."""
    plan = Plan(seed, "f07", QINGHE, 2)
    return plan.case(
        serial=126,
        family="ruled",
        sheet="ruled-song",
        form="zip",
        procedure="ordinary",
        cause=FREIGHT,
        person=plan.person("驾驶员"),
        company=plan.company("云州凯越建材有限公司"),
        agent=plan.person("办公室主任", male=False),
        vehicle=Vehicle(plan.plate(), "重型自卸货车", total_mass_kg=25000, cargo="商品砖"),
        place="云清公路K27+850处",
        dates=Dates(
            found=at("2024-11-05 10:30"),
            left=at("2024-11-05 11:12"),
            unit_head=on("2024-11-06"),
            filed=on("2024-11-06"),
            interviewed=on("2024-11-07"),
            reported=on("2024-11-13"),
            reviewed=on("2024-11-14"),
            noticed=on("2024-11-15"),
            notice_served=on("2024-11-15"),
            approved=on("2024-11-26"),
            decided=on("2024-11-26"),
            served=on("2024-11-27"),
            published=on("2024-12-03"),
            paid=on("2024-12-09"),
            closed=on("2024-12-11"),
            archived=on("2024-12-27"),
        ),
        fine=6000,
        defects=("D-12", "D-05", "D-71"),
        extra={"fare": "1200"},
    )


def f08(seed: int) -> Case:
    """Fine raised after the hearing; decision served on the tenth working day."""
    plan = Plan(seed, "f08", QINGHE, 4)
    return plan.case(
        serial=62,
        family="prose",
        sheet="prose-song",
        form="pdf",
        procedure="hearing",
        cause=PASSENGER,
        person=plan.person("驾驶员（车主）"),
        passenger=plan.person("乘客"),
        vehicle=Vehicle(plan.plate(), "小型普通客车"),
        place="新渡街客运站北侧路口",
        dates=Dates(
            found=at("2024-05-14 07:40"),
            left=at("2024-05-14 08:35"),
            seized_until=on("2024-06-13"),
            unit_head=on("2024-05-15"),
            filed=on("2024-05-15"),
            interviewed=on("2024-05-16"),
            reported=on("2024-05-20"),
            reviewed=on("2024-05-21"),
            noticed=on("2024-05-22"),
            notice_served=on("2024-05-22"),
            hearing_requested=on("2024-05-24"),
            hearing_notified=on("2024-05-27"),
            heard=on("2024-06-11"),
            extended=on("2024-06-12"),
            extended_until=on("2024-07-13"),
            hearing_reported=on("2024-06-12"),
            reviewed_again=on("2024-06-13"),
            discussed=on("2024-06-14"),
            approved=on("2024-06-17"),
            decided=on("2024-06-17"),
            released=on("2024-07-01"),
            served=on("2024-07-01"),
            published=on("2024-06-25"),
            paid=on("2024-07-10"),
            closed=on("2024-07-12"),
            archived=on("2024-07-31"),
        ),
        fine=20000,
        fine_notified=15000,
        defects=("D-53", "D-64"),
        extra={"fare": "25", "riders": "4"},
    )


def f09(seed: int) -> Case:
    """Notice without the basis of the penalty; decision on the ninety-sixth day."""
    plan = Plan(seed, "f09", WANGHU, 1)
    return plan.case(
        serial=52,
        family="lines",
        sheet="lines-kai",
        form="pdf",
        procedure="ordinary",
        cause=overload(3),
        person=plan.person("驾驶员"),
        company=plan.company(),
        agent=plan.person("安全主管"),
        vehicle=Vehicle(
            plan.plate(),
            "重型自卸货车",
            axles=3,
            total_mass_kg=25000,
            limit_kg=25000,
            weighed_kg=33700,
            after_kg=24300,
            cargo="渣土",
        ),
        place="湖滨东路南延段K3+600处",
        dates=Dates(
            found=at("2025-03-04 05:50"),
            left=at("2025-03-04 06:41"),
            corrected=on("2025-03-04"),
            unit_head=on("2025-03-05"),
            filed=on("2025-03-05"),
            interviewed=on("2025-03-06"),
            reported=on("2025-05-20"),
            reviewed=on("2025-05-22"),
            noticed=on("2025-05-26"),
            notice_served=on("2025-05-27"),
            approved=on("2025-06-09"),
            decided=on("2025-06-09"),
            served=on("2025-06-10"),
            copied=on("2025-06-12"),
            published=on("2025-06-13"),
            paid=on("2025-06-20"),
            closed=on("2025-06-23"),
            archived=on("2025-07-15"),
        ),
        fine=4000,
        defects=("D-49", "D-63"),
    )


def f10(seed: int) -> Case:
    """A citizen fined 500 yuan on the spot; reported on the eighth working day."""
    plan = Plan(seed, "f10", QINGHE, 4)
    return plan.case(
        serial=38,
        family="prose",
        sheet="scan-mixed",
        form="scan",
        procedure="summary",
        cause=QUALIFICATION,
        person=plan.person("驾驶员"),
        vehicle=Vehicle(plan.plate(), "重型普通货车", total_mass_kg=15800, cargo="木材"),
        place="望江大道物流园东门",
        dates=Dates(
            found=at("2025-03-18 15:10"),
            left=at("2025-03-18 15:41"),
            decided=on("2025-03-18"),
            served=on("2025-03-18"),
            paid=on("2025-03-21"),
            published=on("2025-03-24"),
            registered_with_bureau=on("2025-03-28"),
            archived=on("2025-04-11"),
        ),
        fine=500,
        defects=("D-84", "D-85"),
    )


def f11(seed: int) -> Case:
    """Both officers with one certificate number; one handler named; company name misspelt."""
    plan = Plan(seed, "f11", WANGHU, 2)
    first, second = plan.officers()
    case = plan.case(
        serial=47,
        family="prose",
        sheet="prose-song",
        form="docx",
        procedure="ordinary",
        cause=INSPECTION,
        person=plan.person("驾驶员"),
        company=plan.company("望湖通衢货运有限公司"),
        agent=plan.person("经理"),
        vehicle=Vehicle(plan.plate(), "重型厢式货车", total_mass_kg=18000, cargo="粮食"),
        place="湖滨东路南延段K3+600处",
        officers=(first, replace(second, cert_no=first.cert_no)),
        dates=Dates(
            found=at("2023-11-07 09:05"),
            left=at("2023-11-07 09:40"),
            corrected=on("2023-11-17"),
            unit_head=on("2023-11-08"),
            filed=on("2023-11-08"),
            interviewed=on("2023-11-09"),
            reported=on("2023-11-14"),
            reviewed=on("2023-11-15"),
            noticed=on("2023-11-16"),
            notice_served=on("2023-11-16"),
            approved=on("2023-11-28"),
            decided=on("2023-11-28"),
            served=on("2023-11-29"),
            published=on("2023-12-05"),
            paid=on("2023-12-08"),
            closed=on("2023-12-11"),
            archived=on("2023-12-29"),
        ),
        fine=2000,
        defects=("D-02", "D-08", "D-28"),
        extra={"expired": "2023年9月30日"},
    )
    case.licence_name = "望湖通渠货运有限公司"
    return case


def f12(seed: int) -> Case:
    """Decided on the day of the notice; another case number in two papers; paid the day before."""
    plan = Plan(seed, "f12", QINGHE, 3)
    case = plan.case(
        serial=68,
        family="ruled",
        sheet="ruled-song",
        form="pdf",
        procedure="ordinary",
        cause=FREIGHT,
        person=plan.person("驾驶员（车主）"),
        vehicle=Vehicle(plan.plate(), "重型栏板货车", total_mass_kg=14000, cargo="水泥"),
        place="云清公路K27+850处",
        dates=Dates(
            found=at("2025-02-18 13:15"),
            left=at("2025-02-18 13:58"),
            unit_head=on("2025-02-19"),
            filed=on("2025-02-19"),
            interviewed=on("2025-02-20"),
            reported=on("2025-02-21"),
            reviewed=on("2025-02-24"),
            noticed=on("2025-02-25"),
            notice_served=on("2025-02-25"),
            approved=on("2025-02-25"),
            decided=on("2025-02-25"),
            served=on("2025-02-25"),
            paid=on("2025-02-24"),
            published=on("2025-02-28"),
            closed=on("2025-02-28"),
            archived=on("2025-03-14"),
        ),
        fine=5000,
        defects=("D-51", "D-75", "D-79"),
    )
    case.other_number = QINGHE.case_no(2025, 86)
    return case


FLAWED = (f01, f02, f03, f04, f05, f06, f07, f08, f09, f10, f11, f12)
