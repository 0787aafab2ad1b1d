"""Notice, decisions and their service."""

from __future__ import annotations

from datetime import date, timedelta

from samples.blocks import Block, Paper, Para, Rows, SealLine, Sign
from samples.desk import Desk, clock
from samples.papers_review import discretion, evidence_items

#: From this fine on the notice tells the right of a hearing: the cautious side of every threshold.
HEARING_TOLD_FROM_YUAN = 1000


def notice(desk: Desk) -> Paper:
    """Write the notice of violation."""
    case = desk.case
    on = case.dates.noticed
    assert on is not None
    you = desk.family.you
    hearing = case.fine_notified >= HEARING_TOLD_FROM_YUAN
    basis = (
        ""
        if case.has("D-49")
        else f"依据{case.cause.basis}（{case.cause.range_text}）的规定，{discretion(desk)}，"
    )
    blocks: list[Block] = [
        desk.head("违法行为通知书", organ=True),
        Para(f"{case.party_name}：", indent=False),
        Para(
            f"经调查，本机关认为{you}涉嫌{case.cause.name}，{desk.pick('具体事实如下', '主要事实是', '事实如下')}：{desk.facts()}"
        ),
        Para(
            "认定上述事实的主要证据有："
            + "、".join(item.split("，")[0] for item in evidence_items(desk))
            + "。"
        ),
        Para(
            f"{you}的行为违反了{case.cause.violated}的规定，{basis}本机关拟对{you}作出以下处理：{desk.penalty(case.fine_notified)}。"
        ),
        Para(
            f"■根据《中华人民共和国行政处罚法》第四十四条、第四十五条的规定，{you}如对拟作出的处理有异议，可以在收到"
            "本通知书之日起五日内向本机关进行陈述、申辩；逾期未提出的，视为放弃。"
        ),
        Para(
            f"{'■' if hearing else '□'}根据《中华人民共和国行政处罚法》第六十三条、第六十四条的规定，{you}有权在收到本通知书之日起五日内"
            "要求举行听证；逾期不要求的，视为放弃听证。"
        ),
        Para(
            f"联系人：{case.officers[0].name}　联系电话：{case.agency.phone}　地址：{case.agency.office}",
            indent=False,
        ),
        SealLine(case.agency.name, desk.signed(on), "公章"),
    ]
    return Paper("违法行为通知书", desk.family.title("违法行为通知书"), blocks, on)


def receipt(
    desk: Desk,
    served: str,
    on: date,
    *,
    number: str = "",
    method: str = "直接送达",
    place: str = "",
) -> Paper:
    """Write the proof of service of the paper called `served`."""
    case = desk.case
    who = case.spokesman
    blocks: list[Block] = [
        desk.head("送达回证", number=number, organ=True),
        Rows(
            (
                ((desk.label("送达文书名称、文号"), f"《{served}》　{number or case.number}"),),
                (
                    (desk.label("受送达人"), case.party_name),
                    (desk.label("送达地点"), place or case.agency.brigade),
                ),
                (("送达方式", method), (desk.label("送达人"), desk.officer_names())),
            )
        ),
        Sign(desk.label("收件人") + "：", who.name, desk.signed(on)),
        Sign(desk.label("送达人") + "签名：", desk.officer_names(), desk.signed(on)),
        Para("代收理由：" + ("受当事人委托代为签收。" if case.agent else "无。"), indent=False),
        SealLine(case.agency.name, desk.signed(on), "公章"),
    ]
    return Paper("送达回证", "送达回证", blocks, on)


def heard_sentence(desk: Desk) -> str:
    """Tell how the party was heard before the decision."""
    case = desk.case
    dates = case.dates
    you = desk.family.you
    if dates.notice_served is None:
        return ""
    opening = (
        f"本机关于{desk.day(dates.notice_served)}向{you}送达《违法行为通知书》，告知了拟作出行政处罚的内容及事实、理由、依据，"
        f"以及{you}依法享有的权利。"
    )
    if dates.heard:
        change = (
            f"经听证，{you}的申辩理由不能成立，且态度消极，本机关决定从重处理。"
            if case.fine > case.fine_notified
            else f"经听证，{you}关于主动配合、家庭困难的意见部分采纳，在法定幅度内从轻处理。"
        )
        return (
            opening
            + f"{you}于{desk.day(dates.hearing_requested or dates.heard)}申请听证，本机关于{desk.day(dates.heard)}公开举行听证。"
            + change
        )
    if dates.waived:
        return opening + f"{you}于{desk.day(dates.waived)}书面声明放弃陈述、申辩和要求听证的权利。"
    if dates.defended:
        return (
            opening
            + f"{you}于{desk.day(dates.defended)}提出书面陈述申辩，经复核，本机关予以采纳，未要求听证。"
        )
    if case.has("D-51"):
        return opening + f"{you}当场未提出意见。"
    return opening + f"{you}在规定期限内未提出陈述、申辩，也未要求举行听证。"


