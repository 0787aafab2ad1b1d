"""视音频资料清单: what the listed recordings cover, show, and how they were kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import pairwise

from review.common.chinese_dates import find_dates, find_instants, find_periods, number
from review.facts.extractors import foot
from review.facts.fields import Form
from review.facts.model import Fact
from review.facts.paper import Paper

Stretch = tuple[datetime, datetime, int, int]

_STORED = re.compile(r"存储台账|入库(?:时间|日期|登记|台账|记录)|上传(?:时间|日期|记录)|台账摘录")
_FOOT = re.compile(r"保存期限|制作人|保管人|填表人|移交人|关键节点|审核人")
_CLOCKS = re.compile(
    r"(?<![\d:.-])(?P<ah>\d{1,2})[时:](?P<am>\d{2})(?:分|:\d{2})?秒?(?:至|到|-|~)"
    r"(?P<bh>\d{1,2})[时:](?P<bm>\d{2})(?:分|:\d{2})?(?![\d:])"
)
_LASTS = re.compile(
    r"(?:时长|长度|持续|历时|录制)[^\d\n]{0,8}(?:(?P<h>\d{1,2})(?:小时|时|:))?(?P<m>\d{1,3})(?:分钟?|:)"
)
_GLUED = re.compile(r"(20\d{2})[-./](\d{2})[-./](\d{2})(\d{2})[:：](\d{2})(?!\d)")
_KEPT = re.compile(
    r"(?:保存|保管)(?:期限|时间|期)?(?:为|是|:|不少于|至少)*"
    r"(?P<n>[一二三四五六七八九十0-9]{1,3})(?P<unit>个?月|年|日|天)"
)
_LONGEST = timedelta(hours=12)
_FILE = re.compile(
    r"(?P<stamp>20\d{12})?[\w\u4e00-\u9fff-]{0,40}\.(?:mp4|MP4|avi|AVI|mov|MOV|wav|mp3|MTS|mts)"
)
_HASH = re.compile(r"(?<![0-9a-fA-F])[0-9a-fA-F]{16,64}(?![0-9a-fA-F])")
_NODE = re.compile(
    r"(?P<node>[\u4e00-\u9fff]{2,10}?)(?:环节|节点)?[(:](?P<answer>有|无|是|否|已录|未录|未见|缺失?|完整|√|×|未记录|不清)[)]?(?=[,、;。\n]|$)"
)
_NODES_HEAD = re.compile(r"(?:关键|重要|必录)?(?:节点|环节)(?:核查|检查|情况|记录)?:")
_NO = frozenset({"无", "否", "未录", "未见", "缺", "缺失", "×", "未记录", "不清"})
_DELETED = re.compile(
    r"(?:已|被|误|提前|自动)(?:经|于[^,。;\n]{1,16})?(?:删除|覆盖|清除|清空|销毁|丢失|灭失|损毁)"
    r"|(?:文件|原件|视频|录像|资料)[^,。;\n]{0,8}?(?:不存在|无法(?:打开|播放|调取|读取)|(?:已)?(?:删除|覆盖|丢失|灭失))"
)
_NOT_DELETED = re.compile(
    r"(?:不得|未|没有|禁止|严禁|不|后方可|方可|届满后)[^,。;\n]{0,8}?(?:删除|覆盖|清除|销毁|丢失)"
)
_CLOCK_OFF = re.compile(
    r"(?:时钟|时间|校时|对时)[^。;\n]{0,24}?(?:快|慢|早|晚|相差|误差|偏差|提前|滞后)(?:了|约|为)?"
    r"(?P<n>\d{1,3})(?P<unit>小时|个小时|分钟?|秒)"
)


_MATTER = re.compile(
    r"(?:记录|拍摄|录制|摄录|录像|录音|音像|执法|视频|视听|资料|文件|音视频|主要)*"
    r"(?:内容|事项|环节|项目|主题|事由|活动)(?:摘要|说明|简述|描述)?"
)
_ROW = re.compile(r"\d{1,2}[时:]\d{2}|\.(?:mp4|avi|mov|mts|wav|mp3)|时长", re.IGNORECASE)


def extract(paper: Paper, form: Form) -> Iterator[Fact]:
    """Stretches covered, stamps of file names, checksums, nodes shown, and what became of them.

    Stretches that overlap or follow at once are one; so two recorders at one place cover what
    either of them saw.
    """
    del form
    stored = _STORED.search(paper.text, paper.title_end)
    end = stored.start() if stored is not None else len(paper.text)
    yield from _covered(paper, end)
    yield from _matters(paper, end)
    yield from _stamps(paper, end)
    yield from _checksums(paper, end)
    yield from _nodes(paper)
    yield from _fate(paper)
    yield from foot.dated(paper)


def _covered(paper: Paper, end: int) -> Iterator[Fact]:
    merged: list[Stretch] = []
    for each in sorted(_stretches(paper, end), key=lambda found: found[:2]):
        if merged and each[0] <= merged[-1][1]:
            last = merged[-1]
            merged[-1] = (last[0], max(last[1], each[1]), last[2], last[3])
        else:
            merged.append(each)
    for begun, ended, start, stop in merged:
        yield paper.fact("recorded_from", begun, start, stop, 0.9)
        yield paper.fact("recorded_to", ended, start, stop, 0.9)


def _matters(paper: Paper, end: int) -> Iterator[Fact]:
    """What each row is of: the column of that head, or the words of lines that give a time."""
    found: list[tuple[str, int, int]] = []
    column: tuple[int, int, int] | None = None
    for passage in paper.passages:
        cell = passage.block.cell
        words = paper.text[passage.start : passage.end]
        if not words or passage.start >= end:
            continue
        if cell is not None and _MATTER.fullmatch(words):
            column = (cell.table, cell.column, cell.row)
        elif cell is not None:
            if (
                column is not None
                and (cell.table, cell.column) == column[:2]
                and cell.row > column[2]
            ):
                found.append((words, passage.start, passage.end))
        elif _ROW.search(words) and not _FOOT.search(words):
            said = "".join(re.findall(r"[\u4e00-\u9fff]+", words))
            found.append((said, passage.start, passage.end))
    if found:
        told = tuple(dict.fromkeys(words for words, _, _ in found))
        yield paper.fact("recorded_matters", told, *found[0][1:], 0.9)


def _stretches(paper: Paper, end: int) -> Iterator[Stretch]:
    """Each listed stretch: "from … to …", two columns of instants, clocks, or start and length."""
    foot = _FOOT.search(paper.text, paper.title_end, end)
    # what stands above the title is a printer's mark; its time is none of a recording
    text = "·" * paper.title_end + paper.text[paper.title_end : foot.start() if foot else end]
    taken: list[tuple[int, int]] = []
    for period in find_periods(text):
        if period.ended_at is not None and period.ended_at > period.started_at:
            taken.append((period.start, period.end))
            yield period.started_at, period.ended_at, period.start, period.end
    if not taken and "开始" in text and "结束" in text:
        for one, other in _columns(text):
            taken.append((one[0], other[1]))
            yield one[2], other[2], one[0], other[1]
    days = {day.value for day in find_dates(text) if day.value is not None}
    only = next(iter(days)) if len(days) == 1 else None
    for match in _CLOCKS.finditer(text):
        if only is None or any(match.start() < stop and low < match.end() for low, stop in taken):
            continue
        ah, am, bh, bm = (int(match[name]) for name in ("ah", "am", "bh", "bm"))
        if max(ah, bh) > 23 or max(am, bm) > 59 or (ah, am) >= (bh, bm):
            continue
        taken.append(match.span())
        yield (
            datetime.combine(only, time(ah, am)),
            datetime.combine(only, time(bh, bm)),
            *match.span(),
        )
    if not taken:
        for start, stop, begun in find_instants(text):
            length = _LASTS.search(text, stop, min(len(text), stop + 60))
            if length is not None:
                lasts = timedelta(hours=int(length["h"] or 0), minutes=int(length["m"]))
                yield begun, begun + lasts, start, length.end()


def _columns(
    text: str,
) -> Iterator[tuple[tuple[int, int, datetime], tuple[int, int, datetime]]]:
    """Instants two by two, as a row of a table gives start and end; none where they do not fit."""
    instants = [*find_instants(text)] or [*_glued(text)]
    pairs = list(zip(instants[::2], instants[1::2], strict=False))
    fits = all(timedelta(0) < other[2] - one[2] <= _LONGEST for one, other in pairs)
    if len(instants) % 2 == 0 and fits:
        yield from pairs


def _glued(text: str) -> Iterator[tuple[int, int, datetime]]:
    """2026-03-2710:21, as recognition joins a day and a clock of one cell."""
    for match in _GLUED.finditer(text):
        try:
            yield (
                match.start(),
                match.end(),
                datetime.strptime("".join(match.groups()), "%Y%m%d%H%M"),  # noqa: DTZ007 - local time
            )
        except ValueError:
            continue


def _stamps(paper: Paper, end: int) -> Iterator[Fact]:
    """When a recorder named its file, from names such as 20250929092705_….mp4."""
    for match in _FILE.finditer(paper.text, paper.title_end, end):
        if match["stamp"] is None:
            continue
        try:
            moment = datetime.strptime(match["stamp"], "%Y%m%d%H%M%S")  # noqa: DTZ007 - local time
        except ValueError:
            continue
        yield paper.fact("file_stamp", moment, *match.span(), 0.9)


def _checksums(paper: Paper, end: int) -> Iterator[Fact]:
    """The checksums of the list and of the storage ledger, each as "name=checksum"."""
    for name, low, high in (
        ("hash_listed", paper.title_end, end),
        ("hash_stored", end, len(paper.text)),
    ):
        found: list[str] = []
        places: list[tuple[int, int]] = []
        marks = [
            *((match.start(), match, "file") for match in _FILE.finditer(paper.text, low, high)),
            *((match.start(), match, "hash") for match in _HASH.finditer(paper.text, low, high)),
        ]
        marks.sort(key=lambda each: each[0])
        for (_, one, what), (_, other, then) in pairwise(marks):
            if (what, then) == ("file", "hash"):
                found.append(f"{one.group()}={other.group().lower()}")
                places.append((one.start(), other.end()))
        if found:
            yield paper.fact(name, tuple(found), places[0][0], places[-1][1], 0.9)


def _nodes(paper: Paper) -> Iterator[Fact]:
    """亮证(有)、告知权利(无): the nodes that the recording was found to show or to lack."""
    head = _NODES_HEAD.search(paper.text, paper.title_end)
    if head is None:
        return
    stop = paper.text.find("\n", head.end())
    stop = stop if stop >= 0 else len(paper.text)
    shown: list[str] = []
    lacking: list[str] = []
    for match in _NODE.finditer(paper.text, head.end(), stop):
        (lacking if match["answer"] in _NO else shown).append(match["node"])
    if shown:
        yield paper.fact("nodes_shown", tuple(shown), head.start(), stop, 0.9)
    if lacking:
        yield paper.fact("nodes_lacking", tuple(lacking), head.start(), stop, 0.9)


def _fate(paper: Paper) -> Iterator[Fact]:
    """Whether a recording is gone, and a clock said to be off (minutes)."""
    text = _NOT_DELETED.sub(lambda match: "·" * len(match.group()), paper.ticked)
    gone = _DELETED.search(text, paper.title_end)
    if gone is not None:
        yield paper.fact("recording_deleted", True, gone.start(), gone.end(), 0.9)
    kept = _KEPT.search(paper.text, paper.title_end)
    term = number(kept["n"]) if kept is not None else None
    if kept is not None and term is not None:
        months = {"年": 12 * term, "日": term // 30, "天": term // 30}.get(kept["unit"], term)
        yield paper.fact("kept_months", months, kept.start(), kept.end(), 0.9)
    off = _CLOCK_OFF.search(paper.text, paper.title_end)
    if off is not None:
        unit = {"秒": 0, "分": 1, "小": 60, "个": 60}[off["unit"][0]]
        minutes = int(off["n"]) * unit
        if minutes:
            yield paper.fact("clock_off_minutes", minutes, off.start(), off.end(), 0.9)
