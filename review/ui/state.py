"""What a browser session remembers, and the ids in its address: keys live here and nowhere else.

Only ids, drafts and small plain values are kept; never rows, engines, frames or document text.
The address carries ids (`?case=12`); they are parsed here and authorised again by the services.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

import streamlit as st

FLASH = "frame.flash"
LANGUAGE = "frame.language"


def key(page: str, *parts: object) -> str:
    """The key of a widget or value: page first, so that two pages never share one."""
    return ".".join((page, *(str(part) for part in parts)))


def session() -> MutableMapping[str, Any]:
    """The session's values by key."""
    return st.session_state  # type: ignore[return-value]  # its keys are str here, by `key()`


def get(name: str, default: Any = None) -> Any:
    """A remembered value."""
    return st.session_state.get(name, default)


def put(name: str, value: Any) -> None:
    """Remember a value until the session ends or it is dropped."""
    st.session_state[name] = value


def drop(*names: str) -> None:
    """Forget values."""
    for name in names:
        st.session_state.pop(name, None)


def drop_all(prefix: str) -> None:
    """Forget every value whose key begins with `prefix`."""
    drop(*(name for name in st.session_state if str(name).startswith(prefix)))


def take(name: str, default: Any = None) -> Any:
    """A remembered value, forgotten by being read."""
    return st.session_state.pop(name, default)


def flash(text: str) -> None:
    """Say `text` once, after the next rerun."""
    put(FLASH, [*get(FLASH, []), text])


def address_id(name: str) -> int | None:
    """An id from the address, or None where there is none or it is not a number."""
    value = st.query_params.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 12 else None


def set_address(**ids: int | str | None) -> None:
    """Put ids into the address; None removes one."""
    for name, value in ids.items():
        if value is None:
            st.query_params.pop(name, None)
        elif st.query_params.get(name) != str(value):
            st.query_params[name] = str(value)
