"""现场照片: whether the page says when, where and by whom the photographs were taken."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.common.chinese_dates import find_dates
from review.facts.extractors import foot
from review.facts.fields import Entry, Form
from review.facts.model import Fact
from review.facts.paper import Paper
from review.facts.people import names_in

_MAKER_LABELS = frozenset(
    {
        *("拍摄人", "拍摄人员", "制作人", "取证人", "取证人员", "收集人", "提供人", "截图人"),
        *("执法人员", "检查人员", "检查人", "执法人员签名", "执法人员签字", "调查人", "勘验人"),
        *("拍照人", "摄影人", "摄影", "拍摄者", "承办人", "经办人", "调取人", "提取人"),
    }
)
_PLACE_LABELS = frozenset({"拍摄地点", "地点", "取证地点", "拍摄场所", "位置", "违法地点"})
_MAKER = re.compile(
    r"(?:拍摄人员?|拍摄者|拍照人?|摄影人?|摄制人?|制作人|取证人员?|提供人|执法人员|检查人员?|调取人|提取人)"
    r"[:为是]?(?=[\u4e00-\u9fff]{2,4})"
    r"|由[\u4e00-\u9fff、]{2,24}?(?:于|在|拍摄|拍照|拍取|摄制|提取|制作|调取)"
)
_PLACE = re.compile(
    r"(?:地点|场所|位置)[:为是]?(?=[\u4e00-\u9fffA-Z0-9])"
    r"|[于在][^,。;\n]{2,40}?(?:拍摄|拍照|拍取|处|附近|现场|路口|路段|内|旁)"
    r"|[\u4e00-\u9fff0-9]{2,}(?:省道|国道|县道|公路|大道|路口|收费站|检测站|检查站|码头|港区|船闸|航道|水域"
    r"|镇|街道|村|路|站|工地|停车场)|[KG]\d{1,4}\+\d"
)


def extract(paper: Paper, form: Form) -> Iterator[Fact]:
    """Time, place and maker, each once, where the words of the page give them."""
    body = paper.title_end
    day = next((each for each in find_dates(paper.text) if each.value is not None), None)
    if day is not None:
        yield paper.fact("photo_time", True, day.start, day.end, 0.9)
    place = _filled(form, _PLACE_LABELS) or _found(paper, _PLACE, body)
    if place is not None:
        yield paper.fact("photo_place", True, *place, 0.9)
    maker = _named(paper, form) or _found(paper, _MAKER, body)
    if maker is not None:
        yield paper.fact("photo_maker", True, *maker, 0.9)
    yield from foot.dated(paper)


def _filled(form: Form, wanted: frozenset[str]) -> tuple[int, int] | None:
    entry: Entry | None = form.first(wanted)
    return None if entry is None else (entry.start, entry.end)


def _found(paper: Paper, pattern: re.Pattern[str], start: int) -> tuple[int, int] | None:
    match = pattern.search(paper.text, start)
    return None if match is None else match.span()


def _named(paper: Paper, form: Form) -> tuple[int, int] | None:
    """The first label of a maker with a person behind it."""
    for entry in form.find(_MAKER_LABELS):
        for _, start, end in names_in(paper, entry.start, entry.end, labelled=True):
            return start, end
    return None
