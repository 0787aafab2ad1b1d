"""The absence rule: when "it is not there" may be said about a case file."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from review.documents.kinds import EVIDENCE, OTHER, match_title
from review.documents.model import FileStatus
from review.facts.model import Absence, CaseFacts, DocumentFacts


def absence(
    case: CaseFacts, *, of: Iterable[str] = (), within: DocumentFacts | None = None
) -> Absence:
    """Whether the reading can carry that something is missing, and if not, why.

    `of`: kinds or titles under which the missing paper could stand in the file's own index; empty
    when no paper but a sentence, a date or a signature is missing. `within`: the paper where the
    missing thing belongs; None when the missing thing is a paper itself.

    It may be claimed only if every file was read in full, no page is unclear or unclassified, the
    paper where the thing belongs was found and read with confidence, and the index does not list
    what seems missing. The obstacles are given in Chinese and English.
    """
    names = tuple(of)
    place = None if within is None else (within.index, within.title, within.is_clear)
    return case.remembered((names, place), lambda: _answer(case, names, within))


def _answer(case: CaseFacts, names: tuple[str, ...], within: DocumentFacts | None) -> Absence:
    obstacles = [
        (f"文件“{report.source}”未能完整读取", f"the file {report.source} was not read in full")
        for report in case.files
        if report.status is not FileStatus.READ and report.kind != "media"  # holds no paper
    ]
    for source, page in case.unclear_pages:
        place = "" if page is None else f" 第 {page} 页"
        english = "" if page is None else f", page {page}"
        obstacles.append(
            (f"“{source}”{place}未能辨认清楚", f"{source}{english} could not be read clearly")
        )
    if not case.documents:
        obstacles.append(("没有读到任何文书", "no document was read"))
    if within is not None and not within.is_clear:
        obstacles.append(
            (f"《{within.title}》未能辨认清楚", f"{within.title} was not read with confidence")
        )
    if within is not None and within.first("ticks_unread") is not None:
        obstacles.append(
            (f"《{within.title}》的勾选未能辨认", f"the ticks of {within.title} were not read")
        )
    wanted, kinds = _meant(names)
    listed = [
        title
        for document in case.of_kind("卷内目录")
        for fact in document.all("index_entries")
        for entry in (fact.value if isinstance(fact.value, tuple) else ())
        if (title := getattr(entry, "title", "")) and _listed(title, wanted, kinds)
    ]
    # rows for papers that are there say nothing of a further one of the same kind
    if listed and len(listed) > _there(case, wanted, kinds):
        obstacles += [
            (f"卷内目录列有《{title}》", f"the file index lists {title}") for title in listed
        ]
    obstacles += _perhaps_it(case, names)
    return Absence(not obstacles, tuple(obstacles))


def _there(case: CaseFacts, wanted: frozenset[str], kinds: frozenset[str]) -> int:
    """How many papers of the file are one that is wanted, the index itself aside."""
    return sum(
        document.kind in kinds or _listed(document.title, wanted, kinds)
        for document in case.documents
        if document.kind != "卷内目录"
    )


@lru_cache(maxsize=4096)
def _meant(names: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """The plain names by which a paper may be listed, and the kinds that they surely mean."""
    wanted = frozenset(_plain(name) for name in names if _plain(name))
    return wanted, frozenset(_kind(name) or name for name in names)


def _perhaps_it(case: CaseFacts, names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Papers of no known kind whose title speaks of what seems missing: they may be it."""
    others = case.of_kind(OTHER)
    if not others:
        return []
    telling = {pair for name in names for pair in _pairs(_plain(name)) if pair not in _SAY_NOTHING}
    return [
        (
            f"《{document.title}》未能归类，可能就是所缺文书",
            f"{document.title} is of no known kind and may be what seems missing",
        )
        for document in others
        if telling & _pairs(_plain(document.title)) and not _organs_own(document.title, names)
    ]


_ORGANS = ("审批表", "呈批表", "通知书", "决定书")
_PARTYS = ("申请书", "声明", "承诺书")


def _organs_own(title: str, names: tuple[str, ...]) -> bool:
    """Whether a paper is the organ's by its noun, where what seems missing is one of the party's.

    审批表 of instalments is no 申请书; a title that speaks of the 申请 itself may hold it.
    """
    kind = next(iter(names), "")
    return (
        kind.endswith(_PARTYS)
        and _plain(title).endswith(_ORGANS)
        and not any(word in title for word in ("申请", "声明", "承诺"))
    )


_SAY_NOTHING = frozenset(
    {
        *("行政", "政处", "处罚", "执法", "政执", "交通", "通运", "运输", "案件"),
        *("知书", "定书", "意见", "见书", "笔录", "记录", "审批", "批表", "证据"),
        *("复印", "印件", "材料", "决定", "罚决", "证明", "清单", "情况", "说明"),
        *("通知", "登记", "车辆", "报告", "政强", "强制", "违法", "法行", "行为"),
        *("书面", "资料", "文书"),
    }
)
"""Pairs of characters that stand in the titles of many kinds of papers."""


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


@lru_cache(maxsize=4096)
def _plain(title: str) -> str:
    return "".join(character for character in title if character.isalnum())


def _kind(title: str) -> str | None:
    """The kind of paper that a title surely names; None for titles that could be anything."""
    found = match_title(title)
    if found is None or found.is_generic or found.kind in (OTHER, EVIDENCE):
        return None
    return found.kind


@lru_cache(maxsize=16384)
def _listed(title: str, wanted: frozenset[str], kinds: frozenset[str]) -> bool:
    """Whether an index row may mean a wanted paper.

    A title of a known kind means that kind alone: 责令改正违法行为通知书 is no 违法行为通知书. Any
    other title counts as soon as it contains a wanted name or is contained in one.
    """
    kind = _kind(title)
    if kind is not None and kind in kinds:
        return True
    plain = _plain(title)
    if kind is not None:
        return any(name in plain and kind not in name for name in wanted if name not in kinds)
    return any(name in plain or plain in name for name in wanted)
