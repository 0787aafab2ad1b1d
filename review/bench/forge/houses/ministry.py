"""House one: the ministry's printed forms filled in by computer, A4, song type, ruled tables."""

from __future__ import annotations

from datetime import date, datetime

import cn2an

from review.bench.forge.paper import Block, Form, Gap, Look, Paper, Para, Picture, Seal, Title
from review.bench.forge.story import Story, Talk

LOOK = Look(
    body="song",
    head="song",
    hand="song",
    size=11.5,
    leading=19,
    margins=(68, 62, 60, 60),
    foot="第 {page} 页",
)
FORM = (0.2, 0.3, 0.2, 0.3)


def _d(day: date | None) -> str:
    return f"{day.year}年{day.month:02d}月{day.day:02d}日" if day else "　　年　月　日"


def _t(at: datetime) -> str:
    return f"{_d(at.date())}{at.hour:02d}时{at.minute:02d}分"


def _span(start: datetime, end: datetime | None) -> str:
    tail = f"{end.hour:02d}时{end.minute:02d}分" if end else "　时　分"
    return f"{_t(start)}至{tail}"


def _fine(yuan: int, digits: int | None = None) -> str:
    words = cn2an.an2cn(yuan, "rmb")
    return f"{words}（¥{yuan if digits is None else digits:,}.00）"


def _no(story: Story) -> Para:
    return Para(f"案号：{story.case_no}", indent=False, align="right")


def _party_rows(story: Story) -> list[tuple[str, ...]]:
    p = story.party
    one = p.kind == "citizen"
    person = p.person
    return [
        ("个人", "姓名", p.name if one else "／", "性别", person.sex if one and person else "／"),
        ("", "住址", p.address if one else "／", "身份证件号", p.number if one else "／"),
        ("单位", "名称", "／" if one else p.name, "法定代表人", "／" if one else p.representative),
        ("", "地址", "／" if one else p.address, "联系电话", p.phone if not one else "／"),
        ("", "统一社会信用代码", "／" if one else p.number),
    ]


def told(story: Story, *, plate: str = "", weighed: int | None = None) -> str:
    kg = story.weighed if weighed is None else weighed
    when = story.act_at
    body = story.cause.told.format(
        who="当事人" if story.party.kind == "citizen" else f"驾驶人{story.driver.name}",
        party=story.party.name,
        plate=plate or story.plate,
        trailer=story.trailer,
        place=story.place,
        kg=f"{kg}kg",
        limit=f"{story.limit}kg",
        over=f"{kg - story.limit}kg",
        axles=story.axles,
    )
    tail = ""
    if story.party.kind != "citizen" and story.cause.vehicle:
        tail = f"，该车系{story.party.name}所有并由其经营"
    return f"{_d(story.day_of_act)}{when.hour:02d}时{when.minute:02d}分许，{body}{tail}"


def _filing(story: Story) -> Paper:
    handlers = story.says("经办人", "、".join(each.name for each in story.officers))
    order = f"同意立案。由{handlers}承办。" if handlers else "同意立案。"
    signed = f"签名：{story.head}　　时间：{_d(story.filed_on)}"
    if not story.has("批准栏"):
        order, signed = "", "签名：　　　　时间：　　年　月　日"
    rows = [
        (
            "案件来源",
            "■行政检查发现　□举报核实　□上级交办　□下级报请　□部门移送　□其他途径",
        ),
        ("案由", f"{story.party.name}涉嫌{story.cause.name}案"),
        ("受案时间", _d(story.registered_on)),
    ]
    tail = [
        ("案件基本情况", f"{told(story)}。"),
        (
            "立案依据",
            f"当事人的行为涉嫌违反{story.cause.violated}，依据《中华人民共和国行政处罚法》第五十四条的规定，应予立案。",
        ),
        (
            "经办机构负责人意见",
            f"建议立案调查。签名：{story.chief}　　时间：{_d(story.chief_on)}",
        ),
        ("负责人审批意见", f"{order}{signed}"),
        ("备注", ""),
    ]
    blocks: list[Block] = [
        Title("立案登记表"),
        _no(story),
        Form((0.2, 0.8), tuple(rows)),
        Form((0.08, 0.2, 0.3, 0.17, 0.25), tuple(_party_rows(story))),
        Form((0.2, 0.8), tuple(tail)),
    ]
    return Paper("立案登记表", "立案登记表", blocks, story.filed_on)


def _scene(story: Story) -> Paper:
    a, b = story.officers
    signers = story.says("现场签名", story.officers)
    steps = []
    if story.has("亮证"):
        steps.append(
            f"执法人员{a.name}、{b.name}向当事人出示了执法证件（证号分别为{a.number}、{b.number}），"
            "表明身份，说明检查事由。"
        )
    else:
        steps.append("执法人员说明检查事由。")
    if story.has("回避"):
        steps.append("告知当事人享有申请回避的权利，当事人明确表示不申请回避。")
    steps.append(f"经检查：{told(story)}。")
    if story.trailer:
        steps.append("现场拍摄照片四张，全程录音录像。")
    if story.seized_at:
        steps.append(
            "因无法当场提供其他有效证明，经批准对该车予以扣押，当场告知了理由、依据以及依法享有的权利、救济途径，"
            "听取了当事人的陈述和申辩，当事人无异议。"
        )
    steps.append("当事人对上述情况无异议。")
    rows = (
        ("执法地点", story.place, "执法时间", _span(story.act_at, story.scene_ended_at)),
        ("执法人员", a.name, "执法证号", a.number),
        ("", b.name, "执法证号", b.number),
        ("记录人", b.name, "与案件关系", "驾驶员" if story.cause.vehicle else "现场负责人"),
        ("现场人员", story.driver.name, "身份证件号", story.driver.id_no),
        ("联系电话", story.driver.phone, "车（船）号", story.plate or "／"),
        ("联系地址", story.driver.address),
        ("主要内容", "　　" + "\n　　".join(steps)),
        ("", "■上述笔录我已看过　□或已向我宣读过，情况属实无误。"),
        ("现场人员签名及时间", f"{story.driver.name}　　{_d(story.act_at.date())}"),
        (
            "执法人员签名及时间",
            f"{'　'.join(each.name for each in signers)}　　{_d(story.act_at.date())}",
        ),
    )
    blocks: list[Block] = [Title("现场笔录"), _no(story), Form(FORM, rows)]
    return Paper("现场笔录", "现场笔录", blocks, story.act_at.date())


