"""Registers from workbooks: headings, values, every problem by its cell."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook as ExcelWorkbook

from review.common.tabular import read_workbook
from review.registers.columns import REGISTERS
from review.registers.sheet import RegisterPreview, read_register

FIRST = date(2023, 1, 1)


def workbook(*rows: list[Any]) -> bytes:
    book = ExcelWorkbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "名册"
    for row in rows:
        sheet.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def read(register: str, *rows: list[Any]) -> RegisterPreview:
    raw = workbook(*rows)
    return read_register(read_workbook(raw, "样例.xlsx"), REGISTERS[register], valid_from=FIRST)


def test_officers_with_a_title_above_and_a_note_below() -> None:
    preview = read(
        "officers",
        ["样例局执法人员名册"],
        ["序号", "姓名", "执法证号", "人员类别", "有效期至", "发证日期"],
        [1, "样例甲", 10001, "在编", "2025年12月31日", date(2022, 3, 1)],
        [2, "样例乙", "10002", "辅助人员", None, None],
        ["备注：截至年底"],
    )
    assert preview.problems == ()
    assert [row.key for row in preview.rows] == ["10001", "10002"]
    first, second = preview.rows
    assert first.values == {
        "name": "样例甲",
        "cert_no": "10001",
        "staff": "officer",
        "certificate_until": date(2025, 12, 31),
    }
    assert (first.valid_from, second.valid_from) == (date(2022, 3, 1), FIRST)
    assert second.values["staff"] == "auxiliary"
    assert [(each.row, each.zh) for each in preview.skipped] == [(5, "合计或者备注行")]
    assert preview.unused == (("名册", "A", "序号"),)


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (["", "10001", "在编", ""], "A", "不能为空"),
        (["样例甲", "10001", "临聘", ""], "C", "可用"),
        (["样例甲", "10001", "在编", "2023-02-30"], "D", "不是日期"),
    ],
)
def test_what_is_wrong_is_named_by_its_cell(row: list[str], column: str, words: str) -> None:
    preview = read("officers", ["姓名", "证号", "人员类别", "有效期至"], row)
    assert preview.rows == ()
    assert [(each.row, each.column) for each in preview.problems] == [(2, column)]
    assert words in preview.problems[0].zh


def test_days_that_cross_and_things_that_stand_twice() -> None:
    preview = read(
        "organs",
        ["主体名称", "起始日期", "终止日期"],
        ["样例局", "2023-02-01", "2023-01-31"],
        ["样例处", "2023-01-01", "2023-06-30"],
        ["样例处", "2023-06-30", None],
        ["样例所", "2023-01-01", "2023-06-30"],
        ["样例所", "2023-07-01", None],
    )
    assert [(each.row, each.column) for each in preview.problems] == [(2, None), (4, None)]
    assert "早于" in preview.problems[0].zh
    assert "重叠" in preview.problems[1].zh
    assert len(preview.rows) == 4


def test_a_workbook_without_the_needed_headings_is_refused_by_their_names() -> None:
    preview = read("devices", ["名称", "地点"], ["样例", "样例路"])
    assert "设备编号、设备类别" in preview.problems[0].zh
    assert read("devices").problems[0].zh == "没有内容"


def test_truth_moments_and_empty_words() -> None:
    reviewers = read(
        "reviewers", ["姓名", "法律职业资格"], ["样例丁", "是"], ["样例戊", "无"], ["样例己", "/"]
    )
    assert [row.values.get("is_qualified") for row in reviewers.rows] == [True, False, None]
    ledger = read(
        "recordings",
        ["文件名", "开始时间", "结束时间"],
        ["a.mp4", "2023-03-07 09:08", datetime.fromisoformat("2023-03-07 10:02")],
        ["b.mp4", "昨天", None],
    )
    assert ledger.rows[0].values["starts_at"] == datetime.fromisoformat("2023-03-07 09:08")
    assert [(each.row, each.column) for each in ledger.problems] == [(3, "B")]


def test_a_formula_without_result_is_a_problem_and_no_empty_cell() -> None:
    preview = read("officers", ["姓名", "证号"], ["=A9", "10001"])
    assert "公式" in preview.problems[0].zh


@pytest.mark.parametrize("register", sorted(REGISTERS))
def test_every_heading_means_one_column(register: str) -> None:
    spec = REGISTERS[register]
    for column in spec.all_columns:
        for heading in (column.zh, column.en, *column.headings):
            assert spec.by_heading(heading) is column, f"{register}: {heading}"
    assert spec.by_heading("") is None
    assert all(spec.column(name) is not None for name in (*spec.key, *spec.shown))
