"""The list as a workbook: typed cells, no live formula, and what comes back from the unit."""

import io
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest

from review.errors import UnreadableFile
from review.rectification.tables import ItemState
from review.reports.read_back import EDITABLE, Change, read_rectification_xlsx
from review.reports.xlsx import rectification_xlsx
from tests.reports.contents import list_content

COLUMN = {
    name: letter
    for letter, name in zip(
        "ABCDEFGHIJKLM",
        ("id", "sequence", "case_no", "problem", "severity", "basis", "measure", "unit",
         "responsible_person", "due_on", "state", "progress", "verified"),
        strict=True,
    )
}  # fmt: skip


def sheet_of(raw: bytes):
    return openpyxl.load_workbook(io.BytesIO(raw)).active


def edited(raw: bytes, **cells: object) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(raw))
    for address, value in cells.items():
        book.active[address] = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_cells_are_typed() -> None:
    sheet = sheet_of(rectification_xlsx(list_content()))
    assert sheet["A1"].value == "2026年第二次行政处罚案卷评查整改清单"
    assert [cell.value for cell in sheet[4]] == [
        101,
        1,
        "样例交执罚〔2026〕0012号",
        "送达及时、方式合法：超过七个工作日；决定书于3月27日作出，4月11日送达",
        "较大",
        "《行政处罚法》第六十一条",
        "书面说明原因，组织办案人员学习有关规定，后续案件落实。",
        "样例市交通运输综合行政执法大队",
        None,
        datetime(2026, 7, 1),  # noqa: DTZ001  (a cell has no time zone)
        "待整改",
        None,
        None,
        0,
    ]
    assert sheet.column_dimensions["N"].hidden
    assert sheet["A4"].data_type == "n"
    assert sheet["J4"].is_date
    assert sheet["J4"].number_format == "yyyy-mm-dd"


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "http://x.invalid"]
)
def test_text_never_becomes_a_formula_or_a_link(text: str) -> None:
    content = list_content(rows=1)
    rows = (replace(content.rows[0], problem=text, progress=text, responsible_person=text),)
    sheet = sheet_of(rectification_xlsx(replace(content, rows=rows, unit=text)))
    for address in ("D4", "I4", "L4"):
        assert (sheet[address].value, sheet[address].data_type) == (text, "s")
        assert sheet[address].hyperlink is None


def test_states_and_dates_are_validated() -> None:
    rules = sheet_of(rectification_xlsx(list_content())).data_validations.dataValidation
    by_type = {rule.type: rule for rule in rules}
    assert by_type["list"].formula1 == '"待整改,整改中,已提交,复查通过（销号）,退回"'
    assert str(by_type["list"].sqref) == "K4:K8"
    assert str(by_type["date"].sqref) == "J4:J8"
    assert by_type["date"].operator == "greaterThanOrEqual"


def test_the_sheet_prints_on_a4_on_its_side_with_its_heading() -> None:
    sheet = sheet_of(rectification_xlsx(list_content()))
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.freeze_panes == "D4"
    assert [cell.value for cell in sheet[10] if cell.value] == [
        "责任单位负责人（签字）：",
        "责任单位（盖章）：",
        "评查单位（盖章）：",
        "日期：　　　年　　月　　日",
    ]


def test_only_what_the_unit_fills_in_is_open() -> None:
    sheet = sheet_of(rectification_xlsx(list_content()))
    assert sheet.protection.sheet
    is_open = {name for name, letter in COLUMN.items() if not sheet[f"{letter}4"].protection.locked}
    assert is_open == set(EDITABLE)
    assert not sheet_of(rectification_xlsx(list_content(), protect=False)).protection.sheet


def test_the_same_content_gives_the_same_bytes() -> None:
    assert rectification_xlsx(list_content()) == rectification_xlsx(list_content())


def test_an_empty_list_is_a_workbook_too() -> None:
    assert sheet_of(rectification_xlsx(list_content(rows=0)))["A3"].value == "编号\n（勿改）"


def test_a_text_too_long_for_a_cell_is_cut_with_a_mark_and_reads_back_unchanged() -> None:
    content = list_content(rows=1)
    content = replace(content, rows=(replace(content.rows[0], progress="长" * 40000),))
    raw = rectification_xlsx(content)
    assert sheet_of(raw)["L4"].value.endswith("…（全文见系统）")
    assert read_rectification_xlsx(raw, "a.xlsx", content.rows).changes == ()


