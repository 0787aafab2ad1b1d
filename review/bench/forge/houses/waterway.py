"""House four: a port and waterway office.

Ships instead of cars, its own words for parties and papers (违法嫌疑人, 被处罚单位, 承办人员,
呈批表), forms with broad cells, kai type.
"""

from __future__ import annotations

from datetime import date, datetime

import cn2an

from review.bench.forge.paper import Block, Form, Gap, Look, Paper, Para, Picture, Seal, Title
from review.bench.forge.story import Story, Talk

LOOK = Look(
    body="kai",
    head="hei",
    hand="kai",
    size=12,
    leading=20,
    margins=(64, 60, 72, 56),
    foot="{page}",
    running="沧口市港航管理局执法文书（样例）",
    grid=0.8,
)
_A = (0.22, 0.78)
_B = (0.22, 0.28, 0.22, 0.28)


def _d(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "　　年　月　日"


def _s(day: date | None) -> str:
    return f"{day.year}.{day.month}.{day.day}" if day else ""


def _t(at: datetime) -> str:
    return f"{_d(at.date())}{at.hour}时{at.minute:02d}分"


def _m(yuan: int, digits: int | None = None) -> str:
    number = yuan if digits is None else digits
    in_ten_thousands = number >= 10000 and number % 1000 == 0
    shown = f"{number / 10000:g}万元" if in_ten_thousands else f"{number}元"
    return f"{shown}（{cn2an.an2cn(yuan, 'rmb')}）"


def _pair(story: Story) -> str:
    return "　".join(each.name for each in story.officers)


def _top(title: str, story: Story, *, number: str = "") -> list[Block]:
    return [
        Title(title, over=story.agency.name),
        Para(number or story.case_no, indent=False, align="center"),
    ]


def _bottom(story: Story, day: date, name: str = "") -> list[Block]:
    return [
        Gap(18),
        Para(f"{name or story.agency.name}", indent=False, align="right"),
        Seal(story.agency.name),
        Para(_d(day), indent=False, align="right"),
    ]


def _call(story: Story, *, punished: bool) -> str:
    one = story.party.kind == "citizen"
    if punished:
        return "被处罚人" if one else "被处罚单位"
    return "违法嫌疑人" if one else "违法嫌疑单位"


def _party(story: Story, *, punished: bool) -> list[tuple[str, ...]]:
    p = story.party
    label = _call(story, punished=punished)
    if p.kind == "citizen" and p.person:
        rows: list[tuple[str, ...]] = [
            (label, p.name, "性别", p.person.sex),
            ("公民身份号码", p.number),
        ]
        return [*rows, ("住址", p.address)] if story.has("住址") or not punished else rows
    rows = [(label, p.name), ("统一社会信用代码", p.number, "法定代表人", p.representative)]
    return [*rows, ("单位地址", p.address)] if story.has("住址") or not punished else rows


def _told(story: Story, *, plate: str = "", weighed: int | None = None) -> str:
    kg = story.weighed if weighed is None else weighed
    body = story.cause.told.format(
        who=f"船员{story.driver.name}" if story.cause.vehicle == "ship" else story.driver.name,
        party=story.party.name,
        plate=f"“{plate or story.plate}”",
        trailer=story.trailer,
        place=story.place,
        kg=f"{kg}公斤",
        limit=f"{story.limit}公斤",
        over=f"{kg - story.limit}公斤",
        axles=story.axles,
    )
    return f"{_d(story.day_of_act)}{story.act_at.hour}时许，{body}"


def _filing(story: Story) -> Paper:
    who = story.says("经办人", "、".join(each.name for each in story.officers))
    order = "同意立案查处" + (f"，承办人员：{who}" if who else "") + "。"
    sign = (
        f"{order}\n签字：{story.head}　　{_d(story.filed_on)}"
        if story.has("批准栏")
        else "\n签字：　　　　　　年　　月　　日"
    )
    blocks = _top("水上交通违法案件立案呈批表", story)
    blocks += [
        Form(
            _B,
            (
                ("线索来源", "巡航检查发现", "线索登记日期", _d(story.registered_on)),
                *_party(story, punished=False),
                ("涉嫌案由", story.cause.name),
                ("案情简介", f"{_told(story)}。涉嫌违反{story.cause.violated}。"),
                ("承办人员意见", f"建议立案。{_pair(story)}　{_d(story.chief_on)}"),
                ("支队意见", f"报局领导审批。{story.chief}　{_d(story.chief_on)}"),
                ("局领导审批意见", sign),
            ),
        )
    ]
    return Paper("立案登记表", "水上交通违法案件立案呈批表", blocks, story.filed_on)


def _scene(story: Story) -> Paper:
    a, b = story.officers
    signers = story.says("现场签名", story.officers)
    body = []
    if story.has("亮证"):
        body.append(
            story.says(
                "亮证说法",
                f"{a.name}、{b.name}登轮（登岸）后即出示执法证件，证件编号{a.number}、{b.number}，经对方查验无误。",
            )
        )
    if story.has("回避"):
        body.append(story.says("回避说法", "告知其有申请执法人员回避的权利，其表示不需回避。"))
    body.append(f"检查发现：{_told(story)}。")
    body.append("执法艇当班录像留存。")
    blocks = _top("水上执法现场检查记录", story)
    blocks += [
        Form(
            _B,
            (
                (
                    "检查时间",
                    f"自{_t(story.act_at)}起至{story.scene_ended_at.hour}时{story.scene_ended_at.minute:02d}分止",
                ),
                ("检查水域（地点）", story.place, "船名", story.plate or "无"),
                ("执法人员", f"{a.name}　{b.name}", "执法证编号", f"{a.number}\n{b.number}"),
                ("被检查方在场人员", story.driver.name, "公民身份号码", story.driver.id_no),
            ),
        ),
        *(Para(each) for each in body),
        Para("在场人员意见：情况属实，没有补充。", indent=False),
        Form(
            _B,
            (
                ("在场人员签字", story.driver.name, "日期", _s(story.act_at.date())),
                (
                    "执法人员签字",
                    "　".join(each.name for each in signers),
                    "日期",
                    _s(story.act_at.date()),
                ),
            ),
            ruled=False,
        ),
    ]
    return Paper("现场笔录", "水上执法现场检查记录", blocks, story.act_at.date())


def _interview(story: Story, talk: Talk) -> Paper:
    a, b = talk.officers
    end = f"{talk.ended_at.hour}时{talk.ended_at.minute:02d}分" if talk.ended_at else "　　时　　分"
    who = talk.person.name + (f"　{talk.also.name}" if talk.also else "")
    say = []
    if story.has("亮证询问"):
        say += [
            f"问：我们是{story.agency.squad}的，我叫{a.name}，他叫{b.name}，请看我们的执法证（{a.number}、{b.number}）。",
            "答：看过了。",
        ]
    if story.has("回避"):
        say += [
            story.says("回避问话", "问：你对我们两人办理此案有无异议，是否要求回避？"),
            "答：没有异议，不要求回避。",
        ]
    say += [
        "问：依照法律你要如实说明，也可以为自己辩解。",
        "答：知道。",
        f"问：讲一下{_d(story.day_of_act)}的情况。",
        f"答：{story.says('供述', '检查记录上写得都对')}。",
    ]
    for ask, answer in story.cause.asked:
        say += [f"问：{ask}", f"答：{answer}"]
    say += [
        f"{'问' if i % 2 == 0 else '答'}：{each}" for i, each in enumerate(story.says("补问", ()))
    ]
    say += ["问：还有补充吗？", "答：没有。"]
    hand = f"{who}　{_s(talk.started_at.date())}" if story.has("被询问人签名") else "　　　　"
    blocks = _top("询问笔录", story)
    blocks += [
        Form(
            _B,
            (
                ("询问时间", f"自{_t(talk.started_at)}起至{end}止"),
                ("询问地点", "支队趸船会议室", "询问人", a.name),
                ("记录人", b.name, "被询问人", who),
                ("与案件关系", talk.role, "性别", talk.person.sex),
                ("公民身份号码", talk.person.id_no),
                ("住址", talk.person.address),
            ),
        ),
        *(Para(each) for each in say),
        Para("上述笔录看过，没有出入。", indent=False),
        Para(
            f"被询问人签字：{hand}　　询问人签字：{a.name}　记录人签字：{b.name}",
            indent=False,
        ),
    ]
    return Paper("询问笔录", "询问笔录", blocks, talk.started_at.date())


def _photos(story: Story) -> Paper:
    words = (
        (
            f"拍摄时间：{_t(story.act_at)}　地点：{story.place}　拍摄人：{story.officers[1].name}",
            "证明内容：当时作业情况",
        )
        if story.has("照片说明")
        else ()
    )
    blocks: list[Block] = [Title("现场照片"), Picture(words, 170), Gap(6), Picture(words, 170)]
    return Paper("现场照片", "现场照片", blocks)


def _copies(story: Story) -> list[Paper]:
    p = story.party
    mark = (
        f"与原件核对无异。提供人：{(p.agent or story.driver).name}　承办人员：{_pair(story)}"
        if story.has("核对")
        else ""
    )
    found = []
    if p.kind != "citizen":
        agent = p.agent
        assert agent is not None
        licence: list[Block] = [
            Title("营业执照"),
            Form(
                _A,
                (
                    ("名称", story.says("执照名称", p.name)),
                    ("统一社会信用代码", p.number),
                    ("法定代表人", p.representative),
                    ("住所", p.address),
                ),
                ruled=False,
            ),
            Para(mark, indent=False),
        ]
        power: list[Block] = [
            Title("授权委托书"),
            Para(f"{story.agency.name}：", indent=False),
            Para(
                f"我单位现委托{agent.name}（公民身份号码{agent.id_no}）为{story.cause.name}案的代理人，代理权限：接受调查、陈述申辩、参加听证、签收文书。"
            ),
            Para(f"{p.name}（公章）　法定代表人：{p.representative}", indent=False, align="right"),
            Para(_d(story.filed_on), indent=False, align="right"),
        ]
        found += [
            Paper("营业执照复印件", "营业执照", licence),
            Paper("授权委托书", "授权委托书", power, story.filed_on),
        ]
    card: list[Block] = [
        Title("身份证复印件"),
        Picture((f"{story.driver.name}　公民身份号码{story.driver.id_no}",), 120),
        Para(mark, indent=False),
    ]
    found.append(Paper("身份证复印件", "身份证复印件", card))
    return found


def _correction(story: Story) -> Paper:
    blocks = _top("责令改正通知书", story)
    blocks += [
        Para(f"{story.party.name}：", indent=False),
        Para(
            f"{_told(story)}。违反了{story.cause.violated}。根据《中华人民共和国行政处罚法》第二十八条，责令{story.cause.done}。"
        ),
        Para(
            f"不服的，六十日内可向{story.agency.government}申请行政复议，或者六个月内可向{story.agency.court}提起行政诉讼。"
        ),
        Para(f"签收：{story.driver.name}　{_d(story.act_at.date())}", indent=False),
        *_bottom(story, story.act_at.date()),
    ]
    return Paper("责令改正违法行为通知书", "责令改正通知书", blocks, story.act_at.date())


def _proof(story: Story) -> str:
    found = ["检查记录（证明现场情况）", "询问笔录（证明行为人自认）", "照片（证明作业状态）"]
    found.append(
        "营业执照（证明主体身份）" if story.party.kind != "citizen" else "身份证（证明主体身份）"
    )
    return "、".join(found)


def _report(story: Story) -> Paper:
    blocks = _top("案件调查报告", story)
    blocks += [
        Form(
            _A,
            (
                ("案由", story.cause.name),
                (
                    "违法嫌疑人情况",
                    f"{story.party.name}　{story.party.number}　{story.party.address}",
                ),
                ("调查经过", f"{_d(story.filed_on)}立案，承办人员{_pair(story)}。"),
                ("查明事实", f"{_told(story)}。"),
                ("证据", _proof(story)),
                (
                    "定性与建议",
                    f"违反{story.cause.violated}，{story.says('裁量', '情节一般')}，建议依据{story.cause.basis}罚款{_m(story.fine_notified)}。",
                ),
                ("承办人员签字", f"{_pair(story)}　{_d(story.report_on)}"),
            ),
        )
    ]
    return Paper("案件调查报告", "案件调查报告", blocks, story.report_on)


def _legal(story: Story, day: date, *, again: bool = False) -> Paper:
    blocks = _top("法制审核意见书", story)
    blocks += [
        Para(
            f"执法支队：你单位报送的{story.party.name}案（{'听证后' if again else '初次'}）收悉，经审核："
        ),
        Para(
            story.says(
                "审核意见",
                "一、管辖和主体没有问题；二、人员持证；三、事实清楚、证据充分；四、依据适用正确，幅度适当；五、程序合法；六、文书完整；七、未发现涉嫌犯罪。同意所提意见。",
            )
        ),
        Para(f"审核人员：{story.says('审核人', story.jurist)}", indent=False, align="right"),
        Para(_d(day), indent=False, align="right"),
    ]
    return Paper("法制审核意见书", "法制审核意见书", blocks, day)


def _notice(story: Story) -> Paper:
    by = f"依据{story.cause.basis}，" if story.has("告知依据") else ""
    what = f"罚款{_m(story.fine_notified)}" if story.has("拟罚数额") else "行政处罚"
    rights = story.says(
        "权利",
        "依照《中华人民共和国行政处罚法》第四十四条、第四十五条，你（单位）有陈述、申辩的权利，请在收到本告知书五日内提出。",
    )
    blocks = _top("行政处罚意见告知书", story)
    blocks += [
        Para(f"{story.party.name}：", indent=False),
        Para(
            f"你（单位）涉嫌{story.cause.name}一案已调查终结。经查，{_told(story)}，有{_proof(story)}。"
        ),
        Para(f"该行为违反了{story.cause.violated}，{by}本局拟对你（单位）处以{what}。"),
        Para(rights),
    ]
    if story.has("听证告知"):
        blocks.append(
            Para("依照同法第六十三条、第六十四条，你（单位）可以在收到本告知书五日内要求听证。")
        )
    blocks += _bottom(story, story.notice_on)
    return Paper("违法行为通知书", "行政处罚意见告知书", blocks, story.notice_on)


def _service(story: Story, title: str, day: date, key: str) -> Paper:
    p = story.party
    blocks = _top("送达回证", story, number=story.says(f"{key}案号", story.case_no))
    blocks += [
        Form(
            _A,
            (
                ("受送达单位（人）", p.name),
                ("送达文书及编号", f"{title}　{story.says(key + '文号', story.case_no)}"),
                ("送达地点", story.says(f"{key}地点", "支队趸船")),
                ("送达方式", story.says(f"{key}方式", "直接送达")),
                (
                    "受送达人或代收人签收",
                    f"{story.says(key + '收件人', (p.agent or story.driver).name)}　{story.says(key + '时间', _d(day))}",
                ),
                ("送达人员", story.says(f"{key}送达人", _pair(story))),
                ("说明", story.says(f"{key}备注", "")),
            ),
        )
    ]
    return Paper("送达回证", "送达回证", blocks, day)


def _defence(story: Story) -> list[Paper]:
    found = []
    p = story.party
    who = (p.agent or story.driver).name
    if story.defence_on:
        plea = _top("听取陈述申辩笔录", story)
        plea += [
            Form(
                _B,
                (
                    ("时间", f"{_d(story.defence_on)}10时0分至10时20分"),
                    ("地点", "支队趸船", "陈述申辩人", who),
                    ("听取人", story.officers[0].name, "记录人", story.officers[1].name),
                ),
            ),
            Para("陈述申辩内容：公司正在整改，请求从轻处罚。"),
            Para(f"陈述申辩人签字：{who}　{_s(story.defence_on)}", indent=False),
        ]
        found.append(Paper("陈述申辩书", "听取陈述申辩笔录", plea, story.defence_on))
    if story.defence_on and story.defence_reviewed_on:
        view = _top("陈述申辩复核意见书", story)
        view += [
            Para(
                f"{p.name}{_d(story.defence_on)}所作陈述申辩，{story.says('复核', '经复核，不具备从轻、减轻情形，不予采纳。')}"
            ),
            Para(
                f"复核人员：{story.chief}　{_d(story.defence_reviewed_on)}",
                indent=False,
                align="right",
            ),
        ]
        found.append(
            Paper("陈述申辩复核意见书", "陈述申辩复核意见书", view, story.defence_reviewed_on)
        )
    if story.waiver_on:
        gone: list[Block] = [
            Title("声明"),
            Para(f"{story.agency.name}：", indent=False),
            Para(
                "贵局行政处罚意见告知书我方已经收到，我方放弃陈述、申辩和要求听证的权利，接受处罚。"
            ),
            Para(f"声明人：{who}　{_d(story.waiver_on)}", indent=False, align="right"),
        ]
        found.append(Paper("放弃陈述申辩声明", "声明", gone, story.waiver_on))
    return found


def _hearing(story: Story) -> list[Paper]:
    if story.hearing_on is None or story.hearing_told_on is None or story.hearing_asked_on is None:
        return []
    p = story.party
    host = story.says("主持人", story.host)
    ask: list[Block] = [
        Title("听证申请书"),
        Para(f"{story.agency.name}：", indent=False),
        Para("我方对拟作处罚不服，要求听证。"),
        Para(f"{p.name}　{_d(story.hearing_asked_on)}", indent=False, align="right"),
    ]
    call = _top("听证通知书", story)
    call += [
        Para(f"{p.name}：", indent=False),
        Para(
            f"你（单位）要求听证，本局决定于{_d(story.hearing_on)}9时在市政务楼四楼听证。听证主持人：{host}；书记员：{story.clerk}。你（单位）可以委托代理人，可以申请回避，无故不到按放弃处理。"
        ),
        *_bottom(story, story.hearing_told_on),
    ]
    record = _top("听证笔录", story)
    record += [
        Form(
            _B,
            (
                ("听证时间", f"自{_d(story.hearing_on)}9时00分起至10时10分止"),
                ("听证地点", "市政务楼四楼", "主持人", host),
                ("书记员", story.clerk, "承办人员", _pair(story)),
                ("听证申请方", p.name),
            ),
        ),
        Para("主持人宣读纪律，核对到会人员，告知回避权利，申请方不申请回避。"),
        Para(f"承办人员：{_told(story)}。拟处罚款{_m(story.fine_notified)}。"),
        Para("申请方：希望从轻。"),
        Para(
            f"申请方签字：{(p.agent or story.driver).name}　主持人签字：{host}　书记员签字：{story.clerk}",
            indent=False,
        ),
    ]
    view = _top("听证报告书", story)
    view += [
        Para(f"{_d(story.hearing_on)}听证会按程序举行，双方举证质证。建议维持拟处罚意见。"),
        Para(f"主持人：{host}　{_d(story.hearing_report_on)}", indent=False, align="right"),
    ]
    found = [
        Paper("听证申请书", "听证申请书", ask, story.hearing_asked_on),
        Paper("听证通知书", "听证通知书", call, story.hearing_told_on),
        _service(story, "听证通知书", story.hearing_told_on, "听证"),
        Paper("听证笔录", "听证笔录", record, story.hearing_on),
        Paper("听证报告书", "听证报告书", view, story.hearing_report_on),
    ]
    if story.second_legal_on:
        found.append(_legal(story, story.second_legal_on, again=True))
    return found


def _discussion(story: Story) -> Paper:
    day = story.discussed_on
    assert day is not None
    said = story.says("讨论意见", ("证据没有问题，同意", "处罚幅度恰当"))
    blocks = _top("重大案件集体讨论记录", story)
    blocks += [
        Form(
            _B,
            (
                ("时间", f"{_d(day)}14时30分"),
                ("地点", "局会议室", "主持", story.head),
                ("参加人员", f"{story.head}、{story.deputy}、{story.chief}"),
                ("记录", story.clerk),
            ),
        ),
        Para(f"承办人员{story.officers[0].name}汇报：{_told(story)}。"),
        Para(f"{story.deputy}：{said[0]}。{story.chief}：{said[1]}。"),
        Para(f"{story.head}：讨论一致，罚款{_m(story.fine)}。"),
        Para(f"参加人员签字：{story.head}　{story.deputy}　{story.chief}", indent=False),
    ]
    return Paper("重大案件集体讨论记录", "重大案件集体讨论记录", blocks, day)


def _approval(story: Story) -> Paper:
    what = f"罚款{_m(story.fine)}" if story.procedure != "waived" else "不予行政处罚"
    blocks = _top("处罚决定呈批表", story)
    blocks += [
        Form(
            _A,
            (
                (_call(story, punished=False), story.party.name),
                ("案由", story.cause.name),
                ("承办人员意见", f"建议{what}。{_pair(story)}　{_d(story.approved_on)}"),
                ("支队意见", f"同意。{story.chief}　{_d(story.approved_on)}"),
                ("局领导审批意见", f"同意{what}。{story.head}　{_d(story.approved_on)}"),
            ),
        )
    ]
    return Paper("案件处理审批表", "处罚决定呈批表", blocks, story.approved_on)


def _remedies(story: Story) -> str:
    new = story.decided_on >= date(2024, 1, 1)
    organ = story.says(
        "复议机关",
        story.agency.government if new else f"{story.agency.government}或者{story.agency.superior}",
    )
    return f"你（单位）如不服本决定，可以自接到本决定之日起六十日内向{organ}申请行政复议，或者自接到本决定之日起{story.says('起诉期限', '六个月')}内向{story.agency.court}提起诉讼。"


def _decision(story: Story) -> Paper:
    facts = _told(story, plate=story.says("决定车牌", ""))
    heard = "你（单位）未在期限内陈述、申辩，未要求听证。"
    if story.hearing_on:
        heard = f"{_d(story.hearing_on)}，本局依你（单位）要求举行了听证。"
    elif story.defence_on:
        heard = f"{_d(story.defence_on)}，你（单位）作了陈述申辩，{story.says('采纳', '经复核不予采纳')}。"
    elif story.waiver_on:
        heard = "你（单位）声明放弃陈述、申辩和听证。"
    penalty = story.says("罚种", f"罚款{_m(story.fine, story.says('小写', None))}")
    blocks = _top("行政处罚决定书", story)
    blocks += [Form(_B, tuple(_party(story, punished=True))), Para(f"经本局调查，{facts}。")]
    if story.has("证据"):
        blocks.append(Para(f"认定上述事实的证据有：{_proof(story)}。"))
    if story.has("通知书"):
        blocks.append(Para(f"{_d(story.notice_served_on)}，本局送达了行政处罚意见告知书。{heard}"))
    blocks += [
        Para(
            f"你（单位）违反了{story.says('决定违反', story.cause.violated)}，{story.says('理由', '鉴于本案情节')}，依据{story.says('决定依据', story.cause.basis)}（罚款幅度：{story.says('决定幅度', story.cause.range_words)}），决定对你（单位）处以{penalty}。"
        ),
        Para(
            story.says(
                "履行",
                f"限你（单位）自收到本决定书之日起十五日内持缴款通知到{story.agency.bank}缴清。逾期按日加收罚款数额百分之三，加收总数不超过罚款数额。",
            )
        ),
        Para(_remedies(story)),
        *_bottom(story, story.decided_on, story.says("落款", "")),
    ]
    return Paper("行政处罚决定书", "行政处罚决定书", blocks, story.decided_on)


def _pay_notice(story: Story) -> Paper:
    blocks = _top("缴款通知", story)
    blocks += [
        Para(
            f"{story.party.name}：根据{story.case_no}行政处罚决定书，请于收到决定书之日起十五日内将罚款{story.fine}元缴至{story.agency.bank}。"
        ),
        Para(f"{story.agency.name}　{_d(story.decided_on)}", indent=False, align="right"),
    ]
    return Paper("其他", "缴款通知", blocks, story.decided_on)


def _publication(story: Story) -> Paper:
    assert story.published_on is not None
    name = story.party.name if story.party.kind != "citizen" else story.party.name[0] + "×"
    blocks: list[Block] = [
        Title("行政处罚结果公示截屏"),
        Form(
            _A,
            (
                ("处罚文号", story.case_no),
                ("被处罚对象", story.says("公示名称", name)),
                ("案由", story.cause.name),
                ("处罚结果", story.says("罚种", f"罚款{story.fine}元")),
                ("作出决定日期", _s(story.decided_on)),
                ("上网公示日期", _s(story.published_on)),
                *story.says("公示多余", ()),
            ),
        ),
    ]
    return Paper("公示截图", "行政处罚结果公示截屏", blocks, story.published_on)


def _receipt(story: Story) -> Paper:
    blocks: list[Block] = [
        Title("代收罚没款收据"),
        Form(
            _B,
            (
                ("缴款单位（人）", story.party.name),
                ("缴款日期", _s(story.paid_on), "票号", f"0{story.number:07d}"),
                ("金额（大写）", cn2an.an2cn(story.fine, "rmb"), "小写", f"￥{story.fine}.00"),
            ),
        ),
    ]
    return Paper("罚款票据", "代收罚没款收据", blocks, story.paid_on)


def _closing(story: Story) -> Paper:
    fined = story.procedure != "waived"
    done = story.says(
        "执行情况",
        f"罚款{story.fine}元于{_d(story.paid_on)}缴清，违法状态已消除。"
        if fined
        else "已改正，不予处罚决定书已送达。",
    )
    blocks = _top("案件结案呈批表", story, number=story.says("结案案号", ""))
    blocks += [
        Form(
            _A,
            (
                (_call(story, punished=True), story.party.name),
                ("案由", story.cause.name),
                (
                    "立案及处罚情况",
                    f"{_d(story.filed_on)}立案，{_d(story.decided_on)}作出{'处罚' if fined else '不予处罚'}决定。",
                ),
                ("执行情况", done),
                ("承办人员意见", f"建议结案。{_pair(story)}　{_d(story.closed_on)}"),
                ("局领导审批意见", f"同意结案。{story.head}　{_d(story.closed_on)}"),
            ),
        )
    ]
    return Paper("结案报告", "案件结案呈批表", blocks, story.closed_on)


def _waived(story: Story) -> list[Paper]:
    assert story.cleared_on is not None
    who = (story.party.agent or story.driver).name
    first = _top("违法记录查询情况", story)
    first += [
        Para(
            f"{_d(story.filed_on)}经查询水上执法系统，{story.party.name}（{story.party.number}）{story.says('首违结果', '近两年无同类处罚记录，属初次违法。')}"
        ),
        Para(f"查询人：{_pair(story)}", indent=False, align="right"),
    ]
    again = _top("整改情况复查记录", story)
    again += [
        Para(
            f"{_d(story.cleared_on)}复查，{story.party.name}已{story.cause.done}，水深恢复，没有危害后果。"
        ),
        Para(f"在场人员：{who}　复查人员：{_pair(story)}", indent=False),
    ]
    promise: list[Block] = [
        Title("免予行政处罚承诺书"),
        Para(f"我方承认{story.cause.name}的事实，已经改正，承诺不再违反，愿意接受监督。"),
        Para(f"承诺人：{who}　{_d(story.cleared_on)}", indent=False, align="right"),
    ]
    teach = _top("说服教育记录", story)
    teach += [
        Para(
            f"{_d(story.cleared_on)}，承办人员对{who}进行了说服教育，讲明航道保护的规定和违法的后果，{who}表示接受。"
        ),
        Para(f"被教育人：{who}　教育人：{_pair(story)}", indent=False),
    ]
    return [
        Paper("首次违法查询记录", "违法记录查询情况", first, story.filed_on),
        *(
            [Paper("整改复查记录", "整改情况复查记录", again, story.cleared_on)]
            if story.has("复查")
            else []
        ),
        Paper("免予处罚告知承诺书", "免予行政处罚承诺书", promise, story.cleared_on),
        *(
            [Paper("教育记录", "说服教育记录", teach, story.cleared_on)]
            if story.has("教育")
            else []
        ),
    ]


def _no_penalty(story: Story) -> Paper:
    blocks = _top("不予行政处罚决定书", story)
    blocks += [
        Form(_B, tuple(_party(story, punished=False))),
        Para(f"经查，{_told(story)}。证据有：{_proof(story)}。"),
        Para(
            f"上述行为违反了{story.cause.violated}，依据{story.cause.basis}应予处罚。因违法行为轻微、及时改正、没有造成危害后果，依照《中华人民共和国行政处罚法》第三十三条第一款，决定不予行政处罚。"
        ),
        Para(_remedies(story)),
        *_bottom(story, story.decided_on),
    ]
    return Paper("不予行政处罚决定书", "不予行政处罚决定书", blocks, story.decided_on)


def _cover(story: Story) -> Paper:
    blocks: list[Block] = [
        Gap(50),
        Title("港航行政处罚卷宗", over=story.agency.name),
        Para("（样　例）", indent=False, align="center"),
        Form(
            _A,
            (
                ("案卷号", story.case_no),
                ("案由", story.cause.name),
                (_call(story, punished=True), story.party.name),
                ("承办人员", _pair(story)),
                (
                    "处理结果",
                    story.says("罚种", f"罚款{story.fine}元")
                    if story.procedure != "waived"
                    else "不予行政处罚",
                ),
                ("立案日期", _d(story.filed_on)),
                ("结案日期", _d(story.closed_on)),
                ("归档日期", _d(story.archived_on)),
            ),
        ),
    ]
    return Paper("卷宗封面", "港航行政处罚卷宗", blocks, on_index=False)


def index(rows: list[tuple[str, date | None, str]]) -> Paper:
    """The file index with dates in points."""
    lines = tuple((str(i), title, _s(day), pages) for i, (title, day, pages) in enumerate(rows, 1))
    blocks: list[Block] = [
        Title("卷内文书目录"),
        Form((0.1, 0.52, 0.2, 0.18), (("号", "文书名称", "日期", "所在页码"), *lines), head=True),
    ]
    return Paper("卷内目录", "卷内文书目录", blocks, on_index=False)


def _remarks(story: Story) -> list[Paper]:
    if not story.has("备考表"):
        return []
    blocks: list[Block] = [
        Title("卷内备考表"),
        Form(
            _A,
            (
                ("本卷情况", "文书齐全，无破损。"),
                ("立卷人", story.officers[1].name),
                ("检查人", story.chief),
                ("日期", _d(story.archived_on)),
            ),
        ),
    ]
    return [Paper("备考表", "卷内备考表", blocks, story.archived_on)]


def papers(story: Story) -> list[Paper]:
    """All papers; there is no summary procedure in this house."""
    found = [_cover(story), _filing(story), _scene(story)]
    found += [_correction(story)] if story.has("责改") else []
    found += [_photos(story)]
    found += [_interview(story, talk) for talk in story.talks]
    found += _copies(story)
    if story.procedure == "waived":
        found += [*_waived(story), _approval(story), _no_penalty(story)]
        found += [_service(story, "不予行政处罚决定书", story.served_on, "决定"), _closing(story)]
        return [*found, *_remarks(story)]
    found.append(_report(story))
    found += [_legal(story, story.legal_on)] if story.legal_on else []
    if story.has("通知书"):
        for each in story.notices():
            found.append(_notice(each))
            found.append(_service(each, "行政处罚意见告知书", each.notice_served_on, "告知"))
    found += [*_defence(story), *_hearing(story)]
    found += [_discussion(story)] if story.discussed_on else []
    found += [_approval(story), _decision(story), _pay_notice(story)]
    found += [_service(story, "行政处罚决定书", story.served_on, "决定")]
    found += story.says("另纸", ())
    found += [_receipt(story)] if story.has("票据") else []
    found += [_publication(story)] if story.published_on else []
    return [*found, _closing(story), *_remarks(story)]
