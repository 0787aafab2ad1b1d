"""Server time of every page over a database of real size, for the roles that open it.

The database is `review.bench.years`: 10,000 cases and 300,000 item scores, with a round of 150
files and 15 experts in each state that pages show. A page is run as Streamlit runs it, without
browser and network; the first run of a session is counted with the others. The same again on ten
times the rows shows how it grows.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import streamlit as st
from sqlalchemy import Engine
from sqlmodel import col, select
from streamlit.runtime.state.session_state import SessionState
from streamlit.testing.v1 import AppTest

from review.bench.years import Years, fill
from review.db.accounts import Role
from review.db.session import engine_for, reading
from review.panels.tables import Assignment
from review.planning.tables import RoundCase, RoundState
from review.scoring.tables import ScoreSheet
from review.services.access import Actor
from review.services.migrate import migrate
from review.settings import settings
from review.ui import session as ui_session
from review.ui.pages import PAGES, PageSpec, script_path

MAIN = Path(__file__).parents[1] / "ui" / "main.py"
LIMIT_MS = 300
PATIENCE_SECONDS = 30
"""How long a page may take before it is given up."""
OF_ROUND = {
    "rounds/comparison": RoundState.DELIBERATING,
    "findings/findings": RoundState.OBJECTING,
    "rounds/results": RoundState.OBJECTING,
    "rounds/objections": RoundState.OBJECTING,
    "findings/rectification": RoundState.RECTIFYING,
}
"""The round with which a page is opened; the others show the one that is being scored."""


@dataclass(frozen=True, slots=True)
class PageTime:
    """Milliseconds of the runs of one page for one role; `failed` is what the page said if so."""

    script: str
    role: Role
    runs_ms: tuple[float, ...]
    failed: str = ""

    @property
    def p95_ms(self) -> float:
        """The 95th percentile."""
        return statistics.quantiles(self.runs_ms, n=20, method="inclusive")[-1]


@dataclass(frozen=True, slots=True)
class Size:
    """What was measured on one database of one size."""

    database: str
    rows: Mapping[str, int]
    pages: tuple[PageTime, ...]


def _address(engine: Engine, made: Years, spec: PageSpec, actor: Actor) -> dict[str, int]:
    """The ids in the address of a page: as it is opened from a list."""
    if spec.script in {"cases/case", "cases/arrange"}:
        return {"case": _own_case(engine, made, actor)}
    if spec.script == "review/scoring":
        return {"sheet": _own_sheet(engine, made, actor)} if _is_scorer(actor) else {}
    address = {"round": made.rounds[OF_ROUND.get(spec.script, RoundState.SCORING)]}
    if spec.script == "rounds/comparison":
        address["drawn"] = _first_drawn(engine, address["round"])
    return address


def _is_scorer(actor: Actor) -> bool:
    return actor.role in {Role.REVIEWER, Role.EXPERT}


def _first_drawn(engine: Engine, round_id: int) -> int:
    with reading(engine) as session:
        return session.exec(select(RoundCase.id).where(RoundCase.round_id == round_id)).first() or 0


def _own(engine: Engine, made: Years, actor: Actor) -> tuple[int, int]:
    """A sheet of the actor's in the round that is being scored, and its case."""
    with reading(engine) as session:
        found = session.exec(
            select(ScoreSheet.id, ScoreSheet.case_id)
            .join(Assignment, col(Assignment.id) == col(ScoreSheet.assignment_id))
            .join(RoundCase, col(RoundCase.id) == col(Assignment.round_case_id))
            .where(
                RoundCase.round_id == made.rounds[RoundState.SCORING],
                ScoreSheet.scorer_id == actor.user_id,
            )
        ).first()
    return (found[0] or 0, found[1]) if found else (0, made.case_id)


def _own_sheet(engine: Engine, made: Years, actor: Actor) -> int:
    return _own(engine, made, actor)[0]


def _own_case(engine: Engine, made: Years, actor: Actor) -> int:
    return _own(engine, made, actor)[1] if _is_scorer(actor) else made.case_id


def _timed(spec: PageSpec, actor: Actor, address: Mapping[str, int], runs: int) -> PageTime:
    with (
        patch.object(ui_session, "provider", lambda: actor),
        # AppTest keeps the format functions of widgets in the session, which cannot be pickled.
        patch.object(SessionState, "maybe_check_serializable", lambda _self: None),
    ):
        app = AppTest.from_file(str(MAIN), default_timeout=PATIENCE_SECONDS)
        app.run()
        for name, value in address.items():
            app.query_params[name] = str(value)
        app.switch_page(str(script_path(spec.script)))
        spent = []
        for _run in range(runs):
            began = time.perf_counter()
            try:
                app.run()
            except RuntimeError:  # a page that does not end is a result, not the end of the table
                endless = (PATIENCE_SECONDS * 1000.0,) * 2
                return PageTime(spec.script, actor.role, endless, "does not end")
            spent.append((time.perf_counter() - began) * 1000)
        said = [each.value for each in (*app.exception, *app.error)]
    return PageTime(spec.script, actor.role, tuple(spent), said[0] if said else "")


def measure(*, years: int = 2, runs: int = 20, seed: int = 1, url: str = "") -> Size:
    """Fill a database and run every page for every role that it is offered to.

    Args:
        years: closed years in the database, beside the current one; see `review.bench.years`.
        runs: of each page and role.
        seed: of the invented rows.
        url: of an empty database; empty takes SQLite in a folder that is removed afterwards.
    """
    with tempfile.TemporaryDirectory() as home:
        changed = {"CASE_REVIEW_HOME": home} | ({"CASE_REVIEW_DATABASE_URL": url} if url else {})
        with patch.dict(os.environ, changed):
            settings.cache_clear()
            st.cache_resource.clear()
            try:
                migrate(settings().url)
                engine = engine_for(settings().url)
                made = fill(engine, years=years, seed=seed)
                pages = tuple(
                    _timed(spec, actor, _address(engine, made, spec, actor), runs)
                    for spec in PAGES
                    for role, actor in made.actors.items()
                    if role in spec.roles
                )
                engine.dispose()
            finally:
                settings.cache_clear()
                st.cache_resource.clear()
    return Size(engine.dialect.name, made.rows, pages)


def report(sizes: tuple[Size, ...]) -> str:
    """A table for each database: median and 95th percentile by page and role."""
    return "\n\n".join("\n".join(_table(size)) for size in sizes)


def _table(size: Size) -> Iterator[str]:
    yield f"{size.database}: {size.rows['case']} cases, {size.rows['itemscore']} item scores"
    yield f"{'page':<26}{'role':<15}{'median ms':>10}{'p95 ms':>9}"
    for page in sorted(size.pages, key=lambda each: -each.p95_ms):
        median = statistics.median(page.runs_ms)
        over = "  over 300" if page.p95_ms > LIMIT_MS else ""
        failed = f"  failed: {page.failed[:80]}" if page.failed else ""
        yield f"{page.script:<26}{page.role:<15}{median:>10.0f}{page.p95_ms:>9.0f}{over}{failed}"
    slow = sum(page.p95_ms > LIMIT_MS for page in size.pages)
    yield f"{len(size.pages)} pages and roles, {slow} over {LIMIT_MS} ms"
