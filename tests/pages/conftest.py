"""The pages under test: a small bureau in SQLite, and the workbench as any of its people."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import streamlit as st
from sqlalchemy import Engine
from streamlit.runtime.state.session_state import SessionState
from streamlit.testing.v1 import AppTest

from review.db.accounts import Role, User
from review.db.session import transaction
from review.services import access
from review.services.access import Actor, actor_from
from review.services.accounts import people
from review.ui import session as ui_session

MAIN = Path(__file__).parents[2] / "review" / "ui" / "main.py"


@dataclass
class Bureau:
    """Two reviewed units and one person of each role, by role."""

    engine: Engine
    units: list[int]
    people: dict[Role, Actor] = field(default_factory=dict)

    def __getitem__(self, role: Role) -> Actor:
        return self.people[role]


@pytest.fixture
def bureau(sqlite_engine: Engine) -> Bureau:
    """Units and people, made without the cost of a password for each."""
    console = access.console(Role.ADMINISTRATOR)
    made = Bureau(
        sqlite_engine,
        [
            people.create_unit(sqlite_engine, console, name=name)
            for name in ("样例一大队", "样例二大队")
        ],
    )
    with transaction(sqlite_engine) as session:
        for role in Role:
            user = User(
                login=f"sample-{role}",
                name=f"样例{role}",
                role=role,
                unit_id=made.units[0] if role is Role.UNIT else None,
                password_hash="none",
                must_change_password=False,
            )
            session.add(user)
            session.flush()
            made.people[role] = actor_from(user)
    return made


Workbench = Callable[..., AppTest]


@pytest.fixture
def workbench(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    """Opens a page as somebody: `workbench(role, "cases/case", case=3)`; returns the AppTest."""
    st.cache_resource.clear()
    st.cache_data.clear()
    # AppTest keeps the format functions of widgets in the session, which cannot be pickled.
    monkeypatch.setattr(SessionState, "maybe_check_serializable", lambda _self: None)

    def opened(
        role: Role | None, script: str = "work/my_work", *, language: str = "zh", **address: object
    ) -> AppTest:
        monkeypatch.setattr(ui_session, "provider", lambda: bureau.people[role] if role else None)
        app = AppTest.from_file(str(MAIN), default_timeout=300)
        app.session_state["frame.language"] = language
        for name, value in address.items():
            app.query_params[name] = str(value)
        app.run()
        if script != "work/my_work" and role:
            for name, value in address.items():
                app.query_params[name] = str(value)
            app.switch_page(str(MAIN.parents[2] / "pages" / f"{script}.py")).run()
        return app

    yield opened
    st.cache_resource.clear()
