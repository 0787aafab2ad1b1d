"""One way to draw a table: columns by kind, no None, coloured states, a button to open a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

import pandas as pd
import streamlit as st

from review.i18n import _, language
from review.ui import state
from review.ui.format import MISSING, Colour, Term, day, moment, money, number, word
from review.ui.widgets.widths import Need, widths

Row = TypeVar("Row")
Kind = Literal["text", "day", "moment", "money", "number", "figure", "share", "states", "list"]
Width = Literal["small", "medium", "large"] | int | None
SHADES: dict[Colour, str] = {
    "red": "#f6c8c4",
    "orange": "#fbdab0",
    "yellow": "#f3e7a6",
    "blue": "#c8ddf8",
    "green": "#c4e7ce",
    "violet": "#dccff5",
    "gray": "#dfe4ea",
}
"""Chips carry dark text in both themes, so their ground is always light."""

ROW_HEIGHT = 34
HEADER_HEIGHT = 34
OPEN_WIDTH, SELECT_WIDTH = 72, 36
SHARE_WIDTH = 96


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its heading (drawn text), what it takes from a row, and how that is written.

    `figure` is a number already written out; `share` is one from 0 to 100; `states` needs the
    vocabulary, whose colours it uses.
    """

    heading: str
    value: Callable[[Row], Any]
    kind: Kind = "text"
    width: Width = None
    vocabulary: dict[str, Term] | None = None
    help: str | None = None
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Chosen(Generic[Row]):
    """What a person did in a table: the row that was opened, and the rows that are selected."""

    opened: Row | None = None
    rows: tuple[Row, ...] = ()

    @property
    def one(self) -> Row | None:
        """The selected row, the first where there are several."""
        return self.rows[0] if self.rows else None


def table(
    rows: Sequence[Row],
    columns: Sequence[Column[Row]],
    *,
    key: str,
    opens: str = "",
    selects: bool = False,
    selects_many: bool = False,
    height: int | None = None,
    longest: int = 15,
) -> Chosen[Row]:
    """Draw rows; `opens` is the text of the button that opens a row.

    The height fits the rows up to `longest`, then scrolls.
    """
    names = [f"c{index}" for index in range(len(columns))]
    data: dict[str, list[Any]] = {
        name: [_cell(column, row) for row in rows]
        for name, column in zip(names, columns, strict=True)
    }
    taken = (OPEN_WIDTH if opens else 0) + (SELECT_WIDTH if selects or selects_many else 0)
    needs = [_need(column, data[name]) for name, column in zip(names, columns, strict=True)]
    fitted = widths(needs, taken=taken)
    config: dict[str, Any] = {
        name: _config(column, width)
        for name, column, width in zip(names, columns, fitted, strict=True)
    }
    click = f"{key}.open"
    if opens:
        data["open"] = [f"{opens} ›"] * len(rows)
        config["open"] = st.column_config.ButtonColumn(
            "", type="tertiary", key=click, alignment="right", width=OPEN_WIDTH
        )
    fitting = HEADER_HEIGHT + ROW_HEIGHT * max(1, min(len(rows), longest))
    shown = st.dataframe(
        pd.DataFrame(data),
        hide_index=True,
        column_config=config,
        key=f"{key}.{language()}",  # other words, other widths
        on_select="rerun" if selects or selects_many else "ignore",
        selection_mode="multi-row" if selects_many else "single-row",
        row_height=ROW_HEIGHT,
        height=height or fitting,
        placeholder=MISSING,
        alt=_(", ").join(column.heading for column in columns),
    )
    pressed = state.get(click) if opens else None
    opened = rows[pressed["row"]] if pressed is not None and pressed["row"] < len(rows) else None
    selected = shown.selection.rows if isinstance(shown, dict) else ()
    return Chosen(opened, tuple(rows[index] for index in selected if index < len(rows)))


def _cell(column: Column[Row], row: Row) -> Any:
    value = column.value(row)
    match column.kind:
        case "day":
            return day(value)
        case "moment":
            return moment(value)
        case "money":
            return money(value)
        case "number":
            return number(value)
        case "share":
            return float(value or 0)
        case "states":
            values = value if isinstance(value, list | tuple) else [value]
            return [word(column.vocabulary or {}, each) for each in values]
        case "list":
            return _(", ").join(str(each) for each in value or ()) or MISSING
        case _:
            return MISSING if value is None or value == "" else str(value)


def _need(column: Column[Row], cells: Sequence[Any]) -> Need:
    match column.kind:
        case "share":
            wish = column.width if isinstance(column.width, int) else SHARE_WIDTH
            return Need(column.heading, (), max(wish, SHARE_WIDTH), is_flexible=False)
        case "states":
            chips = max((len(each) for each in cells), default=1)
            return Need(
                column.heading,
                ["".join(each) for each in cells],
                column.width,
                is_flexible=chips > 1,
                chips=chips,
            )
        case _:
            is_flexible = column.kind in ("text", "list")
            return Need(column.heading, cells, column.width, is_flexible)


def _config(column: Column[Row], width: int) -> Any:
    kinds = st.column_config
    common: dict[str, Any] = {"width": width, "help": column.help}
    match column.kind:
        case "money" | "number" | "figure":
            return kinds.TextColumn(column.heading, alignment="right", **common)
        case "share":
            return kinds.ProgressColumn(
                column.heading, min_value=0, max_value=100, format="%d%%", **common
            )
        case "states":
            colours = {_(term.text): term.colour for term in (column.vocabulary or {}).values()}
            return kinds.MultiselectColumn(
                column.heading,
                options=list(colours),
                color=[SHADES[colour] for colour in colours.values()],
                **common,
            )
        case _:
            return kinds.TextColumn(column.heading, pinned=column.pinned, **common)
