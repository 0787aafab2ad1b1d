"""Evidence: photographs, weighing slips, copies of licences, screens of systems."""

from __future__ import annotations

from datetime import date, timedelta

from samples.blocks import Block, Card, Paper, Para, Photo, Rows, SealLine, Sign
from samples.desk import Desk, clock

SCENES = {
    "overload": "lorry",
    "freight": "lorry",
    "passenger": "car",
    "ridehailing": "car",
    "inspection": "lorry",
    "qualification": "lorry",
    "spill": "spill",
}


def verified(desk: Desk, on: date, provider: str) -> list[Block]:
    """Return the note that a copy was compared with the original."""
    return [
        Para(
            desk.pick(
                "此件与原件核对无误，原件由提供人保存。",
                "经核对，复印件与原件一致。",
                "本复印件与原件相符，原件退还提供人。",
            )
        ),
        Sign(desk.pick("提供人：", "提供人签名：", "证据提供人："), provider, desk.signed(on)),
        desk.officers_sign(on, desk.pick("核对人：", "执法人员：", "取证人员：")),
    ]


def photographs(desk: Desk) -> Paper:
    """Paste two photographs with time, place, maker and what they show."""
    case = desk.case
    dates = case.dates
    scene = "coach" if "大型" in case.vehicle.kind else SCENES[case.cause.matter]
    second = "scales" if case.cause.matter == "overload" else scene
    maker = case.officers[1].name
    blocks: list[Block] = [desk.head("现场照片")]
    shots = [(scene, 2, f"{case.vehicle.plate}号车辆在检查现场的情况")]
    if not case.compact:
        shots.append(
            (
                second,
                9,
                "车辆接受称重检测的情况" if second == "scales" else "车辆及装载（载客）情况",
            )
        )
    for kind, minutes, proves in shots:
        moment = dates.found + timedelta(minutes=minutes)
        blocks.append(
            Photo(
                kind,
                case.vehicle.plate,
                (
                    f"拍摄时间：{desk.day(dates.found_on)}{clock(moment)}　拍摄地点：{case.place}",
                    f"拍摄人：{maker}　证明内容：{proves}",
                ),
                f"{moment:%Y-%m-%d %H:%M}",
            )
        )
    blocks += [
        Sign(
            desk.pick("当事人（现场人员）确认：", "被拍摄方确认：", "现场负责人确认："),
            case.person.name,
            desk.signed(dates.found_on),
        ),
        desk.officers_sign(dates.found_on),
    ]
    return Paper("现场照片", desk.family.title("现场照片"), blocks, dates.found_on)


def weighing_slip(desk: Desk) -> Paper:
    """Print the slip of the weighing station."""
    case = desk.case
    vehicle = case.vehicle
    moment = case.dates.found + timedelta(minutes=8)
    rows: list[tuple[tuple[str, str], ...]] = [
        (
            ("检测单号", f"QH{moment:%Y%m%d%H%M}"),
            ("检测时间", f"{desk.day(moment.date())}{clock(moment)}"),
        ),
        (("检测地点", case.extra["station"]), ("设备编号", case.device)),
        (("车牌号", vehicle.plate), ("挂车号牌", vehicle.trailer or "无")),
        (("车辆类型", vehicle.kind), ("轴数", f"{vehicle.axles}轴")),
        (("车货总质量", f"{vehicle.weighed_kg}千克"), ("限定标准", f"{vehicle.limit_kg}千克")),
        (("超限数值", f"{vehicle.over_kg}千克"), ("货物名称", vehicle.cargo)),
    ]
    blocks: list[Block] = [
        desk.head("称重检测单"),
        Rows(tuple(rows)),
        Para("检测结论：车货总质量超过限定标准。"),
        Sign("驾驶员确认：", case.person.name, desk.signed(moment.date())),
        Sign("检测人员：", case.officers[1].name, desk.signed(moment.date())),
    ]
    return Paper("称重检测单", desk.family.title("称重检测单"), blocks, moment.date())


