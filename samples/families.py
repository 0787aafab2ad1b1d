"""Three families of wording and look: how three bureaus would fill in the same forms.

Every family has its own titles, labels, dates and way of speaking of the party, so that the
samples do not all look like one clerk's work.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from samples.sheets import Sheet

DIGITS = "〇一二三四五六七八九"
DateForm = Literal["plain", "chinese", "padded"]


def chinese_number(value: int) -> str:
    """Write a number below one hundred in Chinese characters."""
    tens, ones = divmod(value, 10)
    if value < 10:
        return DIGITS[value]
    head = "十" if tens == 1 else DIGITS[tens] + "十"
    return head + (DIGITS[ones] if ones else "")


def write_date(day: date, form: DateForm) -> str:
    """Write a date as 2023年3月7日, 二〇二三年三月七日 or 2023年03月07日."""
    if form == "chinese":
        year = "".join(DIGITS[int(char)] for char in str(day.year))
        return f"{year}年{chinese_number(day.month)}月{chinese_number(day.day)}日"
    if form == "padded":
        return f"{day.year}年{day.month:02d}月{day.day:02d}日"
    return f"{day.year}年{day.month}月{day.day}日"


BIG = "零壹贰叁肆伍陆柒捌玖"
UNITS = ("", "拾", "佰", "仟")


def money_in_words(yuan: int) -> str:
    """Write whole yuan below one hundred million the way cheques and decisions do."""
    if not 0 < yuan < 100_000_000:
        raise ValueError(f"cannot write {yuan} yuan in words")
    high, low = divmod(yuan, 10_000)
    words = ""
    if high:
        words += _four_digits(high) + "万"
        if low and low < 1000:
            words += "零"
    if low:
        words += _four_digits(low)
    return words + "元整"


def _four_digits(value: int) -> str:
    words = ""
    gap = False
    for place in (3, 2, 1, 0):
        digit = value // 10**place % 10
        if digit:
            words += ("零" if gap and words else "") + BIG[digit] + UNITS[place]
            gap = False
        else:
            gap = True
    return words


@dataclass(frozen=True, slots=True)
class Family:
    """Titles, labels and dates of one bureau's forms. Labels are keyed by what they mean."""

    key: str
    form: Literal["ruled", "lines", "prose"]
    text_date: DateForm
    sign_date: DateForm
    you: str
    party: str
    titles: dict[str, str]
    labels: dict[str, str]
    number_prefix: str

    def title(self, kind: str) -> str:
        """Return what this bureau calls a paper of `kind`."""
        return self.titles.get(kind, kind)

    def label(self, meaning: str) -> str:
        """Return this bureau's label of a field."""
        return self.labels.get(meaning, meaning)

    def day(self, day: date) -> str:
        """Write a date in running text."""
        return write_date(day, self.text_date)

    def signed(self, day: date | None) -> str:
        """Write a date beside a signature; empty where there is none."""
        return "" if day is None else write_date(day, self.sign_date)


