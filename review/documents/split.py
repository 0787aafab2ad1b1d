"""Pages into documents: every page belongs to exactly one.

Signals, strongest first: a title on the page; the file's own index, whose printed page numbers are
mapped to real pages; the name of a file that holds one paper; what the copy on an evidence page
says. A page without any of them carries on the paper before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from review.documents.file_index import (
    IndexRow,
    carries_on_index,
    real_pages,
    rows_of_index,
)
from review.documents.kinds import (
    COVER,
    EVIDENCE,
    INDEX,
    OTHER,
    match_file_name,
    match_title,
    plain_title,
)
from review.documents.model import Document, MarkKind, Page, PageStatus
from review.documents.titles import (
    Heading,
    PageSigns,
    running_lines,
    signs_of,
    without_numbers_of_the_file,
)

_UNSURE = 0.5
_BY_CONTENT = 0.65
_DOUBTFUL = 0.4
_EXCERPT = 4000  # characters up to which a paper alone may be an excerpt
_DECIDES = (
    re.compile(r"当事人|被处罚人|[:：]统一社会信用代码"),
    re.compile(r"违反了?《[^》]{4,40}》第"),
    re.compile(r"告知书》|(?:依据|根据|依照)了?《[^》]{4,40}》第"),
    re.compile(r"陈述|申辩|听证|处罚如下|罚款"),
)
"""What every decision says in some words: the party, the provision, the notice or the basis."""
_PICTURES = frozenset({"jpg", "jpeg", "png", "tif", "tiff", "bmp", "webp", "gif"})
_HOLDS_PICTURES = frozenset(
    {"现场照片", "送达照片", "整改复查记录", "勘验笔录", "现场笔录", EVIDENCE}
)


@dataclass(slots=True)
class _Paper:
    """A document in the making."""

    kind: str
    title: str
    confidence: float
    reason: str
    pages: list[Page] = field(default_factory=list)

    def finished(self) -> Document:
        """The document; blank pages alone give no title."""
        return Document(
            self.kind,
            self.title or self.kind,
            self.pages[0].source,
            tuple(self.pages),
            round(self.confidence, 3),
            self.reason,
        )


def split(pages: Sequence[Page]) -> list[Document]:
    """The documents of all pages, in the order of the pages."""
    by_source: dict[str, list[Page]] = {}
    for page in pages:
        by_source.setdefault(page.source, []).append(page)
    documents: list[Document] = []
    for source, own in by_source.items():
        papers = _papers_of(own)
        papers = _with_file_name(source, papers)
        if documents and _carries_on_picture(documents[-1], papers):
            last = documents.pop()
            joined = replace(last, pages=(*last.pages, *papers[0].pages))
            documents.append(joined)
            papers = papers[1:]
        documents.extend(paper.finished() for paper in papers)
    return [_as_decision(documents[0])] if len(documents) == 1 else documents


def _as_decision(alone: Document) -> Document:
    """The only paper of a file, taken for a decision where it has no title but reads like one.

    So an excerpt of a decision gives its facts; the kind stays in doubt, and nothing is claimed
    missing from it.
    """
    if alone.confidence > _BY_CONTENT or alone.reason.startswith("标题"):
        return alone
    text = "".join("".join(page.text.split()) for page in alone.pages)
    if len(text) > _EXCERPT or not all(sign.search(text) for sign in _DECIDES):
        return alone
    kind = "行政处罚决定书"
    return replace(
        alone, kind=kind, title=kind, confidence=_DOUBTFUL, reason="没有标题，内容像处罚决定"
    )


def _papers_of(pages: list[Page]) -> list[_Paper]:
    """The papers of one source."""
    running = running_lines(pages)
    signs = without_numbers_of_the_file([signs_of(page, running) for page in pages])
    listed = _listed(pages, signs)
    papers: list[_Paper] = []
    for page, sign in zip(pages, signs, strict=True):
        row = listed.get(page.number) if page.number is not None else None
        before = papers[-1] if papers else None
        new = _beginning(page, sign, row, before)
        if new is not None:
            papers.append(new)
        papers[-1].pages.append(page)
    return papers


def _listed(pages: list[Page], signs: list[PageSigns]) -> dict[int, IndexRow]:
    """What the index of this source says begins on which page."""
    index: list[Page] = []
    known: dict[str, list[int]] = {}
    in_index = False
    for page, sign in zip(pages, signs, strict=True):
        heading = sign.heading
        match = heading.match if heading else None
        if heading is not None and match is not None and page.number is not None:
            for name in {plain_title(heading.text), match.kind}:
                known.setdefault(name, []).append(page.number)
        in_index = match.kind == INDEX if match is not None else in_index
        if in_index:
            index.append(page)
    if not index:
        return {}
    others = [page for page in pages if page not in index]
    return real_pages(rows_of_index(index), others, known)


def _beginning(
    page: Page, sign: PageSigns, row: IndexRow | None, before: _Paper | None
) -> _Paper | None:
    """The paper that begins on a page; None where the page carries on the paper before it."""
    if page.status is PageStatus.BLANK and before is not None:
        return None
    heading = sign.heading
    if heading is not None and heading.match is not None:
        return _by_title(heading, sign, row, before)
    if before is not None and (sign.goes_on or (before.kind == INDEX and carries_on_index(page))):
        return None
    if row is not None:
        listed = match_title(row.title)
        kind = listed.kind if listed is not None else OTHER
        if listed is not None and listed.is_generic and sign.content is not None:
            kind = sign.content.kind
        return _Paper(kind, row.title, 0.75 if listed else 0.6, f"卷内目录列于本页：{row.title}")
    return _without_title(page, sign, before)


def _by_title(
    heading: Heading, sign: PageSigns, row: IndexRow | None, before: _Paper | None
) -> _Paper | None:
    match = heading.match
    assert match is not None
    listed = match_title(row.title) if row is not None else None
    is_same = before is not None and before.kind == match.kind
    if is_same and sign.goes_on:
        return None
    if is_same and match.kind in (INDEX, COVER) and row is None:
        return None  # the index repeats its heading on every page
    kind, confidence = match.kind, min(0.98, 0.98 * match.certainty * max(heading.weight, 0.7))
    reason = f"标题“{heading.text.strip()}”"
    if match.is_generic:
        if listed is not None and not listed.is_generic:
            kind, confidence = listed.kind, 0.85
        elif sign.content is not None:
            kind, confidence = sign.content.kind, 0.85
        else:
            confidence = 0.7
        reason += "，按页面内容归类"
    elif listed is not None and listed.kind == kind:
        confidence = max(confidence, 0.97)
        reason += "，与卷内目录一致"
    return _Paper(kind, heading.text.strip(), confidence, reason)


def _without_title(page: Page, sign: PageSigns, before: _Paper | None) -> _Paper | None:
    heading, content = sign.heading, sign.content
    if heading is not None:
        kind = content.kind if content is not None else OTHER
        confidence = 0.65 if content is not None else _UNSURE
        return _Paper(kind, heading.text.strip(), confidence, "有标题但不属于已知文书种类")
    if content is not None and (before is None or before.kind != content.kind):
        is_short = len(page.text) < 500 and not _is_formal(before)
        if before is not None and before.kind == INDEX:
            is_short = is_short and not any(block.cell for block in page.blocks)
        if before is None or is_short:
            return _Paper(content.kind, "", 0.65, "按页面内容归类")
        return None
    if before is None:
        return _Paper(OTHER, "", 0.3, "没有标题")
    if _is_picture_page(page) and before.kind not in _HOLDS_PICTURES and _is_formal(before):
        return _Paper(EVIDENCE, "", _UNSURE, "没有标题的图片页")
    return None


def _is_formal(paper: _Paper | None) -> bool:
    """Whether a paper is a form of the procedure and not a piece of evidence or a copy."""
    return paper is not None and not (
        paper.kind.endswith(("复印件", "截图", "照片", "单", "票据", "回执"))
        or paper.kind in (EVIDENCE, OTHER, COVER, INDEX)
    )


def _is_picture_page(page: Page) -> bool:
    area = sum(
        (mark.box.right - mark.box.left) * (mark.box.bottom - mark.box.top)
        for mark in page.marks
        if mark.kind is MarkKind.IMAGE and mark.box is not None
    )
    return area > 0.3 * page.width * page.height and len(page.text) < 80


def _with_file_name(source: str, papers: list[_Paper]) -> list[_Paper]:
    """The first paper of a source named by its file where the page itself says nothing sure."""
    named = match_file_name(source)
    if named is None or not papers or (named.kind == COVER and "封" not in source):
        return papers
    first = papers[0]
    stem = PurePosixPath(source).stem
    if first.kind == named.kind:
        first.confidence = max(first.confidence, 0.97)
        first.reason += "，与文件名一致"
    elif first.confidence < 0.7 or (first.kind == EVIDENCE and not named.is_generic):
        first.kind, first.confidence = named.kind, 0.8
        first.title = first.title or stem
        first.reason = f"文件名“{stem}”"
    return papers


def _carries_on_picture(last: Document, papers: list[_Paper]) -> bool:
    """Whether a picture without a title is the next page of the paper on the picture before it.

    Scanners write one picture a page; a picture of a page that begins no paper belongs to the
    paper before, if that came as a picture from the same folder too.
    """
    if len(papers) != 1 or papers[0].confidence > 0.4 or not papers[0].pages:
        return False
    here, there = PurePosixPath(papers[0].pages[0].source), PurePosixPath(last.pages[-1].source)
    return (
        here.parent == there.parent
        and here.suffix.lower().lstrip(".") in _PICTURES
        and there.suffix.lower().lstrip(".") in _PICTURES
    )
