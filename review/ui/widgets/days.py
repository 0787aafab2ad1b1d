"""One way to ask for a day: any from 1990 on, where the widget itself offers ten years around."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

import streamlit as st

EARLIEST, LATEST = date(1990, 1, 1), date(2099, 12, 31)


def day_input(
    label: str,
    value: date | None,
    *,
    key: str,
    place: Any = st,
    help: str | None = None,  # noqa: A002 - the widget's own name
    width: int | Literal["stretch"] = "stretch",
) -> date | None:
    """The day that stands in the field; None where it is empty. `place` is a column or the page."""
    found: date | None = place.date_input(
        label,
        value,
        min_value=EARLIEST,
        max_value=LATEST,
        key=key,
        format="YYYY-MM-DD",
        help=help,
        width=width,
    )
    return found
