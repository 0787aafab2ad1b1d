"""The review desk in a browser: nothing that was scored is lost, evidence is shown, keys suffice."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlmodel import Session, select

from review.db.session import transaction
from review.scoring.tables import ItemScore, Pin, ScoreEvent, ScoreSheet, SheetState
from tests.browser import scene as scenes
from tests.browser.conftest import Bench, open_desk

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def blank_sheets(bench: Bench) -> None:
    """Every test begins with open sheets on which nothing is scored."""
    with transaction(bench.engine) as session:
        for table in (ItemScore, ScoreEvent, Pin):
            for row in session.exec(select(table)):
                session.delete(row)
        for sheet in session.exec(select(ScoreSheet)):
            sheet.state = SheetState.OPEN
            sheet.submitted_at = None
            session.add(sheet)


def saved(bench: Bench, sheet: int | None = None) -> dict[str, ItemScore]:
    """What the database holds, by item."""
    wanted = sheet or bench.scene.sheet_id
    with Session(bench.engine) as session:
        rows = session.exec(select(ItemScore).where(ItemScore.sheet_id == wanted)).all()
        return {row.item_id: row for row in rows}


def all_saved(page: Page) -> None:
    expect(page.locator(".saved")).to_have_attribute("data-state", "saved")


def test_seventy_quick_keystrokes_are_seventy_saved_scores(page: Page, bench: Bench) -> None:
    open_desk(page, bench)
    wanted = ["1", "2", "3", "4", "5"] * 14
    items = page.locator(".row").evaluate_all("rows => rows.map(row => row.dataset.item)")[:70]
    for key in wanted:
        page.keyboard.press(key)
    all_saved(page)
    words = {"1": "符合", "2": "部分符合", "3": "不符合", "4": "不适用", "5": "待核"}
    found = {item: score.result for item, score in saved(bench).items()}
    assert found == {item: words[key] for item, key in zip(items, wanted, strict=True)}


def test_ten_clicks_and_an_instant_reload_are_ten_saved_scores(page: Page, bench: Bench) -> None:
    open_desk(page, bench)
    page.evaluate(
        """() => {
          const root = document.querySelector('[data-testid="stBidiComponentIsolated"]').shadowRoot;
          const rows = [...root.querySelectorAll('.row')].slice(0, 10);
          for (const row of rows) row.querySelector('[data-result="met"]').click();
          location.reload();
        }"""
    )
    page.wait_for_selector(".desk .row.is-current")
    all_saved(page)
    assert [score.result for score in saved(bench).values()] == ["符合"] * 10


def test_scores_given_offline_are_saved_when_the_network_is_back(
    page: Page, context: BrowserContext, bench: Bench
) -> None:
    open_desk(page, bench)
    context.set_offline(True)
    for key in "113":
        page.keyboard.press(key)
    expect(page.locator(".saved")).to_contain_text("3")
    expect(page.locator(".saved")).to_have_attribute("data-state", "waiting")
    assert saved(bench) == {}
    context.set_offline(False)
    all_saved(page)
    assert len(saved(bench)) == 3


def test_a_queue_is_never_sent_under_another_person(
    page: Page, context: BrowserContext, bench: Bench
) -> None:
    open_desk(page, bench)
    context.set_offline(True)
    page.keyboard.press("1")
    expect(page.locator(".saved")).to_have_attribute("data-state", "waiting")
    kept = page.evaluate("() => Object.keys(localStorage).filter(k => k.includes('outbox'))")
    assert len(kept) == 1
    context.clear_cookies()
    page.goto("about:blank")
    context.set_offline(False)
    open_desk(page, bench, "second", bench.scene.second_sheet_id)
    all_saved(page)
    assert saved(bench) == {}
    assert saved(bench, bench.scene.second_sheet_id) == {}
    context.clear_cookies()
    open_desk(page, bench)
    all_saved(page)
    assert len(saved(bench)) == 1


def test_a_session_that_ended_keeps_the_score_in_the_browser(
    page: Page, context: BrowserContext, bench: Bench
) -> None:
    open_desk(page, bench)
    context.clear_cookies()
    page.keyboard.press("1")
    expect(page.locator(".saved")).to_have_attribute("data-state", "lost")
    assert saved(bench) == {}
    page.locator(".saved a").click()
    page.fill("#login", "reviewer")
    page.fill("#password", scenes.PASSWORD)
    page.click("form button")
    page.wait_for_selector(".desk .row.is-current")
    all_saved(page)
    assert len(saved(bench)) == 1


def test_a_submitted_sheet_takes_no_scores(page: Page, bench: Bench) -> None:
    open_desk(page, bench)
    with transaction(bench.engine) as session:
        sheet = session.get(ScoreSheet, bench.scene.sheet_id)
        assert sheet is not None
        sheet.state = SheetState.SUBMITTED
        session.add(sheet)
    page.keyboard.press("1")
    expect(page.locator(".row-alert").first).to_contain_text("评分表已提交")
    assert saved(bench) == {}
    page.reload()
    page.wait_for_selector(".desk .row.is-current")
    page.keyboard.press("1")
    expect(page.locator(".spoken")).to_contain_text("只读")
    expect(page.locator(".submit")).to_have_count(0)
    assert saved(bench) == {}


def test_a_change_by_another_tab_shows_both_values(
    page: Page, context: BrowserContext, bench: Bench
) -> None:
    open_desk(page, bench)
    other = context.new_page()
    other.goto(page.url)
    other.wait_for_selector(".desk .row.is-current")
    first = page.locator(".row").first
    first.locator('[data-result="met"]').click()
    all_saved(page)
    other.locator(".row").first.locator('[data-result="not_met"]').click()
    alert = other.locator(".row-alert").first
    expect(alert).to_contain_text("符合")
    expect(alert).to_contain_text("不符合")
    alert.get_by_role("button").first.click()
    all_saved(other)
    (score,) = saved(bench).values()
    assert (score.result, score.version) == ("不符合", 2)


def test_evidence_jumps_to_its_page_and_marks_the_words(page: Page, bench: Bench) -> None:
    open_desk(page, bench)
    place = scenes.place(bench.scene, "2026年4月8日")
    page.locator('[data-item="PRO-12"] .item-title').click()
    page.locator(".places .place").last.click()
    expect(page.locator(".number")).to_have_value(str(place["page"]))
    mark = page.locator(".box.evidence")
    expect(mark).to_be_in_viewport()
    shown = mark.bounding_box()
    paper = page.locator(".paper").bounding_box()
    assert shown
    assert paper
    (left, top, right, bottom), *_ = place["boxes"]
    scale = paper["width"] / scenes.WIDTH
    assert shown["x"] - paper["x"] == pytest.approx((left - 2) * scale, abs=2)
    assert shown["y"] - paper["y"] == pytest.approx((top - 2) * scale, abs=2)
    assert shown["width"] == pytest.approx((right - left + 4) * scale, abs=2)
    assert shown["height"] == pytest.approx((bottom - top + 4) * scale, abs=2)


def test_words_marked_on_the_page_are_pinned_to_the_item(page: Page, bench: Bench) -> None:
    open_desk(page, bench)
    place = scenes.place(bench.scene, "样例区交通运输局行政处罚案卷")
    page.wait_for_function(
        "() => document.querySelector('[data-testid=stBidiComponentIsolated]')"
        ".shadowRoot.querySelector('.image').complete"
    )
    paper = page.locator(".paper").bounding_box()
    assert paper
    (left, top, right, bottom), *_ = place["boxes"]
    scale = paper["width"] / scenes.WIDTH
    page.mouse.move(paper["x"] + (left - 6) * scale, paper["y"] + (top - 6) * scale)
    page.mouse.down()
    page.mouse.move(paper["x"] + (right + 6) * scale, paper["y"] + (bottom + 6) * scale, steps=4)
    page.mouse.up()
    expect(page.locator(".pin-here.has-mark")).to_be_visible()
    page.keyboard.press("p")
    expect(page.locator(".pin-chip q")).to_have_text("样例区交通运输局行政处罚案卷")
    with Session(bench.engine) as session:
        (pin,) = session.exec(select(Pin)).all()
        assert (pin.page_id, pin.quote) == (place["page_id"], "样例区交通运输局行政处罚案卷")
    page.locator(".pin-chip .tool").click()
    expect(page.locator(".pin-chip")).to_have_count(0)


def test_the_keyboard_suffices(page: Page, bench: Bench) -> None:
    open_desk(page, bench)
    page.keyboard.press("1")
    page.keyboard.press("Shift+Digit3")
    page.keyboard.press("c")
    page.keyboard.type("第1页 2026年 13 pages")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    all_saved(page)
    scores = saved(bench)
    assert {item: score.result for item, score in scores.items()} == {
        "BAS-01": "部分符合",
        "BAS-02": "不符合",
    }
    assert scores["BAS-02"].comment == "第1页 2026年 13 pages"
    page.keyboard.press("PageDown")
    expect(page.locator(".number")).to_have_value("2")
    page.keyboard.press("n")
    expect(page.locator(".row.is-current .item-id")).to_have_text("BAS-03")


def test_a_proposal_is_accepted_with_one_key(page: Page, bench: Bench) -> None:
    open_desk(page, bench)
    page.locator('[data-item="PRO-12"] .item-title').click()
    expect(page.locator(".proposal")).to_contain_text("机检建议")
    expect(page.locator(".proposal")).to_contain_text("93")
    assert saved(bench) == {}, "a proposal alone decides nothing"
    page.keyboard.press("a")
    all_saved(page)
    assert saved(bench)["PRO-12"].result == "不符合"
    expect(page.locator(".row.is-current .item-id")).to_have_text("PRO-13")


def test_digits_in_a_comment_or_an_input_method_score_nothing(page: Page, bench: Bench) -> None:
    open_desk(page, bench)
    page.keyboard.press("c")
    page.keyboard.type("12345")
    page.keyboard.press("Escape")
    all_saved(page)
    (only,) = saved(bench).values()
    assert (only.result, only.comment) == ("待核", "12345")
    page.evaluate(
        "() => document.body.dispatchEvent(new KeyboardEvent('keydown', "
        "{key: '1', code: 'Digit1', isComposing: true, bubbles: true, composed: true}))"
    )
    page.wait_for_timeout(200)
    assert saved(bench)[only.item_id].version == only.version


def test_counts_of_a_deduction_are_saved_and_taken_off(page: Page, bench: Bench) -> None:
    open_desk(page, bench)
    row = page.locator('[data-item="EVI-05"]')
    row.locator('[data-result="partly_met"]').click()
    plus = page.locator(".stepper .tool:not([disabled])").last
    plus.click()
    plus.click()
    all_saved(page)
    score = saved(bench)["EVI-05"]
    assert sum(score.chosen.values()) == 2
    expect(row.locator(".deduction b")).to_have_text(f"−{score.deduction.normalize():f}")


def test_submitting_lists_what_is_open_and_a_click_goes_there(page: Page, bench: Bench) -> None:
    open_desk(page, bench)
    page.keyboard.press("1")
    page.locator(".submit").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="提交", exact=True)).to_be_disabled()
    dialog.locator(".open-item").nth(3).click()
    expect(page.locator(".row.is-current .item-id")).to_have_text("BAS-05")
    assert page.locator("dialog").count() == 0


def test_a_complete_sheet_is_submitted_and_becomes_read_only(page: Page, bench: Bench) -> None:
    open_desk(page, bench)
    for _ in range(page.locator(".row").count()):
        page.keyboard.press("1")
    all_saved(page)
    page.locator(".submit").click()
    dialog = page.get_by_role("dialog")
    dialog.locator(".overall").fill("材料齐全。")
    dialog.get_by_role("button", name="提交", exact=True).click()
    expect(page.locator(".locked")).to_be_visible()
    with Session(bench.engine) as session:
        sheet = session.get(ScoreSheet, bench.scene.sheet_id)
        assert sheet is not None
        assert (sheet.state, sheet.overall) == (SheetState.SUBMITTED, "材料齐全。")
