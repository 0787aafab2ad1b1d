"""The sheets and columns of an edition as a workbook, for writing and for reading back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "number", "flag", "list", "choice", "date"]


@dataclass(frozen=True, slots=True)
class EditionColumn:
    """One column: its heading, where its value stands in the model, and how it is written.

    `field` is dotted for a part of a value (`title.zh`). `choices` maps what is written in the cell
    to the value. `width` in characters.
    """

    heading: str
    field: str
    kind: Kind = "text"
    width: int = 14
    choices: tuple[tuple[str, object], ...] = ()


PROCEDURE_CHOICES: tuple[tuple[str, object], ...] = (
    ("普通程序", "ordinary"),
    ("听证程序", "hearing"),
    ("简易程序", "summary"),
    ("不予处罚", "waived"),
)
YES, NO = "是", "否"

HEAD_SHEET = "标准"
HEAD: tuple[EditionColumn, ...] = (
    EditionColumn("名称", "title.zh"),
    EditionColumn("名称（英文）", "title.en"),
    EditionColumn("发布单位", "issued_by.zh"),
    EditionColumn("发布单位（英文）", "issued_by.en"),
    EditionColumn("说明", "note.zh"),
    EditionColumn("说明（英文）", "note.en"),
    EditionColumn("替代版本", "supersedes.edition"),
    EditionColumn("替代理由", "supersedes.reason.zh"),
    EditionColumn("替代理由（英文）", "supersedes.reason.en"),
    EditionColumn("适用程序", "procedures", "list", choices=PROCEDURE_CHOICES),
    EditionColumn("总分", "total", "number"),
    EditionColumn("基础分", "base", "number"),
    EditionColumn("满分", "scale", "number"),
    EditionColumn("分值步长", "step", "number"),
    EditionColumn("部分符合保留比例", "partial", "number"),
    EditionColumn("整改期限（日）", "rectify_days", "number"),
    EditionColumn(
        "不适用项", "not_applicable", "choice", choices=(("折算", "rescale"), ("计满分", "full"))
    ),
    EditionColumn("取整步长", "rounding.step", "number"),
    EditionColumn(
        "取整方式",
        "rounding.mode",
        "choice",
        choices=(("四舍五入", "half_up"), ("四舍六入五成双", "half_even"), ("舍去", "down")),
    ),
    EditionColumn("否决等次", "veto.grade"),
    EditionColumn(
        "否决得分", "veto.score", "choice", choices=(("另计", "keep"), ("计零分", "zero"))
    ),
)
"""Particulars of the edition, one a row: heading in the first column, value in the second."""

GRADES_SHEET = "等次"
GRADES: tuple[EditionColumn, ...] = (
    EditionColumn("等次", "name.zh"),
    EditionColumn("等次（英文）", "name.en"),
    EditionColumn("下限", "from", "number"),
)

RESULTS_SHEET = "结果用语"
RESULTS: tuple[EditionColumn, ...] = (
    EditionColumn("结果", "result"),
    EditionColumn("用语", "zh"),
    EditionColumn("用语（英文）", "en"),
)

DIMENSIONS_SHEET = "维度"
DIMENSIONS: tuple[EditionColumn, ...] = (
    EditionColumn("编号", "id"),
    EditionColumn("维度", "zh"),
    EditionColumn("维度（英文）", "en"),
    EditionColumn("归入", "group"),
)

SECTIONS_SHEET = "分区"
SECTIONS: tuple[EditionColumn, ...] = (
    EditionColumn("编号", "id"),
    EditionColumn("分区", "title.zh", width=28),
    EditionColumn("分区（英文）", "title.en", width=28),
    EditionColumn("分值", "points", "number", 8),
    EditionColumn("权重", "weight", "number", 8),
    EditionColumn("计分方式", "counts", "choice", 10, (("得分", "scored"), ("只扣分", "deducted"))),
    EditionColumn("附加", "conditional", "flag", 8),
    EditionColumn("适用情形", "when.zh", width=24),
    EditionColumn("适用情形（英文）", "when.en", width=24),
    EditionColumn("维度", "dimension"),
    EditionColumn("适用程序", "procedures", "list", 20, PROCEDURE_CHOICES),
)

ITEMS_SHEET = "评查项"
ITEM_SECTION = "所属分区"
ITEMS: tuple[EditionColumn, ...] = (
    EditionColumn("编号", "id", width=10),
    EditionColumn("原编号", "ref", width=8),
    EditionColumn("评查项", "title.zh", width=40),
    EditionColumn("评查项（英文）", "title.en", width=30),
    EditionColumn("分值", "points", "number", 8),
    EditionColumn("步长", "step", "number", 8),
    EditionColumn("否决项", "veto", "flag", 8),
    EditionColumn("部分符合保留", "partial", "number", 10),
    EditionColumn("评查要点", "guidance.zh", width=40),
    EditionColumn("评查要点（英文）", "guidance.en", width=30),
    EditionColumn("维度", "dimension"),
    EditionColumn("适用程序", "procedures", "list", 20, PROCEDURE_CHOICES),
    EditionColumn("不适用情形", "not_applicable.zh", width=24),
    EditionColumn("不适用情形（英文）", "not_applicable.en", width=24),
    EditionColumn("依据", "sources", "list", 30),
    EditionColumn("机检项", "checks", "list", 20),
    EditionColumn("只涉及缺陷", "defects", "list", 16),
    EditionColumn("只提示缺陷", "look_only", "list", 16),
    EditionColumn("机检覆盖", "covers", "choice", 10, (("部分", "part"), ("全部", "whole"))),
    EditionColumn("须注明时间码", "time_code", "flag", 10),
    EditionColumn("整改要求", "rectify.zh", width=40),
    EditionColumn("整改要求（英文）", "rectify.en", width=30),
    EditionColumn("整改期限（日）", "rectify.due_days", "number", 10),
)

REASONS_SHEET = "扣分情形"
REASON_ITEM = "评查项编号"
REASONS: tuple[EditionColumn, ...] = (
    EditionColumn("编号", "id", width=10),
    EditionColumn("扣分情形", "zh", width=44),
    EditionColumn("扣分情形（英文）", "en", width=36),
    EditionColumn("扣分", "points", "number", 8),
    EditionColumn("计次", "per", "choice", 10, (("一次", "once"), ("每处", "occurrence"))),
    EditionColumn("最多扣", "max", "number", 8),
    EditionColumn("对应缺陷", "defects", "list", 20),
)