def reweighing_slip(desk: Desk) -> Paper:
    """Print the slip after unloading."""
    case = desk.case
    vehicle = case.vehicle
    on = case.dates.corrected or case.dates.found_on
    blocks: list[Block] = [
        desk.head("卸载复磅单"),
        Rows(
            (
                (("车牌号", vehicle.plate), ("复检日期", desk.day(on))),
                (("卸载地点", case.extra["station"] + "卸货场"), ("设备编号", case.device)),
                (
                    ("原车货总质量", f"{vehicle.weighed_kg}千克"),
                    ("卸载后总质量", f"{vehicle.after_kg}千克"),
                ),
                (
                    ("限定标准", f"{vehicle.limit_kg}千克"),
                    ("卸载重量", f"{vehicle.weighed_kg - vehicle.after_kg}千克"),
                ),
            )
        ),
        Para("复检结论：车货总质量符合限定标准，予以放行。"),
        Photo(
            "unloading",
            vehicle.plate,
            (f"拍摄人：{case.officers[0].name}　拍摄日期：{desk.day(on)}　证明内容：货物卸载情况",),
        ),
        Sign("驾驶员确认：", case.person.name, desk.signed(on)),
        desk.officers_sign(on),
    ]
    return Paper("卸载复磅单", desk.family.title("卸载复磅单"), blocks, on)


def scale_certificate(desk: Desk) -> Paper:
    """Copy the verification certificate of the scales, valid on the day of the act."""
    case = desk.case
    tested = case.dates.found_on - timedelta(days=120)
    until = tested + timedelta(days=364)
    on = case.dates.found_on
    blocks: list[Block] = [
        desk.head("计量检定证书复印件"),
        Card(
            "检　定　证　书（样例）",
            (
                f"证书编号：YZJL-{tested:%Y%m}-0{case.device[-3:]}",
                f"送检单位：{case.agency.name}",
                "计量器具名称：固定式电子汽车衡",
                f"出厂编号：{case.device}",
                "检定结论：合格",
                f"检定日期：{desk.day(tested)}",
                f"有效期至：{desk.day(until)}",
                f"检定单位：{case.agency.superior.removesuffix('交通运输局')}计量检定所（虚构）",
            ),
            seal=f"{case.agency.superior.removesuffix('交通运输局')}计量检定所",
        ),
        Para(
            desk.pick(
                "此件与原件核对无误，原件存执法大队。",
                "经核对，复印件与原件一致。",
                "本复印件与原件相符。",
            )
        ),
        desk.officers_sign(on, "核对人："),
    ]
    return Paper("计量检定证书复印件", desk.family.title("计量检定证书复印件"), blocks, None)


def _scope(desk: Desk) -> str:
    """Return the business scope: carriers carry, others may not."""
    if desk.case.cause.matter == "freight":
        return "建筑材料、五金产品销售；建筑机械租赁。"
    if "客车" in desk.case.vehicle.kind:
        return "道路旅客运输；旅游客运；汽车租赁。"
    return "道路货物运输（不含危险货物）；装卸搬运；国内货物运输代理。"


def business_licence(desk: Desk) -> Paper:
    """Copy the business licence of the company."""
    case = desk.case
    company = case.company
    assert company is not None
    on = case.dates.interviewed or case.dates.found_on
    blocks: list[Block] = [
        desk.head("营业执照复印件"),
        Card(
            "营　业　执　照（副本·样例）",
            (
                f"统一社会信用代码：{company.credit_code}",
                f"名称：{case.licence_name or company.name}",
                "类型：有限责任公司（自然人投资或控股）",
                f"法定代表人：{company.representative}",
                "注册资本：伍佰万元整",
                f"成立日期：{desk.day(company.founded_on)}",
                f"住所：{company.address}",
                f"经营范围：{_scope(desk)}",
            ),
            seal=f"{case.agency.city}行政审批局",
            width=0.86,
        ),
        *verified(desk, on, case.spokesman.name),
        SealLine(
            company.name if not case.licence_name else case.licence_name, desk.signed(on), "公章"
        ),
    ]
    return Paper("营业执照复印件", desk.family.title("营业执照复印件"), blocks)


def identity_card(desk: Desk) -> Paper:
    """Copy the identity card of the person, and of the agent if there is one."""
    case = desk.case
    on = case.dates.interviewed or case.dates.found_on
    blocks: list[Block] = [desk.head("身份证复印件")]
    people = [case.person] + ([case.agent] if case.agent else [])
    blocks += [
        Card(
            "居民身份证（样例）",
            (
                f"姓名　{person.name}",
                f"性别　{person.sex}　民族　汉",
                f"出生　{person.born_on.year}年{person.born_on.month}月{person.born_on.day}日",
                f"住址　{person.address}",
                f"公民身份号码　{person.id_number}",
            ),
            width=0.62,
        )
        for person in people
    ]
    blocks += verified(desk, on, case.spokesman.name)
    return Paper("身份证复印件", desk.family.title("身份证复印件"), blocks)