RULED = Family(
    key="ruled",
    form="ruled",
    text_date="plain",
    sign_date="plain",
    you="你（单位）",
    party="当事人",
    number_prefix="案号：",
    titles={
        "卷宗封面": "行政处罚案卷",
        "案件处理审批表": "行政处罚案件处理审批表",
        "计量检定证书复印件": "计量器具检定证书（复印件）",
        "身份证复印件": "居民身份证复印件",
        "行驶证复印件": "机动车行驶证复印件",
        "执法证件复印件": "行政执法证件复印件",
        "公示截图": "行政处罚信息公示截图",
        "罚款票据": "罚没款收据粘贴页",
        "视音频资料清单": "执法视音频资料清单",
        "称重检测单": "车辆超限检测称重单",
        "卸载复磅单": "车辆卸载复磅单",
        "现场照片": "现场照片证据",
    },
    labels={},
)
LINES = Family(
    key="lines",
    form="lines",
    text_date="plain",
    sign_date="chinese",
    you="你",
    party="违法行为人",
    number_prefix="",
    titles={
        "卷宗封面": "交通运输行政处罚卷宗",
        "卷内目录": "卷内文件目录",
        "案件调查报告": "案件调查终结报告",
        "案件处理审批表": "案件处理意见书",
        "法制审核意见书": "法制审核表",
        "重大案件集体讨论记录": "重大案件集体讨论笔录",
        "责令改正违法行为通知书": "责令（限期）改正通知书",
        "现场照片": "证据照片",
        "身份证复印件": "公民身份证件复印件",
        "行驶证复印件": "车辆证件复印件",
        "计量检定证书复印件": "检定证书复印件",
        "公示截图": "处罚结果网上公开页面",
        "罚款票据": "非税收入缴款凭证",
        "视音频资料清单": "音像记录资料登记表",
        "卸载复磅单": "消除超限状态复称单",
        "称重检测单": "货车称重检测记录单",
        "结案报告": "行政处罚结案报告",
        "备考表": "卷内备考表",
        "送达地址确认书": "当事人送达地址确认书",
        "当场处罚备案表": "当场处罚案件备案表",
    },
    labels={
        "案件来源": "线索来源",
        "受案时间": "受理时间",
        "案件基本情况": "简要案情",
        "立案依据": "立案理由及依据",
        "执法地点": "检查地点",
        "执法时间": "检查起止时间",
        "现场人员": "被检查人",
        "主要内容": "检查记录",
        "住址": "家庭住址",
        "地址": "注册地址",
        "经办机构负责人意见": "承办机构意见",
        "负责人审批意见": "机关负责人意见",
        "送达文书名称、文号": "送达的文书及编号",
        "受送达人": "受送达人姓名（名称）",
        "送达地点": "送达场所",
        "收件人": "签收人",
        "送达人": "执法送达人员",
    },
)
PROSE = Family(
    key="prose",
    form="prose",
    text_date="padded",
    sign_date="padded",
    you="你（你单位）",
    party="被处罚人",
    number_prefix="编号：",
    titles={
        "卷宗封面": "交通运输执法案件卷宗",
        "卷内目录": "目　录",
        "立案登记表": "行政处罚立案审批表",
        "现场笔录": "现场检查笔录",
        "案件调查报告": "调查终结报告",
        "法制审核意见书": "行政处罚法制审核意见",
        "违法行为通知书": "交通运输违法行为通知书",
        "行政处罚决定书": "交通运输行政处罚决定书",
        "责令改正违法行为通知书": "责令改正通知书",
        "称重检测单": "超限检测单",
        "现场照片": "照片说明页",
        "身份证复印件": "身份证明复印件",
        "营业执照复印件": "企业营业执照副本复印件",
        "行驶证复印件": "行驶证、道路运输证复印件",
        "公示截图": "公示网页打印件",
        "罚款票据": "缴纳罚款票据",
        "视音频资料清单": "视听资料目录",
        "结案报告": "结案审批报告",
        "听证笔录": "行政处罚听证笔录",
        "暂扣物品清单": "扣押车辆清单",
    },
    labels={
        "案由": "案　由",
        "受案时间": "受案日期",
        "案件基本情况": "基本案情",
        "立案依据": "立案的法律依据",
        "执法地点": "检查地点",
        "执法时间": "检查时间",
        "现场人员": "现场负责人",
        "经办机构负责人意见": "承办部门意见",
        "负责人审批意见": "局领导审批意见",
        "收件人": "收件人签名",
    },
)
FAMILIES = {family.key: family for family in (RULED, LINES, PROSE)}

SHEETS = {
    "ruled-song": Sheet("song", "hei", "ruled"),
    "ruled-hei": Sheet("hei", "hei", "ruled", size=10.5, page_mark="第 {n} 页", mark_at="centre"),
    "lines-kai": Sheet("kai", "hei", "lines", size=12.5, page_mark="- {n} -"),
    "lines-song": Sheet("song", "kai", "lines", size=12, mark_at="top"),
    "prose-song": Sheet(
        "song", "song", "prose", size=12, page_mark="— {n} —", mark_at="centre", margin=74
    ),
    "prose-kai": Sheet("kai", "kai", "prose", size=13, page_mark="第{n}页", mark_at="top"),
    "scan-serif": Sheet("serif", "serif-bold", "ruled", size=11),
    "scan-sans": Sheet("sans", "sans-bold", "lines", size=10.8, page_mark="-{n}-"),
    "scan-mixed": Sheet("serif", "sans-bold", "prose", size=12, page_mark="{n}"),
}
