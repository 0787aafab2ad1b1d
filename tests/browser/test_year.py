"""A whole year of five reviews, walked in the browser by everybody who takes part in it.

The parts stand in their order and go on from one another, in one process (see the Makefile). The
clock is moved through the year; what the walk shows is clicked and typed by the right person, what
would only be more of the same (further sheets, findings, items) is done through the services.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import Session, select

from review.common import clock
from review.db.session import engine_for
from review.findings.tables import Finding, FindingState
from review.planning.tables import RoundState
from review.rectification.tables import Escalation, RectificationItem, RectificationList
from review.scoring.checklist import Result
from review.scoring.tables import ItemScore, ScoreSheet, SheetState
from review.services import integrity
from review.services.desk.sheet_views import SheetCard
from review.services.migrate import migrate
from review.services.panel import comparison
from review.services.panel.panel_exports import faults_of_paper
from review.services.results import findings, objections
from review.services.rounds import rounds
from review.settings import settings
from tests.browser import rectification_walk, round_walk
from tests.browser.conftest import start_server
from tests.browser.gestures import (
    Desks,
    choose,
    keyed,
    mark,
    press,
    save,
    select_row,
    settle,
    write,
)
from tests.browser.moved_clock import MovedDatetime
from tests.browser.year_office import (
    UNITS,
    USUAL_FAULTS,
    YEAR,
    Office,
    confirm_the_rest,
    furnish,
    move,
    publish_and_rectify,
    score_the_rest,
    send_drafts,
)

pytestmark = pytest.mark.browser

CANARY = "样例暗语七六五"
"""A comment that nobody else may read while the scorers are blind."""

CONTESTED, UPHELD = "AV-01", "PRO-03"
"""Item that two scorers see differently, and the one to whose result a unit objects with success."""

VETO = "BAS-05"
ONE_FAULT = {"PRO-05": Result.NOT_MET}
USUAL = dict.fromkeys(USUAL_FAULTS, Result.NOT_MET)


@pytest.fixture(scope="module")
def office(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The furnished office on 5 March, with its server, and the clock of both moved to that day."""
    home = tmp_path_factory.mktemp("year") / "home"
    home.mkdir()
    moved = MovedDatetime(home)
    moved.go_to(date(YEAR, 3, 5))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASE_REVIEW_HOME", str(home))
        patch.setattr(clock, "datetime", moved)
        settings.cache_clear()
        migrate(settings().url)
        server = start_server(home, runner="tests.browser.moved_clock")
        made = Office(server, Desks(chromium, server), moved)
        furnish(engine_for(settings().url), made)
        yield made
        made.desks.go_home()
        server.stop()
        server.engine.dispose()
    settings.cache_clear()


