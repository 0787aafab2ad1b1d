"""A waiver list from a workbook: one row an item; every problem by sheet, row and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from review.common.tabular import CellProblem, Formula, Row, Sheet, Workbook, column_letter
from review.common.text import label
from review.law.statute import Wording
from review.law.waiver_list import (
    LIMB_WORDS,
    NEED_WORDS,
    Condition,
    Limb,
    ListKind,
    Need,
    WaiverItem,
    WaiverList,
)

HEADINGS: dict[str, tuple[str, ...]] = {
    "number": ("序号", "编号", "项号", "no"),
    "field": ("领域", "类别", "行业", "专业领域", "field"),
    "name": (
        *("事项", "事项名称", "违法事项", "违法行为", "违法行为名称", "案由", "处罚事项"),
        *("事项（案由）", "轻微违法行为", "item"),
    ),
    "wordings": ("其他表述", "案由其他表述", "别称", "other wordings"),
    "violated": ("违反条款", "违反依据", "违法依据", "violated"),
    "basis": ("处罚依据", "法律依据", "处罚条款", "依据", "basis"),
    "limb": ("情形", "类型", "应当或者可以", "不予处罚类型", "limb"),
    "conditions": (
        *("适用条件", "适用条件（需同时满足）", "适用条件（须同时满足）", "适用情形", "免罚条件"),
        *("不予处罚的情形", "条件", "conditions"),
    ),
    "look_back": ("首次判定期限（月）", "首次判定期限", "首次认定期限", "look-back (months)"),
    "area": ("首次判定范围", "首次认定范围", "look-back area"),
    "days": ("改正期限（日）", "改正期限", "整改期限", "correction (days)"),
    "papers": ("需附材料", "所需材料", "应附材料", "材料", "papers"),
    "note": ("备注", "说明", "note"),
}
"""The headings of a list, best first; a column of conditions may also be numbered: 适用条件1."""

TITLES = {key: names[0] for key, names in HEADINGS.items()}
HEADER_WITHIN = 12
MOST_CONDITIONS = 12

_KEYS = {label(name).casefold(): key for key, names in HEADINGS.items() for name in names}
_NUMBERED = re.compile(r"^(?:适用条件|免罚条件|条件|condition)\D{0,2}\d+$", re.IGNORECASE)
_SPLIT = re.compile(r"(?:^|[\n;；。])\s*(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．])?\s*")
_MARKED = re.compile(r"^【(?P<need>[^】]{1,6})】\s*(?P<text>.+)$", re.DOTALL)
_GUESSES: tuple[tuple[Need, re.Pattern[str]], ...] = (
    ("first", re.compile(r"首次|初次|第一次|首违|未曾|没有.{0,6}(?:违法|处罚)记录")),
    ("cooperates", re.compile(r"配合|阻挠|阻碍|抗拒|拒绝检查|逃避|如实")),
    ("minor", re.compile(r"(?:行为|情节|性质|程度).{0,4}(?:轻微|较轻)|^轻微")),
    (
        "harmless",
        re.compile(r"危害|后果|事故|拥堵|损害|损失|损坏|污染|影响|投诉|负面"),
    ),
    (
        "corrected",
        re.compile(r"改正|整改|纠正|清除|修复|拆除|停止|停驶|驶离|补办|补正|补齐|消除|恢复|期限内"),
    ),
)
_LIMBS = {LIMB_WORDS[limb].zh: limb for limb in Limb} | {
    "轻微不罚": Limb.MUST,
    "应当不予处罚": Limb.MUST,
    "首违不罚": Limb.MAY,
    "可以不予处罚": Limb.MAY,
    "必须": Limb.MUST,
}


@dataclass(frozen=True, slots=True)
class ListHead:
    """What a list says of itself as a whole; a person types it beside the workbook."""

    kind: ListKind
    title: str
    in_force: date
    version: str = ""
    issued_by: str = ""
    is_whole: bool = True
    confirmed_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReadList:
    """What a workbook holds. `held` None where any problem keeps it out.

    `skipped` are sheets without the headings of a list; `guessed` counts the conditions whose kind
    of proof was told from their words.
    """

    held: WaiverList | None
    problems: tuple[CellProblem, ...]
    skipped: tuple[str, ...]
    guessed: int


@dataclass
class _Reading:
    """One sheet being read: where its columns are and what is wrong."""

    sheet: Sheet
    columns: dict[str, list[int]]
    problems: list[CellProblem] = field(default_factory=list)
    guessed: int = 0

    def say(self, row: Row, column: int, zh: str, en: str) -> None:
        letters = column_letter(column)
        self.problems.append(CellProblem(self.sheet.name, row.number, letters, zh, en))

    def text(self, row: Row, key: str) -> str:
        """The text of the first column with that heading; empty where there is none."""
        return next(self.texts(row, key), ("", -1))[0]

    def texts(self, row: Row, key: str) -> Iterator[tuple[str, int]]:
        for column in self.columns.get(key, ()):
            value = row.value(column)
            if isinstance(value, Formula):
                self.say(row, column, f"公式 {value.text} 没有结果", "a formula without result")
            elif value is not None:
                yield str(value).strip(), column


def read_list(workbook: Workbook, head: ListHead) -> ReadList:
    """The list that a workbook holds, with everything that keeps it out."""
    problems: list[CellProblem] = []
    items: list[WaiverItem] = []
    skipped: list[str] = []
    guessed = 0
    for sheet in workbook.sheets:
        found = _header(sheet)
        if found is None:
            if any(not row.is_blank for row in sheet.rows):
                skipped.append(sheet.name)
            continue
        header, columns = found
        reading = _Reading(sheet, columns)
        items += _items(reading, [row for row in sheet.rows if row.number > header.number])
        problems += reading.problems
        guessed += reading.guessed
    if not items and not problems:
        name = workbook.sheets[0].name if workbook.sheets else workbook.name
        zh = f"没有找到表头：须有“{TITLES['name']}”和“{TITLES['conditions']}”两列"
        en = "no heading row: a column of items and one of conditions are needed"
        problems.append(CellProblem(name, None, None, zh, en))
    problems += _doubles(items, workbook)
    if problems:
        return ReadList(None, tuple(problems), tuple(skipped), guessed)
    held = WaiverList(
        kind=head.kind,
        title=Wording(zh=head.title, en=head.title),
        version=head.version,
        issued_by=head.issued_by,
        in_force=head.in_force,
        is_whole=head.is_whole,
        confirmed=bool(head.confirmed_by),
        confirmed_by=head.confirmed_by or None,
        note=head.note or None,
        items=tuple(items),
    )
    return ReadList(held, (), tuple(skipped), guessed)


def _header(sheet: Sheet) -> tuple[Row, dict[str, list[int]]] | None:
    """The heading row: items and conditions must be there."""
    for row in sheet.rows[:HEADER_WITHIN]:
        columns: dict[str, list[int]] = {}
        for place, value in enumerate(row.values):
            text = label(value).casefold() if isinstance(value, str) else ""
            key = "conditions" if _NUMBERED.match(text) else _KEYS.get(text)
            if key is not None:
                columns.setdefault(key, []).append(place)
        if "name" in columns and "conditions" in columns:
            return row, columns
    return None


def _items(reading: _Reading, rows: Sequence[Row]) -> Iterator[WaiverItem]:
    field_above = ""
    counted = 0
    for row in rows:
        if row.is_blank:
            continue
        name = reading.text(row, "name")
        field_above = reading.text(row, "field") or field_above
        if not name:
            if _is_heading_between(row):
                field_above = str(next(value for value in row.values if value is not None))
                continue
            reading.say(row, reading.columns["name"][0], "事项为空", "the item has no name")
            continue
        counted += 1
        before = len(reading.problems)
        number = _number(reading, row, counted)
        conditions = tuple(_conditions(reading, row))
        limb = _limb(reading, row)
        months = _whole(reading, row, "look_back", 1, 240)
        days = _whole(reading, row, "days", 0, 365)
        if len(reading.problems) > before:
            continue
        yield WaiverItem(
            number=number,
            name=Wording(zh=name, en=name),
            field=field_above,
            wordings=_listed(reading.text(row, "wordings")),
            provisions=(reading.text(row, "violated"), reading.text(row, "basis")),
            limb=limb,
            conditions=conditions,
            look_back_months=months,
            look_back_area=reading.text(row, "area"),
            correction_days=days,
            papers=_listed(reading.text(row, "papers")),
            is_listed=True,
            note=reading.text(row, "note") or None,
        )


def _is_heading_between(row: Row) -> bool:
    """A line such as 一、道路运输领域 over the items that follow."""
    return sum(value is not None for value in row.values) == 1


def _number(reading: _Reading, row: Row, counted: int) -> int:
    for text, column in reading.texts(row, "number"):
        if not text.isdecimal() or not 0 < int(text) < 10_000:
            reading.say(row, column, f"序号“{text}”不是正整数", f"{text} is no number of an item")
            return counted
        return int(text)
    return counted


def _conditions(reading: _Reading, row: Row) -> Iterator[Condition]:
    found = 0
    for text, column in reading.texts(row, "conditions"):
        for part in _SPLIT.split(text):
            words = part.strip(" ；;。，,")
            if not words:
                continue
            found += 1
            if found > MOST_CONDITIONS:
                zh = f"条件超过 {MOST_CONDITIONS} 项，请核对分隔符"
                reading.say(row, column, zh, f"more than {MOST_CONDITIONS} conditions")
                return
            marked = _MARKED.match(words)
            if marked is None:
                need = need_of(words)
                reading.guessed += 1
            else:
                known = next(
                    (key for key, each in NEED_WORDS.items() if each.zh == marked["need"]), None
                )
                if known is None:
                    choice = "、".join(each.zh for each in NEED_WORDS.values())
                    zh = f"条件类型“{marked['need']}”无效，应为{choice}"
                    reading.say(row, column, zh, f"{marked['need']} is no kind of condition")
                    continue
                need, words = known, marked["text"].strip()
            yield Condition(zh=words, en=words, needs=need)
    if not found:
        zh, en = "没有适用条件", "the item has no condition"
        reading.say(row, reading.columns["conditions"][0], zh, en)


def need_of(words: str) -> Need:
    """The kind of proof that the words of a condition ask for; `other` where they do not say.

    >>> need_of("首次被发现"), need_of("在规定期限内改正"), need_of("具有有效许可")
    ('first', 'corrected', 'other')
    """
    return next((need for need, pattern in _GUESSES if pattern.search(words)), "other")


def _limb(reading: _Reading, row: Row) -> Limb:
    for text, column in reading.texts(row, "limb"):
        if text in _LIMBS:
            return _LIMBS[text]
        choice = "、".join(LIMB_WORDS[limb].zh for limb in Limb)
        zh = f"情形“{text}”无效，应为{choice}，或者轻微不罚、首违不罚"
        reading.say(row, column, zh, f"{text}: must be one of {choice}")
    return Limb.UNSTATED


def _whole(reading: _Reading, row: Row, key: str, least: int, most: int) -> int | None:
    """A whole number with or without its unit (两年 is written 24); None where empty."""
    for column in reading.columns.get(key, ()):
        value = row.value(column)
        if value is None:
            continue
        text = re.sub(r"(?:个?月|个?自然日|日|天)$", "", str(value).strip())
        number = int(text) if text.isdecimal() else None
        if isinstance(value, Decimal | bool) or number is None or not least <= number <= most:
            zh = f"“{value}”应为 {least} 至 {most} 的整数"
            reading.say(row, column, zh, f"{value}: a whole number from {least} to {most}")
            return None
        return number
    return None


def _listed(text: str) -> tuple[str, ...]:
    parts = re.split(r"[、；;\n]", text)
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _doubles(items: Sequence[WaiverItem], workbook: Workbook) -> Iterator[CellProblem]:
    seen: dict[int, str] = {}
    name = workbook.sheets[0].name if workbook.sheets else workbook.name
    for item in items:
        if item.number in seen:
            zh = f"序号 {item.number} 重复：“{seen[item.number]}”和“{item.name.zh}”"
            yield CellProblem(name, None, "序号", zh, f"the number {item.number} stands twice")
        seen[item.number] = item.name.zh
