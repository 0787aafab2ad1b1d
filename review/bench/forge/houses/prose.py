"""House two: an older county office.

Running text instead of forms, dates in Chinese numerals, titles with gaps between the characters,
the decision bound in front.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import cn2an

from review.bench.forge.paper import Block, Form, Gap, Look, Paper, Para, Picture, Seal, Title
from review.bench.forge.story import Story, Talk

LOOK = Look(
    body="ming",
    head="kai",
    hand="kai",
    size=13.5,
    leading=23,
    margins=(80, 70, 78, 70),
    foot="—{page}—",
)
_DIGITS = "〇一二三四五六七八九"


def _number(value: int) -> str:
    if value < 10:
        return _DIGITS[value] if value else "零"
    tens, ones = divmod(value, 10)
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def _d(day: date | None) -> str:
    if day is None:
        return ""
    year = "".join(_DIGITS[int(each)] for each in str(day.year))
    return f"{year}年{_number(day.month)}月{_number(day.day)}日"


def _t(at: datetime) -> str:
    half = "上午" if at.hour < 12 else "下午"
    hour = at.hour if at.hour <= 12 else at.hour - 12
    return f"{_d(at.date())}{half}{_number(hour)}时{_number(at.minute)}分"


def _m(yuan: int, digits: int | None = None) -> str:
    words = cn2an.an2cn(yuan, "rmb").replace("元整", "圆整")
    return f"人民币{words}（{yuan if digits is None else digits}元）"


def _tons(kg: int) -> str:
    return f"{kg / 1000:.2f}".rstrip("0").rstrip(".") + "吨"


def _both(story: Story) -> str:
    return "、".join(each.name for each in story.officers)


def _head(title: str, story: Story, *, number: str = "") -> list[Block]:
    return [
        Title(title, over=story.agency.name, spread=True),
        Para(number or story.case_no, indent=False, align="right"),
    ]


def _tail(story: Story, day: date, name: str = "") -> list[Block]:
    return [
        Gap(20),
        Para(name or story.agency.name, indent=False, align="right"),
        Seal(story.agency.name),
        Para(_d(day), indent=False, align="right"),
    ]


def _lines(pairs: Iterable[tuple[str, str]]) -> list[Block]:
    return [Para(f"{label}：{text}", indent=False) for label, text in pairs]


def _whole(story: Story) -> str:
    p = story.party
    if p.kind == "citizen" and p.person:
        where = f"，住{p.address}" if story.has("住址") else ""
        return f"{p.name}，{p.person.sex}，公民身份号码{p.number}{where}，电话{p.phone}"
    where = f"，住所地{p.address}" if story.has("住址") else ""
    return f"{p.name}，统一社会信用代码{p.number}，法定代表人{p.representative}{where}"


def _told(story: Story, *, plate: str = "", weighed: int | None = None) -> str:
    kg = story.weighed if weighed is None else weighed
    act = story.cause.told.format(
        who=story.driver.name,
        party=story.party.name,
        plate=plate or story.plate,
        trailer=story.trailer,
        place=story.place,
        kg=_tons(kg),
        limit=_tons(story.limit),
        over=_tons(kg - story.limit),
        axles=_number(story.axles),
    )
    when = story.act_at
    half = "上午" if when.hour < 12 else "下午"
    owner = ""
    if story.party.kind != "citizen" and story.cause.vehicle:
        owner = f"。上述车辆为{story.party.name}所有，{story.driver.name}系该公司雇用"
    return f"{_d(story.day_of_act)}{half}{_number(when.hour if when.hour < 13 else when.hour - 12)}时许，{act}{owner}"


def _filing(story: Story) -> Paper:
    who = story.says("经办人", "、".join(each.name for each in story.officers))
    verdict = "准予立案。" + (f"本案由{who}办理。" if who else "")
    signed = f"{story.head}　{_d(story.filed_on)}"
    blocks = _head("立案审批表", story)
    blocks += _lines(
        (
            ("案件来源", "执法检查中发现"),
            ("线索登记时间", _d(story.registered_on)),
            ("案由", f"涉嫌{story.cause.name}"),
            ("当事人", _whole(story)),
        )
    )
    blocks += [
        Para(f"简要案情：{_told(story)}。"),
        Para(f"上述行为涉嫌违反{story.cause.violated}之规定，建议立案查处。"),
        Para(f"经办人：{_both(story)}　{_d(story.chief_on)}", indent=False),
        Para(
            f"大队意见：情况属实，报请局领导批准立案。{story.chief}　{_d(story.chief_on)}",
            indent=False,
        ),
        Para(
            f"局领导批示：{verdict}{signed}" if story.has("批准栏") else "局领导批示：",
            indent=False,
            hand=True,
        ),
    ]
    return Paper("立案登记表", "立案审批表", blocks, story.filed_on)


def _scene(story: Story) -> Paper:
    a, b = story.officers
    signers = story.says("现场签名", story.officers)
    end = story.scene_ended_at
    blocks = _head("现场检查笔录", story)
    blocks += _lines(
        (
            ("检查时间", f"{_t(story.act_at)}至{_number(end.hour)}时{_number(end.minute)}分"),
            ("检查地点", story.place),
            ("检查人", f"{a.name}（执法证号{a.number}）、{b.name}（执法证号{b.number}）"),
            ("记录人", b.name),
            (
                "被检查人",
                f"{story.driver.name}，公民身份号码{story.driver.id_no}，电话{story.driver.phone}",
            ),
        )
    )
    if story.has("亮证"):
        blocks.append(
            Para(
                story.says(
                    "亮证说法",
                    f"检查前，{a.name}、{b.name}主动亮明了身份，将行政执法证交被检查人看过，并讲明来意。",
                )
            )
        )
    if story.has("回避"):
        blocks.append(
            Para(
                story.says(
                    "回避说法",
                    "告知被检查人：如果认为检查人员同本案有利害关系，可以要求更换。被检查人回答：不要求更换。",
                )
            )
        )
    blocks += [
        Para(f"检查情况：{_told(story)}。"),
        Para("被检查人对以上情况没有异议。检查过程有执法记录仪记录。"),
    ]
    if story.seized_at:
        blocks.append(
            Para(
                f"经请示局领导同意，对{story.plate}号车予以暂扣，已当场告知暂扣的理由、依据和救济途径并听取被检查人陈述。"
            )
        )
    blocks += [
        Para("（以上笔录我看过，记得对。）", hand=True),
        Para(f"被检查人：{story.driver.name}　{_d(story.act_at.date())}", indent=False, hand=True),
        Para(
            f"检查人：{'　'.join(each.name for each in signers)}　{_d(story.act_at.date())}",
            indent=False,
            hand=True,
        ),
    ]
    return Paper("现场笔录", "现场检查笔录", blocks, story.act_at.date())


def _interview(story: Story, talk: Talk) -> Paper:
    a, b = talk.officers
    end = (
        f"{_number(talk.ended_at.hour)}时{_number(talk.ended_at.minute)}分"
        if talk.ended_at
        else "　　时　　分"
    )
    who = talk.person.name + (f"、{talk.also.name}" if talk.also else "")
    blocks = _head("调查询问笔录", story)
    blocks += _lines(
        (
            ("时间", f"{_t(talk.started_at)}至{end}"),
            ("地点", f"{story.agency.squad}二楼办公室"),
            ("询问人", f"{a.name}　记录人：{b.name}"),
            ("被询问人", f"{who}　性别：{talk.person.sex}　公民身份号码：{talk.person.id_no}"),
            ("住址", talk.person.address),
            ("与本案关系", talk.role),
        )
    )
    say: list[str] = []
    if story.has("亮证询问"):
        say += [
            f"问：我们是{story.agency.name}的行政执法人员{a.name}、{b.name}，这是我们的证件（{a.number}、{b.number}），请你看清楚。",
            "答：看清了。",
        ]
    if story.has("回避"):
        say += [
            story.says(
                "回避问话",
                "问：你要是觉得我们两个人跟你或者这个案子有什么利害关系，可以要求换人，要不要换？",
            ),
            "答：不用换。",
        ]
    say += [
        "问：今天找你了解情况，你要讲真话，有意见也可以辩解。",
        "答：好的。",
        f"问：说说{_d(story.day_of_act)}的事。",
        f"答：{story.says('供述', '那天' + story.place + '的事情是真的，执法人员查到的就是我讲的这个情况')}。",
    ]
    for ask, answer in story.cause.asked:
        say += [f"问：{ask}", f"答：{answer}"]
    say += [
        f"{'问' if i % 2 == 0 else '答'}：{each}" for i, each in enumerate(story.says("补问", ()))
    ]
    say += ["问：还有别的要讲吗？", "答：没有了。"]
    blocks += [Para(each) for each in say]
    blocks += [
        Para("以上笔录念给我听了，和我讲的一样。", hand=True),
        *(
            [Para(f"被询问人：{who}　{_d(talk.started_at.date())}", indent=False, hand=True)]
            if story.has("被询问人签名")
            else []
        ),
        Para(f"询问人：{a.name}　　记录人：{b.name}", indent=False, hand=True),
    ]
    return Paper("询问笔录", "调查询问笔录", blocks, talk.started_at.date())


def _photos(story: Story) -> Paper:
    words = (
        (
            f"此照片由{story.officers[1].name}于{_t(story.act_at)}在{story.place}拍摄，反映检查时的现场情况。",
        )
        if story.has("照片说明")
        else ()
    )
    blocks: list[Block] = [
        Title("照片粘贴页", spread=True),
        Picture(words, 190),
        Gap(8),
        Picture(words, 190),
    ]
    return Paper("现场照片", "照片粘贴页", blocks)


def _slip(story: Story) -> list[Paper]:
    at = story.act_at
    valid = story.says("检定有效期", date(at.year + 1, 1, 30))
    slip = [
        Title("称重检测单", spread=True),
        *_lines(
            (
                ("站名", story.place),
                ("称重时间", _t(at)),
                ("车号", story.plate),
                ("轴型", f"{story.axles}轴"),
                ("实测总重", f"{story.weighed}千克"),
                ("限重", f"{story.limit}千克"),
                ("超重", f"{story.weighed - story.limit}千克"),
                ("驾驶员", story.driver.name),
            )
        ),
    ]
    device = [
        Title("检定证书（复印件）", spread=True),
        *_lines(
            (
                ("仪器名称", "动态汽车衡"),
                ("仪器编号", "DTH-6604"),
                ("检定结论", "合格"),
                ("有效期至", _d(valid)),
            )
        ),
        Para("经核对与原件相符。"),
    ]
    return [
        Paper("称重检测单", "称重检测单", slip, at.date()),
        Paper("计量检定证书复印件", "检定证书（复印件）", device),
    ]


def _copies(story: Story) -> list[Paper]:
    p = story.party
    giver = (p.agent or story.driver).name
    mark = (
        Para(
            f"本复印件与原件一致，由{giver}提供，{story.officers[0].name}核对。{_d(story.filed_on)}"
        )
        if story.has("核对")
        else Gap(4)
    )
    found = []
    if p.kind != "citizen":
        licence: list[Block] = [
            Title("营业执照复印件", spread=True),
            Picture(
                (
                    f"名称：{story.says('执照名称', p.name)}",
                    f"统一社会信用代码：{p.number}",
                    f"法定代表人：{p.representative}",
                    f"住所：{p.address}",
                ),
                120,
            ),
            mark,
        ]
        agent = p.agent
        assert agent is not None
        power: list[Block] = [
            Title("委托书", spread=True),
            Para(f"{story.agency.name}：", indent=False),
            Para(
                f"兹委托我公司{agent.name}（公民身份号码{agent.id_no}）前来处理{story.cause.name}一事，有权陈述、申辩、签收文书和缴款。"
            ),
            Para(f"委托人：{p.name}", indent=False, align="right"),
            Para(f"法定代表人：{p.representative}", indent=False, align="right"),
            Para(_d(story.filed_on), indent=False, align="right"),
        ]
        found += [
            Paper("营业执照复印件", "营业执照复印件", licence),
            Paper("授权委托书", "委托书", power, story.filed_on),
        ]
    card: list[Block] = [
        Title("居民身份证复印件", spread=True),
        Picture((f"{story.driver.name}　{story.driver.id_no}",), 130),
        mark,
    ]
    found.append(Paper("身份证复印件", "居民身份证复印件", card))
    if story.plate and story.cause.vehicle != "ship":
        book: list[Block] = [
            Title("行驶证复印件", spread=True),
            Picture(
                (
                    f"号牌号码：{story.plate}",
                    f"所有人：{story.says('车主', p.name)}",
                    f"车辆类型：{story.says('车型', _kind(story))}",
                    f"总质量：{story.says('总质量', '18000kg')}",
                ),
                120,
            ),
            mark,
        ]
        found.append(Paper("行驶证复印件", "行驶证复印件", book))
    return found


def _kind(story: Story) -> str:
    if story.cause.key == "overload":
        return "重型半挂牵引车"
    return {"truck": "重型厢式货车", "bus": "小型普通客车"}.get(story.cause.vehicle, "小型轿车")


def _correction(story: Story) -> Paper:
    blocks = _head("责令改正通知书", story)
    blocks += [
        Para(f"{story.party.name}：", indent=False),
        Para(
            f"{_told(story)}。该行为不符合{story.cause.violated}的规定。现依照《中华人民共和国行政处罚法》第二十八条第一款，责令你（单位）{story.cause.done}。"
        ),
        Para(
            f"不服本通知的，可自收到之日起六十日内向{story.agency.government}申请复议，或者六个月内向{story.agency.court}起诉。"
        ),
        Para(f"签收人：{story.driver.name}　执法人员：{_both(story)}", indent=False, hand=True),
        *_tail(story, story.act_at.date()),
    ]
    return Paper("责令改正违法行为通知书", "责令改正通知书", blocks, story.act_at.date())


def _narrated(story: Story) -> str:
    said = "在询问中" + "、".join(talk.person.name for talk in story.talks) + "均承认上述事实"
    base = f"执法人员制作的检查笔录载明了查获经过，现场拍摄的照片与之相符，{said}"
    if story.weighed:
        base += "，称重单显示的数字也可印证"
    return base


def _report(story: Story) -> Paper:
    blocks = _head("案件调查终结报告", story)
    blocks += [
        *_lines((("当事人", _whole(story)), ("案由", story.cause.name))),
        Para(f"{_d(story.filed_on)}经批准立案，由{_both(story)}负责调查，现已终结。"),
        Para(f"查明的事实：{_told(story)}。"),
        Para(f"认定上述事实的依据：{_narrated(story)}。"),
        Para(
            f"我们认为，当事人违反了{story.cause.violated}，{story.says('裁量', '情节一般')}，建议根据{story.cause.basis}，处罚款{_m(story.fine_notified)}。"
        ),
        Para(f"调查人：{_both(story)}　{_d(story.report_on)}", indent=False, align="right"),
    ]
    return Paper("案件调查报告", "案件调查终结报告", blocks, story.report_on)


def _legal(story: Story, day: date, *, again: bool = False) -> Paper:
    blocks = _head("法制审核意见", story)
    blocks += [
        Para(
            f"送审案件：{story.party.name}{story.cause.name}案（{'听证后' if again else '告知前'}）"
        ),
        Para(
            "审核结果："
            + story.says(
                "审核意见",
                "本局有管辖权，两名办案人均持证；程序依法进行；事实有证据支持；引用法条无误，罚款数额得当；没有越权；文书齐备；不需要移送公安机关。予以通过。",
            )
        ),
        Para(
            f"法制审核员：{story.says('审核人', story.jurist)}　{_d(day)}",
            indent=False,
            align="right",
        ),
    ]
    return Paper("法制审核意见书", "法制审核意见", blocks, day)


def _notice(story: Story) -> Paper:
    basis = f"根据{story.cause.basis}的规定，" if story.has("告知依据") else ""
    what = f"罚款{_m(story.fine_notified)}" if story.has("拟罚数额") else "行政处罚"
    blocks = _head("行政处罚告知书", story)
    blocks += [
        Para(f"{story.party.name}：", indent=False),
        Para(
            f"现已查明，{_told(story)}。你（单位）的行为违反了{story.cause.violated}的规定。{basis}我局准备对你（单位）给予{what}。"
        ),
        Para(
            story.says(
                "权利",
                "按照《中华人民共和国行政处罚法》第四十四条和第四十五条，你（单位）可在接到本告知书后五个工作日内来我局陈述意见、提出申辩，过期不来即作放弃论。",
            )
        ),
    ]
    if story.has("听证告知"):
        blocks.append(
            Para(
                "你（单位）还可以依照该法第六十三条在五个工作日内书面要求我局组织听证，听证不收费用。"
            )
        )
    blocks += _tail(story, story.notice_on)
    return Paper("违法行为通知书", "行政处罚告知书", blocks, story.notice_on)


def _service(story: Story, title: str, day: date, key: str) -> Paper:
    p = story.party
    blocks = _head("送达回证", story, number=story.says(f"{key}案号", story.case_no))
    blocks += _lines(
        (
            ("受送达人", p.name),
            ("送达的文书", f"《{title}》（{story.says(key + '文号', story.case_no)}）"),
            ("送达方式", story.says(f"{key}方式", "当面送达")),
            ("送达地点", story.says(f"{key}地点", story.agency.squad)),
            ("收到时间", story.says(f"{key}时间", _d(day))),
            ("收件人", story.says(f"{key}收件人", (p.agent or story.driver).name)),
            ("代收原因", "" if p.kind == "citizen" else "受公司委托"),
            ("送达人", story.says(f"{key}送达人", _both(story))),
            ("附记", story.says(f"{key}备注", "")),
        )
    )
    return Paper("送达回证", "送达回证", blocks, day)


def _defence(story: Story) -> list[Paper]:
    found = []
    p = story.party
    if story.defence_on:
        plea: list[Block] = [
            Title("申辩书", spread=True),
            Para(f"{story.agency.name}：", indent=False),
            Para("告知书收到了。错是有错，但今年生意不好做，一家老小要吃饭，恳请领导少罚一点。"),
            Para(f"申辩人：{p.name}", indent=False, align="right", hand=True),
            Para(_d(story.defence_on), indent=False, align="right", hand=True),
        ]
        found.append(Paper("陈述申辩书", "申辩书", plea, story.defence_on))
    if story.defence_on and story.defence_reviewed_on:
        view = _head("陈述申辩复核意见", story)
        view += [
            Para(f"{p.name}于{_d(story.defence_on)}向我局提出申辩，请求少罚。"),
            Para(
                story.says(
                    "复核", "经复核，所述困难不属于法律规定的从轻、减轻情形，拟维持原告知的处罚。"
                )
            ),
            Para(
                f"复核人：{story.chief}　{_d(story.defence_reviewed_on)}",
                indent=False,
                align="right",
            ),
        ]
        found.append(
            Paper("陈述申辩复核意见书", "陈述申辩复核意见", view, story.defence_reviewed_on)
        )
    if story.waiver_on:
        gone: list[Block] = [
            Title("放弃陈述申辩权利书", spread=True),
            Para(f"{story.agency.name}：", indent=False),
            Para(
                f"你局{_d(story.notice_on)}的告知书我已收到，我不陈述、不申辩，也不要求听证，请直接处理。"
            ),
            Para(
                f"具书人：{(p.agent or story.driver).name}　{_d(story.waiver_on)}",
                indent=False,
                align="right",
                hand=True,
            ),
        ]
        found.append(Paper("放弃陈述申辩声明", "放弃陈述申辩权利书", gone, story.waiver_on))
    return found


def _hearing(story: Story) -> list[Paper]:
    if story.hearing_on is None or story.hearing_told_on is None or story.hearing_asked_on is None:
        return []
    p = story.party
    host = story.says("主持人", story.host)
    ask: list[Block] = [
        Title("听证申请", spread=True),
        Para(f"{story.agency.name}：", indent=False),
        Para("我方接到处罚告知书，认为罚款过重，要求举行听证。"),
        Para(
            f"申请人：{p.name}　{_d(story.hearing_asked_on)}",
            indent=False,
            align="right",
            hand=True,
        ),
    ]
    call = _head("听证通知书", story)
    call += [
        Para(f"{p.name}：", indent=False),
        Para(
            f"你（单位）要求听证的申请收悉。兹定于{_d(story.hearing_on)}上午九时在本局三楼会议室举行听证，由{host}主持，{story.clerk}记录。届时请到场，可委托一至二名代理人。认为主持人与本案有利害关系的，可以申请回避。"
        ),
        *_tail(story, story.hearing_told_on),
    ]
    record = _head("听证笔录", story)
    record += _lines(
        (
            ("时间", f"{_d(story.hearing_on)}上午九时至十时二十分"),
            ("地点", "本局三楼会议室"),
            ("主持人", f"{host}　记录人：{story.clerk}"),
            ("案件调查人员", _both(story)),
            ("当事人", f"{p.name}　到场人：{(p.agent or story.driver).name}"),
        )
    )
    record += [
        Para(
            f"主持人{host}宣布听证开始，核对到场人员，交代权利，询问是否申请回避，当事人表示不申请。"
        ),
        Para(
            f"调查人员{story.officers[0].name}陈述：{_told(story)}，拟处罚款{_m(story.fine_notified)}。"
        ),
        Para("当事人陈述：事实承认，希望少罚。"),
        Para("双方对证据逐一质证后无新的意见，主持人宣布听证结束。"),
        Para(
            f"当事人：{(p.agent or story.driver).name}　主持人：{host}　记录人：{story.clerk}",
            indent=False,
            hand=True,
        ),
    ]
    view = _head("听证报告", story)
    view += [
        Para(
            f"{_d(story.hearing_on)}就{p.name}{story.cause.name}案举行了听证。当事人对事实无异议，所提理由不影响定性，建议按原拟意见处理。"
        ),
        Para(f"听证主持人：{host}　{_d(story.hearing_report_on)}", indent=False, align="right"),
    ]
    found = [
        Paper("听证申请书", "听证申请", ask, story.hearing_asked_on),
        Paper("听证通知书", "听证通知书", call, story.hearing_told_on),
        _service(story, "听证通知书", story.hearing_told_on, "听证"),
        Paper("听证笔录", "听证笔录", record, story.hearing_on),
        Paper("听证报告书", "听证报告", view, story.hearing_report_on),
    ]
    if story.second_legal_on:
        found.append(_legal(story, story.second_legal_on, again=True))
    return found


def _seizure(story: Story) -> list[Paper]:
    at = story.seized_at
    if at is None or story.seizure_approved_at is None or story.seized_until is None:
        return []
    approval = _head("暂扣车辆审批表", story)
    approval += [
        Para(
            f"{story.party.name}涉嫌{story.cause.name}，{story.plate}号车没有营运证件，也拿不出别的有效证明，拟依照《中华人民共和国道路运输条例》第六十二条暂扣。"
        ),
        Para(f"经办人：{_both(story)}　{_t(story.seizure_approved_at)}", indent=False),
        Para(
            f"局领导批示：同意暂扣。{story.head}　{_t(story.seizure_approved_at)}",
            indent=False,
            hand=True,
        ),
    ]
    order = _head("行政强制措施决定书", story)
    order += [
        Para(f"{_whole(story)}：", indent=False),
        Para(
            f"因你（单位）涉嫌{story.cause.name}，依照《中华人民共和国道路运输条例》第六十二条，自{_d(at.date())}起暂扣{story.plate}号车，至{_d(story.seized_until)}止，存放于本局停车场。"
        ),
        Para(
            f"不服本决定，可在六十日内向{story.agency.government}申请复议，或在六个月内向{story.agency.court}起诉。"
        ),
        *_tail(story, at.date()),
    ]
    things = _head("暂扣物品清单", story)
    things += [
        *_lines((("一", f"机动车一辆，牌号{story.plate}，外观完好"), ("二", "车钥匙一把"))),
        Para(
            f"当事人：{story.driver.name}　执法人员：{_both(story)}　{_d(at.date())}",
            indent=False,
            hand=True,
        ),
    ]
    found = [
        Paper("行政强制措施审批表", "暂扣车辆审批表", approval, story.seizure_approved_at.date()),
        Paper("行政强制措施决定书", "行政强制措施决定书", order, at.date()),
    ]
    if story.has("清单"):
        found.append(Paper("暂扣物品清单", "暂扣物品清单", things, at.date()))
    if story.extended_to:
        longer = _head("延长行政强制措施期限通知书", story)
        longer += [
            Para(f"{story.party.name}：", indent=False),
            Para(
                f"案情复杂，经本局负责人批准，依照《中华人民共和国行政强制法》第二十五条，暂扣{story.plate}号车的期限延长到{_d(story.extended_to)}。"
            ),
            *_tail(story, story.seized_until),
        ]
        found.append(
            Paper(
                "延长行政强制措施期限通知书",
                "延长行政强制措施期限通知书",
                longer,
                story.seized_until,
            )
        )
    if story.released_on:
        free = _head("解除行政强制措施决定书", story)
        free += [
            Para(f"{story.party.name}：", indent=False),
            Para(
                f"{_d(at.date())}暂扣的{story.plate}号车，自{_d(story.released_on)}起解除暂扣，请前来领取。"
            ),
            Para(
                f"车辆已领回。{story.driver.name}　{_d(story.released_on)}", indent=False, hand=True
            ),
            *_tail(story, story.released_on),
        ]
        found.append(
            Paper("解除行政强制措施决定书", "解除行政强制措施决定书", free, story.released_on)
        )
    tapes = _head("视音频资料清单", story)
    tapes += _lines(
        (
            ("记录仪编号", "ZF-0093"),
            (
                "录制起止",
                f"{_t(min(at, story.act_at) - timedelta(minutes=4))}至{_t(story.scene_ended_at)}",
            ),
            ("内容", "检查、告知权利、暂扣车辆全过程，无中断"),
            ("保管人", story.officers[0].name),
        )
    )
    found.append(Paper("视音频资料清单", "视音频资料清单", tapes, at.date()))
    return found


def _discussion(story: Story) -> Paper:
    day = story.discussed_on
    assert day is not None
    said = story.says(
        "讨论意见", ("事实清楚，罚款在法定范围内，我赞成", "当事人认错态度好，可以按这个数额办")
    )
    blocks = _head("案件集体讨论笔录", story)
    blocks += _lines(
        (
            ("时间", f"{_d(day)}下午三时"),
            ("地点", "局会议室"),
            ("主持人", f"{story.head}局长"),
            ("参加人", f"{story.head}、{story.deputy}、{story.chief}"),
            ("记录人", story.clerk),
        )
    )
    blocks += [
        Para(
            f"{story.officers[0].name}介绍案情及处理建议：{_told(story)}，建议罚款{_m(story.fine)}。"
        ),
        Para(f"{story.deputy}：{said[0]}。"),
        Para(f"{story.chief}：{said[1]}。"),
        Para(f"{story.head}：综合大家意见，决定罚款{_m(story.fine)}。"),
        Para(f"参加人签字：{story.head}　{story.deputy}　{story.chief}", indent=False, hand=True),
    ]
    return Paper("重大案件集体讨论记录", "案件集体讨论笔录", blocks, day)


def _approval(story: Story) -> Paper:
    what = f"罚款{_m(story.fine)}" if story.procedure != "waived" else "不予处罚"
    blocks = _head("行政处罚决定审批表", story)
    blocks += [
        *_lines((("当事人", story.party.name), ("案由", story.cause.name))),
        Para(
            f"经办人建议：依照{story.cause.basis}，{what}。{_both(story)}　{_d(story.approved_on)}"
        ),
        Para(f"大队意见：同意。{story.chief}　{_d(story.approved_on)}", indent=False),
        Para(
            f"局领导批示：同意{what}。{story.head}　{_d(story.approved_on)}",
            indent=False,
            hand=True,
        ),
    ]
    return Paper("案件处理审批表", "行政处罚决定审批表", blocks, story.approved_on)


def _remedies(story: Story, *, on_spot: bool = False) -> str:
    new = story.decided_on >= date(2024, 1, 1)
    organ = story.says(
        "复议机关",
        story.agency.government if new else f"{story.agency.government}或{story.agency.superior}",
    )
    if on_spot and new and story.has("复议前置"):
        return f"对本决定不服的，须于接到本决定书之日起六十日内先行向{organ}申请行政复议；不服复议决定，再向{story.agency.court}起诉。"
    return f"对本决定不服的，可于接到本决定书之日起六十日内向{organ}申请行政复议，也可于{story.says('起诉期限', '六个月')}内直接向{story.agency.court}起诉。复议、诉讼期间本决定照常执行。"


def _decision(story: Story) -> Paper:
    facts = _told(story, plate=story.says("决定车牌", ""), weighed=story.says("决定重量", None))
    if story.hearing_on:
        heard = f"{_d(story.hearing_on)}本局应你（单位）要求举行了听证。"
    elif story.defence_on:
        heard = f"你（单位）于{_d(story.defence_on)}进行了申辩，{story.says('采纳', '本局复核后未予采纳')}。"
    elif story.waiver_on:
        heard = "你（单位）表示放弃陈述、申辩。"
    else:
        heard = "你（单位）在告知的期限内没有陈述、申辩，也没有要求听证。"
    before = (
        f"{_d(story.notice_served_on)}本局向你（单位）送达了处罚告知书。{heard}"
        if story.has("通知书")
        else ""
    )
    penalty = story.says("罚种", f"罚款{_m(story.fine, story.says('小写', None))}")
    blocks = _head("行政处罚决定书", story)
    blocks += [
        Para(f"当事人：{_whole(story)}。", indent=False),
        Para(f"经查，{facts}。"),
    ]
    if story.has("证据"):
        blocks.append(Para(f"{_narrated(story)}。以上证据经查证属实，足以认定。"))
    if before:
        blocks.append(Para(before))
    blocks += [
        Para(
            f"本局认为，你（单位）违反了{story.says('决定违反', story.cause.violated)}的规定，应予处罚。{story.says('理由', '考虑到本案具体情节')}，"
            f"依照{story.says('决定依据', story.cause.basis)}“处{story.says('决定幅度', story.cause.range_words)}的罚款”的规定，决定处以{penalty}。"
        ),
        Para(
            story.says(
                "履行",
                f"你（单位）应在收到本决定书之日起十五日内到{story.agency.bank}交清罚款。逾期不交，每日加处百分之三的罚款，加处部分以罚款本数为限。",
            )
        ),
        Para(_remedies(story)),
        *_tail(story, story.decided_on, story.says("落款", "")),
    ]
    return Paper("行政处罚决定书", "行政处罚决定书", blocks, story.decided_on)


def _spot(story: Story) -> Paper:
    a, b = story.officers
    blocks = _head("当场处罚决定书", story)
    blocks += [
        Para(f"当事人：{_whole(story)}。", indent=False),
        Para(f"{_told(story)}。违反了{story.cause.violated}的规定。"),
        Para(
            f"经出示执法证件并口头告知事实、理由、依据和陈述申辩的权利，当事人未提出异议。责令当场改正，依照{story.cause.basis}，决定当场处以{story.says('罚种', '罚款' + _m(story.fine))}。"
        ),
        Para(f"请于十五日内到{story.agency.bank}交款，逾期每日加处百分之三。"),
        Para(_remedies(story, on_spot=True)),
        Para(f"处罚地点：{story.place}　处罚时间：{_t(story.scene_ended_at)}", indent=False),
        Para(f"执法人员：{a.name}（{a.number}）、{b.name}（{b.number}）", indent=False, hand=True),
        Para(f"当事人签收：{story.driver.name}　{_d(story.decided_on)}", indent=False, hand=True),
        *_tail(story, story.decided_on),
    ]
    return Paper("当场行政处罚决定书", "当场处罚决定书", blocks, story.decided_on)


def _report_spot(story: Story) -> Paper:
    assert story.reported_on is not None
    blocks: list[Block] = [
        Title("当场处罚备案登记表", spread=True),
        *_lines(
            (
                ("决定书号", story.case_no),
                ("被处罚人", story.party.name),
                ("案由", story.cause.name),
                ("处罚结果", story.says("罚种", f"罚款{story.fine}元")),
                ("处罚日期", _d(story.decided_on)),
                ("执法人员", _both(story)),
                ("报送备案日期", _d(story.reported_on)),
            )
        ),
    ]
    return Paper("当场处罚备案表", "当场处罚备案登记表", blocks, story.reported_on)


def _publication(story: Story) -> Paper:
    assert story.published_on is not None
    name = story.party.name if story.party.kind != "citizen" else story.party.name[0] + "某某"
    blocks: list[Block] = [
        Title("行政处罚公示网页打印件", spread=True),
        *_lines(
            (
                ("被处罚对象", story.says("公示名称", name)),
                ("决定文号", story.case_no),
                ("违法事实", story.cause.name),
                ("处罚结果", story.says("罚种", f"罚款{story.fine}元")),
                ("决定日期", _d(story.decided_on)),
                ("公示时间", _d(story.published_on)),
                *story.says("公示多余", ()),
            )
        ),
    ]
    return Paper("公示截图", "行政处罚公示网页打印件", blocks, story.published_on)


def _receipt(story: Story) -> Paper:
    blocks: list[Block] = [
        Title("罚没款收据", spread=True),
        Para(f"{_d(story.paid_on)}　　No 00{story.number:06d}", indent=False, align="right"),
        Para(f"今收到{story.party.name}交来{story.cause.name}案罚款，{_m(story.fine)}。"),
        Para(f"收款单位：{story.agency.bank}　经手人：{story.clerk}", indent=False, align="right"),
    ]
    return Paper("罚款票据", "罚没款收据", blocks, story.paid_on)


def _closing(story: Story) -> Paper:
    fined = story.procedure != "waived"
    done = story.says(
        "执行情况",
        f"罚款{story.fine}元已于{_d(story.paid_on)}交清，违法行为也已停止。"
        if fined
        else "当事人已经改正，决定书已送达。",
    )
    blocks = _head("案件结案报告", story, number=story.says("结案案号", ""))
    blocks += [
        *_lines((("当事人", story.party.name), ("案由", story.cause.name))),
        Para(
            f"本案于{_d(story.filed_on)}立案，于{_d(story.decided_on)}作出{'处罚' if fined else '不予处罚'}决定，于{_d(story.served_on)}送达。"
        ),
        Para(f"执行情况：{done}"),
        Para(f"本案已办理完毕，建议结案。经办人：{_both(story)}　{_d(story.closed_on)}"),
        Para(f"局领导批示：同意结案。{story.head}　{_d(story.closed_on)}", indent=False, hand=True),
    ]
    return Paper("结案报告", "案件结案报告", blocks, story.closed_on)


def _waived(story: Story) -> list[Paper]:
    assert story.cleared_on is not None
    who = (story.party.agent or story.driver).name
    first: list[Block] = [
        Title("违法记录查询单", spread=True),
        Para(
            f"{_d(story.filed_on)}查阅本局处罚台账和全省执法系统，{story.party.name}（{story.party.number}）"
            + story.says("首违结果", "近两年没有同类违法记录，为初次违法。")
        ),
        Para(f"查询人：{_both(story)}", indent=False, align="right"),
    ]
    again = _head("复查笔录", story)
    again += [
        Para(
            f"{_d(story.cleared_on)}，{_both(story)}到{story.place}复查，看到当事人已{story.cause.done}，没有造成后果。"
        ),
        Para(f"当事人：{who}　复查人：{_both(story)}", indent=False, hand=True),
    ]
    promise: list[Block] = [
        Title("免予处罚承诺书", spread=True),
        Para(f"{story.agency.name}：", indent=False),
        Para(f"我对{story.cause.name}的错误已经认识，并已改好，保证以后不再犯，再犯甘愿受罚。"),
        Para(f"承诺人：{who}　{_d(story.cleared_on)}", indent=False, align="right", hand=True),
    ]
    teach: list[Block] = [
        Title("教育谈话记录", spread=True),
        Para(
            f"{_d(story.cleared_on)}对{who}进行批评教育，讲解了{story.cause.violated}的内容和危害，{who}表示接受。"
        ),
        Para(f"谈话人：{_both(story)}　被教育人：{who}", indent=False, hand=True),
    ]
    found = [Paper("首次违法查询记录", "违法记录查询单", first, story.filed_on)]
    if story.has("复查"):
        found.append(Paper("整改复查记录", "复查笔录", again, story.cleared_on))
    found.append(Paper("免予处罚告知承诺书", "免予处罚承诺书", promise, story.cleared_on))
    if story.has("教育"):
        found.append(Paper("教育记录", "教育谈话记录", teach, story.cleared_on))
    return found


def _no_penalty(story: Story) -> Paper:
    blocks = _head("不予行政处罚决定书", story)
    blocks += [
        Para(f"当事人：{_whole(story)}。", indent=False),
        Para(f"经查，{_told(story)}。{_narrated(story)}。"),
        Para(
            f"你（单位）违反了{story.cause.violated}的规定，依照{story.cause.basis}本应处罚。因情节轻微，已经改正，没有危害后果，依照《中华人民共和国行政处罚法》第三十三条第一款，决定不予行政处罚。"
        ),
        Para(_remedies(story)),
        *_tail(story, story.decided_on),
    ]
    return Paper("不予行政处罚决定书", "不予行政处罚决定书", blocks, story.decided_on)


def _cover(story: Story) -> Paper:
    result = (
        story.says("罚种", f"罚款{story.fine}元") if story.procedure != "waived" else "不予处罚"
    )
    blocks: list[Block] = [
        Gap(60),
        Title("行政处罚案卷", over=story.agency.name, spread=True),
        Para("（样例）", indent=False, align="center"),
        Gap(40),
        *_lines(
            (
                ("文号", story.case_no),
                ("案由", story.cause.name),
                ("被处罚人", story.party.name),
                ("经办人", _both(story)),
                ("处理结果", result),
                ("结案时间", _d(story.closed_on)),
                ("归档时间", _d(story.archived_on)),
            )
        ),
    ]
    return Paper("卷宗封面", "行政处罚案卷", blocks, on_index=False)


def index(rows: list[tuple[str, date | None, str]]) -> Paper:
    """The file index: no dates, only titles and pages."""
    lines = tuple((_number(i), title, pages) for i, (title, _, pages) in enumerate(rows, 1))
    blocks: list[Block] = [
        Title("目录", spread=True),
        Form((0.15, 0.65, 0.2), (("顺序", "文件题名", "页次"), *lines), head=True, ruled=False),
    ]
    return Paper("卷内目录", "目录", blocks, on_index=False)


def _remarks(story: Story) -> list[Paper]:
    if not story.has("备考表"):
        return []
    blocks: list[Block] = [
        Title("备考表", spread=True),
        Para("本卷文件齐全，无缺页。"),
        Para(
            f"立卷人：{story.officers[0].name}　检查人：{story.chief}　{_d(story.archived_on)}",
            indent=False,
            align="right",
        ),
    ]
    return [Paper("备考表", "备考表", blocks, story.archived_on)]


def papers(story: Story) -> list[Paper]:
    """The decision first, then as things happened."""
    found = [_cover(story)]
    if story.procedure == "summary":
        found += [_spot(story), _scene(story), _photos(story), *_copies(story), _report_spot(story)]
        found += [_receipt(story)] if story.has("票据") and story.fine else []
        return [*found, *_remarks(story)]
    if story.procedure == "waived":
        found += [
            _no_penalty(story),
            _service(story, "不予行政处罚决定书", story.served_on, "决定"),
        ]
    else:
        found += [_decision(story), _service(story, "行政处罚决定书", story.served_on, "决定")]
    found += [_filing(story), _scene(story), _photos(story)]
    found += [_correction(story)] if story.has("责改") else []
    found += _seizure(story)
    found += _slip(story) if story.weighed else []
    found += [_interview(story, talk) for talk in story.talks]
    found += _copies(story)
    if story.procedure == "waived":
        return [*found, *_waived(story), _approval(story), _closing(story), *_remarks(story)]
    found.append(_report(story))
    found += [_legal(story, story.legal_on)] if story.legal_on else []
    if story.has("通知书"):
        for each in story.notices():
            found.append(_notice(each))
            found.append(_service(each, "行政处罚告知书", each.notice_served_on, "告知"))
    found += [*_defence(story), *_hearing(story)]
    found += [_discussion(story)] if story.discussed_on else []
    found.append(_approval(story))
    found += story.says("另纸", ())
    found += [_publication(story)] if story.published_on else []
    found += [_receipt(story)] if story.has("票据") else []
    return [*found, _closing(story), *_remarks(story)]
