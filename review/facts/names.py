"""The vocabulary of facts: every name that an extractor may give and a check may ask for.

`MERGED` names are given for the whole file as well; the rest belong to single papers. The type is
the Python type of `Fact.value`; the normal forms of the published interface are made from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FactType = Literal[
    "text", "date", "datetime", "money", "int", "bool", "officers", "names", "ints", "index"
]


@dataclass(frozen=True, slots=True)
class FactName:
    """One name with its type and what it means, in both languages."""

    name: str
    type: FactType
    zh: str
    en: str
    merged: bool = False


def _m(name: str, kind: FactType, zh: str, en: str) -> FactName:
    return FactName(name, kind, zh, en, merged=True)


def _d(name: str, kind: FactType, zh: str, en: str) -> FactName:
    return FactName(name, kind, zh, en)


NAMES: tuple[FactName, ...] = (
    # the published ones
    _m("case_no", "text", "案号", "Case number"),
    _m("cause", "text", "案由", "Cause of action"),
    _m("party_name", "text", "当事人", "Party"),
    _m("party_id", "text", "证件号码", "Identity number"),
    _m("party_type", "text", "当事人类型", "Kind of party"),
    _m("officers", "officers", "执法人员", "Officers"),
    _m("plate", "text", "车牌号（船名）", "Plate or ship"),
    _m("act_on", "date", "违法行为日", "Day of the act"),
    _m("found_on", "date", "发现日", "Day of discovery"),
    _m("registered_on", "date", "受案日", "Clue registered"),
    _m("filed_on", "date", "立案日", "Filing approved"),
    _m("notice_on", "date", "违法行为通知书日期", "Date of the notice"),
    _m("notice_served_on", "date", "通知书送达日", "Notice served"),
    _m("fine_notified_yuan", "money", "拟罚款", "Fine proposed in the notice"),
    _m("fine_yuan", "money", "罚款", "Fine decided"),
    _m("hearing_on", "date", "听证日", "Hearing"),
    _m("legal_review_on", "date", "法制审核日", "Legal review"),
    _m("discussion_on", "date", "集体讨论日", "Collective discussion"),
    _m("decided_on", "date", "决定日", "Decision"),
    _m("served_on", "date", "决定书送达日", "Decision served"),
    _m("paid_on", "date", "缴款日", "Paid"),
    _m("closed_on", "date", "结案日", "Closed"),
    _m("published_on", "date", "公示日", "Published"),
    _m("violated", "text", "违反条款", "Provision violated"),
    _m("basis", "text", "处罚依据", "Penalty basis"),
    _m("agency", "text", "处罚机关", "Deciding organ"),
    _m("procedure", "text", "程序", "Procedure"),
    # further merged ones that checks need
    _m("party_address", "text", "当事人住址", "Address of the party"),
    _m("defence_made", "bool", "提出陈述申辩", "Defence made"),
    _m("defence_waived", "bool", "明确放弃陈述申辩", "Defence clearly waived"),
    _m("hearing_requested", "bool", "申请听证", "Hearing requested"),
    _m("hearing_notified_on", "date", "听证通知日", "Hearing notified"),
    _m("gains_yuan", "money", "违法所得", "Illegal gains"),
    _m("confiscated_yuan", "money", "没收金额", "Confiscated"),
    _m("weighed_kg", "int", "称重（千克）", "Weighed (kg)"),
    _m("limit_kg", "int", "限定标准（千克）", "Limit (kg)"),
    _m("over_kg", "int", "超限（千克）", "Over the limit (kg)"),
    _m("axles", "int", "轴数", "Axles"),
    _m("is_train", "bool", "汽车列车", "Articulated train"),
    _m("single_drive_axle", "bool", "驱动轴为单轴", "Single drive axle"),
    _m("height_m", "money", "车货高度（米）", "Height (m)"),
    _m("width_m", "money", "车货宽度（米）", "Width (m)"),
    _m("length_m", "money", "车货长度（米）", "Length (m)"),
    _m("contract_price_yuan", "money", "工程合同价款", "Contract price"),
    _m("extension_days", "int", "批准延长天数", "Approved extension (days)"),
    _m("extension_approved_on", "date", "延期批准日", "Extension approved"),
    _m("mitigation_stated", "bool", "载明减轻处罚情形", "Statutory mitigation stated"),
    _m("serious_stated", "bool", "认定情节严重", "Serious circumstances stated"),
    _m("reported_on", "date", "当场处罚备案日", "On-the-spot decision reported"),
    _m("archived_on", "date", "归档日", "Filed in archives"),
    # single papers: what most of them carry
    _d("document_no", "text", "文书编号", "Number of the paper"),
    _d("dated_on", "date", "文书日期", "Date of the paper"),
    _d("legal_representative", "text", "法定代表人", "Legal representative"),
    _d("officer_signatures", "names", "执法人员签名", "Officers' signatures"),
    _d("party_signature", "text", "当事人签名", "Signature of the party"),
    _d("seal", "bool", "加盖印章", "Seal present"),
    _d("place", "text", "地点", "Place"),
    # records
    _d("started_at", "datetime", "开始时间", "Start"),
    _d("ended_at", "datetime", "结束时间", "End"),
    _d("end_time_blank", "bool", "结束时间空白", "End time left blank"),
    _d("end_time_unread", "bool", "结束时间未能辨认", "End time not made out"),
    _d("certificate_shown", "bool", "出示执法证件", "Certificates shown"),
    _d("recusal_told", "bool", "告知回避权利", "Right of recusal told"),
    _d("rights_told", "bool", "告知陈述申辩权利", "Right of statement and defence told"),
    _d("interviewees", "names", "被询问人", "Persons interviewed"),
    _d("interviewee_id", "text", "被询问人证件号", "Identity number of the interviewee"),
    # filing
    _d("handlers", "names", "指定承办人", "Handlers named"),
    _d("head_opinion", "text", "负责人意见", "Opinion of the head"),
    _d("head_signature", "text", "负责人签名", "Signature of the head"),
    _d("head_approved_on", "date", "负责人批准日", "Approved by the head"),
    _d("head_opinion_blank", "bool", "负责人意见栏空白", "Field of the head's opinion is blank"),
    # evidence papers
    _d("holder_name", "text", "证照持有人", "Holder named on the paper"),
    _d("holder_id", "text", "证照号码", "Number on the paper"),
    _d("owner_name", "text", "车辆所有人", "Owner of the vehicle"),
    _d("total_mass_kg", "int", "总质量（千克）", "Total mass (kg)"),
    _d("vehicle_type", "text", "车辆类型", "Type of vehicle"),
    _d("device_no", "text", "设备编号", "Number of the device"),
    _d("valid_until", "date", "有效期至", "Valid until"),
    _d("copy_verified", "bool", "与原件核对无误", "Copy verified"),
    # notice and decision
    _d("facts_stated", "bool", "载明违法事实", "Facts stated"),
    _d("penalty_stated", "bool", "载明拟作处罚", "Proposed penalty stated"),
    _d("hearing_told", "bool", "告知听证权利", "Right of a hearing told"),
    _d("defence_days", "int", "陈述申辩期限（日）", "Defence period (days)"),
    _d("evidence_listed", "bool", "列明证据", "Evidence listed"),
    _d("fine_words_yuan", "money", "罚款大写", "Fine in words"),
    _d("fine_digits_yuan", "money", "罚款小写", "Fine in digits"),
    _d("payment_days", "int", "缴款期限（日）", "Payment period (days)"),
    _d("payment_stated", "bool", "载明履行方式和期限", "Way and term of performance stated"),
    _d("surcharge_stated", "bool", "载明加处罚款", "Surcharge stated"),
    _d("reconsideration_days", "int", "复议期限（日）", "Reconsideration period (days)"),
    _d("reconsideration_organs", "names", "复议机关", "Reconsideration organs"),
    _d("reconsideration_first", "bool", "复议前置", "Reconsideration comes first"),
    _d("litigation_months", "int", "起诉期限（月）", "Litigation period (months)"),
    _d("litigation_days", "int", "起诉期限（日）", "Litigation period (days)"),
    _d("litigation_court", "text", "受诉法院", "Court"),
    _d("remedies_stated", "bool", "告知救济途径", "Remedies stated"),
    _d("filed_on_quoted", "date", "文中所述立案日", "Filing date quoted"),
    _d("notice_served_on_quoted", "date", "文中所述告知送达日", "Notice service quoted"),
    _d("kind_of_penalty", "names", "处罚种类", "Kinds of penalty"),
    _d("discretion_stage", "text", "裁量阶次", "Discretion stage"),
    # service
    _d("served_titles", "names", "送达文书", "Papers served"),
    _d("serves", "text", "所送达的文书种类", "Kind of paper served"),
    _d("service_method", "text", "送达方式", "Method of service"),
    _d("receiver", "text", "收件人", "Receiver"),
    _d("servers", "names", "送达人", "Servers"),
    # the rest
    _d("amount_yuan", "money", "金额", "Amount"),
    _d("receipt_no", "text", "票据号码", "Number of the receipt"),
    _d("review_conclusion", "text", "审核结论", "Conclusion of the review"),
    _d("reviewer", "text", "审核人", "Legal reviewer"),
    _d("host", "text", "听证主持人", "Hearing host"),
    _d("index_entries", "index", "卷内目录", "File index"),
    _d("corrected_on", "date", "整改复查日", "Correction verified"),
    _d("correction_due_on", "date", "责令改正期限", "Correction due"),
    _d("first_violation", "bool", "查询结果为首次违法", "Search says first violation"),
    # 查询结果逐条列出的此前案件：“日期 该行文字”；查询所及的年数；文书以首次违法为由
    _d("earlier_record", "text", "查询到的此前案件", "Earlier case that a search lists"),
    _d("search_years", "int", "查询所及年数", "Years over which a search looks back"),
    _d("first_claimed", "bool", "按首次违法处理", "Treated as a first violation"),
    # what the checks of law and substance ask for beside the above
    # 决定书中引用的罚款幅度（“处三万元以上十万元以下的罚款”）：下限、上限，各为元
    _d("range_min_quoted_yuan", "money", "文中引用的罚款下限", "Lower end of the range quoted"),
    _d("range_max_quoted_yuan", "money", "文中引用的罚款上限", "Upper end of the range quoted"),
    # 责令改正、责令停止违法行为、已当场改正等：决定书或者责令改正通知书中
    _d("correction_ordered", "bool", "责令改正", "Correction ordered"),
    # 现场笔录、勘验笔录载明违法行为当场已经改正、清除完毕
    _d("correction_done", "bool", "载明已当场改正", "Corrected on the scene, as told"),
    # 通知书中告知听证的期限（“三日内”“五日内要求听证”），数字
    _d("hearing_request_days", "int", "要求听证期限（日）", "Days for asking for a hearing"),
    # 通知书、决定书中告知陈述申辩和听证所引的行政处罚法条文，如“第四十四条”
    _d("rights_basis", "text", "告知权利所引条款", "Provision cited for the rights told"),
    # 决定书落款、印章上的机关，与文中引用法条的旧机关名称无关
    _d("acting_organ", "text", "落款机关", "Organ of the signature line"),
    # 名称变更证明：原名与现名
    _d("renamed_from", "text", "变更前名称", "Name before the change"),
    _d("renamed_to", "text", "变更后名称", "Name after the change"),
    # 当场收缴：是否、收缴日、上交日、理由（边远、水上、当事人提出）
    _d("cash_collected", "bool", "当场收缴罚款", "Fine collected on the spot"),
    _d("cash_requested", "bool", "当事人提出当场缴纳", "Party asked to pay on the spot"),
    _d("cash_ground", "bool", "载明可以当场收缴的情形", "A ground of collection on the spot told"),
    _d("collected_on", "date", "当场收缴日", "Collected on the spot"),
    _d("handed_in_on", "date", "罚款上交日", "Fine handed in"),
    _d("surcharge_yuan", "money", "加处罚款数额", "Surcharge"),
    # 先行登记保存
    _d("preserved_on", "date", "登记保存日", "Preserved"),
    _d("preservation_approved_on", "date", "登记保存批准日", "Preservation approved"),
    _d("preservation_handled_on", "date", "保存物品处理日", "Preserved things handled"),
    # 查封扣押（暂扣）
    _d("seized_on", "date", "扣押（暂扣）日", "Seized"),
    _d("seizure_ends_on", "date", "扣押期限届满日", "Seizure ends"),
    _d("seizure_extended_to", "date", "扣押延长至", "Seizure extended to"),
    _d("released_on", "date", "解除强制措施日", "Measure lifted"),
    _d("measure_approved_at", "datetime", "强制措施批准时间", "Measure approved"),
    # 送达
    _d("sent_on", "date", "邮寄日", "Mailed"),
    _d("witness", "text", "见证人", "Witness"),
    _d("electronic_consent", "bool", "同意电子送达", "Electronic service agreed to"),
    # 送达回证载明见证人到场、拍照、录像；印好的“见证人”栏目不算
    _d("service_witnessed", "bool", "载明送达有见证或者音像", "Service witnessed or recorded"),
    # 公示撤回
    _d("revoked_on", "date", "决定撤销（变更）日", "Decision revoked or changed"),
    _d("withdrawn_on", "date", "公示撤回日", "Publication withdrawn"),
    # 集体讨论参加人、结案理由
    _d("discussants", "names", "参加讨论人员", "Those who discussed"),
    _d("closing_reason", "text", "结案理由", "Reason of closing"),
    # further values of single papers
    _d("decision_no", "text", "决定书文号", "Number of the decision as another paper cites it"),
    _d("served_no", "text", "送达文书文号", "Number of the paper served"),
    _d("operator", "text", "经营者", "Operator of an individual business"),
    _d("trade_name", "text", "字号", "Trade name of an individual business"),
    _d("addressee", "text", "受送达人", "Person or unit to be served"),
    _d("received_on", "date", "签收日", "Day received"),
    _d("received_at", "datetime", "签收时间", "Instant received"),
    _d("signed_on", "date", "当事人签收（签名）日", "Day signed by the party"),
    _d("deemed_days", "int", "公告视为送达天数", "Days after which the announcement serves"),
    _d("handlers_listed", "names", "承办人栏所列人员", "Handlers as a field lists them"),
    _d("unit_opinion_on", "date", "承办机构意见日", "Opinion of the handling unit"),
    _d("head_date_blank", "bool", "负责人签署日期空白", "Date of the head's signature is blank"),
    # 有手写签名但没有辨认出姓名：不得据此说缺少签名
    _d(
        "signature_unread", "bool", "有未辨认的签名", "A signature is there whose name was not read"
    ),
    _d("ticks_unread", "bool", "有未辨认的勾选", "A box was ticked whose tick was not read"),
    _d("refusal_noted", "bool", "注明拒绝签名", "Refusal to sign noted"),
    _d("fine_proposed_yuan", "money", "内部文书所拟罚款", "Fine in an internal paper"),
    _d("decided_on_quoted", "date", "文中所述决定日", "Date of the decision quoted"),
    _d("closed_on_quoted", "date", "文中所述结案日", "Date of closing quoted"),
    _d("paid_on_quoted", "date", "文中所述缴款日", "Date of payment quoted"),
    _d("measured_at", "datetime", "检测时间", "Time of weighing"),
    _d("reweighed_kg", "int", "卸载后称重（千克）", "Weighed after unloading (kg)"),
    _d("payer", "text", "缴款人", "Payer"),
    _d("hearing_set_on", "date", "听证会定于", "Day set for the hearing"),
    # 文书对当事人的陈述申辩作了复核、采纳与否等回应
    _d("defence_considered", "bool", "回应陈述申辩", "Defence considered"),
    # 笔录等载明有执法记录仪、录音录像
    _d("recording_stated", "bool", "载明音像记录", "Audio-video recording stated"),
    # 行文中以“鉴于某公司积极配合”“对某公司罚款”所指的单位
    _d("conduct_of", "text", "行文中所指的当事单位", "Unit whose conduct is told"),
    _d("gains_admitted_yuan", "money", "询问中承认的收入", "Takings admitted in an interview"),
    _d("basis_confiscates", "bool", "所引依据规定没收违法所得", "The basis quoted takes the gains"),
    _d("gains_discussed", "bool", "写到违法所得", "Illegal gains mentioned"),
    _d("review_points", "bool", "审核意见写到审核内容", "Points of the legal review told"),
    _d("review_findings", "int", "审核结论前认定的事项数", "Points found on before the conclusion"),
    _d("list_attached", "bool", "载明附有清单", "A list is said to be attached"),
    _d("other_plate", "text", "他人车牌号", "Plate of somebody else's vehicle"),
    _d("thing_counted", "bool", "正文写明物品数量", "Things counted in the text"),
    _d("list_inside", "bool", "文书内列有物品", "Things listed in the paper itself"),
    # 补正说明的全文：误写的和更正后的内容都在其中
    # 办案机关自己认定的违法行为轻微、危害后果（有、轻微、无）；当事人的说法和法条原文不算
    _d("minor_stated", "bool", "认定违法行为轻微", "Act found to be minor"),
    _d("seal_noted", "bool", "印章标注", "Note of the seal"),
    _d("harm_stated", "text", "认定的危害后果", "Harm found"),
    _d("amendment", "text", "补正内容", "What a correction says"),
    # 现场照片：注明拍摄时间、地点、拍摄人
    _d("photo_time", "bool", "照片注明拍摄时间", "Time of the photograph noted"),
    _d("photo_place", "bool", "照片注明拍摄地点", "Place of the photograph noted"),
    _d("photo_maker", "bool", "照片注明拍摄人", "Maker of the photograph noted"),
    # 视音频资料清单所列录制的起止（重叠的合并），按时间先后成对
    _d("recorded_from", "datetime", "录制开始", "Recording begins"),
    _d("recorded_to", "datetime", "录制结束", "Recording ends"),
    # 录制文件名中的时间戳，清单与存储台账的哈希值（“文件名=哈希值”），关键节点，文件去向
    _d("file_stamp", "datetime", "文件名中的时间", "Time in a recording's file name"),
    _d("hash_listed", "names", "清单所列哈希值", "Checksums of the list"),
    _d("hash_stored", "names", "存储台账哈希值", "Checksums of the storage ledger"),
    _d("recorded_matters", "names", "清单各行记录的事项", "What each row of the list is of"),
    _d("nodes_shown", "names", "录像反映的节点", "Nodes that the recording shows"),
    _d("nodes_lacking", "names", "录像缺少的节点", "Nodes that the recording lacks"),
    _d("recording_deleted", "bool", "录音录像已删除或者灭失", "A recording is gone"),
    _d("kept_months", "int", "录像保存期限（月）", "Months for which recordings are kept"),
    _d("clock_off_minutes", "int", "记录仪时钟误差（分钟）", "Recorder's clock off (minutes)"),
    # 多页笔录中签名栏已签、空白的页（从 1 数起）
    _d("signed_pages", "ints", "当事人已签名的页", "Pages signed by the person heard"),
    _d("unsigned_pages", "ints", "签名栏空白的页", "Pages whose field of signature is blank"),
    # 集体讨论记录中每人的意见，“姓名：意见”
    _d("views", "names", "各人意见", "What each of those who discussed said"),
    _d("benchmark_cited", "bool", "引用裁量基准", "Discretion benchmark cited"),
    _d("stage_bands", "names", "裁量档次幅度", "Bands of discretion with their ranges"),
    _d("stage_found", "text", "认定的裁量档次", "Discretion stage found, the only one named"),
    _d("stage_applied", "text", "适用的裁量档次", "Discretion stage whose band was applied"),
    # 送达、监控、代履行、伪造证件的过程记载
    _d("attempts_told", "bool", "载明其他方式未能送达", "Failed attempts to serve told"),
    _d("receiver_relation", "text", "代收人与受送达人关系", "Who the receiver is to the addressee"),
    _d("monitoring_used", "bool", "以电子技术监控取证", "Evidence from electronic monitoring"),
    _d("monitoring_reviewed", "bool", "监控记录经审核", "Record of the monitoring reviewed"),
    _d("monitoring_review_blank", "bool", "监控记录审核表空白", "Audit of the monitoring blank"),
    _d("removal_at_once", "bool", "载明需要立即清除", "Removal at once was needed"),
    _d("overseen", "bool", "行政机关派员到场", "An officer of the organ was present"),
    _d("forgery_stated", "bool", "载明伪造、变造证件", "A forged paper is told of"),
    _d("transfer_stated", "bool", "载明移送司法机关", "Transfer to the police or court told"),
    _d(
        "refusal_accounted",
        "bool",
        "注明拒签情况或见证",
        "Refusal explained, witnessed or recorded",
    ),
    _d("volume_of", "text", "正卷或者副卷", "Main or auxiliary volume"),
    _d("impossible_date", "text", "不存在的日期", "A date that does not exist"),
)

BY_NAME = {fact.name: fact for fact in NAMES}
