"""The volume (卷内目录与页码): the index gives the pages and the order of the papers."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from review.checks.check import (
    CheckResult,
    Found,
    Severity,
    check,
    defect,
    failed,
    passed,
    unknown,
)
from review.checks.values import missing_paper, page_of, page_of_en
from review.common.text import plain
from review.documents.kinds import EVIDENCE, OTHER, match_title
from review.facts.model import CaseFacts, DocumentFacts, Fact, IndexEntry
from review.law.in_force import LawInForce

BOUND = ("卷宗封面", "卷内目录", "备考表")
ENOUGH = 6
"""Fewer rows that were matched without doubt prove no manner of counting pages."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the index with the paper that it means without doubt, and that one's first page."""

    entry: IndexEntry
    paper: DocumentFacts
    first: int


@check(
    "ARC004",
    title=("目录页号、顺序与案卷相符", "The index gives pages and order as they are"),
    defects=("D-95", "D-96"),
    severity=Severity.MINOR,
    sources=("archives-law#art-14",),
    inputs=(),
    cannot_see=(
        "Word 文件、散页和分册不核对；页角手写页码由人核对；正卷、副卷的划分各地不同",
        "Word files and files of several parts are not compared; numbers by hand are for a person",
    ),
)
def index_right(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the index gives each paper its page, in the order of the file.

    Papers are matched with rows whose title is theirs alone. Fails, as a minor matter, when most
    rows agree on one way of counting and some do not (D-95), or stand in another order than the
    papers (D-96). Unknown with fewer than six matched rows, without one way of counting, when the
    file was not read in full or no index was read, and where a scan may have lost a figure.
    """
    indexes = case.of_kind("卷内目录")
    if not indexes:
        return unknown("未读到卷内目录", "no index was read")
    rows = _rows(case)
    if len(rows) < ENOUGH or any(paper.pages is None for paper in case.documents):
        return unknown("能够对应页号的文书不足", "too few rows were matched with papers")
    gap = missing_paper(case, of=())
    if not gap.may_be_claimed:
        return unknown("案卷未读全，未核对目录", "not read in full", because=gap)
    place = next(iter(indexes[0].all("index_entries")), None)
    if place is None:
        return unknown("未读到目录内容", "the rows of the index were not read")
    found = [*_out_of_order(rows, place)]
    disordered = {
        id(row.paper) for each in found for row in rows if row.paper.evidence() in each.evidence
    }
    counted = [row for row in rows if row.entry.page_from is not None]
    offsets = Counter(row.first - (row.entry.page_from or 0) for row in counted)
    if not offsets:
        if found:
            return failed(*found)
        return unknown("目录没有页号", "the index has no page numbers")
    offset, agreeing = offsets.most_common(1)[0]
    if agreeing < ENOUGH or agreeing * 4 < len(counted) * 3:
        if found:
            return failed(*found)
        return unknown("目录页号与案卷页序没有一致的对应关系", "no one way of counting pages")
    off = [
        row
        for row in counted
        if row.first - (row.entry.page_from or 0) != offset and id(row.paper) not in disordered
    ]
    cut = [row for row in off if indexes[0].is_recognized and _lacks_a_figure(row, offset)]
    found += [_wrong_page(row, offset, place) for row in off if row not in cut]
    if found:
        return failed(*found)
    if cut:
        return unknown(
            f"目录中《{cut[0].entry.title}》的页号读作{cut[0].entry.page_from}，请看原件",
            f"the page of {cut[0].entry.title} was read as {cut[0].entry.page_from}: look",
        )
    return passed(f"目录{len(rows)}项与案卷页序相符", f"{len(rows)} rows agree", place)


def _rows(case: CaseFacts) -> list[Row]:
    """Rows and papers of which each title or kind stands once in the index and once in the file."""
    entries = [
        entry
        for index in case.of_kind("卷内目录")
        for fact in index.all("index_entries")
        for entry in (fact.value if isinstance(fact.value, tuple) else ())
        if isinstance(entry, IndexEntry)
    ]
    papers = [paper for paper in case.documents if paper.kind not in BOUND and paper.is_clear]
    by_key: dict[str, list[DocumentFacts]] = {}
    for paper in papers:
        by_key.setdefault(_key(paper.kind, paper.title), []).append(paper)
    meant: dict[str, list[IndexEntry]] = {}
    for entry in entries:
        key = _meant(entry.title)
        if key is not None:
            meant.setdefault(key, []).append(entry)
    rows = [
        Row(found[0], by_key[key][0], pages[0])
        for key, found in meant.items()
        if len(found) == 1 and len(by_key.get(key, ())) == 1 and (pages := by_key[key][0].pages)
    ]
    places = {id(entry): at for at, entry in enumerate(entries)}
    return sorted(rows, key=lambda row: places[id(row.entry)])


_AND = re.compile(r"[、,，;；]|以及|及其?|[和与]")


def _meant(title: str) -> str | None:
    """What a row means: the first of the papers that it joins, None where that one is not known."""
    match = match_title(title)
    whole = _key(match.kind if match else OTHER, title)
    parts = [each for each in _AND.split(title) if each.strip()]
    if len(parts) < 2:
        return whole
    first = match_title(parts[0])
    return _key(first.kind, parts[0]) if first is not None else None


def _key(kind: str, title: str) -> str:
    return plain(title) if kind in (OTHER, EVIDENCE) else kind


def _out_of_order(rows: list[Row], place: Fact) -> list[Found]:
    """The rows that stand before a paper which precedes theirs, as few as explain the disorder."""
    moved = _least_moved([row.first for row in rows])
    found = []
    for at in moved:
        row = rows[at]
        # a row whose page fits its place is only counted otherwise: the paper has to have moved
        around = [other for where, other in enumerate(rows) if where not in moved]
        if row.entry.page_from is not None and not _page_moved(row, around):
            continue
        found.append(
            defect(
                "D-96",
                f"{page_of(row.paper)}的位置与目录顺序不符",
                f"{page_of_en(row.paper)} does not stand where the index has it",
                place,
                row.paper,
            )
        )
    return found


def _page_moved(row: Row, around: list[Row]) -> bool:
    """Whether the row's page is not the one at which the paper stands, as others are counted."""
    offsets = Counter(
        other.first - other.entry.page_from for other in around if other.entry.page_from is not None
    )
    if not offsets:
        return True
    return row.first - (row.entry.page_from or 0) != offsets.most_common(1)[0][0]


def _least_moved(places: list[int]) -> list[int]:
    """The positions outside a longest rising run: the fewest that can have been moved."""
    if all(one <= other for one, other in pairwise(places)):
        return []
    best: list[list[int]] = []
    for at, place in enumerate(places):
        before = [run for run in best if places[run[-1]] <= place]
        best.append([*_longest(before), at])
    kept = set(_longest(best))
    return [at for at in range(len(places)) if at not in kept]


def _size(run: list[int]) -> int:
    return len(run)


def _longest(runs: list[list[int]]) -> list[int]:
    return max(runs, key=_size, default=[])


def _lacks_a_figure(row: Row, offset: int) -> bool:
    """Whether a scan may have lost one figure of the right page: 1 for 11, 2 for 12."""
    printed, right = str(row.entry.page_from), str(row.first - offset)
    return any(right[:at] + right[at + 1 :] == printed for at in range(len(right)))


def _wrong_page(row: Row, offset: int, place: Fact) -> Found:
    actual = row.first - offset
    return defect(
        "D-95",
        f"目录载明《{row.entry.title}》在第{row.entry.page_from}页，实际在第{actual}页",
        f"the index has {row.entry.title} on page {row.entry.page_from}; it is on page {actual}",
        place,
        row.paper,
    )
