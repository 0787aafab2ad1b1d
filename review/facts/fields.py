"""Labels and their values in forms: ruled tables, "label: value", and label and value apart.

The engine knows labels, not layouts. Every label is looked up by `common.text.label`, which drops
spaces, punctuation and remarks in brackets, so 案　号, "案号：" and 当事人（姓名） are all found.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from review.common.text import label
from review.documents.model import Box, CellPlace
from review.facts.labels import (
    HANDLERS,
    HEAD_OPINION,
    INTERVIEWEE,
    KNOWN,
    OFFICER_SIGNED,
    OFFICERS,
    PRESENT,
    SIGNED,
    canonical,
)
from review.facts.paper import Paper, Passage
from review.facts.people import looks_like_name

_LONGEST = 24
_LEAST_MISREAD = 4  # characters of a label that is known although one of them was misread
_SLIPS = frozenset(
    {
        "罚款票据",
        "公示截图",
        "营业执照复印件",
        "行驶证复印件",
        "身份证复印件",
        "执法证件复印件",
        "称重检测单",
        "卸载复磅单",
        "计量检定证书复印件",
        "邮寄回执",
        "罚款上交记录",
    }
)
_OF_SEVERAL = OFFICERS | HANDLERS
"""Labels that ask for several persons, whose names may stand in a cell each."""
_BEHIND_NAMES = frozenset(
    each
    for each in OFFICER_SIGNED | SIGNED | OFFICERS | INTERVIEWEE | PRESENT
    if ("签" in each and len(each) > 3) or each.endswith(("人", "人员"))
)
"""Labels of hands, which a scan may run together with the name before them."""
_STOPS = "。;,、!?”》)|:"
_STOP = re.compile(f"[{re.escape(_STOPS)}]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A label with its value: places in the paper's text; `start == end` where it was left blank.

    `at` is where the label itself begins. `sure` is how surely this value belongs to the label: 1.0
    for a ruled cell or a colon.
    """

    label: str
    at: int
    start: int
    end: int
    sure: float


@functools.cache
def _by_length() -> dict[int, tuple[str, ...]]:
    """The known labels by how many characters they have."""
    found: dict[int, list[str]] = {}
    for name in sorted(KNOWN):
        found.setdefault(len(name), []).append(name)
    return {length: tuple(names) for length, names in found.items()}


@functools.lru_cache(maxsize=4096)
def _misread(name: str) -> str | None:
    """The one known label that differs from this by a single character; None for short ones."""
    if len(name) < _LEAST_MISREAD:
        return None
    near = [
        known
        for known in _by_length().get(len(name), ())
        if sum(one != other for one, other in zip(name, known, strict=True)) == 1
    ]
    return near[0] if len(near) == 1 else None


