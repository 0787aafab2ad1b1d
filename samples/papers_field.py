"""Papers made on the spot: on-site record, order to correct, seizure of a vehicle."""

from __future__ import annotations

from datetime import timedelta

from samples.blocks import Block, Footing, Grid, Paper, Para, Rows, SealLine, Sign
from samples.desk import Desk, clock


def scene_record(desk: Desk) -> Paper:
    """Write the on-site record."""
    case = desk.case
    dates = case.dates
    found = desk.day(dates.found_on)
    person = case.person
    first, second = case.officers
    shown = (
        ""
        if case.has("D-04")
        else desk.pick(
            f"我们是{case.agency.name}执法人员{first.name}、{second.name}，现向你出示我们的执法证件，证件号码分别为"
            f"{first.cert_no}、{second.cert_no}，请你确认。{person.name}查看后表示无异议。",
            f"执法人员{first.name}、{second.name}下车后先行敬礼，主动亮明执法证件（{first.cert_no}、{second.cert_no}）并"
            f"说明身份和来意，{person.name}核对后表示清楚。",
            f"检查开始前，{first.name}、{second.name}二人向现场负责人{person.name}出示了交通运输行政执法证，证号为"
            f"{first.cert_no}、{second.cert_no}，对方表示看清。",
        )
    )
    recusal = (
        desk.pick(
            "执法人员告知其依法享有陈述、申辩的权利，并告知如实说明情况的义务。",
            "告知其有陈述和申辩的权利、配合检查的义务。",
            "同时说明其可以陈述、申辩，应当如实提供情况。",
        )
        if case.has("D-05")
        else desk.pick(
            f"执法人员告知其依法享有陈述、申辩和申请回避的权利，{person.name}表示知道了，不申请回避。",
            f"告知其有陈述和申辩的权利；如认为执法人员与本案有利害关系的，可以要求回避。{person.name}答：不要求回避。",
            "同时说明其可以陈述、申辩，也有权申请执法人员回避，对方答复不需要回避。",
        )
    )
    ends = {
        "overload": f"执法人员引导车辆上秤称重，现场打印称重单一份交{person.name}核对签名；称重设备"
        f"（编号{case.device}）在检定有效期内。随后责令驾驶员就近卸载。",
        "freight": f"现场查验了{person.name}的身份证、机动车驾驶证和机动车行驶证，并拍照取证，责令停止经营。",
        "passenger": "执法人员向乘客了解了上车地点、目的地和约定的车费，并对车辆及乘客乘坐情况拍照。",
        "ridehailing": f"执法人员查看了{person.name}手机接单页面并拍照固定，责令停止未取得车辆运输证的经营行为。",
        "inspection": "执法人员查验了道路运输证、行驶证，经道路运政管理信息系统核对，情况属实，责令限期改正。",
        "qualification": "经道路运政管理信息系统查询，未查到其从业资格信息，责令立即停止驾驶营运车辆。",
        "spill": f"执法人员拍照取证后，责令{person.name}清扫遗洒物、重新覆盖篷布，公路养护人员到场设置了警示标志。",
    }
    body = [
        shown,
        recusal,
        f"本次检查由执法记录仪（编号{case.recorder}）全程录音录像。",
        desk.facts(),
        ends[case.cause.matter],
    ]
    if dates.seized_until:
        body.append(
            f"因该车没有车辆营运证，又无法当场提供其他有效证明，经电话报告局负责人{case.agency.head}并获批准，当场"
            "决定对该车予以暂扣，告知了理由、依据以及依法享有的权利、救济途径，听取了其陈述和申辩。"
        )
    when = f"{found}{clock(dates.found)}至{clock(dates.left)}"
    rows = [
        ((desk.label("执法地点"), case.place),),
        ((desk.label("执法时间"), when),),
        ((desk.pick("执法人员", "检查人员", "检查人"), desk.officers()),),
        ((desk.label("现场人员"), person.name), ("身份证件号", person.id_number)),
        (("联系电话", person.phone), ("与案件关系", person.role)),
        (("车（船）号", case.vehicle.plate), ("车辆类型", case.vehicle.kind)),
    ]
    signers = first.name if case.has("D-01") else desk.officer_names()
    label = desk.pick("执法人员签名：", "检查人员（签字）：", "执法人员：")
    onsite = desk.pick("现场人员签名：", "被检查人（签字）：", "现场负责人：")
    blocks: list[Block] = [
        desk.head("现场笔录"),
        Rows(tuple(rows)),
        Para(f"{desk.label('主要内容')}：", indent=False),
        *(Para(text) for text in body if text),
        Para(
            desk.pick(
                "上述笔录我已看过，记录无误。",
                "以上检查记录经核对属实，与现场情况一致。",
                "本笔录已交我阅读，内容真实无误。",
            )
        ),
        Sign(onsite, person.name, desk.signed(dates.found_on)),
        Sign(label, signers, desk.signed(dates.found_on)),
    ]
    if not case.has("D-01"):
        blocks.append(Footing(((onsite, person.name), (label, desk.officer_names()))))
    return Paper("现场笔录", desk.family.title("现场笔录"), blocks, dates.found_on)


