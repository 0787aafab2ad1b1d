"""Pictures of every page in both languages and themes: `python -m tests.browser.shots build/shots`.

They are taken from the samples: from a home folder given with --home, or from one made for it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from review.checks.tables import CheckRow
from review.db.accounts import Role, User
from review.findings.tables import Finding
from review.planning.tables import Round
from review.rectification.tables import RectificationList
from review.scoring.tables import ItemScore, ScoreSheet, SheetState
from review.services.demo import PASSWORD
from review.ui.pages import PAGES
from tests.browser.conftest import CHROMIUM, ROOT, Server, environment, start_server

LANGUAGES = ("zh", "en")
THEMES = ("light", "dark")
WIDE, SMALL = (1600, 900), (1280, 720)
PEOPLE = {
    Role.REGULATIONS: "regulations",
    Role.ADMINISTRATOR: "admin",
    Role.REVIEWER: "reviewer1",
    Role.EXPERT: "expert1",
    Role.UNIT: "unit1",
    Role.LEADER: "leader",
}
"""Whose picture of a page is taken: the first of these that may open it."""

SETTLES_MS = 700
"""What canvas tables and images need after the script has ended."""


@dataclass(frozen=True)
class Shot:
    """One picture: whose page, where, and what to do before it is taken."""

    name: str
    login: str
    path: str
    prepare: Callable[[Page], None] | None = None
    size: tuple[int, int] = WIDE


def _press(*keys: str) -> Callable[[Page], None]:
    def pressing(page: Page) -> None:
        for key in keys:
            page.keyboard.press(key)

    return pressing


def _proposal(page: Page) -> None:
    """Go to the first item for which a deduction is proposed and show its evidence."""
    page.wait_for_selector(".desk .row.is-current")
    badge = page.locator(
        '.row:has(.place), .row:has(.proposal-badge[data-result="partly_met"]:not([hidden])), '
        '.row:has(.proposal-badge[data-result="not_met"]:not([hidden]))'
    ).first
    if badge.count():
        badge.locator(".item-title").click()
        page.keyboard.press("v")


def _select_row(page: Page) -> None:
    """Select the first row of the first table."""
    table = page.get_by_test_id("stDataFrame").first
    box = table.bounding_box()
    if box:
        page.mouse.click(box["x"] + 20, box["y"] + 35 + 17)


def shots(engine: Engine) -> list[Shot]:
    """All pictures for what the database holds."""
    with Session(engine) as session:
        sheet = session.exec(
            select(ScoreSheet, User.login)
            .join(User, col(User.id) == col(ScoreSheet.scorer_id))
            .where(ScoreSheet.state == SheetState.OPEN)
            .outerjoin(ItemScore, col(ItemScore.sheet_id) == col(ScoreSheet.id))
            .join(CheckRow, col(CheckRow.case_id) == col(ScoreSheet.case_id))
            .where(CheckRow.outcome == "fail")
            .group_by(col(ScoreSheet.id), col(User.login))
            .order_by(func.count(col(ItemScore.id)).desc())
        ).first()
        submitted = session.exec(
            select(ScoreSheet.id).where(ScoreSheet.state == SheetState.SUBMITTED)
        ).first()
        case_id = session.exec(
            select(CheckRow.case_id)
            .where(CheckRow.outcome == "fail")
            .group_by(col(CheckRow.case_id))
            .order_by(func.count(col(CheckRow.id)).desc())
        ).first()
        round_id = (
            session.exec(select(Finding.round_id).group_by(col(Finding.round_id))).first()
            or session.exec(select(Round.id)).first()
        )
        list_id = session.exec(select(RectificationList.id)).first()
    taken = [
        *(
            Shot(f"{number:02}-{spec.url.replace('_', '-')}", PEOPLE[role], f"/{spec.url}")
            for number, spec in enumerate(PAGES, 1)
            if not spec.is_hidden
            for role in [next(role for role in PEOPLE if role in spec.roles)]
        ),
        Shot("30-case", "regulations", f"/case?case={case_id}"),
        Shot("31-arrange", "regulations", f"/arrange?case={case_id}"),
        Shot("32-round", "regulations", f"/rounds?round={round_id}"),
        Shot("33-finding", "regulations", "/findings", _select_row),
        Shot("34-list", "regulations", f"/rectification?list={list_id}", _select_row),
        Shot("35-law-text", "regulations", "/law", _select_row),
        Shot("36-list-of-the-unit", "unit1", f"/rectification?list={list_id}"),
        *(
            Shot(f"37-my-work-{role}", login, "/")
            for role, login in PEOPLE.items()
            if role is not Role.REGULATIONS
        ),
        Shot("38-dashboards-leader", "leader", "/dashboards"),
        Shot("39-comparison-expert", "expert1", "/comparison"),
    ]
    if sheet is not None:
        opened, login = sheet
        path = f"/scoring?sheet={opened.id}"
        taken += [
            Shot("40-review", login, path, _proposal),
            Shot("41-review-1280", login, path, _proposal, SMALL),
            Shot("42-review-keys", login, path, _press("?")),
            Shot("43-review-submit", login, path, lambda page: page.locator(".submit").click()),
        ]
    if submitted is not None:
        taken.append(
            Shot("44-review-submitted", "regulations", f"/scoring?sheet={submitted}", _proposal)
        )
    return taken


def settled(page: Page) -> None:
    """Wait until the page's script has ended and what it drew is on the screen."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_selector('[data-testid="stSkeleton"]', state="detached")
    page.wait_for_timeout(SETTLES_MS)


