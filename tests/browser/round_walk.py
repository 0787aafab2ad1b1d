"""The round's own page walked: planned, announced, frozen, drawn by two numbers, assigned."""

from __future__ import annotations

from datetime import date, timedelta

from playwright.sync_api import Page, expect
from sqlmodel import Session, select

from review.planning.tables import Round
from review.services.panel import comparison
from tests.browser.gestures import (
    choose,
    keyed,
    mark,
    press,
    save,
    select_row,
    settle,
    write,
    write_day,
)
from tests.browser.year_office import YEAR, Office, scope

NUMBERS = ("271828", "31415926")
"""What the two people enter."""


def plan(
    office: Office, *, title: str, kind: str, begins_on: date, size: int, topic: str = ""
) -> int:
    """The section plans the next round of the year on its form; returns its number, from 1."""
    number = len(office.rounds) + 1
    page = office.desks.at("section", "/rounds")
    press(page, "rounds.open.plan")
    write(page, "rounds.title", title)
    choose(page, "rounds.kind", kind)
    if topic:
        choose(page, "rounds.topic", topic)
    first, last = scope(number)
    write_day(page, "rounds.scope_from", first)
    write_day(page, "rounds.scope_to", last)
    write_day(page, "rounds.starts_on", begins_on)
    write_day(page, "rounds.ends_on", begins_on + timedelta(days=30))
    write(page, "rounds.lead", "样例安监法规科")
    write(page, "rounds.target_cases", str(size))
    office.desks.picture(page, f"plan {title}")
    save(page, "rounds.plan_save")
    with Session(office.engine) as session:
        made = session.exec(select(Round).where(Round.title == title)).one()
    assert (made.year, made.scope_from, made.scope_to) == (YEAR, first, last)
    assert made.starts_on == begins_on
    assert made.target_cases == size
    office.rounds.append(made.id or 0)
    return number


def announce(office: Office, number: int) -> None:
    """Notice and self-review, for the kinds of review that are announced."""
    page = at_round(office, "section", number)
    press(page, "rounds.open.notice")
    write(page, "rounds.notice_no", f"样例法规〔{YEAR}〕{number}号")
    save(page, "rounds.notice_save")
    press(page, "rounds.open.self_review")
    write(page, "rounds.record_note.self_review", "样例：两个单位均已自查")
    save(page, "rounds.record_save.self_review")


def draw(office: Office, number: int) -> None:
    """Freeze the list; section and leader enter a number each; the section draws."""
    page = at_round(office, "section", number)
    press(page, "rounds.open.freeze")
    save(page, "rounds.freeze_save")
    enter_number(page, NUMBERS[0])
    leader = at_round(office, "leader", number)
    keyed(leader, "rounds.detail.zh").get_by_role("tab", name="抽取记录").click()
    expect(leader.get_by_text(NUMBERS[0])).to_have_count(0)
    enter_number(leader, NUMBERS[1])
    page = at_round(office, "section", number)
    save(page, "rounds.draw_save")
    view = office.round_view(number)
    assert view.draw is not None
    assert len(view.cases) == view.target_cases


def enter_number(page: Page, number: str) -> None:
    """One person's number, which the page hides while it is typed."""
    press(page, "rounds.open.number")
    expect(keyed(page, "rounds.number").locator("input")).to_have_attribute("type", "password")
    write(page, "rounds.number", number)
    save(page, "rounds.number_save")


def assign(office: Office, number: int) -> None:
    """All six reviewers, two at each case."""
    page = at_round(office, "section", number)
    press(page, "rounds.open.assign")
    save(page, "rounds.assign_save")
    view = office.round_view(number)
    for case in view.cases:
        assert [seat.seat for seat in case.seats] == ["A", "B"]
        assert len({seat.user_id for seat in case.seats}) == 2


def move_on(office: Office, number: int) -> Page:
    """Press the button that moves the round on."""
    before = office.round_view(number)
    page = at_round(office, "section", number)
    save(page, "rounds.move")
    assert office.round_view(number).round.state == before.next_state
    return page


