"""The generated pages: complete, current in the repository, and rebuilt when a check changes."""

from __future__ import annotations

from pathlib import Path

from review.checks.catalogue import checks
from review.checks.documentation import pages, stale, write


def test_the_committed_pages_are_current() -> None:
    assert stale() == []


def test_a_changed_page_is_stale_and_a_left_over_page_goes(tmp_path: Path) -> None:
    tables = 3  # overview, coverage, law
    assert len(write(tmp_path)) == len(checks()) + tables
    assert stale(tmp_path) == []
    page = tmp_path / "checks" / "DEC004.md"
    page.write_text("old", "utf-8")
    gone = tmp_path / "checks" / "OLD001.md"
    gone.write_text("old", "utf-8")
    assert stale(tmp_path) == [page, gone]
    assert set(write(tmp_path)) == {page, gone}
    assert not gone.exists()
    assert write(tmp_path) == []


def test_every_check_stands_in_the_overview_with_its_page(tmp_path: Path) -> None:
    made = pages(tmp_path)
    overview = made[tmp_path / "checks.md"]
    for check in checks():
        assert f"(checks/{check.id}.md)" in overview
        page = made[tmp_path / "checks" / f"{check.id}.md"]
        assert check.title.zh in page
        assert check.cannot_see.zh in page
        assert all(number in page for number in check.defects)
