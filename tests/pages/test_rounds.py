"""A round by its page: planned, drawn with a seed, assigned, verified; the year's plan beside it."""

from datetime import date

import pytest
from pages_words import words
from sqlmodel import select

from review.casefiles.tables import Case
from review.common.clock import now
from review.db.accounts import Role
from review.db.session import transaction
from review.panels.tables import Assignment
from review.scoring.tables import ScoreSheet, SheetState
from review.services.rounds import rounds
from review.ui.pages import script_path

SCRIPT = "rounds/rounds"


@pytest.fixture
def ledger(bureau):
    """Twelve closed cases, six of each unit."""
    with transaction(bureau.engine) as session:
        for number in range(12):
            session.add(
                Case(
                    case_key=f"样例罚[2026]{number}",
                    case_no=f"样例罚〔2026〕{number}号",
                    unit_id=bureau.units[number % 2],
                    procedure="ordinary" if number % 3 else "summary",
                    cause="样例案由",
                    party_name="样例当事人",
                    officers=["甲样例", "乙样例"],
                    closed_on=date(2026, 3, 1 + number),
                )
            )
    return bureau


@pytest.fixture
def planned(ledger):
    """A round over all twelve; its id."""
    return rounds.plan_round(
        ledger.engine,
        ledger[Role.REGULATIONS],
        title="样例轮次",
        year=2026,
        scope_from=date(2026, 1, 1),
        scope_to=date(2026, 12, 31),
        starts_on=date(2026, 4, 1),
        ends_on=date(2026, 4, 30),
        unit_ids=ledger.units,
        kind="unannounced",
        double_scoring=False,
    )


def seen(bureau, round_id):
    return rounds.round_view(bureau.engine, bureau[Role.REGULATIONS], round_id)


def frozen(bureau, round_id, size=4):
    rounds.freeze_list(
        bureau.engine,
        bureau[Role.REGULATIONS],
        round_id,
        size=size,
        seen_version=seen(bureau, round_id).round.version,
    )


def drawn(bureau, round_id, size=4):
    frozen(bureau, round_id, size)
    sha256 = seen(bureau, round_id).frozen.sha256
    for role, number in ((Role.REGULATIONS, "271828"), (Role.LEADER, "314159")):
        rounds.enter_number(
            bureau.engine, bureau[role], round_id, number=number, frozen_sha256=sha256
        )
    rounds.draw(
        bureau.engine,
        bureau[Role.REGULATIONS],
        round_id,
        seen_version=seen(bureau, round_id).round.version,
    )


@pytest.fixture
def seated(ledger, planned):
    """The reviewer scores one of the drawn cases; gives the drawn case."""
    drawn(ledger, planned)
    case = seen(ledger, planned).cases[0]
    reviewer = ledger[Role.REVIEWER].user_id
    rounds.assign_one(ledger.engine, ledger[Role.REGULATIONS], case.id, seat="A", user_id=reviewer)
    return case


def test_a_reviewer_is_told_that_his_case_may_be_replaced(workbench, ledger, seated):
    assert not workbench(Role.REVIEWER).info
    rounds.ask_replacement(
        ledger.engine, ledger[Role.REGULATIONS], seated.id, reason="样例保密理由"
    )
    (told,) = (each.value for each in workbench(Role.REVIEWER).info)
    assert seated.case_no in told
    assert "样例保密理由" not in told


def test_a_seat_that_was_given_up_is_shown_on_the_board(workbench, ledger, planned, seated):
    with transaction(ledger.engine) as session:
        (seat,) = session.exec(select(Assignment)).all()
        seat.seat, seat.ended_at, seat.ended_reason = "A~1", now(), "样例：因病退出"
        (sheet,) = session.exec(select(ScoreSheet)).all()
        sheet.state = SheetState.WITHDRAWN
        session.add(seat)
        session.add(sheet)
    app = workbench(Role.LEADER, SCRIPT, round=planned)
    assert not app.exception
    (board,) = (each.value for each in app.dataframe if "样例：因病退出" in str(each.value))
    assert board["c0"][0] == seated.case_no


def test_a_round_is_planned_with_the_form(workbench, ledger):
    app = workbench(Role.REGULATIONS, SCRIPT)
    app.button(key="rounds.open.plan").click().run()
    app.text_input(key="rounds.title").set_value("第一轮（样例）")
    app.button(key="rounds.plan_save").click().run()
    assert [error.value for error in app.error] == []
    found = rounds.list_rounds(ledger.engine, ledger[Role.REGULATIONS])
    assert [each.title for each in found] == ["第一轮（样例）"]
    assert app.title[0].value == "第一轮（样例）"


