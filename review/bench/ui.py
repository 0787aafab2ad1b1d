"""Click to saved on the review page, against the same sheet as a plain rerun page, in one run.

Both save through the same service into the same database, on the same machine, one after the other.
The time is taken in the browser: from the click to the moment at which the page knows that the
server has the score.
"""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page, sync_playwright
from sqlmodel import col, select

from review.db.accounts import User
from review.db.session import engine_for, reading
from review.scoring.tables import ItemScore, ScoreSheet, SheetState
from review.services import demo
from review.services.accounts import sign_in

ROOT = Path(__file__).parents[2]
WARM_UP = 5
"""Clicks of each kind that are not counted."""

CLICK_ON_THE_DESK = """async (index) => {
  const root = document.querySelector('[data-testid=stBidiComponentIsolated]').shadowRoot;
  const row = root.querySelectorAll('.row')[index];
  const button = row.querySelectorAll('[data-result]')[1];
  const plain = window.fetch;
  const began = performance.now();
  const saved = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('not saved within 10 s')), 10000);
    window.fetch = async (...request) => {
      const answer = await plain(...request);
      if (String(request[0]).includes('/api/score') && answer.ok)
        resolve(performance.now() - began);
      return answer;
    };
  });
  button.click();
  return saved.finally(() => { window.fetch = plain; });
}"""

CLICK_ON_THE_RERUN_PAGE = """async (index) => {
  const groups = document.querySelectorAll('[data-testid=stButtonGroup]');
  const buttons = [...groups[index].querySelectorAll('button')];
  const wanted = buttons[1];
  const number = () => Number((/saved (\\d+)/.exec(document.body.innerText) ?? [0, -1])[1]);
  const before = number();
  const began = performance.now();
  const saved = new Promise((resolve) => {
    const watch = new MutationObserver(() => {
      if (number() > before) { watch.disconnect(); resolve(performance.now() - began); }
    });
    watch.observe(document.body, {characterData: true, childList: true, subtree: true});
  });
  wanted.click();
  return saved;
}"""


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds from click to saved, one a click."""

    desk: tuple[float, ...]
    rerun: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """How many times faster the desk is, by medians."""
        return statistics.median(self.rerun) / statistics.median(self.desk)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _server(arguments: list[str], home: Path, folder: Path) -> Iterator[str]:
    """Run `streamlit run` with `arguments` in `folder`; gives its URL once it answers."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", arguments[0], "--server.port", str(port),
         "--server.address", "127.0.0.1", "--server.headless", "true",
         "--browser.gatherUsageStats", "false", "--", *arguments[1:]],
        cwd=folder,
        env={**os.environ, "CASE_REVIEW_HOME": str(home), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _attempt in range(300):
            try:
                urllib.request.urlopen(f"{url}/_stcore/health", timeout=2).close()
            except urllib.error.HTTPError:
                break  # the gate answers: the server is up
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
            else:
                break
        yield url
    finally:
        process.terminate()
        process.wait(30)


def _open_sheet(home: Path) -> tuple[int, str]:
    """An open ordinary sheet on which nothing is scored, and its scorer's login."""
    with reading(engine_for(f"sqlite:///{home / 'case-review.db'}")) as session:
        sheet = session.exec(
            select(ScoreSheet)
            .where(ScoreSheet.state == SheetState.OPEN)
            .where(col(ScoreSheet.edition).startswith("penalty-ordinary/"))
            .where(col(ScoreSheet.id).not_in(select(ItemScore.sheet_id)))
            .limit(1)
        ).one()
        user = session.get_one(User, sheet.scorer_id)
        return sheet.id or 0, user.login


def _desk(page: Page, url: str, login: str, sheet: int, clicks: int) -> list[float]:
    page.goto(f"{url}/sign-in?next={quote(f'/scoring?sheet={sheet}', safe='')}")
    page.fill("#login", login)
    page.fill("#password", demo.PASSWORD)
    page.click("form[action='/sign-in'] button")
    page.wait_for_selector(".desk .row.is-current", timeout=60_000)
    times = [float(page.evaluate(CLICK_ON_THE_DESK, index)) for index in range(WARM_UP + clicks)]
    return times[WARM_UP:]


def _rerun(page: Page, url: str, clicks: int, rows: int) -> list[float]:
    page.goto(url)
    page.wait_for_function(
        "(rows) => document.querySelectorAll('[data-testid=stButtonGroup]').length >= rows",
        arg=rows,
        timeout=60_000,
    )
    times = []
    for index in range(WARM_UP + clicks):
        times.append(float(page.evaluate(CLICK_ON_THE_RERUN_PAGE, index)))
        page.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')")
    return times[WARM_UP:]


def measure(clicks: int = 30, samples: Path | None = None) -> Times:
    """Both variants, `clicks` each, on a fresh home with the sample round.

    `samples`: a home that holds the samples already; it is copied, not written to.
    """
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder) / "home"
        if samples is None:
            subprocess.run(
                [sys.executable, "-m", "review", "demo"],
                check=True,
                cwd=ROOT,
                env={**os.environ, "CASE_REVIEW_HOME": str(home)},
                stdout=subprocess.DEVNULL,
            )
        else:
            shutil.copytree(samples, home)
        sheet, login = _open_sheet(home)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1600, "height": 900})
        with _server(["app.py"], home, ROOT) as url:
            desk = _desk(page, url, login, sheet, clicks)
        page = browser.new_page(viewport={"width": 1600, "height": 900})
        token = _signed_in(home, login)
        script = str(ROOT / "review/bench/rerun_page.py")
        with _server([script, token, str(sheet)], home, Path(folder)) as url:
            rerun = _rerun(page, url, clicks, WARM_UP + clicks)
        browser.close()
    return Times(tuple(desk), tuple(rerun))


def _signed_in(home: Path, login: str) -> str:
    _actor, token, _must_change = sign_in.sign_in(
        engine_for(f"sqlite:///{home / 'case-review.db'}"),
        login=login,
        password=demo.PASSWORD,
        address="127.0.0.1",
    )
    return token


def report(times: Times) -> str:
    """Medians, 95th percentiles and the ratio, as plain text."""
    lines = [f"{'click to saved, ms':<34}{'median':>10}{'p95':>10}{'clicks':>8}"]
    for name, values in (("review desk, own route", times.desk), ("plain rerun page", times.rerun)):
        ordered = sorted(values)
        p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
        lines.append(f"{name:<34}{statistics.median(values):>10.1f}{p95:>10.1f}{len(values):>8}")
    lines.append(f"the desk is {times.ratio:.1f} times faster (medians)")
    return "\n".join(lines)
