"""A case file divided into papers as a person may change it: rename, split, join, move, reorder.

Pure. A page is named by the content hash of its source and its position in it, so that a division
stands whatever reader reads the same bytes. Every function returns a new division that holds the
very same pages, each exactly once; a paper that loses its last page is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from review.documents.kinds import OTHER
from review.errors import BadDivision

MADE_BY_PERSON = "人工划分"
RENAMED = "人工归类"


class PageKey(NamedTuple):
    """A page: SHA-256 of the bytes of its source, and its place in that source from 0."""

    sha256: str
    position: int


@dataclass(frozen=True, slots=True)
class Division:
    """The papers of a case file in their order."""

    papers: tuple[PaperOfPages, ...]

    @property
    def pages(self) -> tuple[PageKey, ...]:
        """All pages in the order of the papers."""
        return tuple(page for paper in self.papers for page in paper.pages)

    def paper_of(self, page: PageKey) -> int:
        """The place of the paper that a page belongs to. Raises BadDivision."""
        for index, paper in enumerate(self.papers):
            if page in paper.pages:
                return index
        raise _bad("所选页面已不在案卷中", "the page is no longer in the case file")


@dataclass(frozen=True, slots=True)
class PaperOfPages:
    """One paper: kind, title, its pages in order, and how sure the division is (0..1) and why."""

    kind: str
    title: str
    pages: tuple[PageKey, ...]
    confidence: float = 1.0
    reason: str = MADE_BY_PERSON


@dataclass(frozen=True, slots=True)
class Conflicts:
    """Where a person's division and what is there now differ.

    `gone` are pages that the division names and the file no longer has; `new` those that came in
    since and that the machine divided.
    """

    gone: tuple[PageKey, ...] = ()
    new: tuple[PageKey, ...] = ()


def _bad(zh: str, en: str) -> BadDivision:
    return BadDivision(reason=zh, reason_en=en)


def _paper(division: Division, index: int) -> PaperOfPages:
    if not 0 <= index < len(division.papers):
        raise _bad("所选文书已不在案卷中", "the paper is no longer in the case file")
    return division.papers[index]


def _made(papers: Iterable[PaperOfPages]) -> Division:
    return Division(tuple(paper for paper in papers if paper.pages))


def rename(division: Division, index: int, *, kind: str, title: str = "") -> Division:
    """Give a paper another kind, and another title where one is given."""
    old = _paper(division, index)
    new = replace(old, kind=kind, title=title or old.title, confidence=1.0, reason=RENAMED)
    return _made((*division.papers[:index], new, *division.papers[index + 1 :]))


def split(division: Division, page: PageKey, *, kind: str = OTHER, title: str = "") -> Division:
    """Let a new paper begin at a page, which takes the pages behind it along."""
    index = division.paper_of(page)
    old = division.papers[index]
    at = old.pages.index(page)
    if at == 0:
        raise _bad("该页已是文书的首页", "the page is the first of its paper already")
    first = replace(old, pages=old.pages[:at], confidence=1.0, reason=MADE_BY_PERSON)
    second = PaperOfPages(kind, title or kind, old.pages[at:])
    return _made((*division.papers[:index], first, second, *division.papers[index + 1 :]))


def join(division: Division, index: int, other: int) -> Division:
    """Put the pages of paper `other` behind those of paper `index`, which keeps its kind."""
    if index == other:
        raise _bad("请选择两份不同的文书", "choose two different papers")
    kept, taken = _paper(division, index), _paper(division, other)
    joined = replace(kept, pages=(*kept.pages, *taken.pages), confidence=1.0, reason=MADE_BY_PERSON)
    papers = [joined if paper is kept else paper for paper in division.papers]
    del papers[other]
    return _made(papers)


def move(
    division: Division, pages: Sequence[PageKey], to: int, *, order: Sequence[PageKey]
) -> Division:
    """Move pages to the paper `to`: before its first page that comes later in `order`, the file's.

    Pages that the paper has already are put there, too.
    """
    target = _paper(division, to)
    chosen = _chosen(division, pages, order)
    rank = {page: place for place, page in enumerate(order)}
    left = [page for page in target.pages if page not in chosen]
    last = rank.get(chosen[-1], len(rank))
    at = next((i for i, page in enumerate(left) if rank.get(page, -1) > last), len(left))
    moved = replace(
        target,
        pages=(*left[:at], *chosen, *left[at:]),
        confidence=1.0,
        reason=MADE_BY_PERSON,
    )
    return _made(moved if paper is target else _without(paper, chosen) for paper in division.papers)


def take_out(
    division: Division,
    pages: Sequence[PageKey],
    *,
    order: Sequence[PageKey],
    kind: str = OTHER,
    title: str = "",
) -> Division:
    """Make a paper of its own out of pages, behind the paper that the first of them was in."""
    chosen = _chosen(division, pages, order)
    index = division.paper_of(chosen[0])
    new = PaperOfPages(kind, title or kind, chosen)
    papers = [_without(paper, chosen) for paper in division.papers]
    return _made((*papers[: index + 1], new, *papers[index + 1 :]))


def reorder(division: Division, index: int, to: int) -> Division:
    """Put a paper at another place among the papers."""
    moved = _paper(division, index)
    _paper(division, to)
    papers = [*division.papers[:index], *division.papers[index + 1 :]]
    papers.insert(to, moved)
    return _made(papers)


def shift(division: Division, page: PageKey, step: int) -> Division:
    """Move a page within its paper by so many places."""
    index = division.paper_of(page)
    paper = division.papers[index]
    at = paper.pages.index(page)
    to = at + step
    if not 0 <= to < len(paper.pages):
        raise _bad("该页已在文书的一端", "the page is at the end of its paper already")
    pages = [*paper.pages[:at], *paper.pages[at + 1 :]]
    pages.insert(to, page)
    changed = replace(paper, pages=tuple(pages), confidence=1.0, reason=MADE_BY_PERSON)
    return _made((*division.papers[:index], changed, *division.papers[index + 1 :]))


def _chosen(
    division: Division, pages: Sequence[PageKey], order: Sequence[PageKey]
) -> tuple[PageKey, ...]:
    """The pages once each, in the order of the file. Raises BadDivision."""
    if not pages:
        raise _bad("没有选择页面", "no page is chosen")
    known = set(division.pages)
    if not known.issuperset(pages):
        raise _bad("所选页面已不在案卷中", "the page is no longer in the case file")
    rank = {page: place for place, page in enumerate(order)}
    return tuple(sorted(set(pages), key=lambda page: (rank.get(page, len(rank)), page)))


def _without(paper: PaperOfPages, pages: Sequence[PageKey]) -> PaperOfPages:
    left = tuple(page for page in paper.pages if page not in pages)
    if left == paper.pages:
        return paper
    return replace(paper, pages=left, confidence=1.0, reason=MADE_BY_PERSON)


def reconcile(division: Division, machine: Division) -> tuple[Division, Conflicts]:
    """A person's division brought to the pages that are there now, which `machine` holds.

    Pages that came in since stay as the machine divided them, behind the others; those that are
    gone are left out. Both are named.
    """
    there = set(machine.pages)
    known = set(division.pages)
    kept = [
        replace(paper, pages=tuple(page for page in paper.pages if page in there))
        for paper in division.papers
    ]
    added = [
        replace(paper, pages=tuple(page for page in paper.pages if page not in known))
        for paper in machine.papers
    ]
    gone = tuple(page for page in division.pages if page not in there)
    new = tuple(page for paper in added for page in paper.pages)
    return _made((*kept, *added)), Conflicts(gone, new)


def as_json(division: Division) -> list[dict[str, Any]]:
    """The division as a row keeps it."""
    return [
        {
            "kind": paper.kind,
            "title": paper.title,
            "pages": [list(page) for page in paper.pages],
            "confidence": paper.confidence,
            "reason": paper.reason,
        }
        for paper in division.papers
    ]


def from_json(kept: Any) -> Division:
    """The division that `as_json` kept."""
    return Division(
        tuple(
            PaperOfPages(
                paper["kind"],
                paper["title"],
                tuple(PageKey(sha256, position) for sha256, position in paper["pages"]),
                paper["confidence"],
                paper["reason"],
            )
            for paper in kept or ()
        )
    )