def _interview(story: Story, talk: Talk, order: int) -> Paper:
    a, b = talk.officers
    head = (
        ("询问时间", _span(talk.started_at, talk.ended_at)),
        ("询问地点", story.agency.squad + "询问室"),
    )
    who = talk.person.name + (f"、{talk.also.name}" if talk.also else "")
    grid = (
        ("询问人", a.name, "记录人", b.name),
        ("被询问人", who, "与案件关系", talk.role),
        ("性别", talk.person.sex, "身份证件号", talk.person.id_no),
        ("联系电话", talk.person.phone, "住址", talk.person.address),
        ("工作单位及职务", "／" if story.party.kind == "citizen" else story.party.name),
    )
    lines = []
    if story.has("亮证询问"):
        lines.append(
            f"问：我们是{story.agency.name}的执法人员{a.name}、{b.name}，这是我们的执法证件，"
            f"执法证号分别是{a.number}、{b.number}，请你确认。"
        )
        lines.append("答：好的，我已看清。")
    if story.has("回避"):
        lines.append(
            "问：你有权申请执法人员回避，如认为我们与本案有直接利害关系可以提出，你是否申请回避？"
        )
        lines.append("答：不申请。")
    lines.append("问：你应当如实回答询问，并享有陈述、申辩的权利，清楚了吗？")
    lines.append("答：清楚。")
    lines.append("问：请说明你的基本情况。")
    lines.append(f"答：我叫{talk.person.name}，{talk.role}，住{talk.person.address}。")
    lines.append("问：请讲一下事情经过。")
    lines.append(
        f"答：就是{_d(story.day_of_act)}那天，{story.says('供述', '和你们现场笔录上写的一样')}。"
    )
    for ask, answer in story.cause.asked:
        lines += [f"问：{ask}", f"答：{answer}"]
    lines += [
        f"{'问' if i % 2 == 0 else '答'}：{each}" for i, each in enumerate(story.says("补问", ()))
    ]
    lines += ["问：你还有什么需要补充的吗？", "答：没有。"]
    lines.append("以上笔录我已看过，与我说的一致。")
    signed = story.has("被询问人签名")
    foot = f"被询问人签名：{who if signed else '　　　　'}　　{_d(talk.started_at.date())}"
    blocks: list[Block] = [
        Title("询问笔录"),
        _no(story),
        Para(f"（第{'一二三四'[order]}次询问）", indent=False, align="center"),
        Form((0.2, 0.8), head),
        Form(FORM, grid),
        *(Para(each) for each in lines),
        Gap(10),
        Para(foot, indent=False),
        Para(
            f"询问人签名：{a.name}　　记录人签名：{b.name}　　{_d(talk.started_at.date())}",
            indent=False,
        ),
    ]
    return Paper("询问笔录", "询问笔录", blocks, talk.started_at.date())


def _photos(story: Story) -> Paper:
    note: tuple[str, ...] = ()
    if story.has("照片说明"):
        note = (
            f"拍摄时间：{_t(story.act_at)}　拍摄地点：{story.place}",
            f"拍摄人：{story.officers[0].name}　说明：{story.plate or story.party.name}现场情况",
        )
    blocks: list[Block] = [Title("现场照片"), Picture(note), Gap(12), Picture(note)]
    return Paper("现场照片", "现场照片", blocks, None)


def _slip(story: Story) -> list[Paper]:
    at = story.act_at
    slip: list[Block] = [
        Title("车辆称重检测单"),
        Form(
            FORM,
            (
                ("检测时间", _t(at), "检测站点", story.place),
                ("车牌号码", story.plate, "轴数", f"{story.axles}轴"),
                ("总质量", f"{story.weighed}kg", "限定标准", f"{story.limit}kg"),
                ("超限重量", f"{story.weighed - story.limit}kg", "设备编号", "QDC-0917"),
                ("驾驶人签名", story.driver.name, "检测人员", story.officers[0].name),
            ),
        ),
    ]
    after: list[Block] = [
        Title("车辆卸载复磅单"),
        Form(
            FORM,
            (
                ("复检时间", _d(at.date()), "车牌号码", story.plate),
                ("复检总质量", f"{story.limit - 400}kg", "结论", "符合限定标准"),
            ),
        ),
    ]
    valid = story.says("检定有效期", date(at.year + 1, 1, 30))
    device: list[Block] = [
        Title("检定证书"),
        Form(
            FORM,
            (
                ("器具名称", "固定式电子汽车衡", "出厂编号", "QDC-0917"),
                ("送检单位", story.agency.name, "检定结论", "合格"),
                ("检定日期", _d(date(valid.year - 1, 12, 31)), "有效期至", _d(valid)),
            ),
        ),
        Para("经核对，此件与原件一致。"),
    ]
    return [
        Paper("称重检测单", "车辆称重检测单", slip, at.date()),
        Paper("卸载复磅单", "车辆卸载复磅单", after, at.date()),
        Paper("计量检定证书复印件", "检定证书", device, None),
    ]


def _copies(story: Story) -> list[Paper]:
    p = story.party
    mark = (
        f"此复印件与原件核对无误。提供人：{(p.agent or story.driver).name}　核对人：{story.officers[0].name}、"
        f"{story.officers[1].name}　{_d(story.filed_on)}"
        if story.has("核对")
        else ""
    )
    papers = []
    if p.kind != "citizen":
        licence: list[Block] = [
            Title("营业执照（副本）"),
            Form(
                (0.3, 0.7),
                (
                    ("统一社会信用代码", p.number),
                    ("名称", story.says("执照名称", p.name)),
                    ("类型", "有限责任公司"),
                    ("法定代表人", p.representative),
                    ("住所", p.address),
                ),
                ruled=False,
            ),
            Para(mark),
        ]
        papers.append(Paper("营业执照复印件", "营业执照（副本）", licence))
        agent = p.agent
        assert agent is not None
        power: list[Block] = [
            Title("授权委托书"),
            Para(f"委托单位：{p.name}　法定代表人：{p.representative}", indent=False),
            Para(f"受委托人：{agent.name}，{agent.sex}，身份证件号{agent.id_no}。"),
            Para(
                f"现委托上列受委托人在我单位{story.cause.name}一案中作为代理人，代为接受调查、陈述申辩、签收文书、缴纳罚款。"
            ),
            Para(f"委托单位：{p.name}（盖章）", indent=False, align="right"),
            Para(_d(story.filed_on), indent=False, align="right"),
        ]
        papers.append(Paper("授权委托书", "授权委托书", power, story.filed_on))
    card: list[Block] = [
        Title("身份证复印件"),
        Picture(
            (
                f"姓名 {story.driver.name}　性别 {story.driver.sex}",
                f"公民身份号码 {story.driver.id_no}",
            )
        ),
        Para(mark),
    ]
    papers.append(Paper("身份证复印件", "身份证复印件", card))
    if story.plate and story.cause.vehicle != "ship":
        book: list[Block] = [
            Title("机动车行驶证"),
            Form(
                FORM,
                (
                    ("号牌号码", story.plate, "车辆类型", story.says("车型", _kind(story))),
                    (
                        "所有人",
                        story.says("车主", p.name),
                        "使用性质",
                        "货运" if story.cause.vehicle == "truck" else "非营运",
                    ),
                    ("住址", p.address),
                    ("总质量", story.says("总质量", "18000kg")),
                ),
            ),
            Para(mark),
        ]
        papers.append(Paper("行驶证复印件", "机动车行驶证", book))
    return papers


