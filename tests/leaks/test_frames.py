"""What really goes over the wire to a browser in the first review: every frame, every answer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page

from review.db.accounts import Role
from review.ui.pages import FILES, link
from tests.browser.conftest import Server, chromium, start_server
from tests.browser.gestures import PATIENCE_MS, settle
from tests.browser.wire import attach, wire_of
from tests.leaks.canaries import CHECK, EVERY, HANDED_IN, OPEN, SCORE, marks_in
from tests.leaks.test_pages import PERSONAL, addresses
from tests.services.conftest import PASSWORD

__all__ = ["chromium"]

CASE_NO = "样例罚〔2023〕1号"

pytestmark = pytest.mark.browser

SAME_FOR_ALL = re.compile(r"/static/|/_stcore/health")
"""Streamlit's own scripts and its sign of life."""


@pytest.fixture
def server(blind, checklists) -> Iterator[Server]:
    made = start_server(checklists.parent / "home", checklists)
    yield made
    made.stop()


@dataclass
class Desk:
    """Somebody's browser, signed in."""

    page: Page

    def open(self, address: str) -> list[bytes]:
        """Go to a page; every frame and every answer that came for it."""
        wire = wire_of(self.page)
        wire.received.clear()
        document = self.page.goto(address)
        settle(self.page)
        assert document is not None
        assert wire.received
        # what the page before had asked for is gone with it, and was searched there
        begun = next(n for n, each in enumerate(wire.bodies) if each.url == document.url)
        answers = [
            each.body()
            for each in wire.bodies[begun:]
            if each.status == 200 and not SAME_FOR_ALL.search(each.url)
        ]
        wire.bodies.clear()
        assert answers
        return [*wire.received, *answers]


def desk_of(browser: Browser, server: Server, login: str) -> Desk:
    """Sign somebody in."""
    page = browser.new_context(locale="zh-CN").new_page()
    page.set_default_timeout(PATIENCE_MS)
    attach(page)
    page.goto(f"{server.url}/sign-in")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.click("form[action='/sign-in'] button")
    settle(page)
    wire_of(page).bodies.clear()
    return Desk(page)


def told(desk: Desk, server: Server, specs, scene) -> Iterator[tuple[str, set[str]]]:
    for spec in specs:
        for address in addresses(spec, scene):
            where = link(spec.script, **address)
            yield where, marks_in(desk.open(server.url + where))


def test_no_frame_and_no_answer_holds_what_others_wrote(blind, server, chromium):
    """Expert, other reviewer and unit at their pages; the writer at his, where it is found."""
    roles = {login: actor.role for login, actor in blind.actors.items()}
    leaks = {}
    for who, forbidden in (
        ("expert", EVERY),
        ("second", {HANDED_IN, SCORE, CHECK}),
        ("unit", EVERY),
    ):
        desk = desk_of(chromium, server, who)
        if roles[who] is not Role.UNIT:
            own = b"".join(desk.open(server.url))
            assert CASE_NO.encode() in own  # what is his own does come, and is found in a table
        specs = [
            spec
            for spec in PERSONAL
            if roles[who] in spec.roles and (who == "expert" or spec.section != FILES)
        ]
        leaks[who] = [
            (where, marks & forbidden)
            for where, marks in told(desk, server, specs, blind)
            if marks & forbidden
        ]
        desk.page.context.close()
    assert leaks == {"expert": [], "second": [], "unit": []}

    desk = desk_of(chromium, server, "reviewer")
    assert SCORE in marks_in(desk.open(server.url))  # in a table
    marks = marks_in(desk.open(f"{server.url}/scoring?sheet={blind.sheets['reviewer']}"))
    assert marks >= {HANDED_IN, SCORE}  # in the desk
    assert OPEN not in marks
    desk.page.context.close()