class Form:
    """All labelled values of one paper, in reading order."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.entries: tuple[Entry, ...] = tuple(sorted(self._all(), key=lambda each: each.at))

    def find(self, labels: Iterable[str]) -> Iterator[Entry]:
        """The entries with one of the labels, blank ones included."""
        wanted = frozenset(labels)
        return (entry for entry in self.entries if entry.label in wanted)

    def first(self, labels: Iterable[str]) -> Entry | None:
        """The first filled entry with one of the labels; earlier labels do not come first."""
        return next((entry for entry in self.find(labels) if entry.end > entry.start), None)

    def region(self, entry: Entry, own: frozenset[str]) -> tuple[int, int]:
        """From the value to the next label not in `own`: an opinion with its signature."""
        after = (each for each in self.entries if each.at > entry.at and each.label not in own)
        stop = next((each.at for each in after if each.at >= entry.end), len(self.paper.text))
        return entry.start, max(stop, entry.end)

    def text(self, entry: Entry) -> str:
        """The words of an entry's value, without layout spaces."""
        return self.paper.text[entry.start : entry.end]

    def _all(self) -> Iterator[Entry]:
        for passage in self.paper.passages:
            if passage.block.cell is not None and self._is_label(passage):
                yield from self._beside(passage)
            elif passage.end > passage.start:
                yield from self._inside(passage)

    # --- ruled cells ---

    def _is_label(self, passage: Passage) -> bool:
        text = self.paper.text[passage.start : passage.end].rstrip(":")
        return len(text) <= _LONGEST and ":" not in text and self._name(passage) is not None

    def _name(self, passage: Passage) -> str | None:
        """The label that a cell holds; in a scan one character of it may be misread."""
        name = label(self.paper.text[passage.start : passage.end])
        known = canonical(name)
        if known is None and self.paper.is_recognised(passage.start, passage.end):
            return _misread(name)
        return known

    @cached_property
    def _cells(self) -> dict[tuple[int, int], list[Passage]]:
        """The passages of each table of each page, by (page's place in the paper, table)."""
        tables: dict[tuple[int, int], list[Passage]] = {}
        for passage in self.paper.passages:
            cell = passage.block.cell
            if cell is not None:
                tables.setdefault((id(passage.page), cell.table), []).append(passage)
        return tables

    def _beside(self, passage: Passage) -> Iterator[Entry]:
        """The cells right of a label, one for each row that it spans; else the cell below it."""
        cell = passage.block.cell
        if cell is None:
            return
        name = self._name(passage) or ""
        table = self._cells[id(passage.page), cell.table]
        if self._heads_columns(table, cell):
            for other in table:
                place = other.block.cell
                if place is not None and place.column == cell.column and place.row > cell.row:
                    yield Entry(name, passage.start, other.start, other.end, 0.95)
                    return
        found = False
        right: Passage | None = None
        for row in range(cell.row, cell.row + cell.row_span):
            nearest = _nearest(
                other
                for other in table
                if (place := other.block.cell) is not None
                and place.column >= cell.column + cell.column_span
                and _overlap(place.row, place.row_span, row, 1)
            )
            right = right or nearest
            starts_here = (
                nearest is not None
                and nearest.block.cell is not None
                and row in (nearest.block.cell.row, cell.row)
            )
            if nearest is not None and starts_here and not self._is_label(nearest):
                found = True
                yield Entry(name, passage.start, nearest.start, nearest.end, 1.0)
                if name in _OF_SEVERAL:
                    yield from self._further(name, passage, nearest, table)
        if found:
            return
        below = next(
            (
                other
                for other in table
                if (place := other.block.cell) is not None
                and place.row == cell.row + cell.row_span
                and place.column == cell.column
            ),
            None,
        )
        if below is None or self._is_label(below):
            if right is None and name in HEAD_OPINION and self._has_room(table, cell):
                yield Entry(name, passage.start, passage.end, passage.end, 0.9)
            return
        if right is None and cell.column > 0 and self._has_values(table, cell):
            yield Entry(name, passage.start, passage.end, passage.end, 0.9)
        else:
            yield Entry(name, passage.start, below.start, below.end, 0.9)

    def _further(
        self, name: str, passage: Passage, value: Passage, table: list[Passage]
    ) -> Iterator[Entry]:
        """The cells behind a name that hold further names, up to the next label of the row."""
        row = value.block.cell.row if value.block.cell is not None else -1
        behind = [
            other
            for other in table
            if (place := other.block.cell) is not None
            and value.block.cell is not None
            and place.row == row
            and place.column > value.block.cell.column
        ]
        for other in behind:
            if self._is_label(other) or ":" in self.paper.text[other.start : other.end]:
                return
            if other.end > other.start:
                yield Entry(name, passage.start, other.start, other.end, 0.95)

    def _heads_columns(self, table: list[Passage], cell: CellPlace) -> bool:
        """Whether a row of three or more labels stands over a row of values."""
        row = [
            each
            for each in table
            if each.block.cell is not None and each.block.cell.row == cell.row
        ]
        below = [
            each
            for each in table
            if each.block.cell is not None and each.block.cell.row == cell.row + 1
        ]
        if len(row) < 3 or len(below) != len(row):
            return False
        heads = sum(self._is_label(each) for each in row)
        values = sum(not self._is_label(each) for each in below)
        alike = {each.block.cell.column for each in row if each.block.cell is not None} == {
            each.block.cell.column for each in below if each.block.cell is not None
        }
        return alike and 3 * heads >= 2 * len(row) and values == len(below)

    def _has_room(self, table: list[Passage], cell: CellPlace) -> bool:
        """Whether the table goes on to the right of a cell whose row holds nothing more."""
        return any(
            (place := other.block.cell) is not None
            and place.column + place.column_span > cell.column + cell.column_span
            for other in table
        )

    def _has_values(self, table: list[Passage], cell: CellPlace) -> bool:
        """Whether the cell's row holds anything but labels, so that its values stand beside."""
        return any(
            (place := other.block.cell) is not None
            and place.row == cell.row
            and other.end > other.start
            and not self._is_label(other)
            for other in table
        )

    # --- running text ---

    def _inside(self, passage: Passage) -> Iterator[Entry]:
        marks = list(self._marks(passage))
        for index, (name, begin, end, sure) in enumerate(marks):
            stop = marks[index + 1][1] if index + 1 < len(marks) else passage.end
            if end < stop:
                yield Entry(name, begin, end, stop, sure)
            elif index + 1 < len(marks):
                yield Entry(name, begin, end, end, sure)
            else:
                yield self._apart(passage, name, begin, end, sure)

    def _marks(self, passage: Passage) -> Iterator[tuple[str, int, int, float]]:
        """The labels of a passage: (label, where it begins, where its value begins, how sure)."""
        text, paper = self.paper.text, self.paper
        breaks = passage.line_starts | passage.gaps
        begins = {place for place in breaks if place < passage.end}
        begins.add(passage.start)
        places = begins
        if text.find(":", passage.start, passage.end) >= 0:
            stops = _STOP.finditer(text, passage.start, passage.end)
            places = begins.union([match.start() for match in stops])
        edges = [passage.start]
        taken = passage.start
        tight = self._run_together(passage)
        for place in sorted(places):
            if place < taken:
                continue
            character = text[place]
            if character == ":":
                found = self._before_colon(edges, place)
                if found is not None and found[1] >= taken:
                    yield found[0], found[1], place + 1, 1.0
                    taken = place + 1
                    edges = [place + 1]
                else:
                    edges.append(place + 1)
                continue
            if character in _STOPS:
                if character in "。;|":
                    edges = []
                edges.append(place + 1)
            elif place in breaks:
                edges.append(place)
            if place in begins:
                end = self._word_end(passage, place)
                name = canonical(label(text[place:end])) if end - place <= _LONGEST else None
                follows = text[end : end + 1]
                apart = end == passage.end or paper.has_gap(end)
                if name is None and place in tight:
                    end = tight[place]
                    name = canonical(label(text[place:end]))
                    apart, follows = True, ""
                if name is not None and follows != ":" and apart:
                    yield name, place, end, 0.95
                    taken = end
                    edges = [end]

    def _run_together(self, passage: Passage) -> dict[int, int]:
        """Lines of a scan that begin with a label and go on without a gap: {begin: end of label}.

        Believed where most lines of a block do so, and on licences, slips and receipts.
        """
        starts = sorted(passage.line_starts)
        slip = self.paper.kind in _SLIPS
        if len(starts) < 2 and not slip:
            return {}
        stops = [*starts[1:], passage.end]
        found: dict[int, int] = {}
        for start, stop in zip(starts, stops, strict=True):
            line = self.paper.text[start:stop]
            if not slip and (len(line) > 40 or "。" in line):
                continue
            for length in range(min(len(line), 12), 1, -1):
                if line[:length] in KNOWN:
                    found[start] = start + length
                    break
        return found if slip or (len(found) > 1 and 2 * len(found) >= len(starts)) else {}

    def _before_colon(self, edges: list[int], colon: int) -> tuple[str, int] | None:
        for edge in edges[-16:]:
            if colon - edge > _LONGEST + 6:
                continue
            name = canonical(label(_without_number(self.paper.text[edge:colon])))
            if name is not None:
                return name, edge
        return self._behind_a_name(edges[-1], colon) if edges else None

    def _behind_a_name(self, edge: int, colon: int) -> tuple[str, int] | None:
        """A label of a hand run together with the name before it: 于样德记录人签字."""
        run = self.paper.text[edge:colon]
        for length in range(min(len(run) - 2, 8), 2, -1):
            name = run[:-length]
            if run[-length:] in _BEHIND_NAMES and len(name) <= 3 and looks_like_name(name):
                return run[-length:], colon - length
        return None

    def _word_end(self, passage: Passage, place: int) -> int:
        text = self.paper.text
        end = place + 1
        depth = text[place] == "("
        stop = min(passage.end, place + _LONGEST + 1)  # a longer word is no label
        while end < stop:
            if text[end] == "(":
                depth = True
            if not depth and (
                text[end] in ":。,;、" or end in passage.gaps or end in passage.line_starts
            ):
                break
            if text[end] == ")":
                depth = False
            end += 1
        return end

    def _apart(self, passage: Passage, name: str, begin: int, end: int, sure: float) -> Entry:
        """A label without words of its own: the value beside it on the page, or next in order."""
        box = _box(passage, begin, end)
        if box is not None:
            beside = self._on_same_row(passage, box)
            if beside is not None:
                return Entry(name, begin, beside.start, beside.end, min(sure, 0.95))
        following = next(
            (
                other
                for other in self.paper.passages
                if other.start >= passage.end and other.end > other.start and other is not passage
            ),
            None,
        )
        if (
            following is None
            or passage.block.cell is not None
            or following.block.cell is not None
            or self._begins_with_label(following)
            or following.page is not passage.page
        ):
            return Entry(name, begin, end, end, sure)
        return Entry(name, begin, following.start, following.end, min(sure, 0.9))

    def _begins_with_label(self, passage: Passage) -> bool:
        first = next(self._marks(passage), None)
        return first is not None and first[1] == passage.start

    def _on_same_row(self, passage: Passage, box: Box) -> Passage | None:
        best: tuple[float, Passage] | None = None
        for other in self.paper.passages:
            if other.page is not passage.page or other is passage or other.start == other.end:
                continue
            place = _box(other, other.start, other.end)
            if place is None or place.left < box.right - 2:
                continue
            shared = min(place.bottom, box.bottom) - max(place.top, box.top)
            if shared < 0.5 * min(place.bottom - place.top, box.bottom - box.top):
                continue
            if best is None or place.left < best[0]:
                best = (place.left, other)
        if best is None or self._begins_with_label(best[1]):
            return None
        return best[1]


_NUMBERED = re.compile(r"^(?:\(?[0-9一二三四五六七八九十]{1,2}[.、)]|[☑□])+")


def _without_number(text: str) -> str:
    """Without "1." or "（一）" or "一、" before a label."""
    return _NUMBERED.sub("", text)


def _nearest(passages: Iterable[Passage]) -> Passage | None:
    return min(
        passages,
        key=lambda passage: passage.block.cell.column if passage.block.cell else 0,
        default=None,
    )


def _overlap(row: int, span: int, other_row: int, other_span: int) -> bool:
    return row < other_row + other_span and other_row < row + span


def _box(passage: Passage, start: int, end: int) -> Box | None:
    whole: Box | None = None
    if end <= start:
        return None
    for line, low, high in passage.block.spans(*passage.source_range(start, end)):
        part = line.part(low, high)
        if part is not None:
            whole = part if whole is None else whole.union(part)
    return whole
