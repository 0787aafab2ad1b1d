"""The registers that a bureau keeps in the workbench, and the columns of each.

A register is a table of things with dates of validity. One description of its columns serves the
import from a workbook, the form of the page and the checks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from review.common.text import label

ColumnKind = Literal["text", "date", "truth", "moment", "choice"]

VALID_FROM, VALID_UNTIL = "valid_from", "valid_until"
"""Columns that every register has beside its own: the first and the last day of a row."""


@dataclass(frozen=True, slots=True)
class RegisterColumn:
    """One column: its names for people and the headings under which workbooks carry it.

    `choices` maps every word that a workbook may use to the stored value.
    """

    name: str
    kind: ColumnKind
    zh: str
    en: str
    headings: tuple[str, ...] = ()
    is_required: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RegisterSpec:
    """One register. The values of `key` columns, the first given one, tell its rows apart.

    `shown` are the columns of the list on the page, most telling first.
    """

    name: str
    zh: str
    en: str
    about_zh: str
    about_en: str
    columns: tuple[RegisterColumn, ...]
    key: tuple[str, ...]
    shown: tuple[str, ...]

    def column(self, name: str) -> RegisterColumn | None:
        """The column of that name, those of validity included."""
        return next((each for each in self.all_columns if each.name == name), None)

    @property
    def all_columns(self) -> tuple[RegisterColumn, ...]:
        """The register's own columns and those of validity."""
        return (*self.columns, *VALIDITY)

    def by_heading(self, heading: str) -> RegisterColumn | None:
        """The column that a heading of a workbook means."""
        wanted = label(heading)
        if not wanted:
            return None
        for column in self.all_columns:
            if wanted in {label(each) for each in (column.zh, column.en, *column.headings)}:
                return column
        return None


def _c(
    name: str,
    kind: ColumnKind,
    zh: str,
    en: str,
    *headings: str,
    required: bool = False,
    choices: Mapping[str, str] | None = None,
) -> RegisterColumn:
    return RegisterColumn(name, kind, zh, en, headings, required, dict(choices or {}))


VALIDITY = (
    _c(
        VALID_FROM, "date", "起始日期", "Valid from", "有效期起", "有效期自", "有效期始",
        "启用日期", "在册日期", "登记日期", "发证日期", "生效日期",
    ),
    _c(
        VALID_UNTIL, "date", "终止日期", "Valid until", "注销日期", "停用日期", "离岗日期",
        "退出日期", "废止日期", "失效日期",
    ),
)  # fmt: skip

STAFF = {
    "执法人员": "officer", "在编执法人员": "officer", "正式执法人员": "officer",
    "officer": "officer", "正式": "officer", "在编": "officer",
    "辅助人员": "auxiliary", "执法辅助人员": "auxiliary", "辅助执法人员": "auxiliary",
    "协管员": "auxiliary", "辅助": "auxiliary", "编外": "auxiliary", "auxiliary": "auxiliary",
}  # fmt: skip
DEVICES = {
    "称重设备": "scale", "衡器": "scale", "汽车衡": "scale", "地磅": "scale", "静态汽车衡": "scale",
    "动态汽车衡": "scale", "便携式称重仪": "scale", "scale": "scale",
    "电子技术监控设备": "monitor", "电子监控": "monitor", "监控设备": "monitor", "监控": "monitor",
    "不停车检测系统": "monitor", "动态称重检测系统": "monitor", "抓拍设备": "monitor",
    "monitor": "monitor",
}  # fmt: skip
ORGAN_KINDS = {
    "行政机关": "organ", "机关": "organ", "organ": "organ", "法定机关": "organ",
    "授权组织": "authorised", "法律法规授权组织": "authorised", "authorised": "authorised",
    "受委托组织": "entrusted", "委托": "entrusted", "委托组织": "entrusted",
    "entrusted": "entrusted", "内设机构": "section", "section": "section",
}  # fmt: skip
FINE_CHANGES = {
    "取消": "cancelled", "取消罚款": "cancelled", "cancelled": "cancelled",
    "下调": "lowered", "调整": "lowered", "降低": "lowered", "调整罚款": "lowered",
    "下调罚款": "lowered", "lowered": "lowered",
}  # fmt: skip

