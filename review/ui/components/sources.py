"""How a component's files become what Streamlit takes: one text each of HTML, CSS and JS."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent


def text_of(folder: str, name: str) -> str:
    """One file of a component."""
    return (HERE / folder / name).read_text("utf-8")


def module_of(folder: str, names: Sequence[str]) -> str:
    """JS files joined to one module, in this order: the last one has the default export.

    Streamlit takes inline JS as a single module, so its parts cannot import each other.
    """
    return "\n".join(text_of(folder, name) for name in names)
