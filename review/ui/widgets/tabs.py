"""Tabs of which only the open one is drawn, so that a page costs what is looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from review.i18n import language


def tabs(parts: Mapping[str, Callable[[], None]], *, key: str) -> None:
    """Draw tabs: the title of each and what draws it; the first is open at first."""
    opened = st.tabs(list(parts), key=f"{key}.{language()}", on_change="rerun")
    for tab, draw in zip(opened, parts.values(), strict=True):
        if tab.open:
            with tab:
                draw()