def _kind(story: Story) -> str:
    if story.cause.key == "overload":
        return "重型半挂牵引车"
    return {"truck": "重型厢式货车", "bus": "小型普通客车"}.get(story.cause.vehicle, "小型轿车")


def _correction(story: Story) -> Paper:
    blocks: list[Block] = [
        Title("责令改正违法行为通知书"),
        _no(story),
        Para(f"当事人（个人姓名或单位名称）：{story.party.name}", indent=False),
        Para(f"经调查，你（单位）存在下列违法事实：{told(story)}。"),
        Para(
            f"根据{story.cause.violated}的规定，现责令你（单位）■立即予以改正。□在　年　月　日前改正或者整改完毕。"
            f"改正内容：{story.cause.done}。"
        ),
        Para(
            f"如果不服本决定，可以在收到本通知书之日起六十日内向{story.agency.government}申请行政复议，"
            f"或者在六个月内依法向{story.agency.court}提起行政诉讼。"
        ),
        Para(
            f"当事人或其代理人签名：{story.driver.name}　　执法人员签名：{story.officers[0].name}　{story.officers[1].name}",
            indent=False,
        ),
        Gap(14),
        Para(story.agency.name, indent=False, align="right"),
        Seal(story.agency.name),
        Para(_d(story.act_at.date()), indent=False, align="right"),
        Para("（本文书一式两份：一份存根，一份交当事人或其代理人。）", indent=False, small=True),
    ]
    return Paper("责令改正违法行为通知书", "责令改正违法行为通知书", blocks, story.act_at.date())


def _report(story: Story) -> Paper:
    evidence = _evidence(story)
    rows = (
        ("案由", f"{story.party.name}涉嫌{story.cause.name}案"),
        (
            "案件调查经过及违法事实",
            f"　　{_d(story.filed_on)}立案后，办案人员依法开展调查。现查明：{told(story)}。",
        ),
        ("证据材料", evidence),
        (
            "调查结论和处理意见",
            f"当事人的行为违反了{story.cause.violated}的规定，依据{story.cause.basis}，{story.says('裁量', '综合违法情节')}，建议处以{_fine(story.fine_notified)}罚款。执法人员签名：{story.officers[0].name}、{story.officers[1].name}　{_d(story.report_on)}",
        ),
        (
            "经办机构负责人意见",
            f"同意办案人员意见。签名：{story.chief}　{_d(story.report_on)}",
        ),
    )
    blocks: list[Block] = [Title("案件调查报告"), _no(story), Form((0.2, 0.8), rows)]
    return Paper("案件调查报告", "案件调查报告", blocks, story.report_on)


def _evidence(story: Story) -> str:
    found = ["现场笔录一份", f"询问笔录{len(story.talks)}份", "现场照片两张"]
    if story.weighed:
        found += ["车辆称重检测单一份", "检定证书复印件一份"]
    found.append("营业执照复印件一份" if story.party.kind != "citizen" else "身份证复印件一份")
    return "；".join(f"{i}.{each}" for i, each in enumerate(found, 1)) + "。"


def _legal(story: Story, day: date, *, after_hearing: bool = False) -> Paper:
    reviewer = story.says("审核人", story.jurist)
    opinion = story.says(
        "审核意见",
        "主体合法，执法人员具备资格；程序合法；事实清楚，证据充分；适用法律准确，裁量适当；未超越权限；文书规范；不涉嫌犯罪。同意办案机构处理意见。",
    )
    rows = (
        ("案件名称", f"{story.party.name}{story.cause.name}案"),
        ("提请审核部门", story.agency.squad),
        ("拟处理意见", f"罚款{_fine(story.fine_notified if not after_hearing else story.fine)}"),
        ("法制审核意见", f"{opinion}审核人：{reviewer}　审核日期：{_d(day)}"),
    )
    blocks: list[Block] = [Title("法制审核意见书"), _no(story), Form((0.2, 0.8), rows)]
    return Paper("法制审核意见书", "法制审核意见书", blocks, day)


def _notice(story: Story) -> Paper:
    basis = story.cause.basis if story.has("告知依据") else "有关规定"
    amount = _fine(story.fine_notified) if story.has("拟罚数额") else "罚款"
    propose = f"罚款{amount}" if story.has("拟罚数额") else "相应行政处罚"
    hearing = story.has("听证告知")
    mark = "■" if hearing else "□"
    blocks: list[Block] = [
        Title("违法行为通知书"),
        _no(story),
        Para(f"当事人（个人姓名或单位名称）：{story.party.name}", indent=False),
        Para(
            f"经调查，本机关认为你（单位）的行为：{told(story)}，涉嫌{story.cause.name}，"
            f"违反了{story.cause.violated}的规定，依据{basis}的规定，本机关拟作出{propose}的处罚决定。"
        ),
        Para(
            story.says(
                "权利",
                "■根据《中华人民共和国行政处罚法》第四十四条、第四十五条的规定，你（单位）如对该处罚意见有异议，"
                "可向本机关提出陈述申辩，本机关将依法予以核实。",
            )
        ),
        Para(
            f"{mark}根据《中华人民共和国行政处罚法》第六十三条、第六十四条的规定，你（单位）有权在收到本通知书之日起五日内"
            "向本机关要求举行听证；逾期不要求举行听证的，视为你（单位）放弃听证的权利。"
        ),
        Para("（注：在序号前□内打“■”的为当事人享有该权利。）", small=True),
        Para(
            f"联系地址：{story.agency.squad}　联系人：{story.officers[0].name}　联系电话：0990-8100000",
            indent=False,
        ),
        Gap(16),
        Para(story.agency.name, indent=False, align="right"),
        Seal(story.agency.name),
        Para(_d(story.notice_on), indent=False, align="right"),
        Para("（本文书一式两份：一份存根，一份交当事人或其代理人。）", indent=False, small=True),
    ]
    return Paper("违法行为通知书", "违法行为通知书", blocks, story.notice_on)


