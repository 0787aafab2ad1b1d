"""Every paper of a round is read back: the same figures stand everywhere."""

import io
import re
import zipfile
from decimal import Decimal

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlmodel import select

from review.bench.published_year import Year, fill, set_threshold
from review.db.accounts import Role, User
from review.db.session import reading
from review.findings.result_tables import CaseResult, Feedback
from review.rectification.tables import RectificationList
from review.services.access import actor_from
from review.services.rectifying import accountability
from review.services.results import dashboards, exports, papers, results
from review.services.results.dashboards import By, Scope


@pytest.fixture
def year(sqlite_engine):
    """Two rounds with results; the last one is looked at."""
    rounds = fill(sqlite_engine, Year(rounds=2, cases=8, units=2))
    with reading(sqlite_engine) as session:
        user = session.exec(select(User).where(User.role == Role.REGULATIONS)).one()
    return sqlite_engine, actor_from(user), rounds[-1]


def words(raw):
    document = Document(io.BytesIO(raw))
    text = "\n".join(each.text for each in document.paragraphs)
    tables = [
        [[cell.text for cell in row.cells] for row in table.rows] for table in document.tables
    ]
    return text, tables


def sheets(raw):
    book = load_workbook(io.BytesIO(raw))
    return {
        sheet.title: [
            list(row) for row in sheet.iter_rows(min_row=4, values_only=True) if row[0] is not None
        ]
        for sheet in book.worksheets
    }


def test_circular_workbook_ledger_and_dashboard_say_the_same(year):
    engine, actor, round_id = year
    figures = results.figures(engine, actor, round_id)
    text, tables = words(papers.circular_docx(engine, actor, round_id)[1])
    book = sheets(papers.round_xlsx(engine, actor, round_id)[1])
    ledger = sheets(papers.year_xlsx(engine, actor, 2026)[1])["年度台账"][-1]
    head = dashboards.headline(engine, actor, Scope(round_id=round_id))

    average = f"{figures.average.normalize():f}"
    assert f"共评查案卷{figures.reviewed}件，平均{average}分" in text
    assert (head.cases, head.average) == (figures.reviewed, figures.average)
    assert ledger[6] == figures.reviewed
    assert Decimal(str(ledger[7])) == figures.average
    assert ledger[10] == figures.vetoes == head.vetoes
    assert ledger[11] == len(figures.problems) == head.problems == len(book["问题清单"])
    assert (ledger[12], ledger[13]) == (head.items, head.closed)

    in_circular = [[row[2], row[4], row[5]] for row in tables[-1][1:]]
    in_book = [
        [row[2], f"{Decimal(str(row[7])).normalize():f}", row[8]] for row in book["案卷结果"]
    ]
    kept = [[each.case_no, f"{each.score.normalize():f}", each.grade_zh] for each in figures.cases]
    assert in_circular == in_book == kept
    assert sum(
        Decimal(str(row[7])) for row in book["案卷结果"]
    ) / figures.reviewed == pytest.approx(figures.average, abs=Decimal("0.005"))
    by_unit = {
        each.title.zh: each
        for each in dashboards.groups(engine, actor, By.UNIT, Scope(round_id=round_id))
    }
    for row in book["单位排名"]:
        assert Decimal(str(row[3])) == by_unit[row[1]].average
    by_item = {
        each.key: each.cases
        for each in dashboards.groups(engine, actor, By.ITEM, Scope(round_id=round_id))
    }
    assert by_item == {row[0]: row[2] for row in book["失分项目"]}
    for key, count in by_item.items():
        counted = dashboards.cases_of(engine, actor, By.ITEM, key, Scope(round_id=round_id))
        assert len(counted) == count


def test_opinions_and_feedback_repeat_the_results_of_their_cases(year):
    engine, actor, round_id = year
    figures = results.figures(engine, actor, round_id)
    with reading(engine) as session:
        ids = {
            row.case_id: row.id
            for row in session.exec(select(CaseResult).where(CaseResult.round_id == round_id))
        }
        feedback = session.exec(select(Feedback).where(Feedback.round_id == round_id)).all()
    for case in figures.cases:
        text, tables = words(papers.opinion_docx(engine, actor, ids[case.case_id])[1])
        assert f"该卷得分{case.score.normalize():f}分，等次为{case.grade_zh}" in text
        assert f"经认定的问题{case.problems}项" in text
        listed = tables[1][1:] if case.problems else []
        assert len(listed) == case.problems
    seen = 0
    for row in feedback:
        text, tables = words(papers.feedback_docx(engine, actor, row.id)[1])
        unit = figures.of_unit(row.unit_id)
        assert f"本次评查你单位案卷{unit.reviewed}件，平均{unit.average.normalize():f}分" in text
        assert len(tables[0]) - 1 == unit.reviewed
        problems = sheets(papers.problems_xlsx(engine, actor, row.id)[1])["问题清单"]
        assert len(problems) == unit.problems == len(tables[-1]) - 1
        seen += len(problems)
    assert seen == len(figures.problems)


def test_notice_and_list_count_the_reviewed_cases_and_the_items(year):
    engine, actor, round_id = year
    figures = results.figures(engine, actor, round_id)
    with reading(engine) as session:
        lists = session.exec(
            select(RectificationList).where(RectificationList.round_id == round_id)
        ).all()
    for held in lists:
        unit = figures.of_unit(held.unit_id)
        notice, _ = words(papers.notice_docx(engine, actor, held.id)[1])
        letter, _ = words(exports.rectification_docx(engine, actor, held.id)[1])
        assert f"被评查案卷{unit.reviewed}件，经认定存在问题{unit.items}项" in notice
        assert f"共评查{unit.reviewed}件" in letter
        assert f"发现问题{unit.items}项" in letter


def test_a_masked_circular_names_nobody(year):
    engine, actor, round_id = year
    figures = results.figures(engine, actor, round_id)
    content = papers.circular_masked_docx(engine, actor, round_id)[1]
    text, tables = words(content)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        charts = [parts.read(each).decode() for each in parts.namelist() if "/charts/chart" in each]
    assert charts
    whole = text + str(tables) + str(charts)
    for name in papers.names_in(figures):
        assert name not in whole
    assert re.search(r"共评查案卷8件", whole)


def test_a_record_of_a_talk_is_written_once_with_its_figures(year):
    from review.errors import ReasonMissing, WrongState

    engine, actor, round_id = year
    with pytest.raises(WrongState):
        accountability.open_record(engine, actor, round_id=round_id, unit_id=1, action="talk")
    set_threshold(engine)
    over = accountability.units_reached(engine, actor, round_id)
    assert over
    key = accountability.open_record(
        engine, actor, round_id=round_id, unit_id=over[0].unit_id, action="talk"
    )
    said = {"participants": "样例甲", "content": "样例", "demands": "样例"}
    with pytest.raises(ReasonMissing):
        accountability.write_record(engine, actor, key, **(said | {"content": " "}), seen_version=1)
    accountability.write_record(engine, actor, key, **said, seen_version=1)
    with pytest.raises(WrongState):
        accountability.write_record(engine, actor, key, **said, seen_version=2)
    text, tables = words(papers.record_docx(engine, actor, key)[1])
    assert "样例甲" in text
    assert tables[1][1][1] == "逾期整改事项（项）"
