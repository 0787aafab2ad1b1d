"""Papers inside the bureau: investigation report, legal review, discussion, approval, defence."""

from __future__ import annotations

from datetime import date

from samples.blocks import Block, Opinion, Paper, Para, Rows, SealLine, Sign
from samples.desk import Desk
from samples.families import money_in_words


def evidence_items(desk: Desk) -> list[str]:
    """List the evidence of the case, each with what it proves."""
    case = desk.case
    items = ["现场笔录1份，证明检查经过和违法事实"]
    if case.dates.interviewed:
        items.append(
            f"询问笔录{1 + bool(case.agent) + bool(case.passenger)}份，证明违法事实及当事人陈述"
        )
    items.append("现场照片1组，证明车辆及现场情况")
    match case.cause.matter:
        case "overload":
            items += [
                "称重检测单、卸载复磅单各1份，证明超限事实及改正情况",
                "计量检定证书复印件1份，证明称重设备合法有效",
            ]
        case "spill":
            pass
        case _:
            items.append("系统查询截图1份，证明许可（检测、资格）登记情况")
    if case.company:
        items.append("营业执照复印件、授权委托书各1份，证明当事人及代理人身份")
    items += [
        "身份证复印件1份，证明人员身份",
        "机动车行驶证复印件1份，证明车辆权属",
        "执法视音频资料，证明执法过程",
    ]
    return items


def discretion(desk: Desk) -> str:
    """State the benchmark and the stage; the fine lies inside the band."""
    case = desk.case
    city = case.agency.superior.removesuffix("交通运输局")
    year = case.dates.found_on.year - 1
    rule = f"《{city}交通运输行政处罚裁量基准（{year}年版）》"
    if case.cause.matter == "overload":
        return f"对照{rule}，按照超限数值计算罚款，属于{case.cause.stage}情形"
    return f"对照{rule}，{desk.family.party}系首次被查处，配合调查，属于{case.cause.stage}情形"


def investigation_report(desk: Desk) -> Paper:
    """Write the report at the end of the inquiry."""
    case = desk.case
    on = case.dates.reported
    assert on is not None
    blocks: list[Block] = [
        desk.head("案件调查报告"),
        Rows(
            (
                (("案由", desk.suspected()),),
                (("承办人", desk.officer_names()), ("调查终结日期", desk.day(on))),
            )
        ),
        Para(f"一、当事人基本情况：{desk.party_sentence()}。"),
        Para(f"二、违法事实：{desk.facts()}"),
        Para(
            "三、证据材料："
            + "；".join(f"{place}.{text}" for place, text in enumerate(evidence_items(desk), 1))
            + "。"
        ),
        Para(
            f"四、案件性质：{desk.family.party}的行为违反了{case.cause.violated}的规定，构成{case.cause.name}的违法行为，"
            "主要事实清楚，证据之间能够相互印证。"
        ),
        Para(f"五、裁量意见：{discretion(desk)}。"),
        Para(
            f"六、处理建议：依据{case.cause.basis}的规定，建议对{desk.family.party}{desk.penalty(case.fine_notified)}。"
            "以上意见当否，请审查。"
        ),
        desk.officers_sign(on, "承办人签名："),
        Opinion(
            "承办机构意见",
            desk.pick(
                "同意调查意见，请领导审批。",
                "同意承办人意见。",
                "事实清楚，同意处理建议，报局审查。",
            ),
            "签名：",
            case.agency.unit_head,
            desk.signed(on),
        ),
    ]
    return Paper("案件调查报告", desk.family.title("案件调查报告"), blocks, on)


