"""Arranging papers in a browser: chosen pages, joining, undoing; a page per paper at all times."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Bench, sign_in

pytestmark = pytest.mark.browser
PATIENCE_MS = 60_000


def test_papers_are_joined_and_parted_again(page: Page, bench: Bench):
    sign_in(page, bench.url, "regulations", f"/arrange?case={bench.scene.case_id}")
    papers = page.locator(".papers .paper")
    leaves = page.locator(".papers .page")
    expect(papers.first).to_be_visible(timeout=PATIENCE_MS)
    many, pages = papers.count(), leaves.count()
    assert pages == len(bench.scene.pages)
    leaves.nth(1).click()
    expect(leaves.nth(1)).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("已选 1 页")).to_be_visible(timeout=PATIENCE_MS)
    papers.nth(1).get_by_text("并入上一份").click()
    expect(papers).to_have_count(many - 1, timeout=PATIENCE_MS)
    expect(leaves).to_have_count(pages)
    page.get_by_role("button", name="撤销上一步").click()
    expect(papers).not_to_have_count(many - 1, timeout=PATIENCE_MS)
    expect(leaves).to_have_count(pages)
    expect(page.get_by_role("button", name="撤销上一步")).to_be_disabled(timeout=PATIENCE_MS)