def decision(desk: Desk) -> Paper:
    """Write the decision of the ordinary procedure."""
    case = desk.case
    dates = case.dates
    you = desk.family.you
    on = dates.decided
    filed = "" if dates.filed is None else f"，于{desk.day(dates.filed)}立案调查"
    evidence = "上述事实清楚，足以认定。"
    if not case.has("D-70"):
        items = evidence_items(desk)
        evidence = desk.pick(
            "以上事实有以下证据证明："
            + "；".join(f"{n}.{text}" for n, text in enumerate(items, 1))
            + "。",
            "证明上述事实的证据："
            + "；".join(f"（{n}）{text}" for n, text in enumerate(items, 1))
            + "。",
            "主要证据：" + "；".join(f"证据{n}，{text}" for n, text in enumerate(items, 1)) + "。",
        )
    penalty = desk.penalty(case.fine, int(case.extra.get("digits", "0")))
    blocks: list[Block] = [
        desk.head("行政处罚决定书", organ=True),
        desk.party_rows(),
        Para(
            f"{desk.pick('本机关对', '我局就', '本机关查处')}{desk.cause_line()}{desk.pick('依法进行了调查', '依法开展调查', '')}{filed}。"
        ),
        Para(f"{desk.pick('现查明', '经查明', '违法事实')}：{desk.facts(decision=True)}"),
        Para(evidence),
    ]
    heard = heard_sentence(desk)
    if heard:
        blocks.append(Para(heard))
    blocks += [
        Para(
            f"{desk.pick('本机关认为', '我局认为', '本机关认为')}，{you}的行为违反了{case.cause.violated}的规定，构成{case.cause.name}的"
            f"违法行为。依据{case.cause.basis}（{case.cause.range_text}）的规定，{discretion(desk)}，决定给予{you}以下行政处罚："
        ),
        Para(f"{penalty}。"),
        Para(
            f"{you}应当自收到本决定书之日起十五日内，将罚款缴至{case.agency.bank}（账户名称：{case.agency.account}），也可以通过电子支付"
            "系统缴纳。到期不缴纳的，依据《中华人民共和国行政处罚法》第七十二条的规定，每日按罚款数额的百分之三加处罚款，加处罚款的数额不超过"
            "罚款的数额。"
        ),
        Para(desk.remedies(months="三个月" if case.has("D-71") else "六个月")),
        Para(
            "逾期不申请行政复议、不提起行政诉讼又不履行本决定的，本机关将依法申请人民法院强制执行。"
        ),
        SealLine(case.agency.name, desk.signed(on), "公章"),
    ]
    return Paper("行政处罚决定书", desk.family.title("行政处罚决定书"), blocks, on)


def summary_decision(desk: Desk) -> Paper:
    """Write the on-the-spot decision on its pre-printed form."""
    case = desk.case
    dates = case.dates
    agency = case.agency
    on = dates.decided
    you = desk.family.you
    if on < date(2024, 1, 1):
        remedies = desk.remedies()
    else:
        remedies = (
            f"如不服本决定，应当自收到本决定书之日起六十日内先向{agency.government}申请行政复议；对行政复议决定仍不服的，可以自收到"
            f"复议决定书之日起十五日内向{agency.court}提起行政诉讼。"
        )
    written = dates.found + timedelta(minutes=16)
    blocks: list[Block] = [
        desk.head("当场行政处罚决定书", organ=True),
        desk.party_rows(),
        Rows(
            (
                (("处罚地点", case.place), ("处罚时间", f"{desk.day(on)}{clock(written)}")),
                (("执法人员", desk.officers()),),
            )
        ),
        Para(f"违法事实：{desk.facts()}"),
        Para(
            f"主要证据：现场笔录、现场照片、{'' if case.format == 'scan' else '系统查询截图、'}执法视音频资料。"
        ),
        Para(
            f"执法人员已出示执法证件，当场口头告知{you}违法事实、处罚理由、依据和依法享有的权利，并听取了{you}的陈述、申辩。"
            f"{you}表示没有异议。"
        ),
        Para(
            f"{you}的行为违反了{case.cause.violated}的规定，依据{case.cause.basis}（{case.cause.range_text}）及《中华人民共和国行政处罚法》"
            f"第五十一条的规定，责令{you}立即改正违法行为，并决定当场作出如下处罚：{desk.penalty(case.fine)}。"
        ),
        Para(
            f"履行方式：自收到本决定书之日起十五日内到{agency.bank}缴纳，逾期每日按罚款数额的百分之三加处罚款，加处罚款不超过罚款数额。"
        ),
        Para(remedies),
        Sign("当事人签收：", case.spokesman.name, desk.signed(on)),
        desk.officers_sign(on),
        SealLine(agency.name, desk.signed(on), "公章"),
    ]
    return Paper("当场行政处罚决定书", desk.family.title("当场行政处罚决定书"), blocks, on)


def no_penalty_decision(desk: Desk) -> Paper:
    """Write the decision not to punish a minor act that was corrected at once."""
    case = desk.case
    on = case.dates.decided
    you = desk.family.you
    blocks: list[Block] = [
        desk.head("不予行政处罚决定书", organ=True),
        desk.party_rows(),
        Para(
            f"本机关对{desk.cause_line()}依法进行了调查，于{desk.day(case.dates.filed or on)}立案。现查明：{desk.facts()}"
        ),
        Para("以上事实有现场笔录、询问笔录、现场照片、首次违法查询记录、整改复查记录等证据证明。"),
        Para(
            f"{you}的行为违反了{case.cause.violated}的规定，依据{case.cause.basis}本应给予行政处罚。鉴于{you}的违法行为轻微，当场清理并"
            "及时改正，没有造成危害后果，属首次被发现，符合交通运输轻微违法行为免予处罚清单载明的条件，依据《中华人民共和国行政处罚法》"
            f"第三十三条第一款的规定，决定不予行政处罚。本机关已对{you}进行批评教育，{you}应当自觉遵守法律法规，避免再次违法。"
        ),
        Para(desk.remedies()),
        SealLine(case.agency.name, desk.signed(on), "公章"),
    ]
    return Paper("不予行政处罚决定书", desk.family.title("不予行政处罚决定书"), blocks, on)
