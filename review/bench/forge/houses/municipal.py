"""House three: printed out of a city's case system.

Small sans type, grids of names and values two to a row, dates as 2024-03-05, a square code, the
time of printing at the top of each page.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import cn2an

from review.bench.forge.paper import Block, Code, Form, Gap, Look, Paper, Para, Picture, Seal, Title
from review.bench.forge.story import Story, Talk

LOOK = Look(
    body="hei",
    head="hei",
    hand="kai",
    size=9,
    leading=14,
    margins=(56, 48, 46, 46),
    foot="{page}",
    running="行政执法综合业务平台　打印人：admin03　打印时间：2026-01-15 09:21:44",
    grid=0.3,
)
_TWO = (0.16, 0.34, 0.16, 0.34)
_ONE = (0.16, 0.84)
Pairs = Iterable[tuple[str, str]]


def _d(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else "-"


def _t(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"


def _yuan(amount: int, digits: int | None = None) -> str:
    number = amount if digits is None else digits
    return f"{number:.2f}元（大写：{cn2an.an2cn(amount, 'rmb')}）"


def _grid(pairs: Pairs) -> Form:
    flat = list(pairs)
    rows = []
    for left in range(0, len(flat), 2):
        right = flat[left + 1] if left + 1 < len(flat) else ("", "")
        rows.append((*flat[left], *right))
    return Form(_TWO, tuple(rows))


def _wide(pairs: Pairs) -> Form:
    return Form(_ONE, tuple(pairs))


def _start(title: str, story: Story, *, number: str = "") -> list[Block]:
    return [
        Code(),
        Title(title),
        Para(f"文书编号：{number or story.case_no}", indent=False, align="right"),
    ]


def _end(story: Story, day: date, name: str = "") -> list[Block]:
    return [
        Gap(12),
        Para(f"{name or story.agency.name}（公章）", indent=False, align="right"),
        Seal(story.agency.name),
        Para(_d(day), indent=False, align="right"),
    ]


def _who(story: Story) -> Form:
    p = story.party
    where = p.address if story.has("住址") else ""
    if p.kind == "citizen" and p.person:
        pairs = [
            ("当事人姓名", p.name),
            ("性别", p.person.sex),
            ("证件类型", "居民身份证"),
            ("证件号码", p.number),
        ]
    else:
        pairs = [
            ("当事人名称", p.name),
            ("统一社会信用代码", p.number),
            ("法定代表人/负责人", p.representative),
            ("当事人类型", "企业法人"),
        ]
    if where:
        pairs += [("联系地址", where), ("联系方式", p.phone)]
    return _grid(pairs)


def _told(story: Story, *, plate: str = "", weighed: int | None = None) -> str:
    kg = story.weighed if weighed is None else weighed
    body = story.cause.told.format(
        who=story.driver.name,
        party=story.party.name,
        plate=plate or story.plate,
        trailer=story.trailer,
        place=story.place,
        kg=f"{kg / 1000:.2f}t",
        limit=f"{story.limit / 1000:.2f}t",
        over=f"{(kg - story.limit) / 1000:.2f}t",
        axles=story.axles,
    )
    owner = ""
    if story.party.kind != "citizen" and story.cause.vehicle:
        owner = f"。经查该车登记在{story.party.name}名下，由该公司安排出车"
    return f"{_d(story.day_of_act)} {story.act_at:%H:%M}，{body}{owner}"


def _names(story: Story) -> str:
    return "，".join(f"{each.name}（{each.number}）" for each in story.officers)


def _opinions(*steps: tuple[str, str, str, date | None]) -> Form:
    rows = [("审批环节", "处理人", "处理意见", "处理时间")]
    rows += [(step, who, words, _d(day)) for step, who, words, day in steps]
    return Form((0.2, 0.15, 0.45, 0.2), tuple(rows), head=True)


def _filing(story: Story) -> Paper:
    who = story.says("经办人", "，".join(each.name for each in story.officers))
    verdict = "同意立案" + (f"，由{who}承办" if who else "")
    last: tuple[str, str, str, date | None] = ("分管局长审批", story.head, verdict, story.filed_on)
    if not story.has("批准栏"):
        last = ("分管局长审批", "", "", None)
    blocks = _start("行政处罚立案审批表", story)
    blocks += [
        _grid(
            (
                ("案件来源", "日常检查"),
                ("登记时间", _d(story.registered_on)),
                ("案由", f"涉嫌{story.cause.name}"),
                ("案发地", story.place),
            )
        ),
        _who(story),
        _wide(
            (
                ("案情摘要", f"{_told(story)}。"),
                ("立案理由", f"涉嫌违反{story.cause.violated}，符合立案条件。"),
            )
        ),
        _opinions(
            ("经办人申请", story.officers[0].name, "申请立案", story.chief_on),
            ("大队长审核", story.chief, "拟同意立案，请领导审批", story.chief_on),
            last,
        ),
    ]
    return Paper("立案登记表", "行政处罚立案审批表", blocks, story.filed_on)


def _scene(story: Story) -> Paper:
    signers = story.says("现场签名", story.officers)
    lines = []
    if story.has("亮证"):
        lines.append(story.says("亮证说法", "1.亮证：检查人员到场后出示了执法证，当事人核实无误；"))
    if story.has("回避"):
        lines.append(
            story.says("回避说法", "2.权利告知：告知当事人可申请回避，当事人选择【不申请】；")
        )
    lines.append(f"3.检查情况：{_told(story)}；")
    lines.append("4.取证：拍照、摄像，执法记录仪编号JLY-33107；")
    if story.seized_at:
        lines.append(
            "5.强制措施：经批准当场扣押涉案车辆，已告知理由、依据、救济途径，当事人陈述无异议；"
        )
    blocks = _start("行政检查现场笔录", story)
    blocks += [
        _grid(
            (
                ("检查起止时间", f"{_t(story.act_at)} 至 {story.scene_ended_at:%H:%M}"),
                ("检查地点", story.place),
                ("检查人员", _names(story)),
                ("记录人", story.officers[1].name),
                ("现场当事人", story.driver.name),
                ("身份证号", story.driver.id_no),
                ("车牌/船名", story.plate or "无"),
                ("身份", "驾驶员" if story.cause.vehicle else "现场负责人"),
            )
        ),
        _wide((("现场情况", "\n".join(lines)), ("当事人确认", "以上内容已阅，属实。"))),
        Form(
            _TWO,
            (
                ("当事人签字", story.driver.name, "签字日期", _d(story.act_at.date())),
                (
                    "检查人员签字",
                    "、".join(each.name for each in signers),
                    "签字日期",
                    _d(story.act_at.date()),
                ),
            ),
        ),
    ]
    return Paper("现场笔录", "行政检查现场笔录", blocks, story.act_at.date())


def _interview(story: Story, talk: Talk) -> Paper:
    end = f"{talk.ended_at:%H:%M}" if talk.ended_at else ""
    who = talk.person.name + (f"，{talk.also.name}" if talk.also else "")
    say = []
    if story.has("亮证询问"):
        say += [
            f"Q：你好，我们是{story.agency.name}执法人员，现向你出示执法证件（{_names(story)}），请核对。",
            "A：核对过了，没问题。",
        ]
    if story.has("回避"):
        say += [story.says("回避问话", "Q：你是否需要申请我们回避？"), "A：不需要。"]
    say += [
        "Q：你依法享有陈述、申辩的权利，同时应当如实回答，是否明白？",
        "A：明白。",
        "Q：请陈述当时情况。",
        f"A：{_d(story.day_of_act)}在{story.place}，{story.says('供述', '情况和检查记录一致')}。",
    ]
    for ask, answer in story.cause.asked:
        say += [f"Q：{ask}", f"A：{answer}"]
    say += [
        f"{'Q' if i % 2 == 0 else 'A'}：{each}" for i, each in enumerate(story.says("补问", ()))
    ]
    say += ["Q：有无补充？", "A：无。"]
    say = [each.replace("Q：", "问：").replace("A：", "答：") for each in say]
    blocks = _start("询问（调查）笔录", story)
    blocks += [
        _grid(
            (
                ("开始时间", _t(talk.started_at)),
                ("结束时间", f"{talk.started_at:%Y-%m-%d} {end}" if end else ""),
                ("询问地点", "执法办案区2号询问室"),
                ("询问人", _names(story)),
                ("记录人", talk.officers[1].name),
                ("被询问人", who),
                ("证件号码", talk.person.id_no),
                ("与案件关系", talk.role),
                ("联系电话", talk.person.phone),
                ("住址", talk.person.address),
            )
        ),
        *(Para(each, indent=False) for each in say),
        Para("被询问人阅后确认：记录与本人陈述一致。", indent=False),
        _grid(
            (
                ("被询问人签字", who if story.has("被询问人签名") else ""),
                ("日期", _d(talk.started_at.date())),
                ("询问人签字", talk.officers[0].name),
                ("记录人签字", talk.officers[1].name),
            )
        ),
    ]
    return Paper("询问笔录", "询问（调查）笔录", blocks, talk.started_at.date())


def _photos(story: Story) -> Paper:
    words = (
        (f"拍摄时间 {_t(story.act_at)}｜拍摄地点 {story.place}｜拍摄人 {story.officers[0].name}",)
        if story.has("照片说明")
        else ()
    )
    blocks: list[Block] = [Code(), Title("证据照片"), Picture(words), Gap(8), Picture(words)]
    return Paper("现场照片", "证据照片", blocks)


def _slip(story: Story) -> list[Paper]:
    at = story.act_at
    valid = story.says("检定有效期", date(at.year + 1, 1, 30))
    slip: list[Block] = [
        Code(),
        Title("超限检测结果单"),
        _grid(
            (
                ("检测站", story.place),
                ("检测时间", _t(at)),
                ("车牌号", story.plate),
                ("挂车号", story.trailer),
                ("轴数", str(story.axles)),
                ("总重(kg)", str(story.weighed)),
                ("限重(kg)", str(story.limit)),
                ("超限量(kg)", str(story.weighed - story.limit)),
            )
        ),
    ]
    device: list[Block] = [
        Code(),
        Title("计量器具检定证书"),
        _grid(
            (
                ("证书编号", "LX2023-0457"),
                ("器具名称", "电子汽车衡"),
                ("检定结论", "准予作Ⅲ级使用"),
                ("有效期至", _d(valid)),
            )
        ),
        Para("与原件核对一致", indent=False),
    ]
    return [
        Paper("称重检测单", "超限检测结果单", slip, at.date()),
        Paper("计量检定证书复印件", "计量器具检定证书", device),
    ]


def _copies(story: Story) -> list[Paper]:
    p = story.party
    mark = (
        Para("与原件核对一致　核对人：" + story.officers[0].name, indent=False)
        if story.has("核对")
        else Gap(2)
    )
    found = []
    if p.kind != "citizen":
        agent = p.agent
        assert agent is not None
        licence: list[Block] = [
            Code(),
            Title("营业执照"),
            _wide(
                (
                    ("名称", story.says("执照名称", p.name)),
                    ("统一社会信用代码", p.number),
                    ("法定代表人", p.representative),
                    ("住所", p.address),
                    ("成立日期", "2016-05-18"),
                )
            ),
            mark,
        ]
        power: list[Block] = [
            Code(),
            Title("授权委托书"),
            _grid(
                (
                    ("委托人", p.name),
                    ("法定代表人", p.representative),
                    ("受托人", agent.name),
                    ("受托人证件号码", agent.id_no),
                )
            ),
            Para(
                f"委托事项：代为处理{story.cause.name}案，包括接受询问、陈述申辩、签收文书。",
                indent=False,
            ),
            Para(f"{p.name}（章）　{_d(story.filed_on)}", indent=False, align="right"),
        ]
        found += [
            Paper("营业执照复印件", "营业执照", licence),
            Paper("授权委托书", "授权委托书", power, story.filed_on),
        ]
    card: list[Block] = [
        Code(),
        Title("身份证件"),
        Picture((f"姓名：{story.driver.name}", f"公民身份号码：{story.driver.id_no}"), 110),
        mark,
    ]
    found.append(Paper("身份证复印件", "身份证件", card))
    if story.plate and story.cause.vehicle != "ship":
        book: list[Block] = [
            Code(),
            Title("行驶证"),
            _grid(
                (
                    ("号牌号码", story.plate),
                    ("所有人", story.says("车主", p.name)),
                    ("车辆类型", story.says("车型", _kind(story))),
                    ("总质量", story.says("总质量", "18000kg")),
                )
            ),
            mark,
        ]
        found.append(Paper("行驶证复印件", "行驶证", book))
    return found


def _kind(story: Story) -> str:
    if story.cause.key == "overload":
        return "重型半挂牵引车"
    return {"truck": "重型厢式货车", "bus": "小型普通客车"}.get(story.cause.vehicle, "小型轿车")


def _correction(story: Story) -> Paper:
    blocks = _start("责令改正通知书", story)
    blocks += [
        Para(f"{story.party.name}：", indent=False),
        Para(
            f"经检查，{_told(story)}。你（单位）违反{story.cause.violated}，根据《中华人民共和国行政处罚法》第二十八条第一款，责令改正，要求：{story.cause.done}。"
        ),
        Para(
            f"如有异议，可自收到之日起60日内向{story.agency.government}申请行政复议，或6个月内向{story.agency.court}提起行政诉讼。"
        ),
        _grid((("签收人", story.driver.name), ("签收日期", _d(story.act_at.date())))),
        *_end(story, story.act_at.date()),
    ]
    return Paper("责令改正违法行为通知书", "责令改正通知书", blocks, story.act_at.date())


def _proof(story: Story) -> list[str]:
    found = ["现场笔录", "询问笔录", "证据照片"]
    found += ["超限检测结果单"] if story.weighed else []
    found += ["营业执照"] if story.party.kind != "citizen" else ["身份证件"]
    return found


def _report(story: Story) -> Paper:
    listed = "；".join(f"({i}){each}" for i, each in enumerate(_proof(story), 1))
    blocks = _start("案件调查终结报告", story)
    blocks += [
        _who(story),
        _wide(
            (
                ("案由", story.cause.name),
                ("立案时间", _d(story.filed_on)),
                ("调查结论", f"{_told(story)}。"),
                ("证据清单", listed),
                ("违反条款", story.cause.violated),
                ("处罚依据", story.cause.basis),
                ("裁量说明", story.says("裁量", "按裁量基准一般情形")),
                ("处罚建议", f"罚款{_yuan(story.fine_notified)}"),
                ("调查人员", f"{_names(story)}　{_d(story.report_on)}"),
            )
        ),
    ]
    return Paper("案件调查报告", "案件调查终结报告", blocks, story.report_on)


def _legal(story: Story, day: date, *, again: bool = False) -> Paper:
    words = story.says(
        "审核意见",
        "①主体②权限③事实④证据⑤法律适用⑥程序⑦裁量⑧文书均未发现问题，不涉嫌犯罪，审核通过",
    )
    blocks = _start("法制审核表", story)
    blocks += [
        _wide(
            (
                ("案件名称", f"{story.party.name}{story.cause.name}案"),
                ("审核轮次", "听证后复审" if again else "初审"),
                ("审核意见", words),
            )
        ),
        _grid((("审核人", story.says("审核人", story.jurist)), ("审核时间", _d(day)))),
    ]
    return Paper("法制审核意见书", "法制审核表", blocks, day)


def _notice(story: Story) -> Paper:
    basis = story.cause.basis if story.has("告知依据") else ""
    by = f"根据{basis}，" if basis else ""
    what = f"罚款{_yuan(story.fine_notified)}" if story.has("拟罚数额") else "行政处罚"
    rights = story.says(
        "权利",
        "依据《中华人民共和国行政处罚法》第四十四条、第四十五条，你（单位）可自收到本告知书之日起5日内向本机关进行陈述和申辩，逾期视为放弃。",
    )
    blocks = _start("行政处罚事先告知书", story)
    blocks += [
        _who(story),
        Para(f"{_told(story)}。以上事实有{'、'.join(_proof(story))}为证。", indent=False),
        Para(f"你（单位）的上述行为违反{story.cause.violated}。{by}拟作出：{what}。", indent=False),
        Para(rights, indent=False),
    ]
    if story.has("听证告知"):
        blocks.append(
            Para(
                "依据《中华人民共和国行政处罚法》第六十三条、第六十四条，你（单位）有权自收到本告知书之日起5日内申请听证。",
                indent=False,
            )
        )
    blocks += _end(story, story.notice_on)
    return Paper("违法行为通知书", "行政处罚事先告知书", blocks, story.notice_on)


def _service(story: Story, title: str, day: date, key: str) -> Paper:
    p = story.party
    blocks = _start("送达回证", story, number=story.says(f"{key}案号", story.case_no))
    blocks += [
        _grid(
            (
                ("送达文书", title),
                ("文号", story.says(f"{key}文号", story.case_no)),
                ("受送达人", p.name),
                ("送达地点", story.says(f"{key}地点", story.agency.squad)),
                ("送达方式", story.says(f"{key}方式", "直接送达")),
                ("送达时间", story.says(f"{key}时间", _d(day))),
                ("签收人", story.says(f"{key}收件人", (p.agent or story.driver).name)),
                (
                    "送达人",
                    story.says(f"{key}送达人", "，".join(each.name for each in story.officers)),
                ),
                ("备注", story.says(f"{key}备注", "")),
            )
        )
    ]
    return Paper("送达回证", "送达回证", blocks, day)


def _defence(story: Story) -> list[Paper]:
    found = []
    p = story.party
    if story.defence_on:
        plea: list[Block] = [
            Code(),
            Title("陈述申辩笔录"),
            _grid(
                (
                    ("陈述申辩人", p.name),
                    ("时间", _d(story.defence_on)),
                    ("记录人", story.officers[1].name),
                    ("地点", story.agency.squad),
                )
            ),
            Para("陈述申辩内容：对事实认可，请求考虑实际困难减少罚款。", indent=False),
            Para(f"陈述申辩人签字：{(p.agent or story.driver).name}", indent=False),
        ]
        found.append(Paper("陈述申辩书", "陈述申辩笔录", plea, story.defence_on))
    if story.defence_on and story.defence_reviewed_on:
        view = _start("陈述申辩复核表", story)
        view += [
            _wide(
                (
                    ("陈述申辩时间", _d(story.defence_on)),
                    ("主要理由", "生产经营困难"),
                    ("复核意见", story.says("复核", "理由不成立，维持原处罚意见。")),
                )
            ),
            _grid((("复核人", story.chief), ("复核时间", _d(story.defence_reviewed_on)))),
        ]
        found.append(Paper("陈述申辩复核意见书", "陈述申辩复核表", view, story.defence_reviewed_on))
    if story.waiver_on:
        gone: list[Block] = [
            Code(),
            Title("放弃陈述申辩权声明"),
            Para(
                f"本人（单位）已于{_d(story.waiver_on)}收到事先告知书，自愿放弃陈述、申辩及听证权利，同意尽快处理。",
                indent=False,
            ),
            _grid((("声明人", (p.agent or story.driver).name), ("日期", _d(story.waiver_on)))),
        ]
        found.append(Paper("放弃陈述申辩声明", "放弃陈述申辩权声明", gone, story.waiver_on))
    return found


def _hearing(story: Story) -> list[Paper]:
    if story.hearing_on is None or story.hearing_told_on is None or story.hearing_asked_on is None:
        return []
    p = story.party
    host = story.says("主持人", story.host)
    ask: list[Block] = [
        Code(),
        Title("听证申请书"),
        _grid((("申请人", p.name), ("申请日期", _d(story.hearing_asked_on)))),
        Para("申请事由：对拟处罚数额有异议，申请听证。", indent=False),
    ]
    call = _start("行政处罚听证通知书", story)
    call += [
        Para(f"{p.name}：你（单位）的听证申请已受理。", indent=False),
        _grid(
            (
                ("听证时间", f"{_d(story.hearing_on)} 14:30"),
                ("听证地点", "执法支队一楼听证室"),
                ("听证主持人", host),
                ("记录员", story.clerk),
            )
        ),
        Para(
            "你（单位）可委托1至2人代理，可申请主持人回避。无正当理由缺席的，视为放弃。",
            indent=False,
        ),
        *_end(story, story.hearing_told_on),
    ]
    record = _start("行政处罚听证笔录", story)
    record += [
        _grid(
            (
                ("听证时间", f"{_d(story.hearing_on)} 14:30 至 15:40"),
                ("听证地点", "执法支队一楼听证室"),
                ("主持人", host),
                ("记录员", story.clerk),
                ("调查人员", _names(story)),
                ("当事人", p.name),
            )
        ),
        Para("主持人核对身份、宣布纪律、告知权利，当事人不申请回避。", indent=False),
        Para(f"调查人员：{_told(story)}。拟罚款{_yuan(story.fine_notified)}。", indent=False),
        Para("当事人：没有新的证据，请求从轻。", indent=False),
        _grid(
            (
                ("当事人（代理人）签字", (p.agent or story.driver).name),
                ("主持人签字", host),
                ("记录员签字", story.clerk),
                ("日期", _d(story.hearing_on)),
            )
        ),
    ]
    view = _start("听证报告", story)
    view += [
        _wide(
            (
                ("听证情况", f"{_d(story.hearing_on)}公开听证，程序合法。"),
                ("意见建议", "建议按拟处罚意见作出决定。"),
            )
        ),
        _grid((("主持人", host), ("报告日期", _d(story.hearing_report_on)))),
    ]
    found = [
        Paper("听证申请书", "听证申请书", ask, story.hearing_asked_on),
        Paper("听证通知书", "行政处罚听证通知书", call, story.hearing_told_on),
        _service(story, "行政处罚听证通知书", story.hearing_told_on, "听证"),
        Paper("听证笔录", "行政处罚听证笔录", record, story.hearing_on),
        Paper("听证报告书", "听证报告", view, story.hearing_report_on),
    ]
    if story.second_legal_on:
        found.append(_legal(story, story.second_legal_on, again=True))
    return found


def _seizure(story: Story) -> list[Paper]:
    at = story.seized_at
    if at is None or story.seizure_approved_at is None or story.seized_until is None:
        return []
    approval = _start("行政强制措施审批表", story)
    approval += [
        _wide(
            (
                ("强制措施种类", f"扣押车辆{story.plate}"),
                ("理由", "无有效运输证件且不能当场提供其他有效证明"),
                ("依据", "《中华人民共和国道路运输条例》第六十二条"),
            )
        ),
        Form(
            (0.2, 0.15, 0.4, 0.25),
            (
                ("审批环节", "处理人", "处理意见", "处理时间"),
                ("经办人申请", story.officers[0].name, "申请扣押", _t(story.seizure_approved_at)),
                ("分管局长审批", story.head, "同意扣押", _t(story.seizure_approved_at)),
            ),
            head=True,
        ),
    ]
    order = _start("扣押决定书", story)
    order += [
        _who(story),
        Para(
            f"因涉嫌{story.cause.name}，根据《中华人民共和国道路运输条例》第六十二条，决定对{story.plate}予以扣押，扣押期限自{_d(at.date())}至{_d(story.seized_until)}（30日）。",
            indent=False,
        ),
        Para(
            f"不服的可在60日内向{story.agency.government}申请行政复议或6个月内向{story.agency.court}起诉。",
            indent=False,
        ),
        *_end(story, at.date()),
    ]
    things = _start("扣押物品清单", story)
    things += [
        Form(
            (0.1, 0.3, 0.3, 0.3),
            (
                ("序号", "名称", "规格/编号", "数量"),
                ("1", "机动车", story.plate, "1"),
                ("2", "钥匙", "-", "1"),
            ),
            head=True,
        ),
        _grid(
            (
                ("当事人签字", story.driver.name),
                ("执法人员签字", "、".join(each.name for each in story.officers)),
                ("日期", _d(at.date())),
            )
        ),
    ]
    tapes = _start("音视频资料清单", story)
    tapes += [
        Form(
            (0.1, 0.35, 0.35, 0.2),
            (
                ("序号", "录制起止", "内容", "设备"),
                (
                    "1",
                    f"{_t(story.act_at)} 至 {story.scene_ended_at:%H:%M}",
                    "检查扣押全程连续录制",
                    "JLY-33107",
                ),
            ),
            head=True,
        ),
    ]
    found = [
        Paper(
            "行政强制措施审批表", "行政强制措施审批表", approval, story.seizure_approved_at.date()
        ),
        Paper("行政强制措施决定书", "扣押决定书", order, at.date()),
        *([Paper("暂扣物品清单", "扣押物品清单", things, at.date())] if story.has("清单") else []),
        Paper("视音频资料清单", "音视频资料清单", tapes, at.date()),
    ]
    if story.released_on:
        free = _start("解除扣押决定书", story)
        free += [
            Para(
                f"{story.party.name}：{_d(at.date())}扣押的车辆{story.plate}，现决定自{_d(story.released_on)}解除扣押。",
                indent=False,
            ),
            _grid((("领取人", story.driver.name), ("领取日期", _d(story.released_on)))),
            *_end(story, story.released_on),
        ]
        found.append(Paper("解除行政强制措施决定书", "解除扣押决定书", free, story.released_on))
    return found


def _discussion(story: Story) -> Paper:
    day = story.discussed_on
    assert day is not None
    said = story.says("讨论意见", ("证据确实，建议处理意见可行", "同类案件均按此标准，没有意见"))
    blocks = _start("行政处罚案件集体讨论记录", story)
    blocks += [
        _grid(
            (
                ("讨论时间", _d(day)),
                ("地点", "局五楼会议室"),
                ("主持人", story.head),
                ("记录人", story.clerk),
            )
        ),
        _wide(
            (
                ("参加人员", f"{story.head}，{story.deputy}，{story.chief}"),
                ("案情汇报", f"{_told(story)}。"),
                (
                    "讨论意见",
                    f"{story.deputy}：{said[0]}。\n{story.chief}：{said[1]}。",
                ),
                ("集体决定", f"罚款{_yuan(story.fine)}。"),
                ("参会人员签字", f"{story.head} {story.deputy} {story.chief}"),
            )
        ),
    ]
    return Paper("重大案件集体讨论记录", "行政处罚案件集体讨论记录", blocks, day)


def _approval(story: Story) -> Paper:
    what = f"罚款{_yuan(story.fine)}" if story.procedure != "waived" else "不予行政处罚"
    blocks = _start("行政处罚决定审批表", story)
    blocks += [
        _grid((("当事人", story.party.name), ("案由", story.cause.name))),
        _opinions(
            ("经办人申请", story.officers[0].name, f"建议{what}", story.approved_on),
            ("大队长审核", story.chief, "同意", story.approved_on),
            ("分管局长审批", story.head, f"同意{what}", story.approved_on),
        ),
    ]
    return Paper("案件处理审批表", "行政处罚决定审批表", blocks, story.approved_on)


def _remedies(story: Story, *, on_spot: bool = False) -> str:
    new = story.decided_on >= date(2024, 1, 1)
    organ = story.says(
        "复议机关",
        story.agency.government if new else f"{story.agency.government}或{story.agency.superior}",
    )
    term = story.says("起诉期限", "6个月")
    if on_spot and new and story.has("复议前置"):
        return f"不服本决定的，应先在收到本决定书之日起60日内向{organ}申请行政复议；对复议决定仍不服的，方可向{story.agency.court}提起行政诉讼。"
    return f"不服本决定的，可在收到本决定书之日起60日内向{organ}申请行政复议，也可在收到本决定书之日起{term}内直接向{story.agency.court}提起行政诉讼。"


def _decision(story: Story) -> Paper:
    facts = _told(story, plate=story.says("决定车牌", ""), weighed=story.says("决定重量", None))
    heard = "你（单位）逾期未陈述申辩，未申请听证。"
    if story.hearing_on:
        heard = f"应你（单位）申请，本机关于{_d(story.hearing_on)}举行听证。"
    elif story.defence_on:
        heard = (
            f"你（单位）于{_d(story.defence_on)}陈述申辩，{story.says('采纳', '经复核不予采纳')}。"
        )
    elif story.waiver_on:
        heard = "你（单位）明确放弃陈述申辩和听证权利。"
    blocks = _start("行政处罚决定书", story)
    blocks += [
        _who(story),
        Para(f"本机关于{_d(story.filed_on)}对你（单位）立案调查。现查明：{facts}。", indent=False),
    ]
    if story.has("证据"):
        blocks.append(
            Para(
                "证据如下："
                + "；".join(f"({i}){each}" for i, each in enumerate(_proof(story), 1))
                + "。",
                indent=False,
            )
        )
    if story.has("通知书"):
        blocks.append(
            Para(
                f"{_d(story.notice_served_on)}本机关向你（单位）送达行政处罚事先告知书。{heard}",
                indent=False,
            )
        )
    penalty = story.says("罚种", f"罚款{_yuan(story.fine, story.says('小写', None))}")
    blocks += [
        Para(
            f"上述行为违反{story.says('决定违反', story.cause.violated)}。{story.says('理由', '结合案件情节')}，根据{story.says('决定依据', story.cause.basis)}（{story.says('决定幅度', story.cause.range_words)}罚款），决定：{penalty}。",
            indent=False,
        ),
        Para(
            story.says(
                "履行",
                f"请自收到本决定书之日起15日内，凭缴款码到{story.agency.bank}或通过线上渠道缴纳。逾期每日按罚款数额3%加处罚款，加处总额不超过罚款本金。",
            ),
            indent=False,
        ),
        Para(_remedies(story), indent=False),
        *_end(story, story.decided_on, story.says("落款", "")),
    ]
    return Paper("行政处罚决定书", "行政处罚决定书", blocks, story.decided_on)


def _spot(story: Story) -> Paper:
    blocks = _start("行政处罚决定书（当场）", story)
    blocks += [
        _who(story),
        _wide(
            (
                ("违法事实", f"{_told(story)}。"),
                ("违反条款", story.cause.violated),
                ("处罚依据", story.cause.basis),
                ("处罚内容", f"{story.says('罚种', '罚款' + _yuan(story.fine))}；责令立即改正"),
                ("缴款方式", f"15日内到{story.agency.bank}缴纳，逾期每日加处3%"),
                ("权利救济", _remedies(story, on_spot=True)),
                (
                    "当场告知",
                    "执法人员已出示证件，并告知事实、理由、依据及陈述申辩权，当事人无异议",
                ),
                ("执法人员", _names(story)),
                ("处罚时间地点", f"{_t(story.scene_ended_at)}　{story.place}"),
            )
        ),
        _grid((("当事人签收", story.driver.name), ("签收日期", _d(story.decided_on)))),
        *_end(story, story.decided_on),
    ]
    return Paper("当场行政处罚决定书", "行政处罚决定书（当场）", blocks, story.decided_on)


def _report_spot(story: Story) -> Paper:
    assert story.reported_on is not None
    blocks = _start("当场行政处罚备案表", story)
    blocks += [
        _grid(
            (
                ("当事人", story.party.name),
                ("案由", story.cause.name),
                ("处罚日期", _d(story.decided_on)),
                ("处罚金额", f"{story.fine}元"),
                ("执法人员", _names(story)),
                ("备案日期", _d(story.reported_on)),
            )
        ),
    ]
    return Paper("当场处罚备案表", "当场行政处罚备案表", blocks, story.reported_on)


def _publication(story: Story) -> Paper:
    assert story.published_on is not None
    name = story.party.name if story.party.kind != "citizen" else story.party.name[0] + "**"
    blocks: list[Block] = [
        Code(),
        Title("行政处罚公示详情页"),
        _wide(
            (
                ("决定书文号", story.case_no),
                ("行政相对人", story.says("公示名称", name)),
                ("违法事实", story.cause.name),
                ("处罚内容", story.says("罚种", f"罚款{story.fine}元")),
                ("处罚决定日期", _d(story.decided_on)),
                ("公示日期", _d(story.published_on)),
                *story.says("公示多余", ()),
            )
        ),
    ]
    return Paper("公示截图", "行政处罚公示详情页", blocks, story.published_on)


def _receipt(story: Story) -> Paper:
    blocks: list[Block] = [
        Code(),
        Title("非税收入电子票据"),
        _grid(
            (
                ("票据号码", f"00{story.number:08d}"),
                ("开票日期", _d(story.paid_on)),
                ("交款人", story.party.name),
                ("项目", "交通运输罚没收入"),
                ("金额", f"{story.fine}.00"),
                ("金额大写", cn2an.an2cn(story.fine, "rmb")),
            )
        ),
    ]
    return Paper("罚款票据", "非税收入电子票据", blocks, story.paid_on)


def _closing(story: Story) -> Paper:
    fined = story.procedure != "waived"
    done = story.says(
        "执行情况",
        f"{_d(story.paid_on)}缴清罚款{story.fine}元，已改正。"
        if fined
        else "已改正，决定书已送达。",
    )
    blocks = _start("行政处罚案件结案审批表", story, number=story.says("结案案号", ""))
    blocks += [
        _grid(
            (
                ("当事人", story.party.name),
                ("案由", story.cause.name),
                ("立案日期", _d(story.filed_on)),
                ("决定日期", _d(story.decided_on)),
            )
        ),
        _wide((("执行情况", done), ("结案原因", "处罚决定执行完毕" if fined else "不予处罚"))),
        _opinions(
            ("经办人申请", story.officers[0].name, "申请结案", story.closed_on),
            ("大队长审核", story.chief, "同意", story.closed_on),
            ("分管局长审批", story.head, "同意结案", story.closed_on),
        ),
    ]
    return Paper("结案报告", "行政处罚案件结案审批表", blocks, story.closed_on)


def _waived(story: Story) -> list[Paper]:
    assert story.cleared_on is not None
    who = (story.party.agent or story.driver).name
    first = _start("历史违法记录查询结果", story)
    first += [
        _grid(
            (
                ("查询对象", story.party.name),
                ("证件号码", story.party.number),
                ("查询时间", _d(story.filed_on)),
                ("查询范围", "近两年、全市"),
            )
        ),
        Para(story.says("首违结果", "查询结果：0条，属首次违法。"), indent=False),
    ]
    again = _start("整改复查记录表", story)
    again += [
        _wide(
            (
                ("复查时间", _d(story.cleared_on)),
                ("复查情况", f"已{story.cause.done}，未造成危害后果，整改到位。"),
                ("复查人", _names(story)),
                ("当事人签字", who),
            )
        )
    ]
    promise = _start("免罚告知承诺书", story)
    promise += [
        Para(
            "本人已知晓违法事实及免予处罚的条件，承诺及时改正、不再违法，再次违法愿依法受罚。",
            indent=False,
        ),
        _grid((("承诺人", who), ("日期", _d(story.cleared_on)))),
    ]
    teach = _start("行政执法教育记录", story)
    teach += [
        _wide(
            (
                ("教育时间", _d(story.cleared_on)),
                ("教育内容", f"针对{story.cause.name}开展普法教育，发放宣传资料。"),
                ("被教育人签字", who),
                ("执法人员", _names(story)),
            )
        )
    ]
    return [
        Paper("首次违法查询记录", "历史违法记录查询结果", first, story.filed_on),
        *(
            [Paper("整改复查记录", "整改复查记录表", again, story.cleared_on)]
            if story.has("复查")
            else []
        ),
        Paper("免予处罚告知承诺书", "免罚告知承诺书", promise, story.cleared_on),
        *(
            [Paper("教育记录", "行政执法教育记录", teach, story.cleared_on)]
            if story.has("教育")
            else []
        ),
    ]


def _no_penalty(story: Story) -> Paper:
    blocks = _start("不予行政处罚决定书", story)
    blocks += [
        _who(story),
        Para(f"经查：{_told(story)}。证据：{'、'.join(_proof(story))}。", indent=False),
        Para(
            f"你（单位）违反{story.cause.violated}，应按{story.cause.basis}处罚。鉴于违法行为轻微、及时改正且未造成危害后果，依据《中华人民共和国行政处罚法》第三十三条第一款，决定不予行政处罚。",
            indent=False,
        ),
        Para(_remedies(story), indent=False),
        *_end(story, story.decided_on),
    ]
    return Paper("不予行政处罚决定书", "不予行政处罚决定书", blocks, story.decided_on)


def _cover(story: Story) -> Paper:
    result = (
        story.says("罚种", f"罚款{story.fine}元") if story.procedure != "waived" else "不予行政处罚"
    )
    blocks: list[Block] = [
        Code(),
        Gap(30),
        Title("行政执法案卷", over=story.agency.name),
        Para("样例", indent=False, align="center"),
        _grid(
            (
                ("案卷编号", story.case_no),
                ("当事人", story.party.name),
                ("案由", story.cause.name),
                ("承办人", "，".join(each.name for each in story.officers)),
                ("处理结果", result),
                ("结案日期", _d(story.closed_on)),
                ("归档日期", _d(story.archived_on)),
                ("保管期限", "10年"),
            )
        ),
    ]
    return Paper("卷宗封面", "行政执法案卷", blocks, on_index=False)


def index(rows: list[tuple[str, date | None, str]]) -> Paper:
    """The file index with the start page only."""
    lines = tuple(
        (str(i), title, _d(day) if day else "", pages.split("-")[0])
        for i, (title, day, pages) in enumerate(rows, 1)
    )
    blocks: list[Block] = [
        Code(),
        Title("案卷目录"),
        Form(
            (0.1, 0.5, 0.22, 0.18), (("序号", "材料名称", "形成日期", "起始页"), *lines), head=True
        ),
    ]
    return Paper("卷内目录", "案卷目录", blocks, on_index=False)


def _remarks(story: Story) -> list[Paper]:
    if not story.has("备考表"):
        return []
    blocks: list[Block] = [
        Code(),
        Title("备考表"),
        _wide(
            (
                ("说明", "系统自动组卷，材料完整。"),
                ("组卷人", story.officers[0].name),
                ("审核人", story.chief),
                ("归档日期", _d(story.archived_on)),
            )
        ),
    ]
    return [Paper("备考表", "备考表", blocks, story.archived_on)]


def papers(story: Story) -> list[Paper]:
    """As the system prints them: by the stage of the procedure."""
    found = [_cover(story)]
    if story.procedure == "summary":
        found += [_scene(story), _photos(story), *_copies(story), _spot(story), _report_spot(story)]
        found += [_receipt(story)] if story.has("票据") and story.fine else []
        return [*found, *_remarks(story)]
    found += [_scene(story), *_seizure(story)]
    found += [_correction(story)] if story.has("责改") else []
    found += [_filing(story)]
    found += [_interview(story, talk) for talk in story.talks]
    found += [_photos(story)]
    found += _slip(story) if story.weighed else []
    found += _copies(story)
    if story.procedure == "waived":
        found += [*_waived(story), _approval(story), _no_penalty(story)]
        found += [_service(story, "不予行政处罚决定书", story.served_on, "决定"), _closing(story)]
        return [*found, *_remarks(story)]
    found += [_report(story)]
    found += [_legal(story, story.legal_on)] if story.legal_on else []
    if story.has("通知书"):
        for each in story.notices():
            found.append(_notice(each))
            found.append(_service(each, "行政处罚事先告知书", each.notice_served_on, "告知"))
    found += [*_defence(story), *_hearing(story)]
    found += [_discussion(story)] if story.discussed_on else []
    found += [_approval(story), _decision(story)]
    found += [_service(story, "行政处罚决定书", story.served_on, "决定")]
    found += story.says("另纸", ())
    found += [_receipt(story)] if story.has("票据") else []
    found += [_publication(story)] if story.published_on else []
    return [*found, _closing(story), *_remarks(story)]
