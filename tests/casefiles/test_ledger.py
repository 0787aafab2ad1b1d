"""The case ledger: headings as people write them, typed values, and every problem by its place."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from review.casefiles.ledger import LedgerPreview, preview_ledger, read_ledger
from review.common.tabular import Workbook, read_workbook
from review.errors import BadLedger

HEADER = [
    "序号",
    "案号",
    "案由",
    "当事人",
    "程序",
    "承办人",
    "承办中队",
    "立案日期",
    "决定日期",
    "结案日期",
    "罚款金额（元）",
]
FIRST = [1, "样例交执罚〔2023〕1号", "超限运输", "样例运输有限公司", "普通程序", "甲某、乙某", "一中队",
         date(2023, 3, 8), date(2023, 3, 27), date(2023, 4, 12), 2000]  # fmt: skip


def book(*rows: list, **other: list[list]) -> Workbook:
    made = openpyxl.Workbook()
    made.active.title = "台账"
    for row in rows:
        made.active.append(row)
    for name, more in other.items():
        sheet = made.create_sheet(name)
        for row in more:
            sheet.append(row)
    target = io.BytesIO()
    made.save(target)
    return read_workbook(target.getvalue(), "台账.xlsx")


def changed(**values: object) -> list:
    row = list(FIRST)
    for name, value in values.items():
        row[HEADER.index(name if name != "罚款" else "罚款金额（元）")] = value
    return row


def problems(preview: LedgerPreview, language: str = "en") -> list[str]:
    return [problem.text(language) for problem in preview.problems]


def test_a_plain_ledger() -> None:
    (row,) = read_ledger(book(HEADER, FIRST)).rows
    assert (row.sheet, row.row) == ("台账", 2)
    assert row.case_no == "样例交执罚〔2023〕1号"
    assert (row.procedure, row.kind, row.squad) == ("ordinary", "penalty", "一中队")
    assert row.officers == ("甲某", "乙某")
    assert row.fine_yuan == 2000
    assert (row.filed_on, row.decided_on) == (date(2023, 3, 8), date(2023, 3, 27))
    assert row.closed_on == date(2023, 4, 12)


def test_a_title_notes_and_sums_around_the_table() -> None:
    preview = read_ledger(
        book(
            ["样例大队2023年度行政处罚案件台账"],
            ["填报单位：样例大队", None, "填报日期：2024年1月5日"],
            [],
            HEADER,
            FIRST,
            HEADER,
            changed(案号="样例交执罚〔2023〕2号"),
            ["合计", None, None, None, None, None, None, None, None, None, 4000],
            ["填表人：样例", None, "审核人：样例"],
        )
    )
    assert [row.row for row in preview.rows] == [5, 7]
    assert preview.mappings[0].header_row == 4
    assert preview.mappings[0].columns["fine_yuan"] == ("K", "罚款金额（元）")
    assert preview.mappings[0].unused == (("A", "序号"),)
    assert [each.row for each in preview.skipped] == [6, 8, 9]


def test_a_header_of_two_rows() -> None:
    preview = read_ledger(
        book(
            ["案号", "当事人", None, "日期", None, "罚款金额"],
            [None, "姓名", "证件号", "立案日期", "结案日期", None],
            ["样例1号", "甲某", "略", "2023-03-08", "2023-04-12", 100],
        )
    )
    (row,) = preview.rows
    assert (row.party_name, row.filed_on, row.closed_on) == (
        "甲某",
        date(2023, 3, 8),
        date(2023, 4, 12),
    )


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("案件编号", "case_no"),
        ("行政处罚决定书文号", "case_no"),
        ("文书号", "case_no"),
        ("被处罚人", "party_name"),
        ("当事人（姓名/名称）", "party_name"),
        ("行政相对人名称", "party_name"),
        ("执法人员", "officers"),
        ("适用程序", "procedure"),
        ("处罚决定日期", "decided_on"),
        ("结案时间", "closed_on"),
        (" 立 案 时 间 ", "filed_on"),
        ("责任单位", "unit"),
        ("处罚金额(元)", "fine_yuan"),
    ],
)
def test_headings_as_people_write_them(heading: str, name: str) -> None:
    rows = (
        [["案号", heading], ["样例1号", None]]
        if name != "case_no"
        else [[heading, "案由"], ["样例1号", "x"]]
    )
    assert name in read_ledger(book(*rows)).mappings[0].columns


def test_the_better_heading_wins_and_the_other_is_named() -> None:
    preview = read_ledger(book(["文书号", "案号", "案由"], ["甲1", "乙1", "超限"]))
    assert preview.rows[0].case_no == "乙1"
    assert preview.mappings[0].unused == (("A", "文书号"),)


def test_a_mapping_of_the_caller_goes_first() -> None:
    rows = book(["编码", "案号", "处理人"], ["样例9号", "不是案号", "甲某"])
    by_heading = read_ledger(rows, {"case_no": "编码", "officers": "C"})
    assert by_heading.rows[0].case_no == "样例9号"
    assert by_heading.rows[0].officers == ("甲某",)
    assert problems(preview_ledger(rows, {"money": "A"})) == [
        "sheet 台账.xlsx: no field money to map"
    ]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2023年3月8日", date(2023, 3, 8)),
        ("二〇二三年三月八日", date(2023, 3, 8)),
        ("2023.3.8", date(2023, 3, 8)),
        ("2023/03/08", date(2023, 3, 8)),
        ("2023-3-8 10:30", date(2023, 3, 8)),
        ("20230308", date(2023, 3, 8)),
        (20230308, date(2023, 3, 8)),
        (44993, date(2023, 3, 8)),
        ("44993", date(2023, 3, 8)),
        ("/", None),
        ("未结案", None),
        (None, None),
    ],
)
def test_dates_as_ledgers_carry_them(value: object, day: date | None) -> None:
    assert read_ledger(book(HEADER, changed(结案日期=value))).rows[0].closed_on == day


@pytest.mark.parametrize(
    "value",
    [
        "2023年2月30日",
        "三月八日",
        "3月8日",
        "明天",
        12,
        "2023-13-01",
        20231301,
        "1889-01-01",
        "2023",
    ],
)
def test_what_is_no_date_is_named_by_its_place(value: object) -> None:
    found = preview_ledger(book(HEADER, FIRST, changed(案号="样例2号", 结案日期=value)))
    (problem,) = found.problems
    assert (problem.sheet, problem.row, problem.column) == ("台账", 3, "J")
    assert str(value) in problem.zh
    assert problem.text("zh").startswith("工作表“台账”第 3 行 J 列：")
    assert problem.text("en").startswith("sheet 台账, row 3, column J: ")


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        (2000, "2000"),
        ("2,000.50", "2000.5"),
        ("2000元", "2000"),
        ("¥2000", "2000"),
        ("贰仟元整", "2000"),
        ("0.2万元", "2000"),
        ("罚款人民币2000元", "2000"),
        ("警告", None),
        ("不予处罚", None),
        ("给予警告", None),
        ("—", None),
        (None, None),
        (0, "0"),
    ],
)
def test_money_as_ledgers_carry_it(value: object, amount: str | None) -> None:
    found = read_ledger(book(HEADER, changed(罚款=value))).rows[0].fine_yuan
    assert found == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize("value", [-5, "约2000", "罚款2000元和罚款300元", "2000.123", "十几块"])
def test_what_is_no_amount_is_a_problem(value: object) -> None:
    (problem,) = preview_ledger(book(HEADER, changed(罚款=value))).problems
    assert problem.column == "K"


def test_a_heading_in_ten_thousands_scales() -> None:
    header = [*HEADER[:-1], "罚款金额（万元）"]
    assert read_ledger(book(header, changed(罚款=Decimal("0.35")))).rows[0].fine_yuan == 3500


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ("一般程序", "ordinary"),
        ("简易程序", "summary"),
        ("普通程序（听证）", "hearing"),
        ("轻微免罚", "waived"),
        ("", ""),
        ("/", ""),
    ],
)
def test_procedures(value: str, word: str) -> None:
    assert read_ledger(book(HEADER, changed(程序=value))).rows[0].procedure == word


def test_an_unknown_procedure_is_named_with_what_is_known() -> None:
    (problem,) = preview_ledger(book(HEADER, changed(程序="特别程序"))).problems
    assert problem.column == "E"
    assert "普通程序、简易程序" in problem.zh


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("甲某，乙某", ("甲某", "乙某")),
        ("甲某 乙某", ("甲某", "乙某")),
        ("甲某(00000001)、乙某(00000002)", ("甲某", "乙某")),
        ("张 三、李 四", ("张三", "李四")),
        ("张 三", ("张三",)),
        ("甲某\n乙某", ("甲某", "乙某")),
        ("甲某/甲某", ("甲某",)),
        ("无", ()),
    ],
)
def test_names(value: str, names: tuple[str, ...]) -> None:
    assert read_ledger(book(HEADER, changed(承办人=value))).rows[0].officers == names


def test_two_columns_of_officers() -> None:
    rows = book(["案号", "主办人", "协办人"], ["样例1号", "甲某", "乙某"])
    assert read_ledger(rows).rows[0].officers == ("甲某", "乙某")


def test_other_kinds_of_case_files() -> None:
    rows = book(
        ["案号", "案卷类别"],
        ["样例许1号", "行政许可"],
        ["样例检1号", "行政检查"],
        ["样例罚1号", None],
    )
    assert [row.kind for row in read_ledger(rows).rows] == ["permit", "inspection", "penalty"]


def test_the_same_number_written_differently_stands_twice() -> None:
    found = preview_ledger(book(HEADER, FIRST, changed(案号="样例交执罚[2023]001号")))
    assert problems(found) == [
        "sheet 台账, row 3: the case number 样例交执罚[2023]001号 stands already in row 2"
    ]


def test_doubles_across_sheets_name_the_other_sheet() -> None:
    found = preview_ledger(book(HEADER, FIRST, 二月=[HEADER, FIRST]))
    assert "sheet 台账, row 2" in problems(found)[0]


def test_an_empty_case_number_is_a_problem() -> None:
    (problem,) = preview_ledger(book(HEADER, changed(案号=None))).problems
    assert (problem.row, problem.column, problem.en) == (2, "B", "the case number is empty")


def test_a_formula_without_result_is_a_problem() -> None:
    (problem,) = preview_ledger(book(HEADER, changed(结案日期="=I2+10"))).problems
    assert "=I2+10" in problem.zh
    assert "recalculate" in problem.en


def test_unlikely_dates_are_doubted_not_refused() -> None:
    preview = read_ledger(book(HEADER, changed(结案日期=date(2023, 3, 1))))
    assert [each.text("en") for each in preview.doubts] == [
        "sheet 台账, row 2, column J: closing 2023-03-01 is before decision 2023-03-27"
    ]


def test_a_sheet_without_header_is_skipped_where_another_has_one() -> None:
    preview = read_ledger(book(HEADER, FIRST, 说明=[["请于月底前填报"]], 空=[]))
    assert [each.sheet for each in preview.skipped] == ["说明"]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["姓名", "电话"], ["甲", "1"]], "no column 案号 in the first 15 rows"),
        ([], "there is nothing in it"),
        ([HEADER], "no case below the header"),
    ],
)
def test_a_workbook_that_is_no_ledger(rows: list[list], words: str) -> None:
    with pytest.raises(BadLedger) as refused:
        read_ledger(book(*rows))
    assert words in refused.value.text("en")
    assert "台账未导入" in refused.value.text("zh")


def test_all_problems_are_kept_and_the_first_are_shown() -> None:
    rows = [changed(案号=f"样例{n}号", 结案日期="坏") for n in range(20)]
    with pytest.raises(BadLedger) as refused:
        read_ledger(book(HEADER, *rows))
    assert len(refused.value.details["items"]) == 20
    assert "共 20 处问题" in refused.value.text("zh")
    assert "8 more" in refused.value.text("en")
    assert "row 2, column J" in refused.value.text("en")


def test_one_row_may_have_several_problems() -> None:
    found = preview_ledger(book(HEADER, changed(程序="特别", 结案日期="坏", 罚款="多")))
    assert [each.column for each in found.problems] == ["E", "K", "J"]
    assert found.rows == ()


def test_csv_ledgers_work_alike() -> None:
    text = "案号,程序,罚款,结案日期\n样例1号,简易程序,100,2023年6月20日\n"
    read = read_ledger(read_workbook(text.encode("gb18030"), "台账.csv"))
    assert read.rows[0].fine_yuan == 100
    assert read.rows[0].closed_on == date(2023, 6, 20)