def at_round(office: Office, login: str, number: int) -> Page:
    """Somebody's page of a round."""
    return office.desks.at(login, f"/rounds?round={office.rounds[number - 1]}")


def see_warnings(office: Office, *words: str) -> None:
    """The year's page warns in exactly these words."""
    page = office.desks.at("leader", "/year")
    for each in words:
        expect(page.get_by_test_id("stMarkdown").get_by_text(each)).to_be_visible()
    expect(page.get_by_text("还没有评查，距季末")).to_have_count(
        sum("距季末" in each for each in words)
    )
    expect(page.get_by_text("没有开展评查")).to_have_count(0)
    settle(page)
    office.desks.picture(page, "year")


def settle_item(page: Page, item_id: int, result: str, reason: str) -> None:
    """The section's conclusion on a disputed item."""
    mark(page, f"comparison.settle.{item_id}", result)
    write(page, f"comparison.settle_why.{item_id}", reason)
    save(page, f"comparison.settle_save.{item_id}")


def seat_expert(office: Office, number: int, *, row: int, name: str) -> None:
    """The section seats an expert at a case."""
    case = office.round_view(number).cases[row]
    page = at_round(office, "section", number)
    select_row(page, "rounds.cases", row)
    choose(page, f"rounds.seat.{case.id}", "评查专家 1")
    choose(page, f"rounds.seat_user.{case.id}", name)
    save(page, f"rounds.seat_save.{case.id}")


def replace(office: Office, number: int) -> None:
    """The section asks for another case; the leader approves; the next ticket comes in."""
    case = office.round_view(number).cases[0]
    page = at_round(office, "section", number)
    select_row(page, "rounds.cases", 0)
    write(page, f"rounds.replace_reason.{case.id}", "样例：案卷已移送公安机关")
    save(page, f"rounds.replace_save.{case.id}")
    (asked,) = office.round_view(number).replacements
    leader = at_round(office, "leader", number)
    keyed(leader, "rounds.detail.zh").get_by_role("tab", name="抽取记录").click()
    select_row(leader, "rounds.replacements", 0)
    write(leader, f"rounds.decision.{asked.id}", "样例：同意")
    office.desks.picture(leader, "replacement")
    save(leader, f"rounds.approve.{asked.id}")
    drawn = office.round_view(number).cases
    assert case.case_no not in {each.case_no for each in drawn}
    assert {each.reason for each in drawn if not each.seats} == {"replacement"}


def settle_veto(office: Office, round_case_id: int, item_id: str) -> None:
    """Without votes nothing can be settled; three vote, two for the veto; the section concludes."""
    section = office.users["section"]
    view = comparison.comparison(office.engine, section, round_case_id)
    (item,) = view.open_items
    assert item.item_id == item_id
    path = f"/comparison?drawn={round_case_id}"
    page = office.desks.at("section", path)
    mark(page, f"comparison.settle.{item.id}", "不符合")
    write(page, f"comparison.settle_why.{item.id}", "样例：所引依据已失效")
    press(page, f"comparison.settle_save.{item.id}")
    expect(page.get_by_role("alert").first).to_contain_text("合议")
    office.desks.picture(page, "veto without panel")
    said = {each.user_id: each.result for each in item.given}
    for scorer in view.scorers:
        login = office.by_id(scorer.user_id).login
        page = office.desks.at(login, path)
        mark(page, f"comparison.vote.{item.id}", said[scorer.user_id])
        write(page, f"comparison.view.{item.id}", "样例：以卷内材料为准")
        save(page, f"comparison.vote_save.{item.id}")
    page = office.desks.at("section", path)
    settle_item(page, item.id, "不符合", "样例：两票认定")
    write(page, "comparison.conclusion", "样例：合议认定否决项不符合")
    office.desks.picture(page, "veto settled")
    save(page, "comparison.conclude_save")
    after = comparison.comparison(office.engine, section, round_case_id)
    assert str(after.state) == "settled"
