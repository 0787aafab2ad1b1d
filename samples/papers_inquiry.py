"""Papers of the inquiry: filing, authorisation, address for service, interviews."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from samples.blocks import Block, Footing, Opinion, Paper, Para, Rows, SealLine, Sign
from samples.cases import Person
from samples.desk import Desk, clock


def filing_form(desk: Desk) -> Paper:
    """Write the filing form with both opinions."""
    case = desk.case
    dates = case.dates
    family = desk.family
    sources = desk.pick(
        "☑行政检查发现　□举报核实　□上级交办　□下级报请　□部门移送　□其他途径",
        "■行政检查　□举报　□上级交办　□下级报请　□部门移送　□其他",
        "√行政检查发现　□举报　□交办　□报请　□移送　□其他途径",
    ).replace("☑", "√")
    handlers = (
        f"由{case.officers[0].name}承办" if case.has("D-08") else f"由{desk.officer_names()}承办"
    )
    approval = desk.pick(
        f"同意立案，{handlers}。",
        f"准予立案调查，{handlers}此案。",
        f"同意。{handlers}，依法调查处理。",
    )
    head = Opinion(
        desk.label("负责人审批意见"), approval, "签名：", case.agency.head, desk.signed(dates.filed)
    )
    if case.has("D-07"):
        head = Opinion(desk.label("负责人审批意见"), "", "签名：", "", "年　　月　　日")
    blocks: list[Block] = [
        desk.head("立案登记表"),
        Rows(
            (
                ((desk.label("案件来源"), sources),),
                ((desk.label("案由"), desk.suspected()),),
                ((desk.label("受案时间"), desk.day(dates.found_on)), ("案发地点", case.place)),
            )
        ),
        desk.party_rows(),
        Rows(
            (
                ((desk.label("案件基本情况"), desk.facts()),),
                (
                    (
                        desk.label("立案依据"),
                        (
                            f"{family.party}的行为涉嫌违反{case.cause.violated}的规定，符合《中华人民共和国行政处罚法》第五十四条"
                            "第二款规定的立案条件。"
                        ),
                    ),
                ),
            )
        ),
        Opinion(
            desk.label("经办机构负责人意见"),
            desk.pick("建议立案调查。", "拟立案，呈局领导审批。", "事实初步查明，建议立案。"),
            "签名：",
            case.agency.unit_head,
            desk.signed(dates.unit_head),
        ),
        head,
    ]
    return Paper("立案登记表", family.title("立案登记表"), blocks, dates.filed or dates.unit_head)


def authorisation(desk: Desk) -> Paper:
    """Write the power of attorney of a company's agent."""
    case = desk.case
    company, agent = case.company, case.agent
    assert company is not None
    assert agent is not None
    on = case.dates.interviewed or case.dates.found_on
    blocks: list[Block] = [
        desk.head("授权委托书"),
        Para(
            f"委托单位：{company.name}，统一社会信用代码：{company.credit_code}，住所：{company.address}，法定代表人："
            f"{company.representative}。"
        ),
        Para(
            f"受委托人：{agent.name}，{agent.role}，公民身份号码：{agent.id_number}，联系电话：{agent.phone}。"
        ),
        Para(
            f"现委托上述人员就我单位涉嫌{case.cause.name}一案代为办理下列事项：接受调查询问，提供证据材料，陈述、申辩，"
            "签收执法文书，缴纳罚款。委托期限至本案办结之日止。"
        ),
        Sign("法定代表人：", company.representative, desk.signed(on)),
        Sign("受委托人：", agent.name, desk.signed(on)),
        SealLine(company.name, desk.signed(on), "公章"),
    ]
    return Paper("授权委托书", "授权委托书", blocks, on)