def vehicle_papers(desk: Desk) -> Paper:
    """Copy the vehicle licence, and the operation certificate where there is one."""
    case = desk.case
    vehicle = case.vehicle
    on = case.dates.interviewed or case.dates.found_on
    owner = case.licence_name or (
        case.company.name if case.company else case.extra.get("owner", case.person.name)
    )
    lines = [
        f"号牌号码　{vehicle.plate}",
        f"车辆类型　{vehicle.kind}",
        f"所有人　{owner}",
        f"使用性质　{'货运' if '货车' in vehicle.kind or '牵引' in vehicle.kind else '非营运'}",
    ]
    if vehicle.total_mass_kg:
        lines.append(f"总质量　{vehicle.total_mass_kg}kg")
    blocks: list[Block] = [
        desk.head("行驶证复印件"),
        Card("机动车行驶证（样例）", tuple(lines), width=0.62),
    ]
    if vehicle.trailer:
        blocks.append(
            Card(
                "机动车行驶证（挂车·样例）",
                (
                    f"号牌号码　{vehicle.trailer}",
                    "车辆类型　重型仓栅式半挂车",
                    f"所有人　{owner}",
                    f"备注　本挂车于{case.extra['renamed']}由{case.extra['former']}变更登记为现号牌",
                ),
                width=0.62,
            )
        )
    if case.cause.matter in {"overload", "inspection", "spill", "qualification"}:
        blocks.append(
            Card(
                "道路运输证（样例）",
                (
                    f"业户名称　{owner}",
                    f"车辆号牌　{vehicle.plate}",
                    f"经营范围　{'道路旅客运输' if '客车' in vehicle.kind else '道路普通货物运输'}",
                    f"审验有效期至　{case.extra.get('expired', '见副页')}",
                ),
                width=0.62,
            )
        )
    blocks += verified(desk, on, case.spokesman.name)
    return Paper("行驶证复印件", desk.family.title("行驶证复印件"), blocks)


def officer_cards(desk: Desk) -> Paper:
    """Copy the certificates of both officers."""
    case = desk.case
    blocks: list[Block] = [desk.head("执法证件复印件")]
    blocks += [
        Card(
            "交通运输行政执法证（样例）",
            (
                f"姓名：{officer.name}",
                f"执法证号：{officer.cert_no}",
                f"所属单位：{case.agency.name}",
                "执法区域：本行政区域",
                f"有效期至：{case.dates.found_on.year + 2}年12月31日",
            ),
            width=0.6,
        )
        for officer in case.officers
    ]
    return Paper("执法证件复印件", desk.family.title("执法证件复印件"), blocks)


def system_screen(desk: Desk) -> Paper:
    """Print what the register of road transport says."""
    case = desk.case
    on = case.dates.found_on
    matter = case.cause.matter
    lines = {
        "inspection": (
            "查询系统：道路运政管理信息系统",
            f"车辆号牌：{case.vehicle.plate}",
            f"业户名称：{case.licence_name or case.party_name}",
            f"检测有效期至：{case.extra.get('expired', '')}",
            "状态：逾期未检测",
        ),
        "qualification": (
            "查询系统：道路运输从业人员管理系统",
            f"姓名：{case.person.name}",
            f"证件号码：{case.person.id_number}",
            "从业资格类别：经营性道路货物运输驾驶员",
            "查询结果：无记录",
        ),
        "ridehailing": (
            "查询系统：网约车监管信息交互平台",
            f"车辆号牌：{case.vehicle.plate}",
            "网络预约出租汽车运输证：无记录",
            f"驾驶员：{case.person.name}　网络预约出租汽车驾驶员证：有效",
        ),
    }.get(
        matter,
        (
            "查询系统：道路运政管理信息系统",
            f"查询对象：{case.party_name}",
            f"车辆号牌：{case.vehicle.plate}",
            "道路运输经营许可：无记录",
            "车辆营运证：无记录",
        ),
    )
    blocks: list[Block] = [
        desk.head("系统查询截图"),
        Card("查询结果", (*lines, f"查询时间：{desk.day(on)}"), width=0.86),
        Para("以上截图由执法人员登录系统查询后直接打印，内容未作修改。"),
        Sign("查询人：", case.officers[0].name, desk.signed(on)),
        Sign("当事人确认：", case.person.name, desk.signed(on)),
    ]
    return Paper("系统查询截图", desk.family.title("系统查询截图"), blocks)
