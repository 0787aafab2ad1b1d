"""Searching and arranging: what the pages do with what the services give."""

from pathlib import Path

import pytest
from pages_words import words
from sqlmodel import select

from review.casefiles.tables import Case
from review.db.accounts import Role
from review.db.session import reading, transaction
from review.documents.tables import DivisionRow
from review.services.access import console
from review.services.reading import import_workflow as workflow
from review.services.reading import importing

SUMMARY = Path(__file__).parents[2] / "samples" / "data" / "c08" / "案卷.pdf"
CASE_NO = "云清交执罚〔2024〕0073号"


@pytest.fixture
def case_id(bureau):
    """A sample of 15 pages, read into its case."""
    with transaction(bureau.engine) as session:
        case = Case(case_key="云清交执罚[2024]73", case_no=CASE_NO, unit_id=bureau.units[0])
        session.add(case)
        session.flush()
        case_id = case.id
    job = importing.hand_in(
        bureau.engine, console(Role.REGULATIONS), case_no=CASE_NO, path=SUMMARY, name=SUMMARY.name
    )
    entries = workflow.take_in(job.id)
    workflow.read_one(job.id, 0, entries[0])
    workflow.write_rows(job.id, entries)
    workflow.check_case(job.id, case_id)
    workflow.finish(job.id, entries, case_id)
    return case_id


def test_hits_are_listed_with_their_words_and_shown_on_the_page(workbench, case_id):
    app = workbench(Role.REGULATIONS, "cases/search")
    assert "尚未检索" in words(app)
    app.text_input(key="search.query").set_value("0073").run()
    assert not app.exception
    assert [each.value for each in app.error] == []
    assert CASE_NO in words(app)
    show = [each for each in app.button if each.key.startswith("search.show.")]
    assert show
    show[-1].click().run()
    assert app.session_state["search.looking"][0] == int(show[-1].key.rsplit(".", 1)[-1])
    app.text_input(key="search.query").set_value("绝无此词").run()
    assert "没有页面包含这些词" in words(app)


def test_a_reviewer_finds_nothing_in_cases_of_others(workbench, case_id):
    app = workbench(Role.REVIEWER, "cases/search")
    app.text_input(key="search.query").set_value("0073").run()
    assert not app.exception
    assert CASE_NO not in words(app)


def test_the_kind_of_a_paper_is_changed_and_undone(workbench, bureau, case_id):
    app = workbench(Role.REGULATIONS, "cases/arrange", case=case_id)
    assert not app.exception
    assert "机器自动划分" in words(app)
    assert app.button(key="arrange.undo").disabled
    app.session_state[f"arrange.board.{case_id}"] = {}
    from review.services.case_files import division

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(division, "analyse_case", lambda *_: None)
        division.rename_paper(
            bureau.engine,
            bureau[Role.REGULATIONS],
            case_id,
            paper=0,
            kind="其他",
            seen_version=0,
        )
    app = workbench(Role.REGULATIONS, "cases/arrange", case=case_id)
    assert "更改文书种类" in words(app)
    app.button(key="arrange.undo").click().run()
    assert [each.value for each in app.error] == []
    with reading(bureau.engine) as session:
        assert session.exec(select(DivisionRow)).one().undone_at


def test_a_leader_arranges_nothing(workbench, case_id):
    app = workbench(Role.LEADER, "cases/arrange", case=case_id)
    assert not app.exception
    assert "arrange.undo" not in {button.key for button in app.button}
