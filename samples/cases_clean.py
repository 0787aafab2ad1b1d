"""Eight cases without a fault, some of which look suspicious and are lawful."""

from __future__ import annotations

from samples.cases import Case, Dates, Vehicle
from samples.ledger import QINGHE, WANGHU
from samples.plan import (
    FREIGHT,
    INSPECTION,
    PASSENGER,
    QUALIFICATION,
    RIDEHAILING,
    SPILL,
    Plan,
    at,
    on,
    overload,
)


def c01(seed: int) -> Case:
    """Overloaded six-axle train whose trailer was given a new plate shortly before."""
    plan = Plan(seed, "c01", QINGHE, 1)
    return plan.case(
        serial=27,
        family="ruled",
        sheet="ruled-song",
        form="pdf",
        procedure="ordinary",
        cause=overload(6),
        person=plan.person("驾驶员"),
        company=plan.company(),
        agent=plan.person("安全员", male=False),
        vehicle=Vehicle(
            plan.plate(),
            "重型半挂牵引车",
            axles=6,
            trailer=plan.plate(trailer=True),
            total_mass_kg=25000,
            limit_kg=49000,
            weighed_kg=58300,
            after_kg=47850,
            cargo="黄沙",
        ),
        place="清湖线K12+300处",
        dates=Dates(
            found=at("2023-03-07 09:10"),
            left=at("2023-03-07 09:55"),
            corrected=on("2023-03-07"),
            unit_head=on("2023-03-08"),
            filed=on("2023-03-08"),
            interviewed=on("2023-03-09"),
            reported=on("2023-03-14"),
            reviewed=on("2023-03-16"),
            noticed=on("2023-03-17"),
            notice_served=on("2023-03-17"),
            approved=on("2023-03-27"),
            decided=on("2023-03-27"),
            served=on("2023-03-28"),
            copied=on("2023-03-30"),
            published=on("2023-04-03"),
            paid=on("2023-04-07"),
            closed=on("2023-04-10"),
            archived=on("2023-04-28"),
        ),
        fine=4500,
        trait="汽车列车，挂车刚变更号牌，主车、挂车号牌不同属正常",
        extra={"renamed": "2023年2月13日", "former": "苏XK071挂"},
    )


def c02(seed: int) -> Case:
    """Unlicensed freight; the party gave up defence and hearing, so the decision came at once."""
    plan = Plan(seed, "c02", QINGHE, 2)
    return plan.case(
        serial=64,
        family="ruled",
        sheet="ruled-hei",
        form="docx",
        procedure="ordinary",
        cause=FREIGHT,
        person=plan.person("驾驶员（车主）"),
        vehicle=Vehicle(plan.plate(), "重型自卸货车", total_mass_kg=16000, cargo="建筑石料"),
        place="环城北路与望江大道路口",
        dates=Dates(
            found=at("2023-08-15 14:20"),
            left=at("2023-08-15 15:02"),
            unit_head=on("2023-08-16"),
            filed=on("2023-08-16"),
            interviewed=on("2023-08-17"),
            reported=on("2023-08-22"),
            reviewed=on("2023-08-23"),
            noticed=on("2023-08-25"),
            notice_served=on("2023-08-25"),
            waived=on("2023-08-25"),
            approved=on("2023-08-28"),
            decided=on("2023-08-28"),
            served=on("2023-08-28"),
            published=on("2023-09-05"),
            paid=on("2023-09-08"),
            closed=on("2023-09-11"),
            archived=on("2023-09-25"),
        ),
        fine=5000,
        trait="告知后第一个工作日即作出决定，因当事人书面放弃陈述、申辩和听证",
    )