def legal_review(desk: Desk, on: date, *, after_hearing: bool = False) -> Paper:
    """Write the legal review; its reviewer takes no other part in the case."""
    case = desk.case
    fine = case.fine if after_hearing else case.fine_notified
    opening = "听证结束后，承办机构再次提交审核。" if after_hearing else ""
    blocks: list[Block] = [
        desk.head("法制审核意见书"),
        Rows(
            (
                (("案由", desk.suspected()),),
                (("送审机构", case.agency.brigade), ("审核人", case.agency.legal_reviewer)),
                (
                    (
                        desk.pick("拟处理意见", "承办机构处理意见", "拟作出的决定"),
                        desk.penalty(fine),
                    ),
                ),
            )
        ),
        Para(
            f"{opening}经审核：一、本机关对该案具有管辖权，执法主体合法，执法人员具备执法资格；二、案件事实清楚，证据合法、充分，"
            f"能够证明违法事实；三、定性准确，适用{case.cause.basis}正确；四、裁量适当，符合裁量基准；五、立案、调查取证等程序合法；"
            "六、文书完备、规范；七、未发现涉嫌犯罪需要移送的情形。"
        ),
        Para("审核意见：同意承办机构的处理意见。"),
        Sign("审核人签名：", case.agency.legal_reviewer, desk.signed(on)),
        SealLine(f"{case.agency.name}法规科", desk.signed(on)),
    ]
    return Paper("法制审核意见书", desk.family.title("法制审核意见书"), blocks, on)


def discussion(desk: Desk) -> Paper:
    """Record the discussion of the bureau's heads, with a view of each."""
    case = desk.case
    agency = case.agency
    on = case.dates.discussed
    assert on is not None
    first, second, third = agency.deputies
    raised = case.fine > case.fine_notified
    views = [
        f"{first}：本案事实有现场笔录、询问笔录和照片证明，证据链完整，同意认定为{case.cause.name}。",
        f"{second}：程序上告知、听取意见都做到了，文书齐全。"
        + (
            "当事人态度反复，我认为应当处罚得重一些。"
            if raised
            else "处罚数额与违法情节相当，没有意见。"
        ),
        f"{third}：同意，建议会后做好释法说理和信用修复告知。",
        f"{agency.head}：综合大家意见，同意对{case.party_name}{desk.penalty(case.fine)}。",
    ]
    blocks: list[Block] = [
        desk.head("重大案件集体讨论记录"),
        Rows(
            (
                (("案由", desk.suspected()),),
                (
                    ("讨论时间", f"{desk.day(on)}15时00分至15时50分"),
                    ("讨论地点", f"{agency.name}三楼会议室"),
                ),
                (("主持人", agency.head), ("记录人", agency.archivist)),
                (
                    ("参加人员", "、".join((agency.head, *agency.deputies))),
                    ("列席人员", f"{desk.officer_names()}、{agency.legal_reviewer}"),
                ),
            )
        ),
        Para(
            f"承办人{case.officers[0].name}汇报案情：{desk.facts()}拟依据{case.cause.basis}的规定，{desk.penalty(case.fine)}。"
        ),
        Para("讨论意见："),
        *(Para(view) for view in views),
        Para(f"讨论结论：一致同意对{case.party_name}{desk.penalty(case.fine)}。"),
        Sign("参加人员签名：", "、".join((agency.head, *agency.deputies)), desk.signed(on)),
    ]
    return Paper("重大案件集体讨论记录", desk.family.title("重大案件集体讨论记录"), blocks, on)


