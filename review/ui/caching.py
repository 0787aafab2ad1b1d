"""What is made once a process: the engine. Nothing that depends on a person is ever kept here."""

from __future__ import annotations

import streamlit as st
from sqlalchemy import Engine

from review.db.session import engine_for
from review.settings import settings


@st.cache_resource(show_spinner=False)
def _engine(url: str) -> Engine:
    return engine_for(url)


def database() -> Engine:
    """The engine of this installation's database."""
    return _engine(settings().url)