def _service(story: Story, title: str, day: date, key: str) -> Paper:
    p = story.party
    receiver = story.says(f"{key}收件人", (p.agent or story.driver).name)
    method = story.says(f"{key}方式", "直接送达")
    servers = story.says(f"{key}送达人", "、".join(each.name for each in story.officers))
    when = story.says(f"{key}时间", f"{_d(day)}")
    note = story.says(f"{key}备注", "" if p.kind == "citizen" else "收件人系受送达单位委托代理人")
    rows = (
        ("送达文书名称、文号", "收件人签名（盖章）", "送达地点", "送达日期", "送达方式", "送达人"),
        (
            f"{title}{story.says(key + '文号', story.case_no)}",
            receiver,
            story.says(f"{key}地点", story.agency.squad),
            when,
            method,
            servers,
        ),
        ("", "", "", "", "", ""),
    )
    blocks: list[Block] = [
        Title("送达回证"),
        Para(f"案号：{story.says(key + '案号', story.case_no)}", indent=False, align="right"),
        Para(f"受送达人：{p.name}", indent=False),
        Form((0.24, 0.16, 0.18, 0.16, 0.12, 0.14), rows, head=True),
        Form((0.2, 0.8), (("备注", note),)),
        Gap(12),
        Para(f"{story.agency.name}（印章）", indent=False, align="right"),
        Seal(story.agency.name),
    ]
    return Paper("送达回证", "送达回证", blocks, day)


def _defence(story: Story) -> list[Paper]:
    papers = []
    p = story.party
    if story.defence_on:
        plea: list[Block] = [
            Title("陈述申辩书"),
            Para(f"{story.agency.name}：", indent=False),
            Para(
                f"贵机关{_d(story.notice_on)}的违法行为通知书已收到。我方对事实没有意见，但是经营困难，请求从轻处罚。"
            ),
            Para(f"陈述申辩人：{p.name}", indent=False, align="right"),
            Para(_d(story.defence_on), indent=False, align="right"),
        ]
        papers.append(Paper("陈述申辩书", "陈述申辩书", plea, story.defence_on))
        if story.defence_reviewed_on:
            answer: list[Block] = [
                Title("陈述申辩复核意见书"),
                _no(story),
                Para(f"当事人{p.name}于{_d(story.defence_on)}提出陈述申辩，理由为经营困难。"),
                Para(
                    story.says("复核", "经复核，当事人所提理由不属于法定从轻、减轻情形，不予采纳。")
                ),
                Para(
                    f"复核人：{story.chief}　{_d(story.defence_reviewed_on)}",
                    indent=False,
                    align="right",
                ),
            ]
            papers.append(
                Paper("陈述申辩复核意见书", "陈述申辩复核意见书", answer, story.defence_reviewed_on)
            )
    if story.waiver_on:
        gone: list[Block] = [
            Title("放弃陈述、申辩和听证权利声明书"),
            Para(f"{story.agency.name}：", indent=False),
            Para(
                f"我（单位）已收到贵机关{_d(story.notice_on)}送达的《违法行为通知书》（{story.case_no}），"
                "对认定的事实和拟作处罚没有异议，自愿放弃陈述、申辩以及要求听证的权利。"
            ),
            Para(
                f"声明人：{(p.agent or story.driver).name}　{_d(story.waiver_on)}",
                indent=False,
                align="right",
            ),
        ]
        papers.append(
            Paper("放弃陈述申辩声明", "放弃陈述、申辩和听证权利声明书", gone, story.waiver_on)
        )
    return papers


def _hearing(story: Story) -> list[Paper]:
    if story.hearing_on is None or story.hearing_told_on is None or story.hearing_asked_on is None:
        return []
    p = story.party
    host = story.says("主持人", story.host)
    ask: list[Block] = [
        Title("听证申请书"),
        Para(f"{story.agency.name}：", indent=False),
        Para("我方收到违法行为通知书后，对拟处罚款数额有异议，现申请听证。"),
        Para(f"申请人：{p.name}　{_d(story.hearing_asked_on)}", indent=False, align="right"),
    ]
    note: list[Block] = [
        Title("听证通知书"),
        _no(story),
        Para(f"{p.name}：", indent=False),
        Para(
            f"根据你（单位）申请，关于{story.cause.name}一案，现定于{_d(story.hearing_on)}09时30分在{story.agency.squad}会议室公开举行听证会，请准时出席。"
        ),
        Para(f"听证主持人姓名：{host}　记录员姓名：{story.clerk}"),
        Para("根据《中华人民共和国行政处罚法》第六十四条规定，你（单位）可以申请听证主持人回避。"),
        Para(story.agency.name, indent=False, align="right"),
        Seal(story.agency.name),
        Para(_d(story.hearing_told_on), indent=False, align="right"),
        Para("（本文书一式两份：一份存根，一份交当事人或其代理人。）", indent=False, small=True),
    ]
    record: list[Block] = [
        Title("听证笔录"),
        _no(story),
        Form(
            FORM,
            (
                ("案件名称", f"{p.name}{story.cause.name}案"),
                ("主持听证机关", story.agency.name),
                ("听证地点", story.agency.squad + "会议室"),
                ("听证时间", f"{_d(story.hearing_on)}09时30分至10时45分"),
                ("主持人", host, "记录员", story.clerk),
                ("执法人员", story.officers[0].name, "执法证号", story.officers[0].number),
                ("", story.officers[1].name, "执法证号", story.officers[1].number),
                ("当事人", p.name, "委托代理人", p.agent.name if p.agent else "／"),
            ),
        ),
        Para("主持人：现在核对参加人身份，宣布听证纪律，告知权利义务，是否申请回避？"),
        Para("当事人：不申请回避。"),
        Para(f"执法人员：{told(story)}。建议处以罚款{_fine(story.fine_notified)}。"),
        Para("当事人：对事实没有异议，请求减少罚款。"),
        Para("主持人：听证到此结束。"),
        Para(
            f"当事人或其委托代理人签名：{(p.agent or story.driver).name}　主持人签名：{host}　记录员签名：{story.clerk}",
            indent=False,
        ),
    ]
    report: list[Block] = [
        Title("听证报告书"),
        _no(story),
        Form(
            (0.2, 0.8),
            (
                ("案件名称", f"{p.name}{story.cause.name}案"),
                ("听证基本情况", f"{_d(story.hearing_on)}举行听证，各方陈述、质证。"),
                ("处理意见和建议", "事实清楚，证据充分，建议维持拟处罚意见。"),
                ("听证主持人签名", f"{host}　{_d(story.hearing_report_on)}"),
            ),
        ),
    ]
    papers = [
        Paper("听证申请书", "听证申请书", ask, story.hearing_asked_on),
        Paper("听证通知书", "听证通知书", note, story.hearing_told_on),
        _service(story, "听证通知书", story.hearing_told_on, "听证"),
        Paper("听证笔录", "听证笔录", record, story.hearing_on),
        Paper("听证报告书", "听证报告书", report, story.hearing_report_on),
    ]
    if story.second_legal_on:
        papers.append(_legal(story, story.second_legal_on, after_hearing=True))
    return papers


