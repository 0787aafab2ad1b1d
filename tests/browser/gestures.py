"""What a person does with the mouse and the keyboard on the pages, and each person's browser."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Server, sign_in
from tests.browser.wire import attach, wait_for_rest

PATIENCE_MS = 180_000
"""For a machine on which much else is running; nothing is measured."""

expect.set_options(timeout=PATIENCE_MS)

ROW, HEADER = 34, 34
"""Heights of `review.ui.widgets.tables`, which draws on a canvas: rows are hit by their place."""

PICTURES = os.environ.get("CASE_REVIEW_WALK_PICTURES", "")
"""Folder that takes a picture of every station; none is taken where it is not named."""

QUIET = '[data-testid="stApp"][data-test-script-state="notRunning"]'


def keyed(page: Page, key: str) -> Locator:
    """The widget with that key."""
    return page.locator(f".st-key-{key.replace('.', '-')}")


def settle(page: Page) -> None:
    """Wait until every run of the page's script has ended and is drawn."""
    wait_for_rest(page, PATIENCE_MS)
    page.wait_for_selector(QUIET)


def press(page: Page, key: str) -> None:
    """Press the button with that key, once it can be pressed."""
    settle(page)
    button = keyed(page, key).get_by_role("button").first
    expect(button).to_be_enabled()
    button.click()
    settle(page)


def save(page: Page, key: str) -> None:
    """Press a button that saves, and see the workbench say that it did."""
    press(page, key)
    expect(page.get_by_test_id("stToast").first).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)


def write(page: Page, key: str, text: str) -> None:
    """Type into a field of one line or of several."""
    keyed(page, key).locator("input, textarea").first.fill(text)


def write_day(page: Page, key: str, day: date) -> None:
    """Type a day; the little calendar closes again."""
    box = keyed(page, key).locator("input").first
    box.fill(day.isoformat())
    box.press("Tab")
    page.get_by_role("dialog").locator("input").first.focus()
    expect(page.get_by_role("gridcell")).to_have_count(0)


def choose(page: Page, key: str, *wanted: str) -> None:
    """Choose entries of a selection by the words with which they begin."""
    for words in wanted:
        keyed(page, key).locator("input").first.click()
        page.get_by_role("option").filter(has_text=words).first.click()
        settle(page)


def mark(page: Page, key: str, word: str) -> None:
    """Press one part of a row of buttons of which one is chosen."""
    keyed(page, key).get_by_role("radio", name=word, exact=True).click()
    settle(page)


def select_row(page: Page, key: str, row: int) -> None:
    """Select the row of a table by the box at its beginning; 0 is the first."""
    settle(page)
    table = keyed(page, f"{key}.zh").get_by_test_id("stDataFrame")
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box
    page.mouse.click(box["x"] + 18, box["y"] + HEADER + ROW * row + ROW / 2)
    settle(page)


@dataclass
class Desks:
    """Everybody's browser; a person signs in where he was not yet, or not on this day."""

    browser: Browser
    server: Server
    pages: dict[str, Page] = field(default_factory=dict)
    pictures: int = 0

    def at(self, login: str, path: str = "/") -> Page:
        """The person's page, at that address."""
        page = self.pages.get(login)
        if page is None:
            context = self.browser.new_context(
                viewport={"width": 1600, "height": 1000}, locale="zh-CN", accept_downloads=True
            )
            page = context.new_page()
            attach(page)
            page.set_default_timeout(PATIENCE_MS)
            sign_in(page, self.server.url, login, path)
            page.wait_for_selector('[data-testid="stSidebar"]', state="attached")
            self.pages[login] = page
        else:
            page.goto(self.server.url + path)
        settle(page)
        return page

    def go_home(self) -> None:
        """Everybody closes his browser, as at the end of a day."""
        for page in self.pages.values():
            page.context.close()
        self.pages.clear()

    def picture(self, page: Page, name: str) -> None:
        """Keep what the person sees, where pictures are asked for."""
        if not PICTURES:
            return
        self.pictures += 1
        page.wait_for_timeout(700)
        page.screenshot(path=Path(PICTURES) / f"{self.pictures:02} {name}.png", full_page=True)
