"""Waiver lists, checklists and adoption by their pages: empty, filled, and for each role."""

from datetime import date

import pytest
from pages_words import words

from review.casefiles.tables import Case
from review.db.accounts import Role
from review.db.session import transaction
from review.law.waiver_list import ListKind
from review.law.waiver_workbook import ListHead
from review.scoring.adoption_tables import CheckTrial
from review.services.desk import adoption
from review.services.rules import edition_imports, waiver_lists

LISTS, CHECKLISTS, ADOPTION, CASE = (
    "waivers/lists",
    "admin/checklists",
    "review/adoption",
    "cases/case",
)
CSV = "序号,事项,适用条件\n1,样例事项,首次被发现；及时改正\n".encode()


@pytest.fixture
def draft(bureau):
    return waiver_lists.import_list(
        bureau.engine,
        bureau[Role.REGULATIONS],
        name="样例.csv",
        raw=CSV,
        head=ListHead(ListKind.WAIVE, "样例免罚清单", date(2026, 1, 1)),
    )


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.LEADER, Role.ADMINISTRATOR])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_readers_see_the_lists_and_no_import(workbench, role, language):
    app = workbench(role, LISTS, language=language)
    assert not app.exception
    assert not app.error
    assert len(app.dataframe) >= 2
    assert not app.file_uploader


def test_a_draft_is_published_and_then_frozen(workbench, draft, bureau):
    app = workbench(Role.REGULATIONS, LISTS)
    assert "样例免罚清单" in words(app)
    assert "未确认" in words(app)
    app.button(key="lists.open.publish").click().run()
    app.text_input(key=f"lists.confirmed_by.{draft}").set_value("样例核对人").run()
    app.button(key=f"lists.publish_now.{draft}").click().run()
    assert not app.exception
    assert not app.error
    card = next(
        each
        for each in waiver_lists.list_lists(bureau.engine, bureau[Role.LEADER])
        if each.id == draft
    )
    assert (card.state, card.confirmed_by) == ("published", "样例核对人")


def test_a_workbook_with_problems_says_where(workbench):
    app = workbench(Role.REGULATIONS, LISTS)
    app.text_input(key="lists.title").set_value("样例清单").run()
    bad = "序号,事项,适用条件\n一,,首次\n".encode()
    app.file_uploader(key="lists.workbook.0").set_value(("样例.csv", bad, "text/csv")).run()
    assert not app.exception
    table = app.dataframe[-1].value
    assert list(table["c1"]) == ["2"]
    assert list(table["c2"]) == ["B"]


def test_an_edition_is_imported_from_its_own_export(workbench, bureau):
    name, raw = edition_imports.export_edition(
        bureau.engine, bureau[Role.REGULATIONS], "penalty-waived/2026-01-01"
    )
    app = workbench(Role.REGULATIONS, CHECKLISTS)
    app.selectbox(key="checklists.import_kind").set_value("penalty-waived").run()
    app.file_uploader(key="checklists.workbook.0").set_value(
        (name, raw, "application/octet-stream")
    ).run()
    assert not app.exception
    app.button(key="checklists.take").click().run()
    assert not app.error
    states = [card.state for card in cards(bureau)]
    assert states.count("draft") == 1


def cards(bureau):
    from review.services.rules import editions

    return editions.list_cards(bureau.engine, bureau[Role.LEADER])


def test_two_editions_are_compared_on_a_case(workbench, bureau):
    with transaction(bureau.engine) as session:
        session.add(Case(case_key="样例1", case_no="样例1", unit_id=bureau.units[0], cause="样例"))
    app = workbench(Role.LEADER, CHECKLISTS)
    assert not app.exception
    assert len(app.metric) == 6
    empty = workbench(Role.REVIEWER, CHECKLISTS)
    assert not empty.exception
    assert not empty.metric


def test_adoption_is_empty_and_says_when_it_fills(workbench):
    app = workbench(Role.LEADER, ADOPTION)
    assert "提交评分表" in words(app)
    assert not app.exception


def test_a_check_is_taken_off_trial_with_a_reason(workbench, bureau):
    adoption.start_trial(bureau.engine, bureau[Role.REGULATIONS], "DEC004", reason="样例理由")
    app = workbench(Role.REGULATIONS, ADOPTION)
    assert "样例理由" in words(app)
    app.button(key="adoption.open.end").click().run()
    app.button(key="adoption.end_now").click().run()
    assert app.error
    app.text_area(key="adoption.end_reason.DEC004").set_value("已改进").run()
    app.button(key="adoption.end_now").click().run()
    assert not app.exception
    with transaction(bureau.engine) as session:
        row = session.get(CheckTrial, 1)
        assert row is not None
        assert row.end_reason == "已改进"
    leader = workbench(Role.LEADER, ADOPTION)
    assert not leader.exception


def test_a_case_without_a_waiver_review_says_how_to_get_one(workbench, bureau):
    with transaction(bureau.engine) as session:
        session.add(Case(case_key="样例2", case_no="样例2", unit_id=bureau.units[0]))
    app = workbench(Role.LEADER, CASE, case=1)
    assert not app.exception
    assert "尚无免罚审查" in words(app)
