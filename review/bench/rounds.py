"""Server time of every page over a database of real size, for the roles that open it.

The database is `review.bench.years`: 10,000 cases and 300,000 item scores, with a round of 150
files and 15 experts in each state that pages show; ten times that shows how a page grows. A page
is run as Streamlit runs it, without browser and network. Each visit opens another round, case or
sheet. The first visit of all, which loads modules and checklists, is told apart.

What counts is processor time, since other work on the machine does not change it as it changes
the time of the clock; on a PostgreSQL started here, the time of the database's own processes is
counted with it.
"""

from __future__ import annotations

import gc
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from unittest.mock import patch

import streamlit as st
from sqlalchemy import Engine
from sqlmodel import col, select
from streamlit.runtime.state.session_state import SessionState
from streamlit.testing.v1 import AppTest

from review.bench.own_postgres import own_postgres
from review.bench.years import Years, fill
from review.common.memory import set_loaded_apart
from review.db.accounts import Role
from review.db.session import engine_for, reading
from review.panels.tables import Assignment
from review.planning.tables import Round, RoundCase, RoundState
from review.scoring.tables import ScoreSheet
from review.services.access import Actor
from review.services.migrate import migrate
from review.settings import settings
from review.ui import session as ui_session
from review.ui.pages import PAGES, PageSpec, script_path

MAIN = Path(__file__).parents[1] / "ui" / "main.py"
LIMIT_MS = 300
PATIENCE_SECONDS = 120
"""How long a page may take by the clock before it is given up."""

OWN = "own"
"""Instead of an address: a PostgreSQL that is started for the measurement."""

Address = Mapping[str, int]
Clock = Callable[[], float]
"""Processor time so far, in seconds."""


@dataclass(frozen=True, slots=True)
class PageTime:
    """Milliseconds of the visits of one page by one role; `failed` is what the page said if so.

    `cpu_ms` and `clock_ms` are in the order of the visits, without the first one.
    """

    script: str
    role: Role
    first_ms: float
    cpu_ms: tuple[float, ...]
    clock_ms: tuple[float, ...]
    failed: str = ""

    @property
    def median_ms(self) -> float:
        """The processor time of the visit in the middle."""
        return statistics.median(self.cpu_ms)

    @property
    def p95_ms(self) -> float:
        """The 95th percentile of processor time."""
        return statistics.quantiles(self.cpu_ms, n=20, method="inclusive")[-1]

    @property
    def clock_p95_ms(self) -> float:
        """The same by the clock."""
        return statistics.quantiles(self.clock_ms, n=20, method="inclusive")[-1]


@dataclass(frozen=True, slots=True)
class Size:
    """What was measured on one database of one size; `load` before and after."""

    database: str
    rows: Mapping[str, int]
    pages: tuple[PageTime, ...]
    load: tuple[float, float]
    filled_in: float


class _Addresses:
    """The ids in the addresses of pages: what a person would open from a list, one by one."""

    def __init__(self, engine: Engine, made: Years) -> None:
        self._engine = engine
        self._made = made
        under_way = list(made.rounds.values())
        self._drawn = self._ids(
            select(RoundCase.id, RoundCase.case_id)
            .where(RoundCase.round_id == made.rounds[RoundState.DELIBERATING])
            .order_by(col(RoundCase.id))
        )
        self._with_results = [
            made.rounds[RoundState.OBJECTING],
            *self._rounds(RoundState.RECTIFYING, RoundState.CLOSED),
        ]
        self._all = [*under_way, *self._rounds(RoundState.CLOSED)]

    def _ids(self, query: object) -> list[tuple[int, int]]:
        with reading(self._engine) as session:
            return [(one or 0, two) for one, two in session.exec(query)]  # type: ignore[call-overload]  # any query of two ids

    def _rounds(self, *states: RoundState) -> list[int]:
        query = select(Round.id).where(col(Round.state).in_(states)).order_by(col(Round.id).desc())
        with reading(self._engine) as session:
            return [each or 0 for each in session.exec(query)]

    def _sheets(self, actor: Actor) -> list[tuple[int, int]]:
        """The actor's sheets of the round that is being scored, with their cases."""
        return self._ids(
            select(ScoreSheet.id, ScoreSheet.case_id)
            .join(Assignment, col(Assignment.id) == col(ScoreSheet.assignment_id))
            .join(RoundCase, col(RoundCase.id) == col(Assignment.round_case_id))
            .where(
                RoundCase.round_id == self._made.rounds[RoundState.SCORING],
                ScoreSheet.scorer_id == actor.user_id,
            )
            .order_by(col(ScoreSheet.id))
        )

    def of(self, spec: PageSpec, actor: Actor) -> Sequence[Address]:
        """The addresses of a page for a person, opened in turn; an empty one where it has none."""
        is_scorer = actor.role in {Role.REVIEWER, Role.EXPERT}
        own = self._sheets(actor) if is_scorer else []
        match spec.script:
            case "cases/case" | "cases/arrange":
                return [{"case": case_id} for _, case_id in own or self._drawn]
            case "review/scoring":
                return [{"sheet": sheet_id} for sheet_id, _ in own] or [{}]
            case "rounds/comparison":
                round_id = self._made.rounds[RoundState.DELIBERATING]
                return [{"round": round_id, "drawn": drawn_id} for drawn_id, _ in self._drawn]
            case "rounds/rounds":
                return [{}, *({"round": each} for each in self._all)]
            case "findings/findings" | "rounds/results":
                return [{"round": each} for each in self._with_results]
            case _:
                return [{}]