def _context(browser: Browser, theme: str) -> BrowserContext:
    return browser.new_context(
        viewport={"width": WIDE[0], "height": WIDE[1]}, color_scheme=theme, locale="zh-CN"
    )


def _enter(context: BrowserContext, url: str, login: str, language: str) -> Page:
    page = context.new_page()
    page.goto(f"{url}/sign-in")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.click("form[action='/sign-in'] button")
    page.wait_for_url(f"{url}/")
    context.request.post(
        f"{url}/language", form={"language": language}, headers={"Origin": url}
    ).dispose()
    return page


def take(server: Server, out: Path, names: Sequence[str]) -> list[Path]:
    """Take the pictures whose name contains one of `names` (all without any)."""
    out.mkdir(parents=True, exist_ok=True)
    wanted = [
        each
        for each in shots(server.engine)
        if not names or any(name in each.name for name in names)
    ]
    made: list[Path] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for theme in THEMES:
            for language in LANGUAGES:
                made += _entrance(browser, server.url, out, theme, language)
                for login in dict.fromkeys(each.login for each in wanted):
                    context = _context(browser, theme)
                    page = _enter(context, server.url, login, language)
                    for shot in (each for each in wanted if each.login == login):
                        target = out / f"{shot.name}-{language}-{theme}.png"
                        _one(page, server.url, shot, target)
                        made.append(target)
                    context.close()
        browser.close()
    return made


def _one(page: Page, url: str, shot: Shot, target: Path) -> None:
    page.set_viewport_size({"width": shot.size[0], "height": shot.size[1]})
    page.goto(url + shot.path)
    settled(page)
    if shot.prepare is not None:
        shot.prepare(page)
        settled(page)
    page.screenshot(path=target)


def _entrance(browser: Browser, url: str, out: Path, theme: str, language: str) -> list[Path]:
    context = _context(browser, theme)
    page = context.new_page()
    page.goto(f"{url}/sign-in?lang={quote(language)}")
    target = out / f"00-sign-in-{language}-{theme}.png"
    page.screenshot(path=target)
    context.close()
    return [target]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="folder for the pictures")
    parser.add_argument("--home", type=Path, help="home folder with the samples in it")
    parser.add_argument("--only", nargs="*", default=(), help="parts of names")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="case-review-shots-") as made:
        home = options.home or Path(made)
        if options.home is None:
            command = [sys.executable, "-m", "review", "demo"]
            subprocess.run(command, cwd=ROOT, env=environment(home, None), check=True)
        server = start_server(home)
        try:
            for path in take(server, options.out, options.only):
                sys.stdout.write(f"{path}\n")
        finally:
            server.stop()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