def _seizure(story: Story) -> list[Paper]:
    at = story.seized_at
    if at is None or story.seizure_approved_at is None or story.seized_until is None:
        return []
    approval: list[Block] = [
        Title("行政强制措施审批表"),
        _no(story),
        Form(
            (0.2, 0.8),
            (
                ("当事人", story.party.name),
                ("拟采取措施", f"扣押{story.plate}车辆"),
                (
                    "理由及依据",
                    "该车无车辆营运证且不能当场提供其他有效证明，《中华人民共和国道路运输条例》第六十二条",
                ),
                (
                    "执法人员意见",
                    f"建议扣押。{story.officers[0].name}、{story.officers[1].name}　{_t(story.seizure_approved_at)}",
                ),
                ("负责人审批意见", f"同意。签名：{story.head}　{_t(story.seizure_approved_at)}"),
            ),
        ),
    ]
    order: list[Block] = [
        Title("行政强制措施决定书"),
        _no(story),
        Para(
            f"当事人（个人姓名或单位名称）：{story.party.name}　地址：{story.party.address}",
            indent=False,
        ),
        Para(
            f"因你（单位）涉嫌{story.cause.name}，依据《中华人民共和国道路运输条例》第六十二条的规定，决定对{story.plate}车辆采取扣押的行政强制措施，"
            f"期限为30日，自{_d(at.date())}起至{_d(story.seized_until)}止。"
        ),
        Para(
            f"如不服本决定，可以在收到本决定书之日起六十日内向{story.agency.government}申请行政复议，或者在六个月内依法向{story.agency.court}提起行政诉讼。"
        ),
        Para("附：查封（扣押）物品清单", indent=False),
        Para(story.agency.name, indent=False, align="right"),
        Seal(story.agency.name),
        Para(_d(at.date()), indent=False, align="right"),
    ]
    things: list[Block] = [
        Title("查封（扣押）物品清单"),
        _no(story),
        Form(
            (0.1, 0.3, 0.25, 0.15, 0.2),
            (
                ("序号", "物品名称", "规格", "数量", "备注"),
                ("1", "车辆", story.plate, "1辆", "完好"),
                ("2", "车钥匙", "／", "1把", ""),
            ),
            head=True,
        ),
        Para(
            f"当事人签名：{story.driver.name}　执法人员签名：{story.officers[0].name}　{story.officers[1].name}　{_d(at.date())}",
            indent=False,
        ),
    ]
    papers = [
        Paper(
            "行政强制措施审批表", "行政强制措施审批表", approval, story.seizure_approved_at.date()
        ),
        Paper("行政强制措施决定书", "行政强制措施决定书", order, at.date()),
    ]
    if story.has("清单"):
        papers.append(Paper("暂扣物品清单", "查封（扣押）物品清单", things, at.date()))
    if story.extended_to:
        longer: list[Block] = [
            Title("延长行政强制措施期限通知书"),
            _no(story),
            Para(f"当事人（个人姓名或单位名称）：{story.party.name}", indent=False),
            Para(
                f"因案情复杂，依据《中华人民共和国行政强制法》第二十五条的规定，经负责人批准，决定将扣押{story.plate}车辆的期限延长至{_d(story.extended_to)}。"
            ),
            Para(story.agency.name, indent=False, align="right"),
            Seal(story.agency.name),
            Para(_d(story.seized_until), indent=False, align="right"),
        ]
        papers.append(
            Paper(
                "延长行政强制措施期限通知书",
                "延长行政强制措施期限通知书",
                longer,
                story.seized_until,
            )
        )
    if story.released_on:
        free: list[Block] = [
            Title("解除行政强制措施决定书"),
            _no(story),
            Para(f"当事人（个人姓名或单位名称）：{story.party.name}", indent=False),
            Para(
                f"我单位于{_d(at.date())}对你（单位）的{story.plate}车辆采取扣押措施，现依据《中华人民共和国行政强制法》第二十八条的规定，决定自{_d(story.released_on)}起解除该行政强制措施。"
            ),
            Para(f"当事人签名：{story.driver.name}　{_d(story.released_on)}", indent=False),
            Para(story.agency.name, indent=False, align="right"),
            Seal(story.agency.name),
            Para(_d(story.released_on), indent=False, align="right"),
        ]
        papers.append(
            Paper("解除行政强制措施决定书", "解除行政强制措施决定书", free, story.released_on)
        )
    tapes: list[Block] = [
        Title("视音频资料清单"),
        Form(
            (0.12, 0.3, 0.38, 0.2),
            (
                ("序号", "文件名", "内容及起止时间", "制作人"),
                (
                    "1",
                    f"{at:%Y%m%d}_0093_1.mp4",
                    f"现场检查、告知、扣押全过程，{_t(story.act_at)}至{_t(story.scene_ended_at)}，连续无中断",
                    story.officers[0].name,
                ),
            ),
            head=True,
        ),
    ]
    papers.append(Paper("视音频资料清单", "视音频资料清单", tapes, at.date()))
    return papers


