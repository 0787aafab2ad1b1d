"""The gate in front of the real Streamlit: plain requests, websockets, other people's pages."""

import re
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from review.db.accounts import Role
from review.ui.pages import PAGES
from review.web.identity import COOKIE
from tests.browser.conftest import Bench, sign_in
from tests.browser.gestures import settle

pytestmark = pytest.mark.browser

STREAMLIT = (
    "/",
    "/scoring",
    "/review/ui/main.py",
    "/pages/admin/users.py",
    "/admin/users",
    "/media/0123456789abcdef0123456789abcdef.png",
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/metrics",
    "/_stcore/agent/openapi.json",
    "/static/js/",
    "/static/../app.py",
    "/favicon.png",
    "/assets/../review/ui/main.py",
    "/assets/%2e%2e/",
)


def status(url: str, **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as told:
            return int(told.status)
    except urllib.error.HTTPError as error:
        return error.code


@pytest.mark.parametrize("path", STREAMLIT)
def test_nothing_of_streamlit_answers_without_a_session(bench: Bench, path: str) -> None:
    assert status(bench.url + path) in {401, 404, 400}
    assert status(bench.url + path) != 200


def handshake(bench: Bench, *, cookie: str = "", origin: str | None = None, host: str = "") -> int:
    """The status with which a websocket is answered; 101 where it opens."""
    address = bench.url.replace("http", "ws") + "/_stcore/stream"
    headers = {"Cookie": f"{COOKIE}={cookie}"} if cookie else {}
    if host:
        headers["Host"] = host
    try:
        with connect(address, origin=origin, additional_headers=headers, proxy=None):
            return 101
    except InvalidStatus as error:
        return error.response.status_code


def test_a_websocket_opens_only_with_a_session_from_this_site(
    page: Page, context: BrowserContext, bench: Bench
) -> None:
    sign_in(page, bench.url, "leader")
    expect(page).to_have_url(f"{bench.url}/")
    cookie = next(each["value"] for each in context.cookies() if each["name"] == COOKIE)
    assert handshake(bench, cookie=cookie, origin=bench.url) == 101
    assert handshake(bench, origin=bench.url) == 403
    assert handshake(bench, cookie="made-up", origin=bench.url) == 403
    assert handshake(bench, cookie=cookie, origin="http://evil.example") == 403
    assert handshake(bench, cookie=cookie) == 403


def test_the_cookie_is_out_of_reach_of_scripts(
    page: Page, context: BrowserContext, bench: Bench
) -> None:
    sign_in(page, bench.url, "leader")
    expect(page).to_have_url(f"{bench.url}/")
    (cookie,) = [each for each in context.cookies() if each["name"] == COOKIE]
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
    assert COOKIE not in page.evaluate("() => document.cookie")


def test_an_open_page_ends_with_its_session(
    page: Page, context: BrowserContext, bench: Bench
) -> None:
    sign_in(page, bench.url, "administrator", "/checklists")
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    other = context.new_page()
    other.goto(f"{bench.url}/")
    other.get_by_role("button", name="退出登录").click()
    expect(other).to_have_url(f"{bench.url}/sign-in")
    page.get_by_test_id("stSidebar").get_by_role("radio").last.click()
    expect(page.get_by_test_id("stMain").get_by_role("link")).to_have_attribute(
        "href", re.compile("/sign-in")
    )
    expect(page.get_by_test_id("stSidebarNav")).to_have_count(0)


def test_pages_of_other_roles_are_not_run_by_their_address(page: Page, bench: Bench) -> None:
    sign_in(page, bench.url, "unit")
    closed = [spec for spec in PAGES if Role.UNIT not in spec.roles]
    assert len(closed) > 5
    for spec in closed:
        page.goto(f"{bench.url}/{spec.url}")
        settle(page)
        expect(page.get_by_test_id("stAlert")).to_contain_text("ACC-002")
        assert page.locator(f'[class*="st-key-{spec.url}-"]').count() == 0, spec.url
