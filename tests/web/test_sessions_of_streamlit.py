"""What a Streamlit session remembers belongs to one person."""

import pytest
from streamlit.testing.v1 import AppTest

from review.db.accounts import Role
from review.services.access import Actor
from review.ui import session as ui_session
from review.web import identity


def script() -> None:
    import streamlit as st

    from review.ui.session import signed_in_actor

    actor = signed_in_actor()
    st.session_state.setdefault("draft", f"of {actor.login}")
    st.text(st.session_state["draft"])


def run_as(app: AppTest, number: int, monkeypatch: pytest.MonkeyPatch) -> str:
    actor = Actor(number, f"person{number}", "样例", Role.REVIEWER)
    monkeypatch.setattr(ui_session, "provider", lambda: actor)
    return app.run().text[0].value


def test_a_session_taken_over_by_somebody_else_remembers_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = AppTest.from_function(script, default_timeout=300)
    assert run_as(app, 1, monkeypatch) == "of person1"
    assert run_as(app, 1, monkeypatch) == "of person1"
    assert run_as(app, 2, monkeypatch) == "of person2"


def test_gate_and_pages_read_the_same_cookie() -> None:
    assert ui_session.COOKIE == identity.COOKIE
