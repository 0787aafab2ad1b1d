"""A waiver list as a workbook: what is written here is read back the same."""

from __future__ import annotations

import io
from datetime import UTC, datetime, time

from xlsxwriter import Workbook

from review.law.waiver_changes import provisions
from review.law.waiver_list import LIMB_WORDS, NEED_WORDS, WaiverItem, WaiverList
from review.law.waiver_workbook import TITLES

WIDTHS = {
    "number": 6,
    "field": 14,
    "name": 42,
    "wordings": 24,
    "violated": 24,
    "basis": 24,
    "limb": 8,
    "conditions": 56,
    "look_back": 12,
    "area": 14,
    "days": 10,
    "papers": 28,
    "note": 24,
}
"""Widths of the columns in characters."""

HEADING_ROW = 2


def waiver_list_xlsx(held: WaiverList) -> bytes:
    """The list with its head line above; the same list gives the same bytes."""
    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(target, options) as book:
        # the library writes the present time where none is given, and two exports would differ
        day = datetime.combine(held.in_force, time(), UTC)
        book.set_properties({"title": held.title.zh, "created": day})
        base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
        cell = book.add_format(base | {"border": 1, "text_wrap": True})
        centred = book.add_format(base | {"border": 1, "align": "center"})
        heading = book.add_format(
            base
            | {"font_name": "黑体", "border": 1, "align": "center", "bg_color": "#F2F2F2"}
            | {"text_wrap": True}
        )
        title = book.add_format(base | {"font_name": "黑体", "font_size": 16, "align": "center"})
        sheet = book.add_worksheet("清单")
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADING_ROW)
        sheet.freeze_panes(HEADING_ROW + 1, 3)
        keys = list(TITLES)
        sheet.merge_range(0, 0, 0, len(keys) - 1, held.title.zh, title)
        sheet.set_row(0, 28)
        sheet.merge_range(
            1, 0, 1, len(keys) - 1, _about(held), book.add_format(base | {"text_wrap": True})
        )
        for place, key in enumerate(keys):
            sheet.set_column(place, place, WIDTHS[key])
            sheet.write_string(HEADING_ROW, place, TITLES[key], heading)
        for number, item in enumerate(held.items, HEADING_ROW + 1):
            for place, (key, value) in enumerate(_values(item).items()):
                looks = centred if key in ("number", "limb", "look_back", "days") else cell
                if isinstance(value, int):
                    sheet.write_number(number, place, value, looks)
                else:
                    sheet.write_string(number, place, value, looks)
    return target.getvalue()


def _about(held: WaiverList) -> str:
    parts = [held.version, held.issued_by, f"{held.in_force.isoformat()} 起施行"]
    return "　".join(part for part in parts if part)


def _values(item: WaiverItem) -> dict[str, str | int]:
    violated, basis = provisions(item)
    return {
        "number": item.number,
        "field": item.field,
        "name": item.name.zh,
        "wordings": "、".join(item.wordings),
        "violated": violated,
        "basis": basis,
        "limb": LIMB_WORDS[item.limb].zh,
        "conditions": "\n".join(
            f"【{NEED_WORDS[each.needs].zh}】{each.zh}" for each in item.conditions
        ),
        "look_back": "" if item.look_back_months is None else item.look_back_months,
        "area": item.look_back_area,
        "days": "" if item.correction_days is None else item.correction_days,
        "papers": "、".join(item.papers),
        "note": item.note or "",
    }
