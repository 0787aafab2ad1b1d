"""Papers of a hearing: request, notice, record and report."""

from __future__ import annotations

from samples.blocks import Block, Footing, Opinion, Paper, Para, Rows, SealLine, Sign
from samples.desk import Desk


def hearing_request(desk: Desk) -> Paper:
    """Write the party's request for a hearing."""
    case = desk.case
    on = case.dates.hearing_requested
    assert on is not None
    blocks: list[Block] = [
        desk.head("听证申请书"),
        Para(f"{case.agency.name}：", indent=False),
        Para(
            f"本人{case.person.name}，已收到你局《违法行为通知书》。对拟作出的罚款数额有不同意见，认为处罚偏重，现依法申请举行听证，请予安排。"
        ),
        Sign("申请人：", case.person.name, desk.signed(on)),
        desk.officers_sign(on, "接收人："),
    ]
    return Paper("听证申请书", "听证申请书", blocks, on)


def hearing_notice(desk: Desk) -> Paper:
    """Write the notice of time and place of the hearing."""
    case = desk.case
    agency = case.agency
    on, heard = case.dates.hearing_notified, case.dates.heard
    assert on is not None
    assert heard is not None
    blocks: list[Block] = [
        desk.head("听证通知书", organ=True),
        Para(f"{case.party_name}：", indent=False),
        Para(
            f"根据{desk.family.you}的申请，本机关决定于{desk.day(heard)}9时30分在{agency.name}二楼听证室公开举行{desk.suspected()}听证会。"
        ),
        Para(
            f"听证主持人：{agency.hearing_host}　职务：法规科四级主任科员　记录员：{agency.clerk}。{desk.family.you}可以亲自参加，也可以"
            "委托一至二人代理；认为主持人、记录员与本案有直接利害关系的，有权申请回避；无正当理由拒不出席或者中途退出的，视为放弃听证权利。"
        ),
        SealLine(agency.name, desk.signed(on), "公章"),
    ]
    return Paper("听证通知书", "听证通知书", blocks, on)


def hearing_record(desk: Desk) -> Paper:
    """Write the record of the hearing."""
    case = desk.case
    agency = case.agency
    heard = case.dates.heard
    assert heard is not None
    party = case.person.name
    first, second = case.officers
    lines = (
        f"主持人：现在核对参加人身份。本次听证由{agency.hearing_host}主持，{agency.clerk}担任记录员，均不是本案调查人员。当事人是否申请回避？",
        "当事人：不申请回避。",
        "主持人：下面由调查人员陈述案情、出示证据、提出处理建议。",
        f"调查人员{first.name}：{desk.facts()}依据{case.cause.basis}，建议{desk.penalty(case.fine_notified)}。",
        f"调查人员{second.name}：出示现场笔录、询问笔录、现场照片、系统查询截图、行驶证复印件及视音频资料。",
        "主持人：当事人对上述事实和证据有无异议？",
        "当事人：事实没有异议，证据都看过了。我家庭负担比较重，这次是第一次，车费也没有收到，请求减轻处罚。",
        f"调查人员{first.name}：当事人的情况可以在裁量时考虑，请主持人综合认定。",
        "主持人：请双方作最后陈述。",
        "当事人：希望从轻。",
        "调查人员：坚持原处理意见，由本机关依法决定。",
        "主持人：听证结束，请各方核对笔录后签名。",
    )
    blocks: list[Block] = [
        desk.head("听证笔录"),
        Rows(
            (
                (("案由", desk.suspected()),),
                (
                    ("听证时间", f"{desk.day(heard)}9时30分至10时25分"),
                    ("听证地点", f"{agency.name}二楼听证室"),
                ),
                (("听证主持人", agency.hearing_host), ("记录员", agency.clerk)),
                (("当事人", party), ("调查人员", desk.officer_names())),
                (("听证方式", "公开"), ("旁听人员", "3人")),
            )
        ),
        *(Para(line) for line in lines),
        Para("以上笔录经核对无误。"),
        Sign("当事人签名：", party, desk.signed(heard)),
        Sign("调查人员签名：", desk.officer_names(), desk.signed(heard)),
        Sign("主持人签名：", agency.hearing_host, desk.signed(heard)),
        Sign("记录员签名：", agency.clerk, desk.signed(heard)),
        Footing(
            (("当事人：", party), ("主持人：", agency.hearing_host), ("记录员：", agency.clerk))
        ),
    ]
    return Paper("听证笔录", desk.family.title("听证笔录"), blocks, heard)


def hearing_report(desk: Desk) -> Paper:
    """Write the host's report with an opinion."""
    case = desk.case
    agency = case.agency
    on, heard = case.dates.hearing_reported, case.dates.heard
    assert on is not None
    assert heard is not None
    if case.fine > case.fine_notified:
        view = f"当事人的申辩理由不充分，原拟处罚{desk.penalty(case.fine_notified)}事实清楚，建议维持。"
    else:
        view = f"当事人主动配合调查、车费尚未收取的意见可以采纳，建议在法定幅度内从轻，{desk.penalty(case.fine)}。"
    blocks: list[Block] = [
        desk.head("听证报告书"),
        Rows(
            (
                (("案由", desk.suspected()),),
                (("听证日期", desk.day(heard)), ("听证主持人", agency.hearing_host)),
            )
        ),
        Para(
            f"听证基本情况：听证会于{desk.day(heard)}公开举行，当事人{case.person.name}及调查人员{desk.officer_names()}到会，进行了举证、质证和辩论。"
        ),
        Para("双方意见：调查人员认为事实清楚、证据充分；当事人对事实无异议，请求从轻处理。"),
        Para(f"听证主持人意见：{view}"),
        Sign("主持人签名：", agency.hearing_host, desk.signed(on)),
        Opinion("负责人意见", "已阅，提交集体讨论。", "签名：", agency.head, desk.signed(on)),
    ]
    return Paper("听证报告书", "听证报告书", blocks, on)