def handling_approval(desk: Desk) -> Paper:
    """Write the sheet on which the head decides."""
    case = desk.case
    on = case.dates.approved
    assert on is not None
    told = "已依法告知，" if case.dates.notice_served else ""
    heard = {
        True: f"{desk.family.party}提出的陈述申辩意见已复核",
        False: f"{desk.family.party}未提出陈述申辩意见",
    }[case.dates.defended is not None]
    if case.dates.waived:
        heard = f"{desk.family.party}书面放弃陈述申辩"
    if case.dates.heard:
        heard = f"已于{desk.day(case.dates.heard)}组织听证"
    if not case.dates.notice_served:
        heard = "本案事实清楚"
    result = (
        f"拟不予行政处罚，对{desk.family.party}进行教育"
        if case.procedure == "waived"
        else f"拟对{desk.family.party}{desk.penalty(case.fine)}"
    )
    text = (
        "违法行为轻微，及时改正，没有造成危害后果，符合不予处罚条件，"
        if case.procedure == "waived"
        else f"{told}{heard}，"
    )
    blocks: list[Block] = [
        desk.head("案件处理审批表"),
        Rows(
            (
                ((desk.label("案由"), desk.suspected()),),
                (("当事人", case.party_name), ("承办人", desk.officer_names())),
            )
        ),
        Rows(((("违法事实", desk.facts()),), (("处理意见", f"{text}{result}。"),))),
        Opinion(
            "承办机构意见",
            desk.pick("同意，请审批。", "拟同意，报局领导批准。", "同意上述意见。"),
            "签名：",
            case.agency.unit_head,
            desk.signed(on),
        ),
        Opinion(
            desk.label("负责人审批意见"),
            desk.pick("同意处理意见。", "同意，依法办理。", "批准。"),
            "签名：",
            case.agency.head,
            desk.signed(on),
        ),
    ]
    return Paper("案件处理审批表", desk.family.title("案件处理审批表"), blocks, on)


def defence_waiver(desk: Desk) -> Paper:
    """Write the party's statement that it gives up defence and hearing."""
    case = desk.case
    on = case.dates.waived
    assert on is not None
    blocks: list[Block] = [
        desk.head("放弃陈述申辩声明"),
        Para(f"{case.agency.name}：", indent=False),
        Para(
            f"本人已于{desk.day(on)}收到你局送达的《违法行为通知书》，清楚了解拟作出行政处罚的内容、事实、理由和依据，以及本人享有的"
            "陈述、申辩和要求听证的权利。经考虑，本人对拟作出的处罚没有异议，自愿放弃陈述、申辩和要求听证的权利，请尽快作出决定。"
        ),
        Sign("声明人签名：", case.spokesman.name, desk.signed(on)),
    ]
    return Paper("放弃陈述申辩声明", "放弃陈述申辩声明", blocks, on)


def defence(desk: Desk) -> Paper:
    """Write the party's defence."""
    case = desk.case
    on = case.dates.defended
    assert on is not None
    blocks: list[Block] = [
        desk.head("陈述申辩书"),
        Para(f"{case.agency.name}：", indent=False),
        Para(
            f"我是{case.party_name}，已收到你局的《违法行为通知书》。对查明的事实我没有意见，但车辆刚购买不久，相关手续正在办理，"
            "家中有两位老人需要赡养，经济比较困难，被查后已经停止营运并主动配合调查，请求减少罚款。"
        ),
        Sign("陈述申辩人：", case.spokesman.name, desk.signed(on)),
    ]
    return Paper("陈述申辩书", "陈述申辩书", blocks, on)


def defence_review(desk: Desk) -> Paper:
    """Write the review of the defence."""
    case = desk.case
    on = case.dates.defence_reviewed
    assert on is not None
    blocks: list[Block] = [
        desk.head("陈述申辩复核意见书"),
        Para(
            f"{case.party_name}于{desk.day(case.dates.defended or on)}提出书面陈述申辩，请求减少罚款。"
        ),
        Para(
            f"经复核：当事人已停止违法行为，主动配合调查，所述车辆手续正在办理有受理凭证证明，予以采纳。在法定幅度内将罚款由"
            f"{money_in_words(case.fine_notified)}调整为{money_in_words(case.fine)}。"
        ),
        Sign("复核人：", case.agency.legal_reviewer, desk.signed(on)),
        Opinion("负责人意见", "同意复核意见。", "签名：", case.agency.head, desk.signed(on)),
    ]
    return Paper("陈述申辩复核意见书", "陈述申辩复核意见书", blocks, on)