def c03(seed: int) -> Case:
    """Coach overdue for inspection; the decision came on the ninetieth day, which is in time."""
    plan = Plan(seed, "c03", WANGHU, 1)
    return plan.case(
        serial=19,
        family="prose",
        sheet="prose-song",
        form="pdf",
        procedure="ordinary",
        cause=INSPECTION,
        person=plan.person("驾驶员"),
        company=plan.company("望湖安途客运有限公司"),
        agent=plan.person("车队长"),
        vehicle=Vehicle(plan.plate(), "大型普通客车"),
        place="湖滨东路108号门前",
        dates=Dates(
            found=at("2024-01-08 08:35"),
            left=at("2024-01-08 09:05"),
            corrected=on("2024-01-19"),
            unit_head=on("2024-01-10"),
            filed=on("2024-01-10"),
            interviewed=on("2024-01-11"),
            reported=on("2024-03-15"),
            reviewed=on("2024-03-20"),
            noticed=on("2024-03-22"),
            notice_served=on("2024-03-25"),
            approved=on("2024-04-09"),
            decided=on("2024-04-09"),
            served=on("2024-04-10"),
            published=on("2024-04-16"),
            paid=on("2024-04-18"),
            closed=on("2024-04-22"),
            archived=on("2024-05-10"),
        ),
        fine=2000,
        trait="立案后第90日作出决定，未超过办案期限",
        extra={"expired": "2023年12月15日"},
    )


def c04(seed: int) -> Case:
    """On-the-spot fine of exactly 200 yuan before a long holiday with a make-up Sunday."""
    plan = Plan(seed, "c04", QINGHE, 3)
    return plan.case(
        serial=112,
        family="ruled",
        sheet="scan-serif",
        form="scan",
        procedure="summary",
        cause=QUALIFICATION,
        person=plan.person("驾驶员"),
        vehicle=Vehicle(plan.plate(), "中型厢式货车", total_mass_kg=7490, cargo="日用百货"),
        place="云清公路K27+850处",
        dates=Dates(
            found=at("2023-06-20 09:20"),
            left=at("2023-06-20 09:44"),
            decided=on("2023-06-20"),
            served=on("2023-06-20"),
            paid=on("2023-06-21"),
            registered_with_bureau=on("2023-06-26"),
            published=on("2023-06-28"),
            archived=on("2023-07-07"),
        ),
        fine=200,
        trait="罚款恰为公民当场处罚上限200元；6月25日为调休上班的星期日，备案在第3个工作日",
    )


def c05(seed: int) -> Case:
    """Unlicensed passenger service: seizure, extension, hearing, lower fine, release."""
    plan = Plan(seed, "c05", QINGHE, 4)
    return plan.case(
        serial=85,
        family="lines",
        sheet="lines-kai",
        form="pdf",
        procedure="hearing",
        cause=PASSENGER,
        person=plan.person("驾驶员（车主）"),
        passenger=plan.person("乘客", male=False),
        vehicle=Vehicle(plan.plate(), "小型普通客车"),
        place="云清公路K27+850处",
        dates=Dates(
            found=at("2023-09-06 10:05"),
            left=at("2023-09-06 11:00"),
            seized_until=on("2023-10-06"),
            unit_head=on("2023-09-07"),
            filed=on("2023-09-07"),
            interviewed=on("2023-09-08"),
            reported=on("2023-09-15"),
            reviewed=on("2023-09-18"),
            noticed=on("2023-09-20"),
            notice_served=on("2023-09-20"),
            hearing_requested=on("2023-09-26"),
            hearing_notified=on("2023-09-27"),
            extended=on("2023-09-28"),
            extended_until=on("2023-11-05"),
            heard=on("2023-10-17"),
            hearing_reported=on("2023-10-18"),
            reviewed_again=on("2023-10-20"),
            discussed=on("2023-10-24"),
            approved=on("2023-10-30"),
            decided=on("2023-10-31"),
            served=on("2023-10-31"),
            released=on("2023-10-31"),
            published=on("2023-11-06"),
            paid=on("2023-11-13"),
            closed=on("2023-11-15"),
            archived=on("2023-12-08"),
        ),
        fine=10000,
        fine_notified=12000,
        trait="国庆假期使听证通知与听证相隔二十日；听证后减少罚款",
        extra={"fare": "35"},
    )