# --- reading back -------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_untouched_workbook_changes_nothing(language: str) -> None:
    content = list_content(language, rows=12)
    found = read_rectification_xlsx(rectification_xlsx(content), "清单.xlsx", content.rows)
    assert (found.changes, found.problems, found.missing) == ((), (), ())


def test_changes_are_named_by_item_and_field() -> None:
    content = list_content()
    raw = edited(
        rectification_xlsx(content),
        I4="样例乙",
        K4="整改中",
        L5="已补充说明\n并附材料",
        K6=" 已提交 ",
    )
    found = read_rectification_xlsx(raw, "清单.xlsx", content.rows)
    assert found.problems == ()
    assert found.changes == (
        Change(101, 4, "I", "responsible_person", "", "样例乙"),
        Change(101, 4, "K", "state", ItemState.TO_DO, ItemState.IN_WORK),
        Change(102, 5, "L", "progress", "", "已补充说明\n并附材料"),
        Change(103, 6, "K", "state", ItemState.TO_DO, ItemState.SUBMITTED),
    )


def test_english_states_are_understood() -> None:
    content = list_content()
    raw = edited(rectification_xlsx(content), K4="In work")
    assert read_rectification_xlsx(raw, "a.xlsx", content.rows).changes[0].new is ItemState.IN_WORK


def test_the_regulations_section_may_change_more() -> None:
    content = list_content()
    raw = edited(rectification_xlsx(content), G4="撤销原决定", J4=date(2026, 8, 1))
    found = read_rectification_xlsx(
        raw, "a.xlsx", content.rows, editable=EDITABLE | {"measure", "due_on"}
    )
    assert [(each.field, each.new) for each in found.changes] == [
        ("measure", "撤销原决定"),
        ("due_on", date(2026, 8, 1)),
    ]


@pytest.mark.parametrize(
    ("cells", "place", "words"),
    [
        ({"K4": "完成了"}, "row 4, column K", "there is no state 完成了"),
        ({"J4": "下周"}, "row 4, column J", "下周 is not a date"),
        ({"J4": None}, "row 4, column J", "the deadline is empty"),
        ({"J4": date(2026, 8, 1)}, "row 4, column J", "Due cannot be changed"),
        ({"D5": "没有问题"}, "row 5, column D", "Problem cannot be changed"),
        ({"E5": "提示"}, "row 5, column E", "Weight cannot be changed"),
        ({"L4": "=A1&B1"}, "row 4, column L", "the formula =A1&B1"),
        ({"A4": 999}, "row 4, column A", "the id 999 is not of this list"),
        ({"A4": "甲"}, "row 4, column A", "the id 甲 is not of this list"),
        ({"A5": 101}, "row 5, column A", "the id 101 stands twice"),
        ({"K3": "别的"}, "row 3", "the column State is missing"),
    ],
)
def test_wrong_cells_are_named_by_row_and_column(cells: dict, place: str, words: str) -> None:
    content = list_content()
    raw = edited(rectification_xlsx(content), **cells)
    found = read_rectification_xlsx(raw, "清单.xlsx", content.rows)
    text = found.problems[0].text("en")
    assert place in text
    assert words in text
    assert found.problems[0].text("zh").startswith("工作表“整改清单”")


def test_a_removed_row_is_missing() -> None:
    content = list_content()
    book = openpyxl.load_workbook(io.BytesIO(rectification_xlsx(content)))
    book.active.delete_rows(5)
    target = io.BytesIO()
    book.save(target)
    found = read_rectification_xlsx(target.getvalue(), "a.xlsx", content.rows)
    assert found.missing == (102,)
    assert found.changes == ()


def test_another_workbook_is_refused() -> None:
    book = openpyxl.Workbook()
    book.active.append(["姓名"])
    target = io.BytesIO()
    book.save(target)
    found = read_rectification_xlsx(target.getvalue(), "a.xlsx", list_content().rows)
    assert "请使用系统导出的整改清单填写" in found.problems[0].zh
    with pytest.raises(UnreadableFile):
        read_rectification_xlsx(b"PK\x03\x04", "a.xlsx", ())