def _discussion(story: Story) -> Paper:
    day = story.discussed_on
    assert day is not None
    said = story.says(
        "讨论意见", ("证据之间能够相互印证，数额在幅度以内", "当事人态度配合，赞成拟处理意见")
    )
    blocks: list[Block] = [
        Title("重大案件集体讨论记录"),
        _no(story),
        Form(
            FORM,
            (
                ("案件名称", f"{story.party.name}{story.cause.name}案"),
                ("讨论时间", f"{_d(day)}15时00分至15时40分", "地点", "三楼会议室"),
                ("主持人", story.head, "记录人", story.clerk),
                (
                    "出席人员",
                    f"{story.head}（局长）、{story.deputy}（副局长）、{story.chief}（大队长）",
                ),
            ),
        ),
        Para(f"{story.officers[0].name}汇报案情：{told(story)}。拟罚款{_fine(story.fine)}。"),
        Para(f"{story.deputy}：{said[0]}。"),
        Para(f"{story.chief}：{said[1]}。"),
        Para(f"结论性意见：同意对当事人处以{_fine(story.fine)}罚款。"),
        Para(f"出席人员签名：{story.head}　{story.deputy}　{story.chief}", indent=False),
    ]
    return Paper("重大案件集体讨论记录", "重大案件集体讨论记录", blocks, day)


def _approval(story: Story) -> Paper:
    what = f"处以{_fine(story.fine)}罚款" if story.procedure != "waived" else "不予行政处罚"
    rows = (
        ("案由", f"{story.party.name}{story.cause.name}案"),
        ("违法事实", f"{told(story)}。"),
        ("处理依据", f"{story.cause.violated}、{story.cause.basis}"),
        (
            "承办人意见",
            f"建议{what}。{story.officers[0].name}、{story.officers[1].name}　{_d(story.approved_on)}",
        ),
        ("经办机构负责人意见", f"拟同意。{story.chief}　{_d(story.approved_on)}"),
        ("负责人意见", f"同意{what}。{story.head}　{_d(story.approved_on)}"),
    )
    blocks: list[Block] = [Title("案件处理意见书"), _no(story), Form((0.2, 0.8), rows)]
    return Paper("案件处理审批表", "案件处理意见书", blocks, story.approved_on)


def _remedies(story: Story, *, on_spot: bool = False) -> str:
    g, up, court = story.agency.government, story.agency.superior, story.agency.court
    suit = story.says("起诉期限", "六个月")
    if story.says("复议机关", None):
        organ = story.says("复议机关", "")
    else:
        organ = g if story.decided_on >= date(2024, 1, 1) else f"{g}或者{up}"
    if on_spot and story.decided_on >= date(2024, 1, 1) and story.has("复议前置"):
        return (
            f"如不服本处罚决定，应当自收到本决定书之日起六十日内先向{organ}申请行政复议，对行政复议决定不服的，"
            f"可以再依法向{court}提起行政诉讼。"
        )
    return (
        f"如不服本处罚决定，可以在收到本决定书之日起六十日内向{organ}申请行政复议，或者在{suit}内依法向{court}提起行政诉讼，"
        "但本决定不停止执行，法律另有规定的除外。"
    )


def _decision(story: Story) -> Paper:
    p = story.party
    one = p.kind == "citizen"
    place = p.address if story.has("住址") else "／"
    who: list[tuple[str, ...]] = (
        [("个人", "姓名", p.name, "身份证件号", p.number), ("", "住址", place)]
        if one
        else [
            ("单位", "名称", p.name, "统一社会信用代码", p.number),
            ("", "地址", place, "法定代表人", p.representative),
        ]
    )
    facts = told(story, plate=story.says("决定车牌", ""), weighed=story.says("决定重量", None))
    evidence = f"以上事实有{_evidence(story)}等证据证实。" if story.has("证据") else ""
    heard = ""
    if story.hearing_on:
        heard = f"本机关于{_d(story.hearing_on)}依法举行了听证。"
    elif story.defence_on:
        heard = f"你（单位）于{_d(story.defence_on)}提出陈述申辩，{story.says('采纳', '经复核不予采纳')}。"
    elif story.waiver_on:
        heard = "你（单位）书面声明放弃陈述、申辩权利。"
    else:
        heard = "你（单位）在规定期限内未提出陈述申辩，也未要求听证。"
    penalty = story.says("罚种", f"罚款{_fine(story.fine, story.says('小写', None))}")
    told_before = (
        f"本机关于{_d(story.notice_served_on)}送达了违法行为通知书，" if story.has("通知书") else ""
    )
    blocks: list[Block] = [
        Title("行政处罚决定书"),
        _no(story),
        Form((0.1, 0.15, 0.3, 0.17, 0.28), tuple(who)),
        Para(f"违法事实及证据：{facts}。{evidence}"),
        Para(
            f"{told_before}{heard}" if story.has("通知书") else "",
        ),
        Para(
            f"你（单位）的行为违反了{story.says('决定违反', story.cause.violated)}的规定，依据{story.says('决定依据', story.cause.basis)}的规定"
            f"（处{story.says('决定幅度', story.cause.range_words)}的罚款），{story.says('理由', '结合违法行为的情节')}，决定给予{penalty}的行政处罚。"
        ),
        Para(
            story.says(
                "履行",
                f"处以罚款的，自收到本决定书之日起十五日内缴至{story.agency.bank}，账号9900012345678，到期不缴的依法每日按罚款数额的百分之三加处罚款，"
                "加处罚款的数额不超过罚款数额。",
            )
        ),
        Para(_remedies(story)),
        Gap(14),
        Para(story.says("落款", story.agency.name), indent=False, align="right"),
        Seal(story.agency.name),
        Para(_d(story.decided_on), indent=False, align="right"),
        Para("（本文书一式两份：一份存根，一份交当事人或其代理人。）", indent=False, small=True),
    ]
    return Paper(
        "行政处罚决定书",
        "行政处罚决定书",
        [b for b in blocks if not (isinstance(b, Para) and not b.text)],
        story.decided_on,
    )