@pytest.fixture(scope="module")
def proof(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A paper that shows what was done; invented."""
    path = tmp_path_factory.mktemp("proof") / "补正说明（样例）.txt"
    path.write_text("样例：已补正，落款为真实日期。", encoding="utf-8")
    return path


def test_01_a_quarter_without_review_is_warned_of_until_one_is_planned(office: Office) -> None:
    round_walk.see_warnings(office, f"{YEAR} 年第 1 季度还没有评查，距季末 26 天")
    number = round_walk.plan(
        office,
        title=f"{YEAR}年第一次案卷评查（样例）",
        kind="评查",
        begins_on=date(YEAR, 3, 5),
        size=10,
    )
    assert number == 1
    round_walk.see_warnings(office)


def test_02_the_first_review_is_announced_and_drawn_by_two_numbers(office: Office) -> None:
    round_walk.announce(office, 1)
    round_walk.draw(office, 1)
    round_walk.assign(office, 1)
    unit = office.desks.at("brigade", f"/rounds?round={office.rounds[0]}")
    expect(unit.get_by_role("alert").first).to_be_visible()
    for case in office.round_view(1).cases:
        expect(unit.get_by_text(case.case_no)).to_have_count(0)


def test_03_an_expert_withdraws_and_another_takes_his_seat(office: Office) -> None:
    round_walk.seat_expert(office, 1, row=1, name="样例专家1")
    seat = next(each for each in office.round_view(1).cases[1].seats if each.seat == "P1")
    expert = office.desks.at("expert1", f"/scoring?sheet={seat.sheet_id}")
    expert.wait_for_selector(".desk .row.is-current")
    expert.keyboard.press("1")
    expect(expert.locator(".saved")).to_have_attribute("data-state", "saved")
    page = round_walk.at_round(office, "section", 1)
    press(page, "rounds.open.withdraw")
    choose(page, "rounds.leaver", "样例专家1")
    expect(page.get_by_role("dialog").get_by_text("样例专家2")).to_be_visible()
    write(page, "rounds.withdraw_reason", "样例：另有公务")
    office.desks.picture(page, "withdrawal")
    save(page, "rounds.withdraw_save")
    seats = {each.seat: each for each in office.round_view(1).cases[1].seats}
    successor = office.by_id(seats["P1"].user_id)
    assert successor.login in ("expert2", "expert3")
    office.desks.picture(page, "round with withdrawn expert")
    gone = office.desks.at("expert1")
    expect(gone.get_by_text("没有分配给您的案卷")).to_be_visible()
    with Session(office.engine) as session:
        begun = session.get_one(ScoreSheet, seat.sheet_id)
        assert begun.state == SheetState.WITHDRAWN


def test_04_scorers_are_blind_to_each_other(office: Office) -> None:
    case = office.round_view(1).cases[0]
    first, second = (office.by_id(seat.user_id) for seat in case.seats)
    own, others = (seat.sheet_id for seat in case.seats)
    score_by_hand(office, second.login, others or 0, faults={*USUAL_FAULTS, CONTESTED})
    for path in ("/", f"/scoring?sheet={own}", f"/scoring?sheet={others}", "/comparison"):
        page = office.desks.at(first.login, path)
        for hidden in (CANARY, second.name):
            expect(page.get_by_text(hidden)).to_have_count(0)
        assert CANARY not in page.content()
    expect(page.get_by_text("还没有可以比对的案卷")).to_be_visible()
    refused = office.desks.at(first.login, f"/scoring?sheet={others}")
    expect(refused.get_by_role("alert").first).to_be_visible()
    office.desks.picture(refused, "other's sheet refused")


def score_by_hand(
    office: Office, login: str, sheet_id: int, *, faults: set[str], comment: str = CANARY
) -> None:
    """A whole sheet by the keyboard; the comment stands at the last item that is not met."""
    page = office.desks.at(login, f"/scoring?sheet={sheet_id}")
    page.wait_for_selector(".desk .row.is-current")
    items = page.locator(".row").evaluate_all("rows => rows.map(row => row.dataset.item)")
    assert faults < set(items)
    last = [each for each in items if each in faults][-1]
    for item in items:
        page.keyboard.press("3" if item in faults else "1")
    page.locator(f".row[data-item='{last}'] .item-title").click()
    page.keyboard.press("c")
    page.keyboard.type(f"{comment} 0:01:02")
    page.keyboard.press("Escape")
    expect(page.locator(".saved")).to_have_attribute("data-state", "saved")
    office.desks.picture(page, f"sheet of {login}")
    submit(page)
    with Session(office.engine) as session:
        rows = session.exec(select(ItemScore).where(ItemScore.sheet_id == sheet_id)).all()
    assert {row.item_id for row in rows if row.result == Result.NOT_MET} == faults


def submit(page: Page) -> None:
    """Hand the sheet in, with an overall view."""
    page.locator(".submit").click()
    page.locator("dialog .overall").fill("样例评价")
    page.locator("dialog .primary").click()
    expect(page.locator(".locked")).to_be_visible()


def test_05_a_sheet_is_given_back_with_a_reason_and_handed_in_again(office: Office) -> None:
    case = office.round_view(1).cases[0]
    seat = case.seats[1]
    page = round_walk.at_round(office, "section", 1)
    select_row(page, "rounds.cases", 0)
    write(page, f"rounds.reopen_reason.{case.id}", "样例：请补充总体评价")
    save(page, f"rounds.reopen_save.{case.id}")
    scorer = office.by_id(seat.user_id)
    sheet = office.desks.at(scorer.login, f"/scoring?sheet={seat.sheet_id}")
    sheet.wait_for_selector(".desk .row.is-current")
    submit(sheet)
    blocked = round_walk.at_round(office, "section", 1)
    expect(keyed(blocked, "rounds.move").get_by_role("button")).to_be_disabled()
    office.desks.picture(blocked, "sheets missing")
    extra = extra_case(office)
    score_the_rest(
        office,
        1,
        lambda card: {**USUAL, UPHELD: Result.NOT_MET} if card.case_id == extra else USUAL,
    )
    round_walk.move_on(office, 1)


def extra_case(office: Office) -> int:
    """The case of the brigade, not the first, whose unit will object with success."""
    cases = office.round_view(1).cases[2:]
    return next(each.case_id for each in cases if each.unit_id == office.units[0])


def test_06_what_two_scorers_see_differently_is_compared_and_settled(office: Office) -> None:
    case = office.round_view(1).cases[0]
    first = office.by_id(case.seats[0].user_id)
    page = office.desks.at(first.login, f"/comparison?drawn={case.id}")
    expect(page.get_by_text(CANARY).first).to_be_visible()
    page = office.desks.at("section", f"/comparison?drawn={case.id}")
    view = comparison.comparison(office.engine, office.users["section"], case.id)
    (disputed,) = view.open_items
    assert disputed.item_id == CONTESTED
    assert not view.needs_panel
    office.desks.picture(page, "comparison")
    round_walk.settle_item(page, disputed.id, "符合", "样例：记录完整")
    write(page, "comparison.conclusion", "样例：争议项按材料认定")
    save(page, "comparison.conclude_save")
    office.desks.picture(page, "concluded")
    round_walk.move_on(office, 1)


def test_07_findings_are_collected_and_confirmed_by_a_person(office: Office) -> None:
    page = office.desks.at("section", "/findings")
    press(page, "findings.derive")
    expect(page.get_by_test_id("stToast").first).to_be_visible()
    for _ in range(2):
        page = office.desks.at("deputy", "/findings")
        mark(page, "findings.state", "待认定")
        settle(page)
        select_row(page, "findings.findings", 0)
        office.desks.picture(page, "finding")
        page.locator('[class*="st-key-findings-confirm-"] button').click()
        expect(page.get_by_test_id("stToast").first).to_be_visible()
    with Session(office.engine) as session:
        states = session.exec(select(Finding.state)).all()
    assert states.count(FindingState.CONFIRMED) == 2
    assert len(states) == 41
    assert len(confirm_the_rest(office, 1)) == 41
    round_walk.move_on(office, 1)


def test_08_each_unit_is_sent_its_own_draft_result(office: Office) -> None:
    before = office.desks.at("brigade", "/objections")
    expect(before.get_by_text("没有异议")).to_be_visible()
    page = office.desks.at("section", f"/results?round={office.rounds[0]}")
    save(page, "results.compute")
    for row in range(2):
        page = office.desks.at("section", f"/results?round={office.rounds[0]}")
        page.get_by_role("tab", name="反馈意见").click()
        select_row(page, "results.feedback", row)
        page.locator('[class*="st-key-results-send-"] button').click()
        expect(page.get_by_test_id("stToast").first).to_be_visible()
        settle(page)
    office.desks.picture(page, "results")
    for login, unit_id in zip(("brigade", "harbour"), office.units, strict=False):
        (draft,) = objections.drafts(office.engine, office.users[login])
        own = {each.case_no for each in office.round_view(1).cases if each.unit_id == unit_id}
        assert {each.case_no for each in draft.cases} == own
        page = office.desks.at(login, "/objections")
        expect(page.get_by_text(f"{draft.until_on}")).to_be_visible()
        for actor in office.users.values():
            if actor.login.startswith(("reviewer", "expert")):
                assert actor.name not in page.content()


def test_09_one_objection_succeeds_and_one_fails(office: Office, proof: Path) -> None:
    upheld = extra_case(office)
    other = next(
        each.case_id for each in office.round_view(1).cases if each.unit_id == office.units[1]
    )
    for login, case_id, item_id in (
        ("brigade", upheld, UPHELD),
        ("harbour", other, USUAL_FAULTS[0]),
    ):
        (draft,) = objections.drafts(office.engine, office.users[login])
        place = [each.case_id for each in draft.cases].index(case_id)
        items = [each.item_id for each in draft.cases[place].items]
        page = office.desks.at(login, "/objections")
        select_row(page, "objections.cases", place)
        select_row(page, "objections.items", items.index(item_id))
        write(page, f"objections.text.{case_id}.{item_id}", "样例：材料在卷，请复核")
        attach = keyed(page, f"objections.proof.{case_id}.{item_id}")
        attach.locator("input[type=file]").set_input_files(proof)
        settle(page)
        office.desks.picture(page, f"objection of {login}")
        save(page, f"objections.raise.{case_id}.{item_id}")
    blocked = office.desks.at("section", f"/results?round={office.rounds[0]}")
    expect(keyed(blocked, "results.publish").get_by_role("button")).to_be_disabled()
    for item_id, button in ((UPHELD, "uphold"), (USUAL_FAULTS[0], "reject")):
        raised = objections.list_objections(office.engine, office.users["deputy"])
        place = [each.item_id for each in raised].index(item_id)
        page = office.desks.at("deputy", "/objections")
        select_row(page, "objections.objections", place)
        if button == "uphold":
            mark(page, f"objections.result.{raised[place].id}", "符合")
        write(page, f"objections.reason.{raised[place].id}", "样例：经复核作出决定")
        office.desks.picture(page, f"decision {button}")
        save(page, f"objections.{button}.{raised[place].id}")
    stand = {
        each.item_id: str(each.state)
        for each in objections.list_objections(office.engine, office.users["section"])
    }
    assert stand == {UPHELD: "upheld", USUAL_FAULTS[0]: "rejected"}
    told = office.desks.at("harbour", "/objections")
    assert UPHELD not in told.content()


def test_10_results_are_published_once_the_time_to_object_is_over(office: Office) -> None:
    office.day(3, 16)
    late = office.desks.at("brigade", "/objections")
    expect(late.get_by_text("异议期限已过")).to_be_visible()
    page = office.desks.at("section", f"/results?round={office.rounds[0]}")
    office.desks.picture(page, "before publishing")
    save(page, "results.publish")
    assert office.round_view(1).round.state == RoundState.PUBLISHED
    round_walk.move_on(office, 1)
    for unit in UNITS:
        rectification_walk.issue(office, unit)
    with Session(office.engine) as session:
        assert len(session.exec(select(RectificationItem)).all()) == 40
        lists = session.exec(select(RectificationList)).all()
    for login, unit_id in zip(("brigade", "harbour"), office.units, strict=False):
        office.kept[login] = next(each.id or 0 for each in lists if each.unit_id == unit_id)
        others = next(each for each in lists if each.unit_id != unit_id)
        page = office.desks.at(login, f"/rectification?list={others.id}")
        expect(page.get_by_role("alert").first).to_be_visible()
        assert others.number not in page.content()


@pytest.mark.parametrize("login", ["brigade", "harbour"])
def test_11_forty_items_go_through_excel_and_back(
    office: Office, proof: Path, tmp_path: Path, login: str
) -> None:
    late = 1 if login == "brigade" else None
    rectification_walk.through_excel(office, login, proof, tmp_path, late=late)


def test_12_an_item_is_overdue_and_goes_to_the_leader(office: Office) -> None:
    office.day(4, 8)
    rectification_walk.remind(office)
    with Session(office.engine) as session:
        steps = {each.step: each.told for each in session.exec(select(Escalation))}
    assert steps == {0: "unit", 3: "unit", 7: "leader"}


def test_13_a_closed_item_is_reopened_and_closed_again(office: Office, proof: Path) -> None:
    rectification_walk.reopen(office, proof)
    round_walk.move_on(office, 1)
    assert office.round_view(1).round.state == RoundState.CLOSED


def test_14_the_spot_check_replaces_a_case_by_a_second_person(office: Office, proof: Path) -> None:
    office.day(6, 8)
    round_walk.see_warnings(office, f"{YEAR} 年第 2 季度还没有评查，距季末 22 天")
    round_walk.plan(
        office, title=f"{YEAR}年抽查（样例）", kind="抽查", begins_on=date(YEAR, 6, 8), size=4
    )
    round_walk.see_warnings(office)
    round_walk.draw(office, 2)
    round_walk.assign(office, 2)
    round_walk.replace(office, 2)
    round_walk.assign(office, 2)
    page = round_walk.at_round(office, "leader", 2)
    keyed(page, "rounds.detail.zh").get_by_role("tab", name="抽取记录").click()
    press(page, "rounds.verify")
    expect(page.get_by_test_id("stToast")).to_contain_text("结果一致")
    to_the_end(office, 2, proof, day=(6, 18))


def to_the_end(
    office: Office,
    number: int,
    proof: Path,
    *,
    day: tuple[int, int],
    faults: Mapping[str, Result] | None = None,
) -> None:
    """A round from its scoring to the archive through the services; a day passes for objections."""
    own = ONE_FAULT if faults is None else faults

    def given(_card: SheetCard) -> Mapping[str, Result]:
        return own

    score_the_rest(office, number, given)
    move(office, number, "deliberating")
    move(office, number, "confirming")
    decide_and_publish(office, number, proof, day=day)


def decide_and_publish(office: Office, number: int, proof: Path, *, day: tuple[int, int]) -> None:
    """From the findings of a round to its archive, through the services."""
    findings.derive(office.engine, office.users["section"], office.rounds[number - 1])
    found = confirm_the_rest(office, number)
    move(office, number, "objecting")
    send_drafts(office, number)
    office.day(*day)
    assert publish_and_rectify(office, number, proof) == len(found)
    assert office.round_view(number).round.state == RoundState.CLOSED


def test_15_the_topic_review_ends_with_a_veto_of_the_panel(office: Office, proof: Path) -> None:
    office.day(9, 7)
    round_walk.see_warnings(office, f"{YEAR} 年第 3 季度还没有评查，距季末 23 天")
    round_walk.plan(
        office,
        title=f"{YEAR}年专项评查（样例）",
        kind="专项",
        topic="轻微违法免罚执行",
        begins_on=date(YEAR, 9, 7),
        size=4,
    )
    round_walk.see_warnings(office)
    round_walk.announce(office, 3)
    round_walk.draw(office, 3)
    round_walk.assign(office, 3)
    round_walk.seat_expert(office, 3, row=0, name="样例专家1")
    case = office.round_view(3).cases[0]
    flagging = office.by_id(case.seats[0].user_id)
    score_by_hand(
        office,
        flagging.login,
        case.seats[0].sheet_id or 0,
        faults={VETO},
        comment="样例：依据已失效",
    )

    def given(card: SheetCard) -> Mapping[str, Result]:
        is_flagged = card.case_id == case.case_id and card.seat == "P1"
        return {VETO: Result.NOT_MET} if is_flagged else {}

    score_the_rest(office, 3, given)
    round_walk.move_on(office, 3)
    round_walk.settle_veto(office, case.id, VETO)
    round_walk.move_on(office, 3)
    findings.derive(office.engine, office.users["section"], office.rounds[2])
    page = office.desks.at("deputy", "/findings")
    choose(page, "findings.round", f"{YEAR}年专项评查")
    settle(page)
    select_row(page, "findings.findings", 0)
    expect(page.get_by_text("重大问题须由提出人以外的人员认定")).to_be_visible()
    office.desks.picture(page, "veto")
    page.locator('[class*="st-key-findings-confirm-"] button').click()
    expect(page.get_by_test_id("stToast").first).to_be_visible()
    decide_and_publish(office, 3, proof, day=(9, 17))
    page = office.desks.at("leader", f"/results?round={office.rounds[2]}")
    expect(page.get_by_text("不合格").first).to_be_attached()
    office.desks.picture(page, "results with veto")


def test_16_two_reviews_more_complete_the_year(office: Office, proof: Path) -> None:
    office.day(12, 7)
    round_walk.see_warnings(office, f"{YEAR} 年第 4 季度还没有评查，距季末 24 天")
    for number, kind in ((4, "飞行检查"), (5, "进驻评查")):
        round_walk.plan(
            office,
            title=f"{YEAR}年{kind}（样例）",
            kind=kind,
            begins_on=date(YEAR, 12, 7),
            size=4,
        )
        round_walk.draw(office, number)
        round_walk.assign(office, number)
        to_the_end(office, number, proof, day=(12, 7 + 10 * (number - 3)))
        office.day(12, 7 + 10 * (number - 3))
    round_walk.see_warnings(office)
    page = office.desks.at("leader", "/year")
    expect(page.get_by_text(f"{YEAR} 年：已安排 5 次")).to_be_visible()


def test_17_nothing_was_lost_or_changed_on_the_way(office: Office) -> None:
    for path in ("/", "/dashboards", "/audit"):
        login = "admin" if path == "/audit" else "leader"
        page = office.desks.at(login, path)
        expect(page.get_by_role("alert")).to_have_count(0)
        office.desks.picture(page, f"end {path.strip('/') or 'my work'}")
    leader = office.desks.at("leader")
    for round_id in office.rounds:
        assert rounds.draw_faults(office.engine, round_id) == ()
        for kind in ("docx", "json"):
            paper = leader.context.request.get(
                f"{office.server.url}/export/draw-record-{kind}/{round_id}"
            )
            assert paper.status == 200
            assert tuple(faults_of_paper(paper.body())) == ()
    found = integrity.verify(office.engine)
    assert found.violations == ()
    assert found.records > 1000
    log = office.server.log.read_text("utf-8")
    assert "Traceback" not in log
    assert os.environ["CASE_REVIEW_HOME"] == str(office.server.home)