def service_address(desk: Desk) -> Paper:
    """Write the confirmation of the address for service."""
    case = desk.case
    on = case.dates.interviewed or case.dates.found_on
    who = case.spokesman
    blocks: list[Block] = [
        desk.head("送达地址确认书"),
        Para(
            "为保证执法文书及时送达，当事人应当提供准确的送达地址；地址变更未告知的，依法承担不能收到文书的后果。"
        ),
        Rows(
            (
                (("当事人", case.party_name),),
                (("送达地址", case.party_address),),
                (("收件人", who.name), ("联系电话", who.phone)),
                (("电子送达", "□同意　■不同意，选择直接送达或者邮寄送达"),),
            )
        ),
        Para("以上内容由本人确认，真实有效。"),
        Sign("确认人签名：", who.name, desk.signed(on)),
        desk.officers_sign(on),
    ]
    return Paper("送达地址确认书", desk.family.title("送达地址确认书"), blocks, on)


def interview(
    desk: Desk, person: Person, start: datetime, minutes: int, *, open_end: bool = False
) -> Paper:
    """Write the record of one interview; `open_end` leaves the end of the time blank."""
    case = desk.case
    end = start + timedelta(minutes=minutes)
    ending = "　　时　　分" if open_end else clock(end)
    asker, writer = case.officers
    on = start.date()
    rows = Rows(
        (
            (
                (
                    desk.pick("询问时间", "起止时间", "时间"),
                    f"{desk.day(on)}{clock(start)}至{ending}　第1次询问",
                ),
            ),
            (
                (
                    desk.pick("询问地点", "询问地点", "地点"),
                    f"{case.agency.brigade}{case.squad}询问室",
                ),
            ),
            (("询问人", asker.name), ("执法证号", asker.cert_no)),
            (("记录人", writer.name), ("执法证号", writer.cert_no)),
            (("被询问人", person.name), ("身份证件号", person.id_number)),
            (("性别", person.sex), ("联系电话", person.phone)),
            ((desk.label("住址"), person.address), ("与本案关系", person.role)),
        )
    )
    opening = desk.pick(
        f"我们是{case.agency.name}的执法人员{asker.name}、{writer.name}，这是我们的执法证件，证号是{asker.cert_no}、"
        f"{writer.cert_no}（出示证件），请你过目。",
        f"我们是{case.agency.name}执法大队工作人员，我叫{asker.name}，他叫{writer.name}，执法证号分别为{asker.cert_no}和"
        f"{writer.cert_no}，现向你出示，你看清楚了吗？",
        f"（出示执法证）我是{asker.name}，证号{asker.cert_no}；这位是{writer.name}，证号{writer.cert_no}。现依法向你询问有关"
        "情况，你是否看清？",
    )
    lines = [(opening, desk.pick("看过了，没有异议。", "看清楚了。", "看清了。"))]
    if case.has("D-05"):
        lines.append(("你有陈述和申辩的权利，也应当如实回答我们的提问，听明白了吗？", "听明白了。"))
    else:
        lines.append(
            (
                desk.pick(
                    "依照法律规定，你有陈述、申辩的权利；认为我们与本案有直接利害关系的，你有权申请我们回避。你是否申请回避？",
                    "你可以陈述、申辩，如果觉得我们办这个案子不合适，可以提出让我们回避，你要提吗？",
                    "现告知你享有陈述、申辩以及申请回避的权利，同时负有如实回答的义务。是否申请回避？",
                ),
                desk.pick("我不申请回避。", "不用回避。", "不申请。"),
            )
        )
    lines += [
        (
            desk.pick("请介绍一下你的基本情况。", "说说你的个人情况。", "请陈述你的身份情况。"),
            _who(desk, person),
        )
    ]
    lines += _story(desk, person)
    lines.append(
        ("你还有其他需要补充的吗？", desk.pick("没有了。", "没有补充。", "没有，请从轻处理。"))
    )
    ask, answer = desk.pick("问：", "问：", "【问】"), desk.pick("答：", "答：", "【答】")
    signs = (
        (desk.pick("被询问人签名：", "被询问人：", "被询问人签字："), person.name),
        ("询问人：", asker.name),
        ("记录人：", writer.name),
    )
    blocks: list[Block] = [desk.head("询问笔录"), rows]
    for question, reply in lines:
        blocks += [Para(ask + question), Para(answer + reply)]
    blocks += [
        Para(
            desk.pick(
                "以上笔录我看过，与我说的一致。",
                "以上记录已向我宣读，和我讲的相符。",
                "本笔录经我阅读核对，与我所述一致，无误。",
            )
        ),
        Sign(signs[0][0], person.name, desk.signed(on)),
        Sign("询问人签名：", asker.name, desk.signed(on)),
        Sign("记录人签名：", writer.name, desk.signed(on)),
        Footing(signs),
    ]
    return Paper("询问笔录", "询问笔录", blocks, on)


