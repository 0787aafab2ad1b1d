"""The ledger page: found, added, taken over from a workbook, refused with sheet, row and column."""

import io

import openpyxl
import pytest

from review.casefiles.tables import Case
from review.db.accounts import Role
from review.db.session import transaction
from review.services.case_files import cases

SCRIPT = "cases/ledger"
HEADER = [
    "案号",
    "办案单位",
    "案由",
    "当事人",
    "执法人员",
    "罚款金额",
    "程序",
    "立案日期",
    "决定日期",
    "结案日期",
]
ROW = [
    "样例罚〔2026〕7号",
    "样例一大队",
    "样例案由",
    "样例当事人",
    "甲样例、乙样例",
    2000,
    "普通程序",
    "2026-01-05",
    "2026-02-06",
    "2026-03-01",
]


@pytest.fixture
def two_cases(bureau):
    with transaction(bureau.engine) as session:
        for number, unit_id in enumerate(bureau.units, 1):
            session.add(
                Case(
                    case_key=f"样例罚[2026]{number}",
                    case_no=f"样例罚〔2026〕{number}号",
                    unit_id=unit_id,
                    procedure="ordinary",
                    cause="样例案由",
                    party_name="样例当事人",
                )
            )
    return bureau


def listed(bureau):
    return cases.list_cases(bureau.engine, bureau[Role.REGULATIONS]).rows


def workbook(*rows):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "台账"
    for row in rows:
        sheet.append(row)
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def upload(app, raw, name="样例台账.xlsx"):
    app.file_uploader(key="ledger.workbook.0").set_value((name, raw, "application/octet-stream"))
    return app.run()


def take(app):
    return app.button(key="ledger.take").click().run()


def test_an_empty_ledger_says_what_to_do(workbench):
    app = workbench(Role.REGULATIONS, SCRIPT, language="en")
    assert any("Add a case" in each.value for each in app.markdown)


def test_the_filter_by_unit_leaves_its_cases(workbench, two_cases):
    app = workbench(Role.REGULATIONS, SCRIPT)
    app.selectbox(key="ledger.unit").set_value(two_cases.units[1]).run()
    assert list(app.dataframe[0].value["c0"]) == ["样例罚〔2026〕2号"]


def test_a_search_without_result_says_so(workbench, two_cases):
    app = workbench(Role.REGULATIONS, SCRIPT, language="en")
    app.text_input(key="ledger.text").set_value("不存在").run()
    assert any("No case matches" in each.value for each in app.markdown)


def test_a_case_is_added_by_hand(workbench, bureau):
    app = workbench(Role.REGULATIONS, SCRIPT)
    app.button(key="ledger.open.add").click().run()
    app.text_input(key="ledger.f_case_no").set_value("样例罚〔2026〕9号")
    app.selectbox(key="ledger.f_unit").set_value(bureau.units[0])
    app.text_input(key="ledger.f_fine").set_value("12,000.50")
    app.text_input(key="ledger.f_officers").set_value("甲样例，乙样例")
    app.button(key="ledger.add_save").click().run()
    assert [error.value for error in app.error] == []
    (case,) = listed(bureau)
    assert (str(case.fine_yuan), case.officers) == ("12000.50", ("甲样例", "乙样例"))


@pytest.mark.parametrize("fine", ["两千", "12,00元", "NaN", "-1"])
def test_a_fine_that_is_no_amount_is_refused(workbench, bureau, fine):
    app = workbench(Role.REGULATIONS, SCRIPT)
    app.button(key="ledger.open.add").click().run()
    app.text_input(key="ledger.f_case_no").set_value("样例罚〔2026〕9号")
    app.selectbox(key="ledger.f_unit").set_value(bureau.units[0])
    app.text_input(key="ledger.f_fine").set_value(fine)
    app.button(key="ledger.add_save").click().run()
    assert "RND-004" in app.error[0].value
    assert listed(bureau) == ()


def test_a_workbook_is_shown_before_and_taken_over_after_the_button(workbench, bureau):
    app = upload(workbench(Role.REGULATIONS, SCRIPT), workbook(HEADER, ROW))
    assert listed(bureau) == ()
    take(app)
    assert [error.value for error in app.error] == []
    assert [case.case_no for case in listed(bureau)] == ["样例罚〔2026〕7号"]


def test_an_unknown_unit_keeps_the_workbook_out_and_names_the_row(workbench, bureau):
    wrong = [*ROW[:1], "没有的大队", *ROW[2:]]
    app = upload(workbench(Role.REGULATIONS, SCRIPT), workbook(HEADER, ROW, wrong))
    assert app.button(key="ledger.take").disabled
    problems = next(each.value for each in app.dataframe if "没有的大队" in each.value.to_string())
    assert next(iter(problems["c0"])) == "台账"
    assert listed(bureau) == ()


def test_a_heading_that_is_not_understood_is_matched_by_hand(workbench, bureau):
    header = ["卷宗代号甲", *HEADER[1:]]
    app = upload(workbench(Role.REGULATIONS, SCRIPT), workbook(header, ROW))
    matching = [box for box in app.selectbox if box.key == "ledger.map.case_no"]
    if matching:
        matching[0].set_value("卷宗代号甲").run()
        take(app)
        assert [case.case_no for case in listed(bureau)] == ["样例罚〔2026〕7号"]
    else:
        assert app.button(key="ledger.take").disabled


@pytest.mark.parametrize("raw", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_what_is_no_workbook_is_refused_with_a_code(workbench, bureau, raw):
    app = upload(workbench(Role.REGULATIONS, SCRIPT), raw)
    assert not app.exception
    assert listed(bureau) == ()
    assert app.error or app.button(key="ledger.take").disabled


def test_a_leader_reads_and_is_offered_no_change(workbench, two_cases):
    app = workbench(Role.LEADER, SCRIPT)
    assert len(app.dataframe[0].value) == 2
    assert not {button.key for button in app.button} & {"ledger.open.add", "ledger.take"}