def correction_order(desk: Desk) -> Paper:
    """Write the order to correct the act."""
    case = desk.case
    on = case.dates.found_on
    due = desk.day(case.dates.corrected or on)
    demand = {
        "overload": f"立即停止行驶，自行卸载超限货物至符合限定标准，并于{due}前改正完毕",
        "freight": "立即停止未经许可的道路货物运输经营活动",
        "passenger": "立即停止未经许可的道路客运经营活动",
        "ridehailing": "立即停止使用未取得运输证的车辆从事网约车经营活动",
        "inspection": f"于{due}前完成车辆检测，检测合格前不得投入运输经营",
        "qualification": "立即停止驾驶道路运输经营车辆，取得从业资格证后方可从事",
        "spill": f"清除路面遗洒物、采取有效覆盖措施，并于{due}前改正完毕",
    }[case.cause.matter]
    blocks: list[Block] = [
        desk.head("责令改正违法行为通知书", organ=True),
        Para(f"{case.party_name}：", indent=False),
        Para(f"经查，{desk.facts()}"),
        Para(
            f"上述行为涉嫌违反了{case.cause.violated}的规定。依据《中华人民共和国行政处罚法》第二十八条第一款，现责令"
            f"{desk.family.you}{demand}。"
        ),
        Para(desk.remedies_of_measure(on)),
        Sign(
            desk.pick("当事人签名：", "签收人：", "被责令人："), case.person.name, desk.signed(on)
        ),
        desk.officers_sign(on),
        SealLine(case.agency.name, desk.signed(on), "公章"),
    ]
    return Paper("责令改正违法行为通知书", desk.family.title("责令改正违法行为通知书"), blocks, on)


def seizure_approval(desk: Desk) -> Paper:
    """Write the approval of the seizure, given by telephone and signed the same day."""
    case = desk.case
    on = case.dates.found_on
    asked = case.dates.found + timedelta(minutes=14)
    blocks: list[Block] = [
        desk.head("行政强制措施审批表"),
        desk.party_rows(),
        Rows(
            (
                (("涉案车辆", case.vehicle.plate), ("车辆类型", case.vehicle.kind)),
                (("申请时间", f"{desk.day(on)}{clock(asked)}"), ("申请人", desk.officer_names())),
                (
                    (
                        "申请理由",
                        (
                            f"{desk.facts()}为防止违法行为继续，拟依据《中华人民共和国道路运输条例》第六十二条对车辆予以暂扣，"
                            "期限三十日。"
                        ),
                    ),
                ),
                (
                    (
                        "负责人审批意见",
                        f"同意暂扣。{case.agency.head}　{desk.day(on)}{clock(asked + timedelta(minutes=4))}（电话批准，当日补签）",
                    ),
                ),
            )
        ),
        Sign("批准人签名：", case.agency.head, desk.signed(on)),
    ]
    return Paper("行政强制措施审批表", "行政强制措施审批表", blocks, on)