def _opened(app: AppTest, address: Address) -> None:
    """Set the address, as when a person opens another row."""
    app.query_params.clear()
    for name, value in address.items():
        app.query_params[name] = str(value)


def _timed(
    spec: PageSpec, actor: Actor, addresses: Sequence[Address], visits: int, clock: Clock
) -> PageTime:
    with (
        patch.object(ui_session, "provider", lambda: actor),
        # AppTest keeps the format functions of widgets in the session, which cannot be pickled.
        patch.object(SessionState, "maybe_check_serializable", lambda _self: None),
    ):
        app = AppTest.from_file(str(MAIN), default_timeout=PATIENCE_SECONDS)
        app.run()
        app.switch_page(str(script_path(spec.script)))
        cpu: list[float] = []
        clocked: list[float] = []
        failed = ""
        for address in islice(cycle(addresses), visits + 1):
            _opened(app, address)
            began, cpu_began = time.perf_counter(), clock()
            try:
                app.run()
            except RuntimeError:  # a page that does not end is a result, not the end of the table
                endless = (PATIENCE_SECONDS * 1000.0,) * 2
                return PageTime(spec.script, actor.role, endless[0], endless, endless, "endless")
            cpu.append((clock() - cpu_began) * 1000)
            clocked.append((time.perf_counter() - began) * 1000)
            said = [each.value for each in (*app.exception, *app.error)]
            failed = failed or (said[0] if said else "")
    return PageTime(spec.script, actor.role, cpu[0], tuple(cpu[1:]), tuple(clocked[1:]), failed)


def measure(*, times: int = 1, visits: int = 20, seed: int = 1, postgresql: str = "") -> Size:
    """Fill a database and visit every page for every role that it is offered to.

    Args:
        times: how many times 10,000 cases and 300,000 item scores.
        visits: of each page and role, after a first one.
        seed: of the invented rows.
        postgresql: URL of an empty database, or `own` for one that is started here; empty takes
            SQLite in a folder that is removed afterwards.
    """
    with ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory())
        changed = {"CASE_REVIEW_HOME": home}
        clock: Clock = time.process_time
        if postgresql == OWN:
            server = stack.enter_context(own_postgres())
            changed["CASE_REVIEW_DATABASE_URL"] = server.url
            clock = lambda: time.process_time() + server.cpu_seconds()  # noqa: E731 - read below
        elif postgresql:
            changed["CASE_REVIEW_DATABASE_URL"] = postgresql
        stack.enter_context(patch.dict(os.environ, changed))
        settings.cache_clear()
        st.cache_resource.clear()
        stack.callback(settings.cache_clear)
        stack.callback(st.cache_resource.clear)
        load = os.getloadavg()[0]
        began = clock()
        migrate(settings().url)
        engine = engine_for(settings().url)
        stack.callback(engine.dispose)
        made = fill(engine, years=3 * times - 1, seed=seed)
        filled_in = clock() - began
        addresses = _Addresses(engine, made)
        stack.callback(gc.set_threshold, *gc.get_threshold())
        stack.callback(gc.unfreeze)
        set_loaded_apart()  # as the server does
        pages = tuple(
            _timed(spec, actor, addresses.of(spec, actor), visits, clock)
            for spec in PAGES
            for role, actor in made.actors.items()
            if role in spec.roles
        )
        loads = (load, os.getloadavg()[0])
        return Size(engine.dialect.name, made.rows, pages, loads, filled_in)


def report(sizes: Sequence[Size]) -> str:
    """A table for each database; after the first, with how many times the first a page took."""
    first = {(page.script, page.role): page.median_ms for page in sizes[0].pages}
    return "\n\n".join(
        "\n".join(_table(size, first if size is not sizes[0] else {})) for size in sizes
    )


def _table(size: Size, first: Mapping[tuple[str, Role], float]) -> Iterator[str]:
    yield (
        f"{size.database}: {size.rows['case']} cases, {size.rows['itemscore']} item scores; "
        f"filled in {size.filled_in:.0f} s of processor time; "
        f"load {size.load[0]:.1f} before, {size.load[1]:.1f} after"
    )
    grown = f"{'times':>7}" if first else ""
    yield (
        f"{'page (ms of processor time)':<28}{'role':<14}{'first':>7}{'median':>8}{'p95':>7}"
        f"{'most':>7}{'p95 clock':>11}{grown}"
    )
    for page in sorted(size.pages, key=lambda each: -each.p95_ms):
        over = f"  over {LIMIT_MS}" if page.p95_ms > LIMIT_MS else ""
        failed = f"  said: {page.failed[:60]}" if page.failed else ""
        before = first.get((page.script, page.role))
        ratio = f"{page.median_ms / before:>7.1f}" if before else ""
        yield (
            f"{page.script:<28}{page.role:<14}{page.first_ms:>7.0f}{page.median_ms:>8.0f}"
            f"{page.p95_ms:>7.0f}{max(page.cpu_ms):>7.0f}{page.clock_p95_ms:>11.0f}"
            f"{ratio}{over}{failed}"
        )
    slow = sum(page.p95_ms > LIMIT_MS for page in size.pages)
    yield f"{len(size.pages)} pages and roles, {slow} over {LIMIT_MS} ms"
