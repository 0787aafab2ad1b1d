"""A real server on a free port with a home of its own, and Chromium in front of it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sqlalchemy import Engine

from review.db.session import engine_for
from review.services.migrate import migrate
from review.settings import settings
from tests.browser import scene as scenes
from tests.browser.wire import attach

ROOT = Path(__file__).parents[2]
CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
STARTS_WITHIN_S = 300


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A running workbench."""

    url: str
    home: Path
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def engine(self) -> Engine:
        return engine_for(f"sqlite:///{self.home / 'case-review.db'}")

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def environment(home: Path, checklists: Path | None) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("CASE_REVIEW_")}
    own |= {"CASE_REVIEW_HOME": str(home), "PYTHONUTF8": "1"}
    if checklists is not None:
        own["CASE_REVIEW_CHECKLISTS"] = str(checklists)
    return own


def start_server(
    home: Path, checklists: Path | None = None, *, runner: str = "streamlit"
) -> Server:
    """Start `streamlit run app.py` on `home` and wait until it answers.

    `runner` is the module that stands in for streamlit's command, where it has to prepare more.
    """
    port = free_port()
    log = home / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", runner, "run", "app.py", "--server.port", str(port)],
            cwd=ROOT,
            env=environment(home, checklists),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    server = Server(f"http://127.0.0.1:{port}", home, process, log)
    deadline = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"{server.url}/healthz", timeout=2).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return server
    server.stop()
    raise AssertionError(f"the server did not start:\n{log.read_text('utf-8')[-4000:]}")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    assert CHROMIUM, "Chromium is needed: `make test` installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--force-color-profile=srgb"]
        )
        yield browser
        browser.close()


@dataclass
class Bench:
    """A server with the scene of `scene.py` in it."""

    server: Server
    scene: scenes.Scene

    @property
    def url(self) -> str:
        return self.server.url

    @property
    def engine(self) -> Engine:
        return self.server.engine


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """The scene, built once a module: a sheet for `reviewer`, another for `second`."""
    home = tmp_path_factory.mktemp("home")
    checklists = home / "checklists"
    scenes.write_checklists(checklists, ROOT / "checklists")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASE_REVIEW_HOME", str(home))
        patch.setenv("CASE_REVIEW_CHECKLISTS", str(checklists))
        settings.cache_clear()
        migrate(settings().url)
        built = scenes.build(engine_for(settings().url))
    settings.cache_clear()
    server = start_server(home, checklists)
    yield Bench(server, built)
    server.stop()
    server.engine.dispose()


@pytest.fixture
def context(chromium: Browser, bench: Bench) -> Iterator[BrowserContext]:
    """A fresh browser profile; a request to anywhere else than the server fails the test."""
    made = chromium.new_context(viewport={"width": 1600, "height": 900}, locale="zh-CN")
    strangers: list[str] = []
    made.on(
        "request",
        lambda request: (
            strangers.append(request.url)
            if not request.url.startswith((bench.url, "blob:", "data:"))
            else None
        ),
    )
    yield made
    made.close()
    assert strangers == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    page = context.new_page()
    attach(page)
    page.set_default_timeout(120_000)
    return page


def sign_in(page: Page, url: str, login: str, to: str = "/") -> None:
    """Sign in and go on to `to`."""
    page.goto(f"{url}/sign-in?next={quote(to, safe='')}")
    page.fill("#login", login)
    page.fill("#password", scenes.PASSWORD)
    page.click("form[action='/sign-in'] button")


def open_desk(page: Page, bench: Bench, login: str = "reviewer", sheet: int | None = None) -> None:
    """Sign in and open a score sheet; ends when its rows are drawn."""
    number = sheet or bench.scene.sheet_id
    sign_in(page, bench.url, login, f"/scoring?sheet={number}")
    page.wait_for_selector(".desk .row.is-current")
