"""Taking a ledger over: all or nothing, every problem by its place; and single cases by hand."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from review.casefiles.tables import Case, ImportJob
from review.db.session import transaction
from review.errors import (
    BadLedger,
    BadValue,
    DuplicateRow,
    MissingFile,
    NotAllowed,
    NotFound,
    Stale,
)
from review.services.case_files import cases, ledger
from review.services.reading import ledger_matching

SAMPLES = Path(__file__).parents[2] / "samples" / "data"


def table(*rows: str) -> bytes:
    return "\n".join(("案号,承办单位,案由,程序类型,罚款金额（元）,结案日期,承办人", *rows)).encode()


GOOD = (
    "样例罚〔2023〕1号,样例执法大队,改了的案由,普通程序,3000,2023-05-02,甲某、乙某",
    "样例罚〔2024〕7号,样例港航大队,新案由,简易程序,200.5,2024-01-09,丙某",
)


def take(bureau, raw, **more):
    return ledger.import_ledger(bureau.engine, bureau.regulations, raw=raw, name="台账.csv", **more)


def test_cases_are_added_and_updated_by_their_number(bureau):
    done = take(bureau, table(*GOOD))
    assert (done.added, done.updated, done.unchanged) == (1, 1, 0)
    rows = {row.case_no: row for row in cases.list_cases(bureau.engine, bureau.leader).rows}
    assert rows["样例罚〔2023〕1号"].cause == "改了的案由"
    assert rows["样例罚〔2023〕1号"].party_name == "样例当事人"
    assert rows["样例罚〔2024〕7号"].fine_yuan == Decimal("200.50")
    again = take(bureau, table(*GOOD))
    assert (again.added, again.updated, again.unchanged) == (0, 0, 2)


def test_the_same_number_in_another_spelling_is_the_same_case(bureau):
    done = take(bureau, table("样例罚[2023]第001号,样例执法大队,x,普通程序,1,2023-05-02,甲"))
    assert (done.added, done.updated) == (0, 1)


def test_a_ledger_with_any_problem_changes_nothing(bureau):
    raw = table(
        GOOD[1],
        "样例罚〔2024〕8号,没有这个单位,案由,普通程序,1,2024-01-09,甲",
        "样例罚〔2024〕9号,,案由,普通程序,1,2024-01-09,甲",
    )
    with pytest.raises(BadLedger) as caught:
        take(bureau, raw)
    assert caught.value.details["count"] == 2
    assert "没有这个单位" in caught.value.text("zh")
    assert "row 4" in caught.value.text("en")
    assert cases.list_cases(bureau.engine, bureau.leader).total == 2
    shown = ledger.preview_ledger(bureau.engine, bureau.regulations, raw=raw, name="台账.csv")
    assert len(shown.problems) == 2


def test_a_wrong_cell_is_named_by_row_and_column(bureau):
    raw = table("样例罚〔2024〕7号,样例港航大队,案由,普通程序,三万块,2024-13-09,甲")
    with pytest.raises(BadLedger) as caught:
        take(bureau, raw)
    assert {each.column for each in caught.value.details["items"]} == {"E", "F"}


def test_a_unit_can_be_chosen_for_rows_without_one(bureau):
    unit_id = bureau.units["样例港航大队"]
    raw = "案号,案由\n样例罚〔2024〕7号,案由".encode()
    assert take(bureau, raw, unit_id=unit_id).added == 1
    with pytest.raises(NotFound):
        take(bureau, raw, unit_id=99)


def test_headings_can_be_mapped(bureau):
    raw = "卷宗序列,样例单位栏\n样例罚〔2024〕7号,样例港航大队".encode()
    with pytest.raises(BadLedger):
        take(bureau, raw)
    done = take(bureau, raw, mapping={"case_no": "卷宗序列", "unit": "B"})
    assert done.added == 1


def test_the_sample_ledger_is_taken_in_both_forms(bureau):
    from review.db.accounts import Role
    from review.services.access import console
    from review.services.accounts import people

    for name in ("云州市清河区交通运输综合行政执法大队", "临江市望湖县交通运输综合行政执法大队"):
        people.create_unit(bureau.engine, console(Role.ADMINISTRATOR), name=name)
    for form in ("xlsx", "csv"):
        path = SAMPLES / f"案件台账.{form}"
        done = ledger.import_ledger(bureau.engine, bureau.regulations, path=path, name=path.name)
        assert done.added + done.unchanged == 60
    assert (done.added, done.updated) == (0, 0)
    with pytest.raises(MissingFile):
        ledger.import_ledger(
            bureau.engine, bureau.regulations, path=SAMPLES / "没有.xlsx", name="没有.xlsx"
        )


def add(bureau, **more):
    values = {
        "case_no": "样例罚〔2024〕7号",
        "unit_id": bureau.units["样例执法大队"],
        "procedure": "summary",
        "fine_yuan": Decimal(200),
        "decided_on": date(2024, 1, 2),
        "closed_on": date(2024, 1, 9),
    } | more
    return ledger.add_case(bureau.engine, bureau.regulations, **values)


def test_a_case_is_added_once(bureau):
    add(bureau)
    with pytest.raises(DuplicateRow):
        add(bureau, case_no="样例罚[2024]7号")


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"case_no": "  "}, BadValue),
        ({"unit_id": None}, BadValue),
        ({"unit_id": 99}, NotFound),
        ({"kind": "parking"}, BadValue),
        ({"procedure": "quick"}, BadValue),
        ({"fine_yuan": Decimal(-1)}, BadValue),
        ({"fine_yuan": Decimal("1.005")}, BadValue),
        ({"fine_yuan": Decimal("NaN")}, BadValue),
        ({"decided_on": date(2024, 2, 2)}, BadValue),
        ({"colour": "red"}, BadValue),
    ],
)
def test_a_wrong_case_is_refused(bureau, wrong, error):
    with pytest.raises(error):
        add(bureau, **wrong)
    assert cases.list_cases(bureau.engine, bureau.leader).total == 2


def test_a_case_is_edited_at_the_version_that_was_seen(bureau):
    case_id = add(bureau)

    def edit(version, **fields):
        ledger.edit_case(bureau.engine, bureau.regulations, case_id, seen_version=version, **fields)

    edit(1, cause="更正后的案由")
    with pytest.raises(Stale):
        edit(1, cause="旧页面上的案由")
    with pytest.raises(DuplicateRow):
        edit(2, case_no="样例罚〔2023〕2号")
    with pytest.raises(BadValue):
        edit(2, case_no=" ")
    edit(2, case_no="样例罚〔2024〕70号")
    row = cases.case_view(bureau.engine, bureau.leader, case_id).case
    assert (row.case_no, row.cause, row.version) == ("样例罚〔2024〕70号", "更正后的案由", 3)


def test_a_mapping_is_kept_for_the_next_ledger_with_these_headings(bureau):
    def book(number):
        head = "2023年案件台账,,,\n编码,承办单位,办结时间点,备注\n"
        return f"{head}样例罚〔2023〕{number}号,样例执法大队,2023-05-02,x\n".encode()

    with pytest.raises(BadLedger):
        take(bureau, book(5))
    done = take(bureau, book(5), mapping={"case_no": "编码", "closed_on": "办结时间点"})
    assert done.added == 1
    assert take(bureau, book(6)).added == 1
    form = ledger.ledger_form(bureau.engine, bureau.regulations, name="台账.csv", raw=book(7))
    assert form.fields == {"case_no": "编码", "closed_on": "办结时间点"}
    assert form.headings == ("编码", "承办单位", "办结时间点", "备注")
    other = "编号二,承办单位,日子\n样例罚〔2023〕8号,样例执法大队,2023-05-02\n".encode()
    assert not ledger.ledger_form(
        bureau.engine, bureau.regulations, name="台账.csv", raw=other
    ).fields
    with pytest.raises(BadLedger):
        take(bureau, book(9), mapping={})


def matched(bureau, **read):
    with transaction(bureau.engine) as session:
        session.merge(ImportJob(id="a-open-1", name="x.pdf", sha256="0" * 64, size=1, read=read))
    found = ledger_matching.proposals(bureau.engine, bureau.regulations, "a-open-1")
    return [(each.case_no, [words.zh for words in each.reasons]) for each in found]


def test_a_file_is_matched_to_the_ledger_by_what_was_read_in_it(bureau):
    with transaction(bureau.engine) as session:
        case = session.get(Case, bureau.cases[0])
        case.party_name, case.decided_on = "样例物流有限公司", date(2023, 4, 20)
        session.add(case)
    number = "样例罚〔2023〕1号"
    assert matched(bureau, decision_no=number)[0] == (number, ["文号与台账案号相同"])
    assert matched(bureau, party_name="样例物流有限公司", decided_on="2023-04-20") == [
        (number, ["当事人相同", "决定日期相同"])
    ]
    assert matched(bureau, party_name="样例物流有限公同", decided_on="2023-04-20") == [
        (number, ["决定日期相同", "当事人名称相近"])
    ]
    assert number in [case for case, _ in matched(bureau, case_no="样例罚〔2023〕7号")]
    assert matched(bureau, decided_on="2023-04-20") == []
    assert matched(bureau) == []
    with pytest.raises(NotAllowed):
        ledger_matching.proposals(bureau.engine, bureau.leader, "a-open-1")