def c06(seed: int) -> Case:
    """Ride-hailing car without permit; interview on a make-up Sunday; fine lowered after defence."""
    plan = Plan(seed, "c06", QINGHE, 1)
    return plan.case(
        serial=46,
        family="lines",
        sheet="lines-song",
        form="zip-gbk",
        procedure="ordinary",
        cause=RIDEHAILING,
        person=plan.person("驾驶员（车主）"),
        vehicle=Vehicle(plan.plate(), "小型轿车"),
        place="新渡街火车站落客平台",
        dates=Dates(
            found=at("2025-04-24 19:12"),
            left=at("2025-04-24 19:50"),
            unit_head=on("2025-04-25"),
            filed=on("2025-04-25"),
            interviewed=on("2025-04-27"),
            reported=on("2025-05-06"),
            reviewed=on("2025-05-07"),
            noticed=on("2025-05-08"),
            notice_served=on("2025-05-08"),
            defended=on("2025-05-12"),
            defence_reviewed=on("2025-05-15"),
            approved=on("2025-05-19"),
            decided=on("2025-05-19"),
            served=on("2025-05-20"),
            published=on("2025-05-23"),
            paid=on("2025-05-27"),
            closed=on("2025-05-28"),
            archived=on("2025-06-13"),
        ),
        fine=4000,
        fine_notified=5000,
        trait="星期日询问，当日为调休上班日；采纳申辩后减少罚款",
        extra={"riders": "2"},
    )


def c07(seed: int) -> Case:
    """Sand spilled on the road, cleaned at once: waived."""
    plan = Plan(seed, "c07", QINGHE, 2)
    return plan.case(
        serial=31,
        family="ruled",
        sheet="ruled-hei",
        form="pdf",
        procedure="waived",
        cause=SPILL,
        person=plan.person("驾驶员（车主）"),
        vehicle=Vehicle(plan.plate(), "重型自卸货车", total_mass_kg=18000, cargo="黄沙"),
        place="X305县道K8+120处",
        dates=Dates(
            found=at("2023-04-10 15:30"),
            left=at("2023-04-10 16:10"),
            corrected=on("2023-04-14"),
            unit_head=on("2023-04-11"),
            filed=on("2023-04-11"),
            interviewed=on("2023-04-12"),
            approved=on("2023-04-14"),
            decided=on("2023-04-14"),
            served=on("2023-04-14"),
            published=on("2023-04-20"),
            closed=on("2023-04-21"),
            archived=on("2023-05-08"),
        ),
        fine=0,
        trait="首次、轻微、及时改正、无危害后果，依法不予处罚",
        extra={"area": "2"},
    )


def c08(seed: int) -> Case:
    """On-the-spot fine of a company in 2024: reconsideration must come first, and the form says so."""
    plan = Plan(seed, "c08", QINGHE, 1)
    company = plan.company()
    return plan.case(
        serial=73,
        family="prose",
        sheet="prose-kai",
        form="pdf",
        procedure="summary",
        cause=INSPECTION,
        person=plan.person("驾驶员"),
        company=company,
        agent=plan.person("安全经理"),
        vehicle=Vehicle(plan.plate(), "重型厢式货车", total_mass_kg=18000, cargo="家用电器"),
        place="望江大道物流园东门",
        dates=Dates(
            found=at("2024-05-10 10:10"),
            left=at("2024-05-10 10:52"),
            corrected=on("2024-05-20"),
            decided=on("2024-05-10"),
            served=on("2024-05-10"),
            registered_with_bureau=on("2024-05-13"),
            published=on("2024-05-17"),
            paid=on("2024-05-20"),
            archived=on("2024-06-07"),
        ),
        fine=1500,
        trait="单位当场罚款1500元未超过3000元；2024年起当场处罚须先申请复议",
        extra={"expired": "2024年4月20日"},
    )


CLEAN = (c01, c02, c03, c04, c05, c06, c07, c08)
