"""The columns of the rectification list as a workbook, for writing and for reading back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from review.reports.words import Language, pick

MAX_CELL = 32_000
"""Longer texts are cut with a mark: a cell of a workbook holds 32,767 characters."""


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column. `is_filled_in`: the unit may write there; `width` in characters.

    A hidden column tells what the list was like when the workbook was exported.
    """

    field: str
    headings: tuple[str, str]
    width: float
    kind: Literal["text", "number", "date"] = "text"
    is_filled_in: bool = False
    is_centred: bool = False
    is_hidden: bool = False

    def heading(self, language: Language) -> str:
        """The heading in the language of the document."""
        return pick(self.headings, language)


COLUMNS: tuple[ListColumn, ...] = (
    ListColumn("id", ("编号\n（勿改）", "Id\n(keep)"), 7, "number", is_centred=True),
    ListColumn("sequence", ("序号", "No."), 5.5, "number", is_centred=True),
    ListColumn("case_no", ("案卷", "Case"), 16),
    ListColumn("problem", ("存在问题", "Problem"), 27),
    ListColumn("severity", ("程度", "Weight"), 6, is_centred=True),
    ListColumn("basis", ("依据", "Basis"), 15),
    ListColumn("measure", ("整改措施", "Measure"), 21),
    ListColumn("unit", ("责任单位", "Unit"), 12),
    ListColumn("responsible_person", ("责任人", "Person"), 9, is_filled_in=True, is_centred=True),
    ListColumn("due_on", ("整改期限", "Due"), 12, "date", is_centred=True),
    ListColumn("state", ("状态", "State"), 15, is_filled_in=True, is_centred=True),
    ListColumn("progress", ("整改情况", "What was done"), 19, is_filled_in=True),
    ListColumn("verified", ("复查结果", "Verification"), 10),
    ListColumn("version", ("版本（勿改）", "Version (keep)"), 7, "number", is_hidden=True),
)