def test_a_round_without_a_title_is_refused_and_the_form_stays(workbench, ledger):
    app = workbench(Role.REGULATIONS, SCRIPT)
    app.button(key="rounds.open.plan").click().run()
    app.button(key="rounds.plan_save").click().run()
    assert "RND-004" in app.error[0].value
    assert app.text_input(key="rounds.title").value == ""
    assert rounds.list_rounds(ledger.engine, ledger[Role.REGULATIONS]) == []


def test_a_list_is_frozen_two_people_enter_numbers_and_cases_are_drawn(workbench, ledger, planned):
    app = workbench(Role.REGULATIONS, SCRIPT, round=planned)
    app.button(key="rounds.open.freeze").click().run()
    app.number_input(key="rounds.size").set_value(5)
    app.button(key="rounds.freeze_save").click().run()
    assert [error.value for error in app.error] == []
    for role, number in ((Role.REGULATIONS, "271828"), (Role.LEADER, "314159")):
        app = workbench(role, SCRIPT, round=planned)
        app.button(key="rounds.open.number").click().run()
        app.text_input(key="rounds.number").set_value(number)
        app.button(key="rounds.number_save").click().run()
        assert [error.value for error in app.error] == []
    app = workbench(Role.REGULATIONS, SCRIPT, round=planned)
    app.button(key="rounds.draw_save").click().run()
    assert [error.value for error in app.error] == []
    view = seen(ledger, planned)
    assert len(view.cases) == 5
    assert [each.number for each in view.draw.entries] == ["271828", "314159"]


def test_a_number_is_shown_to_nobody_before_both_are_in(workbench, ledger, planned):
    frozen(ledger, planned)
    rounds.enter_number(
        ledger.engine,
        ledger[Role.REGULATIONS],
        planned,
        number="271828",
        frozen_sha256=seen(ledger, planned).frozen.sha256,
    )
    for role in (Role.REGULATIONS, Role.LEADER):
        app = workbench(role, SCRIPT, round=planned)
        shown = words(app) + "".join(str(frame.value) for frame in app.dataframe)
        assert "271828" not in shown


def test_an_excluded_case_needs_its_reason(workbench, ledger, planned):
    app = workbench(Role.REGULATIONS, SCRIPT, round=planned)
    app.button(key="rounds.open.freeze").click().run()
    app.multiselect(key="rounds.out").set_value([1]).run()
    app.button(key="rounds.freeze_save").click().run()
    assert len(app.error) == 1
    assert seen(ledger, planned).frozen is None


def test_the_board_names_what_stands_in_the_way(workbench, ledger, planned):
    drawn(ledger, planned)
    rounds.assign(
        ledger.engine,
        ledger[Role.REGULATIONS],
        planned,
        reviewers=[ledger[Role.REVIEWER].user_id],
        seen_version=seen(ledger, planned).round.version,
    )
    app = workbench(Role.REGULATIONS, SCRIPT, round=planned)
    assert "4 份评分表未提交" in words(app)
    assert app.button(key="rounds.move").disabled


def test_the_drawn_cases_are_assigned_to_the_chosen_reviewers(workbench, ledger, planned):
    drawn(ledger, planned)
    app = workbench(Role.REGULATIONS, SCRIPT, round=planned)
    app.button(key="rounds.open.assign").click().run()
    app.button(key="rounds.assign_save").click().run()
    assert [error.value for error in app.error] == []
    scorers = {seat.user_id for case in seen(ledger, planned).cases for seat in case.seats}
    assert scorers == {ledger[Role.REVIEWER].user_id}


def test_the_draw_can_be_verified_by_anyone_who_reads_it(workbench, ledger, planned):
    drawn(ledger, planned)
    app = workbench(Role.LEADER, SCRIPT, round=planned)
    app.session_state["rounds.detail.zh"] = "抽取记录"
    app.run().button(key="rounds.verify").click().run()
    assert [error.value for error in app.error] == []
    assert app.toast


def test_a_leader_is_offered_no_way_to_change_a_round(workbench, ledger, planned):
    app = workbench(Role.LEADER, SCRIPT, round=planned)
    keys = {button.key for button in app.button}
    assert not keys & {"rounds.open.freeze", "rounds.open.assign", "rounds.move"}


def test_an_unknown_round_is_an_error_with_code_and_no_trace(workbench, ledger):
    app = workbench(Role.REGULATIONS, SCRIPT, round=999)
    assert "DB-002" in app.error[0].value
    assert not app.exception


def test_an_address_that_is_no_number_opens_the_list(workbench, ledger):
    app = workbench(Role.REGULATIONS)
    app.query_params["round"] = "1 or 1=1"
    app.switch_page(str(script_path(SCRIPT))).run()
    assert not app.exception
    assert words(app)