def _spot(story: Story) -> Paper:
    p = story.party
    a, b = story.officers
    blocks: list[Block] = [
        Title("当场行政处罚决定书"),
        _no(story),
        Para(
            f"当事人：{p.name}　{'身份证件号' if p.kind == 'citizen' else '统一社会信用代码'}：{p.number}",
            indent=False,
        ),
        Para(f"地址：{p.address}　联系电话：{p.phone}", indent=False),
        Para(f"违法事实及证据：{told(story)}，有现场笔录、现场照片为证。"),
        Para(
            f"你（单位）的行为违反了{story.cause.violated}的规定。依据{story.cause.basis}的规定，决定给予"
            f"{story.says('罚种', f'罚款{_fine(story.fine)}')}的行政处罚，并责令你（单位）立即改正违法行为。"
        ),
        Para(
            f"罚款的履行方式和期限：□当场缴纳　■自收到本决定书之日起十五日内缴至{story.agency.bank}，到期不缴纳的每日按罚款数额的百分之三加处罚款。"
        ),
        Para(_remedies(story, on_spot=True)),
        Para(
            "处罚前已口头告知当事人拟作出处罚的内容、事实、理由和依据，并告知当事人依法享有陈述权和申辩权；执法人员已出示执法证件。"
        ),
        Para(f"执法人员签名：{a.name}（{a.number}）　{b.name}（{b.number}）", indent=False),
        Para(
            f"当事人或其代理人签名：{story.driver.name}　签收时间：{_d(story.decided_on)}",
            indent=False,
        ),
        Para(story.agency.name, indent=False, align="right"),
        Seal(story.agency.name),
        Para(_d(story.decided_on), indent=False, align="right"),
    ]
    return Paper("当场行政处罚决定书", "当场行政处罚决定书", blocks, story.decided_on)


def _report_spot(story: Story) -> Paper:
    assert story.reported_on is not None
    blocks: list[Block] = [
        Title("当场行政处罚备案表"),
        Form(
            FORM,
            (
                ("决定书文号", story.case_no),
                ("当事人", story.party.name, "案由", story.cause.name),
                (
                    "处罚决定日期",
                    _d(story.decided_on),
                    "处罚内容",
                    story.says("罚种", f"罚款{story.fine}元"),
                ),
                (
                    "执法人员",
                    f"{story.officers[0].name}、{story.officers[1].name}",
                    "报备日期",
                    _d(story.reported_on),
                ),
                ("备案机构意见", f"准予备案。{story.chief}　{_d(story.reported_on)}"),
            ),
        ),
    ]
    return Paper("当场处罚备案表", "当场行政处罚备案表", blocks, story.reported_on)


def _publication(story: Story) -> Paper:
    assert story.published_on is not None
    blocks: list[Block] = [
        Title("行政处罚信息公示截图"),
        Form(
            (0.3, 0.7),
            (
                ("行政处罚决定书文号", story.case_no),
                (
                    "行政相对人名称",
                    story.says(
                        "公示名称",
                        story.party.name
                        if story.party.kind != "citizen"
                        else story.party.name[0] + "某",
                    ),
                ),
                ("违法行为类型", story.cause.name),
                ("处罚内容", story.says("罚种", f"罚款{story.fine}元")),
                ("处罚决定日期", _d(story.decided_on)),
                ("公示日期", _d(story.published_on)),
                *story.says("公示多余", ()),
            ),
        ),
        Para("以上为双公示网站页面截图。", small=True),
    ]
    return Paper("公示截图", "行政处罚信息公示截图", blocks, story.published_on)


def _receipt(story: Story) -> Paper:
    words = cn2an.an2cn(story.fine, "rmb")
    blocks: list[Block] = [
        Title("非税收入一般缴款书（罚没）"),
        Form(
            FORM,
            (
                ("缴款人", story.party.name, "缴款日期", _d(story.paid_on)),
                ("执收单位", story.agency.name, "票据号码", f"No.99{story.number:07d}"),
                ("收入项目", "交通罚没收入", "金额", f"¥{story.fine}.00"),
                ("金额（大写）", words),
            ),
        ),
    ]
    return Paper("罚款票据", "非税收入一般缴款书（罚没）", blocks, story.paid_on)


def _closing(story: Story) -> Paper:
    done = story.says(
        "执行情况",
        f"当事人已于{_d(story.paid_on)}缴清罚款{story.fine}元，违法行为已改正。"
        if story.procedure != "waived"
        else "当事人已改正违法行为，不予行政处罚决定书已送达。",
    )
    basis = f"于{_d(story.decided_on)}作出" + (
        "行政处罚决定" if story.procedure != "waived" else "不予行政处罚决定"
    )
    rows = (
        ("案由", f"{story.party.name}{story.cause.name}案"),
        ("当事人", story.party.name, "立案时间", _d(story.filed_on)),
        ("案件调查经过及处理结果", basis),
        ("执行情况", done),
        ("结案理由", "行政处罚决定执行完毕" if story.procedure != "waived" else "决定不予行政处罚"),
        (
            "经办人意见",
            f"建议结案。{story.officers[0].name}、{story.officers[1].name}　{_d(story.closed_on)}",
        ),
        ("负责人审批意见", f"同意结案。{story.head}　{_d(story.closed_on)}"),
    )
    blocks: list[Block] = [
        Title("结案报告"),
        Para(f"案号：{story.says('结案案号', story.case_no)}", indent=False, align="right"),
        Form(FORM, rows),
    ]
    return Paper("结案报告", "结案报告", blocks, story.closed_on)


