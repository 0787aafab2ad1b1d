"""Copies for training: names of people and companies, identity numbers and plates are masked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from review.reports.charts import Chart

_IDENTITY = re.compile(r"(?<!\d)\d{6}(?:19|20)\d{9}[\dXx](?!\d)")
_CREDIT = re.compile(r"(?<![0-9A-Z])[159Y][1239]\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Z])")
_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
    r"[A-HJ-NP-Z][·・. ]?[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳]"
)
_ENDINGS = (
    "有限责任公司",
    "股份有限公司",
    "有限公司",
    "公司",
    "合作社",
    "经营部",
    "服务部",
    "商行",
    "委员会",
    "大队",
    "支队",
    "总队",
    "中队",
    "中心",
    "局",
    "所",
    "站",
    "处",
    "科",
)
"""What a company, an organ or a part of one is called at its end; a masked name keeps it."""


def masked_name(name: str) -> str:
    """张三 → 张某, 样例运输有限公司 → 某有限公司, 样例市执法大队 → 某大队.

    An ending of one character may close a person's name too, so a name of up to four characters
    that has no longer ending is taken for a person's.
    """
    name = name.strip()
    for ending in _ENDINGS:
        if name.endswith(ending) and (len(ending) > 1 or len(name) > 4):
            return f"某{ending}"
    return name[:1] + "某" * max(len(name) - 1, 1) if name else ""


def mask_text(text: str, names: Iterable[str] = ()) -> str:
    """A text without the given names and without any identity number, phone number or plate.

    Longer names go first, so that a name within another leaves nothing behind.
    """
    for name in sorted({each.strip() for each in names if len(each.strip()) > 1}, key=len)[::-1]:
        text = text.replace(name, masked_name(name))
    text = _IDENTITY.sub(lambda found: found[0][:6] + "********" + "****", text)
    text = _CREDIT.sub(lambda found: found[0][:2] + "*" * 16, text)
    text = _PHONE.sub(lambda found: found[0][:3] + "********", text)
    return _PLATE.sub(lambda found: found[0][:2] + "*****", text)


def masked_chart(chart: Chart, names: Iterable[str]) -> Chart:
    """A chart with what it compares masked; none is left out, for a template asks for each."""
    known = tuple(names)
    return replace(chart, categories=tuple(mask_text(each, known) for each in chart.categories))


def mask(value: Any, names: Iterable[str]) -> Any:
    """A context for a document with every text in it masked."""
    known = tuple(names)
    if isinstance(value, str):
        return mask_text(value, known)
    if isinstance(value, Mapping):
        return {key: mask(each, known) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [mask(each, known) for each in value]
    return value