OFFICERS = RegisterSpec(
    "officers",
    "执法人员",
    "Officers",
    "执法人员及其证件、年度审验；辅助人员不得实施处罚",
    "Officers with certificate and yearly renewal; auxiliary staff may not act",
    (
        _c("name", "text", "姓名", "Name", "执法人员", "执法人员姓名", "人员姓名", required=True),
        _c(
            "cert_no", "text", "执法证号", "Certificate number", "证号", "证件号", "证件编号",
            "执法证编号", "执法证件号", "执法证件编号", "行政执法证号", "执法证件号码",
        ),
        _c("unit", "text", "单位", "Unit", "所在单位", "工作单位", "部门", "所属单位", "大队"),
        _c(
            "staff", "choice", "人员类别", "Kind of staff", "人员性质", "身份", "类别", "人员类型",
            choices=STAFF,
        ),
        _c(
            "certificate_until", "date", "证件有效期至", "Certificate valid until", "有效期至",
            "证件有效期", "证件到期日", "有效截止日期", "执法证有效期至",
        ),
        _c(
            "renewed_until", "date", "年审有效期至", "Renewed until", "年审至", "审验有效期至",
            "年度审验有效期至", "注册有效期至", "年审合格至",
        ),
    ),
    key=("cert_no", "name"),
    shown=("name", "cert_no", "unit", "staff", "certificate_until", "renewed_until"),
)  # fmt: skip
ORGANS = RegisterSpec(
    "organs",
    "执法主体和印章",
    "Organs and seals",
    "可以自己名义执法的机关、授权组织和受委托组织，及其印章的启用、停用",
    "Organs, authorised and entrusted bodies, and when their seals were in use",
    (
        _c(
            "name", "text", "主体名称", "Name of the organ", "机关名称", "执法主体", "单位名称",
            "名称", "执法主体名称", required=True,
        ),
        _c(
            "kind", "choice", "主体性质", "Kind", "主体类别", "性质", "主体类型",
            choices=ORGAN_KINDS,
        ),
        _c("acts_for", "text", "委托机关", "Acts in the name of", "委托机关名称", "委托方"),
        _c(
            "published_on", "date", "委托书公布日期", "Entrustment published", "委托公布日期",
            "公布日期",
        ),
        _c("seal", "text", "印章名称", "Text of the seal", "印章", "印文", "印章全称"),
    ),
    key=("name",),
    shown=("name", "kind", "acts_for", "seal", "published_on"),
)  # fmt: skip
DEVICE_REGISTER = RegisterSpec(
    "devices",
    "称重和监控设备",
    "Scales and monitoring devices",
    "称重设备的检定，电子技术监控设备的法制审核、技术审核和设置地点公布",
    "Verification of scales; legal and technical review and published place of monitors",
    (
        _c(
            "device_no", "text", "设备编号", "Device number", "编号", "出厂编号", "器具编号",
            "设备号", "仪器编号", required=True,
        ),
        _c(
            "kind", "choice", "设备类别", "Kind", "设备类型", "类别", "器具类别", required=True,
            choices=DEVICES,
        ),
        _c("model", "text", "型号", "Model", "规格型号", "型号规格", "设备型号", "设备名称"),
        _c("place", "text", "设置地点", "Place", "地点", "安装地点", "使用地点", "点位"),
        _c(
            "verified_on", "date", "检定日期", "Verified on", "校准日期", "检定时间",
            "本次检定日期",
        ),
        _c(
            "verified_until", "date", "检定有效期至", "Verification valid until", "检定有效期",
            "检定到期日", "下次检定日期", "有效期至", "校准有效期至",
        ),
        _c("certificate_no", "text", "检定证书编号", "Certificate", "证书编号", "检定证书号"),
        _c("legal_review_on", "date", "法制审核日期", "Legal review", "法制审核"),
        _c("technical_review_on", "date", "技术审核日期", "Technical review", "技术审核"),
        _c(
            "published_on", "date", "地点公布日期", "Place published on", "公布日期",
            "设置地点公布日期", "向社会公布日期",
        ),
    ),
    key=("device_no",),
    shown=("device_no", "kind", "place", "verified_until", "legal_review_on",
           "technical_review_on", "published_on"),
)  # fmt: skip
PUBLICATIONS = RegisterSpec(
    "publications",
    "公示清单",
    "Publication list",
    "处罚决定的公示和撤回",
    "Publication of decisions and withdrawal",
    (
        _c(
            "decision_no", "text", "决定书文号", "Decision number", "处罚决定书文号", "文号",
            "行政处罚决定书文号", "处罚文号", "决定文号",
        ),
        _c("case_no", "text", "案号", "Case number", "案件编号", "立案号"),
        _c("party_name", "text", "当事人", "Party", "行政相对人名称", "当事人名称", "相对人"),
        _c(
            "published_on", "date", "公示日期", "Published on", "公开日期", "公布日期", "发布日期",
            "公示时间", required=True,
        ),
        _c("platform", "text", "公示平台", "Platform", "平台", "公开渠道", "网址"),
        _c("revoked_on", "date", "决定撤销日期", "Revoked on", "撤销日期", "变更日期"),
        _c("withdrawn_on", "date", "撤回日期", "Withdrawn on", "撤下日期", "公示撤回日期"),
    ),
    key=("decision_no", "case_no"),
    shown=("decision_no", "case_no", "party_name", "published_on", "platform", "withdrawn_on"),
)  # fmt: skip
REVIEWERS = RegisterSpec(
    "reviewers",
    "法制审核人员",
    "Legal reviewers",
    "从事处罚决定法制审核的人员、法律职业资格和初次从事的日期",
    "Who reviews penalty decisions, their qualification and since when",
    (
        _c("name", "text", "姓名", "Name", "审核人员", "法制审核人员", "审核人", required=True),
        _c("unit", "text", "单位", "Unit", "部门", "所在单位", "工作单位"),
        _c(
            "is_qualified", "truth", "有法律职业资格", "Holds the legal qualification",
            "法律职业资格", "是否取得法律职业资格", "是否具有法律职业资格", "法考资格",
        ),
        _c("qualification_no", "text", "资格证号", "Certificate", "法律职业资格证号", "资格证书号"),
        _c(
            "first_review_on", "date", "初次审核日期", "First review on", "初次从事审核日期",
            "从事法制审核日期", "首次审核日期", "任职日期",
        ),
    ),
    key=("name",),
    shown=("name", "unit", "is_qualified", "qualification_no", "first_review_on"),
)  # fmt: skip
RECORDINGS = RegisterSpec(
    "recordings",
    "音像记录台账",
    "Ledger of recordings",
    "执法记录仪音像资料的登记、校验值和保存",
    "Recordings with their digests, upload and keeping",
    (
        _c("file_name", "text", "文件名", "File name", "文件名称", "资料名称", "音像文件",
           required=True),
        _c("sha256", "text", "校验值", "SHA-256", "sha256", "哈希值", "文件校验值", "hash"),
        _c("case_no", "text", "案号", "Case number", "案件编号", "关联案号"),
        _c("recorder_no", "text", "记录仪编号", "Recorder", "设备编号", "记录仪", "执法记录仪编号"),
        _c("officer", "text", "使用人", "Officer", "执法人员", "记录人", "佩戴人"),
        _c("starts_at", "moment", "开始时间", "Start", "起始时间", "录制开始时间", "拍摄时间"),
        _c("ends_at", "moment", "结束时间", "End", "终止时间", "录制结束时间"),
        _c("uploaded_on", "date", "上传日期", "Uploaded on", "上传时间", "存储日期", "导入日期"),
        _c("deleted_on", "date", "删除日期", "Deleted on", "销毁日期", "清除日期"),
    ),
    key=("file_name",),
    shown=("file_name", "case_no", "recorder_no", "officer", "starts_at", "uploaded_on",
           "deleted_on"),
)  # fmt: skip
FINE_CHANGE_REGISTER = RegisterSpec(
    "fine_changes",
    "取消和调整罚款事项",
    "Cancelled and lowered fines",
    "国家取消或者调整的罚款事项；起始日期为施行日",
    "Fines that the State cancelled or lowered; valid from the day in force",
    (
        _c("matter", "text", "罚款事项", "Fine", "事项名称", "事项", "罚款事项名称", required=True),
        _c("basis", "text", "设定依据", "Legal basis", "依据", "法律依据", "处罚依据",
           required=True),
        _c(
            "change", "choice", "处理方式", "Change", "处理意见", "处理决定", "调整方式",
            "取消或者调整", required=True, choices=FINE_CHANGES,
        ),
        _c("after", "text", "调整后", "Afterwards", "调整后罚款", "替代监管措施", "后续措施"),
        _c("document", "text", "文件", "Document", "文号", "来源", "文件依据", required=True),
    ),
    key=("matter",),
    shown=("matter", "basis", "change", "after", "document"),
)  # fmt: skip

REGISTERS: Mapping[str, RegisterSpec] = MappingProxyType(
    {
        spec.name: spec
        for spec in (
            OFFICERS,
            ORGANS,
            DEVICE_REGISTER,
            PUBLICATIONS,
            REVIEWERS,
            RECORDINGS,
            FINE_CHANGE_REGISTER,
        )
    }
)