def _waived(story: Story) -> list[Paper]:
    assert story.cleared_on is not None
    who = (story.party.agent or story.driver).name
    query: list[Block] = [
        Title("首次违法查询记录"),
        Para(f"查询对象：{story.party.name}（{story.party.number}）"),
        Para(f"查询时间：{_d(story.filed_on)}　查询系统：行政执法综合管理信息系统"),
        Para(story.says("首违结果", "查询结果：近两年内未发现同类违法记录，系首次违法。")),
        Para(f"查询人：{story.officers[0].name}、{story.officers[1].name}", indent=False),
    ]
    again: list[Block] = [
        Title("整改复查记录"),
        Para(f"复查时间：{_d(story.cleared_on)}　复查地点：{story.place}"),
        Para(f"复查情况：经复查，当事人已按要求改正（{story.cause.done}），未造成危害后果。"),
        Para(
            f"当事人签名：{who}　复查人员：{story.officers[0].name}、{story.officers[1].name}",
            indent=False,
        ),
    ]
    promise: list[Block] = [
        Title("轻微违法行为免予处罚告知承诺书"),
        Para(
            f"本人（单位）因{story.cause.name}，已认识到错误并及时改正，承诺今后不再发生同类违法行为，如再次违法愿接受处罚。"
        ),
        Para(f"承诺人：{who}　{_d(story.cleared_on)}", indent=False, align="right"),
    ]
    teach: list[Block] = [
        Title("批评教育记录"),
        Para(f"教育时间：{_d(story.cleared_on)}　教育对象：{who}"),
        Para(f"教育内容：宣讲{story.cause.violated}等规定，说明危害后果，指导其合法规范。"),
        Para(
            f"被教育人签名：{who}　执法人员：{story.officers[0].name}、{story.officers[1].name}",
            indent=False,
        ),
    ]
    return [
        Paper("首次违法查询记录", "首次违法查询记录", query, story.filed_on),
        *(
            [Paper("整改复查记录", "整改复查记录", again, story.cleared_on)]
            if story.has("复查")
            else []
        ),
        Paper("免予处罚告知承诺书", "轻微违法行为免予处罚告知承诺书", promise, story.cleared_on),
        *(
            [Paper("教育记录", "批评教育记录", teach, story.cleared_on)]
            if story.has("教育")
            else []
        ),
    ]


def _no_penalty(story: Story) -> Paper:
    p = story.party
    blocks: list[Block] = [
        Title("不予行政处罚决定书"),
        _no(story),
        Para(
            f"当事人：{p.name}　{'身份证件号' if p.kind == 'citizen' else '统一社会信用代码'}：{p.number}　住址：{p.address}",
            indent=False,
        ),
        Para(f"经查明：{told(story)}。以上事实有现场笔录、询问笔录、现场照片等证据证实。"),
        Para(
            f"你（单位）的行为违反了{story.cause.violated}的规定，本应依据{story.cause.basis}予以处罚，鉴于违法行为轻微并及时改正，没有造成危害后果，"
            "依据《中华人民共和国行政处罚法》第三十三条第一款的规定，决定不予行政处罚。"
        ),
        Para(_remedies(story)),
        Para(story.agency.name, indent=False, align="right"),
        Seal(story.agency.name),
        Para(_d(story.decided_on), indent=False, align="right"),
    ]
    return Paper("不予行政处罚决定书", "不予行政处罚决定书", blocks, story.decided_on)


def _cover(story: Story) -> Paper:
    result = (
        story.says("罚种", f"罚款{story.fine}元") if story.procedure != "waived" else "不予行政处罚"
    )
    blocks: list[Block] = [
        Gap(40),
        Title("交通运输行政执法案卷", over=story.agency.name),
        Para("样例", indent=False, align="center"),
        Gap(30),
        Form(
            (0.25, 0.75),
            (
                ("案号", story.case_no),
                ("案由", f"{story.party.name}{story.cause.name}案"),
                ("当事人", story.party.name),
                ("办案人员", f"{story.officers[0].name}、{story.officers[1].name}"),
                ("处理结果", result),
                ("立案日期", _d(story.filed_on) if story.procedure != "summary" else "／"),
                ("结案日期", _d(story.closed_on)),
                ("归档日期", _d(story.archived_on)),
                ("保管期限", "长期"),
            ),
        ),
    ]
    return Paper("卷宗封面", "交通运输行政执法案卷", blocks, on_index=False)


def index(rows: list[tuple[str, date | None, str]]) -> Paper:
    """The file index from titles, dates and pages."""
    lines = tuple(
        (str(i), title, f"{day:%Y.%m.%d}" if day else "", pages, "")
        for i, (title, day, pages) in enumerate(rows, 1)
    )
    blocks: list[Block] = [
        Title("卷内目录"),
        Form(
            (0.1, 0.5, 0.17, 0.12, 0.11),
            (("序号", "文书材料名称", "日期", "页号", "备注"), *lines),
            head=True,
        ),
    ]
    return Paper("卷内目录", "卷内目录", blocks, on_index=False)


def _remarks(story: Story) -> list[Paper]:
    if not story.has("备考表"):
        return []
    blocks: list[Block] = [
        Title("卷内备考表"),
        Form(
            (0.25, 0.75),
            (
                ("本卷情况说明", "本卷材料齐全，文件资料完整。（样例）"),
                ("立卷人", story.officers[1].name),
                ("检查人", story.chief),
                ("立卷时间", _d(story.archived_on)),
            ),
        ),
    ]
    return [Paper("备考表", "卷内备考表", blocks, story.archived_on)]


def papers(story: Story) -> list[Paper]:
    """All papers of the file in their order, without the index."""
    found = [_cover(story)]
    if story.procedure == "summary":
        found += [_spot(story), _scene(story), _photos(story), *_copies(story), _report_spot(story)]
        if story.has("票据") and story.fine:
            found.append(_receipt(story))
        return [*found, *_remarks(story)]
    found += [_filing(story), _scene(story)]
    if story.has("责改"):
        found.append(_correction(story))
    found += _seizure(story)
    found += [_interview(story, talk, 0) for talk in story.talks]
    found += [_photos(story)]
    if story.weighed:
        found += _slip(story)
    found += _copies(story)
    if story.procedure == "waived":
        found += [*_waived(story), _approval(story), _no_penalty(story)]
        found += [_service(story, "不予行政处罚决定书", story.served_on, "决定"), _closing(story)]
        return [*found, *_remarks(story)]
    found.append(_report(story))
    if story.legal_on:
        found.append(_legal(story, story.legal_on))
    if story.has("通知书"):
        for each in story.notices():
            found.append(_notice(each))
            found.append(_service(each, "违法行为通知书", each.notice_served_on, "告知"))
    found += _defence(story)
    found += _hearing(story)
    if story.discussed_on:
        found.append(_discussion(story))
    found += [_approval(story), _decision(story)]
    found.append(_service(story, "行政处罚决定书", story.served_on, "决定"))
    found += story.says("另纸", ())
    if story.published_on:
        found.append(_publication(story))
    if story.has("票据"):
        found.append(_receipt(story))
    return [*found, _closing(story), *_remarks(story)]