def _who(desk: Desk, person: Person) -> str:
    case = desk.case
    born = f"{person.born_on.year}年{person.born_on.month}月{person.born_on.day}日出生"
    work = ""
    if case.company:
        work = f"，在{case.company.name}工作，是公司的{person.role}"
    return f"我叫{person.name}，{born}，住{person.address}，电话{person.phone}{work}。"


def _story(desk: Desk, person: Person) -> list[tuple[str, str]]:
    case = desk.case
    vehicle = case.vehicle
    when = f"{desk.day(case.dates.found_on)}{clock(case.dates.found)}许"
    place = case.place
    if case.agent and person.name == case.agent.name:
        return _story_of_agent(desk)
    if case.passenger and person.name == case.passenger.name:
        return [
            (f"{when}你乘坐的是什么车？", f"是一辆{vehicle.kind}，车牌是{vehicle.plate}。"),
            (
                "你和驾驶员认识吗？是怎么上车的？",
                f"不认识。我在{place}附近等车，他停下来问我去不去城里，我就上车了。",
            ),
            (
                "车费怎么谈的？付了没有？",
                f"说好每人{case.extra['fare']}元，到地方再付，还没有付就遇到检查了。",
            ),
        ]
    match case.cause.matter:
        case "overload":
            return [
                (
                    f"{when}，你驾驶的是什么车？装的什么货？",
                    f"我驾驶的是{vehicle.plate}号{vehicle.kind}，装的是{vehicle.cargo}。",
                ),
                (
                    "从哪里装货，运到哪里？",
                    f"从{case.extra['from']}装货，送到{case.extra['to']}，走到{place}被引导去称重。",
                ),
                (
                    "称重结果是多少？你对结果有没有异议？",
                    (
                        f"车货总质量{vehicle.weighed_kg}千克，这个车是{vehicle.axles}轴的，限{vehicle.limit_kg}千克，超了"
                        f"{vehicle.over_kg}千克。我看着称的，没有异议。"
                    ),
                ),
                ("有没有办理超限运输车辆通行证？", "没有办理。"),
                (
                    "超限的货物怎么处理的？",
                    f"当天就卸了一部分货，复称是{vehicle.after_kg}千克，不超了。",
                ),
            ]
        case "freight":
            return [
                (
                    f"{when}你在{place}做什么？",
                    f"我开{vehicle.plate}号{vehicle.kind}帮人拉{vehicle.cargo}。",
                ),
                (
                    "运费是怎么约定的？收到了没有？",
                    f"讲好运费{case.extra['fare']}元，货送到再结，钱还没有收到。",
                ),
                ("有没有办理道路运输经营许可证和车辆的道路运输证？", "都没有办理。"),
                ("该车的总质量是多少？", f"行驶证上写的总质量是{vehicle.total_mass_kg}千克。"),
                ("以前有没有因为同样的事情被处理过？", "没有，这是第一次。"),
            ]
        case "passenger":
            return [
                (
                    f"{when}你在{place}做什么？",
                    f"我开自己的{vehicle.plate}号{vehicle.kind}带了{case.extra['riders']}个人去城里。",
                ),
                ("你和车上的人是什么关系？", "都不认识，是在路边喊到的客人。"),
                ("车费怎么约定的？", f"每个人{case.extra['fare']}元，到了再给，还没有收钱。"),
                ("你有没有道路客运经营许可，车辆有没有营运证？", "都没有。"),
                ("你是否知道未经许可不能载客收费？", "以前听说过，没有当回事，我认识到错了。"),
            ]
        case "ridehailing":
            return [
                (
                    f"{when}你在{place}做什么？",
                    f"我用“{case.extra['platform']}”接单拉客，开的是{vehicle.plate}号{vehicle.kind}。",
                ),
                (
                    "车上乘客几人？车费多少？",
                    f"{case.extra['riders']}个人，是平台派的单，还没有到目的地，订单没有结算，没有收到钱。",
                ),
                ("你有没有网约车驾驶员证？", "驾驶员证有，已经给你们看过了。"),
                (
                    "这辆车有没有办理网络预约出租汽车运输证？",
                    "没有，车子是上个月才买的，还没来得及办。",
                ),
            ]
        case "inspection":
            return [
                (
                    f"{vehicle.plate}号车的检测有效期到什么时候？",
                    f"道路运输证上写的是到{case.extra['expired']}，已经过期了。",
                ),
                ("为什么没有按期检测？", "最近生意忙，把时间忘了。"),
                (
                    "过期以后这辆车还在跑运输吗？",
                    f"在跑，{desk.day(case.dates.found_on)}那天就是在跑业务。",
                ),
                (
                    "现在是否已经检测？",
                    f"已经约了检测站，{desk.day(case.dates.corrected or case.dates.found_on)}前会做完。",
                ),
            ]
        case "qualification":
            return [
                (f"{when}你在{place}做什么？", f"我开{vehicle.plate}号{vehicle.kind}送货。"),
                ("该车总质量是多少？", f"总质量{vehicle.total_mass_kg}千克。"),
                ("你有没有货运驾驶员从业资格证？", "没有考过，只有驾驶证。"),
                ("开了多长时间？", "刚开了两天，是临时帮忙的。"),
            ]
        case "spill":
            return [
                (
                    f"{when}你在{place}做什么？",
                    f"我开{vehicle.plate}号{vehicle.kind}运{vehicle.cargo}。",
                ),
                (f"{vehicle.cargo}为什么会洒到路上？", "篷布没有盖严，路上颠簸掉了一些。"),
                ("现在清理了没有？", "当场就和养护工人一起扫干净了，篷布也重新盖好了。"),
                ("以前有没有因为同样的事情被处理过？", "没有，第一次。"),
            ]