def seizure_decision(desk: Desk) -> Paper:
    """Write the decision on the compulsory measure."""
    case = desk.case
    on = case.dates.found_on
    until = case.dates.seized_until
    assert until is not None
    blocks: list[Block] = [
        desk.head("行政强制措施决定书", organ=True),
        Para(f"{desk.family.party}：{desk.party_sentence()}。", indent=False),
        Para(desk.facts()),
        Para(
            "依据《中华人民共和国道路运输条例》第六十二条、《中华人民共和国行政强制法》第二十四条、第二十五条的规定，本机关"
            f"决定对{case.vehicle.plate}号车辆予以暂扣，暂扣期限为三十日，自{desk.day(on)}起至{desk.day(until)}止。"
            f"车辆存放于{case.agency.city}涉案车辆停放场，存放期间不收取保管费用。"
        ),
        Para(f"{desk.family.you}对本决定享有陈述、申辩的权利。{desk.remedies_of_measure(on)}"),
        Sign("当事人签收：", case.person.name, desk.signed(on)),
        desk.officers_sign(on),
        SealLine(case.agency.name, desk.signed(on), "公章"),
    ]
    return Paper("行政强制措施决定书", "行政强制措施决定书", blocks, on)


def seizure_list(desk: Desk) -> Paper:
    """Write the list of the things seized."""
    case = desk.case
    on = case.dates.found_on
    blocks: list[Block] = [
        desk.head("暂扣物品清单"),
        Grid(
            ("序号", "物品名称", "规格型号", "数量", "状态"),
            (
                ("1", case.vehicle.kind, case.vehicle.plate, "1辆", "外观完好，右后门有轻微划痕"),
                ("2", "机动车行驶证", case.vehicle.plate, "1本", "完好"),
                ("3", "车钥匙", "——", "1把", "完好"),
            ),
            (0.1, 0.25, 0.2, 0.12, 0.33),
        ),
        Para("以上物品已经当事人核对。本清单一式二份，当事人和本机关各存一份。"),
        Sign("当事人签名：", case.person.name, desk.signed(on)),
        desk.officers_sign(on),
        SealLine(case.agency.name, desk.signed(on), "公章"),
    ]
    return Paper("暂扣物品清单", desk.family.title("暂扣物品清单"), blocks, on)


def seizure_extension(desk: Desk) -> Paper:
    """Write the notice that the measure is extended."""
    case = desk.case
    on, until, new = case.dates.extended, case.dates.seized_until, case.dates.extended_until
    assert on is not None
    assert until is not None
    assert new is not None
    blocks: list[Block] = [
        desk.head("延长行政强制措施期限通知书", organ=True),
        Para(f"{case.party_name}：", indent=False),
        Para(
            f"因案情复杂，且{desk.family.you}已申请听证，依据《中华人民共和国行政强制法》第二十五条的规定，经本机关负责人批准，"
            f"决定将{case.vehicle.plate}号车辆的暂扣期限自{desk.day(until + timedelta(days=1))}起延长至{desk.day(new)}。"
        ),
        Para(desk.remedies_of_measure(on)),
        Sign("当事人签收：", case.person.name, desk.signed(on)),
        SealLine(case.agency.name, desk.signed(on), "公章"),
    ]
    return Paper("延长行政强制措施期限通知书", "延长行政强制措施期限通知书", blocks, on)


def seizure_release(desk: Desk) -> Paper:
    """Write the decision that gives the vehicle back."""
    case = desk.case
    on = case.dates.released
    assert on is not None
    blocks: list[Block] = [
        desk.head("解除行政强制措施决定书", organ=True),
        Para(f"{case.party_name}：", indent=False),
        Para(
            f"本机关于{desk.day(case.dates.found_on)}对{case.vehicle.plate}号车辆作出暂扣决定。现案件已作出处理决定，依据"
            "《中华人民共和国行政强制法》第二十八条第一款的规定，决定自即日起解除暂扣，退还车辆、行驶证和车钥匙。"
        ),
        Para("物品退还情况：上列物品已当面点清退还，与暂扣时状态一致。"),
        Sign("当事人签收：", case.person.name, desk.signed(on)),
        desk.officers_sign(on),
        SealLine(case.agency.name, desk.signed(on), "公章"),
    ]
    return Paper("解除行政强制措施决定书", "解除行政强制措施决定书", blocks, on)
