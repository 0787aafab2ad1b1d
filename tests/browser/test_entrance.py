"""The entrance in a browser: sign-in, wrong password, first password, language, way out."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Bench, sign_in
from tests.browser.scene import PASSWORD

pytestmark = pytest.mark.browser


def test_signing_in_leads_to_where_one_wanted_to_go(page: Page, bench: Bench) -> None:
    page.goto(f"{bench.url}/checklists")
    expect(page).to_have_url(re.compile(r"/sign-in\?next=%2Fchecklists$"))
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    page.fill("#login", "reviewer")
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{bench.url}/checklists")
    expect(page.get_by_test_id("stSidebar")).to_contain_text("样例reviewer")


def test_a_wrong_password_says_so_and_keeps_the_account(page: Page, bench: Bench) -> None:
    page.goto(f"{bench.url}/sign-in")
    page.fill("#login", "leader")
    page.fill("#password", "not the password")
    page.click("form button")
    expect(page.get_by_role("alert")).to_contain_text("账号或密码不正确")
    expect(page.locator("#login")).to_have_value("leader")
    expect(page.locator("#password")).to_have_value("")


def test_the_entrance_speaks_english(page: Page, bench: Bench) -> None:
    page.goto(f"{bench.url}/sign-in")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.fill("#login", "nobody")
    page.fill("#password", "not the password")
    page.click("form button")
    expect(page.get_by_role("alert")).to_contain_text("Account or password is wrong")


def test_a_first_password_must_be_changed_before_anything_else(page: Page, bench: Bench) -> None:
    sign_in(page, bench.url, "newcomer", "/checklists")
    expect(page).to_have_url(f"{bench.url}/password")
    page.goto(f"{bench.url}/checklists")
    expect(page).to_have_url(f"{bench.url}/password")
    page.fill("#old", PASSWORD)
    page.fill("#new", "a new password 2")
    page.fill("#again", "another password 2")
    page.click("form[action='/password'] button")
    expect(page.get_by_role("alert")).to_be_visible()
    page.fill("#old", PASSWORD)
    page.fill("#new", "a new password 2")
    page.fill("#again", "a new password 2")
    page.click("form[action='/password'] button")
    expect(page).to_have_url(f"{bench.url}/")
    expect(page.get_by_test_id("stSidebar")).to_contain_text("样例newcomer")


def test_signing_out_ends_the_session(page: Page, bench: Bench) -> None:
    sign_in(page, bench.url, "expert", "/checklists")
    page.get_by_role("button", name="退出登录").click()
    expect(page).to_have_url(f"{bench.url}/sign-in")
    page.goto(f"{bench.url}/checklists")
    expect(page).to_have_url(re.compile("/sign-in"))