def _story_of_agent(desk: Desk) -> list[tuple[str, str]]:
    case = desk.case
    vehicle = case.vehicle
    when = desk.day(case.dates.found_on)
    rows = [
        (
            "你受谁的委托来处理此事？",
            f"受{case.party_name}委托，这是授权委托书和公司营业执照复印件。",
        ),
        (
            f"{vehicle.plate}号车是不是你公司的？",
            f"是我公司的车，驾驶员{case.person.name}也是公司聘用的。",
        ),
    ]
    match case.cause.matter:
        case "overload":
            rows += [
                (
                    f"{when}该车超限运输的情况你是否清楚？",
                    f"清楚，称重{vehicle.weighed_kg}千克，超限{vehicle.over_kg}千克，公司没有异议。",
                ),
                ("这趟运输是谁安排的？", "是公司调度安排的，装货的时候没有过磅。"),
            ]
        case "freight":
            rows += [
                ("公司有没有办理道路运输经营许可证？", "没有办理，原来以为给自己客户送货不用办。"),
                ("这一趟收取运费没有？", f"约定{case.extra['fare']}元，还没有收。"),
            ]
        case "inspection":
            rows += [
                (
                    "车辆检测过期的情况你是否清楚？",
                    f"清楚，{case.extra['expired']}到期，公司管理疏忽，没有安排检测。",
                ),
                (f"{when}该车是否在从事运输？", "是的，当天有运输任务。"),
            ]
        case _:
            rows.append(("对检查情况有无异议？", "没有异议。"))
    rows.append(("公司对处理有什么意见？", "认识到错误，已经开会整改，接受处理。"))
    return rows


def interviews(desk: Desk) -> list[Paper]:
    """Write all interviews of the case, one after another, never two at a time."""
    case = desk.case
    if case.dates.interviewed is None:
        return []
    day = case.dates.interviewed
    first = datetime(day.year, day.month, day.day, 9, 10)  # noqa: DTZ001 - local time of a paper
    open_end = case.has("D-12")
    papers = [interview(desk, case.person, first, 35, open_end=open_end)]
    if case.agent:
        papers.append(interview(desk, case.agent, first + timedelta(minutes=62), 28))
    if case.passenger:
        witness = replace(case.passenger)
        papers.append(interview(desk, witness, first + timedelta(minutes=70), 20))
    return papers
